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
            if let Some(text) = counted(*op, right) {
                return Some((label(field), text));
            }
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
            let first = parts.first().map(|(label, _)| label.clone())?;
            let same = parts.iter().all(|(label, _)| *label == first);
            let word = |(label, text): &(String, String)| {
                if same { text.clone() } else { format!("{label} {text}") }
            };
            let words: Vec<String> = parts.iter().map(word).collect();
            Some((if same { first } else { "Either".to_owned() }, words.join(" or ")))
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

/// The parts of a condition that is one of several, in the filter language; the condition itself where it is one alone.
#[must_use]
pub fn alternatives(filter: &Filter) -> Vec<String> {
    match &filter.expr().node {
        Node::Any(either) => either.iter().map(Expr::print).collect(),
        _ => vec![filter.print()],
    }
}

/// A day that is counted from today, in words.
fn counted(op: BinaryOp, right: &Expr) -> Option<String> {
    let days = days_from_today(right)?;
    let (ahead, count) = (days > 0, days.unsigned_abs());
    Some(match op {
        BinaryOp::GreaterEqual if days == 0 => "today or later".to_owned(),
        BinaryOp::Greater if days == 0 => "after today".to_owned(),
        BinaryOp::LessEqual if days == 0 => "today or earlier".to_owned(),
        BinaryOp::Less if days == 0 => "before today".to_owned(),
        BinaryOp::GreaterEqual if ahead => format!("in {count} days, or later"),
        BinaryOp::Greater if ahead => format!("in more than {count} days"),
        BinaryOp::LessEqual if ahead => format!("in {count} days, or sooner"),
        BinaryOp::Less if ahead => format!("in less than {count} days"),
        BinaryOp::GreaterEqual => format!("in the last {count} days"),
        BinaryOp::Greater => format!("less than {count} days ago"),
        BinaryOp::LessEqual => format!("{count} days ago, or before"),
        BinaryOp::Less => format!("more than {count} days ago"),
        _ => return None,
    })
}

/// `today()` → 0, `today() - days(30)` → -30.
fn days_from_today(expr: &Expr) -> Option<i64> {
    let is_today =
        |expr: &Expr| matches!(&expr.node, Node::Call(name, none) if name == "today" && none.is_empty());
    if is_today(expr) {
        return Some(0);
    }
    let Node::Binary(op, left, right) = &expr.node else { return None };
    let Node::Call(days, count) = &right.node else { return None };
    let [Expr { node: Node::Literal(Literal::Int(count)), .. }] = count.as_slice() else { return None };
    match op {
        BinaryOp::Add if is_today(left) && days == "days" => Some(*count),
        BinaryOp::Subtract if is_today(left) && days == "days" => count.checked_neg(),
        _ => None,
    }
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
