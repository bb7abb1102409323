//! `cargo xtask test`: everything that can be tested, on a machine that it makes ready itself.

use std::path::PathBuf;
use std::process::Command;

use crate::machine;
use crate::postgres::PrivatePostgres;
use crate::shell::{Outcome, cargo, run, target, which};

/// Where the tests find a server in which they may create databases.
const POSTGRES: &str = "KITH_TEST_POSTGRES";
const CHROMIUM: &str = "KITH_TEST_CHROMIUM";
const CHROMEDRIVER: &str = "KITH_TEST_CHROMEDRIVER";
/// Where the tests find the program as it was just built.
const BINARY: &str = "KITH_TEST_BINARY";

/// Runs the tests of the workspace; everything but our own two flags goes to the runner.
pub(crate) fn run_all(arguments: &[String]) -> Outcome {
    let ours = ["--without-postgres", "--without-browser"];
    let left_out = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let rest: Vec<&String> = arguments.iter().filter(|argument| !ours.contains(&argument.as_str())).collect();

    // What is missing is said before anything is built.
    let browser = if left_out("--without-browser") { None } else { Some(machine::browser()?) };
    let programs = if left_out("--without-postgres") { None } else { Some(machine::postgres_programs()?) };

    let mut runner = runner()?;
    if !rest.iter().any(|argument| matches!(argument.as_str(), "-p" | "--package")) {
        runner.arg("--workspace");
    }
    runner.args(rest).env(BINARY, build()?);
    // Whatever these said before, this run has its own.
    for name in [POSTGRES, CHROMIUM, CHROMEDRIVER] {
        runner.env_remove(name);
    }
    if let Some(browser) = browser {
        runner.env(CHROMIUM, browser.chromium).env(CHROMEDRIVER, browser.chromedriver);
    }
    // Lives until the runner has ended, however it ends.
    let server = programs.map(|programs| PrivatePostgres::start(&programs)).transpose()?;
    if let Some(server) = &server {
        runner.env(POSTGRES, server.url());
    }
    let outcome = run(&mut runner).map_err(|error| format!("the tests are not green: {error}"));
    drop(server);
    for flag in ours.into_iter().filter(|flag| left_out(flag)) {
        eprintln!("xtask: not everything was tested ({flag})");
    }
    outcome
}

/// nextest if it is there (one process a test, all cores, a summary), else cargo's own.
fn runner() -> Outcome<Command> {
    let mut command = cargo()?;
    if which("cargo-nextest").is_some() {
        command.args(["nextest", "run"]);
    } else {
        command.args(["test", "--no-fail-fast"]);
    }
    Ok(command)
}

/// Builds the program once, before tests that start it, and says where it is.
fn build() -> Outcome<PathBuf> {
    run(cargo()?.args(["build", "-p", "kith", "--bin", "kith"]))?;
    Ok(target()?.join("debug").join("kith"))
}
