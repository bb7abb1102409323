//! Logging a call, a meeting or a visit from the head of the account.

use std::collections::HashMap;

use kith_template::html;
use maud::Markup;

use super::AccountPage;
use crate::web::number::words;
use crate::web::part::icon::Icon;
use crate::web::shell::Shell;

/// A talk that was not taken: what was typed, and why, by field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TalkDraft {
    /// What was typed.
    pub typed: HashMap<String, String>,
    /// Why it was not taken, by field.
    pub faults: HashMap<String, String>,
}

/// The button with its form.
pub(super) fn talk(shell: &Shell, page: &AccountPage) -> Markup {
    let draft = &page.talk;
    let typed = |name: &str| draft.typed.get(name).map_or("", String::as_str);
    let fault = |name: &str| draft.faults.get(name);
    let said = |name: &str| html! { @if let Some(fault) = fault(name) { p .sm .bad role="alert" id=(format!("talk-{name}-fault")) { (fault) } } };
    html! {
        details .menu .down #log open[!draft.faults.is_empty()] {
            summary .btn .sm data-key="l" { (Icon::Phone.small()) "Log contact" kbd aria-hidden="true" { "L" } }
            form .panel .wide method="post" action=(format!("/accounts/{}/talks", page.account.id)) {
                input type="hidden" name="csrf" value=(shell.csrf);
                input type="hidden" name="key" value=(page.talk_key);
                label .sm .b for="talk-text" { "What was said" }
                textarea #talk-text .field name="text" rows="4" required maxlength="4000" aria-invalid=[fault("text").map(|_| "true")] aria-describedby=[fault("text").map(|_| "talk-text-fault")] { (typed("text")) }
                (said("text"))
                .row .wrap .gap3 role="group" aria-label="How you talked" {
                    @for channel in kith_engine::CHANNELS {
                        label .row .gap1 { input type="radio" name="channel" value=(channel) checked[channel == typed("channel") || (typed("channel").is_empty() && channel == "call")]; (words(channel)) }
                    }
                }
                (said("channel"))
                .row .wrap {
                    .grow .stack .x {
                        label .sm .b for="talk-with" { "With" }
                        input #talk-with .field name="with" list="talk-people" maxlength="200" autocomplete="off" value=(typed("with"));
                        datalist #talk-people { @for contact in &page.account.contacts { @if let Some(name) = &contact.name { option value=(name) {} } } }
                    }
                    .stack .x {
                        label .sm .b for="talk-at" { "When " span .muted .plain { "now, if empty" } }
                        input #talk-at .field name="at" type="datetime-local" value=(typed("at")) aria-invalid=[fault("at").map(|_| "true")] aria-describedby=[fault("at").map(|_| "talk-at-fault")];
                    }
                }
                (said("with")) (said("at"))
                .row { button .btn .pri .push type="submit" { "Save" kbd aria-hidden="true" { "Ctrl ⏎" } } }
            }
        }
    }
}
