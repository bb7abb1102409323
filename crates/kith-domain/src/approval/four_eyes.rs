//! Who may decide: four eyes in all corners, and the duties that one person must not hold together (D§5.2).

use jiff::Timestamp;

use super::{Change, ChangeState, Decision, Operation, Schedule, Step, Word, refusal};
use crate::access::{Principal, Role, RoleGrant};
use crate::context::{ActorKind, Context};
use crate::policy::{Calendar, Times};
use crate::refusal::Refusal;
use crate::value::{DelegationId, EntityCode, UserId};

/// How a person is bound to what a change touches.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Relations {
    /// Answers for or sells to the account, now or once the change is applied.
    pub serves: bool,
    /// Belongs to the company: an address of the account is theirs.
    pub represents: bool,
    /// Created the account.
    pub created: bool,
    /// Brought the file that is imported.
    pub imported: bool,
}

/// Somebody who delegated decisions on this change to whoever asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegated {
    /// Under which delegation.
    pub id: DelegationId,
    /// Who.
    pub from: UserId,
    /// The roles they hold today.
    pub roles: Vec<RoleGrant>,
    /// How they are bound to it.
    pub relations: Relations,
}

/// What the rules need to know.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Who asks, with the roles held today.
    pub principal: Principal,
    /// How they are bound to what the change touches.
    pub relations: Relations,
    /// Who delegated decisions on it to them; only delegations that hold now and cover it.
    pub delegated: Vec<Delegated>,
    /// Whether they may edit changes of others to this target.
    pub may_edit: bool,
    /// When people work.
    pub calendar: Calendar,
    /// The zone in which they do.
    pub zone: String,
}

impl Facts {
    /// The facts of somebody who is bound to nothing.
    #[must_use]
    pub fn of(principal: Principal) -> Self {
        Self {
            principal,
            relations: Relations::default(),
            delegated: Vec::new(),
            may_edit: false,
            calendar: Calendar::default(),
            zone: "UTC".into(),
        }
    }

    /// When a step that begins now must be looked after.
    pub(super) fn schedule(&self, times: &Times, entity: Option<&EntityCode>, start: Timestamp) -> Schedule {
        let after = |minutes| self.calendar.after(start, minutes, &self.zone, entity);
        Schedule {
            started_at: start,
            remind_at: after(times.remind_minutes),
            escalate_at: after(times.escalate_minutes),
            escalate_again_at: times.escalate_again_minutes.map(after),
        }
    }

    /// When a change that begins now lapses.
    pub(super) fn expiry(&self, times: &Times, entity: Option<&EntityCode>, start: Timestamp) -> Timestamp {
        let minutes = times.expire_days.saturating_mul(self.calendar.minutes_of_day());
        self.calendar.after(start, minutes, &self.zone, entity)
    }
}

fn holds(roles: &[RoleGrant], step: &Step) -> Option<Role> {
    let entity = step.entity.as_ref();
    step.roles().find(|role| roles.iter().any(|held| held.role == *role && held.reaches(entity)))
}

impl Change {
    /// Whether a person had a hand in the change: submitted it, has it submitted, or edited it.
    fn is_of(&self, user: UserId) -> bool {
        self.submitted_by.as_ref().is_some_and(|actor| actor.user == Some(user))
            || self.on_behalf_of == Some(user)
            || self.editors.contains(&user)
    }

    /// Whether a person has decided on this revision, or somebody has for them.
    fn has_decided(&self, user: UserId) -> bool {
        let mut decisions = self.steps.iter().flat_map(|step| &step.decisions);
        decisions.any(|decision| decision.by == user || decision.on_behalf_of == Some(user))
    }

    /// The place of the step that the principal may decide now, and the decision as it would stand on record.
    pub(super) fn decider(
        &self,
        context: &Context,
        facts: &Facts,
        word: &Word,
    ) -> Result<(usize, Decision), Refusal> {
        let by = person(facts)?;
        // Who acts through a program or an agent is its submitter all the same.
        if self.is_of(by) {
            return Err(refusal::own_change());
        }
        if self.has_decided(by) {
            return Err(refusal::already_decided());
        }
        if self.state != ChangeState::Waiting {
            return Err(refusal::not_waiting());
        }
        if self.has_lapsed(context.now) {
            return Err(refusal::lapsed());
        }
        if word.revision.is_some_and(|seen| seen != self.revision) {
            return Err(refusal::revision_moved());
        }
        if facts.delegated.iter().any(|delegated| self.is_of(delegated.from)) {
            return Err(refusal::delegator_submitted());
        }
        let Some((place, step)) = self.next_step() else { return Err(refusal::not_waiting()) };
        let (role, delegated) = self.role_for(facts, step)?;
        self.duties_apart(&facts.relations)?;
        if let Some(delegated) = delegated {
            self.duties_apart(&delegated.relations)?;
        }
        let decision = Decision {
            by,
            on_behalf_of: delegated.map(|delegated| delegated.from),
            delegation: delegated.map(|delegated| delegated.id),
            role,
            at: context.now,
            comment: None,
            batch: word.batch.clone(),
        };
        Ok((place, decision))
    }

    /// Whether the principal could take the next step now.
    #[must_use]
    pub fn may_decide(&self, context: &Context, facts: &Facts) -> bool {
        self.decider(context, facts, &Word::default()).is_ok()
    }

    /// In which role the principal takes the step: their own, or that of somebody who delegated it.
    fn role_for<'f>(&self, facts: &'f Facts, step: &Step) -> Result<(Role, Option<&'f Delegated>), Refusal> {
        if let Some(role) = holds(&facts.principal.roles, step) {
            return Ok((role, None));
        }
        let mut decided = false;
        for delegated in &facts.delegated {
            let Some(role) = holds(&delegated.roles, step) else { continue };
            if self.has_decided(delegated.from) {
                decided = true;
                continue;
            }
            return Ok((role, Some(delegated)));
        }
        let mut refused = if decided { refusal::already_decided() } else { refusal::wrong_role() };
        refused.clears = format!("Let somebody else in the role {} decide.", step.role.title());
        Err(refused)
    }

    /// Duties that one person must not hold together.
    fn duties_apart(&self, relations: &Relations) -> Result<(), Refusal> {
        let releases =
            matches!(self.operation, Some(Operation::HoldRelease | Operation::ComplianceHoldRelease));
        if relations.serves && (self.touches_credit() || self.operation == Some(Operation::HoldRelease)) {
            return Err(refusal::own_account());
        }
        if relations.represents {
            return Err(refusal::own_company());
        }
        if relations.imported
            && matches!(self.operation, Some(Operation::ImportExecute | Operation::ImportRevert))
        {
            return Err(refusal::own_import());
        }
        if relations.created && releases {
            return Err(refusal::own_creation());
        }
        Ok(())
    }

    /// Whether it sets a credit limit or payment terms, for one entity or all.
    fn touches_credit(&self) -> bool {
        let credit = |field: &str| matches!(field, "credit_limit" | "payment_terms");
        let shown = self.diff.iter().any(|diff| diff.path.split('/').any(credit));
        let Some(crate::Command::Account { command, .. }) = self.command.as_deref() else { return shown };
        shown || crate::account::fields_touched(command).iter().any(|field| credit(field))
    }

    /// In an emergency the CFO takes all steps that are left: not on an own change, and never against sanctions.
    pub(super) fn breaker(&self, context: &Context, facts: &Facts) -> Result<Decision, Refusal> {
        let by = person(facts)?;
        if self.is_of(by) {
            return Err(refusal::own_change());
        }
        if self.state != ChangeState::Waiting {
            return Err(refusal::not_waiting());
        }
        if self.has_lapsed(context.now) {
            return Err(refusal::lapsed());
        }
        if !facts.principal.holds(Role::Cfo, self.steps.iter().find_map(|step| step.entity.as_ref())) {
            return Err(refusal::cfo_only());
        }
        let sanctions = matches!(
            self.operation,
            Some(Operation::ComplianceHoldRelease | Operation::MatchOverride | Operation::PolicySet)
        );
        if sanctions || self.reasons.iter().any(|reason| reason.code == "open_compliance") {
            return Err(refusal::glass_stays());
        }
        self.duties_apart(&facts.relations)?;
        Ok(Decision {
            by,
            on_behalf_of: None,
            delegation: None,
            role: Role::Cfo,
            at: context.now,
            comment: None,
            batch: None,
        })
    }
}

/// A person with a session or a token of their own; programs, agents and Kith itself never decide.
fn person(facts: &Facts) -> Result<UserId, Refusal> {
    match (facts.principal.actor.kind, facts.principal.user()) {
        (ActorKind::User, Some(user)) => Ok(user),
        _ => Err(refusal::people_only()),
    }
}
