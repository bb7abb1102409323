//! An account's life (D§2.1, §2.2): which stage follows which, what stands in the way, and what a stage allows.

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Account, Command, Event, Facts, KybState, Stage, Transition, refusal, transition};
use crate::context::Context;
use crate::refusal::{FieldFault, Refusal};
use crate::value::{Money, Personal, counted, paragraph};

/// Longest reason, in bytes.
const REASON_MAX: usize = 2_000;

/// Days after which an inactive customer is looked into again when it comes back.
const KYB_REFRESH_DAYS: i64 = 365;

/// What is still open with an account, and whether anything ever happened to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// Orders placed, and neither cancelled, delivered nor invoiced.
    pub open_orders: u32,
    /// Invoices that still ask for something.
    pub open_invoices: u32,
    /// What they ask for; `None` when nothing is open, or an exchange rate is missing.
    pub open_balance: Option<Money>,
    /// Whether the log holds a touchpoint of it.
    pub touched: bool,
    /// Accounts whose parent it is or is to become.
    pub children: u32,
    /// Relationships that other accounts have to it.
    pub related: u32,
}

/// How far the condition of a rule has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// How far; 0 where it held once and does not any more.
    pub level: u32,
    /// Since when.
    pub since: Timestamp,
}

/// A reason as it is kept: one to two thousand bytes of plain text.
pub(super) fn checked_reason(reason: &Personal<String>) -> Result<Personal<String>, Refusal> {
    let text = reason.get().and_then(|text| paragraph(text, REASON_MAX).ok());
    let text = text.ok_or_else(refusal::reason_invalid)?;
    Ok(Personal { subject: reason.subject.clone(), value: Some(text) })
}

impl Account {
    /// Whether lists leave it out unless they are asked for it.
    #[must_use]
    pub fn is_dormant(&self) -> bool {
        matches!(self.stage, Stage::Inactive | Stage::Closed)
    }

    /// Whether a command finds an account that takes commands at all.
    pub(super) fn takes_commands(&self) -> Result<(), Refusal> {
        if !self.exists() {
            return Err(refusal::not_found());
        }
        if self.deleted_at.is_some() {
            return Err(refusal::deleted());
        }
        if self.stage == Stage::Erased {
            return Err(refusal::erased());
        }
        if let Some(merged) = &self.merged_into {
            let mut refused = refusal::merged();
            refused.clears = format!("Ask it of {}, or unmerge first.", merged.survivor);
            return Err(refused);
        }
        Ok(())
    }

    /// Whether the record may be edited: an inactive or closed account is history.
    pub(super) fn takes_edits(&self) -> Result<(), Refusal> {
        match self.stage {
            Stage::Inactive => Err(refusal::inactive()),
            Stage::Closed => Err(refusal::closed()),
            _ => Ok(()),
        }
    }

    /// Decides a command that moves the account through its life.
    pub(super) fn decide_stage(
        &self,
        context: &Context,
        facts: &Facts,
        command: &Command,
    ) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Apply { again } => {
                let name = if *again { "apply_again" } else { "apply" };
                self.goes(context, name, &self.said("The application was submitted."))
            }
            Command::Reject { reason, .. } => self.goes(context, "reject", reason),
            Command::Admit { skip_probation, review_on } => {
                let name = if *skip_probation { "admit_as_active" } else { "admit" };
                let said = self.said("Every step of its onboarding is settled.");
                let mut moved = self.guarded(context, facts, name, &said)?;
                if let Some(Event::StageChanged { kyb_review_due_on, .. }) = moved.first_mut() {
                    *kyb_review_due_on = Some(*review_on);
                }
                Ok(moved)
            }
            Command::Activate { reason } => self.guarded(context, facts, "activate", reason),
            Command::NoteCondition { rule, level } => {
                let event = Event::ConditionNoted { rule: rule.clone(), level: *level, at: context.now };
                Ok(if self.condition(rule) == *level { vec![] } else { vec![event] })
            }
            Command::Deactivate { reason, allow_open_ar } => {
                let moved = self.goes(context, "deactivate", reason)?;
                if !moved.is_empty() {
                    nothing_open(&facts.standing, *allow_open_ar)?;
                }
                Ok(moved)
            }
            Command::Reactivate { .. } if self.stage == Stage::Active => Err(refusal::already_active()),
            Command::Reactivate { reason } => {
                let due = self.refresh_due(context, facts);
                let mut moved = self.guarded(context, facts, "reactivate", reason)?;
                if let Some(Event::StageChanged { kyb_review_due_on, .. }) = moved.first_mut() {
                    *kyb_review_due_on = due;
                }
                Ok(moved)
            }
            Command::Close { reason } => self.goes(context, "close", reason),
            Command::Reopen { reason } => self.goes(context, "reopen", reason),
            Command::Delete { reason } => {
                let reason = checked_reason(reason)?;
                self.deletable(&facts.standing)?;
                Ok(vec![Event::Deleted { reason, at: context.now }])
            }
            _ => Ok(vec![]),
        }
    }

    /// A reason that Kith itself gives.
    fn said(&self, text: &str) -> Personal<String> {
        Personal::new(self.id, text.to_owned())
    }

    /// How far the condition of a rule has come, as far as was noticed.
    #[must_use]
    pub fn condition(&self, rule: &str) -> u32 {
        self.conditions.get(rule).map(|known| known.level).unwrap_or_default()
    }

    /// A move whose guards hold.
    fn guarded(
        &self,
        context: &Context,
        facts: &Facts,
        name: &str,
        reason: &Personal<String>,
    ) -> Result<Vec<Event>, Refusal> {
        let moved = self.goes(context, name, reason)?;
        let found = transition(name).filter(|_| !moved.is_empty());
        let obstacles = found.map(|found| self.obstacles(found, context, facts)).unwrap_or_default();
        if obstacles.is_empty() {
            return Ok(moved);
        }
        let mut refused = refusal::not_yet();
        let texts: Vec<&str> = obstacles.iter().map(|one| one.text.as_str()).collect();
        let clears: Vec<&str> = obstacles.iter().map(|one| one.clears.as_str()).collect();
        refused.sentence = texts.join(" ");
        refused.clears = clears.join(" ");
        let fields = obstacles.iter().map(|one| FieldFault::new("/stage", one.code, one.text.clone()));
        Err(refused.with_fields(fields.collect()))
    }

    /// A move of the table, from where it begins.
    fn goes(&self, context: &Context, name: &str, reason: &Personal<String>) -> Result<Vec<Event>, Refusal> {
        let reason = checked_reason(reason)?;
        let found = transition(name).and_then(|found| Some((found, found.to?)));
        let Some((Transition { from, .. }, to)) = found else { return Ok(vec![]) };
        if self.stage == to {
            return Ok(vec![]);
        }
        if !from.contains(&self.stage) {
            let mut refused = refusal::stage_not_allowed();
            let words: Vec<&str> = from.iter().map(|stage| stage.as_str()).collect();
            refused.sentence = format!(
                "The account is {}; only from {} does it become {}.",
                self.stage.as_str(),
                words.join(" or "),
                to.as_str()
            );
            refused.clears = way_out(self.stage, to).to_owned();
            return Err(refused);
        }
        Ok(vec![Event::StageChanged {
            from: self.stage,
            to,
            kyb_review_due_on: None,
            reason,
            at: context.now,
        }])
    }

    /// The day on which a customer that comes back is to be looked into: today, unless that was done within a year.
    fn refresh_due(&self, context: &Context, facts: &Facts) -> Option<Date> {
        let today = super::decide::today(context, facts);
        let since = self.stage_since.map(|at| at.to_zoned(jiff::tz::TimeZone::UTC).date());
        let fresh = since.and_then(|day| day.checked_add(Span::new().days(KYB_REFRESH_DAYS)).ok());
        let looked_into = self.kyb.review_due_on.is_some_and(|due| due > today);
        let refresh = !looked_into || fresh.is_none_or(|until| until < today);
        refresh.then_some(today)
    }

    /// What keeps it from being deleted, but for its stage.
    pub(super) fn hangs_on(&self, standing: &Standing) -> Vec<FieldFault> {
        let mut faults = Vec::new();
        let mut stands = |place: &str, code: &str, message: String| {
            faults.push(FieldFault::new(place, code, message));
        };
        if standing.touched {
            stands("/touchpoints", "has_history", "something happened to it that the log keeps".to_owned());
        }
        if !self.merged.is_empty() {
            let message =
                counted(self.merged.len(), "1 account is merged into it", "{n} accounts are merged into it");
            stands("/merged", "has_merged", message);
        }
        if !self.holds.is_empty() {
            stands("/holds", "is_held", counted(self.holds.len(), "1 hold is on it", "{n} holds are on it"));
        }
        if standing.children > 0 {
            let message = counted(
                standing.children,
                "it is the parent of 1 account",
                "it is the parent of {n} accounts",
            );
            stands("/children", "has_children", message);
        }
        if standing.related > 0 {
            let message =
                counted(standing.related, "1 account is related to it", "{n} accounts are related to it");
            stands("/relationships", "is_related", message);
        }
        faults
    }

    fn deletable(&self, standing: &Standing) -> Result<(), Refusal> {
        let mut faults = Vec::new();
        if !transition("delete").is_some_and(|found| found.from.contains(&self.stage)) {
            let message = format!("the account is {}", self.stage.as_str());
            faults.push(FieldFault::new("/stage", "stage_not_allowed", message));
        }
        faults.extend(self.hangs_on(standing));
        if faults.is_empty() {
            return Ok(());
        }
        let mut refused = refusal::not_deletable();
        let words: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
        refused.sentence = format!("The account cannot be deleted: {}.", words.join("; "));
        Err(refused.with_fields(faults))
    }

    pub(super) fn evolve_stage(&mut self, event: &Event) {
        match event {
            Event::ConditionNoted { rule, level, at } => {
                self.conditions.insert(rule.clone(), Condition { level: *level, since: *at });
            }
            Event::StageChanged { from, to, kyb_review_due_on, at, .. } => {
                if *from == Stage::Onboarding && matches!(to, Stage::Probation | Stage::Active) {
                    self.kyb.state = KybState::Verified;
                }
                self.conditions.clear();
                self.stage = *to;
                self.stage_since = Some(*at);
                self.updated_at = Some(*at);
                if kyb_review_due_on.is_some() {
                    self.kyb.review_due_on = *kyb_review_due_on;
                }
                self.merged.iter_mut().for_each(|merge| merge.stage = None);
            }
            Event::Deleted { at, .. } => {
                let subjects = std::iter::once(self.id.to_string());
                let erased = subjects.chain(self.contacts.iter().map(|contact| contact.id.to_string()));
                // What is left is the skeleton: that there was an account of this number, and when.
                *self = Self {
                    id: self.id,
                    account_number: std::mem::take(&mut self.account_number),
                    stage: self.stage,
                    created_at: self.created_at,
                    updated_at: Some(*at),
                    owning_entity: self.owning_entity.clone(),
                    deleted_at: Some(*at),
                    erased_subjects: erased.collect(),
                    ..Self::default()
                };
            }
            _ => {}
        }
    }
}

/// What to do instead.
fn way_out(stage: Stage, to: Stage) -> &'static str {
    match (stage, to) {
        (Stage::Prospect, Stage::Inactive) => "Close or delete a prospect instead.",
        (Stage::Closed, Stage::Active) => "Reopen it first, which three people approve.",
        (Stage::Active | Stage::Probation, Stage::Closed) => "Deactivate it first.",
        _ => "Nothing: the account stands elsewhere in its life.",
    }
}

fn nothing_open(standing: &Standing, allow_open_ar: bool) -> Result<(), Refusal> {
    let mut faults = Vec::new();
    let mut clears = Vec::new();
    if standing.open_orders > 0 {
        let message = counted(standing.open_orders, "1 order is open", "{n} orders are open");
        faults.push(FieldFault::new("/open_orders", "open_orders", message));
        clears.push("deliver, invoice or cancel the open orders");
    }
    if standing.open_invoices > 0 && !allow_open_ar {
        let mut message = counted(standing.open_invoices, "1 invoice is open", "{n} invoices are open");
        if let Some(money) = &standing.open_balance {
            message = format!("{message}, over {money}");
        }
        faults.push(FieldFault::new("/open_balance", "open_balance", message));
        clears.push("collect or credit the open invoices, or send allow_open_ar: true");
    }
    if faults.is_empty() {
        return Ok(());
    }
    let mut refused = refusal::open_business();
    let words: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
    refused.sentence = format!("The account has open business: {}.", words.join("; "));
    refused.clears = format!("First {}.", clears.join("; "));
    Err(refused.with_fields(faults))
}
