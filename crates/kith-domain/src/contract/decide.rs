//! The rules of contracts: what may be done in which state.

use jiff::{Span, ToSpan};

use super::check::{Check, term_end};
use super::sign::checked;
use super::{
    Command, Contract, ContractDraft, ContractState, Event, Facts, Link, NoticeKind, Origin, TemplateRef,
    Terms, refusal,
};
use crate::context::{ActorKind, Context};
use crate::contract_template::{ContractTemplate, Renewal};
use crate::decider::Decider;
use crate::refusal::{FieldFault, Refusal};
use crate::value::{AccountId, ContractId};

impl Decider for Contract {
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    fn decide(&self, context: &Context, facts: &Facts, command: &Command) -> Result<Vec<Event>, Refusal> {
        if let Command::Create { id, account, origin, draft } = command {
            if self.exists() {
                return Err(refusal::exists());
            }
            return drafted(context, facts, (*id, *account, *origin), draft).map(|event| vec![event]);
        }
        if !self.exists() {
            return Err(refusal::not_found());
        }
        let at = context.now;
        match command {
            // Handled above: the only command before there is a contract.
            Command::Create { .. } => Ok(vec![]),
            Command::Update { draft } => self.edit(context, facts, draft),
            Command::Discard { reason } => match self.state {
                ContractState::Discarded => Ok(vec![]),
                ContractState::Draft | ContractState::InReview => {
                    Ok(vec![Event::Discarded { reason: checked(reason)?, by: context.actor.user, at }])
                }
                _ => Err(refusal::no_draft()),
            },
            Command::Submit => match self.state {
                ContractState::InReview => Ok(vec![]),
                ContractState::Draft => Ok(vec![Event::Submitted { at }]),
                _ => Err(refusal::not_draft()),
            },
            Command::Return { reason } => match self.state {
                ContractState::InReview => Ok(vec![Event::Returned { reason: checked(reason)?, at }]),
                _ => Err(refusal::not_in_review()),
            },
            Command::Send(sending) => self.send(context, facts, sending),
            Command::Relink { signer, link } => self.relink(*signer, link),
            Command::Recall { reason } => {
                if !self.is_out() {
                    let signed = self.is_in_force();
                    return Err(if signed { refusal::already_signed() } else { refusal::not_sent() });
                }
                Ok(vec![Event::Recalled { reason: checked(reason)?, at }])
            }
            Command::Sign(signing) => self.sign(context, facts, signing),
            Command::Decline { signer, link, reason } => {
                self.decline(context, *signer, link.as_ref(), reason)
            }
            Command::UploadSigned(scan) => self.upload(context, scan),
            Command::ConfirmScan | Command::RejectScan { .. } => self.judge_scan(context, facts, command),
            Command::ConfirmAuthority { signer, basis } => {
                self.confirm_authority(context, facts, *signer, basis)
            }
            Command::Terminate { .. } => self.terminate(context, facts, command),
            _ if context.actor.kind != ActorKind::System => Err(refusal::system_only()),
            Command::Supersede { by } => Ok(match self.superseded_by {
                Some(_) => vec![],
                None if self.is_in_force() => vec![Event::Superseded { by: *by, at }],
                None => vec![],
            }),
            Command::Tend { today } => Ok(self.tended(*today)),
            Command::RemindSigner { hours, at } => {
                let due = self.signing_reminder(*at) == Some(*hours);
                Ok(if due { vec![Event::SigningReminded { hours: *hours, at: *at }] } else { vec![] })
            }
        }
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Drafted { .. } => "contract.drafted.v1",
            Event::Edited { .. } => "contract.edited.v1",
            Event::Discarded { .. } => "contract.discarded.v1",
            Event::Submitted { .. } => "contract.submitted.v1",
            Event::Returned { .. } => "contract.returned.v1",
            Event::Sent { .. } => "contract.sent.v1",
            Event::Relinked { .. } => "contract.relinked.v1",
            Event::Recalled { .. } => "contract.recalled.v1",
            Event::SignatureMade { .. } => "contract.signature_made.v1",
            Event::Declined { .. } => "contract.declined.v1",
            Event::ScanReceived { .. } => "contract.scan_received.v1",
            Event::ScanRejected { .. } => "contract.scan_rejected.v1",
            Event::AuthorityConfirmed { .. } => "contract.authority_confirmed.v1",
            Event::Signed { .. } => "contract.signed.v1",
            Event::Validated { .. } => "contract.validated.v1",
            Event::Activated { .. } => "contract.activated.v1",
            Event::Expiring { .. } => "contract.expiring.v1",
            Event::Reminded { .. } => "contract.reminded.v1",
            Event::SigningReminded { .. } => "contract.signing_reminded.v1",
            Event::AuditDue { .. } => "contract.audit_due.v1",
            Event::NoticeGiven { .. } => "contract.notice_given.v1",
            Event::Terminated { .. } => "contract.terminated.v1",
            Event::Renewed { .. } => "contract.renewed.v1",
            Event::Expired { .. } => "contract.expired.v1",
            Event::Superseded { .. } => "contract.superseded.v1",
        }
    }
}

impl TemplateRef {
    /// A template as it is today.
    #[must_use]
    pub fn of(template: &ContractTemplate) -> Self {
        Self {
            code: template.code.clone(),
            version: template.version,
            language: template.language.clone(),
            text: template.text.clone(),
            fields: template.fields.clone(),
            reviewed: template.reviewed,
        }
    }
}

fn drafted(
    context: &Context,
    facts: &Facts,
    (id, account, origin): (ContractId, AccountId, Option<Origin>),
    draft: &ContractDraft,
) -> Result<Event, Refusal> {
    if !facts.account_is_open() {
        return Err(refusal::account_closed());
    }
    let former = origin.map(|_| facts.origin.as_deref().filter(|former| former.is_in_force()));
    if former == Some(None) {
        return Err(refusal::not_in_force());
    }
    if let (Some(Origin::Amends(_)), Some(open)) = (origin, &facts.open_amendment) {
        let mut refused = refusal::amendment_open();
        refused.sentence = format!("An amendment of this contract is open already: {open}.");
        return Err(refused);
    }
    let former = former.flatten();
    let mut check = Check::new(facts, account);
    let named = facts.template.as_deref().filter(|template| template.is_open());
    let (template, usual) = match (former, named) {
        (Some(former), _) if draft.template.is_none() => {
            (former.template.clone(), follows(former, matches!(origin, Some(Origin::Renews(_)))))
        }
        (_, Some(template)) => (TemplateRef::of(template), check.usual(template)),
        (_, None) => {
            check.fault("/template", "template_unknown", "there is no such open template");
            (TemplateRef::default(), check.usual(&ContractTemplate::standard()))
        }
    };
    let terms = check.terms(&usual, &template, draft);
    if template.code.is_empty() {
        // Nobody knows which fields were meant.
        check.faults.retain(|fault| !fault.pointer.starts_with("/fields/"));
    }
    if !check.faults.is_empty() {
        return Err(refusal::invalid().with_fields(check.faults));
    }
    let (number, revision) = match (origin, former) {
        (Some(Origin::Amends(_)), Some(former)) => (former.number.clone(), former.revision.saturating_add(1)),
        _ => (facts.number.clone(), 1),
    };
    Ok(Event::Drafted {
        id,
        account,
        number,
        revision,
        origin,
        template: Box::new(template),
        terms: Box::new(terms),
        by: context.actor.user,
        at: context.now,
    })
}

/// The terms of a contract as its amendment, or its renewal, begins with them.
fn follows(former: &Contract, renews: bool) -> Terms {
    let mut terms = former.terms.clone();
    terms.signers = terms.signers.iter().map(super::Signer::fresh).collect();
    terms.signers.iter_mut().for_each(|signer| signer.authority = None);
    if renews && let Some(first) = terms.ends_on.and_then(|last| last.checked_add(1.day()).ok()) {
        terms.starts_on = Some(first);
        terms.ends_on = term_end(first, terms.auto_renew_term_months.max(1));
    }
    terms
}

impl Contract {
    fn edit(&self, context: &Context, facts: &Facts, draft: &ContractDraft) -> Result<Vec<Event>, Refusal> {
        if self.state != ContractState::Draft {
            return Err(refusal::not_draft());
        }
        let mut check = Check::new(facts, self.account);
        if draft.template.as_ref().is_some_and(|code| *code != self.template.code) {
            check.fault("/template", "fixed", "the template of a contract stays; draft a new contract");
        }
        let terms = check.terms(&self.terms, &self.template, draft);
        if !check.faults.is_empty() {
            return Err(refusal::invalid().with_fields(check.faults));
        }
        if terms == self.terms {
            return Ok(vec![]);
        }
        Ok(vec![Event::Edited { terms: Box::new(terms), by: context.actor.user, at: context.now }])
    }

    fn relink(&self, place: u8, link: &Link) -> Result<Vec<Event>, Refusal> {
        if !self.is_out() {
            return Err(refusal::not_sent());
        }
        let signer = self.signer(place).ok_or_else(refusal::no_signer)?;
        if signer.signature.is_some() {
            return Err(refusal::already_signed());
        }
        let same = signer.link.as_ref() == Some(link);
        Ok(if same { vec![] } else { vec![Event::Relinked { signer: place, link: link.clone() }] })
    }

    fn terminate(&self, context: &Context, facts: &Facts, command: &Command) -> Result<Vec<Event>, Refusal> {
        let Command::Terminate { kind, on, reason } = command else { return Ok(vec![]) };
        if self.has_ended() {
            return Err(refusal::ended());
        }
        if !self.is_in_force() {
            return Err(refusal::not_in_force());
        }
        let reason = checked(reason)?;
        let today = facts.today.unwrap_or_else(|| context.now.to_zoned(jiff::tz::TimeZone::UTC).date());
        let fault = |code: &str, message: &str| {
            refusal::invalid().with_fields(vec![FieldFault::new("/on", code, message)])
        };
        if *on < today {
            return Err(fault("in_the_past", "the last day lies before today"));
        }
        if self.terms.renewal != Renewal::Auto && self.terms.ends_on.is_some_and(|last| last < *on) {
            return Err(fault("after_end", "the contract ends before that day"));
        }
        let earliest = today.checked_add(Span::new().days(i64::from(self.terms.notice_days)));
        if *kind == NoticeKind::Notice && earliest.is_ok_and(|earliest| *on < earliest) {
            return Err(refusal::notice_too_late());
        }
        let same = self.notice.as_ref();
        if same.is_some_and(|notice| (notice.kind, notice.on, &notice.reason) == (*kind, *on, &reason)) {
            return Ok(vec![]);
        }
        let (by, at) = (context.actor.user, context.now);
        let mut events = vec![Event::NoticeGiven { kind: *kind, on: *on, reason, by, at }];
        if *on <= today {
            events.push(Event::Terminated { on: *on });
        }
        Ok(events)
    }
}
