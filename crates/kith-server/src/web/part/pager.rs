//! The way to the next page.

use kith_template::html;
use maud::Markup;

/// A link to what comes next, and one back to the start when this is not the first page.
pub(crate) fn pager(next: Option<&str>, start: Option<&str>, label: &str) -> Markup {
    if next.is_none() && start.is_none() {
        return html! {};
    }
    html! {
        nav .pager aria-label="Pages" {
            @if let Some(start) = start { a .btn href=(start) { "From the start" } }
            @if let Some(next) = next { a .btn .push rel="next" href=(next) { (label) } }
        }
    }
}
