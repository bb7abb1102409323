//! The palette and the sheet of keys: dialogs that the script opens over any page.

use kith_template::html;
use maud::Markup;

use crate::web::part::icon::Icon;
use crate::web::words::{t, word};

/// Keys, and what each does: title of a group, its rows.
type Group = (&'static str, &'static [(&'static str, &'static str)]);

const KEYS: [Group; 3] = [
    (
        word("Anywhere"),
        &[
            ("Ctrl K", word("Ask or jump")),
            ("/", word("To the field that asks")),
            ("?", word("These keys")),
            ("Esc", word("Close")),
        ],
    ),
    (
        word("G, then"),
        &[
            ("H", word("Home")),
            ("A", word("Accounts")),
            ("N", word("Onboarding")),
            ("P", word("Changes that wait")),
            ("I", word("Inbox")),
            ("C", word("Contracts")),
            ("M", word("Imports")),
            ("T", word("Tasks")),
            ("Q", word("Quarantine")),
        ],
    ),
    (
        word("In lists and decisions"),
        &[
            ("J K", word("Next, previous")),
            ("C", word("New account")),
            ("Enter", word("Open")),
            ("E", word("Edit")),
            ("A", word("Approve")),
            ("R", word("Reject, with a reason")),
        ],
    ),
];

/// Keys whose names differ from language to language.
const NAMED: [&str; 3] = [word("Ctrl"), word("Enter"), word("Esc")];

/// What is written on a key.
fn named(key: &'static str) -> &'static str {
    if NAMED.contains(&key) { t(key) } else { key }
}

/// Both dialogs, closed.
pub(super) fn dialogs() -> Markup {
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
                        dl .key-list {
                            @for (keys, what) in rows {
                                dt { @for key in keys.split(' ') { kbd { (named(key)) } " " } }
                                dd { (t(what)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
