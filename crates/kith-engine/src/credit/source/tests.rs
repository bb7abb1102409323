//! As of when the exposure of an entity is known, given who feeds it and who was heard.

use super::*;

fn entity() -> EntityCode {
    "US".parse().unwrap()
}

/// Rules under which these sources feed US, and extracts do or do not.
fn fed(sources: &[&str], extracts: bool) -> CreditRules {
    let mut rules = CreditRules::default();
    if !sources.is_empty() {
        rules.sources.insert(entity(), sources.iter().map(|source| (*source).to_owned()).collect());
    }
    rules.extracts.extend(extracts.then(entity));
    rules
}

fn heard(sources: &[(&str, i64)], extract: Option<i64>) -> HeardAt {
    let touchpoints = sources.iter().map(|(source, second)| (of_touchpoints(source), second * 1_000));
    touchpoints.chain(extract.map(|second| (of_extract("US"), second * 1_000))).collect()
}

fn known(rules: &CreditRules, heard: &HeardAt) -> Option<Option<i64>> {
    as_of(rules, &entity(), heard).map(|at| at.map(Timestamp::as_second))
}

#[test]
fn who_is_fed_by_hand_has_no_age() {
    assert_eq!(known(&CreditRules::default(), &heard(&[("erp", 5)], None)), None);
    let elsewhere = fed(&["erp"], true);
    assert_eq!(as_of(&elsewhere, &"EU".parse().unwrap(), &heard(&[("erp", 5)], Some(9))), None);
}

#[test]
fn a_source_that_was_never_heard_leaves_all_unknown() {
    assert_eq!(known(&fed(&["erp"], false), &heard(&[], None)), Some(None));
    assert_eq!(known(&fed(&["erp", "wms"], false), &heard(&[("erp", 5)], None)), Some(None));
    assert_eq!(known(&fed(&[], true), &heard(&[], None)), Some(None), "no extract came yet");
}

#[test]
fn the_source_that_was_silent_for_longest_counts() {
    let rules = fed(&["erp", "wms"], false);
    assert_eq!(known(&rules, &heard(&[("erp", 50), ("wms", 20)], None)), Some(Some(20)));
    assert_eq!(known(&rules, &heard(&[("erp", 50), ("wms", 20), ("pos", 1)], None)), Some(Some(20)));
    assert_eq!(
        known(&rules, &heard(&[("erp", 50), ("wms", 20)], Some(99))),
        Some(Some(20)),
        "nobody asked for extracts"
    );
}

#[test]
fn an_extract_speaks_for_all_sources_while_it_is_the_younger() {
    let rules = fed(&["erp", "wms"], true);
    assert_eq!(known(&rules, &heard(&[("erp", 50)], Some(30))), Some(Some(30)), "one was never heard");
    assert_eq!(known(&rules, &heard(&[("erp", 50), ("wms", 40)], Some(30))), Some(Some(40)));
    assert_eq!(known(&rules, &heard(&[("erp", 50), ("wms", 20)], Some(30))), Some(Some(30)));
}

#[test]
fn hours_are_counted_once_begun() {
    let at = |second| Timestamp::from_second(second).unwrap();
    assert_eq!([0, 1, 3_600, 3_601].map(|age| hours(at(10_000), Some(at(10_000 - age)))), [0, 1, 1, 2]);
    assert_eq!(hours(at(10_000), Some(at(20_000))), 0, "what comes from tomorrow is fresh");
    assert_eq!(hours(at(10_000), None), NEVER_HEARD);
}
