//! A credit decision as a line with its reasons.

use kith_api::view::{CreditDecisionView, ReservationView};
use kith_template::html;
use maud::Markup;

use crate::web::clock::Clock;
use crate::web::number::{money, words};
use crate::web::words::told;

/// The tone of an outcome.
pub(crate) fn tone(outcome: &str) -> &'static str {
    match outcome {
        "approve" => "good",
        "approve_with_warning" => "warn",
        _ => "bad",
    }
}

/// One reservation, or the decision against one; `named` says whose it is.
pub(crate) fn line(clock: &Clock, view: &ReservationView, named: bool) -> Markup {
    let outcome = view.decision.as_ref().map_or("", |decision| decision.outcome.as_str());
    html! {
        li {
            span .grow .stack .x {
                span .row .wrap .gap1 {
                    @if let Some(amount) = &view.amount { b .num { (money(amount)) } }
                    @if named {
                        a .ul href=(format!("/accounts/{}?tab=credit&entity={}", view.account, view.entity)) {
                            (view.account_name.as_deref().unwrap_or(&view.account))
                        }
                    }
                    @if let Some(order) = &view.order_no { span .sm .muted { "order " (order) } }
                    span .sm .muted { (view.entity) }
                }
                @if let Some(decision) = &view.decision { (reasons(decision)) }
            }
            span .stack .x .r {
                span class=(format!("pill {}", tone(outcome))) { (words(outcome)) }
                @if view.state != "refused" { span .sm .muted .nowrap { (words(&view.state)) } }
                span .sm .muted .nowrap { (clock.age_mark(Some(&view.decided_at))) }
            }
        }
    }
}

fn reasons(decision: &CreditDecisionView) -> Markup {
    html! {
        @for reason in &decision.reasons { span .sm .muted { (told(&reason.text)) } }
    }
}
