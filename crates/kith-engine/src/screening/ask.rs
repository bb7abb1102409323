//! What is wrong with names to be screened, all at once: a date or a country that is not understood would clear somebody.

use std::collections::BTreeSet;

use kith_api::request::{MatchQuery, ScreenAsk};
use kith_domain::refusal::FieldFault;
use kith_screen::country;
use kith_screen::entry::Years;
use kith_screen::kind::Kind;
use serde_json::Value;

/// Queries of one request.
const QUERIES_MAX: usize = 1_000;
/// What a query can be found by.
const FOUND_BY: [&str; 5] = ["name", "alias", "idNumber", "registrationNumber", "taxNumber"];
const COUNTRIES: [&str; 5] = ["country", "nationality", "citizenship", "jurisdiction", "flag"];
const DATES: [&str; 2] = ["birthDate", "incorporationDate"];

const NO_DATE: &str = "expected a year or a day, such as 1970 or 1970-01-31";
const NO_COUNTRY: &str = "expected two letters, ISO 3166-1, or the name of a country";

/// Everything that is wrong with names to be screened.
#[must_use]
pub fn screen_faults(asked: &ScreenAsk) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let count = asked.queries.len() + asked.names.len() + usize::from(asked.name.is_some());
    if count == 0 {
        faults.push(FieldFault::new("/queries", "required", "give queries, names or a name"));
    }
    if count > QUERIES_MAX {
        faults.push(FieldFault::new("/queries", "too_many", format!("at most {QUERIES_MAX} at once")));
    }
    for (name, query) in &asked.queries {
        of_query(&place(name), query, &mut faults);
    }
    let mut seen: BTreeSet<&str> = asked.queries.keys().map(String::as_str).collect();
    let at = |index: usize| format!("/names/{index}");
    let names = asked.names.iter().enumerate().map(|(index, name)| (at(index), name));
    for (place, name) in names.chain(asked.name.iter().map(|name| ("/name".to_owned(), name))) {
        if name.trim().is_empty() {
            faults.push(FieldFault::new(place, "empty", "a name is needed"));
        } else if !seen.insert(name) {
            faults.push(FieldFault::new(place, "duplicate", "its reply would take the place of another one"));
        }
    }
    of_all(asked, &mut faults);
    faults
}

/// What is said of all plain names.
fn of_all(asked: &ScreenAsk, faults: &mut Vec<FieldFault>) {
    let told = |text: &Option<String>| {
        text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    if told(&asked.kind).is_some_and(|kind| Kind::parse(&kind) == Kind::Unknown) {
        faults.push(FieldFault::new("/kind", "not_in_list", "expected person, company, vessel or aircraft"));
    }
    if told(&asked.country).is_some_and(|country| country::known(&country).is_none()) {
        faults.push(FieldFault::new("/country", "country_unknown", NO_COUNTRY));
    }
    if told(&asked.birth_date).is_some_and(|date| Years::asked(&date).is_none()) {
        faults.push(FieldFault::new("/birth_date", "date_invalid", NO_DATE));
    }
}

fn of_query(place: &str, query: &MatchQuery, faults: &mut Vec<FieldFault>) {
    let is_told = |member: &&str| {
        let values = query.properties.get(*member).map(values).unwrap_or_default();
        values.iter().any(|(_, value)| value.as_str().is_some_and(|text| !text.trim().is_empty()))
    };
    if !FOUND_BY.iter().any(is_told) {
        let place = format!("{place}/properties/name");
        faults.push(FieldFault::new(place, "required", "a query needs a name or a number"));
    }
    for (member, value) in &query.properties {
        for (below, value) in values(value) {
            let place = format!("{place}/properties/{}{below}", escaped(member));
            let Some(text) = value.as_str() else {
                faults.push(FieldFault::new(place, "wrong_type", "expected text, or a list of texts"));
                continue;
            };
            if COUNTRIES.contains(&member.as_str()) && country::known(text).is_none() {
                faults.push(FieldFault::new(place, "country_unknown", NO_COUNTRY));
            } else if DATES.contains(&member.as_str()) && Years::asked(text).is_none() {
                faults.push(FieldFault::new(place, "date_invalid", NO_DATE));
            }
        }
    }
}

/// One value or several, each with its place below the member.
fn values(value: &Value) -> Vec<(String, &Value)> {
    match value {
        Value::Array(values) => {
            values.iter().enumerate().map(|(at, value)| (format!("/{at}"), value)).collect()
        }
        one => vec![(String::new(), one)],
    }
}

fn place(query: &str) -> String {
    format!("/queries/{}", escaped(query))
}

fn escaped(member: &str) -> String {
    member.replace('~', "~0").replace('/', "~1")
}
