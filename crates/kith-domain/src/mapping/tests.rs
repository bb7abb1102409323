//! Tests of saved mappings.

use super::*;
use crate::story::{Story, uuid};
use crate::value::MappingId;

fn save(name: &str, system: &str) -> Command {
    let columns = [("KUNNR".to_owned(), "external_id".to_owned())].into();
    let rules = Rules { name: name.into(), system: Some(system.into()), columns, ..Rules::default() };
    Command::Save { id: MappingId(uuid(4)), rules: Box::new(rules) }
}

#[test]
fn a_mapping_is_saved_saved_again_and_deleted() {
    let mut story = Story::<Mapping>::new(());
    story.refuses(&Command::Delete, "mapping.not_found");
    story.accepts(&save("SAP", "sap"));
    story.nothing(&save(" SAP ", "sap"));
    story.accepts(&save("SAP Europe", "sap"));
    assert_eq!(story.state.rules.name, "SAP Europe");
    story.accepts(&Command::Delete);
    story.nothing(&Command::Delete);
    assert!(!story.state.exists());
}

#[test]
fn every_fault_is_named() {
    let faults = [("/name", "required"), ("/system", "system_invalid")];
    Story::<Mapping>::new(()).faults(&save(" ", "My SAP"), "mapping.invalid", &faults);
    let columns = (0..2_001).map(|number| (number.to_string(), "ignore".to_owned())).collect();
    let rules = Box::new(Rules { name: "Wide".into(), columns, ..Rules::default() });
    let save = Command::Save { id: MappingId(uuid(4)), rules };
    Story::<Mapping>::new(()).faults(&save, "mapping.invalid", &[("/columns", "too_many")]);
}
