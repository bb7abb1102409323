//! Mail out: to a mail server over SMTP, or into a folder as files. Which of them is said in a file of JSON, `mail.json` in the
//! data directory:
//!
//! ```json
//! {"from": "Northwind Freight <service@northwind.example>", "public_url": "https://kith.northwind.example",
//!  "smtp": {"host": "mail.northwind.example", "port": 587, "tls": "starttls", "user": "kith", "password": "env:KITH_SMTP_PASSWORD"}}
//! ```
//!
//! or `"folder": "outbox"` in the place of `smtp`. Nothing is said to a server that does not offer the encryption that the file
//! asks for, and no log has the password.

mod config;
mod smtp;

use std::fmt;
use std::path::PathBuf;

use lettre::message::header::ContentType;
use lettre::message::{Mailbox, MessageBuilder};
use lettre::{Message, SmtpTransport};

pub use config::MailError;

/// How mail leaves.
#[derive(Clone)]
pub struct Mailer {
    from: Mailbox,
    reply_to: Option<Mailbox>,
    public_url: String,
    route: Route,
}

#[derive(Clone)]
enum Route {
    Smtp { transport: SmtpTransport, told: String },
    Folder(PathBuf),
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The transport holds a password.
        f.debug_struct("Mailer").field("route", &self.told()).finish_non_exhaustive()
    }
}

/// A mail as it is handed over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Post {
    /// The mail's id: its message id is made of it, so that one that comes twice is seen to be one.
    pub id: String,
    /// The address.
    pub to: String,
    /// The name of who reads it.
    pub name: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
}

/// A mail did not leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undelivered {
    /// Why, in one word: `smtp_450`, `address`, `unreachable`, `folder`.
    pub code: String,
    /// What was answered. It may name addresses.
    pub answer: String,
    /// Another try would fail the same way.
    pub permanent: bool,
}

impl Undelivered {
    fn new(code: &str, answer: impl fmt::Display, permanent: bool) -> Self {
        Self { code: code.to_owned(), answer: answer.to_string(), permanent }
    }
}

impl Mailer {
    /// Whether a mail goes into a folder, and not to a server.
    #[must_use]
    pub fn is_folder(&self) -> bool {
        matches!(self.route, Route::Folder(_))
    }

    /// Where mail goes, for people: the server's name and port, or the folder.
    #[must_use]
    pub fn told(&self) -> String {
        match &self.route {
            Route::Smtp { told, .. } => told.clone(),
            Route::Folder(folder) => folder.display().to_string(),
        }
    }

    /// Who writes, as the reader sees it.
    #[must_use]
    pub fn from(&self) -> String {
        self.from.to_string()
    }

    /// The address of a path of ours, as somebody outside opens it.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    /// Hands a mail over. Waits for the server's word.
    ///
    /// # Errors
    /// [`Undelivered`] when it did not leave.
    pub fn deliver(&self, post: &Post) -> Result<(), Undelivered> {
        let message = self.message(post)?;
        match &self.route {
            Route::Smtp { transport, .. } => smtp::send(transport, &message),
            Route::Folder(folder) => write(folder, &post.id, &message.formatted()),
        }
    }

    fn message(&self, post: &Post) -> Result<Message, Undelivered> {
        let wrong = |error: &dyn fmt::Display| Undelivered::new("address", error, true);
        let address = post.to.parse().map_err(|error| wrong(&error))?;
        let name = Some(post.name.trim().to_owned()).filter(|name| !name.is_empty());
        let host = self.from.email.domain();
        let mut builder: MessageBuilder = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(name, address))
            .subject(post.subject.replace(['\r', '\n'], " "))
            .message_id(Some(format!("<{}@{host}>", post.id)))
            .header(ContentType::TEXT_PLAIN);
        if let Some(reply_to) = &self.reply_to {
            builder = builder.reply_to(reply_to.clone());
        }
        builder.body(post.text.clone()).map_err(|error| wrong(&error))
    }
}

/// Written whole, or not at all.
fn write(folder: &std::path::Path, id: &str, bytes: &[u8]) -> Result<(), Undelivered> {
    let failed = |error: std::io::Error| Undelivered::new("folder", error, false);
    std::fs::create_dir_all(folder).map_err(failed)?;
    let (part, whole) = (folder.join(format!(".{id}.part")), folder.join(format!("{id}.eml")));
    std::fs::write(&part, bytes).map_err(failed)?;
    std::fs::rename(&part, &whole).map_err(failed)
}

#[cfg(test)]
mod tests;
