//! The step of provisioning: access to the portal, the price list and the identifiers that the application names (D§2.3).

use kith_domain::access::Role;
use kith_domain::account::{Account, Command as AccountCommand, Draft};
use kith_domain::onboarding::EdiId;
use kith_domain::refusal::Refusal;
use kith_domain::task::Work as Task;
use kith_domain::value::{Personal, counted};
use kith_store::Fault;
use serde_json::{Map, Value, json};

use super::{Desk, Finding, Proof, StepWork, Work};
use crate::answer::Answer;
use crate::caller::Caller;
use crate::contract::{Person, give};
use crate::effect::Effect;
use crate::execute::Walk;
use crate::gate;
use crate::noun::load;
use crate::tasks;

/// Access to the portal, prices and identifiers: a validated contract gives the first by itself.
pub(super) struct Provisioning;

impl StepWork for Provisioning {
    fn run<'d>(&self, desk: &'d Desk) -> Work<'d> {
        Box::pin(provisioning(desk))
    }
}

async fn provisioning(desk: &Desk) -> Result<Finding, Fault> {
    let account = desk.account.id.to_string();
    if let Some(finding) = give_access(desk).await? {
        return Ok(finding);
    }
    let users = match desk.engine.portal_users(&Caller::system(), &account).await? {
        Ok(page) => page.items,
        Err(refusal) => return Ok(Finding::ours(format!("{} {}", refusal.sentence, refusal.clears))),
    };
    let mut proofs: Vec<_> = users
        .iter()
        .filter(|user| matches!(user.state.as_str(), "invited" | "active"))
        .map(|user| Proof::of("portal", format!("{} ({}, {})", user.id, user.roles.join(", "), user.state)))
        .collect();
    let people = proofs.len();
    match assign(desk).await? {
        Ok(assigned) => proofs.extend(assigned),
        Err(refusal) => {
            let fields = refusal.fields.iter().map(|fault| fault.message.clone()).collect::<Vec<_>>();
            let why = if fields.is_empty() { refusal.clears } else { fields.join("; ") };
            let reason = format!("{} {why} It is tried again by itself; a task says so.", refusal.sentence);
            return Ok(Finding::ours(reason).with(proofs));
        }
    }
    if people > 0 {
        return Ok(Finding::passed(counted(
            people,
            "1 person has access to the portal.",
            "{n} people have access to the portal.",
        ))
        .with(proofs));
    }
    let people = desk.account.contacts.iter().filter(|contact| !contact.emails.is_empty()).count();
    let reason = format!("Set up {people} contacts with their access to the portal, then complete it.");
    Ok(Finding::ours(reason).with(proofs))
}

/// Gives access to the people whom the application names besides the signers; who has it keeps it. An address that belongs
/// to somebody else is told.
async fn give_access(desk: &Desk) -> Result<Option<Finding>, Fault> {
    let named = desk.case.application.portal_users.iter().filter_map(|person| {
        let role = if person.admin { Role::PortalAdmin } else { Role::PortalUser };
        Some(Person {
            contact: None,
            name: person.name.get()?.clone(),
            email: person.email.get()?.clone(),
            role,
        })
    });
    let named: Vec<Person> = named.collect();
    if named.is_empty() {
        return Ok(None);
    }
    let (engine, caller, id) = (desk.engine.clone(), Caller::system(), desk.account.id);
    let context = caller.context(desk.engine.now());
    let (refused, effects) = desk
        .engine
        .store()
        .write(move |unit| {
            let organisation = engine.organisation_in(unit)?;
            let (caller, context) = (&caller, &context);
            let mut walk = Walk { engine: &engine, unit, caller, context, organisation, effects: Vec::new() };
            let account = load::<Account>(walk.unit, &id.to_string())?.state;
            let mut refused = Vec::new();
            for person in &named {
                match give(&mut walk, context, &account, person)? {
                    Ok(true) => walk.effects.push(Effect::Users),
                    Ok(false) => {}
                    Err(_) => refused.push(person.email.clone()),
                }
            }
            Ok((refused, walk.effects))
        })
        .await?;
    desk.engine.apply_effects(effects).await;
    let told = refused.join(", ");
    Ok((!told.is_empty())
        .then(|| Finding::ours(format!("These addresses belong to somebody else: {told}. Name others."))))
}

/// What of prices and identifiers the application names and the account lacks, as a patch.
fn lacking(desk: &Desk) -> Map<String, Value> {
    let said = &desk.case.application;
    let mut patch = Map::new();
    if let Some(code) =
        said.price_list.as_ref().filter(|code| desk.account.price_list.as_ref() != Some(*code))
    {
        patch.insert("price_list".to_owned(), json!(code));
    }
    let has = |edi: &EdiId| {
        desk.account.identifiers.iter().any(|row| row.kind.to_string() == KIND && row.value == edi.text())
    };
    let rows = said.edi_ids.iter().filter(|edi| !has(edi));
    let rows: Vec<Value> =
        rows.map(|edi| json!({"action": "add", "kind": KIND, "value": edi.text()})).collect();
    if !rows.is_empty() {
        patch.insert("identifiers".to_owned(), json!(rows));
    }
    patch
}

/// Under this kind an account has its identifiers for electronic data interchange.
const KIND: &str = "external:edi";

/// Assigns what the application names; once, however often it is asked. What is refused becomes a task.
async fn assign(desk: &Desk) -> Result<Result<Vec<Proof>, Refusal>, Fault> {
    let said = &desk.case.application;
    let lists = said.price_list.iter().map(|code| Proof::of("price_list", format!("It buys from {code}.")));
    let ids = said.edi_ids.iter().map(|edi| Proof::of("edi", format!("It is known as {}.", edi.text())));
    let proofs: Vec<Proof> = lists.chain(ids).collect();
    let patch = lacking(desk);
    if patch.is_empty() {
        return Ok(Ok(proofs));
    }
    let (engine, caller, id) = (desk.engine.clone(), Caller::system(), desk.account.id);
    let ids = desk.engine.clone();
    let (draft, _) =
        Draft::read_patch(&Value::Object(patch), id, &mut move || ids.new_uuid().unwrap_or_default());
    let command = AccountCommand::Update { draft: Box::new(draft) };
    let (context, case) = (caller.context(desk.engine.now()), desk.case.clone());
    let (answer, effects) = desk
        .engine
        .store()
        .write(move |unit| {
            let organisation = engine.organisation_in(unit)?;
            let (caller, context) = (&caller, &context);
            let mut walk = Walk { engine: &engine, unit, caller, context, organisation, effects: Vec::new() };
            let owner = load::<Account>(walk.unit, &id.to_string())?;
            let manager = owner.state.account_manager.or(case.started_by);
            let cause = json!({"onboarding": case.id.to_string()});
            let answer = gate::apply_account(&mut walk, owner, &command, context, Some(&cause))?;
            if let Answer::Refused(_) = &answer {
                let task = Task {
                    account: Some(id),
                    kind: "provisioning".to_owned(),
                    title: Personal::new(
                        id,
                        "Assign the prices and identifiers of the application".to_owned(),
                    ),
                    due: Some(walk.today_of(&case.entity).to_string()),
                    assignee: manager,
                    cause: Some(format!("{}/provisioning", case.id)),
                };
                tasks::open_once(&mut walk, task)?;
            }
            Ok((answer, walk.effects))
        })
        .await?;
    desk.engine.apply_effects(effects).await;
    Ok(match answer {
        Answer::Refused(refusal) => Err(refusal),
        Answer::Done(_) | Answer::Waiting(_) => Ok(proofs),
    })
}
