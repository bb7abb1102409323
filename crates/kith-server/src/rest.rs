//! REST: one loop over the table of operations.

mod account;
mod alert;
mod audit;
pub(crate) mod body;
mod care;
mod catalogue;
mod change;
mod contract;
mod credit;
mod delegation;
pub(crate) mod document;
mod duplicate;
mod export;
mod family;
mod hold;
mod home;
mod identifier;
pub(crate) mod import;
mod intake;
mod life;
mod mail;
mod merged;
mod notification;
pub(crate) mod onboarding;
mod order;
mod organisation;
mod person;
mod policy;
mod price;
mod read;
mod risk;
mod screening;
mod task;
mod tax;
mod team;
mod vehicle;
pub(crate) mod webhook;

use std::collections::HashMap;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::routing::{MethodFilter, on};
use bytes::Bytes;
use kith_api::conform;
use kith_api::operation::{Method, Operation};
use kith_api::problem::Problem;
use kith_api::strict;
use kith_api::table::operations;
use kith_domain::price_list::PriceListKind;
use kith_domain::refusal::{FieldFault, Refusal};
use kith_engine::{Caller, Engine};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub(crate) use account::editable_fields;
pub(crate) use export::file;

use crate::auth;
use crate::reply::{Reply, Stop};

/// One request, as the handlers take it.
pub(crate) struct Call {
    pub(crate) engine: Engine,
    pub(crate) caller: Caller,
    pub(crate) headers: HeaderMap,
    path: HashMap<String, String>,
    pub(crate) query: HashMap<String, String>,
    pub(crate) body: Bytes,
}

/// All operations but the live stream, which is a route of its own.
pub(crate) fn router() -> Router<Engine> {
    let mut router = Router::new();
    for operation in operations().filter(|operation| operation.id != "stream_open") {
        let filter = match operation.method {
            Method::Get => MethodFilter::GET,
            Method::Post => MethodFilter::POST,
            Method::Put => MethodFilter::PUT,
            Method::Patch => MethodFilter::PATCH,
            Method::Delete => MethodFilter::DELETE,
        };
        let handler =
            move |State(engine): State<Engine>,
                  Path(path): Path<HashMap<String, String>>,
                  request: Request| { answer(operation, engine, path, request) };
        router = router.route(operation.path, on(filter, handler));
    }
    router
}

async fn answer(
    operation: &'static Operation,
    engine: Engine,
    path: HashMap<String, String>,
    request: Request,
) -> Reply {
    let (mut parts, body) = request.into_parts();
    if operation.id == "contract_calendar" {
        auth::take_token(&mut parts);
    }
    let caller = match auth::caller(&engine, &parts).await {
        Ok(caller) => caller,
        Err(stop) => {
            body::drain(body).await;
            return Err(stop);
        }
    };
    let correlation = caller.correlation.clone();
    let started = std::time::Instant::now();
    let reply = carry_out(operation, engine, path, caller, parts, body).await;
    let status = reply.as_ref().map_or_else(|stop| stop.0.status, |reply| reply.status().as_u16());
    let took = started.elapsed();
    metrics::counter!("kith_requests_total", "operation" => operation.id, "status" => status.to_string())
        .increment(1);
    metrics::histogram!("kith_request_seconds", "operation" => operation.id).record(took.as_secs_f64());
    tracing::info!(operation = operation.id, status, ms = took.as_millis(), correlation, "request");
    reply.map_err(|mut stop| {
        stop.0.trace_id = correlation;
        stop
    })
}

async fn carry_out(
    operation: &'static Operation,
    engine: Engine,
    path: HashMap<String, String>,
    mut caller: Caller,
    parts: Parts,
    body: Body,
) -> Reply {
    let query = match admit(operation, &caller, &parts) {
        Ok(query) => query,
        Err(stop) => {
            body::drain(body).await;
            return Err(stop);
        }
    };
    if let Some(position) = query.get("min_position") {
        let position = position
            .parse()
            .map_err(|_| Stop::new(400, "min_position_invalid", "Expected a whole number."))?;
        if !engine.wait_for(position).await {
            return Err(Stop::new(
                503,
                "behind",
                "The profile has not come to this position yet; try again.",
            ));
        }
    }
    match operation.id {
        "import_create" => return import::create((engine, caller), &parts.headers, query, body).await,
        "feed_send" => {
            let name = path.get("id").map_or("", String::as_str);
            return import::feed_send((engine, caller), &parts.headers, (name, query), body).await;
        }
        _ => {}
    }
    let body = body::read(operation.id, body).await?;
    caller.reason = None;
    if operation.method == Method::Get
        && let Some(moved) = merged::moved(operation, &engine, &caller, &path, parts.uri.query())
    {
        return moved;
    }
    caller.on_behalf_of = on_behalf_of(&parts.headers)?;
    dispatch(operation.id, Call { engine, caller, headers: parts.headers, path, query, body }).await
}

/// What can be told before the body is read: parameters, the right, the media type. Gives the parameters.
fn admit(
    operation: &'static Operation,
    caller: &Caller,
    parts: &Parts,
) -> Result<HashMap<String, String>, Stop> {
    let query: HashMap<String, String> = serde_urlencoded::from_str(parts.uri.query().unwrap_or_default())
        .map_err(|_| Stop::new(400, "query_malformed", "The query string cannot be read."))?;
    let known = |name: &String| operation.params.iter().any(|param| param.name == name);
    if let Some(unknown) = query.keys().find(|name| !known(name)) {
        let names: Vec<&str> = operation.params.iter().map(|param| param.name).collect();
        let known = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        let detail = format!("There is no parameter {unknown:?} here; known: {known}.");
        return Err(Stop::new(400, "unknown_parameter", detail));
    }
    if !caller.principal.may(operation.grant, None) {
        let detail = format!("This needs the grant {}.", operation.grant.as_str());
        return Err(Stop::new(403, "access.denied", detail));
    }
    if operation.body.is_some_and(|body| body.media.ends_with("json")) {
        json_only(&parts.headers)?;
    }
    Ok(query)
}

/// A body that says it is something else than JSON is not guessed at; one that says nothing is read as JSON.
fn json_only(headers: &HeaderMap) -> Result<(), Stop> {
    let Some(value) = headers.get(axum::http::header::CONTENT_TYPE) else { return Ok(()) };
    let said = value.to_str().unwrap_or_default();
    let essence = said.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if essence == "application/json" || essence.ends_with("+json") {
        return Ok(());
    }
    Err(Stop::new(415, "media_type_unknown", format!("Send JSON as application/json, not as {said:?}.")))
}

#[expect(clippy::too_many_lines, reason = "one arm for each operation of the table, nothing else")]
async fn dispatch(id: &str, call: Call) -> Reply {
    match id {
        "account_create" => account::create(call).await,
        "account_list" => account::list(&call),
        "account_export" => export::accounts(&call).await,
        "account_get" => account::get(call).await,
        "account_effective" => account::effective(call).await,
        "account_update" => account::update(call).await,
        "account_note_add" => account::note(call).await,
        "account_talk_log" => account::talk(call).await,
        "account_review" => account::review(call).await,
        "account_deactivate" => life::deactivate(call).await,
        "account_reactivate" | "account_close" | "account_reopen" | "account_delete" => {
            life::move_on(id, call).await
        }
        "account_merge" => life::merge(call).await,
        "account_merge_preview" => life::preview(call).await,
        "account_unmerge" => life::unmerge(call).await,
        "hold_list" | "hold_get" | "hold_place" | "hold_release" | "watch_set" | "watch_clear" => {
            hold::act(id, call).await
        }
        "account_parent_set"
        | "account_parent_end"
        | "account_hierarchy"
        | "account_rollup"
        | "relationship_list"
        | "relationship_add"
        | "relationship_update"
        | "relationship_delete" => family::act(id, call).await,
        id if id.starts_with("credit_") || id.starts_with("reservation_") => credit::answer(id, call).await,
        "account_profile" => account::profile(call).await,
        "account_timeline" => account::timeline(call).await,
        "account_audit" => audit::of_account(call).await,
        "account_restore" => account::restore(call).await,
        "audit_list" => audit::list(call).await,
        "ledger_head_get" | "ledger_head_sign" => audit::head(id == "ledger_head_sign", call).await,
        "ledger_head_list" => audit::heads(call).await,
        "ledger_inclusion" => audit::inclusion(call).await,
        "ledger_consistency" => audit::consistency(call).await,
        "ledger_record_list" => audit::records(call).await,
        "account_data_quality" => care::quality(call).await,
        "account_transfer" => care::transfer(call).await,
        "review_list" => care::reviews(&call),
        "user_portfolio" => care::portfolio(call).await,
        "user_transfer_portfolio" => care::transfer_portfolio(call).await,
        "ask" => read::ask(call).await,
        "field_list" => read::fields(&call),
        "view_list" => read::views(call).await,
        "view_save" => read::view_save(call).await,
        "view_delete" => read::view_delete(call).await,
        "change_list" => change::list(call).await,
        "change_get" => change::get(call).await,
        "change_approve" | "change_reject" | "change_cancel" => change::decide(id, call).await,
        "change_edit" | "change_resubmit" => change::edit(id == "change_resubmit", call).await,
        "change_comment" | "change_review" => change::remark(id, call).await,
        "change_break_glass" => change::break_glass(call).await,
        "change_approve_many" | "change_reject_many" => {
            change::decide_many(id == "change_approve_many", call).await
        }
        "policy_get" => policy::get(call).await,
        "policy_set" => policy::set(call).await,
        "policy_edit" => policy::edit(call).await,
        "delegation_list" => delegation::list(call).await,
        "delegation_make" => delegation::make(call).await,
        "delegation_end" => delegation::end(call).await,
        "notification_list" => notification::list(call).await,
        "home_read" => home::read(call).await,
        "account_find" => home::find(&call),
        "notification_read" => notification::read(call).await,
        "notification_unread" => notification::unread(call).await,
        "notification_snooze" => notification::snooze(call).await,
        "notification_read_all" => notification::read_all(call).await,
        id if id.starts_with("mail_") => mail::act(id, call).await,
        id if id.starts_with("webhook_") || id.starts_with("delivery_") => webhook::act(id, call).await,
        id if id.starts_with("order_") => order::act(id, call).await,
        "touchpoint_record" => intake::touchpoints(call).await,
        "account_risk"
        | "account_bureau_record"
        | "account_financials_record"
        | "account_class_override"
        | "account_limit_proposal"
        | "account_limit_propose" => risk::act(id, call).await,
        id if id.starts_with("alert_") => alert::act(id, call).await,
        id if id.starts_with("duplicate_") => duplicate::act(id, call).await,
        id if id.starts_with("screening_") => screening::act(id, call).await,
        "quarantine_list" => intake::quarantine_list(call).await,
        "quarantine_replay" | "quarantine_accept" => intake::release(id == "quarantine_accept", call).await,
        "quarantine_discard" => intake::discard(call).await,
        "quarantine_desk" => intake::quarantine_desk(call).await,
        "quarantine_get" => intake::quarantine_get(call).await,
        "quarantine_repair" => intake::repair(call).await,
        "quarantine_assign" => intake::assign(call).await,
        "quarantine_decide" => intake::decide(call).await,
        "identifier_validate" => identifier::validate(&call),
        "import_list" => import::list(call).await,
        "import_get" => import::get(call).await,
        "import_errors" => import::errors(call).await,
        "import_execute" => import::execute(call).await,
        "import_restage" => import::restage(call).await,
        "import_revert" => import::revert(call).await,
        "mapping_save" => import::mapping_save(call).await,
        "mapping_list" => import::mapping_list(call).await,
        "mapping_get" => import::mapping_get(call).await,
        "mapping_delete" => import::mapping_delete(call).await,
        "feed_save" => import::feed_save(call).await,
        "feed_list" => import::feed_list(call).await,
        "feed_get" => import::feed_get(call).await,
        "feed_delete" => import::feed_delete(call).await,
        "catalogue_list" => catalogue::list(&call),
        "catalogue_get" => catalogue::get(&call),
        "catalogue_add" => catalogue::add(call).await,
        "catalogue_change" => catalogue::alter(call).await,
        "code_add" => catalogue::code_add(call).await,
        "code_change" => catalogue::code_change(call).await,
        "code_delete" => catalogue::code_delete(call).await,
        "custom_field_list" => catalogue::custom_fields(&call),
        "custom_field_add" => catalogue::custom_field_add(call).await,
        "custom_field_change" => catalogue::custom_field_change(call).await,
        "organisation_get" => organisation::get(&call),
        "organisation_change" => organisation::alter(call).await,
        "entity_add" => organisation::entity_add(call).await,
        "entity_change" => organisation::entity_change(call).await,
        "rate_list" => organisation::rates(&call),
        "rates_load" => organisation::rates_load(call).await,
        "setup_close" => organisation::setup_close(call).await,
        "user_list" => organisation::users(call).await,
        "user_add" => organisation::user_add(call).await,
        "user_roles_set" => organisation::roles_set(call).await,
        "user_preferences_set" => organisation::preferences_set(call).await,
        "user_suspend" | "user_reinstate" | "user_sessions_end" => person::act(id, call).await,
        "person_get" => person::get(call).await,
        "token_list" => organisation::tokens(call).await,
        "token_create" => organisation::token_create(call).await,
        "token_revoke" => organisation::token_revoke(call).await,
        "price_resolve" => price::resolve(call).await,
        "price_list_create" => price::create(PriceListKind::List, call).await,
        "price_list_list" => price::list(PriceListKind::List, call).await,
        "price_list_get" => price::get(PriceListKind::List, call).await,
        "price_list_update" => price::update(PriceListKind::List, call).await,
        "price_group_create" => price::create(PriceListKind::Group, call).await,
        "price_group_list" => price::list(PriceListKind::Group, call).await,
        "price_group_get" => price::get(PriceListKind::Group, call).await,
        "price_group_update" => price::update(PriceListKind::Group, call).await,
        "tax_resolve" => tax::resolve(call).await,
        "tax_profile_verify" => tax::verify(call).await,
        "tax_profile_revoke" => tax::revoke(call).await,
        "expiry_list" => tax::expiries(call).await,
        "document_add" => document::add(call).await,
        "document_list" => document::list(call).await,
        "document_get" => document::get(call).await,
        "document_content" => document::content(call).await,
        "document_verify" | "document_reject" | "document_hold" | "document_release" | "document_delete" => {
            document::act(id, call).await
        }
        "lane_match" => vehicle::lanes(call).await,
        id if id.starts_with("team_") => team::act(id, call).await,
        id if id.starts_with("vehicle_") => vehicle::carry_out(id, call).await,
        id if id.starts_with("contract_") => contract::carry_out(id, call).await,
        id if id.starts_with("task_") => task::carry_out(id, call).await,
        "portal_user_list" => task::portal_users(call).await,
        "user_activation" => task::activation(call).await,
        id if id.starts_with("onboarding_") || id == "account_lifecycle" => onboarding::act(id, call).await,
        _ => Err(Stop::new(500, "unhandled", "This operation is in the table, but nobody carries it out.")),
    }
}

impl Call {
    /// The `{id}` of the path.
    pub(crate) fn id(&self) -> &str {
        self.place("id")
    }

    /// A place of the path.
    pub(crate) fn place(&self, name: &str) -> &str {
        self.path.get(name).map_or("", String::as_str)
    }

    /// The `{id}` of the path as an identifier; a wrong one answers like a missing one.
    pub(crate) fn typed_id<T: std::str::FromStr>(&self) -> Result<T, Stop> {
        self.id().parse().map_err(|_| Stop::new(404, "not_found", "There is no such thing."))
    }

    /// The body as JSON; an empty one is an empty object.
    pub(crate) fn value(&self) -> Result<Value, Stop> {
        if self.body.iter().all(u8::is_ascii_whitespace) {
            return Ok(Value::Object(serde_json::Map::new()));
        }
        let (value, faults) = strict::read(&self.body)
            .map_err(|error| Stop::new(400, "malformed", format!("The body is no JSON: {error}.")))?;
        if faults.is_empty() { Ok(value) } else { Err(Problem::invalid(faults).into()) }
    }

    /// The body as a request, every fault named at once.
    pub(crate) fn read<T: DeserializeOwned + JsonSchema>(&self) -> Result<T, Stop> {
        let read = conform::read::<T>(self.value()?);
        match read.request {
            Some(request) if read.faults.is_empty() => Ok(request),
            _ => Err(Problem::invalid(read.faults).into()),
        }
    }

    /// `limit`, 1 to 200.
    pub(crate) fn limit(&self) -> Result<usize, Stop> {
        let Some(text) = self.query.get("limit") else { return Ok(kith_engine::LIMIT) };
        let limit = text.parse().ok().filter(|limit| (1..=kith_engine::LIMIT_MAX).contains(limit));
        limit.ok_or_else(|| invalid("limit", "limit_out_of_range", "The limit is 1 to 200."))
    }

    /// A query parameter, unless it is empty.
    pub(crate) fn param(&self, name: &str) -> Option<String> {
        self.query.get(name).filter(|value| !value.is_empty()).cloned()
    }

    /// The idempotency key, quoted or bare.
    pub(crate) fn key(&self) -> Result<Option<String>, Stop> {
        key(&self.headers)
    }
}

/// The idempotency key of a request.
pub(crate) fn key(headers: &HeaderMap) -> Result<Option<String>, Stop> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    let bare = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(text);
    if bare.is_empty() || bare.len() > 255 {
        return Err(Stop::new(
            400,
            "idempotency_key_invalid",
            "The Idempotency-Key has 1 to 255 characters.",
        ));
    }
    Ok(Some(bare.to_owned()))
}

/// For whom it is asked, where that is somebody else: they will not approve it.
fn on_behalf_of(headers: &HeaderMap) -> Result<Option<kith_domain::value::UserId>, Stop> {
    let Some(value) = headers.get("kith-on-behalf-of") else { return Ok(None) };
    let user = value.to_str().ok().and_then(|text| text.trim().parse().ok());
    let wrong = || Stop::new(400, "on_behalf_of_invalid", "Kith-On-Behalf-Of is a user: usr_….");
    user.map(Some).ok_or_else(wrong)
}

/// The idempotency key of a request that must have one.
pub(crate) fn required_key(headers: &HeaderMap) -> Result<String, Stop> {
    key(headers)?.ok_or_else(|| {
        Stop::new(
            400,
            "idempotency_key_required",
            "Send an Idempotency-Key, so that trying again does it once.",
        )
    })
}

/// One field at fault.
pub(crate) fn invalid(member: &str, code: &str, message: &str) -> Stop {
    Problem::invalid(vec![FieldFault::new(format!("/{member}"), code, message)]).into()
}

/// A refusal with the faults that the shape of the request shows besides.
pub(crate) fn refused(refusal: Refusal, shape: Vec<FieldFault>) -> Stop {
    let mut refusal = refusal;
    refusal.fields = kith_domain::refusal::merge_faults(shape, std::mem::take(&mut refusal.fields));
    refusal.into()
}

/// The version that `If-Match` names.
pub(crate) fn expected(call: &Call) -> Result<u64, Stop> {
    let Some(value) = call.headers.get("if-match") else {
        return Err(Stop::new(428, "if_match_required", "Send If-Match with the ETag of what you edited."));
    };
    let text = value.to_str().unwrap_or_default().trim();
    let version =
        text.strip_prefix("\"v").and_then(|rest| rest.strip_suffix('"')).and_then(|n| n.parse().ok());
    version.ok_or_else(|| Stop::new(400, "if_match_invalid", "If-Match is an ETag such as \"v3\"."))
}

/// Takes `reason` out of a body: it is about the request, not about the account.
pub(crate) fn take_reason(body: &mut Value, faults: &mut Vec<FieldFault>) -> Option<String> {
    let reason = body.as_object_mut()?.remove("reason")?;
    match reason {
        Value::String(text) if text.chars().count() <= 1_000 => Some(text),
        Value::Null => None,
        _ => {
            faults.push(FieldFault::new("/reason", "type", "expected a text of at most 1,000 characters"));
            None
        }
    }
}
