//! `kith onboarding`: taking customers on, and how long it takes.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use kith_api::request::{OnboardingReject, StepJudged, StepReason};
use serde_json::{Value, json};

use super::{change, input};
use crate::door::{Call, Door};
use crate::failure::{self, Failure};
use crate::render::{self, Column, cell, pairs, table};
use crate::screen::Screen;

/// Taking customers on: applications, their steps, how long it takes
#[derive(Debug, Subcommand)]
pub enum Onboarding {
    /// Submit an application: of an account on record, or of a new one with its fields in a file
    Start(Start),
    /// List cases
    List {
        /// open, completed, rejected or withdrawn
        #[arg(long)]
        state: Option<String>,
        /// Of one account: acc_… or account number
        #[arg(long)]
        account: Option<String>,
    },
    /// Show a case with its steps
    Show {
        /// onb_…
        case: String,
    },
    /// Do something with a step
    Step(Step),
    /// The customer does not want any more
    Withdraw {
        /// onb_…
        case: String,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Turn an application down
    Reject {
        /// onb_…
        case: String,
        /// `sanctions_match`, `kyb_failed`, `credit_declined`, idle or other
        code: String,
        /// Why
        #[arg(long)]
        reason: String,
    },
    /// Submit many applications from a CSV file; only a dry run unless told to execute
    Bulk {
        /// CSV with a header, one application a row; - for standard input
        file: PathBuf,
        /// Write
        #[arg(long)]
        execute: bool,
    },
    /// Show how long it takes to take a customer on
    Kpi,
}

/// An application.
#[derive(Debug, Args)]
pub struct Start {
    /// acc_… or account number of a prospect on record
    #[arg(required_unless_present = "file", conflicts_with = "file")]
    account: Option<String>,
    /// JSON of the whole request, as in `POST /api/v1/onboarding`; - for standard input
    #[arg(long)]
    file: Option<PathBuf>,
    /// The customer pays in advance and wants no credit
    #[arg(long, conflicts_with = "file")]
    prepay: bool,
    /// Key under which a repetition is known
    #[arg(long)]
    key: Option<String>,
}

/// A step, and what to do with it.
#[derive(Debug, Args)]
pub struct Step {
    /// onb_…
    case: String,
    /// intake, `duplicate_check`, registry, `tax_id`, owners, screening, documents, credit, approvals, contract, provisioning, welcome
    step: String,
    /// What to do
    #[arg(value_enum, default_value_t = StepAct::Run)]
    act: StepAct,
    /// Why; not for run
    #[arg(long)]
    reason: Option<String>,
    /// Documents of the account that show it, for complete and fail
    #[arg(long, value_name = "doc_…")]
    document: Vec<String>,
}

/// What is done with a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum StepAct {
    /// Look again at what can be found out
    Run,
    /// It passed, by hand
    Complete,
    /// It failed, by hand
    Fail,
    /// Go without it
    Waive,
    /// Wait for the customer
    #[value(name = "await_customer", alias = "await-customer")]
    AwaitCustomer,
}

impl Step {
    fn call(&self) -> Result<Call, Failure> {
        let reason = self.reason.clone().unwrap_or_default();
        let to = |operation: &str| Call::to(operation).place(&self.case).place(&self.step);
        match self.act {
            StepAct::Run => Ok(to("onboarding_step_run")),
            StepAct::Complete | StepAct::Fail => {
                let passed = self.act == StepAct::Complete;
                let operation = if passed { "onboarding_step_complete" } else { "onboarding_step_fail" };
                to(operation).json(&StepJudged { reason, documents: self.document.clone() })
            }
            StepAct::Waive => to("onboarding_step_waive").json(&StepReason { reason }),
            StepAct::AwaitCustomer => to("onboarding_step_await_customer").json(&StepReason { reason }),
        }
    }
}

impl Onboarding {
    fn call(&self) -> Result<Call, Failure> {
        Ok(match self {
            Self::Start(start) => {
                let call = match &start.file {
                    Some(file) => Call::to("onboarding_start").json(&input::object(file)?)?,
                    None => {
                        let body = json!({"account": start.account, "prepay": start.prepay});
                        Call::to("onboarding_start").json(&body)?
                    }
                };
                start.key.iter().fold(call, |call, key| call.key(key))
            }
            Self::List { state, account } => {
                Call::to("onboarding_list").with("state", state.as_ref()).with("account", account.as_ref())
            }
            Self::Show { case } => Call::to("onboarding_get").place(case),
            Self::Step(step) => step.call()?,
            Self::Withdraw { case, reason } => {
                Call::to("onboarding_withdraw").place(case).json(&StepReason { reason: reason.clone() })?
            }
            Self::Reject { case, code, reason } => Call::to("onboarding_reject")
                .place(case)
                .json(&OnboardingReject { code: code.clone(), reason: reason.clone() })?,
            Self::Bulk { file, execute } => {
                let bytes = input::whole(file)?;
                Call::to("onboarding_bulk").flag("execute", *execute).bytes("text/csv", bytes)
            }
            Self::Kpi => Call::to("onboarding_kpi"),
        })
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let reply = door.call(self.call()?).await?;
        screen.show(&reply, |value| match self {
            // 202: it became a change that waits.
            _ if reply.status == 202 => change::draw(value),
            Self::List { .. } => list(value),
            Self::Bulk { .. } => bulk(value),
            Self::Kpi => pairs(value),
            _ => case(value),
        })?;
        match self {
            Self::Bulk { .. } => failure::told_refused(&reply.json()?),
            _ => Ok(()),
        }
    }
}

fn list(reply: &Value) -> String {
    let columns = ["id", "account_number", "account_name", "state", "paused", "net_minutes", "submitted_at"];
    render::page(&columns.map(Column::of), reply)
}

/// A case, then its steps.
fn case(reply: &Value) -> String {
    let said = |member: &str| cell(&reply[member]);
    let mut out = format!(
        "{}  {} {}  {}  {} min used{}\n\n",
        said("id"),
        said("account_number"),
        said("account_name"),
        said("state"),
        said("net_minutes"),
        if reply["paused"] == Value::Bool(true) { ", waiting for the customer" } else { "" }
    );
    let columns =
        ["step", "state", "reason", "blocked_by", "spent_minutes", "budget_minutes"].map(Column::of);
    out.push_str(&table(&columns, reply["steps"].as_array().map_or(&[], Vec::as_slice)));
    out
}

fn bulk(reply: &Value) -> String {
    let columns = ["line", "name", "outcome", "case", "errors"].map(Column::of);
    let rows: Vec<Value> = reply["rows"].as_array().into_iter().flatten().map(|row| {
        let errors: Vec<String> = items_of(row).iter().map(told).collect();
        json!({"line": row["line"], "name": row["name"], "outcome": row["outcome"], "case": row["case"], "errors": errors.join("; ")})
    }).collect();
    let mut out = table(&columns, &rows);
    let executed = reply["executed"] == Value::Bool(true);
    let done = if executed { "started" } else { "ready" };
    out.push_str(&format!("{} {done}, {} refused", cell(&reply["ready"]), cell(&reply["refused"])));
    out.push_str(if executed { "\n" } else { "; nothing was written: say --execute\n" });
    out
}

/// A fault with the column that it stands in.
fn told(error: &Value) -> String {
    let message = cell(&error["message"]);
    error["column"].as_str().map_or(message.clone(), |column| format!("{column}: {message}"))
}

fn items_of(row: &Value) -> &[Value] {
    row["errors"].as_array().map_or(&[], Vec::as_slice)
}
