//! Tests of the organisation.

mod catalogue;
mod terms;

use jiff::civil::date;

use super::*;
use crate::story::{Story, at};
use crate::value::{Currency, Money};

fn currency(code: &str) -> Currency {
    code.parse().unwrap()
}

fn entity(code: &str, money: &str) -> LegalEntity {
    LegalEntity {
        code: code.parse().unwrap(),
        name: format!("Acme {code}"),
        currency: currency(money),
        timezone: "Europe/Berlin".into(),
    }
}

fn found() -> Command {
    Command::Found {
        name: " Acme ".into(),
        currency: currency("USD"),
        timezone: "America/New_York".into(),
        entities: vec![entity("US", "USD"), entity("EU", "EUR")],
        payment_terms: vec![],
    }
}

fn founded() -> Story<Organisation> {
    let mut story = Story::new(Facts::default());
    story.accepts(&found());
    story
}

fn quote(base: &str, other: &str, day: i8, rate: &str) -> RateQuote {
    RateQuote {
        base: currency(base),
        quote: currency(other),
        day: date(2026, 1, day),
        rate: rate.into(),
        source: "ECB".into(),
    }
}

#[test]
fn it_is_founded_once_with_the_seed_terms() {
    let story = founded();
    assert_eq!(story.state.name, "Acme");
    assert_eq!(story.state.payment_terms(), PAYMENT_TERMS);
    assert_eq!(story.state.entity(&"EU".parse().unwrap()).unwrap().currency, currency("EUR"));
    story.refuses(&found(), "organisation.exists");
}

#[test]
fn nothing_is_asked_of_it_before() {
    let story = Story::<Organisation>::new(Facts::default());
    story.refuses(&Command::CloseSetup, "organisation.not_founded");
    story.refuses(&Command::OpenDay { day: date(2026, 1, 1) }, "organisation.not_founded");
}

#[test]
fn every_fault_of_the_founding_is_named() {
    let bad = LegalEntity { name: String::new(), timezone: "Mars/Base".into(), ..entity("US", "USD") };
    let command = Command::Found {
        name: "\u{7}".into(),
        currency: currency("USD"),
        timezone: "Nowhere".into(),
        entities: vec![entity("US", "USD"), bad],
        payment_terms: vec!["NET30".into(), "net 30".into()],
    };
    Story::<Organisation>::new(Facts::default()).faults(
        &command,
        "organisation.invalid",
        &[
            ("/name", "control_character"),
            ("/timezone", "timezone_unknown"),
            ("/entities/1/code", "duplicate"),
            ("/entities/1/timezone", "timezone_unknown"),
            ("/entities/1/name", "required"),
            ("/payment_terms/1", "payment_terms_invalid"),
        ],
    );
}

#[test]
fn entities_are_added_once() {
    let mut story = founded();
    let add = |entity| Command::AddEntity { entity };
    assert_eq!(story.accepts(&add(entity("UK", "GBP"))).len(), 1);
    story.nothing(&add(entity("UK", "GBP")));
    story.refuses(&add(entity("UK", "EUR")), "organisation.entity_taken");
    let change = |code: &str, name: Option<&str>, timezone: Option<&str>| Command::ChangeEntity {
        code: code.parse().unwrap(),
        name: name.map(str::to_owned),
        timezone: timezone.map(str::to_owned),
    };
    story.refuses(&change("MARS", Some("Base"), None), "organisation.entity_unknown");
    story.accepts(&change("UK", Some("Acme Ltd"), Some("Europe/London")));
    story.nothing(&change("UK", Some("Acme Ltd"), None));
    story.faults(
        &change("UK", Some(""), Some("Nowhere")),
        "organisation.invalid",
        &[("/name", "required"), ("/timezone", "timezone_unknown")],
    );
    let change =
        |name: &str, zone: &str| Command::Change { name: Some(name.into()), timezone: Some(zone.into()) };
    assert_eq!(story.accepts(&change("Acme Group", "Europe/Paris")).len(), 2);
    story.nothing(&change(" Acme Group ", "Europe/Paris"));
    story.faults(
        &change("", "Nowhere"),
        "organisation.invalid",
        &[("/name", "required"), ("/timezone", "timezone_unknown")],
    );
}

#[test]
fn set_up_ends_after_seven_days_or_when_closed() {
    let mut story = founded();
    assert!(story.state.is_setup(at(7 * 86_400 - 1)));
    assert!(!story.state.is_setup(at(7 * 86_400)));
    story.accepts(&Command::CloseSetup);
    assert!(!story.state.is_setup(at(1)));
    assert!(!Organisation::default().is_setup(at(1)));
}

#[test]
fn days_never_go_back() {
    let mut story = founded();
    let open = |day| Command::OpenDay { day: date(2026, 1, day) };
    story.accepts(&open(5));
    story.nothing(&open(5));
    story.refuses(&open(4), "organisation.day_back");
    story.accepts(&open(9));
    assert_eq!(story.state.day, Some(date(2026, 1, 9)));
}

#[test]
fn rates_are_those_of_the_day_or_of_the_week_before() {
    let mut story = founded();
    let rates = vec![quote("EUR", "USD", 2, "1.10"), quote("EUR", "USD", 9, "1.20")];
    story.accepts(&Command::LoadRates { rates: rates.clone() });
    story.nothing(&Command::LoadRates { rates });
    let state = &story.state;
    let (eur, usd, gbp) = (currency("EUR"), currency("USD"), currency("GBP"));
    let rate = |day| state.rate(eur, usd, date(2026, 1, day)).map(|rate| rate.to_string());
    assert_eq!(rate(1), None);
    assert_eq!(rate(2).as_deref(), Some("1.10"));
    assert_eq!(rate(8).as_deref(), Some("1.10"));
    assert_eq!(rate(16).as_deref(), Some("1.20"));
    assert_eq!(rate(17), None);
    assert_eq!(state.convert(Money::new(1000, eur), usd, date(2026, 1, 2)), Some(Money::new(1100, usd)));
    assert_eq!(state.convert(Money::new(1100, usd), eur, date(2026, 1, 2)), Some(Money::new(1000, eur)));
    assert_eq!(state.convert(Money::new(1000, gbp), usd, date(2026, 1, 2)), None);
    assert_eq!(state.convert(Money::new(7, gbp), gbp, date(2026, 1, 2)), Some(Money::new(7, gbp)));
}

#[test]
fn converting_rounds_half_to_even_and_keeps_the_digits_of_the_currency() {
    let mut story = founded();
    let rates = vec![quote("USD", "EUR", 1, "0.5"), quote("USD", "JPY", 1, "150")];
    story.accepts(&Command::LoadRates { rates });
    let day = date(2026, 1, 1);
    let to = |minor, code| {
        story.state.convert(Money::new(minor, currency("USD")), currency(code), day).unwrap().minor
    };
    assert_eq!([to(1, "EUR"), to(3, "EUR"), to(5, "EUR"), to(-3, "EUR")], [0, 2, 2, -2]);
    assert_eq!(to(101, "JPY"), 152);
    assert_eq!(story.state.convert(Money::new(i64::MAX, currency("USD")), currency("JPY"), day), None);
}

#[test]
fn a_rate_takes_the_place_of_another() {
    let mut story = founded();
    story.accepts(&Command::LoadRates { rates: vec![quote("EUR", "USD", 2, "1.10")] });
    story.accepts(&Command::LoadRates { rates: vec![quote("EUR", "USD", 2, "1.11")] });
    assert_eq!(story.state.rates.len(), 1);
}

#[test]
fn a_rate_is_written_in_decimal_digits_above_zero_and_not_without_end() {
    for wrong in ["1e3", "1E-3", "0", "0.000", "-1", "", ".", "1,5", "0x1", "NaN", "1_000", "0.0000000000001"]
    {
        let rates = vec![quote("EUR", "USD", 1, wrong)];
        founded().faults(
            &Command::LoadRates { rates },
            "organisation.invalid",
            &[("/rates/0/rate", "rate_invalid")],
        );
    }
    for right in ["1", "1.0842", "0.000000000001", "150.10", "1000000"] {
        let mut story = founded();
        story.accepts(&Command::LoadRates { rates: vec![quote("EUR", "USD", 1, right)] });
        assert_eq!(story.state.rates[0].rate.to_string(), right);
    }
}

#[test]
fn every_fault_of_the_rates_is_named() {
    let mut nameless = quote("EUR", "USD", 3, "1.1");
    nameless.source = " ".into();
    let rates = vec![quote("EUR", "EUR", 1, "1"), quote("EUR", "USD", 2, "-1"), nameless];
    founded().faults(
        &Command::LoadRates { rates },
        "organisation.invalid",
        &[
            ("/rates/0/quote", "same_currency"),
            ("/rates/1/rate", "rate_invalid"),
            ("/rates/2/source", "required"),
        ],
    );
}
