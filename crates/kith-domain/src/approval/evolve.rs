//! What a change is after each event: the only place that sets its fields.

use super::{Change, ChangeState, Event, Former, Glass, Schedule, StepState, Submission};
use crate::context::Actor;

impl Change {
    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Submitted { submission, by, at, expires_at } => {
                self.take(submission);
                self.revision = 1;
                self.on_behalf_of = submission.on_behalf_of;
                self.submitted_by = Some(by.clone());
                self.submitted_at = Some(*at);
                self.expires_at = Some(*expires_at);
            }
            Event::Edited { submission, by, at, expires_at } => {
                self.void(by, *at);
                self.take(submission);
                self.revision = self.revision.saturating_add(1);
                self.expires_at = Some(*expires_at);
                if self.submitted_by.as_ref().and_then(|actor| actor.user) != by.user {
                    self.editors.extend(by.user);
                }
            }
            Event::StepApproved { step, decision, complete, next, last } => {
                self.decided(*step, decision, complete.then_some(StepState::Approved));
                self.schedule(step.saturating_add(1), *next);
                if *last {
                    self.state = ChangeState::Applying;
                }
            }
            Event::Rejected { step, decision } => {
                self.decided(*step, decision, Some(StepState::Rejected));
                self.settle(ChangeState::Rejected, decision.at);
            }
            Event::Cancelled { at, .. } => self.settle(ChangeState::Cancelled, *at),
            Event::Commented { remark } => self.comments.push(remark.clone()),
            Event::Opened { by, .. } => {
                self.opened_by.insert(*by);
            }
            Event::GlassBroken { decision, review_by } => {
                self.glass = Some(Glass { decision: decision.clone(), review_by: *review_by, review: None });
                self.state = ChangeState::Applying;
            }
            Event::GlassReviewed { remark } => {
                if let Some(glass) = &mut self.glass {
                    glass.review = Some(remark.clone());
                }
            }
            Event::Reminded { step, at } => {
                if let Some(step) = self.steps.get_mut(*step) {
                    step.reminded_at = Some(*at);
                }
            }
            Event::Escalated { step, escalation } => {
                if let Some(step) = self.steps.get_mut(*step) {
                    step.escalations.push(escalation.clone());
                }
            }
            Event::Expired { at } => self.settle(ChangeState::Expired, *at),
            Event::Applied { at, result, rebase } => {
                self.settle(ChangeState::Applied, *at);
                self.result = Some(result.clone());
                self.rebase = *rebase;
            }
            Event::WentStale { at, version, conflicts } => {
                self.settle(ChangeState::Stale, *at);
                let fields: Vec<&str> = conflicts.iter().map(|conflict| conflict.path.as_str()).collect();
                self.result = Some(serde_json::json!({ "version": version, "fields": fields }));
                self.conflicts.clone_from(conflicts);
            }
            Event::Failed { at, result } => {
                self.settle(ChangeState::Failed, *at);
                self.result = Some(result.clone());
            }
        }
    }

    /// Takes over what is submitted; who submitted it, and what was said, stays.
    fn take(&mut self, submission: &Submission) {
        let submission = submission.clone();
        self.id = submission.id;
        self.operation = Some(submission.operation);
        self.command = Some(submission.command);
        self.targets = submission.targets;
        self.base_version = submission.base_version;
        self.lane = submission.lane;
        self.reasons = submission.reasons;
        self.policy_version = submission.policy_version;
        self.amount = submission.amount;
        self.times = submission.times;
        self.steps = submission.steps;
        self.state = ChangeState::Waiting;
        self.reason = submission.reason;
        self.diff = submission.diff;
        self.warnings = submission.warnings;
        self.payload_hash = submission.payload_hash;
        self.opened_by.clear();
        self.conflicts.clear();
        self.result = None;
        self.settled_at = None;
    }

    /// Keeps what was approved, as void.
    fn void(&mut self, by: &Actor, at: jiff::Timestamp) {
        self.former.push(Former {
            revision: self.revision,
            payload_hash: self.payload_hash.clone(),
            diff: std::mem::take(&mut self.diff),
            decisions: self.steps.iter().flat_map(|step| step.decisions.clone()).collect(),
            edited_by: by.clone(),
            edited_at: at,
        });
    }

    fn decided(&mut self, step: usize, decision: &super::Decision, state: Option<StepState>) {
        if let Some(step) = self.steps.get_mut(step) {
            step.decisions.push(decision.clone());
            step.state = state.unwrap_or(step.state);
        }
    }

    fn schedule(&mut self, step: usize, schedule: Option<Schedule>) {
        if let (Some(step), Some(schedule)) = (self.steps.get_mut(step), schedule) {
            step.schedule = Some(schedule);
        }
    }

    fn settle(&mut self, state: ChangeState, at: jiff::Timestamp) {
        self.state = state;
        self.settled_at = Some(at);
    }
}
