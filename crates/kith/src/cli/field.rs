//! `kith field`: what can be filtered, sorted, selected and asked for.

use clap::Subcommand;
use serde_json::Value;

use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{self, Column};
use crate::screen::Screen;

/// Fields that can be filtered, sorted, selected and asked for
#[derive(Debug, Subcommand)]
pub enum Field {
    /// List the fields
    List {
        /// Only fields with these letters in their name or title
        #[arg(long)]
        like: Option<String>,
    },
}

impl Field {
    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let Self::List { like } = self;
        let reply = door.call(Call::to("field_list")).await?;
        let Some(like) = like else { return screen.show(&reply, draw) };
        let like = like.to_lowercase();
        let mut page: Value = reply.json()?;
        if let Some(items) = page.get_mut("items").and_then(Value::as_array_mut) {
            let fits = |item: &Value, member: &str| {
                item.get(member)
                    .and_then(Value::as_str)
                    .is_some_and(|text| text.to_lowercase().contains(&like))
            };
            items.retain(|item| fits(item, "id") || fits(item, "title"));
        }
        screen.show_value(&page, draw)
    }
}

fn draw(page: &Value) -> String {
    render::page(&["id", "kind", "unit", "window", "title", "values"].map(Column::of), page)
}
