//! Touchpoints that wait for a person or for their account.

use kith_api::view::QuarantineView;
use maud::{Markup, html};

use super::super::shell::{Frame, Shell, framed};

/// The list of touchpoints in quarantine.
#[derive(Debug, Clone, Default)]
pub struct QuarantinePage {
    /// What waits, or was decided.
    pub items: Vec<QuarantineView>,
    /// `state` of the address: `waiting`, `replayed`, `accepted`, `discarded`.
    pub state: String,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// The reader may replay and discard.
    pub may_decide: bool,
}

/// The quarantine.
#[must_use]
pub fn quarantine(shell: &Shell, page: &QuarantinePage) -> Markup {
    let frame = Frame { above: &[], here: "Quarantine", kind: "quarantine", account: None, wide: false };
    framed(shell, &frame, &html! { @for item in &page.items { p { (item.detail) } } })
}
