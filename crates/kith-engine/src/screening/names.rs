//! Names against the lists in force, in the shape of the common `match` API. Nothing is stored.

use std::collections::BTreeMap;
use std::sync::Arc;

use kith_api::request::{MatchQuery, ScreenAsk};
use kith_api::view::{MatchReply, MatchView, ScreenReply};
use kith_domain::access::Grant;
use kith_domain::refusal::{Refusal, RefusalKind};
use kith_screen::entry::{Entry, Years, identifier};
use kith_screen::index::Memory;
use kith_screen::kind::Kind;
use kith_screen::score::{Features, KEPT, rounded};
use kith_screen::screen::{Hit, Query};
use kith_store::Fault;
use serde_json::Value;

use super::shelf::Shelf;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::permit;

impl Engine {
    /// Screens names.
    ///
    /// # Errors
    /// [`Fault`] when the lists cannot be read.
    pub async fn screen_names(
        &self,
        caller: &Caller,
        asked: ScreenAsk,
        threshold: f64,
        limit: usize,
    ) -> Result<Result<ScreenReply, Refusal>, Fault> {
        if !caller.principal.may(Grant::AccountsRead, None) {
            return Ok(Err(permit::denied(Grant::AccountsRead)));
        }
        let shelf = self.shelf().await?;
        if shelf.lists.is_empty() {
            return Ok(Err(no_list()));
        }
        let work = move || {
            let mut memory = Memory::default();
            let answer =
                |(name, query): (String, Query)| (name, shelf.answer(&query, threshold, limit, &mut memory));
            queries(asked).into_iter().map(answer).collect::<BTreeMap<_, _>>()
        };
        let responses = tokio::task::spawn_blocking(work).await.map_err(|_| Fault::Panicked)?;
        Ok(Ok(ScreenReply { responses, threshold, limit: limit as u64 }))
    }
}

/// Nobody is cleared by lists that are not there.
fn no_list() -> Refusal {
    Refusal::new(
        RefusalKind::Conflict,
        "screening.no_list",
        "No list is in force, so nothing can be said of anybody.",
        "Load a list first: POST /api/v1/screening/lists, or kith screening load.",
    )
}

impl Shelf {
    fn answer(&self, query: &Query, threshold: f64, limit: usize, memory: &mut Memory) -> MatchReply {
        let hits = self.screener.find(query, KEPT.min(threshold), memory);
        let shown = hits.iter().take(limit).filter_map(|hit| self.match_view(hit, threshold));
        MatchReply { status: 200, results: shown.collect(), total: hits.len() as u64 }
    }

    fn match_view(&self, hit: &Hit, threshold: f64) -> Option<MatchView> {
        let (entry, list) = (self.screener.entries().get(hit.entry)?, self.list_of(hit.entry)?);
        let score = rounded(hit.score);
        Some(MatchView {
            id: entry.id.clone(),
            caption: entry.caption().to_owned(),
            schema: entry.kind.schema().to_owned(),
            score,
            is_match: score >= threshold,
            features: told(&hit.features),
            datasets: vec![list.name.clone()],
            snapshot: list.snapshot.id.clone(),
            loaded_at: list.snapshot.loaded_at.to_string(),
            properties: properties(entry),
        })
    }
}

/// The parts of a score that are not nothing.
fn told(features: &Features) -> BTreeMap<String, f64> {
    let parts = [
        ("name", features.name),
        ("country", features.country),
        ("birth_date", features.birth_date),
        ("kind", features.kind),
        ("identifier", features.identifier),
    ];
    let told = parts.into_iter().filter(|(_, value)| *value != 0.0);
    told.map(|(name, value)| (name.to_owned(), rounded(value))).collect()
}

/// Years in words.
pub(super) fn years(entry: &Entry) -> Vec<String> {
    let word = |years: &Years| match years.from == years.to {
        true => years.from.to_string(),
        false => format!("{}–{}", years.from, years.to),
    };
    entry.births.iter().map(word).collect()
}

fn properties(entry: &Entry) -> BTreeMap<String, Vec<String>> {
    let names = |weak: bool| {
        let names = entry.names.iter().filter(move |alias| alias.weak == weak);
        names.map(|alias| alias.text.clone()).collect::<Vec<_>>()
    };
    let parts = [
        ("name", names(false)),
        ("weakAlias", names(true)),
        ("country", entry.countries.clone()),
        ("birthDate", years(entry)),
        ("idNumber", entry.identifiers.clone()),
        ("topics", entry.programmes.clone()),
    ];
    parts
        .into_iter()
        .filter(|(_, values)| !values.is_empty())
        .map(|(name, values)| (name.to_owned(), values))
        .collect()
}

/// The queries that were asked, each by its name.
fn queries(asked: ScreenAsk) -> Vec<(String, Query)> {
    let country: Vec<String> =
        asked.country.as_deref().and_then(kith_screen::country::code).into_iter().collect();
    let kind = asked.kind.as_deref().map(Kind::parse).unwrap_or_default();
    let birth = asked.birth_date.as_deref().and_then(Years::asked);
    let plain = asked.names.into_iter().chain(asked.name).map(|name| {
        let query =
            Query { names: vec![name.clone()], kind, countries: country.clone(), birth, ..Query::default() };
        (name, query)
    });
    let named = asked.queries.into_iter().map(|(name, query)| (name, of_match(&query)));
    named.chain(plain).collect()
}

fn of_match(asked: &MatchQuery) -> Query {
    let texts = |names: &[&str]| -> Vec<String> {
        let values = names.iter().filter_map(|name| asked.properties.get(*name));
        let each = values.flat_map(|value| match value {
            Value::Array(values) => values.clone(),
            other => vec![other.clone()],
        });
        each.filter_map(|value| value.as_str().map(ToOwned::to_owned)).collect()
    };
    let numbers = [
        "idNumber",
        "passportNumber",
        "registrationNumber",
        "taxNumber",
        "leiCode",
        "imoNumber",
        "identifier",
    ];
    let mut countries: Vec<String> =
        texts(&["country", "nationality", "citizenship", "jurisdiction", "flag"])
            .iter()
            .filter_map(|text| kith_screen::country::code(text))
            .collect();
    countries.dedup();
    Query {
        names: texts(&["name", "alias", "weakAlias", "previousName"]),
        kind: Kind::parse(&asked.schema),
        countries,
        birth: texts(&["birthDate", "incorporationDate"]).iter().find_map(|text| Years::asked(text)),
        identifiers: texts(&numbers).iter().filter_map(|text| identifier(text)).collect(),
    }
}

/// The lists in force, each with its snapshot, in words.
pub(super) fn in_force(shelf: &Arc<Shelf>) -> Vec<String> {
    shelf.lists.iter().map(|list| format!("{} {}", list.name, list.snapshot.id)).collect()
}
