use super::country::country;
use super::date::{date, is_date};
use super::legal::LegalForms;
use super::street::street;
use super::{domain, email, fold, identifier, number, phone, soundex};

fn with(shape: fn(&str, &mut String), value: &str) -> String {
    let mut out = String::from("left over");
    shape(value, &mut out);
    out
}

fn parted(name: &str) -> (String, String) {
    let (mut core, mut form) = (String::new(), String::new());
    LegalForms::default().part(&with(fold, name), &mut core, &mut form);
    (core, form)
}

#[test]
fn marks_case_and_points_make_no_difference() {
    assert_eq!(with(fold, "  Müller & Söhne "), "muller sohne");
    assert_eq!(with(fold, "Straße Łódź Ærø"), "strasse lodz aero");
    assert_eq!(with(fold, "S.p.A. St. Catherine's"), "spa st catherines");
    assert_eq!(with(fold, "Co.KG ... --"), "co kg");
    assert_eq!(with(fold, "ﬁrst"), "first");
}

#[test]
fn legal_forms_are_parted_from_the_name() {
    assert_eq!(parted("Nordwind Logistik Gesellschaft mbH"), ("nordwind logistik".into(), "gmbh".into()));
    assert_eq!(parted("Nordwind G.m.b.H. & Co. KG"), ("nordwind".into(), "gmbh co kg".into()));
    assert_eq!(parted("Acme Co., Ltd."), ("acme".into(), "ltd".into()));
    assert_eq!(parted("ООО Ромашка"), ("ромашка".into(), "ooo".into()));
    assert_eq!(parted("Limited"), ("limited".into(), String::new()));
    assert_eq!(parted("Smith and Sons"), ("smith sons".into(), String::new()));
}

#[test]
fn dates_of_many_writings_are_one() {
    for writing in
        ["1971-06-24", "19710624", "24/06/1971", "06/24/1971", "24 June 1971", "June 24, 1971", "24.6.1971"]
    {
        assert_eq!(with(date, writing), "19710624", "{writing}");
        assert!(is_date(writing), "{writing}");
    }
    assert_eq!(with(date, "unknown"), "unknown");
    assert!(!is_date("1234567"));
    assert!(!is_date("87"));
}

#[test]
fn streets_lose_their_writing_and_give_up_their_number() {
    let part = |value: &str| {
        let (mut name, mut number) = (String::new(), String::new());
        street(value, &mut name, &mut number);
        (name, number)
    };
    assert_eq!(part("Hauptstraße 12a"), ("haupt st".into(), "12a".into()));
    assert_eq!(part("Hauptstr. 12 A"), ("haupt st a".into(), "12".into()));
    assert_eq!(part("221 E. 51st St."), ("e 51st st".into(), "221".into()));
    assert_eq!(part("221 East 51st Street"), ("e 51st st".into(), "221".into()));
}

#[test]
fn phones_mail_and_identifiers_are_compared_by_what_counts() {
    for writing in ["+49 123456789", "0123-456789", "(123) 456 789", "0049123456789"] {
        assert_eq!(with(phone, writing), "123456789", "{writing}");
    }
    for writing in ["+49 40 123456", "040/123456", "+49 (0)40 123456", "0049 40 123456"] {
        assert_eq!(with(phone, writing), "40123456", "{writing}");
    }
    assert_eq!(with(phone, "+1 312 555 0100"), with(phone, "(312) 555-0100"));
    assert_eq!(with(phone, "000000000"), "");
    assert_eq!(with(phone, "12"), "");
    assert_eq!(with(email, " Info@ACME.de "), "info@acme.de");
    assert_eq!(with(domain, "https://www.Acme.de/contact?x=1"), "acme.de");
    assert_eq!(with(domain, "info@acme.de"), "acme.de");
    assert_eq!(with(domain, "jo@gmail.com"), "");
    assert_eq!(with(identifier, "DE 236.375-295"), "de236375295");
    assert_eq!(with(identifier, "0000000"), "");
    assert_eq!(with(number, "1,200.50"), "1200.5");
    assert_eq!(with(country, "Österreich"), "at");
    assert_eq!(with(country, "GB"), "gb");
}

#[test]
fn soundex_follows_its_published_examples() {
    for (word, code) in
        [("Robert", b"r163"), ("Rupert", b"r163"), ("Ashcraft", b"a261"), ("Tymczak", b"t522")]
    {
        assert_eq!(&soundex(word), code, "{word}");
    }
}
