//! What is written on the page of an account besides its record: talks and tasks.

use std::collections::HashMap;

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use jiff::Timestamp;
use jiff::civil::DateTime;
use kith_domain::command::Command;
use kith_domain::refusal::Refusal;
use kith_domain::task::{Command as TaskCommand, Work as Task};
use kith_domain::value::{Personal, TaskId};
use kith_engine::{Answer, Request, Talk};

use super::account::{draw, read};
use super::form::{Form, Sent};
use super::life::id_of;
use super::miss::{Miss, Page, sentence};
use super::visit::Visit;
use crate::web::number::capital;
use crate::web::page::{AccountPage, NoteDraft, TalkDraft};
use crate::web::words::{t, told};

/// Logs a call, a meeting or a visit.
pub(super) async fn log(Path(name): Path<String>, sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let at = match moment(&visit, form.text("at")) {
        Ok(at) => at,
        Err(fault) => return again(&visit, &name, &form, vec![("at".to_owned(), fault)]).await,
    };
    let key = Some(form.text("key").to_owned()).filter(|key| !key.is_empty() && key.len() <= 64);
    let talk = Talk {
        channel: form.text("channel").to_owned(),
        with: form.text("with").to_owned(),
        text: form.text("text").to_owned(),
        at,
        key: key.map_or_else(|| visit.engine.new_uuid().map(|id| id.to_string()), Ok)?,
    };
    match visit.engine.log_talk(&visit.caller, &name, &talk).await? {
        Ok(_) => Ok(Redirect::to(&format!("/accounts/{name}#timeline")).into_response()),
        Err(refusal) => {
            again(&visit, &name, &form, by_field(&refusal, "text", &["channel", "with", "at"])).await
        }
    }
}

/// The local time of a form, in the reader's zone; nothing for now.
fn moment(visit: &Visit, text: &str) -> Result<Option<Timestamp>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let local = text.parse::<DateTime>().ok();
    let zoned = local.and_then(|local| local.to_zoned(visit.clock().zone).ok());
    zoned.map(|zoned| Some(zoned.timestamp())).ok_or_else(|| t("Expected a day and a time.").to_owned())
}

/// Each fault at its field; what is about no field of the form stands at the first one.
fn by_field(refusal: &Refusal, first: &str, others: &[&str]) -> Vec<(String, String)> {
    if refusal.fields.is_empty() {
        return vec![(first.to_owned(), sentence(refusal))];
    }
    let place = |pointer: &str| {
        let name = pointer.trim_start_matches('/');
        if others.contains(&name) { name.to_owned() } else { first.to_owned() }
    };
    refusal.fields.iter().map(|fault| (place(&fault.pointer), capital(&told(&fault.message)))).collect()
}

/// The page with the form open, as it was typed.
async fn again(visit: &Visit, name: &str, form: &Form, faults: Vec<(String, String)>) -> Page {
    let page = read(visit, name, NoteDraft::default()).await?;
    let talk = TalkDraft { typed: form.members(), faults: faults.into_iter().collect::<HashMap<_, _>>() };
    draw(visit, &AccountPage { talk, ..page }).await
}

/// Opens a task about the account, for whoever opens it.
pub(super) async fn task(Path(name): Path<String>, sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let account = visit.engine.account(&visit.caller, &name).await??;
    let id = TaskId(visit.engine.new_uuid()?);
    let work = Task {
        account: Some(id_of(&account)?),
        kind: "to_do".to_owned(),
        title: Personal::new(account.id.clone(), form.text("title").to_owned()),
        due: Some(form.text("due").to_owned()).filter(|due| !due.is_empty()),
        assignee: visit.caller.principal.user(),
        cause: None,
    };
    let command = Command::Task { id, command: TaskCommand::Open { id, work: Box::new(work) } };
    match visit.engine.execute(&visit.caller, Request::from(command)).await?.answer {
        Answer::Done(_) | Answer::Waiting(_) => {
            Ok(Redirect::to(&format!("/accounts/{}#open-work", account.id)).into_response())
        }
        Answer::Refused(refusal) => not_opened(&visit, &name, &form, &refusal).await,
    }
}

async fn not_opened(
    visit: &Visit,
    name: &str,
    form: &Form,
    refusal: &Refusal,
) -> Result<axum::response::Response, Miss> {
    let mut page = read(visit, name, NoteDraft::default()).await?;
    page.work.faults = by_field(refusal, "title", &["due"]).into_iter().collect();
    page.work.typed = form.members();
    draw(visit, &page).await
}
