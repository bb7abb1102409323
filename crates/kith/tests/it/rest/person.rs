//! Who asks: the person, their preferences, their sessions; links to choose a password; nobody raises own rights.

use serde_json::{Value, json};

use crate::house::{House, on_each, problem};

fn user(house: &House, name: &str) -> String {
    let users = house.admin.get("/api/v1/users").expect(200);
    let found = users["items"].as_array().unwrap().iter().find(|user| user["name"] == name).cloned();
    found.unwrap()["id"].as_str().unwrap().to_owned()
}

#[test]
fn people_choose_how_they_want_the_pages() {
    on_each(|house| {
        let me = house.seller.get("/api/v1/me").expect(200);
        assert_eq!((&me["user"]["name"], &me["user"]["theme"]), (&json!("seller"), &Value::Null));
        assert!(me["grants"].as_array().unwrap().contains(&json!("accounts_write")), "{me}");
        let set = |body: Value| house.seller.post("/api/v1/users/me/preferences", &body);
        let chosen =
            set(json!({"theme": "dark", "density": "compact", "shortcuts": false, "locale": "de-AT"}));
        let chosen = chosen.expect(200);
        assert_eq!((&chosen["theme"], &chosen["shortcuts"]), (&json!("dark"), &json!(false)), "{chosen}");
        let (_, mut errors) =
            problem(&set(json!({"theme": "loud", "font": "serif", "timezone": "Mars"})), 422);
        errors.sort();
        let places: Vec<&str> = errors.iter().map(|(place, _)| place.as_str()).collect();
        assert_eq!(places, ["/font", "/theme", "/timezone"]);
        problem(&set(json!({"colour": "red"})), 422);
        assert_eq!(house.ar.get("/api/v1/me").expect(200)["user"]["theme"], Value::Null, "nobody else's");
    });
}

#[test]
fn nobody_raises_own_rights_and_a_link_takes_no_approver_over() {
    on_each(|house| {
        let me = house.admin.get("/api/v1/me").expect(200)["user"]["id"].as_str().unwrap().to_owned();
        let roles = |user: &str, roles: Value| {
            house.admin.post(&format!("/api/v1/users/{user}/roles"), &json!({"roles": roles}))
        };
        assert_eq!(problem(&roles(&me, json!(["admin", "cfo"])), 403).0, "user.own_rights");
        roles(&me, json!(["admin", "admin@US"])).expect(200);
        let link = |user: &str| house.admin.post(&format!("/api/v1/users/{user}/activation"), &json!({}));
        let opened = link(&user(house, "ar")).expect(200);
        assert!(opened["path"].as_str().unwrap().starts_with("/activate/usr_"), "{opened}");
        let body = json!({"name": "Cleo", "email": "cleo@house.example", "roles": ["cfo"],
            "password": "correct horse battery"});
        let cleo = house.admin.post("/api/v1/users", &body).expect(200);
        assert_eq!(problem(&link(cleo["id"].as_str().unwrap()), 409).0, "user.keeps_password");
        problem(&house.seller.post(&format!("/api/v1/users/{me}/activation"), &json!({})), 403);
    });
}

#[test]
fn suspended_people_come_back_and_sessions_end() {
    on_each(|house| {
        let seller = user(house, "seller");
        let act = |client: &kith_testkit::http::Client, act: &str| {
            client.post(&format!("/api/v1/users/{seller}/{act}"), &json!({}))
        };
        act(&house.admin, "suspend").expect(200);
        problem(&house.seller.get("/api/v1/accounts"), 401);
        assert_eq!(act(&house.admin, "reinstate").expect(200)["status"], "active");
        house.seller.get("/api/v1/accounts").expect(200);
        assert_eq!(problem(&act(&house.ar, "sessions/end"), 403).0, "user.not_own_sessions");
        act(&house.admin, "sessions/end").expect(200);
        house.seller.post("/api/v1/users/me/sessions/end", &json!({})).expect(200);
        house.seller.get("/api/v1/accounts").expect(200);
    });
}

#[test]
fn the_organisation_its_entities_and_rates_are_kept() {
    on_each(|house| {
        let kind = [("Content-Type", "application/merge-patch+json")];
        let patch =
            |path: &str, body: Value| house.admin.send("PATCH", path, &kind, body.to_string().as_bytes());
        let changed =
            patch("/api/v1/organisation", json!({"name": "House & Sons", "timezone": "Europe/Berlin"}));
        let changed = changed.expect(200);
        assert_eq!(
            (&changed["name"], &changed["timezone"]),
            (&json!("House & Sons"), &json!("Europe/Berlin"))
        );
        let wrong = patch("/api/v1/organisation", json!({"name": "", "timezone": "Mars"}));
        let places: Vec<String> = problem(&wrong, 422).1.into_iter().map(|(place, _)| place).collect();
        assert_eq!(places, ["/name", "/timezone"]);
        let entity = patch("/api/v1/entities/DE", json!({"name": "Haus GmbH", "timezone": "Europe/Berlin"}));
        let entity = entity.expect(200)["entities"][1].clone();
        assert_eq!((&entity["name"], &entity["currency"]), (&json!("Haus GmbH"), &json!("EUR")));
        problem(&patch("/api/v1/entities/DE", json!({"currency": "USD"})), 422);
        problem(&patch("/api/v1/entities/MARS", json!({"name": "Base"})), 404);
        let quote = |day: &str, base: &str| json!({"base": base, "quote": "EUR", "day": day, "rate": "0.9", "source": "ecb"});
        let rates = json!({"rates": [quote("2026-01-02", "USD"), quote("2026-01-03", "USD"), quote("2026-01-03", "GBP")]});
        house.admin.post("/api/v1/fx-rates", &rates).expect(200);
        let list = |query: &str| house.seller.get(&format!("/api/v1/fx-rates{query}"));
        let first = list("?limit=2").expect(200);
        assert_eq!(first["items"][0]["day"], "2026-01-03");
        let rest = list(&format!("?limit=2&cursor={}", first["next_cursor"].as_str().unwrap())).expect(200);
        assert_eq!((&rest["items"][0]["day"], &rest["has_more"]), (&json!("2026-01-02"), &json!(false)));
        assert_eq!(list("?base=gbp").expect(200)["items"].as_array().unwrap().len(), 1);
        assert_eq!(problem(&list("?cursor=nonsense"), 422).1[0].1, "cursor_invalid");
    });
}

#[test]
fn a_custom_field_has_help_limits_and_a_place_and_is_in_the_document() {
    on_each(|house| {
        let add = |body: Value| house.admin.post("/api/v1/custom-fields", &body);
        add(json!({"name": "docks", "type": "number", "min": "0", "max": "40", "help": "Count the gates."}))
            .expect(201);
        add(json!({"name": "gate", "type": "text", "mask": "AA-99", "position": 0})).expect(201);
        let (_, errors) = problem(&add(json!({"name": "x", "type": "bool", "min": "0"})), 422);
        assert_eq!(errors, [("/min".to_owned(), "not_allowed".to_owned())]);
        let kind = [("Content-Type", "application/merge-patch+json")];
        let change = json!({"position": 7, "max": null}).to_string();
        let docks =
            house.admin.send("PATCH", "/api/v1/custom-fields/docks", &kind, change.as_bytes()).expect(200);
        assert_eq!(
            (&docks["max"], &docks["min"], &docks["position"]),
            (&Value::Null, &json!("0"), &json!(7))
        );
        let listed = house.seller.get("/api/v1/custom-fields").expect(200);
        assert_eq!(
            (&listed["items"][0]["name"], &listed["items"][1]["name"]),
            (&json!("gate"), &json!("docks"))
        );
        let mut body = crate::house::request("Acme", "US", "1");
        body["custom"] = json!({"docks": -1, "gate": "KL42"});
        let (_, mut errors) = problem(&house.seller.post_once("/api/v1/accounts", "c", &body), 422);
        errors.sort();
        let expected = [("/custom/docks", "out_of_range"), ("/custom/gate", "mask_mismatch")];
        assert_eq!(errors, expected.map(|(place, code)| (place.to_owned(), code.to_owned())));
        let place = "/components/schemas/AccountView/properties/custom/properties/docks";
        let document = house.seller.get("/openapi.json").expect(200);
        assert_eq!(document.pointer(place).unwrap()["description"], "Count the gates.", "{document}");
        let open = house.server.client().get("/openapi.json").expect(200);
        assert!(open.pointer(place).is_none(), "nobody learns of it who does not say who they are");
    });
}
