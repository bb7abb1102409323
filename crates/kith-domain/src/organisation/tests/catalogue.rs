//! Catalogues and custom fields: what is added, changed, retired, deleted.

use super::super::{CatalogueDraft, CodeDraft, CustomFieldDraft, CustomKind, Named};
use super::*;

fn code(kind: &str, code: &str) -> Command {
    Command::AddCode { kind: kind.into(), code: code.into(), draft: CodeDraft::default() }
}

fn change(kind: &str, code: &str, draft: CodeDraft) -> Command {
    Command::ChangeCode { kind: kind.into(), code: code.into(), draft }
}

fn delete(kind: &str, code: &str) -> Command {
    Command::DeleteCode { kind: kind.into(), code: code.into() }
}

#[test]
fn codes_are_added_retired_and_deleted() {
    let mut story = founded();
    story.accepts(&code("payment_terms", "net120"));
    assert_eq!(story.state.catalogues.terms("NET120").unwrap().net_days, 120);
    story.nothing(&code("payment_terms", "NET30"));
    story.faults(&code("payment_terms", "SOMEDAY"), "organisation.invalid", &[("/terms", "required")]);
    let own = CodeDraft { terms: Some(Terms { net_days: 14, ..Terms::default() }), ..CodeDraft::default() };
    story.accepts(&Command::AddCode {
        kind: "payment_terms".into(),
        code: "FORTNIGHT".into(),
        draft: own.clone(),
    });
    story.refuses(
        &Command::AddCode { kind: "payment_terms".into(), code: "NET30".into(), draft: own },
        "organisation.code_taken",
    );
    story.refuses(&code("colour", "RED"), "organisation.catalogue_unknown");
    let retire = CodeDraft { retired: Some(true), ..CodeDraft::default() };
    story.refuses(&change("tax_code", "V19", retire.clone()), "organisation.code_unknown");
    story.accepts(&change("payment_terms", "NET7", retire));
    assert_eq!(story.state.catalogues.find("payment_terms", "net7"), Named::Retired("NET7".into()));
    assert!(!story.state.open_payment_terms().contains(&"NET7".to_owned()));
    story.facts.code_in_use = true;
    story.refuses(&delete("payment_terms", "NET7"), "organisation.code_in_use");
    story.facts.code_in_use = false;
    // Places of codes never change, whatever is deleted.
    let place =
        |story: &Story<Organisation>| story.state.payment_terms().iter().position(|code| code == "NET45");
    let before = place(&story);
    story.accepts(&delete("payment_terms", "NET7"));
    story.nothing(&delete("payment_terms", "NET7"));
    assert_eq!(place(&story), before);
    story.refuses(&delete("payment_terms", "NET30"), "organisation.code_in_use");
}

#[test]
fn kinds_of_dimensions_are_added_and_stand_in_order() {
    let mut story = founded();
    let draft = CatalogueDraft { label: Some("Regions".into()), ..CatalogueDraft::default() };
    let add = |kind: &str| Command::AddCatalogue { kind: kind.into(), draft: draft.clone() };
    story.accepts(&add("region"));
    story.refuses(&add("region"), "organisation.catalogue_taken");
    story.refuses(&add("payment_terms"), "organisation.catalogue_taken");
    story.faults(&add("Sales Region"), "organisation.invalid", &[("/kind", "name_invalid")]);
    story.accepts(&code("region", "EMEA"));
    let below = |parent: &str| CodeDraft { parent: Some(Some(parent.into())), ..CodeDraft::default() };
    story.accepts(&Command::AddCode { kind: "region".into(), code: "DACH".into(), draft: below("emea") });
    story.faults(&change("region", "EMEA", below("DACH")), "organisation.invalid", &[("/parent", "cycle")]);
    story.faults(
        &change("region", "EMEA", below("MARS")),
        "organisation.invalid",
        &[("/parent", "unknown_code")],
    );
    story.refuses(&delete("region", "EMEA"), "organisation.code_in_use");
    let must = |kind: &str| Command::ChangeCatalogue {
        kind: kind.into(),
        draft: CatalogueDraft { mandatory: Some(true), ..CatalogueDraft::default() },
    };
    story.accepts(&must("region"));
    story.faults(&must("tax_code"), "organisation.invalid", &[("/mandatory", "not_allowed")]);
}

#[test]
fn what_looks_alike_is_named() {
    let story = founded();
    let Named::Unknown(near) = story.state.catalogues.find("payment_terms", "NET31") else { panic!("known") };
    assert_eq!(near.first().map(String::as_str), Some("NET30"));
    assert_eq!(story.state.catalogues.find("tax_code", "V19"), Named::Free);
}

#[test]
fn custom_fields_are_defined_once_and_only_grow() {
    let mut story = founded();
    let draft = |kind, options: &[&str]| CustomFieldDraft {
        kind: Some(kind),
        options: Some(options.iter().map(|option| (*option).to_owned()).collect()),
        ..CustomFieldDraft::default()
    };
    let define = |name: &str, draft: CustomFieldDraft| Command::DefineField { name: name.into(), draft };
    let alter = |draft: CustomFieldDraft| Command::ChangeField { name: "colour".into(), draft };
    story.accepts(&define("colour", draft(CustomKind::Enum, &["red", "blue"])));
    story.refuses(&define("colour", draft(CustomKind::Text, &[])), "organisation.custom_field_taken");
    let bad = CustomFieldDraft { entity: Some(Some("MARS".into())), ..draft(CustomKind::Enum, &[]) };
    let faults = [("/name", "name_invalid"), ("/options", "required"), ("/entity", "entity_unknown")];
    story.faults(&define("Best Colour", bad), "organisation.invalid", &faults);
    story.accepts(&alter(CustomFieldDraft {
        options: Some(vec!["red".into(), "blue".into(), "green".into()]),
        ..CustomFieldDraft::default()
    }));
    story.faults(
        &alter(draft(CustomKind::Text, &["red"])),
        "organisation.invalid",
        &[("/type", "not_editable"), ("/options", "not_editable")],
    );
    story.refuses(
        &Command::ChangeField { name: "size".into(), draft: CustomFieldDraft::default() },
        "organisation.custom_field_unknown",
    );
    for number in 0..63 {
        story.accepts(&define(&format!("f{number}"), draft(CustomKind::Number, &[])));
    }
    story.refuses(&define("one_more", draft(CustomKind::Number, &[])), "organisation.too_many");
}
