//! An order that was sent before: the same is answered as before, another under its number is refused with what differs.

use kith_domain::order::{Order, OrderState, refusal};
use kith_domain::refusal::{FieldFault, Refusal};
use kith_domain::value::parse_decimal;
use kith_store::{Fault, Noun, Reader, Unit};
use serde_json::{Map, Value};

use super::take::Arrival;
use crate::noun::{Loaded, read as read_document};

/// Members that say how an order came or tell which it is, not what is ordered.
const OF_THE_WAY: [&str; 3] = ["source", "order_no", "revision"];
/// Members whose texts are figures: `10` and `10.0` are one.
const FIGURES: [&str; 5] = ["qty", "price", "per", "amount", "weight"];
/// Digits after the point of a figure that are looked at.
const PLACES: u32 = 12;

/// The order that this one repeats: the same document, or the same content under the customer's number.
pub(super) fn known(
    unit: &mut Unit<'_>,
    arrival: &Arrival,
) -> Result<Result<Option<String>, Refusal>, Fault> {
    let sha256 = &arrival.content.source.sha256;
    if let Some(found) = unit.document_by(Noun::Order, ("sha256", sha256.into()))? {
        return Ok(Ok(Some(found.id)));
    }
    if let Some(key) = &arrival.sender_key
        && let Some(found) = unit.document_by(Noun::Order, ("sender_key", key.into()))?
    {
        let found = read_document::<Order>(found)?;
        let differing = differing(&found.state, arrival);
        if differing.is_empty() {
            return Ok(Ok(Some(found.id)));
        }
        let number = arrival.content.customer_order_no.as_deref().unwrap_or_default();
        return Ok(Err(refusal::content_differs_of(number, &found.state.order_no, differing)));
    }
    if let Some(number) = &arrival.order_no
        && let Some(found) = unit.document_by(Noun::Order, ("order_no", number.into()))?
    {
        let found = read_document::<Order>(found)?;
        let of_this_customer = arrival.account.is_some() && found.state.matched.account == arrival.account;
        let differing = if of_this_customer { differing(&found.state, arrival) } else { Vec::new() };
        if of_this_customer && differing.is_empty() {
            return Ok(Ok(Some(found.id)));
        }
        return Ok(Err(refusal::number_taken_by(&found.state.order_no, differing)));
    }
    Ok(Ok(None))
}

/// Revisions of one order that are looked at.
const REVISIONS_MAX: u32 = 1_000;

/// Another revision of the same order, which goes or came before this one and was not called off: both together would be
/// too much.
pub(super) fn standing_revision(
    reader: &mut Reader<'_>,
    order: &Loaded<Order>,
) -> Result<Option<Order>, Fault> {
    let Some(key) = &order.state.number_key else { return Ok(None) };
    let came = |order: &Loaded<Order>| (order.state.received_at, order.id.clone());
    for found in reader.list(Noun::Order, &[("number_key", key.into())], None, REVISIONS_MAX)? {
        let other = read_document::<Order>(found)?;
        let stands = match other.state.state {
            OrderState::Cancelled | OrderState::Rejected => false,
            OrderState::Confirmed => true,
            _ => came(&other) < came(order),
        };
        if stands && other.id != order.id {
            return Ok(Some(other.state));
        }
    }
    Ok(None)
}

/// What is ordered otherwise than in the order that is here; what was erased since cannot be told apart.
fn differing(order: &Order, arrival: &Arrival) -> Vec<FieldFault> {
    let (Some(before), Some(now)) = (order.content.given.get(), arrival.content.given.get()) else {
        return Vec::new();
    };
    let empty = Map::new();
    let [before, now] = [before, now].map(|given| given.as_object().unwrap_or(&empty));
    let mut names: Vec<&String> = before.keys().chain(now.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let same_customer = arrival.account.is_some() && order.matched.account == arrival.account;
    let differs = |name: &&String| {
        if same_customer && name.as_str() == "account" {
            return false;
        }
        let plain = |members: &Map<String, Value>| members.get(*name).map(|value| plain(name, value));
        !OF_THE_WAY.contains(&name.as_str()) && plain(before) != plain(now)
    };
    names
        .into_iter()
        .filter(differs)
        .map(|name| FieldFault::new(format!("/{name}"), "differs", "it was sent with another value before"))
        .collect()
}

/// A value without what means nothing: blanks around texts, trailing zeros of figures, figures as numbers or as texts.
fn plain(name: &str, value: &Value) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (name.clone(), plain(name, value)))
            .collect::<Map<_, _>>()
            .into(),
        Value::Array(items) => items.iter().map(|item| plain(name, item)).collect(),
        Value::String(text) if FIGURES.contains(&name) => figure(text),
        Value::Number(number) => figure(&number.to_string()),
        Value::String(text) => text.trim().into(),
        Value::Null | Value::Bool(_) => value.clone(),
    }
}

fn figure(text: &str) -> Value {
    parse_decimal(text, PLACES).map_or_else(|_| text.trim().into(), |figure| figure.to_string().into())
}

#[cfg(test)]
mod tests;
