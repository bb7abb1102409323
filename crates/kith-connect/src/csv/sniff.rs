//! Finding out the delimiter from the first rows.

/// What stands before the header.
pub(super) struct Head {
    /// Bytes of a `sep=;` line, which spreadsheets write, and which is no row of the table.
    pub(super) skip: usize,
    /// The delimiter it names.
    pub(super) delimiter: Option<u8>,
}

/// Rows looked at.
const ROWS: usize = 50;

/// Reads a `sep=` line, if there is one.
pub(super) fn head(sample: &[u8]) -> Head {
    let line = sample.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let text = line.strip_suffix(b"\r").unwrap_or(line);
    let text = text.strip_prefix(b"\"").and_then(|text| text.strip_suffix(b"\"")).unwrap_or(text);
    match text {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter] if delimiter.is_ascii() => {
            Head { skip: (line.len() + 1).min(sample.len()), delimiter: Some(*delimiter) }
        }
        _ => Head { skip: 0, delimiter: None },
    }
}

/// The delimiter that cuts most of the first rows into the same number of cells, greater than one; a comma when
/// none does. Commas inside numbers lose against a `;` that is as regular because the header decides ties.
pub(super) fn delimiter(sample: &[u8]) -> u8 {
    let candidates = [b',', b';', b'\t', b'|'];
    let best = candidates.into_iter().rev().max_by_key(|delimiter| score(sample, *delimiter));
    best.filter(|delimiter| score(sample, *delimiter) > (0, 0)).unwrap_or(b',')
}

/// Share of rows (in thousandths) that have as many cells as the header, then the cells of the header.
fn score(sample: &[u8], delimiter: u8) -> (usize, usize) {
    let counts = cell_counts(sample, delimiter);
    let Some((&header, rows)) = counts.split_first() else { return (0, 0) };
    if header < 2 {
        return (0, 0);
    }
    let agree = rows.iter().filter(|count| **count == header).count();
    (agree.saturating_mul(1000).checked_div(rows.len()).unwrap_or(1000).max(1), header)
}

fn cell_counts(sample: &[u8], delimiter: u8) -> Vec<usize> {
    let (mut counts, mut cells, mut quoted, mut empty) = (Vec::new(), 1, false, true);
    for &byte in sample {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => {
                if !empty {
                    counts.push(cells);
                }
                (cells, empty) = (1, true);
                if counts.len() == ROWS {
                    return counts;
                }
                continue;
            }
            b'\r' => continue,
            _ if byte == delimiter && !quoted => cells += 1,
            _ => {}
        }
        empty = false;
    }
    // The sample may end inside a row: such a row says nothing unless it is the only one.
    if counts.is_empty() && !empty {
        counts.push(cells);
    }
    counts
}
