//! Scorecards over REST.

use kith_api::request::{ScorecardActivate, ScorecardLearn};
use kith_engine::{Answer, Request, ScorecardFile};

use super::{Call, invalid, required_key};
use crate::reply::{Reply, Stop, json, with_header};

/// Days in which accounts turn out, where nobody says another number.
pub(crate) const OUTCOME_DAYS: u16 = 180;

pub(super) async fn act(id: &str, call: Call) -> Reply {
    match id {
        "scorecard_list" => list(call).await,
        "scorecard_train" => train(call).await,
        "scorecard_learn" => learn(call).await,
        "scorecard_get" => json(200, &call.engine.scorecard(&call.caller, call.id()).await??),
        "scorecard_activate" => activate(call).await,
        "scorecard_score" => {
            json(200, &call.engine.score_by(&call.caller, call.id(), call.body.clone()).await??)
        }
        _ => Err(Stop::new(500, "unhandled", "This operation is in the table, but nobody carries it out.")),
    }
}

async fn list(call: Call) -> Reply {
    json(200, &call.engine.scorecards(&call.caller).await??)
}

async fn train(call: Call) -> Reply {
    let missing_is_a_bin = match call.param("missing").as_deref() {
        None | Some("") => false,
        Some("bin") => true,
        Some(_) => return Err(invalid("missing", "not_allowed", "expected bin, or nothing")),
    };
    let Some(target) = call.param("target").filter(|target| !target.trim().is_empty()) else {
        return Err(invalid("target", "required", "Which column tells how each row turned out?"));
    };
    let exclude = call.param("exclude").unwrap_or_default();
    let file = ScorecardFile {
        bytes: call.body.clone(),
        name: call.param("name"),
        target,
        bad: call.param("bad"),
        exclude: names(&exclude),
        missing_is_a_bin,
    };
    json(201, &call.engine.train_scorecard(&call.caller, file).await??)
}

/// Names by commas.
pub(crate) fn names(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

async fn learn(call: Call) -> Reply {
    let request: ScorecardLearn = call.read()?;
    let days = request.outcome_days.unwrap_or(OUTCOME_DAYS);
    json(201, &call.engine.learn_scorecard(&call.caller, days).await??)
}

/// Puts a version in force: a change of the policy.
async fn activate(mut call: Call) -> Reply {
    let key = required_key(&call.headers)?;
    let request: ScorecardActivate = call.read()?;
    call.caller.reason = request.reason;
    let command = call.engine.scorecard_command(&call.caller, call.id()).await??;
    let asked = Request { command, key: Some(key), expected_version: None };
    let outcome = call.engine.execute(&call.caller, asked).await?;
    let reply = match outcome.answer {
        Answer::Refused(refusal) => return Err(refusal.into()),
        Answer::Done(_) => return list(call).await,
        Answer::Waiting(change) => {
            let view = call.engine.change_view(&call.caller, &change);
            let location = format!("/api/v1/changes/{}", view.id);
            with_header(json(202, &view), "location", &location)
        }
    };
    if outcome.replayed { with_header(reply, "idempotent-replayed", "true") } else { reply }
}
