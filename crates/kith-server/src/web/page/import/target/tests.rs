use super::target;
use crate::web::page::ImportPage;
use crate::web::words::reading;

#[test]
fn a_field_is_called_what_people_call_it() {
    let labels = [("gate_no".to_owned(), "Gate".to_owned())].into();
    let page = ImportPage { labels, ..ImportPage::default() };
    let said = |field: &str| target(&page, field);
    assert_eq!(said("billing.line1"), "Billing line 1");
    assert_eq!(said("owning_entity"), "Owning entity");
    assert_eq!(said("custom.gate_no"), "Gate");
    let german = ["billing.city", "contact.name"].map(|field| reading("de", || target(&page, field)));
    assert_eq!(german, ["Rechnungsadresse: Ort", "Name des Ansprechpartners"]);
}
