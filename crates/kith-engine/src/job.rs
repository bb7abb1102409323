//! What the engine does by itself: opens the day, follows other nodes, checkpoints, tidies up.

use std::sync::PoisonError;
use std::time::Duration;

use kith_domain::account::Account;
use kith_domain::command::Command;
use kith_domain::contract::Contract;
use kith_domain::document::Document;
use kith_domain::organisation::{self, Organisation};
use kith_domain::value::AccountId;
use kith_store::{Fault, Location};

use crate::answer::Answer;
use crate::caller::Caller;
use crate::directory::Agreed;
use crate::engine::Engine;
use crate::execute::Request;
use crate::noun::{NEVER, ORGANISATION, load};

/// How often the date is looked at.
const TICK: Duration = Duration::from_secs(20);
/// How often watched folders are looked into: a file that stood still so long is whole.
const LOOK: Duration = Duration::from_secs(2);
/// How often it is looked what is to leave, mails and calls of webhooks, and who is to be screened.
const OUTWARD: Duration = Duration::from_secs(1);
/// How often it is looked whether accounts sleep.
const DAILY: Duration = Duration::from_secs(24 * 3_600);
/// How often a checkpoint is written.
const CHECKPOINT: Duration = Duration::from_secs(300);
/// How often the logs are looked at for what other nodes wrote.
const FOLLOW: Duration = Duration::from_millis(200);
/// How often what was read becomes records.
const TRAIL: Duration = Duration::from_secs(1);
/// How often it is looked for alerts: together with folding, well below five seconds after the event.
const WATCH: Duration = Duration::from_millis(500);
/// How often it is noted which reservations expired.
const EXPIRE: Duration = Duration::from_secs(1);
/// How often it is looked whether the ledger's head must be signed.
const SIGN: Duration = Duration::from_secs(5);

impl Engine {
    /// Opens today as the business day, if it is not open: every window moves, without any event.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write.
    pub async fn open_day(&self) -> Result<(), Fault> {
        let organisation = self.organisation();
        if !organisation.exists() {
            return Ok(());
        }
        let day = self.today_in(&organisation.timezone);
        if organisation.day.is_some_and(|open| open >= day) {
            return Ok(());
        }
        let command = Command::Organisation(organisation::Command::OpenDay { day });
        match self.execute(&Caller::system(), Request::from(command)).await?.answer {
            Answer::Refused(refusal) => {
                tracing::warn!(code = refusal.code, "the business day was not opened");
                Ok(())
            }
            Answer::Done(_) | Answer::Waiting(_) => {
                self.remind_of_reviews(organisation.day).await?;
                self.follow_limits().await?;
                // Told to whoever asks for it; the first of a start is computed then.
                if organisation.day.is_some() { self.measure_credit().await } else { Ok(()) }
            }
        }
    }

    /// Does once what the jobs do again and again: what waits is looked at, whatever is due comes about. For a company that lives
    /// through its days faster than the clock.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer or write; what was done before stays done.
    pub async fn do_jobs(&self) -> Result<(), Fault> {
        self.all_computed().await;
        while self.watch_accounts().await? > 0 {}
        self.tend_credit_holds().await?;
        self.tend_changes(self.now()).await?;
        self.tend_cases().await?;
        self.react(false).await?;
        self.tend_contracts(self.now()).await?;
        self.follow_all_access().await.map(drop)
    }

    /// Runs the engine's own work until the returned tasks are dropped or aborted. Needs a Tokio runtime.
    pub fn start_jobs(&self) -> Vec<tokio::task::JoinHandle<()>> {
        let mut tasks = vec![
            every(self, TRAIL, |engine| async move { engine.write_trail().await }),
            every(self, WATCH, |engine| async move { engine.watch_accounts().await.map(drop) }),
            every(self, SIGN, |engine| async move { engine.sign_when_due().await }),
            every(self, TICK, |engine| async move { engine.resume_imports().await }),
            every(self, LOOK, |engine| async move { engine.look_into_folders().await }),
            every(self, LOOK, |engine| async move { engine.look_into_extracts().await }),
            every(self, OUTWARD, |engine| async move { engine.screen_what_changed().await.map(drop) }),
            every(self, OUTWARD, |engine| async move { engine.send_mails().await.map(drop) }),
            every(self, OUTWARD, |engine| async move { engine.call_hooks().await.map(drop) }),
            every(self, TICK, |engine| async move {
                engine.open_day().await?;
                let now_ms = engine.now().as_millisecond();
                engine
                    .store()
                    .write(move |unit| {
                        unit.purge_idempotency(now_ms)?;
                        unit.purge_sessions(now_ms)
                    })
                    .await
                    .map(drop)
            }),
            every(self, EXPIRE, |engine| async move { engine.expire_reservations().await.map(drop) }),
            every(self, TICK, |engine| async move { engine.tend_credit_holds().await.map(drop) }),
            every(self, TICK, |engine| async move { engine.finish_orders().await.map(drop) }),
            every(self, TICK, |engine| async move { engine.tend_changes(engine.now()).await.map(drop) }),
            every(self, TICK, |engine| async move { engine.tend_cases().await.map(drop) }),
            every(self, TICK, |engine| async move { engine.react(false).await.map(drop) }),
            every(self, DAILY, |engine| async move {
                engine.show_risks().await?;
                engine.react(true).await.map(drop)
            }),
            every(self, TICK, |engine| async move { engine.tend_contracts(engine.now()).await.map(drop) }),
            every(self, TICK, |engine| async move { engine.follow_all_access().await.map(drop) }),
            every(self, CHECKPOINT, |engine| async move {
                if engine.settings().no_checkpoints {
                    return Ok(());
                }
                tokio::task::spawn_blocking(move || engine.checkpoint()).await.map_err(|_| Fault::Panicked)?
            }),
        ];
        if matches!(self.store().location(), Location::Postgres { .. }) {
            tasks.push(every(self, FOLLOW, |engine| async move { engine.follow_nodes().await }));
        }
        tasks
    }

    /// Shows what other nodes wrote since the last look.
    async fn follow_nodes(&self) -> Result<(), Fault> {
        let heads = self.store().read(|reader| reader.heads()).await?;
        let seen = *self.core().ledger_seen.lock().unwrap_or_else(PoisonError::into_inner);
        if heads.ledger > seen {
            self.follow_ledger(seen).await?;
        }
        if heads.touchpoint > self.position() {
            self.core().feed.catch_up(heads.touchpoint);
        }
        Ok(())
    }

    async fn follow_ledger(&self, after: u64) -> Result<(), Fault> {
        let records = self.store().read(move |reader| reader.records_after(after, 1_000)).await?;
        let Some(last) = records.last().map(|record| record.header.position) else { return Ok(()) };
        for record in &records {
            match record.header.stream.split_once('/') {
                Some(("account", id)) => self.reload_account(id).await?,
                Some(("document", id)) => self.reload_document(id).await?,
                Some(("contract", id)) => self.reload_contract(id).await?,
                Some(("organisation", _)) => {
                    let organisation =
                        self.store().read(|reader| load::<Organisation>(reader, ORGANISATION)).await?;
                    self.show_organisation(organisation.version, organisation.state);
                }
                Some(("user", _)) => self.show_users().await?,
                _ => {}
            }
        }
        *self.core().ledger_seen.lock().unwrap_or_else(PoisonError::into_inner) = last;
        Ok(())
    }

    async fn reload_document(&self, id: &str) -> Result<(), Fault> {
        let id = id.to_owned();
        let noted = self.store().read(move |reader| {
            let account = load::<Document>(reader, &id)?.state.account;
            Ok((account, reader.document_expiry(&account.to_string(), NEVER)?))
        });
        let (account, expires_on) = noted.await?;
        self.directory().note_documents(account, expires_on);
        Ok(())
    }

    async fn reload_contract(&self, id: &str) -> Result<(), Fault> {
        let wanted = id.to_owned();
        let contract = self.store().read(move |reader| load::<Contract>(reader, &wanted)).await?;
        self.directory().note_contract(id, Agreed::of(&contract.state));
        Ok(())
    }

    async fn reload_account(&self, id: &str) -> Result<(), Fault> {
        let Ok(id) = id.parse::<AccountId>() else { return Ok(()) };
        let loaded = self.store().read(move |reader| load::<Account>(reader, &id.to_string())).await?;
        if let Some(row) = loaded.row {
            let moved = self.show_account(row, loaded.version, &loaded.state);
            self.refold_rows(moved).await;
        }
        Ok(())
    }
}

/// Runs a task at once and then again and again; a fault is told and tried again.
fn every<F, W>(engine: &Engine, period: Duration, work: F) -> tokio::task::JoinHandle<()>
where
    F: Fn(Engine) -> W + Send + 'static,
    W: Future<Output = Result<(), Fault>> + Send,
{
    let core = engine.downgrade();
    tokio::spawn(async move {
        let mut tick = tokio::time::interval(period);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tick.tick().await;
            let Some(core) = core.upgrade() else { return };
            if let Err(fault) = work(Engine::from_core(core)).await {
                tracing::warn!(%fault, "a job failed; it is tried again");
            }
        }
    })
}
