use super::Years;

#[test]
fn a_day_that_there_is_not_is_no_answer() {
    for text in ["1948", "1948-12", "1948-02-29", "10 Dec 1948", "10.12.1948"] {
        assert_eq!(Years::asked(text), Some(Years { from: 1948, to: 1948 }), "{text}");
    }
    for text in [
        "",
        "soon",
        "48",
        "1948-13-01",
        "1949-02-29",
        "1948-12-32",
        "1948-1-1",
        "1948-12-01-01",
        "1700-01-01",
    ] {
        assert_eq!(Years::asked(text), None, "{text}");
    }
}
