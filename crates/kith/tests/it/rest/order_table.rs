//! The door of orders, case by case: odd items, quantities, prices and sums, and what comes of them.

use serde_json::{Value, json};

use super::order::{bolts, customer, place, usd};
use super::order_case::{case, line, run, with};
use crate::house::{House, on_each};

/// Prices by quantity, another currency, nothing at all, and a standard list.
fn priced(house: &House, account: &str) {
    let path = format!("/api/v1/accounts/{account}");
    let tag = house.seller.get(&path).header("etag").unwrap().to_owned();
    let rows = json!({"pricing": [
        {"action": "add", "item": "NUT", "price": "2.00", "currency": "USD", "min_qty": "1", "max_qty": "99"},
        {"action": "add", "item": "NUT", "price": "1.50", "currency": "USD", "min_qty": "100"},
        {"action": "add", "item": "EURO", "price": "5.00", "currency": "EUR"},
        {"action": "add", "item": "SAMPLE", "price": "0.00", "currency": "USD"},
        {"action": "add", "item": "OIL", "price": "3.00", "currency": "USD", "uom": "L"},
    ]});
    house.approve(&house.seller.patch(&path, &tag, &rows).expect(202));
    let list = json!({"code": "STD", "name": "Standard", "currency": "USD", "is_standard": true,
        "rows": [{"item": "WASHER", "price": "0.25"}, {"item": "NUT", "price": "9.00"}]});
    house.admin.post_once("/api/v1/price-lists", "std", &list).expect(201);
}

#[test]
fn what_is_ordered_is_priced_by_customer_and_quantity_or_waits() {
    on_each(|house| {
        let account = customer(house, "1", "1000");
        priced(house, &account);
        let cases = [
            case("a price of its own", bolts("1", "P1", 10), 201, "confirmed", &[]).of("100.00"),
            case("below the tier", line("P2", "NUT", json!(99)), 201, "confirmed", &[]).of("198.00"),
            case("at the tier", line("P3", "NUT", json!(100)), 201, "confirmed", &[]).of("150.00"),
            case("a part of one", line("P4", "NUT", json!("0.5")), 202, "held", &["no_price"]),
            case("from the standard list", line("P5", "WASHER", json!(8)), 201, "confirmed", &[]).of("2.00"),
            case("a unit nobody prices", with("P6", "/lines/0/uom", json!("KG")), 202, "held", &["no_price"]),
            case(
                "a unit of the price",
                with("P7", "/lines", json!([{"item": "OIL", "qty": 2, "uom": "l"}])),
                201,
                "confirmed",
                &[],
            )
            .of("6.00"),
            case(
                "a price in another currency",
                line("P8", "EURO", json!(1)),
                202,
                "held",
                &["no_price", "amount_unknown"],
            ),
            case(
                "an item nobody knows",
                line("P9", "GHOST", json!(1)),
                202,
                "held",
                &["no_price", "amount_unknown"],
            ),
            case(
                "the given price where we have none",
                with("P10", "/lines", json!([{"item": "GHOST", "qty": 2, "price": "7.00"}])),
                202,
                "held",
                &["no_price"],
            )
            .of("14.00"),
            case(
                "a given price that is not ours",
                with("P11", "/lines/0/price", json!("9.99")),
                202,
                "held",
                &["price_differs"],
            )
            .of("100.00"),
            case(
                "a given price that is ours",
                with("P12", "/lines/0/price", json!("10")),
                201,
                "confirmed",
                &[],
            )
            .of("100.00"),
            case(
                "a price per hundred",
                with("P13", "/lines", json!([{"item": "BOLT", "qty": 10, "price": "1000.00", "per": "100"}])),
                201,
                "confirmed",
                &[],
            )
            .of("100.00"),
            case(
                "a sum that is not ours",
                with("P14", "/total", usd("90.00")),
                201,
                "confirmed",
                &["total_differs"],
            )
            .of("100.00"),
            case("a sum that is ours", with("P15", "/total", usd("100.00")), 201, "confirmed", &[])
                .of("100.00"),
            case(
                "a sum in another currency",
                with("P16", "/total", json!({"amount": "100.00", "currency": "EUR"})),
                202,
                "held",
                &["no_price", "amount_unknown"],
            ),
            case(
                "charges count",
                with("P17", "/charges", json!([{"code": "freight", "amount": usd("5.50")}])),
                201,
                "confirmed",
                &[],
            )
            .of("105.50"),
            case(
                "a charge in another currency",
                with(
                    "P18",
                    "/charges",
                    json!([{"code": "freight", "amount": {"amount": "5.50", "currency": "EUR"}}]),
                ),
                202,
                "held",
                &["amount_unknown"],
            ),
            case("nothing to pay", line("P19", "SAMPLE", json!(3)), 202, "held", &["amount_zero"]).of("0.00"),
            case(
                "a currency nobody sells in",
                with("P20", "/currency", json!("JPY")),
                202,
                "held",
                &["no_price"],
            ),
            case(
                "ten millions",
                line("P21", "BOLT", json!(9_999_999)),
                409,
                "order_rejected",
                &["far_over_limit"],
            ),
            case(
                "more than can be counted",
                line("P22", "BOLT", json!("99999999999999999999")),
                422,
                "invalid",
                &["/lines/0/qty out_of_range"],
            ),
        ];
        run(house, &cases);
        // A person lets go what comes to nothing, and it is an order like any other.
        let free = place(&house.seller, "free", &line("P30", "SAMPLE", json!(1))).expect(202);
        let path = format!("/api/v1/orders/{}/release", free["id"].as_str().unwrap());
        let gone = house.ar.post(&path, &json!({"reason": "Samples."})).expect(200);
        assert_eq!((&gone["state"], &gone["total"]), (&json!("confirmed"), &usd("0.00")), "{gone}");
    });
}

#[test]
fn figures_that_cannot_be_are_refused_at_their_place() {
    on_each(|house| {
        customer(house, "1", "1000");
        let text = "x".repeat(200);
        let cases = [
            case(
                "nothing of it",
                with("F1", "/lines/0/qty", json!(0)),
                422,
                "invalid",
                &["/lines/0/qty out_of_range"],
            ),
            case("less than nothing", with("F2", "/lines/0/qty", json!(-1)), 422, "invalid", &[]),
            case("less than nothing as a text", with("F3", "/lines/0/qty", json!("-1")), 422, "invalid", &[]),
            case("no figure", with("F4", "/lines/0/qty", json!("ten")), 422, "invalid", &[]),
            case("no quantity", with("F5", "/lines/0/qty", Value::Null), 422, "invalid", &[]),
            case("yes", with("F6", "/lines/0/qty", json!(true)), 422, "invalid", &[]),
            case("five places", with("F7", "/lines/0/qty", json!("1.00001")), 422, "invalid", &[]),
            case("a price below nothing", with("F8", "/lines/0/price", json!("-1.00")), 422, "invalid", &[]),
            case(
                "per nothing",
                with("F9", "/lines", json!([{"item": "BOLT", "qty": 1, "price": "1", "per": "0"}])),
                422,
                "invalid",
                &["/lines/0/per out_of_range"],
            ),
            case(
                "no item",
                with("F10", "/lines/0/item", json!(" ")),
                422,
                "invalid",
                &["/lines/0/item required"],
            ),
            case("a member nobody knows", with("F11", "/lines/0/qyt", json!(1)), 422, "invalid", &[]),
            case("lines that are no list", with("F12", "/lines", json!("BOLT")), 422, "invalid", &[]),
            case(
                "no lines",
                with("F13", "/lines", json!([])),
                422,
                "order_rejected",
                &["/lines lines_missing"],
            ),
            case(
                "a sum below nothing",
                with("F14", "/total", usd("-1.00")),
                422,
                "invalid",
                &["/total money_invalid"],
            ),
            case(
                "paid below nothing",
                with("F15", "/paid", usd("-1.00")),
                422,
                "invalid",
                &["/paid money_invalid"],
            ),
            case(
                "a number with a bell",
                with("F16", "/order_no", json!("SO\u{7}1")),
                422,
                "invalid",
                &["/order_no order_no_invalid"],
            ),
            case(
                "a number of blanks",
                with("F17", "/customer_order_no", json!("  ")),
                422,
                "invalid",
                &["/customer_order_no required"],
            ),
            case(
                "a unit too long",
                with("F18", "/lines/0/uom", json!(text)),
                422,
                "invalid",
                &["/lines/0/uom too_long"],
            ),
            case(
                "a group too long",
                with("F19", "/lines/0/item_group", json!(text)),
                422,
                "invalid",
                &["/lines/0/item_group too_long"],
            ),
            case(
                "a control number too long",
                with("F20", "/source", json!({"control_no": text})),
                422,
                "invalid",
                &["/source/control_no too_long"],
            ),
            case(
                "a delivery of yesteryear",
                with("F21", "/requested_delivery", json!("2020-01-01")),
                201,
                "confirmed",
                &["date_over"],
            ),
            case(
                "freight from nowhere",
                with("F22", "/type", json!("freight")),
                422,
                "order_rejected",
                &["/origin route_missing"],
            ),
        ];
        run(house, &cases);
        assert_eq!(house.seller.get("/api/v1/orders?state=held").expect(200)["items"], json!([]));
    });
}
