//! Accounts with anything open that an extract lacks although it says that it is whole.

use std::collections::BTreeMap;

use kith_api::view::{ReconciliationFault, ReconciliationView};
use kith_domain::credit::Extract;
use kith_domain::value::{AccountId, EntityCode};
use kith_store::Fault;

use super::Told;
use super::act::Act;
use super::desk::Sitting;
use super::reconcile::{Compared, Pair, TOGETHER};
use crate::caller::Caller;
use crate::engine::Engine;
use crate::permit;

impl Engine {
    /// Adds a break for every bucket of an entity that an account has and the extract, in the columns that it has, lacks.
    pub(super) async fn add_absent(
        &self,
        caller: &Caller,
        (entity, columns): (&EntityCode, [bool; 4]),
        seen: &BTreeMap<Pair, u64>,
        view: &mut ReconciliationView,
    ) -> Result<(), Fault> {
        for some in self.not_seen(entity, seen).chunks(TOGETHER) {
            let act = Act::Absent { entity: entity.clone(), columns, accounts: some.to_vec() };
            let compared = match self.teller().ask(self, caller, act).await? {
                Ok(Told::Compared(compared)) => compared,
                Ok(_) => return Err(Fault::corrupt("another answer where absent accounts were asked for")),
                Err(refusal) => return Err(Fault::corrupt(refusal.code)),
            };
            for one in compared {
                match one.told {
                    Ok(found) => view.breaks.extend(found),
                    Err(fault) => view.faults.push(fault),
                }
            }
        }
        Ok(())
    }

    /// Accounts that something happened to and that no row of the extract is about, in the order of their ids.
    fn not_seen(&self, entity: &EntityCode, seen: &BTreeMap<Pair, u64>) -> Vec<AccountId> {
        let inner = self.directory().read();
        let rows = inner.rows().filter(|(row, _)| !inner.is_merged(*row) && self.living().changes(*row) > 0);
        let ids = rows.map(|(_, entry)| entry.id);
        let mut ids: Vec<AccountId> = ids.filter(|id| !seen.contains_key(&(*id, entity.clone()))).collect();
        ids.sort_unstable();
        ids
    }
}

impl Sitting<'_, '_> {
    /// Compares accounts with an extract that has no row of them: it says nothing is open.
    pub(super) fn absent(
        &mut self,
        caller: &Caller,
        (code, columns): (&EntityCode, [bool; 4]),
        accounts: &[AccountId],
    ) -> Result<Vec<Compared>, Fault> {
        let Some(entity) = self.entity(code) else { return Ok(Vec::new()) };
        let [open_ar, unbilled, open_orders, unapplied] = columns.map(|has| has.then_some(0));
        let extract = Extract { open_ar, unbilled, open_orders, unapplied };
        let mut compared = Vec::new();
        for id in accounts {
            let Some(customer) = self.customer(*id)? else { continue };
            if !permit::sees(&caller.principal, &customer.account) {
                continue;
            }
            let told = self.against(0, &entity, &customer, &extract)?.ok_or_else(|| ReconciliationFault {
                row: 0,
                column: "account".to_owned(),
                code: "rate_missing".to_owned(),
                message: format!(
                    "{} is not in the extract, and an exchange rate is missing.",
                    customer.account.name
                ),
            });
            compared.push(Compared { of: Some((*id, code.clone())), told });
        }
        Ok(compared)
    }
}
