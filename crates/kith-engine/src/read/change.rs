//! Changes as the faces show them.

use kith_api::view::{ChangeView, DiffView, Page, StepView, WarningView};
use kith_domain::access::Grant;
use kith_domain::account::Command as AccountCommand;
use kith_domain::approval::{Change, ChangeState, Operation};
use kith_domain::command::Command;
use kith_domain::refusal::Refusal;
use kith_domain::value::{EntityCode, Personal};
use kith_store::{Fault, Noun};
use serde_json::Value;

use super::account::flatten;
use crate::caller::Caller;
use crate::engine::Engine;
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
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// Rows of the page.
    pub limit: usize,
}

impl Engine {
    /// One change.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn change(&self, caller: &Caller, id: &str) -> Result<Result<ChangeView, Refusal>, Fault> {
        let missing = || permit::missing("change.not_found", "There is no such change.");
        let name = id.to_owned();
        let change = self.store().read(move |reader| load::<Change>(reader, &name)).await?.state;
        let seen = change.exists() && self.sees_change(caller, &change);
        Ok(if seen { Ok(self.change_view(caller, &change)) } else { Err(missing()) })
    }

    /// Changes, newest first.
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
        let (found, more) = self
            .store()
            .read(move |reader| {
                let mut index = Vec::new();
                let state = if request.for_me { Some("waiting") } else { request.state.as_deref() };
                index.extend(state.map(|state| ("state", state.into())));
                index.extend(request.account.as_deref().map(|account| ("target", account.into())));
                let mut before = request.cursor.clone();
                let mut found = Vec::new();
                loop {
                    let page = reader.list_newest(Noun::Change, &index, before.as_deref(), 200)?;
                    let full = page.len() == 200;
                    for document in page {
                        before = Some(document.id.clone());
                        let change = read::<Change>(document)?.state;
                        let wanted = engine.sees_change(&caller, &change)
                            && (!request.for_me || engine.may_decide(&caller, &change));
                        if wanted && found.len() == request.limit {
                            return Ok((found, true));
                        }
                        if wanted {
                            found.push(engine.change_view(&caller, &change));
                        }
                    }
                    if !full {
                        return Ok((found, false));
                    }
                }
            })
            .await?;
        let next_cursor = found.last().map(|change: &ChangeView| change.id.clone()).filter(|_| more);
        Ok(Ok(Page { items: found, next_cursor, has_more: more }))
    }

    fn entity_of_change(&self, change: &Change) -> Option<EntityCode> {
        let of_step = change.steps.iter().find_map(|step| step.entity.clone());
        of_step.or_else(|| {
            let id = change.targets.first()?.parse().ok()?;
            let row = self.directory().row(id)?;
            self.directory().read().entry(row).map(|entry| entry.entity.clone())
        })
    }

    fn sees_change(&self, caller: &Caller, change: &Change) -> bool {
        let own = change
            .submitted_by
            .as_ref()
            .is_some_and(|actor| actor.user.is_some() && actor.user == caller.principal.user());
        let entity = self.entity_of_change(change);
        own || caller.principal.may(Grant::ChangesRead, entity.as_ref())
    }

    /// Whether the next step waits for this caller: the role, and four eyes. The rules decide again.
    #[must_use]
    pub fn may_decide(&self, caller: &Caller, change: &Change) -> bool {
        let Some((_, step)) = change.next_step().filter(|_| change.state == ChangeState::Waiting) else {
            return false;
        };
        let user = caller.principal.user();
        let submitter = change.submitted_by.as_ref().and_then(|actor| actor.user);
        let before = change.steps.iter().any(|step| step.by.is_some() && step.by == user);
        caller.principal.may(Grant::ChangesApprove, None)
            && caller.principal.holds(step.role, step.entity.as_ref())
            && user.is_some()
            && user != submitter
            && !before
    }

    /// Whether the change with this id waits for this caller.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn may_decide_id(&self, caller: &Caller, id: &str) -> Result<bool, Fault> {
        let name = id.to_owned();
        let change = self.store().read(move |reader| load::<Change>(reader, &name)).await?.state;
        Ok(self.may_decide(caller, &change))
    }

    /// A change as it is shown.
    #[must_use]
    pub fn change_view(&self, caller: &Caller, change: &Change) -> ChangeView {
        let name_of = |user: &str| self.directory().read().manager_name(user).map(str::to_owned);
        let entity = self.entity_of_change(change);
        let personal = caller.principal.may(Grant::PersonalRead, entity.as_ref());
        let submitter =
            change.submitted_by.as_ref().and_then(|actor| actor.user).map(|user| user.to_string());
        let lapsed = change.state == ChangeState::Waiting
            && change.expires_at.is_some_and(|until| self.now() >= until);
        let settled = matches!(change.state, ChangeState::Failed | ChangeState::Stale);
        let plain = |text: &Personal<String>| text.get().cloned();
        ChangeView {
            id: change.id.to_string(),
            operation: change.operation.map(|operation| operation.as_str().to_owned()).unwrap_or_default(),
            title: self.title_of(change),
            lane: change.lane.as_str().to_owned(),
            state: if lapsed { "expired" } else { change.state.as_str() }.to_owned(),
            target: change.targets.first().cloned(),
            steps: change
                .steps
                .iter()
                .map(|step| StepView {
                    role: step.role.as_str().to_owned(),
                    state: serde_json::to_value(step.state)
                        .ok()
                        .and_then(|state| state.as_str().map(str::to_owned))
                        .unwrap_or_default(),
                    by_name: step.by.and_then(|by| name_of(&by.to_string())),
                    by: step.by.map(|by| by.to_string()),
                    at: step.at.map(|at| at.to_string()),
                    comment: step.comment.as_ref().and_then(plain),
                })
                .collect(),
            diff: change.diff.iter().map(|diff| shown(diff, personal)).collect(),
            warnings: change
                .warnings
                .iter()
                .map(|warning| WarningView {
                    code: warning.code.clone(),
                    text: format!("{}: {}", warning.pointer.trim_start_matches('/'), warning.message),
                })
                .collect(),
            submitted_by_name: submitter.as_deref().and_then(name_of),
            submitted_by: submitter,
            submitted_at: change.submitted_at.map(|at| at.to_string()).unwrap_or_default(),
            expires_at: change.expires_at.map(|at| at.to_string()),
            reason: change.reason.as_ref().and_then(plain),
            result: change
                .result
                .as_ref()
                .filter(|_| !settled)
                .and_then(|result| result.as_object().cloned()),
            refusal: change.result.clone().filter(|_| settled),
        }
    }

    /// The name of the other account that a change is about.
    fn second_of(&self, change: &Change) -> String {
        let id = change.targets.get(1).cloned().unwrap_or_default();
        let row = id.parse().ok().and_then(|id| self.directory().row(id));
        let name = row.and_then(|row| self.directory().read().entry(row).map(|entry| entry.name.to_string()));
        name.unwrap_or(id)
    }

    fn title_of(&self, change: &Change) -> String {
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
        let name = name.unwrap_or(target);
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
            Some(Operation::UserAdd) => "Add a user with an approving role".to_owned(),
            Some(Operation::UserSetRoles) => format!("Give {name} an approving role"),
            Some(Operation::ImportExecute) => "Import accounts from a file".to_owned(),
            Some(other) => format!("{} {name}", other.as_str().replace('_', " ")),
            None => name,
        }
    }
}

pub(super) fn shown(diff: &kith_domain::approval::Diff, personal: bool) -> DiffView {
    let plain = |value: &Value| {
        let mut value = value.clone();
        flatten(&mut value, personal);
        value
    };
    DiffView { path: diff.path.clone(), before: plain(&diff.before), after: plain(&diff.after) }
}
