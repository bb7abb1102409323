//! Prices and tax profiles as rows of an account.

use super::*;
use crate::context::ActorKind;
use crate::story::context;
use crate::tax::TaxStatus;
use crate::value::TaxProfileId;

#[expect(clippy::needless_pass_by_value, reason = "reads as JSON where it is called")]
fn with(members: Value) -> Value {
    let mut body = acme();
    for (name, value) in members.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

fn created(members: Value) -> Story<Account> {
    let mut story = Story::new(facts());
    story.accepts(&create(&with(members)));
    story
}

fn priced(min: u32, max: Option<u32>) -> Value {
    json!({"item": "PALLET", "min_qty": min, "max_qty": max, "price": "12.3456"})
}

#[test]
fn prices_come_with_the_account_and_change_by_action() {
    let mut story = created(json!({"pricing": [priced(1, Some(9)), priced(10, None)]}));
    let rows = story.state.pricing.clone();
    assert_eq!(rows.len(), 2);
    assert_eq!((rows[0].currency.code(), rows[0].effective_from), ("USD", date(2026, 1, 10)));
    let edit = json!({"pricing": [
        {"action": "update", "id": rows[0].id, "price": {"amount": "11.00", "currency": "USD"}},
        {"action": "delete", "id": rows[1].id},
        {"action": "add", "item_group": "FROZEN", "price_type": "discount_pct", "price": 7.5, "entity": "EU", "currency": "EUR"},
    ]});
    story.accepts(&patch(&edit));
    assert_eq!(story.state.pricing.len(), 2);
    assert_eq!(story.state.pricing[0].price.to_string(), "11");
    assert_eq!(story.state.pricing[1].price.to_string(), "7.5");
}

#[test]
fn rows_that_meet_are_a_conflict_that_names_them() {
    let story = created(json!({"pricing": [priced(1, Some(10))]}));
    let id = story.state.pricing[0].id.to_string();
    let meets = json!({"pricing": [{"action": "add", "item": "PALLET", "min_qty": 10, "price": "9"}]});
    let refusal = story.refuses(&patch(&meets), "pricing_overlap");
    assert_eq!(refusal.kind, crate::refusal::RefusalKind::Conflict);
    assert!(refusal.fields[0].message.contains(&id), "{refusal:?}");
    story.faults(&patch(&meets), "pricing_overlap", &[("/pricing/0", "pricing_overlap")]);
    let both = json!({"tier": "gold", "pricing": [{"action": "add", "item": "PALLET", "min_qty": 10, "price": "9"}]});
    story.faults(
        &patch(&both),
        "account.invalid",
        &[("/tier", "not_in_list"), ("/pricing/0", "pricing_overlap")],
    );
}

fn certificate(from: &str, to: &str) -> Value {
    json!({"country": "US", "region": "US-CA", "tax_category": "E", "certificate_no": "ST-105",
        "effective_from": from, "effective_to": to})
}

#[test]
fn a_certificate_is_verified_by_somebody_else_and_again_after_an_edit() {
    let mut story = created(json!({"tax_profiles": [certificate("2026-01-01", "2026-12-31")]}));
    let row = story.state.tax_profiles[0].clone();
    assert_eq!(row.region.as_deref(), Some("CA"));
    let day = date(2026, 1, 10);
    assert_eq!(row.status(day), TaxStatus::PendingVerification);
    let verify = Command::VerifyTaxProfile { id: row.id };
    story.refuses(&verify, "account.tax_profile_own");
    let missing = Command::VerifyTaxProfile { id: TaxProfileId(uuid(3)) };
    story.refuses(&missing, "account.tax_profile_not_found");
    story.context = context(ActorKind::User, 2, at(0));
    story.accepts(&verify);
    assert_eq!(story.state.tax_profiles[0].status(day), TaxStatus::Valid);
    story.nothing(&verify);
    let edit = json!({"tax_profiles": [{"action": "update", "id": row.id, "certificate_no": "ST-106"}]});
    story.accepts(&patch(&edit));
    assert_eq!(story.state.tax_profiles[0].status(day), TaxStatus::PendingVerification);
    let revoke = Command::RevokeTaxProfile { id: row.id, reason: "The issuer does not know it.".into() };
    story.accepts(&revoke);
    story.nothing(&revoke);
    story.context = context(ActorKind::User, 3, at(0));
    story.refuses(&verify, "account.tax_profile_over");
}

#[test]
fn two_certificates_for_one_sale_are_a_conflict() {
    let mut story = created(json!({"tax_profiles": [certificate("2026-01-01", "2026-06-30")]}));
    let id = story.state.tax_profiles[0].id;
    let mut next = certificate("2026-06-30", "2027-06-30");
    next["action"] = json!("add");
    let edit = patch(&json!({"tax_profiles": [next]}));
    story.refuses(&edit, "tax_profile_overlap");
    story.accepts(&Command::RevokeTaxProfile { id, reason: "Replaced.".into() });
    story.accepts(&edit);
}

#[test]
fn faults_of_certificates_are_all_named() {
    let story: Story<Account> = Story::new(facts());
    let wrong = json!({"entity": "ZZ", "country": "XX", "region": "California", "tax_category": "Q",
        "certificate_document": "doc_1", "issued_on": "soon", "effective_from": "2026-02-01", "effective_to": "2026-01-01"});
    let body = with(json!({"tax_profiles": [wrong, {}], "price_list": "NONE"}));
    let (command, shape) = read(&body);
    assert_eq!(shape, vec![]);
    let refusal = story.refuses(&command, "account.invalid");
    let mut found: Vec<&str> = refusal.fields.iter().map(|fault| fault.pointer.as_str()).collect();
    found.sort_unstable();
    let wanted = [
        "/price_list",
        "/tax_profiles/0/certificate_document",
        "/tax_profiles/0/country",
        "/tax_profiles/0/effective_to",
        "/tax_profiles/0/entity",
        "/tax_profiles/0/issued_on",
        "/tax_profiles/0/region",
        "/tax_profiles/0/tax_category",
        "/tax_profiles/1/country",
        "/tax_profiles/1/tax_category",
    ];
    assert_eq!(found, wanted);
}
