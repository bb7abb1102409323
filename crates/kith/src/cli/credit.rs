//! `kith credit`: where a customer stands, what would be decided, reservations.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use kith_api::request::{
    CreditCheck, CreditSourcesSave, ReservationAmend, ReservationCommit, ReservationMake,
};
use kith_api::view::MoneyView;
use serde_json::Value;

use super::change;
use super::input::{self, PageArgs};
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
    /// Measure how right limits and decisions were
    Accuracy,
    /// List who feeds the exposure of each legal entity, and when each was last heard
    Sources,
    /// Register who feeds the exposure of a legal entity; the whole list, none is fed by hand
    SetSources {
        /// Code of the legal entity
        entity: String,
        /// `source` of its touchpoints; may be given several times
        #[arg(long = "source", value_name = "NAME")]
        sources: Vec<String>,
        /// Extracts of another system are put into its folder and compared
        #[arg(long)]
        extracts: bool,
        /// Why
        #[arg(long)]
        reason: Option<String>,
    },
    /// List the extracts that were compared, newest first, with where they differ
    Reconciliations {
        #[command(flatten)]
        page: PageArgs,
    },
    /// Show limit, exposure by bucket and what is past due
    Show {
        /// acc_… or account number
        account: String,
        /// Legal entity [default: the owning one]
        #[arg(long)]
        entity: Option<String>,
    },
    /// Show how an account pays, or all together: DSO, days beyond terms, collection, aging
    Behaviour {
        /// acc_… or account number [default: all accounts]
        account: Option<String>,
        /// Legal entity [default: all together]
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
        /// Seconds that it holds; 0 for no end, only with a signed contract [default: 259200]
        #[arg(long, value_name = "SECONDS")]
        timeout: Option<u32>,
        /// Your own id of the reservation
        #[arg(long)]
        id: Option<String>,
        /// Order that it is for
        #[arg(long, value_name = "NUMBER")]
        order: Option<String>,
    },
    /// Compare a CSV extract of another system (account, entity, open_ar …) with the book
    Reconcile {
        /// File, - for standard input
        #[arg(value_parser = input::path)]
        file: PathBuf,
        /// It has every account with anything open of the entities that it names
        #[arg(long)]
        whole: bool,
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
            Self::Accuracy => Call::to("credit_accuracy"),
            Self::Sources => Call::to("credit_source_list"),
            Self::SetSources { entity, sources, extracts, reason } => {
                Call::to("credit_source_save").place(entity).json(&CreditSourcesSave {
                    sources: sources.clone(),
                    extracts: *extracts,
                    reason: reason.clone(),
                })?
            }
            Self::Reconciliations { page } => page.on(Call::to("credit_reconciliation_list")),
            Self::Show { account, entity } => {
                Call::to("credit_get").place(account).with("entity", entity.as_ref())
            }
            Self::Behaviour { account, entity } => match account {
                Some(account) => Call::to("credit_behaviour").place(account),
                None => Call::to("credit_behaviour_portfolio"),
            }
            .with("entity", entity.as_ref()),
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
            Self::Reconcile { file, whole } => Call::to("credit_reconcile")
                .with("whole", whole.then_some("true"))
                .bytes("text/csv", input::whole(file)?),
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
            Self::Accuracy => accuracy(value),
            Self::SetSources { .. } if reply.status == 202 => change::draw(value),
            Self::Sources | Self::SetSources { .. } => render::page(&SOURCES.map(Column::of), value),
            Self::Reconciliations { .. } => render::page(&RECONCILIATIONS.map(Column::of), value),
            Self::List { .. } => render::page(&DECISIONS.map(Column::of), value),
            Self::Check { .. } => decision(value),
            Self::Reconcile { .. } => differences(value),
            Self::Reserve { .. } => {
                let head = format!("{}  {}\n", text(value, "/id"), text(value, "/state"));
                value.get("decision").map_or(head.clone(), |found| head + &decision(found))
            }
            _ => pairs(value),
        })
    }
}

const SOURCES: [&str; 6] = ["entity", "sources", "extracts", "data_as_of", "age_hours", "state"];
const RECONCILIATIONS: [&str; 7] = ["at", "entity", "file", "rows", "agree", "open", "healed"];

/// A line for each measure: numerator, denominator, share and interval; then how decisions compare.
fn accuracy(value: &Value) -> String {
    let measures = ["limits", "decisions", "adequacy"].map(|name| {
        let mut row = value.get(name).and_then(|found| found.get("measure")).cloned().unwrap_or_default();
        if let Some(members) = row.as_object_mut() {
            members.insert("measure".to_owned(), Value::from(name));
        }
        row
    });
    let columns = ["measure", "numerator", "denominator", "value", "low", "high", "target"].map(Column::of);
    let confusion = value.pointer("/decisions/confusion").and_then(Value::as_array);
    let outcomes = ["decided", "approve", "approve_with_warning", "hold", "reject"].map(Column::of);
    let rows = confusion.map(Vec::as_slice).unwrap_or_default();
    format!("{}\n{}", render::table(&columns, &measures), render::table(&outcomes, rows))
}

/// A line for each account.
fn desk(value: &Value) -> String {
    let rows = value.get("rows").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let standing = ["entity", "limit", "exposure", "available", "utilisation"];
    let standing = standing.map(|name| Column::at(name, &format!("/standing/{name}")));
    let columns: Vec<Column> =
        ["account_number", "name"].map(Column::of).into_iter().chain(standing).collect();
    render::table(&columns, rows)
}

/// How many agree, and a line for each difference and each row that could not be compared.
fn differences(value: &Value) -> String {
    let rows = |name: &str| value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let count = |name: &str| value.get(name).and_then(Value::as_u64).unwrap_or_default();
    let head = format!("{} of {} rows agree\n", count("agree"), count("rows"));
    let breaks = ["row", "name", "entity", "bucket", "ours", "theirs", "difference", "cause"].map(Column::of);
    let faults = ["row", "column", "code", "message"].map(Column::of);
    let mut told = head;
    if !rows("breaks").is_empty() {
        told.push_str(&render::table(&breaks, rows("breaks")));
    }
    if !rows("faults").is_empty() {
        told.push_str(&render::table(&faults, rows("faults")));
    }
    told
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
