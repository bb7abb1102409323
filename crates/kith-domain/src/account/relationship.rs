//! How an account is related to others, for how long and to what share (D§1.4).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Account, Command, Event, Facts, RelationshipKind, refusal};
use crate::context::Context;
use crate::refusal::{FieldFault, Refusal};
use crate::value::{AccountId, RelationshipId, line};

/// A relationship of the account to another one, read from the account: it `owns` the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relationship {
    /// Which relationship.
    pub id: RelationshipId,
    /// The other account.
    pub to: AccountId,
    /// What kind.
    pub kind: RelationshipKind,
    /// Hundredths of a percent, for a share.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share_bp: Option<u16>,
    /// First day.
    pub valid_from: Date,
    /// Last day; open when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl Relationship {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }

    fn meets(&self, other: &Self) -> bool {
        self.valid_to.is_none_or(|last| other.valid_from <= last)
            && other.valid_to.is_none_or(|last| self.valid_from <= last)
    }
}

impl Account {
    pub(super) fn decide_relationship(
        &self,
        context: &Context,
        facts: &Facts,
        command: &Command,
    ) -> Result<Vec<Event>, Refusal> {
        self.takes_edits()?;
        match command {
            Command::Relate { relationship } => {
                let held = self.relationships.iter().find(|held| held.id == relationship.id);
                let relationship = self.checked(facts, relationship)?;
                if held == Some(&relationship) {
                    return Ok(vec![]);
                }
                if held.is_some_and(|held| held.to != relationship.to || held.kind != relationship.kind) {
                    return Err(refusal::relationship_fixed());
                }
                let rival = self.relationships.iter().find(|held| {
                    held.id != relationship.id
                        && held.to == relationship.to
                        && held.kind == relationship.kind
                        && held.meets(&relationship)
                });
                if let Some(rival) = rival {
                    let mut refused = refusal::relationship_exists();
                    refused.clears = format!("Change or end {} instead.", rival.id);
                    return Err(refused);
                }
                Ok(vec![Event::Related { relationship, at: context.now }])
            }
            Command::Unrelate { id } => {
                if !self.relationships.iter().any(|held| held.id == *id) {
                    return Err(refusal::relationship_not_found());
                }
                Ok(vec![Event::Unrelated { id: *id, at: context.now }])
            }
            _ => Ok(vec![]),
        }
    }

    fn checked(&self, facts: &Facts, given: &Relationship) -> Result<Relationship, Refusal> {
        let mut relationship = given.clone();
        let mut faults = Vec::new();
        let mut fault = |place: &str, code: &str, message: &str| {
            faults.push(FieldFault::new(place, code, message));
        };
        if given.to == self.id {
            fault("/to", "itself", "an account is not related to itself");
        } else if !facts.related_found {
            fault("/to", "account_unknown", "there is no such account");
        }
        match given.kind {
            RelationshipKind::ParentOf => fault(
                "/type",
                "parent_elsewhere",
                "a parent is set at the child: PUT /api/v1/accounts/{id}/parent",
            ),
            RelationshipKind::SameAs => {
                fault("/type", "merge_elsewhere", "two accounts of one customer are merged: POST …/merge");
            }
            _ => {}
        }
        if given.share_bp.is_some_and(|share| share > 10_000) {
            fault("/percent", "out_of_range", "a share is 0 to 100 percent");
        }
        if given.share_bp.is_some() && given.kind != RelationshipKind::Owns {
            fault("/percent", "not_a_share", "only owning has a percentage");
        }
        if given.valid_to.is_some_and(|last| last < given.valid_from) {
            fault("/valid_to", "ends_before_start", "the last day lies before the first");
        }
        if let Some(source) = &given.source {
            match line(source, 200) {
                Ok(source) => relationship.source = Some(source),
                Err(error) => fault("/source", error.code(), &error.to_string()),
            }
        }
        if faults.is_empty() {
            Ok(relationship)
        } else {
            Err(refusal::relationship_invalid().with_fields(faults))
        }
    }

    pub(super) fn evolve_kin(&mut self, event: &Event) {
        let at = match event {
            Event::ParentChanged { parents, at, .. } => {
                self.parents.clone_from(parents);
                self.merged.iter_mut().for_each(|merge| merge.parents = None);
                at
            }
            Event::Related { relationship, at } => {
                match self.relationships.iter_mut().find(|held| held.id == relationship.id) {
                    Some(held) => held.clone_from(relationship),
                    None => self.relationships.push(relationship.clone()),
                }
                at
            }
            Event::Unrelated { id, at } => {
                self.relationships.retain(|held| held.id != *id);
                at
            }
            _ => return,
        };
        self.updated_at = Some(*at);
    }
}
