//! Cards as JSON, scores as CSV.

use std::fmt::Write as _;
use std::path::Path;

use kith_risk::scorecard::Card;

use super::places;
use crate::failure::Failure;
use crate::matching::{File, cell, write};

/// Reasons in a row of scores.
const REASONS: usize = 4;
/// Headers that name the rows, beside those that duplicates know.
const ROW: &str = "row";

/// Writes a card.
pub(crate) fn write_card(path: &Path, card: &Card) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(card).map_err(|error| Failure::Here(error.to_string()))?;
    std::fs::write(path, text).map_err(|error| Failure::file(path, &error))
}

/// Reads a card and checks it.
pub(crate) fn read_card(path: &Path) -> Result<Card, Failure> {
    let fault = |what: String| Failure::Here(format!("{}: {what}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| Failure::file(path, &error))?;
    let card: Card =
        serde_json::from_str(&text).map_err(|error| fault(format!("this is no scorecard: {error}")))?;
    card.check().map_err(|unreadable| fault(unreadable.0))?;
    Ok(card)
}

/// What the rows of a file brought: how many of each class, and texts that were not understood by variable.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) classes: [u64; 6],
    pub(crate) not_understood: Vec<u64>,
}

/// Scores every row: the column that names it, if there is one, then `score,probability,class,reason_1…reason_4`.
pub(crate) fn scores(path: &Path, file: &File, card: &Card, id: Option<&str>) -> Result<Told, Failure> {
    let places = places(file, card)?;
    let id = match id {
        Some(header) => Some(file.demand(header)?),
        None => file.row_name().or_else(|| file.find(ROW)),
    };
    let mut header = String::new();
    if let Some(id) = id.and_then(|id| file.headers().get(id)) {
        cell(id, &mut header);
        header.push(',');
    }
    header.push_str("score,probability,class");
    (1..=REASONS).for_each(|number| header.push_str(&format!(",reason_{number}")));
    let mut told = Told { classes: [0; 6], not_understood: vec![0; card.variables.len()] };
    write(path, &header, 0..file.rows(), |row, line| {
        let text = |at: usize| places.get(at).map_or("", |place| file.column(*place).get(row));
        let scored = card.score(text);
        if let Some(count) = told.classes.get_mut(scored.class as usize) {
            *count += 1;
        }
        for at in &scored.not_understood {
            if let Some(count) = told.not_understood.get_mut(*at) {
                *count += 1;
            }
        }
        if let Some(id) = id {
            cell(file.column(id).get(row), line);
            line.push(',');
        }
        write!(line, "{:.2},{:.8},{}", scored.points, scored.probability, scored.class)?;
        for number in 0..REASONS {
            line.push(',');
            if let Some(reason) = scored.reasons.get(number) {
                cell(&format!("{}: {}", reason.variable, reason.bin), line);
            }
        }
        Ok(())
    })?;
    Ok(told)
}
