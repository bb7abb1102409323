//! Public lists, read from their own formats.
//!
//! A reader takes bytes and hands out parts, record by record, so a list's size does not matter. What is cut off or is no
//! list at all is refused with its place. Formats are told by their content, never by a file's name.

mod advanced;
mod csv_rows;
mod eu;
mod ftm;
mod gzip;
mod ofac_csv;
mod ofac_xml;
mod place;
mod plain;
mod remarks;
mod uk;
mod uk_xml;
mod un;
mod xml;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fmt;
use std::io::BufRead;

use serde::{Deserialize, Serialize};

use crate::entry::Entry;
use place::Counted;

/// A format of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// OFAC SDN or consolidated, entries (`sdn.csv`, `cons_prim.csv`).
    OfacEntries,
    /// OFAC, aliases (`alt.csv`, `cons_alt.csv`).
    OfacAliases,
    /// OFAC, addresses (`add.csv`, `cons_add.csv`).
    OfacAddresses,
    /// OFAC `sdn.xml` and `consolidated.xml`.
    OfacXml,
    /// OFAC advanced XML (`sdn_advanced.xml`).
    OfacAdvanced,
    /// United Nations consolidated XML.
    UnXml,
    /// European Union consolidated XML (FSF 1.0, 1.1).
    EuXml,
    /// United Kingdom, CSV of OFSI or of the sanctions list.
    UkCsv,
    /// United Kingdom, XML of the sanctions list.
    UkXml,
    /// `FollowTheMoney` entities or targets, JSON lines.
    FollowTheMoney,
    /// CSV with a header that has `id` and `name` (`targets.simple.csv` and lists of one's own).
    PlainCsv,
}

impl fmt::Display for Format {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::OfacEntries => "OFAC CSV (entries)",
            Self::OfacAliases => "OFAC CSV (aliases)",
            Self::OfacAddresses => "OFAC CSV (addresses)",
            Self::OfacXml => "OFAC XML",
            Self::OfacAdvanced => "OFAC advanced XML",
            Self::UnXml => "UN consolidated XML",
            Self::EuXml => "EU consolidated XML",
            Self::UkCsv => "UK CSV",
            Self::UkXml => "UK XML",
            Self::FollowTheMoney => "FollowTheMoney JSON lines",
            Self::PlainCsv => "CSV with id and name",
        })
    }
}

/// Why a file is no list, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Line, from 1.
    pub line: u64,
    /// Bytes before it.
    pub byte: u64,
    /// What is wrong.
    pub reason: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "line {}, byte {}: {}", self.line, self.byte, self.reason)
    }
}

impl std::error::Error for Broken {}

/// What a reader hands out.
#[derive(Debug)]
enum Part {
    /// A party.
    Entry(Box<Entry>),
    /// A name, country or year that belongs to a party of another row or file.
    More { of: String, entry: Box<Entry> },
}

/// A list put together from its files.
#[derive(Debug, Default)]
pub struct List {
    entries: Vec<Entry>,
    places: HashMap<String, usize>,
    more: Vec<(String, Entry)>,
    formats: Vec<Format>,
}

impl List {
    /// Reads one file of a list.
    ///
    /// # Errors
    /// [`Broken`] if it is cut off or no list that is known; the list is then as it was.
    pub fn add(&mut self, input: &mut dyn BufRead) -> Result<Format, Broken> {
        let mut parts = Vec::new();
        let mut source = gzip::plain(input)?;
        let mut input = Counted::new(source.as_mut());
        let format = read(&mut input, &mut |part| parts.push(part))?;
        let named = |part: &Part| matches!(part, Part::Entry(entry) if !entry.names.is_empty());
        let is_beside = matches!(format, Format::OfacAliases | Format::OfacAddresses);
        if parts.is_empty() || (!is_beside && !parts.iter().any(named)) {
            return Err(input.broken(&format!("{format} to its end, and no entry with a name in it")));
        }
        for part in parts {
            match part {
                Part::Entry(entry) => self.put(*entry),
                Part::More { of, entry } => self.more.push((of, *entry)),
            }
        }
        self.formats.push(format);
        Ok(format)
    }

    /// Takes over what another file of the same list holds.
    pub fn append(&mut self, other: Self) {
        other.entries.into_iter().for_each(|entry| self.put(entry));
        self.more.extend(other.more);
        self.formats.extend(other.formats);
    }

    /// A second entry with the same id adds to the first.
    fn put(&mut self, entry: Entry) {
        match self.places.get(&entry.id).and_then(|place| self.entries.get_mut(*place)) {
            Some(known) => join(known, entry),
            None => {
                self.places.insert(entry.id.clone(), self.entries.len());
                self.entries.push(entry);
            }
        }
    }

    /// The formats of the files read.
    #[must_use]
    pub fn formats(&self) -> &[Format] {
        &self.formats
    }

    /// The entries, each with what its other files say. Entries without a name are left out.
    ///
    /// # Errors
    /// A sentence if nothing is left, or if there are aliases and addresses of a list without its entries.
    pub fn finish(mut self) -> Result<Vec<Entry>, String> {
        if self.entries.is_empty() && !self.more.is_empty() {
            return Err("aliases and addresses only; load the list's entries (sdn.csv) with them".to_owned());
        }
        for (of, more) in std::mem::take(&mut self.more) {
            if let Some(known) = self.places.get(&of).and_then(|place| self.entries.get_mut(*place)) {
                join(known, more);
            }
        }
        self.entries.retain(|entry| !entry.names.is_empty());
        if self.entries.is_empty() { Err("no entry has a name".to_owned()) } else { Ok(self.entries) }
    }
}

fn join(known: &mut Entry, more: Entry) {
    for alias in more.names {
        known.add_name(&alias.text, alias.weak);
    }
    known.countries.extend(
        more.countries.into_iter().filter(|code| !known.countries.contains(code)).collect::<Vec<_>>(),
    );
    known
        .births
        .extend(more.births.into_iter().filter(|years| !known.births.contains(years)).collect::<Vec<_>>());
    for number in more.identifiers {
        known.add_identifier(&number);
    }
    for programme in more.programmes {
        known.add_programme(&programme);
    }
}

/// Tells the format and reads the file.
fn read(input: &mut Counted<'_>, take: &mut dyn FnMut(Part)) -> Result<Format, Broken> {
    let head = input.head()?;
    if head.is_empty() {
        return Err(input.broken("the file is empty"));
    }
    if head.starts_with(b"PK\x03\x04") {
        return Err(input.broken("a ZIP archive: unpack it and load the list that is in it"));
    }
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
        return Err(input.broken("in UTF-16: save it as UTF-8"));
    }
    let text = String::from_utf8_lossy(&head);
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if start.starts_with('<') {
        if is_page(start) {
            return Err(input.broken("a web page, not a list"));
        }
        return xml::read(input, take);
    }
    if start.starts_with('{') {
        ftm::read(input, take)?;
        return Ok(Format::FollowTheMoney);
    }
    if start.starts_with('[') {
        return Err(input.broken("a JSON array; lists in JSON have one object a line"));
    }
    csv_rows::read(input, take)
}

/// What servers answer where a list should be.
fn is_page(start: &str) -> bool {
    let head: String = start.chars().take(4_096).flat_map(char::to_lowercase).collect();
    head.starts_with("<!doctype html") || head.contains("<html")
}
