//! What legal entities have otherwise, and the account as they see it.

use std::collections::BTreeSet;

use proptest::prelude::{Strategy, any, prop_assert_eq, proptest};

use super::*;
use crate::decider::Decider;
use crate::organisation::{self, LegalEntity, Organisation, Rate};
use crate::value::{EntityCode, Money, UserId};

fn code(text: &str) -> EntityCode {
    text.parse().unwrap()
}

fn legal(text: &str, money: &str) -> LegalEntity {
    LegalEntity {
        code: code(text),
        name: text.into(),
        currency: money.parse().unwrap(),
        timezone: "Europe/Berlin".into(),
    }
}

/// US in dollars and EU in euros; a dollar is half a euro.
fn house() -> Organisation {
    let mut house = Organisation::default();
    house.evolve(&organisation::Event::Founded {
        name: "Norvane".into(),
        currency: "USD".parse().unwrap(),
        timezone: "UTC".into(),
        entities: vec![legal("US", "USD"), legal("EU", "EUR")],
        payment_terms: vec!["NET30".into(), "NET120".into()],
        at: at(0),
    });
    let rate = Rate {
        base: "USD".parse().unwrap(),
        quote: "EUR".parse().unwrap(),
        day: date(2026, 1, 10),
        rate: "0.5".parse().unwrap(),
        source: "ECB".into(),
    };
    house.evolve(&organisation::Event::RatesLoaded { rates: vec![rate] });
    house
}

fn seen(account: &Account, entity: &str) -> Seen {
    let house = house();
    account.seen_by(house.entity(&code(entity)).unwrap(), &house, date(2026, 1, 10))
}

fn limit(account: &Account, entity: &str) -> Option<String> {
    seen(account, entity).account.credit_limit.map(|limit| limit.to_string())
}

#[test]
fn acme_has_a_limit_of_its_own_with_each_entity() {
    let story = created(json!({ "overrides": {
        "US": { "credit_limit": { "mode": "value", "value": { "amount": "100000", "currency": "USD" } } },
        "EU": { "credit_limit": { "mode": "value", "value": { "amount": "80000" } },
                "payment_terms": { "mode": "value", "value": "net120" }, "phone": { "mode": "blank" } },
    }, "phone": "+1 312 555 0100" }));
    let state = &story.state;
    assert_eq!(limit(state, "US").as_deref(), Some("USD 100000.00"));
    assert_eq!(limit(state, "EU").as_deref(), Some("EUR 80000.00"));
    let eu = seen(state, "EU");
    assert_eq!(eu.account.payment_terms.as_deref(), Some("NET120"));
    assert_eq!((eu.account.phone.is_none(), eu.blank.contains("phone")), (true, true));
    assert_eq!(eu.origin("payment_terms"), Some(Origin::Entity));
    let us = seen(state, "US");
    assert_eq!(
        (us.account.payment_terms.as_deref(), us.origin("payment_terms")),
        (Some("NET30"), Some(Origin::Default))
    );
    assert!(us.account.phone.is_some());
    assert_eq!(state.credit_limit, None, "the master record has none");
}

#[test]
fn a_masters_limit_is_one_pool_in_each_entitys_currency() {
    let mut story = created(json!({ "credit_limit": { "amount": "100", "currency": "USD" } }));
    let eu = seen(&story.state, "EU");
    assert_eq!(eu.account.credit_limit, Some(Money::new(5_000, "EUR".parse().unwrap())));
    assert_eq!(
        (eu.origin("credit_limit"), eu.limit.rate_on),
        (Some(Origin::Derived), Some(date(2026, 1, 10)))
    );
    assert_eq!(eu.limit.shared_by, [code("US"), code("EU")]);
    assert_eq!(seen(&story.state, "US").origin("credit_limit"), None);
    let total = |account: &Account| {
        account.limits_total(&house(), date(2026, 1, 10), "USD".parse().unwrap()).unwrap().minor
    };
    assert_eq!(total(&story.state), 10_000, "two entities, one pool");
    let own = json!({ "overrides": { "EU": { "credit_limit": { "mode": "value", "value": "40" } } }, "group_credit_limit": "150" });
    story.accepts(&patch(&own));
    assert_eq!(total(&story.state), 18_000);
    let warned = |account: &Account| {
        seen(account, "US").warnings.iter().map(|fault| fault.code.clone()).collect::<Vec<_>>()
    };
    assert_eq!(warned(&story.state), ["limits_exceed_group_cap"]);
    story.accepts(&patch(&json!({ "group_credit_limit": { "amount": "180", "currency": "USD" } })));
    assert!(warned(&story.state).is_empty());
    // Without a rate the amount is not known, and never zero.
    let house = Organisation { rates: vec![], ..house() };
    story.accepts(&patch(&json!({ "overrides": { "EU": null } })));
    let eu = story.state.seen_by(house.entity(&code("EU")).unwrap(), &house, date(2026, 1, 10));
    assert_eq!((eu.account.credit_limit, eu.origin("credit_limit")), (None, Some(Origin::Derived)));
}

#[test]
fn null_inherits_again_and_blank_hides() {
    let mut story = created(json!({ "team": "north" }));
    let before = story.state.clone();
    let eu = |said: Value| patch(&json!({ "overrides": { "EU": said } }));
    story
        .accepts(&eu(json!({ "team": { "mode": "blank" }, "language": { "mode": "value", "value": "de" } })));
    assert_eq!(
        (seen(&story.state, "EU").account.team, seen(&story.state, "US").account.team),
        (None, Some("north".into()))
    );
    story.accepts(&eu(json!({ "team": null })));
    assert_eq!(seen(&story.state, "EU").account.team.as_deref(), Some("north"));
    story.nothing(&eu(json!({ "team": { "mode": "inherit" }, "phone": null })));
    story.accepts(&patch(&json!({ "overrides": { "EU": null } })));
    assert_eq!(story.state.overrides, before.overrides);
    story.nothing(&patch(&json!({ "overrides": { "US": null } })));
}

#[test]
fn what_an_entity_cannot_have_is_refused_at_its_place() {
    let body = acme_with(json!({ "overrides": {
        "EU": {
            "name": { "mode": "value", "value": "x" },
            "legal_name": { "mode": "blank" },
            "email": { "mode": "blank" },
            "tier": { "mode": "maybe", "value": "premium" },
            "team": {},
            "phone": { "mode": "blank", "value": "1" },
            "contacts": { "mode": "blank" },
            "language": { "mode": "value" },
            "currency": "EUR",
        },
        "US": 7,
    } }));
    let (command, shape) = read(&body);
    let mut found: Vec<(&str, &str)> =
        shape.iter().map(|fault| (fault.pointer.as_str(), fault.code.as_str())).collect();
    found.sort_unstable();
    let expected = [
        ("/overrides/EU/contacts", "not_overridable"),
        ("/overrides/EU/currency", "type_object"),
        ("/overrides/EU/email", "required_not_blankable"),
        ("/overrides/EU/language/value", "required"),
        ("/overrides/EU/legal_name", "not_overridable"),
        ("/overrides/EU/name", "not_overridable"),
        ("/overrides/EU/phone/value", "not_allowed"),
        ("/overrides/EU/team/mode", "required"),
        ("/overrides/EU/tier/mode", "not_in_list"),
        ("/overrides/US", "type_object"),
    ];
    assert_eq!(found, expected);
    drop(command);
    let body = acme_with(json!({ "overrides": {
        "EU": {
            "credit_limit": { "mode": "value", "value": { "amount": "1", "currency": "USD" } },
            "payment_terms": { "mode": "value", "value": "NET31" },
            "tags": { "mode": "value", "value": { "add": ["ok", "\u{7}"] } },
            "addresses": { "mode": "value", "value": { "suppress": ["adr_1"] } },
            "account_manager": { "mode": "value", "value": UserId(uuid(6)) },
        },
        "MARS": { "team": { "mode": "blank" } },
    } }));
    let refusal = story().refuses(&create(&body), "account.invalid");
    let mut found: Vec<(&str, &str)> =
        refusal.fields.iter().map(|fault| (fault.pointer.as_str(), fault.code.as_str())).collect();
    found.sort_unstable();
    let expected = [
        ("/overrides/EU/account_manager/value", "user_unknown"),
        ("/overrides/EU/addresses/value/suppress/0", "row_unknown"),
        ("/overrides/EU/credit_limit/value/currency", "currency_not_of_entity"),
        ("/overrides/EU/payment_terms/value", "unknown_code"),
        ("/overrides/EU/tags/value/add/1", "control_character"),
        ("/overrides/MARS", "entity_unknown"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn rows_tags_and_objects_are_put_together() {
    let address = |city: &str, default: bool, entity: Option<&str>| json!({ "kinds": ["billing"], "country": "US", "city": city, "is_default": default, "entity": entity });
    let mut story = created(json!({
        "addresses": [address("Chicago", true, None), address("Dallas", false, None), address("Berlin", true, Some("EU"))],
        "contacts": [{ "name": "Ann" }, { "name": "Bea", "entity_visibility": ["EU"] }],
        "dimensions": [{ "type": "department", "value": "SALES" }, { "type": "department", "value": "EXPORT", "entity": "EU" }],
        "tags": ["key", "old"], "notes": "Mind the dog.",
        "metadata": { "a": { "x": 1, "y": [1, 2] }, "b": 1 },
    }));
    let dallas = story.state.addresses[1].id;
    story.accepts(&patch(&json!({ "overrides": { "EU": {
        "tags": { "mode": "value", "value": { "add": ["eu"], "suppress": ["old"] } },
        "addresses": { "mode": "value", "value": { "suppress": [dallas] } },
        "metadata": { "mode": "value", "value": { "a": { "y": [3] }, "c": true } },
        "notes": { "mode": "value", "value": "Speaks German." },
    } } })));
    let (us, eu) = (seen(&story.state, "US").account, seen(&story.state, "EU").account);
    let cities =
        |account: &Account| account.addresses.iter().filter_map(|row| row.city.clone()).collect::<Vec<_>>();
    assert_eq!(
        (cities(&us), cities(&eu)),
        (vec!["Chicago".to_owned(), "Dallas".into()], vec!["Chicago".to_owned(), "Berlin".into()])
    );
    let billing = |entity: Option<&str>| {
        let entity = entity.map(code);
        story.state.address_for(AddressKind::Billing, entity.as_ref()).and_then(|row| row.city.clone())
    };
    assert_eq!(
        (billing(None).as_deref(), billing(Some("US")).as_deref(), billing(Some("EU")).as_deref()),
        (Some("Chicago"), Some("Chicago"), Some("Berlin"))
    );
    assert_eq!((us.contacts.len(), eu.contacts.len()), (1, 2));
    assert_eq!((us.dimensions[0].value.as_str(), eu.dimensions[0].value.as_str()), ("SALES", "EXPORT"));
    assert_eq!(eu.dimensions.len(), 1);
    assert_eq!(eu.tags, ["eu", "key"]);
    assert_eq!(eu.notes.unwrap().get().unwrap(), "Mind the dog.\nSpeaks German.");
    assert_eq!(eu.metadata.unwrap().get().unwrap(), &json!({ "a": { "x": 1, "y": [3] }, "b": 1, "c": true }));
    assert_eq!(us.metadata.unwrap().get().unwrap(), &json!({ "a": { "x": 1, "y": [1, 2] }, "b": 1 }));
    // The entity's remark is merged member by member, as the master's is.
    story.accepts(&patch(
        &json!({ "overrides": { "EU": { "metadata": { "mode": "value", "value": { "c": null } } } } }),
    ));
    assert_eq!(seen(&story.state, "EU").account.metadata.unwrap().get().unwrap()["a"]["y"], json!([3]));
    assert!(seen(&story.state, "EU").account.metadata.unwrap().get().unwrap().get("c").is_none());
}

#[test]
fn invoices_go_to_accounts_payable_unless_somebody_says_otherwise() {
    let mut story =
        created(json!({ "contacts": [{ "name": "Ann", "role": "ap", "emails": ["ann@acme.example"] }] }));
    let eu = seen(&story.state, "EU");
    assert_eq!(eu.account.billing_email.unwrap().get().unwrap(), "ann@acme.example");
    assert_eq!(eu.origins.get("billing_email"), Some(&Origin::Derived));
    story.accepts(&patch(&json!({ "overrides": { "EU": { "billing_email": { "mode": "blank" } } } })));
    assert_eq!(seen(&story.state, "EU").account.billing_email, None);
    assert!(seen(&story.state, "US").account.billing_email.is_some());
}

#[test]
fn a_draft_says_whom_it_reaches() {
    let story = created(json!({ "addresses": [{ "kinds": ["billing"], "country": "DE", "entity": "EU" }] }));
    let id = story.state.addresses[0].id;
    let reach = |body: Value| {
        let Command::Update { draft } = patch(&body) else { panic!("no update") };
        let (master, entities) = draft.reach(&story.state);
        (master, entities.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
    };
    let eu = || "EU".to_owned();
    assert_eq!(reach(json!({ "team": "x" })), (true, String::new()));
    assert_eq!(reach(json!({ "overrides": { "EU": { "team": { "mode": "blank" } } } })), (false, eu()));
    assert_eq!(reach(json!({ "overrides": { "EU": null }, "team": "x" })), (true, eu()));
    assert_eq!(
        reach(json!({ "addresses": [{ "action": "update", "id": id, "city": "Bonn" }] })),
        (false, eu())
    );
    assert_eq!(
        reach(json!({ "addresses": [{ "action": "update", "id": id, "entity": null }] })),
        (true, eu())
    );
    assert_eq!(
        reach(json!({ "addresses": [{ "action": "add", "kinds": ["billing"], "country": "DE" }] })),
        (true, String::new())
    );
    assert_eq!(
        reach(
            json!({ "dimensions": [{ "action": "add", "type": "department", "value": "X", "entity": "EU" }] })
        ),
        (false, eu())
    );
}

/// What entities may say: a field, and a value or nothing.
fn said() -> impl Strategy<Value = (bool, usize, u8)> {
    (any::<bool>(), 0..FIELDS.len(), 0_u8..3)
}

const FIELDS: &[(&str, &str)] = &[
    ("team", "north"),
    ("language", "de"),
    ("payment_terms", "NET120"),
    ("tax_code", "V19"),
    ("timezone", "Europe/Vienna"),
];

fn asked((eu, field, mode): (bool, usize, u8)) -> Command {
    let (name, value) = FIELDS[field];
    let said = match mode {
        0 => Value::Null,
        1 => json!({ "mode": "blank" }),
        _ => json!({ "mode": "value", "value": value }),
    };
    patch(&json!({ "overrides": { if eu { "EU" } else { "US" }: { name: said } } }))
}

proptest! {
    /// However overrides came and went, what counts is the last word on each field; and without any the account is as it was.
    #[test]
    fn the_last_word_on_each_field_counts(words in proptest::collection::vec(said(), 0..24)) {
        let mut long = created(json!({ "team": "south" }));
        let clean = long.state.clone();
        for word in &words {
            long.accepts(&asked(*word));
        }
        let mut short = created(json!({ "team": "south" }));
        let mut done = BTreeSet::new();
        for word in words.iter().rev() {
            if done.insert((word.0, word.1)) {
                short.accepts(&asked(*word));
            }
        }
        prop_assert_eq!(&long.state.overrides, &short.state.overrides);
        for entity in ["US", "EU"] {
            prop_assert_eq!(seen(&long.state, entity).origins, seen(&short.state, entity).origins);
        }
        long.accepts(&patch(&json!({ "overrides": { "US": null, "EU": null } })));
        let mut bare = long.state.clone();
        bare.updated_at = clean.updated_at;
        prop_assert_eq!(bare, clean);
    }

    /// Absent is not blank: an entity that says nothing sees the master's value, whatever the other one says.
    #[test]
    fn entities_do_not_touch_each_other(words in proptest::collection::vec(said(), 0..16)) {
        let mut story = created(json!({ "team": "south", "language": "fr", "tax_code": "A" }));
        let us = seen(&story.state, "US");
        for word in words {
            story.accepts(&asked((true, word.1, word.2)));
        }
        let now = seen(&story.state, "US");
        prop_assert_eq!(now.origins, us.origins);
        prop_assert_eq!((now.account.team, now.account.language, now.account.tax_code), (us.account.team, us.account.language, us.account.tax_code));
        let eu = seen(&story.state, "EU");
        let own = story.state.overrides.get(&code("EU")).cloned().unwrap_or_default();
        let expected = match &own.team { None => Some("south".to_owned()), Some(said) => said.value().cloned() };
        prop_assert_eq!(eu.account.team, expected);
    }
}

/// One master record and a few overrides serve many entities: what is stored grows with what is said, not with the entities.
#[test]
fn many_entities_are_served_without_copies() {
    let mut house = house();
    for number in 0..200 {
        house.evolve(&organisation::Event::EntityAdded { entity: legal(&format!("E{number}"), "EUR") });
    }
    let mut story = created(json!({ "team": "south", "notes": "long ".repeat(1_000) }));
    story.facts.entities =
        house.entities.iter().map(|entity| (entity.code.clone(), entity.currency)).collect();
    let size = |account: &Account| serde_json::to_string(account).unwrap().len();
    let before = size(&story.state);
    let said = |number: u32| json!({ format!("E{number}"): { "team": { "mode": "value", "value": "own" } } });
    for number in 0..3 {
        story.accepts(&patch(&json!({ "overrides": said(number) })));
    }
    assert_eq!(story.state.overrides.len(), 3);
    assert!(size(&story.state) < before + 3 * 80, "{} after {before}", size(&story.state));
    let team = |code: &EntityCode| {
        story.state.seen_by(house.entity(code).unwrap(), &house, date(2026, 1, 10)).account.team
    };
    let own = house.entities.iter().filter(|entity| team(&entity.code).as_deref() == Some("own")).count();
    let inherited =
        house.entities.iter().filter(|entity| team(&entity.code).as_deref() == Some("south")).count();
    assert_eq!((own, inherited), (3, 199));
}
