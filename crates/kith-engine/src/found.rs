//! Founding an organisation: its entities, its first administrator, the token that is shown once.

use std::fmt;

use kith_domain::access::{Role, RoleGrant};
use kith_domain::command::Command;
use kith_domain::organisation::{self, LegalEntity, PAYMENT_TERMS};
use kith_domain::refusal::Refusal;
use kith_domain::token::{self, TokenKind};
use kith_domain::user;
use kith_domain::value::{Currency, Personal, TokenId, UserId};
use kith_store::{Fault, Location};

use crate::answer::Answer;
use crate::caller::{Caller, new_secret, secret_hash};
use crate::engine::{Engine, Settings};
use crate::execute::Request;

/// What a new organisation is.
#[derive(Debug, Clone)]
pub struct Founding {
    /// Name.
    pub name: String,
    /// Currency of sums.
    pub currency: Currency,
    /// IANA time zone.
    pub timezone: String,
    /// Legal entities, one at least.
    pub entities: Vec<LegalEntity>,
    /// Name of the administrator.
    pub admin_name: String,
    /// Address of the administrator.
    pub admin_email: String,
    /// Password for the page, if there shall be one.
    pub admin_password: Option<String>,
}

/// What was made.
#[derive(Debug, Clone)]
pub struct Founded {
    /// The administrator.
    pub user_id: UserId,
    /// The administrator's token; shown once, kept nowhere.
    pub token: String,
}

/// Why no organisation was founded.
#[derive(Debug)]
pub enum Unfounded {
    /// The rules say no.
    Refused(Refusal),
    /// It could not be found out.
    Fault(Fault),
}

impl fmt::Display for Unfounded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => {
                f.write_str(&refusal.sentence)?;
                refusal.fields.iter().try_for_each(|fault| write!(f, " {}: {}", fault.pointer, fault.message))
            }
            Self::Fault(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for Unfounded {}

impl From<Fault> for Unfounded {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// Makes a store with an organisation in it.
///
/// # Errors
/// [`Unfounded`] when there is an organisation already, or a value breaks a rule.
pub async fn found(
    location: &Location,
    founding: Founding,
    settings: Settings,
) -> Result<(Engine, Founded), Unfounded> {
    let place = location.clone();
    let created = tokio::task::spawn_blocking(move || Engine::create(&place, settings)).await;
    let engine = created.map_err(|_| Fault::Panicked)??;
    let founded = engine.found(founding).await?;
    Ok((engine, founded))
}

impl Engine {
    async fn found(&self, founding: Founding) -> Result<Founded, Unfounded> {
        let system = Caller::system();
        let command = organisation::Command::Found {
            name: founding.name,
            currency: founding.currency,
            timezone: founding.timezone,
            entities: founding.entities,
            payment_terms: PAYMENT_TERMS.iter().map(|code| (*code).to_owned()).collect(),
        };
        self.must(&system, Command::Organisation(command)).await?;
        self.open_day().await?;
        let user_id = UserId(self.new_uuid()?);
        let password_hash = match founding.admin_password {
            Some(password) => Some(Personal::new(user_id, self.hash_password(password).await?)),
            None => None,
        };
        let add = user::Command::Add {
            id: user_id,
            name: Personal::new(user_id, founding.admin_name),
            email: Personal::new(user_id, founding.admin_email),
            roles: vec![RoleGrant { role: Role::Admin, entity: None }],
            password_hash,
        };
        self.must(&system, Command::User { id: user_id, command: add }).await?;
        let (id, command, token) =
            self.new_token(user_id, TokenKind::User, "first token".to_owned(), None)?;
        self.must(&system, Command::Token { id, command }).await?;
        Ok(Founded { user_id, token })
    }

    /// A new token's command and its secret.
    ///
    /// # Errors
    /// [`Fault`] when no randomness can be had.
    pub fn new_token(
        &self,
        user: UserId,
        kind: TokenKind,
        name: String,
        expires_at: Option<jiff::Timestamp>,
    ) -> Result<(TokenId, token::Command, String), Fault> {
        let id = TokenId(self.new_uuid()?);
        let secret = new_secret(self.random())?;
        let hash = secret_hash(self.store().secrets(), &secret);
        let prefix = secret.chars().take(8).collect();
        Ok((id, token::Command::Create { id, user, kind, name, hash, prefix, expires_at }, secret))
    }

    /// Executes what must not be refused.
    async fn must(&self, caller: &Caller, command: Command) -> Result<(), Unfounded> {
        match self.execute(caller, Request::from(command)).await?.answer {
            Answer::Refused(refusal) => Err(Unfounded::Refused(refusal)),
            Answer::Done(_) | Answer::Waiting(_) => Ok(()),
        }
    }
}
