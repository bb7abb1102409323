//! `kith account`: list, read, create, edit, note, review, and what happened.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use kith_api::request::{NoteAdd, RestoreRequest, ReviewRecord, TalkLog};
use serde_json::Value;

use super::change;
use super::family::Family;
use super::input::{self, PageArgs};
use super::life::Life;
use super::patch::PatchArgs;
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{self, Column, open_table, pairs};
use crate::screen::Screen;

/// Accounts
#[derive(Debug, Subcommand)]
pub enum Account {
    /// List accounts by filter and sort
    List(List),
    /// Read an account, of now or of a moment of the past
    #[command(visible_alias = "show")]
    Get {
        /// acc_… or account number
        account: String,
        #[command(flatten)]
        seen: Seen,
    },
    /// Read every field as a legal entity sees it, with where it comes from
    Effective {
        /// acc_… or account number
        account: String,
        #[command(flatten)]
        seen: Seen,
    },
    /// Create an account from the JSON of POST /api/v1/accounts
    Create {
        /// File, - for standard input
        #[arg(value_parser = input::path)]
        file: PathBuf,
        /// Key under which a repetition is known
        #[arg(long)]
        key: Option<String>,
    },
    /// Edit an account by a merge patch
    Update(Update),
    /// Add a note
    Note {
        /// acc_… or account number
        account: String,
        /// What to remember
        text: String,
    },
    /// Log a call, a meeting or a visit
    Log {
        /// acc_… or account number
        account: String,
        /// What was said
        text: String,
        /// call, meeting or visit
        #[arg(long, default_value = "call")]
        channel: String,
        /// With whom
        #[arg(long, default_value = "")]
        with: String,
        /// When [default: now]
        #[arg(long, value_name = "TIME")]
        at: Option<String>,
    },
    /// Record that the account was reviewed
    Review {
        /// acc_… or account number
        account: String,
        /// Day of the review [default: today]
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        /// Day agreed for the next one [default: a cadence later]
        #[arg(long, value_name = "DATE")]
        next: Option<String>,
    },
    /// Read how good the account's data are, and what is missing
    Quality {
        /// acc_… or account number
        account: String,
    },
    /// Hand the account over to another account manager
    Transfer {
        /// acc_… or account number
        account: String,
        #[command(flatten)]
        transfer: super::care::TransferArgs,
    },
    /// Bring back what fields were at a version of the account's history
    Restore {
        /// acc_… or account number
        account: String,
        /// The version, as `kith account audit` shows it
        #[arg(long)]
        version: u64,
        /// Only these fields, separated by commas [default: all that can be edited]
        #[arg(long, value_delimiter = ',')]
        fields: Vec<String>,
        /// Why
        #[arg(long)]
        reason: Option<String>,
        /// Key under which a repetition is known
        #[arg(long)]
        key: Option<String>,
    },
    /// Read the living profile: metrics and scores
    Profile {
        /// acc_… or account number
        account: String,
        /// Only these metrics, separated by commas
        #[arg(long)]
        metrics: Option<String>,
        /// Money of one entity, in its currency
        #[arg(long)]
        entity: Option<String>,
    },
    /// Read what happened, newest first
    Timeline {
        /// acc_… or account number
        account: String,
        /// Only orders, shipments, money, messages, quotes, surveys, portal or other
        #[arg(long)]
        group: Option<String>,
        #[command(flatten)]
        page: PageArgs,
    },
    /// Read who changed what, newest first
    Audit {
        /// acc_… or account number
        account: String,
        #[command(flatten)]
        page: PageArgs,
    },
    #[command(flatten)]
    Life(Life),
    #[command(flatten)]
    Family(Family),
}

/// Which accounts, in which order.
#[derive(Debug, Args)]
pub struct List {
    /// Condition over the fields of `kith field list`, for example 'tier == "premium" && health < 50'
    #[arg(long)]
    filter: Option<String>,
    /// Fields, - before one for greatest first
    #[arg(long, allow_hyphen_values = true)]
    sort: Option<String>,
    /// Which fields to give, separated by commas
    #[arg(long)]
    fields: Option<String>,
    /// Only accounts that this entity owns
    #[arg(long)]
    entity: Option<String>,
    /// Inactive and closed accounts too
    #[arg(long)]
    include_inactive: bool,
    /// Say how many match in all
    #[arg(long)]
    count: bool,
    #[command(flatten)]
    page: PageArgs,
}

/// From where and when.
#[derive(Debug, Args)]
pub struct Seen {
    /// The legal entity that looks
    #[arg(long)]
    entity: Option<String>,
    /// The record as it was: a moment, or the end of a day
    #[arg(long, value_name = "DATE|TIME")]
    as_of: Option<String>,
}

impl Seen {
    fn on(&self, call: Call) -> Call {
        call.with("entity", self.entity.as_ref()).with("as_of", self.as_of.as_ref())
    }
}

/// What to change.
#[derive(Debug, Args)]
pub struct Update {
    /// acc_… or account number
    account: String,
    #[command(flatten)]
    patch: PatchArgs,
    /// Version that the edit is based on [default: the one on record now]
    #[arg(long)]
    version: Option<u64>,
}

impl Account {
    /// What is asked of the table; none where more than one call is needed.
    async fn call(&self, door: &Door) -> Result<Call, Failure> {
        Ok(match self {
            Self::List(list) => list.call(),
            Self::Get { account, seen } => seen.on(Call::to("account_get").place(account)),
            Self::Effective { account, seen } => seen.on(Call::to("account_effective").place(account)),
            Self::Create { file, key } => {
                let call = Call::to("account_create").json(&input::object(file)?)?;
                key.iter().fold(call, |call, key| call.key(key))
            }
            Self::Update(update) => {
                Call::to("account_update").place(&update.account).json(&update.patch.read()?)?
            }
            Self::Note { account, text } => {
                Call::to("account_note_add").place(account).json(&NoteAdd { text: text.clone() })?
            }
            Self::Log { account, text, channel, with, at } => {
                let talk = TalkLog {
                    channel: channel.clone(),
                    with: with.clone(),
                    text: text.clone(),
                    at: at.clone(),
                };
                Call::to("account_talk_log").place(account).json(&talk)?
            }
            Self::Review { account, on, next } => {
                let record = ReviewRecord { on: on.clone(), next_on: next.clone() };
                Call::to("account_review").place(account).json(&record)?
            }
            Self::Quality { account } => Call::to("account_data_quality").place(account),
            Self::Transfer { account, transfer } => {
                transfer.on(door, Call::to("account_transfer").place(account)).await?
            }
            Self::Restore { account, version, fields, reason, key } => {
                let request =
                    RestoreRequest { version: *version, fields: fields.clone(), reason: reason.clone() };
                let call = Call::to("account_restore").place(account).json(&request)?;
                key.iter().fold(call, |call, key| call.key(key))
            }
            Self::Profile { account, metrics, entity } => Call::to("account_profile")
                .place(account)
                .with("metrics", metrics.as_ref())
                .with("entity", entity.as_ref()),
            Self::Timeline { account, group, page } => {
                page.on(Call::to("account_timeline").place(account).with("group", group.as_ref()))
            }
            Self::Audit { account, page } => page.on(Call::to("account_audit").place(account)),
            Self::Life(life) => return life.call(),
            Self::Family(family) => return family.call(),
        })
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let mut call = self.call(door).await?;
        if let Self::Update(update) = self {
            call = call.header("if-match", update.version(door).await?);
        }
        let reply = door.call(call).await?;
        screen.show(&reply, |value| match self {
            Self::List(_) => accounts(value),
            Self::Transfer { .. } => super::care::receipt(value),
            // 202: it became a change that waits.
            _ if reply.status == 202 => change::draw(value),
            Self::Profile { .. } => profile(value),
            Self::Life(life) => life.draw(value),
            Self::Family(family) => family.draw(value),
            Self::Timeline { .. } => render::page(&timeline_columns(), value),
            Self::Audit { .. } => super::audit::trail(value),
            Self::Effective { .. } => effective(value),
            _ => pairs(value),
        })
    }
}

impl List {
    fn call(&self) -> Call {
        let call = Call::to("account_list")
            .with("filter", self.filter.as_ref())
            .with("sort", self.sort.as_ref())
            .with("fields", self.fields.as_ref())
            .with("entity", self.entity.as_ref())
            .flag("include_inactive", self.include_inactive)
            .with("count", self.count.then_some("exact"));
        self.page.on(call)
    }
}

impl Update {
    /// The version as `If-Match` takes it.
    async fn version(&self, door: &Door) -> Result<String, Failure> {
        if let Some(version) = self.version {
            return Ok(format!("\"v{version}\""));
        }
        let reply = door.call(Call::to("account_get").place(&self.account)).await?;
        reply
            .etag
            .ok_or_else(|| Failure::Here("the server did not say which version is on record".to_owned()))
    }
}

/// A page of accounts, and how many there are.
pub(super) fn accounts(reply: &Value) -> String {
    let items = render::items(reply);
    let mut out = if items.is_empty() {
        "no accounts\n".to_owned()
    } else {
        open_table(&["account_number", "name"], &["id"], items)
    };
    if let Some(count) = reply.get("count").and_then(Value::as_u64) {
        out.push_str(&format!("{count} in all\n"));
    }
    out.push_str(&render::more(reply));
    out
}

/// The fields that have a value or say something, each with where it comes from.
fn effective(reply: &Value) -> String {
    let mut rows = Vec::new();
    for (name, field) in reply.as_object().into_iter().flatten() {
        let Some(origin) = field.get("origin").and_then(Value::as_str) else { continue };
        let value = field.get("value").unwrap_or(&Value::Null);
        let empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        if empty && origin != "entity" {
            continue;
        }
        rows.push(serde_json::json!({
            "field": name, "value": value, "origin": origin, "master": field.get("master"), "version": field.get("version"),
        }));
    }
    let mut out = render::table(&["field", "value", "origin", "master", "version"].map(Column::of), &rows);
    for warning in reply.get("warnings").and_then(Value::as_array).into_iter().flatten() {
        out.push_str(&format!("warning: {}\n", render::cell(&warning["text"])));
    }
    out
}

fn timeline_columns() -> [Column; 6] {
    ["time", "group", "title", "detail", "state", "source"].map(Column::of)
}

/// Scores with what moves them, then metrics with their provenance.
pub(super) fn profile(reply: &Value) -> String {
    let mut out = String::new();
    let named = |member: &str| -> Vec<Value> {
        let found = reply.get(member).and_then(Value::as_object);
        let with_name = |(name, value): (&String, &Value)| {
            let mut value = value.clone();
            value["id"] = Value::from(name.clone());
            value
        };
        found.into_iter().flatten().map(with_name).collect()
    };
    for score in named("scores") {
        let value = render::cell(score.get("value").unwrap_or(&Value::Null));
        let band = render::cell(score.get("band").unwrap_or(&Value::Null));
        out.push_str(&format!("{}  {value} of 100, {band}\n", render::cell(&score["id"])));
        for driver in score.get("drivers").and_then(Value::as_array).into_iter().flatten() {
            let points = driver.get("contribution").and_then(Value::as_f64).unwrap_or_default();
            out.push_str(&format!("  {points:+6.1}  {}\n", render::cell(&driver["label"])));
        }
        out.push('\n');
    }
    let metrics = named("metrics");
    if !metrics.is_empty() {
        let columns = [
            "id",
            "value",
            "unit",
            "window",
            "sample_size",
            "confidence",
            "staleness",
            "observed_at",
            "formula",
        ];
        out.push_str(&render::table(&columns.map(Column::of), &metrics));
    }
    let day = render::cell(reply.get("day").unwrap_or(&Value::Null));
    out.push_str(&format!("as of {day}\n"));
    out
}
