//! Catalogues and custom fields: what is added, changed, retired, deleted.

use super::super::{CatalogueDraft, CodeDraft, CustomField, CustomFieldDraft, CustomKind, Named};
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

#[test]
fn a_custom_field_has_limits_of_its_kind() {
    let mut story = founded();
    let given = |kind, min: &str, max: &str| CustomFieldDraft {
        kind: Some(kind),
        min: Some(Some(min.to_owned())),
        max: Some(Some(max.to_owned())),
        ..CustomFieldDraft::default()
    };
    let define = |draft: CustomFieldDraft| Command::DefineField { name: "dock".into(), draft };
    let bad = [
        (given(CustomKind::Number, "ten", "9"), vec![("/min", "limit_invalid")]),
        (given(CustomKind::Number, "10", "9"), vec![("/max", "limits_crossed")]),
        (given(CustomKind::Date, "2026-01-01", "soon"), vec![("/max", "limit_invalid")]),
        (given(CustomKind::Bool, "0", "1"), vec![("/min", "not_allowed"), ("/max", "not_allowed")]),
        (
            CustomFieldDraft {
                mask: Some(Some("A9".into())),
                ..given(CustomKind::Date, "2026-01-01", "2026-02-01")
            },
            vec![("/mask", "not_allowed")],
        ),
    ];
    for (draft, faults) in bad {
        story.faults(&define(draft), "organisation.invalid", &faults);
    }
    let masked = CustomFieldDraft {
        mask: Some(Some("AA-99*".into())),
        help: Some(Some("As on the gate.".into())),
        position: Some(3),
        ..given(CustomKind::Text, "2", "6")
    };
    story.accepts(&define(masked));
    let field = &story.state.custom_fields["dock"];
    assert_eq!((field.help.as_deref(), field.position), (Some("As on the gate."), 3));
    let fault = |text: &str| field.fault(&serde_json::json!(text)).map(|(code, _)| code);
    assert_eq!(fault("KL-42x"), None);
    assert_eq!(fault("KL-4xx"), Some("mask_mismatch"));
    assert_eq!(fault("KL-42xx"), Some("out_of_range"));
    let clear = CustomFieldDraft { max: Some(None), mask: Some(None), ..CustomFieldDraft::default() };
    story.accepts(&Command::ChangeField { name: "dock".into(), draft: clear });
    let field = &story.state.custom_fields["dock"];
    assert_eq!(field.fault(&serde_json::json!("anything at all")), None);
    assert_eq!(field.fault(&serde_json::json!("x")).map(|(code, _)| code), Some("out_of_range"));
}

#[test]
fn numbers_and_days_outside_of_their_limits_are_none() {
    let field = |kind, min: Option<&str>, max: Option<&str>| CustomField {
        kind,
        min: min.map(str::to_owned),
        max: max.map(str::to_owned),
        ..CustomField::default()
    };
    let number = field(CustomKind::Number, Some("-1.5"), Some("1e3"));
    assert!(number.fault(&serde_json::json!(-1.6)).is_some(), "below");
    let number = field(CustomKind::Number, Some("-1.5"), Some("1000"));
    for (value, fits) in [("-1.5", true), ("1000", true), ("1000.01", false), ("1e2", true), ("1e40", false)]
    {
        let value: serde_json::Value = serde_json::from_str(value).unwrap();
        assert_eq!(number.fault(&value).is_none(), fits, "{value}");
    }
    let day = field(CustomKind::Date, Some("2026-01-01"), None);
    assert!(day.fault(&serde_json::json!("2025-12-31")).is_some());
    assert!(day.fault(&serde_json::json!("2026-01-01")).is_none());
}
