//! Whose order it is: by a reference, else by name and address, and nobody's where that is not sure.

use std::collections::BTreeSet;

use kith_api::request::{OrderParty, OrderPlace};
use kith_domain::order::Match;
use kith_domain::value::AccountId;
use kith_match::index::FIELDS;
use kith_match::score::probability;

use crate::caller::Caller;
use crate::engine::Engine;

/// From here on two accounts may be one (D§6.4).
const SIMILAR: f64 = 0.70;
/// From here on they are.
const SURE: f64 = 0.99;
/// How sure the only account of exactly the given name is.
const ONLY_NAMED: f64 = 0.95;
/// Others that are told.
const TOLD: usize = 5;

fn milli(probability: f64) -> u32 {
    // Between 0 and 1000.
    (probability.clamp(0.0, 1.0) * 1_000.0).round() as u32
}

impl Engine {
    /// The account that somebody names by id, number, `external:<system>:<id>`, `tax:<id>` or `email:<address>`, if they may
    /// know of it.
    #[must_use]
    pub fn account_referred(&self, caller: &Caller, name: &str) -> Option<AccountId> {
        self.account_named(name.trim()).filter(|id| self.sees_account(caller, *id))
    }

    /// Finds the customer of an order.
    pub(super) fn customer_of(&self, order: &OrderPlace) -> Match {
        let sold_to = order.parties.as_ref().and_then(|parties| parties.sold_to.clone()).unwrap_or_default();
        let named = [order.account.clone(), sold_to.account.clone()];
        let told = [
            sold_to.tax_id.as_ref().map(|tax| format!("tax:{tax}")),
            sold_to.email.as_ref().map(|email| format!("email:{email}")),
        ];
        let of = |key: &String| self.account_named(key.trim()).map(|account| self.survivor(account));
        let lost = named.iter().flatten().any(|key| of(key).is_none());
        let keys = named.iter().chain(&told).flatten();
        let found: BTreeSet<AccountId> = keys.filter_map(of).collect();
        match found.first() {
            Some(account) if found.len() == 1 && !lost => {
                let method = "reference".to_owned();
                Match { account: Some(*account), method, confidence_milli: 1_000, candidates: Vec::new() }
            }
            None if lost => unsure(self.by_name(&sold_to)),
            None => self.by_name(&sold_to),
            // A reference that names nobody, or two that name different ones, are a doubt: who they name is told, not taken.
            Some(_) => {
                let candidates = found.iter().take(TOLD).map(|account| (*account, 1_000)).collect();
                Match { account: None, method: "none".to_owned(), confidence_milli: 1_000, candidates }
            }
        }
    }

    /// The account that one was merged into, or itself.
    fn survivor(&self, account: AccountId) -> AccountId {
        let Some(row) = self.directory().row(account) else { return account };
        let inner = self.directory().read();
        inner.entry(inner.canonical(row)).map_or(account, |entry| entry.id)
    }

    fn by_name(&self, party: &OrderParty) -> Match {
        let Some(name) = party.name.as_deref().map(str::trim).filter(|name| !name.is_empty()) else {
            return Match { method: "none".to_owned(), ..Match::default() };
        };
        let mut found: Vec<(AccountId, f64)> = {
            let similar = self.core().likeness.alike(&values(name, party), None, SIMILAR);
            let inner = self.directory().read();
            let told = |row: u32| inner.entry(row).map(|entry| entry.id);
            similar
                .iter()
                .filter_map(|similar| Some((told(similar.row)?, probability(similar.waterfall.weight))))
                .collect()
        };
        let exact = self.directory().named(name);
        for account in &exact {
            if !found.iter().any(|(known, _)| known == account) {
                found.push((*account, 0.0));
            }
        }
        if let [only] = exact.as_slice() {
            for (_, sure) in found.iter_mut().filter(|(account, _)| account == only) {
                *sure = sure.max(ONLY_NAMED);
            }
        }
        found.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        let candidates: Vec<(AccountId, u32)> =
            found.iter().take(TOLD).map(|(account, sure)| (*account, milli(*sure))).collect();
        let is_sure = match found.as_slice() {
            [(account, sure)] => *sure >= SURE || exact.as_slice() == [*account],
            [(_, sure), (_, second), ..] => *sure >= SURE && *second < SIMILAR,
            [] => false,
        };
        let best = found.first().filter(|_| is_sure);
        Match {
            account: best.map(|(account, _)| *account),
            method: if is_sure { "name" } else { "none" }.to_owned(),
            confidence_milli: candidates.first().map_or(0, |(_, sure)| *sure),
            candidates: if is_sure { Vec::new() } else { candidates },
        }
    }
}

/// The same with nobody taken.
fn unsure(found: Match) -> Match {
    let Some(account) = found.account else { return found };
    let candidates = vec![(account, found.confidence_milli)];
    Match { account: None, method: "none".to_owned(), candidates, ..found }
}

/// What is compared, in the order of [`FIELDS`].
fn values(name: &str, party: &OrderParty) -> [String; FIELDS.len()] {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let street = party.lines.as_ref().and_then(|lines| lines.first()).cloned();
    [
        name.to_owned(),
        text(&party.tax_id),
        text(&party.email),
        String::new(),
        text(&party.phone),
        street.unwrap_or_default(),
        text(&party.city),
        text(&party.postal_code),
        text(&party.country),
    ]
}
