//! Editing a change, saying something on it, submitting it again.

use super::*;

/// Another revision of the same change.
fn edited(name: &str) -> Command {
    let mut submission = submission(false, None);
    submission.payload_hash = name.to_owned();
    submission.diff = vec![Diff { path: "/name".into(), before: json!("Acne"), after: json!(name) }];
    Command::Edit(submission)
}

#[test]
fn an_edit_voids_every_approval_and_the_steps_begin_anew() {
    let mut story = submitted();
    acts(&mut story, ActorKind::User, 2, &[ArManager]);
    story.accepts(&approve());
    acts(&mut story, ActorKind::User, 1, &[]);
    story.accepts(&edited("Acme Ltd"));
    let change = &story.state;
    assert_eq!((change.revision, change.state), (2, ChangeState::Waiting));
    assert!(change.steps.iter().all(|step| step.decisions.is_empty() && step.state == StepState::Waiting));
    assert_eq!(change.former[0].decisions[0].by, user(2));
    assert_eq!(change.former[0].diff[0].after, json!("Acme"));
    assert!(change.had_approved(user(2)) && !change.had_approved(user(1)));
    assert!(change.editors.is_empty(), "the submitter is no editor besides");
    // The same person approves the new revision; what they saw of the old one counts no more.
    acts(&mut story, ActorKind::User, 2, &[ArManager]);
    let seen = |revision| Command::Approve(Word { revision: Some(revision), ..Word::default() });
    story.refuses(&seen(1), "change.revision_moved");
    story.accepts(&seen(2));
}

#[test]
fn who_edits_a_change_does_not_approve_it() {
    let mut story = submitted();
    acts(&mut story, ActorKind::User, 2, &[ArManager]);
    story.refuses(&edited("Acme Ltd"), "change.not_editor");
    story.facts.may_edit = true;
    story.accepts(&edited("Acme Ltd"));
    assert_eq!(story.state.editors, [user(2)].into());
    story.refuses(&approve(), "change.own_change");
    acts(&mut story, ActorKind::User, 1, &[ArManager]);
    story.refuses(&approve(), "change.own_change");
}

#[test]
fn an_edit_stays_with_its_operation_and_target() {
    let story = submitted();
    let Command::Edit(mut other) = edited("x") else { panic!("not an edit") };
    other.targets = vec!["acc_2".into()];
    story.refuses(&Command::Edit(other), "change.another_change");
    let mut same = submitted();
    same.nothing(&Command::Edit(submission(true, None)));
}

#[test]
fn what_is_settled_is_not_edited() {
    let mut story = submitted();
    story.accepts(&Command::Cancel { comment: None });
    story.refuses(&edited("x"), "change.not_waiting");
    applying().refuses(&edited("x"), "change.not_editor");
}

#[test]
fn a_stale_change_is_submitted_again() {
    let mut story = applying();
    let conflict = Conflict { path: "/name".into(), base: json!("A"), theirs: json!("B"), mine: json!("C") };
    story.accepts(&Command::MarkStale { version: 5, conflicts: vec![conflict] });
    story.refuses(&approve(), "change.already_decided");
    acts(&mut story, ActorKind::User, 1, &[]);
    // Word for word the same, on the record of today.
    story.accepts(&Command::Edit(submission(true, None)));
    assert_eq!((story.state.state, story.state.revision), (ChangeState::Waiting, 2));
    assert!(story.state.conflicts.is_empty() && story.state.settled_at.is_none());
}

#[test]
fn comments_void_nothing() {
    let mut story = submitted();
    acts(&mut story, ActorKind::User, 2, &[ArManager]);
    story.accepts(&approve());
    let say = |text: &str| Command::Comment { text: Personal::new("usr_2", text.to_owned()) };
    story.refuses(&say("  "), "change.text_required");
    story.refuses(&say(&"x".repeat(5000)), "change.comment_invalid");
    story.accepts(&say("For the whole group?"));
    assert_eq!((story.state.revision, story.state.steps[0].state), (1, StepState::Approved));
    let remark = story.state.comments[0].clone();
    story.state.comments = vec![remark; 500];
    story.refuses(&say("one more"), "change.too_many_comments");
}

/// These are said by the engine, which alone knows what is held; their words are checked here.
#[test]
fn what_cannot_be_edited_is_told() {
    let codes =
        [refusal::not_editable(), refusal::not_stale(), refusal::nothing_left()].map(|said| said.code);
    assert_eq!(codes, ["change.not_editable", "change.not_stale", "change.nothing_left"]);
}
