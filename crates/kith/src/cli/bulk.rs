//! `kith bulk`: one thing with many accounts.

use clap::{Args, Subcommand};
use kith_api::request::{BulkActGiven, BulkStart, BulkTags, BulkTask};
use serde_json::Value;

use super::user::id_of;
use crate::door::{Call, Door};
use crate::failure::{self, Failure};
use crate::render::{self, Column, pairs};
use crate::screen::Screen;

/// How often it is looked how far a job is.
const LOOK: std::time::Duration = std::time::Duration::from_millis(200);

/// One thing with many accounts
#[derive(Debug, Subcommand)]
pub enum Bulk {
    /// Start a job on the accounts that a filter finds
    Start {
        /// The filter, for example `tier == \"standard\"`; leave it out to name accounts
        #[arg(long)]
        filter: Option<String>,
        /// An account, acc_… or number; may be repeated
        #[arg(long = "account", value_name = "ACCOUNT", conflicts_with = "filter")]
        accounts: Vec<String>,
        #[command(flatten)]
        act: Act,
        /// Why; kept with each change, needed for a hold
        #[arg(long)]
        reason: Option<String>,
        /// Only tell what it would do
        #[arg(long)]
        dry_run: bool,
    },
    /// List your jobs
    List,
    /// Show a job, account by account
    Get {
        /// Its key
        job: String,
    },
    /// Take up a job that broke off
    Resume {
        /// Its key
        job: String,
    },
}

/// What is done with each account: one of these.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub struct Act {
    /// Another account manager: e-mail address or usr_…
    #[arg(long, value_name = "USER")]
    owner: Option<String>,
    /// Another tier
    #[arg(long)]
    tier: Option<String>,
    /// A tag that comes; may be repeated
    #[arg(long, value_name = "TAG")]
    add_tag: Vec<String>,
    /// A tag that goes; may be repeated
    #[arg(long, value_name = "TAG")]
    remove_tag: Vec<String>,
    /// The day of a review that was held
    #[arg(long, value_name = "DATE")]
    review: Option<String>,
    /// The type of a hold
    #[arg(long, value_name = "TYPE")]
    hold: Option<String>,
    /// What is to be done, of a task for each
    #[arg(long, value_name = "TITLE")]
    task: Option<String>,
    /// By which day the task is due
    #[arg(long, value_name = "DATE", requires = "task")]
    due: Option<String>,
    /// Who does the task: e-mail address, usr_…, or manager for who answers for the account
    #[arg(long, value_name = "USER", requires = "task")]
    assignee: Option<String>,
}

impl Act {
    async fn given(&self, door: &Door) -> Result<BulkActGiven, Failure> {
        let owner = match &self.owner {
            Some(user) => Some(id_of(door, user).await?),
            None => None,
        };
        let assignee = match self.assignee.as_deref() {
            Some("manager") => Some("manager".to_owned()),
            Some(user) => Some(id_of(door, user).await?),
            None => None,
        };
        let tags = BulkTags { add: self.add_tag.clone(), remove: self.remove_tag.clone() };
        let some = !tags.add.is_empty() || !tags.remove.is_empty();
        Ok(BulkActGiven {
            owner,
            tier: self.tier.clone(),
            tags: some.then_some(tags),
            review: self.review.clone(),
            hold: self.hold.clone(),
            task: self.task.clone().map(|title| BulkTask { title, due: self.due.clone(), assignee }),
        })
    }
}

impl Bulk {
    async fn call(&self, door: &Door) -> Result<Call, Failure> {
        Ok(match self {
            Self::Start { filter, accounts, act, reason, dry_run } => {
                let body = BulkStart {
                    filter: filter.clone(),
                    accounts: accounts.clone(),
                    act: act.given(door).await?,
                    reason: reason.clone(),
                    dry_run: *dry_run,
                };
                Call::to("bulk_start").json(&body)?
            }
            Self::List => Call::to("bulk_list"),
            Self::Get { job } => Call::to("bulk_get").place(job),
            Self::Resume { job } => Call::to("bulk_resume").place(job),
        })
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let mut reply = door.call(self.call(door).await?).await?;
        // A job ends with the process that works on it, and this may be that process: it is waited for.
        if matches!(self, Self::Start { dry_run: false, .. } | Self::Resume { .. }) {
            loop {
                let job: Value = reply.json()?;
                let told =
                    |member: &str| job.get(member).and_then(Value::as_str).unwrap_or_default().to_owned();
                if told("state") != "running" {
                    break;
                }
                tokio::time::sleep(LOOK).await;
                reply = door.call(Call::to("bulk_get").place(&told("id"))).await?;
            }
        }
        screen.show(&reply, |value| match self {
            Self::List => render::page(
                &["id", "title", "state", "looked_at", "total", "waiting", "refused"].map(Column::of),
                value,
            ),
            Self::Start { dry_run: true, .. } => render::page(
                &["account", "name", "lane"].map(Column::of),
                value.get("first").unwrap_or(&Value::Null),
            ),
            _ => pairs(value),
        })?;
        match self {
            Self::Start { dry_run: false, .. } | Self::Resume { .. } => failure::told_refused(&reply.json()?),
            _ => Ok(()),
        }
    }
}
