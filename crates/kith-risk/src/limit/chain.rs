//! From sales to the limit that behaviour is worth, step by step: need, class, behaviour, caps, whole steps.

use super::{Contribution, LimitInputs, LimitPolicy};
use crate::class::RiskClass;

/// Days of sales in the input.
const SALES_DAYS: i128 = 90;
/// Days until a payment is processed.
const BUFFER_DAYS: f64 = 7.0;
/// Peaks above the average, in hundredths.
const PEAK_HUNDREDTHS: i128 = 125;
const MILLION: i128 = 1_000_000;
/// Longer terms than ten years are a mistake.
const DAYS_MAX: f64 = 3_650.0;
const COUNT_MAX: u32 = 100;
/// Amounts stay so far from the end of their type that differences of two fit.
const MINOR_MAX: i128 = i64::MAX as i128 / 4;

/// The steps and where they lead.
#[derive(Debug)]
pub(super) struct Chain {
    pub(super) need_minor: i64,
    pub(super) raw_minor: i64,
    pub(super) contributions: Vec<Contribution>,
}

/// A named step.
pub(super) fn step(id: &str, label: &str, minor: i64) -> Contribution {
    Contribution { id: id.to_owned(), label: label.to_owned(), minor }
}

/// A number as millionths; not a number is nothing.
fn millionths(value: f64) -> i128 {
    // A cast saturates, and makes nothing of what is no number.
    i128::from((value * 1e6).round() as i64)
}

/// Growth of the need with the order trend, in millionths.
fn growth(inputs: &LimitInputs) -> i128 {
    millionths(1.0 + 13.0 * inputs.trend_per_week).clamp(800_000, 1_300_000)
}

/// What a class gets of its need, in hundredths.
pub(super) fn class_hundredths(class: RiskClass) -> i128 {
    match class {
        RiskClass::A => 150,
        RiskClass::B => 120,
        RiskClass::C => 100,
        RiskClass::D => 60,
        RiskClass::E => 25,
        RiskClass::F => 0,
    }
}

/// What each part of behaviour adds to the factor, in millionths.
fn behaviour(inputs: &LimitInputs) -> [(&'static str, &'static str, i128); 4] {
    // More than these would not change the bounded factor.
    let late = -10_000 * millionths((inputs.days_beyond_terms - 3.0).clamp(0.0, DAYS_MAX)) / MILLION;
    let promises = -100_000 * i128::from(inputs.broken_promises_180d.min(COUNT_MAX));
    let returned = -150_000 * i128::from(inputs.returned_payments_365d.min(COUNT_MAX));
    let on_time = if inputs.on_time_amount >= 0.98 { 50_000 } else { 0 };
    [
        ("days_beyond_terms", "Days beyond terms", late),
        ("broken_promises", "Broken promises", promises),
        ("returned_payments", "Returned payments", returned),
        ("on_time", "Paid on time", on_time),
    ]
}

const BEHAVIOUR_LEAST: i128 = 250_000;
const BEHAVIOUR_MOST: i128 = 1_100_000;

/// The product of all factors, rounded once.
struct Product {
    /// Sales × (terms + buffer), where the terms are in millionths of a day.
    base: i128,
}

impl Product {
    fn of(inputs: &LimitInputs) -> Self {
        let sales = inputs.sales_90d_minor.max(inputs.sales_90d_last_year_minor.unwrap_or(0)).max(0);
        let days = millionths(inputs.terms_days.clamp(0.0, DAYS_MAX) + BUFFER_DAYS);
        Self { base: i128::from(sales) * days }
    }

    fn minor(&self, growth: i128, class: i128, behaviour: i128) -> i64 {
        // In two parts, so that even the largest sales do not overflow.
        let need = divide(self.base * PEAK_HUNDREDTHS, SALES_DAYS * 100);
        let grown = divide(need * growth, MILLION);
        let lent = divide(divide(grown * class * behaviour, 100 * MILLION), MILLION);
        lent.clamp(-MINOR_MAX, MINOR_MAX) as i64
    }
}

/// Rounds half away from nothing.
fn divide(number: i128, by: i128) -> i128 {
    (number + number.signum() * by / 2) / by
}

impl Chain {
    pub(super) fn of(inputs: &LimitInputs, policy: &LimitPolicy) -> Self {
        let product = Product::of(inputs);
        let (growth, class) = (growth(inputs), class_hundredths(inputs.class));
        let mut contributions = Vec::new();
        let mut reached = 0;
        let mut to = |id: &str, label: &str, minor: i64, always: bool| {
            if always || minor != reached {
                contributions.push(step(id, label, minor - reached));
            }
            reached = minor;
        };
        to("need", "Sales for the terms and a buffer", product.minor(MILLION, 100, MILLION), true);
        let need_minor = product.minor(growth, 100, MILLION);
        to("growth", "Order trend", need_minor, false);
        to("class", &format!("Risk class {}", inputs.class), product.minor(growth, class, MILLION), false);
        let mut factor = MILLION;
        for (id, label, adds) in behaviour(inputs) {
            factor += adds;
            to(id, label, product.minor(growth, class, factor), false);
        }
        let factor = factor.clamp(BEHAVIOUR_LEAST, BEHAVIOUR_MOST);
        let raw_minor = product.minor(growth, class, factor);
        to("behaviour_bounds", "Behaviour counts 0.25 to 1.10", raw_minor, false);
        let mut least = raw_minor;
        for (id, label, cap) in caps(inputs, policy) {
            least = least.min(cap.max(0));
            to(id, label, least, false);
        }
        to("step", "Down to a whole step", policy.floor_to_step(least), false);
        Self { need_minor, raw_minor, contributions }
    }

    /// The sum of all steps.
    pub(super) fn target_minor(&self) -> i64 {
        self.contributions.iter().map(|step| step.minor).sum()
    }
}

fn caps(inputs: &LimitInputs, policy: &LimitPolicy) -> Vec<(&'static str, &'static str, i64)> {
    let caps = &inputs.caps;
    let share = |minor: i64, hundredths: i64| (i128::from(minor) * i128::from(hundredths) / 100) as i64;
    let mut found = Vec::new();
    if let Some(minor) = caps.tangible_net_worth_minor {
        found.push(("net_worth", "10 % of tangible net worth", share(minor, 10)));
    }
    if let Some(minor) = caps.working_capital_minor {
        found.push(("working_capital", "15 % of working capital", share(minor, 15)));
    }
    if caps.needs_insurance {
        found.push(("insurance", "What is insured", caps.insured_minor.unwrap_or(0)));
    }
    if let Some(minor) = caps.group_remaining_minor {
        found.push(("group", "What is left of the group's limit", minor));
    }
    found.push(("class_most", "The most for this class", policy.most(inputs.class)));
    found
}
