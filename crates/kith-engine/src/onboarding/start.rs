//! An application becomes a case: for a company that is on record, or for a new one.

use kith_domain::account::{Account, CustomerType, Draft, Stage};
use kith_domain::command::Command as Whole;
use kith_domain::onboarding::{Application as Said, Command, Started};
use kith_domain::refusal::Refusal;
use kith_domain::value::{AccountId, EntityCode, OnboardingId};
use kith_store::Fault;

use crate::answer::{Answer, Outcome};
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Request;

/// Who applies.
#[derive(Debug, Clone)]
pub enum Applied {
    /// A company that is on record: its id or number.
    Known(String),
    /// A new one, with its fields as given.
    New(AccountId, Box<Draft>),
}

/// An application.
#[derive(Debug, Clone)]
pub struct Application {
    /// Who applies.
    pub who: Applied,
    /// What it says besides.
    pub said: Said,
}

impl Engine {
    /// The command that an application is.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn application(
        &self,
        caller: &Caller,
        application: Application,
    ) -> Result<Result<(OnboardingId, Whole), Refusal>, Fault> {
        let id = OnboardingId(self.new_uuid()?);
        let started = match application.who {
            Applied::Known(name) => {
                let account: Account = match self.load_account(caller, &name).await? {
                    Ok(loaded) => loaded.state,
                    Err(refusal) => return Ok(Err(refusal)),
                };
                Started {
                    id,
                    account: account.id,
                    entity: account.owning_entity,
                    customer_type: account.customer_type,
                    application: application.said,
                    again: account.stage == Stage::Rejected,
                    draft: None,
                }
            }
            Applied::New(account, draft) => {
                let given = |value: &Option<Option<String>>| value.clone().flatten();
                // What cannot be read is refused by the rules of accounts, in the same breath.
                let entity = given(&draft.owning_entity).and_then(|code| code.parse::<EntityCode>().ok());
                let kind = given(&draft.customer_type).and_then(|kind| CustomerType::get(&kind));
                Started {
                    id,
                    account,
                    entity: entity.unwrap_or_default(),
                    customer_type: kind.unwrap_or_default(),
                    application: application.said,
                    again: false,
                    draft: Some(draft),
                }
            }
        };
        Ok(Ok((id, Whole::Onboarding { id, command: Command::Start(Box::new(started)) })))
    }

    /// Carries out a command to a case, and whatever follows from it.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub async fn onboard(&self, caller: &Caller, request: Request) -> Result<Outcome, Fault> {
        let outcome = self.execute(caller, request).await?;
        if let Answer::Done(receipt) = &outcome.answer
            && !outcome.replayed
            && let Ok(id) = receipt.id.parse::<OnboardingId>()
        {
            self.advance_case(id).await?;
        }
        Ok(outcome)
    }
}
