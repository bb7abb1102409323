//! An account's life over REST: deactivate, close, delete, merge, and back.

use std::collections::BTreeMap;

use kith_api::request::{
    Deactivate, MergePreviewRequest, MergeRequest, PickInput, StageMove, UnmergeRequest,
};
use kith_domain::account::{Command as AccountCommand, Pick, Picks};
use kith_domain::command::Command;
use kith_domain::value::{AccountId, Personal};
use kith_engine::Request;

use super::account::{no_account, settle};
use super::{Call, invalid, required_key};
use crate::reply::{Reply, Stop, json};

/// The account that a path or a member names, if the caller may know it.
pub(super) async fn account_id(call: &Call, name: &str) -> Result<AccountId, Stop> {
    let account = call.engine.account(&call.caller, name).await??;
    account.id.parse().map_err(|_| no_account())
}

/// The account that a member of the body names.
pub(super) async fn named(call: &Call, member: &str, name: &str) -> Result<AccountId, Stop> {
    account_id(call, name.trim()).await.map_err(|stop| match stop.0.status {
        404 => invalid(member, "account_unknown", "There is no such account."),
        _ => stop,
    })
}

/// A reason as it is carried, sealed under who gives it.
pub(super) fn reason(call: &mut Call, text: String) -> Personal<String> {
    call.caller.reason = Some(text.clone());
    let user = call.caller.principal.user().map_or_else(String::new, |user| user.to_string());
    Personal::new(user, text)
}

pub(super) async fn act(call: Call, id: AccountId, command: AccountCommand, key: Option<String>) -> Reply {
    let request = Request { command: Command::Account { id, command }, key, expected_version: None };
    settle(call, request, Vec::new(), 200).await
}

pub(super) async fn deactivate(mut call: Call) -> Reply {
    let key = required_key(&call.headers)?;
    let id = account_id(&call, call.id()).await?;
    let request: Deactivate = call.read()?;
    let reason = reason(&mut call, request.reason);
    let command = AccountCommand::Deactivate { reason, allow_open_ar: request.allow_open_ar };
    act(call, id, command, Some(key)).await
}

pub(super) async fn move_on(operation: &str, mut call: Call) -> Reply {
    let key = required_key(&call.headers)?;
    let id = account_id(&call, call.id()).await?;
    let request: StageMove = call.read()?;
    let reason = reason(&mut call, request.reason);
    let command = match operation {
        "account_reactivate" => AccountCommand::Reactivate { reason },
        "account_close" => AccountCommand::Close { reason },
        "account_reopen" => AccountCommand::Reopen { reason },
        _ => AccountCommand::Delete { reason },
    };
    act(call, id, command, Some(key)).await
}

fn picks(given: BTreeMap<String, PickInput>) -> Picks {
    let pick = |pick| match pick {
        PickInput::Survivor => Pick::Survivor,
        PickInput::Loser => Pick::Loser,
    };
    given.into_iter().map(|(field, given)| (field, pick(given))).collect()
}

pub(super) async fn merge(mut call: Call) -> Reply {
    let key = required_key(&call.headers)?;
    let id = account_id(&call, call.id()).await?;
    let request: MergeRequest = call.read()?;
    let loser = named(&call, "loser", &request.loser).await?;
    let reason = reason(&mut call, request.reason);
    let command = AccountCommand::Merge { loser, picks: picks(request.picks), reason };
    act(call, id, command, Some(key)).await
}

pub(super) async fn preview(call: Call) -> Reply {
    account_id(&call, call.id()).await?;
    let request: MergePreviewRequest = call.read()?;
    let loser = named(&call, "loser", &request.loser).await?.to_string();
    let pair = (call.id(), loser.as_str());
    json(200, &call.engine.merge_preview(&call.caller, pair, picks(request.picks)).await??)
}

pub(super) async fn unmerge(mut call: Call) -> Reply {
    let key = required_key(&call.headers)?;
    let id = account_id(&call, call.id()).await?;
    let request: UnmergeRequest = call.read()?;
    let loser = named(&call, "loser", &request.loser).await?;
    let reason = reason(&mut call, request.reason);
    act(call, id, AccountCommand::Unmerge { loser, reason }, Some(key)).await
}
