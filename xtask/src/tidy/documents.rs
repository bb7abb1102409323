//! Documents name things that exist.

use super::TextFile;

/// Documents that lead a reader through the source: each path in them must be there.
const MAPS: [&str; 5] =
    ["ARCHITECTURE.md", "CONTRIBUTING.md", "STYLE.md", "docs/adding-a-command.md", "docs/adding-a-metric.md"];
const COVERAGE: &str = "docs/coverage.md";

/// Paths and tests that documents name and the repository does not have.
pub(super) fn faults(files: &[TextFile], exists: impl Fn(&str) -> bool) -> Vec<String> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| MAPS.contains(&&*file.path)) {
        for (at, path) in quoted(&file.text).filter_map(|(at, word)| Some((at, source_path(word)?))) {
            if !exists(&path) {
                faults.push(format!("{}:{at}: {path} does not exist", file.path));
            }
        }
    }
    let coverage = files.iter().find(|file| file.path == COVERAGE);
    faults.extend(coverage.into_iter().flat_map(|coverage| uncovered(coverage, files)));
    faults
}

/// Rows of the coverage table (`| S0.01 | … |`) without a test, or with one that is nowhere.
/// A test is named `path/of/file.rs::name`, between backticks.
fn uncovered(coverage: &TextFile, files: &[TextFile]) -> Vec<String> {
    let mut faults = Vec::new();
    for (at, row) in coverage.text.lines().enumerate().map(|(at, row)| (at + 1, row)) {
        let named: Vec<(&str, &str)> = quoted(row).filter_map(|(_, word)| word.split_once(".rs::")).collect();
        let is_requirement =
            row.strip_prefix("| S").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if is_requirement && named.is_empty() {
            faults.push(format!("{COVERAGE}:{at}: names no test (`path/of/file.rs::name`)"));
        }
        for (path, test) in named {
            let declared = format!("fn {test}(");
            let there = files.iter().any(|file| {
                file.path.strip_suffix(".rs").is_some_and(|known| known == path)
                    && file.text.contains(&declared)
            });
            if !there {
                faults.push(format!("{COVERAGE}:{at}: {path}.rs has no test {test}"));
            }
        }
    }
    faults
}

/// What stands between single backticks, with its line.
fn quoted(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate();
    lines.flat_map(|(at, line)| line.split('`').skip(1).step_by(2).map(move |word| (at + 1, word)))
}

/// The path from the root, if the word is one of a crate's source that can be looked up: `kith-store/src/unit.rs`.
/// `…/<noun>.rs` and `*` stand for many and are left alone.
fn source_path(word: &str) -> Option<String> {
    if word.contains(['<', '*', '…', ' ', '{']) || !word.contains('/') {
        return None;
    }
    let word = word.split("::").next().unwrap_or(word).trim_end_matches('/');
    if word.starts_with("crates/") || word.starts_with("xtask/") || word.starts_with("docs/") {
        return Some(word.to_owned());
    }
    let (package, rest) = word.split_once('/')?;
    let ours = package == "kith" || package.starts_with("kith-");
    let source = rest.starts_with("src") || rest.starts_with("tests");
    (ours && source).then(|| format!("crates/{word}"))
}
