//! Which touchpoints were stored already, without a random-key tree on the path of the append (SQLite).
//!
//! Recent ones stand in memory, by keyed hash. Older ones stand in sorted runs, files of the folder `seen`, with
//! a Bloom filter before them; a thread writes them and makes few large ones of many small ones. All of it is
//! derived from the log: what is missing or belongs to another history is made again at the next start.

mod index;
mod run;
mod tail;

#[cfg(test)]
mod tests;

use std::hash::{BuildHasherDefault, Hasher};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use crate::bloom::Bloom;
use crate::fault::Fault;
use crate::sql::{Sql, signed};
use crate::sqlite::Sqlite;
use index::{Folder, Runs, end};
use tail::Tail;

/// Touchpoints in memory from which they become a run.
pub(crate) const MERGE_AT: usize = 1 << 18;
/// So few are read from the log again at the next start.
const FEW: usize = 4_096;
/// Keys that are put into the filter under one hold of the lock.
const AT_ONCE: usize = 4_096;

/// For keys that are keyed hashes already.
pub(crate) type AsItIs = BuildHasherDefault<Same>;

/// A hasher that gives back the number that it is given.
#[derive(Default)]
pub(crate) struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }
    fn write_i64(&mut self, number: i64) {
        self.0 = number.cast_unsigned();
    }
    fn write_u128(&mut self, number: u128) {
        self.0 = (number >> 64) as u64 ^ number as u64;
    }
}

struct State {
    /// What was stored since the last run began, the open transaction included.
    tail: Tail,
    /// How many of them are committed.
    committed: usize,
    /// What becomes a run just now.
    merging: Option<Arc<Tail>>,
    /// Every key of the runs, perhaps.
    bloom: Bloom,
    runs: Runs,
}

/// The way to the writing thread, and the thread.
type Merger = (Sender<Arc<Tail>>, JoinHandle<()>);

/// The dedupe index and the timelines of one log.
pub(crate) struct Seen {
    state: Arc<Mutex<State>>,
    folder: Folder,
    merge_at: usize,
    merger: Mutex<Option<Merger>>,
    closing: Arc<AtomicBool>,
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Seen {
    /// Opens the index of a directory and reads the rest of the log after it.
    pub(crate) fn open(
        dir: &Path,
        epoch: &str,
        head: u64,
        log: &mut Sqlite,
        merge_at: usize,
    ) -> Result<Self, Fault> {
        let (folder, mut runs) = Folder::open(dir, epoch, head, merge_at)?;
        let mut tail = Tail::after(end(&runs));
        let text = "SELECT position, dedupe, account_row FROM touchpoint WHERE position > $1 \
                    ORDER BY position LIMIT $2";
        loop {
            let limit = i64::try_from(merge_at.max(1)).unwrap_or(i64::MAX);
            let before = tail.end();
            log.query(text, &[signed(before).into(), limit.into()], &mut |row| {
                tail.read_back(row.count(0)?, row.int(1)?, row.int(2)?)
            })?;
            if tail.end() == before {
                break;
            }
            if tail.len() >= merge_at {
                runs.push(folder.write(&tail)?);
                tail = Tail::after(end(&runs));
            }
        }
        if tail.end() != head {
            return Err(Fault::corrupt("the touchpoint log does not reach its head"));
        }
        let bloom = folder.load_bloom(&runs)?;
        let committed = tail.len();
        let state = Arc::new(Mutex::new(State { tail, committed, merging: None, bloom, runs }));
        let closing = Arc::new(AtomicBool::new(false));
        let (sender, inbox) = channel::<Arc<Tail>>();
        let (own, own_folder, stop) = (Arc::clone(&state), folder.clone(), Arc::clone(&closing));
        let run = move || keep_up(&inbox, &own_folder, &own, &stop);
        let thread = std::thread::Builder::new().name("kith-seen".to_owned()).spawn(run);
        let merger = Mutex::new(Some((sender, thread.map_err(Fault::unavailable)?)));
        Ok(Self { state, folder, merge_at, merger, closing })
    }

    /// Where touchpoints with these hashes stand, with the place of the hash; usually nowhere.
    pub(crate) fn positions(&self, hashes: impl Iterator<Item = i64>) -> Result<Vec<(usize, u64)>, Fault> {
        let (mut all, mut found) = (Vec::new(), Vec::new());
        let state = lock(&self.state);
        for (place, hash) in hashes.enumerate() {
            if state.bloom.may_contain(hash.cast_unsigned()) {
                state.runs.iter().try_for_each(|run| run.positions(hash.cast_unsigned(), &mut found))?;
            }
            if let Some(merging) = &state.merging {
                merging.positions(hash, &mut found);
            }
            state.tail.positions(hash, &mut found);
            all.extend(found.drain(..).map(|position| (place, position)));
        }
        Ok(all)
    }

    /// Takes up touchpoints of the open transaction, hash and account row each; positions come without gaps.
    pub(crate) fn push(&self, first: u64, new: impl Iterator<Item = (i64, u32)>) -> Result<(), Fault> {
        let mut state = lock(&self.state);
        (first..).zip(new).try_for_each(|(position, (hash, row))| state.tail.push(position, hash, row))
    }

    /// Drops what the open transaction took up.
    pub(crate) fn roll_back(&self) {
        let mut state = lock(&self.state);
        let committed = state.committed;
        state.tail.truncate(committed);
    }

    /// Keeps what the transaction took up, and hands it to the writing thread once it is enough.
    pub(crate) fn commit(&self) {
        let mut state = lock(&self.state);
        state.committed = state.tail.len();
        if state.committed >= self.merge_at && state.merging.is_none() {
            self.start_merge(&mut state);
        }
    }

    fn start_merge(&self, state: &mut State) {
        let merger = self.merger.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((sender, _)) = merger.as_ref() else { return };
        let next = Tail::after(state.tail.end());
        let batch = Arc::new(std::mem::replace(&mut state.tail, next));
        state.committed = 0;
        state.merging = Some(Arc::clone(&batch));
        if sender.send(batch).is_err() {
            tracing::error!("the dedupe index is not written any more");
        }
    }

    /// Positions of an account before a position, newest first.
    pub(crate) fn timeline(&self, account_row: u32, before: u64, limit: usize) -> Result<Vec<u64>, Fault> {
        let mut found = Vec::new();
        let state = lock(&self.state);
        state.tail.timeline(account_row, before, limit, &mut found);
        if let Some(merging) = &state.merging {
            merging.timeline(account_row, before, limit, &mut found);
        }
        for run in state.runs.iter().rev() {
            if found.len() >= limit {
                break;
            }
            run.timeline(account_row, before, limit, &mut found)?;
        }
        Ok(found)
    }

    /// Ends the thread, and saves what the next start would have to read from the log.
    pub(crate) fn close(&self) {
        self.closing.store(true, Ordering::SeqCst);
        let Some((sender, thread)) = self.merger.lock().unwrap_or_else(PoisonError::into_inner).take() else {
            return;
        };
        drop(sender);
        drop(thread.join());
        let mut state = lock(&self.state);
        if state.merging.is_none() && state.committed == state.tail.len() && state.committed >= FEW {
            let written =
                self.folder.write(&state.tail).and_then(|run| settle(&self.folder, &mut state, run));
            if let Err(fault) = written {
                tracing::warn!(%fault, "the end of the dedupe index was not saved; the log has it");
            }
        }
        self.folder.save_bloom(&state.bloom, &state.runs);
    }

    #[cfg(test)]
    pub(crate) fn merged_to(&self) -> u64 {
        end(&lock(&self.state).runs)
    }
}

/// Takes a run of the whole tail into use, at the end.
fn settle(folder: &Folder, state: &mut State, run: Arc<run::Run>) -> Result<(), Fault> {
    let State { tail, bloom, runs, .. } = state;
    runs.push(run);
    if bloom.keys().saturating_add(u64::try_from(tail.len()).unwrap_or(u64::MAX)) > bloom.capacity() {
        *bloom = folder.build_bloom(runs)?;
    } else {
        tail.hashes().for_each(|hash| bloom.insert(hash));
    }
    *tail = Tail::after(end(runs));
    state.committed = 0;
    Ok(())
}

/// The life of the writing thread.
fn keep_up(inbox: &Receiver<Arc<Tail>>, folder: &Folder, state: &Mutex<State>, stop: &AtomicBool) {
    for batch in inbox {
        let done = take_up(folder, state, &batch).and_then(|()| {
            while !stop.load(Ordering::SeqCst) && tidy(folder, state)? {}
            Ok(())
        });
        if let Err(fault) = done {
            // Nothing is lost: the batch stays in memory, and the log has it.
            return tracing::error!(%fault, "the dedupe index could not be written");
        }
    }
}

/// Makes a run of a batch: first the filter learns its keys, then the run stands in its place.
fn take_up(folder: &Folder, shared: &Mutex<State>, batch: &Tail) -> Result<(), Fault> {
    let run = folder.write(batch)?;
    let mut runs = lock(shared).runs.clone();
    runs.push(run);
    let keys = lock(shared).bloom.keys().saturating_add(run_length(batch));
    if keys > lock(shared).bloom.capacity() {
        let bloom = folder.build_bloom(&runs)?;
        lock(shared).bloom = bloom;
    } else {
        let hashes: Vec<u64> = batch.hashes().collect();
        for some in hashes.chunks(AT_ONCE) {
            let mut state = lock(shared);
            some.iter().for_each(|hash| state.bloom.insert(*hash));
        }
    }
    let mut state = lock(shared);
    state.runs = runs;
    state.merging = None;
    Ok(())
}

fn run_length(batch: &Tail) -> u64 {
    u64::try_from(batch.len()).unwrap_or(u64::MAX)
}

/// Makes one run of several, if it is time to; says whether it was.
fn tidy(folder: &Folder, shared: &Mutex<State>) -> Result<bool, Fault> {
    let runs = lock(shared).runs.clone();
    let Some(due) = folder.due(&runs) else { return Ok(false) };
    let joined = folder.join(due)?;
    let kept = runs.len().saturating_sub(due.len());
    let (bloom, after) = {
        let mut state = lock(shared);
        state.runs.truncate(kept);
        state.runs.push(joined);
        (state.bloom.clone(), state.runs.clone())
    };
    folder.save_bloom(&bloom, &after);
    due.iter().for_each(|run| run.remove());
    Ok(true)
}
