//! Remarks that stop nothing, but that a reviewer should see (D§6.2).

use serde_json::Value;

use super::account::Draft;
use super::check;
use crate::map::Field;

/// Credit limits above this, in whole units, are remarked on (D§1.2).
const LIMIT_REMARKED: i64 = 1_000_000;

/// Adds the remarks of a row.
pub(super) fn warn(draft: &mut Draft<'_>) {
    let member = |draft: &Draft<'_>, pointer: &str| {
        let (first, rest) = pointer.split_once('/').unwrap_or((pointer, ""));
        let value = draft.body.get(first)?;
        let value = if rest.is_empty() { Some(value) } else { value.pointer(&format!("/{rest}")) };
        value.and_then(Value::as_str).map(str::to_owned)
    };
    if let Some(amount) = member(draft, "credit_limit/amount") {
        let whole = amount.split('.').next().and_then(|whole| whole.parse::<i64>().ok()).unwrap_or(0);
        if whole > LIMIT_REMARKED {
            draft.warning(
                Field::CreditLimit,
                "credit_limit_high",
                "The credit limit is above 1,000,000.",
                &amount,
            );
        }
    }
    if member(draft, "customer_type").as_deref() == Some("enterprise")
        && let Some(email) = member(draft, "email")
        && let Some((_, domain)) = email.rsplit_once('@')
        && check::free_mail(domain)
    {
        draft.warning(
            Field::Email,
            "free_mail_enterprise",
            "An enterprise with a free mail address.",
            &email,
        );
    }
    let billing = draft.body.get("addresses").and_then(Value::as_array).is_some_and(|addresses| {
        addresses.iter().any(|address| {
            address
                .get("kinds")
                .and_then(Value::as_array)
                .is_some_and(|kinds| kinds.contains(&"billing".into()))
        })
    });
    if !billing {
        let message = "There is no billing address.";
        draft.warning(Field::Billing(crate::map::AddressPart::Line1), "billing_address_missing", message, "");
    }
    if let Some(terms) = member(draft, "payment_terms")
        && let Some((_, days)) = terms.rsplit_once("NET")
        && days.trim_end_matches("EOM").parse::<u32>().is_ok_and(|days| days > 90)
    {
        draft.warning(
            Field::PaymentTerms,
            "terms_long",
            "The payment terms are longer than 90 days.",
            &terms,
        );
    }
    if let (Some(phone), Some(country)) = (member(draft, "phone"), member(draft, "addresses/0/country"))
        && phone_elsewhere(&phone, &country)
    {
        let message = format!("The telephone number is not of {country}.");
        draft.warning(Field::Phone, "phone_country_mismatch", message, &phone);
    }
    formulas(draft);
}

/// Cells that a spreadsheet would compute; they are kept as text here.
fn formulas(draft: &mut Draft<'_>) {
    for field in [Field::Name, Field::LegalName, Field::Notes, Field::ContactName, Field::Industry] {
        let Some(text) = draft.cell(field) else { continue };
        if text.starts_with(['=', '+', '-', '@']) {
            let message = "The cell begins like a formula; it is kept as text and never computed.";
            draft.warning(field, "formula_as_text", message, text);
        }
    }
}

/// Calling codes of countries that trade; others are not judged.
const CALLING: &[(&str, &str)] = &[
    ("US", "1"),
    ("CA", "1"),
    ("MX", "52"),
    ("BR", "55"),
    ("AR", "54"),
    ("CL", "56"),
    ("CO", "57"),
    ("GB", "44"),
    ("IE", "353"),
    ("DE", "49"),
    ("FR", "33"),
    ("ES", "34"),
    ("PT", "351"),
    ("IT", "39"),
    ("NL", "31"),
    ("BE", "32"),
    ("LU", "352"),
    ("CH", "41"),
    ("AT", "43"),
    ("DK", "45"),
    ("SE", "46"),
    ("NO", "47"),
    ("FI", "358"),
    ("PL", "48"),
    ("CZ", "420"),
    ("SK", "421"),
    ("HU", "36"),
    ("RO", "40"),
    ("BG", "359"),
    ("GR", "30"),
    ("TR", "90"),
    ("IL", "972"),
    ("AE", "971"),
    ("ZA", "27"),
    ("IN", "91"),
    ("CN", "86"),
    ("JP", "81"),
    ("KR", "82"),
    ("SG", "65"),
    ("AU", "61"),
    ("NZ", "64"),
];

/// True when an international number has the calling code of another country.
fn phone_elsewhere(phone: &str, country: &str) -> bool {
    let digits: String = match phone.strip_prefix('+').or_else(|| phone.strip_prefix("00")) {
        Some(rest) => rest.chars().filter(char::is_ascii_digit).collect(),
        None => return false,
    };
    let own = CALLING.iter().find(|(code, _)| *code == country);
    own.is_some_and(|(_, calling)| !digits.starts_with(calling))
}
