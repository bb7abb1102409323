//! The living profile of one account, each value with its provenance (D§4.1).

use std::collections::BTreeMap;

use jiff::Timestamp;
use kith_api::view::{DriverView, EvidenceView, LaneRevenue, MetricView, ProfileView, ScoreView};
use kith_domain::organisation::Organisation;
use kith_domain::refusal::Refusal;
use kith_domain::value::{Currency, Money};
use kith_profile::{Driver, Explanation, Metric, MetricKind, Staleness, catalogue, metric_index};
use kith_store::Fault;
use serde_json::{Value, json};

use crate::caller::Caller;
use crate::engine::Engine;
use crate::list::invalid;
use crate::list::metric_value;

/// Families of which weekly values are kept, and the series that shows them.
const SERIES: [(&str, &str); 7] = [
    ("orders", "orders"),
    ("order_value", "order_value"),
    ("revenue", "revenue"),
    ("otif", "otif"),
    ("days_to_pay", "days_to_pay"),
    ("inquiries", "inquiries"),
    ("portal_logins", "portal_logins"),
];

/// Weeks of a sparkline.
const WEEKS: usize = 13;

/// What is asked of a profile.
#[derive(Debug, Clone, Default)]
pub struct ProfileRequest {
    /// Only these metrics; all when empty.
    pub metrics: Vec<String>,
    /// Money of one entity, in its currency.
    pub entity: Option<String>,
    /// Revenue by lane as well, though metrics are named.
    pub lanes: bool,
}

impl Engine {
    /// The profile of an account that the caller may see, with its evidence.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn profile(
        &self,
        caller: &Caller,
        name: &str,
        request: &ProfileRequest,
    ) -> Result<Result<ProfileView, Refusal>, Fault> {
        let loaded = match self.load_account(caller, name).await? {
            Ok(loaded) => loaded,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if let Some(unknown) = request.metrics.iter().find(|id| metric_index(id).is_none()) {
            let message = format!("There is no metric {unknown:?}; /api/v1/fields lists them.");
            return Ok(Err(invalid("metrics", "unknown_metric", message)));
        }
        let organisation = self.organisation();
        if let Some(entity) = &request.entity
            && !organisation.entities.iter().any(|held| held.code.as_str() == entity)
        {
            return Ok(Err(invalid("entity", "unknown_entity", format!("There is no entity {entity:?}."))));
        }
        let row = loaded.row.or_else(|| self.find_account(name).map(|found| found.0)).unwrap_or(u32::MAX);
        let mut profile = self.profile_of(row, &request.metrics, request.entity.as_deref());
        if request.lanes && request.entity.is_none() && profile.lanes.is_empty() {
            profile.lanes = self.lanes(row);
        }
        self.fill_evidence(&mut profile, row).await?;
        Ok(Ok(profile))
    }

    /// The profile of a row without the evidence's rows, from memory alone.
    pub(crate) fn profile_of(&self, row: u32, only: &[String], entity: Option<&str>) -> ProfileView {
        let organisation = self.organisation();
        let now = self.now();
        let currency = currency_of(&organisation, entity);
        let wanted = catalogue().iter().filter(|metric| only.is_empty() || only.contains(&metric.id));
        let wanted = wanted.filter(|metric| entity.is_none() || metric.by_entity);
        let mut metrics = BTreeMap::new();
        for metric in wanted {
            let explanation = match entity {
                Some(entity) => self.living().explain_entity(row, entity, &metric.id),
                None => self.living().explain(row, &metric.id),
            };
            if let Some(explanation) = explanation {
                let mut view = metric_view(metric, &explanation, currency, now);
                if metric.window == Some(90) && entity.is_none() {
                    view.series = self.series(row, metric.family);
                }
                metrics.insert(metric.id.clone(), view);
            }
        }
        let mut scores = BTreeMap::new();
        if entity.is_none() && (only.is_empty() || only.iter().any(|id| id.starts_with("health"))) {
            scores.insert("health".to_owned(), self.health(row));
        }
        if entity.is_none() && (only.is_empty() || only.iter().any(|id| id.starts_with("churn"))) {
            scores.insert("churn".to_owned(), self.churn(row));
        }
        let lanes = if entity.is_none() && only.is_empty() { self.lanes(row) } else { Vec::new() };
        ProfileView {
            as_of: now.to_string(),
            day: self.day().to_string(),
            position: self.position(),
            entity: entity.map(str::to_owned),
            metrics,
            scores,
            lanes,
            rollup: None,
        }
    }

    /// Weekly values of a family, oldest first; not-a-number for a week in which a ratio has no value; nothing
    /// where none are kept.
    pub(crate) fn series(&self, row: u32, family: &str) -> Vec<f64> {
        let Some((_, series)) = SERIES.iter().find(|(held, _)| *held == family) else { return Vec::new() };
        let values = self.living().series(row, series, WEEKS).unwrap_or_default();
        values.into_iter().map(f64::from).collect()
    }

    fn lanes(&self, row: u32) -> Vec<LaneRevenue> {
        let windows = [90_u16, 365];
        let of = |window: u16| {
            let lanes = self.living().revenue_by_lane(row, window).unwrap_or_default();
            lanes.into_iter().take(20).map(move |lane| LaneRevenue {
                lane: lane.name.unwrap_or_else(|| "no lane".to_owned()),
                window: window.into(),
                revenue: lane.revenue.into(),
            })
        };
        windows.into_iter().flat_map(of).collect()
    }

    pub(crate) fn health(&self, row: u32) -> ScoreView {
        let number = |id: &str| match self.living().value(row, metric_index(id)?)? {
            kith_profile::Value::Number(value) => Some(f64::from(value)),
            _ => None,
        };
        let explained = self.living().explain(row, "health");
        let coverage = number("health_coverage").unwrap_or(0.0);
        let coverage = if coverage > 1.0 { coverage / 100.0 } else { coverage };
        let drivers = self.living().drivers(row).unwrap_or_default();
        ScoreView {
            value: number("health").map(|value| (value * 10.0).round() / 10.0),
            band: self.label(row, "health_label"),
            base: 50.0,
            coverage: (coverage * 100.0).round() / 100.0,
            provisional: coverage < 0.5,
            drivers: self.driver_views(row, drivers),
            formula: explained.map(|explained| explained.formula.to_owned()).unwrap_or_default(),
        }
    }

    /// The chance, in per cent, that the customer orders no more, with what moves it.
    pub(crate) fn churn(&self, row: u32) -> ScoreView {
        let explained = self.living().explain(row, "churn_risk");
        let risk = explained.as_ref().and_then(|explained| match explained.value {
            Some(kith_profile::Value::Number(value)) => Some(f64::from(value)),
            _ => None,
        });
        let drivers = self.living().churn_drivers(row).unwrap_or_default();
        ScoreView {
            value: risk.map(|risk| (risk * 1_000.0).round() / 10.0),
            band: self.label(row, "churn_label"),
            base: (kith_profile::Living::churn_at_rest() * 1_000.0).round() / 10.0,
            coverage: 1.0,
            provisional: false,
            drivers: self.driver_views(row, drivers),
            formula: explained.map(|explained| explained.formula.to_owned()).unwrap_or_default(),
        }
    }

    fn driver_views(&self, row: u32, drivers: Vec<Driver>) -> Vec<DriverView> {
        let view = |driver: Driver| DriverView {
            label: self.driver_label(row, &driver),
            component: driver.id.to_owned(),
            contribution: driver.contribution(),
            observed_at: None,
            metrics: driver.metrics.iter().map(|id| (*id).to_owned()).collect(),
            evidence: driver.evidence.iter().map(|seq| pending(*seq)).collect(),
        };
        drivers.into_iter().map(view).collect()
    }

    /// The word that a label metric has in a row.
    pub(crate) fn label(&self, row: u32, id: &str) -> Option<String> {
        let index = metric_index(id)?;
        let kith_profile::Value::Label(place) = self.living().value(row, index)? else { return None };
        match catalogue().get(index)?.kind {
            MetricKind::Label(words) => words.get(usize::from(place)).map(|word| (*word).to_owned()),
            _ => None,
        }
    }

    /// A driver with the figures behind it.
    fn driver_label(&self, row: u32, driver: &Driver) -> String {
        let said = driver.metrics.iter().filter_map(|id| {
            let index = metric_index(id)?;
            let metric = catalogue().get(index)?;
            let value = self.living().value(row, index)?;
            let title = metric.title.rsplit_once(", ").filter(|_| metric.window.is_some());
            let title = spoken(title.map_or(metric.title.as_str(), |(title, _)| title));
            Some(format!("{title} {}", said(metric, value, self.currency()).replacen('-', "−", 1)))
        });
        let said: Vec<String> = said.take(2).collect();
        if said.is_empty() {
            driver.label.to_owned()
        } else {
            format!("{}: {}", driver.label, said.join(", "))
        }
    }

    /// Reads the rows of the evidence and puts them in.
    pub(crate) async fn fill_evidence(&self, profile: &mut ProfileView, row: u32) -> Result<(), Fault> {
        let members = self.directory().read().members(row);
        self.fill_evidence_of(profile, &members).await
    }

    /// The same for values made of the touchpoints of several rows.
    pub(crate) async fn fill_evidence_of(
        &self,
        profile: &mut ProfileView,
        members: &[u32],
    ) -> Result<(), Fault> {
        let mut places: Vec<u64> = Vec::new();
        let evidence = profile.metrics.values().flat_map(|metric| &metric.evidence);
        let drivers =
            profile.scores.values().flat_map(|score| &score.drivers).flat_map(|driver| &driver.evidence);
        places.extend(evidence.chain(drivers).filter_map(|evidence| evidence.id.parse::<u64>().ok()));
        places.sort_unstable();
        places.dedup();
        let found = self
            .store()
            .read(move |reader| {
                let rows = reader.touchpoints_at(&places)?;
                Ok(rows.into_iter().map(|row| (row.position, row.stored)).collect::<BTreeMap<_, _>>())
            })
            .await?;
        let fill = |evidence: &mut Vec<EvidenceView>| {
            let mut rows: Vec<_> =
                evidence.iter().filter_map(|held| found.get(&held.id.parse().ok()?)).collect();
            rows.retain(|stored| members.contains(&stored.account_row));
            rows.sort_by(|one, other| {
                (other.at_ms, &other.source, &other.id).cmp(&(one.at_ms, &one.source, &one.id))
            });
            rows.dedup_by(|one, other| one.source == other.source && one.id == other.id);
            *evidence = rows
                .into_iter()
                .take(20)
                .map(|stored| EvidenceView {
                    source: stored.source.clone(),
                    id: stored.id.clone(),
                    kind: stored.kind.clone(),
                    time: instant(stored.at_ms),
                })
                .collect();
        };
        for metric in profile.metrics.values_mut() {
            fill(&mut metric.evidence);
            metric.sources = metric.evidence.iter().map(|evidence| evidence.source.clone()).collect();
            metric.sources.sort();
            metric.sources.dedup();
        }
        for driver in profile.scores.values_mut().flat_map(|score| &mut score.drivers) {
            fill(&mut driver.evidence);
            driver.observed_at = driver.evidence.first().map(|evidence| evidence.time.clone());
        }
        Ok(())
    }
}

/// Evidence whose row is still to be read: the position stands in `id`.
fn pending(seq: u32) -> EvidenceView {
    EvidenceView { id: seq.to_string(), ..EvidenceView::default() }
}

pub(crate) fn instant(at_ms: i64) -> String {
    Timestamp::from_millisecond(at_ms).map(|at| at.to_string()).unwrap_or_default()
}

fn currency_of(organisation: &Organisation, entity: Option<&str>) -> Option<Currency> {
    let entity = organisation.entities.iter().find(|held| Some(held.code.as_str()) == entity);
    entity.map(|entity| entity.currency).or(organisation.currency)
}

fn staleness(class: &Staleness, observed: Option<u64>, now: Timestamp) -> &'static str {
    let Some(observed) = observed.and_then(|ms| i64::try_from(ms).ok()) else { return "unknown" };
    let minutes = now.as_millisecond().saturating_sub(observed) / 60_000;
    if minutes <= i64::from(class.fresh_minutes) {
        "fresh"
    } else if minutes <= i64::from(class.expired_minutes) {
        "stale"
    } else {
        "expired"
    }
}

pub(super) fn metric_view(
    metric: &Metric,
    explained: &Explanation,
    currency: Option<Currency>,
    now: Timestamp,
) -> MetricView {
    let words: &[&str] = match metric.kind {
        MetricKind::Label(words) => words,
        _ => &[],
    };
    let money = |minor: i64| currency.map_or(Value::Null, |currency| json!(Money::new(minor, currency)));
    MetricView {
        value: explained.value.map_or(Value::Null, |value| metric_value(value, words, money)),
        title: metric.title.clone(),
        unit: explained.unit.to_owned(),
        window: explained.window.map(u32::from),
        sample_size: explained.sample_size.into(),
        insufficient: explained.insufficient,
        confidence: (f64::from(explained.confidence) * 1e3).round() / 1e3,
        staleness: staleness(&explained.staleness, explained.observed_at, now).to_owned(),
        observed_at: explained.observed_at.and_then(|ms| i64::try_from(ms).ok()).map(instant),
        computed_at: now.to_string(),
        formula: explained.formula.to_owned(),
        method: explained.method.to_owned(),
        sources: Vec::new(),
        evidence: explained.evidence.iter().map(|seq| pending(*seq)).collect(),
        evidence_count: explained.evidence_count.into(),
        series: Vec::new(),
    }
}

/// A title within a sentence: `On time` → `on time`, `NPS` stays.
fn spoken(title: &str) -> String {
    let lower = |word: &str| match word.chars().nth(1) {
        Some(second) if second.is_uppercase() => word.to_owned(),
        _ => word.to_lowercase(),
    };
    title.split(' ').map(lower).collect::<Vec<_>>().join(" ")
}

/// A figure as it is said within a sentence.
fn said(metric: &Metric, value: kith_profile::Value, currency: Option<Currency>) -> String {
    match value {
        kith_profile::Value::Number(value) if metric.kind == MetricKind::Ratio => {
            format!("{:.1} %", value * 100.0)
        }
        kith_profile::Value::Number(value) if metric.kind == MetricKind::Hours => format!("{value:.1} h"),
        kith_profile::Value::Number(value) if value.fract() == 0.0 => format!("{value:.0}"),
        kith_profile::Value::Number(value) => format!("{value:.1}"),
        kith_profile::Value::Money(minor) => {
            currency.map_or_else(|| "–".to_owned(), |currency| Money::new(minor, currency).to_string())
        }
        kith_profile::Value::Label(place) => match metric.kind {
            MetricKind::Label(words) => {
                words.get(usize::from(place)).copied().unwrap_or_default().replace('_', " ")
            }
            _ => String::new(),
        },
        kith_profile::Value::Date(day) => crate::engine::date_of(day).to_string(),
    }
}
