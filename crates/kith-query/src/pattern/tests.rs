//! What patterns find, and what is refused.

use proptest::prelude::*;

use super::Pattern;

#[test]
fn finds_what_re2_would() {
    let cases = [
        ("ubb", "hubba", true),
        ("foo|bar", "", false),
        ("", "cows", true),
        ("a+ñ+a+", "mañana", true),
        ("^ab*c$", "abbbc", true),
        ("^ab*c$", "xabbbc", false),
        ("^(ab|cd)+$", "abcdab", true),
        ("^(ab|cd)+$", "abcda", false),
        ("^(?:a|b|c)?d$", "d", true),
        ("[^0-9]", "123", false),
        ("^[a-c_]+$", "ab_c", true),
        ("^\\w+\\s\\d\\d$", "room 42", true),
        ("\\S", " \t\n", false),
        ("a.c", "a\nc", false),
        ("(?i)ACME|glo", "the acme co", true),
        ("(?i)^[A-Z]+$", "acme", true),
        ("a\\.b", "axb", false),
        ("^$", "", true),
        ("x*", "", true),
    ];
    for (pattern, text, expected) in cases {
        assert_eq!(Pattern::new(pattern).unwrap().found(text), expected, "{pattern} in {text}");
    }
}

#[test]
fn refuses_by_name_what_it_does_not_support() {
    for pattern in ["a{2}", "(a", "a)", "*a", "a**", "[a", "[z-a]", "\\b", "(?=a)", "a\\", &"a".repeat(257)] {
        assert!(Pattern::new(pattern).is_err(), "{pattern}");
    }
}

#[test]
fn takes_no_exponential_time() {
    let pattern = Pattern::new("^(a*)*(a|a)*(a?a?a?)*b$");
    assert!(pattern.is_ok_and(|pattern| !pattern.found(&"a".repeat(2_000))));
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(pattern in "[ab()|*+?\\[\\]^$.\\\\{}1-]{0,20}", text in "[ab1]{0,20}") {
        if let Ok(pattern) = Pattern::new(&pattern) {
            let _ = pattern.found(&text);
        }
    }

    #[test]
    fn a_literal_is_found_where_contained(literal in "[a-c]{0,3}", text in "[a-c]{0,8}") {
        prop_assert_eq!(Pattern::new(&literal).unwrap().found(&text), text.contains(&literal));
    }
}
