//! `kith catalogue`: the codes that the organisation works with.

use clap::Subcommand;
use kith_api::request::{CatalogueAdd, CataloguePatch, CodeAdd, CodePatch};
use serde_json::Value;

use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{self, Column, table};
use crate::screen::Screen;

/// Payment terms, tax codes, revenue accounts, and the values of dimensions
#[derive(Debug, Subcommand)]
pub enum Catalogue {
    /// List the catalogues
    List,
    /// Read a catalogue with its codes
    Show {
        /// For example `payment_terms` or `department`
        kind: String,
    },
    /// Add a kind of dimension
    New {
        /// Its name: small letters, digits, _
        kind: String,
        /// What it is called
        #[arg(long)]
        label: Option<String>,
        /// Every new account must have a value
        #[arg(long)]
        mandatory: bool,
    },
    /// Change a catalogue: its name, its default, whether it is mandatory
    Set {
        /// Which catalogue
        kind: String,
        /// What it is called
        #[arg(long)]
        label: Option<String>,
        /// Every new account must have a value: true or false
        #[arg(long)]
        mandatory: Option<bool>,
        /// The code of accounts that have none of their own
        #[arg(long, value_name = "CODE")]
        default: Option<String>,
    },
    /// Add a code
    Add {
        /// To which catalogue
        kind: String,
        /// The code, for example NET45
        code: String,
        /// What it is called
        #[arg(long)]
        label: Option<String>,
        /// The code above it
        #[arg(long)]
        parent: Option<String>,
    },
    /// Retire a code: accounts keep it, nobody new gets it
    Retire {
        /// Of which catalogue
        kind: String,
        /// Which code
        code: String,
    },
    /// Delete a code that nothing uses
    Delete {
        /// Of which catalogue
        kind: String,
        /// Which code
        code: String,
    },
}

impl Catalogue {
    fn call(&self) -> Result<Call, Failure> {
        match self {
            Self::List => Ok(Call::to("catalogue_list")),
            Self::Show { kind } => Ok(Call::to("catalogue_get").place(kind)),
            Self::New { kind, label, mandatory } => Call::to("catalogue_add").json(&CatalogueAdd {
                kind: kind.clone(),
                label: label.clone(),
                mandatory: Some(*mandatory),
            }),
            Self::Set { kind, label, mandatory, default } => {
                Call::to("catalogue_change").place(kind).json(&CataloguePatch {
                    label: label.clone(),
                    mandatory: *mandatory,
                    default_code: default.clone().map(Some),
                })
            }
            Self::Add { kind, code, label, parent } => Call::to("code_add").place(kind).json(&CodeAdd {
                code: code.clone(),
                label: label.clone(),
                parent: parent.clone(),
                terms: None,
            }),
            Self::Retire { kind, code } => Call::to("code_change")
                .place(kind)
                .place(code)
                .json(&CodePatch { retired: Some(true), ..CodePatch::default() }),
            Self::Delete { kind, code } => Ok(Call::to("code_delete").place(kind).place(code)),
        }
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let reply = door.call(self.call()?).await?;
        screen.show(&reply, |value| match self {
            Self::List => render::page(
                &["kind", "label", "dimension", "mandatory", "default_code"].map(Column::of),
                value,
            ),
            _ => codes(value),
        })
    }
}

/// The codes of a catalogue.
fn codes(reply: &Value) -> String {
    let codes = reply.get("codes").and_then(Value::as_array).cloned().unwrap_or_default();
    if codes.is_empty() {
        return "no codes: any text is taken\n".to_owned();
    }
    table(&["code", "label", "parent", "retired"].map(Column::of), &codes)
}
