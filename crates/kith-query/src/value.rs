//! Values while a filter runs: equality, order and arithmetic. What cannot be computed is missing, never an error.

use std::cmp::Ordering;

use crate::ast::{BinaryOp, Literal};

/// A value of a filter.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Double(f64),
    /// A measure read from a column of single precision. It meets other numbers in single precision, so that
    /// `on_time_90d >= 0.95` holds for a stored 0.95.
    Single(f32),
    /// Minor units of the organisation's currency.
    Money(i64),
    /// Days since 1970-01-01.
    Date(i32),
    /// Milliseconds since 1970-01-01T00:00:00Z.
    Time(i64),
    /// A length of time in milliseconds.
    Duration(i64),
    Text(String),
    Bytes(Vec<u8>),
    List(Vec<Value>),
    Map(Vec<(Value, Value)>),
}

/// Milliseconds of a day.
pub(crate) const DAY_MS: i64 = 86_400_000;

impl From<&Literal> for Value {
    fn from(literal: &Literal) -> Self {
        match literal {
            Literal::Null => Self::Null,
            Literal::Bool(value) => Self::Bool(*value),
            Literal::Int(value) => Self::Int(*value),
            Literal::Uint(value) => Self::Uint(*value),
            Literal::Double(value) => Self::Double(*value),
            Literal::Text(text) => Self::Text(text.clone()),
            Literal::Bytes(bytes) => Self::Bytes(bytes.clone()),
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "rounding is meant")]
mod number {
    //! Numbers of several kinds side by side.

    use super::{Ordering, Value};

    impl Value {
        /// The nearest double of a number.
        pub(crate) fn to_double(&self) -> Option<f64> {
            match self {
                Self::Int(value) => Some(*value as f64),
                Self::Uint(value) => Some(*value as f64),
                Self::Double(value) => Some(*value),
                Self::Single(value) => Some(f64::from(*value)),
                _ => None,
            }
        }

        /// The nearest single of a number.
        pub(crate) fn to_single(&self) -> Option<f32> {
            match self {
                Self::Int(value) => Some(*value as f32),
                Self::Uint(value) => Some(*value as f32),
                Self::Double(value) => Some(*value as f32),
                Self::Single(value) => Some(*value),
                _ => None,
            }
        }

        /// The whole number of a number, cut towards zero; `None` outside 64 bits.
        pub(crate) fn to_int(&self) -> Option<i64> {
            match self {
                Self::Int(value) => Some(*value),
                Self::Uint(value) => i64::try_from(*value).ok(),
                Self::Double(value) => truncate(*value),
                Self::Single(value) => truncate(f64::from(*value)),
                _ => None,
            }
        }

        /// The whole number without sign of a number, cut towards zero.
        pub(crate) fn to_uint(&self) -> Option<u64> {
            match self {
                Self::Uint(value) => Some(*value),
                Self::Int(value) => u64::try_from(*value).ok(),
                Self::Double(value) if *value > -1.0 && *value < 18_446_744_073_709_551_616.0 => {
                    Some(*value as u64)
                }
                _ => None,
            }
        }
    }

    fn truncate(value: f64) -> Option<i64> {
        (value > -9_223_372_036_854_775_808.0 && value < 9_223_372_036_854_775_808.0).then_some(value as i64)
    }

    /// A double from arithmetic with a single.
    pub(super) fn single(value: f64) -> Value {
        Value::Single(value as f32)
    }

    /// Exact order of a whole number and a double.
    pub(super) fn whole_to_double(whole: i128, double: f64) -> Option<Ordering> {
        if double.is_nan() {
            return None;
        }
        if double >= 1e30 {
            return Some(Ordering::Less);
        }
        if double <= -1e30 {
            return Some(Ordering::Greater);
        }
        let cut = double.trunc() as i128;
        Some(
            whole
                .cmp(&cut)
                .then_with(|| 0.0f64.partial_cmp(&(double - double.trunc())).unwrap_or(Ordering::Equal)),
        )
    }
}

/// Order of two values of one family; `None` when they have none.
pub(crate) fn order(left: &Value, right: &Value) -> Option<Ordering> {
    use Value::{Bool, Bytes, Date, Double, Duration, Int, Money, Single, Text, Time, Uint};
    let whole = |value: &Value| match value {
        Int(value) => Some(i128::from(*value)),
        Uint(value) => Some(i128::from(*value)),
        _ => None,
    };
    match (left, right) {
        (Bool(a), Bool(b)) => Some(a.cmp(b)),
        (Money(a), Money(b)) | (Time(a), Time(b)) | (Duration(a), Duration(b)) => Some(a.cmp(b)),
        (Date(a), Date(b)) => Some(a.cmp(b)),
        (Text(a), Text(b)) => Some(a.cmp(b)),
        (Bytes(a), Bytes(b)) => Some(a.cmp(b)),
        (Double(a), Double(b)) => a.partial_cmp(b),
        (Single(_), _) | (_, Single(_)) => left.to_single()?.partial_cmp(&right.to_single()?),
        (Double(a), b) => number::whole_to_double(whole(b)?, *a).map(Ordering::reverse),
        (a, Double(b)) => number::whole_to_double(whole(a)?, *b),
        (a, b) => Some(whole(a)?.cmp(&whole(b)?)),
    }
}

/// Whether two values are the same; values of different families are not.
pub(crate) fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Null, Value::Null) => true,
        (Value::List(a), Value::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b)),
        (Value::Map(a), Value::Map(b)) => {
            a.len() == b.len()
                && a.iter().all(|(key, value)| entry(b, key).is_some_and(|other| equal(value, other)))
        }
        _ => order(left, right) == Some(Ordering::Equal),
    }
}

/// The value of a key in a map.
pub(crate) fn entry<'a>(map: &'a [(Value, Value)], key: &Value) -> Option<&'a Value> {
    map.iter().find(|(held, _)| equal(held, key)).map(|(_, value)| value)
}

/// Sums, differences, products, quotients, remainders; `None` when they overflow, divide by zero or mean nothing.
pub(crate) fn arithmetic(op: BinaryOp, left: &Value, right: &Value) -> Option<Value> {
    use Value::{Bytes, Date, Double, Duration, Int, List, Money, Single, Text, Time, Uint};
    match (op, left, right) {
        (_, Int(a), Int(b)) => whole(op, *a, *b).map(Int),
        (_, Uint(a), Uint(b)) => unsigned(op, *a, *b).map(Uint),
        (BinaryOp::Add, Text(a), Text(b)) => Some(Text(format!("{a}{b}"))),
        (BinaryOp::Add, Bytes(a), Bytes(b)) => Some(Bytes([a.as_slice(), b].concat())),
        (BinaryOp::Add, List(a), List(b)) => Some(List([a.as_slice(), b].concat())),
        (BinaryOp::Add | BinaryOp::Subtract, Money(a), Money(b)) => whole(op, *a, *b).map(Money),
        (BinaryOp::Divide, Money(a), Money(b)) => {
            double(op, Int(*a).to_double()?, Int(*b).to_double()?).map(Double)
        }
        (BinaryOp::Multiply | BinaryOp::Divide, Money(a), number) => scaled(op, *a, number),
        (BinaryOp::Multiply, number, Money(b)) => scaled(op, *b, number),
        (BinaryOp::Subtract, Date(a), Date(b)) => {
            i64::from(a.checked_sub(*b)?).checked_mul(DAY_MS).map(Duration)
        }
        (BinaryOp::Add | BinaryOp::Subtract, Date(a), Duration(b)) => shifted(op, *a, *b),
        (BinaryOp::Add, Duration(a), Date(b)) => shifted(op, *b, *a),
        (BinaryOp::Subtract, Time(a), Time(b)) => a.checked_sub(*b).map(Duration),
        (BinaryOp::Add | BinaryOp::Subtract, Time(a), Duration(b)) => whole(op, *a, *b).map(Time),
        (BinaryOp::Add, Duration(a), Time(b)) => a.checked_add(*b).map(Time),
        (BinaryOp::Add | BinaryOp::Subtract, Duration(a), Duration(b)) => whole(op, *a, *b).map(Duration),
        (_, Single(_), _) | (_, _, Single(_)) => {
            double(op, left.to_double()?, right.to_double()?).map(number::single)
        }
        _ => double(op, left.to_double()?, right.to_double()?).map(Double),
    }
}

fn whole(op: BinaryOp, a: i64, b: i64) -> Option<i64> {
    match op {
        BinaryOp::Add => a.checked_add(b),
        BinaryOp::Subtract => a.checked_sub(b),
        BinaryOp::Multiply => a.checked_mul(b),
        BinaryOp::Divide => a.checked_div(b),
        BinaryOp::Remainder => a.checked_rem(b),
        _ => None,
    }
}

fn unsigned(op: BinaryOp, a: u64, b: u64) -> Option<u64> {
    match op {
        BinaryOp::Add => a.checked_add(b),
        BinaryOp::Subtract => a.checked_sub(b),
        BinaryOp::Multiply => a.checked_mul(b),
        BinaryOp::Divide => a.checked_div(b),
        BinaryOp::Remainder => a.checked_rem(b),
        _ => None,
    }
}

fn double(op: BinaryOp, a: f64, b: f64) -> Option<f64> {
    match op {
        BinaryOp::Add => Some(a + b),
        BinaryOp::Subtract => Some(a - b),
        BinaryOp::Multiply => Some(a * b),
        BinaryOp::Divide => Some(a / b),
        _ => None,
    }
}

/// Money times or divided by a number, rounded to the nearest minor unit.
fn scaled(op: BinaryOp, money: i64, by: &Value) -> Option<Value> {
    if let (BinaryOp::Multiply, Value::Int(by)) = (op, by) {
        return money.checked_mul(*by).map(Value::Money);
    }
    let value = double(op, Value::Int(money).to_double()?, by.to_double()?)?;
    Value::Double(value.round()).to_int().map(Value::Money)
}

/// A date some whole days later or earlier; part days round down.
fn shifted(op: BinaryOp, date: i32, by: i64) -> Option<Value> {
    let by = i32::try_from(by.div_euclid(DAY_MS)).ok()?;
    let shifted = if op == BinaryOp::Add { date.checked_add(by) } else { date.checked_sub(by) };
    shifted.map(Value::Date)
}
