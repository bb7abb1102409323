//! Payment behaviour over REST: of one account, and of the portfolio of whoever asks.

use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

use super::credit::customer;
use crate::house::{House, on_each, problem};

fn usd(amount: &str) -> Value {
    json!({"amount": amount, "currency": "USD"})
}

fn day(days_ago: i64) -> String {
    let at = Timestamp::now().checked_sub((days_ago * 24).hours()).unwrap();
    at.strftime("%Y-%m-%d").to_string()
}

fn event(erp: &str, id: &str, kind: &str, data: &Value) -> Value {
    json!({"specversion": "1.0", "id": id, "source": "erp", "type": format!("io.kith.{kind}"),
        "time": Timestamp::now().to_string(), "subject": format!("external:erp:{erp}"), "data": data})
}

/// Invoices, each with its account, number, amount, and how many days ago it was issued, due and, maybe, paid.
fn trade(house: &House, account: &str, invoices: &[(&str, &str, &str, i64, i64, Option<i64>)]) {
    let mut events = Vec::new();
    for (erp, no, amount, issued, due, paid) in invoices {
        let data = json!({"invoice_no": no, "entity": "US", "amount": usd(amount),
            "issued_on": day(*issued), "due_on": day(*due)});
        events.push(event(erp, &format!("i-{no}"), "invoice.posted", &data));
        if let Some(paid) = paid {
            let data = json!({"payment_no": format!("P-{no}"), "entity": "US", "amount": usd(amount),
                "received_on": day(*paid), "allocations": [{"invoice_no": no, "amount": usd(amount)}]});
            events.push(event(erp, &format!("p-{no}"), "payment.received", &data));
        }
    }
    let reply = house.ops.post("/api/v1/touchpoints", &json!(events)).expect(200);
    assert_eq!(reply["accepted"], events.len(), "{reply}");
    let path = format!("/api/v1/accounts/{account}/profile?min_position={}", reply["position"]);
    house.seller.get(&path).expect(200);
}

#[test]
fn an_account_and_the_portfolio_tell_how_they_pay() {
    on_each(|house| {
        let account = customer(house, "1", "10000");
        customer(house, "2", "5000");
        let of_account = format!("/api/v1/accounts/{account}/credit/payment-behaviour");
        let empty = house.seller.get(&format!("{of_account}?entity=US")).expect(200);
        assert_eq!((&empty["dso"], &empty["insufficient"]["dso"]), (&Value::Null, &json!("no_sales")));
        assert_eq!(empty["insufficient"]["collection_effectiveness"], "nothing_to_collect");
        assert_eq!(empty["insufficient"]["pay_index"], "nothing_due");
        assert_eq!(empty["insufficient"].get("high_credit"), None, "{empty}");
        trade(
            house,
            &account,
            &[
                ("1", "A1", "1000.00", 60, 30, Some(15)),
                ("1", "A2", "2000.00", 70, 45, None),
                ("1", "A3", "3000.00", 10, -20, None),
                ("2", "B1", "4000.00", 50, 20, Some(20)),
            ],
        );
        let seen = house.seller.get(&format!("{of_account}?entity=US")).expect(200);
        assert_eq!(seen["aging"]["current"], usd("3000.00"));
        assert_eq!(seen["aging"]["days_31_60"], usd("2000.00"));
        assert_eq!(seen["aging"]["total"], usd("5000.00"));
        assert_eq!((&seen["sales_90d"], &seen["dso"]), (&usd("6000.00"), &json!(75.0)));
        assert_eq!(
            (&seen["dso_best_possible"], &seen["average_days_delinquent"]),
            (&json!(45.0), &json!(30.0))
        );
        // 1000 and 2000 were open 30 days ago, 3000 came: 1000 was collected of 3000 that could be.
        assert_eq!(seen["collection_effectiveness"], 33.333333);
        assert_eq!((&seen["on_time"], &seen["judged"]), (&json!(0.0), &json!(2)));
        assert_eq!((&seen["high_credit"], &seen["utilisation_peak"]), (&usd("5000.00"), &json!(0.5)));
        assert_eq!(seen["insufficient"], json!({"broken_promises": "no_promises"}));
        let disputed = json!({"invoice_no": "A2", "amount": usd("600.00"), "reason": "Short delivery."});
        let reply = house
            .ops
            .post("/api/v1/touchpoints", &json!([event("1", "d-1", "invoice.disputed", &disputed)]))
            .expect(200);
        let path = format!("/api/v1/accounts/{account}/profile?min_position={}", reply["position"]);
        house.seller.get(&path).expect(200);
        let apart = house.seller.get(&format!("{of_account}?entity=US")).expect(200);
        assert_eq!((&apart["aging"]["disputed"], &apart["dispute_rate"]), (&usd("600.00"), &json!(0.1)));
        assert_eq!(apart["aging"]["total"], usd("5000.00"));
        // Both together, added up before anything is divided.
        let all = house.seller.get("/api/v1/credit/payment-behaviour").expect(200);
        assert_eq!((&all["accounts"], &all["entity"]), (&json!(2), &Value::Null));
        assert_eq!((&all["sales_90d"], &all["dso"]), (&usd("10000.00"), &json!(45.0)));
        assert_eq!(all["collection_effectiveness"], 71.428571);
        assert_eq!(all["high_credit"], Value::Null);
        let us = house.seller.get("/api/v1/credit/payment-behaviour?entity=US").expect(200);
        assert_eq!((&us["dso"], &us["entity"]), (&json!(45.0), &json!("US")));
        for path in [of_account.as_str(), "/api/v1/credit/payment-behaviour"] {
            let (code, at) = problem(&house.seller.get(&format!("{path}?entity=XX")), 422);
            assert_eq!((code.as_str(), at.len()), ("entity_unknown", 1));
        }
        problem(&house.seller.get("/api/v1/accounts/acc_unknown/credit/payment-behaviour"), 404);
    });
}
