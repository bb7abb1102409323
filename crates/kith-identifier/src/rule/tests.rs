//! The tables name rules, and names find them.

use super::{REGISTERS, TAX, VAT, all, find, named};

#[test]
fn every_name_in_the_tables_is_a_rule() {
    let tables = TAX.iter().chain(&REGISTERS).flat_map(|line| line.split(' ').skip(1));
    let vat = VAT.split_ascii_whitespace().filter(|word| word.contains('.'));
    for name in tables.chain(vat) {
        assert!(find(name).is_some(), "{name}");
    }
}

#[test]
fn names_are_unique_and_found_in_other_spellings() {
    let mut names: Vec<&str> = all().map(|(name, _)| *name).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
    for (text, name) in [("in.pan", "in_.pan"), ("BR.CNPJ", "br.cnpj"), ("es.postal-code", "es.postal_code")]
    {
        assert_eq!(named(text), Some(name));
    }
    assert_eq!(named("br.passport"), None);
}
