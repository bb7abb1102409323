//! The moves of an account's life: from where, under which guards, and what is said where they do not hold.

use jiff::civil::date;
use serde_json::json;

use super::{acme, acme_with, created, facts, id, read};
use crate::account::*;
use crate::context::ActorKind;
use crate::decider::Decider;
use crate::story::{Story, at, context, uuid};
use crate::value::{HoldId, Personal};

const DAY: i64 = 86_400;

fn why() -> Personal<String> {
    Personal::new("usr_1", "Asked for.".into())
}

fn applied() -> Story<Account> {
    let (command, faults) = read(&acme());
    assert_eq!(faults, vec![]);
    let Command::Create { id, number, draft, .. } = command else { panic!("not a creation") };
    let mut story = Story::new(facts());
    story.accepts(&Command::Create { id, number, draft, application: true });
    story
}

fn admit(skip_probation: bool) -> Command {
    Command::Admit { skip_probation, review_on: date(2028, 1, 10) }
}

fn in_probation() -> Story<Account> {
    let mut story = applied();
    story.facts.steps_open = Some(vec![]);
    story.accepts(&admit(false));
    story
}

fn paying_well() -> Conduct {
    Conduct { paid: 10, in_time: 9, ..Conduct::default() }
}

fn activate() -> Command {
    Command::Activate { reason: why() }
}

#[test]
fn an_application_begins_in_onboarding_and_a_case_decides_it() {
    let mut story = applied();
    assert_eq!((story.state.stage, story.state.status(None)), (Stage::Onboarding, "onboarding"));
    let codes = |story: &Story<Account>, command: &Command| {
        let refusal = story.refuses(command, "account.not_yet");
        refusal.fields.into_iter().map(|fault| fault.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(&story, &admit(false)), ["no_case"]);
    story.facts.steps_open = Some(vec!["credit".into(), "contract".into()]);
    assert_eq!(codes(&story, &admit(false)), ["steps_open"]);
    let refusal = story.refuses(&admit(false), "account.not_yet");
    assert!(refusal.clears.contains("credit, contract"), "{}", refusal.clears);
    story.facts.steps_open = Some(vec![]);
    let hold = HoldDraft::new(HoldId(uuid(1)), HoldType::Compliance, why());
    let mut held =
        Story { state: story.state.clone(), context: story.context.clone(), facts: story.facts.clone() };
    held.accepts(&Command::PlaceHold { hold: Box::new(hold) });
    assert_eq!(codes(&held, &admit(false)), ["is_held"]);
    story.accepts(&admit(false));
    assert_eq!((story.state.stage, story.state.kyb.state), (Stage::Probation, KybState::Verified));
    assert_eq!(story.state.kyb.review_due_on, Some(date(2028, 1, 10)));
    story.refuses(&Command::Apply { again: false }, "account.stage_not_allowed");
}

#[test]
fn some_skip_probation_and_some_are_turned_down_and_apply_again() {
    let mut story = applied();
    story.facts.steps_open = Some(vec![]);
    story.accepts(&admit(true));
    assert_eq!(story.state.stage, Stage::Active);
    let mut story = applied();
    story.accepts(&Command::Reject { match_found: false, reason: why() });
    assert_eq!(story.state.status(None), "rejected");
    story.refuses(&Command::Apply { again: false }, "account.stage_not_allowed");
    story.accepts(&Command::Apply { again: true });
    assert_eq!(story.state.stage, Stage::Onboarding);
    let mut story = created(json!({}));
    story.accepts(&Command::Apply { again: false });
    assert_eq!(story.state.stage, Stage::Onboarding);
    let (_, faults) = read(&acme_with(json!({ "stage": "onboarding" })));
    assert_eq!(faults, vec![]);
}

#[test]
fn probation_ends_after_ninety_days_three_invoices_and_nine_of_ten_in_time() {
    let mut story = in_probation();
    let codes = |story: &Story<Account>| {
        let refusal = story.refuses(&activate(), "account.not_yet");
        refusal.fields.into_iter().map(|fault| fault.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(&story), ["too_soon", "too_few_invoices"]);
    story.context.now = at(90 * DAY - 1);
    story.facts.conduct = paying_well();
    assert_eq!(codes(&story), ["too_soon"]);
    story.context.now = at(90 * DAY);
    story.facts.conduct.paid = 2;
    assert_eq!(codes(&story), ["too_few_invoices"]);
    // An open invoice that is late counts as one that was not paid in time.
    story.facts.conduct = Conduct { late: 1, ..paying_well() };
    assert_eq!(codes(&story), ["paid_late"]);
    story.facts.conduct = Conduct { risk_class: Some('D'), ..paying_well() };
    assert_eq!(codes(&story), ["risk_class"]);
    story.facts.conduct.risk_class = Some('C');
    let hold = HoldDraft::new(HoldId(uuid(1)), HoldType::Credit, why());
    story.accepts(&Command::PlaceHold { hold: Box::new(hold) });
    assert_eq!(codes(&story), ["is_held"]);
    story.accepts(&Command::ReleaseHold { id: HoldId(uuid(1)), kind: HoldType::Credit, reason: why() });
    story.accepts(&activate());
    assert_eq!(story.state.stage, Stage::Active);
}

#[test]
fn what_suspends_in_probation_is_a_month_late_or_came_back() {
    let come = |conduct: Conduct| suspensions(&conduct).map(|(rule, level, _)| (rule, level));
    let late = |days| Conduct { latest_days: days, ..Conduct::default() };
    assert_eq!(come(late(30)), [("probation_late", 0), ("probation_returned", 0)]);
    assert_eq!(come(late(31)), [("probation_late", 1), ("probation_returned", 0)]);
    let back = Conduct { returned: 2, ..Conduct::default() };
    assert_eq!(come(back), [("probation_late", 0), ("probation_returned", 2)]);
}

#[test]
fn an_account_remembers_how_far_a_condition_has_come_until_it_moves() {
    let mut story = in_probation();
    let note = |level| Command::NoteCondition { rule: "probation_late".into(), level };
    story.nothing(&note(0));
    story.accepts(&note(1));
    story.nothing(&note(1));
    assert_eq!(story.state.condition("probation_late"), 1);
    story.accepts(&note(0));
    assert_eq!(story.state.conditions["probation_late"].level, 0, "that it held once is known");
    story.context.now = at(100 * DAY);
    story.facts.conduct = paying_well();
    story.accepts(&activate());
    assert_eq!(story.state.conditions.len(), 0);
}

#[test]
fn every_move_is_refused_from_where_it_does_not_begin() {
    let commands = |stage: Stage| {
        let mut story = in_probation();
        story.state.stage = stage;
        story.facts.conduct = paying_well();
        story.context = context(ActorKind::User, 1, at(200 * DAY));
        story
    };
    let of = |name: &str| match name {
        "apply" => Command::Apply { again: false },
        "apply_again" => Command::Apply { again: true },
        "reject" => Command::Reject { match_found: false, reason: why() },
        "admit" => admit(false),
        "admit_as_active" => admit(true),
        "activate" => activate(),
        "deactivate" => Command::Deactivate { reason: why(), allow_open_ar: false },
        "reactivate" => Command::Reactivate { reason: why() },
        "close" => Command::Close { reason: why() },
        "reopen" => Command::Reopen { reason: why() },
        _ => Command::Delete { reason: why() },
    };
    for transition in TRANSITIONS {
        let command = of(transition.name);
        assert_eq!(command.operation(), transition.operation, "{}", transition.name);
        for stage in Stage::ALL.iter().filter(|stage| **stage != Stage::Erased) {
            let mut story = commands(*stage);
            let decided = story.state.decide(&story.context, &story.facts, &command);
            match (transition.from.contains(stage), transition.to) {
                (true, Some(to)) => {
                    story.accepts(&command);
                    assert_eq!(story.state.stage, to, "{} from {stage:?}", transition.name);
                }
                (true, None) => assert!(decided.is_ok(), "{} from {stage:?}", transition.name),
                (false, Some(Stage::Active))
                    if transition.name == "reactivate" && *stage == Stage::Active =>
                {
                    assert_eq!(decided.unwrap_err().code, "account.already_active");
                }
                (false, to) if to == Some(*stage) => assert_eq!(decided, Ok(vec![]), "it is so already"),
                (false, _) => assert!(decided.is_err(), "{} from {stage:?}: {decided:?}", transition.name),
            }
        }
    }
    assert_eq!(id(), in_probation().state.id);
}
