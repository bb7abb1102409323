//! Several consecutive runs into one, without holding them in memory.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::{BLOCK, HEADER, Run, header, name, replace, unavailable, wide};
use crate::fault::Fault;

/// Bytes read or written at a time, for each of the streams.
const BUFFER: usize = 128 * 1024;

/// One sorted part of a run, read from its start.
struct Stream {
    keys: BufReader<File>,
    offsets: BufReader<File>,
    left: u64,
    shift: u32,
    width: usize,
}

fn reader(path: &Path, place: u64) -> Result<BufReader<File>, Fault> {
    let mut file = File::open(path).map_err(unavailable)?;
    file.seek(SeekFrom::Start(place)).map_err(unavailable)?;
    Ok(BufReader::with_capacity(BUFFER, file))
}

fn writer(path: &Path, place: u64) -> Result<BufWriter<File>, Fault> {
    let mut file = File::options().write(true).open(path).map_err(unavailable)?;
    file.seek(SeekFrom::Start(place)).map_err(unavailable)?;
    Ok(BufWriter::with_capacity(BUFFER, file))
}

impl Stream {
    /// The next key, with its offset from the first position of the joined run.
    fn next(&mut self) -> Result<Option<(u64, u32)>, Fault> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        let (mut key, mut offset) = ([0; 8], [0; 4]);
        let (key_bytes, _) = key.split_at_mut(self.width);
        self.keys.read_exact(key_bytes).map_err(unavailable)?;
        self.offsets.read_exact(&mut offset).map_err(unavailable)?;
        Ok(Some((u64::from_le_bytes(key), u32::from_le_bytes(offset).saturating_add(self.shift))))
    }
}

/// Where a part begins in the runs and in the joined file: its keys, their offsets, their width.
type Part = (fn(&Run) -> u64, fn(&Run) -> u64, (u64, u64), usize);

/// Merges one part of all runs into the file, and gives its guide.
fn merge(runs: &[&Run], into: &Path, part: Part) -> Result<Vec<u8>, Fault> {
    let (keys_at, offsets_at, (keys_to, offsets_to), width) = part;
    let first = runs.first().map_or(0, |run| run.first);
    let mut streams = Vec::with_capacity(runs.len());
    for run in runs {
        let shift = u32::try_from(run.first - first).map_err(|_| Fault::corrupt("a run is too long"))?;
        let (keys, offsets) = (reader(&run.path, keys_at(run))?, reader(&run.path, offsets_at(run))?);
        streams.push(Stream { keys, offsets, left: run.layout.count, shift, width });
    }
    let mut heads = BinaryHeap::with_capacity(streams.len());
    for (place, stream) in streams.iter_mut().enumerate() {
        heads.extend(stream.next()?.map(|entry| Reverse((entry, place))));
    }
    let (mut keys, mut offsets) = (writer(into, keys_to)?, writer(into, offsets_to)?);
    let (mut guide, mut written) = (Vec::new(), 0_usize);
    while let Some(Reverse(((key, offset), place))) = heads.pop() {
        let bytes = key.to_le_bytes();
        let bytes = bytes.get(..width).unwrap_or_default();
        if written.is_multiple_of(BLOCK) {
            guide.extend_from_slice(bytes);
        }
        written += 1;
        keys.write_all(bytes).and_then(|()| offsets.write_all(&offset.to_le_bytes())).map_err(unavailable)?;
        if let Some(stream) = streams.get_mut(place) {
            heads.extend(stream.next()?.map(|entry| Reverse((entry, place))));
        }
    }
    keys.flush().and_then(|()| offsets.flush()).map_err(unavailable)?;
    Ok(guide)
}

/// Writes consecutive runs as one, in their folder.
pub(in crate::seen) fn join(dir: &Path, epoch: &str, runs: &[&Run]) -> Result<Run, Fault> {
    let first = runs.first().map_or(0, |run| run.first);
    let count = runs.iter().map(|run| run.layout.count).sum();
    let path = name(dir, first, count);
    let to = super::Layout { count };
    replace(&path, |beside| {
        std::fs::write(beside, header(epoch, first, count)).map_err(unavailable)?;
        let hashes: Part = (|_| HEADER, |run| run.layout.hash_offsets(), (HEADER, to.hash_offsets()), 8);
        let rows: Part =
            (|run| run.layout.rows(), |run| run.layout.row_offsets(), (to.rows(), to.row_offsets()), 4);
        let guides = [merge(runs, beside, hashes)?, merge(runs, beside, rows)?].concat();
        let mut out = writer(beside, to.guides())?;
        out.write_all(&guides).and_then(|()| out.flush()).map_err(unavailable)?;
        debug_assert_eq!(to.guides() + wide(guides.len()), to.end());
        Ok(())
    })?;
    Run::open(&path, epoch)
}
