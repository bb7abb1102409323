//! The seed table of D§5.1: version 1 of the policy, and the rows of its packs.

use std::collections::BTreeSet;

use super::{Calendar, Lane, Pack, Row, Rules, StepRule, Times};
use crate::access::Role;
use crate::access::Role::{
    ArManager, Cfo, Compliance, Controller, CreditAnalyst, Legal, Manager, PrivacyOfficer,
};
use crate::approval::Operation;
use crate::credit::CreditRules;
use crate::order::OrderRules;

fn row(operation: Operation, lane: Lane, roles: &[Role]) -> Row {
    let steps = roles.iter().copied().map(StepRule::of).collect();
    Row { operation, when: None, lane, steps, times: None }
}

fn when(condition: &str, row: Row) -> Row {
    Row { when: Some(condition.to_owned()), ..row }
}

/// A customer who waits to become one is decided on within hours (D§5.2).
fn onboarding() -> Times {
    Times { remind_minutes: 15, escalate_minutes: 30, escalate_again_minutes: Some(60), expire_days: 5 }
}

/// Where money of ours is sent to.
const BANK: &str =
    "fields.exists(field, field.startsWith(\"bank_accounts\") || field.startsWith(\"remit_to\"))";

/// What two officers of compliance decide.
fn two_officers(operation: Operation) -> Row {
    Row {
        steps: vec![StepRule { approvals: 2, ..StepRule::of(Compliance) }],
        ..row(operation, Lane::Red, &[])
    }
}

/// The moves into the life of a customer, and the steps before.
fn onboarding_rows() -> Vec<Row> {
    let (yellow, red) = (Lane::Yellow, Lane::Red);
    let records = [ArManager, Controller];
    let life = [Manager, Controller];
    vec![
        row(Operation::AccountApplyAgain, yellow, &[ArManager]),
        row(Operation::AccountReject, yellow, &[ArManager]),
        row(Operation::AccountAdmit, yellow, &records),
        when("actor_kind == \"system\"", row(Operation::AccountActivate, Lane::Green, &[])),
        row(Operation::AccountActivate, yellow, &life),
        row(Operation::OnboardingStartAgain, yellow, &[ArManager]),
        Row { times: Some(onboarding()), ..row(Operation::OnboardingApprove, yellow, &records) },
        when(
            "step in [\"owners\", \"screening\"]",
            row(Operation::OnboardingWaive, red, &[Compliance, Controller]),
        ),
        row(Operation::OnboardingWaive, yellow, &[ArManager]),
        row(Operation::OnboardingReject, yellow, &[ArManager]),
        two_officers(Operation::OnboardingRejectMatch),
    ]
}

/// Holds and watches: protection stands at once, its end is asked for.
fn hold_rows() -> Vec<Row> {
    let (yellow, red) = (Lane::Yellow, Lane::Red);
    vec![
        when(
            "hold_type in [\"compliance\", \"fraud\", \"legal\"] || actor_kind == \"system\"",
            row(Operation::HoldPlace, Lane::Green, &[]),
        ),
        row(Operation::HoldPlace, yellow, &[ArManager]),
        when("actor_kind == \"system\"", row(Operation::HoldRelease, Lane::Green, &[])),
        when("hold_type != \"credit\"", row(Operation::HoldRelease, yellow, &[ArManager])),
        when("amount <= 25000", row(Operation::HoldRelease, yellow, &[CreditAnalyst])),
        when("amount <= 100000", row(Operation::HoldRelease, yellow, &[ArManager])),
        when("amount <= 500000", row(Operation::HoldRelease, yellow, &[Controller])),
        row(Operation::HoldRelease, yellow, &[Cfo]),
        when("hold_type == \"legal\"", row(Operation::ComplianceHoldRelease, red, &[Legal, Compliance])),
        two_officers(Operation::ComplianceHoldRelease),
        row(Operation::WatchSet, Lane::Green, &[]),
        row(Operation::WatchClear, Lane::Green, &[]),
    ]
}

impl Default for Rules {
    fn default() -> Self {
        let (yellow, red) = (Lane::Yellow, Lane::Red);
        let records = [ArManager, Controller];
        let life = [Manager, Controller];
        let called_back = StepRule { proof: Some("call_back".into()), ..StepRule::of(Controller) };
        let bank = |operation| {
            let steps = vec![StepRule::of(ArManager), called_back.clone()];
            when(BANK, Row { steps, ..row(operation, red, &[]) })
        };
        let mut rows = vec![
            bank(Operation::AccountCreate),
            when("stage == \"active\"", row(Operation::AccountCreate, yellow, &records)),
            Row { times: Some(onboarding()), ..row(Operation::AccountCreate, yellow, &records) },
            bank(Operation::AccountUpdate),
            row(Operation::AccountUpdate, yellow, &records),
            row(Operation::LimitRaise, yellow, &records),
            row(Operation::LimitCut, yellow, &records),
            row(Operation::RiskOverride, yellow, &records),
            row(Operation::AccountRelate, yellow, &records),
            row(Operation::AccountDeactivate, yellow, &life),
            row(Operation::AccountReactivate, yellow, &life),
            row(Operation::AccountClose, yellow, &life),
            row(Operation::AccountMerge, yellow, &life),
            row(Operation::AccountUnmerge, yellow, &life),
            row(Operation::AccountSetParent, yellow, &life),
            row(Operation::AccountReopen, red, &[Manager, Controller, Cfo]),
            row(Operation::AccountDelete, red, &[Manager, Controller, Cfo]),
            row(Operation::AccountErase, red, &[PrivacyOfficer, Controller, Legal]),
            two_officers(Operation::MatchOverride),
            row(Operation::ImportExecute, yellow, &[Manager]),
            row(Operation::ImportRevert, yellow, &[Manager]),
            when("grants_approving && !in_setup", row(Operation::UserAdd, red, &[Controller, Cfo])),
            row(Operation::UserAdd, Lane::Green, &[]),
            when("grants_approving && !in_setup", row(Operation::UserSetRoles, red, &[Controller, Cfo])),
            row(Operation::UserSetRoles, Lane::Green, &[]),
            row(Operation::PolicySet, red, &[Controller, Cfo]),
        ];
        rows.extend(onboarding_rows());
        rows.extend(hold_rows());
        Self {
            rows,
            packs: BTreeSet::new(),
            escalation: Vec::new(),
            calendar: Calendar::default(),
            credit: CreditRules::default(),
            orders: OrderRules::default(),
        }
    }
}

/// Fields whose edits harm nobody; the domain follows from the website.
const MINOR: &str = "fields.all(field, field in [\"notes\", \"website\", \"domain\", \"contacts.phone\", \"contacts.title\"] \
    || field.startsWith(\"metadata\") || field.startsWith(\"dimensions\") \
    || field.startsWith(\"communication_prefs\") || field.startsWith(\"lanes\"))";

/// Nothing but a higher limit.
const RAISE: &str = "credit_raise && fields.all(field, field == \"credit_limit\")";

impl Pack {
    /// The rows that the pack puts before those of the policy.
    #[must_use]
    pub fn rows(self) -> Vec<Row> {
        let update = |lane, roles: &[Role]| row(Operation::AccountUpdate, lane, roles);
        let up_to = |most: u32| format!("{RAISE} && amount <= {most}");
        let raise = |most: u32, roles: &[Role]| {
            when(&format!("amount <= {most}"), row(Operation::LimitRaise, Lane::Yellow, roles))
        };
        match self {
            Self::GreenMinorEdits => vec![when(MINOR, update(Lane::Green, &[]))],
            Self::DynamicLimits => vec![row(Operation::LimitCut, Lane::Green, &[])],
            Self::CreditAuthority => vec![
                when(&up_to(25_000), update(Lane::Yellow, &[CreditAnalyst])),
                when(&up_to(100_000), update(Lane::Yellow, &[ArManager])),
                when(&up_to(500_000), update(Lane::Yellow, &[ArManager, Controller])),
                when(RAISE, update(Lane::Red, &[ArManager, Controller, Cfo])),
                raise(25_000, &[CreditAnalyst]),
                raise(100_000, &[ArManager]),
                raise(500_000, &[ArManager, Controller]),
                row(Operation::LimitRaise, Lane::Red, &[ArManager, Controller, Cfo]),
            ],
        }
    }
}
