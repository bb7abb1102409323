//! Custom fields as columns: after the master's and the profile's, in the order in which they were defined. Personal ones
//! are in no column.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kith_domain::account::{Account, CustomValue};
use kith_domain::organisation::{CustomField, CustomKind, Organisation};
use kith_domain::value::Money;
use kith_query::catalogue::{Field, Kind};
use serde_json::Value;

use super::field::{Cell, epoch_day, money};

/// The name of a custom field in the filter language.
pub(crate) fn custom_field_id(name: &str) -> String {
    format!("custom_{name}")
}

/// The fields that are columns, in the order of the columns.
pub(crate) fn open_fields(organisation: &Organisation) -> Vec<(&String, &CustomField)> {
    let mut open: Vec<_> = organisation.custom_fields.iter().filter(|(_, field)| !field.personal).collect();
    open.sort_by_key(|(_, field)| field.place);
    open
}

/// The catalogue entries, in the order of the columns.
pub(crate) fn custom_fields(organisation: &Organisation) -> Vec<Field> {
    let entry = |(name, custom): (&String, &CustomField)| {
        let kind = match custom.kind {
            CustomKind::Text | CustomKind::Reference => Kind::Text,
            CustomKind::Number => Kind::Double,
            CustomKind::Date => Kind::Date,
            CustomKind::Bool => Kind::Bool,
            CustomKind::Enum => Kind::Enum(custom.options.clone()),
            CustomKind::Money => Kind::Money,
        };
        let mut field = Field::master(&custom_field_id(name), &custom.label, kind);
        "A field of the organisation's own.".clone_into(&mut field.description);
        field
    };
    open_fields(organisation).into_iter().map(entry).collect()
}

/// The cells of an account in the columns.
pub(crate) fn custom_cells(account: &Account, organisation: &Organisation) -> Vec<Cell> {
    let cell = |(name, field): (&String, &CustomField)| {
        let value = account.custom.get(name).and_then(CustomValue::get);
        value.map_or(Cell::None, |value| cell(field, value, organisation))
    };
    open_fields(organisation).into_iter().map(cell).collect()
}

fn cell(field: &CustomField, value: &Value, organisation: &Organisation) -> Cell {
    let text = value.as_str();
    match field.kind {
        CustomKind::Text | CustomKind::Reference => Cell::None,
        CustomKind::Number => value.as_f64().map_or(Cell::None, |number| {
            #[expect(clippy::cast_possible_truncation, reason = "columns of numbers are of single precision")]
            Cell::Number(number as f32)
        }),
        CustomKind::Date => {
            let day = text.and_then(|text| text.parse::<Date>().ok());
            day.map_or(Cell::None, |day| Cell::Int(epoch_day(day)))
        }
        CustomKind::Bool => value.as_bool().map_or(Cell::None, |flag| Cell::Int(flag.into())),
        CustomKind::Enum => {
            let place = text.and_then(|text| field.options.iter().position(|option| option == text));
            place.and_then(|place| u16::try_from(place).ok()).map_or(Cell::None, Cell::Code)
        }
        CustomKind::Money => money(serde_json::from_value::<Money>(value.clone()).ok(), organisation),
    }
}

/// The values that anybody may see who sees the account.
pub(crate) fn open_values(account: &Account) -> BTreeMap<String, Value> {
    let open = account.custom.iter().filter_map(|(name, value)| match value {
        CustomValue::Open(value) => Some((name.clone(), value.clone())),
        CustomValue::Personal(_) => None,
    });
    open.collect()
}
