//! How a change comes to its end.

use super::*;

#[test]
fn two_people_in_their_roles_approve_in_sequence() {
    let mut story = submitted();
    acts(&mut story, ActorKind::User, 3, &[Controller]);
    let refusal = story.refuses(&approve(), "change.wrong_role");
    assert!(refusal.clears.contains("AR Manager"));
    acts(&mut story, ActorKind::User, 2, &[ArManager]);
    story.accepts(&approve());
    assert_eq!(story.state.state, ChangeState::Waiting);
    assert_eq!(story.state.steps[0].decisions[0].comment.as_ref().unwrap().get().unwrap(), "fine");
    acts(&mut story, ActorKind::User, 3, &[Controller]);
    story.accepts(&approve());
    assert_eq!(story.state.state, ChangeState::Applying);
    acts(&mut story, ActorKind::System, 0, &[]);
    story.accepts(&Command::MarkApplied { result: json!({ "version": 4 }), rebase: None });
    assert_eq!(story.state.state, ChangeState::Applied);
    assert_eq!(story.state.result, Some(json!({ "version": 4 })));
    story.refuses(&Command::MarkFailed { result: json!({}) }, "change.not_applying");
}

#[test]
fn one_person_takes_one_step() {
    let mut story = submitted();
    acts(&mut story, ActorKind::User, 2, &[ArManager, Controller]);
    story.accepts(&approve());
    story.refuses(&approve(), "change.already_decided");
    story.refuses(&reject("no"), "change.already_decided");
}

#[test]
fn nobody_decides_on_their_own_change() {
    let mut story = submitted();
    acts(&mut story, ActorKind::User, 1, &[ArManager]);
    story.refuses(&approve(), "change.own_change");
    story.refuses(&reject("no"), "change.own_change");
}

#[test]
fn nobody_decides_on_what_their_agent_submitted() {
    let mut story = story();
    acts(&mut story, ActorKind::Agent, 2, &[ArManager]);
    story.accepts(&submit(true, None));
    story.refuses(&approve(), "change.people_only");
    acts(&mut story, ActorKind::User, 2, &[ArManager]);
    story.refuses(&approve(), "change.own_change");
}

#[test]
fn programs_and_kith_itself_never_decide() {
    let mut story = submitted();
    for kind in [ActorKind::ApiClient, ActorKind::Agent, ActorKind::System] {
        acts(&mut story, kind, 2, &[ArManager]);
        story.refuses(&approve(), "change.people_only");
        story.refuses(&reject("no"), "change.people_only");
    }
}

#[test]
fn the_role_must_reach_the_entity() {
    let mut story = story();
    story.accepts(&submit(true, Some("US")));
    acts(&mut story, ActorKind::User, 2, &[]);
    let at = |code: &str| RoleGrant { role: ArManager, entity: Some(code.parse().unwrap()) };
    story.facts.principal.roles = vec![at("EU")];
    story.refuses(&approve(), "change.wrong_role");
    story.facts.principal.roles = vec![at("US")];
    story.accepts(&approve());
}

#[test]
fn rejecting_needs_a_comment_and_ends_it() {
    let mut story = submitted();
    acts(&mut story, ActorKind::User, 2, &[ArManager]);
    story.refuses(&Command::Reject(Word::default()), "change.comment_required");
    story.refuses(&reject("  "), "change.comment_required");
    story.refuses(&reject(&"x".repeat(5000)), "change.comment_invalid");
    story.accepts(&reject("the name is wrong"));
    assert_eq!(story.state.state, ChangeState::Rejected);
    assert_eq!(story.state.steps[0].state, StepState::Rejected);
    acts(&mut story, ActorKind::User, 3, &[ArManager]);
    story.refuses(&approve(), "change.not_waiting");
}

#[test]
fn the_submitter_cancels() {
    let mut story = submitted();
    acts(&mut story, ActorKind::User, 2, &[ArManager]);
    story.refuses(&Command::Cancel { comment: None }, "change.not_submitter");
    acts(&mut story, ActorKind::User, 1, &[]);
    story.accepts(&Command::Cancel { comment: None });
    story.nothing(&Command::Cancel { comment: None });
    applying_is_not_cancelled();
}

#[track_caller]
fn applying_is_not_cancelled() {
    let mut story = applying();
    acts(&mut story, ActorKind::User, 1, &[]);
    story.refuses(&Command::Cancel { comment: None }, "change.not_waiting");
}

#[test]
fn nobody_decides_in_time() {
    let mut story = submitted();
    story.refuses(&Command::Expire, "change.not_lapsed");
    // Submitted on a Thursday at midnight; five business days end on the next Wednesday at closing.
    let end = story.state.expires_at.unwrap();
    assert_eq!(end.to_string(), "2026-01-07T18:00:00Z");
    story.context.now = end;
    acts(&mut story, ActorKind::User, 2, &[ArManager]);
    story.refuses(&approve(), "change.lapsed");
    story.refuses(&Command::Edit(submission(false, None)), "change.not_editor");
    story.facts.may_edit = true;
    story.refuses(&Command::Edit(submission(false, None)), "change.lapsed");
    story.accepts(&Command::Expire);
    story.nothing(&Command::Expire);
    assert_eq!(story.state.state, ChangeState::Expired);
    let applying = applying();
    applying.refuses(&Command::Expire, "change.not_waiting");
}

#[test]
fn a_step_is_reminded_of_and_handed_on_twice() {
    let mut story = submitted();
    let times = |story: &Story<Change>| story.state.steps[0].schedule.unwrap();
    let schedule = times(&story);
    assert_eq!(story.state.next_due(), Some(schedule.remind_at));
    story.refuses(&Command::Remind, "change.not_due");
    story.refuses(&Command::Escalate { level: 1, to: None }, "change.not_due");
    story.context.now = schedule.remind_at;
    story.accepts(&Command::Remind);
    story.nothing(&Command::Remind);
    assert_eq!(story.state.next_due(), Some(schedule.escalate_at));
    story.context.now = schedule.escalate_at;
    story.accepts(&Command::Escalate { level: 1, to: Some(Role::Manager) });
    story.nothing(&Command::Escalate { level: 1, to: Some(Role::Manager) });
    story.refuses(&Command::Escalate { level: 2, to: None }, "change.not_due");
    story.context.now = schedule.escalate_again_at.unwrap();
    story.accepts(&Command::Escalate { level: 2, to: None });
    assert_eq!(story.state.next_due(), story.state.expires_at);
    // The backup decides now, and so could the role itself.
    acts(&mut story, ActorKind::User, 4, &[Role::Manager]);
    story.accepts(&approve());
    assert_eq!(story.state.steps[0].decisions[0].role, Role::Manager);
    assert_eq!(times(&story), schedule);
    let next = story.state.steps[1].schedule.unwrap();
    assert_eq!(next.started_at, story.context.now, "the second step's clock begins with it");
    acts(&mut story, ActorKind::User, 3, &[Controller]);
    story.accepts(&approve());
    story.refuses(&Command::Remind, "change.not_waiting");
    story.refuses(&Command::Escalate { level: 1, to: None }, "change.not_waiting");
    assert_eq!(story.state.next_due(), None);
}

#[test]
fn a_step_may_need_several_people_and_a_proof() {
    let mut story = story();
    let mut submission = submission(false, None);
    let rule = StepRule { role: ArManager, approvals: 2, proof: Some("call_back".into()) };
    submission.steps = vec![Step::waiting(&rule, None)];
    story.accepts(&Command::Submit(submission));
    acts(&mut story, ActorKind::User, 2, &[ArManager]);
    story.refuses(&Command::Approve(Word::default()), "change.proof_required");
    story.accepts(&approve());
    assert_eq!((story.state.state, story.state.steps[0].state), (ChangeState::Waiting, StepState::Waiting));
    story.refuses(&approve(), "change.already_decided");
    acts(&mut story, ActorKind::User, 3, &[ArManager]);
    story.accepts(&approve());
    assert_eq!((story.state.state, story.state.steps[0].state), (ChangeState::Applying, StepState::Approved));
}

#[test]
fn together_are_decided_only_harmless_changes_that_were_looked_at() {
    let batch = || Command::Approve(Word { batch: Some("bat_1".into()), ..Word::default() });
    let mut red = story();
    let mut submission = submission(false, None);
    submission.lane = Lane::Red;
    red.accepts(&Command::Submit(submission.clone()));
    acts(&mut red, ActorKind::User, 2, &[ArManager]);
    red.refuses(&batch(), "change.red_alone");
    let mut warned = story();
    submission.lane = Lane::Yellow;
    submission.warnings = vec![crate::refusal::FieldFault::new("/email", "looks_odd", "looks odd")];
    warned.accepts(&Command::Submit(submission));
    acts(&mut warned, ActorKind::User, 2, &[ArManager]);
    warned.refuses(&batch(), "change.open_first");
    warned.accepts(&Command::Open);
    warned.nothing(&Command::Open);
    warned.accepts(&batch());
    assert_eq!(warned.state.steps[0].decisions[0].batch.as_deref(), Some("bat_1"));
    acts(&mut warned, ActorKind::Agent, 2, &[ArManager]);
    warned.refuses(&Command::Open, "change.people_only");
}

#[test]
fn in_an_emergency_the_cfo_takes_all_steps_and_somebody_else_reviews() {
    let broken =
        |reason: &str| Command::BreakGlass { reason: Some(Personal::new("usr_4", reason.to_owned())) };
    let review = Command::ReviewGlass { text: Personal::new("usr_5", "It was right.".into()) };
    let mut story = submitted();
    story.refuses(&review, "change.no_glass");
    acts(&mut story, ActorKind::User, 2, &[Controller]);
    story.refuses(&broken("now"), "change.cfo_only");
    acts(&mut story, ActorKind::User, 1, &[Role::Cfo]);
    story.refuses(&broken("now"), "change.own_change");
    acts(&mut story, ActorKind::User, 4, &[Role::Cfo]);
    story.refuses(&broken(" "), "change.reason_required");
    story.accepts(&broken("The vessel sails in an hour."));
    assert_eq!(story.state.state, ChangeState::Applying);
    story.refuses(&review, "change.own_glass");
    acts(&mut story, ActorKind::User, 5, &[Role::Auditor]);
    story.refuses(
        &Command::ReviewGlass { text: Personal::new("usr_5", String::new()) },
        "change.text_required",
    );
    story.accepts(&review);
    story.nothing(&review);
    for operation in [Operation::ComplianceHoldRelease, Operation::MatchOverride, Operation::PolicySet] {
        let mut sanctions = self::story();
        let mut submission = submission(false, None);
        submission.operation = operation;
        sanctions.accepts(&Command::Submit(submission));
        acts(&mut sanctions, ActorKind::User, 4, &[Role::Cfo]);
        sanctions.refuses(&broken("now"), "change.glass_stays");
    }
    let mut open = self::story();
    let mut submission = submission(false, None);
    submission.reasons = vec![Reason { code: "open_compliance".into(), text: "open".into() }];
    open.accepts(&Command::Submit(submission));
    acts(&mut open, ActorKind::User, 4, &[Role::Cfo]);
    open.refuses(&broken("now"), "change.glass_stays");
}

#[test]
fn what_was_approved_can_still_be_stale_or_fail() {
    let mut stale = applying();
    let conflict = Conflict { path: "/name".into(), base: json!("A"), theirs: json!("B"), mine: json!("C") };
    stale.accepts(&Command::MarkStale { version: 5, conflicts: vec![conflict.clone()] });
    assert_eq!(stale.state.result, Some(json!({ "version": 5, "fields": ["/name"] })));
    assert_eq!(stale.state.conflicts, [conflict]);
    assert!(!stale.state.state.settled());
    let mut failed = applying();
    failed.accepts(&Command::MarkFailed { result: json!({ "code": "account.invalid" }) });
    assert!(failed.state.state.settled());
    submitted().refuses(&Command::MarkApplied { result: json!({}), rebase: None }, "change.not_applying");
}

#[test]
fn what_nobody_has_to_approve_does_not_wait() {
    let Command::Submit(mut submission) = submit(false, None) else { panic!("not a submission") };
    submission.steps.clear();
    story().refuses(&Command::Submit(submission), "change.no_steps");
    story().refuses(&approve(), "change.not_found");
    submitted().refuses(&submit(true, None), "change.exists");
}

#[test]
fn a_change_comes_with_its_decisions_open() {
    let Command::Submit(mut submission) = submit(false, None) else { panic!("not a submission") };
    submission.steps[0].state = StepState::Approved;
    story().refuses(&Command::Submit(submission), "change.no_steps");
}
