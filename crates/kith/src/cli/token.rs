//! `kith token`: tokens of people and programs.

use clap::{Subcommand, ValueEnum};
use kith_api::request::TokenCreate;

use super::user;
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{self, Column, pairs};
use crate::screen::Screen;

/// Tokens of people and programs
#[derive(Debug, Subcommand)]
pub enum Token {
    /// Make a token; it is printed this once
    Create {
        /// E-mail address or usr_… of whose token it is [default: you]
        #[arg(long, value_name = "ADDR")]
        user: Option<String>,
        /// Who acts with it; programs and agents never approve
        #[arg(long, value_enum, default_value_t = Kind::User)]
        kind: Kind,
        /// What it is for
        #[arg(long, default_value = "command line")]
        name: String,
        /// Days until it ends, 730 at most [default: 365]
        #[arg(long, value_name = "N")]
        days: Option<u32>,
    },
    /// List your tokens, without the secrets
    List,
    /// Revoke a token at once
    Revoke {
        /// tok_…
        token: String,
    },
}

/// Who acts with a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum Kind {
    /// The person.
    User,
    /// A program.
    ApiClient,
    /// An agent.
    Agent,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::ApiClient => "api_client",
            Self::Agent => "agent",
        }
    }
}

impl Token {
    async fn call(&self, door: &Door) -> Result<Call, Failure> {
        Ok(match self {
            Self::Create { user, kind, name, days } => {
                let user = match user {
                    Some(user) => Some(user::id_of(door, user).await?),
                    None => None,
                };
                let (name, kind) = (name.clone(), Some(kind.word().to_owned()));
                Call::to("token_create").json(&TokenCreate { name, kind, user, days: *days })?
            }
            Self::List => Call::to("token_list"),
            Self::Revoke { token } => Call::to("token_revoke").place(token),
        })
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let reply = door.call(self.call(door).await?).await?;
        screen.show(&reply, |value| match self {
            Self::List => render::page(
                &["id", "kind", "name", "prefix", "expires_at", "revoked"].map(Column::of),
                value,
            ),
            Self::Create { .. } | Self::Revoke { .. } => pairs(value),
        })
    }
}
