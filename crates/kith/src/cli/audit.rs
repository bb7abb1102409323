//! `kith audit`: who did what, before and after.

use clap::Args;
use serde_json::Value;

use super::input::PageArgs;
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{self, cell};
use crate::screen::Screen;

/// Search the audit trail, newest first
#[derive(Debug, Args)]
pub struct Audit {
    /// Who: usr_…
    #[arg(long)]
    actor: Option<String>,
    /// About what: acc_…, an account number, chg_…
    #[arg(long)]
    object: Option<String>,
    /// The beginning of the kind, for example account. or access.
    #[arg(long)]
    kind: Option<String>,
    /// rest, web, cli, mcp, import or system
    #[arg(long)]
    channel: Option<String>,
    /// All that one request caused
    #[arg(long)]
    correlation: Option<String>,
    /// From this time or day on
    #[arg(long, value_name = "TIME")]
    from: Option<String>,
    /// Before this time, or up to the end of this day
    #[arg(long, value_name = "TIME")]
    to: Option<String>,
    #[command(flatten)]
    page: PageArgs,
}

impl Audit {
    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let call = Call::to("audit_list")
            .with("actor", self.actor.as_ref())
            .with("object", self.object.as_ref())
            .with("kind", self.kind.as_ref())
            .with("channel", self.channel.as_ref())
            .with("correlation", self.correlation.as_ref())
            .with("from", self.from.as_ref())
            .with("to", self.to.as_ref());
        let reply = door.call(self.page.on(call)).await?;
        screen.show(&reply, trail)
    }
}

/// Each record as a head line, then what it changed, who agreed and what was looked at.
pub(super) fn trail(reply: &Value) -> String {
    let items = render::items(reply);
    let mut out = String::new();
    for item in items {
        let who = item.get("actor_name").filter(|name| name.is_string()).unwrap_or(&item["actor"]["kind"]);
        let head = ["at", "kind", "object"].map(|member| cell(&item[member]));
        out.push_str(&format!(
            "{}  {}  {}  by {} ({})\n",
            head[0],
            head[1],
            head[2],
            cell(who),
            cell(&item["channel"])
        ));
        if item["reason"].is_string() {
            out.push_str(&format!("  because: {}\n", cell(&item["reason"])));
        }
        for change in rows(item, "changes") {
            let (before, after) = (cell(&change["before"]), cell(&change["after"]));
            out.push_str(&format!("  {}: {before} → {after}\n", cell(&change["path"])));
        }
        for step in rows(&item["change"], "steps") {
            let by = step.get("by_name").filter(|name| name.is_string()).unwrap_or(&step["by"]);
            let parts = [&step["role"], &step["state"], by, &step["at"]].map(cell);
            out.push_str(&format!("  {}: {} {} {}\n", parts[0], parts[1], parts[2], parts[3]));
        }
        for access in rows(item, "accesses") {
            let parts =
                [&access["act"], &access["what"], &access["object"], &access["code"], &access["times"]]
                    .map(cell);
            out.push_str(&format!("  {} {} {} {} ×{}\n", parts[0], parts[1], parts[2], parts[3], parts[4]));
        }
    }
    if items.is_empty() {
        out.push_str("nothing\n");
    }
    out.push_str(&render::more(reply));
    out
}

fn rows<'v>(value: &'v Value, member: &str) -> &'v [Value] {
    value.get(member).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
