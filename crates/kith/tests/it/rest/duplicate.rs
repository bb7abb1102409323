//! Duplicates: asked about when an account is created, scanned for, dismissed and remembered.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::house::{House, on_each, problem};

/// Nordwind, with what tells it from others.
fn nordwind(name: &str, email: &str) -> Value {
    json!({"name": name, "email": email, "owning_entity": "DE", "currency": "EUR", "phone": "+49 40 1234567",
        "addresses": [{"kinds": ["billing"], "lines": ["Am Kai 3"], "city": "Hamburg", "postal_code": "20457", "country": "DE"}]})
}

fn create(house: &House, body: &Value, key: &str) -> Value {
    house.approve(&house.seller.post_once("/api/v1/accounts", key, body).expect(202))
}

#[test]
fn a_pair_is_merged_by_its_approvers_and_closed() {
    on_each(|house| {
        create(house, &nordwind("Nordwind Logistik GmbH", "info@nordwind.example"), "k-1");
        let mut twin = nordwind("Nordwind Logistik", "kontakt@nordwind.example");
        twin["accept_duplicates"] = json!(true);
        create(house, &twin, "k-2");
        let [found] = pairs(house, "").try_into().unwrap();
        for list in ["duplicates", "duplicates/clusters"] {
            let unread = house.seller.get(&format!("/api/v1/{list}?cursor=nonsense"));
            assert_eq!(problem(&unread, 422).1, [("/cursor".to_owned(), "cursor_invalid".to_owned())]);
        }
        let path = format!("/api/v1/duplicates/{}/merge", found["id"].as_str().unwrap());
        let stranger = json!({"survivor": "acc_0198b2c4d5e67f8091a2b3c4d5e6f7ff"});
        assert_eq!(problem(&house.seller.post(&path, &stranger), 422).0, "duplicate.not_of_the_pair");
        let survivor = json!({"survivor": found["left"]["id"]});
        let reply = house.seller.post(&path, &survivor);
        assert_eq!(reply.json()["operation"], "account_merge", "{}", reply.text());
        assert_eq!(pairs(house, "").len(), 1, "nothing is merged before its approvers agree");
        settle(house, reply);
        assert!(pairs(house, "").is_empty());
        let [merged] = pairs(house, "?state=merged").try_into().unwrap();
        assert_eq!(merged["survivor"], found["left"]["id"]);
        let one = found["left"]["id"].as_str().unwrap();
        let body = json!({"loser": found["right"]["id"], "reason": "Two companies after all."});
        settle(house, house.seller.post_once(&format!("/api/v1/accounts/{one}/unmerge"), "u", &body));
        let [open] = pairs(house, "").try_into().unwrap();
        assert_eq!((&open["id"], &open["survivor"]), (&found["id"], &json!(null)), "for a person again");
    });
}

/// An edit on record, approved by whoever must.
fn edit(house: &House, id: &str, patch: &Value) {
    let path = format!("/api/v1/accounts/{id}");
    let tag = house.seller.get(&path).header("etag").unwrap().to_owned();
    settle(house, house.seller.patch(&path, &tag, patch));
}

/// Approves a change as far as somebody must.
fn settle(house: &House, mut reply: kith_testkit::http::Reply) {
    while reply.status == 202 || reply.json()["state"] == "waiting" {
        let change = reply.json();
        let step =
            change["steps"].as_array().unwrap().iter().find(|step| step["state"] == "waiting").unwrap();
        let client = match step["role"].as_str().unwrap() {
            "controller" => &house.controller,
            "manager" => &house.manager,
            _ => &house.ar,
        };
        reply =
            client.post(&format!("/api/v1/changes/{}/approve", change["id"].as_str().unwrap()), &json!({}));
        assert_eq!(reply.status, 200, "{}", reply.text());
    }
    assert_eq!(reply.status, 200, "{}", reply.text());
}

fn pairs(house: &House, query: &str) -> Vec<Value> {
    let listed = house.seller.get(&format!("/api/v1/duplicates{query}")).expect(200);
    listed["items"].as_array().unwrap().clone()
}

fn scan(house: &House) -> Value {
    assert_eq!(house.seller.post("/api/v1/duplicates/scan", &json!({})).expect(202)["state"], "running");
    let until = Instant::now() + Duration::from_secs(60);
    loop {
        let scan = house.seller.get("/api/v1/duplicates/scan").expect(200);
        if scan["state"] != "running" {
            assert_eq!(scan["state"], "finished", "{scan}");
            return scan;
        }
        assert!(Instant::now() < until, "{scan}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_new_account_that_is_probably_there_is_asked_about() {
    on_each(|house| {
        create(house, &nordwind("Nordwind Logistik GmbH", "info@nordwind.example"), "k-1");
        let mut again = nordwind("NORDWIND LOGISTIK Gesellschaft mbH", "sales@nordwind.example");
        let reply = house.seller.post_once("/api/v1/accounts", "k-2", &again);
        assert_eq!(problem(&reply, 409).0, "probable_duplicate");
        let asked = reply.json();
        let candidate = &asked["candidates"][0];
        assert_eq!(candidate["account"]["name"], "Nordwind Logistik GmbH", "{asked}");
        assert!(candidate["probability"].as_f64().unwrap() >= 0.99);
        let steps = candidate["waterfall"].as_array().unwrap();
        let sum: f64 = steps.iter().map(|step| step["weight"].as_f64().unwrap()).sum();
        let told = candidate["weight"].as_f64().unwrap();
        assert!((candidate["prior_weight"].as_f64().unwrap() + sum - told).abs() < 1e-3, "{candidate}");
        let reply = house.german.post_once("/api/v1/accounts", "k-3", &again);
        assert_eq!(problem(&reply, 409).0, "probable_duplicate");

        again["accept_duplicates"] = json!("perhaps");
        let (_, errors) = problem(&house.seller.post_once("/api/v1/accounts", "k-2", &again), 422);
        assert_eq!(errors, [("/accept_duplicates".to_owned(), "type".to_owned())]);
        again["accept_duplicates"] = json!(true);
        let change = house.seller.post_once("/api/v1/accounts", "k-2", &again).expect(202);
        let warned = change["warnings"].to_string();
        assert!(warned.contains("C-000001"), "the approvers see it: {warned}");

        let other = json!({"name": "Zebra Timber", "email": "office@zebra.example", "owning_entity": "DE"});
        house.seller.post_once("/api/v1/accounts", "k-4", &other).expect(202);
    });
}

#[test]
fn pairs_are_scanned_for_dismissed_and_remembered() {
    on_each(|house| {
        create(house, &nordwind("Nordwind Logistik GmbH", "info@nordwind.example"), "k-1");
        let mut twin = nordwind("Nordwind Logistik", "kontakt@nordwind.example");
        twin["accept_duplicates"] = json!(true);
        let twin = create(house, &twin, "k-2");
        let [found] = pairs(house, "").try_into().unwrap();
        assert_eq!(found["left"]["account_number"], "C-000001", "{found}");
        assert!(found["probability"].as_f64().unwrap() >= 0.99, "{found}");
        assert!(pairs(house, "?min_probability=1").is_empty());

        let path = format!("/api/v1/duplicates/{}", found["id"].as_str().unwrap());
        assert_eq!(house.seller.get(&path).expect(200), found);
        assert_eq!(
            problem(&house.seller.post(&format!("{path}/dismiss"), &json!({"reason": " "})), 422).0,
            "duplicate.reason_required"
        );
        let reason = json!({"reason": "Two branches with their own books."});
        let dismissed = house.seller.post(&format!("{path}/dismiss"), &reason).expect(200);
        assert_eq!((&dismissed["state"], &dismissed["reason"]), (&json!("dismissed"), &reason["reason"]));

        assert_eq!(scan(house)["pairs"], 1);
        assert!(pairs(house, "").is_empty(), "what was dismissed stays dismissed");
        assert_eq!(pairs(house, "?state=dismissed").len(), 1);

        let id = twin["target"].as_str().unwrap();
        edit(house, id, &json!({"phone": "+49 40 7654321"}));
        assert_eq!(pairs(house, "").len(), 1, "a field changed on which it was judged");

        edit(house, id, &json!({"name": "Zebra Timber", "email": "office@zebra.example"}));
        scan(house);
        assert!(pairs(house, "").is_empty(), "they are alike no more");
        assert_eq!(problem(&house.seller.get("/api/v1/duplicates?state=odd"), 422).1[0].0, "/state");
    });
}

/// Nordwind with a tax number, and with another one.
fn taxed(name: &str, email: &str, number: &str) -> Value {
    let mut body = nordwind(name, email);
    body["tax_id"] = json!({"kind": "vat", "value": number, "country": "DE"});
    body["accept_duplicates"] = json!(true);
    body
}

#[test]
fn what_is_alike_stands_in_one_cluster_unless_a_tax_number_says_no() {
    on_each(|house| {
        create(house, &taxed("Nordwind Logistik GmbH", "info@nordwind.example", "DE136695976"), "k-1");
        let mut twin = nordwind("Nordwind Logistik", "kontakt@nordwind.example");
        twin["accept_duplicates"] = json!(true);
        create(house, &twin, "k-2");
        let clusters = |query: &str| {
            let page = house.seller.get(&format!("/api/v1/duplicates/clusters{query}")).expect(200);
            page["items"].as_array().unwrap().clone()
        };
        let [found] = clusters("").try_into().unwrap();
        assert_eq!(
            (found["accounts"].as_array().unwrap().len(), &found["vetoes"]),
            (2, &json!([])),
            "{found}"
        );
        assert_eq!(found["pairs"][0]["id"], pairs(house, "")[0]["id"]);
        create(house, &taxed("Nordwind Logistik", "hafen@nordwind.example", "DE811569869"), "k-3");
        let [found] = clusters("?limit=1").try_into().unwrap();
        assert_eq!(found["accounts"].as_array().unwrap().len(), 2, "{found}");
        let [veto] = found["vetoes"].as_array().unwrap().clone().try_into().unwrap();
        assert_eq!(veto["field"], "tax_id");
        let values: Vec<&str> = ["left_value", "right_value"].map(|side| veto[side].as_str().unwrap()).into();
        assert!(
            values.iter().all(|value| value.contains("136695976") || value.contains("811569869")),
            "{veto}"
        );
        assert_ne!(values[0], values[1]);
        let reply = house.seller.get("/api/v1/duplicates/clusters?min_probability=2");
        assert_eq!(problem(&reply, 422).1[0].0, "/min_probability");
    });
}
