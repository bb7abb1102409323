//! CSV lists: rows in UTF-8 or Windows-1252, told apart by their header or, without one, by their shape.

use csv::{ByteRecord, ReaderBuilder};

use super::place::Counted;
use super::{Broken, Format, Part, ofac_csv, plain, uk};

/// Rows of a file with their places.
pub(super) struct Rows<'a, 'b> {
    reader: csv::Reader<&'a mut Counted<'b>>,
    record: ByteRecord,
}

/// Largest row: a quote that is never closed would swallow the rest of the file.
const ROW_MAX: usize = 1 << 20;

impl Rows<'_, '_> {
    /// The next row that is not blank; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<Vec<String>>, Broken> {
        loop {
            match self.reader.read_byte_record(&mut self.record) {
                Err(error) => return Err(self.broken(&error.to_string())),
                Ok(false) if self.reader.get_ref().in_quote() => {
                    return Err(self.broken("a quote is never closed: is the file cut off?"));
                }
                Ok(false) => return Ok(None),
                Ok(true) if self.record.as_slice().len() > ROW_MAX => {
                    return Err(self.broken("a row is too long: is a quote never closed?"));
                }
                Ok(true) if is_blank(&self.record) => {}
                Ok(true) => return Ok(Some(self.record.iter().map(decode).collect())),
            }
        }
    }

    /// A fault at the row read last.
    pub(super) fn broken(&self, reason: &str) -> Broken {
        let place = self.record.position();
        let (line, byte) = place.map_or((1, 0), |place| (place.line(), place.byte()));
        Broken { line, byte, reason: reason.to_owned() }
    }
}

/// A row of nothing, or the mark that old systems end a file with.
fn is_blank(record: &ByteRecord) -> bool {
    record.iter().all(|field| field.iter().all(|byte| byte.is_ascii_whitespace() || *byte == 0x1a))
}

/// A field as text: UTF-8, else Windows-1252.
pub(super) fn decode(field: &[u8]) -> String {
    match std::str::from_utf8(field) {
        Ok(text) => text.to_owned(),
        Err(_) => field.iter().map(|byte| windows_1252(*byte)).collect(),
    }
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

/// The columns of a header, by their plain names.
pub(super) struct Header(Vec<String>);

impl Header {
    pub(super) fn new(row: &[String]) -> Self {
        let plain = |name: &String| {
            name.trim_start_matches('\u{feff}')
                .chars()
                .filter(|letter| letter.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect()
        };
        Self(row.iter().map(plain).collect())
    }

    /// The place of the first of these columns that is there.
    pub(super) fn find(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.0.iter().position(|column| column == name))
    }

    /// How many columns there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}

/// Reads a CSV list.
pub(super) fn read(input: &mut Counted<'_>, take: &mut dyn FnMut(Part)) -> Result<Format, Broken> {
    let reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(input);
    let mut rows = Rows { reader, record: ByteRecord::new() };
    let Some(mut first) = rows.next()? else { return Err(rows.broken("the file is empty")) };
    // The lists of the United Kingdom begin with their date.
    let dated = first.first().is_some_and(|cell| {
        let cell = cell.trim_start_matches('\u{feff}').to_lowercase();
        cell.starts_with("last updated") || cell.starts_with("report date")
    });
    if dated && first.iter().filter(|cell| !cell.trim().is_empty()).count() <= 2 {
        first = rows.next()?.ok_or_else(|| rows.broken("the file ends after its date"))?;
    }
    let header = Header::new(&first);
    if header.find(&["name6"]).is_some() {
        uk::read(&mut rows, &header, take)?;
        return Ok(Format::UkCsv);
    }
    if header.find(plain::NAME).is_some() && header.find(plain::ID).is_some() {
        plain::read(&mut rows, &header, take)?;
        return Ok(Format::PlainCsv);
    }
    ofac_csv::read(&mut rows, first, take)
}
