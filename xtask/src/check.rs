//! `cargo xtask check`: what a change must pass, cheapest first.

use crate::shell::{Outcome, cargo, run};
use crate::{test, tidy};

/// Formatting, lints as errors, the rules of the house, then every test.
pub(crate) fn run_all(arguments: &[String]) -> Outcome {
    run(cargo()?.args(["fmt", "--all", "--check"]))?;
    tidy::run()?;
    run(cargo()?.args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    test::run_all(arguments)
}
