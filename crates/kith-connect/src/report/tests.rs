//! What a report counts, and the file of rows to mend.

use super::{Bounds, ErrorFile, Report, escape, number_style, review};
use crate::csv::{Options, Reader, Row};
use crate::map::Mapping;
use crate::row::{Drafter, Known, RowOptions, Style};

const FILE: &str = "id,name,email,tax_id\n\
    1,First,a@x.example,US-1234\n\
    2,Second,A@X.example,\n\
    3,,bad,\n\
    1,Fourth,d@x.example,\n\
    5,Fifth,e@x.example,us 1234\n\
    6,=Sixth,f@x.example,\n";

fn run(text: &str, bounds: Bounds) -> (Report, Vec<(u64, bool)>, String) {
    let mut reader = Reader::open(text.as_bytes(), &Options::default()).unwrap();
    let header = reader.header().to_vec();
    let mapping = Mapping::infer(&header, None);
    let known = Known { entities: [("US".to_owned(), "USD".parse().unwrap())].into(), ..Known::default() };
    let options = RowOptions { source_system: "erp".to_owned(), ..RowOptions::default() };
    let drafter = Drafter::new(&header, &mapping, &known, &options);
    let mut errors = ErrorFile::create(Vec::new(), &header, reader.delimiter()).unwrap();
    let mut drafts = Vec::new();
    let report = review(
        &mut reader,
        &drafter,
        bounds,
        |draft, fresh| drafts.push((draft.row, fresh)),
        |row, faults| errors.write(row, faults).unwrap(),
    );
    (report, drafts, String::from_utf8(errors.finish().unwrap()).unwrap())
}

#[test]
fn rows_faults_and_repeated_records_are_counted() {
    let (report, drafts, errors) = run(FILE, Bounds::default());
    assert_eq!((report.rows, report.valid, report.invalid), (6, 5, 1));
    assert_eq!((report.errors_total, report.errors.len()), (2, 2));
    assert_eq!(
        report.errors_by_code.into_iter().collect::<Vec<_>>(),
        [("email_invalid", 1), ("name_missing", 1)]
    );
    let duplicates: Vec<_> =
        report.duplicates.iter().map(|pair| (pair.row, pair.first_row, pair.by)).collect();
    assert_eq!(duplicates, [(3, 2, "email"), (5, 2, "external_id"), (6, 2, "tax_id")]);
    assert_eq!(drafts, [(2, true), (3, false), (5, false), (6, false), (7, true)]);
    assert_eq!(
        errors,
        "id,name,email,tax_id,kith_error\n3,,bad,,name: Every account needs a name. | email: This is no e-mail address.\n"
    );
    assert!(report.stopped.is_none());
}

#[test]
fn a_report_keeps_a_bounded_list_and_counts_all() {
    let many: String = (0..50).map(|n| format!("{n},,bad{n},\n")).collect();
    let bounds = Bounds { errors: 10, warnings: 10, duplicates: 10 };
    let (report, _, errors) = run(&format!("id,name,email,tax_id\n{many}"), bounds);
    assert_eq!((report.errors.len(), report.errors_total, report.invalid), (10, 100, 50));
    assert_eq!(errors.lines().count(), 51);
}

#[test]
fn reading_that_stops_is_said_with_what_was_read() {
    let (report, drafts, _) =
        run("id,name,email\n1,A,a@x.example\n2,\"open,b@x.example\n", Bounds::default());
    assert_eq!(drafts, [(2, true)]);
    assert!(report.stopped.is_some_and(|sentence| sentence.starts_with("Row 3 opens a quote")));
}

#[test]
fn cells_that_a_spreadsheet_would_compute_are_escaped() {
    for (cell, escaped) in [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd|x", "'+cmd|x"),
        ("-2", "-2"),
        ("+49 203 555", "+49 203 555"),
        ("-", "'-"),
        ("plain", "plain"),
    ] {
        assert_eq!(escape(cell), escaped);
    }
}

#[test]
fn the_style_of_numbers_is_found_in_the_money_columns() {
    let mapping = Mapping::infer(&["name".to_owned(), "credit_limit".to_owned()], None);
    let row = |limit: &str| Row { number: 2, cells: vec!["1,5".to_owned(), limit.to_owned()], cut: false };
    assert_eq!(number_style(&mapping, &[row("10.000,00"), row("7,50")]), Style::Comma);
    assert_eq!(number_style(&mapping, &[row("10,000.00")]), Style::Point);
}
