//! Entities with values of their own over REST: what is said, what is seen, what was so in the past.

use serde_json::{Value, json};

use crate::house::{House, on_each, problem};

/// An entity EU beside the house's, and an account that US owns.
fn acme(house: &House) -> String {
    let entity =
        json!({"code": "EU", "name": "House B.V.", "currency": "EUR", "timezone": "Europe/Amsterdam"});
    house.admin.post("/api/v1/entities", &entity).expect(201);
    let today = jiff::Zoned::now().date().to_string();
    let rates =
        json!({"rates": [{"base": "USD", "quote": "EUR", "day": today, "rate": "0.9", "source": "ecb"}]});
    house.admin.post("/api/v1/fx-rates", &rates).expect(200);
    let account = house.account("Acme", "US", "1");
    format!("/api/v1/accounts/{}", account["id"].as_str().unwrap())
}

/// A patch, approved; gives the account afterwards.
fn patched(house: &House, path: &str, body: &Value) -> Value {
    let tag = house.seller.get(path).header("etag").unwrap().to_owned();
    let waiting = house.seller.patch(path, &tag, body).expect(202);
    house.approve(&waiting);
    house.seller.get(path).expect(200)
}

#[test]
fn acme_has_100_000_dollars_in_us_and_80_000_euros_in_eu() {
    on_each(|house| {
        let path = acme(house);
        let said = json!({"overrides": {
            "US": {"credit_limit": {"mode": "value", "value": {"amount": "100000", "currency": "USD"}}},
            "EU": {"credit_limit": {"mode": "value", "value": {"amount": "80000", "currency": "EUR"}},
                   "payment_terms": {"mode": "value", "value": "NET45"}, "phone": {"mode": "blank"}},
        }, "phone": "+1 312 555 0100", "payment_terms": "NET30"});
        let account = patched(house, &path, &said);
        assert_eq!(account["overrides"]["EU"]["payment_terms"], json!({"mode": "value", "value": "NET45"}));
        assert_eq!(account["credit_limit"], Value::Null);
        let seen = |entity: &str| house.seller.get(&format!("{path}/effective?entity={entity}")).expect(200);
        let (us, eu) = (seen("US"), seen("EU"));
        assert_eq!(us["credit_limit"]["value"], json!({"amount": "100000.00", "currency": "USD"}));
        assert_eq!(eu["credit_limit"]["value"], json!({"amount": "80000.00", "currency": "EUR"}));
        assert_eq!(
            (&us["credit_limit"]["origin"], &eu["credit_limit"]["origin"]),
            (&json!("entity"), &json!("entity"))
        );
        assert_eq!(
            (&us["payment_terms"]["value"], &us["payment_terms"]["origin"]),
            (&json!("NET30"), &json!("master"))
        );
        assert_eq!(
            (&eu["payment_terms"]["value"], &eu["payment_terms"]["master"]),
            (&json!("NET45"), &json!("NET30"))
        );
        assert_eq!((&eu["phone"]["value"], &eu["phone"]["origin"]), (&Value::Null, &json!("entity")));
        assert_eq!(eu["payment_terms"]["version"], account["version"]);
        let from = &eu["payment_terms"]["provenance"];
        assert_eq!((&from["method"], &from["channel"]), (&json!("asserted"), &json!("rest")));
        assert!(from["change"].as_str().unwrap().starts_with("chg_"), "{from}");
        assert_eq!((&eu["name"]["origin"], &eu["name"]["version"]), (&json!("master"), &json!(1)));
        let as_eu = house.seller.get(&format!("{path}?entity=EU")).expect(200);
        assert_eq!((&as_eu["payment_terms"], &as_eu["phone"]), (&json!("NET45"), &Value::Null));
        // null inherits again; then it is as if nothing had ever been said.
        let account = patched(
            house,
            &path,
            &json!({"overrides": {"US": null, "EU": {"credit_limit": null, "phone": null, "payment_terms": null}}}),
        );
        assert_eq!(account["overrides"], json!({}));
        assert_eq!(seen("EU")["payment_terms"]["origin"], "master");
    });
}

#[test]
fn a_masters_limit_is_shared_and_the_past_stays() {
    on_each(|house| {
        let path = acme(house);
        let limit = json!({"credit_limit": {"amount": "1000", "currency": "USD"}, "group_credit_limit": {"amount": "900", "currency": "USD"}});
        let before = house.seller.get(&path).expect(200);
        let account = patched(house, &path, &limit);
        let eu = house.seller.get(&format!("{path}/effective?entity=EU")).expect(200);
        assert_eq!(
            (&eu["credit_limit"]["origin"], &eu["credit_limit"]["derived"]),
            (&json!("derived"), &json!("fx"))
        );
        assert_eq!(eu["credit_limit"]["shared_by"], json!(["US", "DE", "EU"]));
        assert_eq!(eu["warnings"][0]["code"], "limits_exceed_group_cap");
        let then = before["updated_at"].as_str().unwrap();
        let past = house.seller.get(&format!("{path}?as_of={then}")).expect(200);
        assert_eq!((&past["version"], &past["credit_limit"]), (&json!(1), &Value::Null));
        let now = house.seller.get(&format!("{path}?as_of=2999-01-01")).expect(200);
        assert_eq!(now["version"], account["version"]);
        assert_eq!(
            problem(&house.seller.get(&format!("{path}?as_of=1999-01-01")), 404).0,
            "account.not_found"
        );
        assert_eq!(problem(&house.seller.get(&format!("{path}?as_of=soon")), 422).1[0].1, "as_of_invalid");
        assert_eq!(
            problem(&house.seller.get(&format!("{path}/effective?entity=XX")), 404).0,
            "entity.not_found"
        );
    });
}

#[test]
fn a_grant_for_one_entity_reaches_what_that_entity_has() {
    on_each(|house| {
        let path = acme(house);
        let eu = json!({"overrides": {"EU": {"team": {"mode": "value", "value": "north"}}}});
        let de = json!({"overrides": {"DE": {"team": {"mode": "value", "value": "süd"}}}});
        let master = json!({"team": "north"});
        // DE's account manager sees what US owns only once DE has something there, but may say it.
        assert_eq!(problem(&house.german.get(&path), 404).0, "account.not_found");
        let tag = house.seller.get(&path).header("etag").unwrap().to_owned();
        for body in [&eu, &master] {
            let refused = house.german.patch(&path, &tag, body);
            assert!(matches!(refused.status, 403 | 404), "{}", refused.text());
        }
        let account = patched(house, &path, &de);
        let tag = format!("\"v{}\"", account["version"]);
        assert_eq!(house.german.get(&format!("{path}?entity=DE")).expect(200)["team"], "süd");
        assert_eq!(problem(&house.german.get(&format!("{path}?entity=EU")), 403).0, "access.denied");
        for body in [&eu, &master] {
            assert_eq!(problem(&house.german.patch(&path, &tag, body), 403).0, "access.denied");
        }
        let again = json!({"overrides": {"DE": {"team": {"mode": "blank"}}}});
        assert_eq!(house.german.patch(&path, &tag, &again).status, 202);
    });
}

#[test]
fn what_an_entity_cannot_have_is_refused_at_its_place() {
    on_each(|house| {
        let path = acme(house);
        let body = json!({"overrides": {
            "EU": {"name": {"mode": "value", "value": "x"}, "email": {"mode": "blank"},
                   "payment_terms": {"mode": "value", "value": "NET31"}},
            "XX": {"team": {"mode": "blank"}},
        }});
        let (code, mut errors) = problem(&house.seller.patch(&path, "\"v1\"", &body), 422);
        errors.sort();
        let found: Vec<(&str, &str)> =
            errors.iter().map(|(place, code)| (place.as_str(), code.as_str())).collect();
        let wanted = [
            ("/overrides/EU/email", "required_not_blankable"),
            ("/overrides/EU/name", "not_overridable"),
            ("/overrides/EU/payment_terms/value", "unknown_code"),
            ("/overrides/XX", "entity_unknown"),
        ];
        assert_eq!((code.as_str(), found.as_slice()), ("account.invalid", wanted.as_slice()));
    });
}
