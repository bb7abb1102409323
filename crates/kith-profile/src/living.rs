//! The living profile of all accounts, by dense row: facts in, columns out.
//!
//! Rows are numbered by the caller in the order of creation; 1,024 consecutive ones make a chunk with a lock
//! of its own, so that scans run beside folding. Nothing here asks the time or the store, but for the
//! [`Lookup`] that tells two touchpoints of the very same moment apart.

mod activity;
mod checkpoint;
mod chunk;
mod credit_history;
mod evidence;
mod explained;
mod payment_behaviour;
mod promises;
mod series;
mod spending;
mod standing;
mod turned;

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use kith_domain::value::Money;
use ring::digest;

pub use activity::Activity;
pub use checkpoint::{Header, LoadError};
use chunk::{Cells, Chunk};
pub use credit_history::CreditHistory;
pub use payment_behaviour::{COLLECTED_DAYS, OfEntity, PaymentBehaviour, SALES_DAYS};
pub use promises::Promises;
pub use spending::{SeenOrder, Spending};
pub use standing::{Fate, OpenBusiness, Payer};
pub use turned::TurnedOut;

use crate::account::Account;
use crate::fact::Fact;
use crate::input::{FactContext, Inputs, Lookup, MasterInputs, Rates};
use crate::metric::sheet::{ByKind, Sheet, View};
use crate::metric::{Part, Value, revenue};

#[cfg(test)]
mod tests;

/// Rows in a chunk.
pub const CHUNK_ROWS: usize = 1_024;

/// Rows computed under one hold of a chunk's lock: scans wait no longer than that.
const ROWS_AT_ONCE: usize = 64;

/// What became of facts that were put in or taken out.
#[must_use]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Folded {
    /// The account's metrics will follow at the next recompute.
    Done,
    /// It reaches back into what was let go (older than 400 days), and nothing was changed or not all: the
    /// caller reads the account's touchpoints from the log again, this one among them, and calls
    /// [`Living::refold`].
    Refold,
}

/// One column of a chunk: values by row and a bitmap of the known ones.
#[derive(Debug, Clone, Copy)]
pub enum Column<'a> {
    /// Money and dates.
    I64(&'a [i64], &'a [u64]),
    /// Counts, ratios, durations, scores.
    F32(&'a [f32], &'a [u64]),
    /// Labels: places in the metric's list of words.
    Code(&'a [u16], &'a [u64]),
}

/// A chunk while it is read.
#[derive(Debug)]
pub struct ChunkView<'a> {
    chunk: &'a Chunk,
}

impl ChunkView<'_> {
    /// Rows in use, at most [`CHUNK_ROWS`].
    #[must_use]
    pub fn len(&self) -> usize {
        self.chunk.accounts.len()
    }

    /// Whether no row is in use.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chunk.accounts.is_empty()
    }

    /// The column of a metric by its place in the catalogue: [`CHUNK_ROWS`] values, those from
    /// [`Self::len`] on never known; none where nothing was known of any row.
    #[must_use]
    pub fn column(&self, metric: usize) -> Option<Column<'_>> {
        let store = self.chunk.stores.get(metric).filter(|store| !store.cells.is_empty())?;
        Some(match &store.cells {
            Cells::I64(cells) => Column::I64(cells, &store.known),
            Cells::F32(cells) => Column::F32(cells, &store.known),
            Cells::Code(cells) => Column::Code(cells, &store.known),
        })
    }

    /// The value of one metric of one row of the chunk.
    #[must_use]
    pub fn value(&self, row: usize, metric: usize) -> Option<Value> {
        self.chunk.value(row, metric)
    }
}

/// Revenue of one lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaneRevenue {
    /// Pseudonym of the lane; 0 for invoices without a known lane.
    pub lane: u64,
    /// Its name, if known.
    pub name: Option<String>,
    /// Invoiced net of credit notes, in the organisation's currency.
    pub revenue: Money,
}

type Shared<T> = Arc<RwLock<T>>;

/// All accounts. A clone is another handle on the same profile.
#[derive(Clone)]
pub struct Living {
    inputs: Shared<Arc<Inputs>>,
    lookup: Arc<dyn Lookup>,
    chunks: Shared<Vec<Shared<Chunk>>>,
    lanes: Shared<BTreeMap<u64, String>>,
}

impl std::fmt::Debug for Living {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Living").field("rows", &self.len()).finish_non_exhaustive()
    }
}

// A panic while a lock was held leaves at worst rows that are still marked dirty: they are computed again.
fn read<T>(lock: &RwLock<T>) -> RwLockReadGuard<'_, T> {
    lock.read().unwrap_or_else(PoisonError::into_inner)
}

fn write<T>(lock: &RwLock<T>) -> RwLockWriteGuard<'_, T> {
    lock.write().unwrap_or_else(PoisonError::into_inner)
}

fn split(row: u32) -> (usize, usize) {
    (row as usize / CHUNK_ROWS, row as usize % CHUNK_ROWS)
}

impl Living {
    /// An empty profile.
    #[must_use]
    pub fn new(inputs: Inputs, lookup: Arc<dyn Lookup>) -> Self {
        Self {
            inputs: Arc::new(RwLock::new(Arc::new(inputs))),
            lookup,
            chunks: Arc::default(),
            lanes: Arc::default(),
        }
    }

    fn inputs(&self) -> Arc<Inputs> {
        Arc::clone(&read(&self.inputs))
    }

    fn chunk(&self, index: usize) -> Option<Shared<Chunk>> {
        read(&self.chunks).get(index).map(Arc::clone)
    }

    /// Makes sure that a row is there and sets its master inputs; rows before it are made too.
    pub fn ensure(&self, row: u32, master: MasterInputs) {
        let (index, place) = split(row);
        if read(&self.chunks).len() <= index {
            let mut chunks = write(&self.chunks);
            while chunks.len() <= index {
                // Rows are dense: every chunk before the last is full.
                if let Some(last) = chunks.last() {
                    fill(&mut write(last), CHUNK_ROWS);
                }
                chunks.push(Arc::new(RwLock::new(Chunk::new())));
            }
        }
        let Some(chunk) = self.chunk(index) else { return };
        let mut chunk = write(&chunk);
        fill(&mut chunk, place + 1);
        if let Some(account) = chunk.accounts.get_mut(place).filter(|account| account.master != master) {
            account.master = master;
            chunk.mark(place, Part::Health.bit());
        }
    }

    fn change(&self, row: u32, change: impl FnOnce(&mut Account, View<'_>) -> Folded) -> Folded {
        let (index, place) = split(row);
        if self.chunk(index).is_none_or(|chunk| read(&chunk).accounts.len() <= place) {
            self.ensure(row, MasterInputs::default());
        }
        let Some(chunk) = self.chunk(index) else { return Folded::Refold };
        let mut chunk = write(&chunk);
        let inputs = self.inputs();
        let Some(account) = chunk.accounts.get_mut(place) else { return Folded::Refold };
        let folded = change(account, View::empty(&inputs, &*self.lookup));
        if account.dirty != 0 {
            chunk.mark(place, 0);
        }
        folded
    }

    /// Puts facts in: of one touchpoint or of many. Facts that are there already are not put in twice.
    /// Whether the touchpoint is dead is the caller's to ask.
    pub fn insert(&self, row: u32, facts: &[Fact]) -> Folded {
        self.change(row, |account, view| account.insert(facts, view))
    }

    /// Takes out every fact of a touchpoint: the exact inverse of [`Self::insert`].
    pub fn remove(&self, row: u32, seq: u32) -> Folded {
        self.change(row, |account, view| account.remove(seq, view))
    }

    /// Replaces all facts of an account by those of its living touchpoints, read again from the log.
    pub fn refold(&self, row: u32, facts: Vec<Fact>) {
        let _ = self.change(row, |account, view| {
            account.refold(facts, view.lookup);
            Folded::Done
        });
    }

    /// Remembers the name of a lane for display; call it for every touchpoint with a lane ([`crate::lane`]).
    pub fn name_lane(&self, pseudonym: u64, name: &str) {
        if !read(&self.lanes).contains_key(&pseudonym) {
            write(&self.lanes).insert(pseudonym, name.to_owned());
        }
    }

    /// Computes one account again at once, if it is dirty.
    pub fn recompute(&self, row: u32) {
        let (index, place) = split(row);
        let Some(chunk) = self.chunk(index) else { return };
        let mut chunk = write(&chunk);
        if chunk.next_dirty(place) == Some(place) {
            let inputs = self.inputs();
            chunk.recompute(place, &inputs, &*self.lookup, &mut Sheet::default());
        }
    }

    /// Computes all accounts again that are dirty; their rows, ascending.
    pub fn recompute_dirty(&self) -> Vec<u32> {
        let mut rows = Vec::new();
        let mut sheet = Sheet::default();
        for index in 0..self.chunks() {
            let Some(shared) = self.chunk(index) else { continue };
            let mut next = read(&shared).next_dirty(0);
            while next.is_some() {
                let mut chunk = write(&shared);
                // Inputs are read under the lock: a tick sets them first and marks the chunk afterwards.
                let inputs = self.inputs();
                for _ in 0..ROWS_AT_ONCE {
                    let Some(place) = next.and_then(|place| chunk.next_dirty(place)) else {
                        next = None;
                        break;
                    };
                    chunk.recompute(place, &inputs, &*self.lookup, &mut sheet);
                    rows.extend(u32::try_from(index * CHUNK_ROWS + place));
                    next = (place + 1 < CHUNK_ROWS).then_some(place + 1);
                }
            }
        }
        rows
    }

    fn renew(&self, change: impl FnOnce(&mut Inputs) -> bool) {
        {
            let mut inputs = write(&self.inputs);
            let mut next = Inputs::clone(&inputs);
            if !change(&mut next) {
                return;
            }
            *inputs = Arc::new(next);
        }
        for index in 0..self.chunks() {
            if let Some(chunk) = self.chunk(index) {
                write(&chunk).mark_all();
            }
        }
    }

    /// Moves to a day (since 1970-01-01): every account becomes dirty. Days only move on: an earlier day, or
    /// the same, changes nothing.
    pub fn tick(&self, day: u16) {
        self.renew(|inputs| {
            let later = day > inputs.day;
            inputs.day = inputs.day.max(day);
            later
        });
    }

    /// New exchange rates: every account becomes dirty if they differ.
    pub fn set_rates(&self, rates: Rates) {
        self.renew(|inputs| {
            let differs = inputs.rates != rates;
            inputs.rates = rates;
            differs
        });
    }

    /// New entities or zones. Facts keep their days: after a change of zones the profile is rebuilt.
    pub fn set_context(&self, context: FactContext) {
        self.renew(|inputs| {
            inputs.context = context;
            true
        });
    }

    /// The day on which the profile stands.
    #[must_use]
    pub fn day(&self) -> u16 {
        read(&self.inputs).day
    }

    /// Rows in use.
    #[must_use]
    pub fn len(&self) -> u32 {
        let chunks = read(&self.chunks);
        let rows =
            chunks.last().map_or(0, |last| (chunks.len() - 1) * CHUNK_ROWS + read(last).accounts.len());
        u32::try_from(rows).unwrap_or(u32::MAX)
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many chunks there are.
    #[must_use]
    pub fn chunks(&self) -> usize {
        read(&self.chunks).len()
    }

    /// Reads a chunk; `None` when there is no such chunk. Folding into the chunk waits meanwhile.
    pub fn with_chunk<T>(&self, index: usize, scan: impl FnOnce(&ChunkView<'_>) -> T) -> Option<T> {
        let chunk = self.chunk(index)?;
        let chunk = read(&chunk);
        Some(scan(&ChunkView { chunk: &chunk }))
    }

    fn with_account<T>(&self, row: u32, look: impl FnOnce(&Account, View<'_>) -> Option<T>) -> Option<T> {
        let (index, place) = split(row);
        let chunk = self.chunk(index)?;
        let chunk = read(&chunk);
        let inputs = self.inputs();
        let account = chunk.accounts.get(place)?;
        let sorted = ByKind::of(&account.facts, inputs.day);
        look(account, View::empty(&inputs, &*self.lookup).over(&sorted))
    }

    /// Looks at an account as it is kept.
    pub(crate) fn account_at<T>(&self, row: u32, look: impl FnOnce(&Account) -> T) -> Option<T> {
        let (index, place) = split(row);
        let chunk = self.chunk(index)?;
        let chunk = read(&chunk);
        chunk.accounts.get(place).map(look)
    }

    /// Looks at facts of one account whatever their day.
    pub(crate) fn viewed<T>(&self, facts: &[Fact], look: impl FnOnce(&View<'_>) -> T) -> T {
        let inputs = self.inputs();
        let sorted = ByKind::of(facts, u16::MAX);
        look(&View::empty(&inputs, &*self.lookup).over(&sorted))
    }

    /// The value of one metric of one account.
    #[must_use]
    pub fn value(&self, row: u32, metric: usize) -> Option<Value> {
        let (index, place) = split(row);
        let chunk = self.chunk(index)?;
        let chunk = read(&chunk);
        chunk.value(place, metric)
    }

    /// The facts of an account in canonical order.
    #[must_use]
    pub fn facts(&self, row: u32) -> Vec<Fact> {
        self.with_account(row, |account, _| Some(account.facts.clone())).unwrap_or_default()
    }

    /// Revenue by lane of the last `window` days, greatest first; `None` when a rate is missing.
    #[must_use]
    pub fn revenue_by_lane(&self, row: u32, window: u16) -> Option<Vec<LaneRevenue>> {
        let currency = self.inputs().context.currency;
        let lanes = self.with_account(row, |_, view| revenue::by_lane(&view, window))?;
        let names = read(&self.lanes);
        let line = |(lane, minor)| LaneRevenue {
            lane,
            name: names.get(&lane).cloned(),
            revenue: Money::new(minor, currency),
        };
        Some(lanes.into_iter().map(line).collect())
    }

    /// Digest over the meaning: the day, facts without log positions, master inputs, columns. Recomputes
    /// nothing: call [`Self::recompute_dirty`] first.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut context = digest::Context::new(&digest::SHA256);
        context.update(&self.day().to_le_bytes());
        for index in 0..self.chunks() {
            if let Some(chunk) = self.chunk(index) {
                checkpoint::digest_meaning(&read(&chunk), &mut context);
            }
        }
        let mut hash = [0; 32];
        hash.copy_from_slice(context.finish().as_ref());
        hash
    }

    /// Bytes in use by facts, accounts and columns.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        (0..self.chunks()).filter_map(|index| self.chunk(index)).map(|chunk| read(&chunk).bytes()).sum()
    }
}

/// Makes rows up to a number; new ones are dirty, so that counts are 0 and not unknown.
fn fill(chunk: &mut Chunk, rows: usize) {
    let rows = rows.min(CHUNK_ROWS);
    while chunk.accounts.len() < rows {
        chunk.accounts.push(Account::default());
        chunk.mark(chunk.accounts.len() - 1, Part::ALL);
    }
}
