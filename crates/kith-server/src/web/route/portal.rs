//! The portal: a customer's person sees their own account, and nothing else.

use axum::extract::Path;
use axum::response::{Html, IntoResponse};

use super::miss::Page;
use super::visit::Visit;
use crate::rest::document::attached;
use crate::web::page;

pub(super) async fn show(visit: Visit) -> Page {
    let view = visit.engine.portal(&visit.caller).await??;
    let reader = visit.caller.name.clone().unwrap_or_default();
    let csrf = visit.engine.csrf(&visit.session);
    Ok(Html(page::portal(&view, &reader, &csrf).into_string()).into_response())
}

pub(super) async fn pdf(visit: Visit, Path(id): Path<String>) -> Page {
    Ok(attached(visit.engine.portal_pdf(&visit.caller, &id).await??))
}
