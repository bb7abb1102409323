//! Revenue of customers that are at risk today beside that of all others, by week.

use jiff::ToSpan as _;
use kith_api::view::{RevenueRiskView, RevenueWeek};
use kith_domain::value::{Currency, Money};
use kith_query::top;

use super::both;
use super::outcome::rows_of;
use super::tally::WEEKS;
use crate::engine::Engine;
use crate::table::Accounts;

/// A customer that may be lost.
const AT_RISK: &str = "health_label in [\"at_risk\", \"critical\"] || order_trend_label_90d == \"declining\"";
/// All others: what is not known to be at risk is kept.
const NOT_AT_RISK: &str = "(!has(health_label) || !(health_label in [\"at_risk\", \"critical\"])) && \
    (!has(order_trend_label_90d) || order_trend_label_90d != \"declining\")";
/// Somebody who buys at all.
const BUYS: &str = "revenue_365d != 0";

/// Who is at risk and who is not, with the revenue of a year.
#[derive(Debug)]
pub(super) struct Split {
    at_risk: (Vec<u32>, i64),
    kept: (Vec<u32>, i64),
}

impl Engine {
    /// Parts the customers of a scope by whether they are at risk today.
    pub(super) fn split_by_risk(&self, within: &str, accounts: &Accounts<'_>) -> Option<Split> {
        let field = self.catalogue().index("revenue_365d")?;
        let part = |risk: &str| {
            let filter = self.own_filter(&both(&both(within, BUYS), risk))?;
            Some((rows_of(&filter, accounts), top::sum(&filter, field, accounts).unwrap_or_default()))
        };
        // What is not known to be at risk counts as kept: an unknown label fails both conditions.
        let (all, at_risk) = (part("")?, part(AT_RISK)?);
        // Rows come in their order.
        let kept = all.0.into_iter().filter(|row| at_risk.0.binary_search(row).is_err()).collect();
        Some(Split { kept: (kept, all.1.saturating_sub(at_risk.1)), at_risk })
    }

    /// The chart; none where nothing was invoiced in a year.
    pub(super) fn revenue_risk(&self, within: &str, split: &Split) -> Option<RevenueRiskView> {
        let currency = self.currency()?;
        if split.at_risk.0.is_empty() && split.kept.0.is_empty() {
            return None;
        }
        let (at_risk, kept) = (self.weekly(&split.at_risk.0), self.weekly(&split.kept.0));
        let weeks = at_risk.iter().zip(kept).zip((0..WEEKS).rev()).map(|((at_risk, kept), back)| {
            let days = i64::try_from(back.saturating_mul(7)).unwrap_or_default();
            RevenueWeek {
                ends_on: self.day().saturating_sub(days.days()).to_string(),
                at_risk: money(*at_risk, currency),
                kept: money(kept, currency),
            }
        });
        Some(RevenueRiskView {
            at_risk: money(split.at_risk.1, currency),
            kept: money(split.kept.1, currency),
            customers_at_risk: u64::try_from(split.at_risk.0.len()).unwrap_or(u64::MAX),
            customers_kept: u64::try_from(split.kept.0.len()).unwrap_or(u64::MAX),
            filter: both(&both(within, BUYS), AT_RISK),
            kept_filter: both(&both(within, BUYS), NOT_AT_RISK),
            weeks: weeks.collect(),
        })
    }

    fn weekly(&self, rows: &[u32]) -> [i64; WEEKS] {
        let mut weeks = [0_i64; WEEKS];
        self.tallied(rows, |tally| {
            for (sum, minor) in weeks.iter_mut().zip(tally.weeks) {
                *sum = sum.saturating_add(minor);
            }
        });
        weeks
    }
}

fn money(minor: i64, currency: Currency) -> kith_api::view::MoneyView {
    Money::new(minor, currency).into()
}
