//! Holds and watches: what people stopped, what they look at, and what they let go again.

use serde_json::json;

use super::stage::Stage;
use crate::demo::Story;
use crate::door::Call;
use crate::failure::Failure;

/// Who, what kind, why.
const HOLDS: [(&str, &str, &str); 4] = [
    (
        "leo",
        "dispute",
        "They dispute three invoices over freight; nothing new on account until that is settled.",
    ),
    ("leo", "manual", "New owner since the first of the month. Call before the next order goes out."),
    (
        "yusuf",
        "fraud",
        "Two orders with new ship-to addresses in one night; the contact does not know of them.",
    ),
    ("grace", "legal", "Their claim against us is before the court; counsel wants to see every order."),
];

const WATCHES: [&str; 4] = [
    "Their largest customer announced short time.",
    "Pays in time, but always on the very last day since the summer.",
    "The plant manager left; the new one tests another supplier.",
    "Two claims in a month on the same lane.",
];

/// Places holds, each approved by whoever must; one is lifted again.
pub(super) async fn place(stage: &Stage) -> Result<(), Failure> {
    let mut accounts = stage.steady("preferred", "US").skip(12);
    for (who, kind, reason) in HOLDS {
        let Some(account) = accounts.next() else { return Ok(()) };
        let body = json!({"type": kind, "reason": reason, "review_at": stage.calendar.day(6)});
        let placed = stage.call(who, Call::to("hold_place").place(&account.id).json(&body)?).await?;
        if placed["steps"].is_array() {
            stage.settle(placed).await?;
        }
    }
    for (account, reason) in stage.with(Story::SlowPayer).zip(WATCHES) {
        let body = json!({"reason": reason, "expires_at": stage.calendar.day(60)});
        stage.call("leo", Call::to("watch_set").place(&account.id).json(&body)?).await?;
    }
    Ok(())
}

/// Asks to lift two of them: one waits for whoever may, the other for the second of two officers.
pub(super) async fn lift(stage: &Stage) -> Result<(), Failure> {
    let mut accounts = stage.steady("preferred", "US").skip(13);
    let reasons = [
        "Spoke to the new owner; terms and limit stay as they are.",
        "The orders were theirs: a new warehouse, confirmed by telephone.",
    ];
    for (place, reason) in reasons.into_iter().enumerate() {
        let Some(account) = accounts.next() else { return Ok(()) };
        let holds = stage.call("leo", Call::to("hold_list").place(&account.id)).await?;
        let Some(hold) = holds["items"][0]["id"].as_str() else { return Ok(()) };
        let call =
            Call::to("hold_release").place(&account.id).place(hold).json(&json!({"reason": reason}))?;
        let change = stage.call("leo", call).await?;
        if place == 1 {
            let id = change["id"].as_str().unwrap_or_default();
            stage.call("ingrid", Call::to("change_approve").place(id).json(&json!({}))?).await?;
        }
    }
    Ok(())
}
