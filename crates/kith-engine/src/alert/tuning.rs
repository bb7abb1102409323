//! What people said of alerts moves the thresholds: at least a fifth of them must be worth the time.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use kith_api::view::ThresholdView;
use kith_domain::access::Grant;
use kith_domain::alert::{Alert, AlertState};
use kith_domain::refusal::Refusal;
use kith_risk::anomaly::{Detector, Labelled, PRECISION_LEAST, Thresholds, Tuning, tune};
use kith_store::{Fault, Noun};

use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::read;
use crate::permit;

/// Closed alerts that are learned from, the latest.
const LEARN_FROM: u32 = 2_000;

/// Detectors whose thresholds move.
const MOVED: [Detector; 5] =
    [Detector::Amount, Detector::DailySpend, Detector::Frequency, Detector::Velocity, Detector::Mix];

/// What was learned last; nothing after somebody closed another.
#[derive(Debug, Default)]
pub(crate) struct Learned(Mutex<Option<(Thresholds, Vec<Tuning>)>>);

impl Learned {
    /// Another alert was closed: learn again when it is asked for.
    pub(crate) fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl Engine {
    /// The thresholds in force, and what outcomes say of each detector.
    pub(super) async fn thresholds(&self) -> Result<(Thresholds, Vec<Tuning>), Fault> {
        let learned = &self.core().feed.watched.learned;
        if let Some(known) = learned.0.lock().unwrap_or_else(PoisonError::into_inner).clone() {
            return Ok(known);
        }
        let closed = self
            .store()
            .read(|reader| {
                let state = AlertState::Closed.as_str();
                let documents =
                    reader.list_newest(Noun::Alert, &[("state", state.into())], None, LEARN_FROM)?;
                documents.into_iter().map(read::<Alert>).collect::<Result<Vec<_>, Fault>>()
            })
            .await?;
        let mut labelled: BTreeMap<Detector, Vec<Labelled>> = BTreeMap::new();
        for alert in &closed {
            let (Some(finding), Some(outcome)) = (&alert.state.finding, alert.state.outcome) else {
                continue;
            };
            let Some(sign) = finding.signs.first() else { continue };
            if let Some(detector) = sign.detector {
                let standard = Thresholds::default().of(detector).medium;
                let ratio = sign.statistic_milli as f64 / 1_000.0 / standard;
                labelled
                    .entry(detector)
                    .or_default()
                    .push(Labelled { ratio, was_worth: outcome.was_worth() });
            }
        }
        let mut thresholds = Thresholds::default();
        let mut tunings = Vec::new();
        for detector in MOVED {
            let tuning = tune(detector, labelled.get(&detector).map_or(&[], Vec::as_slice));
            thresholds.set(detector, tuning.factor);
            tunings.push(tuning);
        }
        let known = (thresholds, tunings);
        *learned.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(known.clone());
        Ok(known)
    }

    /// How far each detector's thresholds are, and what share of its alerts was worth it.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn alert_thresholds(
        &self,
        caller: &Caller,
    ) -> Result<Result<Vec<ThresholdView>, Refusal>, Fault> {
        if !caller.principal.may(Grant::CreditRead, None) {
            return Ok(Err(permit::denied(Grant::CreditRead)));
        }
        let (thresholds, tunings) = self.thresholds().await?;
        let view = |tuning: Tuning| {
            let threshold = thresholds.of(tuning.detector);
            ThresholdView {
                detector: tuning.detector.as_str().to_owned(),
                medium: threshold.medium,
                high: threshold.high,
                factor: tuning.factor,
                outcomes: tuning.outcomes,
                worth: tuning.worth,
                precision: tuning.precision,
                precision_least: PRECISION_LEAST,
            }
        };
        Ok(Ok(tunings.into_iter().map(view).collect()))
    }
}
