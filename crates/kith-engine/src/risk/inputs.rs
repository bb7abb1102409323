//! What a score and a limit are made of, gathered from the record, the profile and what was recorded of risk.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use kith_domain::account::{Account, Hold, Stage};
use kith_domain::organisation::Organisation;
use kith_domain::risk::{Books, Risk};
use kith_domain::value::{Currency, Money};
use kith_profile::CreditHistory;
use kith_risk::RiskClass;
use kith_risk::limit::{Caps, Guard, LimitInputs};
use kith_risk::score::{Assessment, BOOKS_DAYS_MAX, Behaviour, Bureau, Evidence, Financials, assess};
use kith_store::{Fault, Reader};
use serde_json::Value;

use crate::directory::epoch_day;
use crate::scorecard::Active;

/// Records of an account in which its limits are looked up.
const RECORDS: u32 = 1_000;

/// All that is known of an account, of the whole company or of one legal entity.
pub(super) struct Known {
    pub(super) account: Account,
    pub(super) risk: Risk,
    pub(super) history: CreditHistory,
    /// The limit in force, in `currency`.
    pub(super) limit: Option<Money>,
    pub(super) currency: Currency,
    pub(super) day: Date,
    pub(super) now: Timestamp,
    /// The limits so far, oldest first.
    pub(super) limits: Vec<(Timestamp, Option<Money>)>,
    /// The scorecard that scores it; nothing is the expert card.
    pub(super) card: Option<Arc<Active>>,
}

fn days(from: Date, to: Date) -> u32 {
    u32::try_from(epoch_day(to).saturating_sub(epoch_day(from))).unwrap_or(0)
}

impl Known {
    pub(super) fn tenure_months(&self) -> u32 {
        let since = self.account.created_at.map(|at| self.now.as_second().saturating_sub(at.as_second()));
        let recorded = since.and_then(|seconds| u32::try_from(seconds / 86_400).ok()).unwrap_or(0);
        recorded.max(self.history.history_days) / 30
    }

    fn used(&self, minor: Option<i64>) -> Option<f64> {
        let limit = self.limit.filter(|limit| limit.minor > 0)?;
        Some(minor? as f64 / limit.minor as f64)
    }

    /// How it pays.
    pub(super) fn behaviour(&self) -> Behaviour {
        let history = &self.history;
        let pays = history.days_beyond_terms.is_some();
        Behaviour {
            days_beyond_terms: history.days_beyond_terms,
            on_time_amount: history.on_time_amount,
            utilisation_p90: self.used(history.exposure_p90_minor),
            overdue_60_share: history.overdue_60_share,
            broken_or_returned: pays.then_some(history.returned_365d.saturating_add(history.broken_180d)),
            tenure_months: Some(self.tenure_months()),
            is_declining: history.is_declining,
        }
    }

    /// The books in the currency of the account's view, as far as they are young enough and a rate is known.
    fn books(&self) -> Option<(&Books, u32)> {
        let books = self.risk.books.as_ref()?;
        let age = days(books.statement_on, self.day);
        (age <= BOOKS_DAYS_MAX).then_some((books, age))
    }

    pub(super) fn financials(&self) -> Option<Financials> {
        let (books, age_days) = self.books()?;
        Some(Financials {
            working_capital_minor: books.working_capital.minor,
            retained_earnings_minor: books.retained_earnings.minor,
            ebit_minor: books.ebit.minor,
            equity_minor: books.equity.minor,
            total_assets_minor: books.total_assets.minor,
            total_liabilities_minor: books.total_liabilities.minor,
            age_days,
        })
    }

    fn evidence(&self) -> Evidence {
        Evidence {
            behaviour: self.behaviour(),
            by_scorecard: self.by_scorecard(|judged| judged.probability),
            paid_months: self.history.paid_months,
            bureau: self.risk.bureau.as_ref().and_then(|report| {
                let age = days(report.reported_on, self.day);
                Bureau::new(report.scale, report.value_millionths as f64 / 1e6, age).ok()
            }),
            financials: self.financials(),
            is_barred: self.is_insolvent(),
        }
    }

    fn is_insolvent(&self) -> bool {
        self.risk.bureau.as_ref().is_some_and(|report| report.is_insolvent)
    }

    /// The score, and the class after what a person says.
    pub(super) fn assess(&self) -> (Assessment, RiskClass) {
        let assessment = assess(&self.evidence());
        let moved = if self.is_insolvent() { 0 } else { self.risk.notches(self.now) };
        let class = assessment.class.moved(moved);
        (assessment, class)
    }

    /// What the limit is made of.
    pub(super) fn limit_inputs(&self, organisation: &Organisation, class: RiskClass) -> LimitInputs {
        let home =
            |money: Money| organisation.convert(money, self.currency, self.day).map(|money| money.minor);
        let books = self.books().map(|(books, _)| books);
        let bureau = self.risk.bureau.as_ref();
        let insured = bureau.and_then(|report| report.insured_limit);
        let recommended = bureau.and_then(|report| insured.or(report.recommended_limit));
        let history = &self.history;
        LimitInputs {
            current_minor: self.limit.map(|limit| limit.minor),
            sales_90d_minor: history.sales_90d_minor.unwrap_or(0),
            // Facts are kept for 400 days: the same quarter of last year is not among them as a whole.
            sales_90d_last_year_minor: None,
            terms_days: history.terms_days.unwrap_or(0.0),
            trend_per_week: history.trend_per_week.unwrap_or(0.0),
            class,
            is_insolvent: self.is_insolvent(),
            days_beyond_terms: history.days_beyond_terms.unwrap_or(0.0),
            broken_promises_180d: history.broken_180d,
            returned_payments_365d: history.returned_365d,
            on_time_amount: history.on_time_amount.unwrap_or(0.0),
            history_days: history.history_days,
            paid_invoices: history.paid_invoices,
            caps: Caps {
                tangible_net_worth_minor: books.and_then(|books| home(books.tangible_net_worth?)),
                working_capital_minor: books.and_then(|books| home(books.working_capital)),
                insured_minor: insured.and_then(home),
                needs_insurance: false,
                group_remaining_minor: self.account.group_credit_limit.and_then(home),
                recommended_minor: recommended.and_then(home),
            },
            guard: self.guard(),
        }
    }

    fn guard(&self) -> Guard {
        let age = |at: Timestamp| (self.now.as_second().saturating_sub(at.as_second())) / 86_400;
        let mut raised = self.limits.windows(2).filter_map(|pair| match pair {
            [(_, before), (at, after)] if rises(*before, *after) => Some(*at),
            _ => None,
        });
        let week_begins = self.limits.iter().rposition(|(at, _)| age(*at) >= 7);
        let week = self.limits.iter().skip(week_begins.unwrap_or(0)).filter_map(|(_, limit)| *limit);
        let week = week.filter(|limit| limit.currency == self.currency).map(|limit| limit.minor);
        Guard {
            days_since_raise: raised.next_back().and_then(|at| u32::try_from(age(at)).ok()),
            highest_7d_minor: week.max(),
            in_probation: self.account.stage == Stage::Probation,
            on_watch: self.account.watch.as_ref().is_some_and(|watch| watch.expires_at > self.now),
            disputed_share: self.history.disputed_share.unwrap_or(0.0),
            exposure_minor: self.history.exposure_minor.unwrap_or(0),
        }
    }

    /// Holds of the account, for who looks at its limit.
    pub(super) fn holds(&self) -> &[Hold] {
        &self.account.holds
    }
}

fn rises(before: Option<Money>, after: Option<Money>) -> bool {
    match (before, after) {
        (Some(before), Some(after)) => after.currency == before.currency && after.minor > before.minor,
        _ => false,
    }
}

/// The limits that an account, or one legal entity of it, has had, as its records tell.
pub(super) fn limits(
    reader: &mut Reader<'_>,
    stream: &str,
    entity: Option<&str>,
) -> Result<Vec<(Timestamp, Option<Money>)>, Fault> {
    let mut records = reader.stream_back(stream, u64::MAX >> 1, RECORDS)?;
    records.reverse();
    let mut found = Vec::new();
    for record in records {
        let header = record.header;
        let Ok(at) = header.at.parse::<Timestamp>() else { continue };
        for kind in ["created", "updated", "merged", "limit_adjusted"] {
            let changes = header.body.get(kind).and_then(|body| body.get("changes"));
            let limit = changes.and_then(|changes| match entity {
                None => changes.get("credit_limit"),
                Some(entity) => changes.get("overrides")?.get(entity)?.get("credit_limit")?.get("value"),
            });
            found.extend(limit.map(|limit| (at, money(limit))));
        }
    }
    Ok(found)
}

fn money(value: &Value) -> Option<Money> {
    serde_json::from_value(value.clone()).ok()
}

#[cfg(test)]
mod tests;
