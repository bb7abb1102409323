//! How rows turned out: the column that says so, and which of its values is bad.

use crate::failure::Failure;
use crate::matching::File;

/// Values that mean bad where nobody says which does; the first that a column holds.
const BAD: [&str; 12] = [
    "bad",
    "default",
    "defaulted",
    "1",
    "true",
    "yes",
    "y",
    "churned",
    "chgoff",
    "charged off",
    "loss",
    "fraud",
];
/// Values that are shown when none is known to mean bad.
const SHOWN: usize = 10;

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
        let mut values: Vec<&str> = file.column(column).iter().filter(|text| !text.is_empty()).collect();
        values.sort_unstable();
        values.dedup();
        let told = || {
            let shown: Vec<&str> = values.iter().take(SHOWN).copied().collect();
            format!("its values: {}{}", shown.join(", "), if values.len() > SHOWN { ", …" } else { "" })
        };
        let known = match bad {
            Some(bad) => values.iter().find(|value| **value == bad.trim()),
            None if values.len() == 2 => {
                BAD.iter().find_map(|word| values.iter().find(|value| value.eq_ignore_ascii_case(word)))
            }
            None => None,
        };
        let Some(bad) = known.map(|value| (*value).to_owned()) else {
            let why = match bad {
                Some(bad) => format!("no row has `{bad}` in column `{target}`; {}", told()),
                None => format!("which value of column `{target}` is bad? name it with --bad; {}", told()),
            };
            return Err(Failure::Here(why));
        };
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
