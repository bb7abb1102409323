//! `kith credit`: where a customer stands, what would be decided, reservations.

use clap::{Args, Subcommand};
use kith_api::request::{CreditCheck, ReservationAmend, ReservationCommit, ReservationMake};
use kith_api::view::MoneyView;
use serde_json::Value;

use super::input::PageArgs;
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{self, Column, pairs};
use crate::screen::Screen;

/// Credit: where a customer stands, what would be decided, reservations
#[derive(Debug, Subcommand)]
pub enum Credit {
    /// List the accounts that are closest to their limits
    Desk {
        /// Legal entity [default: each account's own]
        #[arg(long)]
        entity: Option<String>,
    },
    /// Show limit, exposure by bucket and what is past due
    Show {
        /// acc_… or account number
        account: String,
        /// Legal entity [default: the owning one]
        #[arg(long)]
        entity: Option<String>,
    },
    /// List the decisions on an account, newest first
    List {
        /// acc_… or account number
        account: String,
        #[command(flatten)]
        page: PageArgs,
    },
    /// Say what would be decided; reserves nothing
    Check {
        #[command(flatten)]
        wanted: Wanted,
    },
    /// Decide and reserve
    Reserve {
        #[command(flatten)]
        wanted: Wanted,
        /// Seconds that it holds, 0 for no end [default: 259200]
        #[arg(long, value_name = "SECONDS")]
        timeout: Option<u32>,
        /// Your own id of the reservation
        #[arg(long)]
        id: Option<String>,
        /// Order that it is for
        #[arg(long, value_name = "NUMBER")]
        order: Option<String>,
    },
    /// Show a reservation
    Get {
        /// Its id
        reservation: String,
    },
    /// Commit a reservation: its order is confirmed
    Commit {
        /// Its id
        reservation: String,
        /// How much of it [default: all]
        #[arg(long, value_name = "AMOUNT:CURRENCY", value_parser = money)]
        amount: Option<MoneyView>,
        /// Order, where the reservation did not name it
        #[arg(long, value_name = "NUMBER")]
        order: Option<String>,
    },
    /// Void a reservation: its order is off
    Void {
        /// Its id
        reservation: String,
    },
    /// Hold another amount
    Amend {
        /// Its id
        reservation: String,
        /// What is to be held from now on
        #[arg(value_name = "AMOUNT:CURRENCY", value_parser = money)]
        amount: MoneyView,
    },
}

/// What credit is asked for.
#[derive(Debug, Args)]
pub struct Wanted {
    /// acc_… or account number
    account: String,
    /// How much, for example 12500:USD
    #[arg(value_name = "AMOUNT:CURRENCY", value_parser = money)]
    amount: MoneyView,
    /// Legal entity that sells [default: the owning one]
    #[arg(long)]
    entity: Option<String>,
    /// The amount is paid and cleared
    #[arg(long)]
    prepaid: bool,
}

fn money(text: &str) -> Result<MoneyView, String> {
    let (amount, currency) = text.split_once(':').ok_or("expected AMOUNT:CURRENCY, for example 12500:USD")?;
    Ok(MoneyView { amount: amount.to_owned(), currency: currency.to_uppercase() })
}

impl Credit {
    fn call(&self) -> Result<Call, Failure> {
        Ok(match self {
            Self::Desk { entity } => Call::to("credit_desk").with("entity", entity.as_ref()),
            Self::Show { account, entity } => {
                Call::to("credit_get").place(account).with("entity", entity.as_ref())
            }
            Self::List { account, page } => page.on(Call::to("credit_decision_list").place(account)),
            Self::Check { wanted } => Call::to("credit_check").json(&CreditCheck {
                account: wanted.account.clone(),
                entity: wanted.entity.clone(),
                amount: wanted.amount.clone(),
                prepaid: wanted.prepaid,
            })?,
            Self::Reserve { wanted, timeout, id, order } => {
                Call::to("reservation_make").json(&ReservationMake {
                    account: wanted.account.clone(),
                    entity: wanted.entity.clone(),
                    amount: wanted.amount.clone(),
                    timeout_s: *timeout,
                    id: id.clone(),
                    order_no: order.clone(),
                    prepaid: wanted.prepaid,
                })?
            }
            Self::Get { reservation } => Call::to("reservation_get").place(reservation),
            Self::Commit { reservation, amount, order } => Call::to("reservation_commit")
                .place(reservation)
                .json(&ReservationCommit { amount: amount.clone(), order_no: order.clone() })?,
            Self::Void { reservation } => Call::to("reservation_void").place(reservation),
            Self::Amend { reservation, amount } => Call::to("reservation_amend")
                .place(reservation)
                .json(&ReservationAmend { amount: amount.clone() })?,
        })
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let reply = door.call(self.call()?).await?;
        screen.show(&reply, |value| match self {
            Self::Desk { .. } => desk(value),
            Self::List { .. } => render::page(&DECISIONS.map(Column::of), value),
            Self::Check { .. } => decision(value),
            Self::Reserve { .. } => {
                let head = format!("{}  {}\n", text(value, "/id"), text(value, "/state"));
                value.get("decision").map_or(head.clone(), |found| head + &decision(found))
            }
            _ => pairs(value),
        })
    }
}

/// A line for each account.
fn desk(value: &Value) -> String {
    let rows = value.get("rows").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let columns = [
        "account_number",
        "name",
        "standing.entity",
        "standing.limit",
        "standing.exposure",
        "standing.available",
    ];
    render::table(&columns.map(Column::of), rows)
}

const DECISIONS: [&str; 6] = ["id", "entity", "amount", "state", "order_no", "decided_at"];

fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

/// The outcome, a line for each reason, and what is left.
fn decision(value: &Value) -> String {
    let reasons = value.get("reasons").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let line = |reason: &Value| format!("  {:8} {}\n", text(reason, "/severity"), text(reason, "/text"));
    let lines: String = reasons.iter().map(line).collect();
    let left = ["exposure", "available_before", "available_after"].map(|name| (name, value.get(name)));
    let left = Value::Object(
        left.into_iter().filter_map(|(name, money)| Some((name.to_owned(), money?.clone()))).collect(),
    );
    format!("{}\n{lines}{}", text(value, "/outcome"), pairs(&left))
}
