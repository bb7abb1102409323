//! Signatures of requests to S3-compatible storage: AWS Signature Version 4, over the header.

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ring::{digest, hmac};

/// Who signs, for where.
#[derive(Clone)]
pub(super) struct Credentials {
    pub(super) access_key: String,
    pub(super) secret_key: String,
    pub(super) region: String,
}

/// A request to be signed. Header names are in lower case and sorted.
pub(super) struct Signed<'a> {
    pub(super) method: &'a str,
    /// The path, percent-encoded.
    pub(super) path: &'a str,
    pub(super) headers: &'a [(&'a str, String)],
    pub(super) payload_hash: &'a str,
    pub(super) at: Timestamp,
}

/// SHA-256, hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(digest::digest(&digest::SHA256, bytes).as_ref())
}

/// `20130524T000000Z`.
pub(super) fn stamp(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn keyed(key: &[u8], text: &str) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text.as_bytes()).as_ref().to_vec()
}

/// The value of the `Authorization` header.
pub(super) fn authorization(credentials: &Credentials, request: &Signed<'_>) -> String {
    let Credentials { access_key, secret_key, region } = credentials;
    let stamp = stamp(request.at);
    let day = stamp.get(..8).unwrap_or_default();
    let names: Vec<&str> = request.headers.iter().map(|(name, _)| *name).collect();
    let names = names.join(";");
    let headers: String =
        request.headers.iter().map(|(name, value)| format!("{name}:{}\n", value.trim())).collect();
    let (method, path, payload) = (request.method, request.path, request.payload_hash);
    let canonical = format!("{method}\n{path}\n\n{headers}\n{names}\n{payload}");
    let scope = format!("{day}/{region}/s3/aws4_request");
    let text = format!("AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{}", sha256(canonical.as_bytes()));
    let key = keyed(format!("AWS4{secret_key}").as_bytes(), day);
    let key = keyed(&keyed(&keyed(&key, region), "s3"), "aws4_request");
    let signature = HEXLOWER.encode(&keyed(&key, &text));
    format!("AWS4-HMAC-SHA256 Credential={access_key}/{scope}, SignedHeaders={names}, Signature={signature}")
}
