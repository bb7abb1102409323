//! Names screened against a list: names a second on one core, recall and hits a name, beside rapidfuzz in the same run.
#![expect(
    clippy::print_stdout,
    clippy::panic,
    clippy::expect_used,
    reason = "a program for the console, which may break off"
)]

use std::fs::File;
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use kith_screen::entry::Entry;
use kith_screen::index::Memory;
use kith_screen::kind::Kind;
use kith_screen::list::List;
use kith_screen::name::Name;
use kith_screen::score::{MATCH, names};
use kith_screen::screen::{Query, Screener};
use kith_testkit::measure::{Arguments, grouped, load, seconds};

const USAGE: &str = "\
cargo xtask bench screen --list sdn.csv[,alt.csv] --queries ALIASES.csv [--pairs PAIRS.csv] [--entries 20000] [--python PYTHON]

ALIASES.csv has a header with alias_name, ent_num and sdn_type: names whose entry is known. The list is filled up to so many
entries with made ones, whose words are those of the list in other combinations. PAIRS.csv has name1, name2, is_match and schema. With --python, an
interpreter that has rapidfuzz, the same names go through its Jaro-Winkler cdist on one core as well, with the threshold that
gives as many hits.";

/// A name with the entry that it belongs to.
struct Alias {
    name: String,
    entry: String,
    kind: Kind,
}

fn main() -> std::io::Result<()> {
    let arguments = Arguments::read(USAGE);
    let mut list = List::default();
    for file in arguments.list::<PathBuf>("list", "") {
        list.add(&mut BufReader::new(File::open(&file)?))
            .unwrap_or_else(|broken| panic!("{}: {broken}", file.display()));
    }
    let mut entries = list.finish().unwrap_or_else(|reason| panic!("{reason}"));
    fill(&mut entries, arguments.get("entries", 20_000));
    let aliases = aliases(&arguments.get("queries", PathBuf::new()));
    let begin = Instant::now();
    let screener = Screener::new(entries);
    let made = seconds(begin.elapsed());
    println!(
        "{} entries, indexed in {made:.2} s; load of the machine {}",
        grouped(screener.entries().len()),
        load()
    );
    let hits = ours(&screener, &aliases);
    if let Some(pairs) = Some(arguments.get("pairs", PathBuf::new())).filter(|path| path.exists()) {
        judge(&pairs);
    }
    let python: String = arguments.get("python", String::new());
    if !python.is_empty() {
        rapidfuzz(&python, &screener, &aliases, hits)?;
    }
    Ok(())
}

/// Screens every name on one core; gives the hits a name.
fn ours(screener: &Screener, aliases: &[Alias]) -> f64 {
    let mut memory = Memory::default();
    let (mut found, mut hits) = (0_usize, 0_usize);
    let begin = Instant::now();
    for alias in aliases {
        let query = Query { names: vec![alias.name.clone()], kind: alias.kind, ..Query::default() };
        let matches = screener.find(&query, MATCH, &mut memory);
        hits += matches.len();
        found += usize::from(matches.iter().any(|hit| screener.entries()[hit.entry].id == alias.entry));
    }
    let (wall, count) = (seconds(begin.elapsed()), aliases.len() as f64);
    let (recall, each) = (found as f64 / count, hits as f64 / count);
    println!("kith       {:>8.0} names/s  recall {recall:.4}  hits a name {each:.2}", count / wall);
    each
}

/// Precision, recall and F1 over labelled pairs.
fn judge(path: &Path) {
    let mut reader = csv::Reader::from_path(path).expect("the pairs");
    let header = reader.headers().expect("a header").clone();
    let column = |name: &str| {
        header.iter().position(|known| known == name).unwrap_or_else(|| panic!("no column {name}"))
    };
    let (left, right, truth, schema) =
        (column("name1"), column("name2"), column("is_match"), column("schema"));
    let (mut both, mut said, mut true_ones) = (0.0_f64, 0.0_f64, 0.0_f64);
    for row in reader.records().map(|row| row.expect("a row")) {
        let kind = Kind::parse(&row[schema]);
        let is_said = names(&Name::new(&row[left], kind), &Name::new(&row[right], kind)) >= MATCH;
        let is_true = &row[truth] == "true";
        both += f64::from(u8::from(is_said && is_true));
        said += f64::from(u8::from(is_said));
        true_ones += f64::from(u8::from(is_true));
    }
    let (precision, recall) = (both / said, both / true_ones);
    let f1 = 2.0 * precision * recall / (precision + recall);
    println!("pairs      precision {precision:.3}  recall {recall:.3}  F1 {f1:.3}");
}

fn rapidfuzz(python: &str, screener: &Screener, aliases: &[Alias], hits: f64) -> std::io::Result<()> {
    let dir = tempfile::tempdir()?;
    let write = |name: &str, lines: &mut dyn Iterator<Item = (String, String)>| -> std::io::Result<PathBuf> {
        let path = dir.path().join(name);
        let mut out = File::create(&path)?;
        for (id, name) in lines {
            writeln!(out, "{id}\t{}", name.replace(['\t', '\n'], " "))?;
        }
        Ok(path)
    };
    let named = |entry: &Entry| -> Vec<(String, String)> {
        entry.names.iter().map(|alias| (entry.id.clone(), alias.text.clone())).collect()
    };
    let listed = write("list.tsv", &mut screener.entries().iter().flat_map(named))?;
    let asked =
        write("queries.tsv", &mut aliases.iter().map(|alias| (alias.entry.clone(), alias.name.clone())))?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/bin/bench-screen.py");
    let told = Command::new(python).arg(script).arg(listed).arg(asked).arg(hits.to_string()).output()?;
    println!("{}{}", String::from_utf8_lossy(&told.stdout).trim_end(), String::from_utf8_lossy(&told.stderr));
    Ok(())
}

fn aliases(path: &Path) -> Vec<Alias> {
    let mut reader = csv::Reader::from_path(path).expect("the queries");
    let header = reader.headers().expect("a header").clone();
    let column = |name: &str| {
        header.iter().position(|known| known == name).unwrap_or_else(|| panic!("no column {name}"))
    };
    let (name, entry, kind) = (column("alias_name"), column("ent_num"), column("sdn_type"));
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.map(|row| Alias {
        name: row[name].to_owned(),
        entry: row[entry].to_owned(),
        kind: Kind::parse(&row[kind]),
    })
    .collect()
}

/// Fills a list up: entry `n` takes the first word of one name and the others of another.
fn fill(entries: &mut Vec<Entry>, wanted: usize) {
    const STEP: usize = 7_919;
    let real = entries.len();
    for made in 0..wanted.saturating_sub(real) {
        let (one, other) = (made % real, (made * STEP + 1) % real);
        let first = entries[one].caption().split_whitespace().next().unwrap_or_default().to_owned();
        let rest: Vec<String> =
            entries[other].caption().split_whitespace().skip(1).map(ToOwned::to_owned).collect();
        let mut entry = Entry { id: format!("made-{made}"), kind: entries[other].kind, ..Entry::default() };
        entry.add_name(&format!("{first} {}", rest.join(" ")), false);
        entries.push(entry);
    }
}
