//! Orders that are refused before anything is decided: what cannot be, and numbers that were used for something else.

use serde_json::json;

use super::order::{bolts, customer, place};
use crate::house::{on_each, problem};

#[test]
fn places_days_and_numbers_that_cannot_be_are_refused_all_at_once() {
    on_each(|house| {
        customer(house, "1", "1000");
        let mut odd = bolts("1", "PO-0", 1);
        odd["order_no"] = json!("ord_mine");
        odd["parties"]["ship_to"]["country"] = json!("XX");
        odd["origin"] = json!({"city": "Nowhere", "country": "USA"});
        odd["requested_pickup"] = json!("2099-12-02");
        odd["lines"] = json!([{"item": "BOLT", "qty": 1, "line_no": "2"}, {"item": "BOLT", "qty": 1}, {"item": "BOLT", "qty": 1, "line_no": "2"}]);
        odd["stops"] = json!([{"type": "pickup", "window_from": "9999-01-01"}, {"type": "drop", "window_from": "2026-12-02", "window_to": "2026-12-01"}]);
        let (code, mut faults) = problem(&place(&house.seller, "o-0", &odd), 422);
        faults.sort();
        let faults: Vec<(&str, &str)> =
            faults.iter().map(|(pointer, code)| (pointer.as_str(), code.as_str())).collect();
        let expected = [
            ("/lines/1/line_no", "duplicate"),
            ("/lines/2/line_no", "duplicate"),
            ("/order_no", "order_no_invalid"),
            ("/origin/country", "country_unknown"),
            ("/parties/ship_to/country", "country_unknown"),
            ("/requested_delivery", "before_start"),
            ("/stops/0/window_from", "date_too_far"),
            ("/stops/1/window_to", "before_start"),
        ];
        assert_eq!((code.as_str(), faults), ("invalid", expected.to_vec()));
    });
}

#[test]
fn a_number_that_was_used_for_something_else_says_what_differs() {
    on_each(|house| {
        customer(house, "1", "1000");
        let order = place(&house.seller, "o-1", &bolts("1", "PO-1", 10)).expect(201);
        let other = bolts("1", "PO-1", 99);
        let refused = place(&house.seller, "o-3", &other);
        let (code, faults) = problem(&refused, 409);
        assert_eq!(code, "order.content_differs");
        assert_eq!(faults, [("/lines".to_owned(), "differs".to_owned())]);
        assert!(refused.json()["detail"].as_str().unwrap().contains("/lines"), "{}", refused.text());
        let mut figures = bolts("1", "PO-1", 10);
        figures["lines"][0]["qty"] = json!("10.0");
        figures["account"] = order["account"].clone();
        let same = place(&house.seller, "o-3b", &figures).expect(201);
        assert_eq!((&same["id"], &same["duplicate"]), (&order["id"], &json!(true)), "the same content");
        let mut ours = bolts("1", "PO-7", 3);
        ours["order_no"] = order["order_no"].clone();
        assert_eq!(problem(&place(&house.seller, "o-3c", &ours), 409).0, "order.number_taken");
        assert_eq!(
            house.seller.get("/api/v1/orders").expect(200)["items"].as_array().unwrap().len(),
            1,
            "nothing came of what was refused"
        );
    });
}
