//! `kith user`: the people who work with Kith.

use clap::{Args, Subcommand};
use kith_api::request::{PreferencesSet, RolesSet, UserAdd};
use kith_api::view::{Page, UserView};

use super::change;
use super::input::PageArgs;
use crate::door::{Call, Door};
use crate::failure::{self, Failure};
use crate::render::{self, Column, pairs};
use crate::screen::Screen;

/// The people who work with Kith
#[derive(Debug, Subcommand)]
pub enum User {
    /// Add a user
    Add(Add),
    /// List users and their roles
    List,
    /// Set all roles of a user; what is not named is taken away
    Roles {
        /// E-mail address or usr_…
        user: String,
        /// ROLE or ROLE@ENTITY; may be repeated, none takes all away
        #[arg(long = "role", value_name = "ROLE[@ENTITY]")]
        roles: Vec<String>,
    },
    /// Set how a user reads the pages; what is not named follows the browser and the organisation again
    Preferences {
        /// E-mail address, usr_… or me
        user: String,
        /// Language of the pages: en or de
        #[arg(long)]
        language: Option<String>,
        /// Figures, money and dates: en-GB, en-US, de-DE, de-AT or de-CH
        #[arg(long)]
        locale: Option<String>,
        /// IANA time zone, such as Europe/Berlin
        #[arg(long, value_name = "ZONE")]
        timezone: Option<String>,
        #[command(flatten)]
        look: Look,
    },
    /// Read what an account manager looks after
    Portfolio {
        /// E-mail address or usr_…
        user: String,
        #[command(flatten)]
        page: PageArgs,
    },
    /// Hand every account of an account manager over to another
    TransferPortfolio {
        /// E-mail address or usr_…
        user: String,
        #[command(flatten)]
        transfer: super::care::TransferArgs,
    },
    /// Issue a link with which a person chooses a password; prints it once
    Activation {
        /// E-mail address or usr_…
        user: String,
    },
    /// List who uses the portal of an account
    Portal {
        /// acc_… or account number
        account: String,
    },
    /// Suspend a user: sessions and tokens stop at once
    Suspend {
        /// E-mail address or usr_…
        user: String,
    },
    /// Let a suspended user in again
    Reinstate {
        /// E-mail address or usr_…
        user: String,
    },
    /// End all sessions of a user; tokens go on
    EndSessions {
        /// E-mail address or usr_…
        user: String,
    },
}

/// How pages look.
#[derive(Debug, Args)]
pub struct Look {
    /// system, light or dark
    #[arg(long)]
    theme: Option<String>,
    /// comfortable or compact
    #[arg(long)]
    density: Option<String>,
    /// inter or system
    #[arg(long)]
    font: Option<String>,
    /// Whether single letters are shortcuts
    #[arg(long)]
    shortcuts: Option<bool>,
}

/// Who.
#[derive(Debug, Args)]
pub struct Add {
    /// Name
    #[arg(long)]
    name: String,
    /// E-mail address, unique among users
    #[arg(long, value_name = "ADDR")]
    email: String,
    /// ROLE or ROLE@ENTITY; may be repeated
    #[arg(long = "role", value_name = "ROLE[@ENTITY]")]
    roles: Vec<String>,
    /// Entity of every role that names none
    #[arg(long)]
    entity: Option<String>,
    /// Password for the web page, 12 characters or more; none means sign-in by token only
    #[arg(long, env = "KITH_PASSWORD", hide_env_values = true)]
    password: Option<String>,
}

impl Add {
    fn roles(&self) -> Vec<String> {
        let within = |role: &String| match &self.entity {
            Some(entity) if !role.contains('@') => format!("{role}@{entity}"),
            _ => role.clone(),
        };
        self.roles.iter().map(within).collect()
    }
}

impl User {
    async fn call(&self, door: &Door) -> Result<Call, Failure> {
        Ok(match self {
            Self::Add(add) => Call::to("user_add").json(&UserAdd {
                name: add.name.clone(),
                email: add.email.clone(),
                roles: add.roles(),
                password: add.password.clone(),
            })?,
            Self::List => Call::to("user_list"),
            Self::Roles { user, roles } => Call::to("user_roles_set")
                .place(&id_of(door, user).await?)
                .json(&RolesSet { roles: roles.clone() })?,
            Self::Preferences { user, language, locale, timezone, look } => {
                Call::to("user_preferences_set").place(&id_of(door, user).await?).json(&PreferencesSet {
                    language: language.clone(),
                    locale: locale.clone(),
                    timezone: timezone.clone(),
                    theme: look.theme.clone(),
                    density: look.density.clone(),
                    font: look.font.clone(),
                    shortcuts: look.shortcuts,
                })?
            }
            Self::Portfolio { user, page } => {
                page.on(Call::to("user_portfolio").place(&id_of(door, user).await?))
            }
            Self::TransferPortfolio { user, transfer } => {
                let call = Call::to("user_transfer_portfolio").place(&id_of(door, user).await?);
                transfer.on(door, call).await?
            }
            Self::Activation { user } => Call::to("user_activation").place(&id_of(door, user).await?),
            Self::Portal { account } => Call::to("portal_user_list").place(account),
            Self::Suspend { user } => Call::to("user_suspend").place(&id_of(door, user).await?),
            Self::Reinstate { user } => Call::to("user_reinstate").place(&id_of(door, user).await?),
            Self::EndSessions { user } => Call::to("user_sessions_end").place(&id_of(door, user).await?),
        })
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let reply = door.call(self.call(door).await?).await?;
        screen.show(&reply, |value| match self {
            Self::List => render::page(&["id", "name", "email", "roles", "status"].map(Column::of), value),
            Self::Portal { .. } => render::page(
                &["id", "name", "email", "roles", "state", "activated_at"].map(Column::of),
                value,
            ),
            Self::Portfolio { .. } => super::care::portfolio(value),
            Self::TransferPortfolio { .. } => super::care::receipts(value),
            _ if reply.status == 202 => change::draw(value),
            _ => pairs(value),
        })?;
        match self {
            Self::TransferPortfolio { .. } => failure::told_refused(&reply.json()?),
            _ => Ok(()),
        }
    }
}

/// The `usr_…` of a user named by address.
pub(super) async fn id_of(door: &Door, user: &str) -> Result<String, Failure> {
    if !user.contains('@') {
        return Ok(user.to_owned());
    }
    let users: Page<UserView> = door.call(Call::to("user_list")).await?.json()?;
    let has_address =
        |known: &&UserView| known.email.as_ref().is_some_and(|email| email.eq_ignore_ascii_case(user.trim()));
    let found = users.items.iter().find(has_address).map(|known| known.id.clone());
    found.ok_or_else(|| {
        Failure::Here(format!("no user that you may see has the address {user}: `kith user list`"))
    })
}
