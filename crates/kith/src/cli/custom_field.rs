//! `kith custom-field`: fields that the organisation adds to accounts.

use clap::Subcommand;
use kith_api::request::{CustomFieldAdd, CustomFieldPatch};

use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{self, Column, pairs};
use crate::screen::Screen;

/// Fields that the organisation adds to accounts
#[derive(Debug, Subcommand)]
pub enum CustomField {
    /// List them
    List,
    /// Add one
    Add {
        /// Its name: small letters, digits, _
        name: String,
        /// text, number, date, bool, enum, money or reference
        #[arg(long = "type", value_name = "TYPE")]
        kind: String,
        /// What it is called
        #[arg(long)]
        label: Option<String>,
        /// Of an enum: what may be chosen, separated by commas
        #[arg(long, value_delimiter = ',')]
        options: Option<Vec<String>>,
        /// Every new account must have a value
        #[arg(long)]
        required: bool,
        /// Values are personal data, sealed
        #[arg(long)]
        personal: bool,
        /// Only accounts of this legal entity have it
        #[arg(long)]
        entity: Option<String>,
    },
    /// Retire one: accounts keep their values, nobody new gets one
    Retire {
        /// Its name
        name: String,
    },
}

impl CustomField {
    fn call(&self) -> Result<Call, Failure> {
        match self {
            Self::List => Ok(Call::to("custom_field_list")),
            Self::Add { name, kind, label, options, required, personal, entity } => {
                Call::to("custom_field_add").json(&CustomFieldAdd {
                    name: name.clone(),
                    label: label.clone(),
                    kind: kind.clone(),
                    options: options.clone(),
                    required: Some(*required),
                    personal: Some(*personal),
                    entity: entity.clone(),
                })
            }
            Self::Retire { name } => Call::to("custom_field_change")
                .place(name)
                .json(&CustomFieldPatch { retired: Some(true), ..CustomFieldPatch::default() }),
        }
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let reply = door.call(self.call()?).await?;
        let columns = ["name", "type", "label", "options", "required", "personal", "entity", "retired"];
        screen.show(&reply, |value| match self {
            Self::List => render::page(&columns.map(Column::of), value),
            _ => pairs(value),
        })
    }
}
