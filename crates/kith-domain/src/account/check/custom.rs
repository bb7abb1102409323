//! The rules of custom fields: each value is of its field's type.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::super::{Changes, CustomValue, Draft};
use super::Check;
use crate::organisation::{CustomField, CustomKind, alike};
use crate::value::{AccountId, Currency, EntityCode, Money, Personal, line};

impl Check<'_> {
    pub(super) fn custom(&mut self, draft: &Draft, changes: &mut Changes) {
        let owner = changes.owning_entity.clone().unwrap_or_else(|| self.account.owning_entity.clone());
        let given = draft.custom.as_ref().map(|custom| custom.as_ref().and_then(Personal::get));
        match given {
            None => {}
            Some(None) => {
                changes.custom = self.account.custom.keys().map(|name| (name.clone(), None)).collect()
            }
            Some(Some(values)) => {
                for (name, value) in values.as_object().into_iter().flatten() {
                    if let Some(value) = self.custom_value(name, value, &owner) {
                        changes.custom.insert(name.clone(), value);
                    }
                }
            }
        }
        let facts = self.facts;
        for (name, field) in facts.custom_fields.iter() {
            let applies = field.required && !field.retired && of_entity(field, &owner);
            let now = self.account.custom.contains_key(name);
            let lost = match changes.custom.get(name) {
                Some(value) => value.is_none(),
                None => !self.account.exists() && !now,
            };
            let place = format!("/custom/{name}");
            let named = self.faults.iter().any(|fault| fault.pointer.starts_with(&place));
            if applies && lost && !named {
                self.fault(place, "required", format!("an account has {}", field.label));
            }
        }
    }

    /// `Some(None)` clears; `None` is at fault.
    fn custom_value(&mut self, name: &str, value: &Value, owner: &EntityCode) -> Option<Option<CustomValue>> {
        let place = format!("/custom/{}", name.replace('~', "~0").replace('/', "~1"));
        let facts = self.facts;
        let Some(field) = facts.custom_fields.get(name) else {
            let near = alike(
                name,
                facts.custom_fields.iter().map(|(name, field)| (name.as_str(), Some(field.label.as_str()))),
            );
            let hint =
                if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(", ")) };
            self.fault(place, "custom_field_unknown", format!("there is no such custom field{hint}"));
            return None;
        };
        if value.is_null() {
            return Some(None);
        }
        if !of_entity(field, owner) {
            self.fault(place, "not_of_entity", "only accounts of another legal entity have this field");
            return None;
        }
        let same = self.account.custom.get(name).and_then(CustomValue::get) == Some(value);
        if field.retired && !same {
            self.fault(place, "custom_field_retired", "this field is retired");
            return None;
        }
        let typed = typed(field, value, |id| facts.accounts.contains(&id));
        // What stood before a limit was drawn may stand.
        let limited = typed.and_then(|value| match field.fault(&value).filter(|_| !same) {
            Some(fault) => Err(fault),
            None => Ok(value),
        });
        match limited {
            Ok(value) if field.personal => Some(Some(CustomValue::Personal(Personal::new(self.id, value)))),
            Ok(value) => Some(Some(CustomValue::Open(value))),
            Err((code, message)) => {
                self.fault(place, code, message);
                None
            }
        }
    }
}

fn of_entity(field: &CustomField, owner: &EntityCode) -> bool {
    field.entity.as_ref().is_none_or(|entity| entity == owner)
}

/// The value in the form in which it is stored. Texts are taken for the other kinds too, as files bring them.
fn typed(
    field: &CustomField,
    value: &Value,
    is_account: impl Fn(AccountId) -> bool,
) -> Result<Value, (&'static str, String)> {
    let text = value.as_str().map(str::trim);
    let fault = |code: &'static str, message: &str| Err((code, message.to_owned()));
    match field.kind {
        CustomKind::Text => match text.map(|text| line(text, 1000)) {
            Some(Ok(text)) => Ok(text.into()),
            Some(Err(error)) => Err((error.code(), error.to_string())),
            None => fault("type_string", "expected a text"),
        },
        CustomKind::Number => {
            let parsed = || text.and_then(|text| serde_json::from_str::<serde_json::Number>(text).ok());
            match value.as_number().cloned().or_else(parsed) {
                Some(number) => Ok(Value::Number(number)),
                None => fault("type_number", "expected a number"),
            }
        }
        CustomKind::Date => match text.and_then(|text| text.parse::<Date>().ok()) {
            Some(day) => Ok(day.to_string().into()),
            None => fault("date_invalid", "expected a date such as 2026-01-31"),
        },
        CustomKind::Bool => match (value.as_bool(), text.map(str::to_ascii_lowercase).as_deref()) {
            (Some(flag), _) => Ok(flag.into()),
            (None, Some("true" | "yes" | "1")) => Ok(true.into()),
            (None, Some("false" | "no" | "0")) => Ok(false.into()),
            _ => fault("type_boolean", "expected true or false"),
        },
        CustomKind::Enum => {
            let option =
                text.and_then(|text| field.options.iter().find(|option| option.eq_ignore_ascii_case(text)));
            match option {
                Some(option) => Ok(option.clone().into()),
                None => Err(("not_in_list", format!("expected one of {}", field.options.join(", ")))),
            }
        }
        CustomKind::Money => money(value),
        CustomKind::Reference => match text.and_then(|text| text.parse::<AccountId>().ok()) {
            Some(id) if is_account(id) => Ok(id.to_string().into()),
            _ => fault("account_unknown", "expected the id of an account, acc_…"),
        },
    }
}

/// `{"amount":"100.00","currency":"USD"}`, or `100.00 USD`.
fn money(value: &Value) -> Result<Value, (&'static str, String)> {
    let (amount, currency) = match value {
        Value::Object(members) if members.len() == 2 => {
            let member = |name: &str| members.get(name).and_then(Value::as_str).unwrap_or_default();
            (member("amount"), member("currency"))
        }
        Value::String(text) => text.trim().split_once(' ').unwrap_or((text.trim(), "")),
        _ => ("", ""),
    };
    if currency.trim().is_empty() {
        let code =
            if amount.trim().parse::<Decimal>().is_ok() { "currency_unknown" } else { "amount_invalid" };
        return Err((code, "expected an amount and its currency, such as 100.00 EUR".to_owned()));
    }
    let currency = currency
        .trim()
        .to_ascii_uppercase()
        .parse::<Currency>()
        .map_err(|error| ("currency_unknown", error.to_string()))?;
    let money =
        Money::parse(amount.trim(), currency).map_err(|error| ("amount_invalid", error.to_string()))?;
    Ok(json!({ "amount": money.amount(), "currency": currency.code() }))
}
