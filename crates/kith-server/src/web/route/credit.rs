//! The credit desk.

use axum::response::{Html, IntoResponse, Redirect};
use kith_api::request::CreditSourcesSave;
use kith_domain::access::Grant;
use kith_domain::value::EntityCode;
use kith_engine::{Answer, Request};

use super::form::Sent;
use super::miss::Page;
use super::visit::Visit;
use crate::web::page::{self, CreditPage};
use crate::web::shell::Section;
use crate::web::words::t;

/// Extracts that are shown.
const FILED: usize = 5;

pub(super) async fn desk(visit: Visit) -> Page {
    draw(&visit, None).await
}

async fn draw(visit: &Visit, fault: Option<String>) -> Page {
    let reach = visit.caller.principal.reach(Grant::CreditRead);
    let mut entities = visit.engine.organisation_view().entities;
    entities.retain(|entity| entity.code.parse().is_ok_and(|code| reach.covers(&code)));
    let entity = visit.param("entity").filter(|code| entities.iter().any(|entity| entity.code == *code));
    let code: Option<EntityCode> = entity.as_deref().and_then(|code| code.parse().ok());
    let page = CreditPage {
        behaviour: visit.engine.portfolio_behaviour_known(&visit.caller, code.clone()).await?,
        desk: visit.engine.credit_desk(&visit.caller, code).await??,
        entities,
        entity,
        sources: visit.engine.credit_sources(&visit.caller).await??.items,
        filed: visit.engine.reconciliations(&visit.caller, FILED, None).await??.items,
        accuracy: visit.engine.credit_accuracy_known(&visit.caller).await?,
        may_register: visit.caller.principal.may(Grant::OrganisationManage, None),
        fault,
    };
    let shell = visit.shell(t("Credit"), Section::Credit).await?;
    Ok(Html(page::credit(&shell, &page).into_string()).into_response())
}

/// Proposes who feeds the exposure of an entity: a change of the policy.
pub(super) async fn sources(sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let named = form.text("sources").split(',').map(str::trim).filter(|name| !name.is_empty());
    let asked = CreditSourcesSave {
        sources: named.map(str::to_owned).collect(),
        extracts: form.text("extracts") == "yes",
        reason: None,
    };
    let command = visit.engine.credit_sources_command(&visit.caller, form.text("entity"), asked).await??;
    match visit.engine.execute(&visit.caller, Request::from(command)).await?.answer {
        Answer::Refused(refusal) => Err(refusal.into()),
        Answer::Waiting(change) => Ok(Redirect::to(&format!("/changes/{}", change.id)).into_response()),
        Answer::Done(_) => draw(&visit, Some(t("It is so already: nothing would change.").to_owned())).await,
    }
}
