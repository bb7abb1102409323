//! The order-time decision (D§3.2): every row of the table is looked at, and the first that holds decides.

use jiff::Timestamp;

use super::decision::{Decision, Outcome};
use super::exposure::Exposure;
use super::reason::{Reason, Severity};
use super::rules::CreditRules;
use super::settle::Rated;
use crate::account::Stage;
use crate::value::{Currency, Money, counted};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// Minor units of the entity's currency; `None` when a rate is missing.
    pub amount: Rated,
    /// Whether the amount is paid and cleared.
    pub prepaid: bool,
    /// Whether whoever orders may order.
    pub authorised: bool,
    /// Whether the entity sells to this customer in the currency asked.
    pub currency_enabled: bool,
    /// The gravest finding about the order, for orders only.
    pub anomaly: Option<Severity>,
}

/// The limit over all entities and descendants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cap {
    /// The limit.
    pub limit: Money,
    /// What counts against it; `None` when a rate is missing.
    pub exposure: Rated,
    /// What is asked for, in its currency.
    pub amount: Rated,
}

/// Where a customer stands at one position of the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The stage of its life.
    pub stage: Stage,
    /// A hold that blocks everything, by its word.
    pub suspended: Option<String>,
    /// Whether there is a credit hold.
    pub credit_hold: bool,
    /// Whether it is watched.
    pub watch: bool,
    /// Whether its terms ask for payment before release.
    pub cash_terms: bool,
    /// The entity's currency.
    pub currency: Currency,
    /// The limit in it; `None` when none was set or a rate is missing.
    pub limit: Option<i64>,
    /// What counts against the limit; `None` when a rate is missing.
    pub exposure: Option<Exposure>,
    /// Limits of the group, from the customer up.
    pub caps: Vec<Cap>,
    /// The letter of the risk class (D§3.7), A the best, if it was judged.
    pub class: Option<char>,
    /// Age of the data in hours, where a feed is registered that should bring them.
    pub age_hours: Option<i64>,
    /// Whether the book reaches the end of the log.
    pub current: bool,
    /// Position of the log.
    pub position: u64,
    /// The moment up to which the data are known.
    pub data_as_of: Timestamp,
    /// The version of the policy.
    pub policy_version: u64,
}

/// Share of the limit above which an approval is given with a warning.
const HIGH_PERCENT: i128 = 90;
/// Hours after which data are looked at, and after which nothing is decided on them.
const STALE_HOURS: [i64; 2] = [24, 72];
/// Days past due from which an overdue amount holds, and for customers of class A.
const OVERDUE_DAYS: [u16; 2] = [30, 60];

/// How far exposure may go: the limit and the tolerance above it.
#[must_use]
pub fn ceiling(standing: &Standing, rules: &CreditRules) -> i64 {
    let limit = standing.limit.unwrap_or(0);
    limit.saturating_add(tolerance(standing, rules, limit))
}

/// Minor units of so many whole ones.
fn whole(currency: Currency, units: u32) -> i64 {
    i64::from(units).saturating_mul(10_i64.pow(u32::from(currency.exponent())))
}

/// How far above a limit this customer may go.
fn tolerance(standing: &Standing, rules: &CreditRules, limit: i64) -> i64 {
    if !matches!(standing.class, Some('A' | 'B')) {
        return 0;
    }
    let share = i128::from(limit) * i128::from(rules.tolerance_basis_points) / 10_000;
    i64::try_from(share).unwrap_or(i64::MAX).min(whole(standing.currency, rules.tolerance_max))
}

/// Decides.
#[must_use]
pub fn judge(asked: &Asked, standing: &Standing, rules: &CreditRules) -> Decision {
    let bench = Bench { asked, standing, rules };
    let rows =
        [bench.barred(), bench.unlimited(), bench.limited(), bench.grouped(), bench.behaved(), bench.noted()];
    let mut reasons: Rows = rows.into_iter().flatten().collect();
    let outcome = reasons.first().map_or(Outcome::Approve, |(outcome, _)| *outcome);
    if reasons.is_empty() {
        reasons.push((Outcome::Approve, bench.within()));
    }
    let money = |minor: i64| Money::new(minor, standing.currency);
    let exposure = standing.exposure.map(|exposure| exposure.buckets.exposure());
    let before = exposure.map(|exposure| standing.limit.unwrap_or(0).saturating_sub(exposure));
    let after = before.zip(asked.amount).map(|(before, amount)| before.saturating_sub(amount));
    Decision {
        outcome,
        limit: standing.limit.map(money),
        exposure: exposure.map(money),
        available_before: before.map(money),
        available_after: after.map(money),
        utilisation_after: bench.after().map(|after| utilisation(after, standing.limit.unwrap_or(0))),
        reasons: reasons.into_iter().map(|(_, reason)| reason).collect(),
        position: standing.position,
        policy_version: standing.policy_version,
        data_as_of: standing.data_as_of,
    }
}

/// Exposure as a share of a limit: of no limit, nothing or nearly all there is.
#[must_use]
pub fn utilisation(exposure: i64, limit: i64) -> f64 {
    match limit {
        ..=0 if exposure <= 0 => 0.0,
        ..=0 => 9.99,
        // Both are far below 2^53 where a ratio of them matters.
        _ => exposure as f64 / limit as f64,
    }
}

/// What the rows look at.
struct Bench<'a> {
    asked: &'a Asked,
    standing: &'a Standing,
    rules: &'a CreditRules,
}

type Rows = Vec<(Outcome, Reason)>;

impl Bench<'_> {
    fn amount(&self, minor: i64) -> String {
        Money::new(minor, self.standing.currency).amount()
    }

    fn text(&self, minor: i64) -> String {
        Money::new(minor, self.standing.currency).to_string()
    }

    fn whole(&self, units: u32) -> i64 {
        whole(self.standing.currency, units)
    }

    fn after(&self) -> Option<i64> {
        let exposure = self.standing.exposure?.buckets.exposure();
        self.asked.amount.map(|amount| exposure.saturating_add(amount))
    }

    /// Rows 1 and 2: who may not be sold to at all.
    fn barred(&self) -> Rows {
        let mut rows = Rows::new();
        let mut no = |reason| rows.push((Outcome::Reject, reason));
        let stage = self.standing.stage;
        let closed = [Stage::Prospect, Stage::Rejected, Stage::Inactive, Stage::Closed, Stage::Erased]
            .contains(&stage);
        if closed {
            let text = format!("The customer is {}: nothing may be sold to it.", stage.as_str());
            no(Reason::new("stage", Severity::Reject, text).with("stage", stage.as_str()));
        }
        if let Some(hold) = &self.standing.suspended {
            let text = format!("The customer is suspended by a {hold} hold.");
            no(Reason::new("suspended", Severity::Reject, text).with("hold", hold));
        }
        if !self.asked.authorised {
            no(Reason::new("not_authorised", Severity::Reject, "Whoever orders is not authorised to."));
        }
        if !self.asked.currency_enabled {
            let text = format!("The entity sells to this customer in {}.", self.standing.currency);
            no(Reason::new("currency_not_enabled", Severity::Reject, text));
        }
        rows
    }

    /// Rows 3 to 5: no limit, payment ahead, a hold.
    fn unlimited(&self) -> Rows {
        let mut rows = Rows::new();
        let paid = self.asked.prepaid || self.standing.cash_terms;
        if self.standing.limit.unwrap_or(0) <= 0 && !paid {
            let text = "No credit limit is set: payment comes first.";
            rows.push((Outcome::Hold, Reason::new("no_limit", Severity::Hold, text)));
        }
        if paid {
            let text = if self.asked.prepaid {
                "The amount is paid and cleared."
            } else {
                "The terms ask for payment before release."
            };
            rows.push((Outcome::Approve, Reason::new("prepaid", Severity::Info, text)));
        }
        if self.standing.credit_hold {
            let text = "There is a credit hold on the customer.";
            rows.push((Outcome::Hold, Reason::new("credit_hold", Severity::Hold, text)));
        }
        rows
    }

    /// Rows 6 and 7: the limit. What cannot be known holds.
    fn limited(&self) -> Rows {
        if !self.standing.current {
            let text = "The book does not reach the end of the log: nothing can be decided on it.";
            return vec![(Outcome::Hold, Reason::new("data_unavailable", Severity::Hold, text))];
        }
        let Some((after, amount)) = self.after().zip(self.asked.amount) else {
            let text = "An exchange rate is missing: exposure cannot be said.";
            return vec![(Outcome::Hold, Reason::new("rate_missing", Severity::Hold, text))];
        };
        let limit = self.standing.limit.unwrap_or(0);
        if limit <= 0 || amount <= 0 {
            return Rows::new();
        }
        let most = ceiling(self.standing, self.rules);
        let figures = |reason: Reason| {
            let reason = reason.with("limit", self.amount(limit)).with("amount", self.amount(amount));
            let reason = reason.with("exposure", self.amount(after.saturating_sub(amount)));
            reason.with("exposure_after", self.amount(after)).with("over_by", self.amount(after - limit))
        };
        let (would, of) = (self.text(after), self.text(limit));
        let mut rows = Rows::new();
        if after > limit.saturating_mul(2) {
            let text = format!("Exposure would be {would}, more than twice the limit of {of}.");
            rows.push((Outcome::Reject, figures(Reason::new("far_over_limit", Severity::Reject, text))));
        }
        if after > most {
            let text = format!("Exposure would be {would}, above the limit of {of}.");
            rows.push((Outcome::Hold, figures(Reason::new("over_limit", Severity::Hold, text))));
        }
        rows
    }

    /// Row 8: the limits of the group.
    fn grouped(&self) -> Rows {
        let row = |cap: &Cap| {
            let Some((exposure, amount)) = cap.exposure.zip(cap.amount) else {
                let text = "An exchange rate is missing: the exposure of the group cannot be said.";
                return Some((Outcome::Hold, Reason::new("rate_missing", Severity::Hold, text)));
            };
            let after = exposure.saturating_add(amount);
            (amount > 0 && after > cap.limit.minor).then(|| {
                let money = |minor| Money::new(minor, cap.limit.currency);
                let text = format!(
                    "Exposure of the group would be {}, above its limit of {}.",
                    money(after),
                    cap.limit
                );
                let reason = Reason::new("group_limit", Severity::Hold, text);
                let reason = reason.with("group_limit", cap.limit).with("group_exposure", money(exposure));
                (Outcome::Hold, reason.with("group_exposure_after", money(after)))
            })
        };
        self.standing.caps.iter().filter_map(row).collect()
    }

    /// Whether what is past due is more than may be overlooked.
    fn overdue_holds(&self) -> bool {
        let Some(exposure) = self.standing.exposure else { return false };
        let limit = self.standing.limit.unwrap_or(0);
        let [days, days_of_a] = OVERDUE_DAYS;
        let patience = if self.standing.class == Some('A') { days_of_a } else { days };
        let small = self.whole(500).max(limit / 50);
        exposure.overdue.minor > small && exposure.overdue.oldest_days > patience
    }

    /// Rows 9 to 11, and data that are far too old: how the customer behaves and what is known of it.
    fn behaved(&self) -> Rows {
        let mut rows = Rows::new();
        let mut hold = |reason| rows.push((Outcome::Hold, reason));
        if self.overdue_holds()
            && let Some(exposure) = self.standing.exposure
        {
            hold(self.overdue(exposure, Severity::Hold));
        }
        if self.asked.anomaly.is_some_and(|severity| severity >= Severity::Hold) {
            let text = "The order is far from what this customer orders: it is looked at for fraud.";
            hold(Reason::new("anomaly", Severity::Hold, text));
        }
        let half = self.standing.limit.unwrap_or(0) / 2;
        if self.standing.stage == Stage::Probation
            && half > 0
            && let Some(amount) = self.asked.amount.filter(|amount| *amount > half)
        {
            let text = format!("In probation an order may be {} at most.", self.text(half));
            let reason = Reason::new("probation_size", Severity::Hold, text);
            hold(reason.with("amount", self.amount(amount)).with("most", self.amount(half)));
        }
        if let Some(age) = self.standing.age_hours.filter(|age| self.too_old(*age)) {
            hold(stale(age, Severity::Hold));
        }
        rows
    }

    /// Whether nothing is decided on data of this age, for so much.
    fn too_old(&self, age: i64) -> bool {
        let [_, most] = STALE_HOURS;
        let floor = self.whole(self.rules.offline_floor);
        age > most && self.asked.amount.is_none_or(|amount| amount > floor)
    }

    fn overdue(&self, exposure: Exposure, severity: Severity) -> Reason {
        let (minor, days) = (exposure.overdue.minor, exposure.overdue.oldest_days);
        let oldest = counted(days, "1 day", "{n} days");
        let text = format!("{} is past due, the oldest of it by {oldest}.", self.text(minor));
        let reason = Reason::new("overdue", severity, text);
        reason.with("overdue", self.amount(minor)).with("oldest_days", days)
    }

    /// Row 12: what does not stand in the way.
    fn noted(&self) -> Rows {
        let mut rows = Rows::new();
        let mut note = |reason| rows.push((Outcome::ApproveWithWarning, reason));
        let limit = self.standing.limit.unwrap_or(0);
        if let Some(after) = self.after().filter(|_| limit > 0) {
            if after > limit && after <= ceiling(self.standing, self.rules) {
                let over = after.saturating_sub(limit);
                let text =
                    format!("Exposure would be {} above the limit, within tolerance.", self.text(over));
                note(
                    Reason::new("within_tolerance", Severity::Warning, text)
                        .with("over_by", self.amount(over)),
                );
            } else if after <= limit && i128::from(after) * 100 > i128::from(limit) * HIGH_PERCENT {
                let text = format!("Exposure would be {} of {}.", self.text(after), self.text(limit));
                let reason = Reason::new("high_utilisation", Severity::Warning, text);
                note(reason.with("exposure_after", self.amount(after)).with("limit", self.amount(limit)));
            }
        }
        if let Some(exposure) = self.standing.exposure.filter(|exposure| exposure.overdue.minor > 0)
            && !self.overdue_holds()
        {
            note(self.overdue(exposure, Severity::Warning));
        }
        if self.asked.anomaly == Some(Severity::Warning) {
            let text = "The order is unlike what this customer orders.";
            note(Reason::new("anomaly", Severity::Warning, text));
        }
        if self.standing.watch {
            note(Reason::new("watch", Severity::Warning, "The customer is watched."));
        }
        let [least, _] = STALE_HOURS;
        if let Some(age) = self.standing.age_hours.filter(|age| *age > least && !self.too_old(*age)) {
            note(stale(age, Severity::Warning));
        }
        rows
    }

    fn within(&self) -> Reason {
        let left = self.after().map(|after| self.standing.limit.unwrap_or(0).saturating_sub(after));
        let text = left.map_or_else(String::new, |left| format!("{} stays available.", self.text(left)));
        Reason::new("within_limit", Severity::Info, text)
    }
}

/// The age of data of which some were never heard.
pub const NEVER_HEARD: i64 = i64::MAX;

/// How old data of so many hours are: `fresh`, `stale` or `too_old`.
#[must_use]
pub fn staleness(age_hours: i64) -> &'static str {
    let [least, most] = STALE_HOURS;
    match age_hours {
        age if age > most => "too_old",
        age if age > least => "stale",
        _ => "fresh",
    }
}

fn stale(age: i64, severity: Severity) -> Reason {
    if age == NEVER_HEARD {
        let text = "A source of this entity's exposure was never heard.";
        return Reason::new("data_stale", severity, text);
    }
    let hours = counted(age, "1 hour", "{n} hours");
    let text = format!("The last data of this entity are {hours} old.");
    Reason::new("data_stale", severity, text).with("age_hours", age)
}
