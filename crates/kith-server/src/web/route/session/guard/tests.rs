//! Who guesses waits longer each time; nobody else does.

use super::{Guard, Key, MINUTE_MS, WAIT_MS};

fn from(account: &str, address: &str) -> Vec<Key> {
    vec![Key::Pair(account.to_owned(), address.to_owned()), Key::Address(address.to_owned())]
}

fn tire(guard: &Guard, keys: &[Key], now: i64) {
    for _ in 0..10 {
        assert_eq!(guard.knock(keys, now), Ok(()));
    }
}

#[test]
fn each_wrong_password_more_waits_longer_up_to_a_limit() {
    let guard = Guard::default();
    let keys = from("ada", "10.0.0.1");
    tire(&guard, &keys, 0);
    let mut now = 0;
    for minutes in [1, 2, 4, 8, 15, 15] {
        let until = now + minutes * MINUTE_MS;
        assert_eq!(guard.knock(&keys, until - 1), Err(until));
        assert_eq!(guard.knock(&keys, until), Ok(()));
        now = until;
    }
    assert_eq!(guard.knock(&keys, now + WAIT_MS - 1), Err(now + WAIT_MS));
    tire(&guard, &keys, now + 2 * 60 * MINUTE_MS);
}

#[test]
fn an_attacker_locks_nobody_out_who_comes_from_elsewhere() {
    let guard = Guard::default();
    tire(&guard, &from("ada", "203.0.113.9"), 0);
    assert!(guard.knock(&from("ada", "203.0.113.9"), 1).is_err());
    assert_eq!(guard.knock(&from("ada", "10.0.0.1"), 1), Ok(()), "the person at home");
    assert_eq!(guard.knock(&from("bob", "203.0.113.9"), 1), Ok(()), "a colleague behind the same address");
}

#[test]
fn an_address_that_guesses_at_everybody_waits_but_not_a_known_browser() {
    let guard = Guard::default();
    for account in 0..50 {
        assert_eq!(guard.knock(&from(&format!("user{account}"), "10.0.0.1"), 0), Ok(()));
    }
    assert_eq!(guard.knock(&from("ada", "10.0.0.1"), 1), Err(MINUTE_MS));
    let known = [Key::Browser("ada".to_owned(), "b1".to_owned())];
    assert_eq!(guard.knock(&known, 1), Ok(()));
}

#[test]
fn a_right_password_costs_nothing() {
    let guard = Guard::default();
    let keys = from("ada", "10.0.0.4");
    for _ in 0..200 {
        assert_eq!(guard.knock(&keys, 0), Ok(()));
        guard.forgive(&keys);
    }
}
