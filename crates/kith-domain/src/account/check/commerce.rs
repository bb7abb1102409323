//! The rules of what an account buys at which price, and of how it is taxed.

use std::collections::BTreeSet;

use super::super::{Changes, Draft, RowAction};
use super::Check;
use crate::price_list::normal_code;
use crate::pricing::{self, TierRules};
use crate::tax::{self, ProfileRules};
use crate::value::AgreementId;
use crate::value::patch::Patched;

/// Most rows of prices of an account.
const ROWS_MAX: usize = 1000;

impl Check<'_> {
    pub(super) fn commerce(&mut self, draft: &Draft, changes: &mut Changes) {
        let facts = self.facts;
        self.price_codes(draft, changes);
        let own = changes.owning_entity.as_ref().unwrap_or(&self.account.owning_entity);
        let currency = changes.currency.flatten().or(self.account.currency);
        let rules = TierRules {
            place: "/pricing",
            entities: &facts.entities,
            currency: currency.or(facts.entities.get(own).copied()),
            today: facts.today,
            relative: true,
            agreements: &self.agreements_after(draft),
            most: ROWS_MAX,
        };
        let (rows, faults) = pricing::rows(&rules, &self.account.pricing, &draft.pricing);
        changes.pricing = rows;
        self.faults.extend(faults);
        let documents = facts.documents.iter().filter(|(_, owner)| **owner == self.id).map(|(id, _)| *id);
        let documents = documents.collect();
        let rules = ProfileRules { entities: &facts.entities, today: facts.today, documents: &documents };
        let (rows, faults) = tax::profiles(&rules, &self.account.tax_profiles, &draft.tax_profiles);
        changes.tax_profiles = rows;
        self.faults.extend(faults);
    }

    /// The price list and the price group.
    pub(super) fn price_codes(&mut self, draft: &Draft, changes: &mut Changes) {
        let facts = self.facts;
        changes.price_list = self.price_code("/price_list", &draft.price_list, &facts.price_lists);
        changes.price_group = self.price_code("/price_group", &draft.price_group, &facts.price_groups);
    }

    fn price_code(
        &mut self,
        place: &str,
        given: &Patched<String>,
        known: &BTreeSet<String>,
    ) -> Patched<String> {
        self.read(place, "price_list_unknown", given, |code| {
            let code = normal_code(code);
            if known.contains(&code) {
                Ok(code)
            } else {
                Err("the organisation has no such catalogue of prices")
            }
        })
    }

    /// The agreements that there will be: a price may name one that the same request adds.
    fn agreements_after(&self, draft: &Draft) -> BTreeSet<AgreementId> {
        let mut ids: BTreeSet<AgreementId> = self.account.agreements.iter().map(|row| row.id).collect();
        for row in &draft.agreements {
            match row.action {
                RowAction::Delete => drop(ids.remove(&row.id)),
                RowAction::Add | RowAction::Update => drop(ids.insert(row.id)),
            }
        }
        ids
    }
}
