//! A condition of a filter as a form has it, when it is a plain one.

use super::{Condition, ME, Relation, in_percent};
use crate::ast::{BinaryOp, Expr, Literal, Node, UnaryOp};
use crate::catalogue::{Catalogue, Field, Kind};
use crate::parse::parse;

/// Reads one condition; `None` when a form cannot say it: several fields, sums, other currencies.
#[must_use]
pub fn read(expression: &str, catalogue: &Catalogue) -> Option<Condition> {
    plain(&parse(expression).ok()?, catalogue)
}

fn condition(field: &Field, relation: Relation, values: Vec<String>) -> Option<Condition> {
    let known = Relation::of(&field.kind).contains(&relation);
    known.then(|| Condition { field: field.id.clone(), relation, values })
}

fn plain(expr: &Expr, catalogue: &Catalogue) -> Option<Condition> {
    match &expr.node {
        Node::Unary(UnaryOp::Not, inner) => denied(inner, catalogue),
        Node::Name(_) | Node::Select(..) => {
            let field = field(expr, catalogue).filter(|field| field.kind == Kind::Bool)?;
            condition(field, Relation::Is, vec!["true".to_owned()])
        }
        Node::Call(name, arguments) if name == "has" => {
            condition(field(arguments.first()?, catalogue)?, Relation::Known, Vec::new())
        }
        Node::Binary(BinaryOp::In, left, right) => member(left, right, catalogue),
        Node::Binary(op, left, right) => compared(*op, field(left, catalogue)?, right),
        Node::Method(target, name, arguments) => {
            let relation = match name.as_str() {
                "contains" => Relation::Contains,
                "startsWith" => Relation::StartsWith,
                "endsWith" => Relation::EndsWith,
                _ => return None,
            };
            let field = field(target, catalogue).filter(|field| field.kind == Kind::Text)?;
            let [argument] = arguments.as_slice() else { return None };
            condition(field, relation, vec![value(argument, field)?])
        }
        _ => None,
    }
}

/// The opposite of what stands behind `!`.
fn denied(inner: &Expr, catalogue: &Catalogue) -> Option<Condition> {
    let said = plain(inner, catalogue)?;
    let kind = &catalogue.get(&said.field)?.kind;
    let relation = match (said.relation, kind) {
        (Relation::Known, _) => Relation::Missing,
        (Relation::Is, Kind::Bool) if said.values == ["true"] => {
            return Some(Condition { values: vec!["false".to_owned()], ..said });
        }
        (Relation::Is, Kind::Enum(_) | Kind::Text) => Relation::IsNot,
        (Relation::Contains, Kind::TextList) => Relation::Lacks,
        _ => return None,
    };
    Some(Condition { relation, ..said })
}

/// `field in [values]`, or `value in list_field`.
fn member(left: &Expr, right: &Expr, catalogue: &Catalogue) -> Option<Condition> {
    if let Node::List(items) = &right.node {
        let field = field(left, catalogue)?;
        let one_of = matches!(field.kind, Kind::Enum(_) | Kind::Text) && !items.is_empty();
        let values = items.iter().map(|item| value(item, field)).collect::<Option<Vec<_>>>()?;
        return one_of.then(|| condition(field, Relation::Is, values))?;
    }
    let list = field(right, catalogue).filter(|field| field.kind == Kind::TextList)?;
    condition(list, Relation::Contains, vec![value(left, list)?])
}

fn compared(op: BinaryOp, field: &Field, right: &Expr) -> Option<Condition> {
    if let Some(days) = days_from_today(right) {
        let relation = match (op, days.as_str()) {
            (BinaryOp::GreaterEqual, past) if past.starts_with('-') => Relation::Within,
            (BinaryOp::Less, past) if past.starts_with('-') => Relation::Older,
            (BinaryOp::LessEqual, ahead) if !ahead.starts_with('-') => Relation::Ahead,
            _ => return None,
        };
        return condition(field, relation, vec![days.trim_start_matches('-').to_owned()]);
    }
    let value = value(right, field)?;
    let relation = match op {
        BinaryOp::Equal => Relation::Is,
        BinaryOp::NotEqual => Relation::IsNot,
        BinaryOp::GreaterEqual => Relation::AtLeast,
        BinaryOp::LessEqual => Relation::AtMost,
        BinaryOp::Greater => Relation::Above,
        BinaryOp::Less => Relation::Below,
        _ => return None,
    };
    condition(field, relation, vec![value])
}

/// `today() - days(30)` → `-30`, `today() + days(60)` → `60`.
fn days_from_today(expr: &Expr) -> Option<String> {
    let Node::Binary(op, left, right) = &expr.node else { return None };
    let (Node::Call(today, none), Node::Call(days, count)) = (&left.node, &right.node) else { return None };
    let [Expr { node: Node::Literal(Literal::Int(count)), .. }] = count.as_slice() else { return None };
    if today != "today" || !none.is_empty() || days != "days" || *count < 0 {
        return None;
    }
    match op {
        BinaryOp::Subtract => Some(format!("-{count}")),
        BinaryOp::Add => Some(count.to_string()),
        _ => None,
    }
}

pub(crate) fn field<'a>(expr: &Expr, catalogue: &'a Catalogue) -> Option<&'a Field> {
    match &expr.node {
        Node::Name(name) => catalogue.get(name),
        Node::Select(..) => catalogue.get(&expr.print()),
        _ => None,
    }
}

/// A value as it is typed.
fn value(expr: &Expr, field: &Field) -> Option<String> {
    match (&expr.node, &field.kind) {
        (Node::Literal(Literal::Bool(flag)), Kind::Bool) => Some(flag.to_string()),
        (Node::Literal(Literal::Text(text)), Kind::Text | Kind::Enum(_) | Kind::TextList) => {
            // What a form would trim or take for somebody else stays a filter.
            (text.trim() == text && !text.is_empty() && text != ME).then(|| text.clone())
        }
        (Node::Name(name), Kind::Text) if name == "me" => Some(ME.to_owned()),
        (Node::Call(name, arguments), Kind::Date | Kind::Time) if name == "date" => {
            match arguments.as_slice() {
                [Expr { node: Node::Literal(Literal::Text(day)), .. }] => Some(day.clone()),
                _ => None,
            }
        }
        (_, Kind::Int | Kind::Double | Kind::Money) => number(expr, in_percent(&field.unit)),
        _ => None,
    }
}

fn number(expr: &Expr, percent: bool) -> Option<String> {
    let text = match &expr.node {
        Node::Literal(literal @ (Literal::Int(_) | Literal::Double(_))) => literal.print(),
        Node::Unary(UnaryOp::Negate, inner) => match &inner.node {
            Node::Literal(literal @ (Literal::Int(_) | Literal::Double(_))) => {
                format!("-{}", literal.print())
            }
            _ => return None,
        },
        _ => return None,
    };
    let number = text.parse::<f64>().ok().filter(|number| number.is_finite())?;
    if percent {
        return Some(((number * 100.0 * 1e6).round() / 1e6).to_string());
    }
    Some(text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned))
}
