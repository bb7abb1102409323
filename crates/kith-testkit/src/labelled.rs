//! Files whose answer is known: duplicates counted against it.

use std::collections::HashMap;
use std::path::Path;

use kith_connect::csv::{Options, Reader, Row};

/// The answer of a labelled file: the party of each row, by the row's name.
#[derive(Debug)]
pub struct Labelled {
    /// The column that names the rows.
    pub id: String,
    parties: HashMap<String, String>,
    truth: f64,
}

/// How well pairs fit the answer.
#[derive(Debug, Clone, Copy)]
pub struct Quality {
    /// Of the pairs that were given, those that are right.
    pub precision: f64,
    /// Of the pairs that are right, those that were given.
    pub recall: f64,
}

impl Quality {
    /// The harmonic mean of both.
    #[must_use]
    pub fn f1(&self) -> f64 {
        let sum = self.precision + self.recall;
        if sum > 0.0 { 2.0 * self.precision * self.recall / sum } else { 0.0 }
    }
}

impl Labelled {
    /// Reads the answer of a file: a column `cluster` or `true_id`, or Febrl's `rec_id` (`rec-7-dup-1` is of party 7).
    ///
    /// # Panics
    /// If the file cannot be read or holds no answer.
    #[must_use]
    pub fn read(path: &Path) -> Self {
        let (headers, rows) = rows(path);
        let place =
            |names: &[&str]| names.iter().find_map(|name| headers.iter().position(|header| header == name));
        let id = place(&["unique_id", "rec_id", "id"]).unwrap_or_else(|| panic!("{}: no id", path.display()));
        let label = place(&["cluster", "true_id"]);
        let party = |row: &[String]| match label {
            Some(at) => row[at].clone(),
            None => row[id].split('-').nth(1).unwrap_or_default().to_owned(),
        };
        let parties: HashMap<String, String> = rows.iter().map(|row| (row[id].clone(), party(row))).collect();
        let mut sizes: HashMap<&str, f64> = HashMap::new();
        for party in parties.values() {
            *sizes.entry(party).or_default() += 1.0;
        }
        let truth = sizes.values().map(|size| size * (size - 1.0) / 2.0).sum();
        Self { id: headers[id].clone(), parties, truth }
    }

    /// How many rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.parties.len()
    }

    /// Compares a file of pairs (`left,right,probability,…`) from a probability on with the answer.
    ///
    /// # Panics
    /// If the file cannot be read.
    #[must_use]
    pub fn judge(&self, pairs: &Path, least: f64) -> Quality {
        let (_, rows) = rows(pairs);
        let (mut given, mut right) = (0.0, 0.0);
        for row in rows.iter().filter(|row| row[2].parse::<f64>().is_ok_and(|chance| chance >= least)) {
            given += 1.0;
            right += f64::from(u8::from(self.parties.get(&row[0]) == self.parties.get(&row[1])));
        }
        Quality { precision: right / f64::max(given, 1.0), recall: right / f64::max(self.truth, 1.0) }
    }
}

fn rows(path: &Path) -> (Vec<String>, Vec<Vec<String>>) {
    let file = std::fs::File::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut reader =
        Reader::open(file, &Options::default()).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let headers = reader.header().iter().map(|header| header.trim().to_owned()).collect();
    let (mut rows, mut row) = (Vec::new(), Row::default());
    while reader.read_row(&mut row).unwrap_or_else(|error| panic!("{}: {error}", path.display())) {
        rows.push(row.cells.iter().map(|cell| cell.trim().to_owned()).collect());
    }
    (headers, rows)
}
