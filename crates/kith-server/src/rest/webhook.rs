//! Webhooks and their deliveries over REST.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use axum::response::IntoResponse;
use kith_api::problem::Problem;
use kith_api::request::{WebhookCreate, WebhookPatch};
use kith_api::view::WebhookSecret;
use kith_domain::alert::{AlertKind, Severity};
use kith_domain::delivery::DeliveryState;
use kith_domain::refusal::FieldFault;
use kith_domain::value::EntityCode;
use kith_domain::webhook::Wanted;
use kith_engine::{DeliveryRequest, Engine, HookSaved};

use super::{Call, invalid};
use crate::reply::{Reply, json, with_header};

pub(super) async fn act(id: &str, call: Call) -> Reply {
    let (engine, caller) = (&call.engine, &call.caller);
    match id {
        "webhook_list" => json(200, &engine.webhooks(caller).await??),
        "webhook_create" => create(call).await,
        "webhook_update" => update(call).await,
        "webhook_rotate" => json(200, &secret(engine.rotate_webhook(caller, call.id()).await??)),
        "webhook_test" => json(202, &engine.test_webhook(caller, call.id()).await??),
        "webhook_delete" => {
            engine.delete_webhook(caller, call.id()).await??;
            Ok(StatusCode::NO_CONTENT.into_response())
        }
        "delivery_list" => deliveries(call).await,
        "delivery_get" => json(200, &engine.delivery(caller, call.id()).await??),
        "delivery_retry" | "delivery_discard" => {
            let again = id == "delivery_retry";
            json(200, &engine.decide_delivery(caller, call.id(), again).await??)
        }
        _ => json(200, &engine.webhook(caller, call.id()).await??),
    }
}

fn secret(saved: HookSaved) -> WebhookSecret {
    WebhookSecret { webhook: saved.view, secret: saved.secret }
}

/// Codes as they were given, made into what they mean; what means nothing is a fault at its place.
pub(crate) struct Codes<'e> {
    engine: &'e Engine,
    pub(crate) faults: Vec<FieldFault>,
}

impl<'e> Codes<'e> {
    pub(crate) fn new(engine: &'e Engine) -> Self {
        Self { engine, faults: Vec::new() }
    }

    pub(crate) fn kinds(&mut self, given: &[String]) -> BTreeSet<AlertKind> {
        let mut kinds = BTreeSet::new();
        for (place, text) in given.iter().enumerate() {
            match AlertKind::ALL.into_iter().find(|kind| kind.as_str() == text.trim()) {
                Some(kind) => drop(kinds.insert(kind)),
                None => self.wrong(format!("/kinds/{place}"), &AlertKind::ALL.map(AlertKind::as_str)),
            }
        }
        kinds
    }

    pub(crate) fn severity(&mut self, text: &str) -> Option<Severity> {
        let found = Severity::ALL.into_iter().find(|severity| severity.as_str() == text.trim());
        if found.is_none() {
            self.wrong("/severity_least".to_owned(), &Severity::ALL.map(Severity::as_str));
        }
        found
    }

    pub(crate) fn entity(&mut self, text: &str) -> Option<EntityCode> {
        let organisation = self.engine.organisation();
        let found = text.trim().parse::<EntityCode>().ok().filter(|code| organisation.entity(code).is_some());
        if found.is_none() {
            let codes: Vec<&str> = organisation.entities.iter().map(|entity| entity.code.as_str()).collect();
            self.wrong("/entity".to_owned(), &codes);
        }
        found
    }

    fn wrong(&mut self, place: String, allowed: &[&str]) {
        let message = format!("expected one of {}", allowed.join(", "));
        self.faults.push(FieldFault::new(place, "not_allowed", message));
    }
}

async fn create(call: Call) -> Reply {
    let request: WebhookCreate = call.read()?;
    let mut codes = Codes::new(&call.engine);
    let wanted = Wanted {
        name: request.name,
        url: request.url,
        kinds: codes.kinds(&request.kinds),
        severity_least: request.severity_least.and_then(|text| codes.severity(&text)),
        entity: request.entity.and_then(|text| codes.entity(&text)),
    };
    if !codes.faults.is_empty() {
        return Err(Problem::invalid(codes.faults).into());
    }
    let saved = secret(call.engine.create_webhook(&call.caller, wanted).await??);
    let location = format!("/api/v1/webhooks/{}", saved.webhook.id);
    with_header(json(201, &saved), "location", &location)
}

async fn update(call: Call) -> Reply {
    let request: WebhookPatch = call.read()?;
    let mut wanted = call.engine.webhook_wanted(&call.caller, call.id()).await??;
    let mut codes = Codes::new(&call.engine);
    let before = wanted.clone();
    wanted.name = request.name.unwrap_or(wanted.name);
    wanted.url = request.url.unwrap_or(wanted.url);
    if let Some(kinds) = request.kinds {
        wanted.kinds = codes.kinds(&kinds);
    }
    if let Some(least) = request.severity_least {
        wanted.severity_least = least.and_then(|text| codes.severity(&text));
    }
    if let Some(entity) = request.entity {
        wanted.entity = entity.and_then(|text| codes.entity(&text));
    }
    if !codes.faults.is_empty() {
        return Err(Problem::invalid(codes.faults).into());
    }
    let wanted = Some(wanted).filter(|wanted| *wanted != before);
    json(200, &call.engine.update_webhook(&call.caller, call.id(), wanted, request.on).await??)
}

async fn deliveries(call: Call) -> Reply {
    let state = match call.param("state") {
        None => None,
        Some(text) => {
            let words = DeliveryState::ALL.map(DeliveryState::as_str).join(", ");
            let known = DeliveryState::ALL.into_iter().find(|state| state.as_str() == text);
            let message = format!("expected one of {words}");
            Some(known.ok_or_else(|| invalid("state", "not_allowed", &message))?)
        }
    };
    let (limit, cursor, webhook) = (call.limit()?, call.param("cursor"), call.param("webhook"));
    let request = DeliveryRequest { state, webhook, cursor, limit };
    json(200, &call.engine.deliveries(&call.caller, request).await??)
}
