//! Master fields of 1,024 accounts as columns.

use kith_query::table::Column;

use super::field::{Cell, SHAPES};

/// Rows of a full chunk, as the filter language scans them.
pub(crate) const CHUNK_ROWS: usize = kith_query::table::CHUNK_ROWS;
const WORDS: usize = CHUNK_ROWS / 64;

#[derive(Debug)]
enum Values {
    Code(Box<[u16]>),
    Int(Box<[i64]>),
    Number(Box<[f32]>),
    None,
}

/// Columns of one chunk.
#[derive(Debug)]
pub(crate) struct MasterChunk {
    columns: Vec<(Values, [u64; WORDS])>,
    custom: Vec<(Values, [u64; WORDS])>,
    shown: [u64; WORDS],
    dormant: [u64; WORDS],
}

impl MasterChunk {
    pub(crate) fn new() -> Self {
        let columns = SHAPES.iter().map(|_| (Values::None, [0; WORDS])).collect();
        Self { columns, custom: Vec::new(), shown: [0; WORDS], dormant: [0; WORDS] }
    }

    pub(crate) fn set(&mut self, at: usize, cells: &[Cell]) {
        for (column, cell) in cells.iter().enumerate() {
            self.set_one(at, column, cell);
        }
        mark(&mut self.shown, at, true);
    }

    /// Sets one cell of a row.
    pub(crate) fn set_one(&mut self, at: usize, column: usize, cell: &Cell) {
        if let Some(column) = self.columns.get_mut(column) {
            set(column, at, cell);
        }
    }

    /// Sets the cells of the custom fields of a row.
    pub(crate) fn set_custom(&mut self, at: usize, cells: &[Cell]) {
        if self.custom.len() < cells.len() {
            self.custom.resize_with(cells.len(), || (Values::None, [0; WORDS]));
        }
        self.custom.iter_mut().zip(cells).for_each(|(column, cell)| set(column, at, cell));
    }

    /// Whether a row is an account of its own, and whether lists leave it out unless asked.
    pub(crate) fn mark(&mut self, at: usize, shown: bool, dormant: bool) {
        mark(&mut self.shown, at, shown);
        mark(&mut self.dormant, at, dormant);
    }

    /// Which rows hold an account that lists show without being asked for it.
    pub(crate) fn awake(&self) -> [u64; WORDS] {
        let mut awake = self.shown;
        awake.iter_mut().zip(self.dormant).for_each(|(word, dormant)| *word &= !dormant);
        awake
    }

    pub(crate) fn column(&self, field: usize) -> Column<'_> {
        self.columns.get(field).map_or(Column::Missing, shown)
    }

    pub(crate) fn custom_column(&self, place: usize) -> Column<'_> {
        self.custom.get(place).map_or(Column::Missing, shown)
    }

    /// Which rows hold an account.
    pub(crate) fn shown(&self) -> &[u64; WORDS] {
        &self.shown
    }
}

fn shown((values, known): &(Values, [u64; WORDS])) -> Column<'_> {
    match values {
        Values::Code(values) => Column::Code(values, known),
        Values::Int(values) => Column::I64(values, known),
        Values::Number(values) => Column::F32(values, known),
        Values::None => Column::Missing,
    }
}

/// Sets a cell. A column is made when the first account of the chunk has a value in it.
fn set((values, known): &mut (Values, [u64; WORDS]), at: usize, cell: &Cell) {
    if matches!(values, Values::None) {
        *values = match cell {
            Cell::Code(_) => Values::Code(vec![0; CHUNK_ROWS].into()),
            Cell::Int(_) => Values::Int(vec![0; CHUNK_ROWS].into()),
            Cell::Number(_) => Values::Number(vec![0.0; CHUNK_ROWS].into()),
            Cell::None => Values::None,
        };
    }
    mark(known, at, write(values, at, cell));
}

/// Writes a cell; says whether it has a value now.
fn write(values: &mut Values, at: usize, cell: &Cell) -> bool {
    match (values, cell) {
        (Values::Code(values), Cell::Code(code)) => put(values, at, *code),
        (Values::Int(values), Cell::Int(value)) => put(values, at, *value),
        (Values::Number(values), Cell::Number(value)) => put(values, at, *value),
        _ => false,
    }
}

fn put<T>(values: &mut [T], at: usize, value: T) -> bool {
    values.get_mut(at).map(|slot| *slot = value).is_some()
}

fn mark(bits: &mut [u64; WORDS], at: usize, on: bool) {
    if let Some(word) = bits.get_mut(at / 64) {
        let bit = 1_u64 << (at % 64);
        *word = if on { *word | bit } else { *word & !bit };
    }
}
