//! The members of each kind of touchpoint that every producer can rely on (design §5).

use std::borrow::Cow;

use kith_domain::value::Money;

use super::When;

/// What happened. The names are those of the CloudEvents types behind `io.kith.`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// `order.placed`
    OrderPlaced,
    /// `order.cancelled`
    OrderCancelled,
    /// `order.amended`
    OrderAmended,
    /// `order.planned`
    OrderPlanned,
    /// `order.dispatched`
    OrderDispatched,
    /// `order.picked_up`
    OrderPickedUp,
    /// `order.in_transit`
    OrderInTransit,
    /// `order.closed`
    OrderClosed,
    /// `order.delivered`
    OrderDelivered,
    /// `exception.detected`
    ExceptionDetected,
    /// `claim.filed`
    ClaimFiled,
    /// `quote.requested`
    QuoteRequested,
    /// `quote.sent`
    QuoteSent,
    /// `quote.won`
    QuoteWon,
    /// `quote.lost`
    QuoteLost,
    /// `quote.expired`
    QuoteExpired,
    /// `invoice.posted`
    InvoicePosted,
    /// `invoice.disputed`
    InvoiceDisputed,
    /// `credit_note.posted`
    CreditNotePosted,
    /// `payment.received`
    PaymentReceived,
    /// `payment.returned`
    PaymentReturned,
    /// `promise.made`
    PromiseMade,
    /// `promise.kept`
    PromiseKept,
    /// `promise.broken`
    PromiseBroken,
    /// `inquiry.received`
    InquiryReceived,
    /// `inquiry.replied`
    InquiryReplied,
    /// `inquiry.resolved`
    InquiryResolved,
    /// `inquiry.reopened`
    InquiryReopened,
    /// `survey.responded`
    SurveyResponded,
    /// `portal.login`
    PortalLogin,
    /// `meeting.held`
    MeetingHeld,
    /// `competitor.mentioned`
    CompetitorMentioned,
    /// `telematics.*`
    Telematics,
    /// A type that Kith does not know: kept, counted as a contact.
    Other,
}

impl Kind {
    /// The kind of a CloudEvents type.
    #[must_use]
    pub fn of(type_name: &str) -> Self {
        let Some(name) = type_name.strip_prefix(super::TYPE_PREFIX) else { return Self::Other };
        match name {
            "order.placed" => Self::OrderPlaced,
            "order.cancelled" => Self::OrderCancelled,
            "order.amended" => Self::OrderAmended,
            "order.planned" => Self::OrderPlanned,
            "order.dispatched" => Self::OrderDispatched,
            "order.picked_up" => Self::OrderPickedUp,
            "order.in_transit" => Self::OrderInTransit,
            "order.closed" => Self::OrderClosed,
            "order.delivered" => Self::OrderDelivered,
            "exception.detected" => Self::ExceptionDetected,
            "claim.filed" => Self::ClaimFiled,
            "quote.requested" => Self::QuoteRequested,
            "quote.sent" => Self::QuoteSent,
            "quote.won" => Self::QuoteWon,
            "quote.lost" => Self::QuoteLost,
            "quote.expired" => Self::QuoteExpired,
            "invoice.posted" => Self::InvoicePosted,
            "invoice.disputed" => Self::InvoiceDisputed,
            "credit_note.posted" => Self::CreditNotePosted,
            "payment.received" => Self::PaymentReceived,
            "payment.returned" => Self::PaymentReturned,
            "promise.made" => Self::PromiseMade,
            "promise.kept" => Self::PromiseKept,
            "promise.broken" => Self::PromiseBroken,
            "inquiry.received" => Self::InquiryReceived,
            "inquiry.replied" => Self::InquiryReplied,
            "inquiry.resolved" => Self::InquiryResolved,
            "inquiry.reopened" => Self::InquiryReopened,
            "survey.responded" => Self::SurveyResponded,
            "portal.login" => Self::PortalLogin,
            "meeting.held" => Self::MeetingHeld,
            "competitor.mentioned" => Self::CompetitorMentioned,
            _ if name.starts_with("telematics.") => Self::Telematics,
            _ => Self::Other,
        }
    }
}

/// How far an order came on its way, besides its delivery and its invoices (D§7.5). Stored in facts by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// It has its place in a plan.
    Planned = 1,
    /// Whoever carries it was sent.
    Dispatched = 2,
    /// It is on the way: picked up, or seen there.
    InTransit = 3,
    /// Nothing is to be done about it any more.
    Closed = 4,
}

/// How grave an exception is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// `low`
    Low,
    /// `medium`: from here on it is a service issue.
    Medium,
    /// `high`
    High,
    /// `critical`
    Critical,
}

/// How urgent an inquiry is, `P1` the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// `P1`
    P1,
    /// `P2`
    P2,
    /// `P3`
    P3,
    /// `P4`
    P4,
}

/// Which question a survey asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SurveyKind {
    /// Would you recommend us, 0–10.
    Nps,
    /// How satisfied are you, 1–5.
    Csat,
    /// How easy was it, 1–7.
    Ces,
}

/// What part of a payment pays which invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allocation<'a> {
    /// The invoice.
    pub invoice_no: Cow<'a, str>,
    /// How much of it.
    pub amount: Money,
}

/// The typed members of a touchpoint. Users, respondents and names are pseudonyms (keyed 64-bit hashes).
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the members are those of the contract, by their names there")]
pub enum Data<'a> {
    OrderPlaced {
        order_no: Cow<'a, str>,
        entity: Cow<'a, str>,
        value: Money,
        lane: Option<Cow<'a, str>>,
        requested_delivery: Option<When>,
    },
    OrderCancelled {
        order_no: Cow<'a, str>,
    },
    OrderAmended {
        order_no: Cow<'a, str>,
        value: Money,
    },
    /// An order came so far on its way.
    OrderMoved {
        order_no: Cow<'a, str>,
        stage: Stage,
    },
    OrderDelivered {
        order_no: Cow<'a, str>,
        delivered_at: When,
        promised_by: Option<When>,
        in_full: Option<bool>,
    },
    ExceptionDetected {
        exception_no: Cow<'a, str>,
        order_no: Option<Cow<'a, str>>,
        kind: Cow<'a, str>,
        severity: Severity,
    },
    ClaimFiled {
        claim_no: Cow<'a, str>,
        order_no: Option<Cow<'a, str>>,
        kind: Cow<'a, str>,
        amount: Money,
    },
    /// `quote.requested`, `sent`, `won`, `lost`, `expired`: the touchpoint's kind says which.
    Quote {
        quote_no: Cow<'a, str>,
        lane: Option<Cow<'a, str>>,
        value: Option<Money>,
        reason: Option<Cow<'a, str>>,
    },
    InvoicePosted {
        invoice_no: Cow<'a, str>,
        entity: Cow<'a, str>,
        order_no: Option<Cow<'a, str>>,
        amount: Money,
        issued_on: When,
        due_on: When,
    },
    /// What of an invoice is disputed from now on: all that is open without an amount, nothing any more with 0.
    InvoiceDisputed {
        invoice_no: Cow<'a, str>,
        amount: Option<Money>,
    },
    CreditNotePosted {
        credit_note_no: Cow<'a, str>,
        entity: Cow<'a, str>,
        invoice_no: Option<Cow<'a, str>>,
        amount: Money,
    },
    PaymentReceived {
        payment_no: Cow<'a, str>,
        entity: Cow<'a, str>,
        amount: Money,
        received_on: When,
        allocations: Vec<Allocation<'a>>,
    },
    PaymentReturned {
        payment_no: Cow<'a, str>,
    },
    PromiseMade {
        promise_no: Cow<'a, str>,
        entity: Cow<'a, str>,
        amount: Money,
        promised_on: When,
    },
    /// `promise.kept`, `broken`: the touchpoint's kind says which.
    Promise {
        promise_no: Cow<'a, str>,
    },
    /// `inquiry.received`, `replied`, `resolved`, `reopened`: the touchpoint's kind says which.
    Inquiry {
        inquiry_no: Cow<'a, str>,
        channel: Option<Cow<'a, str>>,
        intent: Option<Cow<'a, str>>,
        priority: Option<Priority>,
    },
    SurveyResponded {
        kind: SurveyKind,
        score: u8,
        respondent: Option<u64>,
    },
    PortalLogin {
        user: u64,
    },
    CompetitorMentioned {
        name: u64,
    },
    Telematics {
        vin: Cow<'a, str>,
    },
    /// `meeting.held` and every unknown type.
    None,
}
