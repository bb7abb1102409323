//! What waits for approval already is not asked for a second time: the second could only fail.

use kith_domain::approval::{Change, Operation};
use kith_domain::command::{Command, operation};
use kith_domain::policy::StepRule;
use kith_domain::refusal::{Refusal, RefusalKind};
use kith_store::{Fault, Noun};
use serde_json::Value;

use super::Shown;
use crate::execute::Walk;
use crate::noun::{Loaded, json_of, read};

/// Steps in the life of a thing: whatever reason is given, there is one of a kind.
const STEPS: [Operation; 11] = [
    Operation::AccountActivate,
    Operation::AccountDeactivate,
    Operation::AccountReactivate,
    Operation::AccountClose,
    Operation::AccountReopen,
    Operation::AccountDelete,
    Operation::AccountErase,
    Operation::AccountReject,
    Operation::AccountAdmit,
    Operation::OnboardingApprove,
    Operation::DocumentDelete,
];

/// What is done to a part of a thing, once: the same when it is the same but for what is said of it.
const ACTS: [Operation; 14] = [
    Operation::AccountMerge,
    Operation::AccountUnmerge,
    Operation::AccountSetParent,
    Operation::HoldRelease,
    Operation::ComplianceHoldRelease,
    Operation::MatchOverride,
    Operation::OnboardingWaive,
    Operation::OnboardingReject,
    Operation::OnboardingRejectMatch,
    Operation::ContractTerminate,
    Operation::TaxProfileVerify,
    Operation::TaxProfileRevoke,
    Operation::UserSuspend,
    Operation::DelegationEnd,
];

/// Changes of a thing that are looked at.
const WAITING_MAX: u32 = 100;

/// Refuses a command that waits already for the same thing. What other approvers would decide today, since more hangs
/// on it by now, is not the same.
pub(super) fn refusal(
    walk: &mut Walk<'_, '_>,
    (command, target): (&Command, &str),
    shown: &Shown,
    steps: &[StepRule],
) -> Result<Option<Refusal>, Fault> {
    let wanted = operation(command);
    if !STEPS.contains(&wanted) && !ACTS.contains(&wanted) {
        return Ok(None);
    }
    let same =
        [("state", "waiting".into()), ("operation", wanted.as_str().into()), ("target", target.into())];
    let act = act_of(command)?;
    for document in walk.unit.list(Noun::Change, &same, None, WAITING_MAX)? {
        let waiting: Loaded<Change> = read(document)?;
        let other = waiting.state.targets.get(1) == shown.other.as_ref();
        let alike = match &waiting.state.command {
            _ if STEPS.contains(&wanted) => true,
            _ if wanted == Operation::AccountMerge => other,
            Some(held) => {
                let roles = waiting.state.steps.iter().map(|step| step.role);
                act_of(held)? == act && roles.eq(steps.iter().map(|rule| rule.role))
            }
            None => false,
        };
        if alike {
            return Ok(Some(waits(&waiting.id)));
        }
    }
    Ok(None)
}

/// A command without what is said of it.
fn act_of(command: &Command) -> Result<Value, Fault> {
    let mut act = json_of(command)?;
    strip(&mut act);
    Ok(act)
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|name, _| !matches!(name.as_str(), "reason" | "comment" | "evidence"));
            members.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn waits(change: &str) -> Refusal {
    Refusal::new(
        RefusalKind::Conflict,
        "change.already_waiting",
        format!("The same is waiting for approval already: {change}."),
        "Decide or cancel the change that waits.",
    )
}
