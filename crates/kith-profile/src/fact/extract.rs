//! From a touchpoint to its facts.

use std::borrow::Cow;
use std::hash::Hasher;

use jiff::tz::TimeZone;
use kith_domain::value::Money;
use siphasher::sip::SipHasher24;

use super::{Fact, FactKind};
use crate::input::FactContext;
use crate::touchpoint::{
    Allocation, Data, Kind, SurveyKind, Touchpoint, When, business_day, business_seconds,
};

/// Keyed hash of a document number, person or lane. The namespace is the kind of thing it names, so that an
/// order and an invoice of the same number stay apart. Never 0: 0 means none.
pub(crate) fn pseudonym(key: &[u8; 16], namespace: &str, text: &str) -> u64 {
    let mut hasher = SipHasher24::new_with_key(key);
    hasher.write(namespace.as_bytes());
    hasher.write_u8(0);
    hasher.write(text.as_bytes());
    hasher.finish().max(1)
}

/// Keyed hash of a touchpoint itself, for facts without a document.
fn unique(key: &[u8; 16], source: &str, id: &str) -> u64 {
    let mut hasher = SipHasher24::new_with_key(key);
    hasher.write(b"touchpoint\0");
    hasher.write(source.as_bytes());
    hasher.write_u8(0);
    hasher.write(id.as_bytes());
    hasher.finish().max(1)
}

/// Bits of a hash as the signed number that [`Fact::aux`] holds.
fn bits(hash: u64) -> i64 {
    i64::from_ne_bytes(hash.to_ne_bytes())
}

/// What a touchpoint means: none for a withdrawal, one for most, several where it names several documents.
/// Whether the touchpoint is dead is not asked here.
#[must_use]
pub fn facts(touchpoint: &Touchpoint<'_>, seq: u32, context: &FactContext) -> Vec<Fact> {
    if touchpoint.retracts.is_some() {
        return Vec::new();
    }
    let at = touchpoint.at_ms.max(0);
    let made = Making {
        context,
        touchpoint,
        base: Fact {
            doc: 0,
            amount: 0,
            aux: 0,
            at_s: u32::try_from(at / 1_000).unwrap_or(u32::MAX),
            seq,
            day: 0,
            at_ms: u16::try_from(at % 1_000).unwrap_or(0),
            kind: FactKind::Other as u8,
            entity: 0,
            currency: 0,
            flags: 0,
        },
    };
    made.all()
}

/// The lane that an order names, with its pseudonym: for [`crate::Living::name_lane`].
#[must_use]
pub fn lane<'t>(touchpoint: &'t Touchpoint<'_>, context: &FactContext) -> Option<(u64, &'t str)> {
    match &touchpoint.data {
        Data::OrderPlaced { lane: Some(lane), .. } | Data::Quote { lane: Some(lane), .. } => {
            Some((pseudonym(&context.hash_key, "lane", lane), lane))
        }
        _ => None,
    }
}

struct Making<'a> {
    context: &'a FactContext,
    touchpoint: &'a Touchpoint<'a>,
    base: Fact,
}

impl Making<'_> {
    fn hash(&self, namespace: &str, text: &str) -> u64 {
        pseudonym(&self.context.hash_key, namespace, text)
    }

    fn order(&self, order_no: Option<&Cow<'_, str>>) -> i64 {
        order_bits(self.context, order_no)
    }

    /// A fact on the day of the touchpoint's time in the organisation's zone.
    fn plain(&self, kind: FactKind, doc: u64) -> Fact {
        Fact { kind: kind as u8, doc, day: self.day(&self.context.zone), ..self.base }
    }

    fn day(&self, zone: &TimeZone) -> u16 {
        business_day(self.touchpoint.at_ms, zone)
    }

    fn money(mut fact: Fact, money: Money) -> Fact {
        fact.amount = money.minor;
        fact.currency = money.currency.index();
        fact
    }

    fn itself(&self) -> u64 {
        unique(&self.context.hash_key, &self.touchpoint.source, &self.touchpoint.id)
    }

    fn all(&self) -> Vec<Fact> {
        match &self.touchpoint.data {
            Data::OrderPlaced { .. }
            | Data::OrderCancelled { .. }
            | Data::OrderAmended { .. }
            | Data::OrderMoved { .. }
            | Data::OrderDelivered { .. } => self.orders(),
            Data::InvoicePosted { .. }
            | Data::InvoiceDisputed { .. }
            | Data::CreditNotePosted { .. }
            | Data::PaymentReceived { .. }
            | Data::PaymentReturned { .. } => self.bills(),
            Data::PromiseMade { .. } | Data::Promise { .. } => self.promises(),
            Data::ExceptionDetected { exception_no, order_no, severity, .. } => {
                let fact = self.plain(FactKind::Exception, self.hash("exception", exception_no));
                vec![Fact { aux: self.order(order_no.as_ref()), flags: *severity as u8, ..fact }]
            }
            Data::ClaimFiled { claim_no, order_no, kind, amount } => {
                let fact = self.plain(FactKind::Claim, self.hash("claim", claim_no));
                let flags = if kind == "loss" { Fact::CRITICAL } else { 0 };
                vec![Self::money(Fact { aux: self.order(order_no.as_ref()), flags, ..fact }, *amount)]
            }
            Data::Quote { quote_no, lane, value, .. } => {
                vec![self.quote(quote_no, lane.as_deref(), *value)]
            }
            Data::Inquiry { inquiry_no, channel, intent, priority } => {
                let priority = priority.map_or(0, |priority| priority as u8 + 1);
                vec![self.inquiry(inquiry_no, channel.as_deref(), intent.as_deref(), priority)]
            }
            Data::SurveyResponded { kind, score, respondent } => {
                let fact = self.plain(FactKind::Survey, respondent.unwrap_or_else(|| self.itself()));
                let flags = match kind {
                    SurveyKind::Nps => Fact::NPS,
                    SurveyKind::Csat => Fact::CSAT,
                    SurveyKind::Ces => Fact::CES,
                };
                vec![Fact { aux: i64::from(*score), flags, ..fact }]
            }
            Data::PortalLogin { user } => vec![self.plain(FactKind::PortalLogin, *user)],
            Data::CompetitorMentioned { name } => vec![self.plain(FactKind::Competitor, *name)],
            Data::Telematics { vin } => vec![self.plain(FactKind::Telematics, self.hash("vin", vin))],
            Data::None if self.touchpoint.kind == Kind::MeetingHeld => {
                vec![self.plain(FactKind::Meeting, self.itself())]
            }
            Data::None => vec![self.plain(FactKind::Other, self.itself())],
        }
    }

    fn orders(&self) -> Vec<Fact> {
        match &self.touchpoint.data {
            Data::OrderPlaced { order_no, entity, value, lane, requested_delivery } => {
                let number = self.context.entity_number(entity).unwrap_or(0);
                let zone = self.context.zone_of(number);
                let doc = self.hash("order", order_no);
                let aux = requested_delivery.map_or(0, |when| i64::from(when.day(zone)));
                let placed =
                    Fact { entity: number, aux, day: self.day(zone), ..self.plain(FactKind::Order, doc) };
                let mut facts = Vec::with_capacity(2);
                facts.push(Self::money(placed, *value));
                if let Some(lane) = lane {
                    let lane = bits(self.hash("lane", lane));
                    facts.push(Fact {
                        kind: FactKind::OrderLane as u8,
                        aux: lane,
                        amount: 0,
                        currency: 0,
                        ..placed
                    });
                }
                facts
            }
            Data::OrderAmended { order_no, value } => {
                let fact = self.plain(FactKind::Order, self.hash("order", order_no));
                vec![Self::money(Fact { flags: Fact::AMENDED, ..fact }, *value)]
            }
            Data::OrderDelivered { order_no, delivered_at, promised_by, in_full } => {
                let zone = &self.context.zone;
                let mut fact = self.plain(FactKind::Delivered, self.hash("order", order_no));
                fact.day = delivered_at.day(zone);
                fact.flags = delivery_flags(*delivered_at, *promised_by, *in_full, zone);
                vec![fact]
            }
            Data::OrderMoved { order_no, stage } => {
                let fact = self.plain(FactKind::OrderMoved, self.hash("order", order_no));
                vec![Fact { aux: *stage as i64, ..fact }]
            }
            Data::OrderCancelled { order_no } => {
                vec![self.plain(FactKind::OrderCancelled, self.hash("order", order_no))]
            }
            _ => Vec::new(),
        }
    }

    fn bills(&self) -> Vec<Fact> {
        match &self.touchpoint.data {
            Data::InvoicePosted { invoice_no, entity, order_no, amount, issued_on, due_on } => {
                let number = self.context.entity_number(entity).unwrap_or(0);
                let zone = self.context.zone_of(number);
                let doc = self.hash("invoice", invoice_no);
                let aux = i64::from(due_on.day(zone));
                let day = issued_on.day(zone);
                let invoice = Fact { entity: number, aux, day, ..self.plain(FactKind::Invoice, doc) };
                let mut facts = vec![Self::money(invoice, *amount)];
                if order_no.is_some() {
                    let aux = self.order(order_no.as_ref());
                    facts.push(Fact { kind: FactKind::InvoiceOrder as u8, aux, ..invoice });
                }
                facts
            }
            Data::InvoiceDisputed { invoice_no, amount } => {
                let disputed = self.plain(FactKind::InvoiceDisputed, self.hash("invoice", invoice_no));
                vec![match amount {
                    Some(amount) => Self::money(disputed, *amount),
                    None => Fact { flags: Fact::ALL, ..disputed },
                }]
            }
            Data::CreditNotePosted { credit_note_no, entity, invoice_no, amount } => {
                let number = self.context.entity_number(entity).unwrap_or(0);
                let aux = invoice_no.as_ref().map_or(0, |invoice| bits(self.hash("invoice", invoice)));
                let doc = self.hash("credit_note", credit_note_no);
                let day = self.day(self.context.zone_of(number));
                let note = Fact { entity: number, aux, day, ..self.plain(FactKind::CreditNote, doc) };
                vec![Self::money(note, *amount)]
            }
            Data::PaymentReceived { payment_no, entity, amount, received_on, allocations } => {
                let number = self.context.entity_number(entity).unwrap_or(0);
                let day = received_on.day(self.context.zone_of(number));
                let doc = self.hash("payment", payment_no);
                let payment = Fact { entity: number, day, ..self.plain(FactKind::Payment, doc) };
                let mut facts = Vec::with_capacity(allocations.len().saturating_add(1));
                facts.push(Self::money(payment, *amount));
                // Two parts for one invoice are one: facts are a set.
                for part in allocations {
                    let fact = self.allocation(payment, part);
                    match facts.iter_mut().skip(1).find(|known| known.aux == fact.aux) {
                        Some(known) => known.amount = known.amount.saturating_add(fact.amount),
                        None => facts.push(fact),
                    }
                }
                facts
            }
            Data::PaymentReturned { payment_no } => {
                vec![self.plain(FactKind::PaymentReturned, self.hash("payment", payment_no))]
            }
            _ => Vec::new(),
        }
    }

    fn promises(&self) -> Vec<Fact> {
        match &self.touchpoint.data {
            Data::PromiseMade { promise_no, entity, amount, promised_on } => {
                let number = self.context.entity_number(entity).unwrap_or(0);
                let zone = self.context.zone_of(number);
                let (aux, day) = (i64::from(promised_on.day(zone)), self.day(zone));
                let made = self.plain(FactKind::Promise, self.hash("promise", promise_no));
                vec![Self::money(Fact { entity: number, aux, day, ..made }, *amount)]
            }
            Data::Promise { promise_no } => {
                let flags = if self.touchpoint.kind == Kind::PromiseKept { Fact::KEPT } else { 0 };
                let settled = self.plain(FactKind::PromiseSettled, self.hash("promise", promise_no));
                vec![Fact { flags, ..settled }]
            }
            _ => Vec::new(),
        }
    }

    fn allocation(&self, payment: Fact, part: &Allocation<'_>) -> Fact {
        let aux = bits(self.hash("invoice", &part.invoice_no));
        Self::money(Fact { kind: FactKind::Allocation as u8, aux, ..payment }, part.amount)
    }

    fn quote(&self, quote_no: &str, lane: Option<&str>, value: Option<Money>) -> Fact {
        let doc = self.hash("quote", quote_no);
        let (kind, flags) = match self.touchpoint.kind {
            Kind::QuoteRequested => (FactKind::QuoteRequested, 0),
            Kind::QuoteSent => (FactKind::QuoteSent, 0),
            Kind::QuoteWon => (FactKind::QuoteDecided, Fact::WON),
            Kind::QuoteLost => (FactKind::QuoteDecided, Fact::LOST),
            _ => (FactKind::QuoteDecided, Fact::EXPIRED),
        };
        let aux = lane.map_or(0, |lane| bits(self.hash("lane", lane)));
        let fact = Fact { flags, aux, ..self.plain(kind, doc) };
        value.map_or(fact, |value| Self::money(fact, value))
    }

    fn inquiry(&self, number: &str, channel: Option<&str>, intent: Option<&str>, priority: u8) -> Fact {
        let doc = self.hash("inquiry", number);
        let kind = match self.touchpoint.kind {
            Kind::InquiryReceived => FactKind::InquiryReceived,
            Kind::InquiryReplied => FactKind::InquiryReplied,
            Kind::InquiryResolved => FactKind::InquiryResolved,
            _ => FactKind::InquiryReopened,
        };
        let mut flags = priority;
        if intent == Some("complaint") {
            flags |= Fact::COMPLAINT;
        }
        // Quotes, selling and noise are no service inquiries (D§4.3, support intensity).
        let selling = ["quote_request", "sales_general", "vendor_offer", "job", "spam", "contract_renewal"];
        if !intent.is_some_and(|intent| selling.contains(&intent)) {
            flags |= Fact::SERVICE;
        }
        if channel == Some("email") {
            flags |= Fact::WRITTEN;
        }
        let amount = business_seconds(self.touchpoint.at_ms, &self.context.zone);
        let aux = intent.map_or(0, |intent| bits(self.hash("intent", intent)));
        Fact { amount, aux, flags, ..self.plain(kind, doc) }
    }
}

fn order_bits(context: &FactContext, order_no: Option<&Cow<'_, str>>) -> i64 {
    order_no.map_or(0, |order_no| bits(pseudonym(&context.hash_key, "order", order_no)))
}

fn delivery_flags(delivered: When, promised: Option<When>, in_full: Option<bool>, zone: &TimeZone) -> u8 {
    let mut flags = 0;
    if let Some(promised) = promised {
        flags |= Fact::HAS_PROMISE;
        if delivered.meets(promised, zone) {
            flags |= Fact::ON_TIME;
        }
    }
    if let Some(in_full) = in_full {
        flags |= Fact::HAS_IN_FULL;
        if in_full {
            flags |= Fact::IN_FULL;
        }
    }
    flags
}
