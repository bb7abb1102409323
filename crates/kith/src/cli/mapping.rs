//! `kith mapping`: what the columns and words of one system's files mean, saved.

use std::path::PathBuf;

use clap::Subcommand;
use serde_json::{Value, json};

use super::input;
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{self, Column, pairs};
use crate::screen::Screen;

/// The columns of the list.
const LINE: [&str; 4] = ["id", "name", "system", "saved_at"];

/// Saved mappings: what the columns and words of one system's files mean
#[derive(Debug, Subcommand)]
pub enum Mapping {
    /// List saved mappings
    List,
    /// Show a saved mapping
    Show {
        /// map_…
        mapping: String,
    },
    /// Save the mapping that a map file (JSON) describes
    Save {
        /// Map file, - for standard input
        #[arg(value_parser = input::path)]
        file: PathBuf,
        /// Name; the file may give it too
        #[arg(long)]
        name: Option<String>,
        /// map_… to save over
        #[arg(long)]
        id: Option<String>,
    },
    /// Delete a saved mapping
    Delete {
        /// map_…
        mapping: String,
    },
}

impl Mapping {
    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let call = match self {
            Self::List => {
                let reply = door.call(Call::to("mapping_list")).await?;
                return screen.show(&reply, |found| render::page(&LINE.map(Column::of), found));
            }
            Self::Show { mapping } => Call::to("mapping_get").place(mapping),
            Self::Save { file, name, id } => {
                let mut body = input::object(file)?;
                for (member, given) in [("name", name), ("id", id)] {
                    if let Some(given) = given {
                        body[member] = json!(given);
                    }
                }
                Call::to("mapping_save").json(&body)?
            }
            Self::Delete { mapping } => {
                door.call(Call::to("mapping_delete").place(mapping)).await?;
                return screen.show_value(&json!({"deleted": mapping}), |_: &Value| "deleted".to_owned());
            }
        };
        screen.show(&door.call(call).await?, pairs)
    }
}
