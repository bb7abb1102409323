//! Tests of saved views.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::context::ActorKind;
use crate::story::{Story, at, context, uuid};
use crate::value::{UserId, ViewId};

fn save(name: &str, shared: bool) -> Command {
    let layout =
        Layout { name: name.into(), shared, filter: "tier == \"premium\"".into(), ..Layout::default() };
    Command::Save { id: ViewId(uuid(3)), layout }
}

fn saved(shared: bool) -> Story<View> {
    let mut story = Story::new(Facts::default());
    story.accepts(&save("Premium", shared));
    story
}

#[test]
fn a_view_is_saved_and_saved_again() {
    let mut story = saved(false);
    story.nothing(&save(" Premium ", false));
    story.accepts(&save("Best", true));
    assert_eq!(story.state.layout.name, "Best");
    assert!(story.state.is_seen_by(None, &BTreeSet::new()));
}

#[test]
fn others_do_not_learn_of_what_is_not_shared() {
    let mut story = saved(false);
    let nobody = BTreeSet::new();
    let seen = |user| story.state.is_seen_by(Some(UserId(uuid(user))), &nobody);
    assert!(!seen(2) && seen(1));
    story.context = context(ActorKind::User, 2, at(0));
    story.refuses(&save("Mine", false), "view.not_found");
    story.refuses(&Command::Delete, "view.not_found");
}

#[test]
fn others_do_not_change_what_is_shared() {
    let mut story = saved(true);
    story.context = context(ActorKind::User, 2, at(0));
    story.refuses(&save("Mine", true), "view.not_own");
    story.refuses(&Command::Delete, "view.not_own");
    story.facts.is_admin = true;
    story.accepts(&Command::Delete);
}

#[test]
fn a_view_is_deleted_once() {
    let mut story = saved(false);
    story.accepts(&Command::Delete);
    assert!(!story.state.exists());
    story.nothing(&Command::Delete);
    Story::<View>::new(Facts::default()).refuses(&Command::Delete, "view.not_found");
}

#[test]
fn every_fault_is_named() {
    let layout = Layout {
        name: String::new(),
        filter: "\u{0}".into(),
        columns: vec!["name".into(), String::new()],
        ..Layout::default()
    };
    let command = Command::Save { id: ViewId(uuid(3)), layout };
    Story::<View>::new(Facts::default()).faults(
        &command,
        "view.invalid",
        &[("/name", "required"), ("/filter", "control_character"), ("/columns/1", "required")],
    );
}

#[test]
fn a_team_sees_its_views_and_only_its_members_give_it_some() {
    let layout = Layout { name: "Ours".into(), team: Some("west".into()), ..Layout::default() };
    let command = Command::Save { id: ViewId(uuid(3)), layout };
    Story::<View>::new(Facts::default()).faults(&command, "view.invalid", &[("/team", "team_unknown")]);
    let west = BTreeSet::from(["west".to_owned()]);
    let mut story: Story<View> = Story::new(Facts { is_admin: false, teams: west.clone() });
    story.accepts(&command);
    assert!(story.state.is_seen_by(Some(UserId(uuid(2))), &west));
    assert!(!story.state.is_seen_by(Some(UserId(uuid(2))), &BTreeSet::new()));
}

#[test]
fn how_ones_own_list_looks_is_nobody_elses() {
    let layout =
        Layout { name: "Usual".into(), usual: true, shared: true, pinned: true, ..Layout::default() };
    let mut story: Story<View> = Story::new(Facts::default());
    story.accepts(&Command::Save { id: ViewId(uuid(3)), layout });
    assert!(!story.state.layout.shared && !story.state.layout.pinned);
    assert!(!story.state.is_seen_by(Some(UserId(uuid(2))), &BTreeSet::new()));
}

#[test]
fn a_column_is_neither_a_hair_nor_a_page_wide() {
    let widths =
        BTreeMap::from([("name".to_owned(), 20), ("tier".to_owned(), 4_000), ("health".to_owned(), 90)]);
    let layout = Layout { name: "Wide".into(), widths, ..Layout::default() };
    let faults = [("/widths/name", "out_of_range"), ("/widths/tier", "out_of_range")];
    let command = Command::Save { id: ViewId(uuid(3)), layout };
    Story::<View>::new(Facts::default()).faults(&command, "view.invalid", &faults);
}
