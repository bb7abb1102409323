//! What others know of a company: registers, tax authorities, the system of legal entity identifiers, credit bureaus.
//!
//! A provider answers a question with an extract, with nothing, or not at all: [`Down`] is never an answer about the
//! company. Which providers there are is said in a file of JSON, `providers.json` in the data directory:
//!
//! ```json
//! {"providers": [
//!   {"name": "gleif", "kind": "lei", "file": "gleif-golden-copy.csv"},
//!   {"name": "vies", "kind": "vat", "url": "https://example.com/vat/{number}", "fields": {"status": "/valid", "name": "/name"}}
//! ]}
//! ```

mod config;
mod extract;
mod file;
mod http;
mod rating;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use config::ProvidersError;
pub use extract::{alike, name_key};
pub use file::FileProvider;
pub use http::HttpProvider;
pub use rating::Rating;

/// What a provider knows about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProviderKind {
    /// A register of companies.
    Registry,
    /// A tax authority: VAT and other tax numbers.
    Vat,
    /// Legal entity identifiers.
    Lei,
    /// A credit bureau.
    Bureau,
}

/// What is asked: by number where there is one, else by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// The number by which the provider knows the company.
    pub number: Option<String>,
    /// Its name.
    pub name: String,
    /// ISO 3166-1 alpha-2 country, where it is known.
    pub country: Option<String>,
}

/// Whether the company is there, as the provider says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Active, or valid.
    Active,
    /// Not any more, or not valid.
    Inactive,
    /// It does not say.
    Unknown,
}

/// What a provider knows of a company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extract {
    /// The number by which it knows the company.
    pub number: Option<String>,
    /// Its name there.
    pub name: Option<String>,
    /// Whether it is there.
    pub standing: Standing,
    /// Its country.
    pub country: Option<String>,
    /// Everything that the provider said, by the provider's own names.
    pub fields: BTreeMap<String, String>,
    /// As of when.
    pub as_of: Option<String>,
}

/// The provider does not answer, or not in a way that can be read: asked again later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Down(pub String);

impl fmt::Display for Down {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Down {}

/// Somebody who can be asked.
pub trait Provider: fmt::Debug + Send + Sync {
    /// Its name, for the evidence.
    fn name(&self) -> &str;

    /// What it knows of a company; `None` where it knows of none. May take seconds.
    ///
    /// # Errors
    /// [`Down`] when it does not answer.
    fn look_up(&self, query: &Query) -> Result<Option<Extract>, Down>;
}

/// Everybody who can be asked.
#[derive(Debug, Clone, Default)]
pub struct Providers(Vec<(ProviderKind, Arc<dyn Provider>)>);

impl Providers {
    /// Those who know about something, in the order of the file.
    #[must_use]
    pub fn of(&self, kind: ProviderKind) -> Vec<Arc<dyn Provider>> {
        self.0.iter().filter(|(known, _)| *known == kind).map(|(_, provider)| Arc::clone(provider)).collect()
    }

    /// Adds one.
    pub fn add(&mut self, kind: ProviderKind, provider: Arc<dyn Provider>) {
        self.0.push((kind, provider));
    }
}

#[cfg(test)]
mod tests;
