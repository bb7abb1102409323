//! The single fields: what is normalised, what is at fault.

use super::*;
use crate::refusal::merge_faults;
use crate::value::Money;

#[test]
fn fields_are_normalised() {
    let story = created(json!({
        "name": "  Cafe\u{301} ", "website": "www.Acme.example/about", "phone": "+1 (312) 555-0100",
        "currency": "eur", "credit_limit": { "amount": "100.5" }, "annual_revenue": "7", "payment_terms": "net30",
        "tags": ["b", "a", "b"], "equipment": ["reefer", "V"], "industry": "484121", "employees": 12,
        "language": "de-AT", "timezone": "Europe/Vienna", "account_manager": UserId(uuid(5)),
        "party_roles": ["customer", { "role": "dealer", "from": "2026-01-01" }], "team": " ", "notes": " long \n ",
    }));
    let state = &story.state;
    assert_eq!(state.name, "Café");
    assert_eq!(state.website.as_deref(), Some("https://www.Acme.example/about"));
    assert_eq!(state.domain.as_deref(), Some("acme.example"));
    assert_eq!(state.phone.as_ref().unwrap().get().unwrap().e164.as_deref(), Some("+13125550100"));
    assert_eq!(state.credit_limit, Some(Money::new(10_050, "EUR".parse().unwrap())));
    assert_eq!(state.annual_revenue, Some(Money::new(700, "EUR".parse().unwrap())));
    assert_eq!(state.payment_terms.as_deref(), Some("NET30"));
    assert_eq!(
        (&state.tags, &state.equipment),
        (&vec!["a".to_owned(), "b".into()], &vec!["reefer".to_owned(), "V".into()])
    );
    assert_eq!(state.party_roles[1].role, PartyRoleKind::Dealer);
    assert_eq!(state.team, None);
    assert_eq!(state.notes.as_ref().unwrap().get().unwrap(), "long");
}

#[test]
fn a_customer_is_of_one_of_seven_types_and_a_party_of_any_role() {
    let types = ["retail", "wholesale", "distributor", "enterprise", "government", "nonprofit", "other"];
    assert_eq!(CustomerType::CODES, types);
    for name in types {
        assert_eq!(created(json!({ "customer_type": name })).state.customer_type.as_str(), name);
    }
    let roles = PartyRoleKind::CODES;
    let state = created(json!({ "party_roles": roles })).state;
    assert_eq!(state.party_roles.iter().map(|party| party.role.as_str()).collect::<Vec<_>>(), roles);
}

#[test]
fn every_fault_of_the_rules_is_named_at_once() {
    let body = json!({
        "name": " ", "email": "nobody", "billing_email": "x@", "phone": "call", "website": "ftp://x", "domain": "a b",
        "owning_entity": "MARS", "customer_type": "friend", "tier": "gold", "currency": "ZZZ",
        "credit_limit": { "amount": "-1", "currency": "USD" }, "annual_revenue": { "amount": "1.001", "currency": "USD" },
        "payment_terms": "NET1", "tax_id": { "kind": "vat", "value": "DE136695977" }, "language": "?",
        "timezone": "Mars/Base", "employees": -1, "account_manager": "usr_x", "sales_rep": UserId(uuid(6)),
        "review": { "cadence_days": 0 }, "tags": ["ok", "\u{7}"], "party_roles": ["friend"],
    });
    let (command, shape) = read(&body);
    assert_eq!(shape, vec![]);
    let refusal = story().refuses(&command, "account.invalid");
    let mut found: Vec<&str> = refusal.fields.iter().map(|fault| fault.pointer.as_str()).collect();
    found.sort_unstable();
    let expected = [
        "/account_manager",
        "/annual_revenue/amount",
        "/billing_email",
        "/credit_limit",
        "/currency",
        "/customer_type",
        "/domain",
        "/email",
        "/employees",
        "/language",
        "/name",
        "/owning_entity",
        "/party_roles/0/role",
        "/payment_terms",
        "/phone",
        "/review/cadence_days",
        "/sales_rep",
        "/tags/1",
        "/tax_id/value",
        "/tier",
        "/timezone",
        "/website",
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_is_required_is_required() {
    let all = [("/name", "required"), ("/email", "required"), ("/owning_entity", "required")];
    story().faults(&create(&json!({})), "account.invalid", &all);
    let story = created(json!({}));
    let nulls = json!({ "name": null, "email": null, "owning_entity": null });
    story.faults(&patch(&nulls), "account.invalid", &all);
}

#[test]
fn faults_of_shape_are_named_beside_those_of_the_rules() {
    let body = json!({
        "name": 7, "email": "nobody", "colour": "red", "a/b": 1, "tags": ["x", 1], "tax_id": { "number": "1" },
        "contacts": [{ "name": "Ann", "age": 3 }, "Bob", { "action": "update", "name": "Cy" }],
        "credit_limit": { "currency": "USD" }, "metadata": [], "review": 3,
    });
    let (command, shape) = read(&body);
    let rules = story().refuses(&command, "account.invalid").fields;
    let faults = merge_faults(shape, rules);
    let mut found: Vec<(&str, &str)> =
        faults.iter().map(|fault| (fault.pointer.as_str(), fault.code.as_str())).collect();
    found.sort_unstable();
    let expected = [
        ("/a~1b", "member_unknown"),
        ("/colour", "member_unknown"),
        ("/contacts/0/age", "member_unknown"),
        ("/contacts/1", "type_object"),
        ("/contacts/2/action", "action_invalid"),
        ("/credit_limit/amount", "required"),
        ("/email", "email_invalid"),
        ("/metadata", "type_object"),
        ("/name", "type_string"),
        ("/owning_entity", "required"),
        ("/review", "type_object"),
        ("/tags/1", "type_string"),
        ("/tax_id/number", "member_unknown"),
    ];
    assert_eq!(found, expected);
    let (_, shape) = Draft::read_new(&json!([]), id(), &mut ids());
    assert_eq!((shape.len(), shape[0].pointer.as_str()), (1, ""));
}

#[test]
fn objects_are_merged_and_bounded() {
    let mut story = created(json!({ "metadata": { "a": { "b": 1, "c": 2 }, "d": 3 } }));
    story.accepts(&patch(&json!({ "metadata": { "a": { "b": null, "e": 4 } } })));
    let metadata =
        |story: &Story<Account>| story.state.metadata.as_ref().map(|held| held.get().unwrap().clone());
    assert_eq!(metadata(&story), Some(json!({ "a": { "c": 2, "e": 4 }, "d": 3 })));
    let mut deep = json!({ "x": 1 });
    for _ in 0..8 {
        deep = json!({ "x": deep });
    }
    story.faults(&patch(&json!({ "metadata": deep })), "account.invalid", &[("/metadata", "too_deep")]);
    let long = json!({ "metadata": { "x": "y".repeat(64 * 1024) } });
    story.faults(&patch(&long), "account.invalid", &[("/metadata", "too_long")]);
    story.accepts(&patch(&json!({ "metadata": null })));
    assert_eq!(metadata(&story), None);
}

#[test]
fn values_are_cleared_by_null_and_left_by_absence() {
    let mut story =
        created(json!({ "legal_name": "ACME Corp.", "tier": "premium", "tags": ["a"], "team": "North" }));
    story.accepts(&patch(&json!({ "legal_name": null, "tier": null, "tags": null })));
    assert_eq!((&story.state.legal_name, story.state.tier), (&None, Tier::Standard));
    assert!(story.state.tags.is_empty());
    assert_eq!(story.state.team.as_deref(), Some("North"));
}

#[test]
fn only_what_differs_is_written() {
    let mut story = created(json!({ "team": "North" }));
    let events = story.accepts(&patch(&json!({ "team": "North", "tier": "premium" })));
    let [Event::Updated { changes, .. }] = events.as_slice() else { panic!("{events:?}") };
    let expected = Changes { tier: Some(Tier::Premium), ..Changes::default() };
    assert_eq!(**changes, expected);
    assert_eq!(serde_json::to_value(&**changes).unwrap(), json!({ "tier": "premium" }));
}

#[test]
fn touched_fields_and_the_limit_are_told_for_the_lane() {
    let command = patch(&json!({ "credit_limit": "5", "contacts": [{ "action": "add", "name": "Ann" }] }));
    assert_eq!(fields_touched(&command), ["contacts", "credit_limit"].into());
    let usd = "USD".parse().unwrap();
    assert_eq!(asked_credit_limits(&command, usd), [Money::new(500, usd)]);
    assert_eq!(asked_credit_limits(&patch(&json!({ "team": "x" })), usd), []);
}

#[test]
fn a_team_is_one_of_the_teams_of_the_organisation() {
    let team = |name: &str, entity: Option<&str>, retired| crate::team::KnownTeam {
        name: name.into(),
        entity: entity.map(|code| code.parse().unwrap()),
        retired,
    };
    let mut story = created(json!({ "team": "anything, while there are no teams" }));
    story.facts.teams = [
        ("NORTH".to_owned(), team("Northern region", None, false)),
        ("OLD".to_owned(), team("Old", None, true)),
        ("EUROPE".to_owned(), team("Europe", Some("EU"), false)),
    ]
    .into();
    story.accepts(&patch(&json!({ "team": "north" })));
    assert_eq!(story.state.team.as_deref(), Some("NORTH"));
    story.nothing(&patch(&json!({ "team": "Northern Region" })));
    for (text, code) in
        [("south pole", "team_unknown"), ("old", "team_retired"), ("europe", "team_of_other_entity")]
    {
        story.faults(&patch(&json!({ "team": text })), "account.invalid", &[("/team", code)]);
    }
    let eu = |said: Value| patch(&json!({ "overrides": { "EU": { "team": said } } }));
    story.accepts(&eu(json!({ "mode": "value", "value": "europe" })));
    story.faults(
        &eu(json!({ "mode": "value", "value": "nobody" })),
        "account.invalid",
        &[("/overrides/EU/team/value", "team_unknown")],
    );
    // A team that was retired meanwhile stays.
    story.facts.teams.insert("NORTH".to_owned(), team("Northern region", None, true));
    story.nothing(&patch(&json!({ "team": "NORTH" })));
    story.accepts(&patch(&json!({ "team": null })));
    story.faults(&patch(&json!({ "team": "NORTH" })), "account.invalid", &[("/team", "team_retired")]);
}
