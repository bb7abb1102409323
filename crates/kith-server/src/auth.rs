//! Who asks: a bearer token, a session cookie, or a caller that the process itself put into the request.

use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use data_encoding::HEXLOWER;
use kith_domain::context::Channel;
use kith_engine::{Caller, Engine};

use crate::reply::Stop;

/// Name of the session cookie.
pub(crate) const COOKIE: &str = "kith_session";

/// The value of a cookie.
pub(crate) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|line| line.split(';')).find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then_some(value)
    })
}

/// The caller of an API request.
pub(crate) async fn caller(engine: &Engine, parts: &Parts) -> Result<Caller, Stop> {
    let correlation = correlation(engine, &parts.headers);
    if let Some(caller) = parts.extensions.get::<Caller>() {
        return Ok(Caller { correlation, ..caller.clone() });
    }
    let unknown = || Stop::new(401, "not_signed_in", "Send a token: Authorization: Bearer kth_….");
    let bearer = parts.headers.get(header::AUTHORIZATION).map(|value| value.to_str().unwrap_or_default());
    let found = match bearer {
        Some(value) => {
            let token = value
                .strip_prefix("Bearer ")
                .or_else(|| value.strip_prefix("bearer "))
                .ok_or_else(unknown)?;
            engine.caller_of_token(token.trim(), Channel::Rest).await?
        }
        None => match cookie(&parts.headers, COOKIE) {
            Some(secret) => {
                same_origin(parts)?;
                engine.caller_of_session(secret).await?
            }
            None => None,
        },
    };
    found.map(|caller| Caller { correlation, ..caller }).ok_or_else(unknown)
}

/// Lets a token in the query stand for the header: for calendars, which can send none.
pub(crate) fn take_token(parts: &mut Parts) {
    let query: Vec<(String, String)> =
        serde_urlencoded::from_str(parts.uri.query().unwrap_or_default()).unwrap_or_default();
    let token = query.into_iter().find(|(name, _)| name == "token").map(|(_, token)| token);
    let header = token.and_then(|token| axum::http::HeaderValue::from_str(&format!("Bearer {token}")).ok());
    if let Some(header) = header.filter(|_| !parts.headers.contains_key(header::AUTHORIZATION)) {
        parts.headers.insert(header::AUTHORIZATION, header);
    }
}

/// A cookie alone must not let another site act: writes need to come from our own pages.
fn same_origin(parts: &Parts) -> Result<(), Stop> {
    if matches!(parts.method, Method::GET | Method::HEAD) {
        return Ok(());
    }
    let text = |name| parts.headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
    let host = text(header::HOST).unwrap_or_default();
    let origin = text(header::ORIGIN).and_then(|origin| origin.split_once("://")).map(|parts| parts.1);
    if origin == Some(host) {
        Ok(())
    } else {
        Err(Stop::new(403, "cross_site", "A session acts only from our own pages; use a token elsewhere."))
    }
}

/// The request's own id, or the one that a trusted caller gave.
pub(crate) fn correlation(engine: &Engine, headers: &HeaderMap) -> String {
    let given = headers.get("x-request-id").and_then(|value| value.to_str().ok());
    let fits = |id: &&str| {
        (8..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    match given.filter(fits) {
        Some(id) => id.to_owned(),
        None => engine.new_uuid().map(|uuid| HEXLOWER.encode(uuid.as_bytes())).unwrap_or_default(),
    }
}
