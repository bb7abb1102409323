//! Revenue of customers at risk beside that of all others: a chart, and the same as a table.

use kith_api::view::{HomeView, MoneyView, RevenueRiskView};
use kith_template::{html, plural, say};
use maud::Markup;

use crate::web::clock::{date, day_month};
use crate::web::link::Link;
use crate::web::number::{money, money_short};
use crate::web::part::chart::{Line, lines};
use crate::web::words::t;

/// The card; none where nothing was invoiced.
pub(super) fn revenue(home: &HomeView) -> Markup {
    html! {
        section #home-revenue .card data-part aria-labelledby="revenue-title" hidden[home.revenue.is_none()] {
            header .wrap {
                h2 #revenue-title { "Revenue at risk and kept" }
                @if let Some(revenue) = &home.revenue {
                    span .push .sm .muted {
                        (say!("by week, {weeks} weeks, in {currency}", weeks = revenue.weeks.len(), currency = revenue.at_risk.currency))
                    }
                }
            }
            @if let Some(revenue) = &home.revenue {
                .body .stack {
                    (summary(revenue))
                    (drawn(revenue))
                    (table(revenue))
                }
            }
        }
    }
}

fn summary(revenue: &RevenueRiskView) -> Markup {
    html! {
        p .sm .muted {
            a .ul .strong href=(Link::to("/accounts").with("f", &revenue.filter).with("sort", "-revenue_365d").done()) {
                (plural!(revenue.customers_at_risk, "{n} customer at risk today", "{n} customers at risk today"))
            }
            (say!(" brought {at_risk} in 12 months; ", at_risk = money_short(&revenue.at_risk)))
            a .ul .strong href=(Link::to("/accounts").with("f", &revenue.kept_filter).with("sort", "-revenue_365d").done()) {
                (plural!(revenue.customers_kept, "{n} other", "{n} others"))
            }
            (say!(" brought {kept}.", kept = money_short(&revenue.kept)))
        }
    }
}

/// An amount for drawing alone.
fn units(money: &MoneyView) -> f64 {
    money.amount.parse().unwrap_or_default()
}

fn drawn(revenue: &RevenueRiskView) -> Markup {
    let at_risk: Vec<f64> = revenue.weeks.iter().map(|week| units(&week.at_risk)).collect();
    let kept: Vec<f64> = revenue.weeks.iter().map(|week| units(&week.kept)).collect();
    let days: Vec<String> = revenue.weeks.iter().map(|week| day_month(&week.ends_on)).collect();
    let Some(last) = revenue.weeks.last() else { return html! {} };
    let currency = &revenue.at_risk.currency;
    let amount =
        |value: f64| money_short(&MoneyView { amount: format!("{value:.0}"), currency: currency.clone() });
    let (now_at_risk, now_kept) = (money_short(&last.at_risk), money_short(&last.kept));
    let sentence = say!(
        "Revenue by week. In the last week customers at risk brought {now_at_risk}, all others {now_kept}."
    );
    let drawn = [
        Line { name: t("kept"), class: "l2", values: &kept, last: now_kept },
        Line { name: t("at risk"), class: "l1", values: &at_risk, last: now_at_risk },
    ];
    lines(&drawn, &days, &amount, &sentence)
}

fn table(revenue: &RevenueRiskView) -> Markup {
    html! {
        details #revenue-table {
            summary .sm .muted { "Show as table" }
            .scroll tabindex="0" role="region" aria-label="Revenue by week, scrollable" {
                table .tbl {
                    caption .vh { "Revenue by week, of customers at risk and of all others" }
                    thead { tr { th scope="col" { "Week to" } th scope="col" .n { "At risk" } th scope="col" .n { "Kept" } } }
                    tbody {
                        @for week in revenue.weeks.iter().rev() {
                            tr { th scope="row" .plain { (date(&week.ends_on)) } td .n { (money(&week.at_risk)) } td .n { (money(&week.kept)) } }
                        }
                    }
                }
            }
        }
    }
}
