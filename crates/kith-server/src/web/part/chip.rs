//! A condition of the filter that can be read, edited and removed.

use kith_api::view::ChipView;
use kith_template::{html, say};
use maud::Markup;

use super::icon::Icon;
use crate::web::words::told;

/// A condition: `hidden` are the form's other members, `remove` is the address without it.
pub(crate) fn chip(chip: &ChipView, place: usize, hidden: &Markup, remove: &str) -> Markup {
    let field = format!("chip-{place}");
    html! {
        span .chip {
            span .k { (told(&chip.label)) }
            details .menu .inline {
                summary .v aria-label=(say!("Change: {label} {text}", label = told(&chip.label), text = told(&chip.text))) {
                    (told(&chip.text)) (Icon::Down.small())
                }
                form .panel method="get" action="/accounts" {
                    (hidden)
                    input type="hidden" name="with" value=(chip.without);
                    label .sm .b for=(field) { "Condition" }
                    input .field .mono #(field) name="f" value=(chip.expression) spellcheck="false" autocomplete="off";
                    span .row { button .btn .pri .sm type="submit" { "Apply" } a .btn .sm href=(remove) { "Remove" } }
                }
            }
            a .rm href=(remove) aria-label=(say!("Remove {label} {text}", label = told(&chip.label), text = told(&chip.text))) { (Icon::Close.small()) }
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
