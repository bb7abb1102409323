//! Notes in the page, and what stands where there is nothing.

use kith_template::html;
use maud::Markup;

use super::icon::Icon;

/// How a note is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// To know.
    Info,
    /// To look at.
    Warn,
    /// It did not work.
    Bad,
}

/// A note.
pub(crate) fn note(kind: Kind, content: &Markup) -> Markup {
    let (class, icon) = match kind {
        Kind::Info => ("info", Icon::Info),
        Kind::Warn => ("warn", Icon::Warning),
        Kind::Bad => ("bad", Icon::Alert),
    };
    html! {
        div class=(format!("note {class}")) role=[(kind == Kind::Bad).then_some("alert")] {
            (icon.show())
            .grow .stack .t { (content) }
        }
    }
}

/// Nothing here: what belongs here, and one thing to do.
pub(crate) fn empty(icon: Icon, title: &str, text: &Markup) -> Markup {
    html! {
        .empty {
            (icon.large())
            p .b { (title) }
            p .muted { (text) }
        }
    }
}
