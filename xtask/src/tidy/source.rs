//! What a single file may not hold.

use super::TextFile;

/// Last words of a type's name that say nothing.
const EMPTY_WORDS: [&str; 12] = [
    "Manager",
    "Helper",
    "Helpers",
    "Util",
    "Utils",
    "Common",
    "Data",
    "Info",
    "Service",
    "Processor",
    "Impl",
    "Dto",
];
/// Names whose last word means something in this field; `data` is what CloudEvents calls an event's members.
const MEANT: [&str; 2] = ["AccountManager", "Data"];
/// Files named after nothing.
const EMPTY_FILES: [&str; 6] = ["util.rs", "utils.rs", "helper.rs", "helpers.rs", "common.rs", "misc.rs"];
/// Notes to oneself. Split, so that this file does not hold them.
const LEFTOVERS: [&str; 3] = [concat!("FIX", "ME"), concat!("TO", "DO"), concat!("XX", "X")];
/// Statements of SQL, by how they begin or go on.
const SQL: [&str; 7] = [
    "SELECT ",
    "INSERT INTO ",
    "DELETE FROM ",
    "CREATE TABLE ",
    "ALTER TABLE ",
    "DROP TABLE ",
    " ON CONFLICT ",
];
/// Folders that exist on somebody's machine.
const PRIVATE_FOLDERS: [&str; 6] = ["/home/", "/root/", "/Users/", "/work/", "/workspace/", "/tmp/"];
/// Where packages come from differs from machine to machine; documents name the package.
const REGISTRIES: [&str; 6] = [
    concat!("crates", ".io"),
    concat!("npm", "js.org"),
    concat!("npm", "js.com"),
    concat!("pypi", ".org"),
    concat!("deb.", "debian.org"),
    concat!("python", "hosted.org"),
];

/// Every fault of one file.
pub(super) fn faults(file: &TextFile) -> Vec<String> {
    let mut faults = anywhere(file);
    if file.is_rust() {
        faults.extend(shape(file));
        faults.extend(layers(file));
        faults.extend(names(file));
    }
    faults
}

fn is_test(path: &str) -> bool {
    path.ends_with("tests.rs") || path.contains("/tests/")
}

/// Rules for text of any kind.
fn anywhere(file: &TextFile) -> Vec<String> {
    let path = &file.path;
    let mut faults = Vec::new();
    if path == "Cargo.lock" || path.ends_with(".jsonl") || path.ends_with(".csv") {
        return faults; // Written by cargo, or evidence that we do not edit.
    }
    for (at, line) in file.text.lines().enumerate().map(|(at, line)| (at + 1, line)) {
        for word in LEFTOVERS.iter().filter(|word| has_word(line, word)) {
            faults.push(format!("{path}:{at}: {word} is left over"));
        }
        for host in REGISTRIES.iter().filter(|host| line.contains(*host)) {
            faults.push(format!("{path}:{at}: names the registry {host}; the package's name is enough"));
        }
        let private = PRIVATE_FOLDERS.iter().filter(|folder| is_absolute(line, folder));
        faults.extend(private.map(|folder| format!("{path}:{at}: {folder} is on somebody's machine")));
    }
    faults
}

/// Rules for the shape of a Rust file.
fn shape(file: &TextFile) -> Vec<String> {
    let path = &file.path;
    let mut faults = Vec::new();
    let name = path.rsplit('/').next().unwrap_or_default();
    if name == "mod.rs" {
        faults.push(format!("{path}: the module's file stands beside its folder, not in it"));
    }
    if EMPTY_FILES.contains(&name) {
        faults.push(format!("{path}: named after nothing; name it by its noun"));
    }
    if !file.text.starts_with("//!") && !is_test(path) {
        faults.push(format!("{path}: the first line must say what the file is for (`//! …`)"));
    }
    for (at, line) in file.code() {
        if line.trim_start().starts_with("pub") && line.contains(" use ") && line.contains("::*") {
            faults.push(format!("{path}:{at}: a glob re-export hides what is public"));
        }
        if line.trim_start().starts_with("mod tests {") {
            faults.push(format!("{path}:{at}: tests stand beside the code, in tests.rs"));
        }
    }
    faults
}

/// Rules for what a layer may know.
fn layers(file: &TextFile) -> Vec<String> {
    let path = &file.path;
    let package = file.package();
    let mut faults = Vec::new();
    let no_sql = !["kith-store", "kith-testkit", "xtask"].contains(&package) && !is_test(path);
    let no_axum = !["kith-server", "kith", "kith-testkit", "xtask"].contains(&package) && !is_test(path);
    for (at, line) in file.code() {
        if no_sql && line.contains('"') && SQL.iter().any(|statement| line.contains(statement)) {
            faults.push(format!("{path}:{at}: SQL is written in kith-store and nowhere else"));
        }
        if no_axum && has_word(line, "axum") {
            faults.push(format!("{path}:{at}: axum is known to kith-server and the program alone"));
        }
    }
    faults
}

/// Types are named by what they are.
fn names(file: &TextFile) -> Vec<String> {
    let mut faults = Vec::new();
    for (at, line) in file.code() {
        let Some(name) = declared_type(line) else { continue };
        let word = last_word(name);
        if EMPTY_WORDS.contains(&word) && !MEANT.contains(&name) {
            faults.push(format!("{}:{at}: {name} ends in {word}, which says nothing", file.path));
        }
    }
    faults
}

/// The name that a line declares as a struct, an enum, a trait, a union or an alias.
fn declared_type(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace().skip_while(|word| word.starts_with("pub"));
    if !matches!(words.next()?, "struct" | "enum" | "trait" | "union" | "type") {
        return None;
    }
    let name = words.next()?;
    let end = name.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(name.len());
    name.get(..end).filter(|name| !name.is_empty())
}

/// `LineItem` → `Item`.
fn last_word(name: &str) -> &str {
    name.rfind(char::is_uppercase).and_then(|at| name.get(at..)).unwrap_or(name)
}

fn has_word(line: &str, word: &str) -> bool {
    let inside =
        |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|left| left.chars().next_back());
        let after = line.get(at + word.len()..).and_then(|right| right.chars().next());
        !inside(before) && !inside(after)
    })
}

/// Whether the folder stands there as the beginning of a path, with something in it.
fn is_absolute(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line.get(..at).and_then(|left| left.chars().next_back());
        let after = line.get(at + folder.len()..).and_then(|right| right.chars().next());
        let begins = before.is_none_or(|letter| !letter.is_alphanumeric() && !"/._-~}*>".contains(letter));
        begins && after.is_some_and(|letter| letter.is_alphanumeric() || letter == '.')
    })
}
