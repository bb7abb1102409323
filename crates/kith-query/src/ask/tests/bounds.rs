//! No text makes it panic; what it answers always checks, and no word is lost.

use proptest::prelude::*;

use super::company::{ask, company};
use crate::ask::token::{Sort, tokens};
use crate::filter::check;

#[test]
fn long_questions_are_refused_clearly() {
    for question in ["customers ".repeat(200), "a ".repeat(300), "x".repeat(5_000)] {
        let reply = ask(&question);
        assert!(reply.question.is_some_and(|question| question.contains("at most")));
    }
}

#[test]
fn numbers_are_read_as_people_write_them() {
    let read = |text: &str| match tokens(text).first().map(|token| token.sort.clone()) {
        Some(Sort::Number { value, percent, currency }) => Some((value, percent, currency)),
        _ => None,
    };
    assert_eq!(read("100K"), Some((100_000.0, false, None)));
    assert_eq!(read("1.5m"), Some((1_500_000.0, false, None)));
    assert_eq!(read("€80k"), Some((80_000.0, false, Some("EUR"))));
    assert_eq!(read("1,000.50"), Some((1_000.5, false, None)));
    assert_eq!(read("10.000"), Some((10_000.0, false, None)));
    assert_eq!(read("0.950"), Some((0.95, false, None)));
    assert_eq!(read("50 %"), Some((50.0, true, None)));
    assert_eq!(read("-10"), Some((-10.0, false, None)));
    assert_eq!(read("1,234,567"), Some((1_234_567.0, false, None)));
    assert_eq!(read("1st"), None);
}

/// Words of questions, in any order.
fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "premium",
        "customers",
        "with",
        "declining",
        "orders",
        "and",
        "or",
        "not",
        "no",
        "recent",
        "service",
        "issues",
        "top",
        "10",
        "by",
        "revenue",
        "this",
        "year",
        "in",
        "the",
        "last",
        "30",
        "days",
        "Germany",
        "Acme",
        "overdue",
        "over",
        "EUR",
        "10k",
        "between",
        "5",
        "most",
        "worst",
        "on-time",
        "below",
        "90%",
        "since",
        "March",
        "my",
        "account",
        "manager",
        "who",
        "is",
        "health",
        "at",
        "least",
        "or more",
        "never",
        "ordered",
        ",",
        "new",
        "created",
        "late",
        "?",
        "jazz",
        "fastest growing",
        "NPS",
        "Q3",
        "how many",
        "status",
        "active",
        "high",
        "poor",
    ]);
    prop::collection::vec(word, 0..14).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn any_words_in_any_order_give_a_filter_that_checks(question in words()) {
        let reply = ask(&question);
        if let Some(filter) = &reply.filter {
            let checked = check(filter, &company().0).map_err(|errors| TestCaseError::fail(format!("{errors:?}")))?;
            prop_assert_eq!(&checked.print(), filter);
        }
        for part in reply.understood.iter().chain(&reply.not_understood) {
            prop_assert!(question.get(part.span.at..part.span.end()).is_some());
            prop_assert!(!part.as_.is_empty());
        }
        // A word without meaning is never dropped silently.
        if question.contains("jazz") && reply.refusal.is_none() {
            prop_assert!(reply.not_understood.iter().any(|part| part.text.contains("jazz")), "{}: {:?}", question, reply);
        }
    }

    #[test]
    fn no_text_makes_it_panic(question in any::<String>()) {
        let _ = ask(&question);
    }

    #[test]
    fn no_punctuation_makes_it_panic(question in "[a-zA-Z0-9 ,.'’\"%€$£<>=!?&/+_-]{0,60}") {
        let _ = ask(&question);
    }
}
