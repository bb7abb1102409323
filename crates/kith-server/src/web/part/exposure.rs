//! Exposure against a limit: one bar, a part for each bucket, and what each part is in words.

use kith_api::view::{CreditView, MoneyView};
use kith_template::html;
use maud::Markup;

use crate::web::number::money;
use crate::web::words::t;

/// Width of the bar in its own units.
const WIDTH: f64 = 1_000.0;

/// The buckets in the order in which a line moves through them, each with its title and shade.
fn parts(standing: &CreditView) -> Vec<(&'static str, &'static str, &MoneyView)> {
    let Some(buckets) = &standing.buckets else { return Vec::new() };
    vec![
        (t("Receivables"), "k1", &buckets.open_ar),
        (t("Unbilled"), "k2", &buckets.unbilled),
        (t("Open orders"), "k3", &buckets.open_orders),
        (t("Reserved"), "k4", &buckets.pending),
    ]
}

fn figure(money: &MoneyView) -> f64 {
    money.amount.parse().unwrap_or(0.0)
}

/// The bar alone: the limit is a line where exposure goes beyond it.
pub(crate) fn bar(standing: &CreditView) -> Markup {
    let parts = parts(standing);
    let all: f64 = parts.iter().map(|(_, _, money)| figure(money).max(0.0)).sum();
    let limit = standing.limit.as_ref().map_or(0.0, figure);
    let scale = if all.max(limit) > 0.0 { WIDTH / all.max(limit) } else { 0.0 };
    let mut from = 0.0;
    let drawn: Vec<(f64, f64, &str)> = parts
        .iter()
        .map(|(_, shade, money)| {
            let width = figure(money).max(0.0) * scale;
            let place = (from, width, *shade);
            from += width;
            place
        })
        .collect();
    html! {
        svg .meter .tall viewBox="0 0 1000 1" preserveAspectRatio="none" aria-hidden="true" {
            @for (x, width, shade) in drawn {
                @if width > 0.0 {
                    rect class=(shade) x=(format!("{x:.1}")) y="0" width=(format!("{width:.1}")) height="1" {}
                }
            }
            @if limit > 0.0 && all > limit {
                rect .kb x=(format!("{:.1}", limit * scale)) y="0" width="4" height="1" {}
            }
        }
    }
}

/// What each part of the bar is, with what reduces exposure.
pub(crate) fn legend(standing: &CreditView) -> Markup {
    html! {
        dl .kv .wide {
            @for (title, shade, amount) in parts(standing) {
                dt .row .gap1 { span class=(format!("sw {shade}")) aria-hidden="true" {} (title) }
                dd .num { (money(amount)) }
            }
            @if let Some(buckets) = &standing.buckets {
                dt { "Paid ahead" }
                dd .num { @if figure(&buckets.unapplied) > 0.0 { "−" } (money(&buckets.unapplied)) }
            }
        }
    }
}

/// How loud the use of a limit is said.
pub(crate) fn tone(standing: &CreditView) -> &'static str {
    match standing.utilisation {
        Some(share) if share > 1.0 => "bad",
        Some(share) if share >= 0.9 => "warn",
        Some(_) => "good",
        None => "",
    }
}

/// The use of a limit in words and percent.
pub(crate) fn used(standing: &CreditView) -> String {
    match (standing.utilisation, &standing.limit) {
        (None, _) => t("not known").to_owned(),
        (Some(share), None) if share > 0.0 => t("no limit").to_owned(),
        (Some(share), _) => crate::web::number::percent(share),
    }
}

/// An amount that may not be known.
pub(crate) fn amount(found: Option<&MoneyView>) -> String {
    found.map_or_else(|| t("not known").to_owned(), money)
}
