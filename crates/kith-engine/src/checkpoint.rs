//! Checkpoints of the living profile: a file for each chunk, two generations, and a manifest written last.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use kith_profile::LoadError;
use kith_store::Fault;
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};

use crate::engine::Engine;
use crate::replay::unfolded;

const MANIFEST: &str = "manifest.json";

/// What a set of chunk files covers.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Manifest {
    epoch: String,
    position: u64,
    chunks: usize,
    /// Merged rows, and where their facts are folded.
    #[serde(default)]
    merged: BTreeMap<u32, u32>,
}

/// What was loaded of a checkpoint.
struct Kept {
    /// The position from which the log must be folded still.
    from: u64,
    /// Where merged rows were folded; unknown where an older file had to do.
    merged: Option<BTreeMap<u32, u32>>,
}

/// The first eight bytes of a digest name the epoch in the chunk files.
fn epoch_number(epoch: &str) -> u64 {
    let digest = digest(&SHA256, epoch.as_bytes());
    digest.as_ref().iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

fn unavailable(error: io::Error) -> Fault {
    Fault::unavailable(error)
}

/// Writes beside, syncs, keeps the file before as the older generation, renames, syncs the folder.
fn replace(dir: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let (new, kept, old) = (dir.join(format!("{name}.new")), dir.join(name), dir.join(format!("{name}.old")));
    let mut file = File::create(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    match fs::rename(&kept, &old) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    fs::rename(&new, &kept)?;
    File::open(dir)?.sync_all()
}

fn chunk_name(index: usize) -> String {
    format!("{index:06}.chunk")
}

impl Engine {
    fn profile_dir(&self) -> PathBuf {
        self.store().location().dir().join("profile")
    }

    /// Writes a checkpoint of the whole profile.
    ///
    /// # Errors
    /// [`Fault`] when the files cannot be written; the older generation stays.
    pub fn checkpoint(&self) -> Result<(), Fault> {
        let dir = self.profile_dir();
        fs::create_dir_all(&dir).map_err(unavailable)?;
        let position = self.position();
        let epoch = self.store().epoch().to_owned();
        let chunks = self.living().chunks();
        let (merged, moves) = {
            let inner = self.directory().read();
            (inner.redirects(), inner.moves())
        };
        for index in 0..chunks {
            if let Some(bytes) = self.living().save_chunk(index, epoch_number(&epoch), position) {
                replace(&dir, &chunk_name(index), &bytes).map_err(unavailable)?;
            }
        }
        if self.directory().read().moves() != moves {
            return Ok(()); // Accounts were merged meanwhile: the older manifest stands until the next time.
        }
        let manifest = Manifest { epoch, position, chunks, merged };
        let text = crate::noun::json_of(&manifest)?.to_string();
        replace(&dir, MANIFEST, text.as_bytes()).map_err(unavailable)
    }

    /// Drops all checkpoints: the next start folds the whole log.
    ///
    /// # Errors
    /// [`Fault`] when the files cannot be removed.
    pub fn drop_checkpoints(&self) -> Result<(), Fault> {
        match fs::remove_dir_all(self.profile_dir()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(unavailable(error)),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Brings the profile to the head of the log: corrections, checkpoint, tail.
    pub(crate) fn load_profile(&self) -> Result<(), Fault> {
        self.load_corrections()?;
        let head = self.store().read_blocking(|reader| reader.heads())?.touchpoint;
        let kept = self.load_chunks(head);
        let from = kept.as_ref().map_or(0, |kept| kept.from);
        // A checkpoint knows the accounts of its time: those made or edited since get their row and their inputs.
        self.each_master(self.living());
        let day = self.organisation().day.map_or(0, crate::engine::profile_day);
        self.living().tick(day);
        let reached = self.replay_range(from, head, &mut |_| ())?;
        if let Some(kept) = kept {
            self.refold_moved(kept.merged)?;
        }
        self.living().recompute_dirty();
        self.core().feed.set_folded(reached);
        self.start_feed();
        tracing::info!(from, reached, "the profile stands at the head of the log");
        Ok(())
    }

    /// Folds again what was merged or taken apart since a checkpoint.
    fn refold_moved(&self, then: Option<BTreeMap<u32, u32>>) -> Result<(), Fault> {
        let now = self.directory().read().redirects();
        let known = then.is_some();
        let then = then.unwrap_or_default();
        let rows: BTreeSet<u32> = now.keys().chain(then.keys()).copied().collect();
        let moved = rows.into_iter().filter(|row| !known || now.get(row) != then.get(row));
        let ends = moved.flat_map(|row| [Some(row), now.get(&row).copied(), then.get(&row).copied()]);
        let ends: BTreeSet<u32> = ends.flatten().collect();
        ends.into_iter().try_for_each(|row| self.refold(row))
    }

    fn load_corrections(&self) -> Result<(), Fault> {
        let context = self.fact_context();
        let engine = self.clone();
        self.store().read_blocking(move |reader| {
            let mut corrections = engine.corrections();
            reader.replay_corrections(&mut |view| {
                if let Some(correction) = unfolded(&view, &context)?.correction {
                    corrections.register(correction);
                }
                Ok(())
            })
        })
    }

    /// What a checkpoint holds; `None` when none can be used.
    fn load_chunks(&self, head: u64) -> Option<Kept> {
        let dir = self.profile_dir();
        let text = fs::read(dir.join(MANIFEST)).ok()?;
        let manifest: Manifest = serde_json::from_slice(&text).ok()?;
        if manifest.epoch != self.store().epoch() || manifest.position > head {
            return None;
        }
        let mut from = manifest.position;
        let mut merged = Some(manifest.merged);
        for index in 0..manifest.chunks {
            let name = chunk_name(index);
            let kept = self.load_chunk(&dir.join(&name), head);
            let position = kept.or_else(|| {
                merged = None;
                self.load_chunk(&dir.join(format!("{name}.old")), head)
            });
            from = from.min(position.unwrap_or(0));
        }
        Some(Kept { from, merged })
    }

    fn load_chunk(&self, path: &Path, head: u64) -> Option<u64> {
        let bytes = fs::read(path).ok()?;
        match self.living().load_chunk(&bytes) {
            Ok(header) => {
                let ours = header.epoch == epoch_number(self.store().epoch()) && header.position <= head;
                ours.then_some(header.position)
            }
            Err(LoadError::Format | LoadError::Digest) => {
                tracing::warn!("a checkpoint file is damaged; the log is folded instead");
                None
            }
        }
    }
}
