//! One thing with many accounts over REST.

use serde_json::{Value, json};

use crate::house::{House, on_each, problem};

const PATH: &str = "/api/v1/accounts:bulk";

/// The job once it is over.
fn finished(house: &House, id: &str) -> Value {
    for _ in 0..400 {
        let job = house.seller.get(&format!("/api/v1/bulk-jobs/{id}")).expect(200);
        if job["state"] == "finished" {
            return job;
        }
        std::thread::sleep(std::time::Duration::from_millis(25));
    }
    panic!("the job goes on");
}

#[test]
fn many_accounts_get_a_task_each_and_the_job_tells_what_came_of_it() {
    on_each(|house| {
        let one = house.account("One", "US", "1");
        let two = house.account("Two", "US", "2");
        let names = json!([one["id"], two["account_number"], one["account_number"]]);
        let act = json!({"task": {"title": "Call them", "due": "2030-12-20", "assignee": "manager"}});
        let dry = json!({"accounts": names, "act": act, "dry_run": true});
        let told = house.seller.post(PATH, &dry).expect(200);
        assert_eq!(
            (&told["total"], told["first"]["items"].as_array().unwrap().len()),
            (&json!(2), 2),
            "{told}"
        );
        assert_eq!(house.seller.get("/api/v1/tasks").expect(200)["items"], json!([]), "only told");

        let body = json!({"accounts": names, "act": act});
        let key = [("idempotency-key", "calls-2030")];
        let job = house.seller.send("POST", PATH, &key, body.to_string().as_bytes()).expect(202);
        assert_eq!(job["id"], "calls-2030");
        let done = finished(house, "calls-2030");
        assert_eq!(
            (&done["total"], &done["done"], &done["refused"]),
            (&json!(2), &json!(2), &json!(0)),
            "{done}"
        );
        assert_eq!(done["items"][0]["name"], "One");
        // The same key again is the same job, and nothing is done twice.
        house.seller.send("POST", PATH, &key, body.to_string().as_bytes()).expect(202);
        let tasks = house.seller.get("/api/v1/tasks").expect(200);
        assert_eq!(tasks["items"].as_array().unwrap().len(), 2, "{tasks}");
        let listed = house.seller.get("/api/v1/bulk-jobs").expect(200);
        assert_eq!(
            (&listed["items"][0]["id"], &listed["items"][0]["items"]),
            (&json!("calls-2030"), &json!([]))
        );
        // It is nobody else's.
        problem(&house.ops.get("/api/v1/bulk-jobs/calls-2030"), 404);
        assert_eq!(
            problem(&house.ops.send("POST", PATH, &key, body.to_string().as_bytes()), 409).0,
            "bulk.key_taken"
        );
        let other = json!({"accounts": names, "act": {"tier": "premium"}}).to_string();
        assert_eq!(
            problem(&house.seller.send("POST", PATH, &key, other.as_bytes()), 422).0,
            "idempotency_key_reused"
        );
        let again = house.seller.post("/api/v1/bulk-jobs/calls-2030/resume", &json!({})).expect(200);
        assert_eq!(again["state"], "finished", "one that is over stays as it is");
    });
}

#[test]
fn the_same_key_is_the_same_job_even_when_the_act_changed_what_the_filter_finds() {
    on_each(|house| {
        house.account("One", "US", "1");
        let body = json!({"filter": "!(\"vip\" in tags)", "act": {"tags": {"add": ["vip"]}}}).to_string();
        let key = [("idempotency-key", "vip-once")];
        house.seller.send("POST", PATH, &key, body.as_bytes()).expect(202);
        let done = finished(house, "vip-once");
        let change = done["items"][0]["change"].as_str().unwrap_or_else(|| panic!("{done}"));
        for approver in [&house.ar, &house.controller] {
            approver.post(&format!("/api/v1/changes/{change}/approve"), &json!({})).expect(200);
        }
        let left = json!({"filter": "!(\"vip\" in tags)", "act": {"tags": {"add": ["new"]}}});
        assert_eq!(
            problem(&house.seller.post(PATH, &left), 422).1[0].1,
            "bulk.none",
            "the filter finds it no more"
        );
        let again = house.seller.send("POST", PATH, &key, body.as_bytes()).expect(202);
        assert_eq!((&again["id"], &again["state"]), (&json!("vip-once"), &json!("finished")));
        // The key is for these accounts: another selection is another job.
        let wider = json!({"filter": "has(stage)", "act": {"tags": {"add": ["vip"]}}}).to_string();
        let (code, _) = problem(&house.seller.send("POST", PATH, &key, wider.as_bytes()), 422);
        assert_eq!(code, "idempotency_key_reused");
    });
}

#[test]
fn what_cannot_be_asked_of_many_is_refused_with_its_place() {
    on_each(|house| {
        house.account("One", "US", "1");
        let cases = [
            (json!({"filter": "has(stage)", "act": {}}), "/act", "one_of"),
            (json!({"filter": "has(stage)", "act": {"tier": "golden"}}), "/act/tier", "tier_unknown"),
            (json!({"filter": "has(stage)", "act": {"tier": "premium", "owner": "usr_x"}}), "/act", "one_of"),
            (json!({"filter": "has(stage)", "act": {"review": "soon"}}), "/act/review", "date_invalid"),
            (json!({"filter": "has(stage)", "act": {"hold": "credit"}}), "/reason", "required"),
            (json!({"filter": "has(stage)", "act": {"task": {"title": " "}}}), "/act/task/title", "required"),
            (json!({"act": {"tier": "premium"}}), "/filter", "one_of"),
            (json!({"filter": "teir == 1", "act": {"tier": "premium"}}), "/filter", "unknown_field"),
            (json!({"filter": "name == \"x\"", "act": {"tier": "premium"}}), "/filter", "bulk.none"),
            (json!({"accounts": ["C-999999"], "act": {"tier": "premium"}}), "/accounts/0", "account_unknown"),
        ];
        for (body, place, code) in cases {
            let (_, faults) = problem(&house.seller.post(PATH, &body), 422);
            assert!(faults.iter().any(|(at, found)| at == place && found == code), "{body}: {faults:?}");
        }
        problem(&house.nobody.post(PATH, &json!({"filter": "has(stage)", "act": {"tier": "premium"}})), 403);
    });
}
