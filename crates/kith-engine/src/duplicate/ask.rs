//! Asking about a new account that is probably on record.

use kith_api::view::CandidateView;
use kith_domain::account::{Account, Command as AccountCommand};
use kith_domain::command::Command;
use kith_domain::decider::Decider;
use kith_domain::refusal::Refusal;
use kith_store::Fault;

use super::likeness::{probable, similar};
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Walk;
use crate::facts;

/// The question about a new account, if there is one to ask.
pub(crate) fn asked(walk: &mut Walk<'_, '_>, command: &Command) -> Result<Option<Refusal>, Fault> {
    let Some(account) = new_account(walk, command)? else { return Ok(None) };
    Ok(probable(walk.engine, walk.caller, &similar(walk.engine, &account, None)))
}

/// The account that a command would create, if the rules let it.
fn new_account(walk: &mut Walk<'_, '_>, command: &Command) -> Result<Option<Account>, Fault> {
    let Command::Account { command: command @ AccountCommand::Create { .. }, .. } = command else {
        return Ok(None);
    };
    let facts = facts::account(walk, command)?;
    let mut account = Account::default();
    let Ok(events) = account.decide(walk.context, &facts, command) else { return Ok(None) };
    events.iter().for_each(|event| account.evolve(event));
    Ok(Some(account))
}

impl Engine {
    /// The accounts that a new one may be, as far as the caller may see them.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub async fn candidates(&self, caller: &Caller, command: Command) -> Result<Vec<CandidateView>, Fault> {
        let (engine, asking) = (self.clone(), caller.clone());
        let context = caller.context(self.now());
        let account = self
            .store()
            .write(move |unit| {
                let organisation = engine.organisation_in(unit)?;
                let (caller, context) = (&asking, &context);
                let mut walk =
                    Walk { engine: &engine, unit, caller, context, organisation, effects: Vec::new() };
                new_account(&mut walk, &command)
            })
            .await?;
        match account {
            Some(account) => self.alike(caller, &account).await,
            None => Ok(Vec::new()),
        }
    }
}
