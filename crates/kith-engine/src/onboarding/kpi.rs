//! How long it takes to take a customer on (D§2.5).

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use kith_api::view::{OnboardingKpi, StepDwell};
use kith_domain::access::Grant;
use kith_domain::onboarding::{CaseState, Onboarding, StepName};
use kith_domain::policy::{Calendar, Policy};
use kith_store::{Fault, Noun, Reader};

use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::{POLICY, load, read};

/// Days that the figure looks back.
const DAYS: i64 = 30;
/// Hours that it should take on the average (S1.15).
const TARGET_HOURS: f64 = 4.0;
/// Cases of one page.
const PAGE: u32 = 500;

/// The completed cases of the last days, with how many were completed ever: they are read again when that is another number.
#[derive(Debug, Default)]
pub(crate) struct Ended(Mutex<(u64, Arc<Vec<Onboarding>>)>);

impl Engine {
    /// The figures of the cases that ended in the last 30 days by taking the customer on, of the entities that the caller
    /// sees.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn onboarding_kpi(&self, caller: &Caller) -> Result<OnboardingKpi, Fault> {
        self.onboarding_figures(caller, |_, _| true).await.map(|(figures, _)| figures)
    }

    /// The same, of the cases that pass a test, and when the latest of them ended.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub(crate) async fn onboarding_figures(
        &self,
        caller: &Caller,
        passes: impl Fn(&Self, &Onboarding) -> bool,
    ) -> Result<(OnboardingKpi, Option<Timestamp>), Fault> {
        let now = self.now();
        let calendar = self.store().read(|reader| load::<Policy>(reader, POLICY)).await?.state.rules.calendar;
        let since = days_before(now);
        let seen = |case: &Onboarding| {
            case.clock.ended_at.is_some_and(|ended| ended >= since && ended <= now)
                && caller.principal.may(Grant::AccountsRead, Some(&case.entity))
                && passes(self, case)
        };
        let ended = self.ended_cases(now).await?;
        let cases: Vec<Onboarding> = ended.iter().filter(|case| seen(case)).cloned().collect();
        let organisation = self.organisation();
        let zone = |case: &Onboarding| {
            organisation
                .entity(&case.entity)
                .map_or(organisation.timezone.clone(), |one| one.timezone.clone())
        };
        let business = |case: &Onboarding| business_hours(&calendar, case, &zone(case));
        let last = cases.iter().filter_map(|case| case.clock.ended_at).max();
        Ok((figures(&cases, &business, now), last))
    }

    /// The cases that were completed in the last days; some that are a little older may be among them.
    async fn ended_cases(&self, now: Timestamp) -> Result<Arc<Vec<Onboarding>>, Fault> {
        const COMPLETED: &str = "completed";
        let count = |reader: &mut Reader<'_>| reader.count(Noun::Onboarding, &[("state", COMPLETED.into())]);
        let count = self.store().read(count).await?;
        let held = self.core().ended.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if held.0 == count {
            return Ok(held.1);
        }
        let since = days_before(now);
        let cases = self
            .store()
            .read(move |reader| {
                let mut cases = Vec::new();
                let mut after: Option<String> = None;
                loop {
                    let index = [("state", COMPLETED.into())];
                    let page = reader.list(Noun::Onboarding, &index, after.as_deref(), PAGE)?;
                    let Some(last) = page.last() else { return Ok(cases) };
                    after = Some(last.id.clone());
                    for document in page {
                        let case = read::<Onboarding>(document)?.state;
                        let recent = case.clock.ended_at.is_some_and(|ended| ended >= since);
                        if recent && case.state == CaseState::Completed {
                            cases.push(case);
                        }
                    }
                }
            })
            .await?;
        let cases = Arc::new(cases);
        *self.core().ended.0.lock().unwrap_or_else(PoisonError::into_inner) = (count, Arc::clone(&cases));
        Ok(cases)
    }
}

/// So many days before a moment.
fn days_before(now: Timestamp) -> Timestamp {
    now.saturating_sub(jiff::Span::new().hours(DAYS.saturating_mul(24))).unwrap_or(now)
}

/// Business hours of a case, without its pauses.
fn business_hours(calendar: &Calendar, case: &Onboarding, zone: &str) -> f64 {
    let (Some(start), Some(end)) = (case.clock.submitted_at, case.clock.ended_at) else { return 0.0 };
    let between = |from, until| calendar.minutes_between(from, until, zone, Some(&case.entity));
    let paused: u32 = case
        .clock
        .pauses
        .iter()
        .map(|pause| between(pause.from, pause.until.unwrap_or(end)))
        .fold(0, u32::saturating_add);
    f64::from(between(start, end).saturating_sub(paused)) / 60.0
}

fn hours(seconds: i64) -> f64 {
    // A case lasts far less than 2^53 seconds.
    #[expect(clippy::cast_precision_loss, reason = "a case lasts far less than 2^53 seconds")]
    let exact = seconds as f64;
    exact / 3_600.0
}

fn mean(values: &[f64]) -> Option<f64> {
    let count = u32::try_from(values.len()).ok().filter(|count| *count > 0)?;
    Some(values.iter().sum::<f64>() / f64::from(count))
}

/// The value below which so many of a hundred are, nearest rank.
fn percentile(sorted: &[f64], percent: usize) -> Option<f64> {
    let rank = sorted.len().saturating_mul(percent).div_ceil(100).max(1);
    sorted.get(rank.saturating_sub(1)).copied()
}

fn figures(cases: &[Onboarding], business: &dyn Fn(&Onboarding) -> f64, now: Timestamp) -> OnboardingKpi {
    let mut net: Vec<f64> = cases.iter().map(|case| hours(case.clock.net_seconds(now))).collect();
    let gross: Vec<f64> = cases.iter().map(|case| hours(case.clock.gross_seconds(now))).collect();
    let office: Vec<f64> = cases.iter().map(business).collect();
    net.sort_by(f64::total_cmp);
    let under: Vec<f64> = net.iter().map(|hours| if *hours < TARGET_HOURS { 1.0 } else { 0.0 }).collect();
    let dwell = |step: &StepName| {
        let of_step = |case: &Onboarding| {
            let record = case.steps.get(step)?;
            record.started_at.map(|_| hours(record.dwell_seconds(now)) * 60.0)
        };
        let mut minutes: Vec<f64> = cases.iter().filter_map(of_step).collect();
        minutes.sort_by(f64::total_cmp);
        StepDwell {
            step: step.as_str().to_owned(),
            budget_minutes: step.budget_minutes(),
            mean_minutes: mean(&minutes),
            p90_minutes: percentile(&minutes, 90),
        }
    };
    OnboardingKpi {
        days: DAYS.unsigned_abs(),
        cases: cases.len() as u64,
        target_hours: TARGET_HOURS,
        mean_net_hours: mean(&net),
        p50_net_hours: percentile(&net, 50),
        p90_net_hours: percentile(&net, 90),
        mean_gross_hours: mean(&gross),
        mean_business_hours: mean(&office),
        share_under_target: mean(&under),
        meets_target: mean(&net).map(|mean| mean < TARGET_HOURS),
        steps: StepName::ALL.iter().map(dwell).collect(),
    }
}
