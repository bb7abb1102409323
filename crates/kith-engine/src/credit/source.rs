//! Which systems feed the exposure of a legal entity, and how long ago they were heard.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use kith_api::request::CreditSourcesSave;
use kith_api::view::{CreditSourceView, CreditSourcesView, Page};
use kith_domain::access::Grant;
use kith_domain::command::Command;
use kith_domain::credit::{CreditRules, NEVER_HEARD};
use kith_domain::policy::{Command as PolicyCommand, Policy};
use kith_domain::refusal::Refusal;
use kith_domain::value::EntityCode;
use kith_store::Fault;

use super::desk::Sitting;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::heard::{of_extract, of_touchpoints};
use crate::noun::{POLICY, load};
use crate::permit;

/// When sources were heard, by the name under which it is noted.
pub(super) type HeardAt = BTreeMap<String, i64>;

/// As of when the exposure of an entity is known: the source that was silent for longest counts, and an extract speaks for
/// all of them. Nothing for an entity that is fed by hand; the inner nothing where one was never heard.
fn as_of(rules: &CreditRules, entity: &EntityCode, heard: &HeardAt) -> Option<Option<Timestamp>> {
    let named = rules.sources.get(entity).filter(|named| !named.is_empty());
    let extracts = rules.extracts.contains(entity);
    if named.is_none() && !extracts {
        return None;
    }
    let at = |name: String| heard.get(&name).copied();
    let oldest = named.and_then(|named| {
        let all: Option<Vec<i64>> = named.iter().map(|source| at(of_touchpoints(source))).collect();
        all?.into_iter().min()
    });
    let extract = at(of_extract(entity.as_str())).filter(|_| extracts);
    Some(oldest.max(extract).and_then(|ms| Timestamp::from_millisecond(ms).ok()))
}

/// Hours begun since then.
fn hours(now: Timestamp, at: Option<Timestamp>) -> i64 {
    at.map_or(NEVER_HEARD, |at| {
        now.as_second().saturating_sub(at.as_second()).max(0).saturating_add(3_599) / 3_600
    })
}

impl Sitting<'_, '_> {
    /// As of when the exposure with some entities together is known, and the hours since; nothing where all of them are fed
    /// by hand.
    pub(super) fn age(&mut self, entities: &[EntityCode]) -> Result<Option<(Timestamp, i64)>, Fault> {
        if self.rules.1.sources.is_empty() && self.rules.1.extracts.is_empty() {
            return Ok(None);
        }
        if self.heard.is_none() {
            self.heard = Some(self.unit.heard()?.into_iter().collect());
        }
        let (now, rules) = (self.now, &self.rules.1);
        let heard = self.heard.get_or_insert_default();
        let known = entities.iter().filter_map(|entity| as_of(rules, entity, heard));
        // Nobody was heard before the first second of all.
        let oldest = known.map(|at| (at.unwrap_or(Timestamp::UNIX_EPOCH), hours(now, at))).min();
        Ok(oldest)
    }
}

impl Engine {
    /// Who feeds the exposure of each legal entity, and when each was last heard.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn credit_sources(
        &self,
        caller: &Caller,
    ) -> Result<Result<Page<CreditSourcesView>, Refusal>, Fault> {
        if !caller.principal.may(Grant::CreditRead, None) {
            return Ok(Err(permit::denied(Grant::CreditRead)));
        }
        let (rules, heard) = self
            .store()
            .read(|reader| {
                let rules = load::<Policy>(reader, POLICY)?.state.rules.credit;
                Ok((rules, reader.heard()?.into_iter().collect::<HeardAt>()))
            })
            .await?;
        let organisation = self.organisation();
        let seen = organisation.entities.iter().map(|entity| &entity.code);
        let seen = seen.filter(|code| caller.principal.may(Grant::CreditRead, Some(code)));
        let items = seen.map(|code| self.sources_view(&rules, code, &heard)).collect();
        Ok(Ok(Page { items, next_cursor: None, has_more: false }))
    }

    fn sources_view(&self, rules: &CreditRules, code: &EntityCode, heard: &HeardAt) -> CreditSourcesView {
        let now = self.now();
        let at = |name: String| heard.get(&name).and_then(|ms| Timestamp::from_millisecond(*ms).ok());
        let known = as_of(rules, code, heard);
        let age = known.map(|at| hours(now, at));
        let sources = rules.sources.get(code).into_iter().flatten().map(|source| {
            let heard_at = at(of_touchpoints(source));
            let age_hours = heard_at.map(|at| hours(now, Some(at)));
            CreditSourceView {
                source: source.clone(),
                heard_at: heard_at.map(|at| at.to_string()),
                age_hours,
            }
        });
        let extracts = rules.extracts.contains(code);
        CreditSourcesView {
            entity: code.to_string(),
            sources: sources.collect(),
            extracts,
            folder: extracts.then(|| self.extract_folder(code).display().to_string()),
            reconciled_at: at(of_extract(code.as_str())).map(|at| at.to_string()),
            data_as_of: known.flatten().map(|at| at.to_string()),
            age_hours: age.filter(|age| *age != NEVER_HEARD),
            state: match age {
                None => "fed_by_hand",
                Some(NEVER_HEARD) => "never_heard",
                Some(age) => kith_domain::credit::staleness(age),
            }
            .to_owned(),
        }
    }

    /// The command that registers who feeds the exposure of an entity: a change of the policy.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn credit_sources_command(
        &self,
        caller: &Caller,
        entity: &str,
        asked: CreditSourcesSave,
    ) -> Result<Result<Command, Refusal>, Fault> {
        if !caller.principal.may(Grant::OrganisationManage, None) {
            return Ok(Err(permit::denied(Grant::OrganisationManage)));
        }
        let code = entity.to_uppercase().parse::<EntityCode>().ok();
        let code = code.filter(|code| self.organisation().entity(code).is_some());
        let Some(code) = code else {
            return Ok(Err(permit::missing("entity.not_found", "There is no such legal entity.")));
        };
        let mut rules = self.store().read(|reader| load::<Policy>(reader, POLICY)).await?.state.rules;
        let sources: BTreeSet<String> = asked.sources.iter().map(|source| source.trim().to_owned()).collect();
        match sources.is_empty() {
            true => rules.credit.sources.remove(&code),
            false => rules.credit.sources.insert(code.clone(), sources),
        };
        match asked.extracts {
            true => rules.credit.extracts.insert(code),
            false => rules.credit.extracts.remove(&code),
        };
        Ok(Ok(Command::Policy(PolicyCommand::Set { rules: Box::new(rules) })))
    }

    /// Notes that an extract of some entities was compared now.
    pub(super) async fn note_extracts(&self, entities: BTreeSet<String>) -> Result<(), Fault> {
        let now_ms = self.now().as_millisecond();
        self.store()
            .write(move |unit| {
                entities.iter().try_for_each(|entity| unit.note_heard(&of_extract(entity), now_ms))
            })
            .await
    }
}

#[cfg(test)]
mod tests;
