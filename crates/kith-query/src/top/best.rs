//! The best rows so far: a buffer that is cut back to the limit whenever it is full, and a threshold that most rows
//! do not pass.

use std::cmp::Reverse;

use super::{Hit, Page};
use crate::eval::is_set;
use crate::eval::mask::{Mask, Ones, keep};
use crate::sort::{CursorKey, KeyValue, SortKey};
use crate::table::{CHUNK_ROWS, Chunk, Column};

/// The number of a missing value: after all others in both directions.
const MISSING: u64 = u64::MAX;

/// Least size of the buffer: large enough that cutting it back costs little a row.
const BUFFER_MIN: usize = 2_048;

/// One sort value, ordered as asked. Within one key all parts are of one variant or missing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Number(u64),
    Up(String),
    Down(Reverse<String>),
    Missing,
}

/// A row that passed and where it stands in the order. `first` alone settles nearly every comparison: the number of
/// the first key, or the first eight bytes of its text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate {
    first: u64,
    /// The values that `first` does not hold in full.
    rest: Vec<Part>,
    row: u32,
}

/// How a key's column is stored, seen at the first chunk that has it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Stored {
    Whole,
    Single,
}

pub(super) struct Best<'a> {
    sort: &'a [SortKey],
    stored: Vec<Stored>,
    /// One more than the limit, to know whether there are more.
    wanted: usize,
    after: Option<Candidate>,
    held: Vec<Candidate>,
    /// The worst that still counts, once `wanted` are held.
    worst: Option<Candidate>,
    /// Instead of `held` when there is one key and its number says all.
    pairs: Option<Vec<(u64, u32)>>,
}

fn of_whole(value: i64, descending: bool) -> u64 {
    let number = value.cast_unsigned() ^ (1 << 63);
    (if descending { !number } else { number }).min(MISSING - 1)
}

fn of_single(value: f32, descending: bool) -> u64 {
    if value.is_nan() {
        return MISSING;
    }
    // Zero and minus zero are one value.
    let bits = (value + 0.0).to_bits();
    let number = if bits >> 31 == 1 { !bits } else { bits | 1 << 31 };
    u64::from(if descending { !number } else { number })
}

fn to_value(number: u64, stored: Stored, descending: bool) -> KeyValue {
    if number == MISSING {
        return KeyValue::Missing;
    }
    match stored {
        Stored::Whole => {
            let number = if descending { !number } else { number };
            KeyValue::Int((number ^ (1 << 63)).cast_signed())
        }
        Stored::Single => {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            let number = if descending { !number } else { number };
            let bits = if number >> 31 == 1 { number & !(1 << 31) } else { !number };
            KeyValue::Double(f32::from_bits(bits))
        }
    }
}

/// The first eight bytes of a text as a number that never contradicts the order of the texts.
fn of_text(text: &str, descending: bool) -> u64 {
    let mut bytes = [0u8; 8];
    for (byte, found) in bytes.iter_mut().zip(text.bytes()) {
        *byte = found;
    }
    let number = u64::from_be_bytes(bytes);
    (if descending { !number } else { number }).min(MISSING - 1)
}

fn text_part(text: Option<String>, descending: bool) -> Part {
    match text {
        None => Part::Missing,
        Some(text) if descending => Part::Down(Reverse(text)),
        Some(text) => Part::Up(text),
    }
}

/// The best number of the first key among rows of a chunk that may be seen.
pub(super) fn best_number(key: &SortKey, chunk: &dyn Chunk, mask: &Mask) -> u64 {
    let column = chunk.column(key.field);
    let rows = mask.iter().enumerate().flat_map(|(place, word)| Ones(*word).map(move |bit| place * 64 + bit));
    rows.map(|row| number(column, row, key.descending)).min().unwrap_or(MISSING)
}

/// The number of a key in a row.
fn number(column: Column<'_>, row: usize, descending: bool) -> u64 {
    let found = match column {
        Column::I64(values, known) if is_set(known, row) => {
            values.get(row).map(|value| of_whole(*value, descending))
        }
        Column::F32(values, known) if is_set(known, row) => {
            values.get(row).map(|value| of_single(*value, descending))
        }
        Column::Code(codes, known) if is_set(known, row) => {
            codes.get(row).map(|code| of_whole(i64::from(*code), descending))
        }
        _ => None,
    };
    found.unwrap_or(MISSING)
}

impl Candidate {
    /// The place of a cursor in the order.
    pub(super) fn of_cursor(cursor: &CursorKey, sort: &[SortKey]) -> Self {
        let mut candidate = Self { first: 0, rest: Vec::new(), row: cursor.row };
        for (place, key) in sort.iter().enumerate() {
            let value = cursor.keys.get(place).unwrap_or(&KeyValue::Missing);
            let (number, text) = match value {
                KeyValue::Missing => (MISSING, None),
                KeyValue::Int(value) => (of_whole(*value, key.descending), None),
                KeyValue::Double(value) => (of_single(*value, key.descending), None),
                KeyValue::Text(text) => (of_text(text, key.descending), Some(text.clone())),
            };
            candidate.add(place, key, number, text);
        }
        candidate
    }

    fn add(&mut self, place: usize, key: &SortKey, number: u64, text: Option<String>) {
        if place == 0 {
            self.first = number;
        } else if !key.text {
            self.rest.push(if number == MISSING { Part::Missing } else { Part::Number(number) });
        }
        if key.text {
            self.rest.push(text_part(text, key.descending));
        }
    }
}

impl<'a> Best<'a> {
    pub(super) fn new(sort: &'a [SortKey], limit: usize, after: Option<&CursorKey>) -> Self {
        Self {
            sort,
            stored: vec![Stored::Whole; sort.len()],
            wanted: limit.saturating_add(1),
            after: after.map(|cursor| Candidate::of_cursor(cursor, sort)),
            held: Vec::new(),
            worst: None,
            pairs: (sort.len() == 1 && sort.iter().all(|key| !key.text)).then(Vec::new),
        }
    }

    /// Whether as many as wanted are held.
    pub(super) fn complete(&self) -> bool {
        self.held.len() >= self.wanted
    }

    /// Takes in the live rows of a chunk.
    pub(super) fn scan(&mut self, index: usize, chunk: &dyn Chunk, mask: &Mask) {
        let columns: Vec<Column<'_>> = self.sort.iter().map(|key| chunk.column(key.field)).collect();
        for (stored, column) in self.stored.iter_mut().zip(&columns) {
            match column {
                Column::F32(..) => *stored = Stored::Single,
                Column::I64(..) | Column::Code(..) => *stored = Stored::Whole,
                Column::Missing => {}
            }
        }
        let base = index.saturating_mul(CHUNK_ROWS);
        let Some(key) = self.sort.first() else {
            return self.each(mask, base, chunk, &columns, |_| 0);
        };
        let descending = key.descending;
        let column = columns.first().copied().unwrap_or(Column::Missing);
        let mask = &self.promising(column, descending, mask);
        match column {
            _ if key.text => self.each(mask, base, chunk, &columns, |row| {
                chunk.text(key.field, row).map_or(MISSING, |text| of_text(&text, descending))
            }),
            Column::I64(values, known) => {
                self.each(mask, base, chunk, &columns, |row| match values.get(row) {
                    Some(value) if is_set(known, row) => of_whole(*value, descending),
                    _ => MISSING,
                })
            }
            Column::F32(values, known) => {
                self.each(mask, base, chunk, &columns, |row| match values.get(row) {
                    Some(value) if is_set(known, row) => of_single(*value, descending),
                    _ => MISSING,
                })
            }
            column => self.each(mask, base, chunk, &columns, |row| number(column, row, descending)),
        }
    }

    /// The live rows that the threshold does not rule out, found by a column test.
    fn promising(&self, column: Column<'_>, descending: bool, mask: &Mask) -> Mask {
        let mut mask = *mask;
        let Some(worst) = self.worst.as_ref().map(|worst| worst.first).filter(|worst| *worst != MISSING)
        else {
            return mask;
        };
        match column {
            Column::I64(values, known) => {
                keep(values, known, false, &mut mask, move |value| of_whole(value, descending) <= worst);
            }
            Column::F32(values, known) => {
                keep(values, known, false, &mut mask, move |value| of_single(value, descending) <= worst);
            }
            Column::Code(..) | Column::Missing => {}
        }
        mask
    }

    fn each(
        &mut self,
        mask: &Mask,
        base: usize,
        chunk: &dyn Chunk,
        columns: &[Column<'_>],
        first: impl Fn(usize) -> u64,
    ) {
        if let Some(pairs) = self.pairs.take() {
            self.pairs = Some(self.each_pair(pairs, mask, base, first));
            return;
        }
        for (place, word) in mask.iter().enumerate() {
            for bit in Ones(*word) {
                let row = place * 64 + bit;
                let number = first(row);
                if self.worst.as_ref().is_none_or(|worst| number <= worst.first) {
                    self.offer(number, base.saturating_add(row), row, chunk, columns);
                }
            }
        }
    }

    /// The same for one key, without allocation.
    fn each_pair(
        &mut self,
        mut pairs: Vec<(u64, u32)>,
        mask: &Mask,
        base: usize,
        first: impl Fn(usize) -> u64,
    ) -> Vec<(u64, u32)> {
        let after = self.after.as_ref().map(|after| (after.first, after.row));
        let mut worst = self.worst.as_ref().map_or((u64::MAX, u32::MAX), |worst| (worst.first, worst.row));
        for (place, word) in mask.iter().enumerate() {
            for bit in Ones(*word) {
                let row = place * 64 + bit;
                let number = first(row);
                if number > worst.0 {
                    continue;
                }
                let pair = (number, u32::try_from(base.saturating_add(row)).unwrap_or(u32::MAX));
                if pair >= worst {
                    continue;
                }
                if after.is_some_and(|after| pair <= after) {
                    continue;
                }
                pairs.push(pair);
                if pairs.len() >= self.wanted.saturating_mul(2).max(BUFFER_MIN) {
                    let (_, cut, _) = pairs.select_nth_unstable(self.wanted - 1);
                    worst = *cut;
                    self.worst = Some(Candidate { first: cut.0, rest: Vec::new(), row: cut.1 });
                    pairs.truncate(self.wanted);
                }
            }
        }
        pairs
    }

    fn offer(&mut self, first: u64, row: usize, place: usize, chunk: &dyn Chunk, columns: &[Column<'_>]) {
        let mut candidate =
            Candidate { first, rest: Vec::new(), row: u32::try_from(row).unwrap_or(u32::MAX) };
        for (index, (key, column)) in self.sort.iter().zip(columns).enumerate() {
            let text =
                if key.text { chunk.text(key.field, place).map(std::borrow::Cow::into_owned) } else { None };
            let value = if index == 0 { first } else { number(*column, place, key.descending) };
            candidate.add(index, key, value, text);
        }
        if self.after.as_ref().is_some_and(|after| candidate <= *after) {
            return;
        }
        if self.worst.as_ref().is_some_and(|worst| candidate >= *worst) {
            return;
        }
        self.held.push(candidate);
        if self.held.len() >= self.wanted.saturating_mul(2).max(BUFFER_MIN) {
            self.cut();
        }
    }

    /// Cuts the buffer back to what is wanted and moves the threshold.
    fn cut(&mut self) {
        if self.held.len() > self.wanted {
            let (_, worst, _) = self.held.select_nth_unstable(self.wanted - 1);
            self.worst = Some(worst.clone());
            self.held.truncate(self.wanted);
        }
    }

    /// The first `limit` in order.
    pub(super) fn page(mut self, limit: usize) -> Page {
        let pairs = self.pairs.take().unwrap_or_default();
        self.held.extend(pairs.into_iter().map(|(first, row)| Candidate { first, rest: Vec::new(), row }));
        self.cut();
        self.held.sort_unstable();
        let more = self.held.len() > limit;
        let (sort, stored) = (self.sort, self.stored);
        let hits = self.held.into_iter().take(limit).map(|candidate| hit(candidate, sort, &stored));
        Page { hits: hits.collect(), more }
    }
}

fn hit(candidate: Candidate, sort: &[SortKey], stored: &[Stored]) -> Hit {
    let mut rest = candidate.rest.into_iter();
    let mut keys = Vec::with_capacity(sort.len());
    for (place, (key, stored)) in sort.iter().zip(stored).enumerate() {
        let part = if place > 0 || key.text { rest.next() } else { Some(Part::Number(candidate.first)) };
        keys.push(match part {
            Some(Part::Number(number)) => to_value(number, *stored, key.descending),
            Some(Part::Up(text) | Part::Down(Reverse(text))) => KeyValue::Text(text),
            Some(Part::Missing) | None => KeyValue::Missing,
        });
    }
    Hit { row: candidate.row, keys }
}
