//! Custom fields, dimensions and values of single legal entities of a row.

use serde_json::{Map, Value, json};

use super::account::{Draft, trim};
use super::money::{amount, wire};
use crate::map::{Target, normalise};

/// Fields of an entity's own that are amounts.
const AMOUNTS: [&str; 3] = ["credit_limit", "group_credit_limit", "annual_revenue"];
/// The word of a cell that hides the master's value from an entity.
const BLANK: &str = "(blank)";

/// Puts them into the body; the rules of the record judge the values.
pub(super) fn members(draft: &mut Draft<'_>) {
    let (mut custom, mut dimensions, mut overrides) = (Map::new(), Vec::new(), Map::new());
    for column in &draft.drafter.mapping.columns {
        let cell = draft.row.cells.get(column.place).map(|cell| trim(cell));
        let Some(cell) = cell.filter(|cell| !cell.is_empty()) else { continue };
        match &column.target {
            Target::Custom(key) => {
                let currency = currency_of(draft, &column.header).map(|code| format!("{cell} {code}"));
                custom.insert(key.clone(), currency.map_or_else(|| Value::from(cell), Value::from));
            }
            Target::Dimension { kind, entity } => {
                let mut row = json!({"type": kind, "value": cell});
                if let Some(entity) = entity {
                    row["entity"] = Value::from(entity.as_str());
                }
                dimensions.push(row);
            }
            Target::Override { entity, field } => {
                let Some(said) = said(draft, (entity, field), &column.header, cell) else { continue };
                let own = overrides.entry(entity.clone()).or_insert_with(|| json!({}));
                own[field.as_str()] = said;
            }
            Target::Field(_) | Target::Metadata(_) | Target::Ignore => {}
        }
    }
    let mut put = |name: &str, value: Value, empty: bool| {
        if !empty {
            draft.body.insert(name.to_owned(), value);
        }
    };
    let (none, few, same) = (custom.is_empty(), dimensions.is_empty(), overrides.is_empty());
    put("custom", Value::Object(custom), none);
    put("dimensions", Value::Array(dimensions), few);
    put("overrides", Value::Object(overrides), same);
}

/// The currency of an amount that has a column of its own for it: `<header>_currency`, as lists are taken away.
fn currency_of<'d>(draft: &'d Draft<'_>, header: &str) -> Option<&'d str> {
    let wanted = normalise(&format!("{header}_currency"));
    let mapping = &draft.drafter.mapping;
    let mapped = mapping.columns.iter().map(|column| (column.place, &column.header));
    let unmapped = mapping.unmapped.iter().map(|(place, header)| (*place, header));
    let (place, _) = mapped.chain(unmapped).find(|(_, header)| normalise(header) == wanted)?;
    draft.row.cells.get(place).map(|cell| trim(cell)).filter(|cell| !cell.is_empty())
}

/// What an entity says about one field.
fn said(draft: &mut Draft<'_>, (entity, field): (&str, &str), header: &str, cell: &str) -> Option<Value> {
    if cell == BLANK {
        return Some(json!({"mode": "blank"}));
    }
    if !AMOUNTS.contains(&field) {
        return Some(json!({"mode": "value", "value": cell}));
    }
    let currency = draft.drafter.known.entities.get(entity).copied();
    let money = amount(draft, header, cell, currency)?;
    Some(json!({"mode": "value", "value": wire(money)}))
}
