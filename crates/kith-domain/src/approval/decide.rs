//! The rules of the change gate: four eyes, in sequence, by people, each in their role (D§5.2).

use super::{Change, ChangeState, Command, Event, StepState, Submission, refusal};
use crate::access::Principal;
use crate::context::{ActorKind, Context};
use crate::decider::Decider;
use crate::refusal::Refusal;
use crate::value::{Personal, UserId, paragraph};

/// What the rules need to know.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Who asks, with the roles held today.
    pub principal: Principal,
    /// Whether the principal answers for or sells to an account that the change touches
    /// ([`crate::account::Account::is_served_by`]).
    pub serves_target: bool,
}

type Comment = Option<Personal<String>>;

impl Decider for Change {
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    fn decide(&self, context: &Context, facts: &Facts, command: &Command) -> Result<Vec<Event>, Refusal> {
        let at = context.now;
        if let Command::Submit(submission) = command {
            return self.submit(context, submission);
        }
        if !self.exists() {
            return Err(refusal::not_found());
        }
        match command {
            // Handled above: the only command before there is a change.
            Command::Submit(_) => Ok(vec![]),
            Command::Approve { comment } => {
                let comment = checked(comment)?;
                let (step, by) = self.decider(context, facts)?;
                if self.touches_credit() && facts.serves_target {
                    return Err(refusal::own_account());
                }
                let last = step.saturating_add(1) == self.steps.len();
                Ok(vec![Event::StepApproved { step, by, at, comment, last }])
            }
            Command::Reject { comment } => {
                let comment = checked(comment)?.ok_or_else(refusal::comment_required)?;
                let (step, by) = self.decider(context, facts)?;
                Ok(vec![Event::Rejected { step, by, at, comment }])
            }
            Command::Cancel { comment } => self.cancel(context, comment),
            Command::Expire => match self.state {
                ChangeState::Expired => Ok(vec![]),
                ChangeState::Waiting if self.lapsed(context) => Ok(vec![Event::Expired { at }]),
                ChangeState::Waiting => Err(refusal::not_lapsed()),
                _ => Err(refusal::not_waiting()),
            },
            Command::MarkApplied { result } => {
                self.settle(ChangeState::Applied, Event::Applied { at, result: result.clone() })
            }
            Command::MarkStale { version, fields } => self.settle(
                ChangeState::Stale,
                Event::WentStale { at, version: *version, fields: fields.clone() },
            ),
            Command::MarkFailed { result } => {
                self.settle(ChangeState::Failed, Event::Failed { at, result: result.clone() })
            }
        }
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Submitted { .. } => "change.submitted.v1",
            Event::StepApproved { .. } => "change.step_approved.v1",
            Event::Rejected { .. } => "change.rejected.v1",
            Event::Cancelled { .. } => "change.cancelled.v1",
            Event::Expired { .. } => "change.expired.v1",
            Event::Applied { .. } => "change.applied.v1",
            Event::WentStale { .. } => "change.went_stale.v1",
            Event::Failed { .. } => "change.failed.v1",
        }
    }
}

impl Change {
    fn submit(&self, context: &Context, submission: &Submission) -> Result<Vec<Event>, Refusal> {
        if self.exists() {
            return Err(refusal::exists());
        }
        let fresh = |step: &super::Step| step.state == StepState::Waiting && step.by.is_none();
        if submission.steps.is_empty() || !submission.steps.iter().all(fresh) {
            return Err(refusal::no_steps());
        }
        let (submission, by) = (Box::new(submission.clone()), context.actor.clone());
        Ok(vec![Event::Submitted { submission, by, at: context.now }])
    }

    /// The step that the principal may decide now.
    fn decider(&self, context: &Context, facts: &Facts) -> Result<(usize, UserId), Refusal> {
        let principal = &facts.principal;
        let by = match (principal.actor.kind, principal.user()) {
            (ActorKind::User, Some(user)) => user,
            _ => return Err(refusal::people_only()),
        };
        // Who acts through a program or an agent is its submitter all the same.
        if self.submitted_by.as_ref().is_some_and(|actor| actor.user == Some(by)) {
            return Err(refusal::own_change());
        }
        if self.steps.iter().any(|step| step.by == Some(by)) {
            return Err(refusal::already_decided());
        }
        if self.state != ChangeState::Waiting {
            return Err(refusal::not_waiting());
        }
        if self.lapsed(context) {
            return Err(refusal::lapsed());
        }
        let Some((place, step)) = self.next_step() else { return Err(refusal::not_waiting()) };
        if !principal.holds(step.role, step.entity.as_ref()) {
            let mut refused = refusal::wrong_role();
            refused.clears = format!("Let somebody in the role {} decide.", step.role.title());
            return Err(refused);
        }
        Ok((place, by))
    }

    fn cancel(&self, context: &Context, comment: &Comment) -> Result<Vec<Event>, Refusal> {
        let comment = checked(comment)?;
        let actor = &context.actor;
        let own = self.submitted_by.as_ref().is_some_and(|by| by.user.is_some() && by.user == actor.user);
        if !own && actor.kind != ActorKind::System {
            return Err(refusal::not_submitter());
        }
        match self.state {
            ChangeState::Cancelled => Ok(vec![]),
            ChangeState::Waiting => {
                Ok(vec![Event::Cancelled { by: actor.clone(), at: context.now, comment }])
            }
            _ => Err(refusal::not_waiting()),
        }
    }

    fn settle(&self, wanted: ChangeState, event: Event) -> Result<Vec<Event>, Refusal> {
        match self.state {
            ChangeState::Applying => Ok(vec![event]),
            state if state == wanted => Ok(vec![]),
            _ => Err(refusal::not_applying()),
        }
    }

    fn lapsed(&self, context: &Context) -> bool {
        self.expires_at.is_some_and(|end| context.now >= end)
    }

    /// Whether it sets a credit limit or payment terms.
    fn touches_credit(&self) -> bool {
        let Some(crate::Command::Account { command, .. }) = self.command.as_deref() else { return false };
        let fields = crate::account::fields_touched(command);
        fields.contains("credit_limit") || fields.contains("payment_terms")
    }

    fn apply(&mut self, event: &Event) {
        let (state, at, result) = match event {
            Event::Submitted { submission, by, at } => {
                let submission = submission.as_ref().clone();
                *self = Self {
                    id: submission.id,
                    operation: Some(submission.operation),
                    command: Some(submission.command),
                    targets: submission.targets,
                    base_version: submission.base_version,
                    lane: submission.lane,
                    steps: submission.steps,
                    state: ChangeState::Waiting,
                    submitted_by: Some(by.clone()),
                    submitted_at: Some(*at),
                    expires_at: Some(submission.expires_at),
                    reason: submission.reason,
                    diff: submission.diff,
                    warnings: submission.warnings,
                    payload_hash: submission.payload_hash,
                    result: None,
                    settled_at: None,
                };
                return;
            }
            Event::StepApproved { step, by, at, comment, last } => {
                self.mark(*step, StepState::Approved, *by, *at, comment.clone());
                if *last {
                    self.state = ChangeState::Applying;
                }
                return;
            }
            Event::Rejected { step, by, at, comment } => {
                self.mark(*step, StepState::Rejected, *by, *at, Some(comment.clone()));
                (ChangeState::Rejected, at, None)
            }
            Event::Cancelled { at, .. } => (ChangeState::Cancelled, at, None),
            Event::Expired { at } => (ChangeState::Expired, at, None),
            Event::Applied { at, result } => (ChangeState::Applied, at, Some(result.clone())),
            Event::WentStale { at, version, fields } => {
                let result = serde_json::json!({ "version": version, "fields": fields });
                (ChangeState::Stale, at, Some(result))
            }
            Event::Failed { at, result } => (ChangeState::Failed, at, Some(result.clone())),
        };
        self.state = state;
        self.settled_at = Some(*at);
        self.result = result;
    }

    fn mark(&mut self, step: usize, state: StepState, by: UserId, at: jiff::Timestamp, comment: Comment) {
        if let Some(step) = self.steps.get_mut(step) {
            (step.state, step.by, step.at, step.comment) = (state, Some(by), Some(at), comment);
        }
    }
}

/// A comment trimmed; an empty one is none.
fn checked(comment: &Comment) -> Result<Comment, Refusal> {
    let Some(text) = comment.as_ref().and_then(Personal::get).filter(|text| !text.trim().is_empty()) else {
        return Ok(None);
    };
    let text = paragraph(text, 4000).map_err(|_| refusal::comment_invalid())?;
    let subject = comment.as_ref().map(|comment| comment.subject.clone()).unwrap_or_default();
    Ok(Some(Personal { subject, value: Some(text) }))
}
