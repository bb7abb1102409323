//! Acts on many accounts over REST.

use kith_api::request::{BulkActGiven, BulkStart};
use kith_api::view::{BulkForecast, BulkForecastItem, Page};
use kith_domain::access::Grant;
use kith_domain::account::{HoldType, Tier};
use kith_engine::{BulkAct, BulkLine, BulkSelection, Caller};

use super::{Call, Stop, invalid};
use crate::reply::{Reply, json};

pub(super) async fn act(id: &str, call: Call) -> Reply {
    match id {
        "bulk_start" => start(call).await,
        "bulk_list" => json(200, &call.engine.bulk_jobs(&call.caller).await?),
        "bulk_get" => json(200, &call.engine.bulk_job(&call.caller, call.id()).await??),
        _ => json(200, &call.engine.bulk_resume(&call.caller, call.id()).await??),
    }
}

async fn start(call: Call) -> Reply {
    let request: BulkStart = call.read()?;
    let act = asked(&request.act)?;
    let grant = match &act {
        BulkAct::Owner(_) | BulkAct::Tier(_) | BulkAct::Tags { .. } => Grant::AccountsWrite,
        BulkAct::Review(_) | BulkAct::Task { .. } => Grant::NotesWrite,
        BulkAct::Hold(_) => Grant::HoldsWrite,
    };
    call.engine.must_reach(&call.caller, grant)?;
    let reason = request.reason.clone().filter(|reason| !reason.trim().is_empty());
    if matches!(act, BulkAct::Hold(_)) && reason.is_none() {
        return Err(invalid("reason", "required", "a hold has a reason"));
    }
    let caller = Caller { reason, ..call.caller.clone() };
    let selection = match (request.filter, request.accounts.as_slice()) {
        (Some(filter), []) => BulkSelection::Filter(filter),
        (None, [_, ..]) => BulkSelection::Named(request.accounts),
        _ => return Err(invalid("filter", "one_of", "say either filter or accounts")),
    };
    if request.dry_run {
        let accounts = call.engine.bulk_selected(&caller, &selection)?;
        let total = u64::try_from(accounts.len()).unwrap_or(u64::MAX);
        let lines = call.engine.bulk_preview(&caller, &accounts, &act).await?;
        let has_more = lines.len() < accounts.len();
        let items = lines.into_iter().map(forecast).collect();
        return json(200, &BulkForecast { total, first: Page { items, next_cursor: None, has_more } });
    }
    let key = match call.key()? {
        Some(key) => key,
        None => call.engine.new_uuid()?.to_string(),
    };
    let title = title(&act).to_owned();
    let id = call.engine.bulk_start(&caller, &key, (selection, act, title)).await??;
    json(202, &call.engine.bulk_job(&caller, &id).await??)
}

/// The one act that is asked for.
fn asked(given: &BulkActGiven) -> Result<BulkAct, Stop> {
    let fault = |member: &str, code: &str, message: &str| invalid(&format!("act/{member}"), code, message);
    let mut acts = Vec::new();
    if let Some(owner) = &given.owner {
        acts.push(BulkAct::Owner(owner.clone()));
    }
    if let Some(tier) = &given.tier {
        let known = Tier::CODES.contains(&tier.as_str());
        acts.push(
            known
                .then(|| BulkAct::Tier(tier.clone()))
                .ok_or_else(|| fault("tier", "tier_unknown", "there is no such tier"))?,
        );
    }
    if let Some(tags) = &given.tags {
        if tags.add.is_empty() && tags.remove.is_empty() {
            return Err(fault("tags", "required", "name a tag that comes or goes"));
        }
        acts.push(BulkAct::Tags { add: tags.add.clone(), remove: tags.remove.clone() });
    }
    if let Some(day) = &given.review {
        acts.push(BulkAct::Review(
            day.parse().map_err(|_| fault("review", "date_invalid", "expected a day such as 2026-11-20"))?,
        ));
    }
    if let Some(kind) = &given.hold {
        acts.push(BulkAct::Hold(
            HoldType::get(kind)
                .ok_or_else(|| fault("hold", "hold_unknown", "there is no such type of hold"))?,
        ));
    }
    if let Some(task) = &given.task {
        let due = task.due.as_ref().map(|due| due.parse()).transpose();
        let due = due.map_err(|_| fault("task/due", "date_invalid", "expected a day such as 2026-11-20"))?;
        if task.title.trim().is_empty() {
            return Err(fault("task/title", "required", "say what is to be done"));
        }
        acts.push(BulkAct::Task { title: task.title.clone(), due, assignee: task.assignee.clone() });
    }
    match acts.len() {
        1 => acts.pop().ok_or_else(|| fault("", "one_of", "say exactly one act")),
        _ => Err(invalid("act", "one_of", "say exactly one of owner, tier, tags, review, hold, task")),
    }
}

fn title(act: &BulkAct) -> &'static str {
    match act {
        BulkAct::Owner(_) => "Assign",
        BulkAct::Tier(_) => "Change tier",
        BulkAct::Tags { .. } => "Tags",
        BulkAct::Review(_) => "Reviewed",
        BulkAct::Hold(_) => "Hold",
        BulkAct::Task { .. } => "Add task",
    }
}

fn forecast(line: BulkLine) -> BulkForecastItem {
    BulkForecastItem {
        account: line.account,
        name: line.name,
        diff: line.diff,
        lane: line.outlook.lane,
        steps: line.outlook.steps,
        refusal: line.outlook.refusal,
    }
}
