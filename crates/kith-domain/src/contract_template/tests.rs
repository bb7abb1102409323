//! Tests of contract templates.

use serde_json::{Value, json};

use super::*;
use crate::decider::Decider;
use crate::story::Story;

fn save(body: &Value) -> Command {
    let (code, draft, faults) = TemplateDraft::read(body);
    assert_eq!(faults, vec![]);
    Command::Save { code, draft: Box::new(draft) }
}

fn rates() -> Value {
    json!({
        "code": "rates_2027", "name": "Rates 2027", "type": "rate_agreement", "renewal": "manual", "notice_days": 30,
        "text": "# Rates\nFor {{account.name}} from {{starts_on}}: {{base_rate}}, valid in {{region}}.",
        "fields": [
            {"name": "base_rate", "type": "money", "required": true},
            {"name": "region", "type": "choice", "choices": ["EU", "World"], "default": "EU"},
        ],
    })
}

#[test]
fn each_save_is_a_version_and_the_same_again_is_none() {
    let mut story = Story::<ContractTemplate>::new(());
    story.accepts(&save(&rates()));
    assert_eq!((story.state.version, story.state.fields[1].default.as_deref()), (1, Some("EU")));
    story.nothing(&save(&rates()));
    let mut other = rates();
    other["notice_days"] = json!(90);
    story.accepts(&save(&other));
    assert_eq!((story.state.version, story.state.notice_days), (2, 90));
    story.accepts(&Command::Retire);
    story.nothing(&Command::Retire);
    assert!(!story.state.is_open());
    story.accepts(&save(&other));
    assert!(story.state.is_open(), "what is saved again is open again");
}

#[test]
fn every_fault_is_named() {
    let story = Story::<ContractTemplate>::new(());
    story.refuses(&Command::Retire, "contract_template.not_found");
    let body = json!({
        "code": "Rates!", "type": "poem", "renewal": "x", "notice_days": 5000, "text": "{{nothing}} {{nothing}} {{a}}",
        "fields": [
            {"name": "a", "type": "choice"}, {"name": "a"}, {"name": "starts_on"}, {"name": "b", "type": "date", "default": "x"},
        ],
    });
    story.faults(
        &save(&body),
        "contract_template.invalid",
        &[
            ("/code", "code_invalid"),
            ("/name", "required"),
            ("/type", "not_in_list"),
            ("/renewal", "not_in_list"),
            ("/notice_days", "out_of_range"),
            ("/fields/0/choices", "choices_invalid"),
            ("/fields/1/name", "duplicate"),
            ("/fields/2/name", "name_reserved"),
            ("/fields/3/default", "date_invalid"),
            ("/text", "placeholder_unknown"),
        ],
    );
}

#[test]
fn values_are_read_by_the_type_of_their_field() {
    let spec = |kind| FieldSpec { kind, choices: vec!["EU".into()], ..FieldSpec::default() };
    let good = [
        (FieldKind::Text, json!(" a "), "a"),
        (FieldKind::Paragraph, json!("a\nb"), "a\nb"),
        (FieldKind::Number, json!(12.5), "12.5"),
        (FieldKind::Number, json!("1000"), "1000"),
        (FieldKind::Money, json!({"amount": "10.50", "currency": "EUR"}), "EUR 10.50"),
        (FieldKind::Date, json!("2027-02-28"), "2027-02-28"),
        (FieldKind::Choice, json!("EU"), "EU"),
        (FieldKind::Flag, json!(true), "yes"),
    ];
    for (kind, value, expected) in good {
        assert_eq!(read_value(&spec(kind), &value).unwrap(), expected);
    }
    let bad = [
        (FieldKind::Text, json!(1), "type_string"),
        (FieldKind::Text, json!(""), "required"),
        (FieldKind::Number, json!("ten"), "type_decimal"),
        (FieldKind::Money, json!("10"), "money_invalid"),
        (FieldKind::Date, json!("2027-02-30"), "date_invalid"),
        (FieldKind::Choice, json!("US"), "not_in_list"),
        (FieldKind::Flag, json!("yes"), "type_boolean"),
    ];
    for (kind, value, code) in bad {
        assert_eq!(read_value(&spec(kind), &value).unwrap_err().0, code, "{kind:?}");
    }
}

#[test]
fn the_one_that_is_built_in_keeps_its_own_rules() {
    let standard = ContractTemplate::standard();
    for part in parts(&standard.text) {
        if let Part::Field(name) = part {
            let own = standard.fields.iter().any(|field| field.name == name);
            assert!(own || BUILT_IN.contains(&name), "{name}");
        }
    }
    assert!(standard.is_open() && standard.version == 0);
    // Saved over, it becomes a version like every other.
    let (_, draft, _) = TemplateDraft::read(&json!({"name": "Ours", "text": "# Ours"}));
    let save = Command::Save { code: STANDARD.into(), draft: Box::new(draft) };
    let context = crate::story::context(crate::context::ActorKind::User, 1, crate::story::at(0));
    assert_eq!(ContractTemplate::default().decide(&context, &(), &save).unwrap().len(), 1);
}

#[test]
fn braces_that_stay_open_are_text() {
    assert_eq!(parts("a {{ b }} {{c"), [Part::Text("a "), Part::Field("b"), Part::Text(" {{c")]);
    assert_eq!(parts(""), vec![]);
}
