//! `left,right` in, the same rows with `score,match` out.

use std::path::Path;

use kith_screen::kind::Kind;
use kith_screen::name::Name;
use kith_screen::score::{names, rounded};
use serde_json::{Value, json};

use super::table::{Out, Rows, cell};
use crate::failure::Failure;

const LEFT: &[&str] = &["left", "name1", "namea", "a", "query", "lefname", "leftname"];
const RIGHT: &[&str] = &["right", "name2", "nameb", "b", "candidate", "rightname"];
const KIND: &[&str] = &["schema", "kind", "type"];

/// Scores every pair and tells how many there were.
pub(crate) fn score(path: &Path, out: Option<&Path>, threshold: f64) -> Result<Value, Failure> {
    let mut rows = Rows::open(path)?;
    let (left, right) = (rows.demand(LEFT)?, rows.demand(RIGHT)?);
    let kind = rows.find(KIND);
    let mut header = rows.header();
    let columns = header.len();
    // A file that was scored before is scored anew in its own columns.
    let [score_at, match_at] = ["score", "match"].map(|name| {
        rows.find(&[name]).unwrap_or_else(|| {
            header.push(name.to_owned());
            header.len() - 1
        })
    });
    let mut out = Out::open(out)?;
    out.row(header.iter().map(String::as_str))?;
    let (mut pairs, mut matches) = (0_u64, 0_u64);
    while let Some(mut row) = rows.next()? {
        if row.cells.len() > columns {
            return Err(rows.fault(row.number, &format!("{} cells under {columns} columns", row.cells.len())));
        }
        let kind = Kind::parse(cell(&row, kind));
        let score = rounded(names(
            &Name::new(cell(&row, Some(left)), kind),
            &Name::new(cell(&row, Some(right)), kind),
        ));
        let is_match = score >= threshold;
        row.cells.resize(header.len(), String::new());
        row.cells[score_at] = format!("{score:.4}");
        row.cells[match_at] = is_match.to_string();
        out.row(row.cells.iter().map(String::as_str))?;
        pairs += 1;
        matches += u64::from(is_match);
    }
    out.end()?;
    Ok(json!({"pairs": pairs, "matches": matches, "threshold": threshold}))
}
