//! Who sees what: another entity's account answers as if it were not there.

use serde_json::{Value, json};

use crate::house::{on_each, order, problem};

#[test]
fn another_entitys_account_answers_like_a_missing_one() {
    on_each(|house| {
        let american = house.account("Acme", "US", "1");
        let german = house.account("Muster", "DE", "2");
        house.ops.post("/api/v1/touchpoints", &order("so-1", "1", "10.00")).expect(200);
        let absent = "acc_0198b2c4d5e67f8091a2b3c4d5e6f7ff";
        let forbidden = american["id"].as_str().unwrap();
        let heads = house.heads();
        let speechless = |reply: kith_testkit::http::Reply| {
            problem(&reply, 404);
            let mut told = reply.json();
            told["trace_id"] = Value::Null;
            told.to_string().replace(forbidden, "…").replace(absent, "…")
        };
        for rest in ["", "/profile", "/timeline"] {
            let [one, two] = [forbidden, absent]
                .map(|id| speechless(house.german.get(&format!("/api/v1/accounts/{id}{rest}"))));
            assert_eq!(one, two, "{rest}");
        }
        for rest in ["/notes", "/review"] {
            let body = if rest == "/notes" { json!({"text": "Psst."}) } else { json!({}) };
            let [one, two] = [forbidden, absent]
                .map(|id| speechless(house.german.post(&format!("/api/v1/accounts/{id}{rest}"), &body)));
            assert_eq!(one, two, "{rest}");
        }
        let edit = json!({"tier": "standard"});
        let [one, two] = [forbidden, absent]
            .map(|id| speechless(house.german.patch(&format!("/api/v1/accounts/{id}"), "\"v1\"", &edit)));
        assert_eq!(one, two);
        assert_eq!(house.heads(), heads, "nothing was written");
        let listed = house.german.get("/api/v1/accounts?count=exact").expect(200);
        assert_eq!(listed["items"].as_array().unwrap().len(), 1);
        assert_eq!(listed["items"][0]["id"], german["id"]);
        let asked =
            house.german.post("/api/v1/ask", &json!({"question": "all premium customers"})).expect(200);
        assert_eq!(asked["items"].as_array().unwrap().len(), 1, "{asked}");
        assert_eq!(house.seller.get("/api/v1/accounts").expect(200)["items"].as_array().unwrap().len(), 2);
    });
}

#[test]
fn an_account_is_given_to_an_entity_by_whoever_may_write_there() {
    on_each(|house| {
        let account = house.account("Muster", "DE", "1");
        let path = format!("/api/v1/accounts/{}", account["id"].as_str().unwrap());
        let tag = format!("\"v{}\"", account["version"]);
        let given = json!({"owning_entity": "US"});
        assert_eq!(problem(&house.german.patch(&path, &tag, &given), 403).0, "access.denied");
        house.german.patch(&path, &tag, &json!({"owning_entity": "DE", "tier": "standard"})).expect(202);
        house.seller.patch(&path, &tag, &given).expect(202);
    });
}

#[test]
fn a_token_stops_at_once_when_it_is_revoked_or_its_owner_suspended() {
    on_each(|house| {
        let made = house.seller.post("/api/v1/tokens", &json!({"name": "laptop", "days": 3})).expect(201);
        let other = house.server.client().with_token(made["token"].as_str().unwrap());
        other.get("/api/v1/accounts").expect(200);
        let listed = house.seller.get("/api/v1/tokens").expect(200);
        assert!(listed["items"].as_array().unwrap().iter().all(|token| token["token"].is_null()), "{listed}");
        let path = format!("/api/v1/tokens/{}/revoke", made["id"].as_str().unwrap());
        problem(&house.german.post(&path, &json!({})), 404);
        house.seller.post(&path, &json!({})).expect(200);
        problem(&other.get("/api/v1/accounts"), 401);
        let users = house.admin.get("/api/v1/users").expect(200);
        let users = users["items"].as_array().unwrap();
        let seller = users.iter().find(|user| user["email"] == "seller@house.example").unwrap();
        let path = format!("/api/v1/users/{}/suspend", seller["id"].as_str().unwrap());
        assert_eq!(house.admin.post(&path, &json!({})).expect(200)["status"], "suspended");
        problem(&house.seller.get("/api/v1/accounts"), 401);
    });
}

#[test]
fn programs_and_agents_never_approve() {
    on_each(|house| {
        let waiting = crate::house::create(&house.seller, "Acme", "US", "1").expect(202);
        let path = format!("/api/v1/changes/{}/approve", waiting["id"].as_str().unwrap());
        for kind in ["api_client", "agent"] {
            let made = house.ar.post("/api/v1/tokens", &json!({"name": kind, "kind": kind})).expect(201);
            let client = house.server.client().with_token(made["token"].as_str().unwrap());
            let heads = house.heads();
            problem(&client.post(&path, &json!({})), 403);
            assert_eq!(house.heads(), heads, "{kind}");
        }
        house.approve(&waiting);
    });
}
