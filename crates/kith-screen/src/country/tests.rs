use super::known;

#[test]
fn a_country_that_there_is_not_is_not_known() {
    for (text, code) in [("cu", "CU"), ("ru-cre", "RU"), ("Germany", "DE"), (" DEU ", "DE")] {
        assert_eq!(known(text).as_deref(), Some(code), "{text}");
    }
    for text in ["", "XX", "QQ", "Atlantis", "D", "12"] {
        assert_eq!(known(text), None, "{text}");
    }
}
