//! Limits in another currency than the one that they were worked out in.

use jiff::civil::date;
use kith_domain::organisation::{Organisation, Rate};
use kith_domain::value::{Currency, Money};

use super::moved;

fn currency(code: &str) -> Currency {
    code.parse().unwrap()
}

fn organisation() -> Organisation {
    let rate = Rate {
        base: currency("EUR"),
        quote: currency("USD"),
        day: date(2026, 11, 25),
        rate: "1.10".parse().unwrap(),
        source: "test".to_owned(),
    };
    Organisation { currency: Some(currency("USD")), rates: vec![rate], ..Organisation::default() }
}

fn eur(major: i64) -> Money {
    Money::new(major * 100, currency("EUR"))
}

fn usd(major: i64) -> Money {
    Money::new(major * 100, currency("USD"))
}

#[test]
fn a_limit_keeps_its_currency_and_moves_in_whole_steps() {
    let (organisation, day) = (organisation(), date(2026, 11, 25));
    // 1.10: 100,000 dollars are 90,909.09 euros; down to a thousand on the way up, up on the way down.
    assert_eq!(moved(&organisation, eur(80_000), usd(100_000), day), Some(eur(90_000)));
    assert_eq!(moved(&organisation, eur(99_000), usd(100_000), day), Some(eur(91_000)));
    // Less than a step away nothing is left of the move.
    assert_eq!(moved(&organisation, eur(90_500), usd(100_000), day), None);
    assert_eq!(moved(&organisation, usd(80_000), usd(100_500), day), Some(usd(100_500)));
    assert_eq!(moved(&organisation, Money::new(1, currency("GBP")), usd(100), day), None, "no rate");
}
