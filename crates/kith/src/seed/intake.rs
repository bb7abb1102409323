//! Touchpoints that nobody can place, or that say two things: the quarantine.

use axum::body::Bytes;
use serde_json::{Value, json};

use super::stage::Stage;
use crate::door::Call;
use crate::failure::Failure;

/// An event of the carrier or of the ERP as it came.
fn event(stage: &Stage, id: &str, kind: &str, subject: &str, data: &Value) -> Value {
    json!({
        "specversion": "1.0", "id": id, "source": "demo/edi-gateway", "type": format!("io.kith.{kind}"),
        "time": stage.local.engine().now().to_string(), "subject": subject, "data": data,
    })
}

fn usd(amount: &str) -> Value {
    json!({"amount": amount, "currency": "USD"})
}

/// Sends what cannot be taken in as it is.
pub(super) async fn hold(stage: &Stage) -> Result<(), Failure> {
    let order =
        |number: &str, amount: &str| json!({"order_no": number, "entity": "US", "value": usd(amount)});
    let invoice = |number: &str, due: &str| {
        json!({"invoice_no": number, "entity": "US", "amount": usd("1480.00"),
               "issued_on": stage.calendar.day(-1), "due_on": due})
    };
    let strangers = [
        event(stage, "E-1001", "order.placed", "external:erp:19999", &order("SO-19999-1", "2210.00")),
        event(
            stage,
            "E-1002",
            "order.placed",
            "email:dock@unlisted-foundry.example",
            &order("SO-X-2", "640.00"),
        ),
        event(stage, "E-1003", "invoice.posted", "external:erp:10005", &invoice("IN-X-3", "next month")),
        event(stage, "E-1004", "order.placed", "external:erp:10006", &order("SO-X-4", "twelve")),
        event(stage, "E-1005", "payment.received", "tax:DE123", &json!({"payment_no": "PY-X-5"})),
    ];
    send(stage, &strangers).await?;
    // The same event with another content: the first one stands until a person decides.
    for (id, first, second) in [("E-2001", "910.00", "190.00"), ("E-2002", "4400.00", "4040.00")] {
        for amount in [first, second] {
            let data = order(&format!("SO-C-{id}"), amount);
            send(stage, &[event(stage, id, "order.placed", "external:erp:10009", &data)]).await?;
        }
    }
    Ok(())
}

async fn send(stage: &Stage, events: &[Value]) -> Result<(), Failure> {
    let body = Bytes::from(Value::from(events).to_string());
    stage.call("tomasz", Call::to("touchpoint_record").bytes(super::MEDIA, body)).await.map(drop)
}

/// One of them is thrown away, for a reason.
pub(super) async fn decide(stage: &Stage) -> Result<(), Failure> {
    let page = stage.call("tomasz", Call::to("quarantine_list")).await?;
    let found = page["items"].as_array().into_iter().flatten().find(|item| item["code"] == "subject_unknown");
    let Some(id) = found.and_then(|item| item["id"].as_str()) else { return Ok(()) };
    let body = json!({"reason": "A test message of the carrier."});
    stage.call("tomasz", Call::to("quarantine_discard").place(id).json(&body)?).await.map(drop)
}

/// Orders of this hour that are not like their customers: alerts follow. Each `turn` is of other customers.
pub(super) async fn surprise(stage: &Stage, turn: usize) -> Result<(), Failure> {
    let accounts = stage.steady("preferred", "US").skip(30 + turn * 4).take(4);
    let events = accounts.enumerate().map(|(place, account)| {
        let data = json!({
            "order_no": format!("SO-S{turn}-{place}"), "entity": "US", "value": usd("18400.00"),
            "ship_to": {"lines": ["Unit 9, Freeport Road"], "city": "Laredo", "postal_code": "78040", "country": "US"},
        });
        event(stage, &format!("S{turn}-{place}"), "order.placed", &account.id, &data)
    });
    send(stage, &events.collect::<Vec<_>>()).await
}
