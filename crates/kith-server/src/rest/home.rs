//! The start page, and finding an account, over REST.

use super::Call;
use crate::reply::{Reply, json};

pub(super) async fn read(call: Call) -> Reply {
    json(200, &call.engine.home(&call.caller, call.param("scope").as_deref()).await??)
}

pub(super) fn find(call: &Call) -> Reply {
    json(200, &call.engine.find(&call.caller, &call.param("q").unwrap_or_default(), call.limit()?)?)
}
