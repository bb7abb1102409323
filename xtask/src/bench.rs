//! `cargo xtask bench`: the benchmark programs of `kith-testkit`, each `src/bin/bench-<name>.rs`.

use std::path::Path;
use std::process::Command;

use crate::machine;
use crate::postgres::PrivatePostgres;
use crate::shell::{Outcome, cargo, root, run, target};

/// Benchmarks that need a PostgreSQL server; one of their own is started unless one is named.
const AGAINST_POSTGRES: [&str; 1] = ["credit"];
/// The variable that names a server in which databases may be created.
const SERVER: &str = "KITH_TEST_POSTGRES";

const FOLDER: &str = "crates/kith-testkit/src/bin";

/// Runs the named benchmark with the rest of the arguments; without a name, lists what there is.
pub(crate) fn run_named(arguments: &[String]) -> Outcome {
    let programs = programs(&root()?.join(FOLDER))?;
    let Some((name, rest)) = arguments.split_first() else {
        for (name, purpose) in &programs {
            println!("{name:<16} {purpose}");
        }
        return if programs.is_empty() { Err(format!("{FOLDER} holds no benchmark")) } else { Ok(()) };
    };
    if !programs.iter().any(|(known, _)| known == name) {
        let known: Vec<&str> = programs.iter().map(|(known, _)| known.as_str()).collect();
        return Err(format!("there is no benchmark `{name}`; there are: {}", known.join(", ")));
    }
    let program = format!("bench-{name}");
    // Many of them start the program itself: both from one build, side by side.
    let mut build = cargo()?;
    build.args(["build", "--release", "-p", "kith", "-p", "kith-testkit", "--bin", "kith", "--bin"]);
    run(build.arg(&program))?;
    let mut bench = Command::new(target()?.join("release").join(program));
    bench.args(rest);
    if !AGAINST_POSTGRES.contains(&name.as_str()) || std::env::var_os(SERVER).is_some() {
        return run(&mut bench);
    }
    let server = PrivatePostgres::start(&machine::postgres_programs()?)?;
    run(bench.env(SERVER, server.url()))
}

/// Name and purpose (the file's first line) of each benchmark, by name.
fn programs(folder: &Path) -> Outcome<Vec<(String, String)>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let file = entry.file_name();
        let Some(name) = file.to_str().and_then(|file| file.strip_prefix("bench-")?.strip_suffix(".rs"))
        else {
            continue;
        };
        let text = std::fs::read_to_string(entry.path())
            .map_err(|error| format!("{}: {error}", entry.path().display()))?;
        let first = text.lines().next().unwrap_or_default();
        found.push((name.to_owned(), first.trim_start_matches("//!").trim().to_owned()));
    }
    found.sort();
    Ok(found)
}
