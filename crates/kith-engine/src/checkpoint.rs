//! Checkpoints of the living profile: a file for each chunk, two generations, and a manifest written last.

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
        for index in 0..chunks {
            if let Some(bytes) = self.living().save_chunk(index, epoch_number(&epoch), position) {
                replace(&dir, &chunk_name(index), &bytes).map_err(unavailable)?;
            }
        }
        let manifest = Manifest { epoch, position, chunks };
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
        let from = self.load_chunks(head).unwrap_or(0);
        // A checkpoint knows the accounts of its time: those made or edited since get their row and their inputs.
        self.each_master(self.living());
        let day = self.organisation().day.map_or(0, crate::engine::profile_day);
        self.living().tick(day);
        let reached = self.replay_range(from, head)?;
        self.living().recompute_dirty();
        self.core().feed.set_folded(reached);
        self.start_feed();
        tracing::info!(from, reached, "the profile stands at the head of the log");
        Ok(())
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

    /// The position from which the log must be folded still; `None` when no checkpoint can be used.
    fn load_chunks(&self, head: u64) -> Option<u64> {
        let dir = self.profile_dir();
        let text = fs::read(dir.join(MANIFEST)).ok()?;
        let manifest: Manifest = serde_json::from_slice(&text).ok()?;
        if manifest.epoch != self.store().epoch() || manifest.position > head {
            return None;
        }
        let mut from = manifest.position;
        for index in 0..manifest.chunks {
            let name = chunk_name(index);
            let kept = self.load_chunk(&dir.join(&name), head);
            let position = kept.or_else(|| self.load_chunk(&dir.join(format!("{name}.old")), head));
            from = from.min(position.unwrap_or(0));
        }
        Some(from)
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
