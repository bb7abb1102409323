//! The company's plan on one page: segments, seasons, how customers pay, and what happens to whom and why.

use super::story::{Cause, Story};

/// A segment of customers: one row for each tier, from least to most.
#[derive(Debug)]
pub(super) struct Segment {
    pub(super) tier: &'static str,
    /// Customers of a hundred that have no story.
    pub(super) share: i64,
    /// Orders in a thousand business days.
    pub(super) orders: (i64, i64),
    /// Usual value of an order in major units.
    pub(super) value: (i64, i64),
    /// Days to pay, each as likely.
    pub(super) terms: &'static [i64],
    pub(super) people: usize,
    /// Employees for each of eight to ninety.
    pub(super) size: i64,
    /// Customers in a thousand of whom a credit bureau tells.
    pub(super) bureau: i64,
}

/// The segments.
#[rustfmt::skip]
pub(super) const SEGMENTS: [Segment; 4] = [
    Segment { tier: "standard",  share: 62, orders: (18, 55),   value: (350, 2_400),    terms: &[15, 30, 30],     people: 2, size: 1,  bureau: 120 },
    Segment { tier: "preferred", share: 24, orders: (60, 130),  value: (900, 5_200),    terms: &[30, 30, 30, 45], people: 3, size: 3,  bureau: 450 },
    Segment { tier: "premium",   share: 11, orders: (170, 280), value: (2_200, 9_500),  terms: &[30, 45, 45],     people: 6, size: 9,  bureau: 900 },
    Segment { tier: "strategic", share: 3,  orders: (450, 700), value: (4_500, 16_000), terms: &[45, 60],         people: 6, size: 30, bureau: 1_000 },
];

/// The place of strategic among the segments.
pub(super) const STRATEGIC: usize = 3;

/// Industries of customers, each with its seasons: thousandths of the usual trade in each month.
#[rustfmt::skip]
pub(super) const INDUSTRIES: [(&str, [i64; 12]); 8] = [
    ("Machinery",       [1000, 1000, 1000, 1000, 1000, 1000,  980,  980, 1010, 1010, 1010, 1000]),
    ("Food processing", [ 950,  950,  980, 1000, 1020, 1050, 1100, 1150, 1150, 1050,  850,  750]),
    ("Agriculture",     [ 650,  850, 1350, 1500, 1400, 1250, 1150, 1000,  850,  750,  650,  600]),
    ("Automotive",      [1000, 1000, 1000, 1000, 1000, 1000,  960,  940, 1020, 1030, 1030, 1000]),
    ("Construction",    [ 650,  750, 1000, 1200, 1300, 1350, 1300, 1200, 1100,  900,  700,  550]),
    ("Packaging",       [ 850,  850,  900,  900,  950,  950, 1000, 1100, 1250, 1300, 1200,  750]),
    ("Energy",          [1300, 1250, 1100,  900,  800,  750,  750,  800,  950, 1100, 1200, 1300]),
    ("Logistics",       [1000, 1000, 1000, 1000, 1000, 1000,  985,  985, 1010, 1015, 1015, 1000]),
];

/// How a customer pays: invoices of a thousand that are paid late, and by how many days; others in the last weekly run before they are due.
#[derive(Debug)]
pub(super) struct Payer {
    /// Customers of a hundred.
    pub(super) share: i64,
    pub(super) late: i64,
    pub(super) days: (i64, i64),
    /// Weeks before the last run in time.
    pub(super) early_weeks: i64,
}

/// The payers; the last one is never chosen by chance.
#[rustfmt::skip]
pub(super) const PAYERS: [Payer; 4] = [
    Payer { share: 22, late: 8,   days: (4, 8),   early_weeks: 1 },
    Payer { share: 60, late: 30,  days: (4, 10),  early_weeks: 0 },
    Payer { share: 18, late: 260, days: (5, 18),  early_weeks: 0 },
    Payer { share: 0,  late: 820, days: (11, 32), early_weeks: 0 },
];

/// The place of those who pay promptly among the payers.
pub(super) const PROMPT: usize = 1;

/// The place of slow payers among the payers.
pub(super) const SLOW: usize = 3;

/// Stories with their cause, the number of customers each has among [`super::ACCOUNTS`], and the tiers in turn.
#[rustfmt::skip]
pub(super) const CAST: &[(Story, Cause, usize, &[usize])] = &[
    (Story::Slipping,   Cause::Delays,     5,   &[2]),
    (Story::Slipping,   Cause::Damage,     3,   &[2]),
    (Story::Fading,     Cause::Price,      14,  &[1, 0, 2]),
    (Story::Fading,     Cause::Insourcing, 10,  &[1, 2, 0]),
    (Story::Fading,     Cause::WeakMarket, 8,   &[0, 1, 2]),
    (Story::Troubled,   Cause::Delays,     16,  &[2, 1]),
    (Story::Troubled,   Cause::Damage,     10,  &[1, 2]),
    (Story::Growing,    Cause::NewPlant,   40,  &[1, 2, 0, 1, 3]),
    (Story::Growing,    Cause::WonOver,    34,  &[1, 0, 2, 1]),
    (Story::Silent,     Cause::Price,      14,  &[0, 1, 0, 2]),
    (Story::Silent,     Cause::WeakMarket, 26,  &[0, 0, 1]),
    (Story::Churned,    Cause::Delays,     16,  &[1, 0, 2]),
    (Story::Churned,    Cause::Price,      22,  &[0, 1]),
    (Story::Churned,    Cause::Closure,    12,  &[0, 1]),
    (Story::Churned,    Cause::Insolvency, 3,   &[0, 1]),
    (Story::Churned,    Cause::Insourcing, 12,  &[0, 1]),
    (Story::Late,       Cause::Delays,     28,  &[1, 0, 2]),
    (Story::Unhappy,    Cause::Delays,     24,  &[0, 1, 2]),
    (Story::SlowPayer,  Cause::None,       34,  &[0, 1, 0, 2]),
    (Story::Defaulting, Cause::None,       6,   &[0, 1]),
    (Story::Stretched,  Cause::NewPlant,   10,  &[1, 0]),
    (Story::BustOut,    Cause::None,       3,   &[1]),
    (Story::New,        Cause::WonOver,    55,  &[0, 0, 1]),
    (Story::Seasonal,   Cause::None,       110, &[0, 1]),
    (Story::Prospect,   Cause::None,       34,  &[0]),
];

/// Whether a credit bureau tells of the account at a place.
pub(crate) fn told_by_bureau(tier: &str, place: usize) -> bool {
    let segment = SEGMENTS.iter().find(|segment| segment.tier == tier);
    segment.is_some_and(|segment| (place as i64 * 7_919) % 1_000 < segment.bureau)
}
