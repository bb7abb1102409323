//! Syntax tree → canonical text, with no more brackets than needed.

use std::fmt::Write as _;

use super::{BinaryOp, Expr, Literal, Node, UnaryOp};
use crate::lex::quoted::{write_bytes, write_text};

/// How strongly an expression holds together, weakest first: choice, or, and, relation, sum, product, prefix,
/// operand.
fn strength(expr: &Expr) -> u8 {
    match &expr.node {
        Node::Choice(..) => 0,
        Node::Any(_) => 1,
        Node::All(_) => 2,
        Node::Binary(op, ..) => op.strength(),
        Node::Unary(..) => 6,
        _ => 7,
    }
}

impl BinaryOp {
    fn strength(self) -> u8 {
        match self {
            Self::Add | Self::Subtract => 4,
            Self::Multiply | Self::Divide | Self::Remainder => 5,
            _ => 3,
        }
    }

    /// As it is written.
    #[must_use]
    pub fn mark(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
            Self::In => "in",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
        }
    }
}

impl Literal {
    /// The canonical text.
    #[must_use]
    pub fn print(&self) -> String {
        let mut out = String::new();
        write_literal(self, &mut out);
        out
    }
}

impl Expr {
    /// The canonical text; parsing it gives an equal expression.
    #[must_use]
    pub fn print(&self) -> String {
        let mut out = String::new();
        write(self, 0, &mut out);
        out
    }
}

/// Writes an expression where only what holds at least `floor` may stand without brackets.
fn write(expr: &Expr, floor: u8, out: &mut String) {
    if strength(expr) < floor {
        out.push('(');
        write(expr, 0, out);
        out.push(')');
        return;
    }
    match &expr.node {
        Node::Literal(literal) => write_literal(literal, out),
        Node::List(items) => {
            out.push('[');
            write_items(items, out);
            out.push(']');
        }
        Node::Map(entries) => write_map(entries, out),
        Node::Name(name) => out.push_str(name),
        Node::Select(target, name) => {
            write_target(target, out);
            out.push('.');
            out.push_str(name);
        }
        Node::Index(target, index) => {
            write_target(target, out);
            out.push('[');
            write(index, 0, out);
            out.push(']');
        }
        Node::Unary(op, inner) => write_unary(*op, inner, out),
        Node::Binary(op, left, right) => {
            write(left, op.strength(), out);
            let _ = write!(out, " {} ", op.mark());
            write(right, op.strength() + 1, out);
        }
        Node::All(conditions) => write_chain(conditions, " && ", 3, out),
        Node::Any(conditions) => write_chain(conditions, " || ", 2, out),
        Node::Choice(condition, yes, no) => {
            write(condition, 1, out);
            out.push_str(" ? ");
            write(yes, 1, out);
            out.push_str(" : ");
            write(no, 0, out);
        }
        Node::Call(name, arguments) => write_call(name, arguments, out),
        Node::Method(target, name, arguments) => {
            write_target(target, out);
            out.push('.');
            write_call(name, arguments, out);
        }
    }
}

/// A number would swallow the point after it.
fn write_target(target: &Expr, out: &mut String) {
    let number =
        matches!(target.node, Node::Literal(Literal::Int(_) | Literal::Uint(_) | Literal::Double(_)));
    if number {
        out.push('(');
    }
    write(target, 7, out);
    if number {
        out.push(')');
    }
}

/// `-(5)` is not the literal `-5`.
fn write_unary(op: UnaryOp, inner: &Expr, out: &mut String) {
    let number = match inner.node {
        Node::Literal(Literal::Int(value)) => value >= 0,
        Node::Literal(Literal::Double(value)) => value.is_sign_positive(),
        Node::Literal(Literal::Uint(_)) => true,
        _ => false,
    };
    out.push(if op == UnaryOp::Not { '!' } else { '-' });
    if number && op == UnaryOp::Negate {
        out.push('(');
        write(inner, 0, out);
        out.push(')');
    } else {
        write(inner, 6, out);
    }
}

fn write_chain(conditions: &[Expr], between: &str, floor: u8, out: &mut String) {
    for (index, condition) in conditions.iter().enumerate() {
        if index > 0 {
            out.push_str(between);
        }
        write(condition, floor, out);
    }
}

fn write_items(items: &[Expr], out: &mut String) {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        write(item, 0, out);
    }
}

fn write_map(entries: &[(Expr, Expr)], out: &mut String) {
    out.push('{');
    for (index, (key, value)) in entries.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        write(key, 0, out);
        out.push_str(": ");
        write(value, 0, out);
    }
    out.push('}');
}

fn write_call(name: &str, arguments: &[Expr], out: &mut String) {
    out.push_str(name);
    out.push('(');
    write_items(arguments, out);
    out.push(')');
}

fn write_literal(literal: &Literal, out: &mut String) {
    match literal {
        Literal::Null => out.push_str("null"),
        Literal::Bool(true) => out.push_str("true"),
        Literal::Bool(false) => out.push_str("false"),
        Literal::Int(value) => {
            let _ = write!(out, "{value}");
        }
        Literal::Uint(value) => {
            let _ = write!(out, "{value}u");
        }
        // `{:?}` keeps a point or an exponent, so a double stays a double.
        Literal::Double(value) => {
            let _ = write!(out, "{value:?}");
        }
        Literal::Text(text) => write_text(text, out),
        Literal::Bytes(bytes) => write_bytes(bytes, out),
    }
}
