//! Orders at the door: the list, the queue of held ones, and one order with its reasons.

use kith_api::view::{OrderLineView, OrderReasonView, OrderView, QueueView};
use kith_domain::order::COURSE;
use kith_template::html;
use maud::Markup;

use super::super::clock::date;
use super::super::link::Link;
use super::super::number::{count, in_percent, money, number, phrase, words};
use super::super::part::icon::Icon;
use super::super::part::note::{Kind, empty, note};
use super::super::part::pager::pager;
use super::super::part::tone;
use super::super::shell::{Frame, Shell, framed};
use crate::web::words::{t, told, word};

mod place;
mod queue;

pub use place::{LINES, PlacePage, place};

/// The list of orders.
#[derive(Debug, Clone, Default)]
pub struct OrdersPage {
    /// The orders.
    pub items: Vec<OrderView>,
    /// `state` of the address; `held` is the queue, nothing is all.
    pub state: String,
    /// `account` of the address.
    pub account: String,
    /// Name of that account.
    pub account_name: Option<String>,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// The reader may take orders down.
    pub may_place: bool,
    /// The reader may release held orders.
    pub may_release: bool,
    /// What became of the queue just now.
    pub gone_through: Option<QueueView>,
    /// Why the queue was not gone through.
    pub fault: Option<String>,
}

/// One order.
#[derive(Debug, Clone, Default)]
pub struct OrderPage {
    /// The order.
    pub order: OrderView,
    /// The reader may release held orders.
    pub may_release: bool,
    /// The reader may cancel orders.
    pub may_cancel: bool,
    /// Why the last act was not taken.
    pub fault: Option<String>,
}

/// The states that the list can be narrowed to: value of `state` and title.
const STATES: [(&str, &str); 6] = [
    ("held", word("Held")),
    ("confirmed", word("Confirmed")),
    ("closed", word("Closed")),
    ("rejected", word("Rejected")),
    ("cancelled", word("Cancelled")),
    ("all", word("All")),
];

/// The list; of held orders the queue.
#[must_use]
pub fn orders(shell: &Shell, page: &OrdersPage) -> Markup {
    let frame = Frame { above: &[], here: t("Orders"), kind: "orders", account: None, wide: false };
    let to = |state: &str| Link::to("/orders").always("state", state).with("account", &page.account);
    let next = page.next.as_deref().map(|cursor| to(&page.state).with("cursor", cursor).done());
    let is_queue = page.state == "held";
    let content = html! {
        .head {
            .stack .x {
                h1 { "Orders" @if let Some(name) = &page.account_name { " of " (name) } }
                p .muted {
                    @if is_queue { "Held orders, those first that weigh most: tier × value × ship date. Each is decided within two business hours." }
                    @else { "What came in at the door, and what was decided." }
                }
            }
            @if page.may_place {
                a .btn .pri .push href=(Link::to("/orders/new").with("account", &page.account).done()) { (Icon::Plus.show()) "New order" }
            }
            nav .seg .push[!page.may_place] aria-label="Show" {
                @for (state, title) in STATES {
                    a href=(to(state).done()) aria-current=[(page.state == state).then_some("true")] { (t(title)) }
                }
            }
        }
        @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p .b { (fault) } })) }
        @if let Some(view) = &page.gone_through { (queue::outcome(view)) }
        @if is_queue && page.may_release && !page.items.is_empty() { (queue::form(shell, page)) }
        .card {
            @if page.items.is_empty() {
                (empty(Icon::Passed, t("Nothing here"), &html! {
                    @if is_queue { "No order waits for a person." } @else { "No order stands there." }
                }))
            } @else {
                ul .list #orders { @for order in &page.items { (line(shell, order, is_queue && page.may_release)) } }
            }
        }
        (pager(next.as_deref(), None, t("More")))
    };
    framed(shell, &frame, &content)
}

/// The tone of a state.
fn of_order(state: &str) -> &'static str {
    match state {
        "confirmed" | "delivered" | "invoiced" | "closed" => "good",
        "planned" | "dispatched" | "in_transit" => "info",
        "held" | "received" => "warn",
        "rejected" => "bad",
        _ => "",
    }
}

fn pill(state: &str) -> Markup {
    html! { span class=(format!("pill {}", of_order(state))) { (words(state)) } }
}

fn line(shell: &Shell, order: &OrderView, picks: bool) -> Markup {
    let first = order.reasons.first().filter(|reason| reason.severity != "info");
    html! {
        li .wraps {
            @if picks {
                label .hit-box { span .vh { "Pick " (order.order_no) } input type="checkbox" form="queue" name=(format!("pick-{}", order.id)) value="true"; }
            }
            span .grow .stack .x {
                span .row .wrap .gap1 {
                    a .b .ul href=(format!("/orders/{}", order.id)) { (order.order_no) }
                    (pill(&order.state))
                    @if order.held.as_ref().is_some_and(|held| held.is_overdue) { span .pill .bad { "Past due" } }
                }
                span .sm .muted .broken {
                    (order.account_name.as_deref().unwrap_or(t("Nobody's account yet")))
                    @if let Some(number) = &order.customer_order_no { " · " span .mono { (number) } }
                    " · " (words(&order.channel))
                    @if let Some(day) = &order.requested_delivery { " · wanted " (date(day)) }
                }
                @if let Some(reason) = first {
                    span .sm { (told(&reason.text)) }
                    @if order.state == "held" && !reason.clears.is_empty() { span .sm .muted { "Clears: " (told(&reason.clears)) } }
                }
            }
            span .stack .x .nowrap {
                span .b .num { @if let Some(total) = &order.total { (money(total)) } @else { "–" span .vh { "no amount" } } }
                @if let Some(held) = &order.held {
                    span .sm .muted .num { "priority " (count(u64::try_from(held.priority).unwrap_or_default())) }
                    span .sm .muted { "due " (shell.clock.exact(&held.due_at)) }
                } @else {
                    span .sm .muted { (shell.clock.age_mark(Some(&order.received_at))) }
                }
            }
        }
    }
}

/// One order.
#[must_use]
pub fn order(shell: &Shell, page: &OrderPage) -> Markup {
    let order = &page.order;
    let frame = Frame {
        above: &[(t("Orders"), "/orders?state=held")],
        here: &order.order_no,
        kind: "order",
        account: None,
        wide: false,
    };
    let content = html! {
        .head {
            .stack .x {
                span .row .wrap { h1 { (order.order_no) } (pill(&order.state)) }
                p .muted .broken {
                    @match (&order.account, &order.account_name) {
                        (Some(id), name) => a .ul href=(format!("/accounts/{id}")) { (name.as_deref().unwrap_or(id)) },
                        (None, _) => "Nobody's account yet",
                    }
                    @if let Some(entity) = &order.entity { " · " (entity) }
                    @if let Some(number) = &order.customer_order_no { " · their number " span .mono { (number) } }
                    " · by " (words(&order.channel)) ", " (shell.clock.exact(&order.received_at))
                }
            }
            span .push .stack .x { span .b .num #total { @if let Some(total) = &order.total { (money(total)) } @else { "No amount" } } }
        }
        (course(&order.state))
        @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p .b { (fault) } })) }
        @if let Some(held) = &order.held {
            (note(Kind::Warn, &html! {
                p .b { "It waits for a person" @if let Some(role) = &held.released_by { ": " (phrase(role)) " or above" } }
                p { "To be decided by " (shell.clock.exact(&held.due_at)) @if held.is_overdue { ", which is over" } "." }
            }))
        }
        @if let Some(release) = &order.release {
            (note(Kind::Info, &html! {
                p .b {
                    "Released by " (release.by_name.as_deref().unwrap_or("somebody")) ", " (shell.clock.exact(&release.at))
                    @if release.overridden { " although it was held" }
                }
                @if let Some(reason) = &release.reason { p { "“" (reason) "”" } }
            }))
        }
        (reasons(order))
        (candidates(order))
        (lines(order))
        (credit(order))
        (acts(shell, page))
    };
    framed(shell, &frame, &content)
}

/// How far an order that goes has come.
fn course(state: &str) -> Markup {
    let Some(here) = COURSE.iter().position(|known| *known == state) else { return html! {} };
    html! {
        ol .steps #course aria-label="Where it stands" {
            @for (place, state) in COURSE.iter().enumerate() {
                @let (done, now) = (place < here, place == here);
                li .done[done] .now[now] aria-current=[now.then_some("step")] {
                    span .n { @if done { (Icon::Check.small()) } @else { (place + 1) } }
                    (words(state))
                }
            }
        }
    }
}

fn reasons(order: &OrderView) -> Markup {
    html! {
        section .card aria-labelledby="reasons" {
            header { h2 #reasons { "Why" } }
            ul .list { @for reason in &order.reasons { (reason_line(reason)) } }
            @if !order.signals.is_empty() {
                .body .stack .x { @for signal in &order.signals { p .sm .muted { (told(signal)) } } }
            }
        }
    }
}

fn reason_line(reason: &OrderReasonView) -> Markup {
    let tone = match reason.severity.as_str() {
        "reject" => "bad",
        "hold" | "warning" => "warn",
        _ => "good",
    };
    html! {
        li {
            span class=(format!("pill {tone}")) { (words(&reason.severity)) }
            span .grow .stack .x {
                span { (told(&reason.text)) }
                @if !reason.clears.is_empty() { span .sm .muted { "Clears: " (told(&reason.clears)) } }
                @if !reason.pointer.is_empty() { span .sm .muted { "at " span .mono .broken { (reason.pointer) } } }
            }
        }
    }
}

fn candidates(order: &OrderView) -> Markup {
    html! {
        @if !order.matched.candidates.is_empty() {
            section .card aria-labelledby="candidates" {
                header { h2 #candidates { "Who it may be" } }
                ul .list {
                    @for candidate in &order.matched.candidates {
                        li {
                            a .ul .grow href=(format!("/accounts/{}", candidate.account)) { (candidate.name.as_deref().unwrap_or(&candidate.account)) }
                            span .sm .muted .num { (in_percent(&number(candidate.confidence * 100.0, 0))) }
                        }
                    }
                }
            }
        }
    }
}

fn lines(order: &OrderView) -> Markup {
    html! {
        @if !order.lines.is_empty() {
            section .card aria-labelledby="lines" {
                header { h2 #lines { "Lines" } span .sm .muted .push .num { (order.lines.len()) } }
                .scroll tabindex="0" role="region" aria-label="Ordered lines" {
                    table .tbl .tight {
                        thead { tr {
                            th scope="col" { "Item" } th scope="col" .num { "Quantity" } th scope="col" .num { "Price" }
                            th scope="col" { "From" } th scope="col" .num { "Total" }
                        } }
                        tbody { @for line in &order.lines { (row(line)) } }
                    }
                }
            }
        }
    }
}

fn row(line: &OrderLineView) -> Markup {
    let text = |pointer: &str| line.price.pointer(pointer).and_then(serde_json::Value::as_str);
    let looked_at = line.price.get("price_trace").and_then(serde_json::Value::as_array).map_or(0, Vec::len);
    html! {
        tr {
            th scope="row" { (line.item) }
            td .num { (line.qty) " " (line.uom) }
            td .num {
                @if let Some(price) = &line.unit_price { (money(price)) } @else { "–" span .vh { "no price" } }
                @if let Some(given) = &line.given_price { br; span .sm .muted { "given " (given) } }
            }
            td {
                @if line.as_given { "as given" } @else { (phrase(text("/rule/source").unwrap_or("nothing"))) }
                @if looked_at > 0 { br; span .sm .muted { (looked_at) " other prices looked at" } }
            }
            td .num { @if let Some(total) = &line.total { (money(total)) } @else { "–" span .vh { "no total" } } }
        }
    }
}

fn credit(order: &OrderView) -> Markup {
    let Some(decision) = &order.decision else { return html! {} };
    let figures = [
        (t("Limit"), &decision.limit),
        (t("Exposure before"), &decision.exposure),
        (t("Available before"), &decision.available_before),
        (t("Available after"), &decision.available_after),
    ];
    html! {
        section .card aria-labelledby="credit" {
            header { h2 #credit { "Credit" } span class=(format!("pill push {}", tone_of(&decision.outcome))) { (words(&decision.outcome)) } }
            .body { dl .kv .wide {
                @for (title, figure) in figures {
                    dt { (title) }
                    dd .num { @if let Some(figure) = figure { (money(figure)) } @else { "–" } }
                }
            } }
        }
    }
}

fn tone_of(outcome: &str) -> &'static str {
    match outcome {
        "approve" => tone::of_state("approved"),
        "reject" => tone::of_state("rejected"),
        _ => tone::of_state("waiting"),
    }
}

fn acts(shell: &Shell, page: &OrderPage) -> Markup {
    let order = &page.order;
    let path = format!("/orders/{}", order.id);
    let is_open = matches!(order.state.as_str(), "held" | "confirmed");
    html! {
        @if order.state == "held" && page.may_release {
            section .card aria-labelledby="release" {
                header { h2 #release { "Release this order" } }
                form .body .stack .t method="post" action=(format!("{path}/release")) {
                    input type="hidden" name="csrf" value=(shell.csrf);
                    p .sm .muted { "It alone goes; no hold of the account is lifted. It is checked again on the exposure of now." }
                    @if order.account.is_none() {
                        .stack .x {
                            label .sm .b for="account" { "Account" }
                            input .field #account name="account" required autocomplete="off" placeholder="acc_… or account number";
                        }
                    }
                    .stack .x {
                        label .sm .b for="why" { "Reason " span .muted .plain { "kept with the order" } }
                        input .field #why name="reason" maxlength="500" autocomplete="off";
                    }
                    button .btn .pri type="submit" { (Icon::Check.show()) "Release" }
                }
            }
        }
        @if is_open && page.may_cancel {
            form .row .wrap method="post" action=(format!("{path}/cancel")) {
                input type="hidden" name="csrf" value=(shell.csrf);
                label .vh for="cancel" { "Reason to cancel" }
                input .field .short #cancel name="reason" maxlength="500" autocomplete="off" placeholder="Reason";
                button .btn .danger type="submit" { "Cancel the order" }
            }
        }
    }
}
