//! What of the credit decision is a company's own choice. STORED FORMAT: add optional members, never change one.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::refusal::FieldFault;
use crate::value::{EntityCode, line};

/// Sources of an entity at most.
const SOURCES_MAX: usize = 50;
/// Longest name of a source, in bytes.
const SOURCE_MAX: usize = 200;

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
    /// Which sources of touchpoints feed the exposure of an entity: it is as old as the one that is silent for longest.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: BTreeMap<EntityCode, BTreeSet<String>>,
    /// Entities whose exposure an extract of another system is compared with: it speaks for all sources.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub extracts: BTreeSet<EntityCode>,
    /// Which version of the company's scorecard scores the accounts; the expert card where none does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scorecard: Option<u64>,
}

impl Default for CreditRules {
    fn default() -> Self {
        Self {
            tolerance_basis_points: 0,
            tolerance_max: 10_000,
            offline_floor: 0,
            sources: BTreeMap::new(),
            extracts: BTreeSet::new(),
            scorecard: None,
        }
    }
}

impl CreditRules {
    /// What is wrong with the sources, each at its place under `/credit`.
    #[must_use]
    pub fn faults(&self) -> Vec<FieldFault> {
        let mut faults = Vec::new();
        for (entity, sources) in &self.sources {
            let place = format!("/credit/sources/{entity}");
            if sources.len() > SOURCES_MAX {
                let message = format!("more than {SOURCES_MAX} sources");
                faults.push(FieldFault::new(place.clone(), "too_many", message));
            }
            for (number, source) in sources.iter().enumerate() {
                if let Err(error) = line(source, SOURCE_MAX) {
                    let place = format!("{place}/{number}");
                    faults.push(FieldFault::new(place, error.code(), error.to_string()));
                }
            }
        }
        faults
    }
}
