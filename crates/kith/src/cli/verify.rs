//! `kith verify`: the data against its own hashes, against an older signed head, and without the data at all.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use clap::Args;
use data_encoding::HEXLOWER_PERMISSIVE;
use kith_api::view::LedgerRecordView;
use kith_engine::{Engine, Fault};
use kith_ledger::{Checkpoint, Hash, Verifier};
use serde_json::{Value, json};

use super::Place;
use super::input;
use super::store::{report, with_engine};
use crate::failure::Failure;
use crate::screen::Screen;

/// Verify the ledger's chain and tree, the documents against the ledger, the profile against its log
///
/// With --checkpoint it is also checked that the ledger still begins with what that signed head covers. With --records
/// nothing but the file that `kith ledger export` wrote is needed: no data, no server, no trust in either.
#[derive(Debug, Args)]
pub struct Verify {
    /// A signed head that was kept: the `note` of `kith ledger head`, or the checkpoint.txt beside the data
    #[arg(long, value_name = "FILE", value_parser = input::path)]
    checkpoint: Vec<PathBuf>,
    /// Ed25519 public key that must have signed it, hexadecimal [default: this installation's]
    #[arg(long, value_name = "HEX")]
    key: Option<String>,
    /// Verify exported records instead of the data
    #[arg(long, value_name = "FILE", value_parser = input::path)]
    records: Option<PathBuf>,
}

/// A signed head that must hold.
struct Kept {
    file: PathBuf,
    note: String,
}

impl Verify {
    pub(crate) async fn run(&self, place: &Place, screen: Screen) -> Result<(), Failure> {
        let key = self.key.as_deref().map(key).transpose()?;
        let kept =
            self.checkpoint.iter().map(|file| Ok(Kept { file: file.clone(), note: input::text(file)? }));
        let kept = kept.collect::<Result<Vec<Kept>, Failure>>()?;
        let (found, well) = match &self.records {
            Some(file) => offline(file, &kept, key)?,
            None => {
                place.here_only("verify")?;
                with_engine(place, "verifying", move |engine| here(engine, &kept, key)).await?
            }
        };
        report(screen, &found, if well { "all is well" } else { "not all is well" })?;
        if well { Ok(()) } else { Err(Failure::Reported) }
    }
}

fn key(text: &str) -> Result<[u8; 32], Failure> {
    let bytes = HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes()).ok();
    bytes
        .and_then(|bytes| <[u8; 32]>::try_from(bytes).ok())
        .ok_or_else(|| Failure::Usage("--key is an Ed25519 public key: 64 hexadecimal digits".to_owned()))
}

/// The data here, and whether it still begins with what the heads cover.
fn here(engine: &Engine, kept: &[Kept], key: Option<[u8; 32]>) -> Result<(Value, bool), Fault> {
    let mut verified = engine.verify()?;
    let mut held = Vec::new();
    for one in kept {
        match engine.verify_head(&one.note, key)? {
            Ok(head) => held.push(json!(head.size)),
            Err(reason) => verified.faults.push(format!("{}: {reason}", one.file.display())),
        }
    }
    let well = verified.faults.is_empty();
    let mut found = serde_json::to_value(verified).map_err(|_| Fault::corrupt("a report"))?;
    if !kept.is_empty() {
        found["checkpoints"] = Value::Array(held);
    }
    Ok((found, well))
}

/// Exported records: the chain, the tree, and the root at the size of each head.
fn offline(file: &Path, kept: &[Kept], key: Option<[u8; 32]>) -> Result<(Value, bool), Failure> {
    let Some(key) = key.or(if kept.is_empty() { Some([0; 32]) } else { None }) else {
        return Err(Failure::Usage(
            "--checkpoint with --records needs --key: whoever signs must be known from elsewhere".to_owned(),
        ));
    };
    let mut faults = Vec::new();
    let mut heads: Vec<(&Kept, Checkpoint)> = Vec::new();
    for one in kept {
        match Checkpoint::verify(&one.note, &key) {
            Ok(head) => heads.push((one, head)),
            Err(error) => faults.push(format!("{}: {error}", one.file.display())),
        }
    }
    heads.sort_by_key(|(_, head)| head.size);
    let (mut verifier, mut held) = (Verifier::new(), Vec::new());
    let mut waiting = heads.into_iter().peekable();
    for (at, line) in BufReader::new(input::open(file)?).lines().enumerate() {
        let line = line.map_err(|error| Failure::file(file, &error))?;
        if line.trim().is_empty() {
            continue;
        }
        let fed = record(&line).and_then(|(header, sealed, leaf)| {
            verifier.feed_digest(header.as_bytes(), &sealed, Some(&leaf)).map_err(|fault| fault.to_string())
        });
        if let Err(reason) = fed {
            faults.push(format!("{}, line {}: {reason}", file.display(), at.saturating_add(1)));
            break;
        }
        let head = verifier.head();
        while let Some((one, claimed)) = waiting.next_if(|(_, claimed)| claimed.size <= head.position) {
            if claimed.size == head.position && claimed.root == head.root {
                held.push(json!(claimed.size));
            } else {
                faults
                    .push(format!("{}: the records are not those that the head covers", one.file.display()));
            }
        }
    }
    for (one, claimed) in waiting {
        let sentence = format!("the head covers {} records, the file holds fewer", claimed.size);
        faults.push(format!("{}: {sentence}", one.file.display()));
    }
    let head = verifier.head();
    let root = data_encoding::HEXLOWER.encode(&head.root);
    let well = faults.is_empty();
    Ok((json!({"records": head.position, "root": root, "checkpoints": held, "faults": faults}), well))
}

/// Header, digest of the sealed block and leaf of an exported record.
fn record(line: &str) -> Result<(String, Hash, Hash), String> {
    let record: LedgerRecordView =
        serde_json::from_str(line).map_err(|error| format!("no record: {error}"))?;
    let hash = |text: &str| {
        let bytes = HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok();
        bytes
            .and_then(|bytes| Hash::try_from(bytes).ok())
            .ok_or_else(|| "no record: a hash is malformed".to_owned())
    };
    Ok((record.header, hash(&record.sealed_sha256)?, hash(&record.leaf)?))
}
