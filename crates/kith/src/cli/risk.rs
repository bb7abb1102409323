//! `kith risk`: credit risk of accounts, and limits that follow behaviour.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Map, Value, json};

use super::change;
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::matching::File;
use crate::render::{Column, pairs, table};
use crate::screen::Screen;

/// Credit risk of accounts, and limits that follow behaviour
#[derive(Debug, Subcommand)]
pub enum Risk {
    /// Show score, class and what they are made of
    Show {
        /// acc_… or account number
        account: String,
    },
    /// Show the limit that behaviour is worth, or put it before its approvers
    Propose {
        /// acc_… or account number
        account: String,
        /// The legal entity whose limit it is [default: the whole company's]
        #[arg(long)]
        entity: Option<String>,
        /// Put it before its approvers
        #[arg(long)]
        submit: bool,
    },
    /// Record what bureaus say, from a CSV file
    ///
    /// Columns: account (acc_… or account number), bureau, scale (percentile, paydex, `failure_class` or
    /// `default_probability`), value, `reported_on`; where there are any, `recommended_limit`, `insured_limit`, currency and
    /// insolvent (true).
    Bureau {
        /// CSV file with a header
        file: PathBuf,
    },
    /// Record balance sheets, from a CSV file
    ///
    /// Columns: account, `statement_on`, currency, `working_capital`, `retained_earnings`, ebit, equity, `total_assets`,
    /// `total_liabilities`, and `tangible_net_worth` where it is known.
    Financials {
        /// CSV file with a header
        file: PathBuf,
    },
    /// Move the class by a notch for 180 days, through approval
    Override {
        /// acc_… or account number
        account: String,
        /// 1 is worse, -1 better, 0 ends it
        #[arg(long, allow_negative_numbers = true)]
        notches: i8,
        /// Why
        #[arg(long)]
        reason: String,
    },
}

impl Risk {
    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        match self {
            Self::Show { account } => {
                screen.show(&door.call(Call::to("account_risk").place(account)).await?, draw)
            }
            Self::Propose { account, entity, submit: false } => {
                let call = Call::to("account_limit_proposal").place(account).with("entity", entity.as_ref());
                screen.show(&door.call(call).await?, proposal)
            }
            Self::Propose { account, entity, submit: true } => {
                let call = Call::to("account_limit_propose").place(account).with("entity", entity.as_ref());
                screen.show(&door.call(call).await?, submitted)
            }
            Self::Bureau { file } => {
                let file = File::read(file)?;
                record(door, screen, ("account_bureau_record", &file), bureau_of).await
            }
            Self::Financials { file } => {
                let file = File::read(file)?;
                record(door, screen, ("account_financials_record", &file), books_of).await
            }
            Self::Override { account, notches, reason } => {
                let body = json!({"notches": notches, "reason": reason});
                let call = Call::to("account_class_override").place(account).json(&body)?;
                screen.show(&door.call(call).await?, submitted)
            }
        }
    }
}

/// A change that waits, or the account where nothing has to.
fn submitted(reply: &Value) -> String {
    if reply.get("steps").is_some() { change::draw(reply) } else { pairs(reply) }
}

/// Reads a cell of a row; empty is nothing.
type Cells<'f> = dyn Fn(&str) -> Option<&'f str> + 'f;

/// Records every row of a file; a row that is refused is told with its number, and the others go on.
async fn record(
    door: &Door,
    screen: Screen,
    (operation, file): (&str, &File),
    body_of: impl Fn(&Cells<'_>) -> Value,
) -> Result<(), Failure> {
    let account = file.demand("account")?;
    let (mut recorded, mut refused) = (0_u64, Vec::new());
    for row in 0..file.rows() {
        let cells = |header: &str| {
            let text = file.column(file.find(header)?).get(row);
            (!text.is_empty()).then_some(text)
        };
        let call = Call::to(operation).place(file.column(account).get(row)).json(&body_of(&cells))?;
        match door.call(call).await {
            Ok(_) => recorded += 1,
            Err(Failure::Problem(problem)) => {
                let faults =
                    problem.errors.iter().map(|fault| format!("{}: {}", fault.pointer, fault.message));
                let why = std::iter::once(problem.detail.clone()).chain(faults).collect::<Vec<_>>().join(" ");
                refused.push(
                    json!({"row": row + 2, "code": problem.code, "why": why, "errors": problem.errors}),
                );
            }
            Err(other) => return Err(other),
        }
    }
    let failed = !refused.is_empty();
    let report = json!({"recorded": recorded, "refused": refused});
    screen.show_value(&report, |report| {
        let rows = report["refused"].as_array().cloned().unwrap_or_default();
        let columns = ["row", "code", "why"].map(Column::of);
        format!(
            "recorded  {recorded}\n{}",
            if rows.is_empty() { String::new() } else { table(&columns, &rows) }
        )
    })?;
    if failed { Err(Failure::Reported) } else { Ok(()) }
}

fn money(cells: &Cells<'_>, member: &str) -> Value {
    let amount = cells(member);
    amount
        .map_or(Value::Null, |amount| json!({"amount": amount, "currency": cells("currency").unwrap_or("")}))
}

fn bureau_of(cells: &Cells<'_>) -> Value {
    json!({
        "bureau": cells("bureau").unwrap_or(""),
        "scale": cells("scale").unwrap_or(""),
        "value": cells("value").and_then(|text| text.parse::<f64>().ok()),
        "reported_on": cells("reported_on").unwrap_or(""),
        "recommended_limit": money(cells, "recommended_limit"),
        "insured_limit": money(cells, "insured_limit"),
        "insolvent": cells("insolvent") == Some("true"),
    })
}

fn books_of(cells: &Cells<'_>) -> Value {
    let mut body = Map::new();
    body.insert("statement_on".to_owned(), cells("statement_on").unwrap_or("").into());
    let figures = [
        "working_capital",
        "retained_earnings",
        "ebit",
        "equity",
        "total_assets",
        "total_liabilities",
        "tangible_net_worth",
    ];
    body.extend(figures.map(|name| (name.to_owned(), money(cells, name))));
    Value::Object(body)
}

/// Takes a list out of an object.
fn take(head: &mut Value, member: &str) -> Vec<Value> {
    let rows = head.as_object_mut().and_then(|members| members.remove(member));
    rows.and_then(|rows| rows.as_array().cloned()).unwrap_or_default()
}

fn draw(risk: &Value) -> String {
    let mut head = risk.clone();
    let drivers = take(&mut head, "drivers");
    let drivers = table(&["label", "contribution", "most"].map(Column::of), &drivers);
    format!("{}\n{drivers}", pairs(&head))
}

fn proposal(reply: &Value) -> String {
    let mut head = reply.clone();
    let steps = table(&["label", "amount"].map(Column::of), &take(&mut head, "contributions"));
    let rails = take(&mut head, "guard_rails");
    let others = take(&mut head, "counterfactuals");
    let mut out = format!("{}\n{steps}", pairs(&head));
    for rail in rails.iter().filter_map(|rail| rail["text"].as_str()) {
        out.push_str(&format!("\n{rail}"));
    }
    if !others.is_empty() {
        out.push_str(&format!("\n\n{}", table(&["input", "from", "to", "limit"].map(Column::of), &others)));
    }
    out
}
