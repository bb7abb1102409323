//! The file that says how mail leaves.

use std::fmt;
use std::path::Path;

use lettre::message::Mailbox;
use serde::Deserialize;

use super::{Mailer, Route, smtp};

/// The file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailError(pub String);

impl fmt::Display for MailError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for MailError {}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Described {
    from: String,
    #[serde(default)]
    reply_to: Option<String>,
    public_url: String,
    #[serde(default)]
    smtp: Option<Server>,
    #[serde(default)]
    folder: Option<String>,
}

/// A mail server as the file describes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Server {
    pub(super) host: String,
    #[serde(default)]
    pub(super) port: Option<u16>,
    #[serde(default)]
    pub(super) tls: Tls,
    #[serde(default)]
    pub(super) user: Option<String>,
    #[serde(default)]
    pub(super) password: Option<String>,
    #[serde(default)]
    pub(super) timeout_ms: Option<u64>,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // It holds a password.
        f.debug_struct("Server").field("host", &self.host).field("port", &self.port).finish_non_exhaustive()
    }
}

/// How a connection is encrypted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Tls {
    /// From the first byte on; port 465.
    Implicit,
    /// Asked for and insisted on before anything is said; port 587.
    #[default]
    Starttls,
    /// Not at all: to a server on this machine; port 25.
    None,
}

impl Mailer {
    /// Reads the file's text; a folder in it is under `folder`. A password `env:NAME` is the value of a variable.
    ///
    /// # Errors
    /// [`MailError`] with the first thing that cannot be used.
    pub fn read(
        text: &str,
        folder: &Path,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, MailError> {
        let described: Described =
            serde_json::from_str(text).map_err(|error| MailError(format!("the file: {error}")))?;
        let mailbox = |member: &str, text: &str| {
            text.parse::<Mailbox>().map_err(|_| MailError(format!("{member}: {text:?} is no mail address")))
        };
        let from = mailbox("from", &described.from)?;
        let reply_to = described.reply_to.as_deref().map(|text| mailbox("reply_to", text)).transpose()?;
        let public_url = described.public_url.trim_end_matches('/').to_owned();
        if !public_url.starts_with("https://") && !public_url.starts_with("http://") {
            return Err(MailError("public_url is no http(s):// address".to_owned()));
        }
        let route = match (described.smtp, described.folder) {
            (Some(server), None) => smtp::route(server, variable)?,
            (None, Some(name)) => Route::Folder(folder.join(name)),
            _ => return Err(MailError("expected either smtp or a folder".to_owned())),
        };
        Ok(Self { from, reply_to, public_url, route })
    }
}
