//! A provider that is asked over HTTP: an address with places for number, name and country, and where in the JSON of the
//! answer each thing stands.

use std::collections::BTreeMap;
use std::fmt;
use std::fmt::Write as _;
use std::time::Duration;

use serde_json::Value;
use ureq::Agent;

use super::extract::extract;
use super::file::flat;
use super::{Down, Extract, Provider, ProviderKind, Query};

/// Longest answer that is read.
const ANSWER_BYTES_MAX: u64 = 1 << 20;

/// Somebody on the network.
#[derive(Clone)]
pub struct HttpProvider {
    name: String,
    url: String,
    headers: Vec<(String, String)>,
    /// By our name (`number`, `name`, `status`, `country`, `as_of`) the JSON Pointer in the answer.
    fields: BTreeMap<String, String>,
    agent: Agent,
}

impl fmt::Debug for HttpProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Headers hold secrets.
        f.debug_struct("HttpProvider")
            .field("name", &self.name)
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

impl HttpProvider {
    /// A provider at an address with `{number}`, `{name}` and `{country}` in it.
    ///
    /// # Errors
    /// What is wrong, in a few words.
    pub fn new(
        name: &str,
        url: &str,
        headers: Vec<(String, String)>,
        fields: BTreeMap<String, String>,
        timeout_ms: u64,
    ) -> Result<Self, &'static str> {
        if !url.starts_with("https://") && !url.starts_with("http://") {
            return Err("the url is no http(s):// address");
        }
        if !["{number}", "{name}"].iter().any(|place| url.contains(place)) {
            return Err("the url has no place for {number} or {name}");
        }
        let known = ["number", "name", "status", "country", "as_of"];
        if fields.iter().any(|(name, place)| !known.contains(&name.as_str()) || !place.starts_with('/')) {
            return Err("fields are number, name, status, country and as_of, each a JSON Pointer");
        }
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_millis(timeout_ms.clamp(1, 60_000))))
            .max_redirects(0)
            .build()
            .new_agent();
        Ok(Self { name: name.to_owned(), url: url.to_owned(), headers, fields, agent })
    }
}

impl Provider for HttpProvider {
    fn name(&self) -> &str {
        &self.name
    }

    fn look_up(&self, query: &Query) -> Result<Option<Extract>, Down> {
        let down = |why: String| Down(format!("{}: {why}", self.name));
        if self.url.contains("{number}") && query.number.is_none() {
            return Ok(None);
        }
        let url = self
            .url
            .replace("{number}", &encoded(query.number.as_deref().unwrap_or_default()))
            .replace("{name}", &encoded(&query.name))
            .replace("{country}", &encoded(query.country.as_deref().unwrap_or_default()));
        let mut request = self.agent.get(&url).header("accept", "application/json");
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let mut answer = request.call().map_err(|error| down(error.to_string()))?;
        match answer.status().as_u16() {
            200 => {}
            404 => return Ok(None),
            status => return Err(down(format!("it answered {status}"))),
        }
        let text = answer.body_mut().with_config().limit(ANSWER_BYTES_MAX).read_to_string();
        let text = text.map_err(|error| down(error.to_string()))?;
        let value: Value =
            serde_json::from_str(&text).map_err(|error| down(format!("its answer is no JSON: {error}")))?;
        Ok(Some(self.read(&value)))
    }
}

impl HttpProvider {
    fn read(&self, value: &Value) -> Extract {
        let mut fields = flat(value);
        for (name, place) in &self.fields {
            let said = value.pointer(place).filter(|said| !said.is_null());
            let text = said.map(|said| said.as_str().map_or_else(|| said.to_string(), str::to_owned));
            match text {
                Some(text) => fields.insert(name.clone(), text),
                None => fields.remove(name),
            };
        }
        let mut found = extract(ProviderKind::Vat, fields);
        // What the file names counts, whatever else of that meaning the answer has.
        if let Some(name) = found.fields.get("name").filter(|_| self.fields.contains_key("name")) {
            found.name = Some(name.clone());
        }
        if let Some(number) = found.fields.get("number").filter(|_| self.fields.contains_key("number")) {
            found.number = Some(number.clone());
        }
        found
    }
}

/// A text as it stands in a URL (RFC 3986).
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").unwrap_or_default();
        }
    }
    out
}
