//! Screening over REST.

use axum::body::Body;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart};
use axum::http::{HeaderMap, Request};
use kith_api::problem::Problem;
use kith_api::request::{HitDisposition, OwnersSet, ScreenAsk};
use kith_domain::refusal::FieldFault;
use kith_domain::screening::{HitState, Verdict};
use kith_engine::{HitRequest, ListUpload, screen_faults};

use super::document::is_form;
use super::{Call, invalid};
use crate::reply::{Reply, Stop, json};

/// Largest body of a list.
pub(super) const BODY_MAX: usize = 256 * 1024 * 1024;
/// Results of a query when nothing is said, and at most.
const LIMIT: usize = 5;
const LIMIT_MAX: usize = 100;
/// Carries out an operation of screening.
pub(super) async fn act(id: &str, call: Call) -> Reply {
    match id {
        "screening_list_list" => json(200, &call.engine.screening_lists(&call.caller).await??),
        "screening_list_load" => load(call).await,
        "screening_list_retire" => {
            json(200, &call.engine.retire_screening_list(&call.caller, call.id()).await??)
        }
        "screening_names" => names(call).await,
        "screening_hit_list" => list(call).await,
        "screening_hit_get" => json(200, &call.engine.hit(&call.caller, call.id()).await??),
        "screening_hit_review" => json(200, &call.engine.review_hit(&call.caller, call.id()).await??),
        "screening_hit_dispose" => dispose(call).await,
        "screening_account" => json(200, &call.engine.screen_account(&call.caller, call.id()).await??),
        "screening_ownership" => json(200, &call.engine.ownership(&call.caller, call.id()).await??),
        _ => {
            let asked: OwnersSet = call.read()?;
            json(200, &call.engine.set_owners(&call.caller, call.id(), asked).await??)
        }
    }
}

async fn load(call: Call) -> Reply {
    let name = call.param("name").unwrap_or_else(|| "list".to_owned());
    let files = match is_form(&call.headers) {
        true => form(&call).await?.files,
        false => vec![ListUpload { name: "list".to_owned(), bytes: call.body.clone() }],
    };
    let smaller = match call.param("smaller").as_deref() {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return Err(invalid("smaller", "not_allowed", "expected true or false")),
    };
    json(201, &call.engine.load_screening_list(&call.caller, &name, files, smaller).await??)
}

async fn form(call: &Call) -> Result<ListForm, Stop> {
    read_lists(&call.headers, Body::from(call.body.clone())).await
}

/// The files of a list as a form sends them, and its other fields.
#[derive(Debug, Default)]
pub(crate) struct ListForm {
    pub(crate) files: Vec<ListUpload>,
    pub(crate) others: Vec<(String, String)>,
}

impl ListForm {
    /// A field, nothing if there is none.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.others.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text.trim())
    }
}

/// Every part `file` of a form that holds something.
pub(crate) async fn read_lists(headers: &HeaderMap, body: Body) -> Result<ListForm, Stop> {
    let unread = |_| Stop::new(400, "malformed", "The form cannot be read.");
    let mut request = Request::new(body);
    request.headers_mut().clone_from(headers);
    DefaultBodyLimit::max(BODY_MAX).apply(&mut request);
    let mut parts = Multipart::from_request(request, &())
        .await
        .map_err(|_| Stop::new(400, "malformed", "The form has no boundary."))?;
    let mut form = ListForm::default();
    while let Some(field) = parts.next_field().await.map_err(unread)? {
        let part = field.name().unwrap_or_default().to_owned();
        if part == "file" {
            let name = field.file_name().filter(|name| !name.is_empty()).unwrap_or("list").to_owned();
            form.files.push(ListUpload { name, bytes: field.bytes().await.map_err(unread)? });
        } else {
            form.others.push((part, field.text().await.map_err(unread)?));
        }
    }
    if form.files.is_empty() {
        Err(Stop::new(400, "malformed", "The form has no part `file`."))
    } else {
        Ok(form)
    }
}

async fn names(call: Call) -> Reply {
    let threshold = match call.param("threshold") {
        None => 0.7,
        Some(text) => text
            .parse::<f64>()
            .ok()
            .filter(|number| (0.0..=1.0).contains(number))
            .ok_or_else(|| invalid("threshold", "not_allowed", "expected a number from 0 to 1"))?,
    };
    let limit = match call.param("limit") {
        None => LIMIT,
        Some(text) => text
            .parse::<usize>()
            .ok()
            .filter(|number| (1..=LIMIT_MAX).contains(number))
            .ok_or_else(|| invalid("limit", "not_allowed", "expected a whole number from 1 to 100"))?,
    };
    let asked: ScreenAsk = call.read()?;
    let faults = screen_faults(&asked);
    if !faults.is_empty() {
        return Err(Problem::invalid(faults).into());
    }
    json(200, &call.engine.screen_names(&call.caller, asked, threshold, limit).await??)
}

async fn list(call: Call) -> Reply {
    let states: Vec<HitState> = match call.param("state").as_deref() {
        None | Some("pending") => HitState::ALL.into_iter().filter(|state| state.is_pending()).collect(),
        Some("all") => Vec::new(),
        Some(word) => {
            let known = HitState::ALL.into_iter().find(|state| state.as_str() == word);
            let words = HitState::ALL.map(HitState::as_str).join(", ");
            let wrong =
                || invalid("state", "not_allowed", &format!("expected pending, all or one of {words}"));
            vec![known.ok_or_else(wrong)?]
        }
    };
    let request = HitRequest {
        states,
        account: call.param("account"),
        cursor: call.param("cursor"),
        limit: call.limit()?,
    };
    json(200, &call.engine.hits(&call.caller, request).await??)
}

async fn dispose(call: Call) -> Reply {
    let asked: HitDisposition = call.read()?;
    let Some(verdict) = Verdict::parse(asked.disposition.trim()) else {
        let message = "expected false_positive, true_match, inconclusive or escalated";
        return Err(Problem::invalid(vec![FieldFault::new("/disposition", "not_in_list", message)]).into());
    };
    let texts = [asked.reason, asked.evidence];
    json(200, &call.engine.dispose_hit(&call.caller, call.id(), verdict, texts).await??)
}
