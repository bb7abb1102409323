//! Screening over REST: lists, names, accounts, what people decide, who owns an account.

use std::time::{Duration, Instant};

use kith_testkit::http::Client;
use serde_json::{Value, json};

use crate::house::{DOMAIN, House, on_each, person, problem};

const LIST: &str = "id,name,aliases,kind,country,birth_date\n\
    E1,AEROCARIBBEAN AIRLINES,AERO-CARIBBEAN,company,CU,\nP1,\"MUNOZ LOPEZ, Jose\",,person,CO,1948\n";

fn load(client: &Client, text: &str) -> kith_testkit::http::Reply {
    let headers = [("Content-Type", "application/octet-stream")];
    client.send("POST", "/api/v1/screening/lists?name=ofac", &headers, text.as_bytes())
}

fn hits(house: &House, query: &str) -> Vec<Value> {
    let page = house.admin.get(&format!("/api/v1/screening/hits{query}")).expect(200);
    page["items"].as_array().unwrap().clone()
}

fn put_owners(house: &House, path: &str, body: &Value) -> kith_testkit::http::Reply {
    let headers = [("Content-Type", "application/json")];
    house.seller.send("PUT", &format!("{path}/owners"), &headers, body.to_string().as_bytes())
}

/// Somebody lets somebody else decide in their place.
fn stand_in(from: &Client, to: &str) {
    let ends = jiff::Timestamp::now().checked_add(jiff::SignedDuration::from_hours(24)).unwrap();
    from.post("/api/v1/delegations", &json!({"to": to, "ends": ends.to_string()})).expect(201);
}

/// Asks until something is so.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(20);
    while !is_so() {
        assert!(Instant::now() < end, "{what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn names_are_screened_in_the_shape_of_the_match_api_and_a_broken_list_changes_nothing() {
    on_each(|house| {
        let nobody = house.seller.post("/api/v1/screen", &json!({"names": ["Aero Lines"]}));
        assert_eq!(problem(&nobody, 409).0, "screening.no_list");
        let loaded = load(&house.admin, LIST).expect(201);
        assert_eq!((&loaded["name"], &loaded["snapshot"]["entries"]), (&json!("ofac"), &json!(2)));
        let cut = load(&house.admin, "id,name,kind\nE1,AERO");
        let (code, _) = problem(&cut, 422);
        assert_eq!(code, "screening.list_unreadable");
        assert!(cut.text().contains("line 2"), "{}", cut.text());
        assert_eq!(problem(&load(&house.seller, LIST), 403).0, "access.denied");
        let ask = json!({"queries": {"q": {"schema": "Person",
            "properties": {"name": ["José Muñoz López"], "country": ["co"], "birthDate": ["1948-02-01"]}}},
            "names": ["Aero Caribbean Airlines", "Nordwind GmbH"]});
        let reply = house.seller.post("/api/v1/screen?limit=3", &ask).expect(200);
        let first = &reply["responses"]["q"]["results"][0];
        assert_eq!(
            (&first["id"], &first["score"], &first["match"]),
            (&json!("P1"), &json!(1.0), &json!(true))
        );
        assert_eq!((&first["datasets"], &first["schema"]), (&json!(["ofac"]), &json!("Person")));
        assert_eq!(first["snapshot"], loaded["snapshot"]["id"]);
        assert!(
            first["features"]["name"].is_number() && first["features"]["country"] == json!(0.05),
            "{first}"
        );
        assert_eq!(reply["responses"]["Aero Caribbean Airlines"]["results"][0]["id"], "E1");
        assert_eq!(reply["responses"]["Nordwind GmbH"]["total"], 0);
        let (_, faults) =
            problem(&house.seller.post("/api/v1/screen", &json!({"names": [" "], "name": ""})), 422);
        assert_eq!(faults.len(), 2, "{faults:?}");
        let wrong = r#"{"names":["Ann","Ann"],"country":"XX","birth_date":"1970-02-30","kind":"banana","queries":{
            "a/b":{"schema":"Person","properties":{"name":[" "],"country":["de","Atlantis"],"birthDate":"soon"}},
            "q":{"properties":{"name":["Bob",7]}}}}"#;
        let headers = [("Content-Type", "application/json")];
        let (_, faults) =
            problem(&house.seller.send("POST", "/api/v1/screen", &headers, wrong.as_bytes()), 422);
        let places: Vec<&str> = faults.iter().map(|(place, _)| place.as_str()).collect();
        assert_eq!(
            places,
            [
                "/queries/a~1b/properties/name",
                "/queries/a~1b/properties/birthDate",
                "/queries/a~1b/properties/country/1",
                "/queries/q/properties/name/1",
                "/names/1",
                "/kind",
                "/country",
                "/birth_date"
            ],
            "{faults:?}"
        );
        let twice =
            r#"{"queries":{"q":{"properties":{"name":["Bob"]}},"q":{"properties":{"name":["Cid"]}}}}"#;
        let reply = house.seller.send("POST", "/api/v1/screen", &headers, twice.as_bytes());
        assert_eq!(problem(&reply, 422).1, [("/queries/q".to_owned(), "duplicate_member".to_owned())]);
        let again = load(&house.admin, &format!("{LIST}E2,OTHER LINE,,company,CU,\n")).expect(201);
        assert_eq!(
            (&again["snapshot"]["entries"], again["history"].as_array().unwrap().len()),
            (&json!(3), 1)
        );
        let lists = house.seller.get("/api/v1/screening/lists").expect(200);
        assert_eq!(lists["items"][0]["snapshot"], again["snapshot"]);
    });
}

#[test]
fn a_strong_hit_holds_the_account_and_two_people_decide() {
    on_each(|house| {
        load(&house.admin, LIST).expect(201);
        let account = house.account("Aerocaribbean Airlines", "US", "1");
        let id = account["id"].as_str().unwrap();
        let path = format!("/api/v1/accounts/{id}");
        until("the strong hit places a hold", || {
            let holds = house.seller.get(&format!("{path}/holds")).expect(200);
            holds["items"].as_array().unwrap().iter().any(|hold| hold["type"] == "compliance")
        });
        let report = house.seller.post(&format!("{path}/screen"), &json!({})).expect(200);
        assert_eq!(
            (&report["outcome"], report["hits"].as_array().unwrap().len()),
            (&json!("pending"), 1),
            "{report}"
        );
        let hit = &hits(house, "?state=open")[0];
        assert_eq!((&hit["account"], &hit["entry"]["id"]), (&account["id"], &json!("E1")));
        let one = format!("/api/v1/screening/hits/{}", hit["id"].as_str().unwrap());
        let officer =
            |name: &str| house.server.client().with_token(&person(&house.admin, name, &["compliance"]));
        let (first, second) = (officer("first"), officer("second"));
        assert_eq!(problem(&house.seller.post(&format!("{one}/review"), &json!({})), 403).0, "access.denied");
        assert_eq!(first.post(&format!("{one}/review"), &json!({})).expect(200)["state"], "in_review");
        let bare = json!({"disposition": "true_match"});
        let (code, faults) = problem(&first.post(&format!("{one}/disposition"), &bare), 422);
        assert_eq!((code.as_str(), faults.len()), ("screening.reason_required", 2));
        let whole =
            json!({"disposition": "true_match", "reason": "Same name and country.", "evidence": "Register."});
        let dispose = |by: &Client, body: &Value| by.post(&format!("{one}/disposition"), body);
        assert_eq!(dispose(&first, &whole).expect(200)["state"], "in_review");
        assert_eq!(problem(&dispose(&first, &whole), 403).0, "screening.second_reviewer");
        let done = dispose(&second, &whole).expect(200);
        assert_eq!((&done["state"], done["opinions"].as_array().unwrap().len()), (&json!("true_match"), 2));
        assert!(done["report_due_on"].is_string());
        assert_eq!(problem(&dispose(&second, &whole), 409).0, "screening.decided");
        let report = house.seller.post(&format!("{path}/screen"), &json!({})).expect(200);
        assert_eq!(report["outcome"], "blocked");
    });
}

#[test]
fn a_false_positive_is_remembered_until_the_entry_changes() {
    on_each(|house| {
        let account = house.account("Aero Caribbean", "US", "1");
        let path = format!("/api/v1/accounts/{}", account["id"].as_str().unwrap());
        load(&house.admin, LIST).expect(201);
        until("the list's change screens the account", || !hits(house, "?state=pending").is_empty());
        let hit = hits(house, "?state=pending")[0].clone();
        let officer = house.server.client().with_token(&person(&house.admin, "officer", &["compliance"]));
        let second = house.server.client().with_token(&person(&house.admin, "second", &["compliance"]));
        let body =
            json!({"disposition": "false_positive", "reason": "Another business.", "evidence": "Register."});
        let one = format!("/api/v1/screening/hits/{}/disposition", hit["id"].as_str().unwrap());
        let proposed = officer.post(&one, &body).expect(200);
        assert_eq!(
            (&proposed["state"], &proposed["proposed"]),
            (&json!("in_review"), &json!("false_positive"))
        );
        assert_eq!(problem(&officer.post(&one, &body), 403).0, "screening.second_reviewer");
        let told = |who: &Client| {
            let page = who.get("/api/v1/notifications").expect(200);
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .any(|item| item["kind"] == "hit_proposed" && item["about"] == hit["id"])
        };
        assert!(
            told(&second) && !told(&officer),
            "the second reviewer is told, and nobody of their own word"
        );
        let waits = |who: &Client| {
            let home = who.get("/api/v1/home?scope=all").expect(200);
            home["needs"].as_array().unwrap().iter().find(|need| need["about"] == hit["id"]).cloned()
        };
        assert!(waits(&officer).is_none(), "whoever proposed it has nothing to do with it any more");
        let need = waits(&second).unwrap();
        assert!(need["due_at"].is_string(), "it is due by the time of its step: {need}");
        stand_in(&officer, &format!("second@{DOMAIN}"));
        assert_eq!(problem(&second.post(&one, &body), 403).0, "screening.first_ones_delegate");
        let third = house.server.client().with_token(&person(&house.admin, "third", &["compliance"]));
        let done = third.post(&one, &body).expect(200);
        assert_eq!((&done["state"], &done["proposed"]), (&json!("false_positive"), &Value::Null));
        house.seller.post(&format!("{path}/screen"), &json!({})).expect(200);
        assert!(hits(house, "?state=pending").is_empty(), "what was cleared stays cleared");
        load(&house.admin, &LIST.replace("CU", "VE")).expect(201);
        until("the entry has changed", || !hits(house, "?state=pending").is_empty());
        let other = "id,name\nX1,Somebody Else\n";
        assert_eq!(problem(&load(&house.admin, other), 409).0, "screening.list_shrunk");
        let headers = [("Content-Type", "application/octet-stream")];
        let meant = "/api/v1/screening/lists?name=ofac&smaller=true";
        house.admin.send("POST", meant, &headers, other.as_bytes()).expect(201);
        until("nothing is alike any more", || hits(house, "?state=pending").is_empty());
    });
}

#[test]
fn owners_are_followed_and_blocked_ones_taken_together() {
    on_each(|house| {
        load(&house.admin, LIST).expect(201);
        let account = house.account("Nordwind Trading", "US", "1");
        let path = format!("/api/v1/accounts/{}", account["id"].as_str().unwrap());
        let wrong =
            json!({"owners": [{"name": "Ann", "percent": 70}, {"name": "", "percent": 101, "kind": "x"}]});
        let (code, faults) = problem(&put_owners(house, &path, &wrong), 422);
        assert_eq!(code, "screening.owners_invalid");
        assert!(faults.len() >= 2, "{faults:?}");
        let owners = json!({"owners": [
            {"id": "h", "name": "Holding One", "kind": "company", "percent": 60},
            {"id": "j", "name": "Jose Munoz Lopez", "country": "CO", "birth_date": "1948", "percent": 90, "owned": "h"},
            {"id": "a", "name": "Ann Owner", "percent": 40, "controls": true}]});
        let view = put_owners(house, &path, &owners).expect(200);
        let of = |id: &str| {
            view["owners"].as_array().unwrap().iter().find(|owner| owner["id"] == id).unwrap().clone()
        };
        assert_eq!((&of("j")["indirect"], &of("j")["beneficial"]), (&json!(54.0), &json!(true)));
        assert_eq!((&of("h")["beneficial"], &of("a")["beneficial"]), (&json!(false), &json!(true)));
        assert_eq!((&view["verdict"], &view["known"]), (&json!("blocked"), &json!(100.0)), "{view}");
        assert_eq!(house.seller.get(&format!("{path}/ownership")).expect(200)["verdict"], "blocked");
        until("whoever blocked parties own is held", || {
            let holds = house.seller.get(&format!("{path}/holds")).expect(200);
            holds["items"].as_array().unwrap().iter().any(|hold| hold["type"] == "compliance")
        });
    });
}
