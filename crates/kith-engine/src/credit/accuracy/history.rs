//! An account through its records: every state with how it came about.

use jiff::Timestamp;
use kith_domain::account::Account;
use kith_domain::policy::{Pack, Policy, Rules};
use kith_store::{Fault, Reader};
use serde_json::Value;

use crate::noun::POLICY;
use crate::past::each_state;

/// A state of an account from a moment on.
#[derive(Debug, Clone)]
pub(in crate::credit) struct Step {
    pub(super) at: Timestamp,
    pub(in crate::credit) account: Account,
    /// The same without what rules did to limits by themselves.
    pub(super) decided: Account,
    /// A rule set a limit by itself: nobody approved it.
    pub(super) ruled: bool,
}

/// Every state of an account, the oldest first.
pub(in crate::credit) fn steps(reader: &mut Reader<'_>, id: &str) -> Result<Vec<Step>, Fault> {
    let mut steps: Vec<Step> = Vec::new();
    let mut decided = Account::default();
    each_state::<Account>(reader, id, |header, event, account| {
        let Ok(at) = header.at.parse::<Timestamp>() else { return };
        let by_rule = header.actor.get("kind").and_then(Value::as_str) == Some("system");
        let approved = header.cause.as_ref().is_some_and(|cause| cause.get("change").is_some());
        let ruled = by_rule && !approved && header.body.get("limit_adjusted").is_some();
        if !ruled {
            kith_domain::decider::Decider::evolve(&mut decided, event);
        }
        steps.push(Step { at, account: account.clone(), decided: decided.clone(), ruled });
    })?;
    Ok(steps)
}

/// The last state up to a moment.
pub(in crate::credit) fn state_at(steps: &[Step], at: Timestamp) -> Option<&Step> {
    let after = steps.partition_point(|step| step.at <= at);
    after.checked_sub(1).and_then(|place| steps.get(place))
}

/// The rules that held, each from a moment on.
#[derive(Debug, Clone, Default)]
pub(super) struct Policies(Vec<(Timestamp, u64, Rules)>);

impl Policies {
    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        let mut all = vec![(Timestamp::MIN, 1, Rules::default())];
        each_state::<Policy>(reader, POLICY, |header, _, policy| {
            if let Ok(at) = header.at.parse() {
                all.push((at, policy.version, policy.rules.clone()));
            }
        })?;
        Ok(Self(all))
    }

    /// Version and rules at a moment.
    pub(super) fn at(&self, at: Timestamp) -> Option<(u64, &Rules)> {
        let held = self.0.iter().rev().find(|(since, _, _)| *since <= at);
        held.map(|(_, version, rules)| (*version, rules))
    }

    /// Whether limits followed behaviour by themselves at a moment.
    pub(super) fn limits_follow(&self, at: Timestamp) -> bool {
        self.at(at).is_some_and(|(_, rules)| rules.packs.contains(&Pack::DynamicLimits))
    }
}
