//! Alerts: the list, one of them with its signs and evidence, and what a person says of it.

use kith_api::view::{AlertTouchpoint, AlertView, SignView, ThresholdView};
use kith_template::html;
use maud::Markup;

use super::super::clock;
use super::super::link::Link;
use super::super::number::{self, number, percent, words};
use super::super::part::icon::Icon;
use super::super::part::note::{Kind, empty, note};
use super::super::part::pager::pager;
use super::super::part::tone;
use super::super::shell::{Frame, Shell, framed};
use crate::web::words::{t, told, word};

/// The desk of alerts.
#[derive(Debug, Clone, Default)]
pub struct AlertsPage {
    /// The alerts, the gravest first.
    pub alerts: Vec<AlertView>,
    /// `state` of the address: empty for what is not closed, `closed`.
    pub state: String,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// The alert that is open.
    pub open: Option<AlertView>,
    /// The alert was named by the address: on a small screen it stands alone.
    pub named: bool,
    /// The reader may decide.
    pub may_decide: bool,
    /// The reader may say which addresses are called.
    pub may_hook: bool,
    /// Thresholds and precision, by detector.
    pub thresholds: Vec<ThresholdView>,
    /// Why the last decision was not taken.
    pub fault: Option<String>,
}

/// The states that the list can be narrowed to: value of `state` and title.
const STATES: [(&str, &str); 2] = [("", word("To decide")), ("closed", word("Closed"))];

/// The desk of alerts.
#[must_use]
pub fn alerts(shell: &Shell, page: &AlertsPage) -> Markup {
    let frame = Frame { above: &[], here: t("Alerts"), kind: "alerts", account: None, wide: true };
    let content = html! {
        .cols .inbox .listing[!page.named] {
            (list(shell, page))
            section .pane-r aria-label="Alert" {
                @match &page.open {
                    Some(alert) => (detail(shell, page, alert)),
                    None => (empty(Icon::Passed, t("No alert here"), &html! { "What is not as it should be appears here within seconds." })),
                }
                (thresholds(&page.thresholds))
            }
        }
    };
    framed(shell, &frame, &content)
}

fn list(shell: &Shell, page: &AlertsPage) -> Markup {
    let to = |state: &str| Link::to("/alerts").with("state", state);
    let next = page.next.as_deref().map(|cursor| to(&page.state).with("cursor", cursor).done());
    let open = page.open.as_ref().map(|alert| alert.id.as_str());
    html! {
        section .pane-l aria-label="Alerts" {
            .pane-head {
                @if page.named { p .pane-title { "Alerts" } } @else { h1 { "Alerts" } }
                @if page.may_hook { a .btn .sm href="/webhooks" { (Icon::Globe.small()) "Webhooks" } }
                nav .seg aria-label="Show" {
                    @for (state, title) in STATES {
                        a href=(to(state).done()) aria-current=[(page.state == state).then_some("true")] { (t(title)) }
                    }
                }
            }
            @if page.alerts.is_empty() {
                (empty(Icon::Passed, t("Nothing here"), &html! { "No alert is in this state." }))
            }
            .appr {
                @for alert in &page.alerts {
                    a .req href=(address(page, &alert.id)) aria-current=[(open == Some(alert.id.as_str())).then_some("true")] {
                        span .row { b .trunc { (alert.account_name) } (severity(alert)) }
                        span .trunc { (words(&alert.kind)) }
                        span .sm .muted .num { (alert.account_number) " · " (shell.clock.age_mark(Some(&alert.raised_at))) }
                    }
                }
            }
            .foot-pager { (pager(next.as_deref(), None, t("More"))) }
        }
    }
}

fn address(page: &AlertsPage, id: &str) -> String {
    Link::to(&format!("/alerts/{id}")).with("state", &page.state).done()
}

fn severity(alert: &AlertView) -> Markup {
    html! { span class=(format!("pill push {}", tone::of_severity(&alert.severity))) { (words(&alert.severity)) } }
}

/// A line for the account's page.
pub(crate) fn brief(shell: &Shell, alert: &AlertView) -> Markup {
    html! {
        a .ul href=(format!("/alerts/{}", alert.id)) { b { (words(&alert.kind)) } }
        " · " (words(&alert.severity)) " · " (shell.clock.age_mark(Some(&alert.raised_at)))
        @if let Some(sign) = alert.explanation.first() { p .sm { (told(&sign.text)) } }
    }
}

fn detail(shell: &Shell, page: &AlertsPage, alert: &AlertView) -> Markup {
    html! {
        .stack .pane-in {
            .stack .t {
                .row .wrap {
                    span class=(format!("pill {}", tone::of_severity(&alert.severity))) { (words(&alert.severity)) }
                    span .pill { (words(&alert.state)) }
                    span .sm .muted { "raised " (shell.clock.age_mark(Some(&alert.raised_at))) }
                }
                @if page.named { h1 { (words(&alert.kind)) } } @else { h2 .like-h1 { (words(&alert.kind)) } }
                p {
                    a .ul href=(format!("/accounts/{}", alert.account)) { (alert.account_name) }
                    span .muted .num { " · " (alert.account_number) " · " (alert.entity) }
                }
                (ending(shell, alert))
            }
            section .card aria-labelledby="signs" {
                header { h2 #signs { "Why" } span .sm .muted .push { "the statistic and from where on it is grave" } }
                (signs(&alert.explanation))
            }
            section .card aria-labelledby="evidence" {
                header { h2 #evidence { "Evidence" } }
                @if alert.evidence.is_empty() { p .muted .pad { "No touchpoint is named." } }
                ul .list { @for found in &alert.evidence { (evidence(shell, found)) } }
            }
        }
        @if page.may_decide && alert.outcome.is_none() { (decide(shell, page, alert)) }
    }
}

fn ending(shell: &Shell, alert: &AlertView) -> Markup {
    html! {
        @if let Some(by) = &alert.acknowledged_by { p .sm .muted { (by) " looks at it " (shell.clock.age_mark(alert.acknowledged_at.as_deref())) } }
        @if alert.cleared { p .sm .muted { "Its cause ended by itself " (shell.clock.age_mark(alert.closed_at.as_deref())) } }
        @if let Some(outcome) = &alert.outcome {
            p {
                b { (words(outcome)) }
                span .muted { " · " (alert.closed_by.as_deref().unwrap_or(t("Somebody"))) " " (shell.clock.age_mark(alert.closed_at.as_deref())) }
            }
            @if let Some(comment) = &alert.comment { p { "“" (comment) "”" } }
        }
    }
}

fn signs(signs: &[SignView]) -> Markup {
    html! {
        .scroll tabindex="0" role="region" aria-label="Signs" {
            table .diff {
                thead { tr {
                    th scope="col" { "Finding" } th scope="col" .right { "Measured" } th scope="col" .right { "Medium" } th scope="col" .right { "High" }
                } }
                tbody {
                    @for sign in signs {
                        tr {
                            th scope="row" {
                                (words(sign.detector.as_deref().unwrap_or("limit"))) " "
                                span class=(format!("pill {}", tone::of_severity(&sign.severity))) { (words(&sign.severity)) }
                            }
                            td .num .right .b { (number(sign.statistic, 2)) }
                            td .num .right { (number(sign.medium, 2)) }
                            td .num .right { (number(sign.high, 2)) }
                        }
                        tr { td colspan="4" .sm { (told(&sign.text)) } }
                    }
                }
            }
        }
    }
}

fn evidence(shell: &Shell, found: &AlertTouchpoint) -> Markup {
    let members = found.data.as_object();
    let plain = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => clock::moment(text).unwrap_or_else(|| clock::date(text)),
        other => number::value(other),
    };
    html! {
        li {
            span .grow .stack .x {
                b { (words(&found.r#type.trim_start_matches("io.kith.").replace('.', "_"))) }
                span .sm .broken {
                    @for (name, value) in members.into_iter().flatten() { span .muted { (words(name)) ": " } (plain(value)) "  " }
                }
                span .sm .muted .broken { (found.source) " · " span .mono { (found.id) } " · position " (found.position) }
            }
            span .sm .muted .nowrap { (shell.clock.age_mark(Some(&found.occurred_at))) }
        }
    }
}

/// Acknowledge, or close with what it was.
fn decide(shell: &Shell, page: &AlertsPage, alert: &AlertView) -> Markup {
    html! {
        form .decide method="post" action=(format!("/alerts/{}/close", alert.id)) {
            input type="hidden" name="csrf" value=(shell.csrf);
            @if let Some(fault) = &page.fault { (note(Kind::Bad, &html! { p #decision-fault { (fault) } })) }
            .row .wrap .gap3 .ends {
                .grow .stack .t {
                    label .sm .b for="comment" { "Comment " span .muted .plain { "kept with the outcome" } }
                    input #comment .field name="comment" maxlength="1000" autocomplete="off" placeholder="What you found out";
                }
                @if alert.state == "open" {
                    button .btn type="submit" formaction=(format!("/alerts/{}/acknowledge", alert.id)) { "Acknowledge" }
                }
                button .btn type="submit" name="outcome" value="legitimate" { "Legitimate" }
                button .btn type="submit" name="outcome" value="customer_error" { "Customer error" }
                button .btn .danger type="submit" name="outcome" value="confirmed_fraud" { "Fraud" }
            }
        }
    }
}

/// What share of the alerts was worth the time.
fn thresholds(all: &[ThresholdView]) -> Markup {
    html! {
        section .card .pane-in aria-labelledby="thresholds" {
            header { h2 #thresholds { "Precision" } span .sm .muted .push { "a fifth at least, or the threshold moves" } }
            .scroll tabindex="0" role="region" aria-label="Thresholds and precision" {
                table .diff {
                    thead { tr {
                        th scope="col" { "Detector" } th scope="col" .right { "Outcomes" } th scope="col" .right { "Precision" }
                        th scope="col" .right { "Medium" } th scope="col" .right { "High" }
                    } }
                    tbody {
                        @for one in all {
                            tr {
                                th scope="row" { (words(&one.detector)) }
                                td .num .right { (one.outcomes) }
                                td .num .right { @if let Some(share) = one.precision { (percent(share)) } @else { span .muted { "none yet" } } }
                                td .num .right { (number(one.medium, 2)) }
                                td .num .right { (number(one.high, 2)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
