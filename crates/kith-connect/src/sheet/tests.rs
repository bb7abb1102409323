//! Files as they come out.

use serde_json::{Map, Value, json};

use super::{SheetColumn, SheetFormat, SheetWriter, is_formula};

fn columns() -> Vec<SheetColumn> {
    let column = |id: &str, is_money| SheetColumn { id: id.to_owned(), headings: None, is_money };
    vec![column("name", false), column("limit", true), column("orders", false), column("tags", false)]
}

fn written(format: SheetFormat, rows: &[Value]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = SheetWriter::begin(format, columns(), &mut bytes).unwrap();
    for row in rows {
        let row: Map<String, Value> = row.as_object().cloned().unwrap();
        writer.row(&row).unwrap();
    }
    writer.end().unwrap();
    bytes
}

#[test]
fn a_column_may_have_headings_for_people() {
    let headings = Some(["Limit".to_owned(), "Limit, currency".to_owned()]);
    let column = SheetColumn { id: "limit".to_owned(), headings, is_money: true };
    let mut bytes = Vec::new();
    SheetWriter::begin(SheetFormat::Csv, vec![column], &mut bytes).unwrap().end().unwrap();
    assert_eq!(String::from_utf8(bytes).unwrap(), "Limit,\"Limit, currency\"\r\n");
}

fn rows() -> [Value; 3] {
    [
        json!({"name": "Acme, \"Inc\"", "limit": {"amount": "-12.50", "currency": "USD"}, "orders": 3, "tags": ["a", "b"], "more": 1}),
        json!({"name": "=HYPERLINK(\"x\")", "limit": null, "orders": -4}),
        json!({"name": "@sum", "tags": []}),
    ]
}

#[test]
fn csv_quotes_splits_money_and_runs_nothing() {
    let text = String::from_utf8(written(SheetFormat::Csv, &rows())).unwrap();
    let expected = "name,limit,limit_currency,orders,tags\r\n\
                    \"Acme, \"\"Inc\"\"\",-12.50,USD,3,a; b\r\n\
                    \"'=HYPERLINK(\"\"x\"\")\",,,-4,\r\n\
                    '@sum,,,,\r\n";
    assert_eq!(text, expected);
}

#[test]
fn json_lines_keep_values_as_they_are() {
    let text = String::from_utf8(written(SheetFormat::JsonLines, &rows())).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        lines[0],
        json!({"name": "Acme, \"Inc\"", "limit": {"amount": "-12.50", "currency": "USD"}, "orders": 3, "tags": ["a", "b"]})
    );
    assert_eq!(lines[2], json!({"name": "@sum", "tags": []}));
}

#[test]
fn a_workbook_is_a_zip_with_a_sheet() {
    let bytes = written(SheetFormat::Xlsx, &rows());
    assert!(bytes.starts_with(b"PK"), "a workbook is a zip file");
    let names = ["xl/worksheets/sheet1.xml", "xl/workbook.xml"];
    assert!(names.iter().all(|name| bytes.windows(name.len()).any(|window| window == name.as_bytes())));
}

#[test]
fn numbers_are_no_formulas() {
    for text in ["-5", "+1.5", "-1e3"] {
        assert!(!is_formula(text), "{text}");
    }
    for text in ["-5+cmd", "=1", "+A1", "@x", "\t=1", "\r=1"] {
        assert!(is_formula(text), "{text}");
    }
}
