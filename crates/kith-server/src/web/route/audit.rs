//! The audit trail: the search, and signing the ledger's head.

use axum::response::{Html, IntoResponse, Redirect};
use kith_engine::AuditRequest;

use super::form::Sent;
use super::miss::{Miss, Page, sentence};
use super::visit::Visit;
use crate::web::page::{self, AuditPage, AuditTyped};
use crate::web::shell::Section;
use crate::web::words::{t, told};

pub(super) async fn list(visit: Visit) -> Page {
    let head = visit.engine.tree_head(&visit.caller, false).await?.map_err(|_| Miss::not_found())?;
    let people = visit.engine.users(&visit.caller).await?;
    let people = people.items.into_iter().filter_map(|user| Some((user.id, user.name?))).collect();
    let typed = |name: &str| visit.text(name).to_owned();
    let mut page = AuditPage {
        typed: AuditTyped {
            actor: typed("actor"),
            object: typed("object"),
            kind: typed("kind"),
            from: typed("from"),
            to: typed("to"),
        },
        people,
        head: Some(head),
        ..AuditPage::default()
    };
    match AuditRequest::read(&visit.engine, |name| visit.param(name)) {
        Err(fault) => page.fault = Some(told(&fault.message).into_owned()),
        Ok(request) => {
            let before = visit.text("cursor").parse().ok();
            let request = AuditRequest { before, ..request };
            let found = visit.engine.audit_search(&visit.caller, request).await??;
            page.next = found.next_cursor;
            let named = found.items.into_iter().map(|record| {
                let name =
                    record.object.strip_prefix("account/").and_then(|id| visit.engine.account_name(id));
                (record, name)
            });
            page.records = named.collect();
        }
    }
    let shell = visit.shell(t("Audit"), Section::Audit).await?;
    Ok(Html(page::audit(&shell, &page).into_string()).into_response())
}

pub(super) async fn sign(sent: Sent) -> Page {
    let signed = sent.visit.engine.tree_head(&sent.visit.caller, true).await?;
    signed.map_err(|refusal| Miss::new(403, t("Not signed"), sentence(&refusal)))?;
    Ok(Redirect::to("/audit#head").into_response())
}
