//! `kith feed`: files of a partner that are imported as they come.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use kith_api::request::FeedSave;
use serde_json::{Value, json};

use super::import::{EmptyMeans, OnDuplicate, UpdatePolicy, word};
use super::input;
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{self, Column, pairs};
use crate::screen::Screen;

/// The columns of the list.
const LINE: [&str; 5] = ["name", "source_system", "entity", "folder", "endpoint"];

/// Feeds: files of a partner that are imported as they come, posted or put into a folder
#[derive(Debug, Subcommand)]
pub enum Feed {
    /// List feeds
    List,
    /// Show a feed
    Show {
        /// Its name
        name: String,
    },
    /// Save a feed; one of the same name is saved over
    Save(Box<Save>),
    /// Send a file to a feed
    Send {
        /// Its name
        name: String,
        /// File, - for standard input
        #[arg(value_parser = input::path)]
        file: PathBuf,
        /// Key under which a repetition is known
        #[arg(long)]
        key: Option<String>,
    },
    /// Delete a feed
    Delete {
        /// Its name
        name: String,
    },
}

/// How the files of a feed are imported.
#[derive(Debug, Args)]
pub struct Save {
    /// Its name, which is its address: a–z, 0–9, - and _
    name: String,
    /// csv, xlsx or iif [default: told by the content]
    #[arg(long)]
    format: Option<String>,
    /// System that the external ids are of [default: the name]
    #[arg(long, value_name = "SYSTEM")]
    source_system: Option<String>,
    /// Entity that owns rows without one
    #[arg(long)]
    entity: Option<String>,
    /// Sheet of a workbook
    #[arg(long)]
    sheet: Option<String>,
    /// Column that gives the external ids
    #[arg(long, value_name = "HEADER")]
    external_id_column: Option<String>,
    /// salesforce, hubspot and so on, or map_… of a saved mapping
    #[arg(long, value_name = "SYSTEM|ID")]
    map: Option<String>,
    /// What becomes of a row whose account is on record [default: skip]
    #[arg(long, value_enum)]
    on_duplicate: Option<OnDuplicate>,
    /// What a row may change of an account on record [default: overwrite]
    #[arg(long, value_enum)]
    update_policy: Option<UpdatePolicy>,
    /// What an empty cell says about it [default: ignore]
    #[arg(long, value_enum)]
    empty_means: Option<EmptyMeans>,
    /// Rows carried out at once, 1 to 1,000 [default: 100]
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    batch_size: Option<u32>,
    /// Stop at the first row that fails
    #[arg(long)]
    stop_on_error: bool,
    /// Watch the folder feeds/NAME of the data directory
    #[arg(long)]
    watched: bool,
}

impl Save {
    fn request(&self) -> FeedSave {
        let saved = self.map.clone().filter(|map| map.starts_with("map_"));
        FeedSave {
            name: self.name.clone(),
            format: self.format.clone(),
            source_system: self.source_system.clone(),
            entity: self.entity.clone(),
            sheet: self.sheet.clone(),
            external_id_column: self.external_id_column.clone(),
            on_duplicate: word(self.on_duplicate),
            update_policy: word(self.update_policy),
            empty_means: word(self.empty_means),
            batch_size: self.batch_size,
            stop_on_error: self.stop_on_error,
            map: self.map.clone().filter(|_| saved.is_none()),
            mapping_id: saved,
            watched: self.watched,
        }
    }
}

impl Feed {
    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let call = match self {
            Self::List => {
                let reply = door.call(Call::to("feed_list")).await?;
                return screen.show(&reply, |found| render::page(&LINE.map(Column::of), found));
            }
            Self::Show { name } => Call::to("feed_get").place(name),
            Self::Save(save) => Call::to("feed_save").json(&save.request())?,
            Self::Send { name, file, key } => {
                let called = file.file_name().map(|name| name.to_string_lossy()).filter(|name| name != "-");
                let call = Call::to("feed_send").place(name).with("file_name", called);
                let call = call.bytes("text/csv", input::whole(file)?);
                key.iter().fold(call, |call, key| call.key(key))
            }
            Self::Delete { name } => {
                door.call(Call::to("feed_delete").place(name)).await?;
                return screen.show_value(&json!({"deleted": name}), |_: &Value| "deleted".to_owned());
            }
        };
        screen.show(&door.call(call).await?, pairs)
    }
}
