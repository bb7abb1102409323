//! `kith policy`: who approves what.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::Value;

use super::patch::PatchArgs;
use super::{change, input};
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{Column, pairs, table};
use crate::screen::Screen;

/// The approval policy: who approves what, in which lane, within which time
#[derive(Debug, Subcommand)]
pub enum Policy {
    /// Show the policy that holds, or one that held
    Show {
        /// Version [default: the one that holds]
        #[arg(long)]
        version: Option<u64>,
    },
    /// Propose another policy; becomes a red change
    Set {
        /// The whole policy as JSON: a file, - for standard input
        #[arg(value_parser = input::path)]
        file: PathBuf,
    },
    /// Propose changes to the policy that holds; becomes a red change
    Edit(PatchArgs),
}

impl Policy {
    fn call(&self) -> Result<Call, Failure> {
        Ok(match self {
            Self::Show { version } => Call::to("policy_get").with("version", *version),
            Self::Set { file } => {
                let mut policy = input::object(file)?;
                // What `show` prints may be edited and set.
                if let Some(members) = policy.as_object_mut() {
                    for name in ["version", "set_by", "set_at"] {
                        members.remove(name);
                    }
                }
                Call::to("policy_set").json(&policy)?
            }
            Self::Edit(patch) => Call::to("policy_edit").json(&patch.read()?)?,
        })
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let reply = door.call(self.call()?).await?;
        screen.show(&reply, |value| if reply.status == 202 { change::draw(value) } else { draw(value) })
    }
}

fn draw(policy: &Value) -> String {
    let mut head = policy.clone();
    let rows = policy.get("rows").and_then(Value::as_array).cloned().unwrap_or_default();
    if let Some(members) = head.as_object_mut() {
        members.remove("rows");
    }
    let rows: Vec<Value> = rows.into_iter().map(with_roles).collect();
    let columns = ["operation", "lane", "steps", "when"].map(Column::of);
    format!("{}\n{}", pairs(&head), table(&columns, &rows))
}

/// The steps of a row in one cell: `ar_manager, 2 × compliance`.
fn with_roles(mut row: Value) -> Value {
    let steps = row.get("steps").and_then(Value::as_array).cloned().unwrap_or_default();
    let roles: Vec<String> = steps
        .iter()
        .map(|step| {
            let role = step["role"].as_str().unwrap_or_default();
            match step["approvals"].as_u64() {
                Some(many) if many > 1 => format!("{many} × {role}"),
                _ => role.to_owned(),
            }
        })
        .collect();
    row["steps"] = Value::from(roles.join(", "));
    row
}
