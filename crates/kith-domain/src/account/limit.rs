//! A credit limit that follows behaviour (D§3.6): set to what was computed, with the ground beside it.

use std::collections::BTreeMap;

use kith_risk::limit::{Contribution, Counterfactual, Rail};
use serde::{Deserialize, Serialize};

use super::overrides::Override;
use super::{Account, Changes, Command, Event, refusal};
use crate::context::Context;
use crate::refusal::Refusal;
use crate::value::{Currency, EntityCode, Money};

/// Why a limit is what it is: what went in, every step, what held it back, what would give more. STORED FORMAT: add
/// optional members, never change one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LimitGround {
    /// Formula and version.
    pub formula: String,
    /// The currency of its amounts.
    pub currency: Currency,
    /// What the customer needs for its business.
    pub need_minor: i64,
    /// Where behaviour points, before guard rails.
    pub target_minor: i64,
    /// What went in, each as it is read.
    pub inputs: BTreeMap<String, String>,
    /// The steps in order; they add up to the limit.
    pub contributions: Vec<Contribution>,
    /// What held it back.
    pub rails: Vec<Rail>,
    /// What would give more.
    pub counterfactuals: Vec<Counterfactual>,
}

impl Account {
    /// The limit in force in the scope of a command: the master's, or an entity's own.
    fn limit_of(&self, entity: Option<&EntityCode>) -> Option<Money> {
        match entity {
            None => self.credit_limit,
            Some(code) => self.overrides.get(code)?.credit_limit.as_ref()?.value().copied(),
        }
    }

    /// Sets the limit, unless it is another one than it was computed for.
    pub(super) fn adjust_limit(&self, context: &Context, command: &Command) -> Result<Vec<Event>, Refusal> {
        let Command::AdjustLimit { entity, from, to, raises, ground } = command else { return Ok(vec![]) };
        self.takes_edits()?;
        let now = self.limit_of(entity.as_ref());
        if now == Some(*to) {
            return Ok(vec![]);
        }
        // Less needs no second person where policy says so: that it is less is not believed, but seen.
        let is_less = from.is_some_and(|from| to.currency == from.currency && to.minor < from.minor);
        if now != *from || to.minor < 0 || (!raises && !is_less) {
            return Err(refusal::limit_moved());
        }
        let changes = match entity {
            None => Changes { credit_limit: Some(Some(*to)), ..Changes::default() },
            Some(code) => {
                let mut own = self.overrides.get(code).cloned().unwrap_or_default();
                own.credit_limit = Some(Override::Value(*to));
                Changes { overrides: BTreeMap::from([(code.clone(), own)]), ..Changes::default() }
            }
        };
        let (changes, ground) = (Box::new(changes), ground.clone());
        Ok(vec![Event::LimitAdjusted { changes, ground, at: context.now }])
    }
}
