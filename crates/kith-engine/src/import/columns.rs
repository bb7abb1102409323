//! The columns of a file for people: what each became, how sure that is, what stands in it.

use kith_api::view::{ImportColumn, ImportQuestion};
use kith_connect::map::{SURE, Target};

use super::layout::Layout;

/// Different values shown of a column.
const SAMPLES: usize = 3;

/// What a column became, as it is written in map files.
pub(super) fn name_of(target: &Target) -> String {
    target.name()
}

/// Every column, those without a meaning too, in the order of the file.
pub(super) fn columns(layout: &Layout) -> Vec<ImportColumn> {
    let mapping = &layout.mapping;
    let known = mapping.columns.iter();
    let known = known.map(|column| (column.place, Some(name_of(&column.target)), column.confidence));
    let unmapped = mapping.unmapped.iter().map(|(place, _)| (*place, None, 0));
    let mut all: Vec<_> = known.chain(unmapped).collect();
    all.sort();
    let column = |(place, field, confidence): (usize, Option<String>, u8)| ImportColumn {
        column: layout.header.get(place).cloned().unwrap_or_default(),
        field,
        confidence: f64::from(confidence) / 100.0,
        samples: samples(layout, place),
    };
    all.into_iter().map(column).collect()
}

fn samples(layout: &Layout, place: usize) -> Vec<String> {
    let mut samples: Vec<String> = Vec::new();
    for row in &layout.sample {
        let cell = row.cells.get(place).map_or("", |cell| cell.trim());
        let cell: String = cell.chars().take(60).collect();
        if !cell.is_empty() && !samples.contains(&cell) {
            samples.push(cell);
        }
        if samples.len() == SAMPLES {
            break;
        }
    }
    samples
}

/// The columns that were guessed: a person says whether the guess is right (D§6.3).
pub(super) fn questions(columns: &[ImportColumn]) -> Vec<ImportQuestion> {
    let sure = f64::from(SURE) / 100.0;
    let unsure = columns.iter().filter(|column| column.confidence < sure);
    let asked = unsure.filter_map(|column| {
        let field = column.field.clone()?;
        let message = format!("This column was taken for {field}; name it in a map if that is wrong.");
        Some(ImportQuestion { column: column.column.clone(), field, confidence: column.confidence, message })
    });
    asked.collect()
}
