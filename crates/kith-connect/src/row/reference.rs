//! Values that must exist elsewhere: entities, payment terms, users; and the identifiers of a row.

use serde_json::{Value, json};

use super::account::Draft;
use crate::map::{Field, value};

/// What was probably meant: the known word that looks most alike, if it is alike enough.
pub(super) fn nearest<S: AsRef<str>>(text: &str, known: impl IntoIterator<Item = S>) -> Option<String> {
    let text = text.to_lowercase();
    let alike = |word: &S| strsim::jaro_winkler(&text, &word.as_ref().to_lowercase());
    let best = known.into_iter().map(|word| (alike(&word), word)).max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 >= 0.8).then(|| best.1.as_ref().to_owned())
}

/// The owning entity of the row; the only one when there is one.
pub(super) fn entity(draft: &mut Draft<'_>) -> Option<String> {
    let known = &draft.drafter.known.entities;
    let only = known.keys().next().filter(|_| known.len() == 1).cloned();
    let given = draft.cell(Field::OwningEntity).map(str::to_owned);
    let code = given.or_else(|| draft.drafter.options.default_entity.clone()).or(only);
    let Some(text) = code else {
        let message =
            "Every account is owned by one of the legal entities; name it in a column or as the default.";
        draft.error(Field::OwningEntity, "owning_entity_missing", message, "");
        return None;
    };
    let code = text.to_uppercase();
    if !known.is_empty() && !known.contains_key(&code) {
        let message = format!("There is no legal entity {text}.");
        let near = nearest(&text, known.keys());
        draft.push_error(Field::OwningEntity, "owning_entity_unknown", message, &text, near);
        return None;
    }
    draft.body.insert("owning_entity".to_owned(), Value::from(code.as_str()));
    Some(code)
}

/// The code of the payment terms of the row.
pub(super) fn payment_terms(draft: &mut Draft<'_>) {
    let Some(text) = draft.cell(Field::PaymentTerms) else { return };
    let known = &draft.drafter.known.payment_terms;
    let upper = text.to_uppercase();
    let code = if known.contains(&upper) { Some(upper) } else { value::payment_terms(text) };
    match code {
        Some(code) if known.is_empty() || known.contains(&code) => {
            draft.body.insert("payment_terms".to_owned(), Value::from(code));
        }
        code => {
            let near = nearest(code.as_deref().unwrap_or(text), known);
            let message = "The organisation has no such payment terms.";
            draft.push_error(Field::PaymentTerms, "payment_terms_unknown", message, text, near);
        }
    }
}

/// A user by id, e-mail or name. An opaque id of another system cannot be looked up and is left out.
pub(super) fn user(draft: &mut Draft<'_>, field: Field, member: &str) {
    let Some(text) = draft.cell(field) else { return };
    let users = &draft.drafter.known.users;
    let found = if text.starts_with("usr_") {
        Some(text)
    } else {
        users.get(&text.to_lowercase()).map(String::as_str)
    };
    if let Some(id) = found {
        draft.body.insert(member.to_owned(), Value::from(id));
        return;
    }
    let opaque = !text.contains(['@', ' ']) && text.chars().any(|c| c.is_ascii_digit());
    if opaque || users.is_empty() {
        let message = "This user is not known here and was left out; assign one after the import.";
        draft.warning(field, "user_not_taken_over", message, text);
    } else {
        let near = nearest(text, users.keys());
        draft.push_error(field, "user_unknown", "There is no such user.", text, near);
    }
}

/// Tax number and other identifiers.
pub(super) fn tax(draft: &mut Draft<'_>, identifiers: &mut Vec<Value>) {
    let country = draft
        .body
        .get("addresses")
        .and_then(|addresses| addresses.pointer("/0/country"))
        .and_then(Value::as_str)
        .map(str::to_owned);
    let mut tax_id = draft.cell(Field::TaxId).map(|text| (None, text));
    let kinds = [
        (Field::Vat, "vat"),
        (Field::Ein, "ein"),
        (Field::Duns, "duns"),
        (Field::Lei, "lei"),
        (Field::Gln, "gln"),
        (Field::Scac, "scac"),
    ];
    for (field, kind) in kinds {
        let Some(text) = draft.cell(field) else { continue };
        let value: String =
            text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
        if !shape(kind, &value) {
            draft.error(field, "identifier_invalid", format!("This is no {}.", kind.to_uppercase()), text);
        } else if tax_id.is_none() && matches!(kind, "vat" | "ein") {
            tax_id = Some((Some(kind), text));
        } else {
            identifiers.push(json!({ "kind": kind, "value": value }));
        }
    }
    let Some((kind, text)) = tax_id else { return };
    let value: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    if value.len() < 4 || value.len() > 40 || !value.contains(|c: char| c.is_ascii_digit()) {
        draft.error(Field::TaxId, "tax_id_invalid", "This is no tax number.", text);
        return;
    }
    let mut tax = serde_json::Map::new();
    tax.insert("value".to_owned(), Value::from(value));
    if let Some(kind) = kind {
        tax.insert("kind".to_owned(), Value::from(kind));
    }
    if let Some(country) = country {
        tax.insert("country".to_owned(), Value::from(country));
    }
    draft.body.insert("tax_id".to_owned(), Value::Object(tax));
}

/// The form of an identifier (D§1.10); check digits are the record's matter.
fn shape(kind: &str, value: &str) -> bool {
    let digits = value.bytes().all(|byte| byte.is_ascii_digit());
    match kind {
        "vat" => {
            (4..=16).contains(&value.len()) && value.bytes().take(2).all(|byte| byte.is_ascii_uppercase())
        }
        "ein" | "duns" => value.len() == 9 && digits,
        "gln" => value.len() == 13 && digits,
        "lei" => value.len() == 20 && value.bytes().rev().take(2).all(|byte| byte.is_ascii_digit()),
        _ => (2..=4).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_uppercase()),
    }
}
