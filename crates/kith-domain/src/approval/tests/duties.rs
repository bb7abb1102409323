//! Segregation of duties: every role, relation, operation and kind of actor against a specification of its own.

use super::*;
use crate::decider::Decider as _;
use crate::policy::{LaneFacts, Rules, Verdict};
use crate::value::DelegationId;

/// How the one who decides is bound to the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    Nobody,
    Submitter,
    Principal,
    Editor,
    DecidedBefore,
    Serves,
    Represents,
    Created,
    Imported,
    DelegateOfSubmitter,
    DelegateOfHolder,
    DelegateOfOneWhoServes,
}

const BOUND: [Bound; 12] = [
    Bound::Nobody,
    Bound::Submitter,
    Bound::Principal,
    Bound::Editor,
    Bound::DecidedBefore,
    Bound::Serves,
    Bound::Represents,
    Bound::Created,
    Bound::Imported,
    Bound::DelegateOfSubmitter,
    Bound::DelegateOfHolder,
    Bound::DelegateOfOneWhoServes,
];

/// What the seed table asks of an operation.
fn verdict(operation: Operation) -> Verdict {
    // Of conditions, only what makes a grant of an approving role red.
    let facts = LaneFacts::everyday(operation, ActorKind::User);
    Rules::default().judge(&facts, &|condition| condition.starts_with("grants_approving"))
}

/// A change whose step `place` is next, with person 7 bound to it in a way.
fn waiting(operation: Operation, steps: &[StepRule], place: usize, bound: Bound) -> Story<Change> {
    let mut story = story();
    let mut submission = submission(true, None);
    submission.operation = operation;
    let alone = |rule: &StepRule| Step::waiting(&StepRule { approvals: 1, ..rule.clone() }, None);
    submission.steps = steps.iter().map(alone).collect();
    acts(&mut story, ActorKind::User, if bound == Bound::Submitter { 7 } else { 1 }, &[]);
    submission.on_behalf_of = (bound == Bound::Principal).then(|| user(7));
    story.accepts(&Command::Submit(submission.clone()));
    if bound == Bound::Editor {
        acts(&mut story, ActorKind::User, 7, &[]);
        story.facts.may_edit = true;
        submission.payload_hash = "11".repeat(32);
        story.accepts(&Command::Edit(submission));
    }
    for (number, step) in steps.iter().enumerate().take(place) {
        let by = if bound == Bound::DecidedBefore && number == 0 { 7 } else { 20 + number as u128 };
        acts(&mut story, ActorKind::User, by, &[step.role]);
        story.accepts(&approve());
    }
    story
}

/// Person 7 asks, in a role, through an actor of a kind, bound in a way.
fn asks(story: &mut Story<Change>, holder: Role, role: Role, bound: Bound, kind: ActorKind) {
    acts(story, kind, 7, &[role]);
    let relations = &mut story.facts.relations;
    relations.serves = bound == Bound::Serves;
    relations.represents = bound == Bound::Represents;
    relations.created = bound == Bound::Created;
    relations.imported = bound == Bound::Imported;
    let delegator = match bound {
        Bound::DelegateOfSubmitter => Some((1, false)),
        Bound::DelegateOfHolder => Some((8, false)),
        Bound::DelegateOfOneWhoServes => Some((8, true)),
        _ => None,
    };
    let delegated = delegator.map(|(from, serves)| Delegated {
        id: DelegationId(uuid(5)),
        from: user(from),
        roles: vec![RoleGrant::everywhere(holder)],
        relations: Relations { serves, ..Relations::default() },
    });
    story.facts.delegated = delegated.into_iter().collect();
}

/// The specification, written without looking at the rules: `None` when the person may decide.
fn specified(
    operation: Operation,
    holder: Role,
    place: usize,
    role: Role,
    bound: Bound,
    kind: ActorKind,
) -> Option<&'static str> {
    if kind != ActorKind::User {
        return Some("change.people_only");
    }
    match bound {
        Bound::Submitter | Bound::Principal | Bound::Editor => return Some("change.own_change"),
        Bound::DecidedBefore if place > 0 => return Some("change.already_decided"),
        Bound::DelegateOfSubmitter => return Some("change.delegator_submitted"),
        _ => {}
    }
    let direct = role == holder;
    let by_delegation = matches!(bound, Bound::DelegateOfHolder | Bound::DelegateOfOneWhoServes);
    if !direct && !by_delegation {
        return Some("change.wrong_role");
    }
    match bound {
        // The change of these tests sets payment terms, whatever it is called.
        Bound::Serves => Some("change.own_account"),
        Bound::DelegateOfOneWhoServes if !direct => Some("change.own_account"),
        Bound::Represents => Some("change.own_company"),
        Bound::Imported if matches!(operation, Operation::ImportExecute | Operation::ImportRevert) => {
            Some("change.own_import")
        }
        Bound::Created if matches!(operation, Operation::HoldRelease | Operation::ComplianceHoldRelease) => {
            Some("change.own_creation")
        }
        _ => None,
    }
}

#[test]
fn duties_are_apart_for_every_role_relation_operation_and_step() {
    let mut cases = 0;
    for operation in Operation::ALL {
        let steps = verdict(*operation).steps;
        for (place, bound) in (0..steps.len()).flat_map(|place| BOUND.map(|bound| (place, bound))) {
            let mut story = waiting(*operation, &steps, place, bound);
            let holder = steps[place].role;
            for role in Role::ALL {
                for kind in [ActorKind::User, ActorKind::ApiClient, ActorKind::Agent] {
                    asks(&mut story, holder, *role, bound, kind);
                    let expected = specified(*operation, holder, place, *role, bound, kind);
                    let case = format!("{operation:?} step {place} {role:?} {bound:?} {kind:?}");
                    // Rejecting takes the same person as approving.
                    for command in [approve(), reject("no")] {
                        let decided = story.state.decide(&story.context, &story.facts, &command);
                        assert_eq!(decided.err().map(|refusal| refusal.code).as_deref(), expected, "{case}");
                    }
                    cases += 1;
                }
            }
        }
    }
    assert!(cases > 20_000, "{cases} cases");
}

#[test]
fn both_stand_on_a_delegated_decision_and_neither_decides_again() {
    let mut story = submitted();
    let delegated = |from: u128, role: Role| Delegated {
        id: DelegationId(uuid(5)),
        from: user(from),
        roles: vec![RoleGrant::everywhere(role)],
        relations: Relations::default(),
    };
    acts(&mut story, ActorKind::User, 7, &[Role::Manager]);
    story.facts.delegated = vec![delegated(2, ArManager)];
    story.accepts(&approve());
    let decision = &story.state.steps[0].decisions[0];
    assert_eq!((decision.by, decision.on_behalf_of), (user(7), Some(user(2))));
    assert_eq!((decision.role, decision.delegation), (ArManager, Some(DelegationId(uuid(5)))));
    acts(&mut story, ActorKind::User, 2, &[Controller]);
    story.refuses(&approve(), "change.already_decided");
    // And nobody else for the one who has decided already.
    acts(&mut story, ActorKind::User, 8, &[Role::Manager]);
    story.facts.delegated = vec![delegated(2, Controller)];
    story.refuses(&approve(), "change.already_decided");
    story.facts.delegated = vec![delegated(3, Controller)];
    story.accepts(&approve());
}

#[test]
fn whoever_serves_an_account_approves_what_is_no_credit() {
    let mut name = story();
    name.accepts(&submit(false, None));
    acts(&mut name, ActorKind::User, 2, &[ArManager]);
    name.facts.relations.serves = true;
    name.accepts(&approve());
    // An entity's own limit is credit as well.
    let mut entity = story();
    let mut submission = submission(false, None);
    submission.diff[0].path = "/overrides/EU/credit_limit".into();
    entity.accepts(&Command::Submit(submission));
    acts(&mut entity, ActorKind::User, 2, &[ArManager]);
    entity.facts.relations.serves = true;
    entity.refuses(&approve(), "change.own_account");
}
