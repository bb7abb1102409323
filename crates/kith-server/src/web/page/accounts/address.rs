//! The address of a state of the list, and the same state as hidden members of a form.

use kith_template::html;
use maud::Markup;

use super::AccountsPage;
use crate::web::link::Link;

/// A state of the list. `cursor` and `from` are left out: another order or filter begins at the first row.
#[derive(Debug, Clone)]
pub(super) struct Address<'a> {
    pub(super) question: &'a str,
    pub(super) filter: &'a str,
    pub(super) sort: &'a str,
    pub(super) view: &'a str,
    pub(super) columns: String,
}

impl<'a> Address<'a> {
    pub(super) fn of(page: &'a AccountsPage) -> Self {
        Self {
            question: &page.question,
            filter: &page.filter,
            sort: &page.sort,
            view: page.view.as_ref().map_or("", |view| &view.id),
            columns: page.cols.clone(),
        }
    }

    /// The link of this state. The filter is there even when it is empty, if it would otherwise be read from the
    /// question or the view: `f` wins over both.
    fn link(&self, path: &str) -> Link {
        let link = Link::to(path).with("q", self.question);
        let link = if self.question.is_empty() && self.view.is_empty() {
            link.with("f", self.filter)
        } else {
            link.always("f", self.filter)
        };
        link.with("sort", self.sort).with("view", self.view).with("cols", &self.columns)
    }

    pub(super) fn href(&self) -> String {
        self.link("/accounts").done()
    }

    /// The same state, elsewhere.
    pub(super) fn at(&self, path: &str) -> String {
        self.link(path).done()
    }

    /// The same state with the form for another condition open, in the place of a chip if one is named.
    pub(super) fn adding(&self, place: Option<usize>) -> String {
        let place = place.map(|place| place.to_string()).unwrap_or_default();
        self.link("/accounts").always("edit", "").with("at", &place).done()
    }

    /// The same state further down.
    pub(super) fn further(&self, path: &str, cursor: &str, from: u64, total: Option<u64>) -> String {
        let from = if from == 0 { String::new() } else { from.to_string() };
        let of = total.map(|total| total.to_string()).unwrap_or_default();
        self.link(path).with("cursor", cursor).with("from", &from).with("of", &of).done()
    }

    pub(super) fn sorted(&self, sort: &str) -> String {
        let mut other: Address<'_> = self.clone();
        other.sort = sort;
        other.href()
    }

    pub(super) fn filtered(&self, filter: &str) -> String {
        let mut other: Address<'_> = self.clone();
        other.filter = filter;
        other.href()
    }

    /// The state as hidden members, but for those named in `but`.
    pub(super) fn hidden(&self, but: &[&str]) -> Markup {
        let members = [
            ("q", self.question),
            ("f", self.filter),
            ("sort", self.sort),
            ("view", self.view),
            ("cols", &self.columns),
        ];
        // An empty filter is a filter, wherever it would otherwise be read from the question or the view.
        let told = !(self.question.is_empty() && self.view.is_empty());
        html! {
            @for (name, value) in members {
                @if (!value.is_empty() || (name == "f" && told)) && !but.contains(&name) { input type="hidden" name=(name) value=(value); }
            }
        }
    }
}
