//! `kith home` and `kith find`: how things stand, and an account by whatever one remembers of it.

use clap::Args;
use serde_json::Value;

use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{self, Column, cell, table};
use crate::screen::Screen;

/// Read how things stand: figures against their targets, what needs you, limits nearly used, what happened last
#[derive(Debug, Args)]
pub struct Home {
    /// me, team or all [default: me for whoever looks after accounts, else all]
    #[arg(long)]
    scope: Option<String>,
}

impl Home {
    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let reply = door.call(Call::to("home_read").with("scope", self.scope.as_ref())).await?;
        screen.show(&reply, drawn)
    }
}

/// Find an account by number, identifier, tax number, e-mail address or name
#[derive(Debug, Args)]
pub struct Find {
    /// What you remember of it
    text: String,
    /// How many, 1 to 200 [default: 50]
    #[arg(long, value_name = "N")]
    limit: Option<u32>,
}

impl Find {
    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let call = Call::to("account_find").with("q", Some(&self.text)).with("limit", self.limit);
        let reply = door.call(call).await?;
        let columns = ["id", "account_number", "name", "entity", "by", "score"].map(Column::of);
        screen.show(&reply, |value| render::page(&columns, value))
    }
}

/// One part of the answer, under its title; nothing where it is empty.
fn part(reply: &Value, member: &str, title: &str, columns: &[&'static str]) -> String {
    let rows = reply.get(member).and_then(Value::as_array).cloned().unwrap_or_default();
    if rows.is_empty() {
        return String::new();
    }
    let columns: Vec<Column> = columns.iter().map(|column| Column::of(column)).collect();
    format!("\n{title}\n{}", table(&columns, &rows))
}

fn drawn(reply: &Value) -> String {
    let of = |name: &str| cell(reply.get(name).unwrap_or(&Value::Null));
    let mut out = format!("{} accounts ({}), as of {}\n", of("accounts"), of("scope"), of("as_of"));
    out.push_str(&part(
        reply,
        "outcomes",
        "Against the targets",
        &["title", "value", "unit", "target", "met", "n", "counted"],
    ));
    let needs = format!("Needs you ({})", of("needs_total"));
    out.push_str(&part(reply, "needs", &needs, &["urgency", "kind", "title", "reason", "due_at", "about"]));
    out.push_str(&part(
        reply,
        "limits",
        "Close to the credit limit",
        &["name", "entity", "utilisation", "exposure", "limit", "held"],
    ));
    out.push_str(&part(reply, "happenings", "What happened last", &["occurred_at", "name", "title"]));
    out
}
