//! A chunk of 1,024 consecutive accounts: their facts, and a column of every metric.

use crate::account::Account;
use crate::input::{Inputs, Lookup};
use crate::metric::sheet::{ByKind, Entry, Sheet, View};
use crate::metric::{Metric, MetricKind, Part, Value, catalogue, churn, compute, health};

use super::CHUNK_ROWS;

/// Words of a bitmap over the rows of a chunk.
pub(crate) const WORDS: usize = CHUNK_ROWS / 64;

/// The values of one metric by row, 0 where unknown; no values at all before the first is known.
#[derive(Debug)]
pub(crate) enum Cells {
    I64(Box<[i64]>),
    F32(Box<[f32]>),
    Code(Box<[u16]>),
}

impl Cells {
    /// Makes room for every row of the chunk, unless there is.
    pub(crate) fn reach(&mut self) {
        match self {
            Self::I64(cells) if cells.is_empty() => *cells = vec![0; CHUNK_ROWS].into(),
            Self::F32(cells) if cells.is_empty() => *cells = vec![0.0; CHUNK_ROWS].into(),
            Self::Code(cells) if cells.is_empty() => *cells = vec![0; CHUNK_ROWS].into(),
            Self::I64(_) | Self::F32(_) | Self::Code(_) => {}
        }
    }

    /// Whether no value was ever known.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Self::I64(cells) => cells.is_empty(),
            Self::F32(cells) => cells.is_empty(),
            Self::Code(cells) => cells.is_empty(),
        }
    }

    /// Bytes of one value.
    pub(crate) fn width(&self) -> usize {
        match self {
            Self::I64(_) => size_of::<i64>(),
            Self::F32(_) => size_of::<f32>(),
            Self::Code(_) => size_of::<u16>(),
        }
    }
}

/// One metric of all rows.
#[derive(Debug)]
pub(crate) struct Store {
    pub(crate) cells: Cells,
    pub(crate) known: [u64; WORDS],
}

impl Store {
    fn new(metric: &Metric) -> Self {
        let cells = match metric.kind {
            MetricKind::Money | MetricKind::Date => Cells::I64(Box::default()),
            MetricKind::Label(_) => Cells::Code(Box::default()),
            MetricKind::Count
            | MetricKind::Ratio
            | MetricKind::Number
            | MetricKind::Days
            | MetricKind::Hours => Cells::F32(Box::default()),
        };
        Self { cells, known: [0; WORDS] }
    }

    /// Whether the value of a row is known.
    pub(crate) fn is_known(&self, row: usize) -> bool {
        self.known.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    pub(crate) fn set(&mut self, row: usize, value: Option<Value>) {
        let Some(word) = self.known.get_mut(row / 64) else { return };
        let bit = 1 << (row % 64);
        *word = if value.is_some() { *word | bit } else { *word & !bit };
        if value.is_some() {
            self.cells.reach();
        }
        match &mut self.cells {
            Cells::I64(cells) => {
                if let Some(cell) = cells.get_mut(row) {
                    *cell = match value {
                        Some(Value::Money(value) | Value::Date(value)) => value,
                        _ => 0,
                    };
                }
            }
            Cells::F32(cells) => {
                if let Some(cell) = cells.get_mut(row) {
                    *cell = if let Some(Value::Number(value)) = value { value } else { 0.0 };
                }
            }
            Cells::Code(cells) => {
                if let Some(cell) = cells.get_mut(row) {
                    *cell = if let Some(Value::Label(value)) = value { value } else { 0 };
                }
            }
        }
    }

    /// The value of a row.
    pub(crate) fn get(&self, row: usize, kind: MetricKind) -> Option<Value> {
        if !self.is_known(row) {
            return None;
        }
        match &self.cells {
            Cells::I64(cells) => {
                let value = *cells.get(row)?;
                Some(if kind == MetricKind::Date { Value::Date(value) } else { Value::Money(value) })
            }
            Cells::F32(cells) => cells.get(row).map(|value| Value::Number(*value)),
            Cells::Code(cells) => cells.get(row).map(|value| Value::Label(*value)),
        }
    }
}

/// Accounts and columns of 1,024 rows.
#[derive(Debug)]
pub(crate) struct Chunk {
    pub(crate) accounts: Vec<Account>,
    pub(crate) stores: Vec<Store>,
    /// Rows whose metrics must follow.
    pub(crate) dirty: [u64; WORDS],
}

impl Chunk {
    pub(crate) fn new() -> Self {
        let stores = catalogue().iter().map(Store::new).collect();
        Self { accounts: Vec::new(), stores, dirty: [0; WORDS] }
    }

    /// Marks parts of a row.
    pub(crate) fn mark(&mut self, row: usize, parts: u16) {
        if let Some(account) = self.accounts.get_mut(row) {
            account.dirty |= parts;
            if let Some(word) = self.dirty.get_mut(row / 64) {
                *word |= 1 << (row % 64);
            }
        }
    }

    /// Marks all parts of all rows; old facts may be let go.
    pub(crate) fn mark_all(&mut self) {
        for row in 0..self.accounts.len() {
            self.mark(row, Part::ALL);
            if let Some(account) = self.accounts.get_mut(row) {
                account.aged = true;
            }
        }
    }

    /// The next dirty row from `from` on.
    pub(crate) fn next_dirty(&self, from: usize) -> Option<usize> {
        let words = self.dirty.iter().enumerate().skip(from / 64);
        words
            .map(|(place, word)| {
                let word = if place == from / 64 { word & (u64::MAX << (from % 64)) } else { *word };
                (place, word)
            })
            .find(|(_, word)| *word != 0)
            .map(|(place, word)| place * 64 + word.trailing_zeros() as usize)
    }

    /// Computes the dirty parts of a row and publishes them in the columns.
    pub(crate) fn recompute(&mut self, row: usize, inputs: &Inputs, lookup: &dyn Lookup, sheet: &mut Sheet) {
        let Some(account) = self.accounts.get_mut(row) else { return };
        let view = View::empty(inputs, lookup);
        if account.aged {
            account.retain(view);
        }
        let parts = std::mem::take(&mut account.dirty);
        sheet.entries.clear();
        let sorted = ByKind::of(&account.facts, view.today);
        let view = view.over(&sorted);
        compute(&view, parts, Some(&mut account.keys), sheet);
        for Entry { metric, value, .. } in sheet.entries.drain(..) {
            if let Some(store) = self.stores.get_mut(usize::from(metric)) {
                store.set(row, value);
            }
        }
        if parts & Part::Health.bit() != 0 {
            let stores = &self.stores;
            let read = |metric: u16| read(stores, row, metric);
            account.scores.renew(parts, &view, account.master, &read);
            health::compute(&view, account.master, &account.scores, sheet);
            churn::compute(&view, account.master, &read, sheet);
            for Entry { metric, value, .. } in sheet.entries.drain(..) {
                if let Some(store) = self.stores.get_mut(usize::from(metric)) {
                    store.set(row, value);
                }
            }
        }
        if let Some(word) = self.dirty.get_mut(row / 64) {
            *word &= !(1 << (row % 64));
        }
    }

    /// The value of a metric of a row.
    pub(crate) fn value(&self, row: usize, metric: usize) -> Option<Value> {
        read(&self.stores, row, u16::try_from(metric).ok()?)
    }

    /// Bytes in use.
    pub(crate) fn bytes(&self) -> usize {
        let cells = |store: &Store| match &store.cells {
            Cells::I64(cells) => size_of_val(&**cells),
            Cells::F32(cells) => size_of_val(&**cells),
            Cells::Code(cells) => size_of_val(&**cells),
        };
        let stores: usize = self.stores.iter().map(|store| cells(store) + size_of::<Store>()).sum();
        let heap: usize = self.accounts.iter().map(Account::heap_bytes).sum();
        stores + heap + self.accounts.capacity() * size_of::<Account>() + size_of::<Self>()
    }
}

fn read(stores: &[Store], row: usize, metric: u16) -> Option<Value> {
    let place = usize::from(metric);
    stores.get(place)?.get(row, catalogue().get(place)?.kind)
}
