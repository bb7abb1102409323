//! The start page, first run, and the counts of the navigation.

use std::collections::BTreeMap;

use axum::Json;
use axum::response::{Html, IntoResponse, Redirect};
use kith_domain::access::Grant;

use super::miss::Page;
use super::visit::Visit;
use crate::web::page::{self, HomePage, WelcomePage};
use crate::web::shell::{Section, count_texts};
use crate::web::words::t;

async fn read(visit: &Visit) -> Result<HomePage, super::miss::Miss> {
    // A scope that the reader does not have any more, as when they left their team, is like none.
    let asked = visit.param("scope");
    let home = match visit.engine.home(&visit.caller, asked.as_deref()).await? {
        Ok(home) => home,
        Err(_) => visit.engine.home(&visit.caller, None).await??,
    };
    Ok(HomePage { home, whole: visit.text("needs") == "all" })
}

pub(super) async fn show(visit: Visit) -> Page {
    if visit.engine.account_count() == 0 {
        return Ok(Redirect::to("/welcome").into_response());
    }
    let page = read(&visit).await?;
    let shell = visit.shell(t("Home"), Section::Home).await?;
    Ok(Html(page::home(&shell, &page).into_string()).into_response())
}

/// The parts that change by themselves.
pub(super) async fn live(visit: Visit) -> Page {
    let page = read(&visit).await?;
    Ok(Html(page::home_live(&visit.bare_shell(), &page).into_string()).into_response())
}

pub(super) async fn welcome(visit: Visit) -> Page {
    let may = |grant| visit.caller.principal.may(grant, None);
    let page = WelcomePage {
        may_import: may(Grant::ImportsWrite),
        may_create: may(Grant::AccountsWrite),
        may_connect: may(Grant::OrganisationManage),
        accounts: visit.engine.account_count().into(),
        entities: visit.engine.organisation_view().entities.len(),
        people: visit.engine.users(&visit.caller).await?.items.len(),
    };
    let shell = visit.shell(t("Welcome"), Section::Home).await?;
    Ok(Html(page::welcome(&shell, &page).into_string()).into_response())
}

/// The counts beside the navigation as they are now, for pages that stay open.
pub(super) async fn counts(visit: Visit) -> Page {
    let counts: BTreeMap<&str, String> = count_texts(&visit.counts().await?);
    Ok(Json(counts).into_response())
}
