//! Shares, limits and confusion.

use super::*;

fn usd(minor: i64) -> Option<Money> {
    Some(Money::new(minor, "USD".parse().unwrap()))
}

#[test]
fn the_interval_is_wilsons() {
    // 197 of 200: the textbook gives 0.9568 to 0.9949.
    let share = Share { numerator: 197, denominator: 200 };
    let (low, high) = share.interval().unwrap();
    assert!((low - 0.9568).abs() < 1e-4 && (high - 0.9949).abs() < 1e-4, "{low} {high}");
    assert_eq!(Share::default().value(), None);
    assert_eq!(Share::default().interval(), None);
    let all = Share { numerator: 10, denominator: 10 }.interval().unwrap();
    assert!((all.0 - 0.7225).abs() < 1e-4 && (all.1 - 1.0).abs() < 1e-12);
}

#[test]
fn a_limit_is_right_within_a_unit_and_half_a_percent() {
    assert!(limit_is_right(usd(100), usd(200)));
    assert!(!limit_is_right(usd(100), usd(201)));
    assert!(limit_is_right(usd(1_005_000), usd(1_000_000)));
    assert!(!limit_is_right(usd(1_005_001), usd(1_000_000)));
    assert!(limit_is_right(None, None) && !limit_is_right(None, usd(0)));
    assert!(!limit_is_right(Some(Money::new(1, "EUR".parse().unwrap())), usd(1)));
}

#[test]
fn the_diagonal_is_right() {
    let mut confusion = Confusion::default();
    confusion.count(Outcome::Approve, Outcome::Approve);
    confusion.count(Outcome::Approve, Outcome::Hold);
    confusion.count(Outcome::Hold, Outcome::Hold);
    assert_eq!(confusion.share(), Share { numerator: 2, denominator: 3 });
    assert_eq!(confusion.cell(Outcome::Approve, Outcome::Hold), 1);
}
