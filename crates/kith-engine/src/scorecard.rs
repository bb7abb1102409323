//! The company's scorecards: trained from a file or from history, kept as versions, put in force by the policy, asked.

mod active;
mod history;
mod sheet;
mod show;
mod train;

use kith_domain::access::Grant;
use kith_domain::command::Command;
use kith_domain::policy::{Command as PolicyCommand, Policy, Rules};
use kith_domain::refusal::{FieldFault, Refusal};
use kith_domain::scorecard::Scorecard;
use kith_store::{Fault, Index, Noun, Reader, Secrets};

pub(crate) use active::{Active, COLUMNS, Cards};
pub use show::Scored;
pub(crate) use show::reasons;
pub use train::ScorecardFile;

use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::{POLICY, Stored, load};
use crate::permit;

impl Stored for Scorecard {
    const NOUN: Noun = Noun::Scorecard;
    const WORD: &'static str = "scorecard";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        Vec::new()
    }
}

/// The word for no version: the expert card scores.
const EXPERT: &str = "expert";

/// There is no such version.
pub(crate) fn missing() -> Refusal {
    permit::missing("scorecard.not_found", "There is no such version of the scorecard.")
}

/// A version by its number as it is written.
pub(crate) fn version(reader: &mut Reader<'_>, name: &str) -> Result<Option<Scorecard>, Fault> {
    let Ok(number) = name.parse::<u64>() else { return Ok(None) };
    let found = load::<Scorecard>(reader, &number.to_string())?.state;
    Ok(Some(found).filter(Scorecard::exists))
}

/// What is wrong with the version that rules put in force.
pub(crate) fn faults(reader: &mut Reader<'_>, rules: &Rules) -> Result<Vec<FieldFault>, Fault> {
    let Some(asked) = rules.credit.scorecard else { return Ok(Vec::new()) };
    let fault = |code: &str, message: String| vec![FieldFault::new("/credit/scorecard", code, message)];
    let Some(card) = version(reader, &asked.to_string())?.and_then(|found| found.read()) else {
        return Ok(fault("scorecard_unknown", format!("there is no version {asked} of the scorecard")));
    };
    let unknown = active::unknown_columns(&card);
    Ok(if unknown.is_empty() {
        Vec::new()
    } else {
        let (unknown, known) = (unknown.join(", "), COLUMNS.join(", "));
        fault(
            "columns_unknown",
            format!(
                "version {asked} looks at columns that accounts do not have: {unknown}; they have: {known}"
            ),
        )
    })
}

impl Engine {
    /// The command that puts a version in force, or the expert card by the word `expert`: a change of the policy.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn scorecard_command(
        &self,
        caller: &Caller,
        name: &str,
    ) -> Result<Result<Command, Refusal>, Fault> {
        if !caller.principal.may(Grant::OrganisationManage, None) {
            return Ok(Err(permit::denied(Grant::OrganisationManage)));
        }
        let name = name.to_owned();
        let (mut rules, found) = self
            .store()
            .read(move |reader| {
                let rules = load::<Policy>(reader, POLICY)?.state.rules;
                let found = match name.as_str() {
                    EXPERT => Some(None),
                    name => version(reader, name)?.map(|found| Some(found.version)),
                };
                Ok((rules, found))
            })
            .await?;
        let Some(found) = found else { return Ok(Err(missing())) };
        rules.credit.scorecard = found;
        Ok(Ok(Command::Policy(PolicyCommand::Set { rules: Box::new(rules) })))
    }
}
