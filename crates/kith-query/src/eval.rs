//! One row at a time: the plain meaning of a filter. Columns must give the same.

pub(crate) mod bind;
pub(crate) mod mask;
pub(crate) mod plan;

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::ast::BinaryOp;
use crate::catalogue::FieldIndex;
use crate::check::as_money;
use crate::table::{Chunk, Column, Scalar};
use crate::term::{Function, Slot, Term};
use crate::value::{DAY_MS, Value, arithmetic, entry, equal, order};

/// A row, and the variables of the macros around the term being computed.
pub(crate) struct Row<'a> {
    chunk: &'a dyn Chunk,
    row: usize,
    locals: Vec<Value>,
}

/// A value computed or lent by the term; `None` is missing.
type Found<'t> = Option<Cow<'t, Value>>;

impl<'a> Row<'a> {
    pub(crate) fn new(chunk: &'a dyn Chunk, row: usize) -> Self {
        Self { chunk, row, locals: Vec::new() }
    }

    /// Whether a condition holds; a missing value makes it false.
    pub(crate) fn holds(&mut self, term: &Term) -> bool {
        match term {
            Term::All(conditions) => conditions.iter().all(|condition| self.holds(condition)),
            Term::Any(conditions) => conditions.iter().any(|condition| self.holds(condition)),
            Term::Not(condition) => !self.holds(condition),
            Term::Compare(op, left, right) => self.compare(*op, left, right),
            Term::In(item, list) => self.contains(item, list),
            Term::Has(inner) => match &**inner {
                Term::Field(index, Slot::TextList) => !self.chunk.texts(*index, self.row).is_empty(),
                inner => self.value(inner).is_some(),
            },
            Term::Each(every, list, body) => self.each(*every, list, body),
            Term::Matches(text, pattern) => {
                matches!(self.value(text).as_deref(), Some(Value::Text(text)) if pattern.found(text))
            }
            other => matches!(self.value(other).as_deref(), Some(Value::Bool(true))),
        }
    }

    /// The value of a term.
    pub(crate) fn value<'t>(&mut self, term: &'t Term) -> Found<'t> {
        let value = match term {
            Term::Const(value) => return Some(Cow::Borrowed(value)),
            Term::Field(index, slot) => read(self.chunk, *index, slot, self.row)?,
            Term::Entry(index, key) => match &*self.value(key)? {
                Value::Text(key) => scalar(self.chunk.map(*index, self.row, key)?),
                _ => return None,
            },
            Term::Local(place) => self.locals.get(*place)?.clone(),
            Term::Nothing | Term::Today | Term::Me | Term::Foreign(_) => return None,
            Term::List(items) => Value::List(
                items.iter().map(|item| self.value(item).map(Cow::into_owned)).collect::<Option<_>>()?,
            ),
            Term::Map(entries) => self.map(entries)?,
            Term::Index(target, key) => self.part(target, key)?,
            Term::Negate(inner) => match &*self.value(inner)? {
                Value::Int(value) => Value::Int(value.checked_neg()?),
                Value::Double(value) => Value::Double(-value),
                Value::Single(value) => Value::Single(-value),
                Value::Money(value) => Value::Money(value.checked_neg()?),
                Value::Duration(value) => Value::Duration(value.checked_neg()?),
                _ => return None,
            },
            Term::Arithmetic(op, left, right) => {
                let left = self.value(left)?;
                arithmetic(*op, &left, &*self.value(right)?)?
            }
            Term::Choice(condition, yes, no) => {
                let branch = if self.holds(condition) { yes } else { no };
                return self.value(branch);
            }
            Term::Call(function, arguments) => self.call(*function, arguments)?,
            condition => Value::Bool(self.holds(condition)),
        };
        Some(Cow::Owned(value))
    }

    fn compare(&mut self, op: BinaryOp, left: &Term, right: &Term) -> bool {
        let Some(left) = self.value(left) else { return false };
        let Some(right) = self.value(right) else { return false };
        match op {
            BinaryOp::Equal => equal(&left, &right),
            BinaryOp::NotEqual => !equal(&left, &right),
            _ => order(&left, &right).is_some_and(|order| ordered(op, order)),
        }
    }

    fn contains(&mut self, item: &Term, list: &Term) -> bool {
        let Some(item) = self.value(item) else { return false };
        if let Term::List(items) = list {
            return items.iter().any(|other| self.value(other).is_some_and(|other| equal(&item, &other)));
        }
        match self.value(list).as_deref() {
            Some(Value::List(items)) => items.iter().any(|other| equal(&item, other)),
            Some(Value::Map(entries)) => entry(entries, &item).is_some(),
            _ => false,
        }
    }

    fn each(&mut self, every: bool, list: &Term, body: &Term) -> bool {
        let items = match self.value(list).map(Cow::into_owned) {
            Some(Value::List(items)) => items,
            Some(Value::Map(entries)) => entries.into_iter().map(|(key, _)| key).collect(),
            _ => return false,
        };
        let mut holds = |item: Value| {
            self.locals.push(item);
            let held = self.holds(body);
            self.locals.pop();
            held
        };
        let mut items = items.into_iter();
        if every { items.all(&mut holds) } else { items.any(&mut holds) }
    }

    fn map(&mut self, entries: &[(Term, Term)]) -> Option<Value> {
        let mut held = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let key = self.value(key)?.into_owned();
            // A key twice, or a key that is no plain value, makes no map.
            let plain = matches!(key, Value::Bool(_) | Value::Int(_) | Value::Uint(_) | Value::Text(_));
            if !plain || entry(&held, &key).is_some() {
                return None;
            }
            held.push((key, self.value(value)?.into_owned()));
        }
        Some(Value::Map(held))
    }

    fn part(&mut self, target: &Term, key: &Term) -> Option<Value> {
        let target = self.value(target)?;
        let key = self.value(key)?;
        match &*target {
            Value::List(items) => {
                let place = key.to_int().filter(|place| equal(&Value::Int(*place), &key))?;
                items.get(usize::try_from(place).ok()?).cloned()
            }
            Value::Map(entries) => entry(entries, &key).cloned(),
            _ => None,
        }
    }

    fn call(&mut self, function: Function, arguments: &[Term]) -> Option<Value> {
        let first = self.value(arguments.first()?)?;
        if let (Function::Contains | Function::StartsWith | Function::EndsWith, Some(second)) =
            (function, arguments.get(1))
        {
            let second = self.value(second)?;
            let (Value::Text(text), Value::Text(part)) = (&*first, &*second) else { return None };
            return Some(Value::Bool(match function {
                Function::Contains => text.contains(part.as_str()),
                Function::StartsWith => text.starts_with(part.as_str()),
                _ => text.ends_with(part.as_str()),
            }));
        }
        converted(function, &first)
    }
}

/// Whether an order satisfies a relation.
fn ordered(op: BinaryOp, order: Ordering) -> bool {
    match op {
        BinaryOp::Less => order.is_lt(),
        BinaryOp::LessEqual => order.is_le(),
        BinaryOp::Greater => order.is_gt(),
        BinaryOp::GreaterEqual => order.is_ge(),
        _ => false,
    }
}

/// A function of one value.
fn converted(function: Function, value: &Value) -> Option<Value> {
    let length = |count: usize| i64::try_from(count).ok().map(Value::Int);
    match (function, value) {
        (Function::Size, Value::Text(text)) => length(text.chars().count()),
        (Function::Size, Value::Bytes(bytes)) => length(bytes.len()),
        (Function::Size, Value::List(items)) => length(items.len()),
        (Function::Size, Value::Map(entries)) => length(entries.len()),
        (Function::ToText, value) => text(value).map(Value::Text),
        (Function::ToInt, Value::Text(text)) => text.parse().ok().map(Value::Int),
        (Function::ToInt, number) => number.to_int().map(Value::Int),
        (Function::ToUint, Value::Text(text)) => text.parse().ok().map(Value::Uint),
        (Function::ToUint, number) => number.to_uint().map(Value::Uint),
        (Function::ToDouble, Value::Text(text)) => text.parse().ok().map(Value::Double),
        (Function::ToDouble, number) => number.to_double().map(Value::Double),
        (Function::ToMoney(places), number) => as_money(number, places),
        (Function::ToTime, Value::Date(date)) => i64::from(*date).checked_mul(DAY_MS).map(Value::Time),
        (Function::Days, Value::Int(days)) => days.checked_mul(DAY_MS).map(Value::Duration),
        _ => None,
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Int(value) => Some(value.to_string()),
        Value::Uint(value) => Some(value.to_string()),
        Value::Double(value) => Some(value.to_string()),
        Value::Single(value) => Some(value.to_string()),
        Value::Bytes(bytes) => String::from_utf8(bytes.clone()).ok(),
        Value::Date(days) => {
            let span = jiff::Span::new().try_days(*days).ok()?;
            jiff::civil::date(1970, 1, 1).checked_add(span).ok().map(|date| date.to_string())
        }
        _ => None,
    }
}

fn scalar(scalar: Scalar) -> Value {
    match scalar {
        Scalar::Bool(value) => Value::Bool(value),
        Scalar::Int(value) => Value::Int(value),
        Scalar::Double(value) => Value::Double(value),
        Scalar::Text(text) => Value::Text(text),
    }
}

/// Whether bit `row` of a bitmap is set.
pub(crate) fn is_set(bits: &[u64], row: usize) -> bool {
    bits.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
}

/// The value of a field in a row.
fn read(chunk: &dyn Chunk, index: FieldIndex, slot: &Slot, row: usize) -> Option<Value> {
    match slot {
        Slot::Text => return chunk.text(index, row).map(|text| Value::Text(text.into_owned())),
        Slot::TextList => {
            return Some(Value::List(chunk.texts(index, row).into_iter().map(Value::Text).collect()));
        }
        Slot::Map => return None,
        _ => {}
    }
    let whole = match chunk.column(index) {
        Column::I64(values, known) => Some(*values.get(row)?).filter(|_| is_set(known, row))?,
        Column::Code(codes, known) => i64::from(Some(*codes.get(row)?).filter(|_| is_set(known, row))?),
        Column::F32(values, known) => {
            let value = Some(*values.get(row)?).filter(|value| is_set(known, row) && !value.is_nan())?;
            if *slot == Slot::Double {
                return Some(Value::Single(value));
            }
            Value::Single(value).to_int()?
        }
        Column::Missing => return None,
    };
    Some(match slot {
        Slot::Bool => Value::Bool(whole != 0),
        Slot::Money => Value::Money(whole),
        Slot::Date => Value::Date(i32::try_from(whole).ok()?),
        Slot::Time => Value::Time(whole),
        Slot::Enum(values) => Value::Text(values.get(usize::try_from(whole).ok()?)?.clone()),
        _ => Value::Int(whole),
    })
}

#[cfg(test)]
mod tests;
