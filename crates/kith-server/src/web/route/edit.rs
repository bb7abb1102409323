//! Editing the record: the form, its lane and approvers before it is sent, and what others changed meanwhile.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect};
use kith_api::view::AccountView;
use kith_domain::access::Grant;
use kith_domain::account::{Command as AccountCommand, Draft, OVERRIDABLE};
use kith_domain::command::Command;
use kith_domain::refusal::{FieldFault, Refusal, RefusalKind};
use kith_domain::value::AccountId;
use kith_engine::{Answer, Request, Viewpoint};
use serde_json::{Map, Value, json};

use super::form::{Form, Sent};
use super::life::id_of;
use super::miss::{Miss, Page, sentence};
use super::visit::Visit;
use crate::web::link::Link;
use crate::web::page::edit::field::{EditField, kept, text_of, value_of};
use crate::web::page::edit::{Clash, EditPage, Subject, edit, edit_inline};
use crate::web::shell::Section;
use crate::web::words::{t, told};

mod choice;
mod waiting;

pub(super) use choice::{entities, people, teams, terms};

/// Times that a form is decided again because the record moved on in that very moment.
const TRIES: usize = 3;

/// What the address or the form says about what is edited.
fn subject(text: impl Fn(&str) -> String) -> Subject {
    match (text("contact"), text("address")) {
        (contact, _) if !contact.is_empty() => Subject::Contact(contact),
        (_, address) if !address.is_empty() => Subject::Address(address),
        _ => Subject::Account,
    }
}

pub(super) async fn show(visit: Visit, Path(name): Path<String>) -> Page {
    may_edit(&visit)?;
    let given = |member: &str| visit.text(member).to_owned();
    let entity = visit.param("entity");
    let page = opened(&visit, &name, (subject(given), entity, visit.text("field"))).await?;
    drawn(&visit, page, visit.text("part") == "inline").await
}

/// The form for a new account: what it must have, what is usual, and what the organisation asks for besides.
fn blank(visit: &Visit) -> EditPage {
    let mut fields = Subject::New.fields().to_vec();
    let mut own = own_fields(visit, None);
    // What must be there stands with what must be there.
    let place = fields.iter().take_while(|field| field.required).count();
    let (must, may): (Vec<_>, Vec<_>) = own.drain(..).partition(|field| field.required);
    let must = must.into_iter().map(|field| EditField { part: "", ..field });
    fields.splice(place..place, must);
    fields.extend(may);
    EditPage { subject: Subject::New, fields, ..EditPage::default() }
}

/// The organisation's own fields that an account of an entity can have.
fn own_fields(visit: &Visit, entity: Option<&str>) -> Vec<EditField> {
    let fields = visit.engine.custom_fields().items.into_iter();
    let here = |of: &Option<String>| match (of, entity) {
        (Some(of), Some(entity)) => of == entity,
        _ => true,
    };
    let open = fields.filter(|field| !field.retired && here(&field.entity));
    // A field of one entity alone is not asked of an account whose entity is not known yet.
    open.map(|field| EditField {
        required: field.required && (field.entity.is_none() || entity.is_some()),
        ..EditField::of_custom(&field)
    })
    .collect()
}

/// Who may edit nothing sees no form for it.
fn may_edit(visit: &Visit) -> Result<(), Miss> {
    visit.may_somewhere(Grant::AccountsWrite).then_some(()).ok_or_else(Miss::not_found)
}

pub(super) async fn show_new(visit: Visit) -> Page {
    may_edit(&visit)?;
    let mut page = blank(&visit);
    page.choices = choice::choices(&visit, &page).await?;
    for field in &page.fields {
        let given = visit.text(&field.id);
        if !given.is_empty() {
            page.typed.insert(field.id.to_string(), given.to_owned());
        }
    }
    if let [(only, _)] = page.choices.get("owning_entity").map(Vec::as_slice).unwrap_or_default() {
        page.typed.insert("owning_entity".to_owned(), only.clone());
    }
    drawn(&visit, page, false).await
}

/// The form as the record stands; `only` names the one field that is edited, or several with commas between.
async fn opened(
    visit: &Visit,
    name: &str,
    (subject, entity, only): (Subject, Option<String>, &str),
) -> Result<EditPage, Miss> {
    let account = seen(visit, name, entity.as_deref()).await?;
    let wanted: Vec<&str> = only.split(',').filter(|id| !id.is_empty()).collect();
    // Tags of an entity are added to the master's and taken from them: they are no value in place of another.
    let overridable =
        |field: &EditField| entity.is_none() || (OVERRIDABLE.contains(&&*field.id) && field.id != "tags");
    let own = match subject {
        Subject::Account => own_fields(visit, Some(&account.owning_entity)),
        _ => Vec::new(),
    };
    let all = subject.fields().iter().cloned().chain(own);
    let fields: Vec<EditField> =
        all.filter(|field| wanted.is_empty() || wanted.contains(&&*field.id)).filter(overridable).collect();
    if fields.is_empty() {
        return Err(Miss::not_found());
    }
    let base = values(&subject, &account, &fields)?;
    let overridden = match (&entity, fields.as_slice()) {
        (Some(entity), [one]) => {
            let master = visit.engine.account(&visit.caller, &account.id).await??;
            master.overrides.get(entity).is_some_and(|said| said.get(&*one.id).is_some())
        }
        _ => false,
    };
    let mut page = EditPage {
        subject,
        account,
        entity,
        fields,
        typed: base.clone(),
        base,
        overridden,
        ..EditPage::default()
    };
    page.choices = choice::choices(visit, &page).await?;
    page.waiting = waiting::waiting(visit, &page).await?;
    Ok(page)
}

async fn seen(visit: &Visit, name: &str, entity: Option<&str>) -> Result<AccountView, Miss> {
    let from = Viewpoint { entity: entity.map(str::to_owned), as_of: None };
    Ok(visit.engine.account_seen(&visit.caller, name, &from).await??)
}

/// What the record says, as it is typed.
fn values(
    subject: &Subject,
    account: &AccountView,
    fields: &[EditField],
) -> Result<BTreeMap<String, String>, Miss> {
    let whole = serde_json::to_value(account).unwrap_or_default();
    let row = |list: &str, id: &str| {
        let rows = whole.get(list).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let found = rows.iter().find(|row| row.get("id").and_then(Value::as_str) == Some(id)).cloned();
        found.ok_or_else(Miss::not_found)
    };
    let held = match (subject, subject.row()) {
        (Subject::Contact(_), Some(id)) => row("contacts", id)?,
        (Subject::Address(_), Some(id)) => row("addresses", id)?,
        (Subject::Account, _) => whole,
        _ => json!({}),
    };
    let value = |field: &EditField| {
        let found = match field.custom() {
            Some(name) => held.get("custom").and_then(|custom| custom.get(name)),
            None => held.get(&*field.id),
        };
        text_of(field.typing, found.unwrap_or(&Value::Null))
    };
    Ok(fields.iter().map(|field| (field.id.to_string(), value(field))).collect())
}

async fn drawn(visit: &Visit, page: EditPage, inline: bool) -> Page {
    let status = if page.faults.is_empty() && page.fault.is_none() { 200 } else { 422 };
    let status = axum::http::StatusCode::from_u16(status).unwrap_or_default();
    if inline {
        return Ok((status, Html(edit_inline(&visit.bare_shell(), &page).into_string())).into_response());
    }
    let title = if page.subject == Subject::New { t("New account") } else { page.account.name.as_str() };
    let shell = visit.shell(title, Section::Accounts).await?;
    Ok((status, Html(edit(&shell, &page).into_string())).into_response())
}

/// What was typed, compared with the record of now.
async fn typed(visit: &Visit, name: &str, form: &Form) -> Result<EditPage, Miss> {
    let given = |member: &str| form.text(member).to_owned();
    let entity = Some(given("entity")).filter(|entity| !entity.is_empty());
    let now = opened(visit, name, (subject(given), entity, form.text("only"))).await?;
    let mut page = EditPage { reason: given("reason"), ..now };
    for field in &page.fields {
        let base = normal(form.exact(&format!("base.{}", field.id)));
        let theirs = page.base.get(&*field.id).cloned().unwrap_or_default();
        let follows = form.text(&format!("keep.{}", field.id)) == "theirs";
        let (yours, fault) = if follows { (theirs.clone(), None) } else { given_in(field, form) };
        page.faults.extend(fault.map(|fault| (field.id.to_string(), fault)));
        // What was not touched follows the record; what both made the same is no clash.
        let touched = yours != base;
        let moved = theirs != base && yours != theirs;
        if touched && moved {
            page.clashes.push(Clash { id: field.id.to_string(), base, theirs });
        }
        if touched {
            page.typed.insert(field.id.to_string(), yours);
        }
    }
    Ok(page)
}

/// What was typed in a field, as the form keeps it; what can mean two things stays as it was typed, with what is wrong.
fn given_in(field: &EditField, form: &Form) -> (String, Option<String>) {
    let (typed, chosen) = (form.text(&field.id), form.text(&format!("{}.currency", field.id)));
    match kept(field.typing, typed, chosen) {
        Ok(kept) => (kept, None),
        Err(misread) => (format!("{chosen} {typed}").trim().to_owned(), Some(misread.sentence())),
    }
}

/// Line ends as the record has them.
fn normal(text: &str) -> String {
    text.replace("\r\n", "\n")
}

pub(super) async fn send(Path(name): Path<String>, sent: Sent) -> Page {
    let Sent { mut visit, form } = sent;
    let inline = visit.text("part") == "inline";
    visit.caller.reason = Some(form.text("reason").to_owned()).filter(|reason| !reason.is_empty());
    for _ in 0..TRIES {
        let mut page = typed(&visit, &name, &form).await?;
        page.instead = match () {
            () if form.text("remove") == "true" && page.subject.row().is_some() => Some("remove"),
            () if form.text("inherit") == "true" && page.entity.is_some() => Some("inherit"),
            () => None,
        };
        let patch = patch(&page);
        if patch.is_empty() && page.faults.is_empty() {
            page.fault = Some(t("Nothing differs from what is on record.").to_owned());
            return drawn(&visit, page, inline).await;
        }
        let (command, shape) = command(&visit, &page, Value::Object(patch))?;
        let foreseen = foresee(&visit, &mut page, &command, shape).await?;
        let asks =
            !page.clashes.is_empty() || form.text("check") == "true" || form.text("seen") != page.seen();
        if !foreseen || asks {
            return drawn(&visit, page, inline).await;
        }
        let request = Request { command, key: None, expected_version: Some(page.account.version) };
        match visit.engine.execute(&visit.caller, request).await?.answer {
            Answer::Done(_) => return Ok(Redirect::to(&page.back()).into_response()),
            Answer::Waiting(change) => {
                let entity = page.entity.clone().unwrap_or_default();
                let back = Link::to(&format!("/accounts/{}", page.account.id)).with("entity", &entity);
                return Ok(Redirect::to(&back.with("asked", &change.id.to_string()).done()).into_response());
            }
            Answer::Refused(refusal) if refusal.kind == RefusalKind::Stale => {}
            Answer::Refused(refusal) => {
                blame(&mut page, &refusal, &refusal.fields);
                return drawn(&visit, page, inline).await;
            }
        }
    }
    Err(Miss::new(
        409,
        t("This is being edited by many"),
        t("The record changed each time. Nothing of yours was sent; try again."),
    ))
}

/// The members of the patch that this form asks for.
fn patch(page: &EditPage) -> Map<String, Value> {
    let (removes, inherits) = (page.instead == Some("remove"), page.instead == Some("inherit"));
    let differs = |field: &&EditField| page.typed.get(&*field.id) != page.base.get(&*field.id);
    let (mut members, mut own) = (Map::new(), Map::new());
    let read = |field: &&EditField| !page.faults.contains_key(&*field.id);
    for field in page.fields.iter().filter(differs).filter(read) {
        let typed = page.typed.get(&*field.id).map_or("", String::as_str);
        let value = value_of(field.typing, typed);
        match field.custom() {
            Some(name) => own.insert(name.to_owned(), value),
            None => members.insert(field.id.to_string(), value),
        };
    }
    if !own.is_empty() {
        members.insert("custom".to_owned(), Value::Object(own));
    }
    let list = match &page.subject {
        Subject::Contact(_) => "contacts",
        Subject::Address(_) => "addresses",
        Subject::Account | Subject::New => return of_account(page, members, inherits),
    };
    if members.is_empty() && !removes {
        return Map::new();
    }
    let row = match (page.subject.row(), removes) {
        (Some(id), true) => {
            Map::from_iter([("action".to_owned(), json!("delete")), ("id".to_owned(), json!(id))])
        }
        (Some(id), false) => {
            members.insert("action".to_owned(), json!("update"));
            members.insert("id".to_owned(), json!(id));
            members
        }
        (None, _) => {
            members.insert("action".to_owned(), json!("add"));
            members
        }
    };
    Map::from_iter([(list.to_owned(), json!([row]))])
}

/// A value of the master record, or what an entity has in its place; `inherits` takes that back.
fn of_account(page: &EditPage, members: Map<String, Value>, inherits: bool) -> Map<String, Value> {
    let Some(entity) = &page.entity else { return members };
    let said: Map<String, Value> = if inherits {
        page.fields.iter().map(|field| (field.id.to_string(), json!({"mode": "inherit"}))).collect()
    } else {
        let own = |(name, value): (String, Value)| {
            let said = if value.is_null() {
                json!({"mode": "blank"})
            } else {
                json!({"mode": "value", "value": value})
            };
            (name, said)
        };
        members.into_iter().map(own).collect()
    };
    if said.is_empty() { said } else { Map::from_iter([("overrides".to_owned(), json!({entity: said}))]) }
}

fn command(visit: &Visit, page: &EditPage, patch: Value) -> Result<(Command, Vec<FieldFault>), Miss> {
    let id = id_of(&page.account)?;
    let ids = visit.engine.clone();
    let (draft, shape) = Draft::read_patch(&patch, id, &mut move || ids.new_uuid().unwrap_or_default());
    let command = AccountCommand::Update { draft: Box::new(draft) };
    Ok((Command::Account { id, command }, shape))
}

/// Finds out what the command would come to; `false` when it would be refused. Every fault is put at its field.
async fn foresee(
    visit: &Visit,
    page: &mut EditPage,
    command: &Command,
    shape: Vec<FieldFault>,
) -> Result<bool, Miss> {
    let request = Request::from(command.clone());
    let refusal = visit.engine.dry_run(&visit.caller, request).await?;
    let rules = refusal.as_ref().map(|refusal| refusal.fields.clone()).unwrap_or_default();
    let faults = kith_domain::refusal::merge_faults(shape, rules);
    if !faults.is_empty() || refusal.is_some() {
        let refusal = refusal.unwrap_or_else(|| {
            Refusal::new(RefusalKind::Unprocessable, "account.invalid", t("Some fields are at fault."), "")
        });
        blame(page, &refusal, &faults);
        return Ok(false);
    }
    if !page.faults.is_empty() {
        return Ok(false);
    }
    let (outlook, changes) = visit.engine.foresee(&visit.caller, command).await?;
    page.changes = changes;
    page.outlook = Some(outlook);
    Ok(true)
}

/// Puts each fault at its field; what belongs to none is said above the form.
fn blame(page: &mut EditPage, refusal: &Refusal, faults: &[FieldFault]) {
    let mut homeless = Vec::new();
    for fault in faults {
        let own = fault.pointer.strip_prefix("/custom/").map(|rest| rest.split('/').next().unwrap_or(rest));
        let home = match own {
            Some(name) => page.fields.iter().find(|field| field.custom() == Some(name)),
            None => {
                fault.pointer.split('/').find_map(|part| page.fields.iter().find(|field| field.id == part))
            }
        };
        match home {
            Some(field) => {
                let said = page.faults.entry(field.id.to_string()).or_default();
                if !said.is_empty() {
                    said.push(' ');
                }
                said.push_str(&capital(&told(&fault.message)));
            }
            None => homeless.push(told(&fault.message).into_owned()),
        }
    }
    if page.faults.is_empty() || !homeless.is_empty() {
        page.fault = Some(sentence(&Refusal { fields: Vec::new(), ..refusal.clone() }));
        if let Some(fault) = &mut page.fault {
            homeless.iter().for_each(|message| *fault = format!("{fault} {}", capital(message)));
        }
    }
}

/// A fault as a sentence: a capital in front, a full stop behind.
fn capital(message: &str) -> String {
    let mut letters = message.trim().chars();
    let mut text: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    if !text.ends_with(['.', '!', '?']) {
        text.push('.');
    }
    text
}

/// Sends a new account; what may be one that is there already is asked about first.
pub(super) async fn create(sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let mut page = blank(&visit);
    page.choices = choice::choices(&visit, &page).await?;
    for field in page.fields.clone() {
        let (kept, fault) = given_in(&field, &form);
        page.typed.insert(field.id.to_string(), kept);
        page.faults.extend(fault.map(|fault| (field.id.to_string(), fault)));
    }
    let mut body: Map<String, Value> =
        patch(&page).into_iter().filter(|(_, value)| !value.is_null()).collect();
    if let Some(Value::Object(own)) = body.get_mut("custom") {
        own.retain(|_, value| !value.is_null());
    }
    let id = AccountId(visit.engine.new_uuid()?);
    let ids = visit.engine.clone();
    let (draft, shape) =
        Draft::read_new(&Value::Object(body), id, &mut move || ids.new_uuid().unwrap_or_default());
    let command = AccountCommand::Create { id, number: 0, draft: Box::new(draft), application: false };
    let command = Command::Account { id, command };
    let foreseen = foresee(&visit, &mut page, &command, shape).await?;
    // A new prospect that goes at once needs no second look; what waits for somebody does.
    let waits = page.outlook.as_ref().is_some_and(|outlook| !outlook.steps.is_empty());
    if !foreseen || form.text("check") == "true" || (waits && form.text("seen") != page.seen()) {
        return drawn(&visit, page, false).await;
    }
    let request = Request::from(command.clone());
    let outcome = match form.text("accept") {
        "true" => visit.engine.execute(&visit.caller, request).await?,
        _ => visit.engine.execute_asking(&visit.caller, request).await?,
    };
    match outcome.answer {
        Answer::Done(receipt) => Ok(Redirect::to(&format!("/accounts/{}", receipt.id)).into_response()),
        Answer::Waiting(change) => Ok(Redirect::to(&format!("/changes/{}", change.id)).into_response()),
        Answer::Refused(refusal) => {
            if refusal.code == "probable_duplicate" {
                page.alike = visit.engine.candidates(&visit.caller, command).await?;
            }
            blame(&mut page, &refusal, &refusal.fields);
            drawn(&visit, page, false).await
        }
    }
}
