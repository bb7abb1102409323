//! The start page: how the promises are kept, what needs the reader, what happens, where money is at risk.

mod outcome;
mod revenue;

use kith_api::view::{HappeningView, HomeView, LimitUseView, NeedView};
use kith_template::{html, plural, say};
use maud::Markup;

use crate::web::clock::Clock;
use crate::web::link::Link;
use crate::web::number::{count, money_short, percent};
use crate::web::part::avatar;
use crate::web::part::icon::Icon;
use crate::web::part::note::empty;
use crate::web::part::target::target;
use crate::web::shell::{Frame, Shell, framed};
use crate::web::words::{t, told};

/// Needs that are shown before all are asked for.
const NEEDS: usize = 7;

/// The start page.
#[derive(Debug, Clone, Default)]
pub struct HomePage {
    /// What the engine says.
    pub home: HomeView,
    /// All needs are asked for.
    pub whole: bool,
}

/// The title of a scope.
fn scope_title(scope: &str) -> &'static str {
    match scope {
        "me" => t("My accounts"),
        "team" => t("My team"),
        _ => t("Everyone"),
    }
}

fn here(page: &HomePage, path: &str) -> Link {
    let link = Link::to(path).with("scope", &page.home.scope);
    if page.whole { link.with("needs", "all") } else { link }
}

/// The page.
#[must_use]
pub fn home(shell: &Shell, page: &HomePage) -> Markup {
    let frame = Frame { above: &[], here: t("Home"), kind: "home", account: None, wide: false };
    let content = html! {
        .head {
            .stack .x {
                h1 { (greeting(shell)) }
                (lead(page))
            }
            @if page.home.scopes.len() > 1 {
                nav .seg .push aria-label="Whose accounts" {
                    @for scope in &page.home.scopes {
                        a href=(Link::to("/").with("scope", scope).done())
                            aria-current=[(*scope == page.home.scope).then_some("true")] { (scope_title(scope)) }
                    }
                }
            }
        }
        .stack data-parts=(here(page, "/live").done()) { (parts(shell, page)) }
    };
    framed(shell, &frame, &content)
}

/// The parts that change by themselves.
#[must_use]
pub fn home_live(shell: &Shell, page: &HomePage) -> Markup {
    html! { (lead(page)) (parts(shell, page)) }
}

fn greeting(shell: &Shell) -> String {
    let hour = shell.clock.now.to_zoned(shell.clock.zone.clone()).hour();
    let first = shell.reader.name.split(' ').next().unwrap_or_default();
    match hour {
        5..12 => say!("Good morning, {first}"),
        12..18 => say!("Good afternoon, {first}"),
        _ => say!("Good evening, {first}"),
    }
}

/// How much needs the reader today, in a sentence.
fn lead(page: &HomePage) -> Markup {
    let (pressing, all) = (page.home.needs_pressing, page.home.needs_total);
    html! {
        p #home-lead .muted data-part {
            @match pressing {
                0 if all == 0 => "Nothing needs you now.",
                0 => "Nothing is pressing today.",
                many if many < all => (say!("{many} of {all} things that need you are late or due today.", many = count(many), all = count(all))),
                many => (plural!(many, "One thing needs you today.", "{n} things need you today.")),
            }
        }
    }
}

fn parts(shell: &Shell, page: &HomePage) -> Markup {
    let home = &page.home;
    html! {
        (outcome::outcomes(&shell.clock, home))
        .cols {
            .stack {
                (needs(&shell.clock, page))
                (revenue::revenue(home))
            }
            .stack {
                (happenings(&shell.clock, home))
                @if let Some(limits) = &home.limits { (close_to_limit(limits)) }
            }
        }
    }
}

fn needs(clock: &Clock, page: &HomePage) -> Markup {
    let home = &page.home;
    let shown = if page.whole { home.needs.len() } else { NEEDS };
    html! {
        section #home-needs .card data-part data-calm aria-labelledby="needs-title" {
            header {
                h2 #needs-title { "Needs you" }
                span .sm .muted { "most urgent first" }
                span .push .sm .muted {
                    @if home.needs.len() > shown {
                        a href=(Link::to("/").with("scope", &home.scope).with("needs", "all").done()) { "All " (count(home.needs_total)) }
                    } @else if (home.needs.len() as u64) < home.needs_total {
                        (say!("{shown} of {all}", shown = home.needs.len(), all = count(home.needs_total)))
                    } @else if home.needs_total > 0 { (count(home.needs_total)) }
                }
            }
            @if home.needs.is_empty() {
                (empty(Icon::Passed, t("Nothing needs you"), &html! { "Approvals, steps, tasks, alerts and overdue customers appear here." }))
            } @else {
                ul .list { @for need in home.needs.iter().take(shown) { (line(clock, need)) } }
            }
        }
    }
}

fn line(clock: &Clock, need: &NeedView) -> Markup {
    let href = match need.kind.as_str() {
        "review" => Some("/reviews?manager=me".to_owned()),
        _ => target(&need.about),
    };
    html! {
        li #(format!("need-{}-{}", need.kind, need.about)) {
            @match &need.account_name {
                Some(name) => (avatar::account(name)),
                None if need.about.starts_with("acc_") => (avatar::account(&need.title)),
                None => span .i-box aria-hidden="true" { (Icon::Flag.show()) },
            }
            span .grow .stack .x {
                @match href {
                    Some(href) => a .b .trunc href=(href) { (told(&need.title)) },
                    None => b .trunc { (told(&need.title)) },
                }
                span .sm .muted .trunc title=(told(&need.reason)) { (told(&need.reason)) }
            }
            @if let Some(amount) = &need.amount { span .sm .num .nowrap { (money_short(amount)) } }
            (due(clock, need))
        }
    }
}

/// When a need is due, as loud as it is urgent.
fn due(clock: &Clock, need: &NeedView) -> Markup {
    let tone = match need.urgency.as_str() {
        "now" => "bad b",
        "today" => "warn b",
        _ => "muted",
    };
    let Some(at) = &need.due_at else { return html! {} };
    let is_today = clock.day(at) == clock.day(&clock.now.to_string());
    let words = match clock.age(at).unwrap_or_default() {
        span if need.overdue => say!("{span} late"),
        _ if is_today => say!("due {time}", time = clock.time(at)),
        span => span,
    };
    html! { time class=(format!("sm nowrap {tone}")) datetime=(at) title=(clock.exact(at)) { (words) } }
}

fn happenings(clock: &Clock, home: &HomeView) -> Markup {
    html! {
        section #home-happenings .card data-part aria-labelledby="happening-title" {
            header {
                h2 #happening-title { "Happening now" }
                span .push .row .sm .muted .scripted data-live-word { span .dot .good .live-dot {} "Live" }
            }
            @if home.happenings.is_empty() {
                (empty(Icon::Activity, t("Nothing yet"), &html! { "Orders, payments, deliveries and messages appear here as they come." }))
            } @else {
                ul .feed { @for happening in &home.happenings { (happened(clock, happening)) } }
            }
        }
    }
}

fn happened(clock: &Clock, happening: &HappeningView) -> Markup {
    let icon = match happening.group.as_str() {
        "orders" => Icon::Package,
        "shipments" => Icon::Truck,
        "money" => Icon::Money,
        "messages" => Icon::Message,
        "quotes" => Icon::Document,
        "surveys" => Icon::Survey,
        "portal" => Icon::Globe,
        _ => Icon::Activity,
    };
    html! {
        li #(format!("at-{}", happening.position)) {
            span class=(if happening.alert { "i-box warn" } else { "i-box" }) { (icon.show()) }
            span .row .up {
                span .grow .broken {
                    a .b href=(format!("/accounts/{}", happening.account)) { (happening.name) }
                    " " (told(&happening.title))
                    @if happening.alert { span .vh { ", needs a look" } }
                }
                span .xs .muted .nowrap { (clock.age_mark(Some(&happening.occurred_at))) }
            }
        }
    }
}

fn close_to_limit(limits: &[LimitUseView]) -> Markup {
    html! {
        section #home-limits .card data-part aria-labelledby="limits-title" {
            header {
                h2 #limits-title { "Close to the credit limit" }
                a .push .sm .muted href="/credit" { "Credit" }
            }
            @if limits.is_empty() {
                (empty(Icon::Passed, t("Nobody is close"), &html! { "Customers that use three quarters of their limit or more appear here." }))
            } @else {
                ul .list .limits {
                    @for limit in limits {
                        li #(format!("limit-{}", limit.account)) {
                            .grow .stack .t {
                                .row {
                                    a .trunc href=(format!("/accounts/{}?tab=credit", limit.account)) { (limit.name) }
                                    span class=(format!("push sm b num nowrap {}", tone(limit))) {
                                        (percent(limit.utilisation)) @if limit.held { ", on hold" }
                                    }
                                }
                                svg class=(format!("meter {}", tone(limit))) viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true" {
                                    rect x="0" y="0" height="1" width=(format!("{:.1}", (limit.utilisation * 100.0).clamp(0.0, 100.0))) {}
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn tone(limit: &LimitUseView) -> &'static str {
    if limit.utilisation > 1.0 || limit.held { "bad" } else { "warn" }
}
