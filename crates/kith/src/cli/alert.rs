//! `kith alert`: what is not as it should be with accounts.

use clap::{Subcommand, ValueEnum};
use serde_json::{Value, json};

use super::input::PageArgs;
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{Column, page, pairs, table};
use crate::screen::Screen;

/// Alerts: over the limit, unusual spending, new addresses, bust-out
#[derive(Debug, Subcommand)]
pub enum Alert {
    /// List alerts, the gravest first
    List {
        /// open, acknowledged or closed [default: what is not closed]
        #[arg(long)]
        state: Option<String>,
        /// `over_limit`, `unusual_spending`, `new_ship_to`, `bust_out` or `exposure_unknown`
        #[arg(long)]
        kind: Option<String>,
        /// Of one account: acc_…
        #[arg(long)]
        account: Option<String>,
        #[command(flatten)]
        page: PageArgs,
    },
    /// Show an alert with its signs and the touchpoints behind it
    Show {
        /// alr_…
        alert: String,
    },
    /// Say that you look at it
    Acknowledge {
        /// alr_…
        alert: String,
    },
    /// Close it with what it was
    Close {
        /// alr_…
        alert: String,
        /// What it was
        #[arg(long, value_enum)]
        outcome: Outcome,
        /// In words
        #[arg(long)]
        comment: Option<String>,
    },
    /// Show thresholds, and what share of the alerts was worth the time
    Thresholds,
}

/// What an alert turned out to be.
#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum Outcome {
    /// Fraud
    ConfirmedFraud,
    /// An ordinary act of the customer
    Legitimate,
    /// A mistake of the customer's
    CustomerError,
}

impl Outcome {
    fn word(self) -> &'static str {
        match self {
            Self::ConfirmedFraud => "confirmed_fraud",
            Self::Legitimate => "legitimate",
            Self::CustomerError => "customer_error",
        }
    }
}

impl Alert {
    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        match self {
            Self::List { state, kind, account, page: part } => {
                let call = Call::to("alert_list").with("state", state.as_ref()).with("kind", kind.as_ref());
                let call = call.with("account", account.as_ref());
                screen.show(&door.call(part.on(call)).await?, list)
            }
            Self::Show { alert } => screen.show(&door.call(Call::to("alert_get").place(alert)).await?, draw),
            Self::Acknowledge { alert } => {
                screen.show(&door.call(Call::to("alert_acknowledge").place(alert)).await?, draw)
            }
            Self::Close { alert, outcome, comment } => {
                let body = json!({"outcome": outcome.word(), "comment": comment});
                screen.show(&door.call(Call::to("alert_close").place(alert).json(&body)?).await?, draw)
            }
            Self::Thresholds => screen.show(&door.call(Call::to("alert_thresholds")).await?, thresholds),
        }
    }
}

fn list(reply: &Value) -> String {
    let columns = ["id", "severity", "kind", "account_number", "account_name", "state", "raised_at"];
    page(&columns.map(Column::of), reply)
}

fn draw(alert: &Value) -> String {
    let mut head = alert.clone();
    let mut take = |member: &str| {
        let rows = head.as_object_mut().and_then(|members| members.remove(member));
        rows.and_then(|rows| rows.as_array().cloned()).unwrap_or_default()
    };
    let (signs, evidence) = (take("explanation"), take("evidence"));
    let texts = signs.iter().filter_map(|sign| sign["text"].as_str()).collect::<Vec<_>>().join("\n");
    let signs = table(&["detector", "severity", "statistic", "medium", "high"].map(Column::of), &signs);
    let evidence = table(&["position", "type", "source", "id", "occurred_at"].map(Column::of), &evidence);
    format!("{}\n{signs}\n{texts}\n\n{evidence}", pairs(&head))
}

fn thresholds(reply: &Value) -> String {
    let columns = ["detector", "medium", "high", "factor", "outcomes", "worth", "precision"];
    table(&columns.map(Column::of), reply.as_array().map(Vec::as_slice).unwrap_or_default())
}
