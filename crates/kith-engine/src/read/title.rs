//! A touchpoint in one line, for people.

use serde_json::Value;

/// The group, the title, the second line, and whether it needs a look.
pub(crate) struct Told {
    pub(crate) group: &'static str,
    pub(crate) title: String,
    pub(crate) detail: String,
    pub(crate) alert: bool,
}

fn text<'a>(data: &'a Value, name: &str) -> Option<&'a str> {
    data.get(name).and_then(Value::as_str).filter(|text| !text.starts_with('~'))
}

fn money(data: &Value, name: &str) -> Option<String> {
    let money = data.get(name)?;
    Some(format!("{} {}", money.get("currency")?.as_str()?, grouped(money.get("amount")?.as_str()?)))
}

/// `1234567.50` → `1,234,567.50`.
fn grouped(amount: &str) -> String {
    let (whole, fraction) =
        amount.split_once('.').map_or((amount, None), |(whole, rest)| (whole, Some(rest)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |rest| ("-", rest));
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && digits.len().saturating_sub(place) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    fraction.map_or_else(|| format!("{sign}{out}"), |fraction| format!("{sign}{out}.{fraction}"))
}

fn named(data: &Value, kind: &str, name: &str, verb: &str) -> String {
    match text(data, name) {
        Some(number) => format!("{kind} {number} {verb}"),
        None => format!("{kind} {verb}"),
    }
}

fn with(title: String, tail: Option<String>) -> String {
    match tail {
        Some(tail) => format!("{title}, {tail}"),
        None => title,
    }
}

fn join(parts: &[Option<String>]) -> String {
    parts.iter().flatten().cloned().collect::<Vec<_>>().join(" · ")
}

/// Says what happened.
#[expect(clippy::too_many_lines, reason = "one arm for each type of touchpoint, nothing else")]
pub(crate) fn tell(kind: &str, data: &Value) -> Told {
    let word = |name: &str| text(data, name).map(|word| word.replace('_', " "));
    let told = |group, title: String, detail: String, alert| Told { group, title, detail, alert };
    let short = kind.strip_prefix("io.kith.").unwrap_or(kind);
    match short {
        "order.placed" => told(
            "orders",
            with(named(data, "Order", "order_no", "placed"), money(data, "value")),
            join(&[word("lane"), word("entity")]),
            false,
        ),
        "order.amended" => told(
            "orders",
            with(named(data, "Order", "order_no", "amended"), money(data, "value")),
            String::new(),
            false,
        ),
        "order.cancelled" => {
            told("orders", named(data, "Order", "order_no", "cancelled"), String::new(), true)
        }
        "order.delivered" => delivered(data),
        "exception.detected" => {
            let severity = text(data, "severity").unwrap_or("unknown");
            let what = word("kind").unwrap_or_else(|| "problem".to_owned());
            let title = format!("Shipment exception: {what}, {severity}");
            told("shipments", title, join(&[word("exception_no"), word("order_no")]), severity != "low")
        }
        "claim.filed" => {
            let what = word("kind").map(|kind| format!("for {kind}"));
            told(
                "shipments",
                with(named(data, "Claim", "claim_no", "filed"), money(data, "amount")),
                join(&[what, word("order_no")]),
                true,
            )
        }
        "quote.requested" | "quote.sent" | "quote.won" | "quote.lost" => {
            let verb = short.split_once('.').map_or("", |parts| parts.1);
            told(
                "quotes",
                with(named(data, "Quote", "quote_no", verb), money(data, "value")),
                join(&[word("lane"), word("reason")]),
                verb == "lost",
            )
        }
        "invoice.posted" => {
            let due = text(data, "due_on").map(|due| format!("due {due}"));
            told(
                "money",
                with(named(data, "Invoice", "invoice_no", "posted"), money(data, "amount")),
                join(&[due, word("order_no")]),
                false,
            )
        }
        "invoice.disputed" => told(
            "money",
            with(named(data, "Invoice", "invoice_no", "disputed"), money(data, "amount")),
            word("reason").unwrap_or_default(),
            true,
        ),
        "credit_note.posted" => told(
            "money",
            with(named(data, "Credit note", "credit_note_no", "posted"), money(data, "amount")),
            word("invoice_no").unwrap_or_default(),
            false,
        ),
        "payment.received" => told(
            "money",
            with(named(data, "Payment", "payment_no", "received"), money(data, "amount")),
            allocations(data),
            false,
        ),
        "payment.returned" => {
            told("money", named(data, "Payment", "payment_no", "returned"), String::new(), true)
        }
        "promise.made" => {
            let by = text(data, "promised_on").map(|day| format!("by {day}"));
            told(
                "money",
                with(named(data, "Promise to pay", "promise_no", "made"), money(data, "amount")),
                join(&[by]),
                false,
            )
        }
        "promise.kept" | "promise.broken" => {
            let verb = short.split_once('.').map_or("", |parts| parts.1);
            let broken = verb == "broken";
            told("money", named(data, "Promise to pay", "promise_no", verb), String::new(), broken)
        }
        "inquiry.received" | "inquiry.replied" | "inquiry.resolved" | "inquiry.reopened" => {
            let verb = short.split_once('.').map_or("", |parts| parts.1);
            let urgent = matches!(text(data, "priority"), Some("P1" | "P2"))
                || text(data, "intent") == Some("complaint");
            told(
                "messages",
                with(named(data, "Inquiry", "inquiry_no", verb), word("intent")),
                join(&[word("channel"), word("priority")]),
                urgent && verb == "received",
            )
        }
        "survey.responded" => {
            let kind = text(data, "kind").unwrap_or("survey").to_uppercase();
            let score = data.get("score").map(ToString::to_string).unwrap_or_default();
            told("surveys", format!("{kind} answered: {score}"), String::new(), false)
        }
        "portal.login" => told("portal", "Signed in to the portal".to_owned(), String::new(), false),
        "meeting.held" => told("messages", "Meeting held".to_owned(), String::new(), false),
        "competitor.mentioned" => told(
            "messages",
            "A competitor was mentioned".to_owned(),
            word("competitor").unwrap_or_default(),
            true,
        ),
        other => told("other", other.replace(['.', '_'], " "), String::new(), false),
    }
}

fn delivered(data: &Value) -> Told {
    let late = text(data, "promised_by").zip(text(data, "delivered_at")).is_some_and(|(promised, at)| {
        let parse = |text: &str| text.parse::<jiff::Timestamp>().ok();
        parse(promised).zip(parse(at)).is_some_and(|(promised, at)| at > promised)
    });
    let short = data.get("in_full") == Some(&Value::Bool(false));
    let how = match (late, short) {
        (false, false) => "on time, in full",
        (true, false) => "late",
        (false, true) => "on time, not in full",
        (true, true) => "late, not in full",
    };
    Told {
        group: "shipments",
        title: with(named(data, "Order", "order_no", "delivered"), Some(how.to_owned())),
        detail: String::new(),
        alert: late || short,
    }
}

fn allocations(data: &Value) -> String {
    let rows = data.get("allocations").and_then(Value::as_array);
    let numbers = rows.into_iter().flatten().filter_map(|row| row.get("invoice_no")?.as_str());
    let numbers: Vec<&str> = numbers.collect();
    if numbers.is_empty() { String::new() } else { format!("for {}", numbers.join(", ")) }
}
