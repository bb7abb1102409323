//! A page that says what went wrong, with the reference that names the request in the logs.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use kith_domain::refusal::{FieldFault, Refusal, RefusalKind, ended};
use kith_engine::Fault;

use super::visit::Reference;
use crate::web::number::capital;
use crate::web::page;
use crate::web::words::{t, told};

/// A request that came to no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Miss {
    status: u16,
    title: &'static str,
    detail: String,
    faults: Vec<FieldFault>,
}

/// The form of a request: where it goes, the page that it stood on, what was typed. Known once it was read.
#[derive(Debug, Clone, Default)]
pub(super) struct FormSent(Arc<OnceLock<Written>>);

#[derive(Debug, Clone)]
struct Written {
    action: String,
    back: Option<String>,
    values: HashMap<String, String>,
}

impl FormSent {
    /// Remembers a form whose token has been found to fit.
    pub(super) fn hold(parts: &Parts, values: HashMap<String, String>) {
        if let Some(held) = parts.extensions.get::<Self>() {
            let back = super::visit::stood_on(parts);
            held.0.get_or_init(|| Written { action: parts.uri.path().to_owned(), back, values });
        }
    }

    /// The form again with what is wrong, where sending it again may help.
    fn again(&self, miss: &Miss) -> Option<Response> {
        let Written { action, back, values } = self.0.get()?;
        let status = StatusCode::from_u16(miss.status).ok()?;
        if !matches!(miss.status, 409 | 412 | 422 | 503) {
            return None;
        }
        let page = page::again(&page::Again {
            action,
            back: back.as_deref(),
            values: values.clone(),
            faults: &miss.faults,
            sentence: &miss.detail,
        });
        Some((status, Html(page.into_string())).into_response())
    }
}

/// The result of a handler.
pub(super) type Page = Result<Response, Miss>;

impl Miss {
    pub(super) fn new(status: u16, title: &'static str, detail: impl Into<String>) -> Self {
        Self { status, title, detail: detail.into(), faults: Vec::new() }
    }

    /// There is no such page, or the reader may not know of it.
    pub(super) fn not_found() -> Self {
        Self::new(404, t("Not found"), t("There is no such page, or it is not yours to see."))
    }

    /// A form whose token does not fit: an old page, or another site.
    pub(super) fn stale_form() -> Self {
        Self::new(
            403,
            t("This form is out of date"),
            t("Nothing was changed. Go back, load the page again, and repeat what you did."),
        )
    }

    /// The page itself.
    pub(super) fn page(&self, reference: Option<&str>) -> (StatusCode, Html<String>) {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, Html(page::error(self.status, self.title, &self.detail, reference).into_string()))
    }
}

impl From<Refusal> for Miss {
    fn from(refusal: Refusal) -> Self {
        match refusal.kind {
            RefusalKind::Forbidden | RefusalKind::NotFound => Self::not_found(),
            kind => {
                let status = kith_api::problem::status(kind);
                let miss = Self::new(status, t("This cannot be done"), sentence(&refusal));
                Self { faults: refusal.fields, ..miss }
            }
        }
    }
}

impl From<Fault> for Miss {
    fn from(fault: Fault) -> Self {
        if fault.is_transient() {
            tracing::warn!(%fault, "a page could not be drawn now");
            return Self::new(
                503,
                t("Not right now"),
                t("This cannot be done right now. Nothing was changed; try again."),
            );
        }
        if matches!(fault, Fault::Stopped) {
            tracing::error!("the store writes no more since a commit failed");
            return Self::new(
                503,
                t("Nothing can be written"),
                t("The store writes no more since a commit failed. Whoever runs Kith must start it again."),
            );
        }
        tracing::error!(%fault, "a page failed");
        Self::new(500, t("Something went wrong"), t("Something is wrong on our side. Nothing was changed."))
    }
}

/// A page that says why something was refused, with the status of the refusal.
pub(super) fn said(refusal: Option<&Refusal>, page: maud::Markup) -> Response {
    let status =
        refusal.and_then(|refusal| StatusCode::from_u16(kith_api::problem::status(refusal.kind)).ok());
    (status.unwrap_or(StatusCode::OK), Html(page.into_string())).into_response()
}

/// A refusal as people read it: what stands against it, which fields, and what would clear it.
pub(super) fn sentence(refusal: &Refusal) -> String {
    let fields = refusal.fields.iter().filter(|fault| fault.message != refusal.sentence);
    composed(refusal, fields.map(|fault| told(&fault.message).into_owned()))
}

/// A page that says why something was not done: it answers with the status of the refusal.
pub(super) fn refused(mut drawn: Response, refusal: Option<&Refusal>) -> Response {
    let status = refusal.map(|refusal| kith_api::problem::status(refusal.kind));
    if let Some(status) = status.and_then(|status| StatusCode::from_u16(status).ok()) {
        *drawn.status_mut() = status;
    }
    drawn
}

/// The fields of a refusal, each with its sentence.
pub(super) fn by_field(refusal: Option<&Refusal>) -> Vec<(String, String)> {
    let fields = refusal.into_iter().flat_map(|refusal| &refusal.fields);
    fields.map(|fault| (fault.pointer.clone(), ended(&capital(&told(&fault.message))))).collect()
}

/// The same where the form has no place for each fault: every field is named.
pub(super) fn sentence_by_place(refusal: &Refusal) -> String {
    composed(
        refusal,
        refusal.fields.iter().map(|fault| format!("{}: {}", fault.pointer, told(&fault.message))),
    )
}

/// What stands against it, the fields, and what would clear it: each ends with one mark.
fn composed(refusal: &Refusal, fields: impl Iterator<Item = String>) -> String {
    let whole = |text: &str| Some(told(text).into_owned()).filter(|text| !text.is_empty());
    let parts = whole(&refusal.sentence).into_iter().chain(fields).chain(whole(&refusal.clears));
    parts.map(|part| ended(&capital(&part))).collect::<Vec<_>>().join(" ")
}

impl IntoResponse for Miss {
    /// The page is drawn by [`draw`], which knows the reference.
    fn into_response(self) -> Response {
        let mut response = self.page(None).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Gives every request a reference, keeps pages out of shared caches, and draws what went wrong with it.
pub(super) async fn draw(mut request: Request, next: Next) -> Response {
    let reference = Reference::default();
    let form = FormSent::default();
    request.extensions_mut().insert(reference.clone());
    request.extensions_mut().insert(form.clone());
    let mut response = next.run(request).await;
    if let Some(miss) = response.extensions_mut().remove::<Miss>() {
        let headers = std::mem::take(response.headers_mut());
        // What is not there and what may not be seen are the same to the byte: no reference tells them apart.
        let reference = reference.get().filter(|_| miss.status != 404);
        let mut drawn = form.again(&miss).unwrap_or_else(|| miss.page(reference.as_deref()).into_response());
        for (name, value) in &headers {
            drawn.headers_mut().entry(name).or_insert(value.clone());
        }
        drawn.headers_mut().remove(axum::http::header::CONTENT_LENGTH);
        response = drawn;
    }
    let headers = response.headers_mut();
    headers
        .entry(axum::http::header::CACHE_CONTROL)
        .or_insert(axum::http::HeaderValue::from_static("no-store"));
    response
}
