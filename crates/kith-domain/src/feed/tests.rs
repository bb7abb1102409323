//! Tests of feeds.

use super::*;
use crate::import::Options;
use crate::story::{Story, uuid};
use crate::value::{FeedId, MappingId};

fn plan() -> Plan {
    Plan { name: "acme-erp".into(), entity: Some("US".parse().unwrap()), watched: true, ..Plan::default() }
}

fn save(plan: Plan) -> Command {
    Command::Save { id: FeedId(uuid(5)), plan: Box::new(plan) }
}

fn facts() -> Facts {
    Facts { entities: vec!["US".parse().unwrap()], ..Facts::default() }
}

#[test]
fn a_feed_is_saved_saved_again_and_deleted() {
    let mut story = Story::<Feed>::new(facts());
    story.refuses(&Command::Delete, "feed.not_found");
    story.accepts(&save(plan()));
    story.nothing(&save(plan()));
    story.accepts(&save(Plan { watched: false, ..plan() }));
    story.accepts(&Command::Delete);
    story.nothing(&Command::Delete);
    assert!(!story.state.exists());
}

#[test]
fn a_name_is_one_feeds() {
    let story = Story::<Feed>::new(Facts { name_taken: true, ..facts() });
    story.refuses(&save(plan()), "feed.name_taken");
    assert!(is_name("a_b-1") && !is_name("") && !is_name("../etc") && !is_name("A"));
}

#[test]
fn every_fault_is_named() {
    let options = Options { batch_size: 0, mapping_id: Some(MappingId(uuid(4))), ..Options::default() };
    let plan = Plan {
        name: "..".into(),
        format: Some("pdf".into()),
        source_system: Some("My ERP".into()),
        entity: Some("EU".parse().unwrap()),
        options,
        watched: false,
    };
    Story::<Feed>::new(facts()).faults(
        &save(plan),
        "feed.invalid",
        &[
            ("/name", "name_invalid"),
            ("/format", "format_unknown"),
            ("/source_system", "system_invalid"),
            ("/entity", "entity_unknown"),
            ("/batch_size", "out_of_range"),
            ("/mapping_id", "mapping_unknown"),
        ],
    );
}
