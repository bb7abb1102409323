//! Payment terms against days and amounts worked out by hand.

use jiff::civil::{Date, date};

use super::super::{Baseline, HolidayShift, Installment, Terms};
use crate::value::Money;

fn due(code: &str, baseline: Date) -> Date {
    Terms::parse(code).unwrap().due_on(baseline, |_| false).unwrap()
}

#[test]
fn codes_say_when_what_is_owed_is_due() {
    let day = date(2026, 1, 31);
    for (code, on) in [
        ("PREPAID", date(2026, 1, 31)),
        ("DUE", date(2026, 1, 31)),
        ("COD", date(2026, 1, 31)),
        ("NET0", date(2026, 1, 31)),
        ("NET7", date(2026, 2, 7)),
        ("NET30", date(2026, 3, 2)),
        ("NET90", date(2026, 5, 1)),
        ("2/10NET30", date(2026, 3, 2)),
        ("NET30EOM", date(2026, 3, 2)),
        ("NET0EOM", date(2026, 1, 31)),
        ("10MFI", date(2026, 2, 10)),
        ("31MFI", date(2026, 2, 28)),
        ("INST3", date(2026, 5, 1)),
    ] {
        assert_eq!(due(code, day), on, "{code}");
    }
    // The end of the month comes before the days.
    assert_eq!(due("NET30EOM", date(2026, 1, 2)), date(2026, 3, 2));
    assert_eq!(due("NET30", date(2024, 1, 31)), date(2024, 3, 1));
    assert_eq!(due("29MFI", date(2024, 1, 5)), date(2024, 2, 29));
    assert_eq!(due("15MFI", date(2026, 12, 20)), date(2027, 1, 15));
}

#[test]
fn what_is_no_code_is_none() {
    for code in [
        "",
        "NET",
        "NET-1",
        "NETx",
        "NET9999",
        "net30",
        "2/NET30",
        "/10NET30",
        "40/10NET",
        "0/10NET30",
        "2/40NET30",
        "100/10NET30",
        "0MFI",
        "32MFI",
        "INST1",
        "INST",
        "INST99",
        "30",
        "NET30EOMX",
    ] {
        assert_eq!(Terms::parse(code), None, "{code}");
    }
}

#[test]
fn paying_early_is_worth_something_for_some_days() {
    let terms = Terms::parse("2/10NET30").unwrap();
    assert_eq!(terms.discount_until(date(2026, 1, 31)), Some((date(2026, 2, 10), 2.into())));
    let terms = Terms::parse("1.5/10NET30EOM").unwrap();
    assert_eq!(terms.discount_until(date(2026, 1, 3)).unwrap().0, date(2026, 2, 10));
    assert_eq!(Terms::parse("NET30").unwrap().discount_until(date(2026, 1, 3)), None);
}

#[test]
fn the_last_part_takes_what_rounding_leaves() {
    let usd = "USD".parse().unwrap();
    let parts = |code: &str, minor| {
        let terms = Terms::parse(code).unwrap();
        let parts = terms.parts_of(Money::new(minor, usd), date(2026, 1, 1), |_| false).unwrap();
        parts.into_iter().map(|(day, money)| (day, money.minor)).collect::<Vec<_>>()
    };
    let days = [date(2026, 1, 31), date(2026, 3, 2), date(2026, 4, 1)];
    assert_eq!(parts("INST3", 10_000), [(days[0], 3_400), (days[1], 3_300), (days[2], 3_300)]);
    assert_eq!(parts("INST3", 1), [(days[0], 0), (days[1], 0), (days[2], 1)]);
    assert_eq!(parts("INST3", 10_001), [(days[0], 3_400), (days[1], 3_300), (days[2], 3_301)]);
    assert_eq!(parts("NET30", 999), [(days[0], 999)]);
    for count in 2..=24 {
        let sum: i64 = parts(&format!("INST{count}"), 99_999).iter().map(|part| part.1).sum();
        assert_eq!(sum, 99_999, "INST{count}");
    }
}

#[test]
fn a_due_day_moves_off_weekends_and_holidays() {
    let shifted = |shift| Terms { holiday_shift: shift, ..Terms::parse("NET30").unwrap() };
    // 2026-05-01 is a Friday and a holiday here; NET30 from 2026-04-01.
    let holiday = |day: Date| day == date(2026, 5, 1);
    let from = date(2026, 4, 1);
    assert_eq!(shifted(HolidayShift::None).due_on(from, holiday), Some(date(2026, 5, 1)));
    assert_eq!(shifted(HolidayShift::Next).due_on(from, holiday), Some(date(2026, 5, 4)));
    assert_eq!(shifted(HolidayShift::Previous).due_on(from, holiday), Some(date(2026, 4, 30)));
}

#[test]
fn rows_that_cannot_be_meant_are_named() {
    let terms = Terms::default();
    let half = Installment { percent: 50.into(), days: 30 };
    for (bad, member) in [
        (Terms { net_days: 800, ..terms.clone() }, "net_days"),
        (Terms { discount_pct: Some(2.into()), ..terms.clone() }, "discount_days"),
        (Terms { discount_pct: Some(100.into()), discount_days: Some(1), ..terms.clone() }, "discount_pct"),
        (
            Terms { net_days: 7, discount_pct: Some(2.into()), discount_days: Some(8), ..terms.clone() },
            "discount_days",
        ),
        (Terms { day_of_month: Some(32), ..terms.clone() }, "day_of_month"),
        (Terms { months_ahead: Some(1), ..terms.clone() }, "months_ahead"),
        (Terms { installments: vec![half.clone()], ..terms.clone() }, "installments"),
    ] {
        assert_eq!(bad.fault().map(|fault| fault.0), Some(member));
    }
    let fine = Terms { installments: vec![half.clone(), half], baseline: Baseline::Eom, ..terms };
    assert_eq!(fine.fault(), None);
}
