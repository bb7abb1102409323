//! Tests of what is known of an account's risk.

use jiff::civil::date;
use kith_risk::score::BureauScale;

use super::*;
use crate::story::{Story, at};
use crate::value::{Money, Personal};

fn facts() -> Facts {
    Facts { account_known: true, today: date(2026, 1, 2) }
}

fn usd(minor: i64) -> Money {
    Money::new(minor, "USD".parse().unwrap())
}

fn report(value_millionths: i64) -> BureauReport {
    BureauReport {
        bureau: "Creditwatch".into(),
        scale: BureauScale::Paydex,
        value_millionths,
        reported_on: date(2025, 12, 1),
        recommended_limit: Some(usd(1_000_000)),
        insured_limit: None,
        is_insolvent: false,
    }
}

fn books() -> Books {
    Books {
        statement_on: date(2025, 6, 30),
        working_capital: usd(30_000),
        retained_earnings: usd(20_000),
        ebit: usd(-10_000),
        equity: usd(40_000),
        total_assets: usd(100_000),
        total_liabilities: usd(60_000),
        tangible_net_worth: None,
    }
}

fn record(report: BureauReport) -> Command {
    Command::RecordBureau { report: Box::new(report) }
}

fn record_books(books: Books) -> Command {
    Command::RecordBooks { books: Box::new(books) }
}

fn move_by(notches: i8, reason: &str) -> Command {
    Command::OverrideClass { notches, reason: Personal::new("acc_1", reason.into()) }
}

#[test]
fn a_newer_word_stands_in_place_of_an_older_one() {
    let mut story = Story::<Risk>::new(facts());
    story.accepts(&record(report(80_000_000)));
    story.nothing(&record(report(80_000_000)));
    story.accepts(&record(report(70_000_000)));
    let old = BureauReport { reported_on: date(2025, 11, 1), ..report(60_000_000) };
    story.refuses(&record(old), "risk.outdated");
    story.accepts(&record_books(books()));
    story.nothing(&record_books(books()));
    story.refuses(&record_books(Books { statement_on: date(2024, 6, 30), ..books() }), "risk.outdated");
    assert_eq!(story.state.bureau.as_ref().map(|known| known.value_millionths), Some(70_000_000));
}

#[test]
fn every_fault_is_named() {
    let story = Story::<Risk>::new(facts());
    let wrong = BureauReport {
        bureau: " ".into(),
        reported_on: date(2026, 1, 3),
        recommended_limit: Some(usd(-1)),
        ..report(101_000_000)
    };
    story.faults(
        &record(wrong),
        "risk.invalid",
        &[
            ("/bureau", "required"),
            ("/value", "out_of_range"),
            ("/reported_on", "in_the_future"),
            ("/recommended_limit", "negative"),
        ],
    );
    let wrong = Books {
        statement_on: date(2027, 1, 1),
        ebit: Money::new(1, "EUR".parse().unwrap()),
        total_liabilities: usd(0),
        ..books()
    };
    story.faults(
        &record_books(wrong),
        "risk.invalid",
        &[("/statement_on", "in_the_future"), ("/ebit", "currency"), ("/total_liabilities", "not_positive")],
    );
    let both = [("/notches", "out_of_range"), ("/reason", "required")];
    story.faults(&move_by(2, " "), "risk.invalid", &both);
}

#[test]
fn a_class_moves_by_one_notch_and_back_after_half_a_year() {
    let mut story = Story::<Risk>::new(facts());
    story.nothing(&move_by(0, "never moved"));
    story.accepts(&move_by(1, "Their largest customer failed."));
    story.nothing(&move_by(1, "Their largest customer failed."));
    assert_eq!(story.state.notches(at(179 * 86_400)), 1);
    assert_eq!(story.state.notches(at(181 * 86_400)), 0);
    story.accepts(&move_by(-1, "The parent vouches for it."));
    story.accepts(&move_by(0, "No longer."));
    assert_eq!(story.state.class_override, None);
}

#[test]
fn nothing_is_known_of_nobody() {
    let story = Story::<Risk>::new(Facts { account_known: false, ..facts() });
    story.refuses(&record(report(80_000_000)), "risk.no_account");
}
