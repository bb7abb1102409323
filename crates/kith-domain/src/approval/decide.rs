//! The rules of the change gate: in sequence, by people, each in their role, bound to the revision they saw (D§5.2).

use jiff::{SignedDuration, Timestamp};

use super::{Change, ChangeState, Command, Escalation, Event, Facts, Remark, Submission, Word, refusal};
use crate::access::Role;
use crate::context::{ActorKind, Context};
use crate::decider::Decider;
use crate::policy::Lane;
use crate::refusal::Refusal;
use crate::value::{Personal, paragraph};

type Comment = Option<Personal<String>>;

/// How long a broken glass may wait for its review.
const REVIEW: SignedDuration = SignedDuration::from_hours(24);
/// Most remarks on one change.
const COMMENTS_MAX: usize = 500;

impl Decider for Change {
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    fn decide(&self, context: &Context, facts: &Facts, command: &Command) -> Result<Vec<Event>, Refusal> {
        if let Command::Submit(submission) = command {
            return self.submit(context, facts, submission);
        }
        if !self.exists() {
            return Err(refusal::not_found());
        }
        let at = context.now;
        match command {
            // Handled above: the only command before there is a change.
            Command::Submit(_) => Ok(vec![]),
            Command::Edit(submission) => self.edit(context, facts, submission),
            Command::Approve(word) => self.approve(context, facts, word),
            Command::Reject(word) => {
                let comment = checked(word.comment.as_ref())?.ok_or_else(refusal::comment_required)?;
                let (step, mut decision) = self.decider(context, facts, word)?;
                decision.comment = Some(comment);
                Ok(vec![Event::Rejected { step, decision }])
            }
            Command::Cancel { comment } => self.cancel(context, comment.as_ref()),
            Command::Comment { text } => self.comment(context, text),
            Command::Open => self.open(context),
            Command::BreakGlass { reason } => {
                let reason = checked(reason.as_ref())?.ok_or_else(refusal::reason_required)?;
                let mut decision = self.breaker(context, facts)?;
                decision.comment = Some(reason);
                let review_by = at.checked_add(REVIEW).unwrap_or(at);
                Ok(vec![Event::GlassBroken { decision, review_by }])
            }
            Command::ReviewGlass { text } => self.review(context, text),
            Command::Remind => self.remind(at),
            Command::Escalate { level, to } => self.escalate(at, *level, *to),
            Command::Expire => match self.state {
                ChangeState::Expired => Ok(vec![]),
                ChangeState::Waiting if self.has_lapsed(at) => Ok(vec![Event::Expired { at }]),
                ChangeState::Waiting => Err(refusal::not_lapsed()),
                _ => Err(refusal::not_waiting()),
            },
            Command::MarkApplied { result, rebase } => {
                let event = Event::Applied { at, result: result.clone(), rebase: *rebase };
                self.settled_as(ChangeState::Applied, event)
            }
            Command::MarkStale { version, conflicts } => {
                let event = Event::WentStale { at, version: *version, conflicts: conflicts.clone() };
                self.settled_as(ChangeState::Stale, event)
            }
            Command::MarkFailed { result } => {
                self.settled_as(ChangeState::Failed, Event::Failed { at, result: result.clone() })
            }
        }
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Submitted { .. } => "change.submitted.v1",
            Event::Edited { .. } => "change.edited.v1",
            Event::StepApproved { .. } => "change.step_approved.v1",
            Event::Rejected { .. } => "change.rejected.v1",
            Event::Cancelled { .. } => "change.cancelled.v1",
            Event::Commented { .. } => "change.commented.v1",
            Event::Opened { .. } => "change.opened.v1",
            Event::GlassBroken { .. } => "change.glass_broken.v1",
            Event::GlassReviewed { .. } => "change.glass_reviewed.v1",
            Event::Reminded { .. } => "change.reminded.v1",
            Event::Escalated { .. } => "change.escalated.v1",
            Event::Expired { .. } => "change.expired.v1",
            Event::Applied { .. } => "change.applied.v1",
            Event::WentStale { .. } => "change.went_stale.v1",
            Event::Failed { .. } => "change.failed.v1",
        }
    }
}

impl Change {
    fn submit(&self, context: &Context, facts: &Facts, given: &Submission) -> Result<Vec<Event>, Refusal> {
        if self.exists() {
            return Err(refusal::exists());
        }
        let (submission, expires_at) = begun(context.now, facts, given)?;
        let by = context.actor.clone();
        Ok(vec![Event::Submitted { submission: Box::new(submission), by, at: context.now, expires_at }])
    }

    /// Another revision: by the submitter, or by whoever may edit what it touches. A stale change waits again by it.
    fn edit(&self, context: &Context, facts: &Facts, given: &Submission) -> Result<Vec<Event>, Refusal> {
        let actor = &context.actor;
        let own = self.submitted_by.as_ref().is_some_and(|by| by.user.is_some() && by.user == actor.user);
        if !own && !facts.may_edit {
            return Err(refusal::not_editor());
        }
        match self.state {
            ChangeState::Waiting if self.has_lapsed(context.now) => return Err(refusal::lapsed()),
            ChangeState::Waiting | ChangeState::Stale => {}
            _ => return Err(refusal::not_waiting()),
        }
        if self.operation != Some(given.operation) || self.targets != given.targets || self.id != given.id {
            return Err(refusal::another_change());
        }
        let same = given.payload_hash == self.payload_hash && given.reason == self.reason;
        if self.state == ChangeState::Waiting && same {
            return Ok(vec![]);
        }
        let (submission, expires_at) = begun(context.now, facts, given)?;
        let by = actor.clone();
        Ok(vec![Event::Edited { submission: Box::new(submission), by, at: context.now, expires_at }])
    }

    fn approve(&self, context: &Context, facts: &Facts, word: &Word) -> Result<Vec<Event>, Refusal> {
        let comment = checked(word.comment.as_ref())?;
        let (place, mut decision) = self.decider(context, facts, word)?;
        if word.batch.is_some() {
            self.fits_batch(&decision)?;
        }
        decision.comment = comment;
        let Some(step) = self.steps.get(place) else { return Err(refusal::not_waiting()) };
        if step.proof.is_some() && decision.comment.is_none() {
            return Err(refusal::proof_required());
        }
        let complete = step.decisions.len().saturating_add(1) >= usize::from(step.approvals);
        let next = self.steps.get(place.saturating_add(1)).filter(|_| complete);
        let last = complete && next.is_none();
        let next = next.map(|next| facts.schedule(&self.times, next.entity.as_ref(), context.now));
        Ok(vec![Event::StepApproved { step: place, decision, complete, next, last }])
    }

    /// Together only what is harmless: not red, and nothing to look at that was not looked at.
    fn fits_batch(&self, decision: &super::Decision) -> Result<(), Refusal> {
        if self.lane == Lane::Red {
            return Err(refusal::red_alone());
        }
        let opened = self.opened_by.contains(&decision.by);
        if self.warnings.is_empty() || opened { Ok(()) } else { Err(refusal::open_first()) }
    }

    fn cancel(&self, context: &Context, comment: Option<&Personal<String>>) -> Result<Vec<Event>, Refusal> {
        let comment = checked(comment)?;
        let actor = &context.actor;
        let own = self.submitted_by.as_ref().is_some_and(|by| by.user.is_some() && by.user == actor.user);
        if !own && actor.kind != ActorKind::System {
            return Err(refusal::not_submitter());
        }
        match self.state {
            ChangeState::Cancelled => Ok(vec![]),
            ChangeState::Waiting | ChangeState::Stale => {
                Ok(vec![Event::Cancelled { by: actor.clone(), at: context.now, comment }])
            }
            _ => Err(refusal::not_waiting()),
        }
    }

    fn comment(&self, context: &Context, text: &Personal<String>) -> Result<Vec<Event>, Refusal> {
        let text = checked(Some(text))?.ok_or_else(refusal::text_required)?;
        if self.comments.len() >= COMMENTS_MAX {
            return Err(refusal::too_many_comments());
        }
        let remark = Remark { by: context.actor.clone(), at: context.now, text };
        // Sending it twice in one instant is one remark.
        let known = self.comments.last() == Some(&remark);
        Ok(if known { vec![] } else { vec![Event::Commented { remark }] })
    }

    fn open(&self, context: &Context) -> Result<Vec<Event>, Refusal> {
        match (context.actor.kind, context.actor.user) {
            (ActorKind::User, Some(by)) if self.state == ChangeState::Waiting => {
                let known = self.opened_by.contains(&by);
                Ok(if known { vec![] } else { vec![Event::Opened { by, at: context.now }] })
            }
            (ActorKind::User, Some(_)) => Ok(vec![]),
            _ => Err(refusal::people_only()),
        }
    }

    fn review(&self, context: &Context, text: &Personal<String>) -> Result<Vec<Event>, Refusal> {
        let Some(glass) = &self.glass else { return Err(refusal::no_glass()) };
        let text = checked(Some(text))?.ok_or_else(refusal::text_required)?;
        let by = match (context.actor.kind, context.actor.user) {
            (ActorKind::User, Some(user)) => user,
            _ => return Err(refusal::people_only()),
        };
        let submitter = self.submitted_by.as_ref().and_then(|actor| actor.user);
        if glass.decision.by == by || submitter == Some(by) {
            return Err(refusal::own_glass());
        }
        if glass.review.is_some() {
            return Ok(vec![]);
        }
        let remark = Remark { by: context.actor.clone(), at: context.now, text };
        Ok(vec![Event::GlassReviewed { remark }])
    }

    fn remind(&self, at: Timestamp) -> Result<Vec<Event>, Refusal> {
        let step = self.next_step().filter(|_| self.state == ChangeState::Waiting);
        let Some((place, step)) = step else { return Err(refusal::not_waiting()) };
        match step.schedule {
            _ if step.reminded_at.is_some() => Ok(vec![]),
            Some(schedule) if at >= schedule.remind_at => Ok(vec![Event::Reminded { step: place, at }]),
            _ => Err(refusal::not_due()),
        }
    }

    fn escalate(&self, at: Timestamp, level: u8, to: Option<Role>) -> Result<Vec<Event>, Refusal> {
        let step = self.next_step().filter(|_| self.state == ChangeState::Waiting);
        let Some((place, step)) = step else { return Err(refusal::not_waiting()) };
        match step.next_escalation() {
            _ if step.escalations.iter().any(|done| done.level == level) => Ok(vec![]),
            Some((next, due)) if next == level && at >= due => {
                let escalation = Escalation { level, to, at };
                Ok(vec![Event::Escalated { step: place, escalation }])
            }
            _ => Err(refusal::not_due()),
        }
    }

    fn settled_as(&self, wanted: ChangeState, event: Event) -> Result<Vec<Event>, Refusal> {
        match self.state {
            ChangeState::Applying => Ok(vec![event]),
            state if state == wanted => Ok(vec![]),
            _ => Err(refusal::not_applying()),
        }
    }
}

/// The submission with the clock of its first step running, and when it lapses.
fn begun(at: Timestamp, facts: &Facts, given: &Submission) -> Result<(Submission, Timestamp), Refusal> {
    let mut submission = given.clone();
    if submission.steps.is_empty() || !submission.steps.iter().all(super::Step::is_fresh) {
        return Err(refusal::no_steps());
    }
    let entity = submission.steps.first().and_then(|step| step.entity.clone());
    let schedule = facts.schedule(&submission.times, entity.as_ref(), at);
    if let Some(step) = submission.steps.first_mut() {
        step.schedule = Some(schedule);
    }
    let expires_at = facts.expiry(&submission.times, entity.as_ref(), at);
    Ok((submission, expires_at))
}

/// A comment trimmed; an empty one is none.
fn checked(comment: Option<&Personal<String>>) -> Result<Comment, Refusal> {
    let Some(text) = comment.and_then(Personal::get).filter(|text| !text.trim().is_empty()) else {
        return Ok(None);
    };
    let text = paragraph(text, 4000).map_err(|_| refusal::comment_invalid())?;
    let subject = comment.map(|comment| comment.subject.clone()).unwrap_or_default();
    Ok(Some(Personal { subject, value: Some(text) }))
}
