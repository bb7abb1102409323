//! The palette and the sheet of keys: dialogs that the script opens over any page.

use kith_template::html;
use maud::Markup;

use super::NavCounts;
use super::nav::places;
use crate::web::part::icon::Icon;
use crate::web::words::{t, word};

/// A key: as it is written, what it sets off, and that in words.
///
/// This is the table that the scripts go by: they know what to do for each of these words, and which key it is they read
/// from the sheet. So the sheet cannot say anything else than what the keys do.
type Key = (&'static str, &'static str, &'static str);

const KEYS: [(&str, &[Key]); 4] = [
    (
        word("Anywhere"),
        &[
            ("Ctrl K", "ask", word("Ask or jump")),
            ("/", "field", word("To the field that asks")),
            ("?", "sheet", word("These keys")),
            ("Esc", "leave", word("Close, or leave a field")),
            ("Ctrl Enter", "send", word("Send the form")),
            ("↑", "choose", word("The choice above")),
            ("↓", "choose", word("The choice below")),
        ],
    ),
    (
        word("In lists, and from account to account"),
        &[
            ("J", "next", word("Next")),
            ("K", "previous", word("Previous")),
            ("Enter", "open", word("Open")),
            ("C", "own", word("New account")),
            ("X", "pick", word("Select")),
            ("Shift X", "pick", word("Select up to here")),
            ("*", "pick-all", word("Select all on the page, or none")),
            ("←", "widen", word("Narrower column, on its edge")),
            ("→", "widen", word("Wider column, on its edge")),
        ],
    ),
    (
        word("On an account"),
        &[
            ("E", "own", word("Edit")),
            ("L", "own", word("Log contact")),
            ("N", "own", word("Write a note")),
            ("T", "own", word("Add a task")),
            ("O", "own", word("Change owner")),
            ("[", "own", word("The legal entity before")),
            ("]", "own", word("The legal entity after")),
            ("1 – 9", "own", word("Tabs")),
        ],
    ),
    (
        word("In decisions"),
        &[
            ("A", "approve", word("Approve")),
            ("R", "reject", word("Reject, with a reason")),
            ("M", "own", word("Merge the pair")),
            ("D", "own", word("They are two")),
        ],
    ),
];

/// The keys of a row as the scripts know them, one after the other.
fn chords(keys: &str) -> String {
    if keys == "1 – 9" {
        return "123456789".split("").filter(|key| !key.is_empty()).collect::<Vec<_>>().join("|");
    }
    let named = |key: &str| match key {
        "Esc" => "escape".to_owned(),
        "↑" => "arrowup".to_owned(),
        "↓" => "arrowdown".to_owned(),
        "←" => "arrowleft".to_owned(),
        "→" => "arrowright".to_owned(),
        other => other.to_lowercase(),
    };
    keys.split(' ').map(named).collect::<Vec<_>>().join(" ")
}

/// Keys whose names differ from language to language.
const NAMED: [&str; 4] = [word("Ctrl"), word("Enter"), word("Esc"), word("Shift")];

/// What is written on a key.
fn named(key: &str) -> &str {
    NAMED.iter().find(|known| **known == key).map_or(key, |known| t(known))
}

/// One row of the sheet.
fn row(keys: &str, act: &str, what: &str) -> Markup {
    html! {
        dt data-act=(act) data-chords=(chords(keys)) { @for key in keys.split(' ') { kbd { (named(key)) } " " } }
        dd { (what) }
    }
}

/// Both dialogs, closed.
pub(super) fn dialogs(counts: &NavCounts) -> Markup {
    html! {
        dialog #palette .palette aria-label="Ask or jump" {
            form .row .palette-q method="get" action="/ask" {
                span .acc { (Icon::Ask.show()) }
                label .vh for="palette-q" { "Ask or jump to" }
                input #palette-q name="q" type="text" role="combobox" aria-expanded="true" aria-autocomplete="list"
                    aria-controls="palette-options" placeholder="A customer, a page, a question" autocomplete="off"
                    spellcheck="false" maxlength="500";
                kbd aria-hidden="true" { (named("Esc")) }
            }
            #palette-found {}
            p #palette-said .vh role="status" data-say="{n} choices" data-empty="There is no connection." {}
        }
        dialog #keys .keys aria-labelledby="keys-title" {
            .row { h2 #keys-title { "Keys" } form .push method="dialog" { button .btn .ghost type="submit" { (Icon::Close.show()) span .vh { "Close" } } } }
            .three {
                @for (title, rows) in KEYS {
                    .stack .t {
                        h3 { (t(title)) }
                        dl .key-list { @for (keys, act, what) in rows { (row(keys, act, t(what))) } }
                    }
                }
                .stack .t {
                    h3 { "G, then" }
                    dl .key-list {
                        @for place in places(counts).iter().filter(|place| !place.keys.is_empty()) {
                            (row(&place.keys, "jump", &place.title))
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
