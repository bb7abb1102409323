//! `kith ingest`: touchpoints from a file, in batches.

use std::path::PathBuf;

use axum::body::Bytes;
use clap::Args;
use kith_api::view::TouchpointReply;
use kith_connect::touchpoints::EventMap;
use serde::Serialize;
use serde_json::Value;

use super::input;
use crate::batch::{Batch, Piece, pieces};
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::progress;
use crate::render::{Column, table};
use crate::screen::Screen;

/// Media type of a batch of events (CloudEvents 1.0).
const MEDIA: &str = "application/cloudevents-batch+json";
/// Most lines listed one by one.
const LISTED_MAX: usize = 10_000;

/// Record touchpoints: CloudEvents, one JSON a line or one JSON array; with --map rows of CSV
///
/// Running it again is safe: what is there already is counted as a duplicate. Exit code 1 when a line cannot be
/// read or the server fails; touchpoints that wait in quarantine are listed and no failure.
#[derive(Debug, Args)]
pub struct Ingest {
    /// File, - for standard input
    #[arg(value_parser = input::path)]
    file: PathBuf,
    /// Events sent at once, 1 to 10,000
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u16).range(1..=10_000))]
    batch_size: u16,
    /// Map (JSON) that turns rows of CSV into touchpoints
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
}

/// An event that waits in quarantine.
#[derive(Debug, Serialize)]
struct Held {
    line: u64,
    code: String,
    pointer: String,
    detail: String,
    id: String,
}

/// A line that holds no event.
#[derive(Debug, Serialize)]
struct Unread {
    line: u64,
    detail: String,
}

/// What became of a file.
#[derive(Debug, Default, Serialize)]
struct Report {
    accepted: u64,
    duplicates: u64,
    quarantined: Vec<Held>,
    /// Those of the counts below that are not listed.
    #[serde(skip_serializing_if = "is_zero")]
    not_listed: u64,
    unreadable: Vec<Unread>,
    position: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the serializer hands out references")]
fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl Report {
    fn add(&mut self, batch: &Batch, reply: TouchpointReply) {
        self.accepted += reply.accepted;
        self.duplicates += reply.duplicates;
        self.position = reply.position;
        for event in reply.quarantined {
            if self.quarantined.len() == LISTED_MAX {
                self.not_listed += 1;
                continue;
            }
            self.quarantined.push(Held {
                line: batch.lines.get(event.index).copied().unwrap_or_default(),
                code: event.code,
                pointer: event.pointer,
                detail: event.detail,
                id: event.id,
            });
        }
    }

    fn add_unreadable(&mut self, line: u64, detail: String) {
        if self.unreadable.len() == LISTED_MAX {
            self.not_listed += 1;
        } else {
            self.unreadable.push(Unread { line, detail });
        }
    }
}

impl Ingest {
    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let map = self.map.as_deref().map(input::text).transpose()?;
        let map = map.map(|text| EventMap::parse(&text)).transpose();
        let map = map.map_err(|fault| Failure::Here(fault.to_string()))?;
        let bar = progress::bytes(input::length(&self.file), "ingesting");
        let mut pieces = pieces(bar.wrap_read(input::open(&self.file)?), self.batch_size.into(), map);
        let mut report = Report::default();
        let mut broken = None;
        while let Some(piece) = pieces.recv().await {
            match piece {
                Piece::Batch(batch) => {
                    let call = Call::to("touchpoint_record").bytes(MEDIA, Bytes::from(batch.body.clone()));
                    match door.call_again(call).await.and_then(|reply| reply.json()) {
                        Ok(reply) => report.add(&batch, reply),
                        Err(failure) => {
                            broken = Some(failure);
                            break;
                        }
                    }
                }
                Piece::Unreadable { line, detail } => report.add_unreadable(line, detail),
                Piece::Broken(detail) => {
                    broken = Some(Failure::Here(format!("{}: {detail}", self.file.display())));
                }
            }
        }
        bar.finish_and_clear();
        let unread = !report.unreadable.is_empty();
        let value = serde_json::to_value(&report).map_err(|error| Failure::Here(error.to_string()))?;
        if broken.is_none() || !screen.json {
            screen.show_value(&value, draw)?;
        }
        match broken {
            Some(failure) => {
                screen.note("not all of the file was read; running it again is safe");
                Err(failure)
            }
            None if unread => Err(Failure::Reported),
            None => Ok(()),
        }
    }
}

/// The counts, then each line with something to say about it.
fn draw(report: &Value) -> String {
    let listed = |member: &str| report.get(member).and_then(Value::as_array).cloned().unwrap_or_default();
    let (held, unread) = (listed("quarantined"), listed("unreadable"));
    let mut out = format!(
        "accepted     {}\nduplicates   {}\nquarantined  {}\n",
        report["accepted"],
        report["duplicates"],
        held.len()
    );
    if !unread.is_empty() {
        out.push_str(&format!("unreadable   {}\n", unread.len()));
    }
    if let Some(more) = report.get("not_listed") {
        out.push_str(&format!("not listed   {more}\n"));
    }
    if !held.is_empty() {
        out.push_str("\nin quarantine\n");
        out.push_str(&table(&["line", "code", "pointer", "detail"].map(Column::of), &held));
    }
    if !unread.is_empty() {
        out.push_str("\ncannot be read\n");
        out.push_str(&table(&["line", "detail"].map(Column::of), &unread));
    }
    out
}
