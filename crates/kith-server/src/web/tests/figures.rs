//! Figures, money and ages as people read them.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kith_api::view::MoneyView;

use crate::web::clock::{Clock, date};
use crate::web::number::{
    change, count, hours, in_unit, money, money_short, number, percent, phrase, signed, value, words,
};
use crate::web::part::avatar::initials;
use crate::web::part::spark::{ROW, drift, spark};

fn amount(amount: &str, currency: &str) -> MoneyView {
    MoneyView { amount: amount.to_owned(), currency: currency.to_owned() }
}

#[test]
fn numbers_are_grouped_and_rounded() {
    assert_eq!(count(0), "0");
    assert_eq!(count(1_284), "1,284");
    assert_eq!(count(12_345_678), "12,345,678");
    assert_eq!(number(1234.5, 1), "1,234.5");
    assert_eq!(number(-0.04, 1), "0");
    assert_eq!(number(-12.0, 1), "−12");
    assert_eq!(number(f64::NAN, 1), "–");
    assert_eq!(signed(3.0, 0), "+3");
    assert_eq!(signed(0.2, 0), "0");
    assert_eq!(percent(0.912), "91.2 %");
    assert_eq!(change(-0.312), "−31 %");
}

#[test]
fn hours_read_as_hours() {
    assert_eq!(hours(3.17), "3 h 10");
    assert_eq!(hours(2.0), "2 h");
    assert_eq!(hours(1.999), "2 h");
    assert_eq!(hours(0.5), "30 min");
    assert_eq!(hours(96.0), "4 d");
    assert_eq!(in_unit(96.0, "business hours"), "96 h");
    assert_eq!(in_unit(-0.031, "fraction/week"), "−3.1 %");
}

#[test]
fn money_is_exact_and_short() {
    assert_eq!(money(&amount("344000.00", "EUR")), "€344,000");
    assert_eq!(money(&amount("-12400.50", "USD")), "−$12,400.50");
    assert_eq!(money(&amount("1500", "JPY")), "JPY 1,500");
    assert_eq!(money(&amount("99999999999999999999.99", "EUR")), "€99,999,999,999,999,999,999.99");
    assert_eq!(money(&amount("twelve", "EUR")), "twelve EUR");
    assert_eq!(money_short(&amount("9120.40", "GBP")), "£9,120");
    assert_eq!(money_short(&amount("699499.99", "GBP")), "£699k");
    assert_eq!(money_short(&amount("999499.00", "EUR")), "€999k");
    assert_eq!(money_short(&amount("999500.00", "EUR")), "€1.00m");
    assert_eq!(money_short(&amount("1840000.00", "EUR")), "€1.84m");
    assert_eq!(money_short(&amount("184000000.00", "EUR")), "€184m");
    assert_eq!(money_short(&amount("1840000000.00", "EUR")), "€1.84b");
}

#[test]
fn codes_read_as_words() {
    assert_eq!(words("at_risk"), "At risk");
    assert_eq!(phrase("ar_manager"), "AR manager");
    assert_eq!(words(""), "");
    assert_eq!(value(&serde_json::json!({ "amount": "10.00", "currency": "EUR" })), "€10");
    assert_eq!(value(&serde_json::json!(["a", 2, null])), "a, 2, –");
    assert_eq!(initials("Brightwater Foods"), "BF");
    assert_eq!(initials("Acme"), "Ac");
    assert_eq!(initials("…"), "");
}

#[test]
fn ages_name_their_largest_unit() {
    let clock = Clock {
        now: Timestamp::from_second(1_795_340_640).unwrap(),
        zone: TimeZone::get("Europe/Paris").unwrap(),
    };
    assert_eq!(clock.age("2026-11-22T09:43:30Z").as_deref(), Some("now"));
    assert_eq!(clock.age("2026-11-22T09:42:00Z").as_deref(), Some("2 min"));
    assert_eq!(clock.age("2026-11-22T06:00:00Z").as_deref(), Some("3 h"));
    assert_eq!(clock.age("2026-11-10T09:00:00Z").as_deref(), Some("12 d"));
    assert_eq!(clock.age("2024-03-11T08:00:00Z").as_deref(), Some("2 y"));
    assert_eq!(clock.age("2026-11-22T09:54:00Z").as_deref(), Some("in 10 min"));
    assert_eq!(clock.age("yesterday"), None);
    assert_eq!(clock.exact("2026-11-22T09:42:00Z"), "22 Nov 2026, 10:42 CET");
    assert_eq!(clock.time("2026-11-22T23:30:00Z"), "00:30");
    let late = clock.day("2026-11-21T23:30:00Z").unwrap();
    assert_eq!(clock.day_name(late), "Today", "the reader's day, not that of UTC");
    assert_eq!(clock.days_until("2026-11-25"), Some(3));
    assert_eq!(date("2026-11-22"), "22 Nov 2026");
    assert_eq!(date("soon"), "soon");
}

#[test]
fn a_line_needs_two_values_and_survives_any() {
    assert_eq!(spark(&[1.0], ROW, "", "Orders").into_string(), "");
    assert_eq!(spark(&[f64::NAN, 1.0], ROW, "", "Orders").into_string(), "");
    let flat = spark(&[2.0, 2.0, 2.0], ROW, "flat", "Orders").into_string();
    assert!(flat.contains("points=\"2.0,12.0 36.0,12.0 70.0,12.0\""), "{flat}");
    assert!(flat.contains("aria-label=\"Orders, 3 weeks, from 2 to 2\""));
    assert_eq!(drift(&[1.0; 7]), None);
    let gaps = [f64::NAN, 4.0, f64::NAN, 2.0, f64::NAN, 1.0, 1.0, f64::NAN];
    assert_eq!(drift(&gaps), Some((1.0, 3.0)), "weeks without a value do not count");
    assert_eq!(drift(&[f64::NAN; 9]), None);
    assert_eq!(drift(&[1.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 2.0]), Some((2.0, 1.0)));
}

#[test]
fn the_start_page_says_how_many_of_its_needs_press() {
    let shell = crate::web::fixture::shell("Home", crate::web::shell::Section::Accounts);
    let page = crate::web::page::home(&shell, &crate::web::fixture::home()).into_string();
    assert!(page.contains("3 of 5 things that need you are late or due today."), "{page}");
    let charts = page.matches("class=\"chart ").count();
    assert_eq!((charts, page.contains("chart mob")), (2, true), "one for a screen, one for a phone");
}

#[test]
fn a_metric_is_drawn_with_its_scale_and_told_by_week() {
    let shell = crate::web::fixture::shell("Metric", crate::web::shell::Section::Accounts);
    let mut metric = crate::web::fixture::metric_page();
    metric.metric.series = vec![1.0, 2.0, 4.0];
    let page = crate::web::page::metric(&shell, &metric).into_string();
    assert!(page.contains("chart desk") && page.contains(" by week, 3 weeks, from "), "{page}");
    assert_eq!(page.matches("scope=\"row\"").count(), 3, "{page}");
    metric.metric.series = vec![-1.0, 2.0, f64::NAN];
    let page = crate::web::page::metric(&shell, &metric).into_string();
    assert!(!page.contains("chart desk") && !page.contains("points=\"NaN"), "{page}");
}
