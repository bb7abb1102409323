//! Laws that hold for every rule, and the words that callers use.

use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};
use proptest::sample::Index;

use crate::{Day, Fault, Refused, Warning, rules, validate};

const TODAY: Day = Day { year: 2026, month: 11, day: 24 };

/// Valid numbers whose check catches every single wrong digit, digits at the places that it covers.
const GUARDED: [(&str, &str); 14] = [
    ("de.vat", "136695976"),
    ("hr.oib", "33392005961"),
    ("lei", "213800KUD8LAJWSQ9D15"),
    ("iban", "GB82WEST12345698765432"),
    ("gln", "4006381333931"),
    ("isin", "US0378331005"),
    ("fr.siren", "552008443"),
    ("be.vat", "0428759497"),
    ("nl.bsn", "111222333"),
    ("pl.nip", "8567346215"),
    ("no.orgnr", "988077917"),
    ("au.abn", "83914571673"),
    ("in_.aadhaar", "234123412346"),
    ("lu.tva", "15027442"),
];

fn normalised(kind: &str, country: Option<&str>, value: &str) -> Result<String, Refused> {
    validate(kind, country, value, TODAY).map(|valid| valid.normalised)
}

proptest! {
    #[test]
    fn no_text_makes_a_rule_panic(text in any::<String>(), at in any::<Index>()) {
        let names: Vec<&str> = rules().chain(["vat", "tax_id", "company_reg", "phone", "email", "website", "vin"]).collect();
        let kind = *at.get(names.as_slice());
        let _ = validate(kind, None, &text, TODAY);
        let _ = validate(kind, Some("BR"), &text, TODAY);
    }

    #[test]
    fn no_number_makes_a_rule_panic(text in "[A-Z]{0,4}[ -]?[0-9]{0,24}[A-Z0-9ÑÖ./+*-]{0,6}", at in any::<Index>()) {
        let names: Vec<&str> = rules().collect();
        let kind = *at.get(names.as_slice());
        if let Ok(valid) = validate(kind, None, &text, TODAY) {
            let again = validate(kind, None, &valid.normalised, TODAY);
            prop_assert_eq!(again.map(|valid| valid.normalised), Ok(valid.normalised));
        }
    }

    #[test]
    fn a_wrong_digit_is_noticed(case in any::<Index>(), place in any::<Index>(), step in 1_u8..=9) {
        let (kind, number) = *case.get(GUARDED.as_slice());
        prop_assert!(normalised(kind, None, number).is_ok(), "{kind} {number}");
        let digits: Vec<usize> = number.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_digit()).map(|(at, _)| at).collect();
        let at = *place.get(digits.as_slice());
        let mut bytes = number.as_bytes().to_vec();
        bytes[at] = b'0' + (bytes[at] - b'0' + step) % 10;
        let wrong = String::from_utf8(bytes).unwrap();
        prop_assert!(normalised(kind, None, &wrong).is_err(), "{kind} {wrong}");
    }
}

#[test]
fn long_texts_are_refused_before_they_are_read() {
    let long = "1".repeat(1_000_000);
    for kind in rules().chain(["vat", "tax_id", "phone", "vin"]) {
        assert!(normalised(kind, Some("DE"), &long).is_err(), "{kind}");
    }
}

#[test]
fn vat_numbers_are_found_by_prefix_or_country() {
    for (country, value, expected) in [
        (None, "DE 136 695 976", "DE136695976"),
        (Some("DE"), "136695976", "DE136695976"),
        (Some("GR"), "094259216", "EL094259216"),
        (Some("EL"), "GR 094259216", "EL094259216"),
        (Some("GB"), "GB 980 7806 84", "GB980780684"),
        (None, "XI 980780684", "XI980780684"),
        (Some("NO"), "988 077 917", "NO988077917MVA"),
        (Some("CH"), "CHE-107.787.577 IVA", "CHE107787577IVA"),
        (Some("AU"), "83 914 571 673", "AU83914571673"),
        (Some("SA"), "300055184400003", "SA300055184400003"),
    ] {
        assert_eq!(normalised("vat", country, value).as_deref(), Ok(expected), "{country:?} {value}");
    }
    assert_eq!(normalised("vat", None, "DE136695977"), Err(Refused::Value(Fault::Checksum)));
    assert_eq!(normalised("vat", None, "136695976"), Err(Refused::CountryMissing));
    assert_eq!(normalised("vat", Some("FR"), "DE136695976"), Err(Refused::Value(Fault::Component)));
    assert_eq!(normalised("vat", Some("XX"), "1"), Err(Refused::Country));
}

#[test]
fn tax_numbers_are_those_of_the_country() {
    let rule =
        |country: &str, value: &str| validate("tax_id", Some(country), value, TODAY).map(|valid| valid.rule);
    assert_eq!(rule("BR", "33.400.689/0001-09"), Ok(Some("br.cnpj")));
    assert_eq!(rule("BR", "390.533.447-05"), Ok(Some("br.cpf")));
    assert_eq!(rule("BR", "390.533.447-06"), Err(Refused::Value(Fault::Checksum)));
    assert_eq!(rule("US", "91-1144442"), Ok(Some("us.tin")));
    assert_eq!(normalised("cnpj", Some("BR"), "33.400.689/0001-09").as_deref(), Ok("33400689000109"));
    let unknown = validate("tax_id", Some("KW"), "12-34", TODAY).unwrap();
    assert_eq!((unknown.normalised.as_str(), unknown.warning), ("1234", Some(Warning::Unchecked)));
    assert_eq!(normalised("tax_id", None, "1234"), Err(Refused::CountryMissing));
}

#[test]
fn member_states_are_countries_but_for_two() {
    let states = ["DE", "HR", "SE"];
    assert!(states.iter().all(|state| crate::is_country(state) && crate::is_eu_vat_area(state)));
    assert!(crate::is_eu_vat_area("EL") && crate::is_eu_vat_area("XI") && !crate::is_eu_vat_area("GR"));
}

#[test]
fn the_vectors_of_the_reference_hold() {
    for (kind, value) in [
        ("lei", "5493001KJTIIGC8Y1R12"),
        ("iban", "GB82 WEST 1234 5698 7654 32"),
        ("vin", "1M8GDM9AXKP042788"),
        ("vin", "1HGCM82633A004352"),
        ("vin", "11111111111111111"),
        ("iso6346", "CSQU3054383"),
        ("de.vat", "136695976"),
        ("scac", "ABFS"),
        ("bitcoin", "1NEDqZPvTWRaoho48qXuLLsrYomMXPABfD"),
        ("bitcoin", "BC1QARDV855YJNGSPVXUTTQ897AQCA3LXJU2Y69JCE"),
        ("duns", "15-048-3782"),
        ("eori", "DE1234567890"),
        ("website", "acme.example"),
        ("email", "ap@acme.example"),
    ] {
        assert!(normalised(kind, None, value).is_ok(), "{kind} {value}");
    }
    assert_eq!(normalised("ein", None, "123456789").as_deref(), Ok("12-3456789"));
    assert_eq!(normalised("vin", None, "1M8GDM9A1KP042788"), Err(Refused::Value(Fault::Checksum)));
    let elsewhere = validate("vin", None, "W0LPC6DB3CC123456", TODAY).unwrap();
    assert_eq!(elsewhere.warning, Some(Warning::CheckDigit));
    assert_eq!(normalised("vin", Some("US"), "W0LPC6DB3CC123456"), Err(Refused::Value(Fault::Checksum)));
    assert_eq!(normalised("passport", None, "1"), Err(Refused::Kind));
}

#[test]
fn telephone_numbers_come_out_in_e164() {
    for (country, value, expected) in [
        (None, "+1 312 555 0100", "+13125550100"),
        (Some("GB"), "020 8765 4321", "+442087654321"),
        (Some("DE"), "030/123456 ext. 7", "+4930123456"),
        (Some("US"), "011 44 20 8765 4321", "+442087654321"),
        (Some("IT"), "02-36618 300", "+390236618300"),
        (Some("US"), "1-800 six-flag", "+18007493524"),
        (Some("NZ"), "tel:03-331-6005;phone-context=+64", "+6433316005"),
    ] {
        assert_eq!(normalised("phone", country, value).as_deref(), Ok(expected), "{value}");
    }
    assert_eq!(normalised("phone", None, "020 8765 4321"), Err(Refused::Value(Fault::Component)));
    assert_eq!(normalised("phone", None, "+376 71"), Err(Refused::Value(Fault::Length)));
    assert_eq!(normalised("phone", Some("DE"), "call me"), Err(Refused::Value(Fault::Format)));
}

#[test]
fn mailboxes_are_those_of_rfc_5321() {
    for good in ["ap+eu@acme.example", "\"a b\"@acme.example", "jörg@münchen.example", "a@[192.0.2.1]", "a@b"]
    {
        assert!(normalised("email", None, good).is_ok(), "{good}");
    }
    for bad in [
        "",
        "@",
        "a@",
        "@b.example",
        "a..b@c.example",
        ".a@c.example",
        "a@-b.example",
        "a b@c.example",
        " a@b.example",
        "a@b.example\n",
        "a@[1.2.3]",
        "a@b_c.example",
    ] {
        assert!(normalised("email", None, bad).is_err(), "{bad:?}");
    }
    assert_eq!(normalised("email", None, "\"ap\"@acme.example").as_deref(), Ok("ap@acme.example"));
}
