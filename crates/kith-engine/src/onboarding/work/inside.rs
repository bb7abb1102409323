//! Steps that are decided by what is on record here.

use std::collections::BTreeSet;

use kith_api::request::{OwnerInput, OwnersSet};
use kith_api::view::HitView;
use kith_domain::approval::{Change, ChangeState, Operation};
use kith_domain::command::Command as Whole;
use kith_domain::notification::NotificationKind;
use kith_domain::onboarding::{Command, missing_fields};
use kith_domain::value::counted;
use kith_match::score::probability;
use kith_store::{Fault, Noun};

use super::super::tend::addressee;
use super::{Desk, Finding, Proof, StepWork, Work};
use crate::answer::Answer;
use crate::caller::Caller;
use crate::duplicate::similar;
use crate::execute::{Request, Walk};
use crate::gate::{News, tell};
use crate::mail;
use crate::noun::read;

/// How probably another account is the same customer before somebody looks at the two (D§2.3).
const FUZZY: f64 = 0.95;
/// Most accounts that are named.
const NAMED: usize = 3;
/// Most changes of one account that are looked at.
const CHANGES_MAX: u32 = 200;

/// The fields that a customer of this type must bring.
pub(super) fn intake(desk: &Desk) -> Result<Finding, Fault> {
    let missing = missing_fields(&desk.account);
    if missing.is_empty() {
        let text =
            format!("Type {}: every field that it needs is there.", desk.account.customer_type.as_str());
        return Ok(Finding::passed("The application is complete.").with([Proof::of("account", text)]));
    }
    Ok(Finding::awaiting(format!("Missing: {}.", missing.join(", "))))
}

/// Whether the customer is on record already.
pub(super) fn duplicates(desk: &Desk) -> Result<Finding, Fault> {
    let found = similar(&desk.engine, &desk.account, desk.row);
    let near: Vec<_> = found.iter().filter(|one| probability(one.waterfall.weight) >= FUZZY).collect();
    if near.is_empty() {
        let alike = counted(found.len(), "1 account looked alike", "{n} accounts looked alike");
        let text = format!("{alike}, none as much as {FUZZY}.");
        return Ok(Finding::passed("It is not on record yet.").with([Proof::of("matching", text)]));
    }
    let inner = desk.engine.directory().read();
    let proofs = near.iter().take(NAMED).filter_map(|one| {
        let entry = inner.entry(one.row)?;
        let sure = probability(one.waterfall.weight);
        Some(Proof::of("matching", format!("{} {} ({sure:.3})", entry.number, entry.name)))
    });
    let reason = "It may be on record already: link or merge the accounts, or say that they are two.";
    Ok(Finding::ours(reason).with(proofs.collect::<Vec<_>>()))
}

/// Who owns and who controls the company.
pub(super) fn owners(desk: &Desk) -> Result<Finding, Fault> {
    if desk.account.customer_type == kith_domain::account::CustomerType::Retail {
        return Ok(Finding::passed("A person has no owners."));
    }
    let missing = desk.case.application.owners_missing();
    if missing.is_empty() {
        let count = desk.case.application.beneficial_owners().count();
        let text =
            format!("{} owners, {count} of them with a quarter or more.", desk.case.application.owners.len());
        return Ok(
            Finding::passed("Owners and control are on record.").with([Proof::of("application", text)])
        );
    }
    Ok(Finding::awaiting(format!("Missing: {}.", missing.join("; "))))
}

/// Whether the company, its contacts or its owners are on a list in force.
pub(super) struct Screening;

impl StepWork for Screening {
    fn run<'d>(&self, desk: &'d Desk) -> Work<'d> {
        Box::pin(screening(desk))
    }
}

async fn screening(desk: &Desk) -> Result<Finding, Fault> {
    let (caller, account) = (Caller::system(), desk.account.id.to_string());
    let known = desk.engine.ownership(&caller, &account).await?;
    if known.is_ok_and(|known| known.owners.is_empty()) && !desk.case.application.owners.is_empty() {
        // Whoever the application names is screened with the company.
        if let Err(refusal) = desk.engine.set_owners(&caller, &account, owners_named(desk)).await? {
            return Ok(Finding::ours(format!("{} {}", refusal.sentence, refusal.clears)));
        }
    }
    let found = match desk.engine.screen_account(&caller, &account).await? {
        Ok(found) => found,
        Err(refusal) => return Ok(Finding::ours(format!("{} {}", refusal.sentence, refusal.clears))),
    };
    if found.lists.is_empty() {
        return Ok(Finding::ours("No list is in force: load one, or let compliance screen by hand."));
    }
    let text = format!("{} parties, {} weak hits recorded.", found.parties, found.recorded);
    let proof = Proof { as_of: Some(found.lists.join(", ")), ..Proof::of("screening", text) };
    let matched = found.hits.iter().any(|hit| hit.state == "true_match");
    let is_decided = |hit: &HitView| matches!(hit.state.as_str(), "true_match" | "false_positive");
    let pending = found.hits.iter().filter(|hit| !is_decided(hit)).count();
    let finding = match found.outcome.as_str() {
        "clear" => Finding::passed("Nobody concerned is on a list."),
        // Nothing is a match, and nobody blocked, before people have said so.
        "blocked" if matched || pending == 0 => {
            Finding::failed("A true match, or owned by who is blocked: turn the application down.")
        }
        _ => {
            let count = if pending > 0 { pending } else { found.hits.len() };
            Finding::ours(counted(count, "1 hit is to be decided.", "{n} hits are to be decided."))
        }
    };
    Ok(finding.with([proof]))
}

/// The owners of the application, as the screening knows owners.
fn owners_named(desk: &Desk) -> OwnersSet {
    let named = desk.case.application.owners.iter().map(|owner| OwnerInput {
        name: owner.name.get().cloned().unwrap_or_default(),
        kind: Some(if owner.is_person { "person" } else { "company" }.to_owned()),
        country: owner.country.clone(),
        birth_date: owner.born_on.as_ref().and_then(|born| born.get().cloned()),
        percent: owner.share_bp.map(f64::from).unwrap_or_default() / 100.0,
        controls: owner.controls,
        ..OwnerInput::default()
    });
    OwnersSet { owners: named.collect() }
}

/// AR Manager, then Controller: a change that holds the case's own command.
pub(super) struct Approvals;

impl StepWork for Approvals {
    fn run<'d>(&self, desk: &'d Desk) -> Work<'d> {
        Box::pin(approvals(desk))
    }
}

async fn approvals(desk: &Desk) -> Result<Finding, Fault> {
    let account = desk.account.id.to_string();
    let changes = desk
        .engine
        .store()
        .read(move |reader| {
            let found =
                reader.list_newest(Noun::Change, &[("target", (&account).into())], None, CHANGES_MAX)?;
            found.into_iter().map(|one| Ok(read::<Change>(one)?.state)).collect::<Result<Vec<_>, Fault>>()
        })
        .await?;
    let since = desk.case.clock.submitted_at;
    let ours = changes.into_iter().filter(|change| {
        change.operation == Some(Operation::OnboardingApprove) && change.submitted_at >= since
    });
    let latest = ours.max_by_key(|change| change.submitted_at);
    let held = desk.case.steps.get(&kith_domain::onboarding::StepName::Approvals);
    let failed = held.is_some_and(|held| held.state == kith_domain::onboarding::StepState::Failed);
    match latest {
        Some(change) if matches!(change.state, ChangeState::Waiting | ChangeState::Applying) => {
            Ok(Finding::ours("It waits for its approvers.")
                .with([Proof::of("change", change.id.to_string())]))
        }
        Some(change) if !failed && change.state != ChangeState::Applied => {
            let text = format!("{} was {}.", change.id, change.state.as_str());
            Ok(Finding::failed("The approvers did not agree.").with([Proof::of("change", text)]))
        }
        _ => submit(desk).await,
    }
}

async fn submit(desk: &Desk) -> Result<Finding, Fault> {
    let command = Whole::Onboarding { id: desk.case.id, command: Command::Approve };
    Ok(match desk.engine.execute(&Caller::system(), Request::from(command)).await?.answer {
        Answer::Waiting(change) => {
            Finding::ours("It waits for its approvers.").with([Proof::of("change", change.id.to_string())])
        }
        Answer::Done(_) => Finding::passed("The policy asks nobody."),
        Answer::Refused(refusal) => Finding::failed(format!("{} {}", refusal.sentence, refusal.clears)),
    })
}

/// Whoever answers for the customer is told that it can order.
pub(super) struct Welcome;

impl StepWork for Welcome {
    fn run<'d>(&self, desk: &'d Desk) -> Work<'d> {
        Box::pin(welcome(desk))
    }
}

async fn welcome(desk: &Desk) -> Result<Finding, Fault> {
    let to: BTreeSet<_> = desk
        .account
        .account_manager
        .into_iter()
        .chain(desk.account.sales_rep)
        .chain(desk.case.started_by)
        .collect();
    let told = to.len();
    let (engine, caller) = (desk.engine.clone(), Caller::system());
    let context = caller.context(desk.engine.now());
    let (name, about) = (desk.account.name.clone(), desk.account.id.to_string());
    let (case, account) = (desk.case.clone(), desk.account.clone());
    let effects = desk
        .engine
        .store()
        .write(move |unit| {
            let organisation = engine.organisation_in(unit)?;
            let (caller, context) = (&caller, &context);
            let mut walk = Walk { engine: &engine, unit, caller, context, organisation, effects: Vec::new() };
            let text = format!("{name} is taken on: welcome it, and see its first order through.");
            tell(&mut walk, &to, &News { kind: NotificationKind::OnboardingDone, text, about: &about })?;
            let organisation = &walk.organisation;
            let us = organisation.entity(&case.entity).map_or(&organisation.name, |entity| &entity.name);
            let (to, name, language) = addressee(&account);
            let sheet = mail::Pen::new(&engine, language, us).welcome(&account.name);
            let about = case.id.to_string();
            mail::queue(&mut walk, mail::Draft { account: account.id, about, to, name, sheet, link: None })?;
            Ok(walk.effects)
        })
        .await?;
    desk.engine.apply_effects(effects).await;
    let proof = Proof::of(
        "notification",
        counted(
            told,
            "1 person of ours was told; the customer is written to.",
            "{n} people of ours were told; the customer is written to.",
        ),
    );
    Ok(Finding::passed("Everybody who serves the customer knows, and so does the customer.").with([proof]))
}
