//! Tests of the shared values.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn currency(code: &str) -> Currency {
    code.parse().unwrap()
}

#[test]
fn money_is_read_by_the_digits_of_its_currency() {
    let cases =
        [("USD", "1250.5", 125_050), ("JPY", "1250", 1250), ("KWD", "1.234", 1234), ("USD", "-0.01", -1)];
    for (code, text, minor) in cases {
        assert_eq!(Money::parse(text, currency(code)).unwrap().minor, minor, "{text} {code}");
    }
    assert_eq!(Money::parse("1.000", currency("USD")).unwrap().amount(), "1.00");
}

#[test]
fn money_that_is_none_is_refused() {
    let cases = [
        ("1.001", MoneyError::Digits),
        ("1.5", MoneyError::Digits),
        ("", MoneyError::Syntax),
        ("1.", MoneyError::Syntax),
        (".5", MoneyError::Syntax),
        ("1e3", MoneyError::Syntax),
        ("--1", MoneyError::Syntax),
        ("1,000", MoneyError::Syntax),
        ("99999999999999999999", MoneyError::Range),
    ];
    for (text, error) in cases {
        let code = if text == "1.5" { "JPY" } else { "USD" };
        assert_eq!(Money::parse(text, currency(code)), Err(error), "{text}");
    }
}

proptest! {
    #[test]
    fn money_printed_is_money_read(minor: i64, index in 0_u8..157) {
        let Some(currency) = Currency::from_index(index) else { return Ok(()) };
        let money = Money::new(minor, currency);
        prop_assert_eq!(Money::parse(&money.amount(), currency), Ok(money));
        let json = serde_json::to_value(money).unwrap();
        prop_assert_eq!(serde_json::from_value::<Money>(json).unwrap(), money);
    }

    #[test]
    fn money_never_panics(text in "[-0-9.eE+ ]{0,40}|.*", index in 0_u8..157) {
        if let Some(currency) = Currency::from_index(index) {
            let _ = Money::parse(&text, currency);
        }
    }

    #[test]
    fn personal_values_split_and_join(
        values in prop::collection::vec((0_u8..3, "[a-z]{0,8}"), 0..12),
        lost in 0_u8..4,
    ) {
        let rows: Vec<Value> = values
            .iter()
            .map(|(who, text)| json!({ "deep": [Personal::new(format!("con_{who}"), text)], "plain": text.len() }))
            .collect();
        let whole = json!({ "rows": rows });
        let mut clear = whole.clone();
        let secrets = split(&mut clear);
        let stored = clear.to_string();
        prop_assert!(!stored.contains("$value"));
        prop_assert_eq!(secrets.iter().map(|secret| secret.values.len()).sum::<usize>(), values.len());
        let mut back = clear.clone();
        join(&mut back, &secrets);
        prop_assert_eq!(&back, &whole);
        // The key of one subject is gone: its values are null, the others are there.
        let kept: Vec<Secret> =
            secrets.into_iter().filter(|secret| secret.subject != format!("con_{lost}")).collect();
        let mut erased = clear;
        join(&mut erased, &kept);
        for (row, (who, text)) in values.iter().enumerate().map(|(index, value)| (&erased["rows"][index], value)) {
            let found = &row["deep"][0]["$value"];
            if *who == lost { prop_assert!(found.is_null()) } else { prop_assert_eq!(found, text) }
        }
    }

    #[test]
    fn texts_and_addresses_never_panic(text in ".*") {
        let _ = (line(&text, 10), paragraph(&text, 10), parse_email(&text), Phone::parse(&text));
        for kind in ["vat", "lei", "gln", "ein", "mc", "usdot", "eori", "external:x"] {
            let kind = kind.parse().unwrap();
            if let Ok(value) = validate(&kind, Some("DE"), &text) {
                // What is normalised stays as it is.
                prop_assert_eq!(validate(&kind, Some("DE"), &value), Ok(value));
            }
        }
    }
}

#[test]
fn nothing_personal_means_nothing_taken() {
    let mut body = json!({ "a": 1, "gone": { "$subject": "con_1", "$value": null } });
    assert_eq!(split(&mut body), vec![]);
    join(&mut body, &[]);
    assert_eq!(body["gone"]["$value"], Value::Null);
}

#[test]
fn ids_are_read_as_they_are_written() {
    let id = AccountId(uuid_v7(1_767_225_600_000, [7; 10]));
    assert_eq!(id.to_string().parse(), Ok(id));
    assert!(id.to_string().starts_with("acc_"));
    assert_eq!(id.0.get_version_num(), 7);
    for wrong in
        ["con_0123", "acc_", "acc-x", &id.to_string().to_uppercase(), &id.to_string().replace("acc", "con")]
    {
        assert_eq!(wrong.parse::<AccountId>(), Err(IdError { prefix: "acc" }), "{wrong}");
    }
}

#[test]
fn entity_codes_are_short_and_capital() {
    for good in ["US", "EU-1", "A_B", "123456789012"] {
        assert_eq!(good.parse::<EntityCode>().unwrap().as_str(), good);
    }
    for bad in ["", "us", "1234567890123", "A B", "Ä"] {
        assert!(bad.parse::<EntityCode>().is_err(), "{bad}");
    }
}

#[test]
fn emails_are_kept_as_entered_and_matched_in_lower_case() {
    assert_eq!(parse_email(" Ap.Desk@Acme.Example ").unwrap(), "Ap.Desk@Acme.Example");
    assert_eq!(email_key("Ap@Acme.Example"), "ap@acme.example");
    let long = format!("{}@acme.example", "a".repeat(250));
    for bad in ["", "ap", "ap@", "@acme.example", "ap@acme", "a b@acme.example", "Ann <a@b.example>", &long] {
        assert!(parse_email(bad).is_err(), "{bad}");
    }
}

#[test]
fn phones_are_normalised_where_the_country_is_known() {
    let e164 = |text| Phone::parse(text).unwrap().e164;
    assert_eq!(e164("+1 (312) 555-0100").as_deref(), Some("+13125550100"));
    assert_eq!(e164("0049 30/1234567").as_deref(), Some("+49301234567"));
    assert_eq!(e164("+44 (0)20 7946 0000 ext. 12").as_deref(), Some("+442079460000"));
    assert_eq!(e164("030 1234567"), None);
    assert_eq!(Phone::parse(" 030 1234567 ").unwrap().raw, "030 1234567");
    for bad in ["", "call me", "123", "+1 312 555 0100 0000 0000 00000", "1;2345"] {
        assert!(Phone::parse(bad).is_err(), "{bad}");
    }
}

#[test]
fn texts_are_trimmed_composed_and_bounded() {
    assert_eq!(line("  Cafe\u{301} ", 10).unwrap(), "Café");
    assert_eq!(line(" \t ", 10), Err(TextError::Empty));
    assert_eq!(line("a\nb", 10), Err(TextError::Control));
    assert_eq!(line("\u{200b}\u{feff}", 10), Err(TextError::Empty));
    assert_eq!(line("Acme \u{202e}dtL", 10), Err(TextError::Control));
    assert_eq!(line("\u{645}\u{6cc}\u{200c}\u{62e}", 10).unwrap(), "\u{645}\u{6cc}\u{200c}\u{62e}");
    assert_eq!(paragraph("a\nb", 10).unwrap(), "a\nb");
    assert_eq!(paragraph("a\u{0}b", 10), Err(TextError::Control));
    assert_eq!(line("abc", 2), Err(TextError::Long(2)));
    assert_eq!(line("äöü", 3).unwrap(), "äöü");
}

#[test]
fn countries_are_those_of_the_list() {
    assert!(is_country("US") && is_country("GR") && is_country("ZW"));
    assert!(!is_country("EL") && !is_country("XX") && !is_country("us") && !is_country("USA"));
    assert!(is_eu_vat_area("EL") && is_eu_vat_area("XI") && !is_eu_vat_area("GR"));
}

#[test]
fn identifiers_have_their_forms_and_check_digits() {
    let check = |kind: &str, value: &str| validate(&kind.parse().unwrap(), None, value);
    assert_eq!(check("lei", "5493 001K JTII GC8Y 1R12").unwrap(), "5493001KJTIIGC8Y1R12");
    assert_eq!(check("lei", "5493001KJTIIGC8Y1R13"), Err(IdentifierError::CheckDigit));
    assert_eq!(check("vat", "DE 136 695 976").unwrap(), "DE136695976");
    assert_eq!(check("vat", "DE136695977"), Err(IdentifierError::CheckDigit));
    assert_eq!(check("vat", "FR12345678"), Err(IdentifierError::Length));
    assert_eq!(validate(&IdentifierKind::Vat, Some("GR"), "094259216").unwrap(), "EL094259216");
    assert_eq!(check("br.cnpj", "33.400.689/0001-09").unwrap(), "33400689000109");
    assert_eq!(check("in.pan", "ACUPA7085R").unwrap(), "ACUPA7085R");
    assert_eq!(check("ein", "12-3456789").unwrap(), "12-3456789");
    assert_eq!(check("duns", "15-048-3782").unwrap(), "150483782");
    assert_eq!(check("gln", "4006381333931").unwrap(), "4006381333931");
    assert_eq!(check("gln", "4006381333932"), Err(IdentifierError::CheckDigit));
    assert_eq!(check("scac", "ABCDE"), Err(IdentifierError::Length));
    assert_eq!(check("mc", "MC-123456").unwrap(), "123456");
    assert_eq!(check("external:erp", " c/00-1 ").unwrap(), "c/00-1");
    for bad in ["passport", "external:", "external:ERP", "VAT"] {
        assert_eq!(bad.parse::<IdentifierKind>(), Err(IdentifierError::Kind), "{bad}");
    }
}
