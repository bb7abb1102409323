//! The file that says which providers there are.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;

use super::{FileProvider, HttpProvider, ProviderKind, Providers};

/// Milliseconds that a provider may take, unless the file says otherwise.
const TIMEOUT_MS: u64 = 5_000;

/// The file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvidersError(pub String);

impl fmt::Display for ProvidersError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ProvidersError {}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    providers: Vec<Described>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Described {
    name: String,
    kind: ProviderKind,
    #[serde(default)]
    file: Option<String>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    fields: BTreeMap<String, String>,
    #[serde(default)]
    timeout_ms: Option<u64>,
}

impl Providers {
    /// Reads the file's text; file names in it are under `folder`. A header `env:NAME` is the value of a variable.
    ///
    /// # Errors
    /// [`ProvidersError`] with the first thing that cannot be used, by the name of its provider.
    pub fn read(
        text: &str,
        folder: &Path,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, ProvidersError> {
        let listed: Listed =
            serde_json::from_str(text).map_err(|error| ProvidersError(format!("the file: {error}")))?;
        let mut all = Self::default();
        for described in listed.providers {
            let name = described.name.clone();
            let wrong = |why: &str| ProvidersError(format!("the provider {name}: {why}"));
            match (&described.file, &described.url) {
                (Some(file), None) => {
                    let provider = FileProvider::new(&name, described.kind, folder.join(file));
                    all.add(described.kind, Arc::new(provider));
                }
                (None, Some(url)) => {
                    let mut headers = Vec::new();
                    for (header, value) in &described.headers {
                        let value = match value.strip_prefix("env:") {
                            Some(named) => variable(named)
                                .ok_or_else(|| wrong(&format!("the variable {named} is not set")))?,
                            None => value.clone(),
                        };
                        headers.push((header.clone(), value));
                    }
                    let timeout = described.timeout_ms.unwrap_or(TIMEOUT_MS);
                    let fields = described.fields.clone();
                    let provider = HttpProvider::new(&name, url, headers, fields, timeout).map_err(wrong)?;
                    all.add(described.kind, Arc::new(provider));
                }
                _ => return Err(wrong("expected either a file or a url")),
            }
        }
        Ok(all)
    }
}
