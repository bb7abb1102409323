//! The state of an order.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Content, Event, Finding, PricedLine};
use crate::credit::Decision;
use crate::value::{AccountId, EntityCode, Money, Personal, UserId};

/// Where an order stands (D§7.5), as far as the door moves it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// Sent, and not looked at.
    #[default]
    Received,
    /// Held against the rules and priced.
    Validated,
    /// Credit was asked.
    CreditCheck,
    /// Waits for a person.
    Held,
    /// Goes.
    Confirmed,
    /// Called off.
    Cancelled,
    /// Does not go.
    Rejected,
}

impl OrderState {
    /// Every one.
    pub const ALL: [Self; 7] = [
        Self::Received,
        Self::Validated,
        Self::CreditCheck,
        Self::Held,
        Self::Confirmed,
        Self::Cancelled,
        Self::Rejected,
    ];

    /// The code on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Validated => "validated",
            Self::CreditCheck => "credit_check",
            Self::Held => "held",
            Self::Confirmed => "confirmed",
            Self::Cancelled => "cancelled",
            Self::Rejected => "rejected",
        }
    }
}

/// What its touchpoints say became of an order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// It was called off.
    pub cancelled: bool,
    /// It was delivered.
    pub delivered: bool,
    /// Something of it was invoiced.
    pub invoiced: bool,
    /// All of it was invoiced, and its invoices are paid.
    pub settled: bool,
    /// How far it came on its way: 1 planned, 2 dispatched, 3 in transit, 4 closed; 0 where nobody told.
    pub stage: u8,
}

/// Where an order that goes may stand, in this order (D§7.5).
pub const COURSE: [&str; 7] =
    ["confirmed", "planned", "dispatched", "in_transit", "delivered", "invoiced", "closed"];

/// Every word for where an order stands, as it is shown: its own state, and what touchpoints say of one that goes.
pub const STANDS: [&str; 13] = [
    "received",
    "validated",
    "credit_check",
    "held",
    "confirmed",
    "planned",
    "dispatched",
    "in_transit",
    "delivered",
    "invoiced",
    "closed",
    "cancelled",
    "rejected",
];

/// The state that is stored of orders that are shown so; nothing where it may be one or another.
#[must_use]
pub fn stored_state(stand: &str) -> Option<OrderState> {
    if COURSE.contains(&stand) {
        return Some(OrderState::Confirmed);
    }
    // Touchpoints call off what goes: it stays confirmed at the door.
    let own = OrderState::ALL.into_iter().filter(|state| *state != OrderState::Cancelled);
    own.into_iter().find(|state| state.as_str() == stand)
}

impl Progress {
    /// Where an order that goes stands: paid whole, it is closed though nobody says so. What is told late does not take it back.
    #[must_use]
    pub fn state(&self) -> &'static str {
        match (self.cancelled, self.stage) {
            (true, _) => "cancelled",
            (false, 4..) => "closed",
            (false, _) if self.settled => "closed",
            _ if self.invoiced => "invoiced",
            _ if self.delivered => "delivered",
            (false, 3) => "in_transit",
            (false, 2) => "dispatched",
            (false, 1) => "planned",
            (false, 0) => "confirmed",
        }
    }
}

/// How the customer of an order was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Match {
    /// Whose order it is; nobody's where that is not known.
    pub account: Option<AccountId>,
    /// `reference`, `name` or `person`; `none` where nobody was found.
    pub method: String,
    /// How sure, in thousandths.
    pub confidence_milli: u32,
    /// Who else it may be.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<(AccountId, u32)>,
}

/// The word of a person that this one order may go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// Who.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
    /// Until when it may still go on that word.
    pub expires_at: Timestamp,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Personal<String>>,
}

/// An order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Order {
    /// Our number.
    pub order_no: String,
    /// Tells a repetition by sender, customer's number and revision.
    pub sender_key: Option<String>,
    /// Tells its revisions by sender and customer's number.
    pub number_key: Option<String>,
    /// What is ordered.
    pub content: Content,
    /// Who brought it.
    pub placed_by: Option<UserId>,
    /// When it came; `None` before that.
    pub received_at: Option<Timestamp>,
    /// Where it stands.
    pub state: OrderState,
    /// Whose it is.
    pub matched: Match,
    /// The legal entity that sells.
    pub entity: Option<EntityCode>,
    /// What the rules found.
    pub findings: Vec<Finding>,
    /// The lines with their prices.
    pub lines: Vec<PricedLine>,
    /// The sum.
    pub total: Option<Money>,
    /// What credit said last.
    pub decision: Option<Box<Decision>>,
    /// The reservation that holds its credit until it is placed.
    pub reservation: Option<String>,
    /// When that expires.
    pub reserved_until: Option<Timestamp>,
    /// What the detectors of unusual spending said.
    pub signals: Vec<String>,
    /// Since when it is held, if it is.
    pub held_at: Option<Timestamp>,
    /// Who let it go.
    pub release: Option<Release>,
    /// Whether that overrode what speaks against it.
    pub overridden: bool,
    /// When it was confirmed.
    pub confirmed_at: Option<Timestamp>,
    /// When it changed last.
    pub changed_at: Option<Timestamp>,
    /// How often what the world must know changed: placed, amended, cancelled.
    pub change: u32,
    /// How many of those changes stand in the log of touchpoints.
    pub recorded: u32,
    /// How often it was assessed.
    pub checks: u32,
    /// Why it was called off.
    pub cancel_reason: Option<Personal<String>>,
}

impl Order {
    /// Whether it came in.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.received_at.is_some()
    }

    /// Whether something is still to be done about it by Kith itself.
    #[must_use]
    pub fn is_unfinished(&self) -> bool {
        let released = self.state == OrderState::Held && self.release.is_some();
        self.state == OrderState::Received || released || self.recorded < self.change
    }

    /// The release, while it holds.
    #[must_use]
    pub fn release_at(&self, now: Timestamp) -> Option<&Release> {
        self.release.as_ref().filter(|release| release.expires_at > now)
    }

    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Received { order, at } => {
                self.order_no.clone_from(&order.order_no);
                self.sender_key.clone_from(&order.sender_key);
                self.number_key.clone_from(&order.number_key);
                self.content.clone_from(&order.content);
                self.placed_by = order.placed_by;
                self.received_at = Some(*at);
                self.state = OrderState::Received;
            }
            Event::Validated { matched, entity, findings, lines, total, .. } => {
                self.matched.clone_from(matched);
                self.entity.clone_from(entity);
                self.findings.clone_from(findings);
                self.lines.clone_from(lines);
                self.total = *total;
                self.state = OrderState::Validated;
            }
            Event::CreditChecked { decision, reservation, reserved_until, signals, .. } => {
                self.decision.clone_from(decision);
                self.reservation.clone_from(reservation);
                self.reserved_until = *reserved_until;
                self.signals.clone_from(signals);
                self.checks = self.checks.saturating_add(1);
                self.state = OrderState::CreditCheck;
            }
            Event::Held { at } => {
                self.state = OrderState::Held;
                self.held_at.get_or_insert(*at);
                self.release = None;
            }
            Event::Released { by, account, reason, at, expires_at } => {
                let reason = reason.clone();
                self.release = Some(Release { by: *by, at: *at, expires_at: *expires_at, reason });
                if let Some(account) = account {
                    self.matched.account = Some(*account);
                    self.matched.method = "person".to_owned();
                    self.matched.confidence_milli = 1_000;
                }
            }
            Event::Confirmed { overridden, at } => {
                self.state = OrderState::Confirmed;
                self.overridden = *overridden;
                self.confirmed_at = Some(*at);
                self.change = self.change.saturating_add(1);
            }
            Event::Rejected { .. } => self.state = OrderState::Rejected,
            Event::Amended { amendment, .. } => self.amend(amendment),
            Event::Cancelled { reason, .. } => {
                if self.state == OrderState::Confirmed {
                    self.change = self.change.saturating_add(1);
                }
                self.state = OrderState::Cancelled;
                self.cancel_reason.clone_from(reason);
            }
            Event::Recorded { change, .. } => self.recorded = self.recorded.max(*change),
        }
        self.changed_at = Some(event.at());
    }

    fn amend(&mut self, amendment: &super::Amendment) {
        self.content.clone_from(&amendment.content);
        if self.state == OrderState::Held {
            // What is held is decided anew.
            self.state = OrderState::Received;
            return;
        }
        let assessment = &amendment.assessment;
        self.findings.clone_from(&assessment.findings);
        self.lines.clone_from(&assessment.lines);
        self.total = assessment.total;
        if assessment.decision.is_some() {
            self.decision.clone_from(&assessment.decision);
        }
        self.checks = self.checks.saturating_add(1);
        self.change = self.change.saturating_add(1);
    }
}

impl Event {
    /// When it happened.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        match self {
            Self::Received { at, .. }
            | Self::Validated { at, .. }
            | Self::CreditChecked { at, .. }
            | Self::Held { at }
            | Self::Released { at, .. }
            | Self::Confirmed { at, .. }
            | Self::Rejected { at }
            | Self::Amended { at, .. }
            | Self::Cancelled { at, .. }
            | Self::Recorded { at, .. } => *at,
        }
    }
}
