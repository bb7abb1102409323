//! The state of a contract.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Event, NoticeKind, Origin, Scan, Sending, Signer, TemplateRef, Terms};
use crate::account::words;
use crate::value::{AccountId, ContractId, Personal, UserId};

words! {
    /// Where a contract stands (D§1.8).
    ContractState {
        /// Being written.
        Draft = "draft",
        /// Before its reviewer.
        InReview = "in_review",
        /// Before its signers.
        Sent = "sent",
        /// Some have signed.
        PartiallySigned = "partially_signed",
        /// All have signed.
        Signed = "signed",
        /// It holds.
        Active = "active",
        /// It holds, and its end comes near.
        Expiring = "expiring",
        /// Its last day has passed.
        Expired = "expired",
        /// Another contract stands in its place.
        Renewed = "renewed",
        /// It was ended.
        Terminated = "terminated",
        /// Its draft was given up.
        Discarded = "discarded",
    } default Draft
}

/// A scan that somebody must look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingScan {
    /// The scan.
    pub scan: Scan,
    /// Who brought it.
    pub by: Option<UserId>,
    /// When.
    pub at: Timestamp,
}

/// Why somebody did not sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Which signer.
    pub signer: u8,
    /// Why.
    pub reason: Personal<String>,
    /// When.
    pub at: Timestamp,
}

/// When and why it ends before its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// On what ground.
    pub kind: NoticeKind,
    /// Its last day.
    pub on: Date,
    /// Why.
    pub reason: String,
    /// Who says so.
    pub by: Option<UserId>,
    /// When that was said.
    pub at: Timestamp,
}

/// A contract.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contract {
    /// Which contract.
    pub id: ContractId,
    /// With whom.
    pub account: AccountId,
    /// Its number, `CT-000123`; its amendments have the same.
    pub number: String,
    /// Which version of it, from 1.
    pub revision: u16,
    /// What it comes from.
    pub origin: Option<Origin>,
    /// The template as it was.
    pub template: TemplateRef,
    /// Its terms.
    pub terms: Terms,
    /// Where it stands.
    pub state: ContractState,
    /// Who drafted it.
    pub drafted_by: Option<UserId>,
    /// When; `None` before that.
    pub drafted_at: Option<Timestamp>,
    /// When it was changed last.
    pub updated_at: Option<Timestamp>,
    /// Why it was given back last.
    pub returned: Option<String>,
    /// What was sent last.
    pub sending: Option<Sending>,
    /// Who sent it.
    pub sent_by: Option<UserId>,
    /// When.
    pub sent_at: Option<Timestamp>,
    /// The scan that waits.
    pub scan: Option<PendingScan>,
    /// Who did not sign last, and why.
    pub refused: Option<Refused>,
    /// When all had signed.
    pub signed_at: Option<Timestamp>,
    /// When it was validated.
    pub validated_at: Option<Timestamp>,
    /// Since when it holds.
    pub active_since: Option<Date>,
    /// When and why it ends before its time.
    pub notice: Option<Notice>,
    /// Its last day, once it has ended.
    pub ended_on: Option<Date>,
    /// The contract in its place.
    pub superseded_by: Option<ContractId>,
    /// Of this term: the reminder that was sent last, in days before the deadline.
    pub reminded_days: Option<u16>,
    /// Of this sending: the reminder that was sent last, in hours.
    pub reminded_hours: Option<u16>,
    /// The last day on which an audit was due.
    pub audited_on: Option<Date>,
}

impl Contract {
    /// Whether it was drafted.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.drafted_at.is_some()
    }

    /// Whether it is before its signers.
    #[must_use]
    pub fn is_out(&self) -> bool {
        matches!(self.state, ContractState::Sent | ContractState::PartiallySigned)
    }

    /// Whether it binds: signed by all, and not ended.
    #[must_use]
    pub fn is_in_force(&self) -> bool {
        matches!(self.state, ContractState::Signed | ContractState::Active | ContractState::Expiring)
    }

    /// Whether it has ended for good.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        matches!(
            self.state,
            ContractState::Expired
                | ContractState::Renewed
                | ContractState::Terminated
                | ContractState::Discarded
        )
    }

    /// The signer of a place.
    #[must_use]
    pub fn signer(&self, place: u8) -> Option<&Signer> {
        self.terms.signers.get(usize::from(place))
    }

    /// SHA-256 of the document that was sent.
    #[must_use]
    pub fn sha256(&self) -> &str {
        self.sending.as_ref().map_or("", |sending| &sending.sha256)
    }

    /// Whether it is this signer's turn: everybody of an earlier place has signed.
    #[must_use]
    pub fn is_turn_of(&self, signer: &Signer) -> bool {
        let earlier = |other: &&Signer| other.order < signer.order;
        !self.terms.in_order
            || self.terms.signers.iter().filter(earlier).all(|other| other.signed(self.sha256()))
    }

    /// Whether everybody signed the very document that was sent.
    #[must_use]
    pub fn is_signed_by_all(&self) -> bool {
        let signers = &self.terms.signers;
        self.sending.is_some()
            && !signers.is_empty()
            && signers.iter().all(|signer| signer.signed(self.sha256()))
    }

    /// Whether it may be validated: all signatures, the very document, everybody's authority.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.is_signed_by_all() && self.terms.signers.iter().all(|signer| signer.authority.is_some())
    }

    /// A draft again: what was signed is void.
    fn back_to_draft(&mut self, at: Timestamp) {
        self.state = ContractState::Draft;
        self.terms.signers = self.terms.signers.iter().map(Signer::fresh).collect();
        (self.sending, self.sent_by, self.sent_at, self.scan) = (None, None, None, None);
        self.reminded_hours = None;
        self.updated_at = Some(at);
    }

    fn end(&mut self, state: ContractState, on: Option<Date>) {
        self.state = state;
        self.ended_on = on;
    }

    fn at(&mut self, place: u8) -> Option<&mut Signer> {
        self.terms.signers.get_mut(usize::from(place))
    }

    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Drafted { id, account, number, revision, origin, template, terms, by, at } => {
                *self = Self {
                    id: *id,
                    account: *account,
                    number: number.clone(),
                    revision: *revision,
                    origin: *origin,
                    template: (**template).clone(),
                    terms: (**terms).clone(),
                    drafted_by: *by,
                    drafted_at: Some(*at),
                    updated_at: Some(*at),
                    ..Self::default()
                };
            }
            Event::Edited { terms, at, .. } => {
                self.terms = (**terms).clone();
                self.updated_at = Some(*at);
            }
            Event::Discarded { reason, at, .. } => {
                self.state = ContractState::Discarded;
                self.returned = Some(reason.clone());
                self.updated_at = Some(*at);
            }
            Event::Submitted { at } => {
                self.state = ContractState::InReview;
                self.updated_at = Some(*at);
            }
            Event::Returned { reason, at } => {
                self.state = ContractState::Draft;
                self.returned = Some(reason.clone());
                self.updated_at = Some(*at);
            }
            Event::Sent { sending, by, at } => self.sent(sending, *by, *at),
            Event::Relinked { signer, link } => {
                if let Some(signer) = self.at(*signer) {
                    signer.link = Some(link.clone());
                }
            }
            Event::Recalled { reason, at } => {
                self.back_to_draft(*at);
                self.returned = Some(reason.clone());
            }
            Event::Declined { signer, reason, at } => {
                self.back_to_draft(*at);
                self.refused = Some(Refused { signer: *signer, reason: reason.clone(), at: *at });
            }
            _ => self.apply_signing(event),
        }
    }

    fn sent(&mut self, sending: &Sending, by: Option<UserId>, at: Timestamp) {
        self.state = ContractState::Sent;
        for (signer, place) in self.terms.signers.iter_mut().zip(0_u8..) {
            signer.link = sending.links.get(&place).cloned();
        }
        self.sending = Some(sending.clone());
        (self.sent_by, self.sent_at, self.updated_at) = (by, Some(at), Some(at));
        (self.refused, self.returned, self.reminded_hours) = (None, None, None);
    }

    fn apply_signing(&mut self, event: &Event) {
        match event {
            Event::SignatureMade { signer, evidence } => {
                self.state = ContractState::PartiallySigned;
                self.updated_at = Some(evidence.at);
                // What was signed with ink waits no longer.
                if evidence.scan.is_some() {
                    self.scan = None;
                }
                if let Some(signer) = self.at(*signer) {
                    signer.signature = Some((**evidence).clone());
                }
            }
            Event::ScanReceived { scan, by, at } => {
                self.scan = Some(PendingScan { scan: scan.clone(), by: *by, at: *at });
            }
            Event::ScanRejected { reason, .. } => {
                self.scan = None;
                self.returned = Some(reason.clone());
            }
            Event::AuthorityConfirmed { signer, authority } => {
                if let Some(signer) = self.at(*signer) {
                    signer.authority = Some(authority.clone());
                }
            }
            Event::SigningReminded { hours, .. } => self.reminded_hours = Some(*hours),
            Event::Signed { at } => {
                self.state = ContractState::Signed;
                self.scan = None;
                (self.signed_at, self.updated_at) = (Some(*at), Some(*at));
            }
            Event::Validated { at } => self.validated_at = Some(*at),
            _ => self.apply_life(event),
        }
    }

    fn apply_life(&mut self, event: &Event) {
        match event {
            Event::Activated { on } => {
                self.state = ContractState::Active;
                self.active_since = Some(*on);
            }
            Event::Expiring { .. } => self.state = ContractState::Expiring,
            Event::Reminded { days, .. } => self.reminded_days = Some(*days),
            Event::AuditDue { on } => self.audited_on = Some(*on),
            Event::NoticeGiven { kind, on, reason, by, at } => {
                let notice = Notice { kind: *kind, on: *on, reason: reason.clone(), by: *by, at: *at };
                self.notice = Some(notice);
                self.updated_at = Some(*at);
            }
            Event::Terminated { on } => self.end(ContractState::Terminated, Some(*on)),
            Event::Renewed { ends_on } => {
                self.state = ContractState::Active;
                self.terms.ends_on = Some(*ends_on);
                self.reminded_days = None;
            }
            Event::Expired { on } => self.end(ContractState::Expired, Some(*on)),
            Event::Superseded { by, .. } => {
                self.superseded_by = Some(*by);
                self.end(ContractState::Renewed, self.terms.ends_on);
            }
            // Handled by the two before.
            _ => {}
        }
    }
}
