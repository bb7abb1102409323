//! Asking and jumping: what a text may mean to this reader.

use axum::response::{Html, IntoResponse};
use kith_api::view::AskReply;
use kith_domain::access::Grant;
use kith_engine::{QUESTION_MAX, Question};
use kith_template::say;

use super::miss::Page;
use super::visit::Visit;
use crate::web::page::{self, AskPage, Fact, Place};
use crate::web::shell::{Section, places};
use crate::web::words::t;

/// Accounts that are offered.
const ACCOUNTS: usize = 6;
/// Accounts of a list that are shown.
const ROWS: usize = 5;
/// Fields that are shown beside each.
const FACTS: usize = 2;
/// Pages and views that are offered of each kind.
const PLACES: usize = 6;

pub(super) async fn show(visit: Visit) -> Page {
    let page = read(&visit).await?;
    let shell = visit.shell(t("Ask"), Section::Ask).await?;
    Ok(Html(page::ask(&shell, &page).into_string()).into_response())
}

/// What the palette shows while somebody types.
pub(super) async fn options(visit: Visit) -> Page {
    Ok(Html(page::ask_options(&read(&visit).await?, &visit.clock()).into_string()).into_response())
}

async fn read(visit: &Visit) -> Result<AskPage, super::miss::Miss> {
    let asked: String = visit.text("q").trim().chars().take(QUESTION_MAX).collect();
    let accounts = match asked.as_str() {
        "" => Vec::new(),
        asked => visit.engine.find(&visit.caller, asked, ACCOUNTS).map(|page| page.items).unwrap_or_default(),
    };
    let wanted = |title: &str| matches(title, &asked);
    let counts = visit.counts().await?;
    let mut pages: Vec<Place> = places(&counts).into_iter().filter(|place| wanted(&place.title)).collect();
    pages.truncate(PLACES);
    let views = visit.engine.views(&visit.caller).await?.items;
    let mut views: Vec<_> = views.into_iter().filter(|view| wanted(&view.name)).collect();
    views.truncate(PLACES);
    // An account that is named exactly comes with what can be done with it.
    let best = accounts.first().filter(|found| found.score >= 0.8).cloned();
    let mut acts = acts(visit, best.as_ref().map(|found| (found.id.as_str(), found.name.as_str())));
    acts.retain(|act| best.is_some() && act.href.contains("/acc_") || wanted(&act.title));
    let answer = answer(visit, &asked).await?;
    let facts = answer.as_ref().map(|reply| facts(visit, reply)).unwrap_or_default();
    let meanings = match &answer {
        Some(reply) => super::meaning::meanings(visit, reply).await?,
        None => Vec::new(),
    };
    Ok(AskPage { answer, meanings, asked, accounts, acts, pages, views, facts })
}

/// The answer to a question; a single word is a name sooner than a question.
async fn answer(visit: &Visit, asked: &str) -> Result<Option<AskReply>, super::miss::Miss> {
    if asked.split_whitespace().nth(1).is_none() {
        return Ok(None);
    }
    let question = Question { question: asked.to_owned(), limit: Some(ROWS), ..Question::default() };
    let reply = visit.engine.answer(&visit.caller, &question).await?.ok();
    Ok(reply.filter(|reply| !reply.understood.is_empty()))
}

/// The fields that a list was asked by: what it is sorted by first, then what is in its filter.
fn facts(visit: &Visit, reply: &AskReply) -> Vec<Fact> {
    let filter = reply.filter.as_deref().unwrap_or_default();
    let names = |text: &str| -> Vec<String> {
        let name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        text.split(|letter| !name(letter)).map(str::to_owned).collect()
    };
    let mut wanted = names(reply.sort.as_deref().unwrap_or_default());
    wanted.extend(names(filter));
    let fields = visit.engine.field_list(&visit.caller);
    let mut facts: Vec<Fact> = Vec::new();
    for field in wanted.iter().filter_map(|id| fields.iter().find(|field| field.id == *id)) {
        if field.id != "name" && !facts.iter().any(|fact| fact.id == field.id) {
            let (id, title, unit) = (field.id.clone(), field.title.clone(), field.unit.clone());
            facts.push(Fact { id, title, unit });
        }
    }
    facts.truncate(FACTS);
    facts
}

/// What the reader may do, in general and with an account.
fn acts(visit: &Visit, account: Option<(&str, &str)>) -> Vec<Place> {
    let may = |grant| visit.caller.principal.may(grant, None);
    let place = |title: String, href: String, keys: &str| Place { title, href, keys: keys.to_owned() };
    let mut acts = Vec::new();
    if let Some((id, name)) = account {
        if may(Grant::NotesWrite) {
            acts.push(place(say!("Write a note on {name}"), format!("/accounts/{id}#note"), ""));
        }
        if may(Grant::HoldsWrite) {
            acts.push(place(say!("Place a hold on {name}"), format!("/accounts/{id}/holds"), ""));
        }
        if may(Grant::CreditRead) {
            acts.push(place(say!("Credit of {name}"), format!("/accounts/{id}?tab=credit"), ""));
        }
    }
    if may(Grant::AccountsWrite) {
        acts.push(place(t("New account").to_owned(), "/accounts/new".to_owned(), "C"));
    }
    if may(Grant::ImportsWrite) {
        acts.push(place(t("Bring a file").to_owned(), "/imports".to_owned(), ""));
    }
    acts
}

/// Every word of the text begins a word of the title; no text wants everything.
fn matches(title: &str, asked: &str) -> bool {
    let title = title.to_lowercase();
    let words = asked.to_lowercase();
    words.split_whitespace().all(|word| title.split(' ').any(|part| part.starts_with(word)))
}
