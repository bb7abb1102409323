//! The lane and the steps of one operation, with the reasons why.

use serde::{Deserialize, Serialize};

use super::{Lane, LaneFacts, Pack, Row, Rules, StepRule, Times};
use crate::access::Role;
use crate::approval::Operation;
use crate::context::ActorKind;

/// One reason why a change is in its lane.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Stable code.
    pub code: String,
    /// A sentence for people.
    pub text: String,
}

impl Reason {
    fn new(code: &str, text: impl Into<String>) -> Self {
        Self { code: code.to_owned(), text: text.into() }
    }
}

/// What the policy says about one operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The lane.
    pub lane: Lane,
    /// Who approves, in sequence; nobody in the green lane.
    pub steps: Vec<StepRule>,
    /// How long they have.
    pub times: Times,
    /// Why.
    pub reasons: Vec<Reason>,
    /// The pack whose row it is.
    pub pack: Option<Pack>,
}

/// A row with the pack that it comes from.
struct Found {
    row: Row,
    pack: Option<Pack>,
}

impl Rules {
    /// Judges an operation; `holds` says whether a condition of the filter language holds for it.
    ///
    /// The first row that holds gives lane and steps. A yellow lane is raised to red, with Controller and CFO
    /// where absent, for each reason of D§5.1; the green of a pack is raised to the policy's own row.
    #[must_use]
    pub fn judge(&self, facts: &LaneFacts, holds: &dyn Fn(&str) -> bool) -> Verdict {
        let found = self.find(facts.operation, true, holds);
        let Found { row, pack } = found;
        let raised = raises(facts);
        if row.lane == Lane::Green && pack.is_some() && !raised.is_empty() {
            let mut verdict = verdict(self.find(facts.operation, false, holds).row, None, facts);
            verdict.reasons.extend(raised);
            return verdict;
        }
        let mut verdict = verdict(row, pack, facts);
        if verdict.lane == Lane::Green || raised.is_empty() {
            return verdict;
        }
        verdict.reasons.extend(raised);
        if verdict.lane == Lane::Yellow {
            verdict.lane = Lane::Red;
            verdict.times = Times::of(Lane::Red);
            for role in [Role::Controller, Role::Cfo] {
                if !verdict.steps.iter().any(|step| step.role == role) {
                    verdict.steps.push(StepRule::of(role));
                }
            }
        }
        verdict
    }

    /// The rows that are asked for an operation: the policy's own, or the seed's where it has none, so that no new
    /// operation is free because an older policy does not know it.
    fn find(&self, operation: Operation, packs: bool, holds: &dyn Fn(&str) -> bool) -> Found {
        let holds = |row: &Row| row.operation == operation && row.when.as_deref().is_none_or(holds);
        let of_packs = || self.packs.iter().flat_map(|pack| pack.rows().into_iter().map(|row| (row, *pack)));
        if packs && let Some((row, pack)) = of_packs().find(|(row, _)| holds(row)) {
            return Found { row, pack: Some(pack) };
        }
        let own = self.rows.iter().any(|row| row.operation == operation);
        let seed = if own { None } else { Some(Self::default()) };
        let rows = seed.as_ref().map_or(&self.rows, |seed| &seed.rows);
        let row = rows.iter().find(|row| holds(row)).cloned();
        let free = Row { operation, when: None, lane: Lane::Green, steps: Vec::new(), times: None };
        Found { row: row.unwrap_or(free), pack: None }
    }
}

fn verdict(row: Row, pack: Option<Pack>, facts: &LaneFacts) -> Verdict {
    let names: Vec<String> = row.steps.iter().map(step_name).collect();
    let text = match (row.lane, pack) {
        (Lane::Green, Some(pack)) => format!("The policy pack {} lets it pass.", pack.as_str()),
        (Lane::Green, None) => "The policy asks nobody for it.".to_owned(),
        (_, Some(pack)) => format!("The policy pack {} asks for {}.", pack.as_str(), names.join(", then ")),
        (_, None) => format!("The policy asks for {}.", names.join(", then ")),
    };
    let mut reasons = vec![Reason::new("policy_row", text)];
    if let Some(condition) = &row.when {
        reasons.push(Reason::new("condition", format!("Because {condition}.")));
    }
    if row.lane != Lane::Green && facts.touches_sensitive() {
        let sensitive = facts.fields.iter().filter(|field| super::sensitive(field, facts.held));
        let fields: Vec<String> = sensitive.map(|field| field.replace('_', " ")).collect();
        reasons.push(Reason::new("sensitive_field", format!("It touches {}.", fields.join(", "))));
    }
    let times = row.times.unwrap_or_else(|| Times::of(row.lane));
    Verdict { lane: row.lane, steps: row.steps, times, reasons, pack }
}

fn step_name(step: &StepRule) -> String {
    match step.approvals {
        1 => step.role.title().to_owned(),
        many => format!("{many} × {}", step.role.title()),
    }
}

/// What raises a lane (D§5.1).
fn raises(facts: &LaneFacts) -> Vec<Reason> {
    let mut found = Vec::new();
    if facts.actor == ActorKind::Agent && facts.touches_sensitive() {
        found.push(Reason::new("agent_sensitive", "An agent touches a sensitive field."));
    }
    if facts.records > 100 && !matches!(facts.operation, Operation::ImportExecute | Operation::ImportRevert) {
        found.push(Reason::new("many_records", format!("It touches {} records.", facts.records)));
    }
    if facts.over_million {
        found.push(Reason::new("over_million", "An amount in it is above 1,000,000."));
    }
    if facts.open_compliance {
        found.push(Reason::new("open_compliance", "The account has an open fraud or compliance item."));
    }
    if facts.new_submitter && !facts.in_setup {
        found.push(Reason::new("new_submitter", "Whoever submits it has been a user for less than 7 days."));
    }
    found
}
