//! A made-up living profile.

use std::collections::BTreeMap;

use kith_api::view::{DriverView, EvidenceView, LaneRevenue, MetricView, MoneyView, ProfileView, ScoreView};
use serde_json::{Value, json};

/// An amount in euro.
pub(crate) fn euro(amount: &str) -> MoneyView {
    MoneyView { amount: amount.to_owned(), currency: "EUR".to_owned() }
}

fn evidence(kind: &str, source: &str) -> Vec<EvidenceView> {
    (0..6)
        .map(|place| EvidenceView {
            source: format!("urn:norvane:{source}"),
            id: format!("{}-{}", kind.replace('.', "-"), 88140 + place),
            kind: format!("io.kith.{kind}"),
            time: format!("2026-11-22T{:02}:12:00Z", 9 - place),
        })
        .collect()
}

struct Made<'a> {
    id: &'a str,
    title: &'a str,
    value: Value,
    unit: &'a str,
    window: Option<u32>,
    age: &'a str,
    kind: &'a str,
    source: &'a str,
    series: &'a [f64],
}

fn metric(made: &Made<'_>) -> (String, MetricView) {
    let known = !made.value.is_null();
    let view = MetricView {
        value: made.value.clone(),
        title: made.title.to_owned(),
        unit: made.unit.to_owned(),
        window: made.window,
        sample_size: if known { 1_127 } else { 0 },
        insufficient: made.id.starts_with("nps"),
        confidence: if known { 0.94 } else { 0.0 },
        staleness: if known { "fresh" } else { "unknown" }.to_owned(),
        observed_at: known.then(|| made.age.to_owned()),
        computed_at: "2026-11-22T09:44:10Z".to_owned(),
        formula: format!("{}@1", made.id.rsplit_once('_').map_or(made.id, |(name, _)| name)),
        method: "computed".to_owned(),
        sources: if known { vec![format!("urn:norvane:{}", made.source)] } else { Vec::new() },
        evidence: if known { evidence(made.kind, made.source) } else { Vec::new() },
        evidence_count: if known { 1_127 } else { 0 },
        series: made.series.to_vec(),
    };
    (made.id.to_owned(), view)
}

const FALLING: [f64; 13] =
    [128.0, 131.0, 126.0, 130.0, 124.0, 119.0, 121.0, 112.0, 108.0, 104.0, 97.0, 92.0, 88.0];
const LATE: [f64; 13] =
    [0.953, 0.955, 0.951, 0.954, 0.948, 0.943, 0.946, 0.939, 0.93, 0.925, 0.918, 0.915, 0.912];
const RISING: [f64; 13] = [48.0, 49.0, 48.0, 50.0, 49.0, 50.0, 51.0, 52.0, 53.0, 54.0, 55.0, 55.0, 56.0];
const BUSY: [f64; 13] = [1.9, 2.2, 2.0, 2.1, 2.3, 2.2, 2.4, 2.6, 2.7, 3.0, 3.2, 3.4, 3.5];
const VISITS: [f64; 13] = [30.0, 32.0, 34.0, 30.0, 36.0, 34.0, 38.0, 36.0, 40.0, 42.0, 44.0, 42.0, 46.0];
const SALES: [f64; 13] = [46.0, 47.0, 46.0, 48.0, 46.0, 44.0, 43.0, 40.0, 39.0, 37.0, 35.0, 34.0, 32.0];

fn row<'a>(id: &'a str, title: &'a str, value: Value, unit: &'a str, window: Option<u32>) -> Made<'a> {
    Made {
        id,
        title,
        value,
        unit,
        window,
        age: "2026-11-22T09:42:00Z",
        kind: "order.placed",
        source: "erp",
        series: &[],
    }
}

/// On time in full, 90 days: id and metric.
pub(crate) fn on_time() -> (String, MetricView) {
    metric(&Made {
        series: &LATE,
        kind: "shipment.delivered",
        source: "tms",
        age: "2026-11-22T09:38:00Z",
        ..row("otif_90d", "On time in full", json!(0.912), "fraction", Some(90))
    })
}

fn metrics() -> BTreeMap<String, MetricView> {
    let money = |amount: &str| json!({ "amount": amount, "currency": "EUR" });
    [
        Made {
            series: &FALLING,
            ..row("order_frequency_90d", "Orders a week", json!(88.4), "orders", Some(90))
        },
        row("order_trend_90d", "Order trend", json!(-0.031), "fraction", Some(90)),
        row("order_trend_label_90d", "Order trend", json!("declining"), "label", Some(90)),
        Made {
            series: &SALES,
            kind: "invoice.posted",
            age: "2026-11-22T08:41:00Z",
            ..row("revenue_365d", "Revenue", money("2140210.55"), "money", Some(365))
        },
        row("open_balance", "Open balance", money("344000.00"), "money", None),
        row("overdue_balance", "Overdue balance", money("64210.00"), "money", None),
        row("oldest_overdue_days", "Oldest overdue", json!(41), "days", None),
        Made {
            series: &RISING,
            kind: "payment.received",
            age: "2026-11-22T08:40:00Z",
            ..row("days_to_pay_90d", "Days to pay", json!(56.2), "days", Some(90))
        },
        Made {
            source: "crm",
            ..row("quote_response_hours_90d", "Quote reply time", json!(3.17), "hours", Some(90))
        },
        Made {
            series: &BUSY,
            source: "inbox",
            ..row("inquiries_30d", "Inquiries", json!(14), "inquiries", Some(30))
        },
        Made {
            series: &VISITS,
            source: "portal",
            ..row("portal_logins_30d", "Portal logins", json!(46), "logins", Some(30))
        },
        Made { source: "tms", ..row("service_issues_30d", "Service issues", json!(5), "issues", Some(30)) },
        Made { source: "claims", ..row("claims_90d", "Claims", json!(2), "claims", Some(90)) },
        Made { source: "crm", ..row("win_rate_365d", "Win rate", Value::Null, "fraction", Some(365)) },
        Made {
            source: "survey",
            age: "2026-09-02T10:00:00Z",
            ..row("nps_365d", "NPS", json!(-12), "points", Some(365))
        },
        row("last_order_on", "Last order", json!("2026-11-21"), "date", None),
    ]
    .iter()
    .map(metric)
    .chain([on_time()])
    .collect()
}

fn driver(label: &str, contribution: f64, source: &str, at: &str) -> DriverView {
    DriverView {
        label: label.to_owned(),
        component: "made_up".to_owned(),
        contribution,
        metrics: Vec::new(),
        observed_at: Some(at.to_owned()),
        evidence: evidence("order.placed", source),
    }
}

/// Health with drivers that add up: 50 − 18 − 9 − 7 − 5 − 4 + 28 + 12 + 7 = 54.
fn health() -> ScoreView {
    ScoreView {
        value: Some(54.0),
        band: Some("at_risk".to_owned()),
        base: 50.0,
        coverage: 0.86,
        provisional: false,
        drivers: vec![
            driver("Order volume down 31 % on its own 13-week norm", -18.0, "erp", "2026-11-22T09:42:00Z"),
            driver("On-time in full 91.2 %, 98 % is full marks", -9.0, "tms", "2026-11-22T09:38:00Z"),
            driver("2 open claims worth €21,300", -7.0, "claims", "2026-11-22T09:26:00Z"),
            driver("Pays in 56 days on 45-day terms", -5.0, "erp", "2026-11-22T08:40:00Z"),
            driver("NPS −12 from 4 answers", -4.0, "survey", "2026-09-02T10:00:00Z"),
            driver("First reply in 1 h 50 in business hours", 28.0, "inbox", "2026-11-22T09:40:00Z"),
            driver("Business review held 12 days ago", 12.0, "crm", "2026-11-10T10:00:00Z"),
            driver("Portal used by 5 people this week", 7.0, "portal", "2026-11-22T09:43:00Z"),
        ],
        formula: "health@1".to_owned(),
    }
}

/// The profile of the account on show.
pub(crate) fn profile() -> ProfileView {
    let lane =
        |lane: &str, amount: &str| LaneRevenue { lane: lane.to_owned(), window: 365, revenue: euro(amount) };
    ProfileView {
        as_of: "2026-11-22T09:42:00Z".to_owned(),
        day: "2026-11-22".to_owned(),
        position: 88_152,
        entity: None,
        metrics: metrics(),
        scores: BTreeMap::from([("health".to_owned(), health())]),
        lanes: vec![
            lane("NL.3011-NL.4811-TL-R", "914200.00"),
            lane("NL.3011-FR.69-TL-R", "612400.00"),
            lane("NL.4811-FR.59-LTL-R", "288150.00"),
            lane("UK.LS1-UK.G1-TL-V", "97300.00"),
        ],
        rollup: None,
    }
}

/// A profile of an account about which nothing is known yet.
pub(crate) fn blank() -> ProfileView {
    ProfileView { metrics: BTreeMap::new(), scores: BTreeMap::new(), lanes: Vec::new(), ..profile() }
}
