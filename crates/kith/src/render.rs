//! Replies drawn for people: tables, `key  value` lines, problems. Pure functions to text.

mod cell;
mod pairs;
mod problem;
mod table;

pub use cell::cell;
pub use pairs::pairs;
pub use problem::problem;
pub use table::{Column, open_table, table};

use serde_json::Value;

/// A page of a list: its table, and how to go on.
#[must_use]
pub fn page(columns: &[Column], reply: &Value) -> String {
    let items = items(reply);
    let mut out = if items.is_empty() { "nothing\n".to_owned() } else { table(columns, items) };
    out.push_str(&more(reply));
    out
}

/// The items of a page.
#[must_use]
pub fn items(reply: &Value) -> &[Value] {
    reply.get("items").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// How to go on after a page, or nothing.
#[must_use]
pub fn more(reply: &Value) -> String {
    match reply.get("next_cursor").and_then(Value::as_str) {
        Some(cursor) => format!("more: --cursor {cursor}\n"),
        None => String::new(),
    }
}
