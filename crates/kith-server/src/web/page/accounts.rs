//! The worklist: ask in words, see whom to call and why.

use kith_api::view::{AskReply, ChipView, FieldView, SavedView, Worklist};
use maud::{Markup, html};

use super::super::shell::{Frame, Shell, framed};

/// An extra column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Column {
    /// Field id, also the name to sort by.
    pub id: String,
    /// Title.
    pub title: String,
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
    /// Choices of a question back; when empty, the reply's own choices are asked as they stand.
    pub choices: Vec<Choice>,
    /// `f`: the filter in force, from the address, the view or the question.
    pub filter: String,
    /// The filter in force as chips; when empty, those of the reply if its filter is in force.
    pub chips: Vec<ChipView>,
    /// `sort`: the order in force, for example `-revenue_365d`.
    pub sort: String,
    /// `view`: the saved view that is open.
    pub view: Option<SavedView>,
    /// The accounts.
    pub list: Worklist,
    /// `from`: how many accounts stand before the first row.
    pub from: u64,
    /// The filter of the address could not be read.
    pub error: Option<FilterFault>,
    /// `cols`: extra columns.
    pub columns: Vec<Column>,
    /// Fields that may become columns; empty hides the chooser.
    pub fields: Vec<FieldView>,
}

/// The accounts page.
#[must_use]
pub fn accounts(shell: &Shell, page: &AccountsPage) -> Markup {
    let frame = Frame { above: &[], here: "Accounts", kind: "accounts", account: None, wide: false };
    framed(shell, &frame, &html! { table { tbody #rows { (accounts_rows(&page.list, page.from)) } } })
}

/// The rows alone, for the live refresh; `from` is the address's `from`.
#[must_use]
pub fn accounts_rows(list: &Worklist, from: u64) -> Markup {
    html! { @for (row, rank) in list.rows.iter().zip(from + 1..) { tr data-account=(row.id) { td { (rank) } td { (row.name) } } } }
}
