//! What a filter leaves open until it runs (the day, the asker, rates) is filled in, and constants are computed.

use crate::catalogue::FieldIndex;
use crate::check::day_number;
use crate::eval::Row;
use crate::table::{Chunk, Column, Scalar, Table};
use crate::term::Term;
use crate::value::Value;

/// A row without any field, to compute constants in.
struct Void;

impl Chunk for Void {
    fn len(&self) -> usize {
        1
    }

    fn column(&self, _: FieldIndex) -> Column<'_> {
        Column::Missing
    }

    fn text(&self, _: FieldIndex, _: usize) -> Option<std::borrow::Cow<'_, str>> {
        None
    }

    fn texts(&self, _: FieldIndex, _: usize) -> Vec<String> {
        Vec::new()
    }

    fn map(&self, _: FieldIndex, _: usize, _: &str) -> Option<Scalar> {
        None
    }

    fn visible(&self) -> Option<&[u64]> {
        None
    }
}

/// The value of a term without fields, day or asker.
pub(crate) fn constant(term: &Term) -> Option<Value> {
    Row::new(&Void, 0).value(term).map(std::borrow::Cow::into_owned)
}

/// The term with everything known filled in.
pub(crate) fn bind(term: &Term, table: &dyn Table) -> Term {
    let known = |value: Option<Value>| value.map_or(Term::Nothing, Term::Const);
    match term {
        Term::Today => known(day_number(table.today()).map(Value::Date)),
        Term::Me => known(table.me().map(Value::Text)),
        Term::Foreign(money) => known(table.convert(*money).map(Value::Money)),
        Term::Const(_) | Term::Nothing | Term::Field(..) | Term::Local(_) => term.clone(),
        _ => {
            let bound = rebuilt(term, &|below| bind(below, table));
            let fixed = bound.below().iter().all(|below| matches!(below, Term::Const(_) | Term::Nothing));
            // A macro's body may name its variable; a map entry and `has` read the row.
            let reads = matches!(bound, Term::Entry(..) | Term::Each(..) | Term::List(_));
            if fixed && !reads { known(constant(&bound)) } else { bound }
        }
    }
}

/// The same term over other terms.
fn rebuilt(term: &Term, each: &dyn Fn(&Term) -> Term) -> Term {
    let one = |term: &Term| Box::new(each(term));
    let many = |terms: &[Term]| terms.iter().map(each).collect();
    match term {
        Term::Entry(index, key) => Term::Entry(*index, one(key)),
        Term::List(items) => Term::List(many(items)),
        Term::Map(entries) => {
            Term::Map(entries.iter().map(|(key, value)| (each(key), each(value))).collect())
        }
        Term::Index(target, key) => Term::Index(one(target), one(key)),
        Term::Has(inner) => Term::Has(one(inner)),
        Term::Not(inner) => Term::Not(one(inner)),
        Term::Negate(inner) => Term::Negate(one(inner)),
        Term::Compare(op, left, right) => Term::Compare(*op, one(left), one(right)),
        Term::In(item, list) => Term::In(one(item), one(list)),
        Term::Arithmetic(op, left, right) => Term::Arithmetic(*op, one(left), one(right)),
        Term::All(conditions) => Term::All(many(conditions)),
        Term::Any(conditions) => Term::Any(many(conditions)),
        Term::Choice(condition, yes, no) => Term::Choice(one(condition), one(yes), one(no)),
        Term::Call(function, arguments) => Term::Call(*function, many(arguments)),
        Term::Matches(text, pattern) => Term::Matches(one(text), pattern.clone()),
        Term::Each(every, list, body) => Term::Each(*every, one(list), one(body)),
        Term::Const(_)
        | Term::Nothing
        | Term::Field(..)
        | Term::Today
        | Term::Me
        | Term::Foreign(_)
        | Term::Local(_) => term.clone(),
    }
}
