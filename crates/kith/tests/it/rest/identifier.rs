//! Identifiers over HTTP.

use serde_json::{Value, json};

use crate::house::{on_each, problem};

#[test]
fn identifiers_are_looked_at_one_by_one_and_in_lists() {
    on_each(|house| {
        let ask = |body: Value| house.seller.post("/api/v1/identifiers/validate", &body);
        let good = ask(json!({"kind": "vat", "country": "DE", "value": "136 695 976"})).expect(200);
        assert_eq!(
            good,
            json!({"valid": true, "normalised": "DE136695976", "kind": "vat", "rule": "de.vat"})
        );
        let bad = ask(json!({"kind": "br.cpf", "value": "390.533.447-06"})).expect(200);
        assert_eq!((&bad["valid"], &bad["normalised"]), (&json!(false), &Value::Null));
        assert_eq!(bad["reason"], "invalid_checksum");
        assert!(bad["message"].as_str().is_some_and(|sentence| sentence.contains("check digits")), "{bad}");
        let tax = ask(json!({"kind": "tax_id", "country": "br", "value": "33.400.689/0001-09"})).expect(200);
        assert_eq!((&tax["rule"], &tax["kind"]), (&json!("br.cnpj"), &json!("tax_id")));
        let many = ask(json!({"items": [
            {"kind": "lei", "value": "5493001KJTIIGC8Y1R12"},
            {"kind": "passport", "value": "1"},
            {"kind": "phone", "country": "GB", "value": "020 8765 4321"}]}))
        .expect(200);
        let verdicts: Vec<(&Value, &Value)> =
            many["items"].as_array().unwrap().iter().map(|item| (&item["valid"], &item["reason"])).collect();
        let expected =
            [(json!(true), Value::Null), (json!(false), json!("unknown_kind")), (json!(true), Value::Null)];
        assert!(verdicts.iter().zip(&expected).all(|(got, want)| *got == (&want.0, &want.1)), "{many}");
        assert_eq!(many["items"][2]["normalised"], "+442087654321");
        let (_, errors) = problem(&ask(json!({})), 422);
        let places: Vec<&str> = errors.iter().map(|(pointer, _)| pointer.as_str()).collect();
        assert_eq!(places, ["/kind", "/value"]);
        problem(&ask(json!({"kind": "vat", "value": "1", "items": []})), 422);
    });
}

#[test]
fn what_the_record_would_not_take_is_not_called_valid() {
    on_each(|house| {
        for (body, reason) in [
            (json!({"kind": "email", "value": "a@b"}), "invalid_component"),
            (json!({"kind": "ein", "value": "00-1234567"}), "invalid_component"),
            (
                json!({"kind": "iban", "country": "DE", "value": "FR76 3000 6000 0112 3456 7890 189"}),
                "invalid_component",
            ),
            (json!({"kind": "phone", "value": "+1 555 000 0000"}), "invalid_component"),
            (json!({"kind": "iban", "country": "RE", "value": "FR76 3000 6000 0112 3456 7890 189"}), ""),
            (json!({"kind": "phone", "value": "+1 555 200 0000"}), ""),
            (json!({"kind": "ein", "value": "12-3456789"}), ""),
            (json!({"kind": "email", "value": "a@b.example"}), ""),
        ] {
            let told = house.seller.post("/api/v1/identifiers/validate", &body).expect(200);
            assert_eq!(told["valid"], reason.is_empty(), "{body} {told}");
            assert_eq!(told["reason"].as_str().unwrap_or_default(), reason, "{body}");
        }
    });
}

#[test]
fn a_member_that_stands_twice_is_refused_at_its_place() {
    on_each(|house| {
        let twice = br#"{"kind":"lei","value":"1","value":"5493001KJTIIGC8Y1R12"}"#;
        let kind = [("Content-Type", "application/json")];
        let told = house.seller.send("POST", "/api/v1/identifiers/validate", &kind, twice);
        assert_eq!(problem(&told, 422).1, [("/value".to_owned(), "duplicate_member".to_owned())]);
    });
}

#[test]
fn an_account_is_refused_with_identifiers_at_fault() {
    on_each(|house| {
        let created = house.seller.post_once(
            "/api/v1/accounts",
            "identifiers",
            &json!({"name": "Acme", "email": "ap@acme.example", "owning_entity": "US",
                "tax_id": {"kind": "br.cnpj", "value": "33.400.689/0001-08"},
                "identifiers": [
                    {"kind": "lei", "value": "5493001KJTIIGC8Y1R13"},
                    {"kind": "vat", "value": "FR12345678"},
                    {"kind": "scac", "value": "1"}]}),
        );
        let (_, errors) = problem(&created, 422);
        let expected = [
            ("/tax_id/value", "identifier_check_digit"),
            ("/identifiers/0/value", "identifier_check_digit"),
            ("/identifiers/1/value", "identifier_length"),
            ("/identifiers/2/value", "identifier_format"),
        ];
        for (place, code) in expected {
            assert!(errors.iter().any(|(at, found)| at == place && found == code), "{place}: {errors:?}");
        }
    });
}
