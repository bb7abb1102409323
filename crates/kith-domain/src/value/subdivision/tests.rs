//! Names and codes of states and provinces.

use std::collections::BTreeSet;

use super::{SUBDIVISIONS, iso_of};

#[test]
fn a_name_and_a_code_say_the_same_state() {
    for (country, text, iso) in [
        ("US", "Texas", "US-TX"),
        ("US", "tx", "US-TX"),
        ("US", "US-TX", "US-TX"),
        ("DE", " Bayern ", "DE-BY"),
        ("CA", "Québec", "CA-QC"),
        ("AU", "NSW", "AU-NSW"),
        ("BR", "Sao Paulo", "BR-SP"),
        ("FR", "Bretagne", "FR-BRETAGNE"),
        ("fr", "fr-bre", "FR-BRE"),
    ] {
        assert_eq!(iso_of(country, text), iso, "{country} {text}");
    }
}

#[test]
fn no_code_and_no_name_is_there_twice_in_a_country() {
    let mut seen = BTreeSet::new();
    for held in SUBDIVISIONS {
        assert!(seen.insert((held.country, held.code.to_lowercase())), "{held:?}");
        for name in held.names() {
            assert_eq!(name, name.to_lowercase());
            assert!(seen.insert((held.country, name.to_owned())), "{held:?}");
        }
    }
}
