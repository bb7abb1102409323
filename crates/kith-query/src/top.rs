//! Ranked rows: one pass over the chunks, the best `limit` kept, pages by keyset.

mod best;

use std::ops::Range;

use crate::catalogue::FieldIndex;
use crate::eval::bind::bind;
use crate::eval::mask::{Ones, alive};
use crate::eval::plan::Plan;
use crate::eval::{Row, is_set};
use crate::filter::Filter;
use crate::sort::{CursorKey, KeyValue, SortKey};
use crate::table::{CHUNK_ROWS, Chunk, Column, Table};
use best::{Best, Candidate, best_number};

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
        let cut = pages.iter().any(|page| page.more);
        let mut all: Vec<(Candidate, Hit)> = Vec::new();
        for hit in pages.into_iter().flat_map(|page| page.hits) {
            all.push((Candidate::of_cursor(&hit.cursor(), sort), hit));
        }
        all.sort_by(|a, b| a.0.cmp(&b.0));
        let more = cut || all.len() > limit;
        all.truncate(limit);
        Self { hits: all.into_iter().map(|(_, hit)| hit).collect(), more }
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
    let plan = Plan::new(&bind(filter.term(), table));
    let mut best = Best::new(sort, limit, after);
    let chunks = chunks.start..chunks.end.min(table.chunks());
    let backwards = from_the_end(sort, table, &chunks);
    for step in 0..chunks.len() {
        let index = if backwards { chunks.end - 1 - step } else { chunks.start + step };
        // Without an order the rows come in theirs: the first are the best.
        if sort.is_empty() && best.complete() {
            break;
        }
        table.with_chunk(index, &mut |chunk| {
            let mut mask = alive(chunk.len(), chunk.visible());
            plan.keep(chunk, &mut mask);
            if mask.iter().any(|word| *word != 0) {
                best.scan(index, chunk, &mask);
            }
        });
    }
    best.page(limit)
}

/// Whether the best rows are likelier at the end, as with the newest first: a good threshold found early saves most
/// of the ranking. The order of scanning never changes the result.
fn from_the_end(sort: &[SortKey], table: &dyn Table, chunks: &Range<usize>) -> bool {
    let Some(key) = sort.first().filter(|key| !key.text && chunks.len() > 1) else { return false };
    let mut best = [u64::MAX; 2];
    for (best, index) in best.iter_mut().zip([chunks.start, chunks.end - 1]) {
        table.with_chunk(index, &mut |chunk| {
            *best = best_number(key, chunk, &alive(chunk.len(), chunk.visible()));
        });
    }
    best[1] < best[0]
}

/// Shows every chunk with the rows of it that pass: bit `i` of word `i / 64` is row `i` of the chunk. The number of the
/// chunk comes first.
pub fn scan(filter: &Filter, table: &dyn Table, see: &mut dyn FnMut(usize, &dyn Chunk, &[u64])) {
    let plan = Plan::new(&bind(filter.term(), table));
    for index in 0..table.chunks() {
        table.with_chunk(index, &mut |chunk| {
            let mut mask = alive(chunk.len(), chunk.visible());
            plan.keep(chunk, &mut mask);
            see(index, chunk, &mask);
        });
    }
}

/// The places of the rows that a mask of [`scan`] holds.
pub fn places(mask: &[u64]) -> impl Iterator<Item = usize> {
    mask.iter().enumerate().flat_map(|(word, bits)| Ones(*bits).map(move |bit| word * 64 + bit))
}

/// How many rows pass.
#[must_use]
pub fn count(filter: &Filter, table: &dyn Table) -> u64 {
    let mut total = 0u64;
    scan(filter, table, &mut |_, _, mask| {
        total = mask.iter().fold(total, |sum, word| sum.saturating_add(u64::from(word.count_ones())));
    });
    total
}

/// The mean of a column of measures over the rows that pass and are known, and how many those are; `None` for none.
#[must_use]
pub fn mean(filter: &Filter, field: FieldIndex, table: &dyn Table) -> Option<(f64, u64)> {
    let (mut sum, mut known_rows) = (0.0_f64, 0_u32);
    scan(filter, table, &mut |_, chunk, mask| {
        let Column::F32(values, known) = chunk.column(field) else { return };
        for place in places(mask).filter(|place| is_set(known, *place)) {
            if let Some(value) = values.get(place).filter(|value| value.is_finite()) {
                sum += f64::from(*value);
                known_rows = known_rows.saturating_add(1);
            }
        }
    });
    (known_rows > 0).then(|| (sum / f64::from(known_rows), u64::from(known_rows)))
}

/// The sum of a whole-number or money column (minor units) over the rows that pass; `None` when none is known.
#[must_use]
pub fn sum(filter: &Filter, field: FieldIndex, table: &dyn Table) -> Option<i64> {
    let mut total = None::<i64>;
    scan(filter, table, &mut |_, chunk, mask| {
        let Column::I64(values, known) = chunk.column(field) else { return };
        for value in places(mask).filter(|place| is_set(known, *place)).filter_map(|place| values.get(place))
        {
            total = Some(total.unwrap_or_default().saturating_add(*value));
        }
    });
    total
}

/// Whether one row passes, for rules and alerts on a single account.
#[must_use]
pub fn passes(filter: &Filter, table: &dyn Table, row: u32) -> bool {
    let term = bind(filter.term(), table);
    let row = usize::try_from(row).unwrap_or(usize::MAX);
    let (index, place) = (row / CHUNK_ROWS, row % CHUNK_ROWS);
    let mut held = false;
    if index < table.chunks() {
        table.with_chunk(index, &mut |chunk| {
            let exists = place < chunk.len() && chunk.visible().is_none_or(|bits| is_set(bits, place));
            held = exists && Row::new(chunk, place).holds(&term);
        });
    }
    held
}

#[cfg(test)]
mod tests;
