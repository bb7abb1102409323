//! Credit risk over REST.

use kith_api::request::{BooksRecord, BureauRecord, ClassOverrideRequest};
use kith_api::view::MoneyView;
use kith_domain::command::Command;
use kith_domain::refusal::FieldFault;
use kith_domain::risk::{Books, BureauReport, BureauScale, Command as RiskCommand};
use kith_domain::value::{AccountId, Money, Personal};
use kith_engine::{Answer, LimitAsked, Request};

use super::life::account_id;
use super::{Call, account, refused, required_key};
use crate::reply::{Reply, Stop, json};

pub(super) async fn act(id: &str, call: Call) -> Reply {
    match id {
        "account_bureau_record" => bureau(call).await,
        "account_financials_record" => financials(call).await,
        "account_class_override" => override_class(call).await,
        "account_limit_proposal" => proposal(call).await,
        "account_limit_propose" => propose(call).await,
        _ => get(call).await,
    }
}

async fn get(call: Call) -> Reply {
    json(200, &call.engine.account_risk(&call.caller, call.id()).await??)
}

async fn proposal(call: Call) -> Reply {
    let entity = call.param("entity");
    json(200, &call.engine.limit_proposal(&call.caller, call.id(), entity.as_deref()).await??)
}

async fn propose(call: Call) -> Reply {
    let key = required_key(&call.headers)?;
    let asked = LimitAsked { entity: call.param("entity"), key: Some(key) };
    let outcome = call.engine.propose_limit(&call.caller, call.id(), asked).await??;
    account::answered(call, outcome, 200).await
}

/// Reads members that have a form of their own, and notes every one that does not read.
#[derive(Default)]
struct Members(Vec<FieldFault>);

impl Members {
    fn take<T>(&mut self, member: &str, read: Option<T>, wanted: &str) -> Option<T> {
        if read.is_none() {
            self.0.push(FieldFault::new(format!("/{member}"), "invalid", format!("expected {wanted}")));
        }
        read
    }

    fn money(&mut self, member: &str, given: &MoneyView) -> Option<Money> {
        let told = |told| self.0.push(FieldFault::new(format!("/{member}"), "invalid", told));
        given.read().map_err(told).ok()
    }

    fn done(self) -> Result<(), Stop> {
        if self.0.is_empty() { Ok(()) } else { Err(refused(kith_domain::risk::refusal::invalid(), self.0)) }
    }
}

async fn bureau(call: Call) -> Reply {
    let id = account_id(&call, call.id()).await?;
    let request: BureauRecord = call.read()?;
    let mut members = Members::default();
    let scale = BureauScale::ALL.into_iter().find(|scale| scale.as_str() == request.scale);
    let words = BureauScale::ALL.map(BureauScale::as_str).join(", ");
    let scale = members.take("scale", scale, &format!("one of {words}"));
    let day = members.take("reported_on", request.reported_on.parse().ok(), "a day such as 2026-10-01");
    let fits = (request.value.abs() < 1e6).then_some((request.value * 1e6).round() as i64);
    let value = members.take("value", fits, "a number on the scale");
    let recommended = request.recommended_limit.and_then(|limit| members.money("recommended_limit", &limit));
    let insured = request.insured_limit.and_then(|limit| members.money("insured_limit", &limit));
    members.done()?;
    let (Some(scale), Some(reported_on), Some(value_millionths)) = (scale, day, value) else {
        return Err(kith_domain::risk::refusal::invalid().into());
    };
    let report = BureauReport {
        bureau: request.bureau,
        scale,
        value_millionths,
        reported_on,
        recommended_limit: recommended,
        insured_limit: insured,
        is_insolvent: request.insolvent,
    };
    record(call, id, RiskCommand::RecordBureau { report: Box::new(report) }).await
}

async fn financials(call: Call) -> Reply {
    let id = account_id(&call, call.id()).await?;
    let request: BooksRecord = call.read()?;
    let mut members = Members::default();
    let day = members.take("statement_on", request.statement_on.parse().ok(), "a day such as 2025-12-31");
    let mut read = |member: &str, given: &MoneyView| members.money(member, given);
    let figures = [
        read("working_capital", &request.working_capital),
        read("retained_earnings", &request.retained_earnings),
        read("ebit", &request.ebit),
        read("equity", &request.equity),
        read("total_assets", &request.total_assets),
        read("total_liabilities", &request.total_liabilities),
    ];
    let tangible_net_worth =
        request.tangible_net_worth.as_ref().and_then(|money| read("tangible_net_worth", money));
    members.done()?;
    let (
        Some(statement_on),
        [
            Some(working_capital),
            Some(retained_earnings),
            Some(ebit),
            Some(equity),
            Some(total_assets),
            Some(total_liabilities),
        ],
    ) = (day, figures)
    else {
        return Err(kith_domain::risk::refusal::invalid().into());
    };
    let books = Books {
        statement_on,
        working_capital,
        retained_earnings,
        ebit,
        equity,
        total_assets,
        total_liabilities,
        tangible_net_worth,
    };
    record(call, id, RiskCommand::RecordBooks { books: Box::new(books) }).await
}

async fn record(call: Call, id: AccountId, command: RiskCommand) -> Reply {
    match call.engine.execute(&call.caller, Request::from(Command::Risk { id, command })).await?.answer {
        Answer::Refused(refusal) => Err(refusal.into()),
        Answer::Done(_) | Answer::Waiting(_) => get(call).await,
    }
}

async fn override_class(call: Call) -> Reply {
    let key = required_key(&call.headers)?;
    let id = account_id(&call, call.id()).await?;
    let request: ClassOverrideRequest = call.read()?;
    let command =
        RiskCommand::OverrideClass { notches: request.notches, reason: Personal::new(id, request.reason) };
    let request = Request { command: Command::Risk { id, command }, key: Some(key), expected_version: None };
    let outcome = call.engine.execute(&call.caller, request).await?;
    account::answered(call, outcome, 200).await
}
