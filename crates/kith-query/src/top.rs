//! Ranked rows: one pass over the chunks, the best `limit` kept, pages by keyset.

use std::ops::Range;

use crate::filter::Filter;
use crate::sort::{CursorKey, KeyValue, SortKey};
use crate::table::Table;

/// One row that passes.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Row number: chunk × 1,024 + place in the chunk.
    pub row: u32,
    /// Values of the sort keys.
    pub keys: Vec<KeyValue>,
}

impl Hit {
    /// The cursor for the page after this hit.
    #[must_use]
    pub fn cursor(&self) -> CursorKey {
        CursorKey { keys: self.keys.clone(), row: self.row }
    }
}

/// One page of hits, in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// The hits.
    pub hits: Vec<Hit>,
    /// Whether more rows pass after the last hit.
    pub more: bool,
}

impl Page {
    /// The pages of disjoint ranges of chunks as one page.
    #[must_use]
    pub fn merge(pages: Vec<Self>, sort: &[SortKey], limit: usize) -> Self {
        todo!()
    }
}

/// The first `limit` rows that pass, in the order of `sort` (ties by row), after a cursor if there is one.
#[must_use]
pub fn run(
    filter: &Filter,
    sort: &[SortKey],
    limit: usize,
    after: Option<&CursorKey>,
    table: &dyn Table,
) -> Page {
    run_range(filter, sort, limit, after, table, 0..table.chunks())
}

/// The same over some chunks only, so that a caller may scan with several threads and [`Page::merge`].
#[must_use]
pub fn run_range(
    filter: &Filter,
    sort: &[SortKey],
    limit: usize,
    after: Option<&CursorKey>,
    table: &dyn Table,
    chunks: Range<usize>,
) -> Page {
    todo!()
}

/// How many rows pass.
#[must_use]
pub fn count(filter: &Filter, table: &dyn Table) -> u64 {
    todo!()
}

/// Whether one row passes, for rules and alerts on a single account.
#[must_use]
pub fn passes(filter: &Filter, table: &dyn Table, row: u32) -> bool {
    todo!()
}
