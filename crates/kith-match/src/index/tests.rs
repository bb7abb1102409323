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

#[test]
fn whatever_is_asked_leaves_nothing_behind() {
    let mut index = index(&[NORDWIND, ZEBRA]);
    let texts = |index: &Index| -> Vec<(usize, u64)> {
        let columns = index.open.table.columns();
        let known =
            columns.iter().map(|column| (column.dictionary.len(), column.dictionary.coincidence().1 as u64));
        known.collect()
    };
    let before = texts(&index);
    for number in 0..500 {
        let name = format!("Firm {number} Haulage {} Ltd", number * 7);
        let email = format!("a{number}@firm{number}.example");
        let asked = [name.as_str(), "", email.as_str(), "", "", "", "London", "", "GB"];
        index.alike_within(&asked, None, (weight(0.5), 40)).unwrap();
        assert_eq!(texts(&index), before);
        if number % 50 == 0 {
            index.alike(&NORDWIND, None, weight(0.5)).unwrap();
        }
    }
    assert_eq!(rows(&mut index, &ZEBRA, 0.99), [1]);
    assert_eq!(rows(&mut index, &NORDWIND, 0.99), [0]);
}

#[test]
fn a_block_that_many_share_is_left_out_where_the_work_is_bounded() {
    let twin = |number: usize| format!("a{number}@one.example");
    let mails: Vec<String> = (0..60).map(twin).collect();
    let accounts: Vec<Values<'_>> =
        mails.iter().map(|mail| ["Seebaer Kontor", "", mail.as_str(), "", "", "", "", "", ""]).collect();
    let mut many = index(&accounts);
    let asked: Values<'_> = ["Seebaer Kontor", "", "new@one.example", "", "", "", "", "", ""];
    assert!(many.alike_within(&asked, None, (-20.0, 40)).unwrap().is_empty());
    assert_eq!(many.alike_within(&asked, None, (-20.0, 60)).unwrap().len(), 60);
    assert!(many.alike_row_within(3, -20.0, 40).is_empty());
    (0..30).for_each(|row| many.clear(row));
    assert_eq!(many.alike_within(&asked, None, (-20.0, 40)).unwrap().len(), 30);
}
