//! `kith quarantine`: touchpoints that wait for a person or for their account.

use std::path::PathBuf;

use clap::Subcommand;
use kith_api::request::{DiscardReason, QuarantineAct, QuarantineAssign, QuarantineDecide, QuarantineRepair};
use serde_json::Value;

use super::input::{self, PageArgs};
use crate::door::{Call, Door};
use crate::failure::{self, Failure};
use crate::render::{self, Column, pairs};
use crate::screen::Screen;

/// Touchpoints that wait for a person or for their account
#[derive(Debug, Subcommand)]
pub enum Quarantine {
    /// List what waits, newest first
    List {
        /// waiting, replayed, accepted or discarded [default: waiting]
        #[arg(long)]
        state: Option<String>,
        #[command(flatten)]
        page: PageArgs,
    },
    /// List what waits by its causes, those that hold up most first
    Causes,
    /// Read one, with the event as it stands
    Get {
        /// qua_…
        item: String,
    },
    /// Try one again, or several
    Replay {
        /// qua_…
        #[arg(required = true)]
        items: Vec<String>,
    },
    /// Say whose one or several are, and try them again
    Repair {
        /// qua_…
        #[arg(required = true)]
        items: Vec<String>,
        /// acc_…, account number, or a subject such as external:erp:99
        #[arg(long, required_unless_present = "event")]
        subject: Option<String>,
        /// The whole event of one item as it should be: a file, - for standard input
        #[arg(long, value_name = "FILE", value_parser = input::path)]
        event: Option<PathBuf>,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Say who looks after one or several
    Assign {
        /// qua_…
        #[arg(required = true)]
        items: Vec<String>,
        /// usr_… or me; nobody when absent
        #[arg(long)]
        to: Option<String>,
    },
    /// Take the other content of a conflict, as a correction on record
    Accept {
        /// qua_…
        item: String,
    },
    /// Discard one or several; they stay on record with the reason
    Discard {
        /// qua_…
        #[arg(required = true)]
        items: Vec<String>,
        /// Why it is not wanted
        #[arg(long)]
        reason: String,
    },
}

impl Quarantine {
    fn call(&self) -> Result<Call, Failure> {
        Ok(match self {
            Self::List { state, page } => page.on(Call::to("quarantine_list").with("state", state.as_ref())),
            Self::Causes => Call::to("quarantine_desk"),
            Self::Get { item } => Call::to("quarantine_get").place(item),
            Self::Replay { items } => match items.as_slice() {
                [item] => Call::to("quarantine_replay").place(item),
                _ => several(items, QuarantineAct::Replay, QuarantineDecide::default())?,
            },
            Self::Repair { items, subject, event, reason } => {
                let event = event.as_deref().map(input::object).transpose()?;
                match items.as_slice() {
                    [item] => {
                        let (subject, reason) = (subject.clone(), reason.clone());
                        let request = QuarantineRepair { event, subject, reason };
                        Call::to("quarantine_repair").place(item).json(&request)?
                    }
                    _ if event.is_some() => {
                        return Err(Failure::Usage("an event is given for one item".to_owned()));
                    }
                    _ => {
                        let (subject, reason) = (subject.clone(), Some(reason.clone()));
                        let request = QuarantineDecide { subject, reason, ..QuarantineDecide::default() };
                        several(items, QuarantineAct::Repair, request)?
                    }
                }
            }
            Self::Assign { items, to } => match items.as_slice() {
                [item] => {
                    Call::to("quarantine_assign").place(item).json(&QuarantineAssign { to: to.clone() })?
                }
                _ => {
                    let request = QuarantineDecide { to: to.clone(), ..QuarantineDecide::default() };
                    several(items, QuarantineAct::Assign, request)?
                }
            },
            Self::Accept { item } => Call::to("quarantine_accept").place(item),
            Self::Discard { items, reason } => match items.as_slice() {
                [item] => Call::to("quarantine_discard")
                    .place(item)
                    .json(&DiscardReason { reason: reason.clone() })?,
                _ => {
                    let reason = Some(reason.clone());
                    let request = QuarantineDecide { reason, ..QuarantineDecide::default() };
                    several(items, QuarantineAct::Discard, request)?
                }
            },
        })
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let reply = door.call(self.call()?).await?;
        screen.show(&reply, |value| match self {
            Self::List { .. } => render::page(
                &["id", "state", "code", "pointer", "subject", "source", "external_id", "received_at"]
                    .map(Column::of),
                value,
            ),
            Self::Causes => causes(value),
            _ if value.get("items").is_some() => {
                render::table(&["id", "state", "code", "refusal"].map(Column::of), render::items(value))
            }
            _ => pairs(value),
        })?;
        match self {
            Self::List { .. } | Self::Causes => Ok(()),
            _ => failure::told_refused(&reply.json()?),
        }
    }
}

/// The same with several items.
fn several(items: &[String], act: QuarantineAct, request: QuarantineDecide) -> Result<Call, Failure> {
    Call::to("quarantine_decide").json(&QuarantineDecide { items: items.to_vec(), act, ..request })
}

/// The causes, and how much was looked at.
fn causes(reply: &Value) -> String {
    let columns =
        ["code", "source", "type", "pointer", "items", "subjects", "amount", "newest_at"].map(Column::of);
    let rows = reply.get("causes").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let of = |name: &str| render::cell(reply.get(name).unwrap_or(&Value::Null));
    let table = if rows.is_empty() { "nothing\n".to_owned() } else { render::table(&columns, rows) };
    format!("{table}{} waiting, {} looked at\n", of("waiting"), of("looked_at"))
}
