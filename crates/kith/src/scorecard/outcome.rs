//! How rows turned out: the column that says so, and which of its values is bad.

use kith_risk::scorecard::bad_value;

use crate::failure::Failure;
use crate::matching::File;

/// The outcomes of a file.
#[derive(Debug)]
pub(crate) struct Outcome {
    /// The place of the column.
    pub(crate) column: usize,
    /// The value that is bad.
    pub(crate) bad: String,
    /// By row; `None` where it is not known.
    rows: Vec<Option<bool>>,
}

impl Outcome {
    /// Reads the outcomes. Without a value that is bad, one is known by its word.
    pub(crate) fn of(file: &File, target: &str, bad: Option<&str>) -> Result<Self, Failure> {
        let column = file.demand(target)?;
        let texts = file.column(column).iter().map(AsRef::as_ref);
        let bad = bad_value(texts, bad).map_err(|values| {
            let why = match bad {
                Some(bad) => format!("no row has `{bad}` in column `{target}`"),
                None => format!("which value of column `{target}` is bad? name it with --bad"),
            };
            Failure::Here(format!("{why}; its values: {values}"))
        })?;
        let bad = bad.to_owned();
        let outcome = |text: &str| (!text.is_empty()).then(|| text == bad);
        let rows = file.column(column).iter().map(outcome).collect();
        Ok(Self { column, bad, rows })
    }

    /// The rows that turned out, and how.
    pub(crate) fn known(&self) -> impl Iterator<Item = (usize, bool)> {
        self.rows.iter().enumerate().filter_map(|(row, bad)| Some((row, (*bad)?)))
    }

    /// How many rows have no outcome.
    pub(crate) fn unknown(&self) -> usize {
        self.rows.iter().filter(|bad| bad.is_none()).count()
    }
}
