//! Payment behaviour by its formulas (D§3.4): days of sales that are outstanding, how well is collected, the pay index, aging.
//!
//! Amounts are minor units of one currency. What has nothing to be measured by is `None`, never zero.

/// Upper ends of the buckets of aging in days past due; the last bucket has none.
const AGES: [i64; 5] = [0, 30, 60, 90, 120];

/// Open items by the days that they are past due on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Aging(pub [i128; AGES.len() + 1]);

impl Aging {
    /// Puts what is open of an invoice into its bucket.
    pub fn add(&mut self, open: i128, days_past_due: i64) {
        let place = AGES.iter().position(|most| days_past_due <= *most).unwrap_or(AGES.len());
        if let Some(bucket) = self.0.get_mut(place) {
            *bucket = bucket.saturating_add(open);
        }
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let mut sum = self;
        for (bucket, more) in sum.0.iter_mut().zip(other.0) {
            *bucket = bucket.saturating_add(more);
        }
        sum
    }

    /// All that is open.
    #[must_use]
    pub fn total(&self) -> i128 {
        self.0.iter().fold(0, |sum, bucket| sum.saturating_add(*bucket))
    }

    /// What of it is not past due.
    #[must_use]
    pub fn current(&self) -> i128 {
        self.0.first().copied().unwrap_or(0)
    }
}

/// Days of credit sales that an amount of receivables stands for. With all receivables it is the DSO, with those that are
/// not due the best possible one, and the difference is the average days delinquent.
#[must_use]
pub fn days_of_sales(receivables: i128, sales: i128, days: u16) -> Option<f64> {
    (sales > 0).then(|| receivables as f64 / sales as f64 * f64::from(days))
}

/// DSO by counting back: the sales of months, newest first, each with its days, are taken from the receivables until nothing
/// is left; the last month counts in part. `None` where the months do not reach as far back as the receivables.
#[must_use]
pub fn countback(receivables: i128, months: &[(i128, u16)]) -> Option<f64> {
    if receivables <= 0 && months.iter().any(|(sales, _)| *sales > 0) {
        return Some(0.0);
    }
    let mut left = receivables;
    let mut counted = 0.0;
    for (sales, days) in months {
        if left <= *sales && *sales > 0 {
            return Some(counted + left as f64 / *sales as f64 * f64::from(*days));
        }
        left = left.saturating_sub(*sales);
        counted += f64::from(*days);
    }
    None
}

/// A period's receivables and sales, of which the collection effectiveness is made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Period {
    /// Receivables when it began.
    pub begin: i128,
    /// Credit sales in it.
    pub sales: i128,
    /// Receivables when it ended.
    pub end: i128,
    /// What of these was not due.
    pub end_current: i128,
}

impl Period {
    /// Collection effectiveness: what was collected of what could be, in per cent. `None` where there was nothing to collect.
    #[must_use]
    pub fn effectiveness(&self) -> Option<f64> {
        let could = self.begin.saturating_add(self.sales).saturating_sub(self.end_current);
        let was = self.begin.saturating_add(self.sales).saturating_sub(self.end);
        (could > 0).then(|| was as f64 / could as f64 * 100.0)
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            begin: self.begin.saturating_add(other.begin),
            sales: self.sales.saturating_add(other.sales),
            end: self.end.saturating_add(other.end),
            end_current: self.end_current.saturating_add(other.end_current),
        }
    }
}

/// Days beyond terms and the index that they stand for.
const INDEX: [(f64, f64); 9] = [
    (-30.0, 100.0),
    (-20.0, 90.0),
    (0.0, 80.0),
    (15.0, 70.0),
    (22.0, 60.0),
    (30.0, 50.0),
    (60.0, 40.0),
    (90.0, 30.0),
    (120.0, 20.0),
];
/// The most and the least beyond the last of them, and the days in which it falls by one, as between the last two.
const SLOWEST: (f64, f64) = (19.0, 1.0);
const DAYS_A_POINT: f64 = 3.0;

/// The pay index of days beyond terms with early payment as negative: 1 to 100, 80 is prompt, straight between the points.
#[must_use]
pub fn pay_index(signed_days: f64) -> Option<u8> {
    if signed_days.is_nan() {
        return None;
    }
    let straight = INDEX.windows(2).find_map(|pair| match pair {
        [(from, high), (to, low)] if signed_days <= *to => {
            let along = (signed_days.max(*from) - from) / (to - from);
            Some(high + (low - high) * along)
        }
        _ => None,
    });
    let (last, least) = INDEX.last().copied().unwrap_or_default();
    let beyond = || (least - (signed_days - last) / DAYS_A_POINT).clamp(SLOWEST.1, SLOWEST.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 100")]
    Some(straight.unwrap_or_else(beyond).round() as u8)
}

#[cfg(test)]
mod tests;
