//! The public doors: signing and choosing a password, each behind a link that works for one person.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use kith_domain::contract::Line;
use kith_domain::refusal::Refusal;
use kith_engine::{DoorView, Engine};
use maud::Markup;

use super::form::Form;
use super::miss::{Miss, Page, sentence};
use super::session::{origin, witnessed_origin};
use super::tries::Tries;
use super::visit::Reference;
use crate::rest::document::attached;
use crate::web::page::{self, ActivationPage, SigningPage, TextLine};
use crate::web::words::{t, word};

const TIRED: &str = word("Too many tries. Wait a minute, then try again.");

/// Somebody before a door: what the link is for, its secret, and where they come from. Knocks are counted by where they
/// come from and by what they are for; whoever knocks too often waits.
#[derive(Debug)]
pub(super) struct Knock {
    engine: Engine,
    id: String,
    secret: String,
    origin: String,
}

impl FromRequestParts<Engine> for Knock {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, engine: &Engine) -> Result<Self, Response> {
        let held = Path::<(String, String)>::from_request_parts(parts, engine).await;
        let Path((id, secret)) = held.map_err(IntoResponse::into_response)?;
        let tries = Extension::<Arc<Tries>>::from_request_parts(parts, engine).await;
        let Extension(tries) = tries.map_err(IntoResponse::into_response)?;
        Reference::of(engine, parts);
        let origin = origin(parts);
        let addresses = [format!("door from {origin}"), format!("door of {id}")];
        if tries.count(&addresses, engine.now().as_millisecond(), KNOCKS) {
            let origin = witnessed_origin(parts);
            return Ok(Self { engine: engine.clone(), id, secret, origin });
        }
        let page = page::notice(t("Not right now"), t(TIRED)).into_string();
        Err((StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "60")], Html(page)).into_response())
    }
}

/// A form of a door, filled in on its own page.
#[derive(Debug)]
pub(super) struct Written {
    knock: Knock,
    form: Form,
}

impl FromRequest<Engine> for Written {
    type Rejection = Response;

    async fn from_request(request: Request, engine: &Engine) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let knock = Knock::from_request_parts(&mut parts, engine).await?;
        let form = Form::read(body).await.map_err(IntoResponse::into_response)?;
        if fits(engine, &knock.secret, &form) {
            Ok(Self { knock, form })
        } else {
            Err(Miss::stale_form().into_response())
        }
    }
}

/// Knocks a minute.
const KNOCKS: usize = 30;

/// A link that does not work, said alike for every reason.
fn gone(refusal: &Refusal) -> Response {
    let page = page::notice(t("This link does not work"), &sentence(refusal)).into_string();
    private((StatusCode::GONE, Html(page)).into_response())
}

/// Nothing of a public door is kept by caches, followed by others, or found by search.
fn private(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::REFERRER_POLICY, header::HeaderValue::from_static("no-referrer"));
    headers.insert("x-robots-tag", header::HeaderValue::from_static("noindex, nofollow"));
    response
}

fn html(page: &Markup) -> Response {
    private(Html(page.clone().into_string()).into_response())
}

/// The token of a door's forms is bound to the link itself: who does not hold it cannot make one.
fn token(engine: &Engine, secret: &str) -> String {
    engine.csrf(&format!("door {secret}"))
}

fn fits(engine: &Engine, secret: &str, form: &Form) -> bool {
    engine.csrf_fits(&format!("door {secret}"), form.text("csrf"))
}

fn line(line: Line) -> TextLine {
    match line {
        Line::Title(text) => TextLine::Title(text),
        Line::Heading(text) => TextLine::Heading(text),
        Line::Paragraph(text) => TextLine::Paragraph(text),
        Line::Item(text) => TextLine::Item(text),
    }
}

/// What was typed and not taken.
#[derive(Debug, Default)]
struct Typed {
    /// The name, once one was sent.
    name: Option<String>,
    consent: bool,
    reason: String,
    fault: Option<Refusal>,
}

fn signing(engine: &Engine, (id, secret): (&str, &str), door: DoorView, typed: Typed) -> Response {
    let zone = engine.organisation().timezone.clone();
    let zone = jiff::tz::TimeZone::get(&zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let at = |at: jiff::Timestamp| at.to_zoned(zone.clone()).strftime("%-d %b %Y, %H:%M %Z").to_string();
    let status = typed.fault.as_ref().map_or(200, |refusal| kith_api::problem::status(refusal.kind));
    let mut response = html(&page::signing(&SigningPage {
        path: format!("/sign/{id}/{secret}"),
        title: door.title,
        parties: door.parties,
        lines: door.lines.into_iter().map(line).collect(),
        sha256: door.sha256,
        name: typed.name.unwrap_or_else(|| door.signer.clone()),
        signer: door.signer,
        consent: typed.consent,
        reason: typed.reason,
        at_name: typed
            .fault
            .as_ref()
            .is_some_and(|refusal| refusal.fields.iter().any(|fault| fault.pointer == "/name")),
        signed_at: door.signed_at.map(at),
        turn: door.turn,
        validated: door.validated,
        activates: door.activates,
        csrf: token(engine, secret),
        fault: typed.fault.as_ref().map(sentence),
    }));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
    response
}

pub(super) async fn show(knock: Knock) -> Page {
    let Knock { engine, id, secret, .. } = knock;
    Ok(match engine.door(&id, &secret).await? {
        Ok(door) => signing(&engine, (&id, &secret), door, Typed::default()),
        Err(refusal) => gone(&refusal),
    })
}

pub(super) async fn pdf(knock: Knock) -> Page {
    let Knock { engine, id, secret, .. } = knock;
    Ok(match engine.door_pdf(&id, &secret).await? {
        Ok(content) => private(attached(content)),
        Err(refusal) => gone(&refusal),
    })
}

pub(super) async fn sign(Written { knock, form }: Written) -> Page {
    let Knock { engine, id, secret, origin } = knock;
    let said = (form.text("name").to_owned(), form.text("consent") == "true");
    let shown = (form.text("sha256").to_owned(), origin);
    match engine.door_sign((&id, &secret), said, shown).await? {
        Ok(()) => Ok(private(Redirect::to(&format!("/sign/{id}/{secret}")).into_response())),
        Err(refusal) => {
            let (name, consent) = (Some(form.text("name").to_owned()), form.text("consent") == "true");
            let typed = Typed { name, consent, fault: Some(refusal), ..Typed::default() };
            again(&engine, (&id, &secret), typed).await
        }
    }
}

/// The page again as it was filled in, with why it was not taken.
async fn again(engine: &Engine, (id, secret): (&str, &str), typed: Typed) -> Page {
    Ok(match engine.door(id, secret).await? {
        Ok(door) => signing(engine, (id, secret), door, typed),
        Err(refusal) => gone(&refusal),
    })
}

pub(super) async fn decline(Written { knock, form }: Written) -> Page {
    let Knock { engine, id, secret, .. } = knock;
    match engine.door_decline((&id, &secret), form.text("reason").to_owned()).await? {
        Ok(()) => {
            Ok(html(&page::notice(t("You declined"), t("The sender is told why. Nothing was signed."))))
        }
        Err(refusal) => {
            let reason = form.text("reason").to_owned();
            again(&engine, (&id, &secret), Typed { reason, fault: Some(refusal), ..Typed::default() }).await
        }
    }
}

/// A signer goes on to choose a password for the portal.
pub(super) async fn activate_signer(Written { knock, .. }: Written) -> Page {
    let Knock { engine, id, secret, .. } = knock;
    Ok(match engine.door_activation(&id, &secret).await? {
        Ok(path) => private(Redirect::to(&path).into_response()),
        Err(refusal) => gone(&refusal),
    })
}

fn choosing(engine: &Engine, (user, secret): (&str, &str), email: String, fault: Option<String>) -> Response {
    let path = format!("/activate/{user}/{secret}");
    html(&page::activation(&ActivationPage { path, email, csrf: token(engine, secret), fault }))
}

pub(super) async fn activation(knock: Knock) -> Page {
    let Knock { engine, id: user, secret, .. } = knock;
    Ok(match engine.activation(&user, &secret).await? {
        Ok(email) => choosing(&engine, (&user, &secret), email, None),
        Err(refusal) => gone(&refusal),
    })
}

pub(super) async fn activate(Written { knock, form }: Written) -> Page {
    let Knock { engine, id: user, secret, .. } = knock;
    let email = match engine.activation(&user, &secret).await? {
        Ok(email) => email,
        Err(refusal) => return Ok(gone(&refusal)),
    };
    let password = form.exact("password").to_owned();
    if password.chars().count() < 12 || password.len() > 1_024 {
        let fault = t("A password has 12 characters or more.").to_owned();
        return Ok(choosing(&engine, (&user, &secret), email, Some(fault)));
    }
    match engine.activate((&user, &secret), password).await? {
        Ok(()) => {
            // A customer's person has one place to go to.
            let known = engine.user(&user).await?;
            let portal = known.is_some_and(|user| user.roles.iter().any(|role| role.starts_with("portal_")));
            let door = if portal { "/sign-in?next=/portal" } else { "/sign-in" };
            Ok(private(Redirect::to(door).into_response()))
        }
        Err(refusal) => Ok(gone(&refusal)),
    }
}
