//! Tests of onboarding: the machine of a case, its clock, its reminders.

use proptest::prelude::*;

use super::*;
use crate::account::CustomerType;
use crate::context::ActorKind;
use crate::decider::Decider;
use crate::story::{Story, at, context, uuid};
use crate::value::{AccountId, OnboardingId, Personal};

const HOUR: i64 = 3_600;

fn account() -> AccountId {
    AccountId(uuid(77))
}

fn why() -> Personal<String> {
    Personal::new("usr_1", "Looked at it.".into())
}

fn owner(name: &str, share_bp: Option<u16>, controls: bool) -> Owner {
    Owner {
        name: Personal::new(account(), name.into()),
        share_bp,
        is_person: true,
        controls,
        country: Some("NO".into()),
        born_on: None,
    }
}

fn start(application: Application) -> Command {
    Command::Start(Box::new(Started {
        id: OnboardingId(uuid(1)),
        account: account(),
        entity: "US".parse().unwrap(),
        customer_type: CustomerType::Enterprise,
        application,
        again: false,
        draft: None,
    }))
}

fn started() -> Story<Onboarding> {
    let mut story = Story::new(());
    story.accepts(&start(Application::default()));
    story
}

fn record(step: StepName, state: StepState) -> Command {
    Command::Record { step, state, reason: Some(why()), evidence: vec![] }
}

fn judge(step: StepName, passed: bool) -> Command {
    Command::Judge { step, passed, reason: why(), evidence: vec![] }
}

/// Settles every step in an order that is allowed.
fn settle(story: &mut Story<Onboarding>) {
    while let Some(step) = story.state.workable().first().copied() {
        story.accepts(&record(step, StepState::Passed));
    }
}

#[test]
fn an_application_goes_through_twelve_steps_to_a_customer() {
    let mut story = started();
    story.refuses(&start(Application::default()), "onboarding.exists");
    assert_eq!(story.state.workable(), [StepName::Intake]);
    story.accepts(&record(StepName::Intake, StepState::Passed));
    assert_eq!(story.state.clock.complete_at, Some(at(0)));
    use StepName::{Contract, Credit, Documents, DuplicateCheck, Owners, Registry, Screening, TaxId};
    let side_by_side = [DuplicateCheck, Registry, TaxId, Owners, Screening, Documents];
    assert_eq!(story.state.workable(), side_by_side);
    story.refuses(&judge(Credit, true), "onboarding.step_too_early");
    story.accepts(&judge(Screening, true));
    assert!(story.state.workable().contains(&Contract), "the contract may begin after screening");
    for step in [Registry, TaxId, Owners] {
        story.accepts(&judge(step, true));
    }
    story.accepts(&judge(Credit, true));
    story.refuses(&judge(StepName::Approvals, true), "onboarding.approved_elsewhere");
    story.accepts(&Command::Approve);
    let refusal = story.refuses(&Command::Complete { skip_probation: false }, "onboarding.step_too_early");
    assert!(refusal.clears.contains("contract"), "{}", refusal.clears);
    settle(&mut story);
    story.accepts(&Command::Complete { skip_probation: false });
    assert_eq!(story.state.state, CaseState::Completed);
    story.refuses(&judge(Documents, false), "onboarding.ended");
}

#[test]
fn nothing_is_asked_of_a_case_that_is_not_there_nor_for_ever() {
    let story = Story::<Onboarding>::new(());
    story.refuses(&judge(StepName::Intake, true), "onboarding.not_found");
    let mut story = started();
    for _ in 0..500 {
        story.accepts(&record(StepName::Intake, StepState::Running));
        story.accepts(&record(StepName::Intake, StepState::PendingExternal));
    }
    story.refuses(&record(StepName::Intake, StepState::Running), "onboarding.tried_too_often");
    story.accepts(&judge(StepName::Intake, true));
}

#[test]
fn what_is_settled_stays_and_what_failed_is_tried_again() {
    let mut story = started();
    story.accepts(&record(StepName::Intake, StepState::AwaitingCustomer));
    story.accepts(&record(StepName::Intake, StepState::Failed));
    story.accepts(&record(StepName::Intake, StepState::Passed));
    story.refuses(&judge(StepName::Intake, false), "onboarding.step_settled");
    story.nothing(&judge(StepName::Intake, true));
    story.accepts(&record(StepName::Registry, StepState::PendingExternal));
    story.nothing(&record(StepName::Registry, StepState::PendingExternal));
    story.refuses(&Command::Waive { step: StepName::Approvals, reason: why() }, "onboarding.not_waivable");
    story.accepts(&Command::Waive { step: StepName::Registry, reason: why() });
    let trail = &story.state.steps[&StepName::Registry].trail;
    assert_eq!(
        trail.iter().map(|entry| entry.state).collect::<Vec<_>>(),
        [StepState::PendingExternal, StepState::Waived]
    );
    let silent = Command::Waive { step: StepName::TaxId, reason: Personal::new("usr_1", " ".into()) };
    story.refuses(&silent, "onboarding.reason_invalid");
}

#[test]
fn the_clock_stands_still_while_the_customer_is_waited_for() {
    let mut story = started();
    let wait = |step| Command::Await { step, reason: why() };
    story.context.now = at(HOUR);
    story.accepts(&wait(StepName::Intake));
    assert!(story.state.clock.is_paused());
    story.context.now = at(5 * HOUR);
    story.accepts(&record(StepName::Intake, StepState::Passed));
    assert_eq!(story.state.clock.net_seconds(at(6 * HOUR)), 2 * HOUR);
    assert_eq!(story.state.clock.gross_seconds(at(6 * HOUR)), 6 * HOUR);
    // Two steps that wait at once make one pause.
    story.accepts(&wait(StepName::Owners));
    story.context.now = at(6 * HOUR);
    story.accepts(&wait(StepName::Documents));
    story.context.now = at(7 * HOUR);
    story.accepts(&record(StepName::Owners, StepState::Passed));
    assert_eq!(story.state.clock.net_seconds(at(8 * HOUR)), HOUR);
    story.context.now = at(9 * HOUR);
    story.accepts(&Command::Reject { code: RejectCode::Withdrawn, reason: why() });
    assert_eq!(
        (story.state.state, story.state.clock.net_seconds(at(99 * HOUR))),
        (CaseState::Withdrawn, HOUR)
    );
    assert_eq!(story.state.clock.gross_seconds(at(99 * HOUR)), 9 * HOUR);
}

#[test]
fn a_contract_that_is_out_stops_the_clock_only_when_nothing_is_with_us() {
    let mut story = started();
    for step in [StepName::Intake, StepName::DuplicateCheck, StepName::Owners, StepName::Screening] {
        story.accepts(&record(step, StepState::Passed));
    }
    story.context.now = at(HOUR);
    story.accepts(&record(StepName::Registry, StepState::Running));
    story.accepts(&Command::Await { step: StepName::Contract, reason: why() });
    assert!(!story.state.clock.is_paused(), "the register is ours to look into");
    story.context.now = at(3 * HOUR);
    story.accepts(&record(StepName::Registry, StepState::Passed));
    assert!(story.state.clock.is_paused(), "now it is the customer's turn alone");
    story.context.now = at(10 * HOUR);
    story.accepts(&record(StepName::Contract, StepState::Running));
    assert_eq!(story.state.clock.net_seconds(at(11 * HOUR)), 4 * HOUR);
}

#[test]
fn the_customer_is_reminded_of_three_times_and_we_once() {
    let mut story = started();
    story.accepts(&Command::Await { step: StepName::Intake, reason: why() });
    let due = |story: &Story<Onboarding>, hours: i64| {
        story.state.reminder_due(&context(ActorKind::System, 0, at(hours * HOUR)), StepName::Intake)
    };
    assert_eq!((due(&story, 3), due(&story, 4)), (None, Some(1)));
    story.nothing(&Command::Remind { step: StepName::Intake, count: 1 });
    for (hours, count) in [(4, 1), (24, 2), (72, 3)] {
        story.context.now = at(hours * HOUR);
        story.nothing(&Command::Remind { step: StepName::Intake, count: count + 1 });
        assert_eq!(story.accepts(&Command::Remind { step: StepName::Intake, count }).len(), 1);
    }
    assert_eq!(due(&story, 999), None);
    story.accepts(&record(StepName::Intake, StepState::Running));
    let budget = i64::from(StepName::Intake.budget_minutes()) * 60;
    story.context.now = at(72 * HOUR + budget - 1);
    assert!(!story.state.escalation_due(&story.context, StepName::Intake), "only the customer took long");
    story.context.now = at(72 * HOUR + budget);
    story.accepts(&Command::Escalate { step: StepName::Intake });
    story.nothing(&Command::Escalate { step: StepName::Intake });
    assert!(!story.state.is_idle(&context(ActorKind::System, 0, at(72 * HOUR + 29 * 24 * HOUR))));
    assert!(story.state.is_idle(&context(ActorKind::System, 0, at(72 * HOUR + 30 * 24 * HOUR))));
}

#[test]
fn reminders_and_escalation_come_with_the_second_that_makes_the_time_up() {
    let mut story = started();
    story.accepts(&Command::Await { step: StepName::Intake, reason: why() });
    let waits = at(0);
    for (hours, count) in [(4, 1_u8), (24, 2), (72, 3)] {
        let limit = hours * HOUR;
        let due = |second: i64| {
            let context = context(ActorKind::System, 0, at(second));
            story.state.reminder_due(&context, StepName::Intake)
        };
        assert_eq!((due(limit - 1), due(limit), due(limit + 1)), (None, Some(count), Some(count)));
        story.context.now = at(limit);
        story.accepts(&Command::Remind { step: StepName::Intake, count });
        story.nothing(&Command::Remind { step: StepName::Intake, count });
    }
    assert_eq!(story.state.clock.net_seconds(at(72 * HOUR)), 0, "waited for since {waits}");
    story.accepts(&record(StepName::Intake, StepState::Running));
    let due = story.state.due_at(StepName::Intake).unwrap().as_second();
    let late = |story: &Story<Onboarding>, second: i64| {
        story.state.escalation_due(&context(ActorKind::System, 0, at(second)), StepName::Intake)
    };
    let zero = at(0).as_second();
    assert!(!late(&story, due - zero - 1), "a second before it is in time");
    assert!(late(&story, due - zero + 1), "a second after it is late");
    story.context.now = at(due - zero + 1);
    assert_eq!(story.accepts(&Command::Escalate { step: StepName::Intake }).len(), 1);
    story.nothing(&Command::Escalate { step: StepName::Intake });
    assert!(!late(&story, due - zero + 99 * HOUR), "once");
}

#[test]
fn nobody_of_ours_is_late_while_the_customer_is_waited_for() {
    let mut story = started();
    story.accepts(&record(StepName::Intake, StepState::Running));
    story.context.now = at(60);
    story.accepts(&Command::Await { step: StepName::Intake, reason: why() });
    let late = |story: &Story<Onboarding>, second: i64| {
        story.state.escalation_due(&context(ActorKind::System, 0, at(second)), StepName::Intake)
    };
    let budget = i64::from(StepName::Intake.budget_minutes()) * 60;
    assert!(!late(&story, 99 * HOUR), "it waits for the customer, and the clock stands still");
    story.context.now = at(60 + 10 * HOUR);
    story.accepts(&record(StepName::Intake, StepState::Running));
    assert!(!late(&story, 10 * HOUR + budget - 1));
    assert!(late(&story, 10 * HOUR + budget));
}

#[test]
fn owners_are_known_to_three_quarters_or_explained() {
    let mut application = Application::default();
    assert_eq!(application.owners_missing().len(), 2);
    application.owners = vec![owner("Ingrid", Some(4_500), true), owner("Erik", Some(2_400), false)];
    assert_eq!(application.owners_missing().len(), 1);
    application.owners.push(owner("Trust", Some(600), false));
    assert_eq!(application.owners_missing(), Vec::<String>::new());
    assert_eq!(application.beneficial_owners().count(), 1, "a quarter or more");
    application.owners.pop();
    application.owners_explained = Some(Personal::new(account(), "Held in the street.".into()));
    assert_eq!(application.owners_missing(), Vec::<String>::new());
    let mut story = started();
    story.accepts(&Command::Amend { application: Box::new(application.clone()) });
    story.nothing(&Command::Amend { application: Box::new(application.clone()) });
    story.accepts(&record(StepName::Intake, StepState::Passed));
    story.accepts(&record(StepName::Owners, StepState::Passed));
    application.owners.clear();
    story.refuses(&Command::Amend { application: Box::new(application) }, "onboarding.step_settled");
}

#[test]
fn all_faults_of_an_application_are_told_at_once() {
    let mut wrong = Application::default();
    wrong.owners = vec![
        Owner { country: Some("Norway".into()), share_bp: Some(10_001), ..owner(" ", None, false) },
        Owner { born_on: Some(Personal::new("", "young".into())), ..owner("Ann", None, false) },
    ];
    let places = [
        ("/owners/0/name", "required"),
        ("/owners/0/percent", "out_of_range"),
        ("/owners/0/country", "country_unknown"),
        ("/owners/1/born_on", "date_invalid"),
        ("/owners", "over_whole"),
    ];
    let story = Story::<Onboarding>::new(());
    story.faults(&start(wrong), "onboarding.invalid", &places);
}

#[test]
fn every_type_of_customer_has_its_papers() {
    for kind in CustomerType::ALL {
        assert!(!mandatory_papers(*kind, false).is_empty(), "{kind:?}");
        assert!(mandatory_papers(*kind, true).iter().all(|paper| paper.title != "credit application"));
    }
    let titles = |kind| mandatory_papers(kind, false).iter().map(|paper| paper.title).collect::<Vec<_>>();
    assert_eq!(titles(CustomerType::Enterprise), ["registry extract", "tax form", "credit application"]);
    assert_eq!(titles(CustomerType::Nonprofit), ["determination letter", "exemption certificate"]);
}

#[test]
fn what_a_step_needs_comes_before_it() {
    for step in StepName::ALL {
        let place = |step: &StepName| StepName::ALL.iter().position(|known| known == step);
        assert!(step.needs().iter().all(|needed| place(needed) < place(step)), "{step:?}");
    }
    let budget: u32 = StepName::ALL.iter().map(|step| step.budget_minutes()).sum();
    assert_eq!(budget, 215);
}

/// Any command, as anybody or the clock could give it.
fn any_command() -> impl Strategy<Value = Command> {
    let step = || prop::sample::select(StepName::ALL);
    prop_oneof![
        6 => (step(), prop::sample::select(StepState::ALL)).prop_map(|(step, state)| record(step, state)),
        2 => (step(), any::<bool>()).prop_map(|(step, passed)| judge(step, passed)),
        1 => step().prop_map(|step| Command::Await { step, reason: why() }),
        1 => step().prop_map(|step| Command::Waive { step, reason: why() }),
        1 => Just(Command::Approve),
        1 => any::<bool>().prop_map(|skip_probation| Command::Complete { skip_probation }),
        1 => (step(), 1..4_u8).prop_map(|(step, count)| Command::Remind { step, count }),
        1 => step().prop_map(|step| Command::Escalate { step }),
    ]
}

/// What holds of every case, whatever was asked of it.
fn holds(case: &Onboarding, now: jiff::Timestamp) {
    for (step, record) in &case.steps {
        let first = record.trail.first().map(|entry| entry.at);
        assert_eq!(record.started_at, first, "{step:?} begins with its trail");
        if record.state.is_settled() {
            assert!(case.blocked_by(*step).is_empty(), "{step:?} was settled before what it needs");
            for needed in step.needs() {
                let before = case.steps[needed].settled_at;
                assert!(before <= record.settled_at, "{needed:?} was settled after {step:?}");
            }
        }
    }
    assert!(case.clock.net_seconds(now) <= case.clock.gross_seconds(now));
    assert!(case.clock.net_seconds(now) >= 0);
    for pair in case.clock.pauses.windows(2) {
        assert!(pair[0].until.is_some_and(|until| until <= pair[1].from), "pauses follow one another");
    }
    assert_eq!(case.clock.is_paused(), case.is_open() && case.stands_still());
    assert!(case.awaits_customer() || !case.clock.is_paused(), "only the customer stops it");
    if case.is_open() {
        let stuck = case.workable().is_empty() && !case.open_steps().is_empty();
        assert!(!stuck, "a case that is open can go on");
    }
    if case.state == CaseState::Completed {
        assert!(case.open_steps().is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_step_passes_before_what_it_needs_and_no_case_is_stuck(
        commands in prop::collection::vec((any_command(), 0_i64..100_000), 0..80)
    ) {
        let mut story = started();
        let mut now = 0;
        for (command, seconds) in commands {
            now += seconds;
            story.context.now = at(now);
            let before = story.state.clone();
            match story.state.decide(&story.context, &(), &command) {
                Ok(events) => events.iter().for_each(|event| story.state.evolve(event)),
                Err(refusal) => {
                    prop_assert!(!refusal.sentence.is_empty());
                    prop_assert_eq!(&before, &story.state);
                }
            }
            holds(&story.state, at(now));
            let again = story.state.decide(&story.context, &(), &command);
            if let Ok(events) = again {
                prop_assert_eq!(events, vec![], "written twice: {:?}", command);
            }
        }
        // From wherever it came to, it can be brought to its end.
        if story.state.is_open() {
            settle(&mut story);
            story.accepts(&Command::Complete { skip_probation: true });
            holds(&story.state, at(now));
        }
    }
}
