//! Webhooks: which addresses are called for alerts, and what reached nobody.

use std::collections::HashMap;

use kith_api::view::{DeliveryView, WebhookView};
use kith_template::html;
use maud::Markup;

use super::super::number::{phrase, words};
use super::super::part::icon::Icon;
use super::super::part::note::{Kind, empty, note};
use super::super::shell::{Frame, Shell, framed};
use crate::web::words::{t, word};

/// Kinds of alerts.
const KINDS: [(&str, &str); 5] = [
    ("over_limit", word("Over the limit")),
    ("unusual_spending", word("Unusual spending")),
    ("new_ship_to", word("New ship-to")),
    ("bust_out", word("Bust-out")),
    ("exposure_unknown", word("Exposure unknown")),
];

/// The webhooks, and the latest of what they were told.
#[derive(Debug, Clone, Default)]
pub struct WebhooksPage {
    /// The webhooks.
    pub items: Vec<WebhookView>,
    /// What reached nobody, newest first.
    pub dead: Vec<DeliveryView>,
    /// The latest deliveries, newest first.
    pub deliveries: Vec<DeliveryView>,
    /// Legal entities: code and name.
    pub entities: Vec<(String, String)>,
    /// The name of a webhook that was made just now, or got another secret, and that secret.
    pub secret: Option<(String, String)>,
    /// What was typed, where it was refused.
    pub typed: HashMap<String, String>,
    /// Why it was refused.
    pub fault: Option<String>,
}

/// The page.
#[must_use]
pub fn webhooks(shell: &Shell, page: &WebhooksPage) -> Markup {
    let frame = Frame {
        above: &[(t("Alerts"), "/alerts")],
        here: t("Webhooks"),
        kind: "webhooks",
        account: None,
        wide: false,
    };
    let content = html! {
        .head { .stack .x {
            h1 { "Webhooks" }
            p .muted { "Addresses that are called when an alert is raised, acknowledged, cleared or closed. Calls are signed and name nobody." }
        } }
        @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p #webhook-fault .b { (fault) } })) }
        @if let Some((name, secret)) = &page.secret {
            (note(Kind::Info, &html! {
                p .b { "The secret of " (name) " is shown here only." }
                p #secret .mono .broken { (secret) }
                p .sm { "With it the other side checks the header webhook-signature, as Standard Webhooks says." }
            }))
        }
        section .card aria-labelledby="hooks" {
            header { h2 #hooks { "Addresses" } span .sm .muted .push .num { (page.items.len()) } }
            @if page.items.is_empty() { (empty(Icon::Globe, t("No address is called"), &html! { "Name the first one below." })) }
            @else { ul .list { @for hook in &page.items { (line(shell, hook)) } } }
            (form(shell, page))
        }
        @if !page.dead.is_empty() { (deliveries(shell, ("dead", t("Reached nobody")), &page.dead)) }
        @if !page.deliveries.is_empty() { (deliveries(shell, ("latest", t("Latest calls")), &page.deliveries)) }
    };
    framed(shell, &frame, &content)
}

fn post(shell: &Shell, path: &str, fields: &Markup) -> Markup {
    html! { form method="post" action=(path) { input type="hidden" name="csrf" value=(shell.csrf); (fields) } }
}

fn line(shell: &Shell, hook: &WebhookView) -> Markup {
    let path = format!("/webhooks/{}", hook.id);
    let kinds: Vec<String> = hook.kinds.iter().map(|kind| words(kind)).collect();
    let button = |act: &str, title: &str| {
        post(
            shell,
            &format!("{path}/{act}"),
            &html! { button .btn .sm type="submit" { (title) span .vh { " " (hook.name) } } },
        )
    };
    html! {
        li .wraps #(hook.id) {
            span .grow .stack .x {
                span .row .wrap .gap1 {
                    b { (hook.name) }
                    @if hook.on { span .pill .good { "On" } } @else { span .pill .warn { @if hook.gone { "Gone: it answered 410" } @else { "Off" } } }
                }
                span .sm .muted .mono .broken { (hook.url) }
                span .sm .muted {
                    @if kinds.is_empty() { "Every kind of alert" } @else { (kinds.join(", ")) }
                    @if let Some(least) = &hook.severity_least { ", " (phrase(least)) " or graver" }
                    @if let Some(entity) = &hook.entity { ", accounts of " (entity) }
                }
            }
            .row .wrap .gap2 {
                (button("test", t("Test")))
                @if hook.on { (button("off", t("Switch off"))) } @else { (button("on", t("Switch on"))) }
                (button("secret", t("New secret")))
                (button("delete", t("Delete")))
            }
        }
    }
}

fn form(shell: &Shell, page: &WebhooksPage) -> Markup {
    let typed = |name: &str| page.typed.get(name).map(String::as_str);
    let open = page.fault.is_some() || page.items.is_empty();
    html! {
        .body {
            details #add open[open] {
                summary .btn .sm { (Icon::Plus.small()) "Add an address" }
                form .asking method="post" action="/webhooks" {
                    input type="hidden" name="csrf" value=(shell.csrf);
                    .asked {
                        label .stack .x for="hook-name" { span .sm .b { "Name" } input .field #hook-name name="name" required maxlength="100" value=[typed("name")] autocomplete="off"; }
                        label .stack .x for="hook-url" { span .sm .b { "Address" } input .field #hook-url name="url" type="url" required maxlength="2000" value=[typed("url")] placeholder="https://" autocomplete="off"; }
                        label .stack .x for="hook-severity" { span .sm .b { "Least severity" }
                            select .field #hook-severity name="severity_least" {
                                @for (code, title) in [("", t("Every one")), ("medium", t("Medium")), ("high", t("High"))] {
                                    option value=(code) selected[typed("severity_least") == Some(code)] { (title) } } } }
                        label .stack .x for="hook-entity" { span .sm .b { "Accounts of" }
                            select .field #hook-entity name="entity" {
                                option value="" { "Every legal entity" }
                                @for (code, name) in &page.entities { option value=(code) selected[typed("entity") == Some(code)] { (name) } } } }
                    }
                    fieldset .row .wrap {
                        legend .sm .b { "Kinds of alerts; every one if none is chosen" }
                        @for (code, title) in KINDS {
                            @let name = format!("kind-{code}");
                            label .row for=(name) { input type="checkbox" #(name) name=(name) value="true" checked[typed(&name) == Some("true")]; span { (t(title)) } }
                        }
                    }
                    .row { button .btn .pri type="submit" { (Icon::Check.show()) "Add" } }
                }
            }
        }
    }
}

fn tone(state: &str) -> &'static str {
    match state {
        "delivered" => "good",
        "failed" => "warn",
        "dead_letter" => "bad",
        "queued" => "info",
        _ => "",
    }
}

fn deliveries(shell: &Shell, (id, title): (&str, &str), items: &[DeliveryView]) -> Markup {
    html! {
        section .card aria-labelledby=(id) {
            header { h2 #(id) { (title) } span .sm .muted .push .num { (items.len()) } }
            ul .list {
                @for delivery in items {
                    li .wraps {
                        span .grow .stack .x {
                            span .row .wrap .gap1 {
                                @if delivery.about.starts_with("alr_") { a .ul href=(format!("/alerts/{}", delivery.about)) { (delivery.kind) } } @else { span { (delivery.kind) } }
                                span class=(format!("pill {}", tone(&delivery.state))) { (words(&delivery.state)) }
                            }
                            span .sm .muted .broken {
                                (delivery.answer.as_deref().or(delivery.code.as_deref()).unwrap_or(t("not tried yet")))
                                @if delivery.attempts > 0 { ", " (delivery.attempts) " tries failed" }
                                @if let Some(at) = &delivery.next_at { ", next " (shell.clock.exact(at)) }
                            }
                        }
                        span .sm .muted .nowrap { (shell.clock.age_mark(Some(&delivery.queued_at))) }
                        @if matches!(delivery.state.as_str(), "failed" | "dead_letter") {
                            .row .gap2 {
                                (post(shell, &format!("/deliveries/{}/retry", delivery.id), &html! { button .btn .sm type="submit" { "Try again" } }))
                                (post(shell, &format!("/deliveries/{}/discard", delivery.id), &html! { button .btn .sm type="submit" { "Discard" } }))
                            }
                        }
                    }
                }
            }
        }
    }
}
