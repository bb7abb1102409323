//! The billing and shipping addresses of a row.

use serde_json::{Value, json};

use super::account::Draft;
use super::{envelope, reference};
use crate::map::{AddressPart, Field, System, value};

/// Reads both addresses; one entry when they are the same place.
pub(super) fn addresses(draft: &mut Draft<'_>) {
    let billing = address(draft, Field::Billing);
    let shipping = address(draft, Field::Shipping);
    let mut addresses = Vec::new();
    match (billing, shipping) {
        (Some(billing), Some(shipping)) if billing == shipping => {
            addresses.push(with_kinds(billing, &["billing", "shipping"]));
        }
        (billing, shipping) => {
            addresses.extend(billing.map(|address| with_kinds(address, &["billing"])));
            addresses.extend(shipping.map(|address| with_kinds(address, &["shipping"])));
        }
    }
    if !addresses.is_empty() {
        draft.body.insert("addresses".to_owned(), Value::Array(addresses));
    }
}

fn with_kinds(mut address: Value, kinds: &[&str]) -> Value {
    if let Value::Object(members) = &mut address {
        members.insert("kinds".to_owned(), json!(kinds));
        members.insert("is_default".to_owned(), Value::Bool(true));
    }
    address
}

fn address(draft: &mut Draft<'_>, field: fn(AddressPart) -> Field) -> Option<Value> {
    let cell = |draft: &Draft<'_>, part| draft.cell(field(part)).map(str::to_owned);
    let mut lines = lines(draft, field);
    let mut city = cell(draft, AddressPart::City);
    let mut state = cell(draft, AddressPart::StateProvince);
    let mut postal_code = cell(draft, AddressPart::PostalCode);
    let mut country_cell = cell(draft, AddressPart::Country);
    if draft.drafter.mapping.system == System::QuickBooks && city.is_none() && postal_code.is_none() {
        // A list of QuickBooks has an address as it stands on an envelope.
        let name = draft.body.get("name").and_then(Value::as_str).unwrap_or_default();
        let read = envelope::read(lines, name);
        (lines, city, state, postal_code) = (read.lines, read.city, read.state, read.postal_code);
        country_cell = read.country.or(country_cell);
    }
    if lines.is_empty() && city.is_none() && postal_code.is_none() && state.is_none() {
        // A country alone is no address, but a wrong one is still a fault.
        if let Some(text) = country_cell {
            country(draft, field(AddressPart::Country), &text);
        }
        return None;
    }
    if lines.len() > 4 {
        let whole = lines.join(" / ");
        draft.error(field(AddressPart::Line1), "address_lines", "An address has at most four lines.", &whole);
    }
    let country = match country_cell {
        Some(text) => country(draft, field(AddressPart::Country), &text)?,
        None => {
            let message = "An address needs a country; a map file can give one under constants.";
            draft.error(field(AddressPart::Country), "country_missing", message, "");
            return None;
        }
    };
    let mut address = json!({ "lines": lines, "country": country });
    if let Value::Object(members) = &mut address {
        for (member, text) in [("city", city), ("state_province", state), ("postal_code", postal_code)] {
            if let Some(text) = text {
                members.insert(member.to_owned(), Value::from(text));
            }
        }
    }
    Some(address)
}

/// The lines of the street, a house number of its own behind the first.
fn lines(draft: &Draft<'_>, field: fn(AddressPart) -> Field) -> Vec<String> {
    const LINES: [AddressPart; 5] =
        [AddressPart::Line1, AddressPart::Line2, AddressPart::Line3, AddressPart::Line4, AddressPart::Line5];
    let cells = LINES.into_iter().filter_map(|part| draft.cell(field(part)));
    let texts = cells.flat_map(|street| street.split(['\n', '\r'])).map(str::trim);
    let mut lines: Vec<String> = texts.filter(|line| !line.is_empty()).map(str::to_owned).collect();
    if let (Some(first), Some(number)) = (lines.first_mut(), draft.cell(field(AddressPart::HouseNumber))) {
        first.push(' ');
        first.push_str(number);
    }
    lines
}

fn country(draft: &mut Draft<'_>, field: Field, text: &str) -> Option<&'static str> {
    let code = value::country(text);
    if code.is_none() {
        let near = reference::nearest(text, value::country_names());
        let message = "This is no country; expected a code of ISO 3166 such as DE, or a name.";
        draft.push_error(field, "country_unknown", message, text, near);
    }
    code
}
