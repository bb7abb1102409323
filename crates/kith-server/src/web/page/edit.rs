//! Editing the record: what was typed, its lane and approvers before it is sent, and what others changed meanwhile.

use std::collections::BTreeMap;

use kith_api::view::{AccountView, CandidateView, DiffView, OutlookView};
use kith_template::{html, say};
use maud::Markup;

use super::super::link::Link;
use super::super::number::{percent, phrase};
use super::super::part::diff::diff;
use super::super::part::icon::Icon;
use super::super::part::note::{Kind, note};
use super::super::shell::{Frame, Shell, framed};
use super::life::outlook;

pub mod field;
mod input;

use crate::web::words::t;
use field::EditField;

/// What is edited.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Subject {
    /// The account itself; with an entity, what that entity has otherwise.
    #[default]
    Account,
    /// An account that is not there yet.
    New,
    /// A contact person: `con_…`, or `new`.
    Contact(String),
    /// An address: `adr_…`, or `new`.
    Address(String),
}

impl Subject {
    /// The fields that can be edited.
    #[must_use]
    pub fn fields(&self) -> &'static [EditField] {
        match self {
            Self::Account => &field::ACCOUNT,
            Self::New => &field::NEW,
            Self::Contact(_) => &field::CONTACT,
            Self::Address(_) => &field::ADDRESS,
        }
    }

    /// The row that is edited, if it is a row of the account and not new.
    #[must_use]
    pub fn row(&self) -> Option<&str> {
        match self {
            Self::Contact(id) | Self::Address(id) => Some(id.as_str()).filter(|id| *id != "new"),
            Self::Account | Self::New => None,
        }
    }
}

/// A change of a field that waits for its approval.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Waiting {
    /// The field; empty for the rows that are edited.
    pub field: String,
    /// `chg_…`.
    pub change: String,
    /// Who asked for it.
    pub by: Option<String>,
    /// When.
    pub at: String,
    /// What the field would become.
    pub value: String,
}

/// A value that somebody else changed while it was being edited.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clash {
    /// The field.
    pub id: String,
    /// What it was when the form was opened.
    pub base: String,
    /// What it is now.
    pub theirs: String,
}

/// The state of the form.
#[derive(Debug, Clone, Default)]
pub struct EditPage {
    /// What is edited.
    pub subject: Subject,
    /// The account; empty for one that is not there yet.
    pub account: AccountView,
    /// The entity whose own values are edited.
    pub entity: Option<String>,
    /// The fields that the form shows.
    pub fields: Vec<EditField>,
    /// What stands in the fields.
    pub typed: BTreeMap<String, String>,
    /// What the record said when the form was opened.
    pub base: BTreeMap<String, String>,
    /// What may be chosen, by field: value and title.
    pub choices: BTreeMap<String, Vec<(String, String)>>,
    /// Why it was not taken, by field.
    pub faults: BTreeMap<String, String>,
    /// Why it was not taken, where no single field is at fault.
    pub fault: Option<String>,
    /// What others changed meanwhile.
    pub clashes: Vec<Clash>,
    /// What it would change, once something differs.
    pub changes: Vec<DiffView>,
    /// Its lane and approvers, once something differs.
    pub outlook: Option<OutlookView>,
    /// Changes of these fields that wait already.
    pub waiting: Vec<Waiting>,
    /// Accounts that may be the same customer.
    pub alike: Vec<CandidateView>,
    /// Why, in the words of whoever edits.
    pub reason: String,
    /// The entity's own value of the one field that is edited can be taken back.
    pub overridden: bool,
    /// What is asked for instead of the values: `inherit` the master's, or `remove` the row.
    pub instead: Option<&'static str>,
}

impl EditPage {
    /// Where the form is sent.
    #[must_use]
    pub fn action(&self) -> String {
        match self.subject {
            Subject::New => "/accounts/new".to_owned(),
            _ => format!("/accounts/{}/edit", self.account.id),
        }
    }

    /// The account's page, as the entity that is edited sees it.
    #[must_use]
    pub fn back(&self) -> String {
        match self.subject {
            Subject::New => "/accounts".to_owned(),
            _ => Link::to(&format!("/accounts/{}", self.account.id))
                .with("entity", self.entity.as_deref().unwrap_or_default())
                .done(),
        }
    }

    fn title(&self) -> String {
        let name = &self.account.name;
        match (&self.subject, self.fields.as_slice()) {
            (Subject::New, _) => t("New account").to_owned(),
            (Subject::Contact(id), _) if id == "new" => say!("New contact of {name}"),
            (Subject::Contact(_), _) => say!("Contact of {name}"),
            (Subject::Address(id), _) if id == "new" => say!("New address of {name}"),
            (Subject::Address(_), _) => say!("Address of {name}"),
            (Subject::Account, [one]) => say!("{field} of {name}", field = one.label()),
            (Subject::Account, _) => say!("Edit {name}"),
        }
    }

    /// What the outlook that was shown came to: what is sent must be what was seen.
    #[must_use]
    pub fn seen(&self) -> String {
        self.outlook
            .as_ref()
            .filter(|outlook| outlook.refusal.is_none())
            .map(|outlook| format!("{}:{}", outlook.lane, outlook.steps.join(",")))
            .unwrap_or_default()
    }
}

/// The page.
#[must_use]
pub fn edit(shell: &Shell, page: &EditPage) -> Markup {
    let title = page.title();
    let back = page.back();
    let above: Vec<(&str, &str)> = match page.subject {
        Subject::New => vec![(t("Accounts"), "/accounts")],
        _ => vec![(t("Accounts"), "/accounts"), (page.account.name.as_str(), back.as_str())],
    };
    let frame = Frame { above: &above, here: &title, kind: "edit", account: None, wide: false };
    let content = html! {
        .head { .stack .x {
            h1 { (title) }
            @if let Some(entity) = &page.entity { p .muted { "What " (entity) " has otherwise than the master record." } }
            @if page.subject == Subject::New { p .muted { "Three fields are enough to begin with." } }
        } }
        section .card .narrow { (form(shell, page, false)) }
    };
    framed(shell, &frame, &content)
}

/// The form alone, for a place inside another page.
#[must_use]
pub fn edit_inline(shell: &Shell, page: &EditPage) -> Markup {
    form(shell, page, true)
}

fn form(shell: &Shell, page: &EditPage, inline: bool) -> Markup {
    let only: Vec<&str> = page.fields.iter().map(|field| &*field.id).collect();
    html! {
        form .edit .stack .body[!inline] method="post" action=(page.action()) data-edit {
            input type="hidden" name="csrf" value=(shell.csrf);
            input type="hidden" name="only" value=(only.join(","));
            @if let Some(entity) = &page.entity { input type="hidden" name="entity" value=(entity); }
            @match &page.subject {
                Subject::Contact(id) => input type="hidden" name="contact" value=(id);,
                Subject::Address(id) => input type="hidden" name="address" value=(id);,
                Subject::Account | Subject::New => {},
            }
            @if let Some(instead) = page.instead { input type="hidden" name=(instead) value="true"; }
            @for field in &page.fields {
                input type="hidden" name=(format!("base.{}", field.id)) value=(page.base.get(&*field.id).map_or("", String::as_str));
            }
            @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p .b { (fault) } })) }
            @if !page.clashes.is_empty() { (clashes(page)) }
            (alike(page))
            @for found in page.waiting.iter().filter(|found| found.field.is_empty()) { (waits(shell, found, "edit-waits")) }
            @for part in page.fields.chunk_by(|one, other| one.part == other.part) { (part_of(shell, page, (part, inline))) }
            (coming(page))
            @if !inline && page.subject != Subject::New {
                .stack .t {
                    label .sm .b for="edit-reason" { "Reason " span .muted .plain { "kept with the change" } }
                    input #edit-reason .field name="reason" value=(page.reason) maxlength="1000" autocomplete="off";
                }
            }
            (buttons(page, inline))
        }
    }
}

fn part_of(shell: &Shell, page: &EditPage, (fields, inline): (&[EditField], bool)) -> Markup {
    let title = fields.first().map_or("", |field| field.part);
    let several = !inline && page.fields.len() > 1;
    html! {
        @if several && !title.is_empty() { h2 { (t(title)) } }
        div .fields[several] { @for field in fields { (input::input(shell, page, field, inline)) } }
    }
}

/// That a change waits already, and what another one would lead to.
fn waits(shell: &Shell, found: &Waiting, id: &str) -> Markup {
    html! {
        div #(id) .sm .warn .waits {
            p {
                @if found.value.is_empty() { "A change of this waits already" } @else { "A change to " b { (found.value) } " waits already" }
                ", asked for by " (found.by.as_deref().unwrap_or(t("Somebody"))) " " (shell.clock.age_mark(Some(&found.at))) ". "
                a .ul href=(format!("/changes/{}", found.change)) { "Open that change" }
            }
            p { "Another one waits beside it. Whichever is approved first is applied; the other then shows both values to whoever decides it." }
        }
    }
}

/// The three values of what was changed by two: as it was, theirs, yours.
fn clashes(page: &EditPage) -> Markup {
    let title = |id: &str| {
        page.fields
            .iter()
            .find(|field| field.id == id)
            .map_or_else(|| phrase(id), |field| field.label().to_owned())
    };
    let shown = |text: &str| html! { @if text.is_empty() { span .muted { "not set" } } @else { span .pre { (text) } } };
    html! {
        (note(Kind::Warn, &html! {
            p .b { "Somebody changed this while you were editing. Nothing of yours is lost." }
            p { "Take one value of each; yours is sent on top of theirs." }
        }))
        .scroll tabindex="0" role="group" aria-label="Values that clash" {
            table .cmp .pick #clashes {
                thead { tr { th scope="col" { "Field" } th scope="col" { "When you began" } th scope="col" { "Theirs, now" } th scope="col" { "Yours" } } }
                tbody {
                    @for clash in &page.clashes {
                        @let yours = page.typed.get(&clash.id).map_or("", String::as_str);
                        @let name = format!("keep.{}", clash.id);
                        tr {
                            th scope="row" { (title(&clash.id)) }
                            td { (shown(&clash.base)) }
                            td { label { input type="radio" name=(name) value="theirs"; (shown(&clash.theirs)) } }
                            td { label { input type="radio" name=(name) value="yours" checked; (shown(yours)) } }
                        }
                    }
                }
            }
        }
    }
}

/// Customers on record that look like this one.
fn alike(page: &EditPage) -> Markup {
    html! {
        @if !page.alike.is_empty() {
            (note(Kind::Warn, &html! {
                p .b { "This may be a customer you have." }
                ul .stack .x {
                    @for found in &page.alike {
                        li {
                            a .ul href=(format!("/accounts/{}", found.account.id)) { (found.account.name) }
                            span .muted { ", " (percent(found.probability)) " alike" }
                        }
                    }
                }
                label .row { input type="checkbox" name="accept" value="true"; "It is another customer" }
            }))
        }
    }
}

/// What will happen: before and after, the lane, and who approves.
fn coming(page: &EditPage) -> Markup {
    html! {
        div data-outlook .stack .t aria-live="polite" {
            input type="hidden" name="seen" value=(page.seen());
            @if !page.changes.is_empty() && page.subject != Subject::New { (diff(&page.changes)) }
            @if let Some(found) = page.outlook.as_ref().filter(|found| found.refusal.is_none()) { (outlook(found)) }
        }
    }
}

fn buttons(page: &EditPage, inline: bool) -> Markup {
    let seen = !page.seen().is_empty();
    let waits = page.outlook.as_ref().is_some_and(|found| !found.steps.is_empty());
    html! {
        .row .wrap .gap2 {
            button .btn .pri .sm[inline] type="submit" data-send {
                (Icon::Check.show())
                @match (seen, waits) { (true, true) => "Send for approval", (true, false) => "Save", _ => "Check" }
            }
            a .btn .sm[inline] href=(page.back()) data-leave { "Cancel" }
            @if page.overridden { button .btn .sm[inline] type="submit" name="inherit" value="true" { (Icon::Undo.show()) "Use master value" } }
            @if page.subject.row().is_some() { button .btn .danger .push type="submit" name="remove" value="true" { "Remove" } }
        }
    }
}
