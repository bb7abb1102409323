//! The data model: custom fields made, edited, ordered, retired.

use axum::extract::Path;
use kith_domain::access::Grant;
use kith_domain::command::Command;
use kith_domain::organisation::{Command as OrganisationCommand, CustomFieldDraft, CustomKind, in_order};

use super::super::form::{Form, Sent};
use super::super::miss::{Miss, Page};
use super::super::visit::Visit;
use super::{Came, carry_out, entities, html, may, said, to, to_change};
use crate::web::page::{self, FieldsPage};
use crate::web::part::field::Typed;
use crate::web::shell::Section;

pub(in crate::web::route) async fn show(visit: Visit) -> Page {
    draw(&visit, None).await
}

async fn draw(visit: &Visit, typed: Option<Typed>) -> Page {
    let page = FieldsPage {
        fields: visit.engine.custom_fields().items,
        entities: entities(visit),
        may_change: may(visit, Grant::OrganisationManage),
        typed,
    };
    let shell = visit.shell("Custom fields", Section::Settings).await?;
    html(&page::fields(&shell, &page))
}

async fn settle(visit: &Visit, form: &Form, command: OrganisationCommand) -> Page {
    match carry_out(visit, form, Command::Organisation(command)).await? {
        Came::Done => to("/settings/fields"),
        Came::Waits(change) => to_change(&change),
        Came::Refused(typed) => draw(visit, Some(typed)).await,
    }
}

/// What a form says of a field; a member that it has not is unchanged, an empty one is none.
fn draft(form: &Form) -> CustomFieldDraft {
    let members = form.members();
    let maybe = |name: &str| members.contains_key(name).then(|| said(form.text(name)));
    let options = form.text("options").split(',').map(|option| option.trim().to_owned());
    let options: Vec<String> = options.filter(|option| !option.is_empty()).collect();
    CustomFieldDraft {
        label: said(form.text("label")),
        options: members.contains_key("options").then_some(options).filter(|options| !options.is_empty()),
        required: Some(form.text("required") == "true"),
        entity: maybe("entity"),
        help: maybe("help"),
        min: maybe("min"),
        max: maybe("max"),
        mask: maybe("mask"),
        ..CustomFieldDraft::default()
    }
}

pub(in crate::web::route) async fn add(sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let kind = CustomKind::get(form.text("type"));
    let draft = CustomFieldDraft { kind, personal: form.text("personal") == "true", ..draft(&form) };
    let name = form.text("name").to_owned();
    settle(&visit, &form, OrganisationCommand::DefineField { name, draft }).await
}

pub(in crate::web::route) async fn save(Path(name): Path<String>, sent: Sent) -> Page {
    let draft = draft(&sent.form);
    settle(&sent.visit, &sent.form, OrganisationCommand::ChangeField { name, draft }).await
}

pub(in crate::web::route) async fn act(Path((name, act)): Path<(String, String)>, sent: Sent) -> Page {
    let retired = match act.as_str() {
        "retire" => true,
        "use" => false,
        "up" => return up(&sent, &name).await,
        _ => return Err(Miss::not_found()),
    };
    let draft = CustomFieldDraft { retired: Some(retired), ..CustomFieldDraft::default() };
    settle(&sent.visit, &sent.form, OrganisationCommand::ChangeField { name, draft }).await
}

/// Lets a field and the one above it change places. All get the places that they are seen in.
async fn up(sent: &Sent, name: &str) -> Page {
    let organisation = sent.visit.engine.organisation();
    let mut order: Vec<String> =
        in_order(&organisation.custom_fields).into_iter().map(|(name, _)| name.clone()).collect();
    let place = order.iter().position(|known| known == name).ok_or_else(Miss::not_found)?;
    if place > 0 {
        order.swap(place, place - 1);
    }
    for (position, name) in (0_u32..).zip(order) {
        let draft = CustomFieldDraft { position: Some(position), ..CustomFieldDraft::default() };
        let command = OrganisationCommand::ChangeField { name, draft };
        match carry_out(&sent.visit, &sent.form, Command::Organisation(command)).await? {
            Came::Done => {}
            Came::Waits(change) => return to_change(&change),
            Came::Refused(typed) => return draw(&sent.visit, Some(typed)).await,
        }
    }
    to("/settings/fields")
}
