//! The wider import over REST: forms, saved mappings, feeds, pages of faults, the error file, the way back.

use std::time::{Duration, Instant};

use kith_testkit::http::{Client, Reply};
use serde_json::{Value, json};

use crate::house::{House, on_each, problem};

const PEOPLE: &str = "Id,AccountId,First Name,Last Name,Email\nC1,A1,Ann,Lee,ann@acme.example\n";

fn form(client: &Client, path: &str, parts: &[(&str, Option<&str>, &str)]) -> Reply {
    let mut body = String::new();
    for (name, file, text) in parts {
        let file = file.map_or(String::new(), |file| format!("; filename=\"{file}\""));
        body.push_str(&format!(
            "--b\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n{text}\r\n"
        ));
    }
    body.push_str("--b--\r\n");
    let headers = [("Content-Type", "multipart/form-data; boundary=b"), ("Idempotency-Key", "form")];
    client.send("POST", path, &headers, body.as_bytes())
}

/// Approves the import's change and waits until the import is in a state.
fn approved(house: &House, import: &Value, state: &str) -> Value {
    let path = format!("/api/v1/imports/{}", import["id"].as_str().unwrap());
    let change = import["change"].as_str().unwrap();
    house.manager.post(&format!("/api/v1/changes/{change}/approve"), &json!({})).expect(200);
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let found = house.ops.get(&path).expect(200);
        if found["state"] == state {
            return found;
        }
        assert!(Instant::now() < deadline, "waited in vain: {found}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_form_brings_accounts_with_their_people_and_is_undone() {
    on_each(|house| {
        let accounts = "Id,Name,Email,BillingCity,OwnerId\nA1,Acme,,,\nA2,Bolt,broken,,\n";
        let parts = [
            ("source_system", None, "erp"),
            ("entity", None, "US"),
            ("execute", None, "true"),
            ("contacts", Some("people.csv"), PEOPLE),
            ("file", Some("C:\\exports\\accounts.csv"), accounts),
        ];
        let staged = form(&house.ops, "/api/v1/imports", &parts).expect(202);
        assert_eq!(
            (&staged["file_name"], &staged["state"]),
            (&json!("accounts.csv"), &json!("waiting")),
            "{staged}"
        );
        assert_eq!(
            (&staged["counts"]["valid"], &staged["levels"]["field"]),
            (&json!(1), &json!(1)),
            "{staged}"
        );
        let path = format!("/api/v1/imports/{}", staged["id"].as_str().unwrap());
        let page = house.ops.get(&format!("{path}?level=field&limit=1")).expect(200);
        assert_eq!((&page["errors"][0]["row"], &page["has_more"]), (&json!(3), &json!(false)));
        assert_eq!(problem(&house.ops.get(&format!("{path}?level=grave")), 422).1[0].0, "/level");
        let file = house.ops.get(&format!("{path}/errors.csv"));
        assert_eq!(file.header("content-type"), Some("text/csv; charset=utf-8"));
        assert!(file.text().contains("A2,Bolt,broken,,,3,email_invalid,"), "{}", file.text());
        let done = approved(house, &staged, "finished");
        assert_eq!((&done["counts"]["created"], &done["counts"]["failed"]), (&json!(1), &json!(1)));
        let listed = house.ops.get("/api/v1/imports?state=finished").expect(200);
        assert_eq!(listed["items"][0]["id"], staged["id"]);
        assert_eq!(problem(&house.seller.get(&path), 403).0, "access.denied");
        let asked = house.ops.post(&format!("{path}/revert"), &json!({})).expect(202);
        let undone = approved(house, &asked, "reverted");
        let revert = &undone["revert"];
        let all =
            ["removed", "restored", "kept"].map(|name| revert[name].as_u64().unwrap()).iter().sum::<u64>();
        assert_eq!(all, 1, "{undone}");
    });
}

#[test]
fn a_feed_takes_files_by_a_saved_mapping() {
    on_each(|house| {
        let mapping = json!({"name": "Ours", "columns": {"A": "external_id", "B": "name", "C": "email"}});
        let saved = house.ops.post("/api/v1/mappings", &mapping).expect(200);
        let id = saved["id"].as_str().unwrap();
        let wrong = json!({"name": "", "columns": {"A": "colour"}});
        problem(&house.ops.post("/api/v1/mappings", &wrong), 422);
        assert_eq!(house.ops.get("/api/v1/mappings").expect(200)["items"][0]["name"], "Ours");
        let feed = json!({"name": "acme", "entity": "US", "mapping_id": id, "on_duplicate": "update"});
        house.ops.post("/api/v1/feeds", &feed).expect(200);
        let bad =
            json!({"name": "../x", "entity": "ZZ", "mapping_id": "map_0198b2c4d5e67f8091a2b3c4d5e6f7ff"});
        let faults = problem(&house.ops.post("/api/v1/feeds", &bad), 422).1;
        assert_eq!(faults.len(), 3, "{faults:?}");
        let headers = [("Content-Type", "text/csv"), ("Idempotency-Key", "one")];
        let send = |file: &str| {
            house.ops.send("POST", "/api/v1/feeds/acme?file_name=a.csv", &headers, file.as_bytes())
        };
        let staged = send("A,B,C\n7,Acme,ap@acme.example\n").expect(202);
        assert_eq!((&staged["feed"], &staged["source_system"]), (&json!("acme"), &json!("acme")), "{staged}");
        let done = approved(house, &staged, "finished");
        assert_eq!(done["counts"]["created"], 1);
        let found = house.seller.get("/api/v1/accounts?fields=name").expect(200);
        assert_eq!(found["items"].as_array().unwrap().len(), 1);
        assert_eq!(house.ops.send("DELETE", "/api/v1/feeds/acme", &[], &[]).status, 204);
        assert_eq!(problem(&send("A,B,C\n"), 404).0, "feed.not_found");
        assert_eq!(house.ops.send("DELETE", &format!("/api/v1/mappings/{id}"), &[], &[]).status, 204);
    });
}

#[test]
fn a_person_decides_rows_and_takes_suggestions_over_rest() {
    on_each(|house| {
        let text = "External Id,Name,Email,Payment Terms\n1,Acme,a@acme.example,NET30\n2,Bolt,b@bolt.example,monthly\n";
        let headers = [("Content-Type", "text/csv"), ("Idempotency-Key", "one")];
        let path = "/api/v1/imports?source_system=erp&entity=US";
        let staged = house.ops.send("POST", path, &headers, text.as_bytes()).expect(202);
        assert_eq!(staged["counts"]["invalid"], 1, "{staged}");
        let restage = |id: &Value, body: &Value| {
            house.ops.post(&format!("/api/v1/imports/{}/restage", id.as_str().unwrap()), body)
        };
        let wrong = json!({"on_duplicate": "perhaps", "decisions": {"1": "skip", "3": "maybe"}});
        let (_, faults) = problem(&restage(&staged["id"], &wrong), 422);
        let places: Vec<&str> = faults.iter().map(|(place, _)| place.as_str()).collect();
        assert_eq!(places, ["/on_duplicate", "/decisions/1", "/decisions/3"]);
        let absent = json!({"columns": {"Nope": "name"}});
        assert_eq!(problem(&restage(&staged["id"], &absent), 422).1[0].0, "/columns");
        let body = json!({"values": {"payment_terms": {"monthly": "NET30"}}, "decisions": {"2": "skip"}});
        let again = restage(&staged["id"], &body).expect(202);
        assert_eq!(
            (&again["counts"]["invalid"], &again["options"]["decisions"]),
            (&json!(0), &json!({"2": "skip"})),
            "{again}"
        );
        let elsewhere = json!({"entity": "XX"});
        assert_eq!(problem(&restage(&again["id"], &elsewhere), 422).1[0].0, "/entity");
        assert_eq!(again["options"]["entity"], "US");
        let ownerless = restage(&again["id"], &json!({"entity": ""})).expect(202);
        assert_eq!(
            (&ownerless["options"]["entity"], &ownerless["counts"]["valid"]),
            (&Value::Null, &json!(0))
        );
        let again = restage(&ownerless["id"], &json!({"entity": "us"})).expect(202);
        assert_eq!(
            (&again["options"]["entity"], &again["counts"]["invalid"]),
            (&json!("US"), &json!(0)),
            "{again}"
        );
        let id = again["id"].as_str().unwrap();
        let waiting = house.ops.post(&format!("/api/v1/imports/{id}/execute"), &json!({})).expect(202);
        let done = approved(house, &waiting, "finished");
        assert_eq!(
            (&done["counts"]["created"], &done["counts"]["skipped"]),
            (&json!(1), &json!(1)),
            "{done}"
        );
        assert_eq!(problem(&restage(&again["id"], &body), 409).0, "import.already_executed");
    });
}
