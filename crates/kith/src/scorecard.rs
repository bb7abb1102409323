//! Scorecards from plain files: which columns and which outcomes, and the scores as a file.

mod outcome;
mod output;

use kith_risk::scorecard::{Card, Column};

use crate::failure::Failure;
use crate::matching::File;

pub(crate) use outcome::Outcome;
pub(crate) use output::{read_card, scores, write_card};

/// The columns that a card may be learned from: all but the outcome and those that were excluded.
pub(crate) fn columns<'a>(
    file: &'a File,
    target: usize,
    exclude: &[String],
) -> Result<Vec<Column<'a>>, Failure> {
    let excluded = exclude.iter().map(|header| file.demand(header)).collect::<Result<Vec<_>, _>>()?;
    let headers = file.headers().iter().enumerate();
    let wanted = headers.filter(|(at, _)| *at != target && !excluded.contains(at));
    let column = |(at, name): (usize, &'a String)| Column { name, texts: file.column(at).iter().collect() };
    Ok(wanted.map(column).collect())
}

/// The place in a file of each variable of a card.
pub(crate) fn places(file: &File, card: &Card) -> Result<Vec<usize>, Failure> {
    card.variables.iter().map(|variable| file.demand(&variable.name)).collect()
}
