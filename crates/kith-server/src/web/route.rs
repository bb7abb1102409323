//! The routes of the pages: who asks, what the engine answers, which page draws it.

mod account;
mod accounts;
mod alert;
mod asset;
mod audit;
mod catalogue;
mod change;
mod commerce;
mod contract;
mod credit;
mod door;
mod duplicate;
mod form;
mod hold;
mod import;
mod life;
mod merge;
mod miss;
mod notification;
mod onboarding;
mod order;
mod outbox;
mod policy;
mod portal;
mod portfolio;
mod preference;
mod quarantine;
mod relationship;
mod review;
mod screening;
mod session;
mod task;
mod team;
mod tries;
mod view;
mod visit;
mod webhook;

use std::sync::Arc;

use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router, middleware};
use kith_engine::Engine;

use tries::Tries;

/// All pages.
#[expect(clippy::too_many_lines, reason = "one line for each page, nothing else")]
pub(crate) fn router() -> Router<Engine> {
    Router::new()
        .route("/", get(root))
        .route("/sign-in", get(session::show).post(session::sign_in))
        .route("/sign-out", post(session::sign_out))
        .route("/accounts", get(accounts::show))
        .route("/accounts/rows", get(accounts::rows))
        .route("/accounts/export/{format}", get(accounts::export))
        .route("/accounts/{id}", get(account::show))
        .route("/accounts/{id}/live", get(account::live))
        .route("/accounts/{id}/metrics/{metric}", get(account::metric))
        .route("/accounts/{id}/notes", post(account::note))
        .route("/catalogues", get(catalogue::show))
        .route("/catalogues/codes", post(catalogue::code_add))
        .route("/catalogues/codes/rename", post(catalogue::code_rename))
        .route("/catalogues/codes/default", post(catalogue::code_default))
        .route("/catalogues/codes/delete", post(catalogue::code_delete))
        .route("/catalogues/codes/retire", post(catalogue::code_retire))
        .route("/catalogues/fields", post(catalogue::field_add))
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
        .route("/notifications", get(notification::list))
        .route("/notifications/read", post(notification::read_all))
        .route("/settings/preferences", post(preference::save))
        .route("/settings/approvals", get(policy::show).post(policy::propose))
        .route("/settings/approvals/rows", post(policy::row))
        .route("/settings/approvals/packs", post(policy::pack))
        .route("/delegations", post(policy::delegate))
        .route("/delegations/{id}/end", post(policy::end))
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
        .route("/quarantine/{id}/discard", post(quarantine::discard))
        .route("/views", post(view::save))
        .layer(middleware::from_fn(miss::draw))
        .layer(middleware::from_fn(super::words::heard))
        .layer(Extension(Arc::new(Tries::default())))
        .route("/assets/{*path}", get(asset::file))
}

/// The list is the first page; who is not signed in is sent to the door from there.
async fn root() -> Redirect {
    Redirect::to("/accounts")
}

/// What is not there, and what may not be seen, look alike.
pub(crate) fn not_found() -> Response {
    miss::Miss::not_found().page(None).into_response()
}
