//! A fact: forty bytes of what a touchpoint means for an account.

mod extract;

use std::cmp::Ordering;

pub(crate) use extract::pseudonym;
pub use extract::{facts, lane};

use crate::input::Lookup;

#[cfg(test)]
mod tests;

/// What a fact says. STORED FORMAT of checkpoints: add at the end, never renumber.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum FactKind {
    /// An order, placed or amended ([`Fact::AMENDED`]). `aux` = day of requested delivery or 0.
    Order = 0,
    /// An order was cancelled.
    OrderCancelled = 1,
    /// The lane of an order: `doc` order, `aux` lane pseudonym.
    OrderLane = 2,
    /// An order was delivered; flags say on time and in full.
    Delivered = 3,
    /// A shipment exception: `aux` order or 0, flags severity 0–3.
    Exception = 4,
    /// A claim: `aux` order or 0.
    Claim = 5,
    /// A quote was asked for. `aux` lane or 0.
    QuoteRequested = 6,
    /// A quote was sent.
    QuoteSent = 7,
    /// A quote was decided; flags say won, lost or expired.
    QuoteDecided = 8,
    /// An invoice: day = issued, `aux` = due day.
    Invoice = 9,
    /// The order of an invoice: `doc` invoice, `aux` order.
    InvoiceOrder = 10,
    /// A credit note: `aux` invoice or 0.
    CreditNote = 11,
    /// A payment: day = received.
    Payment = 12,
    /// What part of a payment pays which invoice: `doc` payment, `aux` invoice.
    Allocation = 13,
    /// A payment bounced.
    PaymentReturned = 14,
    /// An inquiry: `aux` intent pseudonym, `amount` business seconds, flags.
    InquiryReceived = 15,
    /// A reply to an inquiry: `amount` business seconds.
    InquiryReplied = 16,
    /// An inquiry was resolved: `amount` business seconds.
    InquiryResolved = 17,
    /// An inquiry was opened again.
    InquiryReopened = 18,
    /// A survey answer: `doc` respondent, `aux` score, flags which survey.
    Survey = 19,
    /// A visit to the portal: `doc` user.
    PortalLogin = 20,
    /// A meeting.
    Meeting = 21,
    /// A competitor was named: `doc` its name.
    Competitor = 22,
    /// A vehicle reported: `doc` vehicle.
    Telematics = 23,
    /// Anything else: a contact.
    Other = 24,
    /// A promise to pay: `aux` = day by which.
    Promise = 25,
    /// A promise was kept or broken, as somebody says ([`Fact::KEPT`]).
    PromiseSettled = 26,
    /// An order came so far: `aux` the number of its [`crate::touchpoint::Stage`].
    OrderMoved = 27,
    /// What of an invoice is disputed: `doc` invoice; all of it ([`Fact::ALL`]) or an amount.
    InvoiceDisputed = 28,
}

/// What a touchpoint means, in 40 bytes. Documents and people are keyed hashes; money is minor units.
///
/// Canonical order: (day, kind, doc, at, source, id, rest): a sorted list is a function of the set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(C)]
pub struct Fact {
    /// Keyed hash of the document number or person; of (source, id) where there is neither.
    pub doc: u64,
    /// Minor units of `currency`, or business seconds for inquiries.
    pub amount: i64,
    /// A second reference, day or score: see [`FactKind`].
    pub aux: i64,
    /// Second of `time` since 1970-01-01T00:00Z.
    pub at_s: u32,
    /// Position of the touchpoint in the log.
    pub seq: u32,
    /// Business day of the fact's own date, else of `time`, in days since 1970-01-01.
    pub day: u16,
    /// Milliseconds of `time` within its second.
    pub at_ms: u16,
    /// A [`FactKind`].
    pub kind: u8,
    /// Number of the legal entity, 0 for none.
    pub entity: u8,
    /// Place of the currency, meaningful where `amount` is money.
    pub currency: u8,
    /// Meaning depends on the kind.
    pub flags: u8,
}

impl Fact {
    /// Order: this fact amends and does not make the order.
    pub const AMENDED: u8 = 1;
    /// Delivery: the promise is known.
    pub const HAS_PROMISE: u8 = 1;
    /// Delivery: not after the promise.
    pub const ON_TIME: u8 = 2;
    /// Delivery: completeness is known.
    pub const HAS_IN_FULL: u8 = 4;
    /// Delivery: complete.
    pub const IN_FULL: u8 = 8;
    /// Decision of a quote.
    pub const WON: u8 = 1;
    /// Decision of a quote.
    pub const LOST: u8 = 2;
    /// Decision of a quote.
    pub const EXPIRED: u8 = 3;
    /// Inquiry: bits of the priority, 0 for none.
    pub const PRIORITY: u8 = 7;
    /// Inquiry: a complaint.
    pub const COMPLAINT: u8 = 8;
    /// Inquiry: about service; quotes and selling are not.
    pub const SERVICE: u8 = 16;
    /// Inquiry: the customer wrote it (e-mail), for engagement.
    pub const WRITTEN: u8 = 32;
    /// Survey: net promoter score.
    pub const NPS: u8 = 0;
    /// Survey: satisfaction.
    pub const CSAT: u8 = 1;
    /// Survey: effort.
    pub const CES: u8 = 2;
    /// Settled promise: it was kept.
    pub const KEPT: u8 = 1;
    /// Dispute: of all that is open.
    pub const ALL: u8 = 1;
    /// Claim: of the gravest kind (loss, or a claim that says `critical`).
    pub const CRITICAL: u8 = 1;

    /// Whether the fact is of a kind.
    #[must_use]
    pub fn is(&self, kind: FactKind) -> bool {
        self.kind == kind as u8
    }

    /// Whether this fact stands for its touchpoint (each touchpoint has exactly one such fact).
    #[must_use]
    pub fn is_primary(&self) -> bool {
        const SECONDARY: u32 = 1 << FactKind::OrderLane as u32
            | 1 << FactKind::InvoiceOrder as u32
            | 1 << FactKind::Allocation as u32;
        SECONDARY >> (self.kind & 31) & 1 == 0
    }

    /// The fact within another account than the one that it was recorded for: its document numbers keep the namespace
    /// of their own account, so that two orders of one number stay two.
    #[must_use]
    pub fn of_row(mut self, row: u32) -> Self {
        if self.kind < FactKind::Survey as u8 || self.kind >= FactKind::Promise as u8 {
            self.doc = within(self.doc, row);
        }
        let links = [
            FactKind::Exception,
            FactKind::Claim,
            FactKind::InvoiceOrder,
            FactKind::CreditNote,
            FactKind::Allocation,
        ];
        if self.aux != 0 && links.into_iter().any(|kind| self.is(kind)) {
            let doc = u64::from_ne_bytes(self.aux.to_ne_bytes());
            self.aux = i64::from_ne_bytes(within(doc, row).to_ne_bytes());
        }
        self
    }

    /// The time of the touchpoint in milliseconds.
    #[must_use]
    pub fn at(&self) -> u64 {
        u64::from(self.at_s) * 1_000 + u64::from(self.at_ms)
    }

    fn place(&self) -> (u16, u8, u64, u32, u16) {
        (self.day, self.kind, self.doc, self.at_s, self.at_ms)
    }

    fn rest(&self) -> (i64, i64, u8, u8, u8) {
        (self.aux, self.amount, self.entity, self.currency, self.flags)
    }

    /// The canonical order. `lookup` is asked only when two touchpoints say something of one document
    /// at the very same millisecond.
    pub fn order(&self, other: &Self, lookup: &dyn Lookup) -> Ordering {
        self.place().cmp(&other.place()).then_with(|| {
            if self.seq == other.seq {
                return self.rest().cmp(&other.rest());
            }
            self.tie(other, lookup).then_with(|| self.rest().cmp(&other.rest()))
        })
    }

    fn tie(&self, other: &Self, lookup: &dyn Lookup) -> Ordering {
        lookup.source_id(self.seq).cmp(&lookup.source_id(other.seq))
    }

    /// Whether this one stands later in (time, source, id): the later one rules a document's fields.
    pub fn later_than(&self, other: &Self, lookup: &dyn Lookup) -> bool {
        let time = self.at().cmp(&other.at());
        time.then_with(|| if self.seq == other.seq { Ordering::Equal } else { self.tie(other, lookup) })
            .is_gt()
    }
}

/// A document's hash in the namespace of a row. Never 0: 0 means none.
pub(crate) fn within(doc: u64, row: u32) -> u64 {
    use std::hash::Hasher;
    let mut hasher = siphasher::sip::SipHasher13::new();
    hasher.write_u64(doc);
    hasher.write_u32(row);
    hasher.finish().max(1)
}
