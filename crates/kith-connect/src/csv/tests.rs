//! What files are read, and which are refused with their row.

use proptest::prelude::*;

use super::{Encoding, FileFault, Limits, Options, Reader, Row};

/// Everything that a file gives.
struct Whole {
    header: Vec<String>,
    rows: Vec<Row>,
    codes: Vec<&'static str>,
    encoding: Encoding,
    delimiter: char,
}

fn read_with(bytes: &[u8], options: &Options) -> Result<Whole, FileFault> {
    let mut reader = Reader::open(bytes, options)?;
    let (mut rows, mut row) = (Vec::new(), Row::default());
    while reader.read_row(&mut row)? {
        rows.push(row.clone());
    }
    Ok(Whole {
        header: reader.header().to_vec(),
        rows,
        codes: reader.notes().iter().map(|note| note.code).collect(),
        encoding: reader.encoding(),
        delimiter: reader.delimiter(),
    })
}

fn read(bytes: &[u8]) -> Whole {
    read_with(bytes, &Options::default()).unwrap()
}

fn cells(whole: &Whole) -> Vec<Vec<&str>> {
    whole.rows.iter().map(|row| row.cells.iter().map(String::as_str).collect()).collect()
}

#[test]
fn the_spectrum_of_csv_is_read_as_expected() {
    let cases = include_str!("../../tests-data/csv_spectrum.jsonl");
    for case in cases.lines() {
        let case: serde_json::Value = serde_json::from_str(case).unwrap();
        // The gathered texts lost their carriage returns, the rows expected of them did not.
        let mut text = case["csv"].as_str().unwrap().to_owned();
        if case["name"].as_str().is_some_and(|name| name.ends_with("_crlf")) {
            text = text.replace('\n', "\r\n");
        }
        let whole = read(text.as_bytes());
        let rows: Vec<serde_json::Value> = whole
            .rows
            .iter()
            .map(|row| {
                whole
                    .header
                    .iter()
                    .cloned()
                    .zip(row.cells.iter().map(|cell| serde_json::Value::from(cell.as_str())))
                    .collect()
            })
            .collect();
        assert_eq!(serde_json::Value::from(rows), case["rows"], "{}", case["name"]);
    }
    assert_eq!(cases.lines().count(), 11);
}

#[test]
fn every_byte_order_mark_gives_the_same_table() {
    let files: [(&[u8], Encoding); 6] = [
        (include_bytes!("../../tests-data/dataloader/csvtext.csv"), Encoding::Utf8),
        (include_bytes!("../../tests-data/dataloader/csvtext_BOM_UTF8.csv"), Encoding::Utf8),
        (include_bytes!("../../tests-data/dataloader/csvtext_BOM_UTF16LE.csv"), Encoding::Utf16Le),
        (include_bytes!("../../tests-data/dataloader/csvtext_BOM_UTF16BE.csv"), Encoding::Utf16Be),
        (include_bytes!("../../tests-data/dataloader/csvtext_BOM_UTF32LE.csv"), Encoding::Utf32Le),
        (include_bytes!("../../tests-data/dataloader/csvtext_BOM_UTF32BE.csv"), Encoding::Utf32Be),
    ];
    for (bytes, encoding) in files {
        let whole = read(bytes);
        assert_eq!(whole.encoding, encoding);
        assert_eq!(whole.header, ["column1", "column2", "column3"]);
        assert_eq!(cells(&whole), [["row1-1", "row1-2", "row1-3"], ["row2-1", "row2-2", "row2-3"]]);
    }
}

#[test]
fn utf_16_without_a_mark_is_recognised() {
    let bytes: Vec<u8> = "name;city\nÖzil;Ålesund 😀\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let whole = read(&bytes);
    assert_eq!((whole.encoding, whole.delimiter), (Encoding::Utf16Le, ';'));
    assert_eq!(cells(&whole), [["Özil", "Ålesund 😀"]]);
}

#[test]
fn data_loader_samples_are_read() {
    let whole = read(include_bytes!("../../tests-data/dataloader/csvEscapedQuotes.csv"));
    assert_eq!(cells(&whole), [["\"The Best\" Account", "bla"], ["The \"Best\" Account", "bla"]]);
    let whole = read(include_bytes!("../../tests-data/dataloader/accountsForInsert.csv"));
    assert_eq!(whole.rows.len(), 4);
    assert!(whole.rows[0].cells[3].contains("<span style=\" font-size: 172px;\">"));
    let whole = read(include_bytes!("../../tests-data/dataloader/hardDelete1AccountCsvTemplate.csv"));
    assert_eq!((whole.header, whole.rows.len()), (vec!["ID".to_owned()], 1));
    let bang = Options { delimiter: Some(b'!'), ..Options::default() };
    let whole = read_with(include_bytes!("../../tests-data/dataloader/csvSeparator.csv"), &bang).unwrap();
    assert_eq!(cells(&whole), [["col11,col12", "somev1,col13"], ["col21,col22", "somev2,col23"]]);
}

#[test]
fn windows_1252_is_read_and_announced_with_its_row() {
    let whole = read(b"name,city\nPlain,Town\nM\xfcller \x80,K\xf6ln\n");
    assert_eq!(whole.encoding, Encoding::Windows1252);
    assert_eq!(cells(&whole)[1], ["Müller €", "Köln"]);
    let mut reader = Reader::open(&b"a,b\n1,2\n\n3,\xe9\n"[..], &Options::default()).unwrap();
    while reader.read_row(&mut Row::default()).unwrap() {}
    assert_eq!(reader.notes()[0].row, Some(4));
    assert!(read("name\nMüller\n".as_bytes()).codes.is_empty());
}

#[test]
fn delimiters_are_found_out() {
    for (text, delimiter) in [
        ("a,b,c\n1,2,3\n", ','),
        ("a;b;c\n1,5;2,5;3\n", ';'),
        ("a\tb\n1,2\t3\n", '\t'),
        ("a|b\nx, y|z\n", '|'),
        ("name\nonly one\n", ','),
        ("\"a;b\",c\n\"1;2\",3\n", ','),
        ("sep=;\na;b\n1;2\n", ';'),
    ] {
        assert_eq!(read(text.as_bytes()).delimiter, delimiter, "{text}");
    }
}

#[test]
fn rows_are_numbered_as_a_spreadsheet_shows_them() {
    let numbers = |text: &str| read(text.as_bytes()).rows.iter().map(|row| row.number).collect::<Vec<_>>();
    assert_eq!(numbers("a,b\n1,2\n3,4\n"), [2, 3]);
    assert_eq!(numbers("a,b\n\"1\nand more\",2\n3,4\n"), [2, 3]);
    assert_eq!(numbers("a,b\r\n\r\n1,2\r\n\r\n\r\n3,4\r\n"), [3, 6]);
    assert_eq!(numbers("sep=,\na,b\n1,2\n"), [3]);
}

#[test]
fn a_report_footer_is_left_out_and_said() {
    let footer = "\n\"Accounts with owners\"\n\"Copyright (c) 2000-2025 salesforce.com, inc. All rights reserved.\"\n\
                  \"Confidential Information - Do Not Distribute\"\n\"Generated By: A. Person 1/2/2025 3:04 PM\"\n\
                  \"Example Ltd\"\n";
    let whole = read(
        format!("\"Account Name\",\"Phone\"\n\"First\",\"1\"\n\"Only a name\",\"\"\n{footer}").as_bytes(),
    );
    assert_eq!(cells(&whole), [["First", "1"], ["Only a name", ""]]);
    assert_eq!(whole.codes, ["report_footer_left_out"]);
    // Rows with one filled cell are no footer.
    let whole = read(b"a,b\n1,2\nx,\ny,\n");
    assert_eq!((whole.rows.len(), whole.codes.len()), (3, 0));
    let many: String = (0..40).map(|n| format!("{n},\n")).collect();
    assert_eq!(read(format!("a,b\n{many}").as_bytes()).rows.len(), 40);
}

#[track_caller]
fn refused(bytes: &[u8], options: &Options, code: &str, row: Option<u64>) {
    let fault = match read_with(bytes, options) {
        Ok(_) => panic!("read without a fault"),
        Err(fault) => fault,
    };
    assert_eq!((fault.code(), fault.row()), (code, row), "{fault}");
}

#[test]
fn what_cannot_be_read_is_named_with_its_row() {
    let usual = Options::default();
    refused(b"", &usual, "csv.empty", None);
    refused(b"\xef\xbb\xbf\n\n", &usual, "csv.empty", None);
    refused(b"PK\x03\x04rest", &usual, "csv.not_text", None);
    refused(b"a,b\x00\x01\n\x00", &usual, "csv.not_text", None);
    refused(b"a,b\n1,2\n3,\"open\n4,5\n6,7\n", &usual, "csv.unclosed_quote", Some(3));
    refused(b"a,b\n1,\"", &usual, "csv.unclosed_quote", Some(2));
    let small = Limits { row_bytes_max: 20, rows_max: 2, columns_max: 3 };
    let small = Options { limits: small, ..Options::default() };
    refused(b"a,b,this header is too long\n", &small, "csv.row_too_long", Some(1));
    refused(b"a,b\n1,2\n3,4\n5,6\n", &small, "csv.too_many_rows", None);
    refused(b"a,b,c,d\n", &small, "csv.too_many_columns", None);
}

#[test]
fn a_row_over_the_limit_is_cut_off_and_reading_goes_on() {
    let limits = Limits { row_bytes_max: 20, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let text = b"a,b\n1,2\n3,this row is too long for it\n4,\"so, is\nthis \"\"one\"\" here\",x\r\n\n5,6\n";
    let whole = read_with(text, &options).unwrap();
    let seen: Vec<_> = whole.rows.iter().map(|row| (row.number, row.cut, row.cells.len())).collect();
    assert_eq!(seen, [(2, false, 2), (3, true, 2), (4, true, 2), (6, false, 2)]);
    assert_eq!(whole.rows[3].cells, ["5", "6"]);
}

#[test]
fn a_line_of_a_gigabyte_takes_little_memory() {
    use std::io::Read as _;
    let input = b"a,b\n1,".chain(std::io::repeat(b'x').take(1 << 30)).chain(&b"\n2,3\n"[..]);
    let mut reader = Reader::open(input, &Options { delimiter: Some(b','), ..Options::default() }).unwrap();
    let mut row = Row::default();
    assert!(reader.read_row(&mut row).unwrap() && row.cut);
    assert!(row.cells[1].len() <= 1 << 20);
    assert!(reader.read_row(&mut row).unwrap());
    assert_eq!(
        (row.number, row.cut, row.cells.as_slice()),
        (3, false, &["2".to_owned(), "3".to_owned()][..])
    );
}

#[test]
fn a_file_cut_off_inside_a_character_is_still_read() {
    let whole = read(b"a\nM\xc3");
    assert_eq!(cells(&whole), [["MÃ"]]);
}

/// A source that gives one byte at a time.
struct Drip<'a>(&'a [u8]);

impl std::io::Read for Drip<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        match (self.0.split_first(), out.first_mut()) {
            (Some((byte, rest)), Some(out)) => {
                *out = *byte;
                self.0 = rest;
                Ok(1)
            }
            _ => Ok(0),
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(rows in prop::collection::vec(prop::collection::vec("[ -~äöü€😀\n\",;]{0,12}", 3), 1..12)) {
        let mut writer = ::csv::WriterBuilder::new().quote_style(::csv::QuoteStyle::Always).from_writer(Vec::new());
        writer.write_record(["a", "b", "c"]).unwrap();
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let options = Options { delimiter: Some(b','), ..Options::default() };
        let whole = read_with(&bytes, &options).unwrap();
        let read: Vec<Vec<String>> = whole.rows.iter().map(|row| row.cells.clone()).collect();
        prop_assert_eq!(&read, &rows);
        let numbers: Vec<u64> = whole.rows.iter().map(|row| row.number).collect();
        prop_assert_eq!(numbers, (2..2 + rows.len() as u64).collect::<Vec<_>>());
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read_with(&bytes, &Options::default());
    }

    #[test]
    fn it_does_not_matter_how_the_bytes_arrive(text in "[ab,\";\r\n\u{e9}\u{20ac}]{0,60}") {
        let outcome = |whole: Result<Whole, FileFault>| whole.map(|whole| whole.rows).map_err(|fault| fault.code());
        let slow = || -> Result<Vec<Row>, FileFault> {
            let mut reader = Reader::open(Drip(text.as_bytes()), &Options::default())?;
            let (mut rows, mut row) = (Vec::new(), Row::default());
            while reader.read_row(&mut row)? {
                rows.push(row.clone());
            }
            Ok(rows)
        };
        prop_assert_eq!(outcome(read_with(text.as_bytes(), &Options::default())), slow().map_err(|fault| fault.code()));
    }
}
