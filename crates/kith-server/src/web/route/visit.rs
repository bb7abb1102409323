//! One visit of a page: who reads, in which session, and what is around every page.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Method, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::tz::TimeZone;
use kith_domain::access::{Grant, Reach, Role, RoleGrant};
use kith_engine::{Caller, ChangeRequest, Engine};

use super::miss::Miss;
use crate::auth;
use crate::web::clock::Clock;
use crate::web::link::Link;
use crate::web::shell::{NavCounts, Reader, Section, Shell};
use crate::web::words::{self, t};

/// Changes that are counted for the navigation, at most.
const COUNTED: usize = 200;

/// Names the request in the logs; known once the request has been looked at.
#[derive(Debug, Clone, Default)]
pub(super) struct Reference(Arc<OnceLock<String>>);

impl Reference {
    pub(super) fn get(&self) -> Option<String> {
        self.0.get().filter(|name| !name.is_empty()).cloned()
    }

    pub(super) fn of(engine: &Engine, parts: &Parts) -> String {
        let name = auth::correlation(engine, &parts.headers);
        match parts.extensions.get::<Self>() {
            Some(held) => held.0.get_or_init(|| name).clone(),
            None => name,
        }
    }
}

/// A request for a page by somebody who is signed in.
#[derive(Debug, Clone)]
pub(super) struct Visit {
    pub(super) engine: Engine,
    pub(super) caller: Caller,
    /// The session's cookie.
    pub(super) session: String,
    pub(super) query: HashMap<String, String>,
    /// Where the request comes from.
    pub(super) origin: String,
    /// Under which address the reader knows this installation.
    pub(super) address: String,
}

impl FromRequestParts<Engine> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, engine: &Engine) -> Result<Self, Response> {
        let correlation = Reference::of(engine, parts);
        let session = auth::cookie(&parts.headers, auth::COOKIE).unwrap_or_default().to_owned();
        let caller = engine.caller_of_session(&session).await;
        let caller = caller.map_err(|fault| Miss::from(fault).into_response())?;
        let Some(caller) = caller else { return Err(to_the_door(parts)) };
        let of = &caller.preferences;
        words::settle(of.language.as_deref(), of.locale.as_deref(), zone_of(engine, &caller));
        if is_customers(&caller) && !is_for_customers(parts.uri.path()) {
            // What is ours looks as if it was not there; the first page leads to theirs.
            return Err(match parts.uri.path() {
                "/" => Redirect::to("/portal").into_response(),
                _ => Miss::not_found().into_response(),
            });
        }
        let query = serde_urlencoded::from_str(parts.uri.query().unwrap_or_default());
        let query = query.map_err(|_| {
            Miss::new(400, t("This address cannot be read"), t("Its query is not well formed."))
                .into_response()
        })?;
        let (origin, address) = (super::session::origin(parts), super::session::address(parts));
        Ok(Self {
            engine: engine.clone(),
            caller: Caller { correlation, ..caller },
            session,
            query,
            origin,
            address,
        })
    }
}

/// Whether a customer's person asks, who sees the portal and no page of ours.
fn is_customers(caller: &Caller) -> bool {
    let of_portal = |held: &RoleGrant| matches!(held.role, Role::PortalAdmin | Role::PortalUser);
    !caller.principal.roles.is_empty() && caller.principal.roles.iter().all(of_portal)
}

fn is_for_customers(path: &str) -> bool {
    path == "/portal" || path.starts_with("/portal/") || path == "/sign-out"
}

/// The reader's zone, or else the organisation's.
fn zone_of(engine: &Engine, caller: &Caller) -> TimeZone {
    let chosen = caller.preferences.timezone.as_deref().and_then(|zone| TimeZone::get(zone).ok());
    chosen.unwrap_or_else(|| TimeZone::get(&engine.organisation().timezone).unwrap_or(TimeZone::UTC))
}

/// To sign-in, and back to where the reader was going. A form is not repeated: the page that it stood on is shown,
/// and what was typed is put back there by the script.
fn to_the_door(parts: &Parts) -> Response {
    let read = matches!(parts.method, Method::GET | Method::HEAD);
    let asked = match parts.uri.path_and_query() {
        Some(asked) if read && is_whole(parts.uri.path()) => Some(asked.as_str().to_owned()),
        _ => stood_on(parts),
    };
    let next = asked.filter(|asked| asked != "/");
    Redirect::to(&Link::to("/sign-in").with("next", next.as_deref().unwrap_or_default()).done())
        .into_response()
}

/// Whether an address is a page, and not a part of one that its script asks for.
fn is_whole(path: &str) -> bool {
    !matches!(path, "/accounts/rows" | "/live" | "/ask/options" | "/counts")
}

/// The page of ours from which a request was sent.
pub(super) fn stood_on(parts: &Parts) -> Option<String> {
    let text = |name| parts.headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
    let page: Uri = text(header::REFERER)?.parse().ok()?;
    let own = page.authority().is_some_and(|from| Some(from.as_str()) == text(header::HOST));
    page.path_and_query().filter(|_| own).map(|page| page.as_str().to_owned())
}

impl Visit {
    /// A member of the address; empty when it is not there.
    pub(super) fn text(&self, name: &str) -> &str {
        self.query.get(name).map_or("", String::as_str)
    }

    /// A member of the address, unless it is empty.
    pub(super) fn param(&self, name: &str) -> Option<String> {
        self.query.get(name).filter(|value| !value.is_empty()).cloned()
    }

    /// Whether the reader has a grant for any entity at all.
    pub(super) fn may_somewhere(&self, grant: Grant) -> bool {
        self.caller.principal.reach(grant) != Reach::Nothing
    }

    /// When and where the page is read: in the reader's zone, or else the organisation's.
    pub(super) fn clock(&self) -> Clock {
        Clock { now: self.engine.now(), zone: zone_of(&self.engine, &self.caller) }
    }

    /// What a fragment needs of the shell: the clock and the token of forms.
    pub(super) fn bare_shell(&self) -> Shell {
        Shell {
            title: String::new(),
            reader: self.reader(),
            organisation: self.engine.organisation().name.clone(),
            counts: NavCounts::default(),
            views: Vec::new(),
            active: Section::Accounts,
            live: false,
            csrf: self.engine.csrf(&self.session),
            clock: self.clock(),
            look: self.caller.preferences.clone(),
        }
    }

    /// What is around a page.
    pub(super) async fn shell(&self, title: &str, active: Section) -> Result<Shell, Miss> {
        Ok(Shell {
            title: title.to_owned(),
            counts: self.counts().await?,
            views: self.engine.views(&self.caller).await?.items,
            active,
            live: true,
            ..self.bare_shell()
        })
    }

    fn reader(&self) -> Reader {
        let roles: Vec<String> = self.caller.principal.roles.iter().map(spoken).collect();
        Reader {
            id: self.caller.principal.user().map(|user| user.to_string()).unwrap_or_default(),
            name: self.caller.name.clone().unwrap_or_else(|| t("Somebody").to_owned()),
            role_line: roles.join(" · "),
        }
    }

    pub(super) async fn counts(&self) -> Result<NavCounts, Miss> {
        let changes = if self.caller.principal.may(Grant::ChangesApprove, None) {
            Some(u64::try_from(self.decidable().await?.len()).unwrap_or(u64::MAX))
        } else {
            None
        };
        Ok(NavCounts {
            accounts: Some(self.engine.account_total(&self.caller)),
            reviews: Some(self.engine.reviews_overdue(&self.caller)),
            changes,
            alerts: self.engine.alerts_open(&self.caller).await?,
            screening: self.engine.hits_pending(&self.caller).await?,
            duplicates: self.engine.duplicates_open(&self.caller).await?,
            unread: Some(self.engine.unread(&self.caller).await?),
            quarantine: self.engine.quarantine_waiting(&self.caller).await?,
            may_credit: self.caller.principal.may(Grant::CreditRead, None),
            may_audit: self.caller.principal.may(Grant::AuditRead, None),
            may_import: self.caller.principal.may(Grant::ImportsWrite, None),
        })
    }

    /// The changes that wait for the reader.
    pub(super) async fn decidable(&self) -> Result<Vec<String>, Miss> {
        let request = ChangeRequest { for_me: true, limit: COUNTED, ..ChangeRequest::default() };
        let found = self.engine.changes(&self.caller, request).await?;
        Ok(found.map(|page| page.items.into_iter().map(|change| change.id).collect()).unwrap_or_default())
    }
}

/// `Account manager`, or `Controller, US`.
fn spoken(held: &RoleGrant) -> String {
    match &held.entity {
        Some(entity) => format!("{}, {entity}", words::told(held.role.title())),
        None => words::told(held.role.title()).into_owned(),
    }
}
