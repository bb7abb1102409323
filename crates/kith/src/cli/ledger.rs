//! `kith ledger`: signed heads, proofs, and the records for an auditor to take away.

use std::io::Write as _;
use std::path::PathBuf;

use clap::Subcommand;
use kith_api::view::{LedgerRecordView, Page, TreeHeadView};
use serde_json::Value;

use super::input::{self, PageArgs};
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::progress;
use crate::render::{self, Column, pairs};
use crate::screen::Screen;

/// Records asked for in one go.
const PAGE: u32 = 200;

/// The ledger's signed heads and proofs
#[derive(Debug, Subcommand)]
pub enum Ledger {
    /// Show the newest signed head
    Head {
        /// Sign one now, over all records there are
        #[arg(long)]
        now: bool,
        /// Write the signed note to a file, to be kept by whoever does not trust us
        #[arg(long, value_name = "FILE", value_parser = input::path)]
        out: Option<PathBuf>,
    },
    /// List signed heads, the newest first
    Heads {
        #[command(flatten)]
        page: PageArgs,
    },
    /// Prove that a record is in the ledger
    Inclusion {
        /// Place of the record, from 1
        position: u64,
        /// Size of the tree [default: the smallest signed head that covers it]
        #[arg(long)]
        size: Option<u64>,
    },
    /// Prove that the ledger only grew between two sizes
    Consistency {
        /// Smaller size, from 1
        first: u64,
        /// Larger size [default: the newest signed head]
        second: Option<u64>,
    },
    /// Write all records as they are hashed, one a line, for `kith verify --records`
    Export {
        /// Where to
        #[arg(value_parser = input::path)]
        file: PathBuf,
    },
}

impl Ledger {
    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let call = match self {
            Self::Head { now, .. } => Call::to(if *now { "ledger_head_sign" } else { "ledger_head_get" }),
            Self::Heads { page } => page.on(Call::to("ledger_head_list")),
            Self::Inclusion { position, size } => {
                Call::to("ledger_inclusion").with("position", Some(position)).with("size", size.as_ref())
            }
            Self::Consistency { first, second } => {
                Call::to("ledger_consistency").with("first", Some(first)).with("second", second.as_ref())
            }
            Self::Export { file } => return export(door, screen, file).await,
        };
        let reply = door.call(call).await?;
        if let Self::Head { out: Some(file), .. } = self {
            let head: TreeHeadView = reply.json()?;
            std::fs::write(file, head.note).map_err(|error| Failure::file(file, &error))?;
        }
        screen.show(&reply, |value| match self {
            Self::Heads { .. } => render::page(&["size", "signed_at", "root"].map(Column::of), value),
            _ => pairs(value),
        })
    }
}

async fn export(door: &Door, screen: Screen, path: &PathBuf) -> Result<(), Failure> {
    let faulty = |error: std::io::Error| Failure::file(path, &error);
    let mut file = std::io::BufWriter::new(std::fs::File::create(path).map_err(faulty)?);
    let bar = progress::bar(None, "records");
    let (mut cursor, mut count) = (None::<String>, 0_u64);
    loop {
        let call = Call::to("ledger_record_list").with("limit", Some(PAGE)).with("cursor", cursor.as_ref());
        let page: Page<LedgerRecordView> = door.call(call).await?.json()?;
        for record in &page.items {
            serde_json::to_writer(&mut file, record).map_err(|error| faulty(error.into()))?;
            file.write_all(b"\n").map_err(faulty)?;
            count = count.saturating_add(1);
        }
        bar.set_position(count);
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    file.flush().map_err(faulty)?;
    bar.finish_and_clear();
    screen.show_value(&serde_json::json!({"records": count}), |value: &Value| pairs(value))
}
