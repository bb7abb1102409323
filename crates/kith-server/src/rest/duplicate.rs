//! Duplicates over REST.

use kith_api::request::{DuplicateDismiss, DuplicateMerge};
use kith_domain::account::{Command as AccountCommand, Picks};
use kith_domain::command::Command;
use kith_domain::duplicate::Command as DuplicateCommand;
use kith_domain::duplicate::refusal;
use kith_domain::value::{AccountId, DuplicateId, Personal};
use kith_engine::{Answer, ClusterRequest, DuplicateRequest, Request};

use super::{Call, invalid, life};
use crate::reply::{Reply, Stop, json};

/// The states that a list may be asked for.
const STATES: [&str; 4] = ["open", "dismissed", "merged", "withdrawn"];

/// The operations of this noun.
pub(super) async fn act(id: &str, call: Call) -> Reply {
    match id {
        "duplicate_list" => list(call).await,
        "duplicate_clusters" => clusters(call).await,
        "duplicate_get" => get(call).await,
        "duplicate_scan_get" => scan_get(&call),
        "duplicate_scan" => scan(&call),
        "duplicate_merge" => merge(call).await,
        _ => dismiss(call).await,
    }
}

async fn list(call: Call) -> Reply {
    let state = call.param("state").unwrap_or_else(|| "open".to_owned());
    if !STATES.contains(&state.as_str()) {
        return Err(invalid("state", "not_allowed", &format!("expected one of {}", STATES.join(", "))));
    }
    let min_probability = least(&call, 0.0)?;
    let request = DuplicateRequest {
        state,
        min_probability,
        cursor: cursor::<DuplicateId>(&call)?,
        limit: call.limit()?,
    };
    json(200, &call.engine.duplicates(&call.caller, request).await??)
}

/// The least probability that is asked for.
fn least(call: &Call, otherwise: f64) -> Result<f64, Stop> {
    let Some(text) = call.param("min_probability") else { return Ok(otherwise) };
    let number = text.parse::<f64>().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| invalid("min_probability", "not_allowed", "expected a number from 0 to 1"))
}

/// The cursor, if it is one of such a list.
fn cursor<T: std::str::FromStr>(call: &Call) -> Result<Option<String>, Stop> {
    let Some(cursor) = call.param("cursor") else { return Ok(None) };
    let unread = || invalid("cursor", "cursor_invalid", "The cursor is not one of this list.");
    cursor.parse::<T>().map(|_| Some(cursor)).map_err(|_| unread())
}

async fn clusters(call: Call) -> Reply {
    let min_probability = least(&call, 0.99)?;
    let request =
        ClusterRequest { min_probability, cursor: cursor::<AccountId>(&call)?, limit: call.limit()? };
    json(200, &call.engine.duplicate_clusters(&call.caller, request).await??)
}

async fn get(call: Call) -> Reply {
    json(200, &call.engine.duplicate(&call.caller, call.id()).await??)
}

fn scan_get(call: &Call) -> Reply {
    json(200, &call.engine.duplicate_scan())
}

fn scan(call: &Call) -> Reply {
    json(202, &call.engine.start_duplicate_scan(&call.caller)?)
}

async fn dismiss(call: Call) -> Reply {
    let id: DuplicateId = call.typed_id()?;
    let request: DuplicateDismiss = call.read()?;
    // Who may not see the pair learns nothing of it.
    call.engine.duplicate(&call.caller, call.id()).await??;
    let user = call.caller.principal.user().map_or_else(String::new, |user| user.to_string());
    let command = DuplicateCommand::Dismiss { reason: Some(Personal::new(user, request.reason)) };
    match call.engine.execute(&call.caller, Request::from(Command::Duplicate { id, command })).await?.answer {
        Answer::Refused(refusal) => Err(refusal.into()),
        Answer::Done(_) | Answer::Waiting(_) => get(call).await,
    }
}

/// Submits the merge of the other account into the one that stays.
async fn merge(call: Call) -> Reply {
    let key = call.key()?;
    let request: DuplicateMerge = call.read()?;
    let pair = call.engine.duplicate(&call.caller, call.id()).await??;
    let loser = match &request.survivor {
        survivor if *survivor == pair.left.id => &pair.right.id,
        survivor if *survivor == pair.right.id => &pair.left.id,
        _ => return Err(refusal::not_of_the_pair().into()),
    };
    let parsed = (request.survivor.parse::<AccountId>(), loser.parse::<AccountId>());
    let (Ok(survivor), Ok(loser)) = parsed else { return Err(refusal::not_found().into()) };
    let chance = format!("Found as one customer with a probability of {:.1} %.", pair.probability * 100.0);
    let reason = Personal::new(survivor, request.reason.unwrap_or(chance));
    life::act(call, survivor, AccountCommand::Merge { loser, picks: Picks::default(), reason }, key).await
}
