//! Where a command acts: a running server, or a data directory.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;
use kith_connect::archive::{Archive, Bucket};
use kith_engine::{Engine, Mailer, Providers, Settings};
use kith_store::{Fault, Location};

use crate::door::{Door, Local, Remote};
use crate::failure::Failure;

/// The data directory when nothing is said.
const DATA: &str = "kith-data";

/// Where a command acts.
#[derive(Debug, Clone, Default, Args)]
pub struct Place {
    /// Address of a running server
    #[arg(long, global = true, env = "KITH_URL", value_name = "URL", help_heading = "Where")]
    pub url: Option<String>,
    /// Token of who acts
    #[arg(
        long,
        global = true,
        env = "KITH_TOKEN",
        value_name = "TOKEN",
        hide_env_values = true,
        help_heading = "Where"
    )]
    pub token: Option<String>,
    /// Data directory [default: ./kith-data]
    #[arg(long, global = true, env = "KITH_DATA", value_name = "DIR", help_heading = "Where")]
    pub data: Option<PathBuf>,
    /// PostgreSQL database; the data directory then holds the secrets
    #[arg(
        long,
        global = true,
        env = "KITH_DATABASE_URL",
        value_name = "URL",
        hide_env_values = true,
        help_heading = "Where"
    )]
    pub database_url: Option<String>,
    /// Business day to stand on instead of today's, for the replay of old records
    #[arg(long, global = true, value_name = "DATE", help_heading = "Where")]
    pub today: Option<Date>,
}

/// An empty variable of the environment is one that is not set.
fn filled(text: Option<&String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty()).cloned()
}

impl Place {
    /// The directory of the data, or of the secrets where the data is in PostgreSQL.
    #[must_use]
    pub fn dir(&self) -> PathBuf {
        self.data.clone().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or_else(|| DATA.into())
    }

    /// The store on this machine or in a database.
    #[must_use]
    pub fn location(&self) -> Location {
        match filled(self.database_url.as_ref()) {
            Some(url) => Location::Postgres { url, dir: self.dir() },
            None => Location::Sqlite(self.dir()),
        }
    }

    /// The running server, if one was named.
    #[must_use]
    pub fn server(&self) -> Option<String> {
        filled(self.url.as_ref())
    }

    /// The token of who acts, if one was given.
    #[must_use]
    pub fn bearer(&self) -> Option<String> {
        filled(self.token.as_ref())
    }

    pub(super) fn settings(&self) -> Settings {
        Settings { today: self.today, ..Settings::default() }
    }

    /// Opens the store here.
    pub(super) async fn engine(&self) -> Result<Engine, Failure> {
        let (location, settings) = (self.location(), self.settings());
        let opened = tokio::task::spawn_blocking(move || Engine::open(&location, settings)).await;
        let opened = opened.map_err(|error| Failure::Here(format!("opening broke off: {error}")))?;
        let engine = opened.map_err(|fault| Failure::store(&self.dir(), &fault))?;
        if let Some(archive) = archive()? {
            engine.keep_documents_in(archive);
        }
        engine.ask_providers(providers(&self.dir())?);
        if let Some(mailer) = mailer(&self.dir())? {
            engine.send_mail_by(mailer);
        }
        if std::env::var("KITH_WEBHOOKS_PRIVATE").is_ok_and(|said| said.trim() == "allow") {
            engine.call_private_addresses();
        }
        // A founding that broke off leaves a store without an organisation.
        if engine.organisation().exists() {
            Ok(engine)
        } else {
            Err(Failure::store(&self.dir(), &Fault::Absent))
        }
    }

    /// Opens the door: to the server if one was named, else to the store here.
    ///
    /// # Errors
    /// [`Failure`] when the address is none, or the store cannot be opened.
    pub async fn door(&self) -> Result<Door, Failure> {
        if let Some(url) = self.server() {
            return Ok(Door::Remote(Remote::new(&url, self.bearer())?));
        }
        let engine = self.engine().await?;
        // Without a server to do it, whoever comes first on a day opens it: windows end today.
        engine.open_day().await?;
        Ok(Door::Local(Local::new(engine, self.bearer())))
    }

    /// Refuses a server: the command acts on the store itself.
    pub(super) fn here_only(&self, command: &str) -> Result<(), Failure> {
        match self.server() {
            Some(url) => Err(Failure::Usage(format!(
                "`kith {command}` acts on a data directory, not through {url}: run it on that machine without KITH_URL, after the server was stopped"
            ))),
            None => Ok(()),
        }
    }
}

/// A file that a variable names, or that lies in the data directory under its usual name; with the folder that it is in.
fn named_file(dir: &Path, variable: &str, usual: &str) -> Result<Option<(PathBuf, String)>, Failure> {
    let named = std::env::var_os(variable).filter(|path| !path.is_empty()).map(PathBuf::from);
    let path = named.clone().unwrap_or_else(|| dir.join(usual));
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Some((path, text))),
        Err(error) if named.is_none() && error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::file(&path, &error)),
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Who can be asked about companies: the file that `KITH_PROVIDERS` names, else `providers.json` in the data directory.
fn providers(dir: &Path) -> Result<Providers, Failure> {
    let Some((path, text)) = named_file(dir, "KITH_PROVIDERS", "providers.json")? else {
        return Ok(Providers::default());
    };
    let read = Providers::read(&text, path.parent().unwrap_or(dir), &variable);
    read.map_err(|error| Failure::Here(format!("{}: {error}", path.display())))
}

/// By which way mail leaves: the file that `KITH_MAIL` names, else `mail.json` in the data directory. Without one it waits.
fn mailer(dir: &Path) -> Result<Option<Mailer>, Failure> {
    let Some((path, text)) = named_file(dir, "KITH_MAIL", "mail.json")? else { return Ok(None) };
    let read = Mailer::read(&text, path.parent().unwrap_or(dir), &variable);
    read.map(Some).map_err(|error| Failure::Here(format!("{}: {error}", path.display())))
}

/// Where the files of documents are kept, if `KITH_DOCUMENTS_URL` names a bucket: the data directory else.
fn archive() -> Result<Option<Archive>, Failure> {
    let named = |name: &str| std::env::var(name).unwrap_or_default();
    let url = named("KITH_DOCUMENTS_URL");
    if url.is_empty() {
        return Ok(None);
    }
    let bucket = Bucket::new(&url, &named("AWS_ACCESS_KEY_ID"), &named("AWS_SECRET_ACCESS_KEY"));
    let bucket = bucket.map_err(|error| Failure::Usage(format!("KITH_DOCUMENTS_URL: {error}")))?;
    Ok(Some(Archive::Bucket(Box::new(bucket))))
}
