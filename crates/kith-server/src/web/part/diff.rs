//! Before and after.

use kith_api::view::DiffView;
use kith_template::{html, say};
use maud::Markup;
use serde_json::Value;

use crate::web::clock::date;
use crate::web::number::{capital, phrase, value};
use crate::web::words::t;

/// The table of what changes.
pub(crate) fn diff(lines: &[DiffView]) -> Markup {
    html! {
        .scroll tabindex="0" role="group" aria-label="Fields before and after" {
            table .diff {
                thead { tr { th scope="col" { "Field" } th scope="col" { "Before" } th scope="col" { "After" } } }
                tbody {
                    @for line in lines {
                        tr {
                            th scope="row" title=(line.path) { (label(&line.path)) }
                            td { @if blank(&line.before) { span .muted { "not set" } } @else { del { (shown(&line.before)) } } }
                            td { @if blank(&line.after) { span .muted { "removed" } } @else { ins { (shown(&line.after)) } } }
                        }
                    }
                }
            }
        }
    }
}

/// One line in short, for lists: the first change, and how many more there are.
pub(crate) fn brief(lines: &[DiffView]) -> Option<String> {
    let first = lines.first()?;
    let more = lines.len() - 1;
    let before = shown(&first.before);
    let after = if blank(&first.after) { t("removed").to_owned() } else { shown(&first.after) };
    let line = if blank(&first.before) {
        format!("{} {after}", label(&first.path))
    } else {
        format!("{} {before} → {after}", label(&first.path))
    };
    Some(if more == 0 { line } else { say!("{line}, {more} more") })
}

/// `/credit_limit` → `Credit limit`, `/contacts/0/name` → `Contacts 1, name`.
pub(crate) fn label(pointer: &str) -> String {
    let parts: Vec<String> = pointer
        .split('/')
        .filter(|part| !part.is_empty())
        .map(|part| match part.parse::<u64>() {
            Ok(place) => place.saturating_add(1).to_string(),
            Err(_) => phrase(&part.replace("~1", "/").replace("~0", "~")),
        })
        .collect();
    if parts.is_empty() { t("The record").to_owned() } else { capital(&parts.join(" ")) }
}

fn blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        _ => false,
    }
}

/// A value as it stands in a line.
pub(crate) fn shown(content: &Value) -> String {
    match content {
        Value::Null => t("not set").to_owned(),
        Value::String(text) => date(text),
        other => value(other),
    }
}
