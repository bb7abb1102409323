//! Sentences that are put together.

use super::ended;

#[test]
fn a_sentence_ends_with_one_mark_whatever_it_is_made_of() {
    for (text, sentence) in [
        ("expected a text", "expected a text."),
        ("There is no such code; did you mean NORTH?", "There is no such code; did you mean NORTH?"),
        ("did you mean NORTH?.", "did you mean NORTH?"),
        ("It broke off..", "It broke off."),
        ("It broke off. ", "It broke off."),
        ("Stop!", "Stop!"),
        ("and so on…", "and so on…"),
        ("", ""),
    ] {
        assert_eq!(ended(text), sentence);
    }
}
