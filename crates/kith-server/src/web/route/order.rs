//! Orders at the door: the queue, the lists, one order, and what is done with it.

pub(super) mod place;

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use kith_api::view::QueueView;
use kith_domain::access::Grant;
use kith_domain::order::STANDS;
use kith_domain::refusal::{Refusal, RefusalKind};
use kith_engine::{OrderRequest, QueueRequest};
use kith_template::say;

use super::form::Sent;
use super::miss::{Miss, Page, said, sentence};
use super::visit::Visit;
use crate::web::number::words;
use crate::web::page::{self, OrderPage, OrdersPage};
use crate::web::shell::Section;
use crate::web::words::t;

/// Orders of a page.
const LIMIT: usize = 50;

pub(super) async fn list(visit: Visit) -> Page {
    draw_list(&visit, (None, None)).await
}

/// Goes through the queue: what was picked, or all of it.
pub(super) async fn release_queue(sent: Sent) -> Page {
    let Sent { mut visit, form } = sent;
    let given = |name: &str| Some(form.text(name)).filter(|text| !text.is_empty()).map(str::to_owned);
    let request = QueueRequest {
        orders: form.picked("pick-"),
        account: given("account"),
        override_held: form.text("act") == "override",
        reason: given("reason"),
    };
    if let Some(account) = given("account") {
        visit.query.insert("account".to_owned(), account);
    }
    match visit.engine.release_queue(&visit.caller, request).await? {
        Ok(view) => draw_list(&visit, (Some(view), None)).await,
        Err(refusal) => draw_list(&visit, (None, Some(refusal))).await,
    }
}

async fn draw_list(visit: &Visit, (gone_through, refused): (Option<QueueView>, Option<Refusal>)) -> Page {
    let state = visit.param("state").unwrap_or_else(|| "held".to_owned());
    let known = STANDS.into_iter().find(|known| *known == state);
    if known.is_none() && state != "all" {
        let known = STANDS.iter().map(|known| words(known)).collect::<Vec<_>>().join(", ");
        let detail = say!("No order stands at “{state}”. Known are: {known}.");
        return Err(Miss::new(422, t("There is no such state"), detail));
    }
    let account = visit.param("account");
    let account_name = match &account {
        Some(account) => Some(visit.engine.account(&visit.caller, account).await??.name),
        None => None,
    };
    let cursor = visit.param("cursor");
    let request = OrderRequest { state: known, account: account.clone(), cursor, limit: LIMIT };
    let found = visit.engine.orders(&visit.caller, request).await??;
    let account = account.unwrap_or_default();
    let may_place = visit.caller.principal.may(Grant::CreditReserve, None);
    let (items, next) = (found.items, found.next_cursor);
    let may_release = visit.caller.principal.may(Grant::ChangesApprove, None);
    let fault = refused.as_ref().map(sentence);
    let page =
        OrdersPage { items, state, account, account_name, next, may_place, may_release, gone_through, fault };
    let shell = visit.shell(t("Orders"), Section::Orders).await?;
    Ok(said(refused.as_ref(), page::orders(&shell, &page)))
}

pub(super) async fn show(Path(id): Path<String>, visit: Visit) -> Page {
    draw(&visit, &id, None).await
}

async fn draw(visit: &Visit, id: &str, refused: Option<Refusal>) -> Page {
    let order = visit.engine.order(&visit.caller, id).await??;
    let may = |grant| visit.caller.principal.may(grant, None);
    let page = OrderPage {
        may_release: may(Grant::ChangesApprove),
        may_cancel: may(Grant::CreditReserve),
        order,
        fault: refused.as_ref().map(sentence),
    };
    let shell = visit.shell(&page.order.order_no, Section::Orders).await?;
    Ok(said(refused.as_ref(), page::order(&shell, &page)))
}

pub(super) async fn release(Path(id): Path<String>, sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let given = |name: &str| Some(form.text(name)).filter(|text| !text.is_empty()).map(str::to_owned);
    let done = visit.engine.release_order(&visit.caller, &id, given("account"), given("reason")).await?;
    settled(&visit, &id, done.err()).await
}

pub(super) async fn cancel(Path(id): Path<String>, sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let reason = Some(form.text("reason")).filter(|text| !text.is_empty()).map(str::to_owned);
    let done = visit.engine.cancel_order(&visit.caller, &id, reason).await?;
    settled(&visit, &id, done.err()).await
}

/// Back to the order; with the reason when it was not done.
async fn settled(visit: &Visit, id: &str, refusal: Option<Refusal>) -> Page {
    match refusal {
        None => Ok(Redirect::to(&format!("/orders/{id}")).into_response()),
        Some(refusal) if refusal.kind == RefusalKind::NotFound && refusal.code == "order.not_found" => {
            Err(Miss::not_found())
        }
        Some(refusal) => draw(visit, id, Some(refusal)).await,
    }
}
