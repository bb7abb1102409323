//! Bytes of any usual encoding turned into UTF-8 while they are read.

use std::io::{self, Read};

use super::FileFault;

/// How the file was encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark; plain ASCII too.
    Utf8,
    /// UTF-16, least byte first.
    Utf16Le,
    /// UTF-16, greatest byte first.
    Utf16Be,
    /// UTF-32, least byte first.
    Utf32Le,
    /// UTF-32, greatest byte first.
    Utf32Be,
    /// Bytes that are no UTF-8 were read as Windows-1252.
    Windows1252,
}

/// How much is looked at before the first row.
const SAMPLE: usize = 1 << 16;

/// Windows-1252 for bytes 0x80 to 0x9F (WHATWG index); the rest equals Latin-1.
const WINDOWS_1252: [char; 32] = [
    '\u{20AC}', '\u{81}', '\u{201A}', '\u{192}', '\u{201E}', '\u{2026}', '\u{2020}', '\u{2021}', '\u{2C6}',
    '\u{2030}', '\u{160}', '\u{2039}', '\u{152}', '\u{8D}', '\u{17D}', '\u{8F}', '\u{90}', '\u{2018}',
    '\u{2019}', '\u{201C}', '\u{201D}', '\u{2022}', '\u{2013}', '\u{2014}', '\u{2DC}', '\u{2122}', '\u{161}',
    '\u{203A}', '\u{153}', '\u{9D}', '\u{17E}', '\u{178}',
];

/// The place of the first byte that was no UTF-8, as a count of decoded bytes before it.
pub(super) type ForeignAt = Option<u64>;

/// A source of UTF-8, whatever the file was.
pub(super) struct Decoder<R> {
    input: R,
    encoding: Encoding,
    raw: Vec<u8>,
    ended: bool,
    decoded: Vec<u8>,
    place: usize,
    given: u64,
    foreign_at: ForeignAt,
}

impl<R: Read> Decoder<R> {
    /// Reads the first bytes and finds out the encoding.
    pub(super) fn open(input: R) -> Result<Self, FileFault> {
        let mut decoder = Self {
            input,
            encoding: Encoding::Utf8,
            raw: Vec::new(),
            ended: false,
            decoded: Vec::new(),
            place: 0,
            given: 0,
            foreign_at: None,
        };
        while !decoder.ended && decoder.raw.len() < SAMPLE {
            decoder.fetch().map_err(FileFault::Unreadable)?;
        }
        let (encoding, mark) = recognise(&decoder.raw)?;
        decoder.encoding = encoding;
        decoder.raw.drain(..mark);
        decoder.decode();
        Ok(decoder)
    }

    /// The decoded text that is waiting to be read.
    pub(super) fn sample(&self) -> &[u8] {
        self.decoded.get(self.place..).unwrap_or_default()
    }

    /// Leaves out the next `count` bytes of the sample.
    pub(super) fn skip(&mut self, count: usize) {
        self.place = self.place.saturating_add(count).min(self.decoded.len());
    }

    /// The encoding as far as the file was read.
    pub(super) fn encoding(&self) -> Encoding {
        if self.foreign_at.is_some() { Encoding::Windows1252 } else { self.encoding }
    }

    /// Where the first byte that was no UTF-8 stands, counted in bytes given out.
    pub(super) fn foreign_at(&self) -> ForeignAt {
        self.foreign_at
    }

    fn fetch(&mut self) -> io::Result<()> {
        let start = self.raw.len();
        self.raw.resize(start + SAMPLE, 0);
        let read = loop {
            match self.input.read(self.raw.get_mut(start..).unwrap_or_default()) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.raw.truncate(start + *read.as_ref().unwrap_or(&0));
        self.ended = read? == 0;
        Ok(())
    }

    /// Moves what is complete in `raw` to `decoded`; an incomplete character waits for more bytes.
    fn decode(&mut self) {
        self.decoded.drain(..self.place);
        self.place = 0;
        let used = match self.encoding {
            Encoding::Utf8 | Encoding::Windows1252 => self.decode_bytes(),
            Encoding::Utf16Le => self.decode_units(u16::from_le_bytes),
            Encoding::Utf16Be => self.decode_units(u16::from_be_bytes),
            Encoding::Utf32Le => self.decode_points(u32::from_le_bytes),
            Encoding::Utf32Be => self.decode_points(u32::from_be_bytes),
        };
        self.raw.drain(..used);
    }

    fn decode_bytes(&mut self) -> usize {
        let mut used = 0;
        while let Some(rest) = self.raw.get(used..).filter(|rest| !rest.is_empty()) {
            match std::str::from_utf8(rest) {
                Ok(text) => {
                    self.decoded.extend_from_slice(text.as_bytes());
                    used += rest.len();
                }
                Err(error) => {
                    let (good, bad) = rest.split_at(error.valid_up_to());
                    self.decoded.extend_from_slice(good);
                    used += good.len();
                    if error.error_len().is_none() && !self.ended {
                        break;
                    }
                    let Some(&byte) = bad.first() else { break };
                    self.foreign_at.get_or_insert(self.given + self.decoded.len() as u64);
                    push(&mut self.decoded, windows_1252(byte));
                    used += 1;
                }
            }
        }
        used
    }

    fn decode_units(&mut self, read: fn([u8; 2]) -> u16) -> usize {
        let mut used = 0;
        while let Some(unit) = two(&self.raw, used).map(read) {
            let mut step = 2;
            let character = match char::decode_utf16([unit]).next() {
                Some(Ok(character)) => character,
                _ => match two(&self.raw, used + 2).map(read) {
                    None if !self.ended => break,
                    next => match char::decode_utf16([unit, next.unwrap_or(0)]).next() {
                        Some(Ok(character)) => {
                            step = 4;
                            character
                        }
                        _ => char::REPLACEMENT_CHARACTER,
                    },
                },
            };
            push(&mut self.decoded, character);
            used += step;
        }
        if self.ended { self.raw.len() } else { used }
    }

    fn decode_points(&mut self, read: fn([u8; 4]) -> u32) -> usize {
        let (whole, _) = self.raw.as_chunks::<4>();
        for bytes in whole {
            push(&mut self.decoded, char::from_u32(read(*bytes)).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        if self.ended { self.raw.len() } else { whole.len() * 4 }
    }
}

impl<R: Read> Read for Decoder<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.sample().is_empty() && !(self.ended && self.raw.is_empty()) {
            self.fetch()?;
            self.decode();
        }
        let read = self.sample().read(out)?;
        self.place += read;
        self.given += read as u64;
        Ok(read)
    }
}

fn two(bytes: &[u8], at: usize) -> Option<[u8; 2]> {
    bytes.get(at..at + 2).and_then(|pair| pair.try_into().ok())
}

fn push(out: &mut Vec<u8>, character: char) {
    out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
}

fn windows_1252(byte: u8) -> char {
    let place = usize::from(byte).wrapping_sub(0x80);
    WINDOWS_1252.get(place).copied().unwrap_or(char::from(byte))
}

/// Encoding and length of the byte order mark; UTF-16 without a mark is known by its zero bytes.
fn recognise(sample: &[u8]) -> Result<(Encoding, usize), FileFault> {
    let marks: [(&[u8], Encoding); 5] = [
        (&[0xFF, 0xFE, 0, 0], Encoding::Utf32Le),
        (&[0, 0, 0xFE, 0xFF], Encoding::Utf32Be),
        (&[0xEF, 0xBB, 0xBF], Encoding::Utf8),
        (&[0xFF, 0xFE], Encoding::Utf16Le),
        (&[0xFE, 0xFF], Encoding::Utf16Be),
    ];
    for (mark, encoding) in marks {
        let Some(rest) = sample.strip_prefix(mark) else { continue };
        let two_bytes = matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be);
        // Some writers put the mark of UTF-16 before UTF-32, even in the wrong order; zero bytes tell.
        return Ok(match rest {
            [0, 0, 0, 1..=255, ..] if two_bytes => (Encoding::Utf32Be, mark.len()),
            [1..=255, 0, 0, 0, ..] if two_bytes => (Encoding::Utf32Le, mark.len()),
            _ => (encoding, mark.len()),
        });
    }
    let others: [(&[u8], &str); 5] = [
        (b"PK\x03\x04", "a workbook (.xlsx) or another archive"),
        (&[0xD0, 0xCF, 0x11, 0xE0], "an old (.xls) or a protected workbook"),
        (b"%PDF", "a PDF document"),
        (&[0x1F, 0x8B], "a gzip archive"),
        (b"SQLite format 3", "a database"),
    ];
    for (mark, looks_like) in others {
        if sample.starts_with(mark) {
            return Err(FileFault::NotText { looks_like });
        }
    }
    let zeros = |odd: usize| {
        let bytes = sample.iter().take(400).skip(odd).step_by(2);
        bytes.fold((0_usize, 0_usize), |(zero, all), byte| (zero + usize::from(*byte == 0), all + 1))
    };
    let ((even, pairs), (odd, _)) = (zeros(0), zeros(1));
    if even == 0 && odd == 0 {
        Ok((Encoding::Utf8, 0))
    } else if even * 10 <= pairs && odd * 10 >= pairs * 7 {
        Ok((Encoding::Utf16Le, 0))
    } else if odd * 10 <= pairs && even * 10 >= pairs * 7 {
        Ok((Encoding::Utf16Be, 0))
    } else {
        Err(FileFault::NotText { looks_like: "binary content (it holds zero bytes)" })
    }
}
