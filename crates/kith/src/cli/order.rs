//! `kith order`: orders at the door.

use std::path::PathBuf;

use clap::Subcommand;
use kith_api::request::{OrderCancel, OrderRelease, QueueRelease};
use serde_json::Value;

use super::input::{self, PageArgs};
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{self, Column, pairs};
use crate::screen::Screen;

/// Orders: place, see, cancel, amend, release
#[derive(Debug, Subcommand)]
pub enum Order {
    /// Place the canonical order of a JSON file
    Place {
        /// The file; - for standard input
        #[arg(value_parser = input::path)]
        file: PathBuf,
        /// Key under which a repetition is known [default: a new one]
        #[arg(long, value_name = "KEY")]
        key: Option<String>,
    },
    /// List orders, newest first; held ones in the order of the queue
    List {
        /// Only held, confirmed, in_transit, invoiced, closed, rejected, cancelled …
        #[arg(long)]
        state: Option<String>,
        /// Only of this account
        #[arg(long)]
        account: Option<String>,
        #[command(flatten)]
        page: PageArgs,
    },
    /// Show an order with every reason
    #[command(visible_alias = "get")]
    Show {
        /// ord_… or our number
        order: String,
    },
    /// Cancel an order; its credit is free again
    Cancel {
        /// ord_… or our number
        order: String,
        /// Why
        #[arg(long)]
        reason: Option<String>,
    },
    /// Lay a merge patch over an order
    Amend {
        /// ord_… or our number
        order: String,
        /// The patch, a JSON file; - for standard input
        #[arg(value_parser = input::path)]
        file: PathBuf,
    },
    /// Let one held order go
    Release {
        /// ord_… or our number
        order: String,
        /// The account that it belongs to, where none was found
        #[arg(long)]
        account: Option<String>,
        /// Why
        #[arg(long)]
        reason: Option<String>,
    },
    /// Go through held orders in the order of the queue: each is looked at again and decided on its own
    ReleaseQueue {
        /// These only: ord_… or our numbers [default: all of the queue]
        orders: Vec<String>,
        /// Of one account: acc_…, its number, or a reference
        #[arg(long)]
        account: Option<String>,
        /// On your word also what is still held goes, as far as your authority reaches
        #[arg(long = "override")]
        override_held: bool,
        /// Why
        #[arg(long)]
        reason: Option<String>,
    },
}

impl Order {
    fn call(&self) -> Result<Call, Failure> {
        Ok(match self {
            Self::Place { file, key } => {
                let call = Call::to("order_place").json(&input::object(file)?)?;
                key.as_ref().map_or(call.clone(), |key| call.key(key))
            }
            Self::List { state, account, page } => page
                .on(Call::to("order_list").with("state", state.as_ref()).with("account", account.as_ref())),
            Self::Show { order } => Call::to("order_get").place(order),
            Self::Cancel { order, reason } => {
                Call::to("order_cancel").place(order).json(&OrderCancel { reason: reason.clone() })?
            }
            Self::Amend { order, file } => {
                Call::to("order_amend").place(order).json(&input::object(file)?)?
            }
            Self::Release { order, account, reason } => Call::to("order_release")
                .place(order)
                .json(&OrderRelease { account: account.clone(), reason: reason.clone() })?,
            Self::ReleaseQueue { orders, account, override_held, reason } => Call::to("order_release_queue")
                .json(&QueueRelease {
                    orders: orders.clone(),
                    account: account.clone(),
                    override_held: *override_held,
                    reason: reason.clone(),
                })?,
        })
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let reply = door.call(self.call()?).await?;
        screen.show(&reply, |value| match self {
            Self::List { .. } => render::page(&COLUMNS.map(|(title, at)| Column::at(title, at)), value),
            Self::ReleaseQueue { .. } => queue(value),
            _ => order(value),
        })
    }
}

fn queue(reply: &Value) -> String {
    let columns = [
        ("order", "/order_no"),
        ("customer", "/account_name"),
        ("total", "/total/amount"),
        ("outcome", "/outcome"),
        ("why", "/text"),
    ];
    let items = reply["items"].as_array().map(Vec::as_slice).unwrap_or_default();
    let rows = render::table(&columns.map(|(title, at)| Column::at(title, at)), items);
    format!("{rows}\n{} go, {} wait", reply["released"], reply["left"])
}

const COLUMNS: [(&str, &str); 7] = [
    ("order_no", "/order_no"),
    ("state", "/state"),
    ("account", "/account_name"),
    ("total", "/total"),
    ("reason", "/reasons/0/code"),
    ("priority", "/held/priority"),
    ("received_at", "/received_at"),
];

fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

/// The head, a line for each reason and line, and the rest as pairs.
fn order(value: &Value) -> String {
    let list = |name: &str| value.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let mut out = format!("{}  {}\n", text(value, "/order_no"), text(value, "/state"));
    for reason in list("reasons") {
        out.push_str(&format!("  {:8} {}\n", text(&reason, "/severity"), text(&reason, "/text")));
        if !text(&reason, "/clears").is_empty() {
            out.push_str(&format!("           {}\n", text(&reason, "/clears")));
        }
    }
    for line in list("lines") {
        let total = format!("{} {}", text(&line, "/total/currency"), text(&line, "/total/amount"));
        let (qty, uom, item) = (text(&line, "/qty"), text(&line, "/uom"), text(&line, "/item"));
        out.push_str(&format!("  {qty} {uom} {item}  {total}\n"));
    }
    let shown = [
        "id",
        "account",
        "account_name",
        "entity",
        "customer_order_no",
        "total",
        "reservation_id",
        "expires_at",
    ];
    let rest = shown.into_iter().filter_map(|name| Some((name.to_owned(), value.get(name)?.clone())));
    out + &pairs(&Value::Object(rest.collect()))
}
