//! Prints for each file of labelled identifiers how many of its rows are answered as labelled, and which are not.
//!
//! `cargo run -p kith-identifier --example agreement -- FOLDER` reads `stdnum.csv`, `eu_vat_jsvat.csv`, `iban.csv`,
//! `vin.csv`, `phone_examples.csv`, `phone_freeform.csv`, `email_isemail.csv` and `email_validator.csv`.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use kith_identifier::{Day, Refused, Valid, Warning, validate};

type Row = BTreeMap<String, String>;
type Judge = fn(&Row) -> Option<Judged>;

/// What was expected and what came.
struct Judged {
    what: String,
    expected: String,
    given: String,
}

const FILES: [(&str, Judge); 8] = [
    ("stdnum.csv", |row| Some(judged(&row["id_type"], None, &row["number"], &row["expected"], None))),
    ("eu_vat_jsvat.csv", |row| {
        let expected = if row["expected"] == "valid" { "valid" } else { "invalid" };
        Some(judged("vat", Some(&row["country"]), &row["vat"], expected, None))
    }),
    ("iban.csv", |row| Some(judged("iban", None, &row["iban"], &row["expected"], None))),
    ("vin.csv", |row| {
        let found = answer("vin", None, &row["vin"]);
        let expected = row["iso3779_check_digit"].clone();
        let given = match &found {
            Ok(Valid { warning: None, .. }) => "ok",
            Ok(Valid { warning: Some(Warning::CheckDigit), .. }) => "mismatch",
            Err(Refused::Value(kith_identifier::Fault::Checksum)) => "mismatch",
            _ => "malformed",
        };
        Some(Judged { what: row["vin"].clone(), expected, given: given.to_owned() })
    }),
    ("phone_examples.csv", |row| {
        let expected = (row["expected"] == "valid").then(|| row["e164"].clone());
        Some(judged("phone", None, &row["e164"], &row["expected"], expected.as_deref()))
    }),
    ("phone_freeform.csv", |row| {
        let text: String = serde_json::from_str(&row["input_json"]).ok()?;
        let possible = matches!(row["oracle_verdict"].as_str(), "valid" | "possible");
        let expected = if possible { "valid" } else { "invalid" };
        let e164 = possible.then(|| row["e164_oracle"].clone());
        Some(judged("phone", Some(&row["default_region"]), &text, expected, e164.as_deref()))
    }),
    ("email_isemail.csv", |row| {
        let text: String = serde_json::from_str(&row["address_json"]).ok()?;
        Some(judged("email", None, &text, &row["rfc5321_mailbox"], None))
    }),
    ("email_validator.csv", |row| {
        let text: String = serde_json::from_str(&row["address_json"]).ok()?;
        // The other labels depend on options of that library.
        matches!(row["expected"].as_str(), "valid" | "invalid")
            .then(|| judged("email", None, &text, &row["expected"], None))
    }),
];

fn answer(kind: &str, country: Option<&str>, value: &str) -> Result<Valid, Refused> {
    let today = Day::new(2026, 11, 24).ok_or(Refused::Kind)?;
    validate(kind, country, value, today)
}

fn judged(
    kind: &str,
    country: Option<&str>,
    value: &str,
    expected: &str,
    normalised: Option<&str>,
) -> Judged {
    let given = match answer(kind, country, value) {
        Ok(valid) if normalised.is_some_and(|form| form != valid.normalised) => valid.normalised,
        Ok(_) => "valid".to_owned(),
        Err(Refused::Value(_)) => "invalid".to_owned(),
        Err(refused) => refused.code().to_owned(),
    };
    Judged { what: format!("{kind} {value:?}"), expected: expected.to_owned(), given }
}

fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1) else {
        return ExitCode::FAILURE;
    };
    for (name, judge) in FILES {
        let Ok(mut reader) = csv::Reader::from_path(Path::new(&folder).join(name)) else { continue };
        let rows = reader.deserialize::<Row>().filter_map(Result::ok);
        let judged: Vec<Judged> = rows.filter_map(|row| judge(&row)).collect();
        let wrong: Vec<&Judged> = judged.iter().filter(|row| row.expected != row.given).collect();
        say(&format!("{name}: {} of {}", judged.len() - wrong.len(), judged.len()));
        for row in wrong {
            say(&format!("    {} expected {}, given {}", row.what, row.expected, row.given));
        }
    }
    ExitCode::SUCCESS
}

fn say(text: &str) {
    use std::io::Write;
    // A closed pipe is the reader's wish.
    let _ = writeln!(std::io::stdout(), "{text}");
}
