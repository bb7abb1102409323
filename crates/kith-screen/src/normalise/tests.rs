//! From names to words.

use super::{legal, words};

fn plain(text: &str) -> String {
    words(text).into_iter().map(|word| word.text).collect::<Vec<_>>().join(" ")
}

fn stripped(text: &str) -> (String, Option<&'static str>) {
    let mut words = words(text);
    let form = legal::strip(&mut words, false);
    (words.into_iter().map(|word| word.text).collect::<Vec<_>>().join(" "), form)
}

#[test]
fn scripts_become_latin() {
    assert_eq!(plain("Александар Вучић"), "aleksandar vuchic");
    assert_eq!(plain("Κυριάκος Μητσοτάκης"), "kyriakos mitsotakis");
    assert_eq!(plain("ბარაკ ობამა"), "barak obama");
    assert_eq!(plain("Բարակ Օբամա"), "barak obama");
    assert_eq!(plain("习近平"), "xi jin ping");
    assert_eq!(plain("バラク・オバマ"), "baraku obama");
    assert_eq!(plain("Erdoğan Łódź Straße"), "erdogan lodz strasse");
    assert!(words("محمد").iter().all(|word| word.abjad));
}

#[test]
fn points_apostrophes_and_capitals_part_words_as_people_mean_it() {
    assert_eq!(plain("A.B.C. Company"), "abc company");
    assert_eq!(plain("J.P. Morgan & Co."), "jp morgan co");
    assert_eq!(plain("'Abd al-Rahman CHO'NG"), "abd al rahman chong");
    assert_eq!(plain("RamiMakhlouf"), "rami makhlouf");
}

#[test]
fn legal_forms_go_and_are_told() {
    assert_eq!(stripped("FABERLIC EUROPE Sp. z o.o."), ("faberlic europe".to_owned(), Some("llc")));
    assert_eq!(stripped("OOO Oboronnye Initsiativy"), ("oboronnye initsiativy".to_owned(), Some("llc")));
    assert_eq!(stripped("Siemens Aktiengesellschaft"), ("siemens".to_owned(), Some("jsc")));
    assert_eq!(stripped("Limited").0, "limited", "a name is never nothing");
}
