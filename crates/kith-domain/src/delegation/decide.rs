//! The rules of delegations: between approvers, for 30 days at most, never passed on.

use jiff::SignedDuration;

use super::{Command, Delegation, Event, Terms, refusal};
use crate::access::{RoleGrant, delegable};
use crate::approval::Operation;
use crate::context::{ActorKind, Context};
use crate::decider::Decider;
use crate::refusal::{FieldFault, Refusal};
use crate::value::UserId;

/// What the rules need to know.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The roles of whoever delegates.
    pub from_roles: Vec<RoleGrant>,
    /// The roles of the delegate; `None` when there is no such active user.
    pub to_roles: Option<Vec<RoleGrant>>,
    /// Whether the actor administers users, and may end anybody's delegation.
    pub is_admin: bool,
}

/// Longest delegation.
const LONGEST: SignedDuration = SignedDuration::from_hours(30 * 24);

impl Decider for Delegation {
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    fn decide(&self, context: &Context, facts: &Facts, command: &Command) -> Result<Vec<Event>, Refusal> {
        let actor = &context.actor;
        match command {
            Command::Make { id, terms } => {
                if self.exists() {
                    return Err(refusal::exists());
                }
                let from = match (actor.kind, actor.user) {
                    (ActorKind::User, Some(user)) => user,
                    _ => return Err(refusal::people_only()),
                };
                if !facts.from_roles.iter().any(|held| held.role.approves()) {
                    return Err(refusal::not_approver());
                }
                let faults = check(context, facts, from, terms);
                if !faults.is_empty() {
                    return Err(refusal::invalid().with_fields(faults));
                }
                Ok(vec![Event::Made { id: *id, from, terms: terms.clone(), at: context.now }])
            }
            Command::End => {
                let own = actor.user == Some(self.from);
                let named = self.terms.as_ref().is_some_and(|terms| actor.user == Some(terms.to));
                let may = own || named || facts.is_admin || actor.kind == ActorKind::System;
                if !self.exists() || !may {
                    return Err(refusal::not_found());
                }
                if self.ended_at.is_some() {
                    return Ok(vec![]);
                }
                Ok(vec![Event::Ended { by: actor.clone(), at: context.now }])
            }
        }
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Made { .. } => "delegation.made.v1",
            Event::Ended { .. } => "delegation.ended.v1",
        }
    }
}

fn check(context: &Context, facts: &Facts, from: UserId, terms: &Terms) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let mut fault = |member: &str, code: &str, message: &str| {
        faults.push(FieldFault::new(format!("/{member}"), code, message));
    };
    if terms.to == from {
        fault("to", "own", "nobody delegates to themselves");
    } else {
        match &facts.to_roles {
            None => fault("to", "user_unknown", "there is no such active user"),
            Some(roles) if !delegable(&facts.from_roles, roles) => {
                fault(
                    "to",
                    "role_riskier",
                    "the delegate must hold a role of equal or lower risk: one that approves",
                );
            }
            Some(_) => {}
        }
    }
    if terms.operations.iter().any(|operation| never_delegated(*operation)) {
        fault(
            "operations",
            "never_delegated",
            "nobody approves these operations, so they cannot be delegated",
        );
    }
    if terms.amount_cap.is_some_and(|cap| cap.minor < 0) {
        fault("amount_cap", "too_small", "an amount of 0 or more");
    }
    let length = terms.ends.duration_since(terms.starts);
    if length <= SignedDuration::ZERO {
        fault("ends", "too_early", "it ends after it starts");
    } else if length > LONGEST {
        fault("ends", "too_late", "a delegation lasts 30 days at most");
    } else if terms.ends <= context.now {
        fault("ends", "over", "it would be over already");
    }
    faults
}

/// Operations that are not decisions about the record.
fn never_delegated(operation: Operation) -> bool {
    matches!(
        operation,
        Operation::ChangeApprove
            | Operation::ChangeReject
            | Operation::ChangeBreakGlass
            | Operation::DelegationMake
            | Operation::DelegationEnd
    )
}
