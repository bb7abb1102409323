//! Lists as they are packed for download: told by their first bytes, unpacked as they are read.

use std::io::{BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

use super::Broken;

/// Bytes of an unpacked list: a bound on what a hostile file can cost.
const UNPACKED_MAX: u64 = 4 << 30;

/// The list's own bytes, whether it is packed or not. What is packed wrongly shows where it cannot be read on.
pub(super) fn plain<'a>(input: &'a mut dyn BufRead) -> Result<Box<dyn BufRead + 'a>, Broken> {
    const MAGIC: [u8; 2] = [0x1f, 0x8b];
    let is_packed = match input.fill_buf() {
        Ok(bytes) => bytes.starts_with(&MAGIC),
        Err(error) => return Err(Broken { line: 1, byte: 0, reason: format!("cannot be read: {error}") }),
    };
    if is_packed {
        Ok(Box::new(BufReader::new(MultiGzDecoder::new(input).take(UNPACKED_MAX))))
    } else {
        Ok(Box::new(input))
    }
}
