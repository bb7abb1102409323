//! One act on many accounts: a change of its own for each, through the lanes like any other, as one job.
//!
//! The job is kept in memory. What it asked for is on record, change by change: a job that broke off with the program
//! is sent again under the same key, and repeats nothing.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::Date;
use kith_api::view::{DiffView, OutlookView};
use kith_domain::account::{Account, Command as AccountCommand, Draft, HoldDraft, HoldType};
use kith_domain::command::Command;
use kith_domain::refusal::{Refusal, RefusalKind};
use kith_domain::value::{AccountId, HoldId, Personal, UserId};
use kith_store::Fault;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Request;
use crate::list::{LIMIT_MAX, ListRequest, invalid};
use crate::noun::Loaded;

/// Most accounts of one job.
pub const BULK_MAX: usize = 5_000;
/// Accounts that a preview looks at.
pub const BULK_SHOWN: usize = 20;
/// Jobs that are remembered.
const KEPT: usize = 200;

/// What is done with each account.
#[derive(Debug, Clone, PartialEq)]
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
}

/// One account of a job, or of the preview of one.
#[derive(Debug, Clone, Default)]
pub struct BulkLine {
    /// `acc_…`.
    pub account: String,
    /// Its name.
    pub name: String,
    /// What would change; in a preview.
    pub diff: Vec<DiffView>,
    /// Lane and approvers, or the refusal; in a preview.
    pub outlook: OutlookView,
    /// `done`, `waiting`, `nothing` or `refused`; empty in a preview.
    pub state: &'static str,
    /// Why it was refused.
    pub sentence: String,
    /// The change that waits.
    pub change: Option<String>,
}

/// A job as it stands.
#[derive(Debug, Clone, Default)]
pub struct BulkView {
    /// Its key.
    pub id: String,
    /// What it does, in words.
    pub title: String,
    /// How many accounts it is about.
    pub total: usize,
    /// When it was started.
    pub started_at: String,
    /// Those that were looked at, in their order.
    pub lines: Vec<BulkLine>,
    /// It is over.
    pub finished: bool,
    /// Why it broke off.
    pub broke: Option<String>,
}

impl BulkView {
    /// How many came to a state.
    #[must_use]
    pub fn count(&self, state: &str) -> usize {
        self.lines.iter().filter(|line| line.state == state).count()
    }
}

#[derive(Debug)]
struct Job {
    by: Option<UserId>,
    view: BulkView,
}

/// The jobs of this process, by key.
#[derive(Debug, Default)]
pub(crate) struct Jobs(Mutex<BTreeMap<String, Arc<Mutex<Job>>>>);

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Engine {
    /// What an act would do to the first of the accounts that a filter finds, and how many there are.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn bulk_preview(
        &self,
        caller: &Caller,
        filter: &str,
        act: &BulkAct,
    ) -> Result<Result<(Vec<BulkLine>, u64), Refusal>, Fault> {
        let request = ListRequest { count: true, limit: Some(BULK_SHOWN), ..wanted(filter) };
        let page = match self.list(caller, &request) {
            Ok(page) => page,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let mut lines = Vec::new();
        for item in &page.items {
            let Some(name) = item.get("id").and_then(Value::as_str) else { continue };
            let Ok(loaded) = self.load_account(caller, name).await? else { continue };
            let mut line = line_of(&loaded);
            match self.bulk_command(caller, &loaded, act)? {
                Ok(command) => (line.outlook, line.diff) = self.foresee(caller, &command).await?,
                Err(refusal) => line.outlook.refusal = Some(told(&refusal)),
            }
            lines.push(line);
        }
        Ok(Ok((lines, page.count.unwrap_or_default())))
    }

    /// Starts a job on all accounts that a filter finds. The same key again is the same job.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub fn bulk_start(
        &self,
        caller: &Caller,
        key: &str,
        (filter, act, title): (&str, BulkAct, String),
    ) -> Result<String, Refusal> {
        let user = caller.principal.user();
        let mut jobs = held(&self.core().bulk.0);
        if jobs.get(key).is_some_and(|job| held(job).by == user) {
            return Ok(key.to_owned());
        }
        let ids = self.bulk_accounts(caller, filter)?;
        let view = BulkView {
            id: key.to_owned(),
            title,
            total: ids.len(),
            started_at: self.now().to_string(),
            ..BulkView::default()
        };
        let job = Arc::new(Mutex::new(Job { by: user, view }));
        jobs.insert(key.to_owned(), Arc::clone(&job));
        while jobs.len() > KEPT && jobs.pop_first().is_some() {}
        drop(jobs);
        let (engine, caller) = (self.clone(), caller.clone());
        tokio::spawn(async move {
            let broke = engine.bulk_run(&caller, &job, ids, &act).await.err();
            if let Some(fault) = &broke {
                tracing::warn!(%fault, "a job on many accounts broke off");
            }
            let mut job = held(&job);
            job.view.finished = true;
            job.view.broke =
                broke.map(|_| "It broke off: what is done is done, the rest was not looked at.".to_owned());
        });
        Ok(key.to_owned())
    }

    /// A job of the caller's own.
    #[must_use]
    pub fn bulk_job(&self, caller: &Caller, id: &str) -> Option<BulkView> {
        let job = held(&self.core().bulk.0).get(id).cloned()?;
        let job = held(&job);
        (job.by == caller.principal.user()).then(|| job.view.clone())
    }

    async fn bulk_run(
        &self,
        caller: &Caller,
        job: &Mutex<Job>,
        ids: Vec<String>,
        act: &BulkAct,
    ) -> Result<(), Fault> {
        let key = held(job).view.id.clone();
        for id in ids {
            let Ok(loaded) = self.load_account(caller, &id).await? else { continue };
            let mut line = line_of(&loaded);
            match self.bulk_command(caller, &loaded, act)? {
                Err(refusal) => refuse(&mut line, &refusal),
                Ok(command) => {
                    let request =
                        Request { command, key: Some(format!("bulk:{key}:{id}")), expected_version: None };
                    match self.execute(caller, request).await?.answer {
                        Answer::Done(receipt) => {
                            line.state = if receipt.changed { "done" } else { "nothing" }
                        }
                        Answer::Waiting(change) => {
                            line.state = "waiting";
                            line.change = Some(change.id.to_string());
                        }
                        Answer::Refused(refusal) => refuse(&mut line, &refusal),
                    }
                }
            }
            held(job).view.lines.push(line);
        }
        Ok(())
    }

    /// The ids of all accounts that a filter finds, at most [`BULK_MAX`].
    fn bulk_accounts(&self, caller: &Caller, filter: &str) -> Result<Vec<String>, Refusal> {
        let mut request = ListRequest { limit: Some(LIMIT_MAX), ..wanted(filter) };
        let mut ids = Vec::new();
        loop {
            let page = self.list(caller, &request)?;
            ids.extend(page.items.iter().filter_map(|item| item.get("id")?.as_str().map(str::to_owned)));
            if ids.len() > BULK_MAX {
                let sentence = format!("One job takes at most {BULK_MAX} accounts.");
                let clears = "Narrow the filter, and send what is left as another job.";
                return Err(Refusal::new(RefusalKind::Unprocessable, "bulk.too_many", sentence, clears));
            }
            request.cursor = page.next_cursor;
            if request.cursor.is_none() {
                break;
            }
        }
        if ids.is_empty() {
            return Err(invalid("filter", "bulk.none", "No account is selected."));
        }
        Ok(ids)
    }

    /// The command for one account.
    fn bulk_command(
        &self,
        caller: &Caller,
        loaded: &Loaded<Account>,
        act: &BulkAct,
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
                let hold = HoldDraft::new(HoldId(self.new_uuid()?), *kind, reason);
                Ok(AccountCommand::PlaceHold { hold: Box::new(hold) })
            }
        };
        Ok(command.map(|command| Command::Account { id, command }))
    }
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

fn refuse(line: &mut BulkLine, refusal: &Refusal) {
    line.state = "refused";
    let fields = refusal.fields.iter().map(|fault| fault.message.as_str());
    let said: Vec<&str> = std::iter::once(refusal.sentence.as_str()).chain(fields).collect();
    line.sentence = said.join(" ");
}
