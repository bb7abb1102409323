//! The overview: why health stands where it does, the tiles, what happened last; beside it what to do.

use kith_api::view::{LaneRevenue, MetricView, MoneyView, QualityView};
use kith_template::html;
use maud::Markup;

use super::super::alert;
use super::{AccountPage, AccountTab, history, master, work};
use crate::web::clock::date;
use crate::web::number::{metric, money, money_short, number, percent, phrase};
use crate::web::part::exposure;
use crate::web::part::icon::Icon;
use crate::web::part::note::empty;
use crate::web::part::tile::tiles;
use crate::web::part::why::why;
use crate::web::shell::Shell;
use crate::web::words::t;

pub(super) fn overview(shell: &Shell, page: &AccountPage) -> Markup {
    html! {
        .cols {
            .stack {
                (why_card(shell, page))
                (performance(shell, page))
                (history::timeline_card(shell, page, false))
            }
            aside .stack aria-label="Account details" {
                (exposed(page))
                (alerts(shell, page))
                (work::open_work(shell, page))
                (balance(page))
                (master::terms(page))
                (master::contacts(page))
                (quality(&page.quality))
                (lanes(&page.profile.lanes))
                (notes(shell, page))
            }
        }
    }
}

/// Why health is what it is.
fn why_card(shell: &Shell, page: &AccountPage) -> Markup {
    let health = page.profile.scores.get("health");
    html! {
        section #why-card .card data-part aria-labelledby="why" {
            @match health.and_then(|health| Some((health, health.value?))) {
                Some((health, value)) => {
                    header {
                        h2 #why { "Why health is " (number(value, 0)) }
                        span .sm .muted .hide-s {
                            (health.formula) ", " (shell.clock.ago(&page.profile.as_of))
                            @if health.provisional { ", provisional" }
                        }
                    }
                    .body { (why(&page.account.id, health, &shell.clock)) }
                }
                None => {
                    header { h2 #why { "Health" } }
                    .body { p .muted { "Too little is known for a health score. It appears with the first orders, deliveries, payments or surveys." } }
                }
            }
        }
    }
}

/// How good the data are, and what would make them better.
fn quality(quality: &QualityView) -> Markup {
    let missing = quality.missing_required.iter().chain(&quality.missing_recommended);
    let named = |fields: &[String]| fields.iter().map(|field| phrase(field)).collect::<Vec<_>>().join(", ");
    let missing: Vec<String> = missing.cloned().collect();
    html! {
        section #data-quality .card aria-labelledby="quality" {
            header {
                h2 #quality { "Data quality" }
                span .push .b .warn[quality.score < quality.target] { (percent(quality.score)) }
            }
            .body { dl .kv {
                dt { "Complete" } dd { (percent(quality.completeness)) }
                dt { "Valid" } dd { (percent(quality.validity)) }
                dt { "Fresh" } dd { (percent(quality.freshness)) }
                @if let Some(day) = &quality.confirmed_on { dt { "Confirmed" } dd { (date(day)) } }
                @if !missing.is_empty() { dt { "Missing" } dd { (named(&missing)) } }
                @if !quality.invalid.is_empty() { dt { "Not valid" } dd .warn { (named(&quality.invalid)) } }
            } }
        }
    }
}

/// The tiles.
fn performance(shell: &Shell, page: &AccountPage) -> Markup {
    html! {
        section #performance .card data-part aria-labelledby="performance-title" {
            header {
                h2 #performance-title { "Performance" }
                span .sm .muted .hide-s { "Values of " (date(&page.profile.day)) ", lines of 13 weeks" }
                a .btn .sm .push href=(page.href(AccountTab::Metrics).done()) { "All metrics" }
            }
            @if page.profile.metrics.is_empty() {
                (empty(Icon::Activity, t("Nothing measured yet"), &html! { "Metrics appear with the first touchpoint." }))
            } @else {
                (tiles(&page.account.id, &page.profile, &shell.clock))
            }
        }
    }
}

/// What is not as it should be.
fn alerts(shell: &Shell, page: &AccountPage) -> Markup {
    html! {
        @if !page.alerts.is_empty() {
            section #account-alerts .card aria-labelledby="alerts-title" {
                header { h2 #alerts-title { "Alerts" } }
                ul .list { @for found in &page.alerts { li { .grow .stack .t { (alert::brief(shell, found)) } } } }
            }
        }
    }
}

/// Exposure against the limit, and what it is made of.
fn exposed(page: &AccountPage) -> Markup {
    let Some(standing) = page.standing.as_ref().filter(|standing| standing.exposure.is_some()) else {
        return html! {};
    };
    html! {
        section #exposed-card .card data-part data-calm aria-labelledby="exposed" {
            header {
                h2 #exposed { "Credit exposure" }
                span class=(format!("pill push {}", exposure::tone(standing))) { (exposure::used(standing)) @if standing.limit.is_some() { " used" } }
            }
            .body .stack .t {
                .row .base {
                    span .figure .num { (exposure::amount(standing.exposure.as_ref())) }
                    @if let Some(limit) = &standing.limit { span .muted { "of " (money(limit)) } }
                }
                (exposure::bar(standing))
                (exposure::legend(standing))
                a .sm .ul href=(page.href(AccountTab::Credit).done()) { "Decisions and limits" }
            }
        }
    }
}

/// What is owed, and how much of it is late.
fn balance(page: &AccountPage) -> Markup {
    let known = |id: &str| page.profile.metrics.get(id).filter(|metric| !metric.value.is_null());
    html! {
        @if let Some(open) = known("open_balance") {
            section #balance-card .card data-part data-calm aria-labelledby="balance" {
                header { h2 #balance { "Open balance" } }
                .body .stack .t {
                    .row .base {
                        span .figure .num { (whole(open)) }
                        @if let Some(limit) = page.account.credit_limit.as_ref() { span .muted { "limit " (money(limit)) } }
                    }
                    dl .kv .sm {
                        @for (title, id) in [
                            (t("Overdue"), "overdue_balance"),
                            (t("Oldest overdue"), "oldest_overdue_days"),
                            (t("Unapplied"), "unapplied_cash"),
                            (t("Pays after"), "days_to_pay_90d"),
                        ] {
                            @if let Some(metric) = known(id) {
                                dt { (title) }
                                dd { a .ul href=(format!("/accounts/{}/metrics/{id}", page.account.id)) { b .num { (whole(metric)) } (unit(metric)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The value in full.
fn whole(value: &MetricView) -> String {
    metric(value).unwrap_or_else(|| "–".to_owned())
}

fn unit(metric: &MetricView) -> &'static str {
    if metric.unit == "days" { t(" days") } else { "" }
}

/// Where the revenue is made, the largest window that is there.
fn lanes(lanes: &[LaneRevenue]) -> Markup {
    let Some(window) = lanes.iter().map(|lane| lane.window).max() else { return html! {} };
    let top: Vec<&LaneRevenue> = lanes.iter().filter(|lane| lane.window == window).take(6).collect();
    let largest = top.iter().map(|lane| whole_units(&lane.revenue)).max().unwrap_or(1).max(1);
    html! {
        section .card aria-labelledby="lanes" {
            header { h2 #lanes { "Revenue by lane" } span .sm .muted .push { (window) " days" } }
            ul .list {
                @for lane in top {
                    li {
                        span .grow .stack .t {
                            span .row { span .trunc .mono { (lane.lane) } b .push .num title=(money(&lane.revenue)) { (money_short(&lane.revenue)) } }
                            svg .meter viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" {
                                rect .k1 width=(whole_units(&lane.revenue).saturating_mul(100) / largest) height="4" {}
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The amount without cents, for the length of a bar; below zero is no length.
fn whole_units(money: &MoneyView) -> u64 {
    money.amount.split('.').next().and_then(|units| units.parse().ok()).unwrap_or(0)
}

/// What people wrote, and a place to write.
fn notes(shell: &Shell, page: &AccountPage) -> Markup {
    let account = &page.account;
    html! {
        section .card aria-labelledby="notes" {
            header { h2 #notes { "Notes" } }
            @if let Some(text) = &account.notes { .body .pre { (text) } }
            @if page.may_note {
                form .body .stack .t method="post" action=(format!("/accounts/{}/notes", account.id)) {
                    input type="hidden" name="csrf" value=(shell.csrf);
                    @if let Some(fault) = &page.note.fault { p #note-fault .bad role="alert" { (fault) } }
                    label .vh for="note" data-key="n" { "New note" }
                    textarea #note .field name="text" rows="2" required maxlength="4000"
                        aria-describedby=[page.note.fault.as_ref().map(|_| "note-fault")]
                        placeholder="What should the next person know?" { (page.note.text) }
                    span .row { button .btn .push type="submit" { "Add note" } }
                }
            }
            div #note-log data-part {
                ul .list {
                    @for note in &account.note_log {
                        li {
                            span .grow .stack .x {
                                @match &note.text {
                                    Some(text) => span .pre { (text) },
                                    None => span .muted { "Erased" },
                                }
                                span .sm .muted { (note.by_name.as_deref().unwrap_or(t("Somebody"))) ", " (shell.clock.age_mark(Some(&note.at))) }
                            }
                        }
                    }
                }
            }
        }
    }
}
