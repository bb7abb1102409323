//! The audit trail, its proofs, and bringing back what was.

use std::time::{Duration, Instant};

use data_encoding::HEXLOWER;
use kith_ledger::{Checkpoint, Hash, tree};
use serde_json::{Value, json};

use crate::house::{House, on_each, problem};

fn items(page: &Value) -> &[Value] {
    page["items"].as_array().map_or(&[], Vec::as_slice)
}

fn hash(value: &Value) -> Hash {
    let bytes = HEXLOWER.decode(value.as_str().unwrap_or_default().as_bytes()).unwrap();
    Hash::try_from(bytes).unwrap()
}

fn path(value: &Value) -> Vec<Hash> {
    value.as_array().unwrap().iter().map(hash).collect()
}

/// Asks again until there is an answer: what is read becomes a record within a second.
fn eventually<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(Instant::now() < deadline, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Edits an account through the gate.
fn edit(house: &House, id: &str, body: &Value) {
    let etag = house.seller.get(&format!("/api/v1/accounts/{id}")).header("etag").unwrap().to_owned();
    let body = body.to_string();
    let headers = [("If-Match", etag.as_str()), ("Content-Type", "application/json")];
    let change = house.seller.send("PATCH", &format!("/api/v1/accounts/{id}"), &headers, body.as_bytes());
    house.approve(&change.expect(202));
}

#[test]
fn an_edit_is_found_with_who_asked_who_agreed_and_both_values() {
    on_each(|house| {
        let account = house.account("Acme Corporation", "US", "1");
        let id = account["id"].as_str().unwrap();
        edit(house, id, &json!({"tier": "strategic", "reason": "They grew."}));
        let found = house.ar.get("/api/v1/audit?object=C-000001&kind=account.updated").expect(200);
        let [record] = items(&found) else { panic!("{found}") };
        assert_eq!(record["object"], format!("account/{id}"));
        let tier = record["changes"].as_array().unwrap().iter().find(|change| change["path"] == "/tier");
        assert_eq!(
            tier.map(|tier| (&tier["before"], &tier["after"])),
            Some((&json!("premium"), &json!("strategic")))
        );
        let change = &record["change"];
        assert_eq!(change["operation"], "account_update");
        assert!(change["submitted_by_name"].is_string() && change["submitted_at"].is_string(), "{change}");
        let steps = change["steps"].as_array().unwrap();
        assert_eq!(steps.len(), 2);
        assert!(steps.iter().all(|step| step["state"] == "approved" && step["at"].is_string()), "{change}");

        // The same by who approved, by time, and page by page.
        let approver = &steps[0]["by"].as_str().unwrap();
        let approved =
            house.ar.get(&format!("/api/v1/audit?actor={approver}&kind=change.step_approved")).expect(200);
        assert_eq!(items(&approved).len(), 2, "the creation and the edit");
        let nothing = house.ar.get("/api/v1/audit?to=2020-01-01").expect(200);
        assert!(items(&nothing).is_empty() && nothing["has_more"] == false, "{nothing}");
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = house.ar.get(&format!("/api/v1/audit?limit=3&from=2020-01-01{cursor}")).expect(200);
            seen.extend(items(&page).iter().map(|item| item["position"].as_u64().unwrap()));
            let Some(next) = page["next_cursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert!(seen.len() > 6 && seen.windows(2).all(|two| two[0] == two[1] + 1), "{seen:?}");
        assert_eq!(seen.last(), Some(&1));
    });
}

#[test]
fn what_is_no_account_is_found_with_both_values_too() {
    on_each(|house| {
        let account = house.account("Acme Corporation", "US", "1");
        let body = json!({"vin": "1M8GDM9AXKP042788", "make": "Bus", "customer_id": account["id"]});
        let vehicle = house.seller.post("/api/v1/vehicles", &body).expect(201);
        let path = format!("/api/v1/vehicles/{}", vehicle["id"].as_str().unwrap());
        house.seller.patch(&path, "\"v1\"", &json!({"make": "Coach"})).expect(200);
        let found = house.ar.get("/api/v1/audit?kind=vehicle").expect(200);
        let make = |record: &Value| {
            let changes = record["changes"].as_array().unwrap();
            changes.iter().find(|change| change["path"] == "/make").cloned().unwrap()
        };
        let [edited, added] = items(&found) else { panic!("{found}") };
        assert_eq!((&make(edited)["before"], &make(edited)["after"]), (&json!("Bus"), &json!("Coach")));
        assert_eq!((&make(added)["before"], &make(added)["after"]), (&Value::Null, &json!("Bus")));
        assert!(added["changes"].as_array().unwrap().iter().all(|change| change["before"].is_null()));
    });
}

#[test]
fn reads_of_personal_data_and_refusals_are_noted() {
    on_each(|house| {
        let account = house.account("Acme Corporation", "US", "1");
        let id = account["id"].as_str().unwrap();
        house.seller.get(&format!("/api/v1/accounts/{id}")).expect(200);
        house.seller.get("/api/v1/accounts?fields=email").expect(200);
        let refused = json!({"name": "Acme Twin", "email": "x@acme.example", "owning_entity": "US",
            "identifiers": [{"kind": "external:erp", "value": "1"}]});
        house.seller.post_once("/api/v1/accounts", "twin", &refused).expect(409);
        let noted = eventually("the records", || {
            let found = house.ar.get("/api/v1/audit?kind=access.").expect(200);
            let all: Vec<Value> =
                items(&found).iter().flat_map(|item| item["accesses"].as_array().unwrap().clone()).collect();
            let has = |act: &str| all.iter().any(|access| access["act"] == act);
            (has("read") && has("list") && has("refused")).then_some(all)
        });
        let read = noted.iter().find(|access| access["act"] == "read" && access["object"] == id);
        assert!(read.is_some(), "{noted:?}");
        let refused = noted.iter().find(|access| access["act"] == "refused").unwrap();
        assert_eq!(refused["what"], "account_create");
        assert!(refused["code"].as_str().unwrap().starts_with("account."), "{refused}");
        let about = house.ar.get(&format!("/api/v1/audit?object={id}&kind=access.")).expect(200);
        assert!(!items(&about).is_empty());
    });
}

#[test]
fn the_trail_and_the_proofs_need_their_grant() {
    on_each(|house| {
        for path in ["/api/v1/audit", "/api/v1/ledger/head", "/api/v1/ledger/inclusion?position=1"] {
            assert_eq!(problem(&house.seller.get(path), 403).0, "access.denied", "{path}");
        }
        let (_, faults) = problem(&house.ar.get("/api/v1/audit?from=yesterday"), 422);
        assert_eq!(faults[0].1, "time_invalid");
        assert_eq!(
            problem(&house.ar.get("/api/v1/ledger/inclusion?position=999999"), 422).0,
            "ledger.beyond"
        );
        assert_eq!(problem(&house.ar.get("/api/v1/ledger/consistency?first=0"), 422).0, "ledger.beyond");
        assert_eq!(problem(&house.ar.get("/api/v1/ledger/consistency"), 422).1[0].1, "required");
    });
}

#[test]
fn proofs_hold_against_signed_heads() {
    on_each(|house| {
        house.account("Acme Corporation", "US", "1");
        let head = house.ar.post("/api/v1/ledger/head", &json!({})).expect(200);
        let key = hash(&head["public_key"]);
        let signed = Checkpoint::verify(head["note"].as_str().unwrap(), &key).expect("a valid signature");
        let size = head["size"].as_u64().unwrap();
        assert_eq!((signed.size, signed.root), (size, hash(&head["root"])));

        let records = house.ar.get("/api/v1/ledger/records?limit=200").expect(200);
        for (at, record) in items(&records).iter().enumerate().take(usize::try_from(size).unwrap()) {
            let position = at + 1;
            let proof = house
                .ar
                .get(&format!("/api/v1/ledger/inclusion?position={position}&size={size}"))
                .expect(200);
            assert_eq!(proof["leaf"], record["leaf"]);
            let index = proof["index"].as_u64().unwrap();
            assert!(tree::verify_inclusion(
                &hash(&record["leaf"]),
                index,
                size,
                &path(&proof["path"]),
                &signed.root
            ));
        }

        house.account("Borealis", "US", "2");
        let later = house.ar.post("/api/v1/ledger/head", &json!({})).expect(200);
        let second = later["size"].as_u64().unwrap();
        assert!(second > size);
        let proof =
            house.ar.get(&format!("/api/v1/ledger/consistency?first={size}&second={second}")).expect(200);
        let roots = (&signed.root, &hash(&later["root"]));
        assert!(tree::verify_consistency(size, second, roots, &path(&proof["path"])), "{proof}");
        // Without sizes: the newest head, and the smallest that covers the record.
        let covered = house.ar.get("/api/v1/ledger/inclusion?position=1").expect(200);
        assert!(covered["head"]["note"].is_string(), "{covered}");
        let heads = house.ar.get("/api/v1/ledger/heads").expect(200);
        assert!(items(&heads).iter().any(|one| one["size"] == size), "{heads}");
    });
}

#[test]
fn an_earlier_value_comes_back_by_a_change() {
    on_each(|house| {
        let account = house.account("Acme Corporation", "US", "1");
        let id = account["id"].as_str().unwrap();
        edit(
            house,
            id,
            &json!({"tier": "strategic", "website": "https://acme.example",
            "contacts": [{"action": "add", "name": "Jo Roe", "emails": ["jo@acme.example"]}]}),
        );
        let restore = format!("/api/v1/accounts/{id}/restore");
        let ask = |key: &str, body: Value| house.controller.post_once(&restore, key, &body);
        let (_, faults) = problem(&ask("a", json!({"version": 1, "fields": ["stage", "tier"]})), 422);
        assert_eq!(faults, [("/fields/0".to_owned(), "not_editable".to_owned())]);
        assert_eq!(problem(&ask("b", json!({"version": 99})), 422).0, "account.no_version");
        assert_eq!(problem(&ask("c", json!({"version": 0})), 422).0, "account.no_version");

        let change =
            house.seller.post_once(&restore, "d", &json!({"version": 1, "fields": ["tier"]})).expect(202);
        assert_eq!(change["diff"], json!([{"path": "/tier", "before": "strategic", "after": "premium"}]));
        house.approve(&change);
        let now = house.seller.get(&format!("/api/v1/accounts/{id}")).expect(200);
        assert_eq!((&now["tier"], &now["website"]), (&json!("premium"), &json!("https://acme.example")));

        let change = house.seller.post_once(&restore, "e", &json!({"version": 1})).expect(202);
        house.approve(&change);
        let now = house.seller.get(&format!("/api/v1/accounts/{id}")).expect(200);
        assert_eq!((&now["website"], &now["contacts"]), (&Value::Null, &json!([])));
        house.seller.post_once(&restore, "f", &json!({"version": 1})).expect(200);
    });
}

#[test]
fn a_tax_profile_that_was_taken_away_comes_back() {
    on_each(|house| {
        let account = house.account("Acme Corporation", "US", "1");
        let id = account["id"].as_str().unwrap();
        let row = json!({"action": "add", "country": "US", "region": "IL", "tax_category": "E", "certificate_no": "IL-1",
                         "effective_from": "2026-01-01", "effective_to": "2027-12-31"});
        edit(house, id, &json!({"tax_profiles": [row]}));
        let path = format!("/api/v1/accounts/{id}");
        let with = house.seller.get(&path).expect(200);
        let version = with["version"].as_u64().unwrap();
        let profile = with["tax_profiles"][0].clone();
        let other = json!({"action": "update", "id": profile["id"], "certificate_no": "IL-2"});
        edit(house, id, &json!({"tax_profiles": [other]}));
        let back = |key: &str| {
            let body = json!({"version": version, "fields": ["tax_profiles"]});
            let change = house.seller.post_once(&format!("{path}/restore"), key, &body).expect(202);
            house.approve(&change);
            house.seller.get(&path).expect(200)["tax_profiles"].clone()
        };
        assert_eq!(back("changed")[0]["certificate_no"], "IL-1");
        edit(house, id, &json!({"tax_profiles": [{"action": "delete", "id": profile["id"]}]}));
        let again = back("deleted");
        assert_eq!(again.as_array().unwrap().len(), 1);
        for member in
            ["country", "region", "tax_category", "certificate_no", "effective_from", "effective_to"]
        {
            assert_eq!(again[0][member], profile[member], "{member}");
        }
        assert_eq!(again[0]["status"], "pending_verification");
    });
}

#[test]
fn the_trail_tells_that_a_secret_changed_and_never_the_secret() {
    on_each(|house| {
        let password = json!({"name": "Nora", "email": "nora@northwind.example", "roles": ["viewer"], "password": "correct horse battery"});
        house.admin.post("/api/v1/users", &password).expect(200);
        house
            .admin
            .post("/api/v1/webhooks", &json!({"name": "Desk", "url": "https://hooks.example/kith"}))
            .expect(201);
        let mut told = 0;
        for kind in ["user.", "token.", "webhook."] {
            let found = house.admin.get(&format!("/api/v1/audit?limit=200&kind={kind}")).expect(200);
            let text = found.to_string();
            assert!(!text.contains("argon2id"), "{text}");
            for item in found["items"].as_array().unwrap() {
                for change in item["changes"].as_array().unwrap() {
                    let path = change["path"].as_str().unwrap();
                    if ["hash", "secret", "digest"].iter().any(|member| path.contains(member)) {
                        told += 1;
                        assert!(
                            ["null", "\"•••••\""].contains(&change["after"].to_string().as_str()),
                            "{change}"
                        );
                    }
                }
            }
        }
        assert!(told > 0, "that they changed is told");
    });
}
