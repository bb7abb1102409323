//! Changes to the record: what waits, what one would do, and the decision.

use kith_api::view::ChangeView;
use maud::{Markup, html};

use super::super::shell::{Frame, Shell, framed};

/// A list of changes.
#[derive(Debug, Clone, Default)]
pub struct ChangesPage {
    /// The changes, those that wait longest first, decided ones newest first.
    pub changes: Vec<ChangeView>,
    /// `state` of the address: `waiting`, `applied`, `rejected`, or empty for all.
    pub state: String,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// Ids of the changes that the reader may decide.
    pub decidable: Vec<String>,
}

/// The list, with its first change open beside it on a wide screen.
#[must_use]
pub fn changes(shell: &Shell, page: &ChangesPage) -> Markup {
    let frame = Frame { above: &[], here: "Changes", kind: "changes", account: None, wide: true };
    framed(shell, &frame, &html! { @for change in &page.changes { p { (change.title) } } })
}

/// One change; `beside` is the list it was opened from, if it is to stay in sight.
#[must_use]
pub fn change(shell: &Shell, change: &ChangeView, may_approve: bool, beside: Option<&ChangesPage>) -> Markup {
    let frame = Frame {
        above: &[("Changes", "/changes")],
        here: &change.title,
        kind: "change",
        account: None,
        wide: true,
    };
    framed(shell, &frame, &html! { h1 { (change.title) } (may_approve) (beside.is_some()) })
}
