//! The value of one field of one account, as JSON.

use kith_domain::value::Money;
use kith_profile::Value as MetricValue;
use kith_query::catalogue::{Catalogue, Field, Kind};
use kith_query::table::Column;
use serde_json::{Value, json};

use crate::catalogue::{MASTER_FIELDS, custom_place};
use crate::directory::{BALANCE_TO_LIMIT, Derived, Inner, SHAPES, Shape, balance_to_limit, epoch_day};
use crate::engine::{Engine, date_of};
use crate::table::at;

/// Six decimals: what single precision holds of a ratio.
pub(crate) fn number(value: f32) -> Value {
    if !value.is_finite() {
        return Value::Null;
    }
    let value = (f64::from(value) * 1e6).round() / 1e6;
    if value.fract() == 0.0 && value.abs() < 1e15 {
        return format!("{value:.0}").parse::<i64>().map_or(Value::Null, Value::from);
    }
    json!(value)
}

/// A metric's value as JSON; money in `currency`.
pub(crate) fn metric_value(value: MetricValue, words: &[&str], money: impl Fn(i64) -> Value) -> Value {
    match value {
        MetricValue::Number(value) => number(value),
        MetricValue::Money(minor) => money(minor),
        MetricValue::Label(place) => words.get(usize::from(place)).map_or(Value::Null, |word| json!(word)),
        MetricValue::Date(day) => json!(date_of(day).to_string()),
    }
}

/// The value of a field in a row; null when it is not known.
pub(crate) fn field_value(
    engine: &Engine,
    catalogue: &Catalogue,
    inner: &Inner,
    row: u32,
    field: &Field,
) -> Value {
    let Some(index) = catalogue.index(&field.id) else { return Value::Null };
    let money = |minor: i64| json!(Money::new(minor, catalogue.currency()));
    let place = usize::from(index.0);
    if custom_place(place).is_some() {
        let name = field.id.strip_prefix("custom_").unwrap_or_default();
        let custom = inner.entry(row).and_then(|entry| entry.custom.as_ref());
        return custom.and_then(|custom| custom.get(name)).cloned().unwrap_or(Value::Null);
    }
    if let Some(metric) = place.checked_sub(MASTER_FIELDS) {
        let words: Vec<&str> = match &field.kind {
            Kind::Enum(values) => values.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        };
        return engine
            .living()
            .value(row, metric)
            .map_or(Value::Null, |value| metric_value(value, &words, money));
    }
    let Some(entry) = inner.entry(row) else { return Value::Null };
    let texts = SHAPES.iter().take(place).filter(|shape| matches!(shape, Shape::Text | Shape::List)).count();
    match SHAPES.get(place) {
        Some(Shape::Text) => json!(entry.text(texts)),
        Some(Shape::List) => json!(entry.list(texts).collect::<Vec<_>>()),
        Some(Shape::Kin) => json!(inner.kin_text(place, row)),
        Some(Shape::Map) => entry.metadata.as_deref().cloned().unwrap_or(Value::Null),
        _ if place == BALANCE_TO_LIMIT => {
            let open = kith_profile::metric_index("open_balance")
                .and_then(|metric| engine.living().value(row, metric));
            let limit =
                catalogue.get("credit_limit").map(|limit| field_value(engine, catalogue, inner, row, limit));
            let limit = limit.and_then(|limit| serde_json::from_value::<Money>(limit).ok());
            match (open, limit) {
                (Some(MetricValue::Money(open)), Some(limit)) => {
                    balance_to_limit(open, limit.minor).map_or(Value::Null, number)
                }
                _ => Value::Null,
            }
        }
        _ => column_value(inner, row, (place, field), epoch_day(engine.day()), money),
    }
}

fn column_value(
    inner: &Inner,
    row: u32,
    (place, field): (usize, &Field),
    today: i64,
    money: impl Fn(i64) -> Value,
) -> Value {
    let whole = row;
    let (chunk, row) = at(row);
    let Some(chunk) = inner.chunk(chunk) else { return Value::Null };
    let known = |bits: &[u64]| bits.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1);
    let derived = Derived::default();
    let expiring = |at, days| if at == row { inner.expiring(whole, today, days) } else { 0 };
    let column = derived.column(place, today, |place| chunk.column(place), expiring, || Column::Missing);
    match column.unwrap_or_else(|| chunk.column(place)) {
        Column::I64(values, bits) if known(bits) => {
            let value = values.get(row).copied().unwrap_or_default();
            match field.kind {
                Kind::Money => money(value),
                Kind::Date => json!(date_of(value).to_string()),
                Kind::Bool => json!(value != 0),
                _ => json!(value),
            }
        }
        Column::F32(values, bits) if known(bits) => {
            values.get(row).map_or(Value::Null, |value| number(*value))
        }
        Column::Code(values, bits) if known(bits) => match (&field.kind, values.get(row)) {
            (Kind::Enum(words), Some(code)) => json!(words.get(usize::from(*code))),
            _ => Value::Null,
        },
        _ => Value::Null,
    }
}
