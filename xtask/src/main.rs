//! Repository tasks, run as `cargo xtask <task>`. One file each; see `USAGE`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool speaks to its terminal")]

mod bench;
mod check;
mod machine;
mod postgres;
mod shell;
mod test;
mod tidy;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask <task>

  test [--without-postgres] [--without-browser] [ARGUMENTS FOR THE RUNNER]
               make the machine ready, start a private PostgreSQL, run every test
  check        formatting, lints, tidy, test: what a change must pass
  tidy         the rules of the house that no compiler holds
  bench [NAME [ARGUMENTS]]
               run one benchmark in release mode; without a name, list them";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let task = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let outcome = match task.as_str() {
        "test" => test::run_all(&rest),
        "check" => check::run_all(&rest),
        "tidy" => tidy::run(),
        "bench" => bench::run_named(&rest),
        "" | "help" | "-h" | "--help" => {
            println!("{USAGE}");
            Ok(())
        }
        other => Err(format!("there is no task `{other}`\n\n{USAGE}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("xtask: {reason}");
            ExitCode::FAILURE
        }
    }
}
