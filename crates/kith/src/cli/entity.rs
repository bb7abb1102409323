//! `kith entity`: the legal entities of the organisation.

use clap::Subcommand;
use kith_api::request::{EntityAdd, EntityPatch};
use serde_json::Value;

use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{Column, pairs, table};
use crate::screen::Screen;

/// Legal entities of the organisation
#[derive(Debug, Subcommand)]
pub enum Entity {
    /// Add a legal entity
    Add {
        /// CODE:CURRENCY[:ZONE], for example EU:EUR:Europe/Berlin
        entity: EntityWords,
        /// Name [default: the code]
        #[arg(long)]
        name: Option<String>,
    },
    /// Change what one is called, or its zone; its currency never changes
    Change {
        /// Its code
        code: String,
        /// Another name
        #[arg(long)]
        name: Option<String>,
        /// Another IANA time zone
        #[arg(long)]
        timezone: Option<String>,
    },
    /// Show the organisation and its entities
    List,
}

/// `CODE:CURRENCY[:ZONE]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityWords {
    /// Code.
    pub code: String,
    /// ISO 4217 code.
    pub currency: String,
    /// IANA time zone, where one was given.
    pub timezone: Option<String>,
}

impl std::str::FromStr for EntityWords {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut parts = text.splitn(3, ':').map(str::trim);
        let (code, currency) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let timezone = parts.next();
        if code.is_empty() || currency.is_empty() || timezone.is_some_and(str::is_empty) {
            return Err(
                "expected CODE:CURRENCY or CODE:CURRENCY:ZONE, for example US:USD:America/Chicago".to_owned()
            );
        }
        Ok(Self {
            code: code.to_owned(),
            currency: currency.to_uppercase(),
            timezone: timezone.map(str::to_owned),
        })
    }
}

impl Entity {
    fn call(&self) -> Result<Call, Failure> {
        match self {
            Self::Add { entity, name } => Call::to("entity_add").json(&EntityAdd {
                code: entity.code.clone(),
                name: name.clone().unwrap_or_else(|| entity.code.clone()),
                currency: entity.currency.clone(),
                timezone: entity.timezone.clone(),
            }),
            Self::Change { code, name, timezone } => Call::to("entity_change")
                .place(code)
                .json(&EntityPatch { name: name.clone(), timezone: timezone.clone() }),
            Self::List => Ok(Call::to("organisation_get")),
        }
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let reply = door.call(self.call()?).await?;
        screen.show(&reply, organisation)
    }
}

/// The organisation, then its entities.
pub(super) fn organisation(reply: &Value) -> String {
    let mut head = reply.clone();
    let entities = head.as_object_mut().and_then(|members| members.remove("entities"));
    let entities = entities.as_ref().and_then(Value::as_array).cloned().unwrap_or_default();
    let columns = ["code", "name", "currency", "timezone"].map(Column::of);
    format!("{}\n{}", pairs(&head), table(&columns, &entities))
}
