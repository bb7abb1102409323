//! `kith duplicate`: accounts that may be one customer.

use std::time::Duration;

use clap::Subcommand;
use serde_json::{Value, json};

use super::input::PageArgs;
use crate::door::{Call, Door, Reply};
use crate::failure::Failure;
use crate::progress;
use crate::render::{Column, page, pairs, table};
use crate::screen::Screen;

/// How often a scan that goes on is looked at.
const LOOK: Duration = Duration::from_millis(400);
/// Parts of the progress.
const PARTS: f64 = 1_000.0;

/// Accounts that may be one customer
#[derive(Debug, Subcommand)]
pub enum Duplicate {
    /// List pairs, likest first
    List {
        /// open, dismissed, merged or withdrawn [default: open]
        #[arg(long)]
        state: Option<String>,
        /// Only pairs at least this probable, 0 to 1
        #[arg(long, value_name = "P")]
        min_probability: Option<f64>,
        #[command(flatten)]
        page: PageArgs,
    },
    /// List clusters of accounts that are probably one, largest first
    Clusters {
        /// Only pairs at least this probable put accounts together, 0 to 1 [default: 0.99]
        #[arg(long, value_name = "P")]
        min_probability: Option<f64>,
        #[command(flatten)]
        page: PageArgs,
    },
    /// Show a pair, and what every comparison adds
    Show {
        /// dup_…
        pair: String,
    },
    /// Scan all accounts, and wait for the end
    Scan,
    /// Submit the merge of the two; nothing is merged before its approvers agree
    Merge {
        /// dup_…
        pair: String,
        /// The account that stays: acc_…
        #[arg(long, value_name = "ACCOUNT")]
        survivor: String,
        /// Why, for whoever approves
        #[arg(long)]
        reason: Option<String>,
    },
    /// Say that they are two
    Dismiss {
        /// dup_…
        pair: String,
        /// Why; kept with the decision
        #[arg(long)]
        reason: String,
    },
}

impl Duplicate {
    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        match self {
            Self::List { state, min_probability, page: part } => {
                let call = Call::to("duplicate_list")
                    .with("state", state.as_ref())
                    .with("min_probability", *min_probability);
                screen.show(&door.call(part.on(call)).await?, list)
            }
            Self::Clusters { min_probability, page: part } => {
                let call = Call::to("duplicate_clusters").with("min_probability", *min_probability);
                screen.show(&door.call(part.on(call)).await?, clusters)
            }
            Self::Show { pair } => {
                screen.show(&door.call(Call::to("duplicate_get").place(pair)).await?, draw)
            }
            Self::Scan => screen.show(&scanned(door).await?, pairs),
            Self::Merge { pair, survivor, reason } => {
                let body = json!({"survivor": survivor, "reason": reason});
                let call = Call::to("duplicate_merge").place(pair).json(&body)?;
                screen.show(&door.call(call).await?, pairs)
            }
            Self::Dismiss { pair, reason } => {
                let call = Call::to("duplicate_dismiss").place(pair).json(&json!({"reason": reason}))?;
                screen.show(&door.call(call).await?, draw)
            }
        }
    }
}

/// Begins a scan and waits for its end.
async fn scanned(door: &Door) -> Result<Reply, Failure> {
    let mut reply = door.call(Call::to("duplicate_scan")).await?;
    let bar = progress::bar(Some(PARTS as u64), "scanning");
    loop {
        let scan: Value = reply.json()?;
        if scan["state"] != "running" {
            break;
        }
        bar.set_position((scan["progress"].as_f64().unwrap_or_default() * PARTS) as u64);
        tokio::time::sleep(LOOK).await;
        reply = door.call(Call::to("duplicate_scan_get")).await?;
    }
    bar.finish_and_clear();
    Ok(reply)
}

fn list(reply: &Value) -> String {
    let columns = [
        Column::of("id"),
        Column::of("probability"),
        Column::at("left", "/left/account_number"),
        Column::at("name", "/left/name"),
        Column::at("right", "/right/account_number"),
        Column::at("name", "/right/name"),
    ];
    page(&columns, reply)
}

fn clusters(reply: &Value) -> String {
    let columns =
        [Column::at("cluster", "/id"), Column::of("name"), Column::of("accounts"), Column::of("vetoes")];
    let mut counted = reply.clone();
    for item in counted["items"].as_array_mut().into_iter().flatten() {
        let count = |member: &str| item[member].as_array().map_or(0, Vec::len);
        let (name, accounts, vetoes) = (item["accounts"][0].clone(), count("accounts"), count("vetoes"));
        *item = json!({"id": item["id"], "name": name["name"], "accounts": accounts, "vetoes": vetoes});
    }
    page(&columns, &counted)
}

fn draw(pair: &Value) -> String {
    let mut head = pair.clone();
    let steps = head.as_object_mut().and_then(|members| members.remove("waterfall"));
    let steps = steps.and_then(|steps| steps.as_array().cloned()).unwrap_or_default();
    let columns = ["field", "level", "left", "right", "weight"].map(Column::of);
    format!("{}\n{}", pairs(&head), table(&columns, &steps))
}
