//! Webhooks: what happened is told to an address of somebody else, signed as Standard Webhooks 1.0.0 says (D§8.3).

mod address;

use std::fmt;
use std::time::Duration;

use data_encoding::BASE64;
use ring::hmac;
use ureq::Agent;
use ureq::unversioned::transport::DefaultConnector;

use address::PublicOnly;

/// How long the other side may take.
const TIMEOUT: Duration = Duration::from_secs(20);
/// What begins a secret.
const SECRET_PREFIX: &str = "whsec_";
/// Fewest and most bytes of a secret.
const SECRET_BYTES: std::ops::RangeInclusive<usize> = 24..=64;

/// One call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Call {
    /// The address.
    pub url: String,
    /// The delivery's id; the same for each try.
    pub id: String,
    /// When this try is made, seconds since 1970.
    pub at_s: i64,
    /// The body, JSON.
    pub body: String,
}

/// It did not arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotDelivered {
    /// Why, in one word: `http_500`, `private_address`, `unreachable`, `secret`.
    pub code: String,
    /// What was answered.
    pub answer: String,
    /// Another try would fail the same way.
    pub permanent: bool,
    /// The address is gone for good and wants no more calls: 410.
    pub gone: bool,
}

impl NotDelivered {
    fn new(code: impl Into<String>, answer: impl fmt::Display, permanent: bool) -> Self {
        let code = code.into();
        Self { gone: code == "http_410", code, answer: answer.to_string(), permanent }
    }
}

/// Makes calls.
#[derive(Debug, Clone)]
pub struct Courier {
    agent: Agent,
}

impl Courier {
    /// One who calls public addresses only, or private ones too where the installation allows that.
    #[must_use]
    pub fn new(allow_private: bool) -> Self {
        // No proxy, whatever the surroundings say: the addresses that are looked at are those that are called.
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(TIMEOUT))
            .max_redirects(0)
            .proxy(None)
            .user_agent("Kith-Webhooks/1")
            .build();
        Self { agent: Agent::with_parts(config, DefaultConnector::default(), PublicOnly::new(allow_private)) }
    }

    /// Makes a call and waits for the answer; gives its status. Only 2xx is a success.
    ///
    /// # Errors
    /// [`NotDelivered`] for every other answer, and for none.
    pub fn deliver(&self, call: &Call, secret: &str) -> Result<u16, NotDelivered> {
        let Some(signature) = signature(secret, call) else {
            return Err(NotDelivered::new("secret", "the secret cannot be read", true));
        };
        let answer = self
            .agent
            .post(&call.url)
            .header("content-type", "application/json")
            .header("webhook-id", &call.id)
            .header("webhook-timestamp", call.at_s.to_string())
            .header("webhook-signature", signature)
            .send(call.body.as_str());
        let status = match answer {
            Ok(answer) => answer.status().as_u16(),
            Err(error) if address::is_private(&error) => {
                return Err(NotDelivered::new("private_address", "the address is not a public one", true));
            }
            Err(error) => return Err(NotDelivered::new("unreachable", error, false)),
        };
        match status {
            200..=299 => Ok(status),
            _ => {
                let again = matches!(status, 408 | 425 | 429 | 500..=599);
                let told = format!("it answered {status}");
                Err(NotDelivered::new(format!("http_{status}"), told, !again))
            }
        }
    }
}

/// `v1,` and the HMAC-SHA256 of id, time and body; nothing where the secret is none.
#[must_use]
pub fn signature(secret: &str, call: &Call) -> Option<String> {
    let bytes = BASE64.decode(secret.strip_prefix(SECRET_PREFIX).unwrap_or(secret).as_bytes()).ok()?;
    if !SECRET_BYTES.contains(&bytes.len()) {
        return None;
    }
    let key = hmac::Key::new(hmac::HMAC_SHA256, &bytes);
    let signed = format!("{}.{}.{}", call.id, call.at_s, call.body);
    Some(format!("v1,{}", BASE64.encode(hmac::sign(&key, signed.as_bytes()).as_ref())))
}

/// A secret as it is shown, of random bytes.
#[must_use]
pub fn secret_of(bytes: &[u8; 32]) -> String {
    format!("{SECRET_PREFIX}{}", BASE64.encode(bytes))
}

#[cfg(test)]
mod tests;
