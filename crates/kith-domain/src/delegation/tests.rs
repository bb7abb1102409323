//! Tests of delegations.

use super::*;
use crate::access::{Role, RoleGrant};
use crate::approval::Operation;
use crate::context::ActorKind;
use crate::story::{Story, at, context, uuid};
use crate::value::{DelegationId, Money, UserId};

const DAY: i64 = 86_400;

fn facts(from: &[Role], to: &[Role]) -> Facts {
    let grants = |roles: &[Role]| roles.iter().map(|role| RoleGrant::everywhere(*role)).collect();
    Facts { from_roles: grants(from), to_roles: Some(grants(to)), is_admin: false }
}

fn terms(days: i64) -> Terms {
    Terms {
        to: UserId(uuid(2)),
        operations: [Operation::AccountUpdate].into(),
        amount_cap: Some(Money::new(5_000_000, "USD".parse().unwrap())),
        starts: at(0),
        ends: at(days * DAY),
    }
}

fn make(terms: Terms) -> Command {
    Command::Make { id: DelegationId(uuid(5)), terms }
}

fn made() -> Story<Delegation> {
    let mut story = Story::new(facts(&[Role::Controller], &[Role::ArManager]));
    story.accepts(&make(terms(10)));
    story
}

#[test]
fn it_holds_from_its_start_until_before_its_end() {
    let story = made();
    assert!(story.state.is_active(at(0)) && story.state.is_active(at(10 * DAY - 1)));
    assert!(!story.state.is_active(at(-1)) && !story.state.is_active(at(10 * DAY)));
    story.refuses(&make(terms(3)), "delegation.exists");
}

#[test]
fn it_covers_the_operations_and_amounts_that_it_names() {
    let state = made().state;
    let usd = |minor| Some(Money::new(minor, "USD".parse().unwrap()));
    let covers = |operation, amount| state.covers(operation, true, amount, at(1));
    assert!(covers(Operation::AccountUpdate, usd(5_000_000)));
    assert!(!covers(Operation::AccountUpdate, usd(5_000_001)));
    assert!(!covers(Operation::AccountUpdate, None), "an amount without a rate is not covered");
    assert!(!covers(Operation::AccountDelete, usd(1)));
    assert!(state.covers(Operation::AccountUpdate, false, None, at(1)), "what has no amount is within it");
    assert!(!state.covers(Operation::AccountUpdate, false, None, at(11 * DAY)));
}

#[test]
fn it_lasts_thirty_days_and_is_between_approvers() {
    let story = Story::<Delegation>::new(facts(&[Role::Cfo], &[Role::Manager]));
    story.faults(&make(terms(31)), "delegation.invalid", &[("/ends", "too_late")]);
    story.faults(&make(terms(0)), "delegation.invalid", &[("/ends", "too_early")]);
    let mut to_self = terms(3);
    to_self.to = UserId(uuid(1));
    to_self.operations = [Operation::ChangeApprove].into();
    story.faults(&make(to_self), "delegation.invalid", &[("/to", "own"), ("/operations", "never_delegated")]);
    for role in Role::ALL.iter().filter(|role| !role.approves()) {
        let story = Story::<Delegation>::new(facts(&[Role::Cfo], &[*role]));
        story.faults(&make(terms(3)), "delegation.invalid", &[("/to", "role_riskier")]);
        let story = Story::<Delegation>::new(facts(&[*role], &[Role::Cfo]));
        story.refuses(&make(terms(3)), "delegation.not_approver");
    }
    let story = Story::<Delegation>::new(Facts { to_roles: None, ..facts(&[Role::Cfo], &[]) });
    story.faults(&make(terms(3)), "delegation.invalid", &[("/to", "user_unknown")]);
}

#[test]
fn programs_and_agents_delegate_nothing() {
    let mut story = Story::<Delegation>::new(facts(&[Role::Cfo], &[Role::Manager]));
    for kind in [ActorKind::Agent, ActorKind::ApiClient, ActorKind::System] {
        story.context = context(kind, 1, at(0));
        story.refuses(&make(terms(3)), "delegation.people_only");
    }
}

#[test]
fn both_and_an_administrator_end_it_and_nobody_else() {
    for (user, admin) in [(1, false), (2, false), (3, true)] {
        let mut story = made();
        story.context = context(ActorKind::User, user, at(10));
        story.facts.is_admin = admin;
        story.accepts(&Command::End);
        story.nothing(&Command::End);
        assert!(!story.state.is_active(at(11)));
    }
    let mut story = made();
    story.context = context(ActorKind::User, 3, at(10));
    story.refuses(&Command::End, "delegation.not_found");
}
