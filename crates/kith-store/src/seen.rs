//! Which touchpoints were stored already, without a random-key tree on the path of the append (SQLite).
//!
//! Recent ones stand in memory, by keyed hash. Older ones stand in `seen.db`, merged there in sorted
//! batches by a thread, with a Bloom filter before it. All of it is derived from the log: what is missing
//! or belongs to another history is made again at the next start.

mod index;
mod tail;

#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use crate::bloom::Bloom;
use crate::fault::Fault;
use crate::sql::{Sql, signed};
use crate::sqlite::Sqlite;
use index::Index;
use tail::Tail;

/// Touchpoints in memory from which they are merged into the index.
pub(crate) const MERGE_AT: usize = 1_000_000;
/// So many times that, and opening merges by itself before it goes on: the index was lost.
const REBUILD: usize = 4;

struct State {
    /// What was stored since the last merge began, the open transaction included.
    tail: Tail,
    /// How many of them are committed.
    committed: usize,
    /// What is being merged.
    merging: Option<Arc<Tail>>,
    /// Every key of the index, perhaps.
    bloom: Bloom,
    /// The index, for looking up.
    index: Index,
}

/// The way to the merging thread, and the thread.
type Merger = (Sender<Arc<Tail>>, JoinHandle<()>);

/// The dedupe index and the timelines of one log.
pub(crate) struct Seen {
    state: Arc<Mutex<State>>,
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
        let closing = Arc::new(AtomicBool::new(false));
        let mut index = Index::open(dir, epoch, head)?;
        let mut bloom = index.load_bloom()?;
        let mut tail = Tail::after(index.merged_to());
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
            if tail.len() >= merge_at.saturating_mul(REBUILD) {
                index.merge(&tail, &closing)?;
                bloom = grown(bloom, &tail, &mut index)?;
                index.save_bloom(&bloom);
                tail = Tail::after(index.merged_to());
            }
        }
        if tail.end() != head {
            return Err(Fault::corrupt("the touchpoint log does not reach its head"));
        }
        let committed = tail.len();
        let lookup = index.to_read()?;
        let state = State { tail, committed, merging: None, bloom, index: lookup };
        let state = Arc::new(Mutex::new(state));
        let (sender, inbox) = channel::<Arc<Tail>>();
        let own = Arc::clone(&state);
        let stop = Arc::clone(&closing);
        let run = move || {
            for batch in inbox {
                if let Err(fault) = merge(&mut index, &own, &batch, &stop) {
                    if matches!(fault, Fault::Stopped) {
                        return;
                    }
                    // Nothing is lost: the batch stays in memory, and the log has it.
                    tracing::error!(%fault, "the dedupe index could not be merged");
                    return;
                }
            }
        };
        let thread = std::thread::Builder::new().name("kith-seen".to_owned()).spawn(run);
        let merger = Mutex::new(Some((sender, thread.map_err(Fault::unavailable)?)));
        let seen = Self { state, merge_at, merger, closing };
        seen.commit();
        Ok(seen)
    }

    /// Where touchpoints with this hash stand, oldest first; usually none or one.
    pub(crate) fn positions(&self, hash: i64, found: &mut Vec<u64>) -> Result<(), Fault> {
        found.clear();
        let state = lock(&self.state);
        if state.bloom.may_contain(hash.cast_unsigned()) {
            state.index.positions(hash, found)?;
        }
        if let Some(merging) = &state.merging {
            merging.positions(hash, found);
        }
        state.tail.positions(hash, found);
        Ok(())
    }

    /// Takes up a touchpoint of the open transaction; positions come without gaps.
    pub(crate) fn push(&self, position: u64, hash: i64, account_row: u32) -> Result<(), Fault> {
        lock(&self.state).tail.push(position, hash, account_row)
    }

    /// Drops what the open transaction took up.
    pub(crate) fn roll_back(&self) {
        let mut state = lock(&self.state);
        let committed = state.committed;
        state.tail.truncate(committed);
    }

    /// Keeps what the transaction took up, and hands it to the merging thread once it is enough.
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
            tracing::error!("the dedupe index is not merged any more");
        }
    }

    /// Positions of an account before a position, newest first.
    pub(crate) fn timeline(&self, account_row: u32, before: u64, limit: usize) -> Result<Vec<u64>, Fault> {
        let mut found = Vec::new();
        let state = lock(&self.state);
        state.tail.timeline(account_row, before, limit, &mut found);
        if let Some(merging) = state.merging.clone() {
            merging.timeline(account_row, before, limit, &mut found);
        }
        if found.len() < limit {
            state.index.timeline(account_row, before, limit, &mut found)?;
        }
        found.dedup();
        Ok(found)
    }

    /// Breaks off a merge, of which the log has everything, and ends the thread.
    pub(crate) fn close(&self) {
        self.closing.store(true, Ordering::SeqCst);
        let merger = self.merger.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some((sender, thread)) = merger {
            drop(sender);
            drop(thread.join());
        }
    }

    #[cfg(test)]
    pub(crate) fn merged_to(&self) -> u64 {
        lock(&self.state).index.merged_to()
    }
}

/// The filter with the keys of a batch that was just merged, made anew and larger when they do not fit.
fn grown(mut bloom: Bloom, batch: &Tail, index: &mut Index) -> Result<Bloom, Fault> {
    let keys = bloom.keys().saturating_add(u64::try_from(batch.len()).unwrap_or(u64::MAX));
    if keys > bloom.capacity() {
        return index.build_bloom();
    }
    batch.hashes().for_each(|hash| bloom.insert(hash.cast_unsigned()));
    Ok(bloom)
}

fn merge(index: &mut Index, shared: &Mutex<State>, batch: &Tail, stop: &AtomicBool) -> Result<(), Fault> {
    index.merge(batch, stop)?;
    let bloom = lock(shared).bloom.clone();
    let bloom = grown(bloom, batch, index)?;
    index.save_bloom(&bloom);
    let mut state = lock(shared);
    state.bloom = bloom;
    state.index.set_merged_to(index.merged_to());
    state.merging = None;
    Ok(())
}
