//! Tests of the calendar.

use super::*;

#[test]
fn lines_are_folded_and_texts_escaped() {
    let mut calendar = Calendar::new();
    let long = format!("A, b; c\\d\n{}", "Größe 合同 ".repeat(20));
    calendar.event("u@kith", Timestamp::UNIX_EPOCH, "2026-12-31".parse().unwrap(), &long);
    let text = calendar.done();
    assert!(text.ends_with("END:VCALENDAR\r\n"));
    assert!(text.split("\r\n").all(|line| line.len() <= LINE_MAX), "{text}");
    let unfolded = text.replace("\r\n ", "");
    assert!(unfolded.contains("SUMMARY:A\\, b\\; c\\\\d\\nGröße 合同"));
    assert!(unfolded.contains("DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101"));
    assert!(unfolded.contains("DTSTAMP:19700101T000000Z"));
}
