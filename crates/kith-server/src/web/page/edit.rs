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

use crate::web::words::t;
use field::{EditField, Typing};

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
            (Subject::Account, [one]) => say!("{field} of {name}", field = t(one.title)),
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
    let only: Vec<&str> = page.fields.iter().map(|field| field.id).collect();
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
                input type="hidden" name=(format!("base.{}", field.id)) value=(page.base.get(field.id).map_or("", String::as_str));
            }
            @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p .b { (fault) } })) }
            @if !page.clashes.is_empty() { (clashes(page)) }
            (alike(page))
            @for part in page.fields.chunk_by(|one, other| one.part == other.part) { (part_of(page, part, inline)) }
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

fn part_of(page: &EditPage, fields: &[EditField], inline: bool) -> Markup {
    let title = fields.first().map_or("", |field| field.part);
    let several = !inline && page.fields.len() > 1;
    html! {
        @if several && !title.is_empty() { h2 { (t(title)) } }
        div .fields[several] { @for field in fields { (input(page, field, inline)) } }
    }
}

fn input(page: &EditPage, field: &EditField, inline: bool) -> Markup {
    let id = format!("edit-{}", field.id);
    let fault = page.faults.get(field.id);
    let fault_id = fault.map(|_| format!("{id}-fault"));
    let typed = page.typed.get(field.id).map_or("", String::as_str);
    let list = page.choices.get(field.id).filter(|_| field.typing == Typing::Known);
    let list_id = list.map(|_| format!("{id}-list"));
    let class = if fault.is_some() { "field err" } else { "field" };
    let kind = match field.typing {
        Typing::Email => "email",
        Typing::Phone => "tel",
        _ => "text",
    };
    let mode = matches!(field.typing, Typing::Whole | Typing::Money).then_some("decimal");
    html! {
        .stack .x {
            @if field.typing == Typing::Flag {
                label .row { input #(id) type="checkbox" name=(field.id) value="true" checked[typed == "true"]; (t(field.title)) }
            } @else {
                label .sm .b .vh[inline] for=(id) { (t(field.title)) @if field.required { span .muted .plain { " required" } } }
                @match field.typing {
                    Typing::Choice => (select(page, field, (&id, class, fault_id.as_deref()), typed)),
                    Typing::Lines => textarea #(id) class=(class) name=(field.id) rows="3" aria-invalid=[fault.map(|_| "true")] aria-describedby=[fault_id.as_deref()] { (typed) },
                    _ => input #(id) class=(class) type=(kind) name=(field.id) value=(typed) inputmode=[mode] list=[list_id.as_deref()]
                        aria-invalid=[fault.map(|_| "true")] aria-describedby=[fault_id.as_deref()] autocomplete="off";,
                }
            }
            @if let (Some(list), Some(list_id)) = (list, &list_id) {
                datalist #(list_id) { @for (value, title) in list { option value=(value) { (title) } } }
            }
            @if let (Some(fault), Some(fault_id)) = (fault, &fault_id) { p #(fault_id) .sm .bad role="alert" { (fault) } }
            @if field.typing == Typing::List && fault.is_none() && !inline { span .xs .muted { "Several are separated by commas." } }
        }
    }
}

fn select(
    page: &EditPage,
    field: &EditField,
    (id, class, fault): (&str, &str, Option<&str>),
    typed: &str,
) -> Markup {
    let choices = page.choices.get(field.id).map(Vec::as_slice).unwrap_or_default();
    let known = typed.is_empty() || choices.iter().any(|(value, _)| value == typed);
    html! {
        select #(id) class=(class) name=(field.id) aria-invalid=[fault.map(|_| "true")] aria-describedby=[fault] {
            @if !field.required || typed.is_empty() { option value="" selected[typed.is_empty()] { "not set" } }
            @if !known { option value=(typed) selected { (typed) } }
            @for (value, title) in choices { option value=(value) selected[value == typed] { (title) } }
        }
    }
}

/// The three values of what was changed by two: as it was, theirs, yours.
fn clashes(page: &EditPage) -> Markup {
    let title = |id: &str| {
        page.fields
            .iter()
            .find(|field| field.id == id)
            .map_or_else(|| phrase(id), |field| t(field.title).to_owned())
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
