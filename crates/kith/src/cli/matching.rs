//! `kith match`: duplicates in a file of companies or people, found by the engine that watches over the accounts.

use std::path::{Path, PathBuf};

use clap::Args;
use kith_engine::Threads;
use kith_match::find::find;
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::matching::{File, Plan, clusters, pairs, waterfalls};
use crate::progress;
use crate::render::{Column, pairs as lines, table as rows_of};
use crate::screen::Screen;

/// Parts of the progress.
const PARTS: f64 = 1_000.0;

/// Find duplicates in a CSV file of companies or people
///
/// Nothing needs to be labelled: the columns are told by their headers and values, the model is learned from the file.
/// Acts on files alone; no data directory is opened.
#[derive(Debug, Args)]
pub struct Match {
    /// CSV file with a header
    file: PathBuf,
    /// Second file: only pairs across the two are looked for
    #[arg(long, value_name = "FILE")]
    link: Option<PathBuf>,
    /// Column that names the rows [default: id or `rec_id` where its values differ, else the number of the row from 1]
    #[arg(long, value_name = "COLUMN")]
    id: Option<String>,
    /// Columns to compare [default: found by headers and values]
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    columns: Vec<String>,
    /// File for the pairs: left, right, probability, weight
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// File for the clusters: id, cluster
    #[arg(long, value_name = "FILE")]
    clusters: Option<PathBuf>,
    /// Least probability of a pair
    #[arg(long, default_value_t = 0.5, value_parser = share)]
    threshold: f64,
    /// Print what each comparison adds, for the N strongest pairs
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "20")]
    explain: Option<usize>,
}

fn share(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|number| *number > 0.0 && *number < 1.0);
    number.ok_or_else(|| "a number between 0 and 1, for example 0.5".to_owned())
}

/// Whether two paths are one file, now or once it is written; devices take what is written to them twice.
fn is_one_file(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other && one.is_file(),
        (Err(_), Err(_)) => one == other,
        _ => false,
    }
}

impl Match {
    /// What is written takes the place of no file that is read, nor of what else is written.
    fn check_places(&self) -> Result<(), Failure> {
        let read = [Some(&self.file), self.link.as_ref()].into_iter().flatten();
        for input in read {
            for output in [Some(&self.out), self.clusters.as_ref()].into_iter().flatten() {
                if is_one_file(input, output) {
                    return Err(Failure::Usage(format!(
                        "{}: what is found would take the place of the file that is read; name another",
                        output.display()
                    )));
                }
            }
        }
        match &self.clusters {
            Some(clusters) if is_one_file(&self.out, clusters) => {
                let what = "pairs and clusters need a file each";
                Err(Failure::Usage(format!("{}: {what}", clusters.display())))
            }
            _ => Ok(()),
        }
    }

    pub(crate) fn run(&self, screen: Screen) -> Result<(), Failure> {
        self.check_places()?;
        let first = File::read(&self.file)?;
        let second = self.link.as_deref().map(File::read).transpose()?;
        let id = self.id.as_deref();
        let mut names = first.names(id)?;
        if let Some(second) = &second {
            names.extend(second.names(id)?);
        }
        let plan = Plan::of(&first, second.as_ref(), id, &self.columns)?;
        let threads = Threads::default();
        let table = plan.table(&first, second.as_ref(), &threads)?;
        drop((first, second));
        let bar = progress::bar(Some(PARTS as u64), "matching");
        let found = find(&table, self.threshold, &threads, &|done| bar.set_position((done * PARTS) as u64));
        bar.finish_and_clear();
        pairs(&self.out, &found.pairs, &names)?;
        if let Some(path) = &self.clusters {
            clusters(path, &found, &names)?;
        }
        let compared: Vec<Value> = plan
            .columns()
            .map(|(header, kind)| json!({"column": header, "kind": kind.to_string()}))
            .collect();
        let report = json!({
            "records": table.rows(),
            "compared": found.blocks.pairs(),
            "pairs": found.pairs.len(),
            "clusters": found.clusters.groups().count(),
            "columns": compared,
            "rules": found.blocks.rules().iter().map(|rule| rule.name(&table)).collect::<Vec<_>>(),
            "blocks_dropped": found.blocks.dropped(),
        });
        screen.show_value(&report, draw)?;
        match self.explain {
            Some(count) if !screen.json => screen.line(waterfalls(&table, &found, &names, count).trim_end()),
            _ => Ok(()),
        }
    }
}

fn draw(report: &Value) -> String {
    let mut head = report.clone();
    if let Some(members) = head.as_object_mut() {
        members.retain(|name, _| name != "columns" && name != "rules");
    }
    let columns = report["columns"].as_array().cloned().unwrap_or_default();
    format!("{}\n{}", lines(&head), rows_of(&[Column::of("column"), Column::of("kind")], &columns))
}
