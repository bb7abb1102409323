//! From the log into the profile: one thread folds what is committed, in the order of positions.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use kith_api::view::LiveEvent;
use kith_profile::{CorrectionRef, Corrections, Fact, Folded, Kill, Place};
use kith_store::Fault;
use kith_store::touchpoint::Key;
use serde_json::json;
use tokio::sync::{oneshot, watch};

use crate::alert::{Watched, matters, moves_exposure};
use crate::engine::{Core, Engine};
use crate::ingest::Committed;

/// What a committed touchpoint brings to the profile.
#[derive(Debug, Clone)]
pub(crate) struct Fold<'a> {
    pub(crate) position: u64,
    pub(crate) row: u32,
    pub(crate) source: &'a str,
    pub(crate) id: &'a str,
    pub(crate) facts: &'a [Fact],
    pub(crate) lane: Option<(u64, &'a str)>,
    pub(crate) correction: Option<CorrectionRef>,
}

enum Message {
    Batch(Committed),
    /// The log reaches up to here: other nodes wrote.
    CatchUp(u64),
    /// Something but touchpoints changed (the day, a rate): compute what is dirty.
    Nudge,
    /// Accounts were merged or taken apart: the facts of these rows are others now.
    Refold(Vec<u32>, oneshot::Sender<()>),
    Stop,
}

/// The way into the folding thread, and how far it has come.
#[derive(Debug)]
pub(crate) struct Feed {
    sender: Sender<Message>,
    receiver: Mutex<Option<Receiver<Message>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
    folded: watch::Sender<u64>,
    /// How far facts are in, though not yet computed.
    reached: Reached,
    waiting: Arc<std::sync::atomic::AtomicU64>,
    /// Accounts that something happened to, until their alerts were looked at.
    pub(crate) watched: Watched,
}

/// A position that threads wait for.
#[derive(Debug, Default)]
struct Reached {
    at: Mutex<u64>,
    moved: Condvar,
}

/// How long somebody waits for facts that are stored already.
const REACH_MS: u64 = 2_000;

impl Reached {
    fn at(&self) -> u64 {
        *self.at.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, position: u64) {
        let mut at = self.at.lock().unwrap_or_else(PoisonError::into_inner);
        *at = position.max(*at);
        self.moved.notify_all();
    }

    fn wait(&self, position: u64) -> u64 {
        let at = self.at.lock().unwrap_or_else(PoisonError::into_inner);
        let limit = Duration::from_millis(REACH_MS);
        let waited = self.moved.wait_timeout_while(at, limit, |at| *at < position);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

/// Folds that may wait before intake is slowed down.
const WAITING_MAX: u64 = 200_000;

/// Least time between two publications: what comes close together is computed once. Readers that name a
/// position wait five times as long.
const PUBLISH_EVERY: Duration = Duration::from_millis(200);

impl Feed {
    pub(crate) fn new() -> Self {
        let (sender, receiver) = mpsc::channel();
        Self {
            sender,
            receiver: Mutex::new(Some(receiver)),
            thread: Mutex::default(),
            folded: watch::Sender::new(0),
            reached: Reached::default(),
            waiting: Arc::default(),
            watched: Watched::default(),
        }
    }

    pub(crate) fn folded(&self) -> u64 {
        *self.folded.borrow()
    }

    pub(crate) fn watch(&self) -> watch::Receiver<u64> {
        self.folded.subscribe()
    }

    pub(crate) fn set_folded(&self, position: u64) {
        self.folded.send_replace(position);
        self.reached.set(position);
    }

    /// Waits until all facts up to a position are in, or for two seconds: how far they are.
    pub(crate) fn reach(&self, position: u64) -> u64 {
        let reached = self.reached.at();
        if reached < position {
            self.catch_up(position);
            return self.reached.wait(position);
        }
        reached
    }

    /// Hands over what was committed. The order of the calls is that of the positions on SQLite; gaps are
    /// read from the log.
    pub(crate) fn send(&self, batch: Committed) {
        let count = u64::try_from(batch.len()).unwrap_or_default();
        self.waiting.fetch_add(count, std::sync::atomic::Ordering::Relaxed);
        // A closed engine folds no more; its log is replayed at the next start.
        let _ = self.sender.send(Message::Batch(batch));
    }

    fn took(&self, count: usize) {
        let count = u64::try_from(count).unwrap_or_default();
        self.waiting.fetch_sub(count, std::sync::atomic::Ordering::Relaxed);
    }

    /// Whether so much waits that intake should hold on.
    pub(crate) fn is_behind(&self) -> bool {
        self.waiting.load(std::sync::atomic::Ordering::Relaxed) > WAITING_MAX
    }

    /// Reads what other nodes wrote, up to a position.
    pub(crate) fn catch_up(&self, head: u64) {
        let _ = self.sender.send(Message::CatchUp(head));
    }

    pub(crate) fn nudge(&self) {
        let _ = self.sender.send(Message::Nudge);
    }

    pub(crate) fn stop(&self) {
        let _ = self.sender.send(Message::Stop);
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            let _ = thread.join();
        }
    }
}

impl Engine {
    /// Starts the folding thread; it ends with the engine.
    pub(crate) fn start_feed(&self) {
        let feed = &self.core().feed;
        let Some(receiver) = feed.receiver.lock().unwrap_or_else(PoisonError::into_inner).take() else {
            return;
        };
        let core = self.downgrade();
        let run = move || follow(&receiver, &core);
        match std::thread::Builder::new().name("kith-fold".into()).spawn(run) {
            Ok(thread) => *feed.thread.lock().unwrap_or_else(PoisonError::into_inner) = Some(thread),
            Err(error) => tracing::error!(%error, "the folding thread could not be started"),
        }
    }

    /// Folds one touchpoint that is not folded yet.
    pub(crate) fn fold(&self, fold: &Fold<'_>) -> Result<(), Fault> {
        let living = self.living();
        if let Some((pseudonym, name)) = fold.lane {
            living.name_lane(pseudonym, name);
        }
        let row = self.directory().read().canonical(fold.row);
        // The lock is never held while the store is asked: readers of the store take it too.
        let kills = fold.correction.clone().map(|correction| self.corrections().register(correction));
        for kill in kills.into_iter().flatten() {
            let Some(place) = self.place_of(kill)? else { continue };
            let row = self.directory().read().canonical(place.row);
            if living.remove(row, place.seq) == Folded::Refold {
                self.refold(row)?;
            }
        }
        if self.corrections().is_dead(fold.source, fold.id) {
            return Ok(());
        }
        let folded = match row == fold.row {
            true => living.insert(row, fold.facts),
            false => living.insert(row, &of_row(fold.facts, fold.row)),
        };
        if folded == Folded::Refold {
            self.refold(row)?;
        }
        Ok(())
    }

    /// Reads the facts of some rows again, after accounts were merged or taken apart, and waits until that is done.
    pub(crate) async fn refold_rows(&self, rows: Vec<u32>) {
        if !rows.is_empty() {
            self.fold_again(rows).await;
        }
    }

    /// Waits until everything that this process took in is folded.
    pub(crate) async fn all_folded(&self) {
        if self.core().feed.waiting.load(std::sync::atomic::Ordering::Acquire) > 0 {
            self.fold_again(Vec::new()).await;
        }
    }

    /// Waits until what was shown so far is computed.
    pub(crate) async fn all_computed(&self) {
        self.fold_again(Vec::new()).await;
    }

    async fn fold_again(&self, rows: Vec<u32>) {
        let (done, told) = oneshot::channel();
        let _ = self.core().feed.sender.send(Message::Refold(rows, done));
        // An engine that is closing folds no more; the next start folds where the records say.
        let _ = told.await;
    }

    /// All corrections and withdrawals. Registered by the folding thread alone.
    pub(crate) fn corrections(&self) -> MutexGuard<'_, Corrections> {
        self.core().corrections.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn place_of(&self, kill: Kill) -> Result<Option<Place>, Fault> {
        let (source, id) = match kill {
            Kill::Place(place) => return Ok(Some(place)),
            Kill::Target { source, id } => (source, id),
        };
        let dedupe = self.store().secrets().dedupe_hash(&source, &id);
        self.store().read_blocking(move |reader| {
            let hits = reader.seen(&[Key { source: &source, id: &id, dedupe }])?;
            let Some(hit) = hits.first().copied().flatten() else { return Ok(None) };
            let Some(found) = reader.touchpoint(hit.position)? else { return Ok(None) };
            let seq = u32::try_from(hit.position).map_err(|_| Fault::corrupt("a position beyond 32 bits"))?;
            Ok(Some(Place { row: found.stored.account_row, seq }))
        })
    }

    /// Reads all facts of a row again, with those of all that was merged into it: something reached back beyond what
    /// memory keeps, or the members are others now.
    pub(crate) fn refold(&self, row: u32) -> Result<(), Fault> {
        let context = self.fact_context();
        let engine = self.clone();
        let members = self.directory().read().members(row);
        let facts = self.store().read_blocking(move |reader| {
            let mut facts = Vec::new();
            let corrections = engine.corrections();
            for member in &members {
                for touchpoint in crate::replay::all_of(reader, *member)? {
                    let view = touchpoint.view();
                    if corrections.is_dead(view.source, view.id) {
                        continue;
                    }
                    let found = crate::replay::unfolded(&view, &context)?.facts;
                    facts.extend(if *member == row { found } else { of_row(&found, *member) });
                }
            }
            Ok(facts)
        })?;
        self.living().refold(row, facts);
        Ok(())
    }

    /// Computes what is dirty and tells who listens.
    pub(crate) fn publish_dirty(&self, position: u64) {
        let rows = self.living().recompute_dirty();
        self.core().tallies.forget(&rows);
        self.core().feed.set_folded(position);
        let inner = self.directory().read();
        let day = self.day().to_string();
        if rows.len() > 256 {
            let count = rows.len();
            drop(inner);
            self.publish(LiveEvent {
                topic: "profile".into(),
                position,
                data: json!({"accounts": count, "day": day}),
                ..LiveEvent::default()
            });
            return;
        }
        let events: Vec<LiveEvent> = rows
            .iter()
            .filter_map(|row| inner.entry(*row))
            .map(|entry| LiveEvent {
                topic: "profile".into(),
                account: Some(entry.id.to_string()),
                entity: Some(entry.entity.to_string()),
                position,
                data: json!({"day": day}),
            })
            .collect();
        drop(inner);
        events.into_iter().for_each(|event| self.publish(event));
    }
}

/// Facts of a merged account within the one it was merged into.
pub(crate) fn of_row(facts: &[Fact], row: u32) -> Vec<Fact> {
    facts.iter().map(|fact| fact.of_row(row)).collect()
}

/// The life of the folding thread: it folds what comes at once, and publishes at once what comes alone.
fn follow(receiver: &Receiver<Message>, core: &std::sync::Weak<Core>) {
    let mut at = core.upgrade().map_or(0, |core| core.feed.folded());
    let mut published = Instant::now();
    let mut waits = false;
    loop {
        let pause = PUBLISH_EVERY.saturating_sub(published.elapsed());
        let message = receiver.recv_timeout(if waits { pause } else { Duration::from_secs(3_600) });
        let Some(core) = core.upgrade() else { return };
        let engine = Engine::from_core(core);
        match message {
            Ok(Message::Batch(batch)) => {
                if let Err(fault) = take(&engine, &batch, &mut at) {
                    tracing::error!(%fault, "touchpoints could not be folded; they are in the log and the next start folds them");
                }
                engine.core().feed.took(batch.len());
                waits = true;
            }
            Ok(Message::CatchUp(head)) if head > at => {
                let mut stirred = Stirred::of(&engine);
                match engine.replay_range(at, head, &mut |fold| stirred.look(fold)) {
                    Ok(reached) => at = reached,
                    Err(fault) => tracing::error!(%fault, "the log of other nodes could not be folded"),
                }
                engine.core().feed.watched.note(stirred.rows);
                waits = true;
            }
            Ok(Message::CatchUp(_)) => {}
            Ok(Message::Nudge) => waits = true,
            Ok(Message::Refold(rows, done)) => {
                for row in rows {
                    if let Err(fault) = engine.refold(row) {
                        tracing::error!(%fault, "a merged account could not be folded; the next start folds it");
                    }
                }
                engine.publish_dirty(at);
                let _ = done.send(());
            }
            Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => {
                engine.publish_dirty(at);
                return;
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
        engine.core().feed.reached.set(at);
        if waits && published.elapsed() >= PUBLISH_EVERY {
            engine.publish_dirty(at);
            published = Instant::now();
            waits = false;
        }
    }
}

/// Rows for which what was folded may make or end an alert or a hold, whichever way it came.
struct Stirred<'e> {
    engine: &'e Engine,
    today: u16,
    rows: Vec<u32>,
}

impl<'e> Stirred<'e> {
    fn of(engine: &'e Engine) -> Self {
        Self { engine, today: engine.living().day(), rows: Vec::new() }
    }

    fn look(&mut self, fold: &Fold<'_>) {
        if self.rows.last() == Some(&fold.row) {
            return;
        }
        // What happened long ago and comes now counts against a limit all the same.
        let late = || fold.facts.iter().any(moves_exposure) && self.engine.limit_cell(fold.row).is_some();
        if fold.facts.iter().any(|fact| matters(fact, self.today)) || fold.correction.is_some() || late() {
            self.rows.push(fold.row);
        }
    }
}

/// Folds a batch after what is missing before it.
fn take(engine: &Engine, batch: &Committed, at: &mut u64) -> Result<(), Fault> {
    let mut stirred = Stirred::of(engine);
    let folded = batch.each_fold(&mut |fold| {
        if fold.position <= *at {
            return Ok(());
        }
        if fold.position > at.saturating_add(1) {
            let before = fold.position.saturating_sub(1);
            *at = engine.replay_range(*at, before, &mut |fold| stirred.look(fold))?;
        }
        engine.fold(fold)?;
        stirred.look(fold);
        *at = fold.position;
        Ok(())
    });
    engine.core().feed.watched.note(stirred.rows);
    folded
}
