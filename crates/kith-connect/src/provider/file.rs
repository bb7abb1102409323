//! A provider that is a file: the golden copy of legal entity identifiers, an extract of a register or of a bureau; CSV,
//! a JSON array, or one JSON object a line.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek};
use std::path::PathBuf;

use serde_json::Value;

use super::extract::{alike, extract, number_key};
use super::{Down, Extract, Provider, ProviderKind, Query};

/// How much names must be alike where there is no number.
const ALIKE: f64 = 0.90;
/// Longest line of JSON.
const LINE_MAX: u64 = 4 << 20;

/// A file of companies. It is read anew for each question: the file in force is the one that lies there.
#[derive(Debug, Clone)]
pub struct FileProvider {
    name: String,
    kind: ProviderKind,
    path: PathBuf,
}

impl FileProvider {
    /// The file at a path.
    #[must_use]
    pub fn new(name: &str, kind: ProviderKind, path: PathBuf) -> Self {
        Self { name: name.to_owned(), kind, path }
    }
}

/// The best extract so far.
struct Search<'q> {
    kind: ProviderKind,
    query: &'q Query,
    wanted: Option<String>,
    best: Option<(f64, Extract)>,
}

impl Search<'_> {
    /// Looks at one company; whether the search is over.
    fn sees(&mut self, fields: BTreeMap<String, String>) -> bool {
        let found = extract(self.kind, fields);
        if let Some(wanted) = &self.wanted {
            let same = found.number.as_deref().map(number_key).as_ref() == Some(wanted);
            if same {
                self.best = Some((1.0, found));
            }
            return same;
        }
        let elsewhere =
            self.query.country.is_some() && found.country.is_some() && found.country != self.query.country;
        let score = found.name.as_deref().map_or(0.0, |name| alike(name, &self.query.name));
        if !elsewhere && score >= ALIKE && self.best.as_ref().is_none_or(|(best, _)| score > *best) {
            self.best = Some((score, found));
        }
        false
    }
}

impl Provider for FileProvider {
    fn name(&self) -> &str {
        &self.name
    }

    fn look_up(&self, query: &Query) -> Result<Option<Extract>, Down> {
        let down = |why: String| Down(format!("{}: {why}", self.path.display()));
        let mut file = File::open(&self.path).map_err(|error| down(error.to_string()))?;
        let mut start = [0_u8; 512];
        let length = file.read(&mut start).map_err(|error| down(error.to_string()))?;
        file.rewind().map_err(|error| down(error.to_string()))?;
        let head = start.get(..length).unwrap_or_default();
        let first =
            head.iter().copied().find(|byte| !byte.is_ascii_whitespace() && !b"\xef\xbb\xbf".contains(byte));
        let wanted = query.number.as_deref().map(number_key).filter(|number| !number.is_empty());
        let mut search = Search { kind: self.kind, query, wanted, best: None };
        match first {
            Some(b'[') => array(file, &mut search),
            Some(b'{') => lines(file, &mut search),
            _ => table(file, &mut search),
        }
        .map_err(down)?;
        Ok(search.best.map(|(_, found)| found))
    }
}

fn table(file: File, search: &mut Search<'_>) -> Result<(), String> {
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(BufReader::new(file));
    let named = reader.headers().map_err(|error| error.to_string())?.clone();
    let plain = |name: &str| name.trim_start_matches('\u{feff}').trim().to_owned();
    let names: Vec<String> = named.iter().map(plain).collect();
    let known = |name: &String| search.kind.numbers().contains(&name.to_lowercase().as_str());
    if !names.iter().any(known) {
        return Err(format!(
            "no column for the number; expected one of {}",
            search.kind.numbers().join(", ")
        ));
    }
    for row in reader.records() {
        // A truncated file says where: nothing is concluded from half of it.
        let row = row.map_err(|error| error.to_string())?;
        let filled = names.iter().zip(row.iter()).filter(|(_, value)| !value.trim().is_empty());
        let fields = filled.map(|(name, value)| (name.clone(), value.to_owned())).collect();
        if search.sees(fields) {
            return Ok(());
        }
    }
    Ok(())
}

fn array(file: File, search: &mut Search<'_>) -> Result<(), String> {
    let all: Vec<Value> = serde_json::from_reader(BufReader::new(file)).map_err(|error| error.to_string())?;
    for value in &all {
        if search.sees(flat(value)) {
            return Ok(());
        }
    }
    Ok(())
}

fn lines(file: File, search: &mut Search<'_>) -> Result<(), String> {
    let mut reader = BufReader::new(file);
    let mut text = Vec::new();
    for number in 1_u64.. {
        text.clear();
        let read = reader.by_ref().take(LINE_MAX).read_until(b'\n', &mut text);
        if read.map_err(|error| format!("line {number}: {error}"))? == 0 {
            return Ok(());
        }
        if text.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let value: Value =
            serde_json::from_slice(&text).map_err(|error| format!("line {number}: {error}"))?;
        let listed = ["records", "companies", "data"].iter().find_map(|name| value.get(name)?.as_array());
        let over = match listed {
            Some(items) => items.iter().any(|item| search.sees(flat(item))),
            None => search.sees(flat(&value)),
        };
        if over {
            return Ok(());
        }
    }
    Ok(())
}

/// The members of an object, those of members behind a dot.
pub(super) fn flat(value: &Value) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    collect(value, "", &mut fields);
    fields
}

fn collect(value: &Value, name: &str, fields: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(members) => {
            for (member, below) in members {
                let name = if name.is_empty() { member.clone() } else { format!("{name}.{member}") };
                collect(below, &name, fields);
            }
        }
        Value::String(text) => {
            fields.insert(name.to_owned(), text.clone());
        }
        Value::Number(_) | Value::Bool(_) => {
            fields.insert(name.to_owned(), value.to_string());
        }
        Value::Array(_) | Value::Null => {}
    }
}
