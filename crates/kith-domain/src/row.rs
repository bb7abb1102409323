//! One row of a request that is being read: every fault is noted at its place, and what is not given stays as it was.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::str::FromStr;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::refusal::FieldFault;
use crate::value::patch::Patched;
use crate::value::{Currency, EntityCode, line, parse_decimal};

/// Reads the members of one row.
#[derive(Debug)]
pub(crate) struct RowReader<'a> {
    /// Where the row stands in the request, for example `/pricing/0`.
    place: &'a str,
    faults: &'a mut Vec<FieldFault>,
    before: usize,
}

impl<'a> RowReader<'a> {
    pub(crate) fn new(place: &'a str, faults: &'a mut Vec<FieldFault>) -> Self {
        let before = faults.len();
        Self { place, faults, before }
    }

    /// Whether nothing of this row is at fault so far.
    pub(crate) fn is_clean(&self) -> bool {
        self.faults.len() == self.before
    }

    pub(crate) fn fault(&mut self, member: &str, code: &str, message: impl Display) {
        self.faults.push(FieldFault::new(format!("{}/{member}", self.place), code, message.to_string()));
    }

    /// One line of text; null clears.
    pub(crate) fn text(
        &mut self,
        member: &str,
        given: &Patched<String>,
        most: usize,
        old: Option<String>,
    ) -> Option<String> {
        let Some(given) = given else { return old };
        line(given.as_ref()?, most).map_err(|error| self.fault(member, error.code(), error)).ok()
    }

    /// The same; empty text clears too, as an empty cell of a form does.
    pub(crate) fn text_or_blank(
        &mut self,
        member: &str,
        given: &Patched<String>,
        most: usize,
        old: Option<String>,
    ) -> Option<String> {
        let is_blank = given.as_ref().and_then(Option::as_ref).is_some_and(|text| text.trim().is_empty());
        if is_blank { None } else { self.text(member, given, most, old) }
    }

    /// A word of a closed list; `None` when it is absent, null or at fault.
    pub(crate) fn word<T>(
        &mut self,
        member: &str,
        given: &Patched<String>,
        codes: &[&str],
        get: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let word = given.as_ref()?.as_ref()?;
        let found = get(word.trim());
        if found.is_none() {
            self.fault(member, "not_in_list", format!("expected one of {}", codes.join(", ")));
        }
        found
    }

    /// A number that is given; null passes through. `None` when it is absent or at fault.
    pub(crate) fn decimal(
        &mut self,
        member: &str,
        given: Option<&Option<String>>,
        places: u32,
    ) -> Patched<Decimal> {
        let Some(text) = given? else { return Some(None) };
        match parse_decimal(text, places) {
            Ok(number) => Some(Some(number)),
            Err(error) => {
                self.fault(member, error.code(), error);
                None
            }
        }
    }

    /// A business date; null clears.
    pub(crate) fn date(&mut self, member: &str, given: &Patched<String>, old: Option<Date>) -> Option<Date> {
        let Some(given) = given else { return old };
        let day = given.as_ref()?.trim().parse::<Date>().ok();
        if day.is_none() {
            self.fault(member, "date_invalid", "expected a date such as 2026-01-31");
        }
        day
    }

    /// Days in their order: a last day before the first is a fault of the last.
    pub(crate) fn period(&mut self, member: &str, first: Option<Date>, last: Option<Date>) {
        if first.zip(last).is_some_and(|(first, last)| last < first) {
            self.fault(member, "ends_before_start", "the last day lies before the first");
        }
    }

    /// A legal entity of the organisation; null is all of them.
    pub(crate) fn entity(
        &mut self,
        given: &Patched<String>,
        old: Option<&EntityCode>,
        known: &BTreeMap<EntityCode, Currency>,
    ) -> Option<EntityCode> {
        let Some(given) = given else { return old.cloned() };
        let code = given.as_ref()?.trim().parse::<EntityCode>().ok();
        let code = code.filter(|code| known.contains_key(code));
        if code.is_none() {
            self.fault("entity", "entity_unknown", "there is no such legal entity");
        }
        code
    }

    /// The id of something that is there; null names none.
    pub(crate) fn id<T: FromStr + Ord>(
        &mut self,
        (member, code, message): (&str, &str, &str),
        given: &Patched<String>,
        old: Option<T>,
        known: &BTreeSet<T>,
    ) -> Option<T> {
        let Some(given) = given else { return old };
        let id = given.as_ref()?.trim().parse::<T>().ok().filter(|id| known.contains(id));
        if id.is_none() {
            self.fault(member, code, message);
        }
        id
    }
}
