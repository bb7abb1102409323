//! The rules of orders.

use std::collections::BTreeSet;

use jiff::SignedDuration;

use super::{Amendment, Assessment, Command, Event, Order, OrderState, Progress, RuleSeverity, refusal};
use crate::access::Role;
use crate::context::{ActorKind, Context};
use crate::credit::Outcome;
use crate::decider::Decider;
use crate::refusal::{FieldFault, Refusal};
use crate::value::{AccountId, Personal, UserId};

/// How long a release holds.
pub const RELEASE_HOURS: i64 = 72;

/// What the rules need to know.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// What the touchpoints say became of it.
    pub progress: Progress,
    /// Those who look after the customer.
    pub looking_after: BTreeSet<UserId>,
    /// Whether the caller holds the role that the amount needs, or one above.
    pub has_authority: bool,
    /// Whether credit would reject it now.
    pub would_reject: bool,
}

/// What comes of an assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Go { overridden: bool },
    Hold,
    Reject,
}

impl Decider for Order {
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    fn decide(&self, context: &Context, facts: &Facts, command: &Command) -> Result<Vec<Event>, Refusal> {
        let at = context.now;
        match command {
            Command::Receive(order) if self.exists() => {
                let same = self.order_no == order.order_no && self.content == order.content;
                if same { Ok(vec![]) } else { Err(refusal::exists()) }
            }
            Command::Receive(order) => Ok(vec![Event::Received { order: order.clone(), at }]),
            _ if !self.exists() => Err(refusal::not_found()),
            Command::Assess(assessment) => Ok(self.assess(context, assessment)),
            Command::Recheck(assessment) => Ok(self.recheck(context, assessment)),
            Command::Release { account, required, reason } => {
                self.let_go(context, facts, (*account, *required, reason.clone()))
            }
            Command::Amend(amendment) => self.change(context, facts, amendment),
            Command::Cancel { reason } => self.cancel(context, facts, reason.clone()),
            Command::Record { change } if *change <= self.recorded || *change > self.change => Ok(vec![]),
            Command::Record { change } => Ok(vec![Event::Recorded { change: *change, at }]),
        }
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Received { .. } => "order.received.v1",
            Event::Validated { .. } => "order.validated.v1",
            Event::CreditChecked { .. } => "order.credit_checked.v1",
            Event::Held { .. } => "order.held.v1",
            Event::Released { .. } => "order.released.v1",
            Event::Confirmed { .. } => "order.confirmed.v1",
            Event::Rejected { .. } => "order.rejected.v1",
            Event::Amended { .. } => "order.amended.v1",
            Event::Cancelled { .. } => "order.cancelled.v1",
            Event::Recorded { .. } => "order.recorded.v1",
        }
    }
}

/// The gravest of what was found.
fn gravest(assessment: &Assessment) -> RuleSeverity {
    let findings = assessment.findings.iter().map(|finding| finding.severity);
    findings.max().unwrap_or(RuleSeverity::Off)
}

/// What an assessment comes to.
fn verdict(assessment: &Assessment, released: bool) -> Verdict {
    let outcome = assessment.decision.as_ref().map(|decision| decision.outcome);
    let grave = gravest(assessment);
    if grave == RuleSeverity::Reject || outcome == Some(Outcome::Reject) {
        return Verdict::Reject;
    }
    if assessment.matched.account.is_none() || assessment.total.is_none() {
        return Verdict::Hold;
    }
    match outcome {
        Some(outcome) if outcome.goes() && grave < RuleSeverity::Hold => Verdict::Go { overridden: false },
        Some(_) if released => Verdict::Go { overridden: true },
        Some(_) | None => Verdict::Hold,
    }
}

/// What was found out, and how it ends.
fn found(assessment: &Assessment, ending: Event, at: jiff::Timestamp) -> Vec<Event> {
    let Assessment { matched, entity, findings, lines, total, decision, signals, .. } = assessment.clone();
    let (reservation, reserved_until) = (assessment.reservation.clone(), assessment.reserved_until);
    vec![
        Event::Validated { matched, entity, findings, lines, total, at },
        Event::CreditChecked { decision, reservation, reserved_until, signals, at },
        ending,
    ]
}

impl Order {
    fn assess(&self, context: &Context, assessment: &Assessment) -> Vec<Event> {
        let at = context.now;
        let released = self.state == OrderState::Held && self.release_at(at).is_some();
        if self.state != OrderState::Received && !(self.state == OrderState::Held && self.release.is_some()) {
            return vec![];
        }
        let ending = match verdict(assessment, released) {
            Verdict::Go { overridden } => Event::Confirmed { overridden, at },
            Verdict::Hold => Event::Held { at },
            Verdict::Reject => Event::Rejected { at },
        };
        found(assessment, ending, at)
    }

    /// What is still held stays so, with the reasons of now; a person rejects it, no look at the queue does.
    fn recheck(&self, context: &Context, assessment: &Assessment) -> Vec<Event> {
        let at = context.now;
        if self.state != OrderState::Held || self.release_at(at).is_some() {
            return vec![];
        }
        if matches!(verdict(assessment, false), Verdict::Go { .. }) {
            return found(assessment, Event::Confirmed { overridden: false, at }, at);
        }
        let same = self.findings == assessment.findings
            && self.matched == assessment.matched
            && self.entity == assessment.entity
            && self.decision == assessment.decision
            && self.lines == assessment.lines
            && self.total == assessment.total
            && self.signals == assessment.signals
            && self.reservation == assessment.reservation;
        if same { vec![] } else { found(assessment, Event::Held { at }, at) }
    }

    fn let_go(
        &self,
        context: &Context,
        facts: &Facts,
        (account, required, reason): (Option<AccountId>, Option<Role>, Option<Personal<String>>),
    ) -> Result<Vec<Event>, Refusal> {
        let by = context.actor.user.filter(|_| context.actor.kind == ActorKind::User);
        let by = by.ok_or_else(refusal::people_only)?;
        if self.state != OrderState::Held {
            return Err(refusal::not_held());
        }
        if self.release_at(context.now).is_some() {
            return Ok(vec![]);
        }
        if self.placed_by == Some(by) || facts.looking_after.contains(&by) {
            return Err(refusal::own_release());
        }
        if account.or(self.matched.account).is_none() {
            return Err(refusal::account_unknown());
        }
        // Whose order was not known until now is priced with the account.
        if self.total.is_none() && self.matched.account.is_some() {
            return Err(refusal::amount_unknown());
        }
        if !facts.has_authority {
            return Err(required.map_or_else(refusal::authority, refusal::authority_of));
        }
        if facts.would_reject {
            return Err(refusal::would_reject());
        }
        let at = context.now;
        let expires_at = at.saturating_add(SignedDuration::from_hours(RELEASE_HOURS)).unwrap_or(at);
        let account = account.filter(|_| self.matched.account.is_none());
        Ok(vec![Event::Released { by, account, reason, at, expires_at }])
    }

    fn must_be_open(&self, facts: &Facts) -> Result<(), Refusal> {
        if !matches!(self.state, OrderState::Received | OrderState::Held | OrderState::Confirmed) {
            return Err(refusal::not_open());
        }
        if facts.progress.delivered || facts.progress.invoiced {
            return Err(refusal::under_way());
        }
        if facts.progress.cancelled {
            return Err(refusal::not_open());
        }
        Ok(())
    }

    fn change(&self, context: &Context, facts: &Facts, amendment: &Amendment) -> Result<Vec<Event>, Refusal> {
        self.must_be_open(facts)?;
        if self.content == amendment.content {
            return Ok(vec![]);
        }
        let event = || vec![Event::Amended { amendment: Box::new(amendment.clone()), at: context.now }];
        if self.state != OrderState::Confirmed {
            return Ok(event());
        }
        let assessment = &amendment.assessment;
        let currency = |total: Option<crate::value::Money>| total.map(|total| total.currency);
        let moves = assessment.matched.account != self.matched.account || assessment.entity != self.entity;
        if moves || (assessment.total.is_some() && currency(assessment.total) != currency(self.total)) {
            return Err(refusal::amend_moves());
        }
        let stands = assessment.decision.as_ref().is_some_and(|decision| !decision.outcome.goes());
        if stands || assessment.total.is_none() || gravest(assessment) >= RuleSeverity::Hold {
            return Err(refusal::amend_refused().with_fields(against(assessment)));
        }
        Ok(event())
    }

    fn cancel(
        &self,
        context: &Context,
        facts: &Facts,
        reason: Option<Personal<String>>,
    ) -> Result<Vec<Event>, Refusal> {
        if self.state == OrderState::Cancelled {
            return Ok(vec![]);
        }
        if self.state == OrderState::Confirmed && facts.progress.cancelled {
            return Ok(vec![Event::Cancelled { reason, at: context.now }]);
        }
        self.must_be_open(facts)?;
        Ok(vec![Event::Cancelled { reason, at: context.now }])
    }
}

/// What speaks against an amendment, each at its place.
fn against(assessment: &Assessment) -> Vec<FieldFault> {
    let rules = assessment.findings.iter().filter(|finding| finding.severity >= RuleSeverity::Hold);
    let rules = rules.map(|finding| FieldFault::new(&finding.pointer, &finding.code, &finding.text));
    let credit = assessment.decision.iter().flat_map(|decision| &decision.reasons);
    let credit = credit.filter(|reason| reason.severity >= crate::credit::Severity::Hold);
    rules.chain(credit.map(|reason| FieldFault::new("", &reason.code, &reason.text))).collect()
}
