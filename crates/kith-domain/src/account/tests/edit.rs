//! The rows: added, updated, deleted, all or nothing.

use super::*;

fn people() -> Story<Account> {
    created(json!({
        "contacts": [
            { "name": "Ann", "email": "ann@acme.example", "role": "ap", "is_primary": true, "title": "Clerk" },
            { "name": "Bob", "emails": ["bob@acme.example"], "phone": "+1 312 555 0100" },
        ],
        "addresses": [
            { "kinds": ["billing", "shipping"], "lines": ["1 Main St"], "city": "Chicago", "country": "us", "is_default": true },
            { "kinds": ["shipping"], "country": "DE" },
        ],
    }))
}

#[test]
fn rows_are_added_with_the_ids_made_for_them() {
    let story = people();
    let [ann, bob] = story.state.contacts.as_slice() else { panic!("two contacts") };
    assert!(ann.id != bob.id);
    assert_eq!(ann.name.subject, ann.id.to_string());
    assert_eq!(bob.emails[0].get().unwrap(), "bob@acme.example");
    assert_eq!(story.state.primary_contact(), Some(ann));
    let [main, _] = story.state.addresses.as_slice() else { panic!("two addresses") };
    assert_eq!((main.country.as_str(), main.lines.subject.clone()), ("US", id().to_string()));
    assert_eq!(story.state.address(AddressKind::Shipping), Some(main));
    assert_eq!(story.state.address(AddressKind::Delivery), None);
}

#[test]
fn rows_change_by_actions() {
    let mut story = people();
    let (ann, bob) = (story.state.contacts[0].id, story.state.contacts[1].id);
    let events = story.accepts(&patch(&json!({ "contacts": [
        { "action": "update", "id": ann, "title": null, "is_primary": false },
        { "action": "delete", "id": bob },
        { "action": "add", "name": "Cy", "is_primary": true },
    ] })));
    let names: Vec<&str> = story.state.contacts.iter().map(|row| row.name.get().unwrap().as_str()).collect();
    assert_eq!(names, ["Ann", "Cy"]);
    assert_eq!(story.state.contacts[0].title, None);
    assert_eq!(story.state.contacts[0].emails.len(), 1);
    let [Event::Updated { changes, .. }] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!(changes.contacts.len(), 3);
    story.nothing(&patch(&json!({ "contacts": [{ "action": "update", "id": ann, "role": "ap" }] })));
}

#[test]
fn one_fault_and_nothing_is_changed() {
    let story = people();
    let (ann, bob) = (story.state.contacts[0].id, story.state.contacts[1].id);
    let body = json!({ "contacts": [
        { "action": "update", "id": ann, "title": "Head" },
        { "action": "delete", "id": ann },
        { "action": "delete", "id": crate::value::ContactId(uuid(1)) },
        { "action": "add", "name": "Cy", "email": "ANN@acme.example", "is_primary": true },
        { "action": "update", "id": bob, "name": null, "role": "boss", "email": "b@", "phones": ["x"] },
    ] });
    story.faults(
        &patch(&body),
        "account.invalid",
        &[
            ("/contacts/1/id", "action_duplicate"),
            ("/contacts/2/id", "row_unknown"),
            ("/contacts/4/name", "required"),
            ("/contacts/4/role", "not_in_list"),
            ("/contacts/4/emails/0", "email_invalid"),
            ("/contacts/4/phones/0", "phone_invalid"),
            ("/contacts/3/emails/0", "email_twice"),
            ("/contacts/3/is_primary", "primary_twice"),
        ],
    );
}

#[test]
fn actions_and_ids_of_rows_are_read_strictly() {
    let contact = crate::value::ContactId(uuid(1)).to_string();
    let body = json!({ "contacts": [
        { "name": "Ann" }, { "action": "add", "id": contact, "name": "Ann" }, { "action": "update", "name": "Ann" },
        { "action": "delete", "id": "acc_1" }, { "action": "drop", "id": contact },
    ], "identifiers": [{ "action": "update", "kind": "lei" }] });
    let (_, faults) = Draft::read_patch(&body, id(), &mut ids());
    let found: Vec<(&str, &str)> =
        faults.iter().map(|fault| (fault.pointer.as_str(), fault.code.as_str())).collect();
    let expected = [
        ("/identifiers/0/action", "action_invalid"),
        ("/contacts/0/action", "action_required"),
        ("/contacts/1/id", "id_not_allowed"),
        ("/contacts/2/id", "id_required"),
        ("/contacts/3/id", "id_invalid"),
        ("/contacts/4/action", "action_invalid"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn addresses_have_a_purpose_a_country_and_one_default_of_a_kind() {
    let story = people();
    let body = json!({ "addresses": [
        { "action": "add", "kinds": ["billing"], "country": "US", "is_default": true },
        { "action": "add", "lines": ["a", "b", "c", "d", "e"], "country": "XX" },
        { "action": "add", "kinds": ["home"] },
        { "action": "update", "id": story.state.addresses[1].id, "kinds": [] },
    ] });
    story.faults(
        &patch(&body),
        "account.invalid",
        &[
            ("/addresses/1/kinds", "required"),
            ("/addresses/1/lines", "too_many"),
            ("/addresses/1/country", "country_unknown"),
            ("/addresses/2/kinds/0", "not_in_list"),
            ("/addresses/2/country", "required"),
            ("/addresses/3/kinds", "required"),
            ("/addresses/0/is_default", "default_twice"),
        ],
    );
}

#[test]
fn several_addresses_without_a_default_are_none() {
    let story = created(json!({ "addresses": [
        { "kinds": ["billing"], "country": "US" }, { "kinds": ["billing"], "country": "DE" },
        { "kinds": ["pickup"], "country": "DE" },
    ] }));
    assert_eq!(story.state.address(AddressKind::Billing), None);
    assert_eq!(story.state.address(AddressKind::Pickup).unwrap().country, "DE");
}

#[test]
fn lanes_and_agreements_are_rows_too() {
    let mut story = created(json!({
        "lanes": [{ "origin": "US.60607", "destination": "US.752", "mode": "TL", "equipment": "V" }],
        "agreements": [{ "number": "A-1", "kind": "sla", "starts_on": "2026-01-01", "ends_on": "2026-12-31" }],
    }));
    let (lane, agreement) = (story.state.lanes[0].id, story.state.agreements[0].id);
    story.accepts(&patch(&json!({
        "lanes": [{ "action": "update", "id": lane, "mode": null }],
        "agreements": [{ "action": "update", "id": agreement, "title": "Service" }],
    })));
    assert_eq!((&story.state.lanes[0].mode, story.state.lanes[0].origin.as_str()), (&None, "US.60607"));
    assert_eq!(story.state.agreements[0].ends_on, Some(date(2026, 12, 31)));
    let body = json!({
        "lanes": [{ "action": "add", "origin": "US" }, { "action": "update", "id": lane, "origin": null }],
        "agreements": [
            { "action": "add", "kind": "pact", "starts_on": "soon" },
            { "action": "update", "id": agreement, "ends_on": "2025-01-01" },
        ],
    });
    story.faults(
        &patch(&body),
        "account.invalid",
        &[
            ("/lanes/0/destination", "required"),
            ("/lanes/1/origin", "required"),
            ("/agreements/0/number", "required"),
            ("/agreements/0/kind", "not_in_list"),
            ("/agreements/0/starts_on", "date_invalid"),
            ("/agreements/1/ends_on", "ends_before_start"),
        ],
    );
    story.accepts(&patch(&json!({ "lanes": [{ "action": "delete", "id": lane }] })));
    assert!(story.state.lanes.is_empty());
}
