//! Before and after.

use kith_api::view::DiffView;
use kith_template::{html, say};
use maud::Markup;
use serde_json::Value;

use crate::web::number::{capital, phrase, value, words};
use crate::web::words::t;

/// The table of what changes.
pub(crate) fn diff(lines: &[DiffView]) -> Markup {
    html! {
        .scroll tabindex="0" role="group" aria-label="Fields before and after" {
            table .diff {
                thead { tr { th scope="col" { "Field" } th scope="col" { "Before" } th scope="col" { "After" } } }
                tbody {
                    @for line in said(lines) {
                        tr {
                            th scope="row" title=(line.path) { (name(line)) }
                            td { @if blank(&line.before) { span .muted { "not set" } } @else { del { (before(line)) } } }
                            td { @if blank(&line.after) { span .muted { "removed" } } @else { ins { (after(line)) } } }
                        }
                    }
                }
            }
        }
    }
}

/// The lines that say something to people: of a telephone number one, though two of its forms change.
fn said(lines: &[DiffView]) -> Vec<&DiffView> {
    let has = |path: &str| lines.iter().any(|line| line.path == path);
    let twice =
        |line: &&DiffView| line.path.strip_suffix("/e164").is_some_and(|stem| has(&format!("{stem}/raw")));
    lines.iter().filter(|line| !twice(line)).collect()
}

/// What the field of a line is called.
fn name(line: &DiffView) -> String {
    line.label.clone().unwrap_or_else(|| label(&line.path))
}

fn before(line: &DiffView) -> String {
    line.before_name.clone().unwrap_or_else(|| of_field(&line.path, &line.before))
}

/// The value that a line leads to, in words.
pub(crate) fn after(line: &DiffView) -> String {
    line.after_name.clone().unwrap_or_else(|| of_field(&line.path, &line.after))
}

/// Fields whose values are codes that are said in words.
const CODED: [&str; 8] = ["customer_type", "tier", "stage", "status", "role", "kinds", "party_roles", "lane"];

/// A value as people read it in its field.
pub(crate) fn of_field(path: &str, content: &Value) -> String {
    let coded = path.rsplit('/').find(|part| part.parse::<u64>().is_err() && *part != "value");
    match content {
        Value::String(code) if coded.is_some_and(|field| CODED.contains(&field)) => words(code),
        other => shown(other),
    }
}

/// One line in short, for lists: the first change, and how many more there are.
pub(crate) fn brief(lines: &[DiffView]) -> Option<String> {
    let lines = said(lines);
    let first = lines.first()?;
    let more = lines.len() - 1;
    let then = if blank(&first.after) { t("removed").to_owned() } else { after(first) };
    let line = if blank(&first.before) {
        format!("{} {then}", name(first))
    } else {
        format!("{} {} → {then}", name(first), before(first))
    };
    Some(if more == 0 { line } else { say!("{line}, {more} more") })
}

/// `/credit_limit` → `Credit limit`, `/contacts/0/name` → `Contacts 1, name`.
pub(crate) fn label(pointer: &str) -> String {
    let parts: Vec<String> = pointer
        .split('/')
        .filter(|part| !matches!(*part, "" | "raw" | "e164" | "custom"))
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
        other => value(other),
    }
}
