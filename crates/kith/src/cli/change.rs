//! `kith change`: what waits, and deciding it.

use std::time::Duration;

use clap::{Args, Subcommand};
use kith_api::request::{BatchDecision, BreakGlass, ChangeComment, ChangeRemark};
use serde_json::Value;

use super::input::PageArgs;
use super::patch::{PatchArgs, members};
use crate::door::{Call, Door};
use crate::failure::{self, Failure};
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
    #[command(visible_alias = "show")]
    Get {
        /// chg_…
        change: String,
    },
    /// Approve the step that waits
    Approve(Decision),
    /// Reject a change; needs a comment
    Reject(Decision),
    /// Cancel a change of your own
    Cancel(One),
    /// Put another revision in its place; every approval is void
    Edit(Edited),
    /// Submit a stale change again, on the record of today
    Resubmit(Resubmitted),
    /// Say something on a change; voids nothing
    Comment(Said),
    /// Apply it in an emergency, without its steps; the CFO alone
    BreakGlass {
        /// chg_…
        change: String,
        /// Why it cannot wait
        #[arg(long)]
        reason: String,
    },
    /// Say what came out of looking at an emergency
    Review(Said),
}

/// Which change, and what to ask for instead.
#[derive(Debug, Args)]
pub struct Edited {
    /// chg_…
    change: String,
    #[command(flatten)]
    patch: PatchArgs,
}

/// Which change, and what to ask for instead, if anything.
#[derive(Debug, Args)]
pub struct Resubmitted {
    /// chg_…
    change: String,
    /// A member to ask for instead: name=text, name=JSON
    #[arg(long, value_name = "NAME=VALUE")]
    set: Vec<String>,
}

/// Which change, and a text.
#[derive(Debug, Args)]
pub struct Said {
    /// chg_…
    change: String,
    /// What to say
    text: String,
}

/// Which change, and what to say.
#[derive(Debug, Args)]
pub struct One {
    /// chg_…
    change: String,
    /// What to say
    #[arg(long)]
    comment: Option<String>,
}

/// Which changes, and what to say on each.
#[derive(Debug, Args)]
pub struct Decision {
    /// chg_…; several of one operation at one step are decided together
    #[arg(required = true)]
    changes: Vec<String>,
    /// What to say
    #[arg(long)]
    comment: Option<String>,
}

fn comment(operation: &str, change: &str, comment: Option<&String>) -> Result<Call, Failure> {
    let body = ChangeComment { comment: comment.cloned(), revision: None };
    Call::to(operation).place(change).json(&body)
}

impl Decision {
    fn call(&self, operation: &str) -> Result<Call, Failure> {
        if let [change] = self.changes.as_slice() {
            return comment(operation, change, self.comment.as_ref());
        }
        let body = BatchDecision { ids: self.changes.clone(), comment: self.comment.clone() };
        Call::to(&format!("{operation}_many")).json(&body)
    }
}

impl Said {
    fn call(&self, operation: &str) -> Result<Call, Failure> {
        Call::to(operation).place(&self.change).json(&ChangeRemark { text: self.text.clone() })
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
            Self::Cancel(one) => comment("change_cancel", &one.change, one.comment.as_ref())?,
            Self::Edit(edit) => Call::to("change_edit").place(&edit.change).json(&edit.patch.read()?)?,
            Self::Resubmit(again) => {
                Call::to("change_resubmit").place(&again.change).json(&members(&again.set)?)?
            }
            Self::Comment(said) => said.call("change_comment")?,
            Self::Review(said) => said.call("change_review")?,
            Self::BreakGlass { change, reason } => {
                let body = BreakGlass { reason: reason.clone() };
                Call::to("change_break_glass").place(change).json(&body)?
            }
        })
    }

    /// The one change that is approved, if it is one.
    fn approved(&self) -> Option<&str> {
        match self {
            Self::Approve(Decision { changes, .. }) => match changes.as_slice() {
                [change] => Some(change),
                _ => None,
            },
            _ => None,
        }
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let mut reply = door.call(self.call()?).await?;
        if let Some(change) = self.approved() {
            // A long import goes on after the answer; this process may be the one that carries it out.
            let bar = progress::bar(None, "applying");
            while reply.json::<Value>()?["state"] == "applying" {
                tokio::time::sleep(LOOK).await;
                reply = door.call(Call::to("change_get").place(change)).await?;
            }
            bar.finish_and_clear();
        }
        screen.show(&reply, |value| match self {
            Self::List { .. } => render::page(
                &["id", "state", "lane", "title", "submitted_by_name", "due_at"].map(Column::of),
                value,
            ),
            Self::Approve(_) | Self::Reject(_) if value.get("batch").is_some() => {
                render::page(&["id", "state", "code", "refusal"].map(Column::of), value)
            }
            _ => draw(value),
        })?;
        match self {
            Self::Approve(_) | Self::Reject(_) => failure::told_refused(&reply.json()?),
            _ => Ok(()),
        }
    }
}

/// A change: what it is, its steps, what it would change, what to look at.
pub(super) fn draw(change: &Value) -> String {
    let mut head = change.clone();
    for part in ["steps", "diff", "warnings", "reasons", "conflicts", "comments", "former"] {
        if let Some(members) = head.as_object_mut() {
            members.remove(part);
        }
    }
    let mut out = pairs(&head);
    let rows = |part: &str| change.get(part).and_then(Value::as_array).cloned().unwrap_or_default();
    let steps = rows("steps");
    if !steps.is_empty() {
        out.push('\n');
        out.push_str(&table(
            &["role", "state", "by_name", "at", "due_at", "comment"].map(Column::of),
            &steps,
        ));
    }
    let diff = rows("diff");
    if !diff.is_empty() {
        out.push('\n');
        out.push_str(&table(&["path", "before", "after"].map(Column::of), &diff));
    }
    for (part, columns) in [
        ("reasons", &["code", "text"][..]),
        ("conflicts", &["path", "base", "theirs", "mine"]),
        ("comments", &["by_name", "at", "text"]),
        ("former", &["revision", "edited_by_name", "edited_at"]),
    ] {
        let found = rows(part);
        if !found.is_empty() {
            let columns: Vec<Column> = columns.iter().map(|name| Column::of(name)).collect();
            out.push_str(&format!("\n{part}\n"));
            out.push_str(&table(&columns, &found));
        }
    }
    for warning in rows("warnings") {
        out.push_str(&format!("\nwarning: {} ({})\n", cell(&warning["text"]), cell(&warning["code"])));
    }
    out
}
