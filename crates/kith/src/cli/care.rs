//! What the commands of ownership share: to whom, why, and how the answers look.

use clap::Args;
use kith_api::request::Transfer;
use serde_json::Value;

use super::user::id_of;
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{self, Column};

/// To whom, and why.
#[derive(Debug, Args)]
pub struct TransferArgs {
    /// Who shall answer for it: e-mail address or usr_…
    #[arg(long)]
    to: String,
    /// The team that shall look after it
    #[arg(long)]
    team: Option<String>,
    /// Why
    #[arg(long)]
    reason: Option<String>,
    /// Key under which a repetition is known
    #[arg(long)]
    key: Option<String>,
}

impl TransferArgs {
    /// Adds what was said to a call.
    pub(super) async fn on(&self, door: &Door, call: Call) -> Result<Call, Failure> {
        let request = Transfer {
            to: id_of(door, &self.to).await?,
            team: self.team.clone(),
            reason: self.reason.clone(),
        };
        let call = call.json(&request)?;
        Ok(self.key.iter().fold(call, |call, key| call.key(key)))
    }
}

/// What came of one account.
pub(super) fn receipt(reply: &Value) -> String {
    let mut out = render::pairs(reply.get("carried").unwrap_or(&Value::Null));
    let state = render::cell(&reply["state"]);
    out.push_str(&match reply.pointer("/change/id").and_then(Value::as_str) {
        Some(change) => format!("{state}: {change}\n"),
        None => format!("{state}\n"),
    });
    out
}

/// What came of each account of a portfolio.
pub(super) fn receipts(reply: &Value) -> String {
    let columns = ["account", "state", "refusal"].map(Column::of);
    format!(
        "{}{} accepted, {} refused, {} remaining\n",
        render::page(&columns, reply),
        reply["accepted"],
        reply["refused"],
        reply["remaining"]
    )
}

/// A portfolio: its figures, then its accounts.
pub(super) fn portfolio(reply: &Value) -> String {
    let columns = ["account_number", "name", "health", "revenue_365d", "data_quality", "next_review_on"];
    format!(
        "{}: {} accounts, {} reviews overdue, {} due within 30 days, {} changes waiting, {} with data below the target\n{}",
        render::cell(&reply["name"]),
        reply["accounts"],
        reply["reviews_overdue"],
        reply["reviews_due"],
        reply["open_changes"],
        reply["data_below_target"],
        render::page(&columns.map(Column::of), reply)
    )
}
