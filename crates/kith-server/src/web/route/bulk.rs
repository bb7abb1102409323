//! One act on many accounts: from the selection to the job.

use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect};
use kith_domain::access::Grant;
use kith_domain::account::{HoldType, Tier};
use kith_engine::{BulkAct, BulkSelection};

use super::edit::people;
use super::form::{Form, Sent};
use super::miss::{Miss, Page, sentence};
use super::visit::Visit;
use crate::web::link::Link;
use crate::web::number::words;
use crate::web::page::accounts::bulk::{BulkKind, BulkPage, BulkTyped, bulk, bulk_job, bulk_jobs, job};
use crate::web::shell::Section;
use crate::web::words::t;

/// What the caller may do with many accounts.
pub(super) fn acts(visit: &Visit) -> Vec<BulkKind> {
    let may = |grant| visit.may_somewhere(grant);
    let allowed = |kind: &BulkKind| match kind {
        BulkKind::Owner | BulkKind::Tier | BulkKind::Tags => may(Grant::AccountsWrite),
        BulkKind::Review | BulkKind::Task => may(Grant::NotesWrite),
        BulkKind::Hold => may(Grant::HoldsWrite),
    };
    BulkKind::ALL.into_iter().filter(allowed).collect()
}

pub(super) async fn send(sent: Sent) -> Page {
    let Sent { mut visit, form } = sent;
    let filter = selected(&form);
    if form.text("act") == "export" {
        let to = Link::to("/accounts/export/csv").with("f", &filter).with("sort", form.text("sort"));
        return Ok(Redirect::to(&to.done()).into_response());
    }
    let kind = BulkKind::read(form.text("act")).ok_or_else(Miss::not_found)?;
    let typed = BulkTyped {
        to: form.text("to").to_owned(),
        add: form.text("add").to_owned(),
        remove: form.text("remove").to_owned(),
        on: form.text("on").to_owned(),
        title: form.text("title").to_owned(),
        due: form.text("due").to_owned(),
        reason: form.text("reason").to_owned(),
    };
    visit.caller.reason = Some(typed.reason.clone()).filter(|reason| !reason.is_empty());
    let mut page = BulkPage {
        kind,
        choices: choices(&visit, kind).await?,
        total: 0,
        typed,
        preview: Vec::new(),
        key: Some(form.text("key").to_owned())
            .filter(|key| !key.is_empty() && key.len() <= 64)
            .map_or_else(|| visit.engine.new_uuid().map(|id| id.to_string()), Ok)?,
        fault: None,
        filter,
    };
    if page.filter == NOBODY {
        page.fault = Some(t("No account is selected.").to_owned());
        return draw(&visit, &page).await;
    }
    if page.typed.on.is_empty() {
        page.typed.on = visit.engine.day().to_string();
    }
    page.total = visit.engine.count(&visit.caller, &page.filter)?;
    if form.text("step").is_empty() {
        return draw(&visit, &page).await;
    }
    let act = match act(&page) {
        Ok(act) => act,
        Err(fault) => {
            page.fault = Some(fault.to_owned());
            return draw(&visit, &page).await;
        }
    };
    let selection = BulkSelection::Filter(page.filter.clone());
    if form.text("step") == "send" {
        let title = t(kind.title()).to_owned();
        return match visit.engine.bulk_start(&visit.caller, &page.key, (selection, act, title)).await? {
            Ok(id) => Ok(Redirect::to(&format!("/accounts/bulk/{id}")).into_response()),
            Err(refusal) => {
                page.fault = Some(sentence(&refusal));
                draw(&visit, &page).await
            }
        };
    }
    let accounts = match visit.engine.bulk_selected(&visit.caller, &selection) {
        Ok(accounts) => accounts,
        Err(refusal) => {
            page.fault = Some(sentence(&refusal));
            return draw(&visit, &page).await;
        }
    };
    page.preview = visit.engine.bulk_preview(&visit.caller, &accounts, &act).await?;
    draw(&visit, &page).await
}

/// The filter that finds all: what a list without one shows.
const EVERYBODY: &str = "has(stage)";
/// The filter that finds nothing: what a selection of nothing comes to.
const NOBODY: &str = "account_number in []";

/// The selection as a filter: all that the list shows, or those that were picked.
fn selected(form: &Form) -> String {
    let kept = form.text("filter");
    if !kept.is_empty() {
        return kept.to_owned();
    }
    if form.text("all") == "1" {
        let shown = form.text("f");
        return if shown.is_empty() { EVERYBODY } else { shown }.to_owned();
    }
    let picked = form.picked("pick.");
    format!("account_number in {}", serde_json::Value::from(picked))
}

async fn choices(visit: &Visit, kind: BulkKind) -> Result<Vec<(String, String)>, Miss> {
    let coded = |codes: &[&str]| codes.iter().map(|code| ((*code).to_owned(), words(code))).collect();
    Ok(match kind {
        BulkKind::Owner => people(visit).await?,
        BulkKind::Tier => coded(Tier::CODES),
        BulkKind::Hold => coded(HoldType::CODES),
        BulkKind::Task => {
            let manager = ("manager".to_owned(), t("whoever answers for the account").to_owned());
            std::iter::once(manager).chain(people(visit).await?).collect()
        }
        BulkKind::Tags | BulkKind::Review => Vec::new(),
    })
}

fn act(page: &BulkPage) -> Result<BulkAct, &'static str> {
    let typed = &page.typed;
    let chosen = page.choices.iter().any(|(value, _)| *value == typed.to);
    let tags = |text: &str| -> Vec<String> {
        text.split(',').map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect()
    };
    match page.kind {
        BulkKind::Owner if chosen => Ok(BulkAct::Owner(typed.to.clone())),
        BulkKind::Tier if chosen => Ok(BulkAct::Tier(typed.to.clone())),
        BulkKind::Hold if typed.reason.is_empty() => Err(t("A hold has a reason.")),
        BulkKind::Hold => HoldType::get(&typed.to).map(BulkAct::Hold).ok_or(t("Choose one.")),
        BulkKind::Owner | BulkKind::Tier => Err(t("Choose one.")),
        BulkKind::Task if typed.title.is_empty() => Err(t("Say what is to be done.")),
        BulkKind::Task => {
            let due = Some(typed.due.as_str()).filter(|due| !due.is_empty()).map(str::parse).transpose();
            let due = due.map_err(|_| t("Expected a day such as 2026-11-20."))?;
            let assignee = Some(typed.to.clone()).filter(|to| !to.is_empty());
            if assignee.is_some() && !chosen {
                return Err(t("Choose one."));
            }
            Ok(BulkAct::Task { title: typed.title.clone(), due, assignee })
        }
        BulkKind::Tags => {
            let (add, remove) = (tags(&typed.add), tags(&typed.remove));
            if add.is_empty() && remove.is_empty() {
                Err(t("Name a tag."))
            } else {
                Ok(BulkAct::Tags { add, remove })
            }
        }
        BulkKind::Review => {
            typed.on.parse().map(BulkAct::Review).map_err(|_| t("Expected a day such as 2026-11-20."))
        }
    }
}

async fn draw(visit: &Visit, page: &BulkPage) -> Page {
    let shell = visit.shell(page.kind.title(), Section::Accounts).await?;
    Ok(Html(bulk(&shell, page).into_string()).into_response())
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Page {
    let view = visit.engine.bulk_job(&visit.caller, &id).await??;
    let shell = visit.shell(&view.title, Section::Accounts).await?;
    Ok(Html(bulk_job(&shell, &view).into_string()).into_response())
}

/// The jobs of the reader.
pub(super) async fn list(visit: Visit) -> Page {
    let jobs = visit.engine.bulk_jobs(&visit.caller).await?.items;
    let shell = visit.shell(t("Jobs on many accounts"), Section::Accounts).await?;
    Ok(Html(bulk_jobs(&shell, &jobs).into_string()).into_response())
}

/// The part that changes while the job runs.
pub(super) async fn live(visit: Visit, Path(id): Path<String>) -> Page {
    let view = visit.engine.bulk_job(&visit.caller, &id).await??;
    Ok(Html(job(&visit.bare_shell(), &view).into_string()).into_response())
}

/// A job that broke off goes on.
pub(super) async fn resume(Path(id): Path<String>, sent: Sent) -> Page {
    let Sent { visit, .. } = sent;
    visit.engine.bulk_resume(&visit.caller, &id).await??;
    Ok(Redirect::to(&format!("/accounts/bulk/{id}")).into_response())
}
