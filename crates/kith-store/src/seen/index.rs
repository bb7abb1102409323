//! The folder `seen`: runs that cover the log from its first position on, and the filter before them.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::run::{Run, join};
use super::tail::Tail;
use crate::bloom::Bloom;
use crate::fault::Fault;
use crate::open::SEEN_FOLDER;

const BLOOM_FILE: &str = "filter";
/// So many runs of about the same size become one: every touchpoint is written once for each size.
const FAN: usize = 4;

/// Where the runs lie, and to which history they belong.
#[derive(Clone)]
pub(super) struct Folder {
    dir: PathBuf,
    epoch: String,
    /// Touchpoints of the smallest size.
    unit: u64,
}

/// The runs in use, oldest first, without gaps.
pub(super) type Runs = Vec<Arc<Run>>;

/// The last position that the runs hold.
pub(super) fn end(runs: &[Arc<Run>]) -> u64 {
    runs.last().map_or(0, |run| run.last())
}

impl Folder {
    /// The folder of a data directory, with the runs that are of this history and not beyond the head. What does
    /// not belong there is removed: the log has everything.
    pub(super) fn open(data: &Path, epoch: &str, head: u64, unit: usize) -> Result<(Self, Runs), Fault> {
        let dir = data.join(SEEN_FOLDER);
        fs::create_dir_all(&dir).map_err(Fault::unavailable)?;
        let unit = u64::try_from(unit.max(1)).unwrap_or(u64::MAX);
        let folder = Self { dir, epoch: epoch.to_owned(), unit };
        let mut known: Vec<Run> = Vec::new();
        for entry in fs::read_dir(&folder.dir).map_err(Fault::unavailable)? {
            let path = entry.map_err(Fault::unavailable)?.path();
            if path.file_name().is_some_and(|name| name == BLOOM_FILE) {
                continue;
            }
            match Run::open(&path, epoch) {
                Ok(run) if run.last() <= head => known.push(run),
                Ok(_) | Err(_) => {
                    tracing::warn!("a part of the dedupe index cannot be used, it is made anew");
                    remove(&path)?;
                }
            }
        }
        // Of two that begin at one place the longer one is the joined one.
        known.sort_by_key(|run| (run.first(), std::cmp::Reverse(run.last())));
        let mut runs: Runs = Vec::new();
        for run in known {
            if run.first() == end(&runs).saturating_add(1) {
                runs.push(Arc::new(run));
            } else {
                run.remove();
            }
        }
        Ok((folder, runs))
    }

    /// Writes the tail as a run.
    pub(super) fn write(&self, tail: &Tail) -> Result<Arc<Run>, Fault> {
        Run::write(&self.dir, &self.epoch, tail).map(Arc::new)
    }

    fn size(&self, run: &Run) -> u32 {
        (run.count() / self.unit).checked_ilog(FAN as u64).map_or(0, |size| size + 1)
    }

    /// The newest runs that are to become one, if there are enough of one size.
    pub(super) fn due<'r>(&self, runs: &'r [Arc<Run>]) -> Option<&'r [Arc<Run>]> {
        let newest = runs.get(runs.len().checked_sub(FAN)?..)?;
        let size = self.size(newest.first()?);
        newest.iter().all(|run| self.size(run) <= size).then_some(newest)
    }

    /// Makes one of several runs.
    pub(super) fn join(&self, runs: &[Arc<Run>]) -> Result<Arc<Run>, Fault> {
        let runs: Vec<&Run> = runs.iter().map(|run| &**run).collect();
        join(&self.dir, &self.epoch, &runs).map(Arc::new)
    }

    /// A filter over every hash of the runs, with room to grow.
    pub(super) fn build_bloom(&self, runs: &[Arc<Run>]) -> Result<Bloom, Fault> {
        let held = end(runs);
        let mut bloom = Bloom::for_keys(held.saturating_add(held / 4).saturating_add(self.unit));
        for run in runs {
            run.each_hash(&mut |hash| bloom.insert(hash))?;
        }
        Ok(bloom)
    }

    /// The filter as it was saved, with what the runs hold since; or made anew.
    pub(super) fn load_bloom(&self, runs: &[Arc<Run>]) -> Result<Bloom, Fault> {
        let saved = fs::read(self.dir.join(BLOOM_FILE)).ok();
        let Some((mut bloom, held)) = saved.and_then(|bytes| Bloom::decode(&bytes, &self.epoch)) else {
            return self.build_bloom(runs);
        };
        if held > end(runs) || end(runs) > bloom.capacity() {
            return self.build_bloom(runs);
        }
        for run in runs.iter().filter(|run| run.last() > held) {
            run.each_hash(&mut |hash| bloom.insert(hash))?;
        }
        Ok(bloom)
    }

    /// Saves the filter; without it the next start is slower, no more.
    pub(super) fn save_bloom(&self, bloom: &Bloom, runs: &[Arc<Run>]) {
        let (path, beside) = (self.dir.join(BLOOM_FILE), self.dir.join("filter.new"));
        let bytes = bloom.encode(&self.epoch, end(runs));
        let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, path));
        if let Err(error) = written {
            tracing::warn!(%error, "the filter of the dedupe index was not saved");
        }
    }
}

fn remove(path: &Path) -> Result<(), Fault> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(Fault::unavailable(error)),
        Ok(()) | Err(_) => Ok(()),
    }
}
