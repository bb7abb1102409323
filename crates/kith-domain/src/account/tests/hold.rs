//! Holds and the watch: what stops what, what is shown, and how they go again.

use serde_json::json;

use super::{created, id};
use crate::account::*;
use crate::approval::Operation;
use crate::story::{Story, at, uuid};
use crate::value::{EntityCode, HoldId, Personal};

fn why() -> Personal<String> {
    Personal::new("usr_1", "Two promises broken.".into())
}

fn us() -> EntityCode {
    "US".parse().unwrap()
}

fn eu() -> EntityCode {
    "EU".parse().unwrap()
}

fn hold(number: u128, kind: HoldType) -> HoldDraft {
    HoldDraft::new(HoldId(uuid(number)), kind, why())
}

fn place(hold: HoldDraft) -> Command {
    Command::PlaceHold { hold: Box::new(hold) }
}

fn release(number: u128, kind: HoldType) -> Command {
    Command::ReleaseHold { id: HoldId(uuid(number)), kind, reason: why() }
}

fn active() -> Story<Account> {
    created(json!({ "stage": "active" }))
}

#[test]
fn the_gravest_of_all_that_may_be_said_is_shown() {
    let mut story = active();
    let shown = |story: &Story<Account>| {
        [None, Some(us()), Some(eu())].map(|entity| story.state.status(entity.as_ref()))
    };
    story.accepts(&Command::SetWatch { reason: why(), cause: None, expires_at: None });
    assert_eq!(shown(&story), ["watch"; 3]);
    story.accepts(&place(HoldDraft { entity: Some(eu()), ..hold(1, HoldType::Credit) }));
    assert_eq!(shown(&story), ["credit_hold", "watch", "credit_hold"]);
    story.accepts(&place(HoldDraft { entity: Some(us()), ..hold(2, HoldType::Manual) }));
    assert_eq!(shown(&story), ["suspended", "suspended", "credit_hold"]);
    story.accepts(&place(hold(3, HoldType::Dispute)));
    assert_eq!(story.state.blocked(Some(&eu())), Blocks::Credit);
    story.accepts(&Command::Deactivate { reason: why(), allow_open_ar: false });
    assert_eq!(shown(&story), ["inactive"; 3]);
    assert_eq!(story.state.holds.len(), 3, "holds are beside the stage");
}

#[test]
fn every_status_that_is_shown_is_in_the_order_of_gravity() {
    let mut story = active();
    for stage in Stage::ALL {
        for (kind, watched) in
            [(None, false), (None, true), (Some(HoldType::Credit), true), (Some(HoldType::Legal), true)]
        {
            story.state.stage = *stage;
            let placed = kind.map(|kind| place(hold(1, kind)));
            let mut state = Story::<Account> { state: story.state.clone(), ..active() };
            if *stage != Stage::Erased {
                placed.iter().for_each(|command| drop(state.accepts(command)));
                if watched {
                    state.accepts(&Command::SetWatch { reason: why(), cause: None, expires_at: None });
                }
            }
            let place = |status: &str| Account::STATUSES.iter().position(|known| *known == status).unwrap();
            assert!(place(state.state.status(None)) <= place(stage.as_str()), "{stage:?} {kind:?}");
        }
    }
}

#[test]
fn a_hold_says_why_and_what_would_release_it() {
    let mut story = active();
    for (number, kind) in (1..).zip(HoldType::ALL) {
        story.accepts(&place(hold(number, *kind)));
    }
    for held in &story.state.holds {
        assert!(held.reason.get().is_some() && !held.release_rule.is_empty());
        assert_eq!(held.review_at, at(86_400 * 30), "looked at again within 30 days");
        assert_eq!(held.blocks == Blocks::All, !matches!(held.kind, HoldType::Credit | HoldType::Dispute));
    }
    assert!(story.state.has_open_compliance());
}

#[test]
fn all_faults_of_a_hold_are_told_at_once() {
    let story = active();
    let wrong = HoldDraft {
        entity: Some("XX".parse().unwrap()),
        reason: Personal::new("usr_1", " ".into()),
        release_rule: Some("\u{7}".into()),
        blocks: Some(Blocks::All),
        review_at: Some(at(86_400 * 31)),
        ..hold(1, HoldType::Credit)
    };
    let places = [
        ("/reason", "reason_invalid"),
        ("/entity", "entity_unknown"),
        ("/review_at", "out_of_range"),
        ("/blocks", "not_of_type"),
        ("/release_rule", "control_character"),
    ];
    story.faults(&place(wrong), "account.hold_invalid", &places);
    let past = HoldDraft { review_at: Some(at(0)), ..hold(1, HoldType::Legal) };
    story.faults(&place(past), "account.hold_invalid", &[("/review_at", "out_of_range")]);
}

#[test]
fn the_thirtieth_day_is_within_thirty_days() {
    let mut story = active();
    // The day ends 86,399 seconds after it began, whenever it is now.
    let last = HoldDraft { review_at: Some(at(86_400 * 30)), ..hold(1, HoldType::Legal) };
    story.accepts(&place(last));
    let now = at(0).as_second();
    let end = now - now.rem_euclid(86_400) + 86_400 * 31 - 1;
    let whole_day = HoldDraft { review_at: Some(at(end - now)), ..hold(2, HoldType::Fraud) };
    story.accepts(&place(whole_day));
    let beyond = HoldDraft { review_at: Some(at(end + 1 - now)), ..hold(3, HoldType::Fraud) };
    story.faults(&place(beyond), "account.hold_invalid", &[("/review_at", "out_of_range")]);
}

#[test]
fn what_always_stops_orders_is_not_said_to_stop_nothing() {
    let story = active();
    for kind in [HoldType::Compliance, HoldType::Fraud, HoldType::Legal, HoldType::Credit] {
        let wrong = HoldDraft { blocks: Some(Blocks::Nothing), ..hold(1, kind) };
        story.faults(&place(wrong), "account.hold_invalid", &[("/blocks", "contradicts_type")]);
    }
    let mut story = active();
    for (number, kind) in [(1, HoldType::Dispute), (2, HoldType::Manual)] {
        story.accepts(&place(HoldDraft { blocks: Some(Blocks::Nothing), ..hold(number, kind) }));
    }
    assert_eq!(story.state.status(None), "active");
}

#[test]
fn a_hold_is_released_once_and_as_what_it_is() {
    let mut story = active();
    story.accepts(&place(hold(1, HoldType::Fraud)));
    story.nothing(&place(hold(1, HoldType::Fraud)));
    // Who releases it follows from its kind: nobody calls a fraud hold a manual one.
    assert_eq!(release(1, HoldType::Fraud).operation(), Operation::ComplianceHoldRelease);
    assert_eq!(release(1, HoldType::Manual).operation(), Operation::HoldRelease);
    story.refuses(&release(1, HoldType::Manual), "account.hold_not_found");
    story.refuses(&release(2, HoldType::Fraud), "account.hold_not_found");
    story.accepts(&release(1, HoldType::Fraud));
    assert_eq!(story.state.status(None), "active");
    story.refuses(&release(1, HoldType::Fraud), "account.hold_not_found");
}

#[test]
fn a_rule_holds_once_for_each_entity() {
    let mut story = active();
    let by_rule = |number: u128, entity: Option<EntityCode>| {
        place(HoldDraft { cause: Some("overdue".into()), entity, ..hold(number, HoldType::Credit) })
    };
    story.accepts(&by_rule(1, Some(us())));
    story.nothing(&by_rule(2, Some(us())));
    story.accepts(&by_rule(3, Some(eu())));
    story.accepts(&place(hold(4, HoldType::Credit)));
    assert_eq!(story.state.hold_of("overdue", Some(&eu())).unwrap().id, HoldId(uuid(3)));
    assert_eq!(story.state.hold_of("overdue", None), None);
}

#[test]
fn a_watch_ends_by_itself_after_ninety_days() {
    let mut story = active();
    let watch = |cause: Option<&str>, seconds: Option<i64>| Command::SetWatch {
        reason: why(),
        cause: cause.map(str::to_owned),
        expires_at: seconds.map(at),
    };
    story.nothing(&Command::ClearWatch { reason: None });
    story.accepts(&watch(Some("low_health"), None));
    assert_eq!(story.state.watch.as_ref().unwrap().expires_at, at(86_400 * 90));
    story.nothing(&watch(Some("news"), None));
    story.accepts(&watch(None, Some(86_400 * 10)));
    story.faults(&watch(None, Some(0)), "account.watch_invalid", &[("/expires_at", "out_of_range")]);
    story.faults(
        &watch(None, Some(86_400 * 367)),
        "account.watch_invalid",
        &[("/expires_at", "out_of_range")],
    );
    story.accepts(&Command::ClearWatch { reason: Some(why()) });
    assert_eq!(story.state.watch, None);
}

#[test]
fn a_merge_is_no_way_out_of_a_hold() {
    let mut held = created(json!({ "name": "Other" }));
    held.accepts(&place(hold(1, HoldType::Compliance)));
    let loser = Account { id: crate::value::AccountId(uuid(78)), ..held.state.clone() };
    let mut story = active();
    story.accepts(&place(hold(2, HoldType::Credit)));
    story.facts.other = Some(Box::new(Other { account: loser.clone(), ..Other::default() }));
    story.accepts(&Command::Merge { loser: loser.id, picks: Picks::default(), reason: why() });
    assert_eq!(story.state.status(None), "suspended");
    story.accepts(&Command::Unmerge { loser: loser.id, reason: why() });
    assert_eq!(story.state.status(None), "credit_hold");
    assert_ne!(story.state.id, loser.id);
    assert_eq!(story.state.id, id());
}

#[test]
fn what_is_held_is_not_deleted() {
    let mut story = created(json!({}));
    story.accepts(&place(hold(1, HoldType::Legal)));
    story.faults(&Command::Delete { reason: why() }, "account.not_deletable", &[("/holds", "is_held")]);
}
