//! Ownership and care over REST.

use kith_api::request::Transfer;
use kith_engine::ReviewRequest;

use super::{Call, invalid, required_key};
use crate::reply::{Reply, json};

pub(super) async fn quality(call: Call) -> Reply {
    json(200, &call.engine.data_quality(&call.caller, call.id()).await??)
}

pub(super) fn reviews(call: &Call) -> Reply {
    let within_days = match call.param("due").as_deref() {
        None | Some("overdue") => None,
        Some(days) => {
            let days = days.parse().map_err(|_| {
                invalid("due", "due_invalid", "Expected overdue, or within how many days, such as 30.")
            })?;
            Some(days)
        }
    };
    let request = ReviewRequest {
        within_days,
        manager: call.param("manager"),
        team: call.param("team"),
        limit: call.limit()?,
        cursor: call.param("cursor"),
    };
    json(200, &call.engine.reviews_due(&call.caller, &request)?)
}

pub(super) async fn portfolio(call: Call) -> Reply {
    let (limit, cursor) = (call.limit()?, call.param("cursor"));
    json(200, &call.engine.portfolio(&call.caller, call.id(), limit, cursor).await??)
}

pub(super) async fn transfer(call: Call) -> Reply {
    let key = required_key(&call.headers)?;
    let request: Transfer = call.read()?;
    let view = call.engine.transfer(&call.caller, call.id(), &request, Some(key)).await??;
    json(if view.change.is_some() { 202 } else { 200 }, &view)
}

pub(super) async fn transfer_portfolio(call: Call) -> Reply {
    let key = required_key(&call.headers)?;
    let request: Transfer = call.read()?;
    json(200, &call.engine.transfer_portfolio(&call.caller, call.id(), &request, &key).await??)
}
