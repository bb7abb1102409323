//! Looks after contracts: they begin, are reminded of, go on or end. Asked again and again, each does it once.

use jiff::Timestamp;
use kith_domain::contract::{Command, Contract};
use kith_domain::value::ContractId;
use kith_store::Fault;

use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::load;

/// Contracts that are read at once.
const PAGE: u32 = 200;

impl Engine {
    /// Does what the clock asks of contracts; says how many it touched.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write; what was done before stays done.
    pub async fn tend_contracts(&self, now: Timestamp) -> Result<usize, Fault> {
        let (mut after, mut touched) = ((i64::MIN, String::new()), 0_usize);
        loop {
            let from = after.clone();
            let due =
                self.store().read(move |reader| reader.due_contracts(now.as_millisecond(), &from, PAGE));
            let due = due.await?;
            let Some(last) = due.last().cloned() else { return Ok(touched) };
            for (_, id) in due {
                if self.tend_contract(&id, now).await? {
                    touched = touched.saturating_add(1);
                }
            }
            after = last;
        }
    }

    async fn tend_contract(&self, id: &str, now: Timestamp) -> Result<bool, Fault> {
        let name = id.to_owned();
        let contract = self.store().read(move |reader| load::<Contract>(reader, &name)).await?.state;
        let Ok(id) = id.parse::<ContractId>() else { return Ok(false) };
        let command = match contract.signing_reminder(now) {
            Some(hours) => Command::RemindSigner { hours, at: now },
            None if contract.is_out() => return Ok(false),
            None => {
                let organisation = self.organisation();
                let entity = organisation.entity(&contract.terms.entity);
                let zone = entity.map_or(&organisation.timezone, |entity| &entity.timezone);
                let today = self.today_in(zone);
                // Its day has not begun in its own zone: nothing to write.
                if !contract.is_due(today) {
                    return Ok(false);
                }
                Command::Tend { today }
            }
        };
        let done = self.contract_act(&Caller::system(), id, command, None).await?;
        Ok(done.is_ok_and(|receipt| receipt.changed))
    }
}
