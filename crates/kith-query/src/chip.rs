//! A filter as chips: its top-level conditions, each to be shown, removed or added.

use serde::Serialize;

use crate::ast::{BinaryOp, Expr, Literal, Node, UnaryOp};
use crate::catalogue::{Catalogue, Field, Kind};
use crate::condition::field;
use crate::error::Error;
use crate::filter::{Filter, check};
use crate::parse::join;

/// One condition of a filter, for the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chip {
    /// What it is about, for people: `Tier`.
    pub label: String,
    /// What it says, for people: `is Premium`.
    pub text: String,
    /// The condition in the filter language.
    pub expression: String,
}

/// The top-level conditions of a filter, in their order; none for the filter that passes every row.
#[must_use]
pub fn chips(filter: &Filter, catalogue: &Catalogue) -> Vec<Chip> {
    conditions(filter).iter().map(|condition| chip(condition, catalogue)).collect()
}

/// The filter without one of its chips; unchanged when there is no such chip.
#[must_use]
pub fn without(filter: &Filter, index: usize, catalogue: &Catalogue) -> Filter {
    let mut left = conditions(filter);
    if index >= left.len() {
        return filter.clone();
    }
    left.remove(index);
    if left.is_empty() {
        return Filter::all();
    }
    Filter::new(join(true, left), catalogue).unwrap_or_else(|_| filter.clone())
}

/// The filter with another condition in the place of one of its chips; at the end when there is no such chip.
///
/// # Errors
/// The faults of the condition, or of the whole.
pub fn replaced(
    filter: &Filter,
    index: usize,
    text: &str,
    catalogue: &Catalogue,
) -> Result<Filter, Vec<Error>> {
    let added = check(text, catalogue)?;
    let mut all = conditions(filter);
    let place = index.min(all.len())..index.saturating_add(1).min(all.len());
    all.splice(place, conditions(&added));
    check(&join(true, all).print(), catalogue)
}

/// The filter with one more condition.
///
/// # Errors
/// The faults of the added text.
pub fn and(filter: &Filter, text: &str, catalogue: &Catalogue) -> Result<Filter, Vec<Error>> {
    let added = check(text, catalogue)?;
    let mut all = conditions(filter);
    all.extend(conditions(&added));
    // Printed and read again, so that the length and depth of the whole are checked as well.
    check(&join(true, all).print(), catalogue)
}

/// The conditions joined at the top; those that always hold say nothing.
fn conditions(filter: &Filter) -> Vec<Expr> {
    let mut conditions = match &filter.expr().node {
        Node::All(conditions) => conditions.clone(),
        _ => vec![filter.expr().clone()],
    };
    conditions.retain(|condition| condition.node != Node::Literal(Literal::Bool(true)));
    conditions
}

fn chip(condition: &Expr, catalogue: &Catalogue) -> Chip {
    let expression = condition.print();
    let (label, text) =
        said(condition, catalogue).unwrap_or_else(|| ("Condition".to_owned(), expression.clone()));
    Chip { label, text, expression }
}

/// A condition in words, when it is a plain one about one field.
fn said(condition: &Expr, catalogue: &Catalogue) -> Option<(String, String)> {
    match &condition.node {
        Node::Binary(BinaryOp::In, left, right) => {
            let Node::List(items) = &right.node else {
                let list = field(right, catalogue)?;
                return Some((label(list), format!("contains {}", value(left, list, catalogue))));
            };
            let field = field(left, catalogue)?;
            let words: Vec<String> = items.iter().map(|item| value(item, field, catalogue)).collect();
            Some((label(field), format!("is {}", words.join(" or "))))
        }
        Node::Binary(op, left, right) => {
            let field = field(left, catalogue)?;
            let value = value(right, field, catalogue);
            Some((label(field), format!("{} {value}", relation(*op, &field.kind)?)))
        }
        Node::Unary(UnaryOp::Not, inner) => {
            if let Node::Call(name, arguments) = &inner.node
                && name == "has"
            {
                return Some((label(field(arguments.first()?, catalogue)?), "is missing".to_owned()));
            }
            let (label, text) = said(inner, catalogue)?;
            let text = text
                .strip_prefix("is ")
                .map_or_else(|| format!("not: {text}"), |rest| format!("is not {rest}"));
            Some((label, text))
        }
        Node::Call(name, arguments) if name == "has" => {
            Some((label(field(arguments.first()?, catalogue)?), "is known".to_owned()))
        }
        Node::Method(target, name, arguments) => {
            let field = field(target, catalogue)?;
            let word = match name.as_str() {
                "contains" => "contains",
                "startsWith" => "starts with",
                "endsWith" => "ends with",
                "matches" => "matches",
                _ => return None,
            };
            Some((label(field), format!("{word} {}", value(arguments.first()?, field, catalogue))))
        }
        Node::Any(either) => {
            let parts: Vec<(String, String)> =
                either.iter().map(|part| said(part, catalogue)).collect::<Option<_>>()?;
            let words: Vec<String> = parts.iter().map(|(label, text)| format!("{label} {text}")).collect();
            Some(("Either".to_owned(), words.join(" or ")))
        }
        Node::Name(_) => Some((label(field(condition, catalogue)?), "is yes".to_owned())),
        _ => None,
    }
}

fn label(field: &Field) -> String {
    field.title.clone()
}

fn relation(op: BinaryOp, kind: &Kind) -> Option<&'static str> {
    let date = matches!(kind, Kind::Date | Kind::Time);
    Some(match op {
        BinaryOp::Equal => "is",
        BinaryOp::NotEqual => "is not",
        BinaryOp::Less if date => "before",
        BinaryOp::Less => "below",
        BinaryOp::LessEqual if date => "until",
        BinaryOp::LessEqual => "at most",
        BinaryOp::Greater if date => "after",
        BinaryOp::Greater => "above",
        BinaryOp::GreaterEqual if date => "since",
        BinaryOp::GreaterEqual => "at least",
        _ => return None,
    })
}

/// A value in words.
fn value(expr: &Expr, field: &Field, catalogue: &Catalogue) -> String {
    let fraction = matches!(field.unit.as_str(), "ratio" | "fraction" | "share" | "%");
    match &expr.node {
        Node::Literal(Literal::Text(text)) if matches!(field.kind, Kind::Enum(_)) => {
            capitalised(&text.replace('_', " "))
        }
        Node::Literal(Literal::Text(text)) => text.clone(),
        Node::Literal(Literal::Int(number)) if field.kind == Kind::Money => {
            format!("{} {}", catalogue.currency(), grouped(*number))
        }
        Node::Literal(Literal::Int(number)) => grouped(*number),
        Node::Literal(Literal::Double(number)) if fraction => {
            format!("{} %", (number * 10_000.0).round() / 100.0)
        }
        Node::Call(name, arguments) if name == "money" => match arguments.as_slice() {
            [amount, currency] => format!("{} {}", plain(currency), plain(amount)),
            _ => expr.print(),
        },
        Node::Call(name, arguments) if name == "date" => {
            arguments.first().map_or_else(|| expr.print(), plain)
        }
        Node::Binary(BinaryOp::Subtract, left, right) => match (&left.node, &right.node) {
            (Node::Call(today, _), Node::Call(days, count)) if today == "today" && days == "days" => {
                format!("{} days ago", count.first().map_or_else(String::new, plain))
            }
            _ => expr.print(),
        },
        _ => expr.print(),
    }
}

/// A literal without its quotes.
fn plain(expr: &Expr) -> String {
    match &expr.node {
        Node::Literal(Literal::Text(text)) => text.clone(),
        _ => expr.print(),
    }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// `1,000,000`.
fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if number < 0 { format!("-{text}") } else { text }
}

#[cfg(test)]
mod tests;
