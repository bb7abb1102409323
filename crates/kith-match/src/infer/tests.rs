use super::{Profile, kinds, row_name};
use crate::kind::Kind;

fn of(header: &str, values: &[&str]) -> Option<Kind> {
    let profile = Profile::of(values.iter().copied(), std::iter::empty());
    kinds(&[header.to_owned()], &[profile], None)[0]
}

#[test]
fn headers_of_many_systems_are_read() {
    let any = &["a b", "c d"];
    for (header, kind) in [
        ("Company Name", Kind::Name),
        ("given_name", Kind::GivenName),
        ("surname", Kind::Surname),
        ("BillingStreet", Kind::Street),
        ("address_1", Kind::Street),
        ("street_number", Kind::StreetNumber),
        ("Zip/Postal Code", Kind::Postal),
        ("suburb", Kind::City),
        ("state", Kind::Region),
        ("soc_sec_id", Kind::Identifier),
        ("Tax ID", Kind::HardKey),
        ("legal_form", Kind::LegalForm),
    ] {
        assert_eq!(of(header, any), Some(kind), "{header}");
    }
}

#[test]
fn values_decide_where_headers_say_nothing() {
    assert_eq!(of("x1", &["a@b.example", "c@d.example"]), Some(Kind::Email));
    assert_eq!(of("x1", &["1971-06-24", "1980-01-02"]), Some(Kind::Date));
    assert_eq!(of("x1", &["www.acme.example", "https://b.example/x"]), Some(Kind::Domain));
    assert_eq!(of("x1", &["+49 30 1234567", "(312) 555-0100"]), Some(Kind::Phone));
    assert_eq!(of("x1", &["Acme GmbH", "Foo Ltd"]), Some(Kind::Name));
    assert_eq!(of("x1", &["some words", "other words"]), Some(Kind::Text));
}

#[test]
fn a_header_that_the_values_contradict_is_not_believed() {
    assert_eq!(of("email", &["none", "unknown", "n/a"]), Some(Kind::Text));
    assert_eq!(of("phone", &["ask Jane", "see web"]), Some(Kind::Text));
}

#[test]
fn what_stands_under_a_header_decides_where_it_fits_it_not() {
    let yes_no: Vec<&str> = (0..200).map(|row| if row % 3 == 0 { "Yes" } else { "No" }).collect();
    assert_eq!(of("website", &yes_no), Some(Kind::Category));
    assert_eq!(of("brought_by", &["Schools_2012.csv", "list.csv", "old.xlsx"]), Some(Kind::Text));
    assert_eq!(
        of("brought_by", &["one.example", "https://two.example/x", "three.co.uk"]),
        Some(Kind::Domain)
    );
}

#[test]
fn answers_and_row_numbers_are_not_compared() {
    for header in ["cluster", "true_id", "label"] {
        assert_eq!(of(header, &["1", "1", "2"]), None, "{header}");
    }
    assert_eq!(of("unique_id", &["1", "2", "3"]), None);
    assert_eq!(of("anything", &["same", "same"]), None, "a constant tells nobody apart");
}

#[test]
fn columns_that_are_asked_for_are_compared_whatever_they_are() {
    let headers = ["cluster".to_owned(), "name".to_owned()];
    let profile = |values: &[&str]| Profile::of(values.iter().copied(), std::iter::empty());
    let profiles = [profile(&["a", "b"]), profile(&["c", "d"])];
    let found = kinds(&headers, &profiles, Some(&[0]));
    assert_eq!(found, [Some(Kind::Text), None]);
}

#[test]
fn rows_are_named_by_id_or_rec_id() {
    let headers = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(row_name(&headers(&["rec_id", "ID"])), Some(1));
    assert_eq!(row_name(&headers(&["name", "rec_id"])), Some(1));
    assert_eq!(row_name(&headers(&["unique_id", "name"])), None);
}
