//! How a customer, or all of them, pay: the measures, why one is missing, and what is open by age.

use kith_api::view::{MoneyView, PaymentBehaviourView};
use kith_template::{html, plural, say};
use maud::Markup;

use crate::web::clock::date;
use crate::web::number::{count, in_percent, money, number, percent};
use crate::web::words::t;

/// From here collection is good; below the other it is poor.
const COLLECTED_GOOD: f64 = 80.0;
const COLLECTED_POOR: f64 = 50.0;

/// The measures of payment behaviour.
pub(crate) fn card(view: &PaymentBehaviourView) -> Markup {
    let effectiveness = view.collection_effectiveness;
    html! {
        section .card #behaviour aria-labelledby="behaviour-title" {
            header {
                h2 #behaviour-title { "Payment behaviour" }
                span .sm .muted .push { @match &view.entity {
                    Some(entity) => { (say!("with {entity}, in {currency}", entity = entity, currency = view.currency)) },
                    None => { (say!("with all entities, in {currency}", currency = view.currency)) },
                } }
            }
            .tiles {
                (tile(view, "dso", t("Days sales outstanding"), days(view.dso), ""))
                (tile(view, "days_beyond_terms", t("Days beyond terms"), days(view.days_beyond_terms), ""))
                (tile(view, "collection_effectiveness", t("Collected of what was due"), effectiveness.map(|share| in_percent(&number(share, 1))), tone(effectiveness)))
                (tile(view, "pay_index", t("Pay index, 80 is prompt"), view.pay_index.map(|index| count(index.into())), ""))
            }
            .body .stack {
                dl .kv .wide .pairs { @for (name, title, value) in rows(view) {
                    dt { (title) }
                    dd .num { @match value { Some(value) => (value), None => span .sm .muted { (why(view, name)) } } }
                } }
                @if view.unrated > 0 && view.account.is_none() {
                    p .sm .muted { (plural!(view.unrated, "{n} account is left out: an exchange rate is missing.", "{n} accounts are left out: an exchange rate is missing.")) }
                }
                (aging(view))
            }
        }
    }
}

/// How well is collected, as a colour.
fn tone(effectiveness: Option<f64>) -> &'static str {
    match effectiveness {
        Some(share) if share < COLLECTED_POOR => "bad",
        Some(share) if share < COLLECTED_GOOD => "warn",
        _ => "",
    }
}

fn days(value: Option<f64>) -> Option<String> {
    value.map(|value| number(value, 1))
}

fn tile(view: &PaymentBehaviourView, name: &str, title: &str, value: Option<String>, tone: &str) -> Markup {
    html! {
        .kpi {
            span .sm .muted { (title) }
            b class=(format!("big {tone}")) { @match &value { Some(value) => (value), None => "–" } }
            @if value.is_none() { span .sm .muted { (why(view, name)) } }
        }
    }
}

/// Name, title and value of each measure that stands in the list.
fn rows(view: &PaymentBehaviourView) -> Vec<(&'static str, &'static str, Option<String>)> {
    let share = |value: Option<f64>| value.map(percent);
    let mut rows = vec![
        ("dso_countback", t("DSO by counting back"), days(view.dso_countback)),
        ("dso_best_possible", t("Best possible DSO"), days(view.dso_best_possible)),
        ("average_days_delinquent", t("Average days delinquent"), days(view.average_days_delinquent)),
        ("days_to_pay", t("Average days to pay"), days(view.days_to_pay)),
        ("weighted_terms_days", t("Weighted terms in days"), days(view.weighted_terms_days)),
        (
            "days_beyond_terms_signed",
            t("Days beyond terms, early as negative"),
            days(view.days_beyond_terms_signed),
        ),
        ("on_time", t("Invoices paid on time"), share(view.on_time)),
        ("on_time_amount", t("Amount paid on time"), share(view.on_time_amount)),
        ("broken_promises", t("Promises to pay that were broken"), share(view.broken_promises)),
        ("dispute_rate", t("Disputed of what was invoiced"), share(view.dispute_rate)),
        ("returned_payments", t("Payments that came back"), Some(count(view.returned_payments.into()))),
    ];
    if view.account.is_some() {
        rows.extend([
            ("high_credit", t("High credit of a year"), high(view)),
            (
                "utilisation_average",
                t("Use of the limit, average of 90 days"),
                share(view.utilisation_average),
            ),
            ("utilisation_peak", t("Use of the limit, peak of 90 days"), share(view.utilisation_peak)),
        ]);
    } else {
        rows.push(("accounts", t("Accounts with invoices"), Some(count(view.accounts))));
    }
    rows
}

fn high(view: &PaymentBehaviourView) -> Option<String> {
    let (high, day) = (view.high_credit.as_ref()?, view.high_credit_on.as_deref()?);
    Some(format!("{} · {}", money(high), date(day)))
}

/// Why a measure is not known.
fn why(view: &PaymentBehaviourView, name: &str) -> &'static str {
    match view.insufficient.get(name).map(String::as_str) {
        Some("nothing_due") => t("nothing was paid or due in a year"),
        Some("no_invoices") => t("no invoices in a year"),
        Some("no_sales") => t("no credit sales in 90 days"),
        Some("sales_too_short") => t("what is open is older than the sales that are known"),
        Some("nothing_to_collect") => t("there was nothing to collect"),
        Some("no_promises") => t("no promises in 180 days"),
        Some("no_limit") => t("no limit"),
        Some("limits_by_entity") => t("entities have limits of their own"),
        Some("rate_missing") => t("an exchange rate is missing"),
        _ => t("not known"),
    }
}

fn aging(view: &PaymentBehaviourView) -> Markup {
    let Some(aging) = &view.aging else { return Markup::default() };
    let buckets: [(&str, &MoneyView); 8] = [
        (t("not due"), &aging.current),
        (t("1–30 days"), &aging.days_1_30),
        (t("31–60 days"), &aging.days_31_60),
        (t("61–90 days"), &aging.days_61_90),
        (t("91–120 days"), &aging.days_91_120),
        (t("over 120 days"), &aging.days_over_120),
        (t("together"), &aging.total),
        (t("disputed of it"), &aging.disputed),
    ];
    html! {
        h3 { "Open invoices by days past due" }
        dl .kv .wide .pairs #aging { @for (title, amount) in buckets { dt { (title) } dd .num { (money(amount)) } } }
    }
}
