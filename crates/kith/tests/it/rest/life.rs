//! An account's life over REST: deactivated, closed, deleted, merged, taken apart; whose child it is.

use kith_testkit::http::Client;
use serde_json::{Value, json};

use crate::house::{House, on_each, order, person, problem};

fn path(account: &Value) -> String {
    format!("/api/v1/accounts/{}", account["id"].as_str().unwrap())
}

/// Asks as the seller; the change that waits.
fn ask(house: &House, path: &str, key: &str, body: &Value) -> Value {
    house.seller.post_once(path, key, body).expect(202)
}

/// Approves in sequence; the change as it ends.
#[track_caller]
fn settle(change: &Value, approvers: &[&Client]) -> Value {
    let path = format!("/api/v1/changes/{}/approve", change["id"].as_str().unwrap());
    let mut last = change.clone();
    for approver in approvers {
        last = approver.post(&path, &json!({})).expect(200);
    }
    assert_eq!(last["state"], "applied", "{last}");
    last
}

fn names(house: &House, query: &str) -> Vec<String> {
    let page = house.seller.get(&format!("/api/v1/accounts{query}")).expect(200);
    page["items"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect()
}

fn active(house: &House, name: &str, erp: &str) -> Value {
    let mut body = crate::house::request(name, "US", erp);
    body["stage"] = json!("active");
    let change = house.seller.post_once("/api/v1/accounts", &format!("create-{erp}"), &body).expect(202);
    let applied = house.approve(&change);
    house.seller.get(&format!("/api/v1/accounts/{}", applied["target"].as_str().unwrap())).expect(200)
}

#[test]
fn a_customer_is_deactivated_once_nothing_is_open_and_comes_back() {
    on_each(|house| {
        let account = active(house, "Acme Corporation", "1");
        let path = path(&account);
        let deactivate = format!("{path}/deactivate");
        let body = json!({"reason": "Ceased trading."});
        let (_, errors) = problem(&house.seller.post_once(&deactivate, "d", &json!({})), 422);
        assert_eq!(errors, [("/reason".to_owned(), "required".to_owned())]);
        assert_eq!(problem(&house.seller.post(&deactivate, &body), 400).0, "idempotency_key_required");
        house.ops.post("/api/v1/touchpoints", &order("so-1", "1", "124.00")).expect(200);
        let refused = house.seller.post_once(&deactivate, "d1", &body);
        let (code, errors) = problem(&refused, 409);
        assert_eq!((code.as_str(), errors[0].0.as_str()), ("account.open_business", "/open_orders"));
        assert!(refused.json()["clears"].as_str().unwrap().contains("cancel"));
        let mut cancelled = order("so-2", "1", "1.00");
        cancelled["type"] = json!("io.kith.order.cancelled");
        cancelled["data"] = json!({"order_no": "so-1"});
        house.ops.post("/api/v1/touchpoints", &cancelled).expect(200);
        let change = ask(house, &deactivate, "d2", &body);
        let roles: Vec<&str> =
            change["steps"].as_array().unwrap().iter().map(|step| step["role"].as_str().unwrap()).collect();
        assert_eq!((&change["lane"], roles), (&json!("yellow"), vec!["manager", "controller"]));
        assert_eq!(house.seller.post_once(&deactivate, "d2", &body).expect(202)["id"], change["id"]);
        let again = json!({"reason": "Once more."});
        let second = house.seller.post_once(&deactivate, "d3", &again);
        assert_eq!(problem(&second, 409).0, "change.already_waiting");
        assert!(second.json()["detail"].as_str().unwrap().contains(change["id"].as_str().unwrap()));
        settle(&change, &[&house.manager, &house.controller]);
        let read = house.seller.get(&path).expect(200);
        assert_eq!((&read["stage"], &read["status"]), (&json!("inactive"), &json!("inactive")));
        assert_eq!(names(house, ""), Vec::<String>::new());
        assert_eq!(names(house, "?include_inactive=true"), ["Acme Corporation"]);
        assert_eq!(names(house, "?filter=stage%20%3D%3D%20%22inactive%22"), ["Acme Corporation"]);
        let edit = house.seller.patch(&path, "\"v2\"", &json!({"tier": "strategic"}));
        assert_eq!(problem(&edit, 409).0, "account.inactive");
        house.seller.post(&format!("{path}/notes"), &json!({"text": "Still here."})).expect(201);
        let again = house.seller.post_once(&deactivate, "d4", &body).expect(200);
        assert_eq!(again["stage"], "inactive", "it is so already");
        let back = ask(house, &format!("{path}/reactivate"), "r", &body);
        settle(&back, &[&house.manager, &house.controller]);
        assert_eq!(names(house, ""), ["Acme Corporation"]);
        let again = house.seller.post_once(&format!("{path}/reactivate"), "r2", &body);
        assert_eq!(problem(&again, 409).0, "account.already_active");
        assert!(again.json()["detail"].as_str().unwrap().contains("is active"));
    });
}

#[test]
fn only_a_mistake_is_deleted_and_then_it_is_gone() {
    on_each(|house| {
        let cfo = house.server.client().with_token(&person(&house.admin, "cfo", &["cfo"]));
        let kept = house.account("Acme Corporation", "US", "1");
        house.ops.post("/api/v1/touchpoints", &order("so-1", "1", "124.00")).expect(200);
        let body = json!({"reason": "Entered twice."});
        let refused = house.seller.post_once(&format!("{}/delete", path(&kept)), "k", &body);
        let (code, errors) = problem(&refused, 409);
        assert_eq!((code.as_str(), errors[0].1.as_str()), ("account.not_deletable", "has_history"));
        assert!(refused.json()["clears"].as_str().unwrap().contains("Deactivate"));
        let mistake = house.account("Mistake", "US", "2");
        let change = ask(house, &format!("{}/delete", path(&mistake)), "k2", &body);
        assert_eq!(change["lane"], "red");
        settle(&change, &[&house.manager, &house.controller, &cfo]);
        assert_eq!(problem(&house.seller.get(&path(&mistake)), 404).0, "account.not_found");
        assert_eq!(names(house, "?include_inactive=true"), ["Acme Corporation"]);
        house.seller.get(&format!("/api/v1/changes/{}", change["id"].as_str().unwrap())).expect(200);
        let body = crate::house::request("Successor", "US", "2");
        house.seller.post_once("/api/v1/accounts", "successor", &body).expect(202);
    });
}

#[test]
fn a_merge_is_previewed_approved_followed_and_undone() {
    on_each(|house| {
        let one = house.account("Acme", "US", "1");
        let two = house.account("Acme Corporation", "US", "2");
        house.ops.post("/api/v1/touchpoints", &order("so-1", "1", "100.00")).expect(200);
        house.ops.post("/api/v1/touchpoints", &order("so-2", "2", "50.00")).expect(200);
        let merge = format!("{}/merge", path(&one));
        let (to, media) = (format!("{}/documents?type=other", path(&two)), [("Content-Type", "text/plain")]);
        let paper = house.seller.send("POST", &to, &media, b"Hello.").expect(201);
        let vin = json!({"vin": "1M8GDM9AXKP042788", "customer_id": two["id"]});
        let vehicle = house.seller.post("/api/v1/vehicles", &vin).expect(201);
        let preview = json!({"loser": "C-000002", "picks": {"email": "survivor"}});
        let seen = house.seller.post(&format!("{merge}/preview"), &preview).expect(200);
        let field = |name: &str| {
            let fields = seen["fields"].as_array().unwrap();
            fields.iter().find(|field| field["field"] == name).cloned().unwrap()
        };
        assert_eq!(
            (&field("name")["rule"], &field("email")["rule"]),
            (&json!("most_recent"), &json!("picked"))
        );
        assert_eq!(seen["outlook"]["steps"], json!(["manager", "controller"]));
        let wrong = json!({"loser": two["id"], "picks": {"shoe_size": "loser"}, "reason": "Same."});
        let (_, errors) = problem(&house.seller.post_once(&merge, "w", &wrong), 422);
        assert_eq!(errors, [("/picks/shoe_size".to_owned(), "not_pickable".to_owned())]);
        let nobody = json!({"loser": "C-999999", "reason": "Same."});
        assert_eq!(problem(&house.seller.post_once(&merge, "n", &nobody), 422).1[0].0, "/loser");
        let body = json!({"loser": two["id"], "picks": {"email": "survivor"}, "reason": "The same company."});
        settle(&ask(house, &merge, "m", &body), &[&house.manager, &house.controller]);

        let moved = house.seller.get(&path(&two));
        assert_eq!(moved.status, 301);
        assert_eq!(moved.header("location"), Some(path(&one).as_str()));
        assert!(moved.header("link").unwrap().contains("rel=\"canonical\""));
        let profile = house.seller.get(&format!("{}/profile?metrics=orders_90d", path(&two)));
        assert_eq!(profile.header("location").unwrap(), format!("{}/profile?metrics=orders_90d", path(&one)));
        let account = house.seller.get(&path(&one)).expect(200);
        assert_eq!((&account["name"], &account["email"]), (&two["name"], &one["email"]));
        assert_eq!(account["merged"][0]["account"]["id"], two["id"]);
        assert_eq!(account["identifiers"].as_array().unwrap().len(), 2);
        let papers = house.seller.get(&format!("{}/documents", path(&one))).expect(200);
        assert_eq!(papers["items"][0]["id"], paper["id"], "what the merged account had shows here");
        let one_paper = format!("{}/documents/{}", path(&one), paper["id"].as_str().unwrap());
        assert_eq!(house.seller.get(&format!("{one_paper}/content")).status, 200);
        let vehicles = house.seller.get(&format!("/api/v1/vehicles?account={}", one["id"].as_str().unwrap()));
        assert_eq!(vehicles.expect(200)["items"][0]["id"], vehicle["id"]);
        let taken = house.ops.post("/api/v1/touchpoints", &order("so-3", "2", "25.00")).expect(200);
        let position = taken["position"].as_u64().unwrap();
        let orders = |account: &Value| {
            let query = format!("/profile?metrics=orders_90d&min_position={position}");
            let profile = house.seller.get(&format!("{}{query}", path(account))).expect(200);
            profile["metrics"]["orders_90d"]["value"].clone()
        };
        assert_eq!(orders(&one), 3);
        let timeline = house.seller.get(&format!("{}/timeline", path(&one))).expect(200);
        assert_eq!(timeline["items"].as_array().unwrap().len(), 3);
        assert_eq!(names(house, "?include_inactive=true"), ["Acme Corporation"]);
        let edit = house.seller.patch(&path(&two), "\"v2\"", &json!({"tier": "strategic"}));
        assert_eq!(problem(&edit, 409).0, "account.merged");

        let body = json!({"loser": two["id"], "reason": "Two companies after all."});
        let undone = ask(house, &format!("{}/unmerge", path(&one)), "u", &body);
        settle(&undone, &[&house.manager, &house.controller]);
        let (back, other) =
            (house.seller.get(&path(&one)).expect(200), house.seller.get(&path(&two)).expect(200));
        for field in ["name", "email", "identifiers", "contacts", "tier", "stage"] {
            assert_eq!(back[field], one[field], "{field}");
            assert_eq!(other[field], two[field], "{field}");
        }
        assert_eq!((orders(&one), orders(&two)), (json!(1), json!(2)));
    });
}

#[test]
fn two_companies_are_not_merged() {
    on_each(|house| {
        let with_tax = |name: &str, erp: &str, number: &str| {
            let mut body = crate::house::request(name, "DE", erp);
            body["tax_id"] = json!({"kind": "vat", "value": number, "country": "DE"});
            let change = house.seller.post_once("/api/v1/accounts", erp, &body).expect(202);
            house.approve(&change)["target"].as_str().unwrap().to_owned()
        };
        let one = with_tax("Alpha GmbH", "1", "DE136695976");
        let two = with_tax("Alfa GmbH", "2", "DE811907980");
        let body = json!({"loser": two, "reason": "Looks alike."});
        let refused = house.seller.post_once(&format!("/api/v1/accounts/{one}/merge"), "m", &body);
        assert_eq!(problem(&refused, 409).0, "account.tax_ids_differ");
        let preview =
            house.seller.post(&format!("/api/v1/accounts/{one}/merge/preview"), &json!({"loser": two}));
        assert_eq!(preview.expect(200)["outlook"]["refusal"]["code"], "account.tax_ids_differ");
    });
}

#[test]
fn a_group_has_one_root_and_adds_up() {
    on_each(|house| {
        let top = house.account("Holding", "US", "1");
        let low = house.account("Plant", "US", "2");
        let parent = |child: &Value, body: &Value| {
            house.seller.send(
                "PUT",
                &format!("{}/parent", path(child)),
                &[("Content-Type", "application/json")],
                body.to_string().as_bytes(),
            )
        };
        let body = json!({"parent": top["id"], "valid_from": "2026-01-01", "reason": "Acquired."});
        settle(&parent(&low, &body).expect(202), &[&house.manager, &house.controller]);
        let back = json!({"parent": low["id"], "valid_from": "2026-01-01"});
        assert_eq!(problem(&parent(&top, &back), 409).0, "account.parent_cycle");
        let group = house.seller.get(&format!("{}/hierarchy", path(&low))).expect(200);
        assert_eq!(group["ultimate_parent"]["id"], top["id"]);
        assert_eq!(group["tree"].as_array().unwrap().len(), 2);
        let past = house.seller.get(&format!("{}/hierarchy?as_of=2025-12-31", path(&low))).expect(200);
        assert_eq!(past["parent"], Value::Null);
        house.ops.post("/api/v1/touchpoints", &order("so-1", "1", "100.00")).expect(200);
        let taken = house.ops.post("/api/v1/touchpoints", &order("so-2", "2", "50.00")).expect(200);
        let query = format!("?metrics=order_value_90d&min_position={}", taken["position"]);
        let rollup = house.seller.get(&format!("{}/hierarchy/profile{query}", path(&top))).expect(200);
        assert_eq!(rollup["metrics"]["order_value_90d"]["value"]["amount"], "150.00");
        assert_eq!(rollup["accounts"].as_array().unwrap().len(), 2);
        let profile = house.seller.get(&format!("{}/profile{query}&rollup=true", path(&top))).expect(200);
        let (whole, same) = (&rollup["metrics"]["order_value_90d"], &profile["metrics"]["order_value_90d"]);
        assert_eq!((&whole["value"], &whole["evidence"]), (&same["value"], &same["evidence"]));
        assert_eq!(profile["rollup"]["accounts"], 2);
        problem(&house.seller.get(&format!("{}/profile?rollup=true&entity=US", path(&top))), 422);
        problem(&house.seller.get(&format!("{}/profile?rollup=maybe", path(&top))), 422);
        assert_eq!(
            names(house, &format!("?filter=parent%20%3D%3D%20{}", top["id"].to_string().replace('"', "%22"))),
            ["Plant"]
        );
        // Who sees one entity only is told that something is left out.
        let seen = house.german.get(&format!("{}/hierarchy", path(&low)));
        assert_eq!(problem(&seen, 404).0, "account.not_found");
        let end = house.seller.send("DELETE", &format!("{}/parent", path(&low)), &[], &[]).expect(202);
        settle(&end, &[&house.manager, &house.controller]);
        let alone = house.seller.get(&format!("{}/hierarchy", path(&low))).expect(200);
        assert_eq!((&alone["parent"], alone["parents"].as_array().unwrap().len()), (&Value::Null, 1));
    });
}

#[test]
fn relationships_are_added_changed_and_ended() {
    on_each(|house| {
        let one = house.account("Acme", "US", "1");
        let two = house.account("Brick", "US", "2");
        let list = format!("{}/relationships", path(&one));
        let wrong = json!({"to": two["id"], "type": "owns", "percent": 120});
        assert_eq!(problem(&house.seller.post_once(&list, "w", &wrong), 422).1[0].0, "/percent");
        let unknown = json!({"to": two["id"], "type": "likes"});
        assert_eq!(problem(&house.seller.post_once(&list, "x", &unknown), 422).1[0].0, "/type");
        let body = json!({"to": "C-000002", "type": "owns", "percent": 51.5, "valid_from": "2026-01-01"});
        house.approve(&ask(house, &list, "r", &body));
        let seen = house.seller.get(&format!("{}/relationships", path(&two))).expect(200);
        let item = &seen["items"][0];
        assert_eq!((&item["direction"], &item["percent"]), (&json!("to"), &json!(51.5)));
        let one_of = format!("{list}/{}", item["id"].as_str().unwrap());
        let patch = json!({"valid_to": "2026-06-30", "percent": 100});
        let media = [("Content-Type", "application/merge-patch+json")];
        let change = house.seller.send("PATCH", &one_of, &media, patch.to_string().as_bytes()).expect(202);
        house.approve(&change);
        let then = house.seller.get(&format!("{list}?as_of=2026-03-01")).expect(200);
        assert_eq!(
            (&then["items"][0]["percent"], &then["items"][0]["current"]),
            (&json!(100.0), &json!(true))
        );
        let later = house.seller.get(&format!("{list}?as_of=2026-07-01")).expect(200);
        assert_eq!(later["items"].as_array().unwrap().len(), 0);
        house.approve(&house.seller.send("DELETE", &one_of, &[], &[]).expect(202));
        let gone = house.seller.send("DELETE", &one_of, &[], &[]);
        assert_eq!(problem(&gone, 404).0, "account.relationship_not_found");
    });
}
