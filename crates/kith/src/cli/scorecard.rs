//! `kith scorecard`: cards learned from files, and the company's own versions.

mod kept;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use kith_risk::RiskClass;
use kith_risk::scorecard::{Card, Measures, Training, measures, train};
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::matching::File;
use crate::render::{Column, pairs as lines, table as rows_of};
use crate::scorecard::{Outcome, columns, places, read_card, scores, write_card};
use crate::screen::Screen;

/// Scorecards: learned from a file of the past, kept as versions, put in force for the accounts
///
/// `train` with --out and `score` with --model act on files alone; no data directory is opened.
#[derive(Debug, Subcommand)]
pub enum Scorecard {
    /// Learn a card from rows whose outcome is known
    ///
    /// Numbers and words are told apart, columns that name rows or tell nothing are left out. With --out the card is a
    /// file, and what is missing is a bin of its own; without, it is kept as the next version of the company's scorecard.
    Train(Train),
    /// Score every row of a file
    Score(Score),
    /// Train the next version from the history of the accounts
    Learn {
        /// Days in which accounts turned out, 30 to 365 [default: 180]
        #[arg(long, value_name = "DAYS")]
        outcome_days: Option<u16>,
    },
    /// List the versions
    List,
    /// Show a version with its bins
    Get {
        /// Its number
        version: u64,
    },
    /// Put a version in force, or the expert card again; becomes a red change
    Activate {
        /// Its number, or `expert`
        version: String,
        /// Why, for those who approve it
        #[arg(long)]
        reason: Option<String>,
        /// Key under which a repetition is known [default: a new one]
        #[arg(long, value_name = "KEY")]
        key: Option<String>,
    },
}

/// What to learn from.
#[derive(Debug, Args)]
pub struct Train {
    /// CSV file with a header
    file: PathBuf,
    /// Column that tells how each row turned out
    #[arg(long, value_name = "COLUMN")]
    target: String,
    /// Its value that is bad [default: known by its word: bad, default, 1, true, yes …]
    #[arg(long, value_name = "VALUE")]
    bad: Option<String>,
    /// File for the card, JSON [default: keep it as a version]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Rows that the card has not seen, to judge it by
    #[arg(long, value_name = "FILE", requires = "out")]
    test: Option<PathBuf>,
    /// What is missing is a bin of its own, and no fault, in a version that is kept
    #[arg(long, conflicts_with = "out")]
    missing_bin: bool,
    /// Columns to leave out, such as what was only known afterwards
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    exclude: Vec<String>,
}

/// What to score.
#[derive(Debug, Args)]
pub struct Score {
    /// CSV file with a header
    file: PathBuf,
    /// Card made by `kith scorecard train --out`
    #[arg(long, value_name = "FILE", required_unless_present = "version", conflicts_with = "version")]
    model: Option<PathBuf>,
    /// Version of the company's scorecard
    #[arg(long, value_name = "NUMBER")]
    version: Option<u64>,
    /// File for the scores
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Column that names the rows [default: id, `rec_id` or row, if there is one]
    #[arg(long, value_name = "COLUMN", conflicts_with = "version")]
    id: Option<String>,
}

impl Scorecard {
    /// Whether it acts on files alone.
    pub(crate) fn is_of_files(&self) -> bool {
        match self {
            Self::Train(wanted) => wanted.out.is_some(),
            Self::Score(wanted) => wanted.model.is_some(),
            Self::Learn { .. } | Self::List | Self::Get { .. } | Self::Activate { .. } => false,
        }
    }

    pub(crate) fn run(&self, screen: Screen) -> Result<(), Failure> {
        let usage = || Failure::Usage("this command acts on the company's scorecard".to_owned());
        match self {
            Self::Train(wanted) => wanted.run(wanted.out.as_deref().ok_or_else(usage)?, screen),
            Self::Score(wanted) => wanted.run(wanted.model.as_deref().ok_or_else(usage)?, screen),
            Self::Learn { .. } | Self::List | Self::Get { .. } | Self::Activate { .. } => Err(usage()),
        }
    }
}

impl Train {
    fn run(&self, out: &Path, screen: Screen) -> Result<(), Failure> {
        let file = File::read(&self.file)?;
        let outcome = Outcome::of(&file, &self.target, self.bad.as_deref())?;
        let mut columns = columns(&file, outcome.column, &self.exclude)?;
        let (rows, bad): (Vec<usize>, Vec<bool>) = outcome.known().unzip();
        for column in &mut columns {
            column.texts = rows.iter().filter_map(|row| column.texts.get(*row).copied()).collect();
        }
        let target = file.headers().get(outcome.column).map_or("", String::as_str);
        let training = train(&columns, &bad, target, &outcome.bad).map_err(|little| {
            Failure::Here(format!(
                "{}: {} good and {} bad rows; {} of each are needed at least",
                self.file.display(),
                little.good,
                little.bad,
                little.least
            ))
        })?;
        let tested = self.test.as_ref().map(|path| self.judge(path, &training.card)).transpose()?;
        write_card(out, &training.card)?;
        screen.show_value(&report(&training, tested, outcome.unknown()), draw_training)
    }

    /// Judges the card by a file that it has not seen.
    fn judge(&self, path: &PathBuf, card: &Card) -> Result<Measures, Failure> {
        let file = File::read(path)?;
        let outcome = Outcome::of(&file, &self.target, Some(&card.bad))?;
        let places = places(&file, card)?;
        let judged = |(row, bad)| {
            let text = |at: usize| places.get(at).map_or("", |place| file.column(*place).get(row));
            (card.score(text).probability, bad)
        };
        let ranked: Vec<(f64, bool)> = outcome.known().map(judged).collect();
        measures(&ranked)
            .ok_or_else(|| Failure::Here(format!("{}: all rows turned out the same", path.display())))
    }
}

impl Score {
    fn run(&self, model: &Path, screen: Screen) -> Result<(), Failure> {
        let card = read_card(model)?;
        let file = File::read(&self.file)?;
        let told = scores(&self.out, &file, &card, self.id.as_deref())?;
        let classes = RiskClass::ALL.iter().zip(told.classes);
        let classes: serde_json::Map<String, Value> =
            classes.map(|(class, count)| (class.to_string(), count.into())).collect();
        let strange = card.variables.iter().zip(told.not_understood).filter(|(_, count)| *count > 0);
        let strange: Vec<Value> = strange
            .map(|(variable, count)| json!({"column": variable.name, "not_understood": count}))
            .collect();
        let report = json!({"rows": file.rows(), "classes": classes, "not_understood": strange});
        screen.show_value(&report, draw_scores)
    }
}

/// What information value means.
fn strength(iv: f64) -> &'static str {
    match iv {
        ..0.02 => "useless",
        ..0.1 => "weak",
        ..0.3 => "medium",
        ..=0.5 => "strong",
        _ => "suspicious",
    }
}

fn report(training: &Training, tested: Option<Measures>, unknown: usize) -> Value {
    let card = &training.card;
    let variables: Vec<Value> = card
        .variables
        .iter()
        .map(|variable| {
            let points = || variable.bins.iter().map(|bin| bin.points);
            json!({
                "column": variable.name,
                "iv": rounded(variable.iv),
                "strength": strength(variable.iv),
                "bins": variable.bins.len(),
                "points_from": rounded(points().fold(f64::INFINITY, f64::min)),
                "points_to": rounded(points().fold(f64::NEG_INFINITY, f64::max)),
            })
        })
        .collect();
    let left_out: Vec<Value> = training
        .left_out
        .iter()
        .map(|(name, cause, iv)| json!({"column": name, "cause": cause, "iv": iv.map(rounded)}))
        .collect();
    let mut judged = vec![told("trained", &card.trained), told("cross-validated", &card.validated)];
    judged.extend(tested.as_ref().map(|tested| told("test", tested)));
    json!({
        "target": card.target,
        "bad": card.bad,
        "rows_without_outcome": unknown,
        "measures": judged,
        "variables": variables,
        "left_out": left_out,
    })
}

fn told(on: &str, measures: &Measures) -> Value {
    json!({
        "on": on,
        "rows": measures.rows,
        "bad": measures.bad,
        "auc": rounded(measures.auc),
        "gini": rounded(measures.gini),
        "ks": rounded(measures.ks),
        "brier": rounded(measures.brier),
    })
}

/// To four decimals.
fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

fn table_of(report: &Value, member: &str, columns: &[&str]) -> String {
    let rows = report[member].as_array().cloned().unwrap_or_default();
    let columns: Vec<Column> = columns.iter().map(|name| Column::of(name)).collect();
    if rows.is_empty() { String::new() } else { format!("\n{}", rows_of(&columns, &rows)) }
}

fn draw_training(report: &Value) -> String {
    let head = json!({"target": report["target"], "bad": report["bad"],
        "rows without outcome": report["rows_without_outcome"]});
    let mut out = lines(&head);
    out.push_str(&table_of(report, "measures", &["on", "rows", "bad", "auc", "gini", "ks", "brier"]));
    let variable = ["column", "iv", "strength", "bins", "points_from", "points_to"];
    out.push_str(&table_of(report, "variables", &variable));
    out.push_str(&table_of(report, "left_out", &["column", "cause", "iv"]));
    out
}

fn draw_scores(report: &Value) -> String {
    let mut head = json!({"rows": report["rows"]});
    for (class, count) in report["classes"].as_object().into_iter().flatten() {
        head[format!("class {class}")] = count.clone();
    }
    let mut out = lines(&head);
    out.push_str(&table_of(report, "not_understood", &["column", "not_understood"]));
    out
}
