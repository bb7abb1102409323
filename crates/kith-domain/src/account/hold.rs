//! What stands in an account's way, and what is kept an eye on: holds and the watch (D§2.1).
//!
//! Holds are beside the stage: an active account with a credit hold is still active. Each says why it is there and what
//! would release it.

use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};

use super::stage::checked_reason;
use super::{Account, Command, Event, Facts, Stage, refusal, words};
use crate::context::Context;
use crate::refusal::{FieldFault, Refusal};
use crate::value::{EntityCode, HoldId, Personal, UserId, line};

/// Days within which every hold is looked at again.
const REVIEW_DAYS: i64 = 30;
/// Days that an account is watched, unless somebody says otherwise.
const WATCH_DAYS: i64 = 90;
/// Most days that an account is watched without being put there again.
const WATCH_DAYS_MAX: i64 = 366;
/// Longest sentence about what releases a hold, in bytes.
const RULE_MAX: usize = 300;

words! {
    /// What kind of hold.
    HoldType {
        /// It owes too much, or too late.
        Credit = "credit",
        /// Who it is, or whom it belongs to, must be looked into.
        Compliance = "compliance",
        /// It may be a fraud.
        Fraud = "fraud",
        /// A court or a lawyer says so.
        Legal = "legal",
        /// Something is disputed with the customer.
        Dispute = "dispute",
        /// Somebody says so.
        Manual = "manual",
    } default Manual

    /// What a hold stops.
    Blocks {
        /// Nothing: it warns.
        Nothing = "nothing",
        /// New orders on credit and the release of shipments; who pays in advance is served.
        Credit = "credit",
        /// Everything new: orders, quotes, the portal.
        All = "all",
    } default Nothing
}

impl HoldType {
    /// What such a hold stops, unless somebody says otherwise.
    #[must_use]
    pub fn blocks(self) -> Blocks {
        match self {
            Self::Credit => Blocks::Credit,
            Self::Dispute => Blocks::Nothing,
            Self::Compliance | Self::Fraud | Self::Legal | Self::Manual => Blocks::All,
        }
    }

    /// Whether such a hold may stop everything.
    fn suspends(self) -> bool {
        self.blocks() == Blocks::All
    }

    /// Whether orders are held or rejected under such a hold whatever it is said to stop (D§3.2).
    fn always_stops(self) -> bool {
        self == Self::Credit || self.is_compliance()
    }

    /// Whether it is for compliance to release: that never happens without two people.
    #[must_use]
    pub fn is_compliance(self) -> bool {
        matches!(self, Self::Compliance | Self::Fraud | Self::Legal)
    }

    /// What releases such a hold, unless somebody says otherwise.
    fn release_rule(self) -> &'static str {
        match self {
            Self::Credit => "Its cause is gone, or somebody with authority for the amount releases it.",
            Self::Compliance | Self::Fraud => "Two compliance officers release it.",
            Self::Legal => "Legal, then compliance release it.",
            Self::Dispute => "The dispute is settled, and the AR Manager releases it.",
            Self::Manual => "The AR Manager releases it.",
        }
    }
}

/// A hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hold {
    /// Which hold.
    pub id: HoldId,
    /// What kind.
    pub kind: HoldType,
    /// The legal entity that alone it holds for; the whole account when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<EntityCode>,
    /// Why, sealed under who says so.
    pub reason: Personal<String>,
    /// The rule that placed it, for example `probation_late`; a person did when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// What releases it, in a sentence.
    pub release_rule: String,
    /// What it stops.
    pub blocks: Blocks,
    /// Who placed it; Kith itself when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set_by: Option<UserId>,
    /// When.
    pub set_at: Timestamp,
    /// When it is looked at again.
    pub review_at: Timestamp,
}

impl Hold {
    /// Whether it holds for an entity; for none is asked: whether it holds at all.
    #[must_use]
    pub fn reaches(&self, entity: Option<&EntityCode>) -> bool {
        self.entity.is_none() || entity.is_none() || self.entity.as_ref() == entity
    }
}

/// A hold as it is asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HoldDraft {
    /// The new hold's id.
    pub id: HoldId,
    /// What kind.
    pub kind: HoldType,
    /// The legal entity that alone it holds for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<EntityCode>,
    /// Why.
    pub reason: Personal<String>,
    /// The rule that asks for it; nothing for a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// What releases it; by its kind when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release_rule: Option<String>,
    /// What it stops; by its kind when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocks: Option<Blocks>,
    /// When it is looked at again; after 30 days when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_at: Option<Timestamp>,
}

impl HoldDraft {
    /// A hold of a kind, as its kind has it.
    #[must_use]
    pub fn new(id: HoldId, kind: HoldType, reason: Personal<String>) -> Self {
        Self {
            id,
            kind,
            entity: None,
            reason,
            cause: None,
            release_rule: None,
            blocks: None,
            review_at: None,
        }
    }
}

/// An eye kept on an account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Watch {
    /// Why, sealed under who says so.
    pub reason: Personal<String>,
    /// The rule that set it, for example `low_health`; a person did when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// Who set it; Kith itself when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set_by: Option<UserId>,
    /// When.
    pub set_at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Timestamp,
}

/// A time so many days after another one.
fn after(start: Timestamp, days: i64) -> Timestamp {
    start.checked_add(Span::new().hours(days.saturating_mul(24))).unwrap_or(Timestamp::MAX)
}

/// The end of the day of a moment in UTC: whoever names a day means all of it.
fn end_of_day(moment: Timestamp) -> Timestamp {
    const DAY: i64 = 86_400;
    let second = moment.as_second();
    Timestamp::from_second(second - second.rem_euclid(DAY) + DAY - 1).unwrap_or(Timestamp::MAX)
}

impl Account {
    /// What is shown as its status, as an entity sees it; without one, the gravest of all. Of all that may be said at
    /// once the gravest is: erased, closed, rejected, inactive, suspended, credit hold, watch, probation, active,
    /// onboarding, prospect (D§2.1).
    #[must_use]
    pub fn status(&self, entity: Option<&EntityCode>) -> &'static str {
        if matches!(self.stage, Stage::Erased | Stage::Closed | Stage::Rejected | Stage::Inactive) {
            return self.stage.as_str();
        }
        match (self.blocked(entity), &self.watch) {
            (Blocks::All, _) => "suspended",
            (Blocks::Credit, _) => "credit_hold",
            (Blocks::Nothing, Some(_)) => "watch",
            (Blocks::Nothing, None) => self.stage.as_str(),
        }
    }

    /// Everything that [`Account::status`] may say, the gravest first.
    pub const STATUSES: &'static [&'static str] = &[
        "erased",
        "closed",
        "rejected",
        "inactive",
        "suspended",
        "credit_hold",
        "watch",
        "probation",
        "active",
        "onboarding",
        "prospect",
    ];

    /// The holds that reach an entity; without one, all of them.
    pub fn holds_on<'a>(&'a self, entity: Option<&'a EntityCode>) -> impl Iterator<Item = &'a Hold> {
        self.holds.iter().filter(move |hold| hold.reaches(entity))
    }

    /// What its holds stop, all together.
    #[must_use]
    pub fn blocked(&self, entity: Option<&EntityCode>) -> Blocks {
        self.holds_on(entity).map(|hold| hold.blocks).max().unwrap_or_default()
    }

    /// Whether it has an open item of fraud or compliance: that raises the lane of whatever is asked of it (D§5.1).
    #[must_use]
    pub fn has_open_compliance(&self) -> bool {
        self.holds.iter().any(|hold| matches!(hold.kind, HoldType::Compliance | HoldType::Fraud))
    }

    /// The hold that a rule placed, if it stands.
    #[must_use]
    pub fn hold_of(&self, cause: &str, entity: Option<&EntityCode>) -> Option<&Hold> {
        self.holds.iter().find(|hold| hold.cause.as_deref() == Some(cause) && hold.entity.as_ref() == entity)
    }

    /// Decides a command about holds and the watch.
    pub(super) fn decide_hold(
        &self,
        context: &Context,
        facts: &Facts,
        command: &Command,
    ) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::PlaceHold { hold } => {
                let cause = hold.cause.as_deref();
                let stands = cause.and_then(|cause| self.hold_of(cause, hold.entity.as_ref()));
                if stands.is_some() || self.holds.iter().any(|held| held.id == hold.id) {
                    return Ok(vec![]);
                }
                let hold = placed(context, facts, hold)?;
                Ok(vec![Event::HoldPlaced { hold: Box::new(hold), at: context.now }])
            }
            Command::ReleaseHold { id, kind, reason } => {
                let reason = checked_reason(reason)?;
                let held = self.holds.iter().find(|held| held.id == *id && held.kind == *kind);
                let held = held.ok_or_else(refusal::hold_not_found)?;
                Ok(vec![Event::HoldReleased {
                    id: *id,
                    kind: held.kind,
                    entity: held.entity.clone(),
                    reason,
                    at: context.now,
                }])
            }
            Command::SetWatch { reason, cause, expires_at } => {
                let again = cause.is_some() && self.watch.is_some();
                let until = expires_at.unwrap_or_else(|| after(context.now, WATCH_DAYS));
                let reason = checked_reason(reason)?;
                if again {
                    return Ok(vec![]);
                }
                if until <= context.now || until > after(context.now, WATCH_DAYS_MAX) {
                    let message = format!("a watch ends within {WATCH_DAYS_MAX} days from now");
                    let fault = FieldFault::new("/expires_at", "out_of_range", message);
                    return Err(refusal::watch_invalid().with_fields(vec![fault]));
                }
                let watch = Watch {
                    reason,
                    cause: cause.clone(),
                    set_by: context.actor.user,
                    set_at: context.now,
                    expires_at: until,
                };
                let same = self.watch.as_ref().is_some_and(|held| {
                    held.reason == watch.reason && held.cause == watch.cause && held.expires_at == until
                });
                Ok(if same { vec![] } else { vec![Event::WatchSet { watch, at: context.now }] })
            }
            Command::ClearWatch { reason } => {
                let reason = reason.as_ref().map(checked_reason).transpose()?;
                let event = Event::WatchCleared { reason, at: context.now };
                Ok(self.watch.iter().map(|_| event.clone()).collect())
            }
            _ => Ok(vec![]),
        }
    }

    pub(super) fn evolve_hold(&mut self, event: &Event) {
        let at = match event {
            Event::HoldPlaced { hold, at } => {
                self.holds.push((**hold).clone());
                at
            }
            Event::HoldReleased { id, at, .. } => {
                self.holds.retain(|held| held.id != *id);
                at
            }
            Event::WatchSet { watch, at } => {
                self.watch = Some(watch.clone());
                at
            }
            Event::WatchCleared { at, .. } => {
                self.watch = None;
                at
            }
            _ => return,
        };
        self.updated_at = Some(*at);
    }
}

/// The hold of a draft, every fault named at once.
fn placed(context: &Context, facts: &Facts, draft: &HoldDraft) -> Result<Hold, Refusal> {
    let mut faults = Vec::new();
    let mut fault = |place: &str, code: &str, message: String| {
        faults.push(FieldFault::new(place, code, message));
    };
    let reason = checked_reason(&draft.reason).unwrap_or_else(|refused| {
        fault("/reason", "reason_invalid", refused.sentence);
        draft.reason.clone()
    });
    if let Some(entity) = draft.entity.as_ref().filter(|entity| !facts.entities.contains_key(entity)) {
        fault("/entity", "entity_unknown", format!("there is no legal entity {entity}"));
    }
    let review_at = draft.review_at.unwrap_or_else(|| after(context.now, REVIEW_DAYS));
    if review_at <= context.now || review_at > end_of_day(after(context.now, REVIEW_DAYS)) {
        let message = format!("a hold is looked at again within {REVIEW_DAYS} days from now");
        fault("/review_at", "out_of_range", message);
    }
    let blocks = draft.blocks.unwrap_or_else(|| draft.kind.blocks());
    if blocks == Blocks::All && !draft.kind.suspends() {
        let message = format!("a {} hold does not stop everything", draft.kind.as_str());
        fault("/blocks", "not_of_type", message);
    }
    if blocks == Blocks::Nothing && draft.kind.always_stops() {
        let message = format!(
            "a {} hold stops {}; set a watch where nothing is to be stopped",
            draft.kind.as_str(),
            if draft.kind == HoldType::Credit { "new orders on credit" } else { "new orders" }
        );
        fault("/blocks", "contradicts_type", message);
    }
    let given = draft.release_rule.as_deref().unwrap_or_else(|| draft.kind.release_rule());
    let release_rule = line(given, RULE_MAX).unwrap_or_else(|error| {
        fault("/release_rule", error.code(), error.to_string());
        String::new()
    });
    if !faults.is_empty() {
        return Err(refusal::hold_invalid().with_fields(faults));
    }
    Ok(Hold {
        id: draft.id,
        kind: draft.kind,
        entity: draft.entity.clone(),
        reason,
        cause: draft.cause.clone(),
        release_rule,
        blocks,
        set_by: context.actor.user,
        set_at: context.now,
        review_at,
    })
}
