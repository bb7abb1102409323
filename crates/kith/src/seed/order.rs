//! Orders at the door: some go, some wait, one is turned away; and credit that is reserved.

use serde_json::{Value, json};

use super::account::Created;
use super::risk::is_insolvent;
use super::stage::Stage;
use crate::demo::Story;
use crate::door::Call;
use crate::failure::Failure;

/// Goods for an account.
fn goods(stage: &Stage, account: &Created, number: &str, item: &str, qty: u32) -> Value {
    json!({
        "account": account.id,
        "customer_order_no": number,
        "parties": {"ship_to": {"name": "Goods in", "lines": ["Gate 2"], "city": "Chicago", "country": "US"}},
        "requested_delivery": stage.calendar.day(9),
        "lines": [{"item": item, "qty": qty}],
    })
}

/// Places what customers ordered; what is not as usual waits.
pub(super) async fn place(stage: &Stage) -> Result<(), Failure> {
    let ordinary = stage.steady("preferred", "US").skip(20).take(5);
    for (account, (item, qty)) in ordinary.zip([
        ("VALVE-DN50", 12),
        ("FILTER-220", 30),
        ("PALLET", 4),
        ("SEAL-KIT", 6),
        ("BEARING-6204", 60),
    ]) {
        order(stage, &goods(stage, account, "PO-88120", item, qty)).await?;
    }
    // Nobody has a price for it, the limit is used up, it is on hold, and nobody knows who it is.
    if let Some(account) = stage.steady("preferred", "US").nth(26) {
        order(stage, &goods(stage, account, "PO-5531", "GEARBOX-40", 2)).await?;
    }
    for (account, number) in stage.with(Story::Stretched).zip(["7001", "7002", "7003"]) {
        order(stage, &goods(stage, account, number, "PALLET", 40)).await?;
    }
    // Who is insolvent is suspended: such an order is turned away, and does not wait.
    let mut late = stage.created.iter().enumerate().filter(|(_, account)| account.story == Story::Defaulting);
    if let Some((_, account)) = late.find(|(place, account)| !is_insolvent(account, *place)) {
        order(stage, &goods(stage, account, "R-19", "DRUM", 8)).await?;
    }
    let stranger = json!({
        "customer_order_no": "2026-0417",
        "entity": "US",
        "currency": "USD",
        "parties": {
            "sold_to": {"name": "Halloway Brothers Millwrights", "city": "Dayton", "country": "US"},
            "ship_to": {"name": "Halloway Brothers Millwrights", "lines": ["44 Canal Street"], "city": "Dayton", "country": "US"},
        },
        "lines": [{"item": "PALLET", "qty": 3}],
        "source": {"channel": "email"},
    });
    order(stage, &stranger).await
}

async fn order(stage: &Stage, body: &Value) -> Result<(), Failure> {
    stage.call("tomasz", Call::to("order_place").json(body)?).await.map(drop)
}

/// Credit that is kept for orders that are about to come.
pub(super) async fn reserve(stage: &Stage) -> Result<(), Failure> {
    for (account, amount) in stage.steady("premium", "US").skip(14).zip(["4200.00", "1850.00", "9900.00"]) {
        let body = json!({"account": account.id, "entity": "US", "amount": {"amount": amount, "currency": "USD"},
                          "timeout_s": 86_400});
        stage.call("tomasz", Call::to("reservation_make").json(&body)?).await?;
    }
    Ok(())
}
