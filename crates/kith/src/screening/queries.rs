//! `id,name[,kind,country,birth_date]` in, `query,entry,score,match` out.

use std::collections::HashMap;
use std::num::NonZero;
use std::path::Path;
use std::thread;

use kith_connect::csv::Row;
use kith_screen::country;
use kith_screen::entry::{Years, identifier};
use kith_screen::index::Memory;
use kith_screen::kind::Kind;
use kith_screen::score::{KEPT, rounded};
use kith_screen::screen::{Query, Screener};
use serde_json::{Value, json};

use super::table::{Out, Rows, cell};
use crate::failure::Failure;
use crate::progress;
use crate::screen::tell;

const ID: &[&str] = &["id", "query", "queryid", "recordid", "number"];
const NAME: &[&str] = &["name", "fullname", "legalname", "companyname", "caption"];
const KIND: &[&str] = &["kind", "schema", "type", "sdntype"];
const COUNTRY: &[&str] = &["country", "countries", "nationality"];
const BIRTH: &[&str] = &["birthdate", "dob", "dateofbirth", "birthyear"];
const IDENTIFIER: &[&str] = &["identifier", "identifiers", "taxid", "passport", "registrationnumber"];

/// Faults of a file that are told one by one.
const TOLD_MAX: u64 = 100;
/// Rows that are screened at once.
const BATCH: usize = 2_048;

/// Where the columns are.
struct Columns {
    id: Option<usize>,
    name: usize,
    kind: Option<usize>,
    country: Option<usize>,
    birth: Option<usize>,
    identifier: Option<usize>,
}

impl Columns {
    fn of(rows: &Rows) -> Result<Self, Failure> {
        Ok(Self {
            name: rows.demand(NAME)?,
            id: rows.find(ID),
            kind: rows.find(KIND),
            country: rows.find(COUNTRY),
            birth: rows.find(BIRTH),
            identifier: rows.find(IDENTIFIER),
        })
    }

    fn query(&self, row: &Row) -> (String, Query) {
        let id = cell(row, self.id);
        let id = if id.is_empty() { row.number.to_string() } else { id.to_owned() };
        let list = |at: Option<usize>| cell(row, at).split([';', '|']);
        let query = Query {
            names: vec![cell(row, Some(self.name)).to_owned()],
            kind: Kind::parse(cell(row, self.kind)),
            countries: list(self.country).filter_map(country::known).collect(),
            birth: Years::asked(cell(row, self.birth)),
            identifiers: list(self.identifier).filter_map(identifier).collect(),
        };
        (id, query)
    }

    /// The id of a row that another one has already: one party under several names. Both are screened.
    fn again(&self, row: &Row, seen: &mut HashMap<String, u64>, line: u64) -> Option<(usize, String)> {
        let (at, id) = (self.id?, cell(row, self.id));
        let before = seen.insert(id.to_owned(), line).filter(|_| !id.is_empty())?;
        Some((at, format!("{id} stands in line {before} already; both are screened under it")))
    }

    /// What is wrong with a row: its column and why.
    fn faults(&self, row: &Row) -> Vec<(usize, String)> {
        let mut faults = Vec::new();
        if cell(row, Some(self.name)).is_empty() {
            faults.push((self.name, "no name".to_owned()));
        }
        let told = cell(row, self.country).split([';', '|']).map(str::trim).filter(|text| !text.is_empty());
        for (at, text) in self.country.iter().flat_map(|at| told.clone().map(move |text| (*at, text))) {
            if country::known(text).is_none() {
                faults.push((at, format!("{text:?} is no country: expected two letters or a name")));
            }
        }
        if let Some(at) = self.birth
            && let text = cell(row, self.birth)
            && !text.is_empty()
            && Years::asked(text).is_none()
        {
            faults.push((at, format!("{text:?} is no date: expected a year or a day such as 1970-01-31")));
        }
        faults
    }
}

/// Reads the whole file once and tells everything that is wrong with it, before anything is written: nobody may be taken for
/// clear because a date was not understood.
fn check(path: &Path) -> Result<(), Failure> {
    let mut rows = Rows::open(path)?;
    let columns = Columns::of(&rows)?;
    let unknown = rows.unknown(&[ID, NAME, KIND, COUNTRY, BIRTH, IDENTIFIER]);
    if !unknown.is_empty() {
        tell(&format!("{}: not used: {}", path.display(), unknown.join(", ")));
    }
    let (mut seen, mut faults, mut twice) = (HashMap::new(), 0_u64, 0_u64);
    while let Some(row) = rows.next()? {
        if let Some((column, why)) = columns.again(&row, &mut seen, rows.line()) {
            if twice < TOLD_MAX {
                tell(&format!("{}: {why}", rows.place(column)));
            }
            twice += 1;
        }
        for (column, why) in columns.faults(&row) {
            if faults < TOLD_MAX {
                tell(&format!("{}: {why}", rows.place(column)));
            }
            faults += 1;
        }
    }
    match faults {
        0 => Ok(()),
        1 => Err(Failure::Here("1 fault; nothing was screened".to_owned())),
        _ => Err(Failure::Here(format!("{faults} faults; nothing was screened"))),
    }
}

/// A line of the result.
type Line = (String, String, f64);

/// Screens every row and tells what was found; nothing of a file that has a fault.
pub(crate) fn screen(
    screener: &Screener,
    path: &Path,
    out: Option<&Path>,
    threshold: f64,
) -> Result<Value, Failure> {
    check(path)?;
    let mut rows = Rows::open(path)?;
    let columns = Columns::of(&rows)?;
    let mut out = Out::open(out)?;
    out.row(["query", "entry", "score", "match"])?;
    let bar = progress::bar(None, "screening");
    let mut memories: Vec<Memory> =
        (0..thread::available_parallelism().map_or(1, NonZero::get)).map(|_| Memory::default()).collect();
    let (mut queries, mut hits, mut matches) = (0_u64, 0_u64, 0_u64);
    loop {
        let mut batch = Vec::with_capacity(BATCH);
        while batch.len() < BATCH {
            let Some(row) = rows.next()? else { break };
            batch.push(columns.query(&row));
        }
        if batch.is_empty() {
            break;
        }
        queries += batch.len() as u64;
        for (query, entry, score) in found(screener, &batch, threshold.min(KEPT), &mut memories)? {
            let is_match = score >= threshold;
            out.row([
                query.as_str(),
                entry.as_str(),
                &format!("{score:.4}"),
                if is_match { "true" } else { "false" },
            ])?;
            hits += 1;
            matches += u64::from(is_match);
        }
        bar.set_position(queries);
    }
    bar.finish_and_clear();
    out.end()?;
    let entries = screener.entries().len();
    Ok(
        json!({"entries": entries, "queries": queries, "hits": hits, "matches": matches, "threshold": threshold}),
    )
}

/// The hits of a batch in the order of its rows, on all cores.
fn found(
    screener: &Screener,
    batch: &[(String, Query)],
    least: f64,
    memories: &mut [Memory],
) -> Result<Vec<Line>, Failure> {
    let part = batch.len().div_ceil(memories.len()).max(1);
    thread::scope(|scope| {
        let parts: Vec<_> = batch
            .chunks(part)
            .zip(memories.iter_mut())
            .map(|(rows, memory)| scope.spawn(move || lines(screener, rows, least, memory)))
            .collect();
        let mut all = Vec::new();
        for part in parts {
            all.extend(
                part.join().map_err(|_| Failure::Here("a thread that screened has failed".to_owned()))?,
            );
        }
        Ok(all)
    })
}

fn lines(screener: &Screener, rows: &[(String, Query)], least: f64, memory: &mut Memory) -> Vec<Line> {
    let mut lines = Vec::new();
    for (id, query) in rows {
        for hit in screener.find(query, least, memory) {
            let entry = screener.entries().get(hit.entry).map_or("", |entry| entry.id.as_str());
            lines.push((id.clone(), entry.to_owned(), rounded(hit.score)));
        }
    }
    lines
}
