//! Alerts over REST.

use kith_api::request::AlertClose;
use kith_domain::alert::{AlertKind, AlertOutcome, AlertState, Command as AlertCommand};
use kith_domain::command::Command;
use kith_domain::value::{AccountId, AlertId, Personal};
use kith_engine::{AlertRequest, Answer, Request};

use super::{Call, invalid};
use crate::reply::{Reply, Stop, json};

pub(super) async fn act(id: &str, call: Call) -> Reply {
    match id {
        "alert_list" => list(call).await,
        "alert_thresholds" => thresholds(call).await,
        "alert_acknowledge" => acknowledge(call).await,
        "alert_close" => close(call).await,
        _ => get(call).await,
    }
}

async fn list(call: Call) -> Reply {
    let states = [AlertState::Open, AlertState::Acknowledged, AlertState::Closed].map(AlertState::as_str);
    let kinds = AlertKind::ALL.map(AlertKind::as_str);
    let request = AlertRequest {
        state: one_of(&call, "state", &states)?,
        kind: one_of(&call, "kind", &kinds)?,
        account: account(&call)?,
        cursor: call.param("cursor"),
        limit: call.limit()?,
    };
    json(200, &call.engine.alerts(&call.caller, request).await??)
}

fn one_of(call: &Call, name: &str, allowed: &[&str]) -> Result<Option<String>, Stop> {
    let Some(text) = call.param(name) else { return Ok(None) };
    if allowed.contains(&text.as_str()) {
        return Ok(Some(text));
    }
    Err(invalid(name, "not_allowed", &format!("expected one of {}", allowed.join(", "))))
}

fn account(call: &Call) -> Result<Option<String>, Stop> {
    let Some(text) = call.param("account") else { return Ok(None) };
    match text.parse::<AccountId>() {
        Ok(id) => Ok(Some(id.to_string())),
        Err(_) => Err(invalid("account", "not_allowed", "expected acc_…")),
    }
}

async fn thresholds(call: Call) -> Reply {
    json(200, &call.engine.alert_thresholds(&call.caller).await??)
}

async fn get(call: Call) -> Reply {
    json(200, &call.engine.alert(&call.caller, call.id()).await??)
}

async fn acknowledge(call: Call) -> Reply {
    decide(call, AlertCommand::Acknowledge).await
}

async fn close(call: Call) -> Reply {
    let request: AlertClose = call.read()?;
    let outcome = AlertOutcome::ALL.into_iter().find(|outcome| outcome.as_str() == request.outcome);
    let Some(outcome) = outcome else {
        let allowed = AlertOutcome::ALL.map(AlertOutcome::as_str).join(", ");
        return Err(invalid("outcome", "not_allowed", &format!("expected one of {allowed}")));
    };
    let user = call.caller.principal.user().map_or_else(String::new, |user| user.to_string());
    let comment = request.comment.map(|text| Personal::new(user, text));
    decide(call, AlertCommand::Close { outcome, comment }).await
}

async fn decide(call: Call, command: AlertCommand) -> Reply {
    let id: AlertId = call.typed_id()?;
    match call.engine.execute(&call.caller, Request::from(Command::Alert { id, command })).await?.answer {
        Answer::Refused(refusal) => Err(refusal.into()),
        Answer::Done(_) | Answer::Waiting(_) => get(call).await,
    }
}
