//! Files of touchpoints cut into batches: JSON lines, a JSON array, or rows of CSV turned into events by a map.

mod array;
mod lines;
mod rows;

use std::io::{BufRead, BufReader, Read};

use kith_connect::touchpoints::EventMap;
use serde_json::value::RawValue;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// A batch is sent before it grows beyond this, whatever was asked for.
const BATCH_BYTES: usize = 4 << 20;
/// Pieces read ahead of what is being sent.
const AHEAD: usize = 2;

/// Events of a file, ready to be sent.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Batch {
    /// A JSON array of events.
    pub(crate) body: Vec<u8>,
    /// Where each event stands in the file, from 1: its line, or its place among the events.
    pub(crate) lines: Vec<u64>,
}

/// What comes out of a file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Events.
    Batch(Batch),
    /// A line that holds no event; the next ones still can.
    Unreadable {
        /// Where it stands.
        line: u64,
        /// What is wrong with it.
        detail: String,
    },
    /// The file cannot be read on.
    Broken(String),
}

/// The receiver went away: nobody wants the rest.
pub(crate) struct Unwanted;

/// Collects events into batches.
pub(crate) struct Collector {
    pieces: Sender<Piece>,
    size: usize,
    batch: Batch,
}

impl Collector {
    fn take(&mut self, line: u64, event: &[u8]) -> Result<(), Unwanted> {
        if self.batch.body.len() + event.len() > BATCH_BYTES {
            self.flush()?;
        }
        self.batch.body.push(if self.batch.lines.is_empty() { b'[' } else { b',' });
        self.batch.body.extend_from_slice(event);
        self.batch.lines.push(line);
        if self.batch.lines.len() >= self.size { self.flush() } else { Ok(()) }
    }

    /// Takes an event if the text is one.
    fn take_text(&mut self, line: u64, text: &[u8]) -> Result<(), Unwanted> {
        match serde_json::from_slice::<&RawValue>(text) {
            Ok(event) if event.get().starts_with('{') => self.take(line, event.get().as_bytes()),
            Ok(_) => self.unreadable(line, "not a JSON object"),
            Err(error) => self.unreadable(line, &format!("not JSON: {error}")),
        }
    }

    fn unreadable(&mut self, line: u64, detail: &str) -> Result<(), Unwanted> {
        self.send(Piece::Unreadable { line, detail: detail.to_owned() })
    }

    fn broken(&mut self, detail: String) -> Result<(), Unwanted> {
        self.flush()?;
        self.send(Piece::Broken(detail))
    }

    fn flush(&mut self) -> Result<(), Unwanted> {
        if self.batch.lines.is_empty() {
            return Ok(());
        }
        let mut batch = std::mem::take(&mut self.batch);
        batch.body.push(b']');
        self.send(Piece::Batch(batch))
    }

    fn send(&self, piece: Piece) -> Result<(), Unwanted> {
        self.pieces.blocking_send(piece).map_err(|_| Unwanted)
    }
}

/// Reads a file on a thread of its own, in batches of `size` events. With a map it is CSV, else JSON: an array
/// when it begins with `[`, else lines.
pub(crate) fn pieces(
    input: impl Read + Send + 'static,
    size: usize,
    map: Option<EventMap>,
) -> Receiver<Piece> {
    let (sender, receiver) = channel(AHEAD);
    let mut collector = Collector { pieces: sender, size: size.max(1), batch: Batch::default() };
    tokio::task::spawn_blocking(move || {
        let read = match map {
            Some(map) => rows::read(input, &map, &mut collector),
            None => json(BufReader::with_capacity(1 << 18, input), &mut collector),
        };
        // Nobody to tell when the receiver went away.
        if read.is_ok() {
            drop(collector.flush());
        }
    });
    receiver
}

fn json(mut input: impl BufRead, collector: &mut Collector) -> Result<(), Unwanted> {
    match lines::skip_to_start(&mut input) {
        Ok((Some(b'['), _)) => array::read(input, collector),
        Ok((_, line)) => lines::read(input, line, collector),
        Err(error) => collector.broken(error.to_string()),
    }
}

#[cfg(test)]
mod tests;
