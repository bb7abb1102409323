//! Conditions of forms: read, written, and refused.

use proptest::prelude::*;

use super::{Condition, ME, Relation, Unwritable, read, write};
use crate::catalogue::Kind;
use crate::filter::check;
use crate::fixture::{catalogue, filter};

fn condition(field: &str, relation: Relation, values: &[&str]) -> Condition {
    let values = values.iter().map(|value| (*value).to_owned()).collect();
    Condition { field: field.to_owned(), relation, values }
}

#[test]
fn plain_conditions_are_read_and_written_alike() {
    let catalogue = catalogue();
    let pairs = [
        ("tier == \"premium\"", condition("tier", Relation::Is, &["premium"])),
        ("tier in [\"premium\", \"strategic\"]", condition("tier", Relation::Is, &["premium", "strategic"])),
        (
            "!(tier in [\"premium\", \"standard\"])",
            condition("tier", Relation::IsNot, &["premium", "standard"]),
        ),
        ("active", condition("active", Relation::Is, &["true"])),
        ("!active", condition("active", Relation::Is, &["false"])),
        ("orders_90d >= 5", condition("orders_90d", Relation::AtLeast, &["5"])),
        ("orders_90d > -5", condition("orders_90d", Relation::Above, &["-5"])),
        ("revenue_365d < 50000.5", condition("revenue_365d", Relation::Below, &["50000.5"])),
        ("created_on >= today() - days(30)", condition("created_on", Relation::Within, &["30"])),
        ("created_on < today() - days(30)", condition("created_on", Relation::Older, &["30"])),
        ("created_on <= today() + days(60)", condition("created_on", Relation::Ahead, &["60"])),
        ("created_on <= date(\"2026-11-25\")", condition("created_on", Relation::AtMost, &["2026-11-25"])),
        ("\"vip\" in tags", condition("tags", Relation::Contains, &["vip"])),
        ("!(\"vip\" in tags)", condition("tags", Relation::Lacks, &["vip"])),
        ("name.contains(\"Ltd \\\"x\\\"\")", condition("name", Relation::Contains, &["Ltd \"x\""])),
        ("has(account_manager)", condition("account_manager", Relation::Known, &[])),
        ("!has(account_manager)", condition("account_manager", Relation::Missing, &[])),
        ("account_manager == me", condition("account_manager", Relation::Is, &[ME])),
        ("contract.status != \"open\"", condition("contract.status", Relation::IsNot, &["open"])),
    ];
    for (text, said) in pairs {
        assert_eq!(read(text, &catalogue).as_ref(), Some(&said), "{text}");
        let written = write(&said, &catalogue).unwrap();
        assert!(check(&written, &catalogue).is_ok(), "{written}");
        assert_eq!(written, check(text, &catalogue).unwrap().print());
    }
}

#[test]
fn what_a_form_cannot_say_is_not_read() {
    let catalogue = catalogue();
    for text in
        ["orders_90d * 2 > 3", "orders_90d > 1 || active", "revenue_365d < money(\"5.00\", \"EUR\")", "teir"]
    {
        assert_eq!(read(text, &catalogue), None, "{text}");
    }
}

#[test]
fn what_is_no_value_of_the_field_is_refused() {
    let catalogue = catalogue();
    let refused = |field: &str, relation, values: &[&str]| {
        write(&condition(field, relation, values), &catalogue).unwrap_err()
    };
    assert_eq!(refused("teir", Relation::Is, &["premium"]), Unwritable::Field);
    assert_eq!(refused("tier", Relation::AtLeast, &["premium"]), Unwritable::Field);
    assert_eq!(refused("tier", Relation::Is, &["golden"]), Unwritable::Value);
    assert_eq!(refused("tier", Relation::Is, &[" "]), Unwritable::Empty);
    assert_eq!(refused("orders_90d", Relation::AtLeast, &["many"]), Unwritable::Number);
    assert_eq!(refused("created_on", Relation::AtLeast, &["2026-02-30"]), Unwritable::Day);
    assert_eq!(refused("created_on", Relation::Within, &["-3"]), Unwritable::Number);
}

#[test]
fn percents_are_typed_and_fractions_kept() {
    use crate::catalogue::{Catalogue, Field};
    let on_time = Field::metric("on_time", Some(90), "On time", Kind::Double).with_unit("fraction");
    let catalogue = Catalogue::new(vec![on_time], "USD".parse().unwrap());
    let said = condition("on_time_90d", Relation::Below, &["95"]);
    assert_eq!(write(&said, &catalogue).unwrap(), "on_time_90d < 0.95");
    assert_eq!(read("on_time_90d < 0.95", &catalogue), Some(said));
}

proptest! {
    /// Whatever can be read as a form is written again as the same filter.
    #[test]
    fn reading_and_writing_agree(text in filter()) {
        let catalogue = catalogue();
        let filter = check(&text, &catalogue).unwrap();
        for chip in crate::chip::chips(&filter, &catalogue) {
            if let Some(said) = read(&chip.expression, &catalogue) {
                let written = write(&said, &catalogue).unwrap();
                prop_assert_eq!(read(&written, &catalogue), Some(said), "{} {}", chip.expression, written);
                prop_assert!(check(&written, &catalogue).is_ok(), "{}", written);
            }
        }
    }

    /// No text that is typed becomes anything but a value.
    #[test]
    fn typed_texts_stay_values(text in "\\PC{1,40}") {
        let catalogue = catalogue();
        let typed = text.trim();
        prop_assume!(!typed.is_empty() && typed != ME);
        let said = condition("name", Relation::Is, &[typed]);
        let written = write(&said, &catalogue).unwrap();
        prop_assert_eq!(read(&written, &catalogue), Some(said));
    }
}
