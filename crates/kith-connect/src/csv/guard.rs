//! Watches the bytes on their way to the CSV parser: where rows begin, how long they are, which quotes are open.
//!
//! The parser itself ends a row silently at the end of the file, even inside a quote, and would collect a row of
//! any length; both must be named with their row. The states follow the parser's own rules for quotes.

use std::collections::VecDeque;
use std::io::{self, Read};

use super::decode::{Decoder, Encoding};

/// Why the guard stopped the file. Travels inside an `io::Error` through the parser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// The end came inside a quote opened in this row.
    UnclosedQuote(u64),
    /// This row is longer than allowed.
    RowTooLong(u64),
}

impl std::fmt::Display for Stop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for Stop {}

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

    fn row(&self) -> u64 {
        self.records + self.blanks + 1
    }

    fn watch(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        let foreign = if self.foreign_row.is_none() && self.inner.encoding() == Encoding::Windows1252 {
            self.inner.foreign_at()
        } else {
            None
        };
        for (place, &byte) in bytes.iter().enumerate() {
            if foreign.is_some_and(|at| at == self.passed + place as u64) {
                self.foreign_row = Some(self.row());
            }
            self.step(byte)?;
        }
        self.passed += bytes.len() as u64;
        Ok(())
    }

    fn step(&mut self, byte: u8) -> Result<(), Stop> {
        let line_feed_of_pair = byte == b'\n' && self.after_return;
        self.after_return = false;
        self.row_bytes += 1;
        if self.row_bytes > self.row_bytes_max {
            return Err(Stop::RowTooLong(self.row()));
        }
        self.state = match (self.state, byte) {
            (State::Quoted, b'"') => State::QuoteInQuoted,
            (State::QuoteInQuoted, b'"') | (State::Quoted, _) => State::Quoted,
            (state, b'\n' | b'\r') => {
                if !line_feed_of_pair {
                    self.end_row(state);
                }
                self.after_return = byte == b'\r';
                self.row_bytes = 0;
                State::RowStart
            }
            (_, byte) if byte == self.delimiter => State::FieldStart,
            (State::RowStart | State::FieldStart, b'"') => State::Quoted,
            _ => State::Plain,
        };
        Ok(())
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
        let read = self.inner.read(out)?;
        let stop = |stop: Stop| io::Error::new(io::ErrorKind::InvalidData, stop);
        if read == 0 && !out.is_empty() && self.state == State::Quoted {
            return Err(stop(Stop::UnclosedQuote(self.row())));
        }
        self.watch(out.get(..read).unwrap_or_default()).map_err(stop)?;
        Ok(read)
    }
}
