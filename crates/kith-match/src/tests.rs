//! The whole way, on small tables.

use crate::comparison::tests::table;
use crate::explain::explain;
use crate::find::find;
use crate::kind::Kind;
use crate::score::Scorer;
use crate::workers::Alone;

const COMPANY: [(&str, Kind); 5] = [
    ("name", Kind::Name),
    ("tax_id", Kind::HardKey),
    ("email", Kind::Email),
    ("city", Kind::City),
    ("country", Kind::Country),
];

#[test]
fn the_same_company_written_twice_is_found_among_few() {
    let rows: [&[&str]; 4] = [
        &["Nordwind Logistik GmbH", "", "info@nordwind.example", "Hamburg", "DE"],
        &["Zebra Timber Ltd", "", "office@zebra.example", "London", "GB"],
        &["NORDWIND LOGISTIK Gesellschaft mbH", "", "sales@nordwind.example", "Hamburg", "Germany"],
        &["Casa Rossa Srl", "", "ciao@rossa.example", "Roma", "IT"],
    ];
    let found = find(&table(&COMPANY, &rows), 0.5, &Alone, &|_| ());
    assert_eq!(found.pairs.iter().map(|pair| (pair.left, pair.right)).collect::<Vec<_>>(), [(0, 2)]);
}

#[test]
fn siblings_with_tax_numbers_of_their_own_stay_apart_and_a_slip_does_not_part() {
    let rows: [&[&str]; 3] = [
        &["Nordwind GmbH", "DE136695976", "info@nordwind.example", "Hamburg", "DE"],
        &["Nordwind GmbH", "DE811569869", "info@nordwind.example", "Hamburg", "DE"],
        &["Nordwind GmbH", "DE136695967", "info@nordwind.example", "Hamburg", "DE"],
    ];
    let table = table(&COMPANY, &rows);
    let found = find(&table, 0.5, &Alone, &|_| ());
    assert!(Scorer::new(&table, &found.plan, &found.model).contradict(0, 1));
    assert_eq!(found.pairs.iter().map(|pair| (pair.left, pair.right)).collect::<Vec<_>>(), [(0, 2)]);
}

#[test]
fn a_waterfall_adds_up_to_the_pair_that_it_explains() {
    let rows: [&[&str]; 3] = [
        &["Nordwind Logistik GmbH", "DE136695976", "info@nordwind.example", "Hamburg", "DE"],
        &["Nordwind Logistik", "", "info@nordwind.example", "Hamburg", "DE"],
        &["Casa Rossa Srl", "IT00743110157", "ciao@rossa.example", "Roma", "IT"],
    ];
    let table = table(&COMPANY, &rows);
    let found = find(&table, 0.5, &Alone, &|_| ());
    let told = explain(&table, &found.plan, &found.model, 0, 1);
    assert!((told.weight - f64::from(found.pairs[0].weight)).abs() < 1e-3);
    let tax = told.steps.iter().find(|step| step.label == "tax_id").unwrap();
    assert_eq!((tax.level, tax.weight), ("missing", 0.0));
}

#[test]
fn one_record_or_empty_ones_find_nothing() {
    for rows in [&[["", "", "", "", ""].as_slice()][..], &[["", "", "", "", ""].as_slice(); 3][..]] {
        assert!(find(&table(&COMPANY, rows), 0.5, &Alone, &|_| ()).pairs.is_empty());
    }
}
