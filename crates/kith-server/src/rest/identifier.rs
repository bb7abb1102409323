//! Identifiers over REST.

use kith_api::problem::Problem;
use kith_api::request::IdentifierValidate;
use kith_api::view::IdentifierReply;
use kith_domain::refusal::FieldFault;

use super::{Call, invalid};
use crate::reply::{Reply, json};

/// Most values of one list.
const ITEMS_MAX: usize = 1000;

pub(super) fn validate(call: &Call) -> Reply {
    let request: IdentifierValidate = call.read()?;
    if let Some(items) = &request.items {
        if request.kind.is_some() || request.value.is_some() || items.len() > ITEMS_MAX {
            let sentence = format!("Send one kind and value, or up to {ITEMS_MAX} items.");
            return Err(invalid("items", "one_or_many", &sentence));
        }
        let items = items
            .iter()
            .map(|item| call.engine.identifier_verdict(&item.kind, item.country.as_deref(), &item.value));
        return json(200, &IdentifierReply::Many { items: items.collect() });
    }
    let (Some(kind), Some(value)) = (&request.kind, &request.value) else {
        let missing = [("/kind", request.kind.is_none()), ("/value", request.value.is_none())];
        let faults = missing
            .into_iter()
            .filter(|(_, missing)| *missing)
            .map(|(place, _)| FieldFault::new(place, "required", "Send a kind and a value, or items."));
        return Err(Problem::invalid(faults.collect()).into());
    };
    json(200, &IdentifierReply::One(call.engine.identifier_verdict(kind, request.country.as_deref(), value)))
}
