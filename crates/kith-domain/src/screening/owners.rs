//! Who owns an account, as far as they are no accounts themselves. STORED FORMAT: events gain variants, never change.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::refusal;
use crate::approval::Operation;
use crate::context::Context;
use crate::decider::Decider;
use crate::refusal::{FieldFault, Refusal};
use crate::value::{AccountId, Personal, line};

/// Most owners of an account.
const OWNERS_MAX: usize = 200;
/// A whole, in hundredths of a percent.
const WHOLE_BP: u16 = 10_000;

/// What sort an owner is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnerKind {
    /// A natural person.
    #[default]
    Person,
    /// A company or any other body.
    Company,
}

/// An owner, or somebody who controls the account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// Its name among the owners of this account, for example `o1`.
    pub id: String,
    /// Its name.
    pub name: Personal<String>,
    /// Its sort.
    pub kind: OwnerKind,
    /// Country, two letters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Day or year of birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<Personal<String>>,
    /// Share in hundredths of a percent.
    pub share_bp: u16,
    /// Of whom it holds the share: another owner's `id`; the account when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owned: Option<String>,
    /// Whether it controls the account whatever its share.
    #[serde(default)]
    pub controls: bool,
}

/// What may be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Put these owners in place of those before.
    Set {
        /// Whose owners.
        account: AccountId,
        /// The owners.
        owners: Vec<Owner>,
    },
}

impl Command {
    /// The operation that this is.
    #[must_use]
    pub fn operation(&self) -> Operation {
        match self {
            Self::Set { .. } => Operation::OwnersSet,
        }
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// These are the owners.
    Set {
        /// Whose owners.
        account: AccountId,
        /// The owners.
        owners: Vec<Owner>,
        /// When.
        at: Timestamp,
    },
}

/// The owners of an account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Owners {
    /// Whose owners.
    pub account: AccountId,
    /// The owners.
    pub owners: Vec<Owner>,
    /// When they were set last.
    pub updated_at: Option<Timestamp>,
}

impl Decider for Owners {
    type Command = Command;
    type Event = Event;
    type Facts = ();

    fn decide(&self, context: &Context, (): &(), command: &Command) -> Result<Vec<Event>, Refusal> {
        let Command::Set { account, owners } = command;
        let owners = checked(owners, context.now)?;
        if self.updated_at.is_some() && self.owners == owners {
            return Ok(vec![]);
        }
        Ok(vec![Event::Set { account: *account, owners, at: context.now }])
    }

    fn evolve(&mut self, event: &Event) {
        let Event::Set { account, owners, at } = event;
        self.account = *account;
        self.owners.clone_from(owners);
        self.updated_at = Some(*at);
    }

    fn kind(_: &Event) -> &'static str {
        "owners.set.v1"
    }
}

/// Whether a day or year of birth is still to come, anywhere.
fn is_to_come(birth: &str, now: Timestamp) -> bool {
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let day = birth.trim().parse::<jiff::civil::Date>();
    let year = birth.trim().parse::<i16>().is_ok_and(|year| year > today.year());
    year || day.is_ok_and(|day| day > today.tomorrow().unwrap_or(today))
}

fn checked(given: &[Owner], now: Timestamp) -> Result<Vec<Owner>, Refusal> {
    let mut faults = Vec::new();
    let mut fault =
        |place: String, code: &str, message: &str| faults.push(FieldFault::new(place, code, message));
    if given.len() > OWNERS_MAX {
        fault("/owners".to_owned(), "too_many", "at most 200 owners");
    }
    let ids: BTreeSet<&str> = given.iter().map(|owner| owner.id.as_str()).collect();
    if ids.len() < given.len() {
        fault("/owners".to_owned(), "duplicate", "each owner needs an id of its own");
    }
    let mut owners = given.to_vec();
    for (at, owner) in owners.iter_mut().enumerate() {
        let place = |member: &str| format!("/owners/{at}/{member}");
        match line(owner.name.get().map_or("", String::as_str), 300) {
            Ok(name) => owner.name.value = Some(name),
            Err(error) => fault(place("name"), error.code(), &error.to_string()),
        }
        if owner.share_bp > WHOLE_BP {
            fault(place("percent"), "out_of_range", "a share is 0 to 100 percent");
        }
        if owner.owned.as_deref().is_some_and(|owned| owned == owner.id || !ids.contains(owned)) {
            fault(place("owned"), "owner_unknown", "expected the id of another owner in this list");
        }
        let birth = owner.birth_date.as_ref().and_then(Personal::get);
        if birth.is_some_and(|birth| is_to_come(birth, now)) {
            fault(place("birth_date"), "in_the_future", "nobody is born on a day to come");
        }
        let is_code =
            |code: &String| code.len() == 2 && code.bytes().all(|letter| letter.is_ascii_uppercase());
        if owner.country.as_ref().is_some_and(|code| !is_code(code)) {
            fault(place("country"), "country_unknown", "expected two letters, for example DE");
        }
    }
    for target in owners.iter().map(|owner| owner.owned.as_deref()).collect::<BTreeSet<_>>() {
        let shares: u32 = owners
            .iter()
            .filter(|owner| owner.owned.as_deref() == target)
            .map(|owner| u32::from(owner.share_bp))
            .sum();
        if shares > u32::from(WHOLE_BP) {
            fault(
                "/owners".to_owned(),
                "more_than_all",
                "the shares of one company are more than 100 percent",
            );
        }
    }
    if faults.is_empty() { Ok(owners) } else { Err(refusal::owners_invalid().with_fields(faults)) }
}
