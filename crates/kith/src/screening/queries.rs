//! `id,name[,kind,country,birth_date]` in, `query,entry,score,match` out.

use std::num::NonZero;
use std::path::Path;
use std::thread;

use kith_connect::csv::Row;
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
    fn query(&self, row: &Row) -> (String, Query) {
        let id = cell(row, self.id);
        let id = if id.is_empty() { row.number.to_string() } else { id.to_owned() };
        let list = |at: Option<usize>| cell(row, at).split([';', '|']);
        let query = Query {
            names: vec![cell(row, Some(self.name)).to_owned()],
            kind: Kind::parse(cell(row, self.kind)),
            countries: list(self.country).filter_map(kith_screen::country::code).collect(),
            birth: Years::parse(cell(row, self.birth)),
            identifiers: list(self.identifier).filter_map(identifier).collect(),
        };
        (id, query)
    }
}

/// A line of the result.
type Line = (String, String, f64);

/// Screens every row and tells what was found. Rows without a name are told and make the command fail after all others are
/// done: nobody may take them for clear.
pub(crate) fn screen(
    screener: &Screener,
    path: &Path,
    out: Option<&Path>,
    threshold: f64,
) -> Result<Value, Failure> {
    let mut rows = Rows::open(path)?;
    let columns = Columns {
        name: rows.demand(NAME)?,
        id: rows.find(ID),
        kind: rows.find(KIND),
        country: rows.find(COUNTRY),
        birth: rows.find(BIRTH),
        identifier: rows.find(IDENTIFIER),
    };
    let mut out = Out::open(out)?;
    out.row(["query", "entry", "score", "match"])?;
    let bar = progress::bar(None, "screening");
    let mut memories: Vec<Memory> =
        (0..thread::available_parallelism().map_or(1, NonZero::get)).map(|_| Memory::default()).collect();
    let (mut queries, mut hits, mut matches, mut nameless) = (0_u64, 0_u64, 0_u64, 0_u64);
    loop {
        let mut batch = Vec::with_capacity(BATCH);
        while batch.len() < BATCH {
            let Some(row) = rows.next()? else { break };
            if cell(&row, Some(columns.name)).is_empty() {
                tell(&format!("row {}: no name; not screened", row.number));
                nameless += 1;
                continue;
            }
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
    if nameless > 0 {
        return Err(Failure::Here(format!(
            "{nameless} rows have no name and were not screened; the others were"
        )));
    }
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
