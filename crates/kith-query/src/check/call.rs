//! Functions, methods and macros.

use std::sync::Arc;

use jiff::civil::Date;
use kith_domain::value::{Currency, Money};

use super::{Checker, Type, Typed};
use crate::ast::{Expr, Literal, Node};
use crate::error::{Error, Span};
use crate::pattern::Pattern;
use crate::term::{Function, Term};
use crate::value::{DAY_MS, Value};

const FUNCTIONS: &str =
    "has, size, string, int, uint, double, dyn, date, timestamp, duration, days, today, money";
const METHODS: &str = "contains, startsWith, endsWith, matches, size, exists, all";

/// Days since 1970-01-01.
pub(crate) fn day_number(date: Date) -> Option<i32> {
    date.since(Date::constant(1970, 1, 1)).ok().map(|span| span.get_days())
}

impl Checker<'_> {
    pub(super) fn call(&mut self, name: &str, arguments: &[Expr], span: Span) -> Typed {
        match (name, arguments) {
            ("has", [of]) => self.has(of, span),
            ("today", []) => Typed { term: Term::Today, kind: Type::Date, span },
            ("dyn", [of]) => Typed { kind: Type::Any, ..self.typed(of) },
            ("date", [text]) => self.literal(text, span, "date(\"2026-01-31\")", |text| {
                let date: Date = text.parse().ok()?;
                Some((Term::Const(Value::Date(day_number(date)?)), Type::Date))
            }),
            ("timestamp", [text]) => {
                self.literal(text, span, "timestamp(\"2026-01-31T08:00:00Z\")", |text| {
                    let time: jiff::Timestamp = text.parse().ok()?;
                    Some((Term::Const(Value::Time(time.as_millisecond())), Type::Time))
                })
            }
            ("duration", [text]) => self.literal(text, span, "duration(\"36h\")", |text| {
                Some((Term::Const(Value::Duration(duration(text)?)), Type::Duration))
            }),
            ("days", [count]) => self.converted(count, span, Function::Days, Type::Duration, |kind| {
                matches!(kind, Type::Int | Type::Any)
            }),
            ("money", [amount, currency]) => self.money(amount, currency, span),
            ("size", [of]) => self.converted(of, span, Function::Size, Type::Int, sized),
            ("string", [of]) => self.converted(of, span, Function::ToText, Type::Text, |kind| {
                kind.number() || kind.text() || matches!(kind, Type::Bool | Type::Bytes | Type::Date)
            }),
            ("int", [of]) => {
                self.converted(of, span, Function::ToInt, Type::Int, |kind| kind.number() || kind.text())
            }
            ("uint", [of]) => {
                self.converted(of, span, Function::ToUint, Type::Uint, |kind| kind.number() || kind.text())
            }
            ("double", [of]) => self
                .converted(of, span, Function::ToDouble, Type::Double, |kind| kind.number() || kind.text()),
            _ => {
                let known = FUNCTIONS.split(", ").any(|function| function == name);
                let message = if known {
                    format!("{name} does not take {} arguments", arguments.len())
                } else {
                    format!("there is no function {name}")
                };
                let hint = format!("the functions are {FUNCTIONS}");
                self.fault(Error::new(span, "unknown_function", message).with_hint(hint))
            }
        }
    }

    fn has(&mut self, of: &Expr, span: Span) -> Typed {
        if !matches!(of.node, Node::Name(_) | Node::Select(..) | Node::Index(..)) {
            return self.fault(Error::new(of.span, "type_mismatch", "has(…) asks about a field"));
        }
        let inner = self.typed(of);
        Typed { term: Term::Has(Box::new(inner.term)), kind: Type::Bool, span }
    }

    /// A function of one literal text.
    fn literal(
        &mut self,
        text: &Expr,
        span: Span,
        example: &str,
        read: impl FnOnce(&str) -> Option<(Term, Type)>,
    ) -> Typed {
        let Node::Literal(Literal::Text(word)) = &text.node else {
            let error = Error::new(text.span, "not_a_literal", "a text in quotes is needed here");
            return self.fault(error.with_hint(format!("write {example}")));
        };
        match read(word) {
            Some((term, kind)) => Typed { term, kind, span },
            None => {
                let error = Error::new(text.span, "bad_literal", format!("\"{word}\" cannot be read"));
                self.fault(error.with_hint(format!("write {example}")))
            }
        }
    }

    fn money(&mut self, amount: &Expr, currency: &Expr, span: Span) -> Typed {
        let own = self.catalogue.currency();
        let code = match &currency.node {
            Node::Literal(Literal::Text(code)) => code.parse::<Currency>().ok(),
            _ => None,
        };
        let Some(code) = code else {
            let error = Error::new(currency.span, "bad_literal", "this is no currency code");
            return self.fault(error.with_hint("write money(\"1000.00\", \"USD\")"));
        };
        self.literal(amount, span, "money(\"1000.00\", \"USD\")", |text| {
            let money = Money::parse(text, code).ok()?;
            let own = money.currency == own;
            Some((
                if own { Term::Const(Value::Money(money.minor)) } else { Term::Foreign(money) },
                Type::Money,
            ))
        })
    }

    /// A function of one term of a suitable kind.
    fn converted(
        &mut self,
        of: &Expr,
        span: Span,
        function: Function,
        kind: Type,
        suits: impl FnOnce(&Type) -> bool,
    ) -> Typed {
        let inner = self.typed(of);
        if !suits(&inner.kind) {
            let message = format!("this function does not take {}", inner.kind.word());
            return self.fault(Error::new(of.span, "type_mismatch", message));
        }
        Typed { term: Term::Call(function, vec![inner.term]), kind, span }
    }

    pub(super) fn method(&mut self, target: &Expr, name: &str, arguments: &[Expr], span: Span) -> Typed {
        match (name, arguments) {
            ("contains", [part]) => self.text_method(target, part, Function::Contains, span),
            ("startsWith", [part]) => self.text_method(target, part, Function::StartsWith, span),
            ("endsWith", [part]) => self.text_method(target, part, Function::EndsWith, span),
            ("size", []) => self.converted(target, span, Function::Size, Type::Int, sized),
            ("matches", [pattern]) => self.matches(target, pattern, span),
            ("exists", [variable, body]) => self.each(false, target, (variable, body), span),
            ("all", [variable, body]) => self.each(true, target, (variable, body), span),
            _ => {
                let message = format!("there is no method {name} with {} arguments", arguments.len());
                let hint = format!("the methods are {METHODS}");
                self.fault(Error::new(span, "unknown_function", message).with_hint(hint))
            }
        }
    }

    fn text(&mut self, expr: &Expr) -> Term {
        let typed = self.typed(expr);
        if typed.kind.text() {
            return typed.term;
        }
        let message = format!("{} is {}, a text is needed", expr.print(), typed.kind.word());
        self.fault(Error::new(expr.span, "type_mismatch", message)).term
    }

    fn text_method(&mut self, target: &Expr, part: &Expr, function: Function, span: Span) -> Typed {
        let terms = vec![self.text(target), self.text(part)];
        Typed { term: Term::Call(function, terms), kind: Type::Bool, span }
    }

    fn matches(&mut self, target: &Expr, pattern: &Expr, span: Span) -> Typed {
        let target = self.text(target);
        let Node::Literal(Literal::Text(text)) = &pattern.node else {
            return self.fault(Error::new(
                pattern.span,
                "not_a_literal",
                "a pattern in quotes is needed here",
            ));
        };
        match Pattern::new(text) {
            Ok(pattern) => {
                Typed { term: Term::Matches(Box::new(target), Arc::new(pattern)), kind: Type::Bool, span }
            }
            Err(reason) => self.fault(Error::new(pattern.span, "bad_pattern", reason)),
        }
    }

    /// `list.exists(x, condition)` and `list.all(x, condition)`.
    fn each(&mut self, every: bool, target: &Expr, (variable, body): (&Expr, &Expr), span: Span) -> Typed {
        let list = self.typed(target);
        let item = match &list.kind {
            Type::List(of) => (**of).clone(),
            Type::Any | Type::Map(_) => Type::Any,
            other => {
                let message = format!("{} is {}, a list is needed", target.print(), other.word());
                return self.fault(Error::new(target.span, "type_mismatch", message));
            }
        };
        let Node::Name(variable) = &variable.node else {
            let error = Error::new(variable.span, "syntax", "a new name is needed here");
            return self.fault(error.with_hint("write list.exists(x, x == \"…\")"));
        };
        self.locals.push((variable.clone(), item));
        let body = self.condition(body);
        self.locals.pop();
        Typed { term: Term::Each(every, Box::new(list.term), Box::new(body)), kind: Type::Bool, span }
    }
}

fn sized(kind: &Type) -> bool {
    kind.text() || matches!(kind, Type::Bytes | Type::List(_) | Type::Map(_))
}

/// `1h30m`, `90s`, `-2.5d` in milliseconds.
fn duration(text: &str) -> Option<i64> {
    let (sign, mut rest) = text.strip_prefix('-').map_or((1.0, text), |rest| (-1.0, rest));
    let mut total = 0.0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, tail) = rest.split_at(digits);
        let unit = tail.find(|c: char| c.is_ascii_digit()).unwrap_or(tail.len());
        let (unit, after) = tail.split_at(unit);
        let scale = match unit {
            "ms" => 1.0,
            "s" => 1_000.0,
            "m" => 60_000.0,
            "h" => 3_600_000.0,
            "d" => Value::Int(DAY_MS).to_double()?,
            _ => return None,
        };
        total += number.parse::<f64>().ok()? * scale;
        rest = after;
    }
    if text.is_empty() { None } else { Value::Double(sign * total).to_int() }
}
