//! One event a line.

use std::io::{self, BufRead, Read as _};

use super::{Collector, Unwanted};

/// Longest line that is read as an event.
const LINE_BYTES: usize = 1 << 20;
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Skips the byte order mark and white space before the first event; gives its first byte and its line.
pub(super) fn skip_to_start(input: &mut impl BufRead) -> io::Result<(Option<u8>, u64)> {
    if input.fill_buf()?.starts_with(BYTE_ORDER_MARK) {
        input.consume(BYTE_ORDER_MARK.len());
    }
    let mut line = 1;
    loop {
        match input.fill_buf()?.first().copied() {
            Some(byte) if byte.is_ascii_whitespace() => {
                line += u64::from(byte == b'\n');
                input.consume(1);
            }
            first => return Ok((first, line)),
        }
    }
}

/// Reads the lines from the one with this number on; empty ones are left out.
pub(super) fn read(mut input: impl BufRead, first: u64, collector: &mut Collector) -> Result<(), Unwanted> {
    let mut text = Vec::new();
    for line in first.. {
        text.clear();
        let limit = u64::try_from(LINE_BYTES + 1).unwrap_or(u64::MAX);
        match input.by_ref().take(limit).read_until(b'\n', &mut text) {
            Ok(0) => break,
            Ok(_) if text.len() > LINE_BYTES && text.last() != Some(&b'\n') => {
                collector.unreadable(line, "longer than 1 MiB")?;
                if let Err(error) = input.skip_until(b'\n') {
                    return collector.broken(error.to_string());
                }
            }
            Ok(_) if text.trim_ascii().is_empty() => {}
            Ok(_) => collector.take_text(line, text.trim_ascii())?,
            Err(error) => return collector.broken(error.to_string()),
        }
    }
    Ok(())
}
