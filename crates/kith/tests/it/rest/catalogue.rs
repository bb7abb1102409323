//! Catalogues and custom fields over REST: configured, referred to, retired, deleted.

use serde_json::{Value, json};

use crate::house::{House, on_each, problem, request};

/// Creates an account with more members; gives the reply.
fn create(house: &House, key: &str, more: &Value) -> kith_testkit::http::Reply {
    let mut body = request("Acme", "US", key);
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    house.seller.post_once("/api/v1/accounts", key, &body)
}

/// The account that a change came to.
fn approved(house: &House, waiting: &Value) -> Value {
    let applied = house.approve(waiting);
    house.seller.get(&format!("/api/v1/accounts/{}", applied["target"].as_str().unwrap())).expect(200)
}

#[test]
fn accounts_refer_to_codes_that_exist() {
    on_each(|house| {
        // A catalogue without codes binds nobody.
        let free = create(house, "1", &json!({"tax_code": "V19"})).expect(202);
        house.approve(&free);
        let code = |kind: &str, body: Value| house.admin.post(&format!("/api/v1/catalogues/{kind}"), &body);
        code("tax_code", json!({"code": "V19", "label": "Standard"})).expect(201);
        code("department", json!({"code": "SALES"})).expect(201);
        code("department", json!({"code": "SALES-EU", "parent": "sales"})).expect(201);
        let wrong = json!({"tax_code": "V18", "payment_terms": "NET31",
            "dimensions": [{"type": "department", "value": "SALE"}, {"type": "departmint", "value": "X"}]});
        let reply = create(house, "2", &wrong);
        let found = reply.json()["errors"].clone();
        let (_, mut errors) = problem(&reply, 422);
        errors.sort();
        let places: Vec<&str> = errors.iter().map(|(place, _)| place.as_str()).collect();
        assert_eq!(places, ["/dimensions/0/value", "/dimensions/1/type", "/payment_terms", "/tax_code"]);
        assert!(errors.iter().all(|(_, code)| code == "unknown_code"), "{errors:?}");
        assert!(found.to_string().contains("did you mean NET30"), "{found}");
        let right = json!({"tax_code": "v19", "dimensions": [{"type": "department", "value": "SALES-EU"}]});
        let account = approved(house, &create(house, "3", &right).expect(202));
        assert_eq!(
            (&account["tax_code"], &account["dimensions"][0]["value"]),
            (&json!("V19"), &json!("SALES-EU"))
        );
        // What is in use is retired, not deleted.
        let path = "/api/v1/catalogues/tax_code/V19";
        assert_eq!(problem(&house.admin.send("DELETE", path, &[], &[]), 409).0, "organisation.code_in_use");
        house.admin.patch(path, "", &json!({"retired": true})).expect(200);
        assert_eq!(problem(&create(house, "4", &json!({"tax_code": "V19"})), 422).1[0].1, "code_retired");
        code("tax_code", json!({"code": "V7"})).expect(201);
        let left = house.admin.send("DELETE", "/api/v1/catalogues/tax_code/V7", &[], &[]).expect(200);
        assert_eq!(left["codes"].as_array().unwrap().len(), 1, "{left}");
        assert_eq!(problem(&code("nothing", json!({"code": "X"})), 404).0, "organisation.catalogue_unknown");
        assert_eq!(
            problem(&house.seller.post("/api/v1/catalogues/tax_code", &json!({"code": "V1"})), 403).0,
            "access.denied"
        );
    });
}

#[test]
fn payment_terms_say_when_they_are_due() {
    on_each(|house| {
        let added = house
            .admin
            .post("/api/v1/catalogues/payment_terms", &json!({"code": "1.5/10NET30EOM"}))
            .expect(201);
        let terms =
            added["codes"].as_array().unwrap().iter().find(|code| code["code"] == "1.5/10NET30EOM").unwrap();
        assert_eq!(
            (&terms["terms"]["baseline"], &terms["terms"]["discount_pct"]),
            (&json!("eom"), &json!("1.5"))
        );
        let own = json!({"code": "THIRDS", "terms": {"installments": [{"percent": "50", "days": 30}]}});
        let refused = house.admin.post("/api/v1/catalogues/payment_terms", &own);
        assert_eq!(problem(&refused, 422).1[0].0, "/terms/installments");
        assert!(
            house.admin.get("/api/v1/organisation").expect(200)["payment_terms"]
                .to_string()
                .contains("1.5/10NET30EOM")
        );
    });
}

#[test]
fn custom_fields_are_typed_listed_and_filtered() {
    on_each(|house| {
        let add = |body: Value| house.admin.post("/api/v1/custom-fields", &body);
        add(json!({"name": "colour", "label": "Colour", "type": "enum", "options": ["red", "blue"]}))
            .expect(201);
        add(json!({"name": "size", "type": "number"})).expect(201);
        add(json!({"name": "since", "type": "date"})).expect(201);
        add(json!({"name": "nick", "type": "text", "personal": true})).expect(201);
        assert_eq!(problem(&add(json!({"name": "x", "type": "colour"})), 422).1[0].1, "not_in_list");
        let wrong = json!({"custom": {"colour": "green", "size": "big", "since": "soon", "color": "red"}});
        let (_, mut errors) = problem(&create(house, "1", &wrong), 422);
        errors.sort();
        let found: Vec<(&str, &str)> =
            errors.iter().map(|(place, code)| (place.as_str(), code.as_str())).collect();
        let wanted = [
            ("/custom/color", "custom_field_unknown"),
            ("/custom/colour", "not_in_list"),
            ("/custom/since", "date_invalid"),
            ("/custom/size", "type_number"),
        ];
        assert_eq!(found, wanted);
        let right =
            json!({"custom": {"colour": "red", "size": 12.5, "since": "2020-05-01", "nick": "The Acme"}});
        let account = approved(house, &create(house, "2", &right).expect(202));
        assert_eq!(account["custom"], right["custom"]);
        let fields = house.seller.get("/api/v1/fields").expect(200).to_string();
        assert!(fields.contains("custom_colour") && !fields.contains("custom_nick"), "{fields}");
        let list = |filter: &str| {
            let path = format!(
                "/api/v1/accounts?fields=custom_size,custom_colour&filter={}",
                filter
                    .replace(' ', "%20")
                    .replace('"', "%22")
                    .replace('=', "%3D")
                    .replace('>', "%3E")
                    .replace('&', "%26")
            );
            house.seller.get(&path).expect(200)["items"].clone()
        };
        let found = list("custom_colour == \"red\" && custom_size > 12.0");
        assert_eq!((&found[0]["custom_size"], &found[0]["custom_colour"]), (&json!(12.5), &json!("red")));
        assert_eq!(list("custom_colour == \"blue\""), json!([]));
        let path = format!("/api/v1/accounts/{}", account["id"].as_str().unwrap());
        let waiting =
            house.seller.patch(&path, "\"v1\"", &json!({"custom": {"colour": null, "size": 3}})).expect(202);
        house.approve(&waiting);
        let now = house.seller.get(&path).expect(200);
        assert_eq!(now["custom"], json!({"size": 3, "since": "2020-05-01", "nick": "The Acme"}));
        assert_eq!(list("has(custom_colour)"), json!([]));
    });
}

#[test]
fn mandatory_dimensions_are_asked_of_new_accounts() {
    on_each(|house| {
        house
            .admin
            .post("/api/v1/catalogues", &json!({"kind": "region", "label": "Regions", "mandatory": true}))
            .expect(201);
        house.admin.post("/api/v1/catalogues/region", &json!({"code": "EMEA"})).expect(201);
        assert_eq!(
            problem(&create(house, "1", &json!({})), 422).1[0],
            ("/dimensions".to_owned(), "required".to_owned())
        );
        let right = json!({"dimensions": [{"type": "region", "value": "EMEA"}]});
        let account = approved(house, &create(house, "2", &right).expect(202));
        let path = format!("/api/v1/accounts/{}", account["id"].as_str().unwrap());
        let gone = json!({"dimensions": [{"action": "delete", "type": "region"}]});
        assert_eq!(problem(&house.seller.patch(&path, "\"v1\"", &gone), 422).1[0].1, "required");
    });
}
