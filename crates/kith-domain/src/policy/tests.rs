//! Tests of the approval policy.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::access::Role::{
    self, ArManager, Cfo, Compliance, Controller, CreditAnalyst, Legal, Manager, PrivacyOfficer,
};
use crate::approval::Operation;
use crate::context::ActorKind;
use crate::story::Story;
use crate::value::EntityCode;

fn nothing_holds(_: &str) -> bool {
    false
}

fn roles(verdict: &Verdict) -> Vec<Role> {
    verdict.steps.iter().map(|step| step.role).collect()
}

/// D§5.1 and D§2.2, written down once more: lane and roles of every operation that is not green.
fn table() -> BTreeMap<Operation, (Lane, Vec<Role>)> {
    use Operation as Op;
    let yellow = |roles: &[Role]| (Lane::Yellow, roles.to_vec());
    let red = |roles: &[Role]| (Lane::Red, roles.to_vec());
    BTreeMap::from([
        (Op::AccountCreate, yellow(&[ArManager, Controller])),
        (Op::AccountUpdate, yellow(&[ArManager, Controller])),
        (Op::LimitRaise, yellow(&[ArManager, Controller])),
        (Op::LimitCut, yellow(&[ArManager, Controller])),
        (Op::RiskOverride, yellow(&[ArManager, Controller])),
        (Op::AccountRelate, yellow(&[ArManager, Controller])),
        (Op::AccountDeactivate, yellow(&[Manager, Controller])),
        (Op::AccountReactivate, yellow(&[Manager, Controller])),
        (Op::AccountClose, yellow(&[Manager, Controller])),
        (Op::AccountApplyAgain, yellow(&[ArManager])),
        (Op::AccountReject, yellow(&[ArManager])),
        (Op::AccountAdmit, yellow(&[ArManager, Controller])),
        (Op::AccountActivate, yellow(&[Manager, Controller])),
        (Op::OnboardingStartAgain, yellow(&[ArManager])),
        (Op::OnboardingApprove, yellow(&[ArManager, Controller])),
        (Op::OnboardingWaive, yellow(&[ArManager])),
        (Op::OnboardingReject, yellow(&[ArManager])),
        (Op::OnboardingRejectMatch, red(&[Compliance])),
        (Op::AccountMerge, yellow(&[Manager, Controller])),
        (Op::AccountUnmerge, yellow(&[Manager, Controller])),
        (Op::AccountSetParent, yellow(&[Manager, Controller])),
        (Op::AccountReopen, red(&[Manager, Controller, Cfo])),
        (Op::AccountDelete, red(&[Manager, Controller, Cfo])),
        (Op::AccountErase, red(&[PrivacyOfficer, Controller, Legal])),
        (Op::HoldPlace, yellow(&[ArManager])),
        (Op::HoldRelease, yellow(&[Cfo])),
        (Op::ComplianceHoldRelease, red(&[Compliance])),
        (Op::MatchOverride, red(&[Compliance])),
        (Op::ImportExecute, yellow(&[Manager])),
        (Op::ImportRevert, yellow(&[Manager])),
        (Op::PolicySet, red(&[Controller, Cfo])),
    ])
}

#[test]
fn the_seed_is_the_table() {
    let (rules, table) = (Rules::default(), table());
    for operation in Operation::ALL {
        let verdict = rules.judge(&LaneFacts::everyday(*operation, ActorKind::User), &nothing_holds);
        let expected = table.get(operation).cloned().unwrap_or((Lane::Green, vec![]));
        assert_eq!((verdict.lane, roles(&verdict)), expected, "{operation:?}");
        assert!(!verdict.reasons.is_empty());
        assert!(verdict.steps.iter().all(|step| step.role.approves()), "{operation:?}");
    }
    let two = rules.judge(&LaneFacts::everyday(Operation::MatchOverride, ActorKind::User), &nothing_holds);
    assert_eq!(two.steps[0].approvals, 2);
    let bank = |condition: &str| condition.contains("bank_accounts");
    let bank = rules.judge(&LaneFacts::everyday(Operation::AccountUpdate, ActorKind::User), &bank);
    assert_eq!((bank.lane, roles(&bank)), (Lane::Red, vec![ArManager, Controller]));
    assert_eq!(bank.steps[1].proof.as_deref(), Some("call_back"));
    let granting = |condition: &str| condition.contains("grants_approving");
    for operation in [Operation::UserAdd, Operation::UserSetRoles] {
        let verdict = rules.judge(&LaneFacts::everyday(operation, ActorKind::User), &granting);
        assert_eq!((verdict.lane, roles(&verdict)), (Lane::Red, vec![Controller, Cfo]));
    }
}

#[test]
fn times_are_those_of_the_lane_and_short_for_who_waits_to_become_a_customer() {
    let judge = |operation, holds: &dyn Fn(&str) -> bool| {
        Rules::default().judge(&LaneFacts::everyday(operation, ActorKind::User), holds).times
    };
    assert_eq!(judge(Operation::AccountCreate, &nothing_holds).escalate_again_minutes, Some(60));
    assert_eq!(judge(Operation::AccountCreate, &|when| when.contains("active")), Times::of(Lane::Yellow));
    assert_eq!(judge(Operation::AccountDelete, &nothing_holds), Times::of(Lane::Red));
    assert_eq!(Times::of(Lane::Red).escalate_again_minutes, None);
}

#[test]
fn every_reason_raises_by_one_lane() {
    let rules = Rules::default();
    let everyday = LaneFacts::everyday(Operation::AccountUpdate, ActorKind::User);
    let touching =
        |fields: &[&str]| fields.iter().map(|field| (*field).to_owned()).collect::<BTreeSet<String>>();
    let raised = [
        (
            "agent_sensitive",
            LaneFacts { actor: ActorKind::Agent, fields: touching(&["credit_limit"]), ..everyday.clone() },
        ),
        (
            "agent_sensitive",
            LaneFacts {
                actor: ActorKind::Agent,
                fields: touching(&["overrides.EU.payment_terms"]),
                ..everyday.clone()
            },
        ),
        (
            "agent_sensitive",
            LaneFacts {
                actor: ActorKind::Agent,
                held: true,
                fields: touching(&["addresses.city"]),
                ..everyday.clone()
            },
        ),
        ("many_records", LaneFacts { records: 101, ..everyday.clone() }),
        ("over_million", LaneFacts { over_million: true, ..everyday.clone() }),
        ("open_compliance", LaneFacts { open_compliance: true, ..everyday.clone() }),
        ("new_submitter", LaneFacts { new_submitter: true, ..everyday.clone() }),
    ];
    for (code, facts) in raised {
        let verdict = rules.judge(&facts, &nothing_holds);
        assert_eq!((verdict.lane, roles(&verdict)), (Lane::Red, vec![ArManager, Controller, Cfo]), "{code}");
        assert_eq!(verdict.times, Times::of(Lane::Red));
        assert!(verdict.reasons.iter().any(|reason| reason.code == code), "{:?}", verdict.reasons);
    }
    let stays = [
        LaneFacts {
            actor: ActorKind::Agent,
            fields: touching(&["website", "addresses"]),
            ..everyday.clone()
        },
        LaneFacts { records: 100, ..everyday.clone() },
        LaneFacts { new_submitter: true, in_setup: true, ..everyday.clone() },
        LaneFacts { records: 5_000, ..LaneFacts::everyday(Operation::ImportExecute, ActorKind::User) },
    ];
    for facts in stays {
        assert_eq!(rules.judge(&facts, &nothing_holds).lane, Lane::Yellow, "{facts:?}");
    }
    let note =
        LaneFacts { new_submitter: true, ..LaneFacts::everyday(Operation::AccountAddNote, ActorKind::User) };
    assert_eq!(rules.judge(&note, &nothing_holds).lane, Lane::Green, "what is green by the table stays so");
}

#[test]
fn packs_are_off_until_they_are_switched_on() {
    let update = LaneFacts::everyday(Operation::AccountUpdate, ActorKind::User);
    let mut rules = Rules::default();
    let minor = |when: &str| when.starts_with("fields.all");
    assert_eq!(rules.judge(&update, &minor).lane, Lane::Yellow);
    rules.packs = Pack::ALL.into();
    let passed = rules.judge(&update, &minor);
    assert_eq!((passed.lane, passed.pack), (Lane::Green, Some(Pack::GreenMinorEdits)));
    // What raises it, raises it to the policy's own row.
    let new = LaneFacts { new_submitter: true, ..update.clone() };
    let verdict = rules.judge(&new, &minor);
    assert_eq!((verdict.lane, roles(&verdict)), (Lane::Yellow, vec![ArManager, Controller]));
    let by_amount = [
        (25_000, Lane::Yellow, vec![CreditAnalyst]),
        (100_000, Lane::Yellow, vec![ArManager]),
        (500_000, Lane::Yellow, vec![ArManager, Controller]),
        (500_001, Lane::Red, vec![ArManager, Controller, Cfo]),
    ];
    for (amount, lane, expected) in by_amount {
        // Stands for the filter language: a raise of this amount.
        let holds = |when: &str| match when.rsplit_once("amount <= ") {
            Some((_, most)) => amount <= most.parse::<u32>().unwrap(),
            None => when.starts_with("credit_raise"),
        };
        let verdict = rules.judge(&update, &holds);
        assert_eq!((verdict.lane, roles(&verdict)), (lane, expected), "{amount}");
    }
}

fn set(change: impl FnOnce(&mut Rules)) -> Command {
    let mut rules = Rules::default();
    change(&mut rules);
    Command::Set { rules: Box::new(rules) }
}

#[test]
fn every_policy_that_was_set_has_a_version() {
    let mut story = Story::<Policy>::new(Facts::default());
    story.nothing(&set(|_| {}));
    story.accepts(&set(|rules| rules.packs = [Pack::CreditAuthority].into()));
    assert_eq!(story.state.version, 2);
    story.accepts(&set(|_| {}));
    assert_eq!(story.state.version, 3);
    let own = Rules { rows: vec![], ..Rules::default() };
    let create = LaneFacts::everyday(Operation::AccountCreate, ActorKind::User);
    assert_eq!(
        own.judge(&create, &nothing_holds).lane,
        Lane::Yellow,
        "without a row of its own the seed's holds"
    );
}

#[test]
fn a_policy_that_cannot_work_is_refused() {
    let story = Story::<Policy>::new(Facts::default());
    let row = |operation, lane, roles: &[Role]| Row {
        operation,
        when: None,
        lane,
        steps: roles.iter().copied().map(StepRule::of).collect(),
        times: None,
    };
    let faults = set(|rules| {
        rules.rows = vec![
            row(Operation::AccountDelete, Lane::Yellow, &[Manager]),
            row(Operation::TokenCreate, Lane::Green, &[]),
            row(Operation::AccountClose, Lane::Green, &[Manager]),
            row(Operation::AccountMerge, Lane::Red, &[]),
            row(Operation::AccountCreate, Lane::Red, &[Role::Viewer]),
            row(Operation::AccountCreate, Lane::Red, &[Cfo]),
            Row { when: Some("amount > 5".into()), ..row(Operation::AccountRelate, Lane::Red, &[Cfo]) },
        ];
        rules.rows[5].steps[0].approvals = 6;
        rules.rows[5].steps[0].proof = Some(" ".into());
        let times =
            Times { remind_minutes: 0, escalate_minutes: 9, escalate_again_minutes: Some(8), expire_days: 0 };
        rules.rows[5].times = Some(times);
        let successor = Successor { role: Cfo, backup: Some(Role::Admin), manager: None };
        rules.escalation = vec![successor.clone(), Successor { backup: None, ..successor }];
        rules.calendar.closes = rules.calendar.opens;
    });
    story.faults(
        &faults,
        "policy.invalid",
        &[
            ("/rows/0/lane", "stays_red"),
            ("/rows/1/operation", "not_judged"),
            ("/rows/2/steps", "green_has_none"),
            ("/rows/3/steps", "required"),
            ("/rows/4/steps/0/role", "role_never_approves"),
            ("/rows/5/times/remind_minutes", "out_of_range"),
            ("/rows/5/times/escalate_again_minutes", "out_of_range"),
            ("/rows/5/times/expire_days", "out_of_range"),
            ("/rows/5/steps/0/approvals", "out_of_range"),
            ("/rows/5/steps/0/proof", "required"),
            ("/rows/4/when", "unreachable"),
            ("/rows/6/when", "no_row_holds"),
            ("/escalation/0/backup", "role_never_approves"),
            ("/escalation/1/role", "duplicate"),
            ("/calendar/closes", "too_early"),
        ],
    );
}

#[test]
fn business_time_leaves_out_nights_weekends_and_holidays() {
    let entity: EntityCode = "DE".parse().unwrap();
    let holiday = Holiday { entity: Some(entity.clone()), on: jiff::civil::date(2026, 12, 25) };
    let calendar = Calendar { holidays: vec![holiday], ..Calendar::default() };
    let after = |start: &str, minutes, zone| {
        calendar.after(start.parse().unwrap(), minutes, zone, Some(&entity)).to_string()
    };
    assert_eq!(after("2026-11-23T09:00:00Z", 240, "UTC"), "2026-11-23T13:00:00Z");
    assert_eq!(after("2026-11-23T16:00:00Z", 240, "UTC"), "2026-11-24T10:00:00Z", "the night is left out");
    assert_eq!(after("2026-11-27T17:00:00Z", 120, "UTC"), "2026-11-30T09:00:00Z", "and the weekend");
    assert_eq!(after("2026-11-28T12:00:00Z", 15, "UTC"), "2026-11-30T08:15:00Z");
    assert_eq!(
        after("2026-12-24T17:00:00Z", 120, "UTC"),
        "2026-12-28T09:00:00Z",
        "and the holiday of the entity"
    );
    let elsewhere = calendar.after("2026-12-24T17:00:00Z".parse().unwrap(), 120, "UTC", None);
    assert_eq!(elsewhere.to_string(), "2026-12-25T09:00:00Z");
    // 08:00 in New York is 13:00 in UTC in winter and 12:00 in summer.
    assert_eq!(after("2026-11-23T05:00:00Z", 30, "America/New_York"), "2026-11-23T13:30:00Z");
    assert_eq!(
        after("2026-03-06T22:00:00Z", 120, "America/New_York"),
        "2026-03-09T13:00:00Z",
        "over a change of clocks"
    );
    let between = |from: &str, until: &str| {
        calendar.minutes_between(from.parse().unwrap(), until.parse().unwrap(), "UTC", Some(&entity))
    };
    assert_eq!(between("2026-11-23T16:00:00Z", "2026-11-24T10:00:00Z"), 240, "the night is left out");
    assert_eq!(between("2026-11-27T17:00:00Z", "2026-11-30T09:00:00Z"), 120, "and the weekend");
    assert_eq!(between("2026-12-24T17:00:00Z", "2026-12-28T09:00:00Z"), 120, "and the holiday");
    assert_eq!(between("2026-11-23T20:00:00Z", "2026-11-23T21:00:00Z"), 0);
    let five_days = 5 * calendar.minutes_of_day();
    assert_eq!(after("2026-11-23T10:00:00Z", five_days, "UTC"), "2026-11-30T10:00:00Z");
}
