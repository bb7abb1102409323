//! What keeps a limit from jumping, and what a customer without history gets.

use super::{LimitInputs, LimitPolicy, Outcome, Rail};
use crate::class::RiskClass;

/// Least days of history and paid invoices of a limit that follows behaviour.
const HISTORY_DAYS: u32 = 90;
const PAID_INVOICES: u32 = 3;
/// Days between two raises.
const RAISE_EVERY_DAYS: u32 = 30;
/// Disputed share of the open balance above which nothing is raised.
const DISPUTED_MOST: f64 = 0.10;

/// What is left of a target.
#[derive(Debug)]
pub(super) struct Guarded {
    pub(super) outcome: Outcome,
    pub(super) minor: i64,
    pub(super) rails: Vec<Rail>,
}

fn rail(code: &str, text: String) -> Rail {
    Rail { code: code.to_owned(), text }
}

/// Holds the target against what is in force.
pub(super) fn guard(inputs: &LimitInputs, policy: &LimitPolicy, target: i64) -> Guarded {
    let is_lost = inputs.class == RiskClass::F || inputs.is_insolvent;
    let target = if is_lost { 0 } else { target };
    let has_history = inputs.history_days >= HISTORY_DAYS && inputs.paid_invoices >= PAID_INVOICES;
    let mut guarded = match inputs.current_minor {
        None if is_lost => Guarded { outcome: Outcome::Keep, minor: 0, rails: Vec::new() },
        None if has_history => Guarded { outcome: Outcome::Set, minor: target, rails: Vec::new() },
        None => first(inputs, policy),
        Some(current) if !has_history && !is_lost => kept(current, short_history(inputs)),
        Some(current) if target > current => raise(inputs, policy, current, target),
        Some(current) => cut(inputs, policy, current, target, is_lost),
    };
    if guarded.outcome == Outcome::Set && guarded.minor == 0 {
        guarded.outcome = Outcome::Keep;
    }
    if guarded.minor < inputs.guard.exposure_minor && guarded.outcome == Outcome::Cut {
        let text = "The limit will be below what is owed: new orders are held until it is paid.";
        guarded.rails.push(rail("below_exposure", text.to_owned()));
    }
    guarded
}

fn kept(current: i64, rail: Rail) -> Guarded {
    Guarded { outcome: Outcome::Keep, minor: current, rails: vec![rail] }
}

fn short_history(inputs: &LimitInputs) -> Rail {
    let (days, paid) = (inputs.history_days, inputs.paid_invoices);
    let text = format!(
        "Days of history: {days}, paid invoices: {paid}; a limit follows behaviour from {HISTORY_DAYS} and {PAID_INVOICES} on."
    );
    rail("short_history", text)
}

/// A customer without history and without a limit gets a first one.
fn first(inputs: &LimitInputs, policy: &LimitPolicy) -> Guarded {
    let recommended =
        inputs.caps.recommended_minor.map(|minor| minor.clamp(0, policy.recommended_most_minor));
    let minor = recommended.unwrap_or(policy.first_minor).min(policy.most(inputs.class));
    Guarded { outcome: Outcome::Set, minor, rails: vec![short_history(inputs)] }
}

fn raise(inputs: &LimitInputs, policy: &LimitPolicy, current: i64, target: i64) -> Guarded {
    let guard = &inputs.guard;
    if is_small(current, target) {
        return kept(current, small());
    }
    let because = if guard.in_probation {
        Some(("probation", "No raise during probation.".to_owned()))
    } else if guard.on_watch {
        Some(("watch", "No raise while on watch.".to_owned()))
    } else if guard.disputed_share > DISPUTED_MOST {
        Some(("disputed", "No raise while more than 10 % of the open balance is disputed.".to_owned()))
    } else {
        let days = guard.days_since_raise.filter(|days| *days < RAISE_EVERY_DAYS);
        let text = |days| {
            format!("Days since the last raise: {days}; the next is possible after {RAISE_EVERY_DAYS}.")
        };
        days.map(|days| ("raised_lately", text(days)))
    };
    if let Some((code, text)) = because {
        return kept(current, rail(code, text));
    }
    let most = current.saturating_add(current / 4);
    if current == 0 || target <= most {
        return Guarded { outcome: Outcome::Raise, minor: target, rails: Vec::new() };
    }
    // A small limit may not reach the next step at once: then it goes as far as it may.
    let stepped = Some(policy.floor_to_step(most)).filter(|minor| *minor > current).unwrap_or(most);
    if stepped == current {
        return kept(current, small());
    }
    let rails = vec![rail("raise_too_fast", "A limit is raised by 25 % in 30 days at most.".to_owned())];
    Guarded { outcome: Outcome::Raise, minor: stepped, rails }
}

fn cut(inputs: &LimitInputs, policy: &LimitPolicy, current: i64, target: i64, is_lost: bool) -> Guarded {
    if current == target {
        return Guarded { outcome: Outcome::Keep, minor: current, rails: Vec::new() };
    }
    let highest = inputs.guard.highest_7d_minor.unwrap_or(current).max(current);
    let least = if is_lost { 0 } else { policy.ceil_to_step(highest / 2 + highest % 2) };
    let minor = target.max(least).min(current);
    if !is_lost && is_small(current, minor) {
        return kept(current, small());
    }
    let mut rails = Vec::new();
    if minor > target {
        rails.push(rail("cut_too_fast", "A limit is cut by 50 % in 7 days at most.".to_owned()));
    }
    Guarded { outcome: Outcome::Cut, minor, rails }
}

/// Whether a move is less than a tenth of what is in force.
fn is_small(current: i64, minor: i64) -> bool {
    i128::from(current.abs_diff(minor)) * 10 < i128::from(current)
}

fn small() -> Rail {
    rail("small_change", "A move of less than 10 % is not worth a change.".to_owned())
}
