//! How good an account's data are: what is filled, what of it holds, and when it was confirmed last (D§4.3).

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Account;
use crate::value::{parse_email, refused_tax, validate};

/// What a field that an active customer must have weighs; a recommended one weighs 1.
const REQUIRED_WEIGHT: u32 = 3;
/// How many fields an active customer must have: all that [`Account::missing_fields`] can name.
const REQUIRED_COUNT: u32 = 7;

/// Days for which data are fresh; then they lose half of their worth until [`STALE_DAYS`] and the rest until
/// [`EXPIRED_DAYS`] (D§4.1, firmographics).
const FRESH_DAYS: i64 = 180;
const STALE_DAYS: i64 = 365;
const EXPIRED_DAYS: i64 = 730;

/// The parts of the score that the account's data tell by themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quality {
    /// Weight of the fields that are filled.
    pub filled: u32,
    /// Weight of all that count.
    pub wanted: u32,
    /// How many of the filled values hold.
    pub holding: u32,
    /// How many filled values were looked at.
    pub checked: u32,
    /// Required fields that are missing.
    pub missing_required: Vec<&'static str>,
    /// Recommended fields that are missing.
    pub missing_recommended: Vec<&'static str>,
    /// Fields whose values do not hold.
    pub invalid: Vec<&'static str>,
}

impl Quality {
    /// The share of the weight that is filled, 0 to 1.
    #[must_use]
    pub fn completeness(&self) -> f64 {
        f64::from(self.filled) / f64::from(self.wanted.max(1))
    }

    /// Completeness times validity, in parts of ten thousand: what is stored, for it has no rounding of its own.
    #[must_use]
    pub fn parts(&self) -> u32 {
        let (wanted, checked) = (self.wanted.max(1), self.checked.max(1));
        let holding = if self.checked == 0 { 1 } else { self.holding };
        let product = u64::from(self.filled) * u64::from(holding) * 10_000;
        u32::try_from(product / (u64::from(wanted) * u64::from(checked))).unwrap_or(10_000)
    }

    /// The share of the filled values that hold, 0 to 1; 1 where there are none.
    #[must_use]
    pub fn validity(&self) -> f64 {
        if self.checked == 0 { 1.0 } else { f64::from(self.holding) / f64::from(self.checked) }
    }
}

/// How much data are worth that many days after they were confirmed, 0 to 1.
#[must_use]
pub fn freshness(age_days: i64) -> f64 {
    let share = |from: i64, to: i64| {
        let whole = u32::try_from(to - from).unwrap_or(1);
        f64::from(u32::try_from(age_days - from).unwrap_or(0)) / f64::from(whole)
    };
    match age_days {
        age if age <= FRESH_DAYS => 1.0,
        age if age <= STALE_DAYS => 1.0 - 0.5 * share(FRESH_DAYS, STALE_DAYS),
        age if age <= EXPIRED_DAYS => 0.5 - 0.5 * share(STALE_DAYS, EXPIRED_DAYS),
        _ => 0.0,
    }
}

impl Account {
    /// The day on which somebody last confirmed the data: the last review, or a later change (UTC).
    #[must_use]
    pub fn confirmed_on(&self) -> Option<Date> {
        let changed = self.updated_at.or(self.created_at).map(|at| at.to_zoned(TimeZone::UTC).date());
        self.review.last_review_on.max(changed)
    }

    /// Completeness and validity of the data, and what is missing. Erased values count as missing.
    #[must_use]
    pub fn quality(&self) -> Quality {
        let missing_required = self.missing_fields();
        let recommended = [
            (self.phone.is_some(), "phone"),
            (self.website.is_some(), "website"),
            (self.tax_id.is_some(), "tax_id"),
            (self.industry.is_some(), "industry"),
            (self.billing_email.is_some(), "billing_email"),
            (self.credit_limit.is_some(), "credit_limit"),
            (self.language.is_some(), "language"),
            (self.employees.is_some(), "employees"),
        ];
        let count = |fields: usize| u32::try_from(fields).unwrap_or(u32::MAX);
        let all = count(recommended.len());
        let missing_recommended: Vec<_> =
            recommended.into_iter().filter_map(|(filled, field)| (!filled).then_some(field)).collect();
        let required = REQUIRED_COUNT.saturating_sub(count(missing_required.len()));
        let (checked, holding, invalid) = self.validity();
        Quality {
            filled: required * REQUIRED_WEIGHT + all.saturating_sub(count(missing_recommended.len())),
            wanted: REQUIRED_COUNT * REQUIRED_WEIGHT + all,
            holding,
            checked,
            missing_required,
            missing_recommended,
            invalid,
        }
    }

    /// Values looked at, values that hold, and the fields whose values do not: rules become stricter after a value was
    /// accepted, and a telephone number without its country cannot be dialled from everywhere.
    fn validity(&self) -> (u32, u32, Vec<&'static str>) {
        let (mut checked, mut holding, mut invalid) = (0, 0, Vec::new());
        let mut look = |field: &'static str, holds: bool| {
            checked += 1;
            holding += u32::from(holds);
            if !holds && !invalid.contains(&field) {
                invalid.push(field);
            }
        };
        let mails = [("email", Some(&self.email)), ("billing_email", self.billing_email.as_ref())];
        for (field, mail) in mails {
            if let Some(address) = mail.and_then(|mail| mail.get()) {
                look(field, parse_email(address).is_ok());
            }
        }
        if let Some(phone) = self.phone.as_ref().and_then(|phone| phone.get()) {
            look("phone", phone.e164.is_some());
        }
        if let Some(tax) = &self.tax_id {
            let country = tax.country.as_deref();
            look(
                "tax_id",
                match &tax.kind {
                    Some(kind) => validate(kind, country, &tax.value).is_ok(),
                    None => country.is_none_or(|country| refused_tax(country, &tax.value).is_none()),
                },
            );
        }
        for row in &self.identifiers {
            look("identifiers", validate(&row.kind, None, &row.value).is_ok());
        }
        for contact in &self.contacts {
            look("contacts", !contact.emails.is_empty() || !contact.phones.is_empty());
        }
        (checked, holding, invalid)
    }
}
