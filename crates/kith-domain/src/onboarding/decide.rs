//! The rules of a case.

use super::{
    Command, Entry, Event, Evidence, Onboarding, REMINDERS_HOURS, RejectCode, StepName, StepState, refusal,
};
use crate::context::Context;
use crate::decider::Decider;
use crate::refusal::Refusal;
use crate::value::{Personal, paragraph};

/// Most entries in the trail of one step: who runs a step again and again learns nothing.
const TRAIL_MAX: usize = 1_000;

impl Decider for Onboarding {
    type Command = Command;
    type Event = Event;
    type Facts = ();

    fn decide(&self, context: &Context, (): &(), command: &Command) -> Result<Vec<Event>, Refusal> {
        if let Command::Start(started) = command {
            if self.exists() {
                return Err(refusal::exists());
            }
            let application = started.application.checked(started.account, day_of(context));
            let application = application.map_err(|faults| refusal::invalid().with_fields(faults))?;
            let started = Box::new(super::Started { application, draft: None, ..(**started).clone() });
            return Ok(vec![Event::Started { started, by: context.actor.user, at: context.now }]);
        }
        if !self.exists() {
            return Err(refusal::not_found());
        }
        if !self.is_open() {
            return self.after_its_end(command);
        }
        self.decide_open(context, command)
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Started { .. } => "onboarding.started.v1",
            Event::Amended { .. } => "onboarding.amended.v1",
            Event::StepMoved { .. } => "onboarding.step_moved.v1",
            Event::Reminded { .. } => "onboarding.reminded.v1",
            Event::Escalated { .. } => "onboarding.escalated.v1",
            Event::Completed { .. } => "onboarding.completed.v1",
            Event::Rejected { .. } => "onboarding.rejected.v1",
        }
    }
}

impl Onboarding {
    /// What has ended is not asked again; the same end once more is no news.
    fn after_its_end(&self, command: &Command) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Reject { code, .. } if self.reject_code == Some(*code) => Ok(vec![]),
            Command::Complete { .. } if self.state == super::CaseState::Completed => Ok(vec![]),
            _ => Err(refusal::ended()),
        }
    }

    fn decide_open(&self, context: &Context, command: &Command) -> Result<Vec<Event>, Refusal> {
        let at = context.now;
        match command {
            Command::Start(_) => Ok(vec![]),
            Command::Amend { application } => self.amend(context, application),
            Command::Record { step, state, reason, evidence } => {
                let reason = reason.as_ref().map(checked).transpose()?;
                self.moved(context, *step, *state, (reason, evidence))
            }
            Command::Judge { step, passed, reason, evidence } => {
                if *step == StepName::Approvals {
                    return Err(refusal::approved_elsewhere());
                }
                let state = if *passed { StepState::Passed } else { StepState::Failed };
                self.moved(context, *step, state, (Some(checked(reason)?), evidence))
            }
            Command::Await { step, reason } => {
                self.moved(context, *step, StepState::AwaitingCustomer, (Some(checked(reason)?), &[]))
            }
            Command::Waive { step, reason } => {
                if step.waived_in().is_none() {
                    return Err(refusal::not_waivable());
                }
                self.moved(context, *step, StepState::Waived, (Some(checked(reason)?), &[]))
            }
            Command::Approve => self.moved(context, StepName::Approvals, StepState::Passed, (None, &[])),
            Command::Complete { skip_probation } => {
                let open = self.open_steps();
                if open.is_empty() {
                    return Ok(vec![Event::Completed { skip_probation: *skip_probation, at }]);
                }
                Err(needs(&open))
            }
            Command::Reject { code, reason } => {
                Ok(vec![Event::Rejected { code: *code, reason: checked(reason)?, at }])
            }
            Command::Remind { step, count } => {
                let due = self.reminder_due(context, *step) == Some(*count);
                Ok(if due { vec![Event::Reminded { step: *step, count: *count, at }] } else { vec![] })
            }
            Command::Escalate { step } => {
                let due = self.escalation_due(context, *step);
                Ok(if due { vec![Event::Escalated { step: *step, at }] } else { vec![] })
            }
        }
    }

    fn amend(&self, context: &Context, application: &super::Application) -> Result<Vec<Event>, Refusal> {
        let checked = application.checked(self.account, day_of(context));
        let checked = checked.map_err(|faults| refusal::invalid().with_fields(faults))?;
        if checked == self.application {
            return Ok(vec![]);
        }
        let owners = checked.owners != self.application.owners
            || checked.owners_explained != self.application.owners_explained;
        let looked_at = [StepName::Owners, StepName::Screening].map(|step| self.step(step).is_settled());
        if owners && looked_at.contains(&true) {
            return Err(refusal::settled());
        }
        if checked.prepay != self.application.prepay && self.step(StepName::Credit).is_settled() {
            return Err(refusal::settled());
        }
        let assigned = checked.price_list != self.application.price_list
            || checked.edi_ids != self.application.edi_ids
            || checked.portal_users != self.application.portal_users;
        if assigned && self.step(StepName::Provisioning).is_settled() {
            return Err(refusal::settled());
        }
        Ok(vec![Event::Amended { application: Box::new(checked), at: context.now }])
    }

    /// A step that stands elsewhere now. What is settled stays so; nothing begins before what it needs.
    fn moved(
        &self,
        context: &Context,
        step: StepName,
        state: StepState,
        (reason, evidence): (Option<Personal<String>>, &[Evidence]),
    ) -> Result<Vec<Event>, Refusal> {
        let held = self.step(step);
        let said = self.steps.get(&step).and_then(|record| record.trail.last());
        let same = said.is_some_and(|entry| entry.reason == reason && entry.evidence == evidence);
        if held == state && (held.is_settled() || same) {
            return Ok(vec![]);
        }
        if held.is_settled() {
            return Err(refusal::settled());
        }
        let blocked = self.blocked_by(step);
        if !blocked.is_empty() {
            return Err(needs(&blocked));
        }
        if state == StepState::NotStarted {
            return Err(refusal::invalid());
        }
        if self.steps.get(&step).is_some_and(|record| record.trail.len() >= TRAIL_MAX) && !state.is_settled()
        {
            return Err(refusal::too_often());
        }
        let evidence = evidence.to_vec();
        let entry = Entry { state, reason, evidence, by: context.actor.user, at: context.now };
        Ok(vec![Event::StepMoved { step, entry: Box::new(entry) }])
    }

    /// The reminder that is due for a step, from 1; none where none is.
    #[must_use]
    pub fn reminder_due(&self, context: &Context, step: StepName) -> Option<u8> {
        let record = self.steps.get(&step).filter(|record| record.state == StepState::AwaitingCustomer)?;
        let hours = *REMINDERS_HOURS.get(usize::from(record.reminders))?;
        let waited = context.now.as_second().saturating_sub(record.since?.as_second());
        (waited >= hours.saturating_mul(3_600)).then_some(record.reminders.saturating_add(1))
    }

    /// Whether a step of ours took longer than it may, and nobody was told. While the customer is waited for the clock
    /// stands still (D§2.5), and nobody of ours is late.
    #[must_use]
    pub fn escalation_due(&self, context: &Context, step: StepName) -> bool {
        let Some(record) = self.steps.get(&step) else { return false };
        let ours = !record.state.is_settled() && !self.clock.is_paused();
        ours && record.escalated_at.is_none() && self.due_at(step).is_some_and(|due| context.now >= due)
    }

    /// Whether nothing happened for so long that it is put up to be turned down.
    #[must_use]
    pub fn is_idle(&self, context: &Context) -> bool {
        let until = self
            .touched_at
            .and_then(|at| at.checked_add(jiff::Span::new().hours(super::IDLE_DAYS.saturating_mul(24))).ok());
        self.is_open() && until.is_some_and(|until| context.now >= until)
    }
}

impl RejectCode {
    /// What is said of a case that nothing happened to.
    pub const IDLE_REASON: &'static str = "Nothing happened for 30 days.";
}

fn needs(steps: &[StepName]) -> Refusal {
    let words: Vec<&str> = steps.iter().map(|step| step.as_str()).collect();
    let mut refused = refusal::too_early();
    refused.sentence = format!("It waits for {}.", words.join(", "));
    refused.clears = format!("Settle {} first.", words.join(", "));
    refused
}

/// The last day that it can be anywhere: nobody's today is refused as a day to come.
fn day_of(context: &Context) -> jiff::civil::Date {
    let today = context.now.to_zoned(jiff::tz::TimeZone::UTC).date();
    today.tomorrow().unwrap_or(today)
}

fn checked(reason: &Personal<String>) -> Result<Personal<String>, Refusal> {
    let text = reason.get().and_then(|text| paragraph(text, 2_000).ok());
    let text = text.ok_or_else(refusal::reason_invalid)?;
    Ok(Personal { subject: reason.subject.clone(), value: Some(text) })
}
