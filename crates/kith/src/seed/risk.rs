//! What bureaus and books say of customers, classes moved by people, and limits under review.

use serde_json::{Value, json};

use super::account::Created;
use super::stage::Stage;
use crate::demo::{Cause, Story, told_by_bureau};
use crate::door::Call;
use crate::failure::Failure;

/// Records the reports of the bureaus, and a balance sheet of those that gave one.
pub(super) async fn record(stage: &Stage) -> Result<(), Failure> {
    for (place, account) in stage.created.iter().enumerate() {
        let Some(report) = bureau(stage, account, place) else { continue };
        stage.call("leo", Call::to("account_bureau_record").place(&account.id).json(&report)?).await?;
        if account.tier == "strategic" || place % 40 == 3 {
            let books = books(stage, account, place);
            stage.call("leo", Call::to("account_financials_record").place(&account.id).json(&books)?).await?;
        }
    }
    Ok(())
}

/// Whether a bureau reports that an account's company is insolvent; the place is that among all accounts.
pub(super) fn is_insolvent(account: &Created, place: usize) -> bool {
    account.cause == Cause::Insolvency || (account.story == Story::Defaulting && place.is_multiple_of(3))
}

/// What a bureau says of an account, if it says anything.
fn bureau(stage: &Stage, account: &Created, place: usize) -> Option<Value> {
    let insolvent = is_insolvent(account, place);
    let score = match account.story {
        _ if insolvent => 2,
        Story::Defaulting => 4 + place % 9,
        Story::SlowPayer => 18 + place % 30,
        Story::Prospect => 40 + place % 40,
        _ => 55 + place * 7 % 43,
    };
    let told = told_by_bureau(&account.tier, place)
        || insolvent
        || matches!(account.story, Story::Defaulting | Story::SlowPayer);
    let bureau = ["Ledgerwise", "Tradelens", "Kreditspiegel"][place % 3];
    told.then(|| {
        json!({
            "bureau": bureau,
            "scale": "percentile",
            "value": score,
            "reported_on": stage.calendar.day(-12 - (place * 5 % 140) as i64),
            "insolvent": insolvent,
        })
    })
}

/// A balance sheet in thousands that grows with the place: some safe, some grey, some in distress.
fn books(stage: &Stage, account: &Created, place: usize) -> Value {
    let currency = match account.entity.as_str() {
        "EU" => "EUR",
        "UK" => "GBP",
        _ => "USD",
    };
    let assets = 4_000_000 + place as i64 * 11_000;
    let of = |permille: i64| {
        let major = assets * permille / 1_000;
        json!({"amount": format!("{major}.00"), "currency": currency})
    };
    let debt = [480, 560, 700, 860][place % 4];
    json!({
        "statement_on": stage.calendar.day(-190),
        "working_capital": of(420 - debt / 3),
        "retained_earnings": of(900 - debt),
        "ebit": of(260 - debt / 5),
        "equity": of(1_000 - debt),
        "total_assets": of(1_000),
        "total_liabilities": of(debt),
    })
}

/// Limits and classes that people asked to change: some agreed, some under review.
pub(super) async fn review(stage: &Stage) -> Result<(), Failure> {
    let mut proposed = 0;
    for account in stage.with(Story::Growing).filter(|account| account.tier != "standard").take(12) {
        let call = Call::to("account_limit_proposal").place(&account.id);
        let proposal = stage.call("leo", call).await?;
        if proposal["outcome"] == "raise" && proposed < 3 {
            let call = Call::to("account_limit_propose").place(&account.id).json(&json!({}))?;
            stage.call("leo", call).await?;
            proposed += 1;
        }
    }
    for (account, (notches, reason, agreed)) in stage.with(Story::SlowPayer).skip(4).zip(OVERRIDES) {
        let body = json!({"notches": notches, "reason": reason});
        let call = Call::to("account_class_override").place(&account.id).json(&body)?;
        let change = stage.call("leo", call).await?;
        if agreed {
            stage.settle(change).await?;
        }
    }
    Ok(())
}

/// Notches, why, and whether it was agreed.
const OVERRIDES: [(i8, &str, bool); 3] = [
    (1, "Their owner told us of a covenant that is close to broken.", true),
    (-1, "Late by habit of one clerk; the group behind them pays.", true),
    (1, "Two checks of the last quarter came back.", false),
];
