//! Signing in and out.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::Extension;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use kith_engine::Engine;
use kith_template::say;

use super::form::{Form, Sent};
use super::miss::{Miss, Page};
use super::visit::Reference;
use crate::auth::{COOKIE, cookie};
use crate::web::number::count;
use crate::web::page::{self, SignIn};
use crate::web::words::{t, word};

pub(super) mod guard;

use guard::{Guard, Key};

/// Cookie of the sign-in form: there is no session yet that its token could be bound to.
const FORM_COOKIE: &str = "kith_form";

/// The same words for an unknown address and for a wrong password.
const WRONG: &str = word("E-mail or password is wrong.");

/// Cookie of a browser in which somebody signed in before: it says who, to nobody but this program.
const KNOWN_COOKIE: &str = "kith_known";
/// A year, in seconds.
const KNOWN_SECONDS: i64 = 31_536_000;

pub(super) async fn show(State(engine): State<Engine>, request: Request) -> Page {
    let (parts, _) = request.into_parts();
    Reference::of(&engine, &parts);
    let query: Vec<(String, String)> =
        serde_urlencoded::from_str(parts.uri.query().unwrap_or_default()).unwrap_or_default();
    let next = query.into_iter().find(|(name, _)| name == "next").map(|(_, next)| next).unwrap_or_default();
    let signed_in = match cookie(&parts.headers, COOKIE) {
        Some(session) => engine.caller_of_session(session).await?.is_some(),
        None => false,
    };
    if signed_in {
        return Ok(Redirect::to(own_path(&next)).into_response());
    }
    form(&engine, &parts.headers, StatusCode::OK, SignIn { next, ..SignIn::default() })
}

/// The form, with the cookie that its token is bound to.
fn form(engine: &Engine, headers: &HeaderMap, status: StatusCode, page: SignIn) -> Page {
    let held = cookie(headers, FORM_COOKIE).filter(|held| (16..=64).contains(&held.len()));
    let bound = match held {
        Some(held) => held.to_owned(),
        None => engine.new_uuid()?.to_string(),
    };
    let page = SignIn { csrf: engine.csrf(&bound), ..page };
    let set = set_cookie(FORM_COOKIE, &bound, 3_600, is_secure(headers));
    Ok((status, [(header::SET_COOKIE, set)], Html(page::sign_in(&page).into_string())).into_response())
}

pub(super) async fn sign_in(
    State(engine): State<Engine>,
    Extension(guard): Extension<Arc<Guard>>,
    request: Request,
) -> Page {
    let (parts, body) = request.into_parts();
    Reference::of(&engine, &parts);
    let sent = Form::read(body).await?;
    if !cookie(&parts.headers, FORM_COOKIE).is_some_and(|held| engine.csrf_fits(held, sent.text("csrf"))) {
        return Err(Miss::stale_form());
    }
    let (email, next) = (sent.text("email").to_owned(), sent.text("next").to_owned());
    let again = |status: StatusCode, error: &str| {
        let page = SignIn {
            error: Some(error.to_owned()),
            email: email.clone(),
            next: next.clone(),
            ..SignIn::default()
        };
        form(&engine, &parts.headers, status, page)
    };
    let account = email.to_lowercase();
    let keys = match known_browser(&engine, &parts.headers, &account) {
        Some(browser) => vec![Key::Browser(account.clone(), browser)],
        None => {
            let from = origin(&parts);
            vec![Key::Pair(account.clone(), from.clone()), Key::Address(from)]
        }
    };
    let now = engine.now().as_millisecond();
    if let Err(until) = guard.knock(&keys, now) {
        let seconds = until.saturating_sub(now).saturating_add(999) / 1_000;
        let minutes = count(u64::try_from(seconds.saturating_add(59) / 60).unwrap_or(1));
        let tired = say!("Too many tries from here. Try again in {minutes} min.");
        let mut response = again(StatusCode::TOO_MANY_REQUESTS, &tired)?;
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        return Ok(response);
    }
    let Some(signed_in) = engine.sign_in(&email, sent.exact("password").to_owned()).await? else {
        return again(StatusCode::UNAUTHORIZED, t(WRONG));
    };
    guard.forgive(&keys);
    let secure = is_secure(&parts.headers);
    let lasts = signed_in.expires_ms.saturating_sub(engine.now().as_millisecond()) / 1_000;
    let cookies = [
        (header::SET_COOKIE, set_cookie(COOKIE, &signed_in.secret, lasts, secure)),
        (header::SET_COOKIE, set_cookie(FORM_COOKIE, "", 0, secure)),
        (header::SET_COOKIE, set_cookie(KNOWN_COOKIE, &knowing(&engine, &account)?, KNOWN_SECONDS, secure)),
    ];
    // A customer's person has one place to go to.
    let portal = match engine.caller_of_session(&signed_in.secret).await? {
        Some(caller) => engine.portal_of(&caller).await?.is_some(),
        None => false,
    };
    let to = if portal { "/portal" } else { own_path(&next) };
    Ok((axum::response::AppendHeaders(cookies), Redirect::to(to)).into_response())
}

pub(super) async fn sign_out(sent: Sent) -> Page {
    sent.visit.engine.sign_out(&sent.visit.session).await?;
    let gone = [(header::SET_COOKIE, set_cookie(COOKIE, "", 0, false))];
    let response: Response = (axum::response::AppendHeaders(gone), Redirect::to("/sign-in")).into_response();
    Ok(response)
}

/// What a browser keeps to be known for an account: a name of its own, and the proof that this program gave it.
fn knowing(engine: &Engine, account: &str) -> Result<String, Miss> {
    let browser = engine.new_uuid()?.simple().to_string();
    let proof = engine.csrf(&format!("known {browser} {account}"));
    Ok(format!("{browser}.{proof}"))
}

/// The name of the browser, if the account was signed in with it before.
fn known_browser(engine: &Engine, headers: &HeaderMap, account: &str) -> Option<String> {
    let (browser, proof) = cookie(headers, KNOWN_COOKIE)?.split_once('.')?;
    engine.csrf_fits(&format!("known {browser} {account}"), proof).then(|| browser.to_owned())
}

/// Where to go afterwards: only a path of this site, never another host.
pub(super) fn own_path(next: &str) -> &str {
    let mut letters = next.chars();
    let own = letters.next() == Some('/')
        && !matches!(letters.next(), Some('/' | '\\'))
        && !next.chars().any(char::is_control);
    if own { next } else { "/" }
}

fn set_cookie(name: &str, value: &str, seconds: i64, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{name}={value}; HttpOnly; SameSite=Lax; Path=/; Max-Age={seconds}{secure}")
}

/// Whether the request came over TLS, as the proxy in front says.
fn is_secure(headers: &HeaderMap) -> bool {
    headers.get("x-forwarded-proto").is_some_and(|scheme| scheme.as_bytes().eq_ignore_ascii_case(b"https"))
}

/// Under which address a reader knows this installation: for links that are passed on.
pub(super) fn address(parts: &Parts) -> String {
    let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let scheme = if is_secure(&parts.headers) { "https" } else { "http" };
    if host.is_empty() { String::new() } else { format!("{scheme}://{host}") }
}

/// Where a request comes from. A proxy on this machine or network is believed about the last hop before it.
pub(super) fn origin(parts: &Parts) -> String {
    let peer = peer(parts);
    let near = match peer {
        Some(IpAddr::V4(peer)) => peer.is_loopback() || peer.is_private(),
        Some(IpAddr::V6(peer)) => peer.is_loopback() || peer.is_unique_local(),
        None => false,
    };
    let forwarded = parts.headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
    let last = forwarded.and_then(|hops| hops.rsplit(',').next()?.trim().parse::<IpAddr>().ok());
    last.filter(|_| near).or(peer).map_or_else(|| "here".to_owned(), |address| address.to_string())
}

/// The same as evidence: where a proxy told it, the proxy is named.
pub(super) fn witnessed_origin(parts: &Parts) -> String {
    let told = origin(parts);
    match peer(parts).map(|peer| peer.to_string()) {
        Some(peer) if peer != told => format!("{told}, as told by {peer}"),
        _ => told,
    }
}

/// The address at the other end of the connection.
fn peer(parts: &Parts) -> Option<IpAddr> {
    parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip().to_canonical())
}

#[cfg(test)]
mod tests;
