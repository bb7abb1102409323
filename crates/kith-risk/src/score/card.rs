//! The expert card: points for how a customer pays.

/// How a customer behaves. What is not known counts neither for nor against it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Behaviour {
    /// Amount-weighted days after the due day, trailing year.
    pub days_beyond_terms: Option<f64>,
    /// Share of the amount that was paid on time.
    pub on_time_amount: Option<f64>,
    /// 90th percentile of exposure by limit; 1 is the limit.
    pub utilisation_p90: Option<f64>,
    /// Share of the open balance that is more than 60 days overdue.
    pub overdue_60_share: Option<f64>,
    /// Broken promises and returned payments.
    pub broken_or_returned: Option<u32>,
    /// Months since it became a customer.
    pub tenure_months: Option<u32>,
    /// Whether its orders decline.
    pub is_declining: Option<bool>,
}

/// One line of the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// For example `days_beyond_terms`.
    pub id: &'static str,
    /// For people.
    pub label: &'static str,
    /// Points earned, where known.
    pub points: Option<u32>,
    /// Points there are.
    pub most: u32,
}

/// Rising limits with the points up to and including each; beyond the last, none.
fn up_to(value: f64, steps: &[(f64, u32)]) -> u32 {
    steps.iter().find(|(limit, _)| value <= *limit).map_or(0, |step| step.1)
}

/// Falling limits with the points from each on; below the last, none.
fn from(value: f64, steps: &[(f64, u32)]) -> u32 {
    steps.iter().find(|(limit, _)| value >= *limit).map_or(0, |step| step.1)
}

impl Behaviour {
    /// The lines of the card in their order; 100 points in all.
    #[must_use]
    pub fn items(&self) -> [Item; 7] {
        let late = |days| up_to(days, &[(3.0, 25), (10.0, 18), (20.0, 10), (40.0, 4)]);
        let on_time = |share| from(share, &[(0.95, 20), (0.85, 14), (0.70, 8)]);
        let used = |share| up_to(share, &[(0.60, 15), (0.85, 10), (1.00, 5)]);
        let overdue = |share| up_to(share, &[(0.0, 15), (0.05, 8)]);
        let broken = |count| [10, 4].get(count as usize).copied().unwrap_or(0);
        let tenure =
            |months: u32| if months >= 36 { 10 } else { from(months.into(), &[(12.0, 6), (0.0, 2)]) };
        let trend = |declining| if declining { 0 } else { 5 };
        let item = |id, label, points, most| Item { id, label, points, most };
        [
            item("days_beyond_terms", "Days beyond terms", self.days_beyond_terms.map(late), 25),
            item("on_time_amount", "Paid on time, by amount", self.on_time_amount.map(on_time), 20),
            item("utilisation_p90", "Use of the limit", self.utilisation_p90.map(used), 15),
            item("overdue_60_share", "Overdue more than 60 days", self.overdue_60_share.map(overdue), 15),
            item(
                "broken_or_returned",
                "Broken promises and returned payments",
                self.broken_or_returned.map(broken),
                10,
            ),
            item("tenure_months", "Time as a customer", self.tenure_months.map(tenure), 10),
            item("order_trend", "Order trend", self.is_declining.map(trend), 5),
        ]
    }
}
