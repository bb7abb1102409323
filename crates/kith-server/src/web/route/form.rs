//! A form that was sent: its members, once its token is found to fit.

use std::collections::HashMap;

use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse, Response};
use kith_engine::Engine;

use super::miss::{FormSent, Miss};
use super::visit::Visit;
use crate::web::words::t;

/// Largest form.
const FORM_MAX: usize = 64 * 1024;

/// The members of a form.
#[derive(Debug, Clone, Default)]
pub(super) struct Form(HashMap<String, String>);

impl Form {
    /// Reads the members; the token is not looked at.
    pub(super) async fn read(body: Body) -> Result<Self, Miss> {
        let bytes = axum::body::to_bytes(body, FORM_MAX).await;
        let bytes = bytes.map_err(|_| {
            Miss::new(413, t("This is too much"), t("The form is larger than 64 KB. Nothing was changed."))
        })?;
        let members = serde_urlencoded::from_bytes(&bytes);
        members.map(Self).map_err(|_| {
            Miss::new(400, t("This form cannot be read"), t("It is not well formed. Nothing was changed."))
        })
    }

    /// A member without the blanks around it; empty when it is not there.
    pub(super) fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |value| value.trim())
    }

    /// The same where the form has the member at all.
    pub(super) fn given(&self, name: &str) -> Option<String> {
        self.0.get(name).map(|value| value.trim().to_owned())
    }

    /// What follows a prefix in the names of members that were sent, in their order.
    pub(super) fn picked(&self, prefix: &str) -> Vec<String> {
        let mut found: Vec<String> =
            self.0.keys().filter_map(|name| name.strip_prefix(prefix)).map(str::to_owned).collect();
        found.sort_unstable();
        found
    }

    /// All members.
    pub(super) fn members(&self) -> HashMap<String, String> {
        self.0.clone()
    }

    /// A member exactly as it was typed.
    pub(super) fn exact(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}

/// A form sent by somebody who is signed in, from a page of that very session.
#[derive(Debug)]
pub(super) struct Sent {
    pub(super) visit: Visit,
    pub(super) form: Form,
}

impl FromRequest<Engine> for Sent {
    type Rejection = Response;

    async fn from_request(request: Request, engine: &Engine) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let visit =
            <Visit as axum::extract::FromRequestParts<Engine>>::from_request_parts(&mut parts, engine)
                .await?;
        let form = Form::read(body).await.map_err(Miss::into_response)?;
        if !engine.csrf_fits(&visit.session, form.text("csrf")) {
            return Err(Miss::stale_form().into_response());
        }
        FormSent::hold(&parts, form.members());
        Ok(Self { visit, form })
    }
}
