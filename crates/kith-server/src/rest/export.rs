//! Lists as files, streamed while they are made.

use std::io::{self, Write};

use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::IntoResponse;
use kith_engine::{Export, SHEET_ROWS_MAX, SheetFormat};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::{Call, account, invalid};
use crate::reply::{Reply, Stop};

/// Bytes that are sent in one piece.
const PIECE: usize = 64 * 1024;
/// Pieces that wait for a slow reader.
const PIECES: usize = 8;

pub(super) async fn accounts(call: &Call) -> Reply {
    let format = call.param("format").unwrap_or_else(|| "csv".to_owned());
    let format = SheetFormat::get(&format).ok_or_else(|| {
        let known = SheetFormat::CODES.join(", ");
        invalid("format", "not_allowed", &format!("The formats are {known}."))
    })?;
    file(call.engine.export(&call.caller, account::wanted(call)?).await??, format)
}

/// The response that is the file.
pub(crate) fn file(export: Export, format: SheetFormat) -> Reply {
    if format == SheetFormat::Xlsx && export.count > SHEET_ROWS_MAX {
        let detail = format!(
            "A workbook holds {SHEET_ROWS_MAX} rows, the list has {}: take csv or jsonl.",
            export.count
        );
        return Err(Stop::new(422, "too_many_rows", detail));
    }
    let name = format!("accounts-{}.{}", export.day(), format.ending());
    let rows = export.count.to_string();
    let (sender, receiver) = mpsc::channel(PIECES);
    tokio::task::spawn_blocking(move || {
        let mut pieces = Pieces { sender, bytes: Vec::with_capacity(PIECE) };
        if let Err(error) = export.write(format, &mut pieces) {
            // The reader sees a body that breaks off, not a file that only looks whole.
            tracing::warn!(%error, "an export broke off");
            drop(pieces.sender.blocking_send(Err(error)));
        }
    });
    let headers = [
        (header::CONTENT_TYPE, format.media().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::HeaderName::from_static("x-row-count"), rows),
    ];
    Ok((headers, Body::from_stream(ReceiverStream::new(receiver))).into_response())
}

/// Gathers what is written and sends it piece by piece.
struct Pieces {
    sender: mpsc::Sender<io::Result<Bytes>>,
    bytes: Vec<u8>,
}

impl Pieces {
    fn send(&mut self) -> io::Result<()> {
        let piece = Bytes::from(std::mem::replace(&mut self.bytes, Vec::with_capacity(PIECE)));
        let gone = |_| io::Error::new(io::ErrorKind::BrokenPipe, "nobody reads it any more");
        self.sender.blocking_send(Ok(piece)).map_err(gone)
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        if self.bytes.len() >= PIECE {
            self.send()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.bytes.is_empty() { Ok(()) } else { self.send() }
    }
}
