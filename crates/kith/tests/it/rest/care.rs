//! Ownership and care: portfolios, handing over, reviews that are due, the quality of data.

use serde_json::{Value, json};

use crate::house::{House, on_each, problem};

fn users(house: &House) -> (String, String) {
    let users = house.admin.get("/api/v1/users").expect(200);
    let id = |name: &str| {
        let found = users["items"].as_array().unwrap().iter().find(|user| user["name"] == name);
        found.unwrap()["id"].as_str().unwrap().to_owned()
    };
    (id("seller"), id("manager"))
}

/// An account that the seller answers for; gives its path.
fn managed(house: &House, name: &str, erp: &str, seller: &str) -> String {
    let account = house.account(name, "US", erp);
    let path = format!("/api/v1/accounts/{}", account["id"].as_str().unwrap());
    let edit = house.seller.patch(&path, "\"v1\"", &json!({"account_manager": seller})).expect(202);
    house.approve(&edit);
    path
}

#[test]
fn an_account_is_handed_over_with_all_that_belongs_to_it() {
    on_each(|house| {
        let (seller, manager) = users(house);
        let path = managed(house, "Acme", "1", &seller);
        house.seller.post(&format!("{path}/notes"), &json!({"text": "Mornings."})).expect(201);
        let open = house.seller.patch(&path, "\"v3\"", &json!({"tier": "strategic"})).expect(202);
        let hand = json!({"to": manager, "team": "North", "reason": "New territory"});
        let asked = house.seller.post_once(&format!("{path}/transfer"), "t", &hand).expect(202);
        assert_eq!(
            (&asked["state"], &asked["from"], &asked["to"]),
            (&json!("waiting"), &json!(seller), &json!(manager))
        );
        assert_eq!(asked["carried"]["open_changes"], json!([open["id"]]));
        assert_eq!(asked["carried"]["notes"], 1);
        house.approve(&asked["change"]);
        let after = house.seller.get(&path).expect(200);
        assert_eq!((&after["account_manager"], &after["team"]), (&json!(manager), &json!("North")));
        assert_eq!(after["note_log"][0]["text"], "Mornings.");
        let still =
            house.seller.get(&format!("/api/v1/changes/{}", open["id"].as_str().unwrap())).expect(200);
        assert_eq!(still["state"], "waiting");
        let nobody = house.seller.post_once(&format!("{path}/transfer"), "u", &json!({"to": "usr_x"}));
        assert_eq!(problem(&nobody, 422).1, [("/to".to_owned(), "user_unknown".to_owned())]);
        let body = json!({"name": "Vera", "email": "vera@house.example", "roles": ["viewer"]});
        let viewer = house.admin.post("/api/v1/users", &body).expect(200);
        let viewer = house.seller.post_once(&format!("{path}/transfer"), "v", &json!({"to": viewer["id"]}));
        assert_eq!(problem(&viewer, 422).1, [("/to".to_owned(), "role_unfit".to_owned())]);
    });
}

#[test]
fn a_portfolio_is_read_and_handed_over() {
    on_each(|house| {
        let (seller, manager) = users(house);
        let path = managed(house, "Acme", "1", &seller);
        managed(house, "Borealis", "2", &seller);
        house.account("Cobalt", "US", "3");
        let read = |user: &str| house.seller.get(&format!("/api/v1/users/{user}/portfolio")).expect(200);
        let portfolio = read(&seller);
        assert_eq!((&portfolio["accounts"], &portfolio["name"]), (&json!(2), &json!("seller")));
        assert_eq!(portfolio["data_below_target"], 2);
        assert_eq!(portfolio["items"][0]["name"], "Acme");
        let asked = house
            .seller
            .post_once(&format!("/api/v1/users/{seller}/transfer-portfolio"), "p", &json!({"to": manager}))
            .expect(200);
        assert_eq!(
            (&asked["accepted"], &asked["refused"], &asked["remaining"]),
            (&json!(2), &json!(0), &json!(0))
        );
        for item in asked["items"].as_array().unwrap() {
            house.approve(&item["change"]);
        }
        assert_eq!((&read(&seller)["accounts"], &read(&manager)["accounts"]), (&json!(0), &json!(2)));
        assert_eq!(house.seller.get(&path).expect(200)["account_manager"], json!(manager));
        problem(&house.seller.get("/api/v1/users/usr_x/portfolio"), 404);
    });
}

#[test]
fn reviews_fall_due_and_data_are_judged() {
    on_each(|house| {
        let account = house.account("Acme", "US", "1");
        let path = format!("/api/v1/accounts/{}", account["id"].as_str().unwrap());
        let due = |query: &str| house.seller.get(&format!("/api/v1/reviews{query}")).expect(200);
        assert_eq!(due("")["count"], 0);
        assert_eq!(due("?due=90")["count"], 1);
        house.seller.post(&format!("{path}/review"), &json!({"on": "2020-01-15"})).expect(200);
        let overdue = due("?due=overdue");
        assert_eq!((&overdue["count"], &overdue["items"][0]["review_overdue"]), (&json!(1), &json!(true)));
        problem(&house.seller.get("/api/v1/reviews?due=soon"), 422);
        let quality = house.seller.get(&format!("{path}/data-quality")).expect(200);
        assert_eq!((&quality["validity"], &quality["freshness"]), (&json!(1.0), &json!(1.0)));
        let missing: Vec<&str> =
            quality["missing_required"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert!(missing.contains(&"payment_terms"), "{quality}");
        let score = quality["score"].as_f64().unwrap();
        let filter = format!("data_quality > {} && data_quality < {}", score - 0.01, score + 0.01);
        let filter = filter.replace(' ', "%20").replace('>', "%3E").replace('<', "%3C").replace('&', "%26");
        let found =
            house.seller.get(&format!("/api/v1/accounts?filter={filter}&fields=data_quality")).expect(200);
        assert_eq!(found["items"][0]["name"], "Acme", "{found}");
    });
}
