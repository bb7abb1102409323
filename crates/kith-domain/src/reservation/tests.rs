//! Tests of reservations.

use super::*;
use crate::credit::{Decision, Outcome};
use crate::story::{Story, at, uuid};
use crate::value::{AccountId, Currency, Money};

fn usd(minor: i64) -> Money {
    Money::new(minor, "USD".parse::<Currency>().unwrap())
}

pub(super) fn decision(outcome: Outcome) -> Decision {
    Decision {
        outcome,
        limit: Some(usd(10_000)),
        exposure: Some(usd(0)),
        available_before: Some(usd(10_000)),
        available_after: Some(usd(9_000)),
        utilisation_after: Some(0.1),
        reasons: vec![],
        position: 3,
        policy_version: 1,
        data_as_of: at(0),
    }
}

pub(super) fn draft(minor: i64) -> Draft {
    Draft {
        id: "r-1".into(),
        account: AccountId(uuid(1)),
        entity: "US".parse().unwrap(),
        amount: usd(minor),
        order_no: Some("4711".into()),
        timeout_s: 60,
        request_key: None,
        prepaid: false,
    }
}

fn reserved() -> Story<Reservation> {
    let mut story = Story::<Reservation>::new(Some(decision(Outcome::Approve)));
    story.accepts(&Command::Reserve(draft(1_000)));
    story
}

fn commit(minor: Option<i64>) -> Command {
    Command::Commit { amount: minor.map(usd), order_no: None }
}

#[test]
fn what_goes_is_pending_and_what_does_not_holds_nothing() {
    let story = reserved();
    assert_eq!(story.state.state, Some(ReservationState::Pending));
    assert_eq!(story.state.held_at(at(59)), Some(usd(1_000)));
    assert_eq!(story.state.held_at(at(60)), None);
    for outcome in [Outcome::Hold, Outcome::Reject] {
        let mut story = Story::<Reservation>::new(Some(decision(outcome)));
        story.accepts(&Command::Reserve(draft(1_000)));
        assert_eq!(story.state.held_at(at(0)), None);
        story.refuses(&commit(None), "not_reserved");
        story.refuses(&Command::Void, "not_reserved");
    }
    let mut story = Story::<Reservation>::new(Some(decision(Outcome::Approve)));
    story.accepts(&Command::Reserve(Draft { prepaid: true, ..draft(1_000) }));
    assert_eq!(story.state.held_at(at(0)), None);
    assert_eq!(story.state.state, Some(ReservationState::Pending));
}

#[test]
fn the_same_again_is_the_same_and_something_else_is_told() {
    let mut story = reserved();
    story.nothing(&Command::Reserve(draft(1_000)));
    let other = |change: fn(&mut Draft)| {
        let mut other = draft(1_000);
        change(&mut other);
        Command::Reserve(other)
    };
    story.refuses(&other(|draft| draft.account = AccountId(uuid(2))), "exists_with_different_account");
    story.refuses(&other(|draft| draft.entity = "EU".parse().unwrap()), "exists_with_different_entity");
    story.refuses(&other(|draft| draft.amount = usd(1)), "exists_with_different_amount");
    story.refuses(&other(|draft| draft.order_no = None), "exists_with_different_order_no");
    story.refuses(&other(|draft| draft.timeout_s = 0), "exists_with_different_timeout_s");
    story.refuses(&other(|draft| draft.prepaid = true), "exists_with_different_prepaid");
}

#[test]
fn it_resolves_at_most_once() {
    let story = Story::<Reservation>::new(None);
    story.refuses(&commit(None), "reservation.not_found");
    story.refuses(&Command::Reserve(draft(1_000)), "reservation.undecided");
    story.refuses(&Command::Reserve(draft(0)), "amount_not_positive");
    let mut story = reserved();
    story.refuses(&commit(Some(1_001)), "exceeds_reserved_amount");
    story.refuses(&commit(Some(0)), "amount_not_positive");
    let euros = Money::new(5, "EUR".parse().unwrap());
    story.refuses(&Command::Commit { amount: Some(euros), order_no: None }, "currency_differs");
    let other = Command::Commit { amount: None, order_no: Some("4712".into()) };
    story.refuses(&other, "order_no_differs");
    story.accepts(&commit(Some(400)));
    assert_eq!(story.state.held_at(at(1_000)), Some(usd(400)));
    story.refuses(&commit(None), "already_committed");
    story.refuses(&Command::Void, "already_committed");
    let mut story = reserved();
    story.accepts(&Command::Void);
    assert_eq!(story.state.held_at(at(1)), None);
    story.refuses(&commit(None), "already_voided");
    story.refuses(&Command::Void, "already_voided");
}

#[test]
fn time_runs_out_by_itself_and_is_noted_once() {
    let mut story = reserved();
    story.nothing(&Command::Expire);
    story.context.now = at(60);
    story.refuses(&commit(None), "expired");
    story.refuses(&Command::Void, "expired");
    story.accepts(&Command::Expire);
    story.nothing(&Command::Expire);
    story.refuses(&commit(None), "expired");
    let mut story = Story::<Reservation>::new(Some(decision(Outcome::Approve)));
    story.accepts(&Command::Reserve(Draft { timeout_s: 0, ..draft(1_000) }));
    assert_eq!(story.state.held_at(at(1_000_000_000)), Some(usd(1_000)));
}

#[test]
fn less_is_free_at_once_and_more_is_decided_again() {
    let mut story = reserved();
    story.nothing(&Command::Amend { amount: usd(1_000) });
    story.accepts(&Command::Amend { amount: usd(600) });
    story.accepts(&Command::Amend { amount: usd(900) });
    assert_eq!(story.state.held_at(at(0)), Some(usd(900)));
    story.facts = Some(decision(Outcome::Hold));
    story.accepts(&Command::Amend { amount: usd(5_000) });
    assert_eq!(story.state.held_at(at(0)), Some(usd(900)));
    story.facts = None;
    story.refuses(&Command::Amend { amount: usd(5_000) }, "reservation.undecided");
    story.facts = Some(decision(Outcome::Approve));
    story.accepts(&Command::Amend { amount: usd(950) });
    assert_eq!(story.state.held_at(at(0)), Some(usd(950)));
    story.refuses(&Command::Amend { amount: usd(0) }, "amount_not_positive");
}

#[test]
fn what_is_resolved_is_not_amended_and_says_what_to_do_instead() {
    let amend = Command::Amend { amount: usd(600) };
    let mut story = reserved();
    story.accepts(&commit(None));
    let refused = story.refuses(&amend, "already_committed");
    assert!(refused.clears.starts_with("Amend the order"), "{refused:?}");
    assert_eq!(story.state.held_at(at(0)), Some(usd(1_000)));
    let mut story = reserved();
    story.accepts(&Command::Void);
    story.refuses(&amend, "already_voided");
    let mut story = reserved();
    story.context.now = at(60);
    story.refuses(&amend, "expired");
    let mut story = Story::<Reservation>::new(Some(decision(Outcome::Hold)));
    story.accepts(&Command::Reserve(draft(1_000)));
    story.refuses(&amend, "not_reserved");
}

#[test]
fn what_the_book_and_the_contracts_know_has_codes_of_its_own() {
    let codes = [refusal::order_has_come(), refusal::timeout_needs_contract()].map(|refused| refused.code);
    assert_eq!(codes, ["order_has_come", "timeout_needs_contract"]);
}

#[test]
fn ids_are_short_and_plain() {
    assert!(valid_id("order-4711.a:b_C"));
    assert!(!valid_id("") && !valid_id("a b") && !valid_id(&"x".repeat(65)) && !valid_id("a/b"));
}
