//! Onboarding over REST: from an application to a customer in probation, and every way out of it.

use std::time::{Duration, Instant};

use kith_testkit::http::{Client, Reply};
use serde_json::{Value, json};

use crate::house::{House, on_each, order, person, problem};

pub(super) fn application(name: &str) -> Value {
    json!({
        "account": {
            "name": name, "legal_name": format!("{name} Inc."), "email": "ap@acme.example", "owning_entity": "US",
            "customer_type": "enterprise", "payment_terms": "NET30", "credit_limit": "5000",
            "tax_id": {"kind": "ein", "value": "12-3456789", "country": "US"},
            "contacts": [{"name": "Ann Example", "emails": ["ann@acme.example"], "is_primary": true}],
            "addresses": [{"kinds": ["billing"], "country": "US", "lines": ["1 Main St"], "city": "Austin"}],
        },
        "owners": [{"name": "Ann Example", "percent": 80, "controls": true, "country": "us"}],
    })
}

pub(super) fn start(house: &House, key: &str, body: &Value) -> Value {
    house.seller.post_once("/api/v1/onboarding", key, body).expect(201)
}

pub(super) fn path(case: &Value) -> String {
    format!("/api/v1/onboarding/{}", case["id"].as_str().unwrap())
}

pub(super) fn step<'c>(case: &'c Value, name: &str) -> &'c Value {
    case["steps"].as_array().unwrap().iter().find(|step| step["step"] == name).unwrap()
}

fn states(case: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let steps = case["steps"].as_array().unwrap().iter();
    steps.map(|step| (text(&step["step"]), text(&step["state"]))).collect()
}

pub(super) fn act(client: &Client, case: &Value, name: &str, what: &str, key: &str) -> Reply {
    let body = json!({"reason": "Looked at it."});
    client.post_once(&format!("{}/steps/{name}/{what}", path(case)), key, &body)
}

fn complete(house: &House, case: &Value, name: &str) -> Value {
    act(&house.ar, case, name, "complete", &format!("complete-{name}-{}", case["id"])).expect(200)
}

fn approve(change: &Value, by: &[&Client]) -> Value {
    let path = format!("/api/v1/changes/{}/approve", change["id"].as_str().unwrap());
    let mut last = Value::Null;
    for client in by {
        last = client.post(&path, &json!({})).expect(200);
    }
    last
}

/// Asks again until it is so, for half a minute at most.
pub(super) fn until<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(60) {
        if let Some(found) = ask() {
            return found;
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    panic!("{what} did not come about");
}

fn waiting(house: &House, operation: &str) -> Value {
    until(operation, || {
        let changes = house.ar.get("/api/v1/changes?state=waiting").expect(200);
        changes["items"].as_array().unwrap().iter().find(|change| change["operation"] == operation).cloned()
    })
}

/// Every step but the approvals, the contract and what follows, by hand.
fn looked_into(house: &House, case: &Value) {
    for name in ["registry", "tax_id", "screening", "documents"] {
        complete(house, case, name);
    }
}

#[test]
fn an_application_becomes_a_customer_in_probation() {
    on_each(|house| {
        let case = start(house, "a", &application("Acme"));
        assert_eq!(start(house, "a", &application("Acme"))["id"], case["id"], "the same key does it once");
        assert_eq!((&case["state"], &case["stage"]), (&json!("open"), &json!("onboarding")));
        // What can be found out at once is found out at once.
        for name in ["intake", "duplicate_check", "owners"] {
            assert_eq!(step(&case, name)["state"], "passed", "{case}");
        }
        assert_eq!(step(&case, "documents")["state"], "awaiting_customer");
        assert_eq!(case["paused"], true);
        assert_eq!(step(&case, "credit")["blocked_by"], json!(["registry", "tax_id", "screening"]));
        let early = act(&house.ar, &case, "credit", "complete", "early");
        assert_eq!(problem(&early, 409).0, "onboarding.step_too_early");
        assert_eq!(problem(&act(&house.seller, &case, "registry", "complete", "s"), 403).0, "access.denied");
        assert_eq!(
            problem(&act(&house.ar, &case, "dance", "complete", "d"), 404).0,
            "onboarding.step_not_found"
        );
        looked_into(house, &case);
        let read = house.seller.get(&path(&case)).expect(200);
        assert_eq!(step(&read, "credit")["state"], "passed", "{read}");
        let trail = &step(&read, "registry")["trail"];
        let last = trail.as_array().unwrap().last().unwrap();
        assert_eq!((&last["reason"], &last["by_name"]), (&json!("Looked at it."), &json!("ar")));
        let change = waiting(house, "onboarding_approve");
        let roles: Vec<&str> =
            change["steps"].as_array().unwrap().iter().map(|step| step["role"].as_str().unwrap()).collect();
        assert_eq!((&change["lane"], roles), (&json!("yellow"), vec!["ar_manager", "controller"]));
        assert_eq!(
            problem(&act(&house.ar, &case, "approvals", "complete", "x"), 409).0,
            "onboarding.approved_elsewhere"
        );
        assert_eq!(approve(&change, &[&house.ar, &house.controller])["state"], "applied");
        complete(house, &case, "contract");
        until("provisioning", || {
            let read = house.seller.get(&path(&case)).expect(200);
            (step(&read, "provisioning")["state"] == "running").then_some(())
        });
        let done = complete(house, &case, "provisioning");
        assert_eq!(done["state"], "completed", "{:?}", states(&done));
        assert!(done["net_minutes"].as_u64() <= done["gross_minutes"].as_u64());
        let account = format!("/api/v1/accounts/{}", case["account"].as_str().unwrap());
        let read = house.seller.get(&account).expect(200);
        assert_eq!((&read["stage"], &read["status"]), (&json!("probation"), &json!("probation")));
        let kpi = house.seller.get("/api/v1/onboarding/kpi").expect(200);
        assert_eq!((&kpi["cases"], &kpi["meets_target"]), (&json!(1), &json!(true)));
        assert_eq!(kpi["steps"].as_array().unwrap().len(), 12);
        let life = house.seller.get(&format!("{account}/lifecycle")).expect(200);
        let codes: Vec<&str> = life["moves"][0]["obstacles"]
            .as_array()
            .unwrap()
            .iter()
            .map(|obstacle| obstacle["code"].as_str().unwrap())
            .collect();
        assert_eq!(
            (&life["moves"][0]["name"], codes),
            (&json!("activate"), vec!["too_soon", "too_few_invoices"])
        );
        assert_eq!(life["onboarding"], case["id"]);
        assert_eq!(life["statuses"].as_array().unwrap().len(), 2);
        let ended = act(&house.ar, &case, "contract", "fail", "late");
        assert_eq!(problem(&ended, 409).0, "onboarding.ended");
    });
}

#[test]
fn a_late_invoice_in_probation_suspends_once_until_it_comes_about_anew() {
    on_each(|house| {
        let mut body = application("Acme");
        body["account"]["identifiers"] = json!([{"kind": "external:erp", "value": "1"}]);
        let case = start(house, "a", &body);
        looked_into(house, &case);
        approve(&waiting(house, "onboarding_approve"), &[&house.ar, &house.controller]);
        complete(house, &case, "contract");
        let done = until("completion", || {
            let reply = act(&house.ar, &case, "provisioning", "complete", "p");
            (reply.status == 200).then(|| reply.json())
        });
        assert_eq!(done["state"], "completed");
        let mut invoice = order("in-1", "1", "100.00");
        invoice["type"] = json!("io.kith.invoice.posted");
        invoice["data"] = json!({"invoice_no": "in-1", "amount": {"amount": "100.00", "currency": "USD"},
            "entity": "US", "issued_on": "2025-12-01", "due_on": "2026-01-01"});
        let taken = house.ops.post("/api/v1/touchpoints", &invoice).expect(200);
        assert_eq!(taken["accepted"], 1, "{taken}");
        let account = format!("/api/v1/accounts/{}", case["account"].as_str().unwrap());
        let read = until("suspension", || {
            let read = house.seller.get(&account).expect(200);
            (read["status"] == "suspended").then_some(read)
        });
        let late = |read: &Value| {
            let holds = read["holds"].as_array().unwrap().iter();
            holds.clone().find(|hold| hold["cause"] == "probation_late").cloned()
        };
        let hold = late(&read).unwrap();
        assert_eq!(hold["set_by"], Value::Null);
        let release = format!("{account}/holds/{}/release", hold["id"].as_str().unwrap());
        let change = house.ops.post_once(&release, "r", &json!({"reason": "Agreed with them."})).expect(202);
        approve(&change, &[&house.ar]);
        std::thread::sleep(Duration::from_secs(1));
        let read = house.seller.get(&account).expect(200);
        assert_eq!(late(&read), None, "what a person released stays released");
    });
}

#[test]
fn an_application_is_waived_withdrawn_and_turned_down_by_approval() {
    on_each(|house| {
        let case = start(house, "a", &application("Acme"));
        let change = act(&house.seller, &case, "documents", "waive", "w").expect(202);
        assert_eq!(change["steps"][0]["role"], "ar_manager");
        approve(&change, &[&house.ar]);
        let read = house.seller.get(&path(&case)).expect(200);
        assert_eq!(step(&read, "documents")["state"], "waived");
        assert_eq!(read["paused"], true, "the tax form is waited for still");
        let red = act(&house.seller, &case, "screening", "waive", "w2").expect(202);
        assert_eq!(red["lane"], "red");
        assert_eq!(
            problem(&act(&house.seller, &case, "intake", "waive", "w3"), 409).0,
            "onboarding.not_waivable"
        );
        let unknown = json!({"code": "moody", "reason": "No."});
        let refused = house.seller.post_once(&format!("{}/reject", path(&case)), "x", &unknown);
        assert_eq!(problem(&refused, 422).1[0].0, "/code");
        let body = json!({"code": "sanctions_match", "reason": "The owner is listed."});
        let change = house.seller.post_once(&format!("{}/reject", path(&case)), "m", &body).expect(202);
        assert_eq!((&change["lane"], &change["steps"][0]["role"]), (&json!("red"), &json!("compliance")));
        let officers = ["one", "two"]
            .map(|name| house.server.client().with_token(&person(&house.admin, name, &["compliance"])));
        let settled = approve(&change, &[&officers[0], &officers[1]]);
        assert_eq!(settled["state"], "applied", "{settled}");
        let read = house.seller.get(&path(&case)).expect(200);
        assert_eq!((&read["state"], &read["reject_code"]), (&json!("rejected"), &json!("sanctions_match")));
        let account =
            house.seller.get(&format!("/api/v1/accounts/{}", case["account"].as_str().unwrap())).expect(200);
        assert_eq!(account["stage"], "rejected");
        // It may apply again, by approval.
        let again = json!({"account": account["id"]});
        let change = house.seller.post_once("/api/v1/onboarding", "again", &again).expect(202);
        assert_eq!(change["operation"], "onboarding_start_again");
        approve(&change, &[&house.ar]);
        let open = house.seller.get("/api/v1/onboarding?state=open").expect(200);
        assert_eq!(open["items"].as_array().unwrap().len(), 1);
        let twice = house.seller.post_once("/api/v1/onboarding", "twice", &again);
        assert_eq!(problem(&twice, 409).0, "onboarding.account_has_case");
        let second = &open["items"][0];
        let change = house
            .seller
            .post_once(
                &format!("{}/withdraw", path(second)),
                "out",
                &json!({"reason": "They went elsewhere."}),
            )
            .expect(202);
        approve(&change, &[&house.ar]);
        assert_eq!(house.seller.get(&path(second)).expect(200)["state"], "withdrawn");
        let customer = house.account("Other", "US", "9");
        let kept = json!({"account": customer["id"], "prepay": true});
        assert_eq!(start(house, "prospect", &kept)["stage"], "onboarding");
    });
}

#[test]
fn every_fault_of_an_application_is_named_at_once() {
    on_each(|house| {
        let wrong = json!({
            "account": {"name": "", "owning_entity": "US", "email": "nobody", "shoe_size": 3},
            "owners": [{"name": " ", "percent": 120}],
        });
        let refused = house.seller.post_once("/api/v1/onboarding", "w", &wrong);
        let (_, errors) = problem(&refused, 422);
        let places: Vec<&str> = errors.iter().map(|(place, _)| place.as_str()).collect();
        for place in ["/account/name", "/account/email", "/account/shoe_size", "/owners/0/percent"] {
            assert!(places.contains(&place), "{place} in {places:?}");
        }
        let nobody = house.seller.post_once("/api/v1/onboarding", "n", &json!({"account": "C-999999"}));
        assert_eq!(problem(&nobody, 404).0, "account.not_found");
        assert_eq!(problem(&house.seller.get("/api/v1/onboarding/onb_1"), 404).0, "onboarding.not_found");
        assert_eq!(problem(&house.seller.get("/api/v1/onboarding?state=odd"), 422).1[0].0, "/state");
        assert_eq!(house.seller.get("/api/v1/onboarding").expect(200)["items"], json!([]));
        // A case of another entity is not there.
        let case = start(house, "a", &application("Acme"));
        assert_eq!(problem(&house.german.get(&path(&case)), 404).0, "onboarding.not_found");
        assert_eq!(
            problem(&act(&house.german, &case, "registry", "run", "r"), 404).0,
            "onboarding.not_found"
        );
    });
}

#[test]
fn a_file_of_applications_is_tried_and_then_executed_once() {
    on_each(|house| {
        let file = "Company,Email,Entity,Type,Country,prepay,Moon phase\n\
            Alpha Tools,a@alpha.example,US,enterprise,US,yes,new\n\
            Beta Pumps,not an address,US,enterprise,US,no,full\n\
            ,c@gamma.example,US,enterprise,US,no,full\n";
        let send = |query: &str| {
            let path = format!("/api/v1/onboarding/bulk{query}");
            house.manager.send("POST", &path, &[("Content-Type", "text/csv")], file.as_bytes())
        };
        let tried = send("").expect(200);
        assert_eq!(
            (&tried["executed"], &tried["ready"], &tried["refused"]),
            (&json!(false), &json!(1), &json!(2))
        );
        assert_eq!(tried["unknown_columns"], json!(["Moon phase"]));
        assert_eq!(tried["rows"][1]["outcome"], "refused");
        assert_eq!(tried["rows"][1]["row"], 3);
        assert_eq!(
            house.seller.get("/api/v1/onboarding").expect(200)["items"],
            json!([]),
            "a dry run writes nothing"
        );
        let done = send("?execute=true").expect(200);
        assert_eq!(done["rows"][0]["outcome"], "started");
        let again = send("?execute=true").expect(200);
        assert_eq!(again["rows"][0]["case"], done["rows"][0]["case"], "the same file starts nothing twice");
        let cases = house.seller.get("/api/v1/onboarding").expect(200);
        assert_eq!(cases["items"].as_array().unwrap().len(), 1);
        assert_eq!(cases["items"][0]["prepay"], true);
        let broken =
            house.manager.send("POST", "/api/v1/onboarding/bulk", &[("Content-Type", "text/csv")], b"");
        assert_eq!(problem(&broken, 422).0, "onboarding.csv.empty");
    });
}

const PROVIDERS: &str = r#"{"providers": [{"name": "bureau", "kind": "bureau", "file": "bureau.csv"}]}"#;
const BUREAU: &str = "name,vat,country,paydex,recommended_limit,currency,as_of\nAcme Inc.,123456789,US,78,30000,USD,2026-11-01\n";

#[test]
fn a_bureau_is_asked_once_and_feeds_the_risk_score() {
    let files = [("providers.json", PROVIDERS.to_owned()), ("bureau.csv", BUREAU.to_owned())];
    crate::house::on_each_with(&files, |house| {
        let case = start(house, "a", &application("Acme"));
        looked_into(house, &case);
        let read = house.seller.get(&path(&case)).expect(200);
        let credit = step(&read, "credit");
        assert_eq!(credit["state"], "passed", "{credit}");
        let said = credit["trail"].as_array().unwrap().last().unwrap()["evidence"].to_string();
        assert!(said.contains("paydex 78") && said.contains("Class "), "{said}");
        let risk = format!("/api/v1/accounts/{}/risk", case["account"].as_str().unwrap());
        let risk = house.seller.get(&risk).expect(200);
        assert_eq!(
            (&risk["bureau"]["bureau"], &risk["bureau"]["value"]),
            (&json!("bureau"), &json!(78.0)),
            "{risk}"
        );
    });
}

#[test]
fn a_limit_above_what_it_is_worth_is_left_to_a_person() {
    let files = [("providers.json", PROVIDERS.to_owned()), ("bureau.csv", BUREAU.to_owned())];
    crate::house::on_each_with(&files, |house| {
        let asked = |limit: &str, name: &str, number: &str| {
            let mut body = application(name);
            body["account"]["credit_limit"] = json!(limit);
            body["account"]["email"] = json!(format!("ap@{}.example", name.to_lowercase()));
            body["account"]["tax_id"]["value"] = json!(number);
            let case = start(house, name, &body);
            looked_into(house, &case);
            let read = house.seller.get(&path(&case)).expect(200);
            (case, step(&read, "credit").clone())
        };
        // The bureau recommends 30,000 for Acme, of which a first limit is 25,000 at most; nobody knows the others.
        for (limit, name, number, state, figures) in [
            ("25000", "Acme", "12-3456789", "passed", ["25000.00", "25000.00"]),
            ("5000.01", "Borealis", "98-7654321", "running", ["5000.01", "5000.00"]),
            ("5000", "Castell", "45-1234567", "passed", ["5000.00", "5000.00"]),
        ] {
            let (case, credit) = asked(limit, name, number);
            assert_eq!(credit["state"], state, "{name}: {credit}");
            let last = credit["trail"].as_array().unwrap().last().unwrap().clone();
            let said = last["evidence"].to_string();
            assert!(said.contains(&format!("Credit limit USD {}.", figures[0])), "{said}");
            assert!(said.contains(&format!("Worth a limit of USD {}.", figures[1])), "{said}");
            if state == "running" {
                assert_eq!(last["reason"], "The limit is above what it is worth: decide on it.");
                let done = complete(house, &case, "credit");
                assert_eq!(step(&done, "credit")["state"], "passed", "{done}");
            }
        }
    });
}

#[test]
fn provisioning_gives_what_the_application_names_and_says_what_cannot_be_given() {
    on_each(|house| {
        let list = json!({"code": "TRADE", "name": "Trade", "currency": "USD", "rows": [{"item": "BOLT", "price": "9.00"}]});
        let made = house.admin.post_once("/api/v1/price-lists", "list", &list);
        assert_eq!(made.status / 100, 2, "{}", made.text());
        let mut body = application("Acme");
        body["price_list"] = json!("trade");
        body["edi_ids"] = json!(["14:4012345000009"]);
        body["portal_users"] =
            json!([{"name": "Bo Buyer", "email": "bo@acme.example", "role": "portal_user"}]);
        let mut wrong = body.clone();
        wrong["edi_ids"] = json!(["a b:1"]);
        wrong["portal_users"] = json!([{"name": "", "email": "bo", "role": "boss"}]);
        let refused = problem(&house.seller.post_once("/api/v1/onboarding", "w", &wrong), 422);
        let places: Vec<&str> = refused.1.iter().map(|(place, _)| place.as_str()).collect();
        for place in ["/portal_users/0/role", "/portal_users/0/name", "/portal_users/0/email", "/edi_ids/0"] {
            assert!(places.contains(&place), "{refused:?}");
        }
        let case = start(house, "a", &body);
        looked_into(house, &case);
        approve(&waiting(house, "onboarding_approve"), &[&house.ar, &house.controller]);
        complete(house, &case, "contract");
        let done = until("the end", || {
            let read = house.seller.get(&path(&case)).expect(200);
            (read["state"] == "completed").then_some(read)
        });
        let said = step(&done, "provisioning")["trail"].to_string();
        assert!(said.contains("TRADE") && said.contains("14:4012345000009"), "{said}");
        let account = format!("/api/v1/accounts/{}", case["account"].as_str().unwrap());
        let read = house.seller.get(&account).expect(200);
        assert_eq!(read["price_list"], "TRADE");
        let edi = json!("external:edi");
        assert!(read["identifiers"].as_array().unwrap().iter().any(|row| row["kind"] == edi), "{read}");
        let mails = house.seller.get("/api/v1/outbox").expect(200);
        let to: Vec<&Value> = mails["items"].as_array().unwrap().iter().map(|mail| &mail["to"]).collect();
        assert!(
            to.contains(&&json!("bo@acme.example")) && to.contains(&&json!("ann@acme.example")),
            "{mails}"
        );
    });
}

#[test]
fn a_bulk_file_names_the_people_of_the_portal() {
    on_each(|house| {
        let file = "name,email,entity,customer type,price_list,edi_id,portal_user_name,portal_user_email,portal_user_role,portal_user_email_2\n\
                    Acme,ap@acme.example,US,enterprise,,14:4012345000009,Bo,bo@acme.example,portal_admin,cy@acme.example\n\
                    Beta,ap@beta.example,US,enterprise,,,Di,di,,\n";
        let send = |query: &str| {
            let path = format!("/api/v1/onboarding/bulk{query}");
            house.manager.send("POST", &path, &[("Content-Type", "text/csv")], file.as_bytes()).expect(200)
        };
        let dry = send("");
        assert_eq!(
            (&dry["ready"], &dry["refused"], &dry["unknown_columns"]),
            (&json!(1), &json!(1), &json!([])),
            "{dry}"
        );
        let done = send("?execute=true");
        let case = done["rows"][0]["case"].as_str().unwrap();
        let read = house.seller.get(&format!("/api/v1/onboarding/{case}")).expect(200);
        assert_eq!(read["edi_ids"], json!(["14:4012345000009"]));
        assert_eq!(read["portal_users"].as_array().unwrap().len(), 2, "{read}");
    });
}

#[test]
fn every_fault_of_a_bulk_row_is_named_with_its_column_and_good_rows_go_on() {
    on_each(|house| {
        let file = "name,email,entity,customer type,prepay,portal_user_name,portal_user_email,portal_user_role,portal_user_role_2\n\
                    Acme,ap@acme.example,US,enterprise,yes,Bo,bo@acme.example,portal_admin,\n\
                    Beta,ap@beta.example,US,enterprise,maybe,Di,di,admin,portal_user\n\
                    Acme,ap@acme.example,US,enterprise,yes,Bo,bo@acme.example,portal_admin,\n\
                    \"Gam\nma\",nobody,US,enterprise,perhaps,,,,\nDelta,nobody,US,enterprise,no,,,,\n";
        let send = |query: &str| {
            let path = format!("/api/v1/onboarding/bulk{query}");
            house.manager.send("POST", &path, &[("Content-Type", "text/csv")], file.as_bytes()).expect(200)
        };
        for (query, outcome) in [("", "ready"), ("?execute=true", "started")] {
            let reply = send(query);
            assert_eq!((&reply["ready"], &reply["refused"]), (&json!(1), &json!(4)), "{reply}");
            let lines: Vec<u64> =
                reply["rows"].as_array().unwrap().iter().map(|row| row["line"].as_u64().unwrap()).collect();
            assert_eq!(lines, [2, 3, 4, 5, 7], "a cell of two lines: {reply}");
            assert_eq!(reply["rows"][0]["outcome"], outcome, "{reply}");
            let faults = |row: usize| -> Vec<(String, String)> {
                let errors = reply["rows"][row]["errors"].as_array().unwrap();
                let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                errors.iter().map(|error| (text(&error["column"]), text(&error["code"]))).collect()
            };
            let pairs = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
                pairs.iter().map(|(column, code)| ((*column).to_owned(), (*code).to_owned())).collect()
            };
            let beta = pairs(&[
                ("prepay", "not_in_list"),
                ("portal_user_email", "email_invalid"),
                ("portal_user_role", "not_in_list"),
                ("portal_user_email_2", "required"),
            ]);
            assert_eq!(faults(1), beta, "{reply}");
            assert_eq!(faults(2), pairs(&[("", "duplicate")]), "{reply}");
            assert!(faults(3).contains(&("prepay".to_owned(), "not_in_list".to_owned())), "{reply}");
        }
        let cases = house.seller.get("/api/v1/onboarding").expect(200);
        assert_eq!(cases["items"].as_array().unwrap().len(), 1);
    });
}

#[test]
fn owners_who_cannot_be_are_refused_all_at_once() {
    on_each(|house| {
        let mut body = application("Acme");
        body["owners"] = json!([
            {"name": "Ann", "percent": 60, "born_on": "2999-01-01"},
            {"name": "Bob", "percent": 50, "born_on": "1970-02-30"},
            {"name": "Cid", "born_on": "1812-02-07"}]);
        let refused = problem(&house.seller.post_once("/api/v1/onboarding", "o", &body), 422).1;
        for (place, code) in [
            ("/owners/0/born_on", "in_the_future"),
            ("/owners/1/born_on", "date_invalid"),
            ("/owners/2/born_on", "out_of_range"),
            ("/owners", "over_whole"),
        ] {
            assert!(refused.contains(&(place.to_owned(), code.to_owned())), "{place}: {refused:?}");
        }
    });
}
