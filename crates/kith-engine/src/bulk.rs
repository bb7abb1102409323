//! One act on many accounts: a change of its own for each, through the lanes like any other, as one job.

mod job;

use jiff::civil::Date;
use kith_api::view::{DiffView, OutlookView};
use kith_domain::access::{Grant, Reach};
use kith_domain::account::{Account, Command as AccountCommand, Draft, HoldDraft, HoldType};
use kith_domain::command::Command;
use kith_domain::refusal::{FieldFault, Refusal, RefusalKind};
use kith_domain::task::{Command as TaskCommand, Work};
use kith_domain::value::{AccountId, HoldId, Personal, TaskId};
use kith_store::Fault;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::caller::Caller;
use crate::engine::Engine;
use crate::list::{LIMIT_MAX, ListRequest, invalid};
use crate::noun::Loaded;
use crate::permit;

/// Most accounts of one job.
pub const BULK_MAX: usize = 5_000;
/// Accounts that a preview looks at.
pub const BULK_SHOWN: usize = 20;

pub(crate) use job::Jobs;

/// What is done with each account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulkAct {
    /// Another user answers for it.
    Owner(String),
    /// It has another tier.
    Tier(String),
    /// Some tags come, some go.
    Tags {
        /// Those that come.
        add: Vec<String>,
        /// Those that go.
        remove: Vec<String>,
    },
    /// It was reviewed with the customer.
    Review(Date),
    /// A hold is put on it.
    Hold(HoldType),
    /// A task is opened for it.
    Task {
        /// What is to be done.
        title: String,
        /// By which day.
        due: Option<Date>,
        /// Who does it: `usr_…`; the caller when nobody is named, `manager` for who answers for the account.
        assignee: Option<String>,
    },
}

/// Which accounts a job is for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulkSelection {
    /// All that a filter finds when the job begins.
    Filter(String),
    /// Those that are named by id or number.
    Named(Vec<String>),
}

/// One account of a preview.
#[derive(Debug, Clone, Default)]
pub struct BulkLine {
    /// `acc_…`.
    pub account: String,
    /// Its name.
    pub name: String,
    /// What would change.
    pub diff: Vec<DiffView>,
    /// Lane and approvers, or the refusal.
    pub outlook: OutlookView,
}

impl Engine {
    /// What an act would do to the first of these accounts.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn bulk_preview(
        &self,
        caller: &Caller,
        accounts: &[String],
        act: &BulkAct,
    ) -> Result<Vec<BulkLine>, Fault> {
        let mut lines = Vec::new();
        for name in accounts.iter().take(BULK_SHOWN) {
            let Ok(loaded) = self.load_account(caller, name).await? else { continue };
            let mut line = line_of(&loaded);
            match self.bulk_command(caller, &loaded, ("preview", act))? {
                Ok(command) => (line.outlook, line.diff) = self.foresee(caller, &command).await?,
                Err(refusal) => line.outlook.refusal = Some(told(&refusal)),
            }
            lines.push(line);
        }
        Ok(lines)
    }

    /// Whether a grant reaches any account at all.
    ///
    /// # Errors
    /// [`Refusal`] when it reaches none.
    pub fn must_reach(&self, caller: &Caller, grant: Grant) -> Result<(), Refusal> {
        match caller.principal.reach(grant) {
            Reach::Nothing => Err(permit::denied(grant)),
            Reach::Entities(_) | Reach::Everything => Ok(()),
        }
    }

    /// The ids of the accounts of a selection, each once.
    ///
    /// # Errors
    /// [`Refusal`] when the filter is at fault, with every name that is unknown, or when there are too many or none.
    pub fn bulk_selected(&self, caller: &Caller, selection: &BulkSelection) -> Result<Vec<String>, Refusal> {
        match selection {
            BulkSelection::Filter(filter) => self.bulk_found(caller, filter),
            BulkSelection::Named(names) => self.bulk_known(caller, names),
        }
    }

    fn bulk_known(&self, caller: &Caller, names: &[String]) -> Result<Vec<String>, Refusal> {
        let (mut ids, mut faults) = (Vec::new(), Vec::new());
        for (place, name) in names.iter().enumerate() {
            match self.account_known(caller, name).map(|id| id.to_string()) {
                Some(id) if ids.contains(&id) => {}
                Some(id) => ids.push(id),
                None => faults.push(FieldFault::new(
                    format!("/accounts/{place}"),
                    "account_unknown",
                    format!("There is no account {name:?}."),
                )),
            }
        }
        if !faults.is_empty() {
            let unknown = invalid("accounts", "account_unknown", "Some of these accounts are unknown.");
            return Err(unknown.with_fields(faults));
        }
        bounded(ids)
    }

    fn bulk_found(&self, caller: &Caller, filter: &str) -> Result<Vec<String>, Refusal> {
        let mut request = ListRequest { limit: Some(LIMIT_MAX), ..wanted(filter) };
        let mut ids = Vec::new();
        loop {
            let page = self.list(caller, &request)?;
            ids.extend(page.items.iter().filter_map(|item| item.get("id")?.as_str().map(str::to_owned)));
            if ids.len() > BULK_MAX {
                return bounded(ids);
            }
            request.cursor = page.next_cursor;
            if request.cursor.is_none() {
                break;
            }
        }
        bounded(ids)
    }

    /// The command for one account. Its new ids are made of the job's key and the account, so that a job that is taken up
    /// again asks for the very same.
    fn bulk_command(
        &self,
        caller: &Caller,
        loaded: &Loaded<Account>,
        (key, act): (&str, &BulkAct),
    ) -> Result<Result<Command, Refusal>, Fault> {
        let id: AccountId = loaded.id.parse().map_err(|_| Fault::corrupt("an account's id"))?;
        let command = match act {
            BulkAct::Owner(to) => updated(id, json!({"account_manager": to})),
            BulkAct::Tier(tier) => updated(id, json!({"tier": tier})),
            BulkAct::Tags { add, remove } => {
                let mut tags: Vec<&String> =
                    loaded.state.tags.iter().filter(|tag| !remove.contains(tag)).collect();
                let new: Vec<&String> = add.iter().filter(|tag| !tags.contains(tag)).collect();
                tags.extend(new);
                updated(id, json!({"tags": tags}))
            }
            BulkAct::Review(on) => Ok(AccountCommand::Review { on: *on, next_on: None }),
            BulkAct::Hold(kind) => {
                let user = caller.principal.user().map_or_else(String::new, |user| user.to_string());
                let reason = Personal::new(user, caller.reason.clone().unwrap_or_default());
                let hold = HoldDraft::new(HoldId(self.made_of(key, &loaded.id)), *kind, reason);
                Ok(AccountCommand::PlaceHold { hold: Box::new(hold) })
            }
            BulkAct::Task { title, due, assignee } => {
                let assignee = match assignee.as_deref() {
                    Some("manager") => loaded.state.account_manager.or(caller.principal.user()),
                    Some(user) => match user.parse() {
                        Ok(user) => Some(user),
                        Err(_) => {
                            return Ok(Err(invalid("assignee", "user_unknown", "There is no such user.")));
                        }
                    },
                    None => caller.principal.user(),
                };
                let work = Work {
                    account: Some(id),
                    kind: "to_do".to_owned(),
                    title: Personal::new(id, title.clone()),
                    due: due.map(|due| due.to_string()),
                    assignee,
                    cause: None,
                };
                let task = TaskId(self.made_of(key, &loaded.id));
                let command = TaskCommand::Open { id: task, work: Box::new(work) };
                return Ok(Ok(Command::Task { id: task, command }));
            }
        };
        Ok(command.map(|command| Command::Account { id, command }))
    }

    /// An id that a job always makes for an account.
    fn made_of(&self, key: &str, account: &str) -> Uuid {
        let digest = self.store().secrets().lookup_digest("bulk", &format!("{key}/{account}"));
        let mut bytes = [0; 16];
        bytes.copy_from_slice(digest.get(..16).unwrap_or(&[0; 16]));
        Uuid::from_bytes(bytes)
    }
}

/// The accounts of a job, unless they are none or too many.
fn bounded(ids: Vec<String>) -> Result<Vec<String>, Refusal> {
    if ids.is_empty() {
        return Err(invalid("filter", "bulk.none", "No account is selected."));
    }
    if ids.len() > BULK_MAX {
        let sentence = format!("One job takes at most {BULK_MAX} accounts.");
        let clears = "Narrow the filter, and send what is left as another job.";
        return Err(Refusal::new(RefusalKind::Unprocessable, "bulk.too_many", sentence, clears));
    }
    Ok(ids)
}

fn wanted(filter: &str) -> ListRequest {
    ListRequest {
        filter: filter.to_owned(),
        fields: vec!["name".to_owned()],
        sort: "name".to_owned(),
        ..ListRequest::default()
    }
}

fn updated(id: AccountId, patch: Value) -> Result<AccountCommand, Refusal> {
    let (draft, faults) = Draft::read_patch(&patch, id, &mut Default::default);
    if faults.is_empty() {
        return Ok(AccountCommand::Update { draft: Box::new(draft) });
    }
    let sentence = "This value cannot be put on record.";
    let refusal =
        Refusal::new(RefusalKind::Unprocessable, "account.invalid", sentence, "Mend it and try again.");
    Err(refusal.with_fields(faults))
}

fn line_of(loaded: &Loaded<Account>) -> BulkLine {
    BulkLine { account: loaded.id.clone(), name: loaded.state.name.clone(), ..BulkLine::default() }
}

fn told(refusal: &Refusal) -> Value {
    json!({"code": refusal.code, "sentence": refusal.sentence, "clears": refusal.clears})
}
