//! Where a reader stands: lines and bytes are counted as they are consumed.

use std::io::{self, BufRead, Read};

use super::Broken;

/// A source that counts.
pub(super) struct Counted<'a> {
    inner: &'a mut dyn BufRead,
    lines: u64,
    bytes: u64,
    quotes: u64,
}

impl<'a> Counted<'a> {
    pub(super) fn new(inner: &'a mut dyn BufRead) -> Self {
        Self { inner, lines: 0, bytes: 0, quotes: 0 }
    }

    /// The first bytes, without consuming them.
    pub(super) fn head(&mut self) -> Result<Vec<u8>, Broken> {
        const HEAD: usize = 4_096;
        match self.inner.fill_buf() {
            Ok(bytes) => Ok(bytes.get(..HEAD).unwrap_or(bytes).to_vec()),
            Err(error) => Err(self.broken(&format!("cannot be read: {error}"))),
        }
    }

    /// A fault at the place reached.
    pub(super) fn broken(&self, reason: &str) -> Broken {
        Broken { line: self.lines + 1, byte: self.bytes, reason: reason.to_owned() }
    }

    /// Whether a quote was opened and never closed.
    pub(super) fn in_quote(&self) -> bool {
        self.quotes % 2 == 1
    }

    /// The next line without its end; none at the end. A line that is too long is a fault.
    pub(super) fn line(&mut self, most: u64) -> Result<Option<Vec<u8>>, Broken> {
        let mut line = Vec::new();
        let before = (self.lines, self.bytes);
        let read = self.by_ref().take(most + 1).read_until(b'\n', &mut line);
        let fault = |reason: String| Broken { line: before.0 + 1, byte: before.1, reason };
        match read {
            Err(error) => Err(fault(format!("cannot be read: {error}"))),
            Ok(0) => Ok(None),
            Ok(count) if count as u64 > most => Err(fault(format!("longer than {most} bytes"))),
            Ok(_) => {
                while line.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
                    line.pop();
                }
                Ok(Some(line))
            }
        }
    }
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.inner.fill_buf()?;
        let count = available.len().min(buffer.len());
        buffer[..count].copy_from_slice(&available[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Counted<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        if let Ok(bytes) = self.inner.fill_buf() {
            let taken = bytes.get(..count).unwrap_or(bytes);
            self.lines += taken.iter().filter(|byte| **byte == b'\n').count() as u64;
            self.quotes += taken.iter().filter(|byte| **byte == b'"').count() as u64;
        }
        self.bytes += count as u64;
        self.inner.consume(count);
    }
}
