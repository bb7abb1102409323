//! The writer of SQLite: takes what is waiting, runs it in one transaction, commits once, answers.

use crate::attempt::{Attempt, attempt};
use crate::dialect::Dialect;
use crate::fault::Fault;
use crate::sql::Sql as _;
use crate::sqlite::Sqlite;
use crate::store::{Shared, Writes};
use crate::task::WriteTask;
use crate::unit::{Ending, Heads};

/// How many jobs share a commit at most.
const GROUP: usize = 1024;
/// Pages in the write-ahead log from which a checkpoint is worth it when nothing waits.
const IDLE_PAGES: u32 = 1_000;
/// Pages from which it is made although jobs wait.
const BUSY_PAGES: u32 = 20_000;

type Group = Vec<Box<dyn WriteTask>>;

/// Runs until the queue is closed.
pub(crate) fn run(sqlite: &mut Sqlite, shared: &Shared, writes: &Writes) {
    loop {
        let group = writes.take(GROUP);
        if group.is_empty() {
            break;
        }
        run_group(sqlite, shared, group);
        let pages = sqlite.waiting_pages();
        if pages > BUSY_PAGES || (pages > IDLE_PAGES && writes.is_idle()) {
            sqlite.checkpoint();
        }
    }
    sqlite.checkpoint();
}

fn refuse(group: Group, fault: &Fault) {
    for task in group {
        task.reply(Err(fault.clone()));
    }
}

/// Runs a group in one transaction; where a job fails after writing, each again alone.
fn run_group(sqlite: &mut Sqlite, shared: &Shared, mut group: Group) {
    if shared.is_stopped() {
        return refuse(group, &Fault::Stopped);
    }
    if let Err(fault) = sqlite.batch(Dialect::Sqlite.begin_write()) {
        return refuse(group, &fault);
    }
    // Nobody was answered yet, so which of them comes first is the writer's to choose.
    group.sort_by_key(|task| !task.is_first());
    let mut attempts: Vec<Attempt> = Vec::with_capacity(group.len());
    let mut broken = None;
    for task in &mut group {
        let attempt = attempt(sqlite, shared, task.as_mut());
        let lost = !sqlite.in_transaction();
        if let Err(fault) = &attempt.outcome
            && (attempt.written || lost)
        {
            broken = Some(fault.clone());
        } else if lost {
            broken = Some(Fault::unavailable(std::io::Error::other("the transaction was rolled back")));
        }
        attempts.push(attempt);
        if broken.is_some() {
            break;
        }
    }
    let Some(fault) = broken else { return commit(sqlite, shared, group, attempts) };
    roll_back(sqlite, shared, attempts);
    if group.len() == 1 {
        return refuse(group, &fault);
    }
    for task in group {
        run_group(sqlite, shared, vec![task]);
    }
}

fn roll_back(sqlite: &mut Sqlite, shared: &Shared, attempts: Vec<Attempt>) {
    if sqlite.in_transaction() && sqlite.batch("ROLLBACK").is_err() {
        shared.stop();
    }
    if let Some(seen) = &shared.seen {
        seen.roll_back();
    }
    for attempt in attempts {
        attempt.end(Ending::RolledBack);
    }
}

fn commit(sqlite: &mut Sqlite, shared: &Shared, group: Group, attempts: Vec<Attempt>) {
    let written = attempts.iter().any(|attempt| attempt.written);
    if written && let Err(fault) = shared.vault.persist() {
        roll_back(sqlite, shared, attempts);
        return refuse(group, &fault);
    }
    if let Err(fault) = sqlite.batch("COMMIT") {
        // What the disk holds now is not known: nothing more is written until the next start looks.
        let cause = std::error::Error::source(&fault).map(ToString::to_string);
        tracing::error!(%fault, cause, "commit failed, the store stops writing until the next start");
        shared.stop();
        roll_back(sqlite, shared, attempts);
        return refuse(group, &fault);
    }
    let mut heads = Heads::default();
    let mut outcomes = Vec::with_capacity(attempts.len());
    for attempt in attempts {
        heads.ledger = heads.ledger.max(attempt.heads.ledger);
        heads.touchpoint = heads.touchpoint.max(attempt.heads.touchpoint);
        outcomes.push(attempt.outcome.clone());
        attempt.end(Ending::Committed);
    }
    if let Some(seen) = &shared.seen {
        seen.commit();
    }
    shared.publish(heads);
    for (task, outcome) in group.into_iter().zip(outcomes) {
        task.reply(outcome);
    }
}
