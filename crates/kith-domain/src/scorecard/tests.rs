//! Tests of scorecards.

use kith_risk::scorecard::{Card, Column, train};

use super::*;
use crate::story::Story;

/// A card of one column that tells good from bad.
pub(crate) fn card() -> Card {
    let texts: Vec<String> = (0..200).map(|row| (row % 10).to_string()).collect();
    let bad: Vec<bool> = (0..200).map(|row| row % 10 > 6 || row % 23 == 0).collect();
    let column = Column { name: "days_beyond_terms", texts: texts.iter().map(String::as_str).collect() };
    train(&[column], &bad, "outcome", "bad").unwrap().card
}

fn trained() -> Trained {
    Trained {
        version: 1,
        card: serde_json::to_string(&card()).unwrap(),
        origin: Origin::File { name: Some("loans.csv".to_owned()) },
        data_sha256: "ab".repeat(32),
    }
}

fn keep(trained: Trained) -> Command {
    Command::Keep(Box::new(trained))
}

#[test]
fn a_card_is_kept_once_and_says_who_trained_it() {
    let mut story = Story::<Scorecard>::new(());
    story.accepts(&keep(trained()));
    assert_eq!((story.state.version, story.state.read()), (1, serde_json::from_str(&trained().card).ok()));
    assert_eq!(story.state.trained_by, Some(story.context.actor.clone()));
    assert_eq!(story.state.trained_at, Some(story.context.now));
    story.nothing(&keep(trained()));
    story.refuses(&keep(Trained { data_sha256: "cd".repeat(32), ..trained() }), "scorecard.exists");
}

#[test]
fn what_is_no_card_is_not_kept() {
    let story = Story::<Scorecard>::new(());
    let empty = Card { variables: Vec::new(), ..card() };
    let other = Card { format: "x".to_owned(), ..card() };
    let cases = [
        (Trained { version: 0, ..trained() }, ("/version", "out_of_range")),
        (Trained { data_sha256: "AB".repeat(32), ..trained() }, ("/data_sha256", "malformed")),
        (
            Trained { origin: Origin::File { name: Some("a\nb".into()) }, ..trained() },
            ("/origin/name", "control_character"),
        ),
        (
            Trained {
                origin: Origin::History { observed_on: jiff::civil::date(2025, 1, 1), outcome_days: 7 },
                ..trained()
            },
            ("/outcome_days", "out_of_range"),
        ),
        (Trained { card: "{}".to_owned(), ..trained() }, ("/card", "malformed")),
        (Trained { card: serde_json::to_string(&other).unwrap(), ..trained() }, ("/card", "malformed")),
        (Trained { card: serde_json::to_string(&empty).unwrap(), ..trained() }, ("/card", "says_nothing")),
        (Trained { card: "x".repeat(1 << 21), ..trained() }, ("/card", "too_long")),
    ];
    for (trained, fault) in cases {
        story.faults(&keep(trained), "scorecard.invalid", &[fault]);
    }
}
