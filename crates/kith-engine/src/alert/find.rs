//! What is not as it should be with an account: its orders judged, its exposure held against its limit.

use std::collections::BTreeMap;

use kith_domain::account::Account;
use kith_domain::alert::{AlertKind, Finding, Sign};
use kith_domain::value::{AccountId, AlertId, Money};
use kith_profile::{SeenOrder, Spending};
use kith_risk::anomaly::{Case, Detector, Order, Severity, ShipTo, Signal, Thresholds, Utilisation, judge};
use ring::digest::{SHA256, digest};
use uuid::Uuid;

/// Days back from today for which orders are judged anew.
const RECENT_DAYS: u16 = 1;
/// Days of the mix of lanes now, and before.
const MIX_DAYS: u16 = 14;
const MIX_BEFORE_DAYS: u16 = 180;
/// Orders of which a mix says something, now and before.
const MIX_LEAST: usize = 5;
const MIX_BEFORE_LEAST: usize = 20;
/// Utilisation from which on there are alerts, in thousandths: over the limit, and far over it.
const OVER: i64 = 1_000;
const FAR_OVER: i64 = 2_000;

/// An alert that stands, as far as it matters here.
#[derive(Debug, Clone)]
pub(super) struct Standing {
    pub(super) id: AlertId,
    pub(super) kind: AlertKind,
    /// The order that it is about.
    pub(super) seq: Option<u64>,
}

/// How much of a limit is used, with the legal entity where most of it is, as the credit book says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Used {
    pub(super) limit: Money,
    /// Owed, on order and reserved.
    pub(super) exposure: Money,
    /// What of it is reserved.
    pub(super) reserved: Money,
    /// Whether it is more by what has no exchange rate.
    pub(super) at_least: bool,
}

impl Used {
    /// Exposure as a share of the limit.
    pub(super) fn share(&self) -> f64 {
        kith_domain::credit::utilisation(self.exposure.minor, self.limit.minor)
    }
}

/// A legal entity with which exposure cannot be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unknown {
    pub(super) entity: String,
    /// Currencies without an exchange rate.
    pub(super) unrated: Vec<String>,
}

/// All that is looked at.
pub(super) struct Look<'l> {
    pub(super) used: Option<Used>,
    pub(super) unknown: &'l [Unknown],
    pub(super) account: &'l Account,
    pub(super) spending: &'l Spending,
    /// The limit in the organisation's currency.
    pub(super) limit: Option<Money>,
    pub(super) standing: &'l [Standing],
    pub(super) thresholds: &'l Thresholds,
    /// Where an order goes, by its position.
    pub(super) ship_to: &'l BTreeMap<u32, ShipTo>,
}

/// Orders that are judged: the recent ones, and those of alerts that stand.
pub(super) fn judged<'s>(spending: &'s Spending, standing: &[Standing]) -> Vec<&'s SeenOrder> {
    let stands = |order: &SeenOrder| standing.iter().any(|alert| alert.seq == Some(order.seq.into()));
    let recent = |order: &SeenOrder| order.day.saturating_add(RECENT_DAYS) >= spending.today;
    spending.orders.iter().filter(|order| !order.cancelled && (recent(order) || stands(order))).collect()
}

/// Everything that should stand.
pub(super) fn find(look: &Look<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for order in judged(look.spending, look.standing) {
        of_order(look, order, &mut found);
    }
    found.extend(over_limit(look));
    found.extend(exposure_unknown(look));
    found.extend(bust_out(look));
    found
}

fn of_order(look: &Look<'_>, order: &SeenOrder, found: &mut Vec<Finding>) {
    let Some(minor) = order.minor else { return };
    let before = |other: &&SeenOrder| !other.cancelled && (other.at_s, other.doc) < (order.at_s, order.doc);
    let history = look.spending.orders.iter().filter(before);
    let case = Case {
        at: order.at_s,
        minor,
        history: history.filter_map(|other| Some(Order { at: other.at_s, minor: other.minor? })).collect(),
        ship_to: look.ship_to.get(&order.seq).copied(),
        mix: mix(look.spending, order),
        thresholds: look.thresholds.clone(),
        ..Case::default()
    };
    let verdict = judge(&case);
    let (place, spent): (Vec<Signal>, Vec<Signal>) =
        verdict.signals.into_iter().partition(|signal| signal.detector == Detector::NewShipTo);
    let subject = format!("{:016x}", order.doc);
    let alert = |kind, severity, risk: f64, signals: &[Signal]| Finding {
        id: alert_id(look.account.id, kind, &subject),
        account: look.account.id,
        kind,
        severity,
        score_milli: milli(risk),
        signs: signals.iter().map(sign).collect(),
        evidence: vec![order.seq.into()],
    };
    if let Some(severity) = verdict.severity.filter(|_| !spent.is_empty()) {
        let gravest = spent.iter().map(|signal| signal.severity).max().unwrap_or(Severity::Low);
        // Two signs may make it graver than each alone; an address alone does not.
        let severity = if verdict.is_raised { severity } else { gravest };
        if severity >= Severity::Medium {
            found.push(alert(AlertKind::UnusualSpending, severity, verdict.risk, &spent));
        }
    }
    if let Some(signal) = place.first() {
        found.push(alert(AlertKind::NewShipTo, signal.severity, signal.chance(), &place));
    }
}

/// Shares of lanes in the two weeks up to an order, and in half a year before.
fn mix(spending: &Spending, order: &SeenOrder) -> Option<(Vec<f64>, Vec<f64>)> {
    let mut shares: BTreeMap<u64, (f64, f64)> = BTreeMap::new();
    let (mut now, mut before) = (0, 0);
    for other in spending.orders.iter().filter(|other| !other.cancelled && other.lane != 0) {
        let Some(age) = order.day.checked_sub(other.day) else { continue };
        let share = shares.entry(other.lane).or_default();
        if age < MIX_DAYS {
            share.0 += 1.0;
            now += 1;
        } else if age < MIX_BEFORE_DAYS {
            share.1 += 1.0;
            before += 1;
        }
    }
    (now >= MIX_LEAST && before >= MIX_BEFORE_LEAST).then(|| shares.into_values().unzip())
}

/// More owed, on order and reserved than the limit.
fn over_limit(look: &Look<'_>) -> Option<Finding> {
    let Used { limit, exposure, reserved, at_least } = look.used.filter(|used| used.limit.minor > 0)?;
    let share =
        i64::try_from(i128::from(exposure.minor) * 1_000 / i128::from(limit.minor)).unwrap_or(i64::MAX);
    if exposure.minor <= limit.minor {
        return None;
    }
    let severity = if share > FAR_OVER { Severity::High } else { Severity::Medium };
    let used = format!("{}.{} %", share / 10, share % 10);
    let text = match (at_least, reserved.minor > 0) {
        (false, false) => format!(
            "{exposure} are owed and on order, the limit is {limit}: {used} of it; over from 100 %, far over from 200 %."
        ),
        (false, true) => format!(
            "{exposure} are owed and on order, {reserved} of it reserved, the limit is {limit}: {used} of it; over from 100 %, far over from 200 %."
        ),
        (true, false) => format!(
            "At least {exposure} are owed and on order, the limit is {limit}: {used} of it; over from 100 %, far over from 200 %."
        ),
        (true, true) => format!(
            "At least {exposure} are owed and on order, {reserved} of it reserved, the limit is {limit}: {used} of it; over from 100 %, far over from 200 %."
        ),
    };
    let sign = Sign {
        detector: None,
        severity,
        statistic_milli: share,
        medium_milli: OVER,
        high_milli: FAR_OVER,
        text,
    };
    let score_milli = (500 + (share - OVER).clamp(0, FAR_OVER) * 400 / OVER).clamp(500, 990);
    Some(of_account(look, AlertKind::OverLimit, severity, score_milli, sign))
}

/// Whether it is over its limit cannot be said: nobody guesses, and somebody must know.
fn exposure_unknown(look: &Look<'_>) -> Option<Finding> {
    let says = |unknown: &Unknown| {
        let (entity, unrated) = (&unknown.entity, unknown.unrated.join(", "));
        format!(
            "Exposure with {entity} cannot be said: no exchange rate of {unrated} holds today. Orders are held until there is one."
        )
    };
    let text = look.unknown.iter().map(says).reduce(|all, one| format!("{all} {one}"))?;
    let severity = Severity::Medium;
    let sign = Sign { detector: None, severity, statistic_milli: 0, medium_milli: 0, high_milli: 0, text };
    Some(of_account(look, AlertKind::ExposureUnknown, severity, 500, sign))
}

fn bust_out(look: &Look<'_>) -> Option<Finding> {
    let limit = look.limit.filter(|limit| limit.minor > 0)?;
    let share = |minor: i64| minor as f64 / limit.minor as f64;
    let utilisation = Utilisation {
        now: share(look.spending.exposure?),
        before: share(look.spending.exposure_before?),
        late_days: look.spending.late_days,
        late_days_usual: look.spending.late_days_usual,
    };
    let case =
        Case { utilisation: Some(utilisation), thresholds: look.thresholds.clone(), ..Case::default() };
    let signal = judge(&case).signals.into_iter().find(|signal| signal.detector == Detector::BustOut)?;
    let score = milli(signal.chance());
    Some(of_account(look, AlertKind::BustOut, signal.severity, score, sign(&signal)))
}

/// An alert about the account as it stands. One that stands goes on; a new one is named by what caused it.
fn of_account(look: &Look<'_>, kind: AlertKind, severity: Severity, score_milli: i64, sign: Sign) -> Finding {
    let stands = look.standing.iter().find(|alert| alert.kind == kind).map(|alert| alert.id);
    let latest = look.spending.latest.unwrap_or(0);
    let id = stands.unwrap_or_else(|| alert_id(look.account.id, kind, &latest.to_string()));
    let evidence = look.spending.latest.map(u64::from).into_iter().collect();
    Finding { id, account: look.account.id, kind, severity, score_milli, signs: vec![sign], evidence }
}

/// The identifier of an alert: the same condition always has the same.
fn alert_id(account: AccountId, kind: AlertKind, subject: &str) -> AlertId {
    let named = format!("{account}/{}/{subject}", kind.as_str());
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(digest(&SHA256, named.as_bytes()).as_ref()).for_each(|(slot, byte)| *slot = *byte);
    AlertId(Uuid::from_bytes(bytes))
}

fn sign(signal: &Signal) -> Sign {
    Sign {
        detector: Some(signal.detector),
        severity: signal.severity,
        statistic_milli: milli(signal.statistic),
        medium_milli: milli(signal.threshold.medium),
        high_milli: milli(signal.threshold.high),
        text: signal.text.clone(),
    }
}

fn milli(value: f64) -> i64 {
    (value * 1_000.0).round() as i64
}
