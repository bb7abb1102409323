//! Merging and taking apart.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{acme_with, facts, id};
use crate::account::*;
use crate::decider::Decider;
use crate::story::{Story, at, uuid};
use crate::value::{AccountId, Personal};

fn loser_id() -> AccountId {
    AccountId(uuid(78))
}

fn why() -> Personal<String> {
    Personal::new("usr_1", "The same company.".into())
}

/// An account of this id, made out of a body.
#[track_caller]
fn account(id: AccountId, number: u64, body: Value, from: u128) -> Account {
    let mut next = from;
    let mut ids = || {
        next += 1;
        uuid(next)
    };
    let (draft, faults) = Draft::read_new(&acme_with(body), id, &mut ids);
    assert_eq!(faults, vec![]);
    let mut story = Story::<Account>::new(facts());
    story.accepts(&Command::Create { id, number, draft: Box::new(draft), application: false });
    story.state
}

fn survivor() -> Account {
    account(
        id(),
        1,
        json!({
            "stage": "prospect", "email": "ap@acme.example", "tags": ["old"],
            "credit_limit": { "amount": "500", "currency": "USD" }, "payment_terms": "NET30",
            "contacts": [{ "name": "Ann", "emails": ["ann@acme.example"], "is_primary": true }],
            "identifiers": [{ "kind": "external:erp", "value": "1" }],
            "metadata": { "colour": "red" },
        }),
        1_000,
    )
}

fn loser() -> Account {
    account(
        loser_id(),
        2,
        json!({
            "name": "Acme Corporation International", "stage": "active", "email": "office@acme.example",
            "tags": ["new"], "credit_limit": { "amount": "200", "currency": "USD" }, "payment_terms": "NET120",
            "website": "https://acme.example",
            "contacts": [
                { "name": "Ann A.", "emails": ["ANN@acme.example"], "is_primary": false },
                { "name": "Bob", "emails": ["bob@acme.example"], "is_primary": true },
            ],
            "identifiers": [{ "kind": "external:erp", "value": "2" }],
            "metadata": { "colour": "blue", "size": "XL" },
        }),
        2_000,
    )
}

fn pair(survivor: Account, loser: Account) -> Story<Account> {
    let mut story = Story::new(facts());
    story.state = survivor;
    story.facts.other = Some(Box::new(Other { account: loser, ..Other::default() }));
    story
}

fn merge(picks: &[(&str, Pick)]) -> Command {
    let picks = picks.iter().map(|(field, pick)| ((*field).to_owned(), *pick)).collect();
    Command::Merge { loser: loser_id(), picks, reason: why() }
}

fn unmerge() -> Command {
    Command::Unmerge { loser: loser_id(), reason: why() }
}

/// Without the time of the last change, which a merge and its undoing move.
fn timeless(account: &Account) -> Account {
    Account { updated_at: None, ..account.clone() }
}

#[test]
fn each_field_survives_by_its_rule() {
    let mut story = pair(survivor(), loser());
    story.accepts(&merge(&[("email", Pick::Survivor)]));
    let state = &story.state;
    assert_eq!(state.name, "Acme Corporation International", "the longer one says more");
    assert_eq!(state.credit_limit.unwrap().to_string(), loser().credit_limit.unwrap().to_string(), "lower");
    assert_eq!(state.payment_terms.as_deref(), Some("NET30"), "stricter");
    assert_eq!(state.stage, Stage::Active, "further as a customer");
    assert_eq!(state.tags, ["new", "old"]);
    assert_eq!(state.website.as_deref(), Some("https://acme.example"));
    assert_eq!(state.metadata.as_ref().unwrap().get().unwrap(), &json!({ "colour": "red", "size": "XL" }));
    assert_eq!(state.contacts.len(), 2, "one Ann");
    assert_eq!(state.primary_contact().unwrap().name.get().unwrap(), "Ann");
    assert_eq!(state.email.get().unwrap(), "ap@acme.example");
    let keys: Vec<String> = state.keys().iter().map(ToString::to_string).collect();
    for key in ["external:erp:1", "external:erp:2", "email:bob@acme.example", "email:ap@acme.example"] {
        assert!(keys.iter().any(|held| held == key), "{key} in {keys:?}");
    }
    assert!(!state.own_keys().iter().any(|key| key.value == "erp:2"), "that one still names the loser");
}

#[test]
fn trust_comes_before_age_and_age_before_length() {
    let mut other = Other { account: loser(), ..Other::default() };
    let from = |trust: u8, seconds: i64| Provenance { trust, observed_at: Some(at(seconds)) };
    let rule = |other: &Other| {
        let found = survivorship(&survivor(), other, &Picks::new());
        let name = found.fields.iter().find(|field| field.field == "name").cloned().unwrap();
        (name.winner, name.rule)
    };
    assert_eq!(rule(&other), ("loser", "most_complete"));
    other.survivor = BTreeMap::from([("name".to_owned(), from(80, 20))]);
    other.loser = BTreeMap::from([("name".to_owned(), from(80, 10))]);
    assert_eq!(rule(&other), ("survivor", "most_recent"));
    other.loser = BTreeMap::from([("name".to_owned(), from(95, 10))]);
    assert_eq!(rule(&other), ("loser", "most_trusted"));
    let picked = survivorship(&survivor(), &other, &Picks::from([("name".to_owned(), Pick::Survivor)]));
    assert_eq!(picked.fields[0].rule, "picked");
}

#[test]
fn what_must_not_be_merged_is_refused() {
    let tax = |value: &str| json!({ "tax_id": { "kind": "vat", "value": value, "country": "DE" } });
    let german = account(id(), 1, tax("DE136695976"), 1_000);
    let other = account(loser_id(), 2, tax("DE811907980"), 2_000);
    pair(german.clone(), other).refuses(&merge(&[]), "account.tax_ids_differ");
    pair(german, loser()).accepts(&merge(&[]));
    let itself = Command::Merge { loser: id(), picks: Picks::new(), reason: why() };
    pair(survivor(), loser()).refuses(&itself, "account.merge_itself");
    let mut story = pair(survivor(), loser());
    story.facts.other.as_mut().unwrap().related_above = true;
    story.refuses(&merge(&[]), "account.merge_cycle");
    story.facts.other = None;
    story.refuses(&merge(&[]), "account.loser_not_found");
    let places = [("/picks/shoe_size", "not_pickable")];
    pair(survivor(), loser()).faults(&merge(&[("shoe_size", Pick::Loser)]), "account.picks_invalid", &places);
    let mut gone = loser();
    gone.evolve(&merged_into(AccountId(uuid(79)), at(5)));
    pair(survivor(), gone.clone()).refuses(&merge(&[]), "account.loser_merged");
    let mut story = pair(gone, loser());
    story.refuses(&merge(&[]), "account.merged");
    story.state = survivor();
    story.refuses(&unmerge(), "account.not_merged");
}

#[test]
fn a_merge_can_be_undone_for_half_a_year() {
    let mut story = pair(survivor(), loser());
    story.accepts(&merge(&[]));
    story.context.now = at(86_400 * 181);
    story.refuses(&unmerge(), "account.unmerge_too_late");
    story.context.now = at(86_400 * 100);
    let other = story.facts.other.as_mut().unwrap();
    other.key_taken = Some((Key::external("erp", "2"), AccountId(uuid(80))));
    story.refuses(&unmerge(), "account.key_taken_since");
    story.facts.other.as_mut().unwrap().key_taken = None;
    story.accepts(&unmerge());
    assert_eq!(timeless(&story.state), timeless(&survivor()));
}

#[test]
fn rows_added_since_stay_and_are_named() {
    let mut story = pair(survivor(), loser());
    story.accepts(&merge(&[]));
    let added = json!({ "contacts": [{ "action": "add", "name": "Carl" }] });
    let (draft, _) = Draft::read_patch(&added, id(), &mut || uuid(9_000));
    story.accepts(&Command::Update { draft: Box::new(draft) });
    let events = story.accepts(&unmerge());
    let Event::Unmerged { left, .. } = &events[0] else { panic!("{events:?}") };
    assert_eq!(left.len(), 1);
    assert_eq!(story.state.contacts.len(), 2, "Ann and Carl");
}

/// Edits of the survivor, some of them of rows that came from the loser.
fn edit(state: &Account, choice: u8, step: u128) -> Value {
    let row = state.contacts.get(usize::from(choice / 8) % state.contacts.len().max(1));
    let row = row.map(|row| row.id.to_string()).unwrap_or_default();
    match choice % 8 {
        0 => json!({ "name": format!("Name {step}") }),
        1 => json!({ "credit_limit": { "amount": step.to_string(), "currency": "USD" } }),
        2 => json!({ "website": null }),
        3 => json!({ "tags": [format!("tag {step}")] }),
        4 => json!({ "contacts": [{ "action": "update", "id": row, "title": format!("Title {step}") }] }),
        5 => json!({ "contacts": [{ "action": "delete", "id": row }] }),
        6 => json!({ "contacts": [{ "action": "add", "name": format!("New {step}") }] }),
        _ => json!({ "email": format!("office{step}@acme.example") }),
    }
}

fn changes_for(changes: &Changes, rows: &std::collections::BTreeSet<String>, theirs: bool) -> Changes {
    let mut part = if theirs { Changes::default() } else { changes.clone() };
    let row = |change: &RowChange<Contact>| match change {
        RowChange::Added(row) | RowChange::Updated(row) | RowChange::Removed(row) => row.id.to_string(),
    };
    let of = changes.contacts.iter().filter(|change| rows.contains(&row(change)) == theirs);
    part.contacts = of.cloned().collect();
    part
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]
    /// Merge, edit, unmerge: the survivor is as if it had never been merged, its own edits kept; the loser has its rows
    /// back as they stand.
    #[test]
    fn unmerging_restores_both(choices in prop::collection::vec(any::<u8>(), 0..12)) {
        let mut story = pair(survivor(), loser());
        let events = story.accepts(&merge(&[]));
        let Event::Merged { rows, .. } = events[0].clone() else { panic!() };
        let mut merged_loser = loser();
        merged_loser.evolve(&merged_into(id(), at(0)));
        let (mut ours, mut theirs) = (survivor(), loser());
        for (step, choice) in choices.into_iter().enumerate() {
            let body = edit(&story.state, choice, step as u128);
            let mut next = 5_000 + step as u128 * 100;
            let mut ids = || { next += 1; uuid(next) };
            let (draft, faults) = Draft::read_patch(&body, id(), &mut ids);
            if !faults.is_empty() { continue }
            let command = Command::Update { draft: Box::new(draft) };
            let Ok(events) = story.state.decide(&story.context, &story.facts, &command) else { continue };
            for event in events {
                story.state.evolve(&event);
                let Event::Updated { changes, at } = event else { panic!() };
                let own = changes_for(&changes, &rows, false);
                ours.evolve(&Event::Updated { changes: Box::new(own), at });
                let back = changes_for(&changes, &rows, true);
                theirs.evolve(&Event::Updated { changes: Box::new(back), at });
            }
        }
        let before = story.state.clone();
        story.facts.other.as_mut().unwrap().account = merged_loser.clone();
        story.accepts(&unmerge());
        merged_loser.evolve(&split_off(&merged_loser, &before, at(9)));
        prop_assert_eq!(timeless(&story.state), timeless(&ours));
        // The flag that the merge took away is the loser's again.
        for row in &mut theirs.contacts {
            row.is_primary |= loser().contacts.iter().any(|held| held.id == row.id && held.is_primary);
        }
        prop_assert_eq!(timeless(&merged_loser), timeless(&theirs));
        prop_assert_eq!(story.state.keys(), ours.keys());
        prop_assert_eq!(merged_loser.keys(), theirs.keys());
    }
}

#[test]
fn merges_come_apart_in_any_order() {
    let third = AccountId(uuid(79));
    let mut story = pair(survivor(), loser());
    story.accepts(&merge(&[]));
    let smaller = account(
        third,
        3,
        json!({ "name": "Acme Corporation International Holdings", "credit_limit": { "amount": "100", "currency": "USD" } }),
        3_000,
    );
    let both = |state: &Account| (state.name.clone(), state.credit_limit.unwrap().minor);
    let only_third = {
        let mut alone = pair(survivor(), smaller.clone());
        alone.accepts(&Command::Merge { loser: third, picks: Picks::new(), reason: why() });
        alone.state
    };
    story.facts.other = Some(Box::new(Other { account: smaller, ..Other::default() }));
    story.accepts(&Command::Merge { loser: third, picks: Picks::new(), reason: why() });
    // The first one leaves first: what the second one brought stays.
    story.facts.other = Some(Box::new(Other { account: loser(), ..Other::default() }));
    story.accepts(&unmerge());
    assert_eq!(both(&story.state), both(&only_third));
    story.facts.other = None;
    story.accepts(&Command::Unmerge { loser: third, reason: why() });
    assert_eq!(timeless(&story.state), timeless(&survivor()));
}
