//! What a score is made of.

use kith_domain::account::Account;
use kith_domain::risk::Risk;
use kith_profile::CreditHistory;

use super::Known;

#[test]
fn only_months_in_which_something_was_paid_count_for_its_own_behaviour() {
    let known = |created: &str| Known {
        account: Account { created_at: Some(created.parse().unwrap()), ..Account::default() },
        risk: Risk::default(),
        history: CreditHistory {
            paid_months: 12,
            days_beyond_terms: Some(0.0),
            on_time_amount: Some(1.0),
            ..CreditHistory::default()
        },
        limit: None,
        currency: "USD".parse().unwrap(),
        day: "2026-11-25".parse().unwrap(),
        now: "2026-11-25T12:00:00Z".parse().unwrap(),
        limits: Vec::new(),
        card: None,
    };
    // D§3.7: z = n / (n + 12), and being a customer for ten years pays nothing.
    for created in ["2026-01-01T00:00:00Z", "2016-01-01T00:00:00Z"] {
        assert!((known(created).assess().0.credibility - 0.5).abs() < 1e-12, "since {created}");
    }
}
