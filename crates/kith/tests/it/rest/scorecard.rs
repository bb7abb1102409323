//! Scorecards: trained, kept, put in force through approval, and what bad files get.

use std::fmt::Write as _;

use jiff::{Timestamp, ToSpan};
use kith_testkit::http::{Client, Reply};
use serde_json::{Value, json};

use crate::house::{House, on_each, person, problem, request};

fn train(client: &Client, query: &str, text: &str) -> Reply {
    client.send(
        "POST",
        &format!("/api/v1/scorecards?{query}"),
        &[("Content-Type", "text/csv")],
        text.as_bytes(),
    )
}

/// Customers of the past: the later they paid, the more of them went bad.
fn past(rows: usize) -> String {
    let mut text = "customer,days_beyond_terms,outcome\n".to_owned();
    for row in 0..rows {
        let (late, chance) = (row * 37 % 90, row * 61 % 100);
        let outcome = if chance < late { "bad" } else { "good" };
        writeln!(text, "K{row},{late},{outcome}").unwrap();
    }
    text
}

fn activate(house: &House, version: &str, key: &str) -> Reply {
    let body = json!({"reason": "Validated."});
    house.admin.post_once(&format!("/api/v1/scorecards/{version}/activate"), key, &body)
}

/// Both steps of a change of the policy.
fn agree(house: &House, cfo: &Client, change: &Value) -> Value {
    let path = format!("/api/v1/changes/{}/approve", change["id"].as_str().unwrap());
    house.controller.post(&path, &json!({})).expect(200);
    cfo.post(&path, &json!({})).expect(200)
}

fn usd(amount: &str) -> Value {
    json!({"amount": amount, "currency": "USD"})
}

/// A customer that paid five invoices of some months ago on time; gives its path.
fn customer(house: &House) -> String {
    let applied = house.approve(
        &house.seller.post_once("/api/v1/accounts", "k-1", &request("Nordwind", "US", "4711")).expect(202),
    );
    let day = |ago: i64| {
        let at = Timestamp::now().checked_sub((ago * 24).hours()).unwrap();
        (at.to_string(), at.strftime("%Y-%m-%d").to_string())
    };
    for month in 1..6 {
        let (issued, paid) = (day(month * 30 + 40), day(month * 30 + 15));
        let number = format!("I{month}");
        let event = |id: String, kind: &str, at: &str, data: Value| {
            json!({"specversion": "1.0", "id": id, "source": "erp", "type": format!("io.kith.{kind}"), "time": at,
                "subject": "external:erp:4711", "data": data})
        };
        let invoice = json!({"invoice_no": number, "entity": "US", "amount": usd("900.00"), "issued_on": issued.1, "due_on": day(month * 30 + 10).1});
        let payment = json!({"payment_no": format!("P{month}"), "entity": "US", "amount": usd("900.00"), "received_on": paid.1,
            "allocations": [{"invoice_no": number, "amount": usd("900.00")}]});
        let events = json!([
            event(format!("i{month}"), "invoice.posted", &issued.0, invoice),
            event(format!("p{month}"), "payment.received", &paid.0, payment)
        ]);
        assert_eq!(house.ops.post("/api/v1/touchpoints", &events).expect(200)["accepted"], 2);
    }
    format!("/api/v1/accounts/{}", applied["target"].as_str().unwrap())
}

#[test]
fn a_card_is_trained_kept_and_put_in_force_by_those_who_change_the_policy() {
    on_each(|house| {
        let cfo = house.server.client().with_token(&person(&house.admin, "cfo", &["cfo"]));
        let analyst = house.server.client().with_token(&person(&house.admin, "analyst", &["credit_analyst"]));
        let path = customer(house);
        let before = house.seller.get(&format!("{path}/risk")).expect(200);
        assert_eq!(
            (&before["scorecard"], &before["drivers"][0]["id"]),
            (&Value::Null, &json!("days_beyond_terms"))
        );

        let text = past(400);
        let card = train(&analyst, "target=outcome&name=past.csv", &text).expect(201);
        assert_eq!(
            (&card["version"], &card["in_force"], &card["bad"]),
            (&json!(1), &json!(false), &json!("bad"))
        );
        assert_eq!(
            card["origin"],
            json!({"kind": "file", "name": "past.csv", "observed_on": null, "outcome_days": null})
        );
        assert_eq!(card["trained_by"], "analyst");
        assert_eq!(card["data_sha256"].as_str().map(str::len), Some(64));
        assert!(card["validated"]["auc"].as_f64().unwrap() > 0.7, "{card}");
        assert_eq!(card["trained"]["rows"], 400);
        let names = |card: &Value| -> Vec<String> {
            let columns = card["variables"].as_array().unwrap().iter();
            columns.map(|column| column["column"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(names(&card), ["days_beyond_terms"]);
        assert_eq!(card["left_out"], json!([{"column": "customer", "cause": "identifier", "iv": null}]));
        // The same rows again are another version, with the same card and the same hash.
        let again = train(&analyst, "target=OUTCOME&bad=bad&exclude=customer", &text).expect(201);
        assert_eq!((&again["version"], &again["variables"]), (&json!(2), &card["variables"]));
        assert_eq!(again["data_sha256"], card["data_sha256"]);
        let list = house.seller.get("/api/v1/scorecards").expect(200);
        assert_eq!(
            (&list["items"][0]["version"], &list["items"][0]["variables"][0]["bins"]),
            (&json!(2), &json!([]))
        );

        // Who sells does not train; who trains does not put in force; nobody does it alone.
        assert_eq!(problem(&train(&house.seller, "target=outcome", &text), 403).0, "access.denied");
        let alone = analyst.post_once("/api/v1/scorecards/1/activate", "a-0", &json!({}));
        assert_eq!(problem(&alone, 403).0, "access.denied");
        assert_eq!(problem(&activate(house, "7", "a-7"), 404).0, "scorecard.not_found");
        assert_eq!(problem(&house.nobody.get("/api/v1/scorecards"), 403).0, "access.denied");
        let change = activate(house, "1", "a-1").expect(202);
        assert_eq!((&change["operation"], &change["lane"]), (&json!("policy_set"), &json!("red")));
        assert_eq!(
            (&change["diff"][0]["path"], &change["diff"][0]["after"]),
            (&json!("/credit/scorecard"), &json!(1))
        );
        assert!(house.seller.get(&format!("{path}/risk")).expect(200)["scorecard"].is_null(), "it waits");
        assert_eq!(agree(house, &cfo, &change)["state"], "applied");

        let after = house.seller.get(&format!("{path}/risk")).expect(200);
        assert_eq!(
            (&after["scorecard"]["version"], &after["drivers"][0]["id"]),
            (&json!(1), &json!("scorecard"))
        );
        let parts = after["drivers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|driver| driver["contribution"].as_f64().unwrap());
        assert!((parts.sum::<f64>() - after["score"].as_f64().unwrap()).abs() < 1e-6, "{after}");
        assert!(after["scorecard"]["probability"].as_f64().unwrap() < 0.2, "paid on time: {after}");
        assert_eq!(house.seller.get("/api/v1/scorecards/1").expect(200)["in_force"], true);
        // It is so already; back to the expert card it goes the same way.
        activate(house, "1", "a-2").expect(200);
        let back = activate(house, "expert", "a-3").expect(202);
        agree(house, &cfo, &back);
        assert!(house.seller.get(&format!("{path}/risk")).expect(200)["scorecard"].is_null());
    });
}

#[test]
fn a_card_of_other_columns_scores_files_and_never_accounts() {
    on_each(|house| {
        let text = past(300).replace("days_beyond_terms", "points_lost");
        let card = train(&house.ar, "target=outcome&exclude=customer", &text).expect(201);
        assert_eq!(card["unknown_columns"], json!(["points_lost"]));
        let refused = problem(&activate(house, "1", "a-1"), 422);
        assert_eq!(refused.1, [("/credit/scorecard".to_owned(), "columns_unknown".to_owned())]);
        let score = |text: &str| {
            let path = "/api/v1/scorecards/1/score";
            house.seller.send("POST", path, &[("Content-Type", "text/csv")], text.as_bytes())
        };
        let told = score("id,points_lost\nA,0\nB,85\nC,\n").expect(200);
        let points = |at: usize| told["rows"][at]["points"].as_f64().unwrap();
        assert!(points(0) > points(1), "{told}");
        assert_eq!((&told["version"], &told["rows"][1]["line"]), (&json!(1), &json!(3)));
        assert_eq!(told["rows"][1]["reasons"][0]["column"], "points_lost");
        let lacking = problem(&score("id\nA\n"), 422);
        assert_eq!(
            (lacking.0.as_str(), lacking.1[0].0.as_str()),
            ("scorecard.rows_invalid", "/1/points_lost")
        );
        let wrong = problem(&score("points_lost\n1\nten\nNaN\ninf\n"), 422);
        let places: Vec<&str> = wrong.1.iter().map(|(place, _)| place.as_str()).collect();
        assert_eq!(places, ["/3/points_lost", "/4/points_lost", "/5/points_lost"]);
    });
}

#[test]
fn a_file_that_cannot_be_learned_from_is_refused_by_line_and_column() {
    on_each(|house| {
        let head = "late,kind,outcome\n";
        let rows = |bad: usize| {
            let row = |row: usize| {
                let (late, outcome) = if row < bad { (40 + row % 10, "bad") } else { (row % 20, "good") };
                format!("{late},{},{outcome}\n", ["a", "b"][row % 2])
            };
            (0..60).map(row).collect::<String>()
        };
        let good = rows(30);
        let cases: [(&str, &str, String, &[(&str, &str)]); 14] = [
            ("no target", "target=fate", format!("{head}{good}"), &[("/1/fate", "column_unknown")]),
            (
                "no such column to leave out",
                "target=outcome&exclude=x",
                format!("{head}{good}"),
                &[("/1/x", "column_unknown")],
            ),
            (
                "one class only",
                "target=outcome&bad=bad",
                format!("{head}{}", rows(60)),
                &[("/target", "one_class")],
            ),
            ("few of a class", "target=outcome", format!("{head}{}", rows(5)), &[("/target", "too_few")]),
            ("bad of no word", "target=kind", format!("{head}{good}"), &[("/bad", "bad_unknown")]),
            (
                "a bad that is not there",
                "target=outcome&bad=worse",
                format!("{head}{good}"),
                &[("/bad", "bad_unknown")],
            ),
            (
                "a word among numbers",
                "target=outcome",
                format!("{head}{good}many,a,good\n"),
                &[("/62/late", "not_a_number")],
            ),
            (
                "NaN and infinity",
                "target=outcome",
                format!("{head}{good}NaN,a,good\ninf,b,bad\n"),
                &[("/62/late", "not_finite"), ("/63/late", "not_finite")],
            ),
            (
                "missing values",
                "target=outcome",
                format!("{head}{good},a,good\n3,,bad\n4,a,\n"),
                &[("/64/outcome", "missing"), ("/62/late", "missing"), ("/63/kind", "missing")],
            ),
            ("a row cut short", "target=outcome", format!("{head}{good}3,a\n"), &[("/62", "cells")]),
            (
                "two columns of one name",
                "target=outcome",
                "late,Late,outcome\n1,2,bad\n".to_owned(),
                &[("/1/Late", "header")],
            ),
            ("a header alone", "target=outcome", head.to_owned(), &[("", "no_rows")]),
            ("nothing", "target=outcome", String::new(), &[("", "file_unreadable")]),
            ("a quote left open", "target=outcome", format!("{head}\"3,a,bad\n"), &[("", "file_unreadable")]),
        ];
        for (what, query, text, expected) in cases {
            let (code, faults) = problem(&train(&house.ar, query, &text), 422);
            assert_eq!(code, "scorecard.invalid", "{what}");
            let faults: Vec<(&str, &str)> =
                faults.iter().map(|(place, code)| (place.as_str(), code.as_str())).collect();
            assert_eq!(faults, expected, "{what}");
        }
        assert_eq!(problem(&train(&house.ar, "", head), 422).1[0].0, "/target");
        assert_eq!(problem(&train(&house.ar, "target=outcome&missing=zero", head), 422).1[0].0, "/missing");
        // A thousand mistakes are not a thousand lines.
        let many = format!("{head}{good}{}", "x,a,good\n".repeat(10));
        assert_eq!(problem(&train(&house.ar, "target=outcome", &many), 422).1.len(), 10);
        assert_eq!(house.ar.get("/api/v1/scorecards").expect(200)["items"], json!([]), "nothing was kept");
        // What is missing is a bin of its own where somebody says so.
        let gaps = format!("{head}{good},a,good\n,b,bad\n");
        train(&house.ar, "target=outcome&missing=bin", &gaps).expect(201);
        let learned = house.ar.post("/api/v1/scorecards/from-history", &json!({}));
        assert_eq!(problem(&learned, 422).1, [("/target".to_owned(), "one_class".to_owned())]);
        let days = house.ar.post("/api/v1/scorecards/from-history", &json!({"outcome_days": 5}));
        assert_eq!(days.status, 422);
    });
}
