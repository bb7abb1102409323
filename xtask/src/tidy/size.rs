//! Files stay small. What is larger today stands in `xtask/tidy.toml` with its size, which may fall and never rise.

use std::collections::BTreeMap;

use super::TextFile;

/// Lines a file may have.
const LIMIT: usize = 500;
/// Lines the map may have: it is read in one sitting.
const MAP_LIMIT: usize = 300;
const RATCHET: &str = "xtask/tidy.toml";

/// Files over their limit, and entries of the ratchet that are out of date.
pub(super) fn faults(files: &[TextFile]) -> Vec<String> {
    let ratchet = files.iter().find(|file| file.path == RATCHET);
    let (allowed, mut faults) = parse(ratchet.map_or("", |file| &file.text));
    let sizes: BTreeMap<&str, usize> = files
        .iter()
        .filter(|file| counts(&file.path))
        .map(|file| (&*file.path, file.text.lines().count()))
        .collect();
    for (path, lines) in &sizes {
        let limit = if *path == "ARCHITECTURE.md" { MAP_LIMIT } else { LIMIT };
        let limit = allowed.get(*path).copied().unwrap_or(limit);
        if *lines > limit {
            faults.push(format!("{path}: {lines} lines, {limit} are allowed; split it by noun"));
        }
    }
    for (path, limit) in &allowed {
        match sizes.get(path.as_str()) {
            Some(lines) if lines == limit && *lines > LIMIT => {}
            Some(lines) if *lines > LIMIT => {
                if lines < limit {
                    faults.push(format!(
                        "{RATCHET}: {path} has fallen to {lines}; write that instead of {limit}"
                    ));
                }
            }
            _ => faults.push(format!("{RATCHET}: {path} needs no entry any more")),
        }
    }
    faults
}

/// Code, and the map. A stylesheet is one file because a page asks for one.
fn counts(path: &str) -> bool {
    [".rs", ".sql", ".js", ".sh", ".py"].iter().any(|end| path.ends_with(end)) || path == "ARCHITECTURE.md"
}

/// Lines of the form `"path" = number`; anything else but comments is a fault.
fn parse(text: &str) -> (BTreeMap<String, usize>, Vec<String>) {
    let (mut entries, mut faults) = (BTreeMap::new(), Vec::new());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let entry = line.split_once('=').and_then(|(path, lines)| {
            let path = path.trim().strip_prefix('"')?.strip_suffix('"')?;
            Some((path.to_owned(), lines.trim().parse().ok()?))
        });
        match entry {
            Some((path, lines)) => drop(entries.insert(path, lines)),
            None => faults.push(format!("{RATCHET}: `{line}` is not `\"path\" = lines`")),
        }
    }
    (entries, faults)
}
