//! Which language a request is answered in.

use super::*;

fn asked(header: &str) -> Reader {
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_str(header).unwrap());
    accepted(&headers)
}

#[test]
fn the_browser_is_given_the_first_language_that_is_spoken() {
    assert_eq!(asked("fr, de-AT;q=0.8, en;q=0.9").language, Language::English);
    assert_eq!(asked("fr-CH, de-CH;q=0.9, en;q=0.8"), Reader::named("de-CH").unwrap());
    assert_eq!(asked("de, en").tag(), "de");
    assert_eq!(asked("en-US,en;q=0.9,de;q=0.8").format, Format::America);
    assert!(asked("fr, de;q=0").is_guess, "a weight of nothing is a no");
    assert!(asked("").is_guess);
}

#[test]
fn outside_of_a_request_english_is_spoken() {
    assert_eq!(reader(), Reader::default());
    settle(Some("de"), None, TimeZone::UTC);
    assert_eq!(reader().language, Language::English);
}

#[test]
fn what_a_person_chose_goes_first() {
    said_as(asked("en-US"), TimeZone::UTC, || {
        settle(None, None, TimeZone::UTC);
        assert_eq!(reader().format, Format::America);
        settle(Some("de"), Some("de-CH"), TimeZone::UTC);
        assert_eq!((reader().language, reader().format), (Language::German, Format::Switzerland));
        settle(Some("en"), Some("de-DE"), TimeZone::UTC);
        assert_eq!((reader().language, reader().format), (Language::English, Format::Germany));
        settle(Some("tlh"), Some("x"), TimeZone::UTC);
        assert_eq!(reader().language, Language::English, "what is not spoken changes nothing");
    });
}
