//! The organisation, its people, its rates and the end of set-up.

use serde_json::{Value, json};

use crate::house::{on_each, problem};

#[test]
fn entities_and_rates_are_added_and_faults_located() {
    on_each(|house| {
        let add = |body| house.admin.post("/api/v1/entities", &body);
        let added =
            add(json!({"code": "FR", "name": "Maison", "currency": "EUR", "timezone": "Europe/Paris"}));
        let codes: Vec<String> = added.expect(201)["entities"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entity| entity["code"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(codes, ["US", "DE", "FR"]);
        let heads = house.heads();
        let (_, errors) = problem(&add(json!({"code": "f r", "name": "x", "currency": "ZZZ"})), 422);
        let found: Vec<&str> = errors.iter().map(|(pointer, _)| pointer.as_str()).collect();
        assert_eq!(found, ["/code", "/currency"]);
        let twice = add(json!({"code": "FR", "name": "Maison", "currency": "USD"}));
        assert!(matches!(twice.status, 409 | 422), "{}", twice.text());
        let zone =
            add(json!({"code": "ES", "name": "Casa", "currency": "EUR", "timezone": "Europe/Atlantis"}));
        assert_eq!(problem(&zone, 422).1[0].0, "/timezone");
        let load = |body| house.admin.post("/api/v1/fx-rates", &body);
        let (_, errors) = problem(
            &load(json!({"rates": [
            {"base": "EUR", "quote": "USD", "day": "2026-01-02", "rate": "1.08", "source": "ecb"},
            {"base": "ZZZ", "quote": "USD", "day": "soon", "rate": "1e3", "source": "ecb"}]})),
            422,
        );
        let found: Vec<&str> = errors.iter().map(|(pointer, _)| pointer.as_str()).collect();
        assert_eq!(found, ["/rates/1/base", "/rates/1/day", "/rates/1/rate"]);
        let unsigned =
            load(json!({"rates": [{"base": "EUR", "quote": "USD", "day": "2026-01-02", "rate": "1.08"}]}));
        assert_eq!(problem(&unsigned, 422).1, [("/rates/0/source".to_owned(), "required".to_owned())]);
        let minus = load(
            json!({"rates": [{"base": "EUR", "quote": "USD", "day": "2026-01-02", "source": "ecb", "rate": "-1"}]}),
        );
        assert_eq!(minus.status, 422, "{}", minus.text());
        assert_eq!(house.heads(), heads);
        load(json!({"rates": [{"base": "EUR", "quote": "USD", "day": "2026-01-02", "source": "ecb", "rate": "1.08"}]}))
            .expect(200);
        problem(&house.seller.post("/api/v1/setup/close", &json!({})), 403);
    });
}

#[test]
fn people_choose_how_they_read_and_administrators_for_them() {
    on_each(|house| {
        let wish = json!({"language": "de", "locale": "de-AT", "timezone": "Europe/Vienna"});
        let own = house.seller.post("/api/v1/users/me/preferences", &wish).expect(200);
        assert_eq!((&own["language"], &own["locale"]), (&json!("de"), &json!("de-AT")));
        let path = format!("/api/v1/users/{}/preferences", own["id"].as_str().unwrap());
        let other = house.admin.post(&path, &json!({"language": "en"})).expect(200);
        assert_eq!((&other["language"], &other["timezone"]), (&json!("en"), &Value::Null));
        let users = house.admin.get("/api/v1/users").expect(200);
        let now = users["items"].as_array().unwrap().iter().find(|user| user["id"] == own["id"]).unwrap();
        assert_eq!(now["language"], "en");
        let admin = users["items"].as_array().unwrap().iter().find(|user| user["id"] != own["id"]).unwrap();
        let path = format!("/api/v1/users/{}/preferences", admin["id"].as_str().unwrap());
        problem(&house.seller.post(&path, &wish), 403);
        let wrong = json!({"language": "tlh", "locale": "de-FR", "timezone": "Mars"});
        let (_, errors) = problem(&house.seller.post("/api/v1/users/me/preferences", &wrong), 422);
        let found: Vec<&str> = errors.iter().map(|(pointer, _)| pointer.as_str()).collect();
        assert_eq!(found, ["/language", "/locale", "/timezone"]);
    });
}

#[test]
fn people_are_added_and_after_setup_roles_wait_for_a_second_person() {
    on_each(|house| {
        let add = |body| house.admin.post("/api/v1/users", &body);
        let (_, errors) = problem(
            &add(json!({"name": "x", "email": "x@y.example", "roles": ["king", "viewer", "ops@"]})),
            422,
        );
        let found: Vec<&str> = errors.iter().map(|(pointer, _)| pointer.as_str()).collect();
        assert_eq!(found, ["/roles/0", "/roles/2"]);
        let (_, errors) =
            problem(&add(json!({"name": "", "email": "bad", "roles": ["king"], "password": "x"})), 422);
        let found: Vec<&str> = errors.iter().map(|(pointer, _)| pointer.as_str()).collect();
        assert_eq!(found, ["/roles/0", "/password", "/name", "/email"]);
        problem(&add(json!({"name": "Twice", "email": "seller@house.example"})), 409);
        let short = add(json!({"name": "x", "email": "x@y.example", "password": "short"}));
        assert_eq!(problem(&short, 422).1[0].0, "/password");
        let jo = add(json!({"name": "Jo", "email": "jo@y.example", "roles": ["viewer"]})).expect(200);
        let path = format!("/api/v1/users/{}/roles", jo["id"].as_str().unwrap());
        let roles = house.admin.post(&path, &json!({"roles": ["viewer@US", "support_agent@DE"]})).expect(200);
        assert_eq!(roles["roles"].as_array().unwrap().len(), 2, "{roles}");
        let closed = house.admin.post("/api/v1/setup/close", &json!({})).expect(200);
        assert!(closed.is_object());
        let waiting = house.admin.post(&path, &json!({"roles": ["controller"]}));
        assert_eq!(
            waiting.status,
            202,
            "giving the right to approve needs a second person: {}",
            waiting.text()
        );
        let users = house.admin.get("/api/v1/users").expect(200);
        let now = users["items"].as_array().unwrap().iter().find(|user| user["id"] == jo["id"]).unwrap();
        assert_eq!(now["roles"], roles["roles"]);
        let other = house.admin.post("/api/v1/tokens", &json!({"name": "t", "user": "jo@y.example"}));
        assert_eq!(other.status, 403, "after set-up nobody makes somebody else's token: {}", other.text());
        for (body, pointer) in [
            (json!({"name": "t", "kind": "robot"}), "/kind"),
            (json!({"name": "t", "days": 0}), "/days"),
            (json!({"name": "t", "days": 731}), "/days"),
            (json!({"name": "t", "user": "nobody@nowhere.example"}), "/user"),
            (json!({"nam": "t"}), "/nam"),
        ] {
            let (_, errors) = problem(&house.admin.post("/api/v1/tokens", &body), 422);
            assert!(errors.iter().any(|(found, _)| found == pointer), "{pointer}: {errors:?}");
        }
        let organisation = house.seller.get("/api/v1/organisation").expect(200);
        assert_eq!(organisation["entities"].as_array().unwrap().len(), 2);
    });
}
