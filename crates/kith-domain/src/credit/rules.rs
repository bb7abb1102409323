//! What of the credit decision is a company's own choice. STORED FORMAT: add optional members, never change one.

use serde::{Deserialize, Serialize};

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
}

impl Default for CreditRules {
    fn default() -> Self {
        Self { tolerance_basis_points: 0, tolerance_max: 10_000, offline_floor: 0 }
    }
}
