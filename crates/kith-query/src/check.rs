//! Syntax tree → typed term: names, kinds, and every fault with its place.

mod call;
mod relate;

pub(crate) use call::day_number;
pub(crate) use relate::as_money;

use crate::ast::{BinaryOp, Expr, Literal, Node, UnaryOp};
use crate::catalogue::{Catalogue, FieldIndex, Kind};
use crate::error::{Error, Span};
use crate::term::{Slot, Term};
use crate::value::Value;

/// The kind of a term. `Any` is a value of custom metadata, known only while it runs.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Type {
    Any,
    Null,
    Bool,
    Int,
    Uint,
    Double,
    Money,
    Date,
    Time,
    Duration,
    Enum(FieldIndex),
    Text,
    Bytes,
    List(Box<Type>),
    Map(Box<Type>),
}

impl Type {
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Any => "any value",
            Self::Null => "null",
            Self::Bool => "yes or no",
            Self::Int | Self::Uint => "a whole number",
            Self::Double => "a number",
            Self::Money => "money",
            Self::Date => "a date",
            Self::Time => "a time",
            Self::Duration => "a length of time",
            Self::Enum(_) | Self::Text => "a text",
            Self::Bytes => "bytes",
            Self::List(_) => "a list",
            Self::Map(_) => "a map",
        }
    }

    fn number(&self) -> bool {
        matches!(self, Self::Int | Self::Uint | Self::Double | Self::Any)
    }

    fn text(&self) -> bool {
        matches!(self, Self::Text | Self::Enum(_) | Self::Any)
    }
}

/// A term, its type, and where it came from.
pub(crate) struct Typed {
    pub(crate) term: Term,
    pub(crate) kind: Type,
    span: Span,
}

/// Most steps that one row may take.
const COST_MAX: u64 = 20_000;

pub(crate) struct Checker<'a> {
    catalogue: &'a Catalogue,
    /// Variables of the macros around, outermost first.
    locals: Vec<(String, Type)>,
    pub(crate) errors: Vec<Error>,
}

/// Types a condition; the result is yes or no.
pub(crate) fn condition(expr: &Expr, catalogue: &Catalogue) -> Result<Term, Vec<Error>> {
    let mut checker = Checker::new(catalogue);
    let typed = checker.condition(expr);
    checker.finish(typed)
}

/// Types an expression of any kind.
#[cfg(test)]
pub(crate) fn expression(expr: &Expr, catalogue: &Catalogue) -> Result<Term, Vec<Error>> {
    let mut checker = Checker::new(catalogue);
    let typed = checker.typed(expr).term;
    checker.finish(typed)
}

impl<'a> Checker<'a> {
    fn new(catalogue: &'a Catalogue) -> Self {
        Self { catalogue, locals: Vec::new(), errors: Vec::new() }
    }

    fn finish(mut self, term: Term) -> Result<Term, Vec<Error>> {
        if self.errors.is_empty() && term.cost() > COST_MAX {
            self.errors.push(
                Error::new(Span::default(), "too_costly", "the filter would take too long for each account")
                    .with_hint("use shorter lists, or fewer of them inside each other"),
            );
        }
        if self.errors.is_empty() { Ok(term) } else { Err(self.errors) }
    }

    fn fault(&mut self, error: Error) -> Typed {
        let span = Span { at: error.at, len: error.len };
        self.errors.push(error);
        Typed { term: Term::Const(Value::Null), kind: Type::Any, span }
    }

    /// A term that must be yes or no.
    fn condition(&mut self, expr: &Expr) -> Term {
        let typed = self.typed(expr);
        if !matches!(typed.kind, Type::Bool | Type::Any) {
            let text = expr.print();
            let hint = match typed.kind {
                Type::Int | Type::Uint | Type::Double | Type::Money => format!("compare it: {text} > 0"),
                Type::Date | Type::Time => format!("compare it: {text} >= today() - days(30)"),
                Type::Text | Type::Enum(_) => format!("compare it: {text} == \"…\""),
                _ => "compare it with something".to_owned(),
            };
            let message = format!("{text} is {}, not a condition", typed.kind.word());
            self.errors.push(Error::new(expr.span, "not_a_condition", message).with_hint(hint));
        }
        typed.term
    }

    pub(crate) fn typed(&mut self, expr: &Expr) -> Typed {
        let span = expr.span;
        let (term, kind) = match &expr.node {
            Node::Literal(literal) => (Term::Const(Value::from(literal)), literal_type(literal)),
            Node::List(items) => return self.list(items, span),
            Node::Map(entries) => return self.map(entries, span),
            Node::Name(name) => return self.name(name, span),
            Node::Select(target, name) => return self.select(target, name, span),
            Node::Index(target, index) => return self.index(target, index, span),
            Node::Unary(UnaryOp::Not, inner) => (Term::Not(Box::new(self.condition(inner))), Type::Bool),
            Node::Unary(UnaryOp::Negate, inner) => return self.negate(inner, span),
            Node::Binary(op, left, right) => return self.binary(*op, left, right, span),
            Node::All(conditions) => {
                (Term::All(conditions.iter().map(|expr| self.condition(expr)).collect()), Type::Bool)
            }
            Node::Any(conditions) => {
                (Term::Any(conditions.iter().map(|expr| self.condition(expr)).collect()), Type::Bool)
            }
            Node::Choice(condition, yes, no) => return self.choice(condition, yes, no, span),
            Node::Call(name, arguments) => return self.call(name, arguments, span),
            Node::Method(target, name, arguments) => return self.method(target, name, arguments, span),
        };
        Typed { term, kind, span }
    }

    fn list(&mut self, items: &[Expr], span: Span) -> Typed {
        let typed: Vec<Typed> = items.iter().map(|item| self.typed(item)).collect();
        let first = typed.first().map_or(Type::Any, |item| item.kind.clone());
        let kind = if typed.iter().all(|item| item.kind == first) { first } else { Type::Any };
        let terms = typed.into_iter().map(|item| item.term).collect();
        Typed { term: Term::List(terms), kind: Type::List(Box::new(kind)), span }
    }

    fn map(&mut self, entries: &[(Expr, Expr)], span: Span) -> Typed {
        let mut terms = Vec::with_capacity(entries.len());
        let mut kinds = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let key = self.typed(key);
            let value = self.typed(value);
            kinds.push(value.kind);
            terms.push((key.term, value.term));
        }
        let first = kinds.first().cloned().unwrap_or(Type::Any);
        let kind = if kinds.iter().all(|kind| *kind == first) { first } else { Type::Any };
        Typed { term: Term::Map(terms), kind: Type::Map(Box::new(kind)), span }
    }

    fn name(&mut self, name: &str, span: Span) -> Typed {
        if let Some(place) = self.locals.iter().rposition(|(local, _)| local == name) {
            let kind = self.locals.get(place).map_or(Type::Any, |(_, kind)| kind.clone());
            return Typed { term: Term::Local(place), kind, span };
        }
        if let Some(typed) = self.field(name, span) {
            return typed;
        }
        if name == "me" {
            return Typed { term: Term::Me, kind: Type::Text, span };
        }
        let error = Error::new(span, "unknown_field", format!("there is no field {name}"));
        let hint = match self.catalogue.nearest(name) {
            Some(near) => format!("did you mean {near}?"),
            None => "GET /api/v1/fields lists all fields; a text stands in quotes".to_owned(),
        };
        self.fault(error.with_hint(hint))
    }

    /// The field of this id, if there is one.
    fn field(&self, id: &str, span: Span) -> Option<Typed> {
        let index = self.catalogue.index(id)?;
        let (slot, kind) = match &self.catalogue.field(index)?.kind {
            Kind::Bool => (Slot::Bool, Type::Bool),
            Kind::Int => (Slot::Int, Type::Int),
            Kind::Double => (Slot::Double, Type::Double),
            Kind::Money => (Slot::Money, Type::Money),
            Kind::Date => (Slot::Date, Type::Date),
            Kind::Time => (Slot::Time, Type::Time),
            Kind::Enum(values) => (Slot::Enum(values.as_slice().into()), Type::Enum(index)),
            Kind::Text => (Slot::Text, Type::Text),
            Kind::TextList => (Slot::TextList, Type::List(Box::new(Type::Text))),
            Kind::Map => (Slot::Map, Type::Map(Box::new(Type::Any))),
        };
        Some(Typed { term: Term::Field(index, slot), kind, span })
    }

    /// `a.b`: a field with a point in its id, or a key of a map.
    fn select(&mut self, target: &Expr, name: &str, span: Span) -> Typed {
        if let Some(id) =
            dotted(target).filter(|id| self.locals.iter().all(|(local, _)| !id.starts_with(local)))
            && let Some(typed) = self.field(&format!("{id}.{name}"), span)
        {
            return typed;
        }
        let key = Term::Const(Value::Text(name.to_owned()));
        self.entry(target, key, &Type::Text, span)
    }

    fn index(&mut self, target: &Expr, index: &Expr, span: Span) -> Typed {
        let index = self.typed(index);
        self.entry(target, index.term, &index.kind, span)
    }

    /// An item of a list or a value of a map.
    fn entry(&mut self, target: &Expr, key: Term, key_type: &Type, span: Span) -> Typed {
        let typed = self.typed(target);
        let kind = match &typed.kind {
            Type::Map(of) | Type::List(of) => (**of).clone(),
            Type::Any => Type::Any,
            other => {
                let message = format!("{} is {}, it has no parts", target.print(), other.word());
                return self.fault(Error::new(span, "no_parts", message));
            }
        };
        if let Term::Field(index, Slot::Map) = typed.term {
            if !key_type.text() {
                return self.fault(Error::new(span, "type_mismatch", "the key of this map is a text"));
            }
            return Typed { term: Term::Entry(index, Box::new(key)), kind, span };
        }
        if matches!(typed.kind, Type::List(_)) && !key_type.number() {
            return self.fault(Error::new(span, "type_mismatch", "the place in a list is a whole number"));
        }
        Typed { term: Term::Index(Box::new(typed.term), Box::new(key)), kind, span }
    }

    fn negate(&mut self, inner: &Expr, span: Span) -> Typed {
        let typed = self.typed(inner);
        if !matches!(typed.kind, Type::Int | Type::Double | Type::Money | Type::Duration | Type::Any) {
            let message = format!("{} is {}, it has no negative", inner.print(), typed.kind.word());
            return self.fault(Error::new(span, "type_mismatch", message));
        }
        Typed { term: Term::Negate(Box::new(typed.term)), kind: typed.kind, span }
    }

    fn choice(&mut self, condition: &Expr, yes: &Expr, no: &Expr, span: Span) -> Typed {
        let condition = self.condition(condition);
        let yes = self.typed(yes);
        let no = self.typed(no);
        let both_numbers = yes.kind.number() && no.kind.number();
        let both_texts = yes.kind.text() && no.kind.text();
        let kind = if yes.kind == no.kind {
            yes.kind
        } else if both_numbers && yes.kind != Type::Any && no.kind != Type::Any {
            Type::Double
        } else if both_texts {
            Type::Text
        } else if yes.kind == Type::Any || no.kind == Type::Any {
            Type::Any
        } else {
            let message = format!("one side is {}, the other {}", yes.kind.word(), no.kind.word());
            return self.fault(Error::new(span, "type_mismatch", message));
        };
        let term = Term::Choice(Box::new(condition), Box::new(yes.term), Box::new(no.term));
        Typed { term, kind, span }
    }

    fn binary(&mut self, op: BinaryOp, left: &Expr, right: &Expr, span: Span) -> Typed {
        let left = self.typed(left);
        let right = self.typed(right);
        match op {
            BinaryOp::In => self.membership(left, right, span),
            BinaryOp::Equal
            | BinaryOp::NotEqual
            | BinaryOp::Less
            | BinaryOp::LessEqual
            | BinaryOp::Greater
            | BinaryOp::GreaterEqual => self.comparison(op, left, right, span),
            _ => self.arithmetic(op, left, right, span),
        }
    }
}

fn literal_type(literal: &Literal) -> Type {
    match literal {
        Literal::Null => Type::Null,
        Literal::Bool(_) => Type::Bool,
        Literal::Int(_) => Type::Int,
        Literal::Uint(_) => Type::Uint,
        Literal::Double(_) => Type::Double,
        Literal::Text(_) => Type::Text,
        Literal::Bytes(_) => Type::Bytes,
    }
}

/// `a.b.c` as a text, when it is nothing but names.
fn dotted(expr: &Expr) -> Option<String> {
    match &expr.node {
        Node::Name(name) => Some(name.clone()),
        Node::Select(target, name) => Some(format!("{}.{name}", dotted(target)?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
