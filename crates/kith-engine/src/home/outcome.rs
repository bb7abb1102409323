//! The figures against their targets (D App. B). One whose measure or baseline is not there is left out, never made up.

use kith_api::view::OutcomeView;
use kith_query::top;
use kith_store::Fault;

use super::both;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::read::care::QUALITY_TARGET;
use crate::table::Accounts;

/// Share of customers that should be kept over a year.
const RETENTION_TARGET: f64 = 0.95;
/// Share of answers that should be satisfied.
const SATISFACTION_TARGET: f64 = 0.90;
/// Whoever had ordered a year ago, and in the year before that.
const HAD_ORDERED: &str =
    "first_order_on <= today() - days(365) && last_order_on > today() - days(730) && has(stage)";
/// And is a customer still: an order within the year, or an agreement that holds.
const KEPT: &str = "last_order_on > today() - days(365) || agreement_ends_on >= today()";

/// What is counted, of one or of several.
fn word_of(count: u64, one: &str, many: &str) -> String {
    if count == 1 { one } else { many }.to_owned()
}

/// A share of all.
fn share(part: u64, whole: u64) -> Option<f64> {
    let exact = |count: u64| u32::try_from(count).ok().map(f64::from);
    (whole > 0).then(|| Some(exact(part)? / exact(whole)?)).flatten()
}

fn fraction(id: &str, title: &str, value: f64, target: f64) -> OutcomeView {
    OutcomeView {
        id: id.to_owned(),
        title: title.to_owned(),
        value: (value * 1e4).round() / 1e4,
        unit: "fraction".to_owned(),
        target,
        met: value >= target,
        ..OutcomeView::default()
    }
}

impl Engine {
    /// How long it takes to take a customer on, over the cases of accounts in the scope.
    pub(super) async fn onboarding_outcome(
        &self,
        caller: &Caller,
        within: &str,
    ) -> Result<Option<OutcomeView>, Fault> {
        let scope = self.own_filter(within);
        let (figures, last) = self
            .onboarding_figures(caller, |engine, case| {
                within.is_empty()
                    || scope.as_ref().is_some_and(|scope| engine.is_within(caller, scope, case.account))
            })
            .await?;
        Ok(figures.mean_net_hours.map(|hours| OutcomeView {
            id: "onboarding_hours".to_owned(),
            title: "Onboarding time".to_owned(),
            value: (hours * 1e4).round() / 1e4,
            unit: "hours".to_owned(),
            target: figures.target_hours,
            less_is_better: true,
            met: hours < figures.target_hours,
            n: figures.cases,
            counted: word_of(figures.cases, "customer taken on", "customers taken on"),
            window_days: u32::try_from(figures.days).ok(),
            source: "cases of onboarding".to_owned(),
            formula: "mean of the net time from application to activation".to_owned(),
            observed_at: last.map(|at| at.to_string()),
            filter: None,
        }))
    }

    /// How right limits were day by day, over the accounts of everybody; nothing where it is not computed yet.
    pub(super) async fn accuracy_outcome(&self, caller: &Caller) -> Result<Option<OutcomeView>, Fault> {
        let Some(view) = self.credit_accuracy_known(caller).await? else { return Ok(None) };
        let share = view.limits.measure;
        Ok(share.value.zip(share.target).map(|(value, target)| OutcomeView {
            n: share.denominator,
            counted: word_of(share.denominator, "day of limits", "days of limits"),
            window_days: Some(90),
            source: "limits in force".to_owned(),
            formula:
                "limit-days on which the limit in force was the one that decisions, policy and events imply"
                    .to_owned(),
            observed_at: Some(view.as_of),
            ..fraction("credit_limit_accuracy", "Credit-limit accuracy", value, target)
        }))
    }

    /// Who is a customer still of those that were a year ago (D§4.3), those that left and were closed among them.
    pub(super) fn retention_outcome(&self, within: &str, accounts: &Accounts<'_>) -> Option<OutcomeView> {
        let before = both(within, HAD_ORDERED);
        let whole = top::count(&self.own_filter(&before)?, accounts);
        let kept = top::count(&self.own_filter(&both(&before, KEPT))?, accounts);
        let value = share(kept, whole)?;
        Some(OutcomeView {
            n: whole,
            counted: word_of(whole, "customer a year ago", "customers a year ago"),
            window_days: Some(365),
            source: "orders and agreements".to_owned(),
            formula: "with an order or an agreement in the year, of those that ordered in the year before"
                .to_owned(),
            filter: Some(both(&before, &format!("!({KEPT})"))),
            ..fraction("retention", "Customers kept", value, RETENTION_TARGET)
        })
    }

    /// The rows of accounts that answered a survey of satisfaction within the year.
    pub(super) fn answered(&self, within: &str, accounts: &Accounts<'_>) -> Vec<u32> {
        let answered = self.own_filter(&both(within, "has(csat_365d)"));
        answered.map(|answered| rows_of(&answered, accounts)).unwrap_or_default()
    }

    /// Satisfied answers of all answers: answers are counted, no shares of customers are averaged.
    pub(super) fn satisfaction_outcome(&self, within: &str, answered: &[u32]) -> Option<OutcomeView> {
        let (mut satisfied, mut answers) = (0_u64, 0_u64);
        self.tallied(answered, |tally| {
            satisfied = satisfied.saturating_add(tally.satisfied.into());
            answers = answers.saturating_add(tally.answers.into());
        });
        let value = share(satisfied, answers)?;
        Some(OutcomeView {
            n: answers,
            counted: word_of(answers, "answer", "answers"),
            window_days: Some(365),
            source: "surveys".to_owned(),
            formula: "answers 4 and 5 of 5, of all answers".to_owned(),
            filter: Some(both(within, &format!("csat_365d < {SATISFACTION_TARGET}"))),
            ..fraction("satisfaction", "Satisfied answers", value, SATISFACTION_TARGET)
        })
    }

    /// How good the data of accounts are, on the average.
    pub(super) fn quality_outcome(&self, within: &str, accounts: &Accounts<'_>) -> Option<OutcomeView> {
        let field = self.catalogue().index("data_quality")?;
        let (value, n) = top::mean(&self.own_filter(within)?, field, accounts)?;
        Some(OutcomeView {
            n,
            counted: word_of(n, "account", "accounts"),
            source: "account records".to_owned(),
            formula: "mean of completeness × validity × freshness".to_owned(),
            filter: Some(both(within, &format!("data_quality < {QUALITY_TARGET}"))),
            ..fraction("data_quality", "Data quality", value, QUALITY_TARGET)
        })
    }
}

/// The numbers of the rows that pass.
pub(super) fn rows_of(filter: &kith_query::filter::Filter, accounts: &Accounts<'_>) -> Vec<u32> {
    let mut rows = Vec::new();
    top::scan(filter, accounts, &mut |chunk, _, mask| {
        let first = chunk.saturating_mul(crate::directory::CHUNK_ROWS);
        rows.extend(top::places(mask).filter_map(|place| u32::try_from(first.saturating_add(place)).ok()));
    });
    rows
}

#[cfg(test)]
mod tests;
