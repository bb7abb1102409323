//! How things stand: figures, what needs the caller, and finding an account, within what each may see.

use serde_json::{Value, json};

use crate::house::{House, on_each, order, problem};

fn user(house: &House, name: &str) -> Value {
    let users = house.admin.get("/api/v1/users").expect(200);
    let found = users["items"].as_array().unwrap().iter().find(|user| user["name"] == name);
    found.unwrap()["id"].clone()
}

fn kinds(home: &Value) -> Vec<(&str, &str)> {
    let needs = home["needs"].as_array().unwrap().iter();
    needs.map(|need| (need["kind"].as_str().unwrap(), need["urgency"].as_str().unwrap())).collect()
}

fn outcome<'a>(home: &'a Value, id: &str) -> Option<&'a Value> {
    home["outcomes"].as_array().unwrap().iter().find(|outcome| outcome["id"] == id)
}

/// An event of a customer some days ago.
fn event(id: &str, erp: &str, kind: &str, days: i64, data: &Value) -> Value {
    let at = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(24 * days);
    json!({"specversion": "1.0", "id": id, "source": "test", "type": format!("io.kith.{kind}"), "time": at.to_string(),
        "subject": format!("external:erp:{erp}"), "data": data})
}

fn happen(house: &House, events: &Value) {
    let taken = house.ops.post("/api/v1/touchpoints", events).expect(200);
    assert_eq!(taken["quarantined"], json!([]), "{taken}");
    let path = format!("/api/v1/home?min_position={}", taken["position"]);
    house.admin.get(&path).expect(200);
}

#[test]
fn a_figure_that_cannot_be_told_is_left_out() {
    on_each(|house| {
        let home = house.admin.get("/api/v1/home").expect(200);
        assert_eq!(
            (&home["outcomes"], &home["needs"], &home["revenue"]),
            (&json!([]), &json!([]), &Value::Null)
        );
        assert_eq!((&home["accounts"], &home["scope"]), (&json!(0), &json!("all")));
        house.account("Acme", "US", "1");
        let home = house.admin.get("/api/v1/home").expect(200);
        let known: Vec<&str> =
            home["outcomes"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
        assert_eq!(known, ["data_quality"], "nothing was ordered, answered or onboarded");
    });
}

#[test]
fn figures_rest_on_what_happened_and_lead_to_it() {
    on_each(|house| {
        for (erp, name) in [("1", "Kept"), ("2", "Lost"), ("3", "Young")] {
            house.account(name, "US", erp);
        }
        let placed = |id: &str, erp: &str, days| {
            let value = json!({"amount": "100.00", "currency": "USD"});
            event(id, erp, "order.placed", days, &json!({"order_no": id, "entity": "US", "value": value}))
        };
        let csat = |id: &str, score: u8| {
            event(id, "1", "survey.responded", 5, &json!({"kind": "csat", "score": score, "respondent": id}))
        };
        let amount = json!({"amount": "900.00", "currency": "USD"});
        let day = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date().to_string();
        let billed =
            json!({"invoice_no": "I1", "amount": amount, "entity": "US", "issued_on": day, "due_on": day});
        let invoice = event("i1", "1", "invoice.posted", 0, &billed);
        happen(
            house,
            &json!([
                placed("a", "1", 400),
                placed("b", "1", 10),
                placed("c", "2", 400),
                placed("d", "3", 10),
                csat("s1", 5),
                csat("s2", 4),
                csat("s3", 5),
                csat("s4", 2),
                csat("s5", 5),
                invoice,
            ]),
        );
        let home = house.seller.get("/api/v1/home?scope=all").expect(200);
        let kept = outcome(&home, "retention").unwrap();
        assert_eq!(
            (&kept["value"], &kept["n"], &kept["met"]),
            (&json!(0.5), &json!(2), &json!(false)),
            "{kept}"
        );
        let lost: String =
            kept["filter"].as_str().unwrap().bytes().map(|byte| format!("%{byte:02X}")).collect();
        let lost = house.seller.get(&format!("/api/v1/accounts?filter={lost}")).expect(200);
        assert_eq!(lost["items"].as_array().unwrap().len(), 1);
        assert_eq!(lost["items"][0]["name"], "Lost");
        let satisfied = outcome(&home, "satisfaction").unwrap();
        assert_eq!((&satisfied["value"], &satisfied["n"]), (&json!(0.8), &json!(5)), "{satisfied}");
        let weeks = home["revenue"]["weeks"].as_array().unwrap();
        assert_eq!(weeks.len(), 13);
        let sum = |part: &str| weeks.iter().filter(|week| week[part]["amount"] == "900.00").count();
        assert_eq!(sum("at_risk") + sum("kept"), 1, "the invoice is in one week, on one side: {weeks:?}");
        for (filter, customers) in [("filter", "customers_at_risk"), ("kept_filter", "customers_kept")] {
            let text = home["revenue"][filter].as_str().unwrap();
            let text: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
            let listed = house.seller.get(&format!("/api/v1/accounts?filter={text}")).expect(200);
            let listed = listed["items"].as_array().unwrap().len();
            assert_eq!(json!(listed), home["revenue"][customers], "{filter} finds whom it counts");
        }
        assert_eq!(home["happenings"][0]["name"], "Kept");
        assert!(home["happenings"].as_array().unwrap().len() <= 12);
        // What happens later moves what was added up before.
        happen(house, &json!([csat("s6", 1), csat("s7", 1)]));
        let home = house.seller.get("/api/v1/home?scope=all").expect(200);
        assert_eq!(outcome(&home, "satisfaction").unwrap()["n"], 7);
    });
}

#[test]
fn what_needs_somebody_is_ranked_and_scoped() {
    on_each(|house| {
        let seller = user(house, "seller");
        let mine = house.account("Mine", "US", "1");
        house.account("Other", "US", "2");
        let path = format!("/api/v1/accounts/{}", mine["id"].as_str().unwrap());
        let edit = house.seller.patch(&path, "\"v1\"", &json!({"account_manager": seller})).expect(202);
        house.approve(&edit);
        let due = |days: i64| {
            let at = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24 * days);
            at.to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
        };
        for (title, days) in [("Later", 30), ("Missed", -3), ("Soon", 4)] {
            let task = json!({"account": mine["id"], "kind": "call_back", "title": title, "due": due(days), "assignee": seller});
            house.admin.post("/api/v1/tasks", &task).expect(201);
        }
        let home = house.seller.get("/api/v1/home").expect(200);
        assert_eq!((&home["scope"], &home["accounts"]), (&json!("me"), &json!(1)));
        assert_eq!(home["scopes"], json!(["me", "all"]), "the seller is in no team");
        assert_eq!(kinds(&home), [("task", "now"), ("task", "soon"), ("task", "later")]);
        assert_eq!(
            (&home["needs"][0]["reason"], &home["needs"][0]["overdue"]),
            (&json!("Missed"), &json!(true))
        );
        let (all, pressing) = (&home["needs_total"], &home["needs_pressing"]);
        assert_eq!(
            (all, pressing, &home["needs"][0]["account_name"]),
            (&json!(3), &json!(1), &json!("Mine"))
        );
        house
            .admin
            .post("/api/v1/teams", &json!({"code": "north", "name": "North", "members": [seller]}))
            .expect(201);
        let all = house.seller.get("/api/v1/home?scope=team").expect(200);
        assert_eq!((&all["scope"], &all["accounts"]), (&json!("team"), &json!(0)));
        // Who approves is told of what waits for them, and nobody else is.
        house.seller.patch(&path, "\"v2\"", &json!({"tier": "strategic"})).expect(202);
        let approver = house.ar.get("/api/v1/home").expect(200);
        assert_eq!(kinds(&approver).first().map(|(kind, _)| *kind), Some("change"), "{approver}");
        assert!(kinds(&house.ops.get("/api/v1/home").expect(200)).iter().all(|(kind, _)| *kind != "change"));
        assert_eq!(problem(&house.ar.get("/api/v1/home?scope=team"), 422).1[0].0, "/scope");
        assert_eq!(problem(&house.ar.get("/api/v1/home?scope=mine"), 422).1[0].0, "/scope");
    });
}

#[test]
fn nobody_is_told_of_accounts_that_are_not_theirs_to_see() {
    on_each(|house| {
        house.account("Acme", "US", "1");
        house.account("Muster", "DE", "2");
        happen(house, &json!([order("o1", "1", "10.00"), order("o2", "2", "20.00")]));
        let home = house.german.get("/api/v1/home?scope=all").expect(200);
        assert_eq!(home["accounts"], 1);
        let names: Vec<&Value> =
            home["happenings"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
        assert_eq!(names, ["Muster"]);
        let found = house.german.get("/api/v1/find?q=acme").expect(200);
        assert_eq!(found["items"], json!([]));
    });
}

#[test]
fn an_account_is_found_by_whatever_one_remembers() {
    on_each(|house| {
        let account = house.account("Brightwater Foods", "US", "4711");
        house.account("Bright Lights", "US", "2");
        let number = account["account_number"].as_str().unwrap();
        let figure = number.trim_start_matches("C-").trim_start_matches('0');
        let id = account["id"].as_str().unwrap();
        for text in [
            number,
            &number.to_lowercase(),
            figure,
            id,
            "external:erp:4711",
            "erp:4711",
            "4711@customer.example",
            "brightwater",
            "FOODS",
            "foods brightw",
            "brigthwater",
            "Brightwter Fods",
        ] {
            let path = format!("/api/v1/find?limit=3&q={}", text.replace(' ', "%20").replace('@', "%40"));
            let found = house.seller.get(&path).expect(200);
            assert_eq!(found["items"][0]["name"], "Brightwater Foods", "{text}: {found}");
        }
        assert_eq!(
            house.seller.get("/api/v1/find?q=bright").expect(200)["items"].as_array().unwrap().len(),
            2
        );
        assert_eq!(house.seller.get("/api/v1/find?q=zzzz").expect(200)["items"], json!([]));
        for bad in ["", "%20", &"x".repeat(201)] {
            assert_eq!(problem(&house.seller.get(&format!("/api/v1/find?q={bad}")), 422).1[0].0, "/q");
        }
    });
}

#[test]
fn a_notification_is_read_and_put_off() {
    on_each(|house| {
        let seller = user(house, "seller");
        let task = json!({"kind": "call_back", "title": "Call", "assignee": seller});
        house.admin.post("/api/v1/tasks", &task).expect(201);
        let list =
            |state: &str| house.seller.get(&format!("/api/v1/notifications?state={state}")).expect(200);
        let unread = list("unread");
        let id = unread["items"][0]["id"].as_str().unwrap();
        let path = format!("/api/v1/notifications/{id}");
        let until = (jiff::Timestamp::now() + jiff::SignedDuration::from_hours(2)).to_string();
        let put_off = house.seller.post(&format!("{path}/snooze"), &json!({"until": until})).expect(200);
        assert_eq!((&put_off["read_at"], put_off["snoozed_until"].is_string()), (&Value::Null, true));
        assert_eq!(
            (list("unread")["items"].clone(), &list("snoozed")["items"][0]["id"]),
            (json!([]), &json!(id))
        );
        house.seller.post(&format!("{path}/unread"), &json!({})).expect(200);
        assert_eq!(list("unread")["items"][0]["id"], id);
        house.seller.post(&format!("{path}/read"), &json!({})).expect(200);
        assert_eq!(list("read")["items"][0]["id"], id);
        let snooze = |until: &str| house.seller.post(&format!("{path}/snooze"), &json!({"until": until}));
        assert_eq!(problem(&snooze("tomorrow"), 422).1[0].0, "/until");
        assert_eq!(problem(&snooze("2020-01-01T00:00:00Z"), 422).0, "notification.snooze_range");
        problem(&house.ar.post(&format!("{path}/unread"), &json!({})), 404);
    });
}

#[test]
fn the_quarantine_is_ranked_repaired_and_decided_together() {
    on_each(|house| {
        let acme = house.account("Acme", "US", "1");
        let send = |body: &Value| house.ops.post("/api/v1/touchpoints", body).expect(200);
        let mut late = order("x1", "404", "5.00");
        late["time"] = json!("yesterday");
        let held = send(&json!([
            late,
            order("s1", "404", "700.00"),
            order("s2", "405", "300.00"),
            order("s3", "404", "1.00")
        ]));
        let ids: Vec<&str> =
            held["quarantined"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
        let desk = house.ops.get("/api/v1/quarantine/causes").expect(200);
        assert_eq!((&desk["waiting"], &desk["looked_at"]), (&json!(4), &json!(4)));
        let first = &desk["causes"][0];
        assert_eq!(
            (&first["code"], &first["items"], &first["subjects"]),
            (&json!("subject_unknown"), &json!(3), &json!(2))
        );
        assert_eq!(first["amount"], json!({"amount": "1001.00", "currency": "USD"}));
        problem(&house.seller.get("/api/v1/quarantine/causes"), 403);

        let path = format!("/api/v1/quarantine/{}", ids[0]);
        let repair = |body: &Value| house.ops.post(&format!("{path}/repair"), body);
        assert_eq!(
            problem(&repair(&json!({"subject": acme["id"], "reason": "Its."})), 422).1[0].0,
            "/subject"
        );
        assert_eq!(problem(&repair(&json!({"reason": "Its."})), 422).1[0].0, "/subject");
        let mut right = order("x1", "1", "5.00");
        right["source"] = json!("elsewhere");
        assert_eq!(
            problem(&repair(&json!({"event": right, "reason": "Its."})), 422).0,
            "quarantine.other_event"
        );
        assert_eq!(house.ops.get(&path).expect(200)["state"], "waiting", "what is refused changes nothing");
        let whole = json!({"event": order("x1", "1", "5.00"), "reason": "The time was a word."});
        let repaired = repair(&whole).expect(200);
        assert_eq!(
            (&repaired["state"], &repaired["reason"]),
            (&json!("replayed"), &json!("The time was a word."))
        );
        assert!(repaired["repaired_by_name"].is_string(), "{repaired}");

        let decide = |body: &Value| house.ops.post("/api/v1/quarantine/decide", body).expect(200);
        let given = decide(
            &json!({"items": [ids[1], ids[3], "qua_no"], "act": "repair", "subject": acme["account_number"], "reason": "New number."}),
        );
        assert_eq!((&given["done"], &given["refused"]), (&json!(2), &json!(1)), "{given}");
        let told = house
            .ops
            .post(&format!("/api/v1/quarantine/{}/assign", ids[2]), &json!({"to": "me"}))
            .expect(200);
        assert_eq!(told["assignee_name"], "ops");
        let unknown =
            house.ops.post(&format!("/api/v1/quarantine/{}/assign", ids[2]), &json!({"to": "usr_no"}));
        assert_eq!(problem(&unknown, 422).1[0].0, "/to");
        let gone = decide(&json!({"items": [ids[2]], "act": "discard"}));
        assert_eq!(gone["items"][0]["code"], "quarantine.reason_required", "{gone}");
        assert_eq!(decide(&json!({"items": [ids[2]], "act": "discard", "reason": "A test."}))["done"], 1);
        assert_eq!(house.ops.get("/api/v1/quarantine/causes").expect(200)["waiting"], 0);
        let timeline = house
            .seller
            .get(&format!("/api/v1/accounts/{}/timeline", acme["id"].as_str().unwrap()))
            .expect(200);
        assert_eq!(timeline["items"].as_array().unwrap().len(), 3, "the repaired ones count");
        assert_eq!(
            problem(
                &house.ops.post("/api/v1/quarantine/decide", &json!({"items": [], "act": "replay"})),
                422
            )
            .1[0]
                .0,
            "/items"
        );
    });
}
