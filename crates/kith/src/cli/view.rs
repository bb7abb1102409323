//! `kith view`: saved views.

use clap::{Args, Subcommand};
use kith_api::request::ViewSave;

use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{self, Column, pairs};
use crate::screen::Screen;

/// Saved views: a name for a filter, a sort and columns
#[derive(Debug, Subcommand)]
pub enum View {
    /// List your own views and those shared
    List,
    /// Save a view
    Save(Save),
    /// Delete a view of your own
    Delete {
        /// viw_…
        view: String,
    },
}

/// What to save.
#[derive(Debug, Args)]
pub struct Save {
    /// Name
    name: String,
    /// viw_… of an own view to save over
    #[arg(long)]
    id: Option<String>,
    /// Condition; all accounts when absent
    #[arg(long, default_value = "")]
    filter: String,
    /// Fields, - before one for greatest first
    #[arg(long, default_value = "", allow_hyphen_values = true)]
    sort: String,
    /// Columns to show, separated by commas
    #[arg(long, value_delimiter = ',')]
    columns: Vec<String>,
    /// The question it came from
    #[arg(long)]
    question: Option<String>,
    /// Seen by everybody
    #[arg(long)]
    shared: bool,
    /// Code of a team of yours whose members see it
    #[arg(long)]
    team: Option<String>,
    /// In the navigation of whoever sees it
    #[arg(long)]
    pinned: bool,
}

impl View {
    fn call(&self) -> Result<Call, Failure> {
        Ok(match self {
            Self::List => Call::to("view_list"),
            Self::Save(save) => Call::to("view_save").json(&ViewSave {
                id: save.id.clone(),
                name: save.name.clone(),
                shared: save.shared,
                team: save.team.clone(),
                pinned: save.pinned,
                widths: std::collections::BTreeMap::new(),
                question: save.question.clone(),
                filter: save.filter.clone(),
                sort: save.sort.clone(),
                columns: save.columns.clone(),
            })?,
            Self::Delete { view } => Call::to("view_delete").place(view),
        })
    }

    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let reply = door.call(self.call()?).await?;
        screen.show(&reply, |value| match self {
            Self::List => render::page(
                &["id", "name", "shared", "team", "pinned", "filter", "sort"].map(Column::of),
                value,
            ),
            Self::Save(_) => pairs(value),
            Self::Delete { .. } => "deleted".to_owned(),
        })
    }
}
