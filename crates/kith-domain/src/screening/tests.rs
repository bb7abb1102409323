//! Tests of screening: hits, lists and owners.

use super::hit::{Command, Facts, Finding, Listed, Party};
use super::list::{Command as ListCommand, ScreeningList, Snapshot};
use super::owners::{Command as OwnersCommand, Owner, Owners};
use super::{Hit, HitState, Verdict};
use crate::context::{Actor, ActorKind};
use crate::story::{Story, uuid};
use crate::value::{AccountId, Personal, UserId};

fn person(number: u128) -> Actor {
    Actor { kind: ActorKind::User, user: Some(UserId(uuid(number))) }
}

fn raise(score: u16, fingerprint: &str, version: &str) -> Command {
    let entry = Listed { list: "ofac".into(), id: "36".into(), version: version.into(), ..Listed::default() };
    Command::Raise(Box::new(Finding {
        account: AccountId(uuid(1)),
        party: Party { name: Personal::new("acc_1", "Aero Caribbean".to_owned()), ..Party::default() },
        fingerprint: fingerprint.into(),
        entry,
        score,
        submitted_by: Some(person(9)),
        ..Finding::default()
    }))
}

fn dispose(verdict: Verdict) -> Command {
    let text = |text: &str| Some(Personal::new("usr_1", text.to_owned()));
    Command::Dispose {
        verdict,
        reason: text("Another country and year."),
        evidence: text("Register extract."),
    }
}

fn by(story: &mut Story<Hit>, number: u128) {
    story.context.actor = person(number);
}

fn open() -> Story<Hit> {
    let mut story: Story<Hit> = Story::new(Facts::default());
    story.accepts(&raise(8_000, "a", "1"));
    story.nothing(&raise(8_000, "a", "1"));
    assert_eq!(story.state.state, HitState::Open);
    by(&mut story, 1);
    story
}

#[test]
fn a_false_positive_is_remembered_until_the_party_or_the_entry_changes() {
    for other in [raise(8_000, "b", "1"), raise(8_000, "a", "2")] {
        let mut story = open();
        story.accepts(&Command::Review);
        assert_eq!(story.state.state, HitState::InReview);
        agreed(&mut story, Verdict::FalsePositive);
        story.nothing(&raise(8_000, "a", "1"));
        story.refuses(&dispose(Verdict::TrueMatch), "screening.decided");
        story.refuses(&Command::Review, "screening.decided");
        story.accepts(&other);
        assert_eq!(story.state.state, HitState::Open);
    }
}

/// One person says it, another one agrees.
fn agreed(story: &mut Story<Hit>, verdict: Verdict) {
    story.accepts(&dispose(verdict));
    by(story, 2);
    story.accepts(&dispose(verdict));
}

#[test]
fn one_person_clears_nobody() {
    let mut story = open();
    story.accepts(&dispose(Verdict::FalsePositive));
    assert_eq!(story.state.state, HitState::InReview);
    assert_eq!(story.state.proposal().map(|said| said.verdict), Some(Verdict::FalsePositive));
    story.refuses(&dispose(Verdict::FalsePositive), "screening.second_reviewer");
    by(&mut story, 9);
    story.refuses(&dispose(Verdict::FalsePositive), "screening.own_case");
    by(&mut story, 2);
    story.accepts(&Command::Review);
    assert_eq!(story.state.reviewer, Some(person(2)));
    story.nothing(&Command::Review);
    story.accepts(&dispose(Verdict::FalsePositive));
    assert_eq!(story.state.state, HitState::FalsePositive);
    assert_eq!(story.state.opinions.len(), 2);
}

#[test]
fn another_verdict_begins_anew_and_needs_somebody_to_agree() {
    let mut story = open();
    story.accepts(&dispose(Verdict::FalsePositive));
    by(&mut story, 2);
    story.accepts(&dispose(Verdict::TrueMatch));
    assert_eq!(story.state.state, HitState::InReview, "they do not agree");
    story.accepts(&dispose(Verdict::FalsePositive));
    assert_eq!(story.state.state, HitState::InReview, "what was said before does not count any more");
    by(&mut story, 1);
    story.accepts(&dispose(Verdict::FalsePositive));
    assert_eq!(story.state.state, HitState::FalsePositive);
}

#[test]
fn whoever_stands_in_for_the_first_reviewer_or_the_submitter_is_no_other_person() {
    let standing_in = |number: u128| Facts { delegators: [UserId(uuid(number))].into() };
    let mut story = open();
    story.accepts(&dispose(Verdict::FalsePositive));
    by(&mut story, 2);
    story.facts = standing_in(1);
    story.refuses(&dispose(Verdict::FalsePositive), "screening.first_ones_delegate");
    story.facts = standing_in(9);
    story.refuses(&dispose(Verdict::FalsePositive), "screening.submitters_delegate");
    story.refuses(&Command::Review, "screening.submitters_delegate");
    story.facts = Facts::default();
    story.accepts(&dispose(Verdict::FalsePositive));
}

#[test]
fn programs_and_agents_never_decide_about_a_hit() {
    for kind in [ActorKind::ApiClient, ActorKind::Agent, ActorKind::System] {
        let mut story = open();
        story.context.actor = Actor { kind, user: Some(UserId(uuid(1))) };
        story.refuses(&dispose(Verdict::FalsePositive), "screening.people_only");
        story.refuses(&Command::Review, "screening.people_only");
    }
}

#[test]
fn a_true_match_needs_two_people_and_stays() {
    let mut story = open();
    story.accepts(&dispose(Verdict::TrueMatch));
    assert_eq!(story.state.state, HitState::InReview);
    story.refuses(&dispose(Verdict::TrueMatch), "screening.second_reviewer");
    by(&mut story, 2);
    story.accepts(&dispose(Verdict::TrueMatch));
    assert_eq!(story.state.state, HitState::TrueMatch);
    story.nothing(&raise(9_000, "b", "2"));
    story.nothing(&Command::Withdraw);
    let (decided, due) = (story.state.decided_at.unwrap(), story.state.report_due_on().unwrap());
    let days = due.since(decided.to_zoned(jiff::tz::TimeZone::UTC).date()).unwrap().get_days();
    assert_eq!(days, 14, "ten business days are two weeks");
}

#[test]
fn whoever_submitted_the_party_does_not_decide() {
    let mut story = open();
    by(&mut story, 9);
    story.refuses(&dispose(Verdict::FalsePositive), "screening.own_case");
    story.refuses(&Command::Review, "screening.own_case");
}

#[test]
fn reason_and_evidence_are_asked_for_at_once() {
    let story = open();
    let command = Command::Dispose { verdict: Verdict::FalsePositive, reason: None, evidence: None };
    story.refuses(&command, "screening.reason_required");
}

#[test]
fn what_cannot_be_told_is_escalated_and_then_decided() {
    let mut story = open();
    story.refuses(&dispose(Verdict::Escalated), "screening.not_inconclusive");
    story.accepts(&dispose(Verdict::Inconclusive));
    story.accepts(&dispose(Verdict::Escalated));
    story.refuses(&dispose(Verdict::Inconclusive), "screening.escalated");
    story.accepts(&dispose(Verdict::FalsePositive));
    assert_eq!(story.state.state, HitState::Escalated, "one person does not end it");
    by(&mut story, 2);
    story.accepts(&dispose(Verdict::FalsePositive));
    assert_eq!(story.state.state, HitState::FalsePositive);
}

#[test]
fn weak_hits_are_recorded_and_what_is_alike_no_more_is_withdrawn() {
    let mut story: Story<Hit> = Story::new(Facts::default());
    story.refuses(&Command::Withdraw, "screening.hit_not_found");
    story.accepts(&raise(6_000, "a", "1"));
    assert_eq!(story.state.state, HitState::Recorded);
    story.accepts(&Command::Withdraw);
    assert_eq!(story.state.state, HitState::Withdrawn);
    story.accepts(&raise(6_000, "a", "1"));
}

#[test]
fn a_hit_of_which_somebody_said_something_stays_though_the_record_is_another_now() {
    let mut story = open();
    story.accepts(&dispose(Verdict::TrueMatch));
    story.nothing(&Command::Withdraw);
    assert_eq!(story.state.state, HitState::InReview);
    by(&mut story, 2);
    story.accepts(&dispose(Verdict::TrueMatch));
    assert_eq!(story.state.state, HitState::TrueMatch);
}

#[test]
fn a_list_keeps_its_snapshots_and_the_same_content_changes_nothing() {
    let load = |name: &str, id: &str| ListCommand::Load {
        name: name.into(),
        snapshot: Box::new(Snapshot { id: id.into(), entries: 2, ..Snapshot::default() }),
        smaller: false,
    };
    let mut story: Story<ScreeningList> = Story::new(());
    story.refuses(&ListCommand::Retire, "screening.list_not_found");
    story.refuses(&load("a list", "1"), "screening.list_invalid");
    story.accepts(&load("ofac", "1"));
    story.nothing(&load("ofac", "1"));
    story.accepts(&load("ofac", "2"));
    assert_eq!(story.state.in_force().map(|held| held.id.as_str()), Some("2"));
    assert_eq!(story.state.snapshots.len(), 2);
    story.accepts(&ListCommand::Retire);
    assert!(story.state.in_force().is_none());
}

#[test]
fn a_list_that_lost_much_of_its_entries_is_refused_unless_somebody_means_it() {
    let load = |entries: u64, smaller: bool| ListCommand::Load {
        name: "ofac".into(),
        snapshot: Box::new(Snapshot { id: entries.to_string(), entries, ..Snapshot::default() }),
        smaller,
    };
    let mut story: Story<ScreeningList> = Story::new(());
    story.accepts(&load(1_000, false));
    for entries in [1, 499, 500, 549] {
        story.refuses(&load(entries, false), "screening.list_shrunk");
        assert_eq!(story.state.in_force().map(|held| held.entries), Some(1_000), "the list in force stays");
    }
    story.accepts(&load(550, false));
    story.accepts(&load(3, true));
    story.accepts(&load(1_000, false));
    // What is in force no more is no measure.
    story.accepts(&ListCommand::Retire);
    story.accepts(&load(3, false));
}

#[test]
fn owners_hold_no_more_than_all_and_every_fault_is_named() {
    let account = AccountId(uuid(1));
    let owner = |id: &str, share_bp: u16, owned: Option<&str>| Owner {
        id: id.into(),
        name: Personal::new(account, "Ann".to_owned()),
        share_bp,
        owned: owned.map(ToOwned::to_owned),
        ..Owner::default()
    };
    let mut story: Story<Owners> = Story::new(());
    let set = |owners: Vec<Owner>| OwnersCommand::Set { account, owners };
    story.refuses(&set(vec![owner("o1", 6_000, None), owner("o2", 5_000, None)]), "screening.owners_invalid");
    story.refuses(&set(vec![owner("o1", 10_001, Some("o9"))]), "screening.owners_invalid");
    let unborn = |birth: &str| {
        let birth_date = Some(Personal::new(account, birth.to_owned()));
        set(vec![Owner { birth_date, ..owner("o1", 6_000, None) }])
    };
    for birth in ["2027", "2999-01-01"] {
        story.faults(
            &unborn(birth),
            "screening.owners_invalid",
            &[("/owners/0/birth_date", "in_the_future")],
        );
    }
    let good = set(vec![owner("o1", 6_000, None), owner("o2", 10_000, Some("o1"))]);
    story.accepts(&good);
    story.nothing(&good);
}
