//! Leases, cursors, sessions and rates.

use kith_store::Session;
use kith_store::rate::Rate;

use crate::place::everywhere;

#[test]
fn a_lease_has_one_owner_until_it_ends() {
    everywhere(|place| {
        let store = place.create();
        let claim = |owner: &'static str, now: i64| {
            store.write_blocking(move |unit| unit.claim("sweep", owner, now, 100)).unwrap()
        };
        assert_eq!(claim("a", 0), Some(1));
        assert_eq!(claim("b", 50), None);
        assert_eq!(claim("a", 60), Some(1), "renewed");
        assert_eq!(claim("b", 159), None);
        assert_eq!(claim("b", 160), Some(2), "a new owner, a new number");
        assert_eq!(claim("a", 170), None);
        store.write_blocking(|unit| unit.unclaim("sweep", "b")).unwrap();
        assert_eq!(claim("a", 171), Some(3));
    });
}

#[test]
fn a_session_ends_on_time_or_when_told() {
    everywhere(|place| {
        let store = place.create();
        let session =
            Session { hash: vec![7; 32], user_id: "usr_1".to_owned(), created_ms: 0, expires_ms: 1_000 };
        let put = session.clone();
        store.write_blocking(move |unit| unit.put_session(&put)).unwrap();
        let at = |now: i64| store.read_blocking(move |reader| reader.session(&[7; 32], now)).unwrap();
        assert_eq!(at(999), Some(session.clone()));
        assert_eq!(at(1_000), None);
        assert_eq!(store.write_blocking(|unit| unit.end_sessions_of("usr_1")).unwrap(), 1);
        assert_eq!(at(1), None);
        let put = session.clone();
        store.write_blocking(move |unit| unit.put_session(&put)).unwrap();
        assert_eq!(store.write_blocking(|unit| unit.purge_sessions(999)).unwrap(), 0);
        assert_eq!(store.write_blocking(|unit| unit.purge_sessions(1_000)).unwrap(), 1);
    });
}

#[test]
fn a_rate_of_a_day_is_replaced_and_a_cursor_moves() {
    everywhere(|place| {
        let store = place.create();
        let rate = |value: &str| Rate {
            base: "EUR".to_owned(),
            quote: "USD".to_owned(),
            day: "2026-01-02".to_owned(),
            rate: value.to_owned(),
            source: "ECB".to_owned(),
        };
        for value in ["1.08", "1.09"] {
            let rate = rate(value);
            store.write_blocking(move |unit| unit.put_rate(&rate)).unwrap();
        }
        assert_eq!(store.read_blocking(|reader| reader.rates()).unwrap(), [rate("1.09")]);
        for position in [3, 8] {
            store.write_blocking(move |unit| unit.set_cursor("lake", position)).unwrap();
        }
        assert_eq!(store.read_blocking(|reader| reader.cursor("lake")).unwrap(), 8);
    });
}
