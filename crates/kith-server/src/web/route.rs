//! The routes of the pages: who asks, what the engine answers, which page draws it.

mod account;
mod accounts;
mod alert;
mod ask;
mod asset;
mod audit;
mod bulk;
mod catalogue;
mod change;
mod commerce;
mod contract;
mod credit;
mod door;
mod duplicate;
mod edit;
mod form;
mod hold;
mod home;
mod import;
mod inbox;
mod life;
mod meaning;
mod merge;
mod miss;
mod onboarding;
mod order;
mod outbox;
mod past;
mod policy;
mod portal;
mod portfolio;
mod preference;
mod quarantine;
mod relationship;
mod review;
mod scorecard;
mod screening;
mod session;
mod settings;
mod talk;
mod task;
mod team;
mod tries;
mod view;
mod visit;
mod webhook;

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router, middleware};
use kith_engine::Engine;

use tries::Tries;

/// All pages.
#[expect(clippy::too_many_lines, reason = "one line for each page, nothing else")]
pub(crate) fn router() -> Router<Engine> {
    Router::new()
        .route("/", get(home::show))
        .route("/live", get(home::live))
        .route("/welcome", get(home::welcome))
        .route("/counts", get(home::counts))
        .route("/ask", get(ask::show))
        .route("/ask/options", get(ask::options))
        .route("/inbox", get(inbox::show))
        .route("/inbox/read", post(inbox::mark_read))
        .route("/inbox/unread", post(inbox::mark_unread))
        .route("/inbox/snooze", post(inbox::snooze))
        .route("/sign-in", get(session::show).post(session::sign_in))
        .route("/sign-out", post(session::sign_out))
        .route("/accounts", get(accounts::show))
        .route("/accounts/rows", get(accounts::rows))
        .route("/accounts/filter", get(accounts::filter))
        .route("/accounts/export/{format}", get(accounts::export))
        .route("/accounts/bulk", get(bulk::list).post(bulk::send))
        .route("/accounts/bulk/{id}", get(bulk::show))
        .route("/accounts/bulk/{id}/live", get(bulk::live))
        .route("/accounts/bulk/{id}/resume", post(bulk::resume))
        .route("/accounts/new", get(edit::show_new).post(edit::create))
        .route("/accounts/{id}", get(account::show))
        .route("/accounts/{id}/edit", get(edit::show).post(edit::send))
        .route("/accounts/{id}/live", get(account::live))
        .route("/accounts/{id}/metrics/{metric}", get(account::metric))
        .route("/accounts/{id}/notes", post(account::note))
        .route("/accounts/{id}/limit", post(account::limit))
        .route("/accounts/{id}/talks", post(talk::log))
        .route("/accounts/{id}/tasks", post(talk::task))
        .route("/accounts/{id}/as-of", get(past::choose))
        .route("/accounts/{id}/as-of/{moment}", get(past::show))
        .route("/portfolio", get(portfolio::show))
        .route("/portfolio/transfer", get(portfolio::preview).post(portfolio::send))
        .route("/reviews", get(review::list))
        .route("/reviews/{id}", post(review::record))
        .route("/teams", get(team::list).post(team::create))
        .route("/teams/{code}", get(team::show).post(team::update))
        .route("/teams/{code}/members", post(team::member_add))
        .route("/teams/{code}/members/remove", post(team::member_remove))
        .route("/accounts/{id}/act/{act}", get(life::show).post(life::send))
        .route("/accounts/{id}/holds", get(hold::place_page).post(hold::place))
        .route("/accounts/{id}/holds/{hold}/release", get(hold::release_page).post(hold::release))
        .route("/accounts/{id}/watch", get(hold::watch_page).post(hold::watch))
        .route("/accounts/{id}/merge", get(merge::show).post(merge::send))
        .route("/accounts/{id}/parent", post(merge::parent))
        .route("/accounts/{id}/relationships", post(relationship::add))
        .route("/accounts/{id}/relationships/{relationship}/end", post(relationship::end))
        .route("/accounts/{id}/pricing", post(commerce::price))
        .route("/accounts/{id}/tax-profiles", post(commerce::tax_profile))
        .route("/accounts/{id}/tax-profiles/{row}/verify", post(commerce::verify_profile))
        .route("/accounts/{id}/documents", post(commerce::upload))
        .route("/accounts/{id}/documents/{document}/content", get(commerce::content))
        .route("/accounts/{id}/documents/{document}/verify", post(commerce::verify_document))
        .route("/accounts/{id}/contracts", post(contract::draft))
        .route("/contracts", get(contract::list))
        .route("/contracts/calendar.ics", get(contract::calendar))
        .route("/contracts/{id}", get(contract::show))
        .route("/contracts/{id}/pdf", get(contract::pdf))
        .route("/contracts/{id}/upload-signed", post(contract::upload))
        .route("/contracts/{id}/{act}", post(contract::act))
        .route("/tasks", get(task::list))
        .route("/tasks/{id}/done", post(task::done))
        .route("/sign/{id}/{secret}", get(door::show).post(door::sign))
        .route("/sign/{id}/{secret}/pdf", get(door::pdf))
        .route("/sign/{id}/{secret}/decline", post(door::decline))
        .route("/sign/{id}/{secret}/activate", post(door::activate_signer))
        .route("/activate/{id}/{secret}", get(door::activation).post(door::activate))
        .route("/portal", get(portal::show))
        .route("/portal/contracts/{id}/pdf", get(portal::pdf))
        .route("/credit", get(credit::desk))
        .route("/credit/sources", post(credit::sources))
        .route("/credit/scorecards", get(scorecard::list).post(scorecard::train))
        .route("/credit/scorecards/from-history", post(scorecard::learn))
        .route("/credit/scorecards/{version}", get(scorecard::show))
        .route("/credit/scorecards/{version}/activate", post(scorecard::activate))
        .route("/changes", get(change::list))
        .route("/changes/decide", post(change::decide_many))
        .route("/changes/{id}", get(change::show))
        .route("/changes/{id}/{act}", post(change::act))
        .route("/orders", get(order::list))
        .route("/orders/new", get(order::place::show).post(order::place::send))
        .route("/orders/release", post(order::release_queue))
        .route("/orders/{id}", get(order::show))
        .route("/orders/{id}/release", post(order::release))
        .route("/orders/{id}/cancel", post(order::cancel))
        .route("/outbox", get(outbox::list))
        .route("/outbox/{id}", get(outbox::show))
        .route("/outbox/{id}/{act}", post(outbox::act))
        .route("/webhooks", get(webhook::list).post(webhook::create))
        .route("/webhooks/{id}/{act}", post(webhook::act))
        .route("/deliveries/{id}/{act}", post(webhook::decide))
        .merge(settings_router())
        .route("/audit", get(audit::list))
        .route("/audit/head", post(audit::sign))
        .route("/accounts/{id}/restore", post(account::restore))
        .route("/imports", get(import::list).post(import::upload))
        .route("/imports/{id}", get(import::show))
        .route("/imports/{id}/live", get(import::live))
        .route("/imports/{id}/errors.csv", get(import::errors))
        .route("/imports/{id}/execute", post(import::execute))
        .route("/imports/{id}/revert", post(import::revert))
        .route("/imports/{id}/columns", post(import::remap))
        .route("/imports/{id}/mapping", post(import::save_mapping))
        .route("/alerts", get(alert::list))
        .route("/alerts/{id}", get(alert::show))
        .route("/alerts/{id}/acknowledge", post(alert::acknowledge))
        .route("/alerts/{id}/close", post(alert::close))
        .route("/screening", get(screening::list))
        .route("/screening/lists", get(screening::lists::show).post(screening::lists::load))
        .route("/screening/lists/{name}/retire", post(screening::lists::retire))
        .route("/screening/{id}", get(screening::show))
        .route("/screening/{id}/disposition", post(screening::dispose))
        .route("/duplicates", get(duplicate::list))
        .route("/duplicates/scan", post(duplicate::scan))
        .route("/duplicates/{id}", get(duplicate::show))
        .route("/duplicates/{id}/dismiss", post(duplicate::dismiss))
        .route("/onboarding", get(onboarding::list))
        .route("/onboarding/new", get(onboarding::apply::show).post(onboarding::apply::send))
        .route("/onboarding/{id}", get(onboarding::show))
        .route("/onboarding/{id}/documents", post(onboarding::act::upload))
        .route("/onboarding/{id}/documents/{document}/verify", post(onboarding::act::verify))
        .route("/onboarding/{id}/owners", post(onboarding::act::owners))
        .route("/onboarding/{id}/payment", post(onboarding::act::payment))
        .route("/onboarding/{id}/hits/{hit}", post(onboarding::act::dispose))
        .route("/onboarding/{id}/end", post(onboarding::end))
        .route("/onboarding/{id}/steps/{step}", post(onboarding::decide))
        .route("/onboarding/{id}/steps/{step}/run", post(onboarding::run))
        .route("/quarantine", get(quarantine::list))
        .route("/quarantine/{id}/replay", post(quarantine::replay))
        .route("/quarantine/decide", post(quarantine::decide))
        .route("/quarantine/{id}/accept", post(quarantine::accept))
        .route("/quarantine/{id}/repair", post(quarantine::repair))
        .route("/views", get(view::list).post(view::save))
        .route("/views/columns", post(view::columns))
        .route("/views/arrange", post(view::arrange))
        .route("/views/{id}", get(view::open).post(view::change))
        .layer(middleware::from_fn(miss::draw))
        .layer(middleware::from_fn(super::words::heard))
        .layer(Extension(Arc::new(Tries::default())))
        .layer(Extension(Arc::new(session::guard::Guard::default())))
        .route("/assets/{*path}", get(asset::file))
        .route("/favicon.ico", get(asset::favicon))
        .route("/sw.js", get(asset::service_worker))
        .route("/offline", get(asset::offline))
}

/// The settings, yours and the company's.
fn settings_router() -> Router<Engine> {
    use settings::{appearance, delegation, feed, field, organisation, people, rate, token};
    Router::new()
        .route("/settings", get(settings::hub))
        .route("/settings/preferences", post(preference::save))
        .route("/settings/appearance", get(appearance::show).post(appearance::save))
        .route("/settings/sign-in", get(appearance::sign_in).post(appearance::password))
        .route("/settings/sign-in/end", post(appearance::end_sessions))
        .route("/settings/tokens", get(token::show).post(token::make))
        .route("/settings/tokens/{id}/revoke", post(token::revoke))
        .route("/settings/delegations", get(delegation::show))
        .route("/delegations", get(settings::delegations_moved).post(delegation::make))
        .route("/delegations/{id}/end", post(delegation::end))
        .route("/settings/organisation", get(organisation::show).post(organisation::save))
        .route("/settings/organisation/close", post(organisation::close))
        .route("/settings/entities", post(organisation::entity_add))
        .route("/settings/entities/{code}", post(organisation::entity_save))
        .route("/settings/people", get(people::list).post(people::invite))
        .route("/settings/people/{id}", get(people::show))
        .route("/settings/people/{id}/{act}", post(people::act))
        .route("/settings/approvals", get(policy::show).post(policy::propose))
        .route("/settings/approvals/rows", post(policy::row))
        .route("/settings/approvals/packs", post(policy::pack))
        .route("/settings/fields", get(field::show).post(field::add))
        .route("/settings/fields/{name}", post(field::save))
        .route("/settings/fields/{name}/{act}", post(field::act))
        .route("/catalogues", get(settings::catalogues_moved))
        .route("/settings/codes", get(catalogue::show).post(catalogue::code_add))
        .route("/settings/codes/rename", post(catalogue::code_rename))
        .route("/settings/codes/default", post(catalogue::code_default))
        .route("/settings/codes/delete", post(catalogue::code_delete))
        .route("/settings/codes/retire", post(catalogue::code_retire))
        .route("/settings/rates", get(rate::show).post(rate::add))
        .route("/settings/feeds", get(feed::show).post(feed::save))
        .route("/settings/feeds/{name}/delete", post(feed::delete))
        .route("/settings/mappings/{id}/delete", post(feed::mapping_delete))
}

/// Where no route leads, with all that is around a page: what is not there and what may not be seen look alike.
pub(crate) fn unknown<H, T>(missing: H) -> Router<Engine>
where
    H: axum::handler::Handler<T, Engine>,
    T: 'static,
{
    Router::new()
        .fallback(missing)
        .layer(middleware::from_fn(miss::draw))
        .layer(middleware::from_fn(super::words::heard))
}

/// A page that is not there, in the language of whoever asks for it.
pub(crate) async fn nowhere(engine: Engine, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    crate::rest::body::drain(body).await;
    // Who asks is looked up for their language alone.
    let _known = visit::Visit::from_request_parts(&mut parts, &engine).await;
    miss::Miss::not_found().into_response()
}

/// The same without a reader.
pub(crate) fn not_found() -> Response {
    miss::Miss::not_found().page(None).into_response()
}
