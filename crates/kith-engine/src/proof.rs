//! Holding Kith to what it said: signed heads of the ledger's tree, and proofs against them (D§5.4).

use std::sync::PoisonError;
use std::time::Duration;

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use kith_api::view::{ConsistencyView, InclusionView, LedgerRecordView, Page, TreeHeadView};
use kith_domain::access::Grant;
use kith_domain::refusal::{Refusal, RefusalKind};
use kith_ledger::{Checkpoint, Hash, Record, TILE, Tiles, checkpoint};
use kith_store::{Fault, Reader, TreeHead};
use ring::digest::{SHA256, digest};

use crate::caller::Caller;
use crate::engine::Engine;
use crate::permit;

/// The oldest that the newest signed head may be while the ledger grows.
const AGE_MAX: Duration = Duration::from_secs(60);
/// The most records that may stand after the newest signed head.
const UNSIGNED_MAX: u64 = 1_000;
/// The file beside the data in which the newest signed head lies, for whoever wants to carry it away.
const CHECKPOINT_FILE: &str = "checkpoint.txt";

impl Engine {
    /// Signs the head of the tree when it is due: every minute in which the ledger grew, or after 1,000 records.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer or write.
    pub(crate) async fn sign_when_due(&self) -> Result<(), Fault> {
        let (size, last) = self.store().read(|reader| Ok((reader.heads()?.ledger, newest(reader)?))).await?;
        let signed = last.as_ref().map_or(0, |head| head.size);
        let age_ms = last.map_or(i64::MAX, |head| self.now().as_millisecond().saturating_sub(head.at_ms));
        let due = i128::from(age_ms) >= i128::try_from(AGE_MAX.as_millis()).unwrap_or_default()
            || size.saturating_sub(signed) >= UNSIGNED_MAX;
        if size > signed && due {
            self.sign_tree_head().await?;
        }
        Ok(())
    }

    /// Signs the head of the tree now, keeps it and lays it beside the data.
    async fn sign_tree_head(&self) -> Result<TreeHead, Fault> {
        let engine = self.clone();
        let now = self.now();
        let head = self
            .store()
            .write(move |unit| {
                let (size, root) = unit.tree_head()?;
                let note = engine.signed(unit, size, root)?;
                unit.keep_tree_head(size, now, &note)?;
                let kept = unit.tree_head_over(size)?;
                kept.ok_or_else(|| Fault::corrupt("a signed head is gone as soon as it is kept"))
            })
            .await?;
        let (path, note) = (self.store().location().dir().join(CHECKPOINT_FILE), head.note.clone());
        tokio::task::spawn_blocking(move || {
            if let Err(error) = lay(&path, &note) {
                tracing::warn!(%error, "the signed head of the ledger could not be laid beside the data");
            }
        });
        Ok(head)
    }

    fn signed(&self, reader: &mut Reader<'_>, size: u64, root: Hash) -> Result<String, Fault> {
        let checkpoint = Checkpoint { origin: origin(reader)?, size, root };
        checkpoint
            .sign(self.store().secrets().signing_seed())
            .map_err(|error| Fault::corrupt(error.to_string()))
    }

    /// The newest signed head; signed now if there is none, or if `now` asks for it.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer or write.
    pub async fn tree_head(
        &self,
        caller: &Caller,
        now: bool,
    ) -> Result<Result<TreeHeadView, Refusal>, Fault> {
        if !caller.principal.may(Grant::AuditRead, None) {
            return Ok(Err(permit::denied(Grant::AuditRead)));
        }
        let kept = if now { None } else { self.store().read(newest).await? };
        let head = match kept {
            Some(head) => head,
            None => self.sign_tree_head().await?,
        };
        self.head_view(head).map(Ok)
    }

    /// Signed heads, newest first; `before` is the size at which the page before ended.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn tree_heads(
        &self,
        caller: &Caller,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Result<Page<TreeHeadView>, Refusal>, Fault> {
        if !caller.principal.may(Grant::AuditRead, None) {
            return Ok(Err(permit::denied(Grant::AuditRead)));
        }
        let before = before.unwrap_or(u64::MAX >> 1);
        let heads = self.store().read(move |reader| reader.tree_heads(before, limit)).await?;
        let more = u32::try_from(heads.len()).is_ok_and(|count| count == limit);
        let next = heads.last().map(|head| head.size.to_string()).filter(|_| more);
        let items = heads.into_iter().map(|head| self.head_view(head)).collect::<Result<_, _>>()?;
        Ok(Ok(Page { items, next_cursor: next, has_more: more }))
    }

    /// The public key under which this installation signs, hexadecimal.
    ///
    /// # Errors
    /// [`Fault`] when the key is unusable.
    pub fn signing_key(&self) -> Result<[u8; 32], Fault> {
        let key = checkpoint::public_key(self.store().secrets().signing_seed());
        key.map_err(|error| Fault::corrupt(error.to_string()))
    }

    fn head_view(&self, head: TreeHead) -> Result<TreeHeadView, Fault> {
        let key = self.signing_key()?;
        let read = Checkpoint::verify(&head.note, &key);
        let read = read.map_err(|error| Fault::corrupt(format!("the head at {}: {error}", head.size)))?;
        Ok(TreeHeadView {
            origin: read.origin,
            size: head.size,
            root: HEXLOWER.encode(&read.root),
            signed_at: Timestamp::from_millisecond(head.at_ms).unwrap_or_default().to_string(),
            public_key: HEXLOWER.encode(&key),
            note: head.note,
        })
    }

    /// Proves that the record at `position` is in the tree of `size` records; by default the smallest signed head
    /// that covers it, signed now if there is none.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer or write.
    pub async fn inclusion(
        &self,
        caller: &Caller,
        position: u64,
        size: Option<u64>,
    ) -> Result<Result<InclusionView, Refusal>, Fault> {
        if !caller.principal.may(Grant::AuditRead, None) {
            return Ok(Err(permit::denied(Grant::AuditRead)));
        }
        let length = self.store().read(|reader| Ok(reader.heads()?.ledger)).await?;
        let size = match size {
            Some(size) if size > length => return Ok(Err(beyond(size, length))),
            Some(size) => size,
            None if position > length => return Ok(Err(beyond(position, length))),
            None => match self.store().read(move |reader| reader.tree_head_over(position)).await? {
                Some(head) => head.size,
                None => self.sign_tree_head().await?.size,
            },
        };
        if position == 0 || position > size {
            return Ok(Err(beyond(position, size)));
        }
        let (engine, index) = (self.clone(), position.saturating_sub(1));
        let (leaf, root, path, signed) = self
            .store()
            .read(move |reader| {
                let tiles = engine.tiles(reader, size)?;
                let leaf = reader.leaves(index, position)?.first().copied();
                let read = &mut |from, to| reader.leaves(from, to);
                let root = tiles.root(0, size, read)?;
                let path = tiles.inclusion(index, size, read)?.unwrap_or_default();
                let signed = reader.tree_head_over(size)?.filter(|head| head.size == size);
                Ok((leaf.ok_or_else(|| Fault::corrupt("a record is missing"))?, root, path, signed))
            })
            .await?;
        Ok(Ok(InclusionView {
            position,
            index,
            size,
            leaf: HEXLOWER.encode(&leaf),
            root: HEXLOWER.encode(&root),
            path: hex_all(&path),
            head: signed.map(|head| self.head_view(head)).transpose()?,
        }))
    }

    /// Proves that the tree of `first` records is a beginning of the tree of `second`; by default the newest signed
    /// head.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer or write.
    pub async fn consistency(
        &self,
        caller: &Caller,
        first: u64,
        second: Option<u64>,
    ) -> Result<Result<ConsistencyView, Refusal>, Fault> {
        if !caller.principal.may(Grant::AuditRead, None) {
            return Ok(Err(permit::denied(Grant::AuditRead)));
        }
        let (length, newest) =
            self.store().read(|reader| Ok((reader.heads()?.ledger, newest(reader)?))).await?;
        let second = match (second, newest) {
            (Some(second), _) => second,
            (None, Some(head)) if head.size >= first => head.size,
            (None, _) => self.sign_tree_head().await?.size,
        };
        if first == 0 || first > second || second > length {
            return Ok(Err(beyond(if second > length { second } else { first }, second.min(length))));
        }
        let engine = self.clone();
        let (roots, path) = self
            .store()
            .read(move |reader| {
                let tiles = engine.tiles(reader, second)?;
                let read = &mut |from, to| reader.leaves(from, to);
                let roots = (tiles.root(0, first, read)?, tiles.root(0, second, read)?);
                Ok((roots, tiles.consistency(first, second, read)?.unwrap_or_default()))
            })
            .await?;
        Ok(Ok(ConsistencyView {
            first,
            second,
            first_root: HEXLOWER.encode(&roots.0),
            second_root: HEXLOWER.encode(&roots.1),
            path: hex_all(&path),
        }))
    }

    /// The full tiles of the first `size` records, made as far as they are missing.
    fn tiles(&self, reader: &mut Reader<'_>, size: u64) -> Result<Tiles, Fault> {
        let mut tiles = self.core().tiles.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let before = tiles.covered();
        while tiles.covered().saturating_add(TILE) <= size {
            let from = tiles.covered();
            if !tiles.push(&reader.leaves(from, from.saturating_add(TILE))?) {
                break;
            }
        }
        if tiles.covered() > before {
            let mut kept = self.core().tiles.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.covered() < tiles.covered() {
                kept.clone_from(&tiles);
            }
        }
        Ok(tiles)
    }

    /// Records as they are hashed, for an auditor to keep: the header's bytes and the digest of the sealed block.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn ledger_records(
        &self,
        caller: &Caller,
        after: u64,
        limit: u32,
    ) -> Result<Result<Page<LedgerRecordView>, Refusal>, Fault> {
        if !caller.principal.may(Grant::AuditRead, None) {
            return Ok(Err(permit::denied(Grant::AuditRead)));
        }
        let found = self.store().read(move |reader| reader.raw_records_after(after, limit)).await?;
        let more = u32::try_from(found.len()).is_ok_and(|count| count == limit);
        let count = u64::try_from(found.len()).unwrap_or_default();
        let next = more.then(|| after.saturating_add(count).to_string());
        let items = found.into_iter().map(|(record, leaf)| record_view(&record, &leaf)).collect();
        Ok(Ok(Page { items, next_cursor: next, has_more: more }))
    }
}

impl Engine {
    /// Whether the ledger still begins with what a signed head covers: the reason why not, if it does not. Without a
    /// key, the head must be signed by this installation.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub fn verify_head(
        &self,
        note: &str,
        key: Option<[u8; 32]>,
    ) -> Result<Result<Checkpoint, String>, Fault> {
        let key = match key {
            Some(key) => key,
            None => self.signing_key()?,
        };
        let head = match Checkpoint::verify(note, &key) {
            Ok(head) => head,
            Err(error) => return Ok(Err(error.to_string())),
        };
        let (engine, size) = (self.clone(), head.size);
        let (origin, length, root) = self.store().read_blocking(move |reader| {
            let length = reader.heads()?.ledger;
            let root = if size <= length {
                engine.tiles(reader, size)?.root(0, size, &mut |from, to| reader.leaves(from, to))?
            } else {
                Hash::default()
            };
            Ok((origin(reader)?, length, root))
        })?;
        Ok(if head.origin != origin {
            Err(format!("the head is of the log {}, this is {origin}", head.origin))
        } else if size > length {
            Err(format!("the head covers {size} records, there are {length}: some are missing"))
        } else if head.root != root {
            Err(format!("the first {size} records are not those that the head covers"))
        } else {
            Ok(head)
        })
    }
}

fn record_view(record: &Record, leaf: &Hash) -> LedgerRecordView {
    LedgerRecordView {
        header: String::from_utf8_lossy(&record.header).into_owned(),
        sealed_sha256: HEXLOWER.encode(digest(&SHA256, &record.sealed).as_ref()),
        leaf: HEXLOWER.encode(leaf),
    }
}

fn newest(reader: &mut Reader<'_>) -> Result<Option<TreeHead>, Fault> {
    reader.tree_head_before(u64::MAX >> 1)
}

/// The name of the log: it stands for its first record, so a restored copy keeps it.
fn origin(reader: &mut Reader<'_>) -> Result<String, Fault> {
    let first = reader.leaves(0, 1)?;
    let first = first.first().and_then(|leaf| leaf.get(..8)).unwrap_or_default();
    Ok(format!("kith/{}", HEXLOWER.encode(first)))
}

/// Writes a file whole or not at all.
fn lay(path: &std::path::Path, text: &str) -> std::io::Result<()> {
    let beside = path.with_extension("new");
    std::fs::write(&beside, text)?;
    std::fs::rename(beside, path)
}

fn hex_all(path: &[Hash]) -> Vec<String> {
    path.iter().map(|hash| HEXLOWER.encode(hash)).collect()
}

fn beyond(asked: u64, length: u64) -> Refusal {
    let detail = format!("There is no place {asked} in a ledger of {length} records.");
    Refusal::new(
        RefusalKind::Unprocessable,
        "ledger.beyond",
        &detail,
        "Ask for a place from 1 to the size of the tree.",
    )
}
