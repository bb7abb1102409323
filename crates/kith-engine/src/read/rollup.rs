//! What an account and all below it come to together (D§1.4).

use std::collections::BTreeMap;

use jiff::civil::Date;
use kith_api::view::{MetricView, ProfileView, RollupScope, RollupScore, RollupView, ScoreView};
use kith_domain::refusal::Refusal;
use kith_profile::{Part, catalogue, metric_index};
use kith_store::Fault;

use super::family::{branches, may_see, reference};
use super::profile::metric_view;
use crate::caller::Caller;
use crate::directory::Branch;
use crate::engine::Engine;
use crate::list::invalid;

/// The scores that are told.
const SCORES: [&str; 1] = ["health"];

/// The weight of an account in a mean of scores, until there is an exposure.
const WEIGHT: &str = "revenue_365d";

/// How the values of a profile over several accounts are made.
const METHOD: &str = "Metrics are computed from the touchpoints of all these accounts: counts and money add up, rates and times are \
    weighted by what is behind them. Scores are means weighted by the revenue of 365 days. Lanes are not told.";

/// What is asked of a roll-up.
#[derive(Debug, Clone, Default)]
pub struct RollupRequest {
    /// Only these metrics; all when empty.
    pub metrics: Vec<String>,
    /// The hierarchy of this day; today's when absent.
    pub as_of: Option<Date>,
}

impl Engine {
    /// The profile of an account and all below it that the caller may see, computed from the touchpoints of all.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn rollup(
        &self,
        caller: &Caller,
        name: &str,
        request: &RollupRequest,
    ) -> Result<Result<RollupView, Refusal>, Fault> {
        let loaded = match self.load_account(caller, name).await? {
            Ok(loaded) => loaded,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if let Some(unknown) = request.metrics.iter().find(|id| metric_index(id).is_none()) {
            let message = format!("There is no metric {unknown:?}; /api/v1/fields lists them.");
            return Ok(Err(invalid("metrics", "unknown_metric", message)));
        }
        let day = request.as_of.unwrap_or_else(|| self.day());
        let top = loaded.row.unwrap_or(u32::MAX);
        let (account, tree, accounts, left_out, evidence) = {
            let inner = self.directory().read();
            let tree = inner.tree_of(top, day);
            let (accounts, left_out) = branches(&inner, caller, &tree);
            let tree: Vec<Branch> =
                tree.into_iter().filter(|branch| may_see(&inner, caller, branch.row)).collect();
            let evidence: Vec<u32> = tree.iter().flat_map(|branch| inner.members(branch.row)).collect();
            (reference(&inner, top), tree, accounts, left_out, evidence)
        };
        let rows: Vec<u32> = tree.iter().map(|branch| branch.row).collect();
        let mut profile = self.pool(&rows, &request.metrics);
        self.fill_evidence_of(&mut profile, &evidence).await?;
        let scores = SCORES.iter().map(|id| ((*id).to_owned(), self.score_over(&rows, id)));
        Ok(Ok(RollupView {
            as_of: profile.as_of,
            day: profile.day,
            position: profile.position,
            account,
            accounts,
            left_out,
            metrics: profile.metrics,
            scores: scores.collect(),
        }))
    }

    /// The same in the shape of a profile: metrics from the touchpoints of all, scores as means weighted by revenue.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn profile_rollup(
        &self,
        caller: &Caller,
        name: &str,
        metrics: Vec<String>,
    ) -> Result<Result<ProfileView, Refusal>, Fault> {
        let request = RollupRequest { metrics, as_of: None };
        let rolled = match self.rollup(caller, name, &request).await? {
            Ok(rolled) => rolled,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let scores = rolled.scores.into_iter().map(|(id, score)| {
            let known = score.accounts as f64 / rolled.accounts.len().max(1) as f64;
            let mean = ScoreView {
                value: score.weighted_mean,
                band: None,
                base: 0.0,
                coverage: known.min(1.0),
                provisional: known < 0.5,
                drivers: Vec::new(),
                formula: format!("mean of {id} weighted by {WEIGHT}"),
            };
            (id, mean)
        });
        Ok(Ok(ProfileView {
            as_of: rolled.as_of,
            day: rolled.day,
            position: rolled.position,
            entity: None,
            metrics: rolled.metrics,
            scores: scores.collect(),
            lanes: Vec::new(),
            rollup: Some(RollupScope {
                accounts: u64::try_from(rolled.accounts.len()).unwrap_or(u64::MAX),
                left_out: rolled.left_out,
                method: METHOD.to_owned(),
            }),
        }))
    }

    /// The metrics of several rows as if they were one account; scores are not among them.
    fn pool(&self, rows: &[u32], only: &[String]) -> ProfileView {
        let (now, currency) = (self.now(), self.currency());
        let pool = self.living().pooled(rows);
        let wanted = catalogue().iter().filter(|metric| metric.part != Part::Health);
        let wanted = wanted.filter(|metric| only.is_empty() || only.contains(&metric.id));
        let metrics: BTreeMap<String, MetricView> = wanted
            .filter_map(|metric| {
                let explained = pool.explain(0, &metric.id)?;
                Some((metric.id.clone(), metric_view(metric, &explained, currency, now)))
            })
            .collect();
        ProfileView {
            as_of: now.to_string(),
            day: self.day().to_string(),
            position: self.position(),
            entity: None,
            metrics,
            scores: BTreeMap::new(),
            lanes: Vec::new(),
            rollup: None,
        }
    }

    fn score_over(&self, rows: &[u32], id: &str) -> RollupScore {
        let known: Vec<(u32, f64)> =
            rows.iter().filter_map(|row| Some((*row, self.number(*row, id)?))).collect();
        let weight = |row: u32| match self.living().value(row, metric_index(WEIGHT)?)? {
            kith_profile::Value::Money(minor) => Some(minor.max(0) as f64),
            _ => None,
        };
        let weights: Vec<f64> = known.iter().map(|(row, _)| weight(*row).unwrap_or(0.0)).collect();
        let any = weights.iter().any(|weight| *weight > 0.0);
        let weights = weights.iter().map(|weight| if any { *weight } else { 1.0 });
        let (sum, all) = known
            .iter()
            .zip(weights)
            .fold((0.0, 0.0), |(sum, all), ((_, score), weight)| (sum + score * weight, all + weight));
        let lowest = known.iter().copied().min_by(|one, other| one.1.total_cmp(&other.1));
        let tenth = |value: f64| (value * 10.0).round() / 10.0;
        RollupScore {
            min: lowest.map(|lowest| tenth(lowest.1)),
            min_account: lowest.map(|lowest| reference(&self.directory().read(), lowest.0)),
            weighted_mean: (all > 0.0).then(|| tenth(sum / all)),
            accounts: u64::try_from(known.len()).unwrap_or(u64::MAX),
        }
    }
}
