//! `kith account deactivate … unmerge`: an account's life.

use clap::Subcommand;
use kith_api::request::{
    Deactivate, MergePreviewRequest, MergeRequest, PickInput, StageMove, UnmergeRequest,
};
use serde_json::Value;

use crate::door::Call;
use crate::failure::Failure;
use crate::render::{Column, cell, items, table};

/// An account's life
#[derive(Debug, Subcommand)]
pub enum Life {
    /// Deactivate an account: out of the lists, no more edits, its history stays
    Deactivate {
        /// acc_… or account number
        account: String,
        /// Why
        #[arg(long)]
        reason: String,
        /// Even though invoices are open
        #[arg(long)]
        allow_open_ar: bool,
    },
    /// Make an inactive account a customer again
    Reactivate(Reasoned),
    /// Close an inactive account or a prospect
    Close(Reasoned),
    /// Make a closed account inactive again
    Reopen(Reasoned),
    /// Delete an account that nothing ever happened to
    Delete(Reasoned),
    /// Merge another account into this one, or see what that would come to
    Merge {
        /// The account that stays: acc_… or account number
        account: String,
        /// The account that is merged into it
        loser: String,
        /// Whose value is taken: field=survivor or field=loser
        #[arg(long, value_name = "FIELD=WHOSE")]
        pick: Vec<String>,
        /// Why
        #[arg(long, required_unless_present = "preview")]
        reason: Option<String>,
        /// Only show which value survives of each field, and why
        #[arg(long)]
        preview: bool,
    },
    /// Take a merged account out again
    Unmerge {
        /// The account that it was merged into
        account: String,
        /// The account to take out
        loser: String,
        /// Why
        #[arg(long)]
        reason: String,
    },
}

/// An account and a reason.
#[derive(Debug, clap::Args)]
pub struct Reasoned {
    /// acc_… or account number
    account: String,
    /// Why
    #[arg(long)]
    reason: String,
}

impl Reasoned {
    fn call(&self, operation: &str) -> Result<Call, Failure> {
        Call::to(operation).place(&self.account).json(&StageMove { reason: self.reason.clone() })
    }
}

impl Life {
    pub(super) fn call(&self) -> Result<Call, Failure> {
        match self {
            Self::Deactivate { account, reason, allow_open_ar } => Call::to("account_deactivate")
                .place(account)
                .json(&Deactivate { reason: reason.clone(), allow_open_ar: *allow_open_ar }),
            Self::Reactivate(asked) => asked.call("account_reactivate"),
            Self::Close(asked) => asked.call("account_close"),
            Self::Reopen(asked) => asked.call("account_reopen"),
            Self::Delete(asked) => asked.call("account_delete"),
            Self::Merge { account, loser, pick, reason, preview } => {
                let picks = pick.iter().map(|pick| picked(pick)).collect::<Result<_, Failure>>()?;
                let loser = loser.clone();
                if *preview {
                    let request = MergePreviewRequest { loser, picks };
                    return Call::to("account_merge_preview").place(account).json(&request);
                }
                let request = MergeRequest { loser, picks, reason: reason.clone().unwrap_or_default() };
                Call::to("account_merge").place(account).json(&request)
            }
            Self::Unmerge { account, loser, reason } => Call::to("account_unmerge")
                .place(account)
                .json(&UnmergeRequest { loser: loser.clone(), reason: reason.clone() }),
        }
    }

    pub(super) fn draw(&self, reply: &Value) -> String {
        match self {
            Self::Merge { preview: true, .. } => preview(reply),
            _ => crate::render::pairs(reply),
        }
    }
}

fn picked(pick: &str) -> Result<(String, PickInput), Failure> {
    let whose = match pick.split_once('=') {
        Some((field, "survivor")) => Some((field.to_owned(), PickInput::Survivor)),
        Some((field, "loser")) => Some((field.to_owned(), PickInput::Loser)),
        _ => None,
    };
    whose.ok_or_else(|| Failure::Usage(format!("--pick {pick}: expected FIELD=survivor or FIELD=loser")))
}

/// Field by field, then who would approve it.
fn preview(reply: &Value) -> String {
    let columns = ["field", "survivor", "loser", "result", "winner", "rule"].map(Column::of);
    let fields = reply.get("fields").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut out = table(&columns, &fields);
    let outlook = &reply["outlook"];
    match outlook.get("refusal").filter(|refusal| !refusal.is_null()) {
        Some(refusal) => {
            let said = |member: &str| cell(&refusal[member]);
            out.push_str(&format!("\nwould be refused: {} {}\n", said("sentence"), said("clears")));
        }
        None => {
            let steps: Vec<String> = outlook["steps"].as_array().into_iter().flatten().map(cell).collect();
            out.push_str(&format!(
                "\nlane {}, approved by {}\n",
                cell(&outlook["lane"]),
                steps.join(", then ")
            ));
        }
    }
    out
}

/// Rows of a reply as a table.
pub(super) fn rows(reply: &Value, columns: &[&str]) -> String {
    let columns: Vec<Column> = columns
        .iter()
        .map(|column| match column.split_once('/') {
            Some((title, _)) => Column::at(title, &format!("/{column}")),
            None => Column::of(column),
        })
        .collect();
    table(&columns, items(reply))
}
