//! The door of orders, case by case: what is asked in an odd way, and what comes of it.

use kith_testkit::http::Client;
use serde_json::{Value, json};

use super::order::{bolts, customer, place, usd};
use crate::house::{House, approve, on_each, problem, request};

/// What an order comes to: status, where it stands (or the problem's code), and what is said of it.
struct Case {
    what: &'static str,
    body: Value,
    status: u16,
    state: &'static str,
    /// Codes that are among the reasons, or faults with their places.
    said: &'static [&'static str],
    total: Option<&'static str>,
}

fn case(
    what: &'static str,
    body: Value,
    status: u16,
    state: &'static str,
    said: &'static [&'static str],
) -> Case {
    Case { what, body, status, state, said, total: None }
}

impl Case {
    fn of(mut self, total: &'static str) -> Self {
        self.total = Some(total);
        self
    }
}

/// An order of the first customer with something else in it.
fn with(number: &str, pointer: &str, value: Value) -> Value {
    let mut body = bolts("1", number, 10);
    let (above, name) = pointer.rsplit_once('/').unwrap();
    let place = body.pointer_mut(above).unwrap();
    match place {
        Value::Array(items) => items[name.parse::<usize>().unwrap()] = value,
        _ => place[name] = value,
    }
    body
}

/// An order for so many of something.
fn line(number: &str, item: &str, qty: Value) -> Value {
    with(number, "/lines", json!([{"item": item, "qty": qty}]))
}

/// An order that tells its customer otherwise.
fn from(number: &str, account: Option<&str>, sold_to: Value) -> Value {
    let mut body = bolts("1", number, 1);
    body.as_object_mut().unwrap().remove("account");
    if let Some(account) = account {
        body["account"] = json!(account);
    }
    if !sold_to.is_null() {
        body["parties"]["sold_to"] = sold_to;
    }
    body
}

#[track_caller]
fn holds(client: &Client, case: &Case, nth: usize) {
    let what = case.what;
    let reply = place(client, &format!("case-{nth}"), &case.body);
    assert_eq!(reply.status, case.status, "{what}: {}", reply.text());
    let told = reply.json();
    let (state, said): (String, Vec<String>) = if matches!(case.status, 201 | 202) {
        let reasons = told["reasons"].as_array().unwrap().iter();
        let said = reasons.map(|reason| reason["code"].as_str().unwrap().to_owned()).collect();
        (told["state"].as_str().unwrap().to_owned(), said)
    } else {
        let (code, faults) = problem(&reply, case.status);
        let mut said: Vec<String> = faults.iter().map(|(place, code)| format!("{place} {code}")).collect();
        let reasons = told["reasons"].as_array().into_iter().flatten();
        said.extend(reasons.map(|reason| reason["code"].as_str().unwrap().to_owned()));
        (code, said)
    };
    assert_eq!(state, case.state, "{what}: {told}");
    for wanted in case.said {
        assert!(said.iter().any(|one| one == wanted), "{what}: {wanted} is not among {said:?}");
    }
    if let Some(total) = case.total {
        assert_eq!(told["total"], usd(total), "{what}");
    }
    if case.status == 202 {
        assert!(!said.is_empty(), "{what}: held without a reason");
        assert_eq!(told["reservation_id"], Value::Null, "{what}: what is held holds no credit");
    }
}

/// Runs a table; what went would use up the limit, so each is called off again.
fn run(house: &House, cases: &[Case]) {
    for (nth, case) in cases.iter().enumerate() {
        holds(&house.seller, case, nth);
        let open = house.seller.get("/api/v1/orders?state=confirmed").expect(200);
        for order in open["items"].as_array().unwrap() {
            let path = format!("/api/v1/orders/{}/cancel", order["id"].as_str().unwrap());
            house.seller.post(&path, &json!({})).expect(200);
        }
    }
}

/// Prices by quantity, another currency, nothing at all, and a standard list.
fn priced(house: &House) {
    let path = "/api/v1/accounts/external:erp:1";
    let tag = house.seller.get(path).header("etag").unwrap().to_owned();
    let rows = json!({"pricing": [
        {"item": "NUT", "price": "2.00", "currency": "USD", "min_qty": "1"},
        {"item": "NUT", "price": "1.50", "currency": "USD", "min_qty": "100"},
        {"item": "EURO", "price": "5.00", "currency": "EUR"},
        {"item": "SAMPLE", "price": "0.00", "currency": "USD"},
        {"item": "OIL", "price": "3.00", "currency": "USD", "uom": "L"},
    ]});
    house.approve(&house.seller.patch(path, &tag, &rows).expect(202));
    let list = json!({"code": "STD", "name": "Standard", "currency": "USD", "is_standard": true,
        "rows": [{"item": "WASHER", "price": "0.25"}, {"item": "NUT", "price": "9.00"}]});
    house.admin.post_once("/api/v1/price-lists", "std", &list).expect(201);
}

#[test]
fn what_is_ordered_is_priced_by_customer_and_quantity_or_waits() {
    on_each(|house| {
        customer(house, "1", "1000");
        priced(house);
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
                201,
                "confirmed",
                &["total_differs"],
            )
            .of("100.00"),
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
                "ten thousand millions",
                line("P21", "BOLT", json!(10_000_000_000_u64)),
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

/// Other customers: without a limit, held, suspended, a prospect, two of one name, and one that was merged into the first.
fn others(house: &House) {
    let make = |erp: &str, more: Value| {
        let mut body = request(&format!("Customer {erp}"), "US", erp);
        body["pricing"] = json!([{"item": "BOLT", "price": "10.00", "currency": "USD"}]);
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        let waiting = house.seller.post_once("/api/v1/accounts", &format!("create-{erp}"), &body).expect(202);
        house.approve(&waiting)["target"].as_str().unwrap().to_owned()
    };
    let limit = usd("1000.00");
    make("nolimit", json!({"stage": "active"}));
    make("prospect", json!({"credit_limit": limit}));
    make("twin-1", json!({"name": "Twin Traders", "stage": "active", "credit_limit": limit}));
    make(
        "twin-2",
        json!({"name": "Twin Traders", "stage": "active", "credit_limit": limit, "accept_duplicates": true}),
    );
    let held = |erp: &str, kind: &str| {
        let id = make(erp, json!({"stage": "active", "credit_limit": limit}));
        let body = json!({"type": kind, "reason": "Looked into."});
        let reply = house.ar.post_once(&format!("/api/v1/accounts/{id}/holds"), erp, &body);
        if reply.status == 202 {
            house.approve(&reply.json());
        }
    };
    held("credit", "credit");
    held("compliance", "compliance");
    let loser = make("loser", json!({"stage": "active", "credit_limit": limit}));
    let survivor =
        house.seller.get("/api/v1/accounts/external:erp:1").expect(200)["id"].as_str().unwrap().to_owned();
    let body = json!({"loser": loser, "reason": "The same company."});
    let change =
        house.seller.post_once(&format!("/api/v1/accounts/{survivor}/merge"), "merge", &body).expect(202);
    approve(&house.manager, &house.controller, &change);
}

#[test]
fn whose_order_it_is_is_told_and_never_guessed() {
    on_each(|house| {
        let account = customer(house, "1", "1000");
        others(house);
        let number =
            house.seller.get(&format!("/api/v1/accounts/{account}")).expect(200)["account_number"].clone();
        let number = number.as_str().unwrap();
        let cases = [
            case("by its id", from("W1", Some(&account), Value::Null), 201, "confirmed", &[]),
            case("by its number", from("W2", Some(number), Value::Null), 201, "confirmed", &[]),
            case(
                "by the id of another system",
                from("W3", Some("external:erp:1"), Value::Null),
                201,
                "confirmed",
                &[],
            ),
            case("by the buyer's id", from("W4", None, json!({"account": account})), 201, "confirmed", &[]),
            case(
                "by an address",
                from("W5", None, json!({"email": "1@customer.example"})),
                201,
                "confirmed",
                &[],
            ),
            case(
                "by its name alone",
                from("W6", None, json!({"name": "harbour tools 1"})),
                201,
                "confirmed",
                &["matched_by_name"],
            ),
            case(
                "by a name of two",
                from("W7", None, json!({"name": "Twin Traders"})),
                202,
                "held",
                &["account_unsure"],
            ),
            case(
                "by a name of nobody",
                from("W8", None, json!({"name": "Nobody At All"})),
                202,
                "held",
                &["account_unknown"],
            ),
            case("by nothing", from("W9", None, Value::Null), 202, "held", &["account_unknown"]),
            case(
                "a number of nobody",
                from("W10", Some("C-999999"), Value::Null),
                202,
                "held",
                &["account_unknown"],
            ),
            case(
                "a number of nobody with a name",
                from("W11", Some("C-999999"), json!({"name": "Harbour Tools 1"})),
                202,
                "held",
                &["account_unsure"],
            ),
            case(
                "a number of one, the address of another",
                from("W12", Some(&account), json!({"email": "twin-1@customer.example"})),
                202,
                "held",
                &["account_unsure"],
            ),
            case(
                "a number of nobody, an address of one",
                from("W13", Some("C-999999"), json!({"email": "1@customer.example"})),
                202,
                "held",
                &["account_unsure"],
            ),
            case(
                "one that was merged",
                from("W14", Some("external:erp:loser"), Value::Null),
                201,
                "confirmed",
                &[],
            ),
            case(
                "no limit",
                from("W15", Some("external:erp:nolimit"), Value::Null),
                202,
                "held",
                &["no_limit"],
            ),
            case(
                "a prospect",
                from("W16", Some("external:erp:prospect"), Value::Null),
                409,
                "order_rejected",
                &["stage"],
            ),
            case(
                "on credit hold",
                from("W17", Some("external:erp:credit"), Value::Null),
                202,
                "held",
                &["credit_hold"],
            ),
            case(
                "held by compliance",
                from("W18", Some("external:erp:compliance"), Value::Null),
                409,
                "order_rejected",
                &["suspended"],
            ),
            case("over the limit", with("W19", "/lines/0/qty", json!(150)), 202, "held", &["over_limit"]),
            case(
                "paid before",
                {
                    let mut body = with("W20", "/lines/0/qty", json!(150));
                    body["paid"] = usd("1500.00");
                    body
                },
                201,
                "confirmed",
                &["prepaid"],
            ),
            case(
                "paid before in another currency",
                {
                    let mut body = with("W21", "/lines/0/qty", json!(150));
                    body["paid"] = json!({"amount": "1500.00", "currency": "EUR"});
                    body
                },
                202,
                "held",
                &["over_limit"],
            ),
            case(
                "by somebody unknown, by telephone",
                {
                    let mut body = bolts("1", "W22", 1);
                    body["source"] = json!({"channel": "phone"});
                    body["ordered_by"] = json!({"email": "x@elsewhere.example"});
                    body
                },
                202,
                "held",
                &["ordered_by_unknown"],
            ),
            case(
                "by a contact, by telephone",
                {
                    let mut body = bolts("1", "W23", 1);
                    body["source"] = json!({"channel": "phone"});
                    body["ordered_by"] = json!({"email": "Ann@Customer.example"});
                    body
                },
                201,
                "confirmed",
                &[],
            ),
        ];
        run(house, &cases);
        let merged = house.seller.get("/api/v1/orders?state=cancelled&limit=200").expect(200);
        let merged = merged["items"].as_array().unwrap().iter().find(|one| one["customer_order_no"] == "W14");
        assert_eq!(
            merged.map(|one| &one["account"]),
            Some(&json!(account)),
            "it goes to whom it was merged into"
        );
        let unsure = house.seller.get("/api/v1/orders?state=held&limit=200").expect(200);
        let unsure =
            unsure["items"].as_array().unwrap().iter().find(|one| one["customer_order_no"] == "W12").unwrap();
        assert_eq!(
            unsure["match"]["candidates"].as_array().map(Vec::len),
            Some(2),
            "both are told: {unsure}"
        );
    });
}

#[test]
fn each_state_says_what_may_still_be_done() {
    on_each(|house| {
        customer(house, "1", "1000");
        let one = |number: &str, qty: u32| place(&house.seller, number, &bolts("1", number, qty)).json();
        let act = |order: &Value, verb: &str, body: Value| {
            house.seller.post(&format!("/api/v1/orders/{}/{verb}", order["id"].as_str().unwrap()), &body)
        };
        let lines = |qty: u32| json!({"lines": [{"item": "BOLT", "qty": qty}]});
        // Held: what fits now goes, what is called off is gone.
        let held = one("S1", 150);
        assert_eq!(act(&held, "amend", lines(20)).expect(200)["state"], "confirmed");
        let held = one("S2", 150);
        assert_eq!(act(&held, "cancel", json!({})).expect(200)["state"], "cancelled");
        assert_eq!(problem(&act(&held, "amend", lines(1)), 409).0, "order.not_open");
        // Rejected: it counted, and is not touched again.
        let far = place(&house.seller, "S3", &bolts("1", "S3", 900));
        let rejected =
            json!({"id": house.seller.get("/api/v1/orders?state=rejected").expect(200)["items"][0]["id"]});
        assert_eq!(problem(&far, 409).0, "order_rejected");
        for verb in ["cancel", "amend"] {
            assert_eq!(
                problem(&act(&rejected, verb, if verb == "amend" { lines(1) } else { json!({}) }), 409).0,
                "order.not_open",
                "{verb}"
            );
        }
        assert_eq!(
            problem(
                &house.ar.post(
                    &format!("/api/v1/orders/{}/release", rejected["id"].as_str().unwrap()),
                    &json!({})
                ),
                409
            )
            .0,
            "order.not_held"
        );
        // Another body under a key that was used; the same number with another content; nothing for nobody.
        assert_eq!(
            problem(&place(&house.seller, "S1", &bolts("1", "S1", 7)), 422).0,
            "idempotency_key_reused"
        );
        assert_eq!(
            problem(&place(&house.seller, "S1b", &bolts("1", "S1", 7)), 409).0,
            "order.content_differs"
        );
        assert_eq!(problem(&act(&json!({"id": "ord_none"}), "cancel", json!({})), 404).0, "order.not_found");
        assert_eq!(problem(&place(&house.nobody, "S9", &bolts("1", "S9", 1)), 403).0, "access.denied");
        assert_eq!(problem(&place(&house.german, "S10", &bolts("1", "S10", 1)), 404).0, "account.not_found");
    });
}
