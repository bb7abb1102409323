//! Reads of accounts that were merged into another one.

use std::collections::HashMap;

use kith_api::operation::Operation;
use kith_engine::{Caller, Engine};

use crate::reply::{Reply, json, with_header};

/// Where a read of a merged account goes: to the account that stands for it now.
pub(super) fn moved(
    operation: &Operation,
    engine: &Engine,
    caller: &Caller,
    path: &HashMap<String, String>,
    query: Option<&str>,
) -> Option<Reply> {
    let rest = operation.path.strip_prefix("/api/v1/accounts/{id}")?;
    let survivor = engine.merged_into(caller, path.get("id")?)?;
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    let to = format!("/api/v1/accounts/{survivor}{rest}{query}");
    let reply = json(301, &serde_json::json!({"merged_into": survivor}));
    let reply = with_header(reply, "link", &format!("<{to}>; rel=\"canonical\""));
    Some(with_header(reply, "location", &to))
}
