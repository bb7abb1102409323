//! Tax numbers, identifiers, and the keys under which an account is found.

use std::collections::BTreeSet;

use super::*;
use crate::value::IdentifierKind;

fn keys(story: &Story<Account>) -> BTreeSet<String> {
    story.state.keys().iter().map(ToString::to_string).collect()
}

#[test]
fn an_account_is_found_by_its_keys() {
    let story = created(json!({
        "email": "AP@Acme.example", "tax_id": "de 136 695 976", "billing_email": "bills@acme.example",
        "identifiers": [{ "kind": "external:erp", "value": " C/1 " }, { "kind": "lei", "value": "5493001KJTIIGC8Y1R12" }],
        "contacts": [{ "name": "Ann", "email": "Ann@acme.example" }],
    }));
    assert_eq!(story.state.tax_id.as_ref().unwrap().kind, Some(IdentifierKind::Vat));
    let expected = [
        "email:ann@acme.example",
        "email:ap@acme.example",
        "email:bills@acme.example",
        "external:erp:C/1",
        "identifier:lei:5493001KJTIIGC8Y1R12",
        "tax:vat:DE136695976",
        "tax_number:DE136695976",
    ];
    assert_eq!(keys(&story), expected.map(str::to_owned).into());
}

#[test]
fn subjects_of_touchpoints_become_the_same_keys() {
    let key = |subject: &str| Key::from_subject(subject).map(|key| key.to_string());
    assert_eq!(key("external:erp:C/1").as_deref(), Some("external:erp:C/1"));
    assert_eq!(key("external:erp:a:b").as_deref(), Some("external:erp:a:b"));
    assert_eq!(key("tax:de136.695.976").as_deref(), Some("tax_number:DE136695976"));
    assert_eq!(key("email:AP@Acme.example").as_deref(), Some("email:ap@acme.example"));
    for wrong in ["acc_1", "external:erp", "external::1", "tax:", "email: ", "phone:1"] {
        assert_eq!(key(wrong), None, "{wrong}");
    }
}

#[test]
fn a_tax_number_is_one_accounts() {
    let body = acme_with(json!({ "tax_id": { "value": "12-3456789", "country": "US" } }));
    let command = create(&body);
    let mut story = story();
    let wanted: Vec<String> = wanted_keys(&command).iter().map(ToString::to_string).collect();
    assert_eq!(wanted, ["tax:ein:123456789"]);
    let key = wanted_keys(&command).pop_first().unwrap();
    story.facts.taken.insert(key.clone(), AccountId(uuid(78)));
    story.faults(&command, "account.tax_id_taken", &[("/tax_id", "tax_id_taken")]);
    story.facts.taken.insert(key, id());
    story.accepts(&command);
    assert_eq!(story.state.tax_id.as_ref().unwrap().value, "12-3456789");
}

#[test]
fn another_systems_identifier_is_one_accounts() {
    let identifiers =
        json!([{ "kind": "duns", "value": "150483782" }, { "kind": "external:erp", "value": "1" }]);
    let body = acme_with(json!({ "tax_id": "X-77", "identifiers": identifiers }));
    let command = create(&body);
    let mut story = story();
    for key in wanted_keys(&command) {
        story.facts.taken.insert(key, AccountId(uuid(78)));
    }
    let taken = [("/tax_id", "tax_id_taken"), ("/identifiers/1/value", "external_id_taken")];
    story.faults(&command, "account.tax_id_taken", &taken);
    story.facts.taken.retain(|key, _| key.kind == KeyKind::External);
    story.faults(&command, "account.external_id_taken", &taken[1..]);
}

#[test]
fn identifiers_are_rows_named_by_their_content() {
    let mut story = created(json!({ "identifiers": [{ "kind": "external:erp", "value": "1" }] }));
    let add =
        |value: &str| json!({ "identifiers": [{ "action": "add", "kind": "external:crm", "value": value }] });
    story.accepts(&patch(&add("9")));
    story.nothing(&patch(&add("9")));
    assert_eq!(story.state.identifiers.len(), 2);
    let delete = json!({ "identifiers": [{ "action": "delete", "kind": "external:erp", "value": "1" }] });
    story.accepts(&patch(&delete));
    story.faults(&patch(&delete), "account.invalid", &[("/identifiers/0", "row_unknown")]);
    let body = json!({ "identifiers": [
        { "action": "add", "kind": "passport", "value": "1" },
        { "action": "add", "kind": "gln", "value": "4006381333932" },
        { "action": "add", "kind": "scac", "value": "abcd", "valid_from": "2026-02-01", "valid_to": "2026-01-01" },
        { "action": "add", "kind": "scac", "value": "ABCD" },
    ] });
    story.faults(
        &patch(&body),
        "account.invalid",
        &[
            ("/identifiers/0/kind", "identifier_kind_unknown"),
            ("/identifiers/1/value", "identifier_check_digit"),
            ("/identifiers/2/valid_to", "ends_before_start"),
            ("/identifiers/3", "action_duplicate"),
        ],
    );
}

#[test]
fn tax_numbers_at_fault_are_named() {
    let fault = |tax: Value, place: &str, code: &str| {
        story().faults(&create(&acme_with(json!({ "tax_id": tax }))), "account.invalid", &[(place, code)]);
    };
    fault(json!("-"), "/tax_id", "identifier_format");
    fault(json!({ "kind": "lei", "value": "1" }), "/tax_id/kind", "identifier_kind_unknown");
    fault(json!({ "kind": "ein", "value": "123" }), "/tax_id/value", "identifier_length");
    fault(json!({ "value": "12345", "country": "XX" }), "/tax_id/country", "identifier_country");
    fault(json!({ "kind": "vat", "value": "DE136695977" }), "/tax_id/value", "identifier_check_digit");
    fault(json!({ "kind": "br.cpf", "value": "390.533.447-06" }), "/tax_id/value", "identifier_check_digit");
    let brazil = |kind: &str| json!({ "kind": kind, "value": "33.400.689/0001-08", "country": "BR" });
    fault(brazil("tax_id"), "/tax_id/value", "identifier_check_digit");
    fault(brazil("vat"), "/tax_id/value", "identifier_check_digit");
}

#[test]
fn tax_numbers_without_a_kind_get_that_of_the_rule_that_knows_them() {
    let kept = |tax: Value| {
        let story = created(json!({ "tax_id": tax }));
        let tax = story.state.tax_id.unwrap();
        (tax.kind.map(|kind| kind.to_string()).unwrap_or_default(), tax.value)
    };
    let pair = |kind: &str, value: &str| (kind.to_owned(), value.to_owned());
    assert_eq!(kept(json!({ "value": "390.533.447-05", "country": "BR" })), pair("br.cpf", "39053344705"));
    assert_eq!(kept(json!({ "value": "136 695 976", "country": "DE" })), pair("vat", "DE136695976"));
    assert_eq!(kept(json!({ "value": "12-34", "country": "KW" })), pair("", "1234"));
    assert_eq!(kept(json!({ "value": "33.400.689/0001-08", "country": "BR" })), pair("", "33400689000108"));
}

#[test]
fn users_that_are_named_are_looked_up() {
    let user = UserId(uuid(5));
    let command = patch(&json!({ "account_manager": user, "sales_rep": "usr_x" }));
    assert_eq!(wanted_users(&command), [user].into());
    assert!(wanted_keys(&Command::Review { on: date(2026, 1, 1), next_on: None }).is_empty());
}

#[test]
fn an_account_number_has_six_digits_or_more() {
    assert_eq!(account_number(7), "C-000007");
    assert_eq!(account_number(12_345_678), "C-12345678");
}
