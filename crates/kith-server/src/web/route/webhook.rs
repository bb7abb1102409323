//! Webhooks: the list, a new one, and what is done with them and their deliveries.

use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect};
use kith_domain::delivery::DeliveryState;
use kith_domain::webhook::Wanted;
use kith_engine::DeliveryRequest;

use super::form::Sent;
use super::miss::{Miss, Page, sentence};
use super::visit::Visit;
use crate::rest::webhook::Codes;
use crate::web::page::{self, WebhooksPage};
use crate::web::shell::Section;
use crate::web::words::t;

/// Deliveries that the page shows of each kind.
const LIMIT: usize = 20;

pub(super) async fn list(visit: Visit) -> Page {
    draw(&visit, WebhooksPage::default()).await
}

async fn draw(visit: &Visit, page: WebhooksPage) -> Page {
    let (engine, caller) = (&visit.engine, &visit.caller);
    let latest = |state| DeliveryRequest { state, limit: LIMIT, ..DeliveryRequest::default() };
    let organisation = engine.organisation();
    let entities = organisation.entities.iter();
    let page = WebhooksPage {
        items: engine.webhooks(caller).await??.items,
        dead: engine.deliveries(caller, latest(Some(DeliveryState::DeadLetter))).await??.items,
        deliveries: engine.deliveries(caller, latest(None)).await??.items,
        entities: entities.map(|entity| (entity.code.to_string(), entity.name.clone())).collect(),
        ..page
    };
    let shell = visit.shell(t("Webhooks"), Section::Alerts).await?;
    Ok(Html(page::webhooks(&shell, &page).into_string()).into_response())
}

pub(super) async fn create(sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let mut codes = Codes::new(&visit.engine);
    let given = |name: &str| Some(form.text(name)).filter(|text| !text.is_empty());
    let wanted = Wanted {
        name: form.text("name").to_owned(),
        url: form.text("url").to_owned(),
        kinds: codes.kinds(&form.picked("kind-")),
        severity_least: given("severity_least").and_then(|text| codes.severity(text)),
        entity: given("entity").and_then(|text| codes.entity(text)),
    };
    if !codes.faults.is_empty() {
        return Err(Miss::not_found());
    }
    let name = wanted.name.clone();
    let page = match visit.engine.create_webhook(&visit.caller, wanted).await? {
        Ok(saved) => WebhooksPage { secret: Some((name, saved.secret)), ..WebhooksPage::default() },
        Err(refusal) => {
            let fault = Some(sentence(&refusal));
            WebhooksPage { fault, typed: form.members(), ..WebhooksPage::default() }
        }
    };
    // The secret is shown in this answer only: no address holds it.
    draw(&visit, page).await
}

pub(super) async fn act(Path((id, act)): Path<(String, String)>, sent: Sent) -> Page {
    let Sent { visit, .. } = sent;
    let (engine, caller) = (&visit.engine, &visit.caller);
    let done = match act.as_str() {
        "on" | "off" => engine.update_webhook(caller, &id, None, Some(act == "on")).await?.map(drop),
        "test" => engine.test_webhook(caller, &id).await?.map(drop),
        "delete" => engine.delete_webhook(caller, &id).await?,
        "secret" => {
            let saved = engine.rotate_webhook(caller, &id).await??;
            let secret = Some((saved.view.name, saved.secret));
            return draw(&visit, WebhooksPage { secret, ..WebhooksPage::default() }).await;
        }
        _ => return Err(Miss::not_found()),
    };
    done?;
    Ok(Redirect::to("/webhooks").into_response())
}

pub(super) async fn decide(Path((id, act)): Path<(String, String)>, sent: Sent) -> Page {
    let again = match act.as_str() {
        "retry" => true,
        "discard" => false,
        _ => return Err(Miss::not_found()),
    };
    sent.visit.engine.decide_delivery(&sent.visit.caller, &id, again).await??;
    Ok(Redirect::to("/webhooks").into_response())
}
