//! Workbooks and lists read as rows, and what is refused.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

use super::{Format, Transcript, transcribe};
use crate::csv::{FileFault, Limits, Options, Reader, Row};

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Customers" sheetId="1" r:id="rId1"/><sheet name="Old" sheetId="2" r:id="rId2"/></sheets></workbook>"#;
const BOOK_RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
const STYLES: &str = r#"<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;

fn sheet(rows: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    )
}

fn workbook(rows: &str, shared: &str) -> Cursor<Vec<u8>> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let shared = format!(
        r#"<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{shared}</sst>"#
    );
    let parts = [
        ("[Content_Types].xml", TYPES.to_owned()),
        ("_rels/.rels", RELS.to_owned()),
        ("xl/workbook.xml", BOOK.to_owned()),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS.to_owned()),
        ("xl/styles.xml", STYLES.to_owned()),
        ("xl/sharedStrings.xml", shared),
        ("xl/worksheets/sheet1.xml", sheet(rows)),
        (
            "xl/worksheets/sheet2.xml",
            sheet(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>"#),
        ),
    ];
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    Cursor::new(zip.finish().unwrap().into_inner())
}

fn file(text: &[u8]) -> Cursor<Vec<u8>> {
    Cursor::new(text.to_vec())
}

fn copied(
    file: Cursor<Vec<u8>>,
    format: Format,
    sheet: Option<&str>,
) -> Result<(Transcript, Vec<Row>), FileFault> {
    let mut out = Vec::new();
    let transcript = transcribe(file, format, sheet, &Limits::default(), &mut out)?.unwrap();
    let mut reader = Reader::open(&out[..], &Options::default()).unwrap();
    let mut rows = vec![Row { number: reader.header_row(), cells: reader.header().to_vec(), cut: false }];
    let mut row = Row::default();
    while reader.read_row(&mut row).unwrap() {
        rows.push(row.clone());
    }
    Ok((transcript, rows))
}

fn cells(row: &Row) -> Vec<&str> {
    row.cells.iter().map(String::as_str).collect()
}

#[test]
fn a_sheet_is_read_with_its_values_dates_and_row_numbers() {
    let rows = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>limit</t></is></c><c r="D1" t="inlineStr"><is><t>since</t></is></c></row>
        <row r="4"><c r="A4" t="s"><v>1</v></c><c r="B4"><f>2*600.25</f><v>1200.5</v></c><c r="C4" t="e"><v>#REF!</v></c><c r="D4" s="1"><v>45943</v></c></row>
        <row r="5"><c r="A5" t="str"><f>"B"&amp;"olt"</f><v>Bolt</v></c><c r="B5"><v>7</v></c><c r="C5" t="b"><v>1</v></c></row>"#;
    let shared =
        r#"<si><t>name</t></si><si><r><t xml:space="preserve">Acme, </t></r><r><t>"Best" Ltd</t></r></si>"#;
    let (transcript, rows) = copied(workbook(rows, shared), Format::Xlsx, None).unwrap();
    assert_eq!(cells(&rows[0]), ["name", "limit", "", "since"]);
    assert_eq!(
        (rows[1].number, cells(&rows[1])),
        (4, vec!["Acme, \"Best\" Ltd", "1200.5", "#REF!", "2025-10-13"])
    );
    assert_eq!((rows[2].number, cells(&rows[2])), (5, vec!["Bolt", "7", "true"]));
    assert_eq!(transcript.sheet.as_deref(), Some("Customers"));
    assert_eq!(transcript.notes[0].code, "sheets_left_out");
}

#[test]
fn a_sheet_is_chosen_by_name() {
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c></row>"#;
    let (transcript, rows_of_old) = copied(workbook(rows, ""), Format::Xlsx, Some(" old")).unwrap();
    assert_eq!((transcript.sheet.as_deref(), cells(&rows_of_old[0])), (Some("Old"), vec!["name"]));
    let fault = copied(workbook(rows, ""), Format::Xlsx, Some("New")).unwrap_err();
    assert_eq!(fault.code(), "xlsx.sheet_unknown");
    assert!(fault.to_string().contains("Customers, Old"));
}

#[test]
fn bombs_and_damage_are_refused() {
    let bomb = "x".repeat(2 << 20);
    let rows = format!(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>{bomb}</t></is></c></row>"#);
    assert_eq!(copied(workbook(&rows, ""), Format::Xlsx, None).unwrap_err().code(), "xlsx.too_large");
    let shared = "<si><t>a</t></si>".repeat(8 << 20);
    assert_eq!(copied(workbook("", &shared), Format::Xlsx, None).unwrap_err().code(), "xlsx.too_large");
    assert_eq!(copied(file(b"PK\x03\x04nothing"), Format::Xlsx, None).unwrap_err().code(), "xlsx.damaged");
    assert_eq!(copied(workbook("", ""), Format::Xlsx, None).unwrap_err().code(), "csv.empty");
}

#[test]
fn the_customers_of_a_list_are_read() {
    let text = b"!HDR\tPROD\tVER\nHDR\tQuickBooks\t9\n!CUST\tNAME\tREFNUM\tEMAIL\nCUST\tAcme:West\t7\t\"a@acme.example\"\n\
                 !VEND\tNAME\nVEND\tSupplier\n!CUST\tREFNUM\tNAME\nCUST\t8\tBolt\n";
    assert_eq!(Format::of(&mut file(text)).unwrap(), Format::Iif);
    let (_, rows) = copied(file(text), Format::Iif, None).unwrap();
    assert_eq!((rows[0].number, cells(&rows[0])), (3, vec!["NAME", "REFNUM", "EMAIL"]));
    assert_eq!((rows[1].number, cells(&rows[1])), (4, vec!["Acme:West", "7", "a@acme.example"]));
    assert_eq!((rows[2].number, cells(&rows[2])), (8, vec!["Bolt", "8"]));
    let none = copied(file(b"!HDR\tPROD\nHDR\tx\n"), Format::Iif, None).unwrap_err();
    assert_eq!(none.code(), "iif.no_customers");
}

#[test]
fn formats_are_told_by_content() {
    assert_eq!(Format::of(&mut workbook("", "")).unwrap(), Format::Xlsx);
    assert_eq!(Format::of(&mut file(b"name,email\n")).unwrap(), Format::Csv);
    assert_eq!(Format::of(&mut file(b"!,?\n")).unwrap(), Format::Csv);
}
