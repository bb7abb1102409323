//! The rules of accounts.

use jiff::Span;
use jiff::civil::Date;

use super::check::check;
use super::{Account, Command, Draft, Event, Facts, KybState, Note, Stage, account_number, refusal};
use crate::context::Context;
use crate::decider::Decider;
use crate::refusal::{FieldFault, Refusal};
use crate::value::{AccountId, Personal, paragraph};

/// Days until the business of a customer taken over is to be looked into (D§2.2).
const GRANDFATHERED_REVIEW_DAYS: i64 = 90;
/// Most days until the next review that can be agreed: the longest cadence.
const REVIEW_DAYS_MAX: i64 = 730;

impl Decider for Account {
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    fn decide(&self, context: &Context, facts: &Facts, command: &Command) -> Result<Vec<Event>, Refusal> {
        if let Command::Create { id, number, draft, application } = command {
            return self.create(context, facts, (*id, *number, draft), *application);
        }
        self.takes_commands()?;
        match command {
            // Handled above: the only command before there is an account.
            Command::Create { .. } => Ok(vec![]),
            Command::Apply { .. }
            | Command::Reject { .. }
            | Command::Admit { .. }
            | Command::Activate { .. }
            | Command::NoteCondition { .. }
            | Command::Deactivate { .. }
            | Command::Reactivate { .. }
            | Command::Close { .. }
            | Command::Reopen { .. }
            | Command::Delete { .. } => self.decide_stage(context, facts, command),
            Command::Merge { loser, picks, reason } => {
                self.decide_merge(context, facts, (*loser, picks), reason)
            }
            Command::Unmerge { loser, reason } => self.decide_unmerge(context, facts, *loser, reason),
            Command::SetParent { parent, valid_from, reason } => {
                self.decide_parent(context, facts, (*parent, *valid_from), reason.as_ref())
            }
            Command::Relate { .. } | Command::Unrelate { .. } => {
                self.decide_relationship(context, facts, command)
            }
            Command::Update { draft } => {
                self.takes_edits()?;
                let (mut changes, mut faults) = check(self, self.id, draft, facts);
                if draft.stage.is_some() {
                    let message = "an account moves through its stages by operations of their own";
                    faults.push(FieldFault::new("/stage", "not_editable", message));
                }
                refuse(faults)?;
                crate::tax::stamp(&mut changes.tax_profiles, context.actor.user);
                let changes = Box::new(changes);
                Ok(if changes.is_empty() {
                    vec![]
                } else {
                    vec![Event::Updated { changes, at: context.now }]
                })
            }
            Command::AdjustLimit { .. } => self.adjust_limit(context, command),
            Command::AddNote { id, text } => {
                if facts.note_known || self.last_note == Some(*id) {
                    return Ok(vec![]);
                }
                let text = text.get().and_then(|text| paragraph(text, 16 * 1024).ok());
                let text = Personal::new(self.id, text.ok_or_else(refusal::note_invalid)?);
                let note = Note { id: *id, text, by: context.actor.user, at: context.now };
                Ok(vec![Event::NoteAdded { note }])
            }
            Command::PlaceHold { .. }
            | Command::ReleaseHold { .. }
            | Command::SetWatch { .. }
            | Command::ClearWatch { .. } => self.decide_hold(context, facts, command),
            Command::VerifyTaxProfile { id } => self.verify_tax_profile(context, facts, *id),
            Command::RevokeTaxProfile { id, reason } => self.revoke_tax_profile(context, facts, *id, reason),
            Command::Review { on, next_on } => self.record_review(context, facts, *on, *next_on),
        }
    }

    fn evolve(&mut self, event: &Event) {
        match event {
            Event::Created { id, account_number, stage, kyb_review_due_on, changes, at } => {
                self.id = *id;
                self.account_number.clone_from(account_number);
                self.stage = *stage;
                self.created_at = Some(*at);
                self.updated_at = Some(*at);
                if kyb_review_due_on.is_some() {
                    self.kyb.state = KybState::Grandfathered;
                    self.kyb.review_due_on = *kyb_review_due_on;
                }
                changes.apply(self);
            }
            Event::Updated { changes, at } => {
                self.edited(changes);
                changes.apply(self);
                self.updated_at = Some(*at);
            }
            Event::LimitAdjusted { changes, at, .. } => {
                changes.apply(self);
                self.updated_at = Some(*at);
            }
            // The note itself is a document of its own: an account is read and written whole.
            Event::NoteAdded { note } => {
                self.last_note = Some(note.id);
                self.updated_at = Some(note.at);
            }
            Event::TaxProfileVerified { id, verification, at } => {
                if let Some(row) = self.tax_profiles.iter_mut().find(|row| row.id == *id) {
                    row.verified = Some(*verification);
                }
                self.updated_at = Some(*at);
            }
            Event::TaxProfileRevoked { id, revocation, at } => {
                if let Some(row) = self.tax_profiles.iter_mut().find(|row| row.id == *id) {
                    row.revoked = Some(revocation.clone());
                }
                self.updated_at = Some(*at);
            }
            Event::Reviewed { on, next_on, at } => {
                self.review.last_review_on = Some(*on);
                self.review.next_on = *next_on;
                self.updated_at = Some(*at);
            }
            Event::StageChanged { .. } | Event::ConditionNoted { .. } | Event::Deleted { .. } => {
                self.evolve_stage(event);
            }
            Event::Merged { .. }
            | Event::MergedInto { .. }
            | Event::Unmerged { .. }
            | Event::SplitOff { .. } => self.evolve_merge(event),
            Event::ParentChanged { .. } | Event::Related { .. } | Event::Unrelated { .. } => {
                self.evolve_kin(event);
            }
            Event::HoldPlaced { .. }
            | Event::HoldReleased { .. }
            | Event::WatchSet { .. }
            | Event::WatchCleared { .. } => self.evolve_hold(event),
        }
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Created { .. } => "account.created.v1",
            Event::Updated { .. } => "account.updated.v1",
            Event::LimitAdjusted { .. } => "account.limit_adjusted.v1",
            Event::NoteAdded { .. } => "account.note_added.v1",
            Event::Reviewed { .. } => "account.reviewed.v1",
            Event::StageChanged { .. } => "account.stage_changed.v1",
            Event::ConditionNoted { .. } => "account.condition_noted.v1",
            Event::Deleted { .. } => "account.deleted.v1",
            Event::Merged { .. } => "account.merged.v1",
            Event::MergedInto { .. } => "account.merged_into.v1",
            Event::Unmerged { .. } => "account.unmerged.v1",
            Event::SplitOff { .. } => "account.split_off.v1",
            Event::ParentChanged { .. } => "account.parent_changed.v1",
            Event::Related { .. } => "account.related.v1",
            Event::Unrelated { .. } => "account.unrelated.v1",
            Event::TaxProfileVerified { .. } => "account.tax_profile_verified.v1",
            Event::TaxProfileRevoked { .. } => "account.tax_profile_revoked.v1",
            Event::HoldPlaced { .. } => "account.hold_placed.v1",
            Event::HoldReleased { .. } => "account.hold_released.v1",
            Event::WatchSet { .. } => "account.watch_set.v1",
            Event::WatchCleared { .. } => "account.watch_cleared.v1",
        }
    }
}

impl Account {
    fn record_review(
        &self,
        context: &Context,
        facts: &Facts,
        on: Date,
        next_on: Option<Date>,
    ) -> Result<Vec<Event>, Refusal> {
        self.takes_edits()?;
        if on > today(context, facts) {
            return Err(refusal::review_in_future());
        }
        let latest = on.saturating_add(Span::new().days(REVIEW_DAYS_MAX));
        if next_on.is_some_and(|next| next <= on || next > latest) {
            return Err(refusal::review_next_invalid());
        }
        // An earlier review recorded later changes nothing: the last one counts.
        let said = next_on.is_some() && next_on != self.review.next_on;
        let known = self.review.last_review_on.is_some_and(|last| on < last || (on == last && !said));
        Ok(if known { vec![] } else { vec![Event::Reviewed { on, next_on, at: context.now }] })
    }

    fn create(
        &self,
        context: &Context,
        facts: &Facts,
        (id, number, draft): (AccountId, u64, &Draft),
        application: bool,
    ) -> Result<Vec<Event>, Refusal> {
        if self.exists() {
            return Err(refusal::exists());
        }
        let (mut changes, mut faults) = check(self, id, draft, facts);
        crate::tax::stamp(&mut changes.tax_profiles, context.actor.user);
        let stage = match draft.stage.as_ref().and_then(Option::as_deref) {
            None if application => Stage::Onboarding,
            None | Some("prospect") if !application => Stage::Prospect,
            Some("active") if !application => Stage::Active,
            None | Some(_) => {
                let message =
                    "a new account is a prospect, or active when an existing customer is taken over";
                faults.push(FieldFault::new("/stage", "stage_not_startable", message));
                Stage::Prospect
            }
        };
        refuse(faults)?;
        let due = today(context, facts).checked_add(Span::new().days(GRANDFATHERED_REVIEW_DAYS)).ok();
        Ok(vec![Event::Created {
            id,
            account_number: account_number(number),
            stage,
            kyb_review_due_on: due.filter(|_| stage == Stage::Active),
            changes: Box::new(changes),
            at: context.now,
        }])
    }
}

/// Today in the organisation's zone; in UTC where the engine does not say.
pub(super) fn today(context: &Context, facts: &Facts) -> Date {
    facts.today.unwrap_or_else(|| context.now.to_zoned(jiff::tz::TimeZone::UTC).date())
}

/// All faults in one refusal. When all are about keys that others have, it is a conflict.
fn refuse(faults: Vec<FieldFault>) -> Result<(), Refusal> {
    if faults.is_empty() {
        return Ok(());
    }
    let all = |codes: &[&str]| faults.iter().all(|fault| codes.contains(&fault.code.as_str()));
    let refused = if all(&["external_id_taken"]) {
        refusal::external_id_taken()
    } else if all(&["tax_id_taken", "external_id_taken"]) {
        refusal::tax_id_taken()
    } else if all(&[crate::pricing::OVERLAP_CODE]) {
        refusal::pricing_overlap()
    } else if all(&[crate::tax::OVERLAP_CODE]) {
        refusal::tax_profile_overlap()
    } else {
        refusal::invalid()
    };
    Err(refused.with_fields(faults))
}
