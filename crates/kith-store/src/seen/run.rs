//! One run of the dedupe index: a file with the hashes and the account rows of consecutive touchpoints, sorted.
//!
//! ```text
//! header   magic, length of the epoch, epoch, first position, count
//! hashes   count × 8, sorted; beside them the offsets from the first position, count × 4
//! rows     count × 4, sorted; beside them the offsets, count × 4
//! guides   every 512th hash, every 512th row: read at the start, so that a look-up reads one block
//! ```
//! All numbers are little endian. A run is written once, beside, synced and renamed; never changed.

mod join;

use std::fs::{self, File};
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

pub(super) use join::join;

use super::tail::Tail;
use crate::fault::Fault;

const MAGIC: &[u8; 8] = b"KITHRUN1";
const EPOCH: usize = 64;
const HEADER: u64 = 8 + EPOCH as u64 + 16;
/// Entries between two guides.
const BLOCK: usize = 512;

/// Where the parts of a run stand in its file.
#[derive(Debug, Clone, Copy)]
struct Layout {
    count: u64,
}

impl Layout {
    fn hash_offsets(self) -> u64 {
        HEADER + self.count * 8
    }
    fn rows(self) -> u64 {
        self.hash_offsets() + self.count * 4
    }
    fn row_offsets(self) -> u64 {
        self.rows() + self.count * 4
    }
    fn guides(self) -> u64 {
        self.row_offsets() + self.count * 4
    }
    fn blocks(self) -> u64 {
        self.count.div_ceil(BLOCK as u64)
    }
    fn end(self) -> u64 {
        self.guides() + self.blocks() * 12
    }
}

/// An open run.
pub(super) struct Run {
    path: PathBuf,
    file: Mutex<File>,
    layout: Layout,
    first: u64,
    hash_guide: Vec<u64>,
    row_guide: Vec<u32>,
}

fn unavailable(error: std::io::Error) -> Fault {
    Fault::unavailable(error)
}

fn foreign() -> Fault {
    Fault::corrupt("a run of the dedupe index is not one of this history")
}

/// A length or place in memory as a number of a file.
fn wide(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn narrow(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn epoch_bytes(epoch: &str) -> [u8; EPOCH] {
    let mut bytes = [0; EPOCH];
    bytes.iter_mut().zip(epoch.as_bytes()).for_each(|(slot, byte)| *slot = *byte);
    bytes
}

fn hashes_of(bytes: &[u8]) -> Vec<u64> {
    bytes.as_chunks::<8>().0.iter().map(|word| u64::from_le_bytes(*word)).collect()
}

fn words_of(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks::<4>().0.iter().map(|word| u32::from_le_bytes(*word)).collect()
}

fn header(epoch: &str, first: u64, count: u64) -> Vec<u8> {
    [MAGIC.as_slice(), &epoch_bytes(epoch), &first.to_le_bytes(), &count.to_le_bytes()].concat()
}

/// Writes a file beside, syncs and renames it.
fn replace(path: &Path, write: impl FnOnce(&Path) -> Result<(), Fault>) -> Result<(), Fault> {
    let beside = path.with_extension("new");
    write(&beside)?;
    File::open(&beside).and_then(|file| file.sync_all()).map_err(unavailable)?;
    fs::rename(&beside, path).map_err(unavailable)?;
    crate::secrets::sync_folder(path)
}

fn name(dir: &Path, first: u64, count: u64) -> PathBuf {
    dir.join(format!("{first:012}-{count}.run"))
}

/// The guide of a sorted part.
fn guide<T: Copy>(sorted: impl Iterator<Item = T>) -> Vec<T> {
    sorted.step_by(BLOCK).collect()
}

impl Run {
    /// Writes the touchpoints of the tail as a run.
    pub(super) fn write(dir: &Path, epoch: &str, tail: &Tail) -> Result<Self, Fault> {
        let (first, hashes, rows) = (tail.first(), tail.sorted_hashes(), tail.sorted_rows());
        let path = name(dir, first, wide(tail.len()));
        replace(&path, |beside| {
            let mut out = BufWriter::with_capacity(1 << 20, File::create(beside).map_err(unavailable)?);
            let mut put = |bytes: &[u8]| out.write_all(bytes).map_err(unavailable);
            put(&header(epoch, first, wide(tail.len())))?;
            hashes.iter().try_for_each(|(hash, _)| put(&hash.to_le_bytes()))?;
            hashes.iter().try_for_each(|(_, offset)| put(&offset.to_le_bytes()))?;
            rows.iter().try_for_each(|(row, _)| put(&row.to_le_bytes()))?;
            rows.iter().try_for_each(|(_, offset)| put(&offset.to_le_bytes()))?;
            guide(hashes.iter()).iter().try_for_each(|(hash, _)| put(&hash.to_le_bytes()))?;
            guide(rows.iter()).iter().try_for_each(|(row, _)| put(&row.to_le_bytes()))?;
            out.flush().map_err(unavailable)
        })?;
        Self::open(&path, epoch)
    }

    /// Opens a run of this history.
    pub(super) fn open(path: &Path, epoch: &str) -> Result<Self, Fault> {
        let mut file = File::open(path).map_err(unavailable)?;
        let mut head = vec![0; narrow(HEADER)];
        file.read_exact(&mut head).map_err(unavailable)?;
        let numbers = hashes_of(head.get(8 + EPOCH..).unwrap_or_default());
        let &[first, count] = numbers.as_slice() else { return Err(foreign()) };
        let layout = Layout { count };
        let length = file.metadata().map_err(unavailable)?.len();
        if head != header(epoch, first, count) || count > u64::from(u32::MAX) || length != layout.end() {
            return Err(foreign());
        }
        file.seek(SeekFrom::Start(layout.guides())).map_err(unavailable)?;
        let mut guides = Vec::new();
        file.read_to_end(&mut guides).map_err(unavailable)?;
        let (hashes, rows) = guides.split_at_checked(narrow(layout.blocks() * 8)).ok_or_else(foreign)?;
        let (hash_guide, row_guide) = (hashes_of(hashes), words_of(rows));
        Ok(Self { path: path.to_owned(), file: Mutex::new(file), layout, first, hash_guide, row_guide })
    }

    /// Its first position.
    pub(super) fn first(&self) -> u64 {
        self.first
    }

    /// Its last position.
    pub(super) fn last(&self) -> u64 {
        self.first + self.layout.count - 1
    }

    /// How many touchpoints it holds.
    pub(super) fn count(&self) -> u64 {
        self.layout.count
    }

    /// Removes its file; what is open stays readable.
    pub(super) fn remove(&self) {
        // A file that stays is found superfluous at the next start.
        let _ = fs::remove_file(&self.path);
    }

    fn read(&self, place: u64, length: u64) -> Result<Vec<u8>, Fault> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(place)).map_err(unavailable)?;
        let mut bytes = vec![0; narrow(length)];
        file.read_exact(&mut bytes).map_err(unavailable)?;
        Ok(bytes)
    }

    /// Entries of a block.
    fn block(&self, block: usize) -> (u64, u64) {
        let start = wide(block) * BLOCK as u64;
        (start, self.layout.count.saturating_sub(start).min(BLOCK as u64))
    }

    fn offsets(&self, part: u64, start: u64, count: u64) -> Result<Vec<u32>, Fault> {
        self.read(part + start * 4, count * 4).map(|bytes| words_of(&bytes))
    }

    /// Adds the positions of a hash, oldest first.
    pub(super) fn positions(&self, hash: u64, found: &mut Vec<u64>) -> Result<(), Fault> {
        let mut block = self.hash_guide.partition_point(|guide| *guide < hash).saturating_sub(1);
        while block < self.hash_guide.len() {
            let (start, count) = self.block(block);
            let hashes = hashes_of(&self.read(HEADER + start * 8, count * 8)?);
            let from = hashes.partition_point(|known| *known < hash);
            let to = hashes.partition_point(|known| *known <= hash);
            if from < to {
                let offsets =
                    self.offsets(self.layout.hash_offsets(), start + wide(from), wide(to - from))?;
                found.extend(offsets.iter().map(|offset| self.first + u64::from(*offset)));
            }
            if to < hashes.len() {
                break;
            }
            block += 1;
        }
        Ok(())
    }

    /// The first entry whose account row is not before `row`.
    fn lower_bound(&self, row: u32) -> Result<u64, Fault> {
        let block = self.row_guide.partition_point(|guide| *guide < row).saturating_sub(1);
        let (start, count) = self.block(block);
        let rows = words_of(&self.read(self.layout.rows() + start * 4, count * 4)?);
        Ok(start + wide(rows.partition_point(|known| *known < row)))
    }

    /// Adds positions of an account before a position, newest first, until `found` has `limit`.
    pub(super) fn timeline(
        &self,
        row: u32,
        before: u64,
        limit: usize,
        found: &mut Vec<u64>,
    ) -> Result<(), Fault> {
        let from = self.lower_bound(row)?;
        let mut to = row.checked_add(1).map_or(Ok(self.layout.count), |next| self.lower_bound(next))?;
        while from < to && found.len() < limit {
            let start = to.saturating_sub(BLOCK as u64).max(from);
            let offsets = self.offsets(self.layout.row_offsets(), start, to - start)?;
            let positions = offsets.iter().rev().map(|offset| self.first + u64::from(*offset));
            let missing = limit.saturating_sub(found.len());
            found.extend(positions.filter(|position| *position < before).take(missing));
            to = start;
        }
        Ok(())
    }

    /// Calls for every hash, in their order.
    pub(super) fn each_hash(&self, each: &mut dyn FnMut(u64)) -> Result<(), Fault> {
        for block in 0..self.hash_guide.len() {
            let (start, count) = self.block(block);
            hashes_of(&self.read(HEADER + start * 8, count * 8)?).into_iter().for_each(&mut *each);
        }
        Ok(())
    }
}
