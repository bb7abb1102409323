//! What an applicant is before it is taken on: no debtor, and nobody's match.

use serde_json::json;

use super::onboarding::{application, start, step};
use crate::house::on_each;

#[test]
fn what_an_applicant_asks_for_is_no_limit_before_it_is_taken_on() {
    on_each(|house| {
        let case = start(house, "a", &application("Acme"));
        let ask = json!({"account": case["account"], "entity": "US", "amount": {"amount": "100.00", "currency": "USD"}});
        let refused = house.seller.post_once("/api/v1/credit/reservations", "r", &ask);
        let text = refused.text();
        assert!(refused.status == 409 && text.contains("no_limit"), "{text}");
        let checked = house.seller.post("/api/v1/credit/check", &ask).expect(200);
        assert_eq!((&checked["outcome"], &checked["limit"]), (&json!("hold"), &json!(null)), "{checked}");
    });
}

#[test]
fn a_strong_hit_is_to_be_decided_before_it_is_a_match() {
    on_each(|house| {
        let headers = [("Content-Type", "text/csv")];
        let list = "id,name\n1,Acme Inc.\n2,Somebody Else\n";
        house.admin.send("POST", "/api/v1/screening/lists?name=own", &headers, list.as_bytes()).expect(201);
        let case = start(house, "a", &application("Acme"));
        let screening = step(&case, "screening");
        assert_eq!(screening["state"], "running", "{screening}");
        assert!(screening.to_string().contains("is to be decided"), "{screening}");
    });
}
