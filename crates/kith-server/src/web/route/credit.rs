//! The credit desk.

use axum::response::{Html, IntoResponse};
use kith_domain::access::Grant;

use super::miss::Page;
use super::visit::Visit;
use crate::web::page::{self, CreditPage};
use crate::web::shell::Section;
use crate::web::words::t;

pub(super) async fn desk(visit: Visit) -> Page {
    let reach = visit.caller.principal.reach(Grant::CreditRead);
    let mut entities = visit.engine.organisation_view().entities;
    entities.retain(|entity| entity.code.parse().is_ok_and(|code| reach.covers(&code)));
    let entity = visit.param("entity").filter(|code| entities.iter().any(|entity| entity.code == *code));
    let code = entity.as_deref().and_then(|code| code.parse().ok());
    let desk = visit.engine.credit_desk(&visit.caller, code).await??;
    let shell = visit.shell(t("Credit"), Section::Credit).await?;
    Ok(Html(page::credit(&shell, &CreditPage { desk, entities, entity }).into_string()).into_response())
}
