//! `kith custom-field`: fields that the organisation adds to accounts.

use clap::{Args, Subcommand};
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
        #[command(flatten)]
        limits: Limits,
    },
    /// Change one; its type never changes, and options are only ever added
    Change {
        /// Its name
        name: String,
        /// What it is called
        #[arg(long)]
        label: Option<String>,
        /// Of an enum: all that may be chosen, separated by commas
        #[arg(long, value_delimiter = ',')]
        options: Option<Vec<String>>,
        /// Whether every new account must have a value
        #[arg(long)]
        required: Option<bool>,
        /// Only accounts of this legal entity have it; empty for all
        #[arg(long)]
        entity: Option<String>,
        /// Whether it is retired
        #[arg(long)]
        retired: Option<bool>,
        #[command(flatten)]
        limits: Limits,
    },
    /// Retire one: accounts keep their values, nobody new gets one
    Retire {
        /// Its name
        name: String,
    },
}

/// What values are like, and where the field stands.
#[derive(Debug, Args)]
pub struct Limits {
    /// A sentence for whoever fills it in
    #[arg(long, value_name = "TEXT")]
    help_text: Option<String>,
    /// The least number or day, or how many characters a text has at least; empty for none
    #[arg(long, allow_hyphen_values = true)]
    min: Option<String>,
    /// The greatest, likewise
    #[arg(long, allow_hyphen_values = true)]
    max: Option<String>,
    /// What a text looks like: A a letter, 9 a digit, * either, anything else itself; empty for none
    #[arg(long)]
    mask: Option<String>,
    /// Where it stands among the others, lowest first
    #[arg(long)]
    position: Option<u32>,
}

/// What was said; an empty text is none.
fn said(text: Option<&String>) -> Option<Option<String>> {
    text.map(|text| Some(text.clone()).filter(|text| !text.is_empty()))
}

impl CustomField {
    fn call(&self) -> Result<Call, Failure> {
        match self {
            Self::List => Ok(Call::to("custom_field_list")),
            Self::Add { name, kind, label, options, required, personal, entity, limits } => {
                Call::to("custom_field_add").json(&CustomFieldAdd {
                    name: name.clone(),
                    label: label.clone(),
                    kind: kind.clone(),
                    options: options.clone(),
                    required: Some(*required),
                    personal: Some(*personal),
                    entity: entity.clone(),
                    help: limits.help_text.clone(),
                    min: limits.min.clone(),
                    max: limits.max.clone(),
                    mask: limits.mask.clone(),
                    position: limits.position,
                })
            }
            Self::Change { name, label, options, required, entity, retired, limits } => {
                Call::to("custom_field_change").place(name).json(&CustomFieldPatch {
                    label: label.clone(),
                    options: options.clone(),
                    required: *required,
                    entity: said(entity.as_ref()),
                    retired: *retired,
                    help: said(limits.help_text.as_ref()),
                    min: said(limits.min.as_ref()),
                    max: said(limits.max.as_ref()),
                    mask: said(limits.mask.as_ref()),
                    position: limits.position,
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
