//! A condition of a form as text of the filter language.

use jiff::civil::Date;

use super::{Condition, ME, Relation, in_percent};
use crate::ast::{BinaryOp, Expr, Literal, Node, UnaryOp};
use crate::catalogue::{Catalogue, Field, Kind};
use crate::error::Span;

/// Why a form says no condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unwritable {
    /// There is no such field, or it cannot be asked like that.
    Field,
    /// A value is missing.
    Empty,
    /// The value is no number.
    Number,
    /// The value is no day.
    Day,
    /// The value is none of the field's.
    Value,
}

/// Writes a condition.
///
/// # Errors
/// What keeps it from being one.
pub fn write(condition: &Condition, catalogue: &Catalogue) -> Result<String, Unwritable> {
    let field = catalogue.get(&condition.field).ok_or(Unwritable::Field)?;
    if !Relation::of(&field.kind).contains(&condition.relation) {
        return Err(Unwritable::Field);
    }
    let values: Vec<&str> =
        condition.values.iter().map(|value| value.trim()).filter(|value| !value.is_empty()).collect();
    if condition.relation.needs_value() && values.is_empty() {
        return Err(Unwritable::Empty);
    }
    expression(field, condition.relation, &values).map(|expr| expr.print())
}

fn expr(node: Node) -> Expr {
    Expr { node, span: Span::default() }
}

fn not(inner: Expr) -> Expr {
    expr(Node::Unary(UnaryOp::Not, Box::new(inner)))
}

fn binary(op: BinaryOp, left: Expr, right: Expr) -> Expr {
    expr(Node::Binary(op, Box::new(left), Box::new(right)))
}

fn call(name: &str, arguments: Vec<Expr>) -> Expr {
    expr(Node::Call(name.to_owned(), arguments))
}

fn text(text: &str) -> Expr {
    expr(Node::Literal(Literal::Text(text.to_owned())))
}

/// The name as it is written: `contract.status` is read as one name by the checker.
fn name(field: &Field) -> Expr {
    let mut parts = field.id.split('.');
    let first = expr(Node::Name(parts.next().unwrap_or_default().to_owned()));
    parts.fold(first, |target, part| expr(Node::Select(Box::new(target), part.to_owned())))
}

fn expression(field: &Field, relation: Relation, values: &[&str]) -> Result<Expr, Unwritable> {
    let known = || call("has", vec![name(field)]);
    let compare = |op| Ok(binary(op, name(field), value(field, first(values)?)?));
    let method = |method: &str| {
        let argument = vec![text(first(values)?)];
        Ok(expr(Node::Method(Box::new(name(field)), method.to_owned(), argument)))
    };
    match relation {
        Relation::Known => Ok(known()),
        Relation::Missing => Ok(not(known())),
        Relation::Is if field.kind == Kind::Bool => match first(values)? {
            "true" => Ok(name(field)),
            "false" => Ok(not(name(field))),
            _ => Err(Unwritable::Value),
        },
        Relation::Is | Relation::IsNot if values.len() > 1 => one_of(field, relation, values),
        Relation::Is => compare(BinaryOp::Equal),
        Relation::IsNot => compare(BinaryOp::NotEqual),
        Relation::AtLeast => compare(BinaryOp::GreaterEqual),
        Relation::AtMost => compare(BinaryOp::LessEqual),
        Relation::Above => compare(BinaryOp::Greater),
        Relation::Below => compare(BinaryOp::Less),
        Relation::Within => from_today(field, BinaryOp::GreaterEqual, BinaryOp::Subtract, values),
        Relation::Older => from_today(field, BinaryOp::Less, BinaryOp::Subtract, values),
        Relation::Ahead => from_today(field, BinaryOp::LessEqual, BinaryOp::Add, values),
        Relation::Contains if field.kind == Kind::TextList => {
            Ok(binary(BinaryOp::In, text(first(values)?), name(field)))
        }
        Relation::Lacks => Ok(not(binary(BinaryOp::In, text(first(values)?), name(field)))),
        Relation::Contains => method("contains"),
        Relation::StartsWith => method("startsWith"),
        Relation::EndsWith => method("endsWith"),
    }
}

fn first<'a>(values: &[&'a str]) -> Result<&'a str, Unwritable> {
    values.first().copied().ok_or(Unwritable::Empty)
}

fn one_of(field: &Field, relation: Relation, values: &[&str]) -> Result<Expr, Unwritable> {
    let items = values.iter().map(|one| value(field, one)).collect::<Result<Vec<_>, _>>()?;
    let within = binary(BinaryOp::In, name(field), expr(Node::List(items)));
    Ok(if relation == Relation::IsNot { not(within) } else { within })
}

fn from_today(field: &Field, op: BinaryOp, way: BinaryOp, values: &[&str]) -> Result<Expr, Unwritable> {
    let days: u16 = first(values)?.parse().map_err(|_| Unwritable::Number)?;
    let days = call("days", vec![expr(Node::Literal(Literal::Int(days.into())))]);
    Ok(binary(op, name(field), binary(way, call("today", Vec::new()), days)))
}

/// A value as the field's kind has it.
fn value(field: &Field, typed: &str) -> Result<Expr, Unwritable> {
    match &field.kind {
        Kind::Enum(values) if values.iter().any(|value| value == typed) => Ok(text(typed)),
        Kind::Enum(_) | Kind::Bool | Kind::Map => Err(Unwritable::Value),
        Kind::Text if typed == ME => Ok(expr(Node::Name("me".to_owned()))),
        Kind::Text | Kind::TextList => Ok(text(typed)),
        Kind::Date | Kind::Time => {
            let day: Date = typed.parse().map_err(|_| Unwritable::Day)?;
            Ok(call("date", vec![text(&day.to_string())]))
        }
        Kind::Int | Kind::Double | Kind::Money => number(typed, in_percent(&field.unit)),
    }
}

fn number(typed: &str, percent: bool) -> Result<Expr, Unwritable> {
    let literal = match typed.parse::<i64>() {
        Ok(whole) if !percent => Literal::Int(whole),
        _ => {
            let number = typed.parse::<f64>().ok().filter(|number| number.is_finite());
            let number = number.ok_or(Unwritable::Number)?;
            Literal::Double(if percent { (number / 100.0 * 1e8).round() / 1e8 } else { number })
        }
    };
    Ok(expr(Node::Literal(literal)))
}
