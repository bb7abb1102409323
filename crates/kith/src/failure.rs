//! Why a command did not work, and the exit code that says so.

use std::fmt;
use std::path::Path;

use kith_api::problem::Problem;
use kith_store::Fault;
use serde_json::Value;

/// Why a command did not work.
#[derive(Debug)]
pub enum Failure {
    /// Kith answered, and said no.
    Problem(Box<Problem>),
    /// The words after `kith` cannot be meant as they stand.
    Usage(String),
    /// It went wrong on this machine: a file, the network, the data directory.
    Here(String),
    /// The report that was shown already says what went wrong.
    Reported,
}

impl Failure {
    /// A file that cannot be read or written.
    #[must_use]
    pub fn file(path: &Path, error: &std::io::Error) -> Self {
        Self::Here(format!("{}: {error}", path.display()))
    }

    /// The store in a directory could not be opened, with what the reader can do about it.
    #[must_use]
    pub fn store(dir: &Path, fault: &Fault) -> Self {
        let what = match fault {
            Fault::Absent => format!(
                "there is no organisation in {}: `kith init` makes one, `--data` names another directory",
                dir.display()
            ),
            Fault::Exists => format!("{} holds an organisation already", dir.display()),
            Fault::InUse => {
                format!(
                    "another kith has {} open: stop it, or ask it with KITH_URL and KITH_TOKEN where the command can",
                    dir.display()
                )
            }
            other => with_cause(other),
        };
        Self::Here(what)
    }

    /// The exit code: 2 for words that cannot be meant, 1 for all else.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Problem(_) | Self::Here(_) | Self::Reported => 1,
        }
    }
}

/// Fails where the report that was shown names something that was refused: in its count, or at one of its items.
///
/// # Errors
/// [`Failure::Reported`].
pub(crate) fn told_refused(report: &Value) -> Result<(), Failure> {
    let counted = report["refused"].as_u64().unwrap_or_default() > 0;
    let items = report["items"].as_array().map(Vec::as_slice).unwrap_or_default();
    if counted || items.iter().any(|item| !item["refusal"].is_null()) {
        Err(Failure::Reported)
    } else {
        Ok(())
    }
}

/// A fault with what lies beneath it.
fn with_cause(fault: &Fault) -> String {
    match std::error::Error::source(fault) {
        Some(cause) => format!("{fault}: {cause}"),
        None => fault.to_string(),
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Problem(Box::new(problem))
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Here(with_cause(&fault))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Problem(problem) => f.write_str(&crate::render::problem(problem)),
            Self::Usage(what) | Self::Here(what) => write!(f, "error: {what}"),
            Self::Reported => Ok(()),
        }
    }
}

impl std::error::Error for Failure {}

#[cfg(test)]
mod tests;
