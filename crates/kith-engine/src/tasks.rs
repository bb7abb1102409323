//! Tasks: opened by people, or by Kith once for each cause; listed, done, cancelled.

use kith_api::view::{Page, TaskView};
use kith_domain::access::Grant;
use kith_domain::account::Account;
use kith_domain::context::{Actor, Context};
use kith_domain::notification::NotificationKind;
use kith_domain::refusal::Refusal;
use kith_domain::task::{Command, Facts, Task, Work};
use kith_domain::user::User;
use kith_domain::value::{TaskId, UserId};
use kith_store::{Fault, Noun};

use crate::answer::Answer;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Walk;
use crate::gate::{News, tell};
use crate::noun::{load, read};
use crate::permit;

/// Which tasks are asked for.
#[derive(Debug, Clone, Default)]
pub struct TaskRequest {
    /// Only those of an account.
    pub account: Option<String>,
    /// Only those in a state.
    pub state: Option<String>,
    /// Only those of a user.
    pub assignee: Option<String>,
    /// Where the page before ended.
    pub cursor: Option<String>,
    /// Rows of the page.
    pub limit: usize,
}

fn no_task() -> Refusal {
    permit::missing("task.not_found", "There is no such task.")
}

/// Opens a task of Kith's own, unless one was opened for the same cause before.
pub(crate) fn open_once(walk: &mut Walk<'_, '_>, work: Work) -> Result<(), Fault> {
    if let Some(cause) = &work.cause
        && walk.unit.document_by(Noun::Task, ("cause", cause.into()))?.is_some()
    {
        return Ok(());
    }
    let assignee = match work.assignee {
        Some(user) => load::<User>(walk.unit, &user.to_string())?.state.is_active().then_some(user),
        None => None,
    };
    let id = TaskId(walk.engine.new_uuid()?);
    let context = Context { actor: Actor::system(), reason: None, ..walk.context.clone() };
    let command = Command::Open { id, work: Box::new(Work { assignee, ..work }) };
    let mut loaded = load::<Task>(walk.unit, &id.to_string())?;
    let secrets = walk.engine.store().secrets();
    let opened = loaded.act(walk.unit, secrets, &context, &Facts { assignee_known: true }, &command)?;
    opened.map_err(|refusal| Fault::corrupt(format!("a task was refused: {}", refusal.code)))?;
    told(walk, &loaded.state, assignee)
}

fn told(walk: &mut Walk<'_, '_>, task: &Task, assignee: Option<UserId>) -> Result<(), Fault> {
    let to = assignee.filter(|user| Some(*user) != walk.caller.principal.user()).into_iter().collect();
    let (about, title) = (task.id.to_string(), task.title.get().cloned().unwrap_or_default());
    let text = match task.due {
        Some(due) => format!("Task: {title}, by {due}."),
        None => format!("Task: {title}."),
    };
    tell(walk, &to, &News { kind: NotificationKind::TaskOpened, text, about: &about })
}

impl Walk<'_, '_> {
    /// A task about an account is seen by whoever sees the account.
    pub(crate) fn task(&mut self, id: &str, command: &Command) -> Result<Answer, Fault> {
        let mut loaded = load::<Task>(self.unit, id)?;
        let (account, opening) = match command {
            Command::Open { work, .. } => (work.account, true),
            Command::Finish | Command::Cancel => (loaded.state.account, false),
        };
        if let Some(account) = account {
            let account = load::<Account>(self.unit, &account.to_string())?.state;
            if !permit::sees(&self.caller.principal, &account) {
                return Ok(Answer::Refused(if opening { permit::no_account() } else { no_task() }));
            }
            let grant = command.operation().grant();
            if !self.caller.principal.may(grant, Some(&account.owning_entity)) {
                return Ok(Answer::Refused(permit::denied_for(grant, &account.owning_entity)));
            }
        }
        let assignee = match command {
            Command::Open { work, .. } => work.assignee,
            Command::Finish | Command::Cancel => None,
        };
        let assignee_known = match assignee {
            Some(user) => {
                let user = load::<User>(self.unit, &user.to_string())?.state;
                user.is_active() && user.portal.is_none()
            }
            None => false,
        };
        let answer = self.plain(&mut loaded, &Facts { assignee_known }, command)?;
        if opening && matches!(&answer, Answer::Done(receipt) if receipt.changed) {
            told(self, &loaded.state, assignee)?;
        }
        Ok(answer)
    }
}

impl Engine {
    /// Tasks, newest first.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn tasks(
        &self,
        caller: &Caller,
        request: TaskRequest,
    ) -> Result<Result<Page<TaskView>, Refusal>, Fault> {
        let account = match &request.account {
            Some(name) => match self.load_account(caller, name).await? {
                Ok(loaded) => Some(loaded.id),
                Err(refusal) => return Ok(Err(refusal)),
            },
            None => None,
        };
        let limit = request.limit;
        let most = u32::try_from(limit.saturating_add(1)).unwrap_or(u32::MAX);
        let found = self.store().read(move |reader| {
            let mut index = Vec::new();
            index.extend(account.as_deref().map(|account| ("account_id", account.into())));
            index.extend(request.state.as_deref().map(|state| ("state", state.into())));
            index.extend(request.assignee.as_deref().map(|user| ("assignee", user.into())));
            let page = reader.list_newest(Noun::Task, &index, request.cursor.as_deref(), most)?;
            page.into_iter().map(read::<Task>).collect::<Result<Vec<_>, _>>()
        });
        let page = Page::cut(found.await?, limit, |loaded| loaded.id.clone());
        Ok(Ok(page.shown(|found| {
            let seen = found.iter().filter(|loaded| self.sees_task(caller, &loaded.state));
            seen.map(|loaded| self.task_view(caller, &loaded.state)).collect()
        })))
    }

    /// One task.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn task_get(&self, caller: &Caller, id: &str) -> Result<Result<TaskView, Refusal>, Fault> {
        let name = id.to_owned();
        let task = self.store().read(move |reader| load::<Task>(reader, &name)).await?.state;
        let seen = task.exists() && self.sees_task(caller, &task);
        Ok(if seen { Ok(self.task_view(caller, &task)) } else { Err(no_task()) })
    }

    fn sees_task(&self, caller: &Caller, task: &Task) -> bool {
        match task.account {
            Some(account) => self.sees_account(caller, account),
            None => caller.principal.may(Grant::AccountsRead, None),
        }
    }

    fn task_view(&self, caller: &Caller, task: &Task) -> TaskView {
        let entity = task.account.and_then(|account| self.owner_of(account));
        let personal = caller.principal.may(Grant::PersonalRead, entity.as_ref());
        let assignee = task.assignee.map(|user| user.to_string());
        let closed_by = task.closed_by.as_ref().and_then(|actor| actor.user).map(|user| user.to_string());
        TaskView {
            id: task.id.to_string(),
            account: task.account.map(|account| account.to_string()),
            account_name: task.account.map(|account| self.account_title(account)),
            kind: task.kind.clone(),
            title: task.title.get().filter(|_| personal).cloned(),
            due: task.due.map(|day| day.to_string()),
            overdue: task.due.is_some_and(|due| due < self.day()) && task.state.as_str() == "open",
            assignee_name: assignee.as_deref().and_then(|user| self.user_name(user)),
            assignee,
            state: task.state.as_str().to_owned(),
            cause: task.cause.clone(),
            opened_at: task.opened_at.map(|at| at.to_string()).unwrap_or_default(),
            closed_by_name: closed_by.as_deref().and_then(|user| self.user_name(user)),
            closed_by,
            closed_at: task.closed_at.map(|at| at.to_string()),
        }
    }
}
