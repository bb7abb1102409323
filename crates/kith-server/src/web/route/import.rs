//! Imports: the list with the upload, one import from its check to its end.

use std::collections::{BTreeMap, HashMap};

use axum::body::Body;
use axum::extract::{Path, Request};
use axum::response::{Html, IntoResponse, Redirect, Response};
use kith_domain::access::Grant;
use kith_domain::import::{Decision, OnDuplicate};
use kith_domain::mapping::Rules;
use kith_domain::refusal::Refusal;
use kith_engine::{FaultPage, ImportOptions, Restage};

use super::form::Sent;
use super::miss::{Miss, Page, sentence};
use super::visit::Visit;
use crate::rest::import::request;
use crate::upload::Upload;
use crate::web::page::{self, ImportPage, ImportsPage};
use crate::web::shell::Section;
use crate::web::words::{self, t};

/// Imports of a page.
const LIMIT: usize = 50;
/// Faults of a page.
const FAULTS: usize = 50;

pub(super) async fn list(visit: Visit) -> Page {
    draw_list(&visit, None).await
}

async fn draw_list(visit: &Visit, fault: Option<String>) -> Page {
    let found = visit.engine.imports(&visit.caller, (None, visit.param("cursor")), LIMIT).await??;
    let organisation = visit.engine.organisation();
    let page = ImportsPage {
        imports: found.items,
        next: found.next_cursor,
        entities: organisation.entities.iter().map(|entity| entity.code.to_string()).collect(),
        mappings: visit.engine.mappings(&visit.caller).await??.items,
        fault,
    };
    let shell = visit.shell(t("Imports"), Section::Imports).await?;
    Ok(Html(page::imports(&shell, &page).into_string()).into_response())
}

/// Takes in a file. Its token comes with the form: nothing is staged before it fits.
pub(super) async fn upload(visit: Visit, request_: Request) -> Page {
    let (parts, body) = request_.into_parts();
    match bring(&visit, &parts.headers, body).await {
        Ok(address) => Ok(Redirect::to(&address).into_response()),
        Err(Unbrought::Told(fault)) => draw_list(&visit, Some(fault)).await,
        Err(Unbrought::Missed(miss)) => Err(miss),
    }
}

/// Why a file was not brought.
enum Unbrought {
    /// The reader can mend it.
    Told(String),
    /// It is a page of its own.
    Missed(Miss),
}

impl From<Miss> for Unbrought {
    fn from(miss: Miss) -> Self {
        Self::Missed(miss)
    }
}

async fn bring(visit: &Visit, headers: &axum::http::HeaderMap, body: Body) -> Result<String, Unbrought> {
    let upload = Upload::read(headers, body).await.map_err(|stop| Unbrought::Told(stop.0.detail))?;
    let token = upload.fields.get("csrf").map_or("", String::as_str);
    if !visit.engine.csrf_fits(&visit.session, token) {
        return Err(Miss::stale_form().into());
    }
    let mut given: HashMap<String, String> = upload.fields.clone();
    given.remove("csrf");
    let told = |faults: Vec<kith_domain::refusal::FieldFault>| {
        let told: Vec<String> = faults
            .iter()
            .map(|fault| format!("{}: {}", fault.pointer, words::told(&fault.message)))
            .collect();
        Unbrought::Told(told.join(" "))
    };
    let options = request(&given).and_then(|request| ImportOptions::read(request, None)).map_err(told)?;
    let file = upload.files(None).map_err(|stop| Unbrought::Told(stop.0.detail))?;
    let staged = visit.engine.import_stage(&visit.caller, file, options).await.map_err(Miss::from)?;
    match staged {
        Ok(import) => Ok(format!("/imports/{}", import.id)),
        Err(refusal) => Err(Unbrought::Told(sentence(&refusal))),
    }
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Page {
    draw(&visit, &id, None).await
}

/// The parts of the page that follow the import while it runs.
pub(super) async fn live(visit: Visit, Path(id): Path<String>) -> Page {
    let page = read(&visit, &id, None).await?;
    Ok(Html(page::import_live(&visit.bare_shell(), &page).into_string()).into_response())
}

async fn read(visit: &Visit, id: &str, fault: Option<String>) -> Result<ImportPage, Miss> {
    let level = visit.param("level");
    let whole = visit.engine.import_view(&visit.caller, id, None).await??;
    let asked = FaultPage { level: level.clone(), limit: FAULTS, cursor: visit.param("cursor") };
    let mut faults = visit.engine.import_view(&visit.caller, id, Some(asked)).await??;
    if level.is_none() {
        faults.errors.retain(|fault| fault.level != "warning");
    }
    let customs = visit.engine.custom_fields().items;
    Ok(ImportPage {
        import: whole,
        faults: faults.errors,
        level: level.unwrap_or_default(),
        next: faults.next_cursor,
        fields: visit.engine.import_fields(),
        entities: visit.engine.organisation().entities.iter().map(|entity| entity.code.to_string()).collect(),
        labels: customs.into_iter().map(|field| (field.name, field.label)).collect(),
        may_decide: visit.caller.principal.may(Grant::ChangesRead, None),
        fault,
    })
}

async fn draw(visit: &Visit, id: &str, fault: Option<String>) -> Page {
    let page = read(visit, id, fault).await?;
    let name = page.import.file_name.clone().unwrap_or_else(|| t("Import").to_owned());
    let shell = visit.shell(&name, Section::Imports).await?;
    Ok(Html(page::import(&shell, &page).into_string()).into_response())
}

/// Back to the import; with the reason when it was not done.
async fn settled(visit: &Visit, id: &str, refusal: Option<Refusal>) -> Page {
    match refusal {
        Some(refusal) => draw(visit, id, Some(sentence(&refusal))).await,
        None => Ok(Redirect::to(&format!("/imports/{id}")).into_response()),
    }
}

pub(super) async fn execute(Path(id): Path<String>, sent: Sent) -> Page {
    let done = sent.visit.engine.import_execute(&sent.visit.caller, &id).await?;
    settled(&sent.visit, &id, done.err()).await
}

pub(super) async fn revert(Path(id): Path<String>, sent: Sent) -> Page {
    let done = sent.visit.engine.import_revert(&sent.visit.caller, &id).await?;
    settled(&sent.visit, &id, done.err()).await
}

/// The columns as they were chosen: `column-0` names the first column of the file, `field-0` what it gives.
fn chosen(sent: &Sent) -> BTreeMap<String, String> {
    let pair = |place: usize| {
        let column = sent.form.exact(&format!("column-{place}"));
        (!column.is_empty())
            .then(|| (column.to_owned(), sent.form.text(&format!("field-{place}")).to_owned()))
    };
    let pairs = (0..).map_while(pair);
    pairs
        .map(|(column, field)| (column, if field.is_empty() { "ignore".to_owned() } else { field }))
        .collect()
}

/// Reads the file in another way.
pub(super) async fn remap(Path(id): Path<String>, sent: Sent) -> Page {
    let on_duplicate = OnDuplicate::parse(sent.form.text("on_duplicate"));
    let mut restage = Restage { columns: chosen(&sent), on_duplicate, ..Restage::default() };
    restage.entity = sent.form.given("entity");
    let row = sent.form.text("row").parse::<u64>();
    if let (Ok(row), Some(decision)) = (row, Decision::parse(sent.form.text("decision"))) {
        restage.decisions.insert(row, decision);
    }
    let (field, value, instead) =
        (sent.form.text("field"), sent.form.exact("value"), sent.form.exact("instead"));
    if !field.is_empty() && !value.is_empty() && !instead.is_empty() {
        restage.values.entry(field.to_owned()).or_default().insert(value.to_owned(), instead.to_owned());
    }
    match sent.visit.engine.import_restage(&sent.visit.caller, &id, restage).await? {
        Ok(import) => Ok(Redirect::to(&format!("/imports/{}", import.id)).into_response()),
        Err(refusal) => draw(&sent.visit, &id, Some(sentence(&refusal))).await,
    }
}

/// Saves the columns as a mapping.
pub(super) async fn save_mapping(Path(id): Path<String>, sent: Sent) -> Page {
    let import = sent.visit.engine.import_view(&sent.visit.caller, &id, None).await??;
    let rules = Rules {
        name: sent.form.text("name").to_owned(),
        system: import.source_system,
        columns: chosen(&sent),
        ..Rules::default()
    };
    let saved = sent.visit.engine.mapping_save(&sent.visit.caller, (None, rules)).await?;
    settled(&sent.visit, &id, saved.err()).await
}

/// The rows at fault, as a file.
pub(super) async fn errors(visit: Visit, Path(id): Path<String>) -> Result<Response, Miss> {
    let pieces = visit.engine.import_errors(&visit.caller, &id).await??;
    Ok(crate::rest::import::error_file(&id, pieces))
}
