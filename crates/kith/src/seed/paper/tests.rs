use jiff::Span;
use jiff::civil::date;

use super::super::stage::Calendar;
use super::*;

#[test]
fn papers_are_issued_before_they_are_brought_on_whatever_weekday_the_demo_is() {
    for later in 0..7 {
        let calendar = Calendar::before(date(2026, 11, 23).saturating_add(Span::new().days(later)));
        let brought = calendar.date(BROUGHT).to_string();
        for filed in &FILED {
            assert!(calendar.day(filed.issued) < brought, "{}, {later} days after a Monday", filed.title);
        }
    }
}
