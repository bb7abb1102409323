//! The rows at fault as a file to mend: the file's own columns, the row, the codes and the sentences.

use std::io::Write;

use kith_api::view::RowFault;
use kith_connect::csv::{self, Reader, Row};
use kith_connect::report::escape;
use kith_domain::refusal::Refusal;
use kith_store::Fault;
use tokio::sync::mpsc;

use super::faults::Faults;
use super::level::WARNING;
use super::sealed::Drawer;
use super::view::is_own;
use super::{FILE, missing};
use crate::caller::Caller;
use crate::engine::Engine;
use crate::permit;

/// Bytes of a piece that is handed on.
const PIECE: usize = 1 << 16;
/// Pieces that wait for whoever reads them.
const AHEAD: usize = 4;

/// A file that is written while it is read.
pub type Pieces = mpsc::Receiver<Result<Vec<u8>, std::io::Error>>;

impl Engine {
    /// The rows at fault of an import, written while they are read: a million of them take little memory.
    ///
    /// # Errors
    /// [`Fault`] when the kept file cannot be opened.
    pub async fn import_errors(&self, caller: &Caller, id: &str) -> Result<Result<Pieces, Refusal>, Fault> {
        let import = match self.seen_import(caller, id).await? {
            Ok((import, _)) => import,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if !is_own(caller, &import) && !caller.reads_personal() {
            return Ok(Err(permit::denied(kith_domain::access::Grant::PersonalRead)));
        }
        let drawer = Drawer::new(self.store(), import.staged.id);
        if !drawer.holds(FILE) {
            return Ok(Err(missing()));
        }
        let done = import.rows_done > 0 && import.rows_done == import.staged.rows;
        let (sender, pieces) = mpsc::channel(AHEAD);
        tokio::task::spawn_blocking(move || {
            let mut out = Out { sender: sender.clone(), piece: Vec::new() };
            if let Err(error) = write(&drawer, done, &mut out) {
                // Whoever no longer reads needs no answer.
                drop(sender.blocking_send(Err(error)));
            }
        });
        Ok(Ok(pieces))
    }
}

/// Gathers what is written into pieces.
struct Out {
    sender: mpsc::Sender<Result<Vec<u8>, std::io::Error>>,
    piece: Vec<u8>,
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        let piece = std::mem::take(&mut self.piece);
        if piece.is_empty() {
            return Ok(());
        }
        self.sender.blocking_send(Ok(piece)).map_err(|_| std::io::Error::other("nobody reads"))
    }
}

fn write(drawer: &Drawer, done: bool, out: &mut impl Write) -> Result<(), std::io::Error> {
    let unreadable = |fault: &dyn std::fmt::Display| std::io::Error::other(fault.to_string());
    let file = drawer.open(FILE).map_err(|fault| unreadable(&fault))?;
    let mut reader = Reader::open(file, &csv::Options::default()).map_err(|fault| unreadable(&fault))?;
    let columns = reader.header().len();
    let own = ["kith_row", "kith_code", "kith_message"];
    record(out, reader.header().iter().map(String::as_str).chain(own))?;
    let faults = Faults::open(drawer, done).map_err(|fault| unreadable(&fault))?;
    let mut faults =
        faults.filter(|fault| fault.as_ref().map_or(true, |fault| fault.level != WARNING)).peekable();
    let mut row = Row::default();
    while let Some(next) = faults.peek() {
        let wanted = match next {
            Ok(fault) => fault.row,
            Err(fault) => return Err(unreadable(fault)),
        };
        // Faults of the file as a whole have no row of their own.
        loop {
            if !reader.read_row(&mut row).map_err(|fault| unreadable(&fault))? {
                return out.flush();
            }
            if row.number >= wanted {
                break;
            }
        }
        let mut of_row = Vec::new();
        while let Some(fault) =
            faults.next_if(|fault| fault.as_ref().is_ok_and(|fault| fault.row <= row.number))
        {
            of_row.extend(fault.ok());
        }
        let (number, codes, sentences) = (row.number.to_string(), codes(&of_row), sentences(&of_row));
        let cells = (0..columns).map(|place| row.cells.get(place).map_or("", String::as_str));
        // Cells that have no header stand after ours: these stay under their own headers.
        let surplus = row.cells.iter().skip(columns).map(String::as_str);
        record(out, cells.chain([number.as_str(), codes.as_str(), sentences.as_str()]).chain(surplus))?;
    }
    out.flush()
}

/// Writes a row; no cell of it is one that a spreadsheet computes.
fn record<'c>(out: &mut impl Write, cells: impl Iterator<Item = &'c str>) -> std::io::Result<()> {
    let mut line = String::new();
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            line.push(',');
        }
        let cell = escape(cell);
        if cell.contains([',', '"', '\n', '\r']) {
            line.push('"');
            line.push_str(&cell.replace('"', "\"\""));
            line.push('"');
        } else {
            line.push_str(&cell);
        }
    }
    line.push_str("\r\n");
    out.write_all(line.as_bytes())
}

fn codes(faults: &[RowFault]) -> String {
    let codes: Vec<&str> = faults.iter().map(|fault| fault.code.as_str()).collect();
    codes.join("; ")
}

fn sentences(faults: &[RowFault]) -> String {
    let sentence = |fault: &RowFault| {
        let column = if fault.column.is_empty() { String::new() } else { format!("{}: ", fault.column) };
        let meant = fault.suggestion.as_ref().map_or(String::new(), |text| format!(" Did you mean {text}?"));
        format!("{column}{}{meant}", fault.message)
    };
    faults.iter().map(sentence).collect::<Vec<_>>().join(" | ")
}
