//! Tests of extracts.

use super::{Unread, read};

#[test]
fn columns_come_in_any_order_and_may_be_missing() {
    let text = "Open_AR;Account;ENTITY\n1.50;external:erp:1;US\n\n;C-000002;DE\n";
    let sheet = read(text.as_bytes()).unwrap();
    assert_eq!(sheet.columns, [true, false, false, false]);
    let lines = sheet.lines;
    let told: Vec<_> = lines.iter().map(|line| (line.account.as_str(), line.amounts[0].as_str())).collect();
    assert_eq!(told, [("external:erp:1", "1.50"), ("C-000002", "")]);
    assert_eq!(lines[0].amounts[1], "");
}

#[test]
fn what_is_no_extract_is_told() {
    let missing = |text: &str| match read(text.as_bytes()) {
        Err(Unread::Columns(missing)) => missing,
        other => panic!("{other:?}"),
    };
    assert_eq!(missing("name,balance\nAcme,1\n"), ["account", "entity", "open_ar"]);
    assert!(matches!(read(b""), Err(Unread::File(_))));
}
