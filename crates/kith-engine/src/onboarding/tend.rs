//! What the clock asks of open cases: another try outside, reminders, escalation, and an end to what is idle.

use std::collections::BTreeSet;

use kith_domain::access::Role;
use kith_domain::account::Account;
use kith_domain::approval::{Change, ChangeState, Operation};
use kith_domain::command::Command as Whole;
use kith_domain::notification::NotificationKind;
use kith_domain::onboarding::{Command, Onboarding, RejectCode, StepName};
use kith_domain::value::{OnboardingId, Personal, UserId};
use kith_store::{Fault, Noun, Unit};

use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::{Request, Walk};
use crate::facts::all_users;
use crate::gate::{News, holders, tell};
use crate::mail::{Draft, Pen, language_of, queue};
use crate::noun::{load, read};

/// Cases that are looked at in one page.
const PAGE: u32 = 200;
/// Changes of one account that are looked at.
const CHANGES_MAX: u32 = 200;

impl Engine {
    /// Looks after every open case once; says how many there are.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer or write; what was done before stays done.
    pub async fn tend_cases(&self) -> Result<usize, Fault> {
        let mut after: Option<String> = None;
        let mut seen = 0;
        loop {
            let cursor = after.clone();
            let page = self
                .store()
                .read(move |reader| {
                    reader.list(Noun::Onboarding, &[("state", "open".into())], cursor.as_deref(), PAGE)
                })
                .await?;
            let Some(last) = page.last() else { return Ok(seen) };
            after = Some(last.id.clone());
            for id in page.iter().filter_map(|one| one.id.parse::<OnboardingId>().ok()) {
                seen += 1;
                self.advance_case(id).await?;
                self.tend_case(id).await?;
            }
        }
    }

    async fn tend_case(&self, id: OnboardingId) -> Result<(), Fault> {
        let engine = self.clone();
        let caller = Caller::system();
        let context = caller.context(self.now());
        let (idle, effects) = self
            .store()
            .write(move |unit| {
                let case = load::<Onboarding>(unit, &id.to_string())?.state;
                let idle = case.is_idle(&context) && !waits_for_an_end(unit, &case)?;
                let organisation = engine.organisation_in(unit)?;
                let (caller, context) = (&caller, &context);
                let mut walk =
                    Walk { engine: &engine, unit, caller, context, organisation, effects: Vec::new() };
                for step in StepName::ALL {
                    look(&mut walk, &case, *step)?;
                }
                Ok((idle.then_some(case.account), walk.effects))
            })
            .await?;
        self.apply_effects(effects).await;
        if let Some(account) = idle {
            let reason = Personal::new(account, RejectCode::IDLE_REASON.to_owned());
            let command =
                Whole::Onboarding { id, command: Command::Reject { code: RejectCode::Idle, reason } };
            self.execute(&Caller::system(), Request::from(command)).await?;
        }
        Ok(())
    }
}

/// Whether somebody is asked already to turn the case down.
fn waits_for_an_end(unit: &mut Unit<'_>, case: &Onboarding) -> Result<bool, Fault> {
    let target = case.account.to_string();
    let found = unit.list_newest(Noun::Change, &[("target", (&target).into())], None, CHANGES_MAX)?;
    for document in found {
        let change = read::<Change>(document)?.state;
        let end =
            matches!(change.operation, Some(Operation::OnboardingReject | Operation::OnboardingRejectMatch));
        // What the approvers said no to since it fell idle is not asked again at once.
        if end && (change.state == ChangeState::Waiting || change.submitted_at >= case.touched_at) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Reminds of a step, or hands it on, if that is due.
fn look(walk: &mut Walk<'_, '_>, case: &Onboarding, step: StepName) -> Result<(), Fault> {
    let reminder = case.reminder_due(walk.context, step);
    let (command, kind) = match reminder {
        Some(count) => (Command::Remind { step, count }, NotificationKind::OnboardingReminder),
        None if case.escalation_due(walk.context, step) => {
            (Command::Escalate { step }, NotificationKind::OnboardingEscalated)
        }
        None => return Ok(()),
    };
    let mut loaded = load::<Onboarding>(walk.unit, &case.id.to_string())?;
    let secrets = walk.engine.store().secrets();
    if !matches!(loaded.act(walk.unit, secrets, walk.context, &(), &command)?, Ok(true)) {
        return Ok(());
    }
    let account = load::<Account>(walk.unit, &case.account.to_string())?.state;
    let mut to = responsible(&account, case);
    let text = match reminder {
        Some(_) => format!("{} still owes us something: {}.", account.name, step.title()),
        None => {
            let roles = BTreeSet::from([Role::Manager]);
            to.extend(holders(&all_users(walk.unit)?, &roles, Some(&case.entity)));
            format!("{} takes longer than it may with {}.", step.title(), account.name)
        }
    };
    tell(walk, &to, &News { kind, text, about: &case.account.to_string() })?;
    if reminder.is_some() { remind_customer(walk, case, &account, step) } else { Ok(()) }
}

/// Writes to the customer what it owes: what Kith itself found, never what people noted for themselves. Signatures are
/// reminded of with the contract.
fn remind_customer(
    walk: &mut Walk<'_, '_>,
    case: &Onboarding,
    account: &Account,
    step: StepName,
) -> Result<(), Fault> {
    if step == StepName::Contract {
        return Ok(());
    }
    let said = case.steps.get(&step).and_then(|record| record.trail.last());
    let found = said.filter(|entry| entry.by.is_none()).and_then(|entry| entry.reason.as_ref()?.get());
    let us = walk.organisation.entity(&case.entity).map_or(&walk.organisation.name, |entity| &entity.name);
    let (to, name, language) = addressee(account);
    let sheet = Pen::new(walk.engine, language, us).owed(&account.name, found.map(String::as_str));
    queue(walk, Draft { account: account.id, about: case.id.to_string(), to, name, sheet, link: None })
}

/// Whom a customer's mail goes to, and in which language: the first contact, else the company.
pub(super) fn addressee(account: &Account) -> (Personal<String>, Personal<String>, Option<&str>) {
    let with_address = account.contacts.iter().filter(|contact| !contact.emails.is_empty());
    let first = with_address.max_by_key(|contact| contact.is_primary);
    let email = first.and_then(|contact| contact.emails.first().cloned());
    match (email, first) {
        (Some(email), Some(contact)) => (email, contact.name.clone(), language_of(account, Some(contact.id))),
        _ => {
            let name = Personal::new(account.id, account.name.clone());
            (account.email.clone(), name, language_of(account, None))
        }
    }
}

fn responsible(account: &Account, case: &Onboarding) -> BTreeSet<UserId> {
    account.account_manager.into_iter().chain(account.sales_rep).chain(case.started_by).collect()
}
