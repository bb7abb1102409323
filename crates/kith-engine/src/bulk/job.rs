//! The job of an act on many accounts: written down before it begins and while it goes on. One that broke off with its
//! process says so, with what was done; taken up again it repeats nothing.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use kith_api::view::{BulkItemView, BulkJobView, LiveEvent, Page};
use kith_domain::refusal::{Refusal, RefusalKind};
use kith_store::Fault;
use kith_store::bulk_job::BulkJob;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{BulkAct, BulkSelection};
use crate::answer::Answer;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Request;
use crate::list::invalid;
use crate::permit::missing;

/// How long a job may be silent before it counts as broken off, in milliseconds.
const SILENT_MS: i64 = 15_000;
/// How long a job is kept, in milliseconds.
const KEPT_MS: i64 = 30 * 24 * 3_600 * 1_000;
/// How often a running job is written down: after so many accounts, or so many milliseconds.
const STEP: (usize, i64) = (50, 1_000);
/// Longest key.
const KEY_MAX: usize = 64;
/// Most jobs of a list.
const LISTED: u32 = 100;

/// The jobs on which this process works.
#[derive(Debug, Default)]
pub(crate) struct Jobs(Mutex<BTreeSet<String>>);

impl Jobs {
    fn held(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is written down of a job.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Written {
    title: String,
    act: BulkAct,
    selection: BulkSelection,
    reason: Option<String>,
    started_at: String,
    /// The accounts, in their order.
    accounts: Vec<String>,
    /// What came of the first of them.
    items: Vec<BulkItemView>,
}

fn read(job: &BulkJob) -> Result<Written, Fault> {
    serde_json::from_str(&job.body).map_err(|_| Fault::corrupt("a job on many accounts"))
}

fn user_of(caller: &Caller) -> String {
    caller.principal.user().map(|user| user.to_string()).unwrap_or_default()
}

impl Engine {
    /// Starts a job on the accounts of a selection. The same key again is the same job, whatever its selection finds by then.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer or write.
    pub async fn bulk_start(
        &self,
        caller: &Caller,
        key: &str,
        (selection, act, title): (BulkSelection, BulkAct, String),
    ) -> Result<Result<String, Refusal>, Fault> {
        if !is_key(key) {
            let sentence = format!("A key has 1 to {KEY_MAX} letters, digits, hyphens and underscores.");
            return Ok(Err(invalid("key", "bulk.key_invalid", sentence)));
        }
        if let Some(held) = self.bulk_held(key).await? {
            return Ok(match held.user == user_of(caller) {
                false => Err(taken()),
                true => {
                    read(&held).map(|written| match written.act == act && written.selection == selection {
                        true => Ok(key.to_owned()),
                        false => Err(key_reused()),
                    })?
                }
            });
        }
        let accounts = match self.bulk_selected(caller, &selection) {
            Ok(accounts) => accounts,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let written = Written {
            title,
            act,
            selection,
            reason: caller.reason.clone(),
            started_at: self.now().to_string(),
            accounts,
            items: Vec::new(),
        };
        let before = self.now().as_millisecond().saturating_sub(KEPT_MS);
        self.store().write(move |unit| unit.forget_bulk_jobs(before)).await?;
        self.bulk_write(caller, key, &written, "running").await?;
        self.bulk_spawn(caller.clone(), key.to_owned(), written);
        Ok(Ok(key.to_owned()))
    }

    /// Takes up a job that broke off, with the rights that the caller has now; one that runs or is over stays as it is.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer or write.
    pub async fn bulk_resume(
        &self,
        caller: &Caller,
        key: &str,
    ) -> Result<Result<BulkJobView, Refusal>, Fault> {
        let Some(held) = self.bulk_held(key).await?.filter(|held| held.user == user_of(caller)) else {
            return Ok(Err(not_found()));
        };
        if self.bulk_state(&held) == "broken_off" {
            let written = read(&held)?;
            let caller = Caller { reason: written.reason.clone(), ..caller.clone() };
            self.bulk_write(&caller, key, &written, "running").await?;
            self.bulk_spawn(caller, key.to_owned(), written);
        }
        self.bulk_job(caller, key).await
    }

    /// A job of the caller's own.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn bulk_job(&self, caller: &Caller, key: &str) -> Result<Result<BulkJobView, Refusal>, Fault> {
        let held = self.bulk_held(key).await?.filter(|held| held.user == user_of(caller));
        let Some(held) = held else { return Ok(Err(not_found())) };
        self.bulk_view(&held).map(Ok)
    }

    /// The jobs of the caller's own, the latest first, without their accounts.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn bulk_jobs(&self, caller: &Caller) -> Result<Page<BulkJobView>, Fault> {
        let user = user_of(caller);
        let jobs = self.store().read(move |reader| reader.bulk_jobs(&user, LISTED)).await?;
        let view = |job: &BulkJob| Ok(BulkJobView { items: Vec::new(), ..self.bulk_view(job)? });
        let items = jobs.iter().map(view).collect::<Result<Vec<_>, Fault>>()?;
        Ok(Page { items, next_cursor: None, has_more: false })
    }

    async fn bulk_held(&self, key: &str) -> Result<Option<BulkJob>, Fault> {
        let key = key.to_owned();
        self.store().read(move |reader| reader.bulk_job(&key)).await
    }

    async fn bulk_write(
        &self,
        caller: &Caller,
        key: &str,
        written: &Written,
        state: &str,
    ) -> Result<(), Fault> {
        let job = BulkJob {
            id: key.to_owned(),
            user: user_of(caller),
            node: self.core().node.clone(),
            state: state.to_owned(),
            at_ms: self.now().as_millisecond(),
            body: serde_json::to_string(written).map_err(|_| Fault::corrupt("a job on many accounts"))?,
        };
        self.store().write(move |unit| unit.put_bulk_job(&job)).await?;
        self.publish(LiveEvent {
            topic: "work".into(),
            position: self.position(),
            data: json!({"noun": "bulk", "id": key}),
            ..LiveEvent::default()
        });
        Ok(())
    }

    fn bulk_spawn(&self, caller: Caller, key: String, mut written: Written) {
        if !self.core().bulk.held().insert(key.clone()) {
            return;
        }
        let engine = self.clone();
        tokio::spawn(async move {
            let ran = engine.bulk_run(&caller, &key, &mut written).await;
            // What broke off is told apart from what goes on by nobody working on it any more.
            engine.core().bulk.held().remove(&key);
            let state = if ran.is_ok() { "finished" } else { "running" };
            let told = engine.bulk_write(&caller, &key, &written, state).await;
            if let Err(fault) = ran.and(told) {
                tracing::warn!(%fault, "a job on many accounts broke off");
            }
        });
    }

    async fn bulk_run(&self, caller: &Caller, key: &str, written: &mut Written) -> Result<(), Fault> {
        let mut last = (written.items.len(), self.now().as_millisecond());
        for place in written.items.len()..written.accounts.len() {
            let Some(id) = written.accounts.get(place).cloned() else { break };
            let item = self.bulk_one(caller, key, (&id, &written.act)).await?;
            written.items.push(item);
            let now = (written.items.len(), self.now().as_millisecond());
            if now.0.saturating_sub(last.0) >= STEP.0 || now.1.saturating_sub(last.1) >= STEP.1 {
                self.bulk_write(caller, key, written, "running").await?;
                last = now;
            }
        }
        Ok(())
    }

    async fn bulk_one(
        &self,
        caller: &Caller,
        key: &str,
        (id, act): (&str, &BulkAct),
    ) -> Result<BulkItemView, Fault> {
        let item = BulkItemView { account: id.to_owned(), ..BulkItemView::default() };
        let loaded = match self.load_account(caller, id).await? {
            Ok(loaded) => loaded,
            Err(refusal) => return Ok(refused(item, &refusal)),
        };
        let command = match self.bulk_command(caller, &loaded, (key, act))? {
            Ok(command) => command,
            Err(refusal) => return Ok(refused(item, &refusal)),
        };
        let request = Request { command, key: Some(format!("bulk:{key}:{id}")), expected_version: None };
        Ok(match self.execute(caller, request).await?.answer {
            Answer::Done(receipt) => {
                let state = if receipt.changed { "done" } else { "nothing" };
                BulkItemView { state: state.to_owned(), ..item }
            }
            Answer::Waiting(change) => {
                BulkItemView { state: "waiting".to_owned(), change: Some(change.id.to_string()), ..item }
            }
            Answer::Refused(refusal) => refused(item, &refusal),
        })
    }

    /// `running`, `finished` or `broken_off`.
    fn bulk_state(&self, job: &BulkJob) -> &'static str {
        let core = self.core();
        let silent = self.now().as_millisecond().saturating_sub(job.at_ms) > SILENT_MS;
        let alive = match job.node == core.node {
            true => core.bulk.held().contains(&job.id),
            false => !silent,
        };
        match (job.state.as_str(), alive) {
            ("finished", _) => "finished",
            (_, true) => "running",
            (_, false) => "broken_off",
        }
    }

    fn bulk_view(&self, job: &BulkJob) -> Result<BulkJobView, Fault> {
        let written = read(job)?;
        let count = |state: &str| {
            let number = written.items.iter().filter(|item| item.state == state).count();
            u64::try_from(number).unwrap_or(u64::MAX)
        };
        Ok(BulkJobView {
            id: job.id.clone(),
            title: written.title.clone(),
            act: serde_json::to_value(&written.act).unwrap_or_default(),
            state: self.bulk_state(job).to_owned(),
            started_at: written.started_at.clone(),
            total: u64::try_from(written.accounts.len()).unwrap_or(u64::MAX),
            looked_at: u64::try_from(written.items.len()).unwrap_or(u64::MAX),
            done: count("done"),
            waiting: count("waiting"),
            nothing: count("nothing"),
            refused: count("refused"),
            items: written
                .items
                .into_iter()
                .map(|item| BulkItemView { name: self.called(&item.account), ..item })
                .collect(),
        })
    }
}

fn is_key(key: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    !key.is_empty() && key.len() <= KEY_MAX && key.bytes().all(fits)
}

fn taken() -> Refusal {
    Refusal::new(
        RefusalKind::Conflict,
        "bulk.key_taken",
        "Somebody else has a job under this key.",
        "Choose another key.",
    )
}

fn key_reused() -> Refusal {
    Refusal::new(
        RefusalKind::Unprocessable,
        "idempotency_key_reused",
        "This key names a job of yours that does something else.",
        "Use a new key for another job.",
    )
}

fn not_found() -> Refusal {
    missing("bulk.not_found", "There is no such job of yours.")
}

fn refused(item: BulkItemView, refusal: &Refusal) -> BulkItemView {
    let fields = refusal.fields.iter().map(|fault| fault.message.as_str());
    let said: Vec<&str> = std::iter::once(refusal.sentence.as_str()).chain(fields).collect();
    BulkItemView { state: "refused".to_owned(), sentence: Some(said.join(" ")), ..item }
}
