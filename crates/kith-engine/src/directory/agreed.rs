//! The contracts in force of every account: how many they are, and which ends first.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use kith_domain::contract::Contract;
use kith_domain::value::AccountId;
use kith_risk::RiskClass;

use super::field::{Cell, FIELD_IDS, place_of};
use super::{CHUNK_ROWS, Directory, Inner, day_cell, usize_of};

const COUNT: usize = place_of(FIELD_IDS, "contracts_count");
const ENDS_ON: usize = place_of(FIELD_IDS, "contract_ends_on");

/// What is held of a contract: with whom it is, and while it is in force its last day, if it has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Agreed {
    pub(crate) account: AccountId,
    /// `None` once it is not in force.
    pub(crate) ends: Option<Option<Date>>,
}

impl Agreed {
    /// Of a contract as it stands: a notice ends it before its time.
    pub(crate) fn of(contract: &Contract) -> Self {
        let notice = contract.notice.as_ref().map(|notice| notice.on);
        let last = match (notice, contract.terms.ends_on) {
            (Some(notice), Some(end)) => Some(notice.min(end)),
            (notice, end) => notice.or(end),
        };
        Self { account: contract.account, ends: contract.is_in_force().then_some(last) }
    }
}

/// Contracts in force by account and identifier, each with its last day.
pub(super) type InForce = HashMap<AccountId, BTreeMap<String, Option<Date>>>;

/// The columns and cells of the contracts of an account.
pub(super) fn cells_of(held: Option<&BTreeMap<String, Option<Date>>>) -> [(usize, Cell); 2] {
    let count = held.map_or(0, |held| i64::try_from(held.len()).unwrap_or(i64::MAX));
    let first = held.and_then(|held| held.values().flatten().min().copied());
    [(COUNT, Cell::Int(count)), (ENDS_ON, day_cell(first))]
}

impl Inner {
    /// The class of an account's risk, if something is known of it.
    pub(crate) fn risk_class(&self, account: AccountId) -> Option<RiskClass> {
        self.risks.get(&account).map(|(_, class)| *class)
    }
}

impl Directory {
    /// Notes where a contract stands.
    pub(crate) fn note_contract(&self, id: &str, agreed: Agreed) {
        let mut inner = self.write();
        let held = inner.contracts.entry(agreed.account).or_default();
        match agreed.ends {
            Some(last) => held.insert(id.to_owned(), last),
            None => held.remove(id),
        };
        let cells = cells_of(Some(held));
        let Some(row) = inner.row(agreed.account) else { return };
        let at = usize_of(row);
        if let Some(chunk) = inner.chunks.get_mut(at / CHUNK_ROWS) {
            for (column, cell) in cells {
                chunk.set_one(at % CHUNK_ROWS, column, &cell);
            }
        }
    }
}
