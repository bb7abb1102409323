//! A filter: CEL text checked against the catalogue, ready to run.

use crate::ast::Expr;
use crate::catalogue::{Catalogue, FieldIndex};
use crate::check;
use crate::error::Error;
use crate::parse::{join, parse};
use crate::term::Term;
use crate::value::Value;

/// A checked filter. Immutable, may be shared between threads.
#[derive(Debug, Clone)]
pub struct Filter {
    expr: Expr,
    term: Term,
    fields: Vec<FieldIndex>,
}

/// Reads and checks a filter. An empty text passes every row.
///
/// # Errors
/// Every fault found, with its place: one for text that cannot be read, else all type faults.
pub fn check(text: &str, catalogue: &Catalogue) -> Result<Filter, Vec<Error>> {
    if text.trim().is_empty() {
        return Ok(Filter::all());
    }
    let expr = parse(text).map_err(|error| vec![error])?;
    Filter::new(expr, catalogue)
}

impl Filter {
    /// Checks a syntax tree.
    ///
    /// # Errors
    /// Every type fault, with its place.
    pub fn new(expr: Expr, catalogue: &Catalogue) -> Result<Self, Vec<Error>> {
        let term = check::condition(&expr, catalogue)?;
        let fields = term.fields();
        Ok(Self { expr, term, fields })
    }

    /// The filter that passes every row.
    #[must_use]
    pub fn all() -> Self {
        Self { expr: join(true, Vec::new()), term: Term::Const(Value::Bool(true)), fields: Vec::new() }
    }

    /// The canonical text: checking it gives the same filter. `true` for the filter that passes every row.
    #[must_use]
    pub fn print(&self) -> String {
        self.expr.print()
    }

    /// The syntax tree.
    #[must_use]
    pub fn expr(&self) -> &Expr {
        &self.expr
    }

    /// The fields it reads, ascending.
    #[must_use]
    pub fn fields(&self) -> &[FieldIndex] {
        &self.fields
    }

    /// The typed form.
    pub(crate) fn term(&self) -> &Term {
        &self.term
    }
}

/// Threads that scan together share one filter.
const _: fn() = || {
    fn shared<T: Send + Sync>() {}
    shared::<Filter>();
};
