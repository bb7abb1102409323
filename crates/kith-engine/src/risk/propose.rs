//! A limit that behaviour is worth, put before its approvers, or applied where policy lets it.

use jiff::civil::Date;
use kith_domain::account::{Command as AccountCommand, LimitGround, Stage};
use kith_domain::approval::{Change, ChangeState, Operation};
use kith_domain::command::Command;
use kith_domain::organisation::Organisation;
use kith_domain::policy::{Pack, Policy};
use kith_domain::refusal::{Refusal, RefusalKind};
use kith_domain::value::{EntityCode, Money};
use kith_risk::limit::{LimitPolicy, Outcome, Proposal};
use kith_store::{Fault, Noun};

use super::inputs::Known;
use super::show::told_inputs;
use crate::answer::{Answer, Outcome as Executed};
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Request;
use crate::noun::{POLICY, load, read};

/// Days that a proposal which somebody decided stands for itself.
const SILENT_DAYS: i64 = 30;
/// Changes of an account that are looked through for one of its limit.
const CHANGES: u32 = 200;

/// A proposal as it was asked for.
#[derive(Debug, Clone, Default)]
pub struct LimitAsked {
    /// The legal entity whose limit it is; `None` for the account's own where it trades with one entity only.
    pub entity: Option<String>,
    /// The caller's idempotency key.
    pub key: Option<String>,
}

impl Engine {
    /// Puts the limit that behaviour is worth before its approvers.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out; nothing was done then.
    pub async fn propose_limit(
        &self,
        caller: &Caller,
        name: &str,
        asked: LimitAsked,
    ) -> Result<Result<Executed, Refusal>, Fault> {
        let limit = match self.known_limit(caller, name, asked.entity.as_deref()).await? {
            Ok(limit) => limit,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let Some(command) = self.adjustment(&limit.known, limit.scope) else {
            return Ok(Err(Refusal::new(
                RefusalKind::Conflict,
                "limit.no_proposal",
                "The limit stays as it is.",
                "Read the proposal: its guard rails say what holds it.",
            )));
        };
        let request = Request { command, key: asked.key, expected_version: None };
        self.execute(caller, request).await.map(Ok)
    }

    /// The command that sets the limit which behaviour is worth; none where it stays.
    fn adjustment(&self, known: &Known, scope: Option<EntityCode>) -> Option<Command> {
        let (inputs, proposal) = self.proposed(known);
        if proposal.outcome == Outcome::Keep {
            return None;
        }
        let organisation = self.organisation();
        let from = match &scope {
            None => known.account.credit_limit,
            Some(code) => {
                let own = known.account.overrides.get(code).and_then(|said| said.credit_limit.as_ref());
                own.and_then(|limit| limit.value().copied())
            }
        };
        // The master's limit keeps its own currency.
        let to = Money::new(proposal.proposed_minor, known.currency);
        let to = match from {
            Some(from) => moved(&organisation, from, to, known.day)?,
            None => to,
        };
        let ground = ground(known, &told_inputs(known, &inputs), &proposal);
        // A first limit of its own is for people to agree to, whatever it is.
        let raises = proposal.outcome != Outcome::Cut || from.is_none();
        let command =
            AccountCommand::AdjustLimit { entity: scope, from, to, raises, ground: Box::new(ground) };
        Some(Command::Account { id: known.account.id, command })
    }

    /// Whether limits follow behaviour by themselves.
    async fn limits_follow(&self) -> Result<bool, Fault> {
        let policy = self.store().read(|reader| load::<Policy>(reader, POLICY)).await?.state;
        Ok(policy.rules.packs.contains(&Pack::DynamicLimits))
    }

    /// Lets the limit of an account follow its behaviour, where the policy says so: less at once, more through approval.
    /// What somebody decided in the last 30 days stands.
    pub(crate) async fn follow_limit(&self, row: u32) -> Result<(), Fault> {
        if !self.limits_follow().await? {
            return Ok(());
        }
        let Some(id) = self.directory().read().entry(row).map(|entry| entry.id) else { return Ok(()) };
        let caller = Caller::system();
        let Ok(known) = self.known_risk(&caller, &id.to_string(), None).await? else { return Ok(()) };
        // Who never had a limit is given a first one by people, not by itself.
        if known.limit.is_none() || !matches!(known.account.stage, Stage::Active | Stage::Probation) {
            return Ok(());
        }
        let Some(command) = self.adjustment(&known, None) else { return Ok(()) };
        let raises = matches!(
            &command,
            Command::Account { command: AccountCommand::AdjustLimit { raises: true, .. }, .. }
        );
        if raises && self.is_decided(&id.to_string()).await? {
            return Ok(());
        }
        if let Answer::Refused(refusal) = self.execute(&caller, Request::from(command)).await?.answer {
            tracing::debug!(code = refusal.code, "a limit stays as it is");
        }
        Ok(())
    }

    /// Whether a raise waits, or was decided within 30 days.
    async fn is_decided(&self, account: &str) -> Result<bool, Fault> {
        let target = account.to_owned();
        let changes = self
            .store()
            .read(move |reader| {
                let operation = Operation::LimitRaise.as_str();
                let index = [("operation", operation.into()), ("target", target.as_str().into())];
                let documents = reader.list_newest(Noun::Change, &index, None, CHANGES)?;
                documents.into_iter().map(read::<Change>).collect::<Result<Vec<_>, Fault>>()
            })
            .await?;
        let since = self.now().as_second().saturating_sub(SILENT_DAYS * 86_400);
        Ok(changes.iter().any(|change| {
            let lately = change.state.submitted_at.is_some_and(|at| at.as_second() > since);
            change.state.state == ChangeState::Waiting || lately
        }))
    }

    /// Lets every limit follow behaviour when a day begins.
    pub(crate) async fn follow_limits(&self) -> Result<(), Fault> {
        if !self.limits_follow().await? {
            return Ok(());
        }
        let rows: Vec<u32> = self.directory().read().rows().map(|(row, _)| row).collect();
        for row in rows {
            self.follow_limit(row).await?;
        }
        Ok(())
    }
}

/// A limit in the currency of the one that it follows, in whole steps of that currency towards it; none where nothing is left
/// of the move.
pub(crate) fn moved(organisation: &Organisation, from: Money, to: Money, day: Date) -> Option<Money> {
    if from.currency == to.currency {
        return Some(to);
    }
    let there = organisation.convert(to, from.currency, day)?;
    let policy = LimitPolicy::standard(10_i64.saturating_pow(from.currency.exponent().into()));
    let minor = match there.minor >= from.minor {
        true => policy.floor_to_step(there.minor).max(from.minor),
        false => policy.ceil_to_step(there.minor).min(from.minor),
    };
    (minor != from.minor).then_some(Money::new(minor, from.currency))
}

fn ground(
    known: &Known,
    inputs: &serde_json::Map<String, serde_json::Value>,
    proposal: &Proposal,
) -> LimitGround {
    let told = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Object(money) if money.contains_key("amount") => {
            let member = |name: &str| money.get(name).and_then(serde_json::Value::as_str).unwrap_or_default();
            format!("{} {}", member("currency"), member("amount"))
        }
        other => other.to_string(),
    };
    LimitGround {
        formula: proposal.formula.clone(),
        currency: known.currency,
        need_minor: proposal.need_minor,
        target_minor: proposal.target_minor,
        inputs: inputs.iter().map(|(name, value)| (name.clone(), told(value))).collect(),
        contributions: proposal.contributions.clone(),
        rails: proposal.rails.clone(),
        counterfactuals: proposal.counterfactuals.clone(),
    }
}

#[cfg(test)]
mod tests;
