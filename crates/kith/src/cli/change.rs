//! `kith change`: what waits, and deciding it.

use std::time::Duration;

use clap::{Args, Subcommand};
use kith_api::request::ChangeComment;
use serde_json::Value;

use super::input::PageArgs;
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::progress;
use crate::render::{self, Column, cell, pairs, table};
use crate::screen::Screen;

/// How often a change that is being applied is looked at.
const LOOK: Duration = Duration::from_millis(400);

/// Changes that wait for approval, and those decided
#[derive(Debug, Subcommand)]
pub enum Change {
    /// List changes, newest first
    List {
        /// Only waiting, applying, applied, rejected, cancelled, expired, stale or failed
        #[arg(long)]
        state: Option<String>,
        /// Only those whose next step you may decide
        #[arg(long)]
        mine: bool,
        /// Only about this account
        #[arg(long)]
        account: Option<String>,
        #[command(flatten)]
        page: PageArgs,
    },
    /// Read a change: what it would do, who decided, what came of it
    Get {
        /// chg_…
        change: String,
    },
    /// Approve the step that waits
    Approve(Decision),
    /// Reject a change; needs a comment
    Reject(Decision),
    /// Cancel a change of your own
    Cancel(Decision),
}

/// Which change, and what to say.
#[derive(Debug, Args)]
pub struct Decision {
    /// chg_…
    change: String,
    /// What to say
    #[arg(long)]
    comment: Option<String>,
}

impl Decision {
    fn call(&self, operation: &str) -> Result<Call, Failure> {
        Call::to(operation)
            .place(&self.change)
            .json(&ChangeComment { comment: self.comment.clone(), revision: None })
    }
}

impl Change {
    fn call(&self) -> Result<Call, Failure> {
        Ok(match self {
            Self::List { state, mine, account, page } => page.on(Call::to("change_list")
                .with("state", state.as_ref())
                .with("for", mine.then_some("me"))
                .with("account", account.as_ref())),
            Self::Get { change } => Call::to("change_get").place(change),
            Self::Approve(decision) => decision.call("change_approve")?,
            Self::Reject(decision) => decision.call("change_reject")?,
            Self::Cancel(decision) => decision.call("change_cancel")?,
        })
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let mut reply = door.call(self.call()?).await?;
        if let Self::Approve(decision) = self {
            // A long import goes on after the answer; this process may be the one that carries it out.
            let bar = progress::bar(None, "applying");
            while reply.json::<Value>()?["state"] == "applying" {
                tokio::time::sleep(LOOK).await;
                reply = door.call(Call::to("change_get").place(&decision.change)).await?;
            }
            bar.finish_and_clear();
        }
        screen.show(&reply, |value| match self {
            Self::List { .. } => render::page(
                &["id", "state", "lane", "title", "submitted_by_name", "submitted_at"].map(Column::of),
                value,
            ),
            _ => draw(value),
        })
    }
}

/// A change: what it is, its steps, what it would change, what to look at.
pub(super) fn draw(change: &Value) -> String {
    let mut head = change.clone();
    for part in ["steps", "diff", "warnings"] {
        if let Some(members) = head.as_object_mut() {
            members.remove(part);
        }
    }
    let mut out = pairs(&head);
    let rows = |part: &str| change.get(part).and_then(Value::as_array).cloned().unwrap_or_default();
    let steps = rows("steps");
    if !steps.is_empty() {
        out.push('\n');
        out.push_str(&table(&["role", "state", "by_name", "at", "comment"].map(Column::of), &steps));
    }
    let diff = rows("diff");
    if !diff.is_empty() {
        out.push('\n');
        out.push_str(&table(&["path", "before", "after"].map(Column::of), &diff));
    }
    for warning in rows("warnings") {
        out.push_str(&format!("\nwarning: {} ({})\n", cell(&warning["text"]), cell(&warning["code"])));
    }
    out
}
