//! Every sequence of acts up to a depth, by several people: what must never happen does not.

use std::collections::BTreeSet;

use super::*;
use crate::decider::Decider as _;
use crate::story::round_trips;

/// How deep the sequences go.
const DEPTH: usize = 8;

/// What somebody does.
#[derive(Debug, Clone, Copy)]
enum Act {
    Approve(u128, Role, u32),
    Reject(u128, Role),
    Edit(u128),
    Cancel(u128),
    Expire,
    Apply,
    GoStale,
}

/// Person 1 submits; 2 is an AR Manager, 3 is a Controller, and 5 holds both roles.
const ACTS: [Act; 12] = [
    Act::Approve(2, ArManager, 1),
    Act::Approve(2, ArManager, 2),
    Act::Approve(5, ArManager, 1),
    Act::Approve(5, Controller, 1),
    Act::Approve(3, Controller, 1),
    Act::Approve(3, Controller, 2),
    Act::Reject(3, Controller),
    Act::Edit(1),
    Act::Edit(2),
    Act::Cancel(1),
    Act::Apply,
    Act::GoStale,
];

fn late() -> i64 {
    30 * 86_400
}

fn does(story: &mut Story<Change>, act: Act) -> Result<Vec<Event>, String> {
    let command = match act {
        Act::Approve(by, role, revision) => {
            acts(story, ActorKind::User, by, &[role]);
            Command::Approve(Word { revision: Some(revision), ..Word::default() })
        }
        Act::Reject(by, role) => {
            acts(story, ActorKind::User, by, &[role]);
            reject("no")
        }
        Act::Edit(by) => {
            acts(story, ActorKind::User, by, &[]);
            story.facts.may_edit = true;
            let mut submission = submission(true, None);
            submission.payload_hash = format!("{}", story.state.revision + 1);
            Command::Edit(submission)
        }
        Act::Cancel(by) => {
            acts(story, ActorKind::User, by, &[]);
            Command::Cancel { comment: None }
        }
        Act::Expire => {
            story.context.now = at(late());
            acts(story, ActorKind::System, 0, &[]);
            Command::Expire
        }
        Act::Apply => {
            acts(story, ActorKind::System, 0, &[]);
            Command::MarkApplied { result: json!({}), rebase: None }
        }
        Act::GoStale => {
            acts(story, ActorKind::System, 0, &[]);
            Command::MarkStale { version: 9, conflicts: vec![] }
        }
    };
    let before = story.state.clone();
    let decided = story.state.decide(&story.context, &story.facts, &command);
    let events = decided.map_err(|refusal| refusal.code)?;
    for event in &events {
        story.state.evolve(event);
    }
    if before.state.settled() {
        assert!(events.is_empty(), "{:?} moved by {act:?}", before.state);
    }
    let again = story.state.decide(&story.context, &story.facts, &command);
    assert!(again.is_err() || again.is_ok_and(|events| events.is_empty()), "{act:?} wrote twice");
    Ok(events)
}

/// What always holds of a change.
fn holds(change: &Change, path: &[Act]) {
    let decisions: Vec<&Decision> = change.steps.iter().flat_map(|step| &step.decisions).collect();
    let people: BTreeSet<UserId> = decisions.iter().map(|decision| decision.by).collect();
    assert_eq!(people.len(), decisions.len(), "one person, one step: {path:?}");
    let hands =
        change.submitted_by.iter().filter_map(|actor| actor.user).chain(change.editors.iter().copied());
    for hand in hands {
        assert!(!people.contains(&hand), "{hand} approves what is theirs: {path:?}");
    }
    for step in &change.steps {
        assert!(step.decisions.iter().all(|decision| decision.role == step.role), "{path:?}");
    }
    if matches!(change.state, ChangeState::Applying | ChangeState::Applied) {
        for step in &change.steps {
            let approved = step.decisions.len() >= usize::from(step.approvals);
            assert!(
                approved && step.state == StepState::Approved,
                "applied without {:?}: {path:?}",
                step.role
            );
        }
        assert!(change.glass.is_none());
    }
}

/// How much was looked at.
#[derive(Debug, Default)]
struct Explored {
    acts: u64,
    /// Ways that end with the command applied.
    applied: u64,
}

fn explore_with(acts: &[Act], story: &Story<Change>, path: &mut Vec<Act>, seen: &mut Explored) {
    if path.len() == DEPTH {
        return;
    }
    for act in acts {
        let mut next =
            Story { state: story.state.clone(), context: story.context.clone(), facts: story.facts.clone() };
        let revision = next.state.revision;
        path.push(*act);
        seen.acts += 1;
        // What is refused leads nowhere new.
        if let Ok(events) = does(&mut next, *act) {
            if let Act::Approve(_, _, seen) = act
                && !events.is_empty()
            {
                assert_eq!(*seen, revision, "an approval binds to its revision: {path:?}");
            }
            holds(&next.state, path);
            seen.applied += u64::from(!events.is_empty() && next.state.state == ChangeState::Applied);
            if !events.is_empty() {
                explore_with(acts, &next, path, seen);
            }
        }
        path.pop();
    }
}

#[test]
fn no_sequence_applies_without_the_steps_or_moves_what_is_settled() {
    let mut seen = Explored::default();
    let story = submitted();
    let acts: Vec<Act> = ACTS.into_iter().chain([Act::Expire]).collect();
    explore_with(&acts, &story, &mut Vec::new(), &mut seen);
    round_trips(&story.state);
    assert!(seen.acts > 20_000 && seen.applied > 0, "{seen:?}");
}

#[test]
fn no_sequence_applies_before_two_of_three_have_approved() {
    // Two AR Managers of three must agree, then a Controller; 2 and 4 hold the first role alone, 5 holds both.
    let mut story = submitted();
    story.state.steps[0].approvals = 2;
    let acts = [
        Act::Approve(2, ArManager, 1),
        Act::Approve(4, ArManager, 1),
        Act::Approve(5, ArManager, 1),
        Act::Approve(5, Controller, 1),
        Act::Approve(3, Controller, 1),
        Act::Edit(1),
        Act::Approve(2, ArManager, 2),
        Act::Approve(4, ArManager, 2),
        Act::Approve(3, Controller, 2),
        Act::Reject(4, ArManager),
        Act::Cancel(1),
        Act::Apply,
        Act::Expire,
    ];
    let mut seen = Explored::default();
    explore_with(&acts, &story, &mut Vec::new(), &mut seen);
    assert!(seen.acts > 2_000 && seen.applied > 8, "{seen:?}");
}
