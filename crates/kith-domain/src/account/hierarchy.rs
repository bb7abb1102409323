//! Who belongs to whom: an account's parent over time (D§1.4).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Account, Event, Facts, refusal};
use crate::context::Context;
use crate::refusal::Refusal;
use crate::value::{AccountId, Personal};

/// Levels of a hierarchy at most, the root among them.
pub const DEPTH_MAX: u32 = 20;

/// The parent of an account for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parent {
    /// Which account.
    pub account: AccountId,
    /// First day.
    pub valid_from: Date,
    /// Last day; open when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
}

impl Parent {
    /// Whether it is the parent on a day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}

/// What the rule of parents must know of other accounts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KinFacts {
    /// Whether the parent is an account that can have children.
    pub parent_found: bool,
    /// Whether the account is an ancestor of the parent on any day from then on.
    pub cycle: bool,
    /// Levels above the parent, the parent among them.
    pub levels_above: u32,
    /// Levels below the account, the account among them.
    pub levels_below: u32,
}

impl Account {
    /// The parent on a day.
    #[must_use]
    pub fn parent_on(&self, day: Date) -> Option<AccountId> {
        self.parents.iter().find(|parent| parent.holds_on(day)).map(|parent| parent.account)
    }

    /// The parents that there are once it has another from a day on.
    fn parents_with(&self, parent: Option<AccountId>, from: Date) -> Vec<Parent> {
        let earlier = self.parents.iter().filter(|held| held.valid_from < from);
        let mut parents: Vec<Parent> = earlier
            .map(|held| {
                let last = from.yesterday().unwrap_or(from);
                let valid_to = Some(held.valid_to.map_or(last, |to| to.min(last)));
                Parent { valid_to, ..*held }
            })
            .collect();
        if let Some(account) = parent {
            match parents.last_mut() {
                // The same parent goes on.
                Some(held) if held.account == account && held.valid_to == from.yesterday().ok() => {
                    held.valid_to = None;
                }
                _ => parents.push(Parent { account, valid_from: from, valid_to: None }),
            }
        }
        parents
    }

    pub(super) fn decide_parent(
        &self,
        context: &Context,
        facts: &Facts,
        (parent, from): (Option<AccountId>, Date),
        reason: Option<&Personal<String>>,
    ) -> Result<Vec<Event>, Refusal> {
        self.takes_edits()?;
        let reason = reason.map(super::stage::checked_reason).transpose()?;
        if parent == Some(self.id) {
            return Err(refusal::parent_cycle());
        }
        let parents = self.parents_with(parent, from);
        if parents == self.parents {
            return Ok(vec![]);
        }
        if parent.is_some() {
            let kin = &facts.kin;
            if !kin.parent_found {
                return Err(refusal::parent_unknown());
            }
            if kin.cycle {
                return Err(refusal::parent_cycle());
            }
            if kin.levels_above.saturating_add(kin.levels_below) > DEPTH_MAX {
                return Err(refusal::parent_too_deep());
            }
        }
        Ok(vec![Event::ParentChanged { parents, reason, at: context.now }])
    }
}
