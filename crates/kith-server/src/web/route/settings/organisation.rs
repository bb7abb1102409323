//! The organisation and its legal entities.

use axum::extract::Path;
use kith_domain::access::Grant;
use kith_domain::command::Command;
use kith_domain::organisation::{Command as OrganisationCommand, LegalEntity};
use kith_domain::refusal::FieldFault;
use kith_domain::value::EntityCode;

use super::super::form::{Form, Sent};
use super::super::miss::{Miss, Page};
use super::super::visit::Visit;
use super::{Came, carry_out, html, may, to, to_change, zones};
use crate::web::page::{self, OrganisationPage};
use crate::web::part::field::Typed;
use crate::web::shell::Section;

pub(in crate::web::route) async fn show(visit: Visit) -> Page {
    draw(&visit, None).await
}

async fn draw(visit: &Visit, typed: Option<Typed>) -> Page {
    let page = OrganisationPage {
        organisation: visit.engine.organisation_view(),
        zones: zones(),
        may_change: may(visit, Grant::OrganisationManage),
        typed,
    };
    let shell = visit.shell("Organisation", Section::Settings).await?;
    html(&page::organisation(&shell, &page))
}

async fn settle(visit: &Visit, form: &Form, command: OrganisationCommand) -> Page {
    match carry_out(visit, form, Command::Organisation(command)).await? {
        Came::Done => to("/settings/organisation"),
        Came::Waits(change) => to_change(&change),
        Came::Refused(typed) => draw(visit, Some(typed)).await,
    }
}

pub(in crate::web::route) async fn save(sent: Sent) -> Page {
    let text = |name: &str| Some(sent.form.text(name).to_owned());
    let command = OrganisationCommand::Change { name: text("name"), timezone: text("timezone") };
    settle(&sent.visit, &sent.form, command).await
}

pub(in crate::web::route) async fn close(sent: Sent) -> Page {
    settle(&sent.visit, &sent.form, OrganisationCommand::CloseSetup).await
}

pub(in crate::web::route) async fn entity_save(Path(code): Path<String>, sent: Sent) -> Page {
    let code: EntityCode = code.parse().map_err(|_| Miss::not_found())?;
    let text = |name: &str| Some(sent.form.text(name).to_owned());
    let command = OrganisationCommand::ChangeEntity { code, name: text("name"), timezone: text("timezone") };
    settle(&sent.visit, &sent.form, command).await
}

pub(in crate::web::route) async fn entity_add(sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let (code, currency) =
        (form.text("code").to_uppercase().parse(), form.text("currency").to_uppercase().parse());
    let mut faults = Vec::new();
    if code.is_err() {
        faults.push(FieldFault::new("/code", "entity_code_invalid", "1 to 12 of A–Z, 0–9, _ and -"));
    }
    if currency.is_err() {
        faults.push(FieldFault::new(
            "/currency",
            "currency_unknown",
            "a currency code of ISO 4217, such as EUR",
        ));
    }
    let (Ok(code), Ok(currency)) = (code, currency) else {
        let typed = Typed::at_fault(form.members(), "Some fields are at fault.", &faults);
        return draw(&visit, Some(typed)).await;
    };
    let (name, timezone) = (form.text("name").to_owned(), form.text("timezone").to_owned());
    let entity = LegalEntity { code, name, currency, timezone };
    settle(&visit, &form, OrganisationCommand::AddEntity { entity }).await
}
