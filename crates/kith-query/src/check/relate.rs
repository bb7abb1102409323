//! Two terms side by side: comparison, membership, arithmetic, and the conversions they need.

use super::{Checker, Type, Typed};
use crate::ast::BinaryOp;
use crate::catalogue::{FieldIndex, Kind};
use crate::error::{Error, Span};
use crate::term::{Function, Term};
use crate::value::Value;

impl Checker<'_> {
    pub(super) fn comparison(&mut self, op: BinaryOp, left: Typed, right: Typed, span: Span) -> Typed {
        let ordered = !matches!(op, BinaryOp::Equal | BinaryOp::NotEqual);
        let Some((left, right)) = self.side_by_side(left, right, span) else {
            return Typed { term: Term::Const(Value::Bool(false)), kind: Type::Bool, span };
        };
        if ordered && let Some(kind) = [&left.kind, &right.kind].into_iter().find(|kind| orderless(kind)) {
            let what = if matches!(kind, Type::Enum(_)) { "one of a list of values" } else { kind.word() };
            let error = Error::new(span, "no_order", format!("{} cannot compare {what}", op.mark()));
            return self.fault(error.with_hint("use ==, != or in"));
        }
        let term = Term::Compare(op, Box::new(left.term), Box::new(right.term));
        Typed { term, kind: Type::Bool, span }
    }

    /// Both sides in one kind; a fault is noted when there is none.
    fn side_by_side(&mut self, left: Typed, right: Typed, span: Span) -> Option<(Typed, Typed)> {
        use Type::{Any, Date, Enum, List, Map, Money, Null, Time};
        match (&left.kind, &right.kind) {
            (Any, _) | (_, Any) => {}
            (Null, _) | (_, Null) if is_field(&left.term) || is_field(&right.term) => {
                let error = Error::new(
                    span,
                    "null_comparison",
                    "a field is never null: it has a value or it has not",
                );
                self.errors.push(error.with_hint("write has(field) or !has(field)"));
                return None;
            }
            (Enum(index), _) => self.must_be_value(*index, &right)?,
            (_, Enum(index)) => self.must_be_value(*index, &left)?,
            (Money, kind) if kind.number() => return Some((left, self.money_of(right)?)),
            (kind, Money) if kind.number() => return Some((self.money_of(left)?, right)),
            (Date, Time) => return Some((to_time(left), right)),
            (Time, Date) => return Some((left, to_time(right))),
            (List(_), List(_)) | (Map(_), Map(_)) => {}
            (a, b) if a == b || (a.number() && b.number()) => {}
            _ => {
                self.mismatch(&left, &right, span);
                return None;
            }
        }
        Some((left, right))
    }

    fn mismatch(&mut self, left: &Typed, right: &Typed, span: Span) {
        let message = format!("{} cannot be compared with {}", left.kind.word(), right.kind.word());
        let date = [left, right].into_iter().any(|side| matches!(side.kind, Type::Date | Type::Time));
        let literal = [left, right].into_iter().find_map(|side| match &side.term {
            Term::Const(Value::Text(text)) => Some(text.as_str()),
            _ => None,
        });
        let numeric = [left, right].into_iter().any(|side| side.kind.number() || side.kind == Type::Money);
        let hint = match literal {
            Some(text) if date => Some(format!("write date(\"{text}\")")),
            Some(text) if numeric && text.parse::<f64>().is_ok() => {
                Some(format!("write {text} without quotes"))
            }
            Some(_) if numeric => Some("write the number without quotes".to_owned()),
            None if date && numeric => Some("compare with a date, for example today() - days(30)".to_owned()),
            None if numeric && [left, right].into_iter().any(|side| side.kind == Type::Duration) => {
                Some("this field counts by itself: write a plain number".to_owned())
            }
            _ => None,
        };
        let error = Error::new(span, "type_mismatch", message);
        self.errors.push(match hint {
            Some(hint) => error.with_hint(hint),
            None => error,
        });
    }

    /// A text beside an enum field must be one of its values. `None` after a fault was noted.
    fn must_be_value(&mut self, index: FieldIndex, other: &Typed) -> Option<()> {
        let field = self.catalogue.field(index)?;
        let Kind::Enum(values) = &field.kind else { return Some(()) };
        match &other.term {
            Term::Const(Value::Text(text)) if values.iter().any(|value| value == text) => Some(()),
            Term::Const(Value::Text(text)) => {
                let near = values.iter().find(|value| {
                    value.eq_ignore_ascii_case(text)
                        || strsim::jaro_winkler(value, &text.to_lowercase()) >= 0.85
                });
                let listed = values.iter().map(|value| format!("\"{value}\"")).collect::<Vec<_>>().join(", ");
                let hint = near.map_or(format!("its values are {listed}"), |near| {
                    format!("did you mean \"{near}\"? its values are {listed}")
                });
                let message = format!("{} has no value \"{text}\"", field.id);
                self.errors.push(Error::new(other.span, "unknown_value", message).with_hint(hint));
                None
            }
            _ if other.kind.text() => Some(()),
            _ => {
                let message = format!("{} is one of a list of texts, not {}", field.id, other.kind.word());
                self.errors.push(Error::new(other.span, "type_mismatch", message));
                None
            }
        }
    }

    /// A number as money of the organisation's currency.
    fn money_of(&mut self, typed: Typed) -> Option<Typed> {
        let places = self.catalogue.currency().exponent();
        let term = match &typed.term {
            Term::Const(number) => match as_money(number, places) {
                Some(money) => Term::Const(money),
                None => {
                    self.errors.push(Error::new(typed.span, "number_range", "this amount is too large"));
                    return None;
                }
            },
            _ => Term::Call(Function::ToMoney(places), vec![typed.term]),
        };
        Some(Typed { term, kind: Type::Money, span: typed.span })
    }

    pub(super) fn membership(&mut self, left: Typed, right: Typed, span: Span) -> Typed {
        match (&right.kind, &right.term) {
            (Type::List(_), Term::List(_)) => return self.one_of(left, right, span),
            (Type::List(of), _) => {
                let fits = **of == Type::Any
                    || left.kind == Type::Any
                    || (of.text() && left.kind.text())
                    || **of == left.kind;
                if !fits {
                    let message = format!("the list holds {}, not {}", of.word(), left.kind.word());
                    return self.fault(Error::new(span, "type_mismatch", message));
                }
            }
            (Type::Map(_) | Type::Any, term) if !is_field(term) || matches!(term, Term::Entry(..)) => {}
            (Type::Map(_), _) => {
                let error = Error::new(span, "type_mismatch", "in does not look into this map");
                return self.fault(error.with_hint("write has(field.key)"));
            }
            (other, _) => {
                let message = format!("{} follows in, but it must be a list", other.word());
                return self
                    .fault(Error::new(right.span, "type_mismatch", message).with_hint("write in [a, b]"));
            }
        }
        Typed { term: Term::In(Box::new(left.term), Box::new(right.term)), kind: Type::Bool, span }
    }

    /// Membership in a written list: every item must suit the left side, and is converted to its kind.
    fn one_of(&mut self, left: Typed, right: Typed, span: Span) -> Typed {
        let Term::List(items) = right.term else { return Typed { kind: Type::Bool, ..right } };
        let of = if let Type::List(of) = right.kind { *of } else { Type::Any };
        let mut terms = Vec::with_capacity(items.len());
        for item in items {
            let kind = if of == Type::Any { term_type(&item) } else { of.clone() };
            let item = Typed { term: item, kind, span: right.span };
            // Lists of literals alone may be mixed; a field has one kind, and so must what it is looked up in.
            if !is_field(&left.term) {
                terms.push(item.term);
                continue;
            }
            let probe = Typed { term: left.term.clone(), kind: left.kind.clone(), span: left.span };
            match self.side_by_side(probe, item, right.span) {
                Some((_, item)) => terms.push(item.term),
                None => break,
            }
        }
        Typed { term: Term::In(Box::new(left.term), Box::new(Term::List(terms))), kind: Type::Bool, span }
    }

    pub(super) fn arithmetic(&mut self, op: BinaryOp, left: Typed, right: Typed, span: Span) -> Typed {
        use BinaryOp::{Add, Divide, Multiply, Remainder, Subtract};
        use Type::{Any, Bytes, Date, Double, Duration, Int, List, Money, Text, Time, Uint};
        let sum = matches!(op, Add | Subtract);
        let (left, right) = match (sum, &left.kind, &right.kind) {
            (true, Money, kind) if kind.number() && *kind != Any => match self.money_of(right) {
                Some(right) => (left, right),
                None => return Typed { kind: Money, ..left },
            },
            (true, kind, Money) if kind.number() && *kind != Any => match self.money_of(left) {
                Some(left) => (left, right),
                None => return Typed { kind: Money, ..right },
            },
            _ => (left, right),
        };
        let kind = match (op, &left.kind, &right.kind) {
            (_, Any, _) | (_, _, Any) => Some(Any),
            (_, Int, Int) => Some(Int),
            (_, Uint, Uint) => Some(Uint),
            (Add | Subtract | Multiply | Divide, a, b) if a.number() && b.number() => Some(Double),
            (Add | Subtract, Money, Money) | (Multiply | Divide, Money, Int | Double | Uint) => Some(Money),
            (Multiply, Int | Double | Uint, Money) => Some(Money),
            (Divide, Money, Money) => Some(Double),
            (Subtract, Date, Date) | (Subtract, Time, Time) | (Add | Subtract, Duration, Duration) => {
                Some(Duration)
            }
            (Add | Subtract, Date, Duration) | (Add, Duration, Date) => Some(Date),
            (Add | Subtract, Time, Duration) | (Add, Duration, Time) => Some(Time),
            (Add, a, b) if a.text() && b.text() => Some(Text),
            (Add, Bytes, Bytes) => Some(Bytes),
            (Add, List(a), List(b)) => Some(List(if a == b { a.clone() } else { Box::new(Any) })),
            (Remainder, ..) => None,
            _ => None,
        };
        let Some(kind) = kind else {
            let words = (left.kind.word(), right.kind.word());
            let error = Error::new(
                span,
                "type_mismatch",
                format!("{} cannot join {} and {}", op.mark(), words.0, words.1),
            );
            let dates = [&left.kind, &right.kind].into_iter().any(|kind| matches!(kind, Date | Time));
            return self.fault(if dates { error.with_hint("add or take away days(n)") } else { error });
        };
        Typed { term: Term::Arithmetic(op, Box::new(left.term), Box::new(right.term)), kind, span }
    }
}

/// A number as minor units with so many decimals, rounded to the nearest; `None` beyond 64 bits.
pub(crate) fn as_money(number: &Value, places: u8) -> Option<Value> {
    let scale = 10i64.checked_pow(u32::from(places))?;
    match number {
        Value::Int(value) => value.checked_mul(scale).map(Value::Money),
        Value::Uint(value) => i64::try_from(*value).ok()?.checked_mul(scale).map(Value::Money),
        other => Value::Double((other.to_double()? * Value::Int(scale).to_double()?).round())
            .to_int()
            .map(Value::Money),
    }
}

fn to_time(typed: Typed) -> Typed {
    Typed { term: Term::Call(Function::ToTime, vec![typed.term]), kind: Type::Time, span: typed.span }
}

fn orderless(kind: &Type) -> bool {
    matches!(kind, Type::Enum(_) | Type::Null | Type::List(_) | Type::Map(_))
}

fn is_field(term: &Term) -> bool {
    matches!(term, Term::Field(..) | Term::Entry(..))
}

/// The kind of a literal in a mixed list.
fn term_type(term: &Term) -> Type {
    match term {
        Term::Const(Value::Bool(_)) => Type::Bool,
        Term::Const(Value::Int(_)) => Type::Int,
        Term::Const(Value::Uint(_)) => Type::Uint,
        Term::Const(Value::Double(_)) => Type::Double,
        Term::Const(Value::Text(_)) => Type::Text,
        Term::Const(Value::Money(_)) => Type::Money,
        Term::Const(Value::Date(_)) => Type::Date,
        Term::Const(Value::Bytes(_)) => Type::Bytes,
        Term::Const(Value::Null) => Type::Null,
        _ => Type::Any,
    }
}
