//! How a filter runs over a chunk: column tests where possible, cheap ones first, rows only for what is left.

use crate::ast::BinaryOp;
use crate::catalogue::FieldIndex;
use crate::eval::Row;
use crate::eval::mask::{Mask, Ones, keep, keep_known};
use crate::table::{Chunk, Column};
use crate::term::{Slot, Term};
use crate::value::Value;

/// A way to run a condition.
#[derive(Debug)]
pub(crate) enum Plan {
    Always(bool),
    /// A column against a constant; the term says the same for columns stored otherwise.
    Probe(Probe, Term),
    All(Vec<Plan>),
    Any(Vec<Plan>),
    Not(Box<Plan>),
    /// Row by row.
    Row(Term),
}

/// A test of one column.
#[derive(Debug)]
pub(crate) struct Probe {
    field: FieldIndex,
    test: Test,
    negate: bool,
}

#[derive(Debug)]
enum Test {
    Known,
    /// Whole numbers from `low` to `high`, and the same as singles.
    Whole {
        low: i64,
        high: i64,
        singles: (f32, f32),
    },
    /// Measures from `low` to `high`.
    Measure {
        low: f32,
        high: f32,
    },
    /// One of these codes: a bit for each.
    Codes(Vec<u64>),
}

impl Plan {
    /// Plans a bound term.
    pub(crate) fn new(term: &Term) -> Self {
        match term {
            Term::Const(value) => Self::Always(*value == Value::Bool(true)),
            Term::Nothing => Self::Always(false),
            Term::All(conditions) => {
                let mut plans: Vec<Self> = conditions.iter().map(Self::new).collect();
                plans.sort_by_key(Self::cost);
                Self::All(plans)
            }
            Term::Any(conditions) => {
                let mut plans: Vec<Self> = conditions.iter().map(Self::new).collect();
                plans.sort_by_key(Self::cost);
                Self::Any(plans)
            }
            Term::Not(inner) => Self::Not(Box::new(Self::new(inner))),
            other => Self::probe(other).unwrap_or_else(|| Self::Row(other.clone())),
        }
    }

    fn cost(&self) -> u64 {
        match self {
            Self::Always(_) => 0,
            Self::Probe(probe, _) => match probe.test {
                Test::Known => 1,
                Test::Codes(_) => 2,
                Test::Measure { .. } => 3,
                Test::Whole { .. } => 4,
            },
            Self::All(plans) | Self::Any(plans) => plans.iter().map(Self::cost).fold(0, u64::saturating_add),
            Self::Not(plan) => plan.cost(),
            Self::Row(term) => term.cost().saturating_mul(100),
        }
    }

    /// The column test of a term, when it is one.
    fn probe(term: &Term) -> Option<Self> {
        let (field, test, negate) = match term {
            Term::Has(inner) => match &**inner {
                Term::Field(field, slot) if stored(slot) => (*field, Test::Known, false),
                _ => return None,
            },
            Term::Field(field, Slot::Bool) => (*field, whole(0, 0)?, true),
            Term::Compare(op, left, right) => match (&**left, &**right) {
                (Term::Field(field, slot), Term::Const(value)) => {
                    let (test, negate) = test(*op, slot, value)?;
                    (*field, test, negate)
                }
                (Term::Const(value), Term::Field(field, slot)) => {
                    let (test, negate) = test(mirrored(*op), slot, value)?;
                    (*field, test, negate)
                }
                (Term::Nothing, _) | (_, Term::Nothing) => return Some(Self::Always(false)),
                _ => return None,
            },
            Term::In(item, list) => return Self::membership(item, list),
            _ => return None,
        };
        Some(Self::Probe(Probe { field, test, negate }, term.clone()))
    }

    /// `field in [constants]`.
    fn membership(item: &Term, list: &Term) -> Option<Self> {
        let (Term::Field(field, slot), Term::List(items)) = (item, list) else { return None };
        let known: Vec<&Value> = items
            .iter()
            .filter_map(|item| if let Term::Const(value) = item { Some(value) } else { None })
            .collect();
        let settled = items.iter().all(|item| matches!(item, Term::Const(_) | Term::Nothing));
        if !settled || !stored(slot) {
            return None;
        }
        if let Slot::Enum(values) = slot {
            let test = codes(values, &known, false);
            return Some(Self::Probe(
                Probe { field: *field, test, negate: false },
                Term::In(Box::new(item.clone()), Box::new(list.clone())),
            ));
        }
        let each = known.into_iter().map(|value| {
            let equal =
                Term::Compare(BinaryOp::Equal, Box::new(item.clone()), Box::new(Term::Const(value.clone())));
            Self::new(&equal)
        });
        Some(Self::Any(each.collect()))
    }

    /// Keeps the live rows for which the condition holds.
    pub(crate) fn keep(&self, chunk: &dyn Chunk, mask: &mut Mask) {
        match self {
            Self::Always(true) => {}
            Self::Always(false) => *mask = [0; _],
            Self::Probe(probe, term) => {
                if !probe.keep(chunk, mask) {
                    keep_rows(term, chunk, mask);
                }
            }
            Self::All(plans) => {
                for plan in plans {
                    if mask.iter().all(|word| *word == 0) {
                        return;
                    }
                    plan.keep(chunk, mask);
                }
            }
            Self::Any(plans) => {
                let mut held = [0; _];
                for plan in plans {
                    let mut left = *mask;
                    plan.keep(chunk, &mut left);
                    join(&mut held, &left, |held, found| held | found);
                    join(mask, &left, |rest, found| rest & !found);
                }
                *mask = held;
            }
            Self::Not(plan) => {
                let mut held = *mask;
                plan.keep(chunk, &mut held);
                join(mask, &held, |live, found| live & !found);
            }
            Self::Row(term) => keep_rows(term, chunk, mask),
        }
    }
}

fn join(left: &mut Mask, right: &Mask, of: impl Fn(u64, u64) -> u64) {
    for (a, b) in left.iter_mut().zip(right) {
        *a = of(*a, *b);
    }
}

fn keep_rows(term: &Term, chunk: &dyn Chunk, mask: &mut Mask) {
    for (place, word) in mask.iter_mut().enumerate() {
        for bit in Ones(*word) {
            if !Row::new(chunk, place * 64 + bit).holds(term) {
                *word &= !(1 << bit);
            }
        }
    }
}

impl Probe {
    /// Tests the column; `false` when it is stored in a way this test does not know.
    fn keep(&self, chunk: &dyn Chunk, mask: &mut Mask) -> bool {
        match (chunk.column(self.field), &self.test) {
            (Column::Missing, _) => *mask = [0; _],
            (Column::I64(_, known) | Column::Code(_, known), Test::Known) => keep_known(known, mask),
            (Column::F32(values, known), Test::Known) => {
                keep(values, known, false, mask, |value| !value.is_nan())
            }
            (Column::I64(values, known), Test::Whole { low, high, .. }) => {
                let (low, span) = (*low, high.wrapping_sub(*low).cast_unsigned());
                keep(values, known, self.negate, mask, move |value| {
                    value.wrapping_sub(low).cast_unsigned() <= span
                });
            }
            (
                Column::F32(values, known),
                Test::Whole { singles: (low, high), .. } | Test::Measure { low, high },
            ) => {
                let (low, high, negate) = (*low, *high, self.negate);
                keep(values, known, false, mask, move |value| {
                    ((value >= low) & (value <= high)) != negate && !value.is_nan()
                });
            }
            (Column::Code(codes, known), Test::Codes(set)) => keep_codes(codes, known, set, mask),
            (Column::Code(codes, known), Test::Whole { low, high, .. }) => {
                let (low, high) = (*low, *high);
                keep(codes, known, self.negate, mask, move |code| (low..=high).contains(&i64::from(code)));
            }
            _ => return false,
        }
        true
    }
}

fn keep_codes(codes: &[u16], known: &[u64], set: &[u64], mask: &mut Mask) {
    let only = match set {
        [bits] if bits.count_ones() == 1 => u16::try_from(bits.trailing_zeros()).ok(),
        _ => None,
    };
    match (only, set) {
        (Some(only), _) => keep(codes, known, false, mask, move |code| code == only),
        (None, [bits]) => {
            let bits = *bits;
            keep(codes, known, false, mask, move |code| code < 64 && bits >> code & 1 == 1);
        }
        (None, set) => keep(codes, known, false, mask, |code| super::is_set(set, usize::from(code))),
    }
}

/// Whether a field of this kind has a column.
fn stored(slot: &Slot) -> bool {
    !matches!(slot, Slot::Text | Slot::TextList | Slot::Map)
}

/// `5 < a` is `a > 5`.
fn mirrored(op: BinaryOp) -> BinaryOp {
    match op {
        BinaryOp::Less => BinaryOp::Greater,
        BinaryOp::LessEqual => BinaryOp::GreaterEqual,
        BinaryOp::Greater => BinaryOp::Less,
        BinaryOp::GreaterEqual => BinaryOp::LessEqual,
        other => other,
    }
}

/// The test of `field op value`, and whether it is the opposite.
fn test(op: BinaryOp, slot: &Slot, value: &Value) -> Option<(Test, bool)> {
    let negate = op == BinaryOp::NotEqual;
    let test = match (slot, value) {
        (Slot::Enum(values), Value::Text(_)) if matches!(op, BinaryOp::Equal | BinaryOp::NotEqual) => {
            return Some((codes(values, &[value], negate), false));
        }
        (Slot::Double, number) => measure(op, number.to_single()?)?,
        (Slot::Money, Value::Money(value)) | (Slot::Time, Value::Time(value)) => {
            range(op, i128::from(*value), true)?
        }
        (Slot::Date, Value::Date(value)) => range(op, i128::from(*value), true)?,
        (Slot::Int, Value::Int(value)) => range(op, i128::from(*value), true)?,
        (Slot::Int, Value::Uint(value)) => range(op, i128::from(*value), true)?,
        (Slot::Int, Value::Double(value)) => {
            let floor = Value::Double(value.floor()).to_int()?;
            range(op, i128::from(floor), value.fract() == 0.0)?
        }
        (Slot::Bool, Value::Bool(value)) if negate || op == BinaryOp::Equal => {
            return Some((whole(0, 0)?, *value != negate));
        }
        _ => return None,
    };
    Some((test, negate))
}

/// The codes of these values, or of all others. A value that is none of the enum's has no code.
fn codes(values: &[String], wanted: &[&Value], others: bool) -> Test {
    let mut set = vec![0u64; values.len().div_ceil(64).max(1)];
    for (code, value) in values.iter().enumerate() {
        let hit = wanted.iter().any(|wanted| matches!(wanted, Value::Text(text) if text == value));
        if let Some(word) = set.get_mut(code / 64).filter(|_| hit != others) {
            *word |= 1 << (code % 64);
        }
    }
    Test::Codes(set)
}

/// The range of `x op value`, where the value is `floor` exactly or lies above it and below the next.
fn range(op: BinaryOp, floor: i128, exact: bool) -> Option<Test> {
    let (least, most) = (i128::from(i64::MIN), i128::from(i64::MAX));
    let ceiling = if exact { floor } else { floor + 1 };
    let (low, high) = match op {
        BinaryOp::Equal | BinaryOp::NotEqual if exact => (floor, floor),
        BinaryOp::Less => (least, ceiling - 1),
        BinaryOp::LessEqual => (least, floor),
        BinaryOp::Greater => (floor + 1, most),
        BinaryOp::GreaterEqual => (ceiling, most),
        _ => return None,
    };
    if low > high || high < least || low > most {
        return None;
    }
    whole(i64::try_from(low.max(least)).ok()?, i64::try_from(high.min(most)).ok()?)
}

#[expect(clippy::cast_precision_loss, reason = "the bounds are moved inwards to where singles are exact")]
fn whole(low: i64, high: i64) -> Option<Test> {
    let (mut floor, mut top) = (low as f32, high as f32);
    if Value::Single(floor).to_double()? < low as f64 {
        floor = floor.next_up();
    }
    if Value::Single(top).to_double()? > high as f64 {
        top = top.next_down();
    }
    Some(Test::Whole { low, high, singles: (floor, top) })
}

fn measure(op: BinaryOp, value: f32) -> Option<Test> {
    if value.is_nan() {
        return None;
    }
    let (low, high) = match op {
        BinaryOp::Equal | BinaryOp::NotEqual => (value, value),
        BinaryOp::Less if value > f32::NEG_INFINITY => (f32::NEG_INFINITY, value.next_down()),
        BinaryOp::LessEqual => (f32::NEG_INFINITY, value),
        BinaryOp::Greater if value < f32::INFINITY => (value.next_up(), f32::INFINITY),
        BinaryOp::GreaterEqual => (value, f32::INFINITY),
        _ => return None,
    };
    Some(Test::Measure { low, high })
}
