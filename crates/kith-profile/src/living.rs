//! The living profile of all accounts, by dense row: facts in, columns out.

use crate::explain::{Driver, Explanation};
use crate::fact::Fact;
use crate::input::{FactContext, Inputs, Lookup, MasterInputs, Rates};
use kith_domain::value::Money;
use std::sync::{Arc, RwLock};

/// Rows in a chunk.
pub const CHUNK_ROWS: usize = 1_024;

/// What became of facts that were put in or taken out.
#[must_use]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Folded {
    /// The account's metrics will follow at the next recompute.
    Done,
    /// It reaches back into what was let go (older than 400 days): the caller reads the account's touchpoints from the log
    /// again and calls [`Living::refold`].
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
    len: usize,
    columns: &'a [u8],
}

impl ChunkView<'_> {
    /// Rows in use, at most [`CHUNK_ROWS`].
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }
    /// Whether no row is in use.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
    /// The column of a metric by its place in the catalogue.
    #[must_use]
    pub fn column(&self, _metric: usize) -> Option<Column<'_>> {
        if self.columns.is_empty() { None } else { Some(Column::I64(&[], &[])) }
    }
}

/// What a checkpoint of a chunk says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Which chunk.
    pub chunk: u32,
    /// Epoch of the log; a restored backup has a new one.
    pub epoch: u64,
    /// All touchpoints up to this log position are in.
    pub position: u64,
    /// The day on which it stands.
    pub day: u16,
    /// Whether the catalogue was another one: every row is dirty and must be computed again.
    pub recompute: bool,
}

/// Why a checkpoint cannot be used: take the older one, or replay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoadError {
    /// Not a checkpoint, or of another format.
    Format,
    /// The digest does not fit: damaged.
    Digest,
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

/// All accounts. Shared by reference: scans run beside folding.
#[derive(Clone)]
pub struct Living {
    inputs: Arc<RwLock<Inputs>>,
    lookup: Arc<dyn Lookup>,
}

impl std::fmt::Debug for Living {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Living").finish_non_exhaustive()
    }
}

impl Living {
    /// An empty profile.
    #[must_use]
    pub fn new(inputs: Inputs, lookup: Arc<dyn Lookup>) -> Self {
        Self { inputs: Arc::new(RwLock::new(inputs)), lookup }
    }
    /// Makes sure that a row is there and sets its master inputs; rows before it are made too.
    pub fn ensure(&self, _row: u32, _master: MasterInputs) {}
    /// Puts facts in. Facts that are there already are not put in twice.
    pub fn insert(&self, _row: u32, _facts: &[Fact]) -> Folded {
        Folded::Done
    }
    /// Takes out every fact of a touchpoint.
    pub fn remove(&self, _row: u32, _seq: u32) -> Folded {
        Folded::Done
    }
    /// Replaces all facts of an account by those read again from the log.
    pub fn refold(&self, _row: u32, _facts: Vec<Fact>) {}
    /// Remembers the name of a lane for display; call it for every touchpoint with a lane.
    pub fn name_lane(&self, _pseudonym: u64, _name: &str) {}
    /// Computes one account again at once.
    pub fn recompute(&self, _row: u32) {}
    /// Computes all accounts again that are dirty; their rows, ascending.
    pub fn recompute_dirty(&self) -> Vec<u32> {
        Vec::new()
    }
    /// Moves to a day (since 1970-01-01): every account becomes dirty.
    pub fn tick(&self, _day: u16) {}
    /// New exchange rates: every account becomes dirty.
    pub fn set_rates(&self, _rates: Rates) {}
    /// New entities or zones. Facts keep their days; only rebuilding changes those.
    pub fn set_context(&self, _context: FactContext) {}
    /// The day on which the profile stands.
    #[must_use]
    pub fn day(&self) -> u16 {
        self.inputs.read().map_or(0, |inputs| inputs.day)
    }
    /// Rows in use.
    #[must_use]
    pub fn len(&self) -> u32 {
        0
    }
    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// How many chunks there are.
    #[must_use]
    pub fn chunks(&self) -> usize {
        0
    }
    /// Reads a chunk; `None` when there is no such chunk.
    pub fn with_chunk<T>(&self, _index: usize, _read: impl FnOnce(&ChunkView<'_>) -> T) -> Option<T> {
        None
    }
    /// The value of one metric of one account.
    #[must_use]
    pub fn value(&self, _row: u32, _metric: usize) -> Option<crate::metric::Value> {
        None
    }
    /// Digest over the meaning: days, facts without positions, master inputs, columns. Recomputes nothing.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        [0; 32]
    }
    /// A checkpoint of a chunk. The caller vouches for `position`.
    #[must_use]
    pub fn save_chunk(&self, _index: usize, _epoch: u64, _position: u64) -> Option<Vec<u8>> {
        None
    }
    /// Puts a checkpoint in place of a chunk.
    ///
    /// # Errors
    /// [`LoadError`] when the bytes are not a sound checkpoint.
    pub fn load_chunk(&self, _bytes: &[u8]) -> Result<Header, LoadError> {
        Err(LoadError::Format)
    }
    /// Bytes in use.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        0
    }
    /// The facts of an account in canonical order.
    #[must_use]
    pub fn facts(&self, _row: u32) -> Vec<Fact> {
        Vec::new()
    }
    /// What stands behind a value; `None` for an unknown row or metric.
    #[must_use]
    pub fn explain(&self, _row: u32, _metric: &str) -> Option<Explanation> {
        None
    }
    /// The same for one legal entity in its own currency; `None` also for metrics that are not told by entity.
    #[must_use]
    pub fn explain_entity(&self, _row: u32, _entity: &str, _metric: &str) -> Option<Explanation> {
        None
    }
    /// Revenue by lane of the last `window` days, greatest first; `None` when a rate is missing.
    #[must_use]
    pub fn revenue_by_lane(&self, _row: u32, _window: u16) -> Option<Vec<LaneRevenue>> {
        None
    }
    /// Weekly values, oldest first, of `orders`, `order_value`, `revenue`, `otif`, `days_to_pay`, `inquiries`, `portal_logins`; the last
    /// week ends on the day of the profile. Ratios of nothing are NaN.
    #[must_use]
    pub fn series(&self, _row: u32, _family: &str, _weeks: usize) -> Option<Vec<f32>> {
        None
    }
    /// Why health is what it is; `None` when there is none.
    #[must_use]
    pub fn drivers(&self, _row: u32) -> Option<Vec<Driver>> {
        None
    }
}
