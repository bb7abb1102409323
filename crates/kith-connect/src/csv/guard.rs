//! Watches the bytes on their way to the CSV parser: where rows begin, how long they are, which quotes are open.
//!
//! The parser itself ends a row silently at the end of the file, even inside a quote, and would collect a row of
//! any length; both must be named with their row. What a row has beyond the limit is left out on the way, and reading
//! goes on behind it. The states follow the parser's own rules for quotes.

use std::collections::VecDeque;
use std::io::{self, Read};

use super::decode::{Decoder, Encoding};

/// Why the guard stopped the file. Travels inside an `io::Error` through the parser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// The end came inside a quote opened in this row.
    UnclosedQuote(u64),
}

impl std::fmt::Display for Stop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for Stop {}

/// What becomes of a byte.
enum Passage {
    /// It goes on to the parser.
    Pass,
    /// It is beyond the limit.
    Drop,
    /// It is beyond the limit, inside a quote: a closing quote goes on in its place.
    Close,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    RowStart,
    FieldStart,
    Plain,
    Quoted,
    QuoteInQuoted,
}

/// A reader that knows the rows that pass through it.
pub(super) struct Guard<R> {
    inner: R,
    delimiter: u8,
    row_bytes_max: usize,
    state: State,
    row_bytes: usize,
    after_return: bool,
    /// Records (not blank) that ended.
    records: u64,
    /// Blank rows that ended.
    blanks: u64,
    /// For each blank row not yet asked for: how many records ended before it.
    blank_before: VecDeque<u64>,
    /// The row is being cut off.
    cutting: bool,
    /// Records that were cut off and not yet asked for.
    cut: VecDeque<u64>,
    passed: u64,
    foreign_row: Option<u64>,
}

impl<R: Read> Guard<Decoder<R>> {
    /// A guard over decoded text that begins after `rows_before` rows of the file.
    pub(super) fn new(inner: Decoder<R>, delimiter: u8, row_bytes_max: usize, rows_before: u64) -> Self {
        Self {
            inner,
            delimiter,
            row_bytes_max,
            state: State::RowStart,
            row_bytes: 0,
            after_return: false,
            records: 0,
            blanks: rows_before,
            blank_before: VecDeque::new(),
            cutting: false,
            cut: VecDeque::new(),
            passed: 0,
            foreign_row: None,
        }
    }

    /// The decoder below.
    pub(super) fn inner(&self) -> &Decoder<R> {
        &self.inner
    }

    /// The row of the first character that was no UTF-8.
    pub(super) fn first_foreign_row(&self) -> Option<u64> {
        self.foreign_row
    }

    /// How many blank rows stand before the record of this number (0 = header) and were not told yet.
    pub(super) fn take_blanks(&mut self, record: u64) -> u64 {
        let mut count = 0;
        while self.blank_before.front().is_some_and(|before| *before <= record) {
            self.blank_before.pop_front();
            count += 1;
        }
        count
    }

    /// Whether the record of this number (0 = header) was cut off.
    pub(super) fn take_cut(&mut self, record: u64) -> bool {
        while self.cut.front().is_some_and(|cut| *cut < record) {
            self.cut.pop_front();
        }
        self.cut.front() == Some(&record)
    }

    fn row(&self) -> u64 {
        self.records + self.blanks + 1
    }

    /// Follows the bytes, and leaves out those beyond the limit; gives how many are left.
    fn watch(&mut self, bytes: &mut [u8]) -> usize {
        let foreign = if self.foreign_row.is_none() && self.inner.encoding() == Encoding::Windows1252 {
            self.inner.foreign_at()
        } else {
            None
        };
        let mut kept = 0;
        for place in 0..bytes.len() {
            let Some(&byte) = bytes.get(place) else { break };
            if foreign.is_some_and(|at| at == self.passed + place as u64) {
                self.foreign_row = Some(self.row());
            }
            let passing = match self.step(byte) {
                Passage::Pass => byte,
                Passage::Close => b'"',
                Passage::Drop => continue,
            };
            if let Some(slot) = bytes.get_mut(kept) {
                *slot = passing;
            }
            kept += 1;
        }
        self.passed += bytes.len() as u64;
        kept
    }

    fn step(&mut self, byte: u8) -> Passage {
        let line_feed_of_pair = byte == b'\n' && self.after_return;
        self.after_return = false;
        self.row_bytes = self.row_bytes.saturating_add(1);
        let before = self.state;
        self.state = match (self.state, byte) {
            (State::Quoted, b'"') => State::QuoteInQuoted,
            (State::QuoteInQuoted, b'"') | (State::Quoted, _) => State::Quoted,
            (state, b'\n' | b'\r') => {
                if !line_feed_of_pair {
                    self.end_row(state);
                }
                self.after_return = byte == b'\r';
                self.row_bytes = 0;
                self.cutting = false;
                State::RowStart
            }
            (_, byte) if byte == self.delimiter => State::FieldStart,
            (State::RowStart | State::FieldStart, b'"') => State::Quoted,
            _ => State::Plain,
        };
        if self.row_bytes <= self.row_bytes_max {
            return Passage::Pass;
        }
        if std::mem::replace(&mut self.cutting, true) {
            return Passage::Drop;
        }
        self.cut.push_back(self.records);
        if before == State::Quoted { Passage::Close } else { Passage::Drop }
    }

    fn end_row(&mut self, state: State) {
        if state == State::RowStart {
            self.blanks += 1;
            self.blank_before.push_back(self.records);
        } else {
            self.records += 1;
        }
    }
}

impl<R: Read> Read for Guard<Decoder<R>> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.inner.read(out)?;
            if read == 0 && !out.is_empty() && self.state == State::Quoted {
                return Err(io::Error::new(io::ErrorKind::InvalidData, Stop::UnclosedQuote(self.row())));
            }
            let kept = self.watch(out.get_mut(..read).unwrap_or_default());
            // Nothing left is not the end.
            if kept > 0 || read == 0 {
                return Ok(kept);
            }
        }
    }
}
