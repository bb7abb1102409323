//! The order in which held orders are looked at (D§3.3): tier weight × value × urgency.

use crate::account::Tier;

/// Business minutes within which a held order is decided.
pub const SLA_MINUTES: u32 = 120;

/// Weight of a tier, in tenths.
#[must_use]
pub fn tier_weight(tier: Tier) -> i64 {
    match tier {
        Tier::Standard => 10,
        Tier::Preferred => 15,
        Tier::Premium => 20,
        Tier::Strategic => 30,
    }
}

/// Weight of the days that are left until it shall ship, in tenths; unknown days are not urgent.
#[must_use]
pub fn urgency(days_left: Option<i64>) -> i64 {
    match days_left {
        Some(..=0) => 40,
        Some(1) => 30,
        Some(2..=3) => 20,
        Some(4..=7) => 15,
        Some(_) | None => 10,
    }
}

/// How early an order is looked at: greater ones go first. `value` is in whole units of the organisation's currency.
#[must_use]
pub fn priority(tier: Tier, value: i64, days_left: Option<i64>) -> i64 {
    let product = i128::from(value.max(0)) * i128::from(tier_weight(tier)) * i128::from(urgency(days_left));
    i64::try_from(product / 100).unwrap_or(i64::MAX)
}
