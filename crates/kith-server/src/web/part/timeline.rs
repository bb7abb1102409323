//! What happened, day by day, newest first.

use kith_api::view::TimelineItem;
use kith_template::html;
use maud::Markup;

use super::icon::Icon;
use super::why::short;
use crate::web::clock::Clock;
use crate::web::words::{t, told, word};

/// The groups that can be shown alone: value of `group` and title.
pub(crate) const GROUPS: [(&str, &str); 8] = [
    ("", word("All")),
    ("orders", word("Orders")),
    ("shipments", word("Shipments")),
    ("money", word("Money")),
    ("messages", word("Messages")),
    ("quotes", word("Quotes")),
    ("surveys", word("Surveys")),
    ("portal", word("Portal")),
];

/// The items; `detailed` adds the event as it came.
pub(crate) fn timeline(items: &[TimelineItem], clock: &Clock, detailed: bool) -> Markup {
    html! {
        ol .tl {
            @for day in items.chunk_by(|one, other| clock.day(&one.time) == clock.day(&other.time)) {
                @if let Some(day) = day.first().and_then(|item| clock.day(&item.time)) {
                    li .day { (clock.day_name(day)) }
                }
                @for item in day { (line(item, clock, detailed)) }
            }
        }
    }
}

fn line(item: &TimelineItem, clock: &Clock, detailed: bool) -> Markup {
    let (icon, tone) = face(item);
    let gone = item.state != "active" && !item.state.is_empty();
    html! {
        li id=(format!("{}-{}", item.log, item.position)) {
            span class=(format!("ic {tone}")) { (icon.show()) }
            span .stack .x {
                span .b .gone[gone] { (told(&item.title)) @if item.alert { span .vh { " (needs a look)" } } }
                @if !item.detail.is_empty() { p .sm { (told(&item.detail)) } }
                @if gone { p .sm .warn { (gone_words(&item.state)) } }
                @if detailed { (event(item)) }
            }
            time datetime=(item.time) title=(format!("{}, {}", clock.exact(&item.time), item.source)) {
                (clock.time(&item.time))
            }
        }
    }
}

/// The event as it came, folded away.
fn event(item: &TimelineItem) -> Markup {
    let data = serde_json::to_string_pretty(&item.data).unwrap_or_default();
    html! {
        details .event {
            summary .sm .muted { (short(&item.source)) ", " span .mono { (item.id) } }
            pre .mono tabindex="0" { (item.kind) "\n" (data) }
        }
    }
}

fn gone_words(state: &str) -> &'static str {
    match state {
        "superseded" => t("Superseded by a correction, counted no more"),
        "retracted" => t("Retracted by its source, counted no more"),
        _ => t("Counted no more"),
    }
}

fn face(item: &TimelineItem) -> (Icon, &'static str) {
    let icon = match item.group.as_str() {
        _ if item.kind.contains("claim") => Icon::Damaged,
        "orders" => Icon::Package,
        "shipments" => Icon::Truck,
        "money" => Icon::Money,
        "messages" if item.kind.contains("meeting") => Icon::Phone,
        "messages" => Icon::Mail,
        "quotes" => Icon::Message,
        "surveys" => Icon::Survey,
        "portal" => Icon::Globe,
        "changes" => Icon::Changes,
        _ => Icon::Activity,
    };
    let tone = match item.group.as_str() {
        _ if item.alert => "bad",
        "changes" => "acc",
        "money" if item.kind.contains("payment.received") => "good",
        _ => "",
    };
    (icon, tone)
}
