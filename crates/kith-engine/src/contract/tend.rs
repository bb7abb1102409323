//! Looks after contracts: they begin, are reminded of, go on or end. Asked again and again, each does it once.

use jiff::Timestamp;
use kith_domain::contract::{Command, Contract, Signer};
use kith_domain::value::ContractId;
use kith_store::Fault;

use crate::caller::Caller;
use crate::engine::Engine;
use crate::mail::reminder;
use crate::noun::load;

/// Hours for which the link of a reminder works.
const LINK_HOURS: u16 = 14 * 24;
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
        let reminds = matches!(command, Command::RemindSigner { .. });
        let done = self.contract_act(&Caller::system(), id, command, None).await?;
        let changed = done.is_ok_and(|receipt| receipt.changed);
        if reminds && changed {
            self.remind_signers(&contract).await?;
        }
        Ok(changed)
    }

    /// Writes to the customer's signers whose turn it is, with a new link each: the secret of the one before is nowhere.
    /// Where no mail leaves, the link that somebody handed over goes on to work.
    async fn remind_signers(&self, contract: &Contract) -> Result<(), Fault> {
        if self.mailer().is_none() {
            return Ok(());
        }
        for signer in (0_u8..).take(contract.terms.signers.len()) {
            let owes =
                |one: &&Signer| one.user.is_none() && one.signature.is_none() && contract.is_turn_of(one);
            if contract.signer(signer).is_some_and(|one| owes(&one)) {
                let id = contract.id.to_string();
                let sent = self.relink(&Caller::system(), &id, (signer, LINK_HOURS), reminder).await?;
                if let Err(refusal) = sent {
                    tracing::warn!(contract = %contract.id, code = refusal.code, "a signer was not reminded");
                }
            }
        }
        Ok(())
    }
}
