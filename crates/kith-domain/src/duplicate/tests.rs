//! Tests of pairs of accounts that may be one.

use super::*;
use crate::story::{Story, uuid};
use crate::value::{AccountId, Personal};

fn account(number: u128) -> AccountId {
    AccountId(uuid(number))
}

fn raise(fingerprint: &str) -> Command {
    Command::Raise(Box::new(Finding {
        left: account(1),
        right: account(2),
        weight_millibits: 9_000,
        prior_millibits: -13_000,
        steps: vec![Step { field: "name".into(), level: "equal".into(), weight_millibits: 22_000 }],
        fingerprint: fingerprint.into(),
    }))
}

fn dismiss(reason: &str) -> Command {
    Command::Dismiss { reason: Some(Personal::new("usr_1", reason.into())) }
}

fn raised() -> Story<Duplicate> {
    let mut story = Story::new(());
    story.accepts(&raise("a"));
    story.nothing(&raise("a"));
    story
}

#[test]
fn what_was_dismissed_is_raised_again_only_when_the_fields_changed() {
    let mut story = raised();
    story.accepts(&dismiss("sister companies"));
    story.nothing(&dismiss("sister companies"));
    story.nothing(&raise("a"));
    assert_eq!(story.state.state, DuplicateState::Dismissed);
    story.accepts(&raise("b"));
    assert_eq!(story.state.state, DuplicateState::Open);
    assert_eq!(story.state.reason, None, "the reason was about the values of then");
}

#[test]
fn what_is_alike_no_more_is_withdrawn_and_comes_back_when_it_is() {
    let mut story = raised();
    story.accepts(&Command::Withdraw);
    story.nothing(&Command::Withdraw);
    story.accepts(&raise("a"));
    assert_eq!(story.state.state, DuplicateState::Open);
}

#[test]
fn dismissing_needs_a_reason() {
    let story = raised();
    story.refuses(&Command::Dismiss { reason: None }, "duplicate.reason_required");
    story.faults(&dismiss(" "), "duplicate.reason_required", &[("/reason", "required")]);
}

#[test]
fn a_merge_leaves_one_of_the_two() {
    let mut story = raised();
    story.refuses(&Command::Merge { survivor: account(3) }, "duplicate.not_of_the_pair");
    story.accepts(&Command::Merge { survivor: account(2) });
    story.nothing(&Command::Merge { survivor: account(2) });
    story.refuses(&dismiss("too late"), "duplicate.already_merged");
    assert_eq!(story.state.survivor, Some(account(2)));
}

#[test]
fn a_pair_is_found_first_and_of_two() {
    Story::<Duplicate>::new(()).refuses(&dismiss("none"), "duplicate.not_found");
    let same =
        Command::Raise(Box::new(Finding { left: account(1), right: account(1), ..Finding::default() }));
    Story::<Duplicate>::new(()).refuses(&same, "duplicate.one_account");
}

#[test]
fn a_merge_that_is_taken_back_puts_the_pair_before_a_person_again() {
    let mut story = raised();
    story.nothing(&Command::Part);
    story.accepts(&Command::Merge { survivor: account(2) });
    story.accepts(&Command::Part);
    story.nothing(&Command::Part);
    assert_eq!((story.state.state, story.state.survivor), (DuplicateState::Open, None));
    story.accepts(&dismiss("two after all"));
}
