//! Which rules an order must keep, by channel and account: a table that the company edits. STORED FORMAT: add variants and
//! optional members, never change one.

use serde::{Deserialize, Serialize};

use super::OrderChannel;
use crate::access::Role;
use crate::account::Tier;
use crate::value::AccountId;

/// What a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// The account was told by its name alone.
    MatchedByName,
    /// The customer's order number is there.
    CustomerOrderNo,
    /// There is at least one line, or a total for freight and services.
    Lines,
    /// Every line has a price of ours.
    Price,
    /// The given price is ours.
    PriceDiffers,
    /// The given total is the sum.
    TotalDiffers,
    /// Goods say where to.
    ShipTo,
    /// Freight says from where to where.
    Route,
    /// The requested days are not over.
    DateOver,
    /// Whoever orders is known at the customer.
    OrderedBy,
    /// Dangerous goods have their UN number.
    Hazmat,
}

impl Check {
    /// Every one.
    pub const ALL: [Self; 11] = [
        Self::MatchedByName,
        Self::CustomerOrderNo,
        Self::Lines,
        Self::Price,
        Self::PriceDiffers,
        Self::TotalDiffers,
        Self::ShipTo,
        Self::Route,
        Self::DateOver,
        Self::OrderedBy,
        Self::Hazmat,
    ];

    /// The code of what it finds.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MatchedByName => "matched_by_name",
            Self::CustomerOrderNo => "customer_order_no_missing",
            Self::Lines => "lines_missing",
            Self::Price => "no_price",
            Self::PriceDiffers => "price_differs",
            Self::TotalDiffers => "total_differs",
            Self::ShipTo => "ship_to_missing",
            Self::Route => "route_missing",
            Self::DateOver => "date_over",
            Self::OrderedBy => "ordered_by_unknown",
            Self::Hazmat => "hazmat_incomplete",
        }
    }
}

/// What comes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleSeverity {
    /// It is not looked at.
    Off,
    /// The order goes on, and says so.
    Warning,
    /// A person must look.
    Hold,
    /// Not like this.
    Reject,
}

impl RuleSeverity {
    /// The word on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Warning => "warning",
            Self::Hold => "hold",
            Self::Reject => "reject",
        }
    }
}

/// One row: how grave something is, everywhere or for some.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderRule {
    /// What is looked at.
    pub check: Check,
    /// Only for this channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<OrderChannel>,
    /// Only for customers of this tier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<Tier>,
    /// Only for this account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
    /// How grave it is.
    pub severity: RuleSeverity,
}

/// Up to which amount a role may release a held order (D§3.3), in whole units of the organisation's currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// Who.
    pub role: Role,
    /// Up to what amount; without a bound when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<u32>,
}

impl Authority {
    /// Whether it reaches an amount, in whole units of the organisation's currency.
    #[must_use]
    pub fn covers(&self, amount: i64) -> bool {
        self.up_to.is_none_or(|most| amount <= i64::from(most))
    }
}

/// The table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OrderRules {
    /// The rows; the most exact one counts, of equal ones the last.
    pub rows: Vec<OrderRule>,
    /// How far a given price or total may be from ours, in hundredths of a percent.
    pub price_tolerance_basis_points: u32,
    /// Who may release a held order, the smallest authority first.
    pub release: Vec<Authority>,
}

impl Default for OrderRules {
    fn default() -> Self {
        let row =
            |check, channel, severity| OrderRule { check, channel, tier: None, account: None, severity };
        let people = [OrderChannel::Email, OrderChannel::WebForm, OrderChannel::Phone];
        let mut rows = vec![
            row(Check::MatchedByName, None, RuleSeverity::Warning),
            row(Check::CustomerOrderNo, None, RuleSeverity::Warning),
            row(Check::CustomerOrderNo, Some(OrderChannel::Edi), RuleSeverity::Reject),
            row(Check::Lines, None, RuleSeverity::Reject),
            row(Check::Price, None, RuleSeverity::Hold),
            row(Check::PriceDiffers, None, RuleSeverity::Hold),
            row(Check::TotalDiffers, None, RuleSeverity::Warning),
            row(Check::ShipTo, None, RuleSeverity::Warning),
            row(Check::Route, None, RuleSeverity::Reject),
            row(Check::DateOver, None, RuleSeverity::Warning),
            row(Check::OrderedBy, None, RuleSeverity::Warning),
            row(Check::Hazmat, None, RuleSeverity::Reject),
        ];
        rows.extend(people.map(|channel| row(Check::OrderedBy, Some(channel), RuleSeverity::Hold)));
        rows.extend(people.map(|channel| row(Check::CustomerOrderNo, Some(channel), RuleSeverity::Off)));
        let may = |role, up_to| Authority { role, up_to };
        let release = vec![
            may(Role::CreditAnalyst, Some(25_000)),
            may(Role::ArManager, Some(100_000)),
            may(Role::Controller, Some(500_000)),
            may(Role::Cfo, None),
        ];
        Self { rows, price_tolerance_basis_points: 0, release }
    }
}

impl OrderRules {
    /// The least role that may release so much, in whole units of the organisation's currency.
    #[must_use]
    pub fn releaser(&self, amount: i64) -> Option<Role> {
        self.release.iter().find(|row| row.covers(amount)).map(|row| row.role)
    }

    /// How grave it is for an order of a channel, of a customer. What no row names is not looked at.
    #[must_use]
    pub fn severity(
        &self,
        check: Check,
        channel: OrderChannel,
        customer: Option<(AccountId, Tier)>,
    ) -> RuleSeverity {
        let fits = |rule: &&OrderRule| {
            rule.check == check
                && rule.channel.is_none_or(|only| only == channel)
                && rule.tier.is_none_or(|only| customer.is_some_and(|(_, tier)| tier == only))
                && rule.account.is_none_or(|only| customer.is_some_and(|(id, _)| id == only))
        };
        let exact = |rule: &&OrderRule| (rule.account.is_some(), rule.channel.is_some(), rule.tier.is_some());
        self.rows.iter().filter(fits).max_by_key(exact).map_or(RuleSeverity::Off, |rule| rule.severity)
    }
}
