//! What does not stop an account, but somebody should look at (D§6.2).

use super::{Account, AddressKind, CustomerType, Override, Stage};
use crate::refusal::FieldFault;
use crate::value::email_key;

/// Mail providers that anybody can have an address of.
const FREE_MAIL: &[&str] = &[
    "aol.com",
    "gmail.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hotmail.com",
    "icloud.com",
    "live.com",
    "mail.com",
    "mail.ru",
    "outlook.com",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "web.de",
    "yahoo.com",
    "yandex.ru",
    "zoho.com",
];

/// What to look at in an account as it stands, or as it would stand.
///
/// A limit above 1,000,000 of its own currency, terms longer than NET90, an enterprise with a free mail address, and what an
/// active customer must have and this one lacks.
#[must_use]
pub fn warnings(account: &Account) -> Vec<FieldFault> {
    let mut found = Vec::new();
    let mut warn = |place: &str, code: &str, message: &str| found.push(FieldFault::new(place, code, message));
    let million = |limit: &crate::value::Money| {
        let unit = 10_i64.checked_pow(u32::from(limit.currency.exponent()));
        let most = unit.and_then(|unit| unit.checked_mul(1_000_000));
        most.is_some_and(|most| limit.minor > most)
    };
    if account.credit_limit.as_ref().is_some_and(million) {
        warn("/credit_limit", "limit_high", "the credit limit is above 1,000,000");
    }
    if account.group_credit_limit.as_ref().is_some_and(million) {
        warn("/group_credit_limit", "limit_high", "the credit limit of the group is above 1,000,000");
    }
    for (entity, own) in &account.overrides {
        if own.credit_limit.as_ref().and_then(Override::value).is_some_and(million) {
            warn(
                &format!("/overrides/{entity}/credit_limit"),
                "limit_high",
                "the credit limit is above 1,000,000",
            );
        }
    }
    let days = account.payment_terms.as_deref().and_then(net_days);
    if days.is_some_and(|days| days > 90) {
        warn("/payment_terms", "terms_long", "the payment terms are longer than 90 days");
    }
    let domain = account.email.get().map(|email| email_key(email));
    let domain = domain.as_deref().and_then(|email| email.rsplit_once('@')).map(|(_, domain)| domain);
    if account.customer_type == CustomerType::Enterprise
        && domain.is_some_and(|name| FREE_MAIL.contains(&name))
    {
        warn("/email", "free_mail", "an enterprise with an address of a free mail provider");
    }
    if account.stage == Stage::Active {
        for field in account.missing_fields() {
            warn(&format!("/{field}"), "missing_for_active", "an active customer should have this");
        }
    } else if account.address(AddressKind::Billing).is_none() {
        warn("/addresses", "billing_address_missing", "there is no billing address yet");
    }
    found
}

/// The days of `NETn`, `d/mNETn` and `NETnEOM`.
fn net_days(code: &str) -> Option<u32> {
    let (_, rest) = code.split_once("NET")?;
    rest.strip_suffix("EOM").unwrap_or(rest).parse().ok()
}
