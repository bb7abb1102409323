//! Reviews that are due: the list, and recording one.

use axum::extract::Path;
use axum::response::{Html, IntoResponse};
use jiff::civil::Date;
use kith_domain::access::Grant;
use kith_domain::account::Command as AccountCommand;
use kith_domain::command::Command;
use kith_domain::value::{AccountId, NoteId, Personal};
use kith_engine::{Answer, Request, ReviewRequest};
use kith_template::say;

use super::form::Sent;
use super::life::id_of;
use super::miss::{Miss, Page, sentence};
use super::visit::Visit;
use crate::web::page::{self, ReviewsPage};
use crate::web::shell::Section;
use crate::web::words::t;

/// Accounts of a page.
const LIMIT: usize = 50;

pub(super) async fn list(visit: Visit) -> Page {
    draw(&visit, ReviewsPage::default()).await
}

async fn draw(visit: &Visit, page: ReviewsPage) -> Page {
    let (engine, caller) = (&visit.engine, &visit.caller);
    let due = visit.param("due").unwrap_or_else(|| "overdue".to_owned());
    // Whoever comes without saying whose sees their own, where they have any.
    let manager = match visit.query.get("manager") {
        Some(manager) => manager.clone(),
        None => whose(visit),
    };
    let request = ReviewRequest {
        within_days: due.parse().ok(),
        manager: Some(manager.clone()).filter(|manager| !manager.is_empty()),
        team: visit.param("team"),
        limit: LIMIT,
        cursor: visit.param("cursor"),
    };
    let page = ReviewsPage {
        accounts: engine.reviews_due(caller, &request)?,
        due,
        manager,
        team: visit.text("team").to_owned(),
        users: engine.users(caller).await?.items,
        may_record: caller.principal.may(Grant::NotesWrite, None),
        today: engine.day().to_string(),
        ..page
    };
    let shell = visit.shell(t("Reviews"), Section::Reviews).await?;
    Ok(Html(page::reviews(&shell, &page).into_string()).into_response())
}

/// The reader, if they answer for any account; otherwise everybody.
fn whose(visit: &Visit) -> String {
    let user = visit.caller.principal.user().map(|user| user.to_string());
    let own = user.and_then(|user| visit.engine.managed_accounts(&visit.caller, &user).ok());
    if own.is_some_and(|own| !own.is_empty()) { "me".to_owned() } else { String::new() }
}

/// Records a review, and the note that came of it.
pub(super) async fn record(Path(name): Path<String>, sent: Sent) -> Page {
    let Sent { mut visit, form } = sent;
    for member in ["due", "manager", "team"] {
        visit.query.insert(member.to_owned(), form.text(member).to_owned());
    }
    let account = visit.engine.account(&visit.caller, &name).await??;
    let id = id_of(&account)?;
    let note = form.text("note").to_owned();
    let day = |member: &str| form.text(member).parse::<Date>().ok();
    let on = day("on").unwrap_or_else(|| visit.engine.day());
    let review = AccountCommand::Review { on, next_on: day("next_on") };
    if let Some(fault) = ask(&visit, id, review).await? {
        let fault = Some((account.id, fault));
        return draw(&visit, ReviewsPage { fault, typed: note, ..ReviewsPage::default() }).await;
    }
    if !note.is_empty() {
        let text = Personal::new(account.id.clone(), note.clone());
        let added = AccountCommand::AddNote { id: NoteId(visit.engine.new_uuid()?), text };
        if let Some(fault) = ask(&visit, id, added).await? {
            let fault = Some((account.id, say!("The review is recorded, the note is not: {fault}")));
            return draw(&visit, ReviewsPage { fault, typed: note, ..ReviewsPage::default() }).await;
        }
    }
    let after = visit.engine.account(&visit.caller, &account.id).await??;
    let told = after.review.next_review_on.map(|next| (after.name, next));
    draw(&visit, ReviewsPage { told, ..ReviewsPage::default() }).await
}

async fn ask(visit: &Visit, id: AccountId, command: AccountCommand) -> Result<Option<String>, Miss> {
    let command = Command::Account { id, command };
    Ok(match visit.engine.execute(&visit.caller, Request::from(command)).await?.answer {
        Answer::Refused(refusal) => Some(sentence(&refusal)),
        Answer::Done(_) | Answer::Waiting(_) => None,
    })
}
