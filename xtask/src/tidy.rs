//! `cargo xtask tidy`, also a test: the rules of the house that no compiler holds. STYLE.md gives each rule's reason.

mod documents;
mod graph;
mod size;
mod source;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::process::Command;

use crate::shell::{Outcome, read, root};

/// A file of the repository that is text.
#[derive(Debug)]
struct TextFile {
    /// From the root, with slashes.
    path: String,
    text: String,
}

/// Checks every rule and prints every fault found.
pub(crate) fn run() -> Outcome {
    let faults = faults(&root()?)?;
    for fault in &faults {
        println!("{fault}");
    }
    if faults.is_empty() { Ok(()) } else { Err(format!("tidy: {} faults", faults.len())) }
}

fn faults(root: &Path) -> Outcome<Vec<String>> {
    let files = files(root)?;
    let mut faults = graph::faults(&graph::packages()?);
    faults.extend(size::faults(&files));
    for file in &files {
        faults.extend(source::faults(file));
    }
    faults.extend(documents::faults(&files, |path| root.join(path).exists()));
    Ok(faults)
}

/// What git tracks or would track; pictures and other bytes are no business of ours.
fn files(root: &Path) -> Outcome<Vec<TextFile>> {
    let mut git = Command::new("git");
    git.current_dir(root).args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let listed = read(&mut git)?;
    let paths = listed.split('\0').filter(|path| !path.is_empty());
    // A file removed but not yet committed is listed and not there.
    let text = |path: &str| std::fs::read_to_string(root.join(path)).ok();
    Ok(paths.filter_map(|path| Some(TextFile { path: path.to_owned(), text: text(path)? })).collect())
}

impl TextFile {
    fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }

    /// The crate under `crates/` that holds the file, or `xtask`.
    fn package(&self) -> &str {
        let path = self.path.strip_prefix("crates/").unwrap_or(&self.path);
        path.split('/').next().unwrap_or_default()
    }

    /// Lines that are no comment, with their numbers from 1.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(at, line)| (at + 1, line));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}
