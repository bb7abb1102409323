//! Teams over REST: members, what accounts refer to, portfolios.

use serde_json::{Value, json};

use crate::house::{House, on_each, problem};

fn user(house: &House, name: &str) -> String {
    let users = house.admin.get("/api/v1/users").expect(200);
    let found = users["items"].as_array().unwrap().iter().find(|user| user["name"] == name);
    found.unwrap()["id"].as_str().unwrap().to_owned()
}

fn north(house: &House) -> Value {
    let (seller, manager) = (user(house, "seller"), user(house, "manager"));
    let body =
        json!({"code": "north", "name": "Northern region", "members": [seller, manager], "lead": manager});
    house.admin.post("/api/v1/teams", &body).expect(201)
}

#[test]
fn a_team_has_members_and_a_lead() {
    on_each(|house| {
        let team = north(house);
        assert_eq!((&team["id"], &team["lead_name"]), (&json!("NORTH"), &json!("manager")));
        assert_eq!(team["members"].as_array().unwrap().len(), 2);
        let again = json!({"code": "North", "name": "N"});
        assert_eq!(problem(&house.admin.post("/api/v1/teams", &again), 409).0, "team.exists");
        let bad = json!({"code": "a b", "name": "", "entity": "XX", "members": ["usr_x"], "colour": 1});
        let faults = problem(&house.admin.post("/api/v1/teams", &bad), 422).1;
        let places: Vec<&str> = faults.iter().map(|(place, _)| place.as_str()).collect();
        for place in ["/code", "/name", "/entity", "/members/0", "/colour"] {
            assert!(places.contains(&place), "{place}: {faults:?}");
        }
        problem(&house.seller.post("/api/v1/teams", &again), 403);

        let path = "/api/v1/teams/north";
        let added =
            house.admin.post(&format!("{path}/members"), &json!({"user": "ar@house.example"})).expect(200);
        assert_eq!((&added["version"], added["members"].as_array().unwrap().len()), (&json!(2), 3));
        let ar = user(house, "ar");
        let gone = house.admin.send("DELETE", &format!("{path}/members/{ar}"), &[], &[]).expect(200);
        assert_eq!(gone["members"].as_array().unwrap().len(), 2);
        let manager = user(house, "manager");
        let lead = house.admin.send("DELETE", &format!("{path}/members/{manager}"), &[], &[]);
        assert_eq!(problem(&lead, 409).0, "team.leads");
        let german = json!({"members": [user(house, "german")], "lead": null, "entity": "US"});
        let reach = problem(&house.admin.patch(path, "\"v3\"", &german), 422).1;
        assert_eq!(reach, [("/members/0".to_owned(), "member_out_of_reach".to_owned())]);
        problem(&house.admin.patch(path, "\"v1\"", &json!({"name": "x"})), 412);
        house.admin.patch(path, "\"v3\"", &json!({"retired": true})).expect(200);
        assert_eq!(house.seller.get("/api/v1/teams").expect(200)["items"], json!([]));
        let all = house.seller.get("/api/v1/teams?retired=true").expect(200);
        assert_eq!(all["items"][0]["retired"], true);
        problem(&house.seller.get("/api/v1/teams/SOUTH"), 404);
    });
}

#[test]
fn accounts_belong_to_a_team_that_exists_and_make_its_portfolio() {
    on_each(|house| {
        let account = house.account("Acme", "US", "1");
        let path = format!("/api/v1/accounts/{}", account["id"].as_str().unwrap());
        north(house);
        let unknown = house.seller.patch(&path, "\"v1\"", &json!({"team": "nrth"}));
        let fault = problem(&unknown, 422).1;
        assert_eq!(fault, [("/team".to_owned(), "team_unknown".to_owned())]);
        assert!(unknown.json()["errors"].to_string().contains("did you mean NORTH"), "{}", unknown.text());

        let seller = user(house, "seller");
        let edit = json!({"team": "northern REGION", "account_manager": seller});
        let version = house.seller.get(&path).expect(200)["version"].as_u64().unwrap();
        let change = house.seller.patch(&path, &format!("\"v{version}\""), &edit).expect(202);
        house.approve(&change);
        let after = house.seller.get(&path).expect(200);
        assert_eq!(after["team"], "NORTH");
        let version = after["version"].as_u64().unwrap();
        house.seller.patch(&path, &format!("\"v{version}\""), &json!({"tier": "strategic"})).expect(202);

        let portfolio = house.seller.get("/api/v1/teams/NORTH/portfolio").expect(200);
        assert_eq!((&portfolio["accounts"], &portfolio["open_changes"]), (&json!(1), &json!(1)));
        assert_eq!(portfolio["items"][0]["name"], "Acme");
        let managers = portfolio["managers"].as_array().unwrap();
        let of = |name: &str| managers.iter().find(|one| one["name"] == name).unwrap();
        assert_eq!((&of("seller")["accounts"], &of("manager")["accounts"]), (&json!(1), &json!(0)));
        assert_eq!(of("manager")["lead"], true);
        let own = house.seller.get(&format!("/api/v1/users/{seller}/portfolio")).expect(200);
        assert_eq!((&own["open_changes"], &own["user"]), (&json!(1), &json!(seller)));
        // Who sees no account of the US sees the team, and none of its accounts.
        let seen = house.german.get("/api/v1/teams/NORTH/portfolio").expect(200);
        assert_eq!((&seen["accounts"], &seen["open_changes"]), (&json!(0), &json!(0)));
    });
}
