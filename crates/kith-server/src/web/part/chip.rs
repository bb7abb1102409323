//! A condition of the filter that can be read, edited and removed.

use kith_template::{html, say};
use maud::Markup;

use super::icon::Icon;

/// A condition: what it is about, what it says, the form that edits it and the address without it.
pub(crate) fn chip((label, text): (&str, &str), form: &Markup, is_open: bool, remove: &str) -> Markup {
    html! {
        span .chip {
            span .k { (label) }
            details .menu .inline open[is_open] {
                summary .v aria-label=(say!("Change: {label} {text}")) { (text) (Icon::Down.small()) }
                (form)
            }
            a .rm href=(remove) aria-label=(say!("Remove {label} {text}")) { (Icon::Close.small()) }
        }
    }
}

/// A word that was not understood.
pub(crate) fn unread(word: &str) -> Markup {
    html! {
        span .chip .unread title="This was not understood and is not part of the filter" {
            span .v { span .vh { "Not understood: " } "“" (word) "”" }
        }
    }
}
