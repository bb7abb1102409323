//! The owning entity, the currency and the amounts of a row.

use kith_domain::value::{Currency, Money};
use serde_json::{Value, json};

use super::RowError;
use super::account::Draft;
use super::number::decimal;
use super::reference;
use crate::map::Field;

/// The owning entity, the currency and the amounts of a row.
pub(super) fn entity_and_money(draft: &mut Draft<'_>) {
    let entity = reference::entity(draft);
    let entity_currency = entity.as_ref().and_then(|code| draft.drafter.known.entities.get(code)).copied();
    let own = draft.cell(Field::Currency).and_then(|text| currency(draft, text));
    if let Some(currency) = own {
        draft.body.insert("currency".to_owned(), Value::from(currency.code()));
    }
    let currency = own.or(entity_currency);
    if let Some(text) = draft.cell(Field::CreditLimit) {
        match money(draft, Field::CreditLimit, text, currency) {
            Some(limit) if limit.minor < 0 => {
                draft.error(
                    Field::CreditLimit,
                    "credit_limit_negative",
                    "A credit limit is 0 or more.",
                    text,
                );
            }
            Some(limit) => drop(draft.body.insert("credit_limit".to_owned(), wire(limit))),
            None => {}
        }
    }
    if let Some(text) = draft.cell(Field::AnnualRevenue)
        && let Some(revenue) = money(draft, Field::AnnualRevenue, text, currency)
    {
        draft.body.insert("annual_revenue".to_owned(), wire(revenue));
    }
    reference::payment_terms(draft);
}

fn currency(draft: &mut Draft<'_>, text: &str) -> Option<Currency> {
    let found = text.to_ascii_uppercase().parse().or_else(|_| {
        // QuickBooks and ERPs write names beside the code: "USD United States Dollar".
        text.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default().parse()
    });
    match found {
        Ok(currency) => Some(currency),
        Err(_) => {
            let message = "This is no currency code of ISO 4217, for example USD.";
            draft.push_error(
                Field::Currency,
                "currency_unknown",
                message,
                text,
                sign(text).map(str::to_owned),
            );
            None
        }
    }
}

fn money(draft: &mut Draft<'_>, field: Field, text: &str, currency: Option<Currency>) -> Option<Money> {
    let column = draft.drafter.column(field).to_owned();
    amount(draft, &column, text, currency)
}

/// The amount in a cell, in the currency beside it or in the one that is meant without.
pub(super) fn amount(
    draft: &mut Draft<'_>,
    column: &str,
    text: &str,
    currency: Option<Currency>,
) -> Option<Money> {
    let row = draft.row.number;
    let mut fault = |code: &'static str, message: String| {
        draft.errors.push(RowError::new(row, column, code, message, text));
        None
    };
    let Some((amount, letters)) = decimal(text, draft.drafter.options.numbers) else {
        return fault("amount_invalid", "This is no amount, for example 1250.00.".to_owned());
    };
    let named = letters.parse().ok().or_else(|| sign(&letters).and_then(|code| code.parse().ok()));
    if !letters.is_empty() && named.is_none() && letters != "$" {
        return fault("amount_invalid", format!("\"{letters}\" beside the number is no currency."));
    }
    let Some(currency) = named.or(currency) else {
        let message = "The currency of the amount is not known: neither the row nor its entity names one.";
        return fault("currency_missing", message.to_owned());
    };
    match Money::parse(&amount, currency) {
        Ok(money) => Some(money),
        Err(error) => fault("amount_invalid", format!("{currency}: {error}.")),
    }
}

pub(super) fn wire(money: Money) -> Value {
    json!({ "amount": money.amount(), "currency": money.currency.code() })
}

/// The currency of a sign that only one currency has.
fn sign(text: &str) -> Option<&'static str> {
    Some(match text {
        "\u{20ac}" => "EUR",
        "\u{a3}" => "GBP",
        "US$" => "USD",
        _ => return None,
    })
}
