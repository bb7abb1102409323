//! The worklist: ask in phrase, see whom to call and why.

use kith_api::view::{AskReply, ChipView, FieldView, SavedView, Worklist};
use kith_template::{html, plural, say};
use maud::Markup;

use super::super::clock::date;
use super::super::number::{money, money_short, phrase};
use super::super::shell::{Frame, Shell, framed};
use crate::web::part::meaning::Meaning;
use crate::web::words::{Language, reader, t};

mod address;
mod ask;
pub(crate) mod bulk;
mod clause;
mod table;
mod tools;
mod views;

pub use clause::{Adding, Clause};
pub(crate) use clause::{can_ask, clause_form, words as clause_words};
pub use table::usual_columns;
pub(crate) use table::{USUAL, drawn_title, exported_title, is_plain};
pub use views::{ViewsPage, views};

/// A column that is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Column {
    /// A field, or one of those that only pages draw.
    pub id: String,
    /// Title.
    pub title: String,
    /// Pixels, where that was set.
    pub width: Option<u16>,
    /// Kind of the field, for one that is shown as it is.
    pub kind: String,
    /// Its unit.
    pub unit: String,
}

/// A choice that answers a question back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// What it says.
    pub label: String,
    /// The question to ask instead.
    pub question: String,
}

/// A filter that could not be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilterFault {
    /// The filter as it was typed.
    pub filter: String,
    /// Byte at which the fault begins.
    pub at: usize,
    /// Bytes at fault.
    pub len: usize,
    /// What is wrong.
    pub message: String,
    /// What might be meant.
    pub hint: Option<String>,
}

/// The state of the accounts page: every member but the reply and the list is in the address.
#[derive(Debug, Clone, Default)]
pub struct AccountsPage {
    /// `q`: the question as it was asked.
    pub question: String,
    /// What the question became.
    pub reply: Option<AskReply>,
    /// What the question was understood as, piece by piece.
    pub meanings: Vec<Meaning>,
    /// Choices of a question back; when empty, the reply's own choices are asked as they stand.
    pub choices: Vec<Choice>,
    /// `f`: the filter in force, from the address, the view or the question.
    pub filter: String,
    /// The filter in force as chips; when empty, those of the reply if its filter is in force.
    pub chips: Vec<ChipView>,
    /// The chips that no form can say, in words: what each is about, and what it says; empty texts for the others.
    pub worded: Vec<(String, String)>,
    /// The chips as forms, in their order; `None` for one that no form can say.
    pub clauses: Vec<Option<Clause>>,
    /// `edit`, `at`: the form for another condition is open.
    pub adding: Option<Adding>,
    /// Fields that can be asked about in a form.
    pub askable: Vec<FieldView>,
    /// The organisation's currency: that of amounts in conditions.
    pub currency: String,
    /// `sort`: the order in force, for example `-revenue_365d`.
    pub sort: String,
    /// `view`: the saved view that is open.
    pub view: Option<SavedView>,
    /// The accounts.
    pub list: Worklist,
    /// `cursor`: where this page of the list begins; `None` at the start.
    pub cursor: Option<String>,
    /// `from`: how many accounts stand before the first row.
    pub from: u64,
    /// The filter of the address could not be read.
    pub error: Option<FilterFault>,
    /// Why something that was asked of the page was not done, for example a view that was not saved.
    pub refused: Option<String>,
    /// The columns that are shown, after the name.
    pub columns: Vec<Column>,
    /// Pixels of the column of names, where that was set.
    pub name_width: Option<u16>,
    /// `cols`: the columns as the address has them; empty where it says nothing.
    pub cols: String,
    /// Fields that may become columns; empty hides the chooser.
    pub fields: Vec<FieldView>,
    /// `of`: how many match in all, as the first page counted.
    pub total: Option<u64>,
    /// The list is otherwise than the view that is open.
    pub changed: bool,
    /// Teams of the reader, to which a view may be given: code and name.
    pub teams: Vec<(String, String)>,
    /// What the reader may do with many accounts at once.
    pub acts: Vec<bulk::BulkKind>,
    /// The reader may create accounts.
    pub may_create: bool,
}

/// The accounts page.
#[must_use]
pub fn accounts(shell: &Shell, page: &AccountsPage) -> Markup {
    let title = page.view.as_ref().map_or(t("Accounts"), |view| view.name.as_str());
    let above: &[(&str, &str)] = if page.view.is_some() { &[(t("Accounts"), "/accounts")] } else { &[] };
    let frame = Frame { above, here: title, kind: "accounts", account: None, wide: false };
    let content = html! {
        .head {
            .stack .x {
                h1 { (title) }
                p .muted { (summary(page)) }
            }
            .push .row .wrap { (tools::tools(shell, page)) }
        }
        (tools::changed(shell, page))
        (ask::ask(page))
        (ask::outcome(shell, page))
        (table::table(shell, page))
    };
    framed(shell, &frame, &content)
}

/// How many, how much a year, in which order, as of when.
fn summary(page: &AccountsPage) -> Markup {
    let list = &page.list;
    if table::is_beside_the_point(page) {
        return html! { "Ask in your own words, or write a filter." };
    }
    html! {
        @if let Some(total) = page.total { b .num .strong { (plural!(total, "1 account", "{n} accounts")) } } @else { "Accounts" }
        @if let Some(revenue) = &list.revenue {
            ", " span title=(money(revenue)) { (money_short(revenue)) } " a year"
        }
        ". "
        @if let Some(order) = order_words(&page.sort) { "Ranked by " (order) ". " }
        @if !list.day.is_empty() { "Values of " (date(&list.day)) "." }
    }
}

/// `-revenue_365d` → `revenue, 12 months, highest first`.
fn order_words(sort: &str) -> Option<String> {
    let first = sort.split(',').next()?.trim();
    let (field, falling) = first.strip_prefix('-').map_or((first, false), |field| (field, true));
    if field.is_empty() {
        return None;
    }
    if field == "name" {
        return Some(if falling { t("name, Z to A") } else { t("name, A to Z") }.to_owned());
    }
    let name = table::title_of(field).map_or_else(|| phrase(field), within);
    Some(if falling { say!("{name}, highest first") } else { say!("{name}, lowest first") })
}

/// A heading inside a sentence: small in English, as it is where nouns have capitals.
fn within(title: &str) -> String {
    if reader().language == Language::German { title.to_owned() } else { title.to_lowercase() }
}

/// The rows alone, for the live refresh.
#[must_use]
pub fn accounts_rows(page: &AccountsPage) -> Markup {
    table::rows(page)
}
