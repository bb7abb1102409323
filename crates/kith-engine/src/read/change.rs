//! Changes as the faces show them.

use kith_api::view::{ChangeView, Page};
use kith_domain::access::Grant;
use kith_domain::account::Command as AccountCommand;
use kith_domain::approval::{Change, Command as ChangeCommand, Operation};
use kith_domain::command::Command;
use kith_domain::refusal::Refusal;
use kith_domain::value::EntityCode;
use kith_store::{Fault, Noun, Reader};

use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Request;
use crate::gate::Desk;
use crate::noun::{load, read};
use crate::permit;

/// Which changes a list is asked for.
#[derive(Debug, Clone, Default)]
pub struct ChangeRequest {
    /// Only this state.
    pub state: Option<String>,
    /// Only those whose next step the caller may decide.
    pub for_me: bool,
    /// Only about this account.
    pub account: Option<String>,
    /// Only those that this user submitted.
    pub submitted_by: Option<String>,
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// Rows of the page.
    pub limit: usize,
}

/// Changes that are read at once.
const PAGE: u32 = 200;

/// What orders changes by urgency: when they are due, then when they were made.
fn urgency(change: &ChangeView) -> String {
    format!("{}/{}", change.due_at.as_deref().unwrap_or("9999"), change.id)
}

impl Engine {
    /// One change. Opened by somebody who may decide it, that is noted: changes with warnings are decided together only
    /// by whoever has looked at each.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn change(&self, caller: &Caller, id: &str) -> Result<Result<ChangeView, Refusal>, Fault> {
        let missing = || permit::missing("change.not_found", "There is no such change.");
        let name = id.to_owned();
        let change = self.store().read(move |reader| load::<Change>(reader, &name)).await?.state;
        if !change.exists() || !self.sees_change(caller, &change) {
            return Ok(Err(missing()));
        }
        let unopened = caller.principal.user().is_some_and(|user| !change.opened_by.contains(&user));
        if unopened && !change.warnings.is_empty() && self.may_decide_id(caller, id).await? {
            let command = Command::Change { id: change.id, command: ChangeCommand::Open };
            self.execute(caller, Request::from(command)).await?;
        }
        Ok(Ok(self.change_view(caller, &change)))
    }

    /// Changes, newest first; those for the caller by urgency.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn changes(
        &self,
        caller: &Caller,
        request: ChangeRequest,
    ) -> Result<Result<Page<ChangeView>, Refusal>, Fault> {
        if !caller.principal.may(Grant::ChangesRead, None) {
            return Ok(Err(permit::denied(Grant::ChangesRead)));
        }
        let (engine, caller) = (self.clone(), caller.clone());
        let for_me = request.for_me;
        let (found, more) = self
            .store()
            .read(move |reader| {
                if for_me {
                    engine.urgent(reader, &caller, &request)
                } else {
                    engine.newest(reader, &caller, &request)
                }
            })
            .await?;
        let next_cursor = found.last().map(|change| if for_me { urgency(change) } else { change.id.clone() });
        Ok(Ok(Page { items: found, next_cursor: next_cursor.filter(|_| more), has_more: more }))
    }

    fn newest(
        &self,
        reader: &mut Reader<'_>,
        caller: &Caller,
        request: &ChangeRequest,
    ) -> Result<(Vec<ChangeView>, bool), Fault> {
        let mut index = Vec::new();
        index.extend(request.state.as_deref().map(|state| ("state", state.into())));
        index.extend(request.account.as_deref().map(|account| ("target", account.into())));
        index.extend(request.submitted_by.as_deref().map(|user| ("submitted_by", user.into())));
        let mut before = request.cursor.clone();
        let mut found = Vec::new();
        loop {
            let page = reader.list_newest(Noun::Change, &index, before.as_deref(), PAGE)?;
            let full = page.len() == usize::try_from(PAGE).unwrap_or(usize::MAX);
            for document in page {
                before = Some(document.id.clone());
                let change = read::<Change>(document)?.state;
                let wanted = self.sees_change(caller, &change);
                if wanted && found.len() == request.limit {
                    return Ok((found, true));
                }
                if wanted {
                    found.push(self.change_view(caller, &change));
                }
            }
            if !full {
                return Ok((found, false));
            }
        }
    }

    /// What waits for the caller, what is due first at the head.
    fn urgent(
        &self,
        reader: &mut Reader<'_>,
        caller: &Caller,
        request: &ChangeRequest,
    ) -> Result<(Vec<ChangeView>, bool), Fault> {
        let organisation = self.organisation();
        let context = caller.context(self.now());
        let desk = Desk::new(reader, &organisation, &caller.principal, context.now)?;
        let mut index = vec![("state", "waiting".into())];
        index.extend(request.account.as_deref().map(|account| ("target", account.into())));
        let mut after: Option<String> = None;
        let mut mine = Vec::new();
        loop {
            let page = reader.list(Noun::Change, &index, after.as_deref(), PAGE)?;
            let full = page.len() == usize::try_from(PAGE).unwrap_or(usize::MAX);
            for document in page {
                after = Some(document.id.clone());
                let change = read::<Change>(document)?.state;
                let could = desk.could_decide(&change) && self.sees_change(caller, &change);
                if could && change.may_decide(&context, &desk.facts(reader, &change)?) {
                    mine.push(change);
                }
            }
            if !full {
                break;
            }
        }
        let mut mine: Vec<ChangeView> = mine.iter().map(|change| self.change_view(caller, change)).collect();
        mine.sort_by_cached_key(urgency);
        if let Some(cursor) = &request.cursor {
            mine.retain(|change| urgency(change) > *cursor);
        }
        let more = mine.len() > request.limit;
        mine.truncate(request.limit);
        Ok((mine, more))
    }

    pub(super) fn entity_of_change(&self, change: &Change) -> Option<EntityCode> {
        let of_step = change.steps.iter().find_map(|step| step.entity.clone());
        of_step.or_else(|| self.owner_of(change.targets.first()?.parse().ok()?))
    }

    pub(crate) fn sees_change(&self, caller: &Caller, change: &Change) -> bool {
        let own = change
            .submitted_by
            .as_ref()
            .is_some_and(|actor| actor.user.is_some() && actor.user == caller.principal.user());
        let entity = self.entity_of_change(change);
        own || caller.principal.may(Grant::ChangesRead, entity.as_ref())
    }

    /// Whether the change with this id waits for this caller.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn may_decide_id(&self, caller: &Caller, id: &str) -> Result<bool, Fault> {
        if !caller.principal.may(Grant::ChangesApprove, None) {
            return Ok(false);
        }
        let (engine, caller, id) = (self.clone(), caller.clone(), id.to_owned());
        self.store()
            .read(move |reader| {
                let change = load::<Change>(reader, &id)?.state;
                let organisation = engine.organisation();
                let context = caller.context(engine.now());
                let desk = Desk::new(reader, &organisation, &caller.principal, context.now)?;
                Ok(desk.could_decide(&change) && change.may_decide(&context, &desk.facts(reader, &change)?))
            })
            .await
    }

    /// The name of the other account that a change is about.
    fn second_of(&self, change: &Change) -> String {
        let id = change.targets.get(1).cloned().unwrap_or_default();
        let row = id.parse().ok().and_then(|id| self.directory().row(id));
        let name = row.and_then(|row| self.directory().read().entry(row).map(|entry| entry.name.to_string()));
        name.unwrap_or_else(|| "another account".to_owned())
    }

    /// What a change asks for, as a heading.
    pub(crate) fn title_of(&self, change: &Change) -> String {
        let target = change.targets.first().cloned().unwrap_or_default();
        let known = target.parse().ok().and_then(|id| self.directory().row(id));
        let known =
            known.and_then(|row| self.directory().read().entry(row).map(|entry| entry.name.to_string()));
        let name = known.or_else(|| match change.command.as_deref() {
            Some(Command::Account { command: AccountCommand::Create { draft, .. }, .. }) => {
                draft.name.clone().flatten()
            }
            _ => self.directory().read().manager_name(&target).map(str::to_owned),
        });
        // An id says nothing to whoever reads a heading.
        let is_known = name.is_some();
        let name = name.unwrap_or_else(|| "an account".to_owned());
        match change.operation {
            Some(Operation::AccountCreate) => format!("Create {name}"),
            Some(Operation::AccountUpdate) => format!("Edit {name}"),
            Some(Operation::AccountDeactivate) => format!("Deactivate {name}"),
            Some(Operation::AccountReactivate) => format!("Reactivate {name}"),
            Some(Operation::AccountClose) => format!("Close {name}"),
            Some(Operation::AccountReopen) => format!("Reopen {name}"),
            Some(Operation::AccountDelete) => format!("Delete {name}"),
            Some(Operation::AccountMerge) => format!("Merge {} into {name}", self.second_of(change)),
            Some(Operation::AccountUnmerge) => format!("Take {} out of {name} again", self.second_of(change)),
            Some(Operation::AccountSetParent) => format!("Change the parent of {name}"),
            Some(Operation::AccountRelate) => format!("Change the relationships of {name}"),
            Some(Operation::LimitRaise) => format!("Raise the credit limit of {name}"),
            Some(Operation::LimitCut) => format!("Cut the credit limit of {name}"),
            Some(Operation::RiskOverride) => format!("Move the risk class of {name}"),
            Some(Operation::HoldPlace) => format!("Put a hold on {name}"),
            Some(Operation::HoldRelease | Operation::ComplianceHoldRelease) => {
                format!("Release a hold on {name}")
            }
            Some(Operation::OnboardingApprove) => format!("Take {name} on"),
            Some(Operation::OnboardingWaive) => format!("Go without a step with {name}"),
            Some(Operation::OnboardingReject | Operation::OnboardingRejectMatch) => {
                format!("Turn {name} down")
            }
            Some(Operation::OnboardingStartAgain) => format!("Let {name} apply again"),
            Some(Operation::UserAdd) => "Add a user with an approving role".to_owned(),
            Some(Operation::UserSetRoles) => format!("Give {name} an approving role"),
            Some(Operation::PolicySet) => "Change the approval policy".to_owned(),
            Some(Operation::ImportExecute) => "Import accounts from a file".to_owned(),
            Some(Operation::ImportRevert) => "Undo an import of accounts".to_owned(),
            Some(other) if is_known => format!("{} {name}", sentence(other.as_str())),
            Some(other) => sentence(other.as_str()),
            None if is_known => name,
            None => "A change of the record".to_owned(),
        }
    }
}

/// `contract_approve` → `Contract approve`.
fn sentence(operation: &str) -> String {
    let words = operation.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
