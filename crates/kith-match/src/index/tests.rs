use super::{Index, Values};
use crate::score::weight;

const NORDWIND: Values<'_> = [
    "Nordwind Logistik GmbH",
    "DE136695976",
    "info@nordwind.example",
    "",
    "+49 40 123456",
    "Am Kai 3",
    "Hamburg",
    "20457",
    "DE",
];

fn index(accounts: &[Values<'_>]) -> Index {
    let mut index = Index::default();
    for (row, values) in (0_u32..).zip(accounts) {
        index.set(row, values).unwrap();
    }
    index
}

fn rows(index: &mut Index, values: &Values<'_>, least: f64) -> Vec<u32> {
    index.alike(values, None, weight(least)).unwrap().into_iter().map(|alike| alike.row).collect()
}

const ZEBRA: Values<'_> = [
    "Zebra Timber Ltd",
    "",
    "office@zebra.example",
    "",
    "+44 20 998877",
    "High St 1",
    "London",
    "N1 1AA",
    "GB",
];

#[test]
fn a_company_written_otherwise_is_probably_the_same() {
    let mut index = index(&[NORDWIND, ZEBRA]);
    let again = [
        "NORDWIND LOGISTIK Gesellschaft mbH",
        "",
        "sales@nordwind.example",
        "",
        "040/123456",
        "",
        "Hamburg",
        "",
        "DE",
    ];
    assert_eq!(rows(&mut index, &again, 0.99), [0]);
    assert_eq!(
        rows(&mut index, &["Nordlicht GmbH", "", "", "", "", "", "Hamburg", "", "DE"], 0.5),
        [0_u32; 0]
    );
    assert_eq!(rows(&mut index, &again, 0.99), [0], "asking leaves nothing behind");
}

#[test]
fn another_tax_number_of_the_country_says_two() {
    let mut index = index(&[NORDWIND]);
    let sibling = {
        let mut values = NORDWIND;
        values[1] = "DE811569869";
        values
    };
    assert_eq!(rows(&mut index, &sibling, 0.5), [0_u32; 0]);
}

#[test]
fn whoever_shares_an_address_alone_is_not_the_same() {
    let mut index = index(&[NORDWIND]);
    let tenant = ["Brauerei Seebaer AG", "", "", "", "+49 40 123456", "Am Kai 3", "Hamburg", "20457", "DE"];
    assert_eq!(rows(&mut index, &tenant, 0.5), [0_u32; 0]);
}

#[test]
fn a_common_legal_form_and_numbered_names_make_no_duplicate() {
    let first = [
        "Customer 1 Ltd",
        "",
        "a1@cust.example",
        "",
        "+1 312 555 0100",
        "1 Main St",
        "Chicago",
        "60607",
        "US",
    ];
    let second = [
        "Customer 2 Ltd",
        "",
        "a2@cust.example",
        "",
        "+1 312 555 0100",
        "1 Main St",
        "Chicago",
        "60607",
        "US",
    ];
    assert_eq!(rows(&mut index(&[first]), &second, 0.5), [0_u32; 0]);
}

#[test]
fn the_index_follows_what_changes_and_goes() {
    let mut index = index(&[NORDWIND, ZEBRA]);
    assert_eq!(rows(&mut index, &NORDWIND, 0.99), [0]);
    let before = index.fingerprint(0);
    index.set(0, &ZEBRA).unwrap();
    assert_ne!(index.fingerprint(0), before);
    assert_eq!(rows(&mut index, &NORDWIND, 0.5), [0_u32; 0]);
    let mut both = rows(&mut index, &ZEBRA, 0.99);
    both.sort_unstable();
    assert_eq!(both, [0, 1]);
    index.clear(1);
    assert_eq!(rows(&mut index, &ZEBRA, 0.99), [0]);
    assert_eq!(index.alike(&ZEBRA, Some(0), 0.0).unwrap(), []);
}
