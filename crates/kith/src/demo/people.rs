//! The company itself: its entities, its people, the exchange rates of its history.

use jiff::civil::Date;

use super::HISTORY_DAYS;
use super::happening::{date_of, day_of};
use super::prng::Prng;

/// The organisation to found.
#[derive(Debug, Clone)]
pub(crate) struct Organisation {
    /// Its name.
    pub(crate) name: &'static str,
    /// The currency it thinks in.
    pub(crate) currency: &'static str,
    /// Its zone.
    pub(crate) timezone: &'static str,
    /// Its legal entities.
    pub(crate) entities: Vec<Entity>,
    /// Exchange rates into its currency, one a day and currency, today included.
    pub(crate) rates: Vec<Rate>,
}

/// A legal entity.
#[derive(Debug, Clone)]
pub(crate) struct Entity {
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    pub(crate) currency: &'static str,
    pub(crate) timezone: &'static str,
}

/// What one unit of `base` is worth in `quote` on a day.
#[derive(Debug, Clone)]
pub(crate) struct Rate {
    pub(crate) base: &'static str,
    pub(crate) quote: &'static str,
    pub(crate) day: Date,
    /// Decimal text with four digits.
    pub(crate) rate: String,
}

/// A role, everywhere or in one entity.
#[derive(Debug, Clone)]
pub(crate) struct Role {
    pub(crate) role: &'static str,
    pub(crate) entity: Option<&'static str>,
}

/// Somebody who works there.
#[derive(Debug, Clone)]
pub(crate) struct User {
    pub(crate) name: &'static str,
    pub(crate) email: String,
    pub(crate) roles: Vec<Role>,
}

/// The company's own zone.
pub(crate) const ZONE: &str = "America/Chicago";

const ENTITIES: [Entity; 3] = [
    Entity {
        code: "US",
        name: "Meridian Parts & Freight Inc.",
        currency: "USD",
        timezone: "America/Chicago",
    },
    Entity {
        code: "EU",
        name: "Meridian Parts & Freight B.V.",
        currency: "EUR",
        timezone: "Europe/Amsterdam",
    },
    Entity { code: "UK", name: "Meridian Parts & Freight Ltd", currency: "GBP", timezone: "Europe/London" },
];

/// The organisation with the rates of its history.
pub(super) fn organisation(prng: &mut Prng, today: Date) -> Organisation {
    let mut rates = Vec::new();
    let last = day_of(today);
    for (base, start) in [("EUR", 10_850_i64), ("GBP", 12_720)] {
        let mut rate = start;
        // Back to a year before the first order, so that no window lacks a rate.
        for day in last - HISTORY_DAYS - 30..=last {
            rate += prng.range(-28, 28) + (start - rate) / 60;
            let text = format!("{}.{:04}", rate / 10_000, rate % 10_000);
            rates.push(Rate { base, quote: "USD", day: date_of(day), rate: text });
        }
    }
    Organisation {
        name: "Meridian Parts & Freight",
        currency: "USD",
        timezone: ZONE,
        entities: ENTITIES.to_vec(),
        rates,
    }
}

/// Name, role, entity of the role.
const PEOPLE: &[(&str, &str, Option<&str>)] = &[
    ("Grace Okafor", "admin", None),
    ("Helen Marsh", "ar_manager", None),
    ("Victor Lindqvist", "controller", None),
    ("Ruth Castellano", "manager", None),
    ("Samuel Brandt", "cfo", None),
    ("Priya Nair", "account_manager", Some("US")),
    ("Daniel Whitcomb", "account_manager", Some("US")),
    ("Ines Fonseca", "account_manager", Some("EU")),
    ("Owen Prichard", "account_manager", Some("UK")),
    ("Marcus Bell", "sales_rep", Some("US")),
    ("Annika de Wit", "sales_rep", Some("EU")),
    ("Fiona Tate", "sales_rep", Some("UK")),
    ("Leo Santangelo", "credit_analyst", None),
    ("Maya Goldberg", "support_agent", None),
    ("Tomasz Wrona", "ops", None),
    ("Yusuf Demir", "compliance", None),
    ("Ingrid Solberg", "compliance", None),
    ("Edith Moreau", "legal", None),
    ("Clara Engel", "privacy_officer", None),
    ("Nora Svensson", "auditor", None),
    ("Paul Everett", "viewer", None),
];

/// The people of the company. Their addresses are `<first name>@meridian.example`.
pub(super) fn users() -> Vec<User> {
    let user = |(name, role, entity): &(&'static str, &'static str, Option<&'static str>)| User {
        name,
        email: email(name),
        roles: vec![Role { role, entity: *entity }],
    };
    PEOPLE.iter().map(user).collect()
}

fn email(name: &str) -> String {
    let first = name.split(' ').next().unwrap_or(name).to_lowercase();
    format!("{first}@meridian.example")
}

/// The address of somebody with a role who looks after an entity.
pub(super) fn carer(prng: &mut Prng, role: &str, entity: &str) -> String {
    let fits: Vec<_> = PEOPLE.iter().filter(|(_, known, of)| *known == role && *of == Some(entity)).collect();
    email(prng.pick(&fits).0)
}
