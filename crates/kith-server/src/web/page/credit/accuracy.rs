//! How right limits and decisions were: shares with what they are made of.

use kith_api::view::{CreditAccuracyView, FalseView, MoneyView, ShareView};
use kith_template::html;
use maud::Markup;

use crate::web::clock::date;
use crate::web::number::{count, money, percent, words};
use crate::web::part::exposure;
use crate::web::words::t;

/// The three measures.
pub(super) fn card(view: &CreditAccuracyView) -> Markup {
    html! {
        section .card aria-labelledby="accuracy" {
            header { h2 #accuracy { "How right it was" } span .sm .muted .push { "recomputed " (date(view.as_of.get(..10).unwrap_or_default())) } }
            .tiles {
                (measure(t("Limits, day by day"), &view.limits.measure, t("limit-days of 90 days")))
                (measure(t("Decisions, replayed"), &view.decisions.measure, t("decisions of 90 days")))
                (measure(t("Limits that fitted"), &view.adequacy.measure, t("limits of 120 days ago")))
            }
            @if !view.limits.wrong.is_empty() {
                .scroll tabindex="0" role="region" aria-label="Measures of accuracy" { table .tbl .tight {
                    thead { tr { th { "Wrong limit" } th { "Days" } th .n { "In force" } th .n { "Should have been" } } }
                    tbody { @for row in &view.limits.wrong { tr {
                        td { a .ul href=(format!("/accounts/{}?tab=credit", row.account)) { (row.name) } " " span .sm .muted { (row.entity) } }
                        td .sm { (row.days) ": " (date(&row.from)) " to " (date(&row.to)) }
                        td .n .num { (limit(row.enforced.as_ref())) }
                        td .n .num { (limit(row.implied.as_ref())) }
                    } } }
                } }
            }
            .scroll tabindex="0" role="region" aria-label="Decisions as they were and as they would be" { table .tbl .tight {
                thead { tr { th { "Decided" } @for title in [t("Approve"), t("With warning"), t("Hold"), t("Reject")] { th .n { (title) } } } }
                tbody { @for row in &view.decisions.confusion { tr {
                    th scope="row" { (words(&row.decided)) }
                    @for cell in [row.approve, row.approve_with_warning, row.hold, row.reject] { td .n .num { (count(cell)) } }
                } } }
            } }
            .body { p .sm .muted {
                "Rows are what was decided, columns what would be with all that is known today. "
                (falsely(t("Approved wrongly"), &view.decisions.false_approve)) " "
                (falsely(t("Held wrongly"), &view.decisions.false_hold)) " "
                "Too tight: " (count(view.adequacy.too_tight)) ", too loose: " (count(view.adequacy.too_loose)) "."
            } }
        }
    }
}

fn limit(money: Option<&MoneyView>) -> Markup {
    html! { @match money { Some(money) => (exposure::amount(Some(money))), None => span .muted { "none" } } }
}

fn measure(title: &str, share: &ShareView, of: &str) -> Markup {
    let short = share.target.zip(share.value).is_some_and(|(target, value)| value < target);
    html! {
        .kpi {
            span .sm .muted { (title) }
            b class=(if short { "big warn" } else { "big" }) { @match share.value { Some(value) => (percent(value)), None => "–" } }
            span .sm .muted { (count(share.numerator)) " of " (count(share.denominator)) " " (of) }
            @if let (Some(low), Some(high)) = (share.low, share.high) {
                span .sm .muted { "95 %: " (percent(low)) " to " (percent(high)) @if let Some(target) = share.target { ", wanted " (percent(target)) } }
            }
        }
    }
}

fn falsely(title: &str, found: &FalseView) -> Markup {
    html! { (title) ": " (count(found.count)) @if let Some(value) = found.value.as_ref().filter(|_| found.count > 0) { " (" (money(value)) ")" } "." }
}
