//! `kith price`: what something costs; price lists and price groups.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use kith_api::request::PriceAsk;
use serde_json::{Value, json};

use super::input;
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{self, Column, pairs, table};
use crate::screen::Screen;

/// What a quantity costs, price lists and price groups
#[derive(Debug, Subcommand)]
pub enum Price {
    /// Price a quantity for an account, with the row that wins and why the others do not
    Resolve(Resolve),
    /// Price lists: what items cost
    #[command(subcommand)]
    List(PriceBook),
    /// Price groups: rows for every account that is in the group
    #[command(subcommand)]
    Group(PriceBook),
}

/// What to price.
#[derive(Debug, Args)]
pub struct Resolve {
    /// acc_… or account number
    account: String,
    /// Item
    item: String,
    /// How many
    #[arg(default_value = "1")]
    qty: String,
    /// Legal entity that sells [default: the owning one]
    #[arg(long)]
    entity: Option<String>,
    /// Group that the item is in
    #[arg(long)]
    group: Option<String>,
    /// Unit of measure [default: EA]
    #[arg(long)]
    uom: Option<String>,
    /// Day [default: the open business day]
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// Currency [default: the account's]
    #[arg(long)]
    currency: Option<String>,
    /// Convert a price in another currency at the rate of the day
    #[arg(long)]
    allow_fx: bool,
}

/// What to do with lists of prices.
#[derive(Debug, Subcommand)]
pub enum PriceBook {
    /// List them
    List,
    /// Show one with its rows
    Get {
        /// Its code
        code: String,
    },
    /// Create one from the JSON of POST /api/v1/price-lists
    Create {
        /// File, - for standard input
        #[arg(value_parser = input::path)]
        file: PathBuf,
    },
    /// Edit one by a merge patch, rows by action
    Update {
        /// Its code
        code: String,
        /// File, - for standard input
        #[arg(value_parser = input::path)]
        file: PathBuf,
    },
}

impl PriceBook {
    fn call(&self, noun: &str) -> Result<Call, Failure> {
        Ok(match self {
            Self::List => Call::to(&format!("{noun}_list")),
            Self::Get { code } => Call::to(&format!("{noun}_get")).place(code),
            Self::Create { file } => Call::to(&format!("{noun}_create")).json(&input::object(file)?)?,
            Self::Update { code, file } => {
                Call::to(&format!("{noun}_update")).place(code).json(&input::object(file)?)?
            }
        })
    }
}

impl Price {
    fn call(&self) -> Result<Call, Failure> {
        match self {
            Self::Resolve(ask) => Call::to("price_resolve").json(&PriceAsk {
                account: ask.account.clone(),
                entity: ask.entity.clone(),
                item: Some(ask.item.clone()),
                item_group: ask.group.clone(),
                qty: Some(json!(ask.qty)),
                uom: ask.uom.clone(),
                date: ask.on.clone(),
                currency: ask.currency.clone(),
                allow_fx_price: Some(ask.allow_fx),
                lines: None,
            }),
            Self::List(book) => book.call("price_list"),
            Self::Group(book) => book.call("price_group"),
        }
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let reply = door.call(self.call()?).await?;
        screen.show(&reply, |value| match self {
            Self::Resolve(_) => price(value),
            Self::List(PriceBook::List) | Self::Group(PriceBook::List) => {
                let columns = ["code", "name", "currency", "is_standard", "rows_count"].map(Column::of);
                render::page(&columns, value)
            }
            _ => book(value),
        })
    }
}

/// The members of a reply, and those that are tables of their own.
fn parts(reply: &Value, member: &str) -> (Value, Vec<Value>) {
    let mut head = reply.clone();
    let rows = head.as_object_mut().and_then(|members| members.remove(member));
    (head, rows.as_ref().and_then(Value::as_array).cloned().unwrap_or_default())
}

fn price(reply: &Value) -> String {
    let (head, trace) = parts(reply, "price_trace");
    let columns = ["id", "source", "owner", "reason"].map(Column::of);
    if trace.is_empty() { pairs(&head) } else { format!("{}\n{}", pairs(&head), table(&columns, &trace)) }
}

fn book(reply: &Value) -> String {
    let (head, rows) = parts(reply, "rows");
    let names = [
        "id",
        "item",
        "item_group",
        "min_qty",
        "max_qty",
        "price_type",
        "price",
        "currency",
        "effective_from",
        "effective_to",
    ];
    format!("{}\n{}", pairs(&head), table(&names.map(Column::of), &rows))
}
