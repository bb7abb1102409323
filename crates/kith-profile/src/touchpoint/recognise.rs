//! From bytes to a touchpoint: the envelope, then the members by kind.

use std::borrow::Cow;

use super::canonical::{find, write, write_text};
use super::members::{Members, fault, has_control};
use super::node::{BOUND, Member, Node, parse};
use super::when::{in_range, parse_instant};
use super::{
    Data, Kind, LENGTH_MAX, Priority, Severity, Stage, Stored, SubjectRef, SurveyKind, Touchpoint,
    Unrecognised,
};
use crate::input::FactContext;

/// Reads one CloudEvents 1.0 object. `received_at_ms` stands in for a missing `time`.
///
/// # Errors
/// [`Unrecognised`] with the first fault: its code and JSON Pointer.
pub fn read<'a>(
    event: &'a [u8],
    received_at_ms: i64,
    context: &FactContext,
) -> Result<Touchpoint<'a>, Unrecognised> {
    if event.len() > LENGTH_MAX {
        return Err(fault("too_large", "", format!("an event has at most {LENGTH_MAX} bytes")));
    }
    let root = parse(event).map_err(|error| unreadable(&error))?;
    let Node::Object(members) = &root else {
        return Err(fault("not_an_object", "", "an event is a JSON object"));
    };
    let envelope = Envelope { members };
    if envelope.need("specversion", 8)? != "1.0" {
        return Err(fault("specversion_unsupported", "/specversion", "expected \"1.0\""));
    }
    let id = envelope.need("id", 256)?;
    let source = envelope.need("source", 512)?;
    let type_name = envelope.need("type", 128)?;
    let at_ms = envelope.time(received_at_ms)?;
    let supersedes = envelope.text("supersedes", 256)?;
    let retracts = envelope.text("retracts", 256)?;
    if supersedes.is_some() && retracts.is_some() {
        let detail = "an event either supersedes or retracts, not both";
        return Err(fault("correction_ambiguous", "/retracts", detail));
    }
    let kind = Kind::of(type_name);
    let nothing = Vec::new();
    let (data, rest) = match find(members, "data").map(|found| found.1) {
        Some(Node::Object(data)) => (data, None),
        None | Some(Node::Null) => (&nothing, None),
        Some(other) if kind == Kind::Other => (&nothing, Some(other)),
        Some(_) => return Err(fault("wrong_type", "/data", "expected an object")),
    };
    let mut reader = Members::new(data, context, false);
    // What only withdraws needs no members of its own.
    let typed = if retracts.is_some() { Data::None } else { members_of(kind, &mut reader)? };
    let mut content = String::with_capacity(event.len());
    write(&root, &mut content);
    Ok(Touchpoint {
        source: source.clone(),
        id: id.clone(),
        kind,
        type_name: type_name.clone(),
        at_ms,
        subject: subject_of(find(members, "subject").map(|found| found.1)),
        supersedes: supersedes.cloned(),
        retracts: retracts.cloned(),
        data: typed,
        clear: reader.clear(),
        personal: personal(members, &reader, rest),
        content,
    })
}

/// Reads a touchpoint again from what the log keeps of it. The facts are those of the original; subject,
/// members as text and content are not there.
///
/// # Errors
/// [`Unrecognised`] when the stored text is damaged or names an entity that is gone.
pub fn restore<'a>(stored: &Stored<'a>, context: &FactContext) -> Result<Touchpoint<'a>, Unrecognised> {
    let root = parse(stored.clear.as_bytes()).map_err(|error| unreadable(&error))?;
    let Node::Object(members) = &root else {
        return Err(fault("not_an_object", "", "stored members are a JSON object"));
    };
    let kind = Kind::of(stored.type_name);
    let mut reader = Members::new(members, context, true);
    let data = if stored.retracts.is_some() { Data::None } else { members_of(kind, &mut reader)? };
    Ok(Touchpoint {
        source: stored.source.into(),
        id: stored.id.into(),
        kind,
        type_name: stored.type_name.into(),
        at_ms: stored.at_ms,
        subject: SubjectRef::Missing,
        supersedes: stored.supersedes.map(Cow::from),
        retracts: stored.retracts.map(Cow::from),
        data,
        clear: String::new(),
        personal: None,
        content: String::new(),
    })
}

fn unreadable(error: &serde_json::Error) -> Unrecognised {
    let message = error.to_string();
    let code = message.strip_prefix(BOUND).and_then(|rest| rest.split(' ').next());
    match code {
        Some("too_deep") => {
            fault("too_deep", "", format!("an event nests at most {} levels", super::DEPTH_MAX))
        }
        Some("text_too_long") => {
            fault("text_too_long", "", format!("a text has at most {} bytes", super::TEXT_MAX))
        }
        Some("member_twice") => fault("member_twice", "", "an object has the same member twice"),
        _ => fault(
            "json_invalid",
            "",
            format!("not valid JSON at line {} column {}", error.line(), error.column()),
        ),
    }
}

struct Envelope<'n, 'a> {
    members: &'n [Member<'a>],
}

impl<'n, 'a> Envelope<'n, 'a> {
    fn text(&self, name: &str, longest: usize) -> Result<Option<&'n Cow<'a, str>>, Unrecognised> {
        let text = match find(self.members, name).map(|found| found.1) {
            None | Some(Node::Null) => return Ok(None),
            Some(Node::Text(text)) => text,
            Some(_) => return Err(fault("wrong_type", format!("/{name}"), "expected a text")),
        };
        if text.is_empty() || text.len() > longest || has_control(text) {
            let detail = format!("expected 1 to {longest} bytes of text without control characters");
            return Err(fault("text_invalid", format!("/{name}"), detail));
        }
        Ok(Some(text))
    }

    fn need(&self, name: &str, longest: usize) -> Result<&'n Cow<'a, str>, Unrecognised> {
        let missing = || fault("missing", format!("/{name}"), format!("{name} is required"));
        self.text(name, longest)?.ok_or_else(missing)
    }

    fn time(&self, received_at_ms: i64) -> Result<i64, Unrecognised> {
        let detail = "expected a date-time of RFC 3339 between 1971 and 2105";
        let wrong = || fault("time_invalid", "/time", detail);
        let at = match self.text("time", 64)? {
            Some(text) => parse_instant(text).ok_or_else(wrong)?,
            None => received_at_ms,
        };
        if in_range(at) { Ok(at) } else { Err(wrong()) }
    }
}

/// Envelope members that the log keeps in columns of their own.
const KEPT: &[&str] = &["data", "id", "retracts", "source", "specversion", "supersedes", "time", "type"];

fn personal(members: &[Member<'_>], data: &Members<'_, '_>, rest: Option<&Node<'_>>) -> Option<String> {
    let has_data = data.has_personal() || rest.is_some();
    let shown = |name: &str| if name == "data" { has_data } else { !KEPT.contains(&name) };
    let mut out = String::with_capacity(64);
    for (name, node) in members.iter().filter(|member| shown(&member.0)) {
        out.push(if out.is_empty() { '{' } else { ',' });
        write_text(name, &mut out);
        out.push(':');
        match rest {
            _ if name != "data" => write(node, &mut out),
            Some(rest) => write(rest, &mut out),
            None => data.write_personal(&mut out),
        }
    }
    if out.is_empty() {
        return None;
    }
    out.push('}');
    Some(out)
}

/// The text without white space around it, still of the event where it is.
fn trimmed<'a>(text: &Cow<'a, str>) -> Cow<'a, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// Both sides of the first colon.
fn halves<'a>(text: &Cow<'a, str>) -> Option<(Cow<'a, str>, Cow<'a, str>)> {
    match text {
        Cow::Borrowed(text) => text.split_once(':').map(|(one, other)| (one.into(), other.into())),
        Cow::Owned(text) => {
            text.split_once(':').map(|(one, other)| (one.to_owned().into(), other.to_owned().into()))
        }
    }
}

fn subject_of<'a>(node: Option<&Node<'a>>) -> SubjectRef<'a> {
    let text = match node {
        None | Some(Node::Null) => return SubjectRef::Missing,
        Some(Node::Text(text)) if text.is_empty() => return SubjectRef::Missing,
        Some(Node::Text(text)) if text.len() <= 512 && !has_control(text) => trimmed(text),
        Some(_) => return SubjectRef::Unreadable,
    };
    if text.starts_with("acc_") {
        return text.parse().map_or(SubjectRef::Unreadable, SubjectRef::Account);
    }
    let Some((scheme, rest)) = halves(&text).filter(|parts| !parts.1.is_empty()) else {
        return SubjectRef::Unreadable;
    };
    match &*scheme {
        "external" => match halves(&rest) {
            Some((system, id)) if !system.is_empty() && !id.is_empty() => SubjectRef::External { system, id },
            _ => SubjectRef::Unreadable,
        },
        "tax" => SubjectRef::Tax(rest),
        "email" if rest.contains('@') => SubjectRef::Email(rest.to_lowercase()),
        _ => SubjectRef::Unreadable,
    }
}

const SEVERITIES: &[(&str, Severity)] = &[
    ("low", Severity::Low),
    ("medium", Severity::Medium),
    ("high", Severity::High),
    ("critical", Severity::Critical),
];
const PRIORITIES: &[(&str, Priority)] =
    &[("P1", Priority::P1), ("P2", Priority::P2), ("P3", Priority::P3), ("P4", Priority::P4)];
const SURVEYS: &[(&str, SurveyKind)] =
    &[("nps", SurveyKind::Nps), ("csat", SurveyKind::Csat), ("ces", SurveyKind::Ces)];

fn needed<T>(value: Option<T>, name: &str) -> Result<T, Unrecognised> {
    value.ok_or_else(|| fault("missing", format!("/data/{name}"), format!("{name} is required")))
}

fn members_of<'a>(kind: Kind, data: &mut Members<'_, 'a>) -> Result<Data<'a>, Unrecognised> {
    Ok(match kind {
        Kind::OrderPlaced => Data::OrderPlaced {
            order_no: data.need_code("order_no")?,
            entity: data.entity()?,
            value: data.need_money("value")?,
            lane: data.code("lane")?,
            requested_delivery: data.when("requested_delivery")?,
        },
        Kind::OrderCancelled => Data::OrderCancelled { order_no: data.need_code("order_no")? },
        Kind::OrderAmended => {
            Data::OrderAmended { order_no: data.need_code("order_no")?, value: data.need_money("value")? }
        }
        Kind::OrderPlanned => moved(data, Stage::Planned)?,
        Kind::OrderDispatched => moved(data, Stage::Dispatched)?,
        Kind::OrderPickedUp | Kind::OrderInTransit => moved(data, Stage::InTransit)?,
        Kind::OrderClosed => moved(data, Stage::Closed)?,
        Kind::OrderDelivered => Data::OrderDelivered {
            order_no: data.need_code("order_no")?,
            delivered_at: data.need_when("delivered_at")?,
            promised_by: data.when("promised_by")?,
            in_full: data.flag("in_full")?,
        },
        Kind::ExceptionDetected => Data::ExceptionDetected {
            exception_no: data.need_code("exception_no")?,
            order_no: data.code("order_no")?,
            kind: data.need_code("kind")?,
            severity: needed(data.word("severity", SEVERITIES)?, "severity")?,
        },
        Kind::ClaimFiled => Data::ClaimFiled {
            claim_no: data.need_code("claim_no")?,
            order_no: data.code("order_no")?,
            kind: data.need_code("kind")?,
            amount: data.need_money("amount")?,
        },
        Kind::QuoteRequested | Kind::QuoteSent | Kind::QuoteWon | Kind::QuoteLost | Kind::QuoteExpired => {
            Data::Quote {
                quote_no: data.need_code("quote_no")?,
                lane: data.code("lane")?,
                value: data.money("value")?,
                reason: data.reason("reason")?,
            }
        }
        Kind::InvoicePosted
        | Kind::InvoiceDisputed
        | Kind::CreditNotePosted
        | Kind::PaymentReceived
        | Kind::PaymentReturned => money_members(kind, data)?,
        Kind::PromiseMade => Data::PromiseMade {
            promise_no: data.need_code("promise_no")?,
            entity: data.entity()?,
            amount: data.need_money("amount")?,
            promised_on: data.need_when("promised_on")?,
        },
        Kind::PromiseKept | Kind::PromiseBroken => {
            Data::Promise { promise_no: data.need_code("promise_no")? }
        }
        Kind::InquiryReceived | Kind::InquiryReplied | Kind::InquiryResolved | Kind::InquiryReopened => {
            Data::Inquiry {
                inquiry_no: data.need_code("inquiry_no")?,
                channel: data.code("channel")?,
                intent: data.code("intent")?,
                priority: data.word("priority", PRIORITIES)?,
            }
        }
        Kind::SurveyResponded => survey(data)?,
        Kind::PortalLogin => Data::PortalLogin { user: data.need_person("user")? },
        Kind::CompetitorMentioned => Data::CompetitorMentioned { name: data.need_person("name")? },
        Kind::Telematics => Data::Telematics { vin: data.need_code("vin")? },
        Kind::MeetingHeld | Kind::Other => Data::None,
    })
}

/// Whoever tells a stage without the order's number tells a contact only.
fn moved<'a>(data: &mut Members<'_, 'a>, stage: Stage) -> Result<Data<'a>, Unrecognised> {
    let order_no = data.code("order_no")?;
    Ok(order_no.map_or(Data::None, |order_no| Data::OrderMoved { order_no, stage }))
}

fn money_members<'a>(kind: Kind, data: &mut Members<'_, 'a>) -> Result<Data<'a>, Unrecognised> {
    Ok(match kind {
        Kind::InvoicePosted => Data::InvoicePosted {
            invoice_no: data.need_code("invoice_no")?,
            entity: data.entity()?,
            order_no: data.code("order_no")?,
            amount: data.need_money("amount")?,
            issued_on: data.need_when("issued_on")?,
            due_on: data.need_when("due_on")?,
        },
        Kind::InvoiceDisputed => {
            Data::InvoiceDisputed { invoice_no: data.need_code("invoice_no")?, amount: data.money("amount")? }
        }
        Kind::CreditNotePosted => Data::CreditNotePosted {
            credit_note_no: data.need_code("credit_note_no")?,
            entity: data.entity()?,
            invoice_no: data.code("invoice_no")?,
            amount: data.need_money("amount")?,
        },
        Kind::PaymentReceived => {
            let payment_no = data.need_code("payment_no")?;
            let entity = data.entity()?;
            let amount = data.need_money("amount")?;
            let received_on = data.need_when("received_on")?;
            let allocations = data.allocations(amount)?;
            Data::PaymentReceived { payment_no, entity, amount, received_on, allocations }
        }
        _ => Data::PaymentReturned { payment_no: data.need_code("payment_no")? },
    })
}

fn survey<'a>(data: &mut Members<'_, 'a>) -> Result<Data<'a>, Unrecognised> {
    let kind = needed(data.word("kind", SURVEYS)?, "kind")?;
    let (least, most) = match kind {
        SurveyKind::Nps => (0, 10),
        SurveyKind::Csat => (1, 5),
        SurveyKind::Ces => (1, 7),
    };
    let score = data.score("score", least, most)?;
    Ok(Data::SurveyResponded { kind, score, respondent: data.person("respondent")? })
}
