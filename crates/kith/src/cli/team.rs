//! `kith team`: who looks after accounts together.

use clap::{Args, Subcommand};
use kith_api::request::TeamMember;
use serde_json::{Map, Value};

use super::input::PageArgs;
use super::user::id_of;
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{self, Column, pairs};
use crate::screen::Screen;

/// Teams that look after accounts
#[derive(Debug, Subcommand)]
pub enum Team {
    /// List teams
    List {
        /// Those that are retired, too
        #[arg(long)]
        retired: bool,
    },
    /// Create a team
    Create {
        /// What accounts refer to
        code: String,
        #[command(flatten)]
        words: Words,
    },
    /// Show a team and its members
    Get {
        /// Its code
        team: String,
    },
    /// Edit a team
    Update {
        /// Its code
        team: String,
        #[command(flatten)]
        words: Words,
        /// It takes no more accounts
        #[arg(long, conflicts_with = "reopen")]
        retire: bool,
        /// It takes accounts again
        #[arg(long)]
        reopen: bool,
    },
    /// Take somebody into a team
    AddMember {
        /// Its code
        team: String,
        /// E-mail address or usr_…
        user: String,
    },
    /// Let somebody leave a team
    RemoveMember {
        /// Its code
        team: String,
        /// E-mail address or usr_…
        user: String,
    },
    /// Read what a team looks after
    Portfolio {
        /// Its code
        team: String,
        #[command(flatten)]
        page: PageArgs,
    },
}

/// What is said of a team.
#[derive(Debug, Args)]
pub struct Words {
    /// Name
    #[arg(long)]
    name: Option<String>,
    /// Who leads it: e-mail address or usr_… of a member
    #[arg(long)]
    lead: Option<String>,
    /// The legal entity that it works for; empty for all
    #[arg(long)]
    entity: Option<String>,
    /// A member: e-mail address or usr_…; may be repeated, takes the place of all members
    #[arg(long = "member", value_name = "USER")]
    members: Vec<String>,
}

impl Words {
    async fn body(&self, door: &Door) -> Result<Map<String, Value>, Failure> {
        let mut body = Map::new();
        let said = |text: &str| if text.is_empty() { Value::Null } else { Value::from(text) };
        body.extend(self.name.iter().map(|name| ("name".to_owned(), said(name))));
        body.extend(self.entity.iter().map(|entity| ("entity".to_owned(), said(entity))));
        if let Some(lead) = &self.lead {
            body.insert("lead".to_owned(), said(&id_of(door, lead).await?));
        }
        let mut members = Vec::new();
        for member in &self.members {
            members.push(id_of(door, member).await?);
        }
        if !members.is_empty() {
            body.insert("members".to_owned(), Value::from(members));
        }
        Ok(body)
    }
}

impl Team {
    async fn call(&self, door: &Door) -> Result<Call, Failure> {
        Ok(match self {
            Self::List { retired } => Call::to("team_list").flag("retired", *retired),
            Self::Create { code, words } => {
                let mut body = words.body(door).await?;
                body.insert("code".to_owned(), Value::from(code.as_str()));
                Call::to("team_create").json(&body)?
            }
            Self::Get { team } => Call::to("team_get").place(team),
            Self::Update { team, words, retire, reopen } => {
                let mut body = words.body(door).await?;
                if *retire || *reopen {
                    body.insert("retired".to_owned(), Value::from(*retire));
                }
                Call::to("team_update").place(team).json(&body)?
            }
            Self::AddMember { team, user } => {
                let user = id_of(door, user).await?;
                Call::to("team_member_add").place(team).json(&TeamMember { user })?
            }
            Self::RemoveMember { team, user } => {
                Call::to("team_member_remove").place(team).place(&id_of(door, user).await?)
            }
            Self::Portfolio { team, page } => page.on(Call::to("team_portfolio").place(team)),
        })
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let reply = door.call(self.call(door).await?).await?;
        screen.show(&reply, |value| match self {
            Self::List { .. } => render::page(
                &["id", "name", "lead_name", "entity", "accounts", "retired"].map(Column::of),
                value,
            ),
            Self::Portfolio { .. } => super::care::portfolio(value),
            _ => pairs(value),
        })
    }
}
