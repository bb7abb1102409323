//! Many things as an aligned table.

use serde_json::{Map, Value};

use super::cell::cell;

/// Longest text of a cell.
const CELL_MAX: usize = 60;

/// A column: its title, and where its value is (JSON Pointer).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Title.
    pub title: String,
    /// JSON Pointer into the row.
    pub pointer: String,
}

impl Column {
    /// A column of the member with the name of its title.
    #[must_use]
    pub fn of(name: &str) -> Self {
        Self::at(name, &format!("/{}", name.replace('~', "~0").replace('/', "~1")))
    }

    /// A column of a value anywhere in the row.
    #[must_use]
    pub fn at(title: &str, pointer: &str) -> Self {
        Self { title: title.to_owned(), pointer: pointer.to_owned() }
    }
}

/// A table of these columns; figures stand right, and so do their titles.
#[must_use]
pub fn table(columns: &[Column], rows: &[Value]) -> String {
    let mut drawn: Vec<Vec<String>> = Vec::new();
    let mut widths: Vec<usize> = columns.iter().map(|column| column.title.chars().count()).collect();
    // A column of figures has one at least, and nothing else.
    let mut figures: Vec<Option<bool>> = vec![None; columns.len()];
    for row in rows {
        let mut cells = Vec::with_capacity(columns.len());
        for (place, column) in columns.iter().enumerate() {
            let value = row.pointer(&column.pointer).unwrap_or(&Value::Null);
            let text = shortened(cell(value));
            if let Some(width) = widths.get_mut(place) {
                *width = (*width).max(text.chars().count());
            }
            if let Some(figure) = figures.get_mut(place).filter(|_| !value.is_null()) {
                let is_figure = value.is_number() || super::cell::money(value).is_some();
                *figure = Some(figure.unwrap_or(true) && is_figure);
            }
            cells.push(text);
        }
        drawn.push(cells);
    }
    let titles: Vec<String> = columns.iter().map(|column| column.title.clone()).collect();
    let figures: Vec<bool> = figures.into_iter().map(|figure| figure == Some(true)).collect();
    let mut out = line(&titles, &widths, &figures);
    for cells in &drawn {
        out.push_str(&line(cells, &widths, &figures));
    }
    out
}

/// A table of flat objects whose members are not known beforehand: the leading ones first, the rest as they come.
#[must_use]
pub fn open_table(leading: &[&str], hidden: &[&str], rows: &[Value]) -> String {
    let mut names: Vec<&str> = leading.to_vec();
    for row in rows.iter().filter_map(Value::as_object).flat_map(Map::keys) {
        if !names.contains(&row.as_str()) && !hidden.contains(&row.as_str()) {
            names.push(row);
        }
    }
    let columns: Vec<Column> = names.into_iter().map(Column::of).collect();
    table(&columns, rows)
}

fn line(cells: &[String], widths: &[usize], figures: &[bool]) -> String {
    let mut out = String::new();
    for ((text, width), figure) in cells.iter().zip(widths).zip(figures) {
        if !out.is_empty() {
            out.push_str("  ");
        }
        let padded = if *figure { format!("{text:>width$}") } else { format!("{text:width$}") };
        out.push_str(&padded);
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn shortened(text: String) -> String {
    if text.chars().count() <= CELL_MAX {
        return text;
    }
    let mut short: String = text.chars().take(CELL_MAX - 1).collect();
    short.push('…');
    short
}
