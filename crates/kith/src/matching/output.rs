//! What was found, as CSV files and as waterfalls.

use std::fmt::Write as _;
use std::io::{BufWriter, Write};
use std::path::Path;

use kith_match::explain::explain;
use kith_match::find::Found;
use kith_match::score::{Pair, probability};
use kith_match::table::Table;

use crate::failure::Failure;

/// Writes the pairs: `left,right,probability,weight`.
pub(crate) fn pairs(path: &Path, pairs: &[Pair], names: &[String]) -> Result<(), Failure> {
    write(path, "left,right,probability,weight", pairs.iter(), |pair, line| {
        cell(&names[pair.left as usize], line);
        line.push(',');
        cell(&names[pair.right as usize], line);
        write!(line, ",{:.6},{:.4}", pair.probability(), pair.weight)
    })
}

/// Writes the cluster of every row: `id,cluster`, clusters numbered from 1 in the order of their first rows.
pub(crate) fn clusters(path: &Path, found: &Found, names: &[String]) -> Result<(), Failure> {
    let mut numbers = vec![0_u32; names.len()];
    let mut last = 0;
    write(path, "id,cluster", names.iter().enumerate(), |(row, name), line| {
        let number = &mut numbers[found.clusters.cluster(row) as usize];
        if *number == 0 {
            last += 1;
            *number = last;
        }
        cell(name, line);
        write!(line, ",{number}")
    })
}

/// Writes a file of a header and lines.
pub(crate) fn write<T>(
    path: &Path,
    header: &str,
    items: impl Iterator<Item = T>,
    mut draw: impl FnMut(T, &mut String) -> std::fmt::Result,
) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::file(path, &error);
    let mut out = BufWriter::new(std::fs::File::create(path).map_err(failed)?);
    writeln!(out, "{header}").map_err(failed)?;
    let mut line = String::new();
    for item in items {
        line.clear();
        draw(item, &mut line).map_err(|_| Failure::Here("a line could not be drawn".to_owned()))?;
        writeln!(out, "{line}").map_err(failed)?;
    }
    out.flush().map_err(failed)
}

/// A cell, in quotes where it needs them.
pub(crate) fn cell(text: &str, line: &mut String) {
    if text.contains([',', '"', '\n', '\r']) {
        line.push('"');
        line.push_str(&text.replace('"', "\"\""));
        line.push('"');
    } else {
        line.push_str(text);
    }
}

/// The strongest pairs with what each comparison added.
pub(crate) fn waterfalls(table: &Table, found: &Found, names: &[String], count: usize) -> String {
    let mut strongest: Vec<&Pair> = found.pairs.iter().collect();
    strongest.sort_by(|one, other| other.weight.total_cmp(&one.weight));
    let mut out = String::new();
    for pair in strongest.into_iter().take(count) {
        let (left, right) = (pair.left as usize, pair.right as usize);
        let told = explain(table, &found.plan, &found.model, left, right);
        out.push_str(&format!("\n{} = {}\n", names[left], names[right]));
        out.push_str(&format!("  {:>8.2}  before anything is compared\n", told.prior));
        for step in &told.steps {
            let values = if step.left == step.right {
                step.left.clone()
            } else {
                format!("{} | {}", step.left, step.right)
            };
            out.push_str(&format!("  {:>+8.2}  {}: {} ({values})\n", step.weight, step.label, step.level));
        }
        out.push_str(&format!("  {:>8.2}  probability {:.4}\n", told.weight, probability(told.weight)));
        if (told.weight - f64::from(pair.weight)).abs() > 0.01 {
            out.push_str(&format!(
                "  {:>8.2}  through others of the cluster, probability {:.4}\n",
                pair.weight,
                pair.probability()
            ));
        }
    }
    out
}
