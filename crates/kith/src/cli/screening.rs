//! `kith screen`: names against sanctions and PEP lists, on files alone.

use std::path::{Path, PathBuf};

use clap::Args;
use kith_screen::score;
use serde_json::Value;

use crate::failure::Failure;
use crate::render::pairs as lines;
use crate::screen::{Screen, tell};
use crate::screening::{read_lists, score_pairs, screen_queries};

/// Screen names against sanctions and PEP lists, or score pairs of names
///
/// Acts on files alone; no data directory is opened. Lists are read from their public formats, told by their content, packed
/// with gzip or not: OFAC (sdn.csv with alt.csv and add.csv, sdn.xml, sdn_advanced.xml), UN and EU consolidated XML, UK CSV and XML,
/// FollowTheMoney JSON lines and targets.simple.csv of OpenSanctions, or any CSV with id and name.
/// Hits from 0.50 on are written; `match` says whether the score reaches the threshold.
#[derive(Debug, Args)]
pub struct ScreenFiles {
    /// CSV file of queries: id, name, and if known kind, country, `birth_date`, identifier
    #[arg(required_unless_present = "pairs", conflicts_with = "pairs")]
    queries: Option<PathBuf>,
    /// Files of the lists
    #[arg(long, value_name = "FILE", num_args = 1.., required_unless_present = "pairs", conflicts_with = "pairs")]
    list: Vec<PathBuf>,
    /// CSV file of pairs to score instead: left, right, and if known kind
    #[arg(long, value_name = "FILE")]
    pairs: Option<PathBuf>,
    /// File for the result: query, entry, score, match; for pairs their columns, score, match [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Score from which on a hit is a match
    #[arg(long, default_value_t = score::MATCH, value_parser = share)]
    threshold: f64,
}

fn share(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|number| *number > 0.0 && *number <= 1.0);
    number.ok_or_else(|| "a number above 0 and up to 1, for example 0.7".to_owned())
}

/// Whether two paths are one file.
fn is_same(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| path.canonicalize().ok();
    one == other || whole(one).zip(whole(other)).is_some_and(|(one, other)| one == other)
}

impl ScreenFiles {
    pub(crate) fn run(&self, screen: Screen) -> Result<(), Failure> {
        let out = self.out.as_deref();
        let read = self.list.iter().chain(&self.pairs).chain(&self.queries);
        if let Some(same) = read.into_iter().find(|file| out.is_some_and(|out| is_same(file, out))) {
            return Err(Failure::Usage(format!("--out would overwrite {}", same.display())));
        }
        let report = match (&self.pairs, &self.queries) {
            (Some(pairs), _) => score_pairs(pairs, out, self.threshold)?,
            (None, Some(queries)) => {
                let screener = read_lists(&self.list)?;
                screen_queries(&screener, queries, out, self.threshold)?
            }
            (None, None) => return Err(Failure::Usage("a file of queries or --pairs is needed".to_owned())),
        };
        // Standard output belongs to the rows if they go there.
        if self.out.is_none() {
            tell(lines(&report).trim_end());
            return Ok(());
        }
        screen.show_value(&report, |report: &Value| lines(report))
    }
}
