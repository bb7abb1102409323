//! What a letter says, and where its link stands.

use super::{LINK, activation, invitation, owed, reminder, welcome};

#[test]
fn links_stand_where_they_belong_and_nowhere_else() {
    let linked = [
        invitation("Northwind", "CT-000001 Framework agreement", "1 Dec 2026"),
        reminder("Northwind", "CT-000001 Framework agreement", "1 Dec 2026"),
        activation("Northwind", "Acme", "1 Dec 2026"),
    ];
    for sheet in linked {
        assert_eq!(sheet.text.matches(LINK).count(), 1, "{sheet:?}");
    }
    for sheet in [owed("Northwind", "Acme", Some("Missing: tax form.")), welcome("Northwind", "Acme")] {
        assert!(!sheet.text.contains(LINK) && sheet.text.ends_with("Northwind\n"), "{sheet:?}");
    }
}
