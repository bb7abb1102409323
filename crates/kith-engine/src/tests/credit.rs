//! Credit holds that come and go by themselves.

use kith_domain::account::Account;
use kith_domain::value::AccountId;
use serde_json::{Value, json};

use super::{House, on_each};
use crate::noun::load;

async fn causes(house: &House, id: AccountId) -> Vec<String> {
    let found =
        house.engine.store().read(move |reader| load::<Account>(reader, &id.to_string())).await.unwrap();
    found.state.holds.iter().filter_map(|hold| hold.cause.clone()).collect()
}

fn event(id: &str, kind: &str, days: i64, data: &Value) -> Value {
    let at = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(24 * days);
    json!({"specversion": "1.0", "id": id, "source": "erp", "type": format!("io.kith.{kind}"),
        "time": at.to_string(), "subject": "external:erp:1", "data": data})
}

fn usd(amount: &str) -> Value {
    json!({"amount": amount, "currency": "USD"})
}

/// Invoices due long after the day on which the house stands, and one due 46 days before it.
fn invoice(number: &str, amount: &str, due: &str) -> Value {
    json!({"invoice_no": number, "entity": "US", "amount": usd(amount), "issued_on": "2026-10-01", "due_on": due})
}

#[test]
fn a_hold_comes_with_its_cause_and_goes_with_it() {
    on_each(|house| async move {
        let limit = json!({"credit_limit": usd("1000")});
        let id = house.account("Acme", "1", limit).await;
        // Over the limit, but not for a day yet.
        house.ingest(&[event("i-1", "invoice.posted", 0, &invoice("I-1", "1200", "2027-01-01"))]).await;
        assert_eq!(house.engine.tend_credit_holds().await.unwrap(), 0);
        // So it was two days ago, too.
        house.ingest(&[event("i-2", "invoice.posted", 2, &invoice("I-2", "1300", "2027-01-01"))]).await;
        assert_eq!(house.engine.tend_credit_holds().await.unwrap(), 1);
        assert_eq!(causes(&house, id).await, ["over_limit"]);
        assert_eq!(house.engine.tend_credit_holds().await.unwrap(), 0);
        // Paid down to 96 % it stays, at 95 % it goes.
        let pay = |number: &str, amount: &str| {
            let data = json!({"payment_no": number, "entity": "US", "amount": usd(amount), "received_on": "2026-11-20", "allocations": []});
            event(number, "payment.received", 0, &data)
        };
        house.ingest(&[pay("P-1", "1540")]).await;
        assert_eq!(house.engine.tend_credit_holds().await.unwrap(), 0);
        house.ingest(&[pay("P-2", "10")]).await;
        assert_eq!(house.engine.tend_credit_holds().await.unwrap(), 1);
        assert_eq!(causes(&house, id).await, Vec::<String>::new());
        // 46 days past due.
        house.ingest(&[event("i-3", "invoice.posted", 50, &invoice("I-3", "1", "2026-10-07"))]).await;
        assert_eq!(house.engine.tend_credit_holds().await.unwrap(), 1);
        assert_eq!(causes(&house, id).await, ["overdue"]);
        let told = json!({"payment_no": "P-3", "entity": "US", "amount": usd("1"), "received_on": "2026-11-21",
            "allocations": [{"invoice_no": "I-3", "amount": usd("1")}]});
        house.ingest(&[event("P-3", "payment.received", 0, &told)]).await;
        assert_eq!(house.engine.tend_credit_holds().await.unwrap(), 1);
        assert_eq!(causes(&house, id).await, Vec::<String>::new());
    });
}
