//! `kith account parent … relate`: how accounts belong together.

use clap::Subcommand;
use kith_api::request::{ParentSet, RelationshipAdd};
use serde_json::{Value, json};

use super::life::rows;
use crate::door::Call;
use crate::failure::Failure;
use crate::render::cell;

/// How accounts belong together
#[derive(Debug, Subcommand)]
pub enum Family {
    /// Set the parent of an account, or end it
    Parent {
        /// acc_… or account number
        account: String,
        /// The account that it belongs to
        #[arg(required_unless_present = "none")]
        parent: Option<String>,
        /// It belongs to nobody
        #[arg(long, conflicts_with = "parent")]
        none: bool,
        /// First day [default: today]
        #[arg(long, value_name = "DATE")]
        from: Option<String>,
        /// Why
        #[arg(long)]
        reason: Option<String>,
    },
    /// Read the group of an account as a tree
    Hierarchy {
        /// acc_… or account number
        account: String,
        /// As of this day [default: today]
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
    },
    /// Read what an account and all below it come to together
    Rollup {
        /// acc_… or account number
        account: String,
        /// Only these metrics, separated by commas
        #[arg(long)]
        metrics: Option<String>,
        /// The hierarchy of this day [default: today]
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
    },
    /// Relate an account to another
    Relate {
        /// acc_… or account number
        account: String,
        /// owns, `distributor_of`, `dealer_of`, `bills_to`, `guarantor_of`, …
        kind: String,
        /// The other account
        to: String,
        /// Share, 0 to 100
        #[arg(long)]
        percent: Option<f64>,
        /// First day [default: today]
        #[arg(long, value_name = "DATE")]
        from: Option<String>,
        /// Last day
        #[arg(long, value_name = "DATE")]
        until: Option<String>,
        /// Who says so
        #[arg(long)]
        source: Option<String>,
    },
    /// End a relationship on a day, or take it away
    Unrelate {
        /// acc_… or account number
        account: String,
        /// rel_…
        relationship: String,
        /// Last day; without it the relationship is taken away as if it had never been
        #[arg(long, value_name = "DATE")]
        until: Option<String>,
    },
    /// List the relationships of an account, in both directions
    Relationships {
        /// acc_… or account number
        account: String,
        /// Those that hold on this day [default: all]
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
    },
}

impl Family {
    pub(super) fn call(&self) -> Result<Call, Failure> {
        match self {
            Self::Parent { account, none: true, from, .. } => {
                Ok(Call::to("account_parent_end").place(account).with("valid_from", from.as_ref()))
            }
            Self::Parent { account, parent, from, reason, .. } => {
                let request = ParentSet {
                    parent: parent.clone().unwrap_or_default(),
                    valid_from: from.clone(),
                    reason: reason.clone(),
                };
                Call::to("account_parent_set").place(account).json(&request)
            }
            Self::Hierarchy { account, as_of } => {
                Ok(Call::to("account_hierarchy").place(account).with("as_of", as_of.as_ref()))
            }
            Self::Rollup { account, metrics, as_of } => Ok(Call::to("account_rollup")
                .place(account)
                .with("metrics", metrics.as_ref())
                .with("as_of", as_of.as_ref())),
            Self::Relate { account, kind, to, percent, from, until, source } => {
                let request = RelationshipAdd {
                    to: to.clone(),
                    kind: kind.clone(),
                    percent: *percent,
                    valid_from: from.clone(),
                    valid_to: until.clone(),
                    source: source.clone(),
                };
                Call::to("relationship_add").place(account).json(&request)
            }
            Self::Unrelate { account, relationship, until: None } => {
                Ok(Call::to("relationship_delete").place(account).place(relationship))
            }
            Self::Unrelate { account, relationship, until } => Call::to("relationship_update")
                .place(account)
                .place(relationship)
                .json(&json!({"valid_to": until})),
            Self::Relationships { account, as_of } => {
                Ok(Call::to("relationship_list").place(account).with("as_of", as_of.as_ref()))
            }
        }
    }

    pub(super) fn draw(&self, reply: &Value) -> String {
        match self {
            Self::Hierarchy { .. } => tree(reply),
            Self::Rollup { .. } => rollup(reply),
            Self::Relationships { .. } => {
                let columns =
                    ["from/name", "type", "to/name", "percent", "valid_from", "valid_to", "current", "id"];
                rows(reply, &columns)
            }
            _ => crate::render::pairs(reply),
        }
    }
}

/// The group as an indented list; the account asked for is marked.
fn tree(reply: &Value) -> String {
    let branches: Vec<&Value> = reply["tree"].as_array().into_iter().flatten().collect();
    let own = &reply["account"]["id"];
    let mut out = String::new();
    let roots = branches.iter().filter(|branch| branch["parent"].is_null());
    for root in roots {
        draw(&branches, root, own, 0, &mut out);
    }
    let left_out = reply["left_out"].as_u64().unwrap_or_default();
    if left_out > 0 {
        out.push_str(&format!("{left_out} more that you may not see\n"));
    }
    out
}

fn draw(branches: &[&Value], branch: &Value, own: &Value, depth: usize, out: &mut String) {
    let account = &branch["account"];
    let mark = if account["id"] == *own { "  ←" } else { "" };
    let (number, name) = (cell(&account["account_number"]), cell(&account["name"]));
    out.push_str(&format!("{}{number}  {name}{mark}\n", "  ".repeat(depth)));
    for child in branches.iter().filter(|child| child["parent"] == account["id"]) {
        draw(branches, child, own, depth.saturating_add(1), out);
    }
}

fn rollup(reply: &Value) -> String {
    let count = reply["accounts"].as_array().map_or(0, Vec::len);
    let mut out = format!("{} and all below it: {count} accounts\n", cell(&reply["account"]["name"]));
    for (name, score) in reply["scores"].as_object().into_iter().flatten() {
        let (mean, min) = (cell(&score["weighted_mean"]), cell(&score["min"]));
        let lowest = cell(&score["min_account"]["name"]);
        out.push_str(&format!("{name}  {mean} on average by revenue, lowest {min} ({lowest})\n"));
    }
    out.push('\n');
    out.push_str(&super::account::profile(&json!({"metrics": reply["metrics"]})));
    out
}
