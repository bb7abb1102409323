//! A bucket of S3-compatible storage.

use std::fmt;
use std::io;
use std::time::Duration;

use jiff::Timestamp;
use ureq::Agent;
use ureq::http::{Request, Response, Uri};

use super::sign::{Credentials, Signed, authorization, sha256, stamp};

/// Longest answer that is read: a file of the largest size, sealed.
const ANSWER_BYTES_MAX: u64 = 64 << 20;

/// A bucket, and who may use it.
#[derive(Clone)]
pub struct Bucket {
    agent: Agent,
    /// `http(s)://host[:port]`.
    endpoint: String,
    host: String,
    /// `/bucket` or `/bucket/prefix`, or `/prefix` where the host names the bucket.
    base: String,
    credentials: Credentials,
}

impl fmt::Debug for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The keys are secrets.
        f.debug_struct("Bucket")
            .field("endpoint", &self.endpoint)
            .field("base", &self.base)
            .finish_non_exhaustive()
    }
}

/// The address of a bucket, or its keys, cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BucketError(&'static str);

impl fmt::Display for BucketError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for BucketError {}

impl Bucket {
    /// The bucket at `s3://bucket[/prefix][?endpoint=https://host:port&region=eu-central-1]`. Without an endpoint it is
    /// the one of the region at Amazon.
    ///
    /// # Errors
    /// [`BucketError`] when the address is none.
    pub fn new(url: &str, access_key: &str, secret_key: &str) -> Result<Self, BucketError> {
        let rest =
            url.strip_prefix("s3://").ok_or(BucketError("expected an address such as s3://bucket/prefix"))?;
        let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
        let place = place.trim_end_matches('/');
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._/".contains(&byte);
        if place.is_empty() || place.starts_with('/') || !place.bytes().all(allowed) || place.contains("..") {
            return Err(BucketError("the bucket and its prefix are letters, digits, -, ., _ and /"));
        }
        if access_key.is_empty() || secret_key.is_empty() {
            return Err(BucketError("set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"));
        }
        let (mut region, mut endpoint) = ("us-east-1".to_owned(), None);
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            match name {
                "region" => region = value.to_owned(),
                "endpoint" => endpoint = Some(value.replace("%3A", ":").replace("%2F", "/")),
                _ => return Err(BucketError("known parameters are endpoint and region")),
            }
        }
        let endpoint = endpoint.unwrap_or_else(|| format!("https://s3.{region}.amazonaws.com"));
        let endpoint = endpoint.trim_end_matches('/').to_owned();
        let uri: Uri = endpoint.parse().map_err(|_| BucketError("the endpoint is no http(s):// address"))?;
        let host = uri.authority().map(ToString::to_string).filter(|_| uri.scheme().is_some());
        let host = host.ok_or(BucketError("the endpoint is no http(s):// address"))?;
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(120)))
            .max_redirects(0)
            .build()
            .new_agent();
        let credentials =
            Credentials { access_key: access_key.to_owned(), secret_key: secret_key.to_owned(), region };
        Ok(Self { agent, endpoint, host, base: format!("/{place}"), credentials })
    }

    fn send(&self, method: &str, name: &str, body: &[u8]) -> io::Result<Response<ureq::Body>> {
        let path = format!("{}/{name}", self.base);
        let (at, payload_hash) = (Timestamp::now(), sha256(body));
        let headers = [
            ("host", self.host.clone()),
            ("x-amz-content-sha256", payload_hash.clone()),
            ("x-amz-date", stamp(at)),
        ];
        let signed = Signed { method, path: &path, headers: &headers, payload_hash: &payload_hash, at };
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.endpoint))
            .header("authorization", authorization(&self.credentials, &signed));
        for (name, value) in headers.iter().skip(1) {
            request = request.header(*name, value);
        }
        let sent = if method == "PUT" {
            self.agent.run(request.body(body).map_err(io::Error::other)?)
        } else {
            self.agent.run(request.body(()).map_err(io::Error::other)?)
        };
        sent.map_err(io::Error::other)
    }

    /// An answer that says neither yes nor no.
    fn odd(&self, response: &Response<ureq::Body>) -> io::Error {
        io::Error::other(format!("{} answered with status {}", self.host, response.status().as_u16()))
    }

    pub(super) fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let response = self.send("PUT", name, bytes)?;
        if response.status().is_success() { Ok(()) } else { Err(self.odd(&response)) }
    }

    pub(super) fn get(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        let mut response = self.send("GET", name, &[])?;
        match response.status().as_u16() {
            200 => {
                let body = response.body_mut().with_config().limit(ANSWER_BYTES_MAX).read_to_vec();
                body.map(Some).map_err(io::Error::other)
            }
            404 => Ok(None),
            _ => Err(self.odd(&response)),
        }
    }

    pub(super) fn holds(&self, name: &str) -> io::Result<bool> {
        let response = self.send("HEAD", name, &[])?;
        match response.status().as_u16() {
            200 => Ok(true),
            404 => Ok(false),
            _ => Err(self.odd(&response)),
        }
    }

    pub(super) fn remove(&self, name: &str) -> io::Result<()> {
        let response = self.send("DELETE", name, &[])?;
        match response.status().as_u16() {
            200..=299 | 404 => Ok(()),
            _ => Err(self.odd(&response)),
        }
    }
}
