//! The rules of hits.

use super::{Command, Event, Facts, Finding, Hit, HitState, OPEN_FROM, Opinion, Verdict};
use crate::context::{Actor, ActorKind, Context};
use crate::decider::Decider;
use crate::refusal::{FieldFault, Refusal};
use crate::screening::refusal;
use crate::value::{Personal, paragraph};

/// Longest reason and evidence, in bytes.
const TEXT_MAX: usize = 4_000;

impl Decider for Hit {
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    fn decide(&self, context: &Context, facts: &Facts, command: &Command) -> Result<Vec<Event>, Refusal> {
        let at = context.now;
        if let Command::Raise(finding) = command {
            return Ok(if self.is_known(finding) {
                vec![]
            } else {
                vec![Event::Raised { finding: finding.clone(), at }]
            });
        }
        if !self.exists() {
            return Err(refusal::hit_not_found());
        }
        match command {
            Command::Raise(_) => Ok(vec![]),
            // What somebody has said something of stays until people decide it, whatever the record says by now.
            Command::Withdraw
                if (self.state.is_pending() || self.state == HitState::Recorded)
                    && self.opinions.is_empty() =>
            {
                Ok(vec![Event::Withdrawn { at }])
            }
            Command::Withdraw => Ok(vec![]),
            Command::Review => self.review(context, facts),
            Command::Dispose { verdict, reason, evidence } => {
                let (reason, evidence) = texts(reason.as_ref(), evidence.as_ref())?;
                let by = context.actor.clone();
                self.dispose(facts, Opinion { verdict: *verdict, by, at, reason, evidence })
            }
        }
    }

    fn evolve(&mut self, event: &Event) {
        match event {
            Event::Raised { finding, at } => {
                let state = if finding.score >= OPEN_FROM { HitState::Open } else { HitState::Recorded };
                *self = Self { finding: (**finding).clone(), state, raised_at: Some(*at), ..Self::default() };
            }
            Event::Withdrawn { at } => {
                self.state = HitState::Withdrawn;
                self.decided_at = Some(*at);
            }
            Event::Reviewed { by, .. } => {
                self.state = HitState::InReview;
                self.reviewer = Some(by.clone());
            }
            Event::Proposed { opinion } => self.opinions.push((**opinion).clone()),
            Event::Disposed { opinion, state } => {
                self.state = *state;
                self.decided_at = Some(opinion.at);
                self.opinions.push((**opinion).clone());
            }
        }
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Raised { .. } => "hit.raised.v1",
            Event::Withdrawn { .. } => "hit.withdrawn.v1",
            Event::Reviewed { .. } => "hit.reviewed.v1",
            Event::Proposed { .. } => "hit.proposed.v1",
            Event::Disposed { .. } => "hit.disposed.v1",
        }
    }
}

impl Hit {
    /// Whether a finding says nothing new: same party, same entry. A true match stays one.
    fn is_known(&self, finding: &Finding) -> bool {
        let same = self.finding.fingerprint == finding.fingerprint
            && self.finding.entry.version == finding.entry.version
            && self.finding.score == finding.score;
        let judged = self.finding.fingerprint == finding.fingerprint
            && self.finding.entry.version == finding.entry.version
            && matches!(self.state, HitState::FalsePositive);
        self.exists()
            && (judged || self.state == HitState::TrueMatch || (same && self.state != HitState::Withdrawn))
    }

    /// Only people review, and nobody what they had screened themselves, nor in the place of whoever had.
    fn may_review(&self, actor: &Actor, facts: &Facts) -> Result<(), Refusal> {
        let Some(user) = actor.user.filter(|_| actor.kind == ActorKind::User) else {
            return Err(refusal::people_only());
        };
        match self.finding.submitted_by.as_ref().and_then(|by| by.user) {
            Some(submitter) if submitter == user => Err(refusal::own_case()),
            Some(submitter) if facts.delegators.contains(&submitter) => Err(refusal::submitters_delegate()),
            _ => Ok(()),
        }
    }

    fn review(&self, context: &Context, facts: &Facts) -> Result<Vec<Event>, Refusal> {
        self.may_review(&context.actor, facts)?;
        let reviewed = vec![Event::Reviewed { by: context.actor.clone(), at: context.now }];
        let second = self.proposal().is_some_and(|said| said.by.user != context.actor.user);
        match self.state {
            HitState::Open | HitState::Recorded => Ok(reviewed),
            HitState::InReview if second && self.reviewer.as_ref() != Some(&context.actor) => Ok(reviewed),
            state if state.is_pending() => Ok(vec![]),
            _ => Err(refusal::decided()),
        }
    }

    /// A verdict that ends the hit needs two people who agree on it; the others leave it pending.
    fn dispose(&self, facts: &Facts, opinion: Opinion) -> Result<Vec<Event>, Refusal> {
        self.may_review(&opinion.by, facts)?;
        match (self.state, opinion.verdict) {
            (HitState::FalsePositive | HitState::TrueMatch | HitState::Withdrawn, _) => {
                return Err(refusal::decided());
            }
            (HitState::Escalated, Verdict::Inconclusive | Verdict::Escalated) => {
                return Err(refusal::escalated());
            }
            (HitState::Inconclusive, Verdict::Escalated) => {}
            (_, Verdict::Escalated) => return Err(refusal::not_inconclusive()),
            (HitState::Inconclusive, Verdict::Inconclusive) => return Ok(vec![]),
            _ => {}
        }
        let state = opinion.verdict.state();
        if !opinion.verdict.closes() {
            return Ok(self.taken_up(opinion, |opinion| Event::Disposed { opinion, state }));
        }
        // What was said before another verdict does not count any more.
        match self.proposal().filter(|first| first.verdict == opinion.verdict) {
            None => Ok(self.taken_up(opinion, |opinion| Event::Proposed { opinion })),
            Some(first) if first.by.user == opinion.by.user => Err(refusal::second_reviewer()),
            Some(first) if first.by.user.is_some_and(|first| facts.delegators.contains(&first)) => {
                Err(refusal::first_ones_delegate())
            }
            Some(_) => Ok(vec![Event::Disposed { opinion: Box::new(opinion), state }]),
        }
    }

    /// An opinion, after which the hit is in review if nobody had looked at it.
    fn taken_up(&self, opinion: Opinion, event: impl FnOnce(Box<Opinion>) -> Event) -> Vec<Event> {
        let fresh = matches!(self.state, HitState::Open | HitState::Recorded);
        let reviewed = Event::Reviewed { by: opinion.by.clone(), at: opinion.at };
        fresh.then_some(reviewed).into_iter().chain([event(Box::new(opinion))]).collect()
    }
}

fn texts(
    reason: Option<&Personal<String>>,
    evidence: Option<&Personal<String>>,
) -> Result<(Personal<String>, Personal<String>), Refusal> {
    let mut faults = Vec::new();
    let mut text = |given: Option<&Personal<String>>, place: &str| {
        let subject = given.map(|given| given.subject.clone()).unwrap_or_default();
        match paragraph(given.and_then(Personal::get).map_or("", String::as_str), TEXT_MAX) {
            Ok(text) => Personal { subject, value: Some(text) },
            Err(error) => {
                faults.push(FieldFault::new(place, error.code(), error.to_string()));
                Personal::default()
            }
        }
    };
    let both = (text(reason, "/reason"), text(evidence, "/evidence"));
    if faults.is_empty() { Ok(both) } else { Err(refusal::reason_required().with_fields(faults)) }
}
