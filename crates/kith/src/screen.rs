//! Where a command writes: what was asked for to standard output, everything else to standard error.

use std::io::{self, Write};

use serde_json::Value;

use crate::door::Reply;
use crate::failure::Failure;

/// How replies are shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Screen {
    /// Replies are printed as they are.
    pub(crate) json: bool,
}

impl Screen {
    /// Prints a reply: as it is, or drawn for people.
    pub(crate) fn show(self, reply: &Reply, draw: impl FnOnce(&Value) -> String) -> Result<(), Failure> {
        if self.json {
            return self.line(reply.text().trim_end());
        }
        self.line(draw(&reply.json()?).trim_end())
    }

    /// Prints a value made here: as JSON, or drawn for people.
    pub(crate) fn show_value(
        self,
        value: &Value,
        draw: impl FnOnce(&Value) -> String,
    ) -> Result<(), Failure> {
        if self.json { self.line(&value.to_string()) } else { self.line(draw(value).trim_end()) }
    }

    /// Prints a line. A reader that went away (`| head`) is no failure.
    pub(crate) fn line(self, text: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        let written =
            if text.is_empty() { Ok(()) } else { writeln!(out, "{text}").and_then(|()| out.flush()) };
        match written {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(Failure::Here(format!("standard output: {error}")))
            }
            _ => Ok(()),
        }
    }

    /// Tells people something that is not the answer.
    pub(crate) fn note(self, text: &str) {
        if !self.json {
            tell(text);
        }
    }

    /// Prints why a command did not work: a problem document where JSON was asked for, else words.
    pub(crate) fn fail(self, failure: &Failure) {
        match failure {
            Failure::Problem(problem) if self.json => {
                let text = serde_json::to_string(problem).unwrap_or_else(|_| failure.to_string());
                // Nowhere is left to report that standard output cannot be written.
                self.line(&text).unwrap_or_default();
            }
            Failure::Reported => {}
            other => tell(&other.to_string()),
        }
    }
}

/// Writes a line to standard error. If that is closed, nobody listens.
pub(crate) fn tell(text: &str) {
    writeln!(io::stderr().lock(), "{text}").unwrap_or_default();
}
