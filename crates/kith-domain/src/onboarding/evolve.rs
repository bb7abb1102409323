//! What an event makes of a case.

use super::{CaseState, Entry, Event, Onboarding, RejectCode, Started, StepName, StepState};

impl Onboarding {
    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Started { started, by, at } => {
                let Started { id, account, entity, customer_type, application, .. } = (**started).clone();
                self.started_by = *by;
                (self.id, self.account, self.entity) = (id, account, entity);
                (self.customer_type, self.application) = (customer_type, application);
                self.clock.submitted_at = Some(*at);
                self.touched_at = Some(*at);
            }
            Event::Amended { application, at } => {
                self.application = (**application).clone();
                self.touched_at = Some(*at);
            }
            Event::StepMoved { step, entry } => self.step_moved(*step, entry),
            Event::Reminded { step, count, .. } => {
                self.steps.entry(*step).or_default().reminders = *count;
            }
            Event::Escalated { step, at } => {
                self.steps.entry(*step).or_default().escalated_at = Some(*at);
            }
            Event::Completed { skip_probation, at } => {
                self.state = CaseState::Completed;
                self.skipped_probation = *skip_probation;
                self.clock.stop(*at);
            }
            Event::Rejected { code, reason, at } => {
                let withdrawn = *code == RejectCode::Withdrawn;
                self.state = if withdrawn { CaseState::Withdrawn } else { CaseState::Rejected };
                self.reject_code = Some(*code);
                self.reject_reason = Some(reason.clone());
                self.clock.stop(*at);
            }
        }
    }

    fn step_moved(&mut self, step: StepName, entry: &Entry) {
        let at = entry.at;
        let record = self.steps.entry(step).or_default();
        record.started_at = record.started_at.or(Some(at));
        if record.state != entry.state {
            record.since = Some(at);
            record.reminders = 0;
        }
        record.state = entry.state;
        record.settled_at = entry.state.is_settled().then_some(at);
        record.trail.push(entry.clone());
        if step == StepName::Intake && entry.state == StepState::Passed {
            self.clock.complete_at = Some(at);
        }
        self.touched_at = Some(at);
        let waits = self.stands_still();
        self.clock.turn(waits, at);
    }
}
