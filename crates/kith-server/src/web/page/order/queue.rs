//! Going through the queue of held orders: the form, and what became of it.

use kith_api::view::QueueView;
use kith_template::html;
use maud::Markup;

use super::super::super::number::{money, words};
use super::super::super::part::icon::Icon;
use super::super::super::shell::Shell;
use super::OrdersPage;
use crate::web::words::told;

/// All of it, or what was picked in the list below.
pub(super) fn form(shell: &Shell, page: &OrdersPage) -> Markup {
    html! {
        form #queue .card method="post" action="/orders/release" {
            input type="hidden" name="csrf" value=(shell.csrf);
            input type="hidden" name="account" value=(page.account);
            .body .row .wrap {
                button .btn .pri type="submit" name="act" value="recheck" { (Icon::Replay.show()) "Go through the queue" }
                span .sm .muted .grow { "Each is looked at again on the exposure of now, in this order; where an account has no room left, what is behind waits." }
                label .vh for="queue-reason" { "Reason" }
                input #queue-reason .field .short name="reason" maxlength="500" autocomplete="off" placeholder="Reason";
                button .btn type="submit" name="act" value="override" { "Release on my word" }
            }
        }
    }
}

fn tone(outcome: &str) -> &'static str {
    match outcome {
        "released" => "good",
        "refused" => "bad",
        _ => "warn",
    }
}

/// Order by order.
pub(super) fn outcome(view: &QueueView) -> Markup {
    html! {
        section .card aria-labelledby="gone" {
            header { h2 #gone { "Gone through" } span .sm .muted .push { (view.released) " go, " (view.left) " wait" } }
            ul .list #gone-through {
                @for item in &view.items {
                    li .wraps {
                        span class=(format!("pill {}", tone(&item.outcome))) { (words(&item.outcome)) }
                        span .grow .stack .x {
                            a .ul href=(format!("/orders/{}", item.id)) { (item.order_no) }
                            span .sm .muted { (item.account_name.as_deref().unwrap_or_default()) @if let Some(text) = &item.text { " " (told(text)) } }
                        }
                        span .num { @if let Some(total) = &item.total { (money(total)) } }
                    }
                }
            }
        }
    }
}
