//! Who tries too often waits; others do not.

use super::Tries;

const MOST: usize = 10;

fn from(address: &str) -> Vec<String> {
    vec![address.to_owned()]
}

#[test]
fn the_eleventh_try_of_a_minute_waits() {
    let tries = Tries::default();
    for second in 0..10 {
        assert!(tries.count(&from("10.0.0.1"), second * 1_000, MOST), "try {second}");
    }
    assert!(!tries.count(&from("10.0.0.1"), 59_000, MOST));
    assert!(tries.count(&from("10.0.0.2"), 59_000, MOST), "another address has tries of its own");
    assert!(tries.count(&from("10.0.0.1"), 60_500, MOST), "the first try is over");
}

#[test]
fn one_tired_address_stops_the_other() {
    let tries = Tries::default();
    for _ in 0..MOST {
        assert!(tries.count(&from("ada@example.com"), 0, MOST));
    }
    let both = ["10.0.0.3".to_owned(), "ada@example.com".to_owned()];
    assert!(!tries.count(&both, 1, MOST));
    assert!(tries.count(&from("10.0.0.3"), 1, MOST));
}
