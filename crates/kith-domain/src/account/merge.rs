//! Merging two accounts of one customer, and taking them apart again (D§6.5).
//!
//! A merge is a redirect: the loser's record stays as it was, closed, and points to the survivor. The survivor takes
//! values and rows over and remembers, for each merge, what it had before ([`Merge::replaced`]) and which rows came
//! from the loser ([`Merge::rows`]): that is all that unmerging needs. A value that is edited after the merge is the
//! survivor's own; a row of the loser that was edited goes back to the loser as it is.

mod apart;
mod rows;
mod rule;
mod survivorship;

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Account, Changes, Event, Facts, Key, Parent, Stage, refusal, stage};
use crate::context::Context;
use crate::refusal::{FieldFault, Refusal};
use crate::value::{AccountId, HoldId, Personal};

pub use survivorship::{FieldMerge, Provenance, Survivorship, survivorship};

/// Days within which a merge can be undone.
pub const UNMERGE_DAYS: i64 = 180;

/// Whose value is taken, where a person says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pick {
    /// The one that stays.
    Survivor,
    /// The one that is merged into it.
    Loser,
}

/// What a person picks, by field.
pub type Picks = BTreeMap<String, Pick>;

/// An account that was merged into this one, and what that changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Merge {
    /// Which account.
    pub account: AccountId,
    /// When.
    pub at: Timestamp,
    /// What the survivor had before in the places that the merge changed, but for those edited since.
    pub replaced: Box<Changes>,
    /// The stage before, if the merge changed it and nothing did since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    /// The parents before, if the merge changed them and nothing did since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parents: Option<Vec<Parent>>,
    /// Rows that came from the loser: ids, and `kind:value` of identifiers.
    pub rows: BTreeSet<String>,
    /// Holds that came from the loser; there they stand still.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub holds: BTreeSet<HoldId>,
    /// Rows added since: nobody can say whose they would have been.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub added: BTreeSet<String>,
}

/// Where an account went that was merged into another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergedInto {
    /// Into which account.
    pub survivor: AccountId,
    /// The stage in which it was.
    pub from: Stage,
    /// When.
    pub at: Timestamp,
}

/// The other account of a merge or an unmerge, as the engine found it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Other {
    /// Its state.
    pub account: Account,
    /// Where the fields of the survivor come from.
    pub survivor: BTreeMap<String, Provenance>,
    /// Where its own fields come from.
    pub loser: BTreeMap<String, Provenance>,
    /// Whether one is an ancestor of the other with accounts in between.
    pub related_above: bool,
    /// Whether the loser's limit is the lower one, at the day's rate.
    pub limit_lower: Option<bool>,
    /// Of the keys that the loser had alone, one that another account has by now.
    pub key_taken: Option<(Key, AccountId)>,
}

impl Account {
    /// Every account that is merged into this one, directly.
    pub fn losers(&self) -> impl Iterator<Item = AccountId> {
        self.merged.iter().map(|merge| merge.account)
    }

    pub(super) fn decide_merge(
        &self,
        context: &Context,
        facts: &Facts,
        (loser, picks): (AccountId, &Picks),
        reason: &Personal<String>,
    ) -> Result<Vec<Event>, Refusal> {
        let reason = stage::checked_reason(reason)?;
        if self.merged.iter().any(|merge| merge.account == loser) {
            return Ok(vec![]);
        }
        let other = self.mergeable(facts, loser)?;
        let found = survivorship(self, other, picks);
        if !found.faults.is_empty() {
            return Err(refusal::picks_invalid().with_fields(found.faults));
        }
        Ok(vec![Event::Merged {
            loser,
            changes: Box::new(found.changes),
            replaced: Box::new(found.replaced),
            rows: found.rows,
            holds: other.account.holds.clone(),
            stage: (found.stage != self.stage).then_some(found.stage),
            parents: (found.parents != self.parents).then_some(found.parents),
            reason,
            at: context.now,
        }])
    }

    /// The other account, if the two may be merged.
    fn mergeable<'f>(&self, facts: &'f Facts, loser: AccountId) -> Result<&'f Other, Refusal> {
        if loser == self.id {
            return Err(refusal::merge_itself());
        }
        let other = facts.other.as_deref().filter(|other| other.account.exists());
        let other = other.ok_or_else(refusal::loser_not_found)?;
        if other.account.merged_into.is_some() {
            return Err(refusal::loser_merged());
        }
        if other.account.deleted_at.is_some() || other.account.stage == Stage::Erased {
            return Err(refusal::loser_not_found());
        }
        if self.stage == Stage::Closed {
            return Err(refusal::closed());
        }
        if self.contradicts(&other.account) {
            return Err(refusal::tax_ids_differ());
        }
        if other.related_above {
            return Err(refusal::merge_cycle());
        }
        Ok(other)
    }

    /// Whether both have a tax number of one country and they differ: then they are two companies. Every number on
    /// record passed the check of its kind.
    fn contradicts(&self, other: &Self) -> bool {
        let country = |account: &Self| {
            let tax = account.tax_id.as_ref()?;
            let prefix =
                tax.value.get(..2).filter(|prefix| prefix.bytes().all(|byte| byte.is_ascii_uppercase()));
            tax.country.clone().or_else(|| prefix.map(str::to_owned))
        };
        let pair = self.tax_id.as_ref().zip(other.tax_id.as_ref());
        pair.is_some_and(|(one, two)| {
            let alike = one.kind.is_none() || two.kind.is_none() || one.kind == two.kind;
            alike && one.value != two.value && country(self) == country(other)
        })
    }

    pub(super) fn decide_unmerge(
        &self,
        context: &Context,
        facts: &Facts,
        loser: AccountId,
        reason: &Personal<String>,
    ) -> Result<Vec<Event>, Refusal> {
        let reason = stage::checked_reason(reason)?;
        let Some(merge) = self.merged.iter().find(|merge| merge.account == loser) else {
            return Err(refusal::not_merged());
        };
        let until = merge.at.checked_add(Span::new().hours(UNMERGE_DAYS.saturating_mul(24)));
        if until.is_ok_and(|until| context.now > until) {
            return Err(refusal::unmerge_too_late());
        }
        if let Some((key, holder)) = facts.other.as_deref().and_then(|other| other.key_taken.as_ref()) {
            let mut refused = refusal::key_taken_since();
            refused.clears = format!("Take {} from {holder} first.", key.kind.as_str());
            return Err(refused);
        }
        let restored = self.without(loser);
        let theirs = facts.other.as_deref().map(|other| other.account.keys()).unwrap_or_default();
        let clash = restored.keys().into_iter().find(|key| key.kind.unique() && theirs.contains(key));
        if let Some(key) = clash {
            let mut refused = refusal::key_taken_since();
            refused.clears = format!("Take {} from {} first.", key.kind.as_str(), self.id);
            return Err(refused);
        }
        Ok(vec![Event::Unmerged {
            loser,
            changes: Box::new(Changes::between(self, &restored)),
            stage: (restored.stage != self.stage).then_some(restored.stage),
            parents: (restored.parents != self.parents).then_some(restored.parents),
            left: merge.added.clone(),
            reason,
            at: context.now,
        }])
    }

    pub(super) fn evolve_merge(&mut self, event: &Event) {
        let at = match event {
            Event::Merged { loser, changes, replaced, rows, holds, stage, parents, at, .. } => {
                // What holds the one, holds the two: a merge is no way out of a hold.
                self.holds.extend(holds.iter().cloned());
                let merge = Merge {
                    account: *loser,
                    at: *at,
                    replaced: replaced.clone(),
                    stage: stage.map(|_| self.stage),
                    parents: parents.as_ref().map(|_| self.parents.clone()),
                    rows: rows.clone(),
                    holds: holds.iter().map(|hold| hold.id).collect(),
                    added: BTreeSet::new(),
                };
                self.take_on(changes, *stage, parents.as_deref());
                self.merged.push(merge);
                at
            }
            Event::Unmerged { loser, changes, stage, parents, at, .. } => {
                let theirs = self.merged.iter().find(|merge| merge.account == *loser);
                let theirs = theirs.map(|merge| merge.holds.clone()).unwrap_or_default();
                self.holds.retain(|hold| !theirs.contains(&hold.id));
                self.forget(*loser);
                self.take_on(changes, *stage, parents.as_deref());
                at
            }
            Event::MergedInto { survivor, at } => {
                self.merged_into = Some(MergedInto { survivor: *survivor, from: self.stage, at: *at });
                self.stage = Stage::Closed;
                at
            }
            Event::SplitOff { changes, at, .. } => {
                if let Some(merged) = self.merged_into.take() {
                    self.stage = merged.from;
                }
                changes.apply(self);
                at
            }
            _ => return,
        };
        self.updated_at = Some(*at);
    }

    fn take_on(&mut self, changes: &Changes, stage: Option<Stage>, parents: Option<&[Parent]>) {
        changes.apply(self);
        self.stage = stage.unwrap_or(self.stage);
        if let Some(parents) = parents {
            self.parents = parents.to_vec();
        }
    }

    /// What an edit means for the merges before it: what it touches is the survivor's own from now on.
    pub(super) fn edited(&mut self, changes: &Changes) {
        for merge in &mut self.merged {
            merge.replaced.drop_touched(changes);
            merge.added.extend(changes.added_rows().into_iter().filter(|row| !merge.rows.contains(row)));
        }
    }
}

/// What happens to the loser of a merge.
#[must_use]
pub fn merged_into(survivor: AccountId, at: Timestamp) -> Event {
    Event::MergedInto { survivor, at }
}

/// What happens to the loser once it is taken out of the survivor: its rows come back as they stand there.
#[must_use]
pub fn split_off(loser: &Account, survivor: &Account, at: Timestamp) -> Event {
    Event::SplitOff { survivor: survivor.id, changes: Box::new(apart::rows_back(loser, survivor)), at }
}

/// The fault of a field that nobody can pick.
fn not_pickable(field: &str) -> FieldFault {
    FieldFault::new(format!("/picks/{field}"), "not_pickable", "there is no such field to pick")
}
