//! A happening as an event of CloudEvents, as it would come from the company's own systems.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::customer::Customer;
use super::happening::{
    Billing, Contact, DAY_SECONDS, Day, Happening, InquiryStep, OrderStep, QuoteStep, Trouble, What, date_of,
    instant_of,
};

/// Minor units as wire money.
pub(super) fn money(minor: i64, currency: &str) -> Value {
    json!({ "amount": format!("{}.{:02}", minor / 100, minor % 100), "currency": currency })
}

/// The systems that the touchpoints come from.
const ERP: &str = "demo/erp";
const CARRIER: &str = "demo/transport";
const CRM: &str = "demo/crm";
const DESK: &str = "demo/service-desk";
const PORTAL: &str = "demo/portal";

/// Source, type without prefix, own number of the document, and data.
struct Parts(&'static str, &'static str, String, Value);

/// The event of a happening.
pub(super) fn cloud_event(customer: &Customer, happening: &Happening) -> Value {
    let at = instant_of(happening.at);
    let Parts(source, kind, number, data) = match &happening.what {
        What::Order(step) => order(customer, step, at),
        What::Trouble(trouble) => fault(customer, trouble),
        What::Quote(step) => quote(customer, step),
        What::Billing(billing) => bill(customer, billing, happening.at.div_euclid(DAY_SECONDS)),
        What::Inquiry(inquiry, step) => ask(customer, *inquiry, step, happening.at),
        What::Contact(contact) => meet(customer, contact),
    };
    json!({
        "specversion": "1.0",
        "id": format!("{kind}/{number}"),
        "source": source,
        "type": format!("io.kith.{kind}"),
        "time": at.to_string(),
        "subject": format!("external:erp:{}", customer.number),
        "data": data,
    })
}

impl Customer {
    fn document(&self, prefix: &str, number: u32) -> String {
        format!("{prefix}-{}-{number:04}", self.number)
    }

    /// The number of an order, as customers quote it.
    pub(super) fn order_no(&self, order: u32) -> String {
        self.document("SO", order)
    }

    fn money(&self, minor: i64) -> Value {
        money(minor, self.currency())
    }
}

fn order(customer: &Customer, step: &OrderStep, at: Timestamp) -> Parts {
    match step {
        OrderStep::Placed { order, value, lane, due } => {
            let number = customer.order_no(*order);
            let data = json!({
                "order_no": number,
                "entity": customer.entity,
                "value": customer.money(*value),
                "lane": customer.lane_key(*lane),
                "requested_delivery": date_of(*due).to_string(),
            });
            Parts(ERP, "order.placed", number, data)
        }
        OrderStep::Delivered { order, promised, in_full } => {
            let number = customer.order_no(*order);
            let data = json!({
                "order_no": number,
                "delivered_at": at.to_string(),
                "promised_by": instant_of((promised + 1) * DAY_SECONDS - 1).to_string(),
                "in_full": in_full,
            });
            Parts(CARRIER, "order.delivered", number, data)
        }
        OrderStep::Cancelled { order } => {
            let number = customer.order_no(*order);
            let data = json!({ "order_no": number });
            Parts(ERP, "order.cancelled", number, data)
        }
    }
}

fn fault(customer: &Customer, trouble: &Trouble) -> Parts {
    match trouble {
        Trouble::Exception { no, order, kind, severity } => {
            let number = customer.document("EX", *no);
            let data = json!({
                "exception_no": number,
                "order_no": customer.order_no(*order),
                "kind": kind,
                "severity": severity,
            });
            Parts(CARRIER, "exception.detected", number, data)
        }
        Trouble::Claim { no, order, kind, amount } => {
            let number = customer.document("CL", *no);
            let data = json!({
                "claim_no": number,
                "order_no": customer.order_no(*order),
                "kind": kind,
                "amount": customer.money(*amount),
            });
            Parts(DESK, "claim.filed", number, data)
        }
    }
}

fn quote(customer: &Customer, step: &QuoteStep) -> Parts {
    let full = |number: &str, lane: u8, value: i64| json!({ "quote_no": number, "lane": customer.lane_key(lane), "value": customer.money(value) });
    match step {
        QuoteStep::Requested { quote, lane, value } => {
            let number = customer.document("QU", *quote);
            let data = full(&number, *lane, *value);
            Parts(CRM, "quote.requested", number, data)
        }
        QuoteStep::Sent { quote, lane, value } => {
            let number = customer.document("QU", *quote);
            let data = full(&number, *lane, *value);
            Parts(CRM, "quote.sent", number, data)
        }
        QuoteStep::Won { quote, value } => {
            let number = customer.document("QU", *quote);
            let data = json!({ "quote_no": number, "value": customer.money(*value) });
            Parts(CRM, "quote.won", number, data)
        }
        QuoteStep::Lost { quote, reason } => {
            let number = customer.document("QU", *quote);
            let data = json!({ "quote_no": number, "reason": reason });
            Parts(CRM, "quote.lost", number, data)
        }
    }
}

fn bill(customer: &Customer, billing: &Billing, day: Day) -> Parts {
    let invoice_no = |order: u32| customer.document("IN", order);
    match billing {
        Billing::Invoice { order, amount, due } => {
            let data = json!({
                "invoice_no": invoice_no(*order),
                "entity": customer.entity,
                "order_no": customer.order_no(*order),
                "amount": customer.money(*amount),
                "issued_on": date_of(day).to_string(),
                "due_on": date_of(*due).to_string(),
            });
            Parts(ERP, "invoice.posted", invoice_no(*order), data)
        }
        Billing::CreditNote { order, amount } => {
            let number = customer.document("CN", *order);
            let data = json!({
                "credit_note_no": number,
                "entity": customer.entity,
                "invoice_no": invoice_no(*order),
                "amount": customer.money(*amount),
            });
            Parts(ERP, "credit_note.posted", number, data)
        }
        Billing::Payment { payment, allocations } => {
            let number = customer.document("PY", *payment);
            let parts: Vec<Value> = allocations
                .iter()
                .map(|(order, amount)| json!({ "invoice_no": invoice_no(*order), "amount": customer.money(*amount) }))
                .collect();
            let data = json!({
                "payment_no": number,
                "entity": customer.entity,
                "amount": customer.money(allocations.iter().map(|(_, amount)| amount).sum()),
                "received_on": date_of(day).to_string(),
                "allocations": parts,
            });
            Parts(ERP, "payment.received", number, data)
        }
        Billing::Returned { payment } => {
            let number = customer.document("PY", *payment);
            let data = json!({ "payment_no": number });
            Parts(ERP, "payment.returned", number, data)
        }
    }
}

fn ask(customer: &Customer, inquiry: u32, step: &InquiryStep, at: i64) -> Parts {
    let number = customer.document("IQ", inquiry);
    let short = json!({ "inquiry_no": number });
    // An inquiry can be answered and solved more than once, so its later steps are told apart by their time.
    match step {
        InquiryStep::Received { intent, priority, channel, text } => {
            let data = json!({
                "inquiry_no": number,
                "channel": channel,
                "intent": intent,
                "priority": priority,
                "text": text,
            });
            Parts(DESK, "inquiry.received", number, data)
        }
        InquiryStep::Replied => Parts(DESK, "inquiry.replied", format!("{number}/{at}"), short),
        InquiryStep::Resolved => Parts(DESK, "inquiry.resolved", format!("{number}/{at}"), short),
        InquiryStep::Reopened => Parts(DESK, "inquiry.reopened", format!("{number}/{at}"), short),
    }
}

fn meet(customer: &Customer, contact: &Contact) -> Parts {
    match contact {
        Contact::Survey { no, kind, score, person } => {
            let data = json!({ "kind": kind, "score": score, "respondent": customer.person_email(*person) });
            Parts(CRM, "survey.responded", customer.document("SV", *no), data)
        }
        Contact::PortalLogin { no, person } => {
            let data = json!({ "user": customer.person_email(*person) });
            Parts(PORTAL, "portal.login", customer.document("VI", *no), data)
        }
        Contact::Meeting { no } => Parts(CRM, "meeting.held", customer.document("MT", *no), json!({})),
        Contact::Competitor { no, name } => {
            Parts(CRM, "competitor.mentioned", customer.document("CM", *no), json!({ "name": name }))
        }
    }
}
