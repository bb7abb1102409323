//! The rules of the policy itself: what a table of approvals must not say.

use std::collections::BTreeSet;

use super::{Command, Event, Lane, Policy, Row, Rules, StepRule, Times, refusal};
use crate::access::Role;
use crate::approval::Operation;
use crate::context::Context;
use crate::decider::Decider;
use crate::refusal::{FieldFault, Refusal};

/// What the rules need to know.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// What is wrong with the conditions, as the filter language says.
    pub condition_faults: Vec<FieldFault>,
}

/// Most rows of a policy.
const ROWS_MAX: usize = 200;
/// Most steps of a row.
const STEPS_MAX: usize = 8;
/// Most people in one step.
const APPROVALS_MAX: u8 = 5;
/// Most holidays.
const HOLIDAYS_MAX: usize = 2_000;
/// Longest time of a step, in business minutes: about 200 business days.
const MINUTES_MAX: u32 = 120_000;

impl Decider for Policy {
    type Command = Command;
    type Event = Event;
    type Facts = Facts;

    fn decide(&self, context: &Context, facts: &Facts, command: &Command) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Set { rules } => {
                let mut faults = check(rules);
                faults.extend(rules.credit.faults());
                faults.extend(facts.condition_faults.iter().cloned());
                if !faults.is_empty() {
                    return Err(refusal::invalid().with_fields(faults));
                }
                if **rules == self.rules {
                    return Ok(vec![]);
                }
                let version = self.version.saturating_add(1);
                let (rules, by) = (rules.clone(), context.actor.clone());
                Ok(vec![Event::Set { version, rules, by, at: context.now }])
            }
        }
    }

    fn evolve(&mut self, event: &Event) {
        self.apply(event);
    }

    fn kind(event: &Event) -> &'static str {
        match event {
            Event::Set { .. } => "policy.set.v1",
        }
    }
}

/// Operations that stay red, whatever the policy says of their steps.
fn stays_red(operation: Operation) -> bool {
    matches!(
        operation,
        Operation::PolicySet
            | Operation::AccountDelete
            | Operation::AccountErase
            | Operation::ComplianceHoldRelease
            | Operation::MatchOverride
            | Operation::OnboardingRejectMatch
    )
}

/// Whether anybody asks the policy about an operation.
fn is_judged(operation: Operation) -> bool {
    let seeded = || Rules::default().rows.iter().any(|row| row.operation == operation);
    operation.as_str().starts_with("account_") || seeded()
}

fn check(rules: &Rules) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    if rules.rows.len() > ROWS_MAX {
        faults.push(FieldFault::new("/rows", "too_many", format!("more than {ROWS_MAX} rows")));
    }
    for (place, row) in rules.rows.iter().enumerate() {
        check_row(row, &format!("/rows/{place}"), &mut faults);
    }
    for (place, row) in rules.rows.iter().enumerate() {
        let after = rules.rows.iter().skip(place.saturating_add(1));
        let more = after.filter(|other| other.operation == row.operation).count() > 0;
        let place = format!("/rows/{place}/when");
        if row.when.is_none() && more {
            let message = "the rows after it for the same operation are never reached";
            faults.push(FieldFault::new(place, "unreachable", message));
        } else if row.when.is_some() && !more {
            let message = "the last row of an operation has no condition, so that one always holds";
            faults.push(FieldFault::new(place, "no_row_holds", message));
        }
    }
    let mut seen = BTreeSet::new();
    for (place, successor) in rules.escalation.iter().enumerate() {
        if !seen.insert(successor.role) {
            let message = "this role stands here twice";
            faults.push(FieldFault::new(format!("/escalation/{place}/role"), "duplicate", message));
        }
        for (name, role) in [("backup", successor.backup), ("manager", successor.manager)] {
            if let Some(role) = role {
                check_role(role, &format!("/escalation/{place}/{name}"), &mut faults);
            }
        }
    }
    let calendar = &rules.calendar;
    if calendar.minutes_of_day() == 0 {
        let message = "a business day ends at least a minute after it begins";
        faults.push(FieldFault::new("/calendar/closes", "too_early", message));
    }
    if calendar.holidays.len() > HOLIDAYS_MAX {
        let message = format!("more than {HOLIDAYS_MAX} holidays");
        faults.push(FieldFault::new("/calendar/holidays", "too_many", message));
    }
    faults
}

fn check_row(row: &Row, place: &str, faults: &mut Vec<FieldFault>) {
    let mut fault = |member: &str, code: &str, message: &str| {
        faults.push(FieldFault::new(format!("{place}/{member}"), code, message));
    };
    if !is_judged(row.operation) {
        fault("operation", "not_judged", "this operation never waits for approval");
    }
    if stays_red(row.operation) && row.lane != Lane::Red {
        fault("lane", "stays_red", "this operation stays in the red lane");
    }
    match (row.lane, row.steps.len()) {
        (Lane::Green, 1..) => fault("steps", "green_has_none", "what is green is approved by nobody"),
        (Lane::Yellow | Lane::Red, 0) => fault("steps", "required", "who approves it?"),
        (_, steps) if steps > STEPS_MAX => fault("steps", "too_many", "more than 8 steps"),
        _ => {}
    }
    if let Some(times) = &row.times {
        check_times(times, &format!("{place}/times"), faults);
    }
    for (number, step) in row.steps.iter().enumerate() {
        check_step(step, &format!("{place}/steps/{number}"), faults);
    }
}

fn check_step(step: &StepRule, place: &str, faults: &mut Vec<FieldFault>) {
    check_role(step.role, &format!("{place}/role"), faults);
    if !(1..=APPROVALS_MAX).contains(&step.approvals) {
        let message = format!("expected 1 to {APPROVALS_MAX} people");
        faults.push(FieldFault::new(format!("{place}/approvals"), "out_of_range", message));
    }
    if let Some(proof) = &step.proof
        && let Err(error) = crate::value::line(proof, 100)
    {
        faults.push(FieldFault::new(format!("{place}/proof"), error.code(), error.to_string()));
    }
}

fn check_role(role: Role, place: &str, faults: &mut Vec<FieldFault>) {
    if !role.approves() {
        faults.push(FieldFault::new(
            place,
            "role_never_approves",
            format!("{} never approves", role.title()),
        ));
    }
}

fn check_times(times: &Times, place: &str, faults: &mut Vec<FieldFault>) {
    let mut fault = |member: &str, message: &str| {
        faults.push(FieldFault::new(format!("{place}/{member}"), "out_of_range", message));
    };
    let minutes = |minutes: u32| (1..=MINUTES_MAX).contains(&minutes);
    if !minutes(times.remind_minutes) {
        fault("remind_minutes", "expected 1 to 120,000 business minutes");
    }
    if !minutes(times.escalate_minutes) || times.escalate_minutes < times.remind_minutes {
        fault("escalate_minutes", "expected minutes not before the reminder");
    }
    if times.escalate_again_minutes.is_some_and(|again| !minutes(again) || again < times.escalate_minutes) {
        fault("escalate_again_minutes", "expected minutes not before the first escalation");
    }
    if !(1..=250).contains(&times.expire_days) {
        fault("expire_days", "expected 1 to 250 business days");
    }
}
