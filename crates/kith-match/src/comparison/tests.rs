use super::{ELSE, MISSING_LEVEL, plan};
use crate::kind::Kind;
use crate::table::{Filler, Table};

/// A table of one column of each kind, from rows of cells.
pub(crate) fn table(columns: &[(&str, Kind)], rows: &[&[&str]]) -> Table {
    let fill = |(at, (header, kind)): (usize, &(&str, Kind))| {
        let mut filler = Filler::new(header, *kind);
        rows.iter().for_each(|row| filler.push(row[at]).unwrap());
        filler.finish()
    };
    Table::new(columns.iter().enumerate().flat_map(fill).collect(), None)
}

/// The level of two rows in the comparison of that label.
fn level(kind: Kind, left: &str, right: &str) -> u8 {
    let table = table(&[("it", kind)], &[&[left], &[right], &["something else"]]);
    let plan = plan(&table);
    let found = plan.iter().filter(|comparison| comparison.label == "it").max_by_key(|one| one.measure.top());
    found.unwrap().level(&table, 0, 1)
}

#[test]
fn a_value_that_is_missing_says_nothing() {
    for kind in [Kind::Name, Kind::Date, Kind::HardKey, Kind::Phone, Kind::Email, Kind::Street, Kind::Postal]
    {
        assert_eq!(level(kind, "", "x@y.example 12345678"), MISSING_LEVEL, "{kind}");
    }
}

#[test]
fn names_agree_by_their_words_whatever_their_legal_form() {
    assert_eq!(level(Kind::Name, "Acme Foods GmbH", "ACME FOODS Gesellschaft mbH"), 6);
    assert_eq!(level(Kind::Name, "Acme Foods", "Foods Acme"), 5);
    assert!(level(Kind::Name, "Nordwind Logistik", "Nordwnid Logistik") >= 4);
    assert_eq!(level(Kind::Name, "Acme Foods", "Zebra Timber"), ELSE);
    assert!(level(Kind::Name, "Customer 1 Ltd", "Customer 2 Ltd") <= 2, "numbers tell names apart");
}

#[test]
fn slips_in_keys_and_dates_are_near_and_other_values_are_not() {
    assert_eq!(level(Kind::HardKey, "DE123456789", "DE 123.456.789"), 4);
    assert_eq!(level(Kind::HardKey, "DE123456789", "DE123456798"), 3);
    assert_eq!(level(Kind::HardKey, "DE123456789", "DE987654321"), ELSE);
    assert_eq!(level(Kind::Date, "1971-06-24", "24.06.1971"), 5);
    assert_eq!(level(Kind::Date, "1971-06-24", "1971-05-24"), 4);
    assert_eq!(level(Kind::Date, "1971-06-05", "1971-05-06"), 3);
    assert_eq!(level(Kind::Date, "1971-06-24", "1985-11-02"), ELSE);
}

#[test]
fn streets_agree_by_name_and_number() {
    assert_eq!(level(Kind::Street, "Hauptstraße 12", "Hauptstr. 12"), 6);
    assert_eq!(level(Kind::Street, "Hauptstraße 12", "Haubtstraße 12"), 5);
    assert_eq!(level(Kind::Street, "Hauptstraße 12", "Hauptstr. 14"), 4);
    assert_eq!(level(Kind::Street, "Hauptstraße 12", "Am Markt 12"), 2);
    assert_eq!(level(Kind::Street, "Hauptstraße 12", "Am Markt 3"), ELSE);
}

#[test]
fn mail_agrees_by_address_then_domain_and_free_mail_has_none() {
    assert_eq!(level(Kind::Email, "Info@acme.example", "info@acme.example"), 5);
    assert_eq!(level(Kind::Email, "info@acme.example", "imfo@acme.example"), 4);
    assert_eq!(level(Kind::Email, "info@acme.example", "sales@acme.example"), 3);
    assert_eq!(level(Kind::Email, "jane.roe@gmail.com", "max@gmail.com"), ELSE);
}

#[test]
fn swapped_names_count_once() {
    let columns = [("given", Kind::GivenName), ("surname", Kind::Surname)];
    let table = table(&columns, &[&["Robert", "Alan"], &["Alan", "Robert"], &["Alan", "Smith"]]);
    let plan = plan(&table);
    let levels = |right: usize| {
        plan.iter().map(|one| (one.label.as_str(), one.level(&table, 0, right))).collect::<Vec<_>>()
    };
    assert_eq!(levels(1), [("given", MISSING_LEVEL), ("surname", 3)]);
    assert_eq!(levels(2), [("given", ELSE), ("surname", ELSE)], "the other part contradicts");
}

#[test]
fn every_level_that_is_given_has_a_name() {
    let kinds =
        [Kind::Name, Kind::Surname, Kind::Date, Kind::HardKey, Kind::Phone, Kind::Email, Kind::Street];
    for kind in kinds {
        for (left, right) in
            [("a@b.example 12345678", "a@b.example 12345678"), ("20010203", "20010303"), ("x", "y")]
        {
            let table = table(&[("it", kind)], &[&[left], &[right]]);
            for comparison in plan(&table) {
                assert!(usize::from(comparison.level(&table, 0, 1)) <= comparison.measure.levels().len());
            }
        }
    }
}
