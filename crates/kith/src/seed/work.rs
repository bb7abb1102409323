//! What people do all day: notes, tasks, reviews with the customer, whoever decides in their place, customers let go.

use serde_json::json;

use super::account::Created;
use super::stage::Stage;
use crate::demo::{Cause, Story};
use crate::door::Call;
use crate::failure::Failure;

/// Why a customer left or orders less, as its account manager would write it down.
fn told(cause: Cause) -> &'static str {
    match cause {
        Cause::Delays => {
            "Called after the second late delivery. They are talking to another carrier; a visit is agreed."
        }
        Cause::Damage => {
            "Quality sent pictures of cracked housings again. They count what comes in and stopped two releases."
        }
        Cause::Price => {
            "Lost on price: Halvorsen offered nine percent less for a year. Service was never the matter."
        }
        Cause::Insourcing => "They make the housings themselves since the new machining centre runs.",
        Cause::Closure => {
            "The plant is closed; production went to the sister company abroad. Nothing to win back here."
        }
        Cause::Insolvency => {
            "The administrator wrote: claims to be filed by the end of next month. What is open is written off."
        }
        Cause::WeakMarket => "Their own order book is thin. Short time until spring, no other supplier.",
        Cause::NewPlant => "Second line in the new hall since summer; they plan a third shift.",
        Cause::WonOver => "Came over from TransAxle after our trial deliveries. Wants one invoice a month.",
        Cause::None => "Prefers pickups before ten in the morning.",
    }
}

/// Writes down why, for every customer of whom there is something to say.
pub(super) async fn notes(stage: &Stage) -> Result<(), Failure> {
    let worth = |account: &&Created| {
        matches!(account.story, Story::Slipping | Story::Churned | Story::Fading)
            || (matches!(account.story, Story::Growing | Story::Silent) && account.tier != "standard")
    };
    for account in stage.created.iter().filter(worth) {
        let body = json!({"text": told(account.cause)});
        stage.manager_calls(account, Call::to("account_note_add").place(&account.id).json(&body)?).await?;
    }
    Ok(())
}

/// Records the reviews of the larger customers; some of the next ones are due by now.
pub(super) async fn reviews(stage: &Stage) -> Result<(), Failure> {
    let large =
        |account: &&Created| account.is_active && ["premium", "strategic"].contains(&account.tier.as_str());
    for (place, account) in stage.created.iter().filter(large).enumerate() {
        let ago = 8 + (place * 37 % 96) as i64;
        let body = json!({"on": stage.calendar.day(-ago)});
        stage.manager_calls(account, Call::to("account_review").place(&account.id).json(&body)?).await?;
    }
    Ok(())
}

/// Tasks: those who do not pay are called, those who slip are visited.
pub(super) async fn tasks(stage: &Stage) -> Result<(), Failure> {
    let mut wanted: Vec<(&Created, &str, String, i64, &str)> = Vec::new();
    for (account, (title, due)) in stage.with(Story::Defaulting).zip([
        ("Payment plan: second instalment was promised for this week", 2),
        ("Call the managing director about the oldest invoice", 0),
        ("Third reminder went out; hand over to collection if nothing comes", 5),
        ("Ask for a guarantee of the parent", -1),
        ("Check returned; ask for a wire", 1),
        ("Statement of what is open, signed, by Friday", 3),
    ]) {
        wanted.push((account, "dunning_call", title.to_owned(), due, "leo"));
    }
    for (account, due) in stage.with(Story::Slipping).zip([1, 3, -2, 4, 6, 8]) {
        let title = format!("Visit {} with the carrier's dispatcher", account.name);
        wanted.push((account, "visit", title, due, "ruth"));
    }
    for (account, due) in stage.with(Story::Stretched).zip([0, 2, 3]) {
        wanted.push((
            account,
            "limit_review",
            "Look at the limit before the next release".to_owned(),
            due,
            "leo",
        ));
    }
    for (place, (account, kind, title, due, who)) in wanted.into_iter().enumerate() {
        let assignee = stage.people.id(&format!("{who}@meridian.example"))?;
        let body = json!({"account": account.id, "kind": kind, "title": title,
                          "due": stage.calendar.day(due), "assignee": assignee});
        let made = stage.call("helen", Call::to("task_open").json(&body)?).await?;
        if place % 6 == 4 {
            let task = made["id"].as_str().unwrap_or_default();
            stage.call(who, Call::to("task_done").place(task).json(&json!({}))?).await?;
        }
    }
    Ok(())
}

/// Helen is away for a while: Ruth decides on edits in her place.
pub(super) async fn delegate(stage: &Stage) -> Result<(), Failure> {
    let ends = stage.calendar.day(12);
    let body = json!({"to": "ruth@meridian.example", "operations": ["account_update"],
                      "amount_cap": {"amount": "50000.00", "currency": "USD"}, "ends": format!("{ends}T18:00:00Z")});
    stage.call("helen", Call::to("delegation_make").json(&body)?).await.map(drop)
}

/// Customers whose plants are closed or who are insolvent are deactivated.
pub(super) async fn let_go(stage: &Stage) -> Result<(), Failure> {
    for account in stage.with(Story::Churned) {
        let reason = match account.cause {
            Cause::Closure => "The plant is closed.",
            Cause::Insolvency => "Insolvent; what was open is written off.",
            _ => continue,
        };
        let call = Call::to("account_deactivate").place(&account.id).json(&json!({"reason": reason}))?;
        let change = stage.manager_calls(account, call).await?;
        stage.settle(change).await?;
    }
    Ok(())
}
