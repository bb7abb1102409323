//! A filter: CEL text checked against the catalogue, ready to run.

use crate::ast::Expr;
use crate::catalogue::{Catalogue, FieldIndex};
use crate::error::Error;

/// A checked filter. Immutable, may be shared between threads.
#[derive(Debug, Clone)]
pub struct Filter {
    expr: Expr,
    fields: Vec<FieldIndex>,
}

/// Reads and checks a filter. An empty text passes every row.
///
/// # Errors
/// Every fault found, with its place: one for text that cannot be read, else all type faults.
pub fn check(text: &str, catalogue: &Catalogue) -> Result<Filter, Vec<Error>> {
    todo!()
}

impl Filter {
    /// The filter that passes every row.
    #[must_use]
    pub fn all() -> Self {
        todo!()
    }

    /// The canonical text: checking it gives the same filter. `true` for the filter that passes every row.
    #[must_use]
    pub fn print(&self) -> String {
        todo!()
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
}
