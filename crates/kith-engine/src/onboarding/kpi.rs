//! How long it takes to take a customer on (D§2.5).

use kith_api::view::{OnboardingKpi, StepDwell};
use kith_domain::access::Grant;
use kith_domain::onboarding::{CaseState, Onboarding, StepName};
use kith_domain::policy::{Calendar, Policy};
use kith_store::{Fault, Noun};

use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::{POLICY, load, read};

/// Days that the figure looks back.
const DAYS: i64 = 30;
/// Hours that it should take on the average (S1.15).
const TARGET_HOURS: f64 = 4.0;
/// Cases of one page.
const PAGE: u32 = 500;

impl Engine {
    /// The figures of the cases that ended in the last 30 days by taking the customer on, of the entities that the caller
    /// sees.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn onboarding_kpi(&self, caller: &Caller) -> Result<OnboardingKpi, Fault> {
        let now = self.now();
        let since = now.saturating_sub(jiff::Span::new().hours(DAYS.saturating_mul(24))).unwrap_or(now);
        let (calendar, cases) = self
            .store()
            .read(move |reader| {
                let calendar = load::<Policy>(reader, POLICY)?.state.rules.calendar;
                let mut cases = Vec::new();
                let mut after: Option<String> = None;
                loop {
                    let index = [("state", "completed".into())];
                    let page = reader.list(Noun::Onboarding, &index, after.as_deref(), PAGE)?;
                    let Some(last) = page.last() else { return Ok((calendar, cases)) };
                    after = Some(last.id.clone());
                    for document in page {
                        let case = read::<Onboarding>(document)?.state;
                        if case.clock.ended_at.is_some_and(|ended| ended >= since && ended <= now) {
                            cases.push(case);
                        }
                    }
                }
            })
            .await?;
        let seen = |case: &Onboarding| caller.principal.may(Grant::AccountsRead, Some(&case.entity));
        let cases: Vec<Onboarding> =
            cases.into_iter().filter(|case| case.state == CaseState::Completed && seen(case)).collect();
        let organisation = self.organisation();
        let zone = |case: &Onboarding| {
            organisation
                .entity(&case.entity)
                .map_or(organisation.timezone.clone(), |one| one.timezone.clone())
        };
        let business = |case: &Onboarding| business_hours(&calendar, case, &zone(case));
        Ok(figures(&cases, &business, now))
    }
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

fn figures(
    cases: &[Onboarding],
    business: &dyn Fn(&Onboarding) -> f64,
    now: jiff::Timestamp,
) -> OnboardingKpi {
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
