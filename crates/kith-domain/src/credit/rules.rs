//! What of the credit decision is a company's own choice. STORED FORMAT: add optional members, never change one.

use serde::{Deserialize, Serialize};

use crate::access::Role;

/// Up to which amount a role may release a hold (D§3.3), in whole units of the organisation's currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// Who.
    pub role: Role,
    /// Up to what exposure; without a bound when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<u32>,
}

/// The company's choices in credit decisions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CreditRules {
    /// How far above a limit customers of risk class A and B may go, in hundredths of a percent.
    pub tolerance_basis_points: u32,
    /// But by no more than this, in whole units of the entity's currency.
    pub tolerance_max: u32,
    /// Up to what amount an order passes although its data are too old, in whole units.
    pub offline_floor: u32,
    /// Who may release a hold, the smallest authority first.
    pub release: Vec<Authority>,
}

impl Default for CreditRules {
    fn default() -> Self {
        let row = |role, up_to| Authority { role, up_to };
        Self {
            tolerance_basis_points: 0,
            tolerance_max: 10_000,
            offline_floor: 0,
            release: vec![
                row(Role::CreditAnalyst, Some(25_000)),
                row(Role::ArManager, Some(100_000)),
                row(Role::Controller, Some(500_000)),
                row(Role::Cfo, None),
            ],
        }
    }
}

impl CreditRules {
    /// Who must release a hold on so much, in whole units of the organisation's currency.
    #[must_use]
    pub fn releaser(&self, amount: i64) -> Option<Role> {
        let covers = |row: &&Authority| row.up_to.is_none_or(|most| amount <= i64::from(most));
        self.release.iter().find(covers).map(|row| row.role)
    }
}
