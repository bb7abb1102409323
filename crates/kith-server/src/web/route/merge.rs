//! Merging and hierarchy on the pages.

use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect};
use kith_domain::account::{Command as AccountCommand, Pick, Picks};
use kith_domain::value::Personal;

use super::form::Sent;
use super::life::{ask, id_of};
use super::miss::{Page, sentence};
use super::visit::Visit;
use crate::web::page::{self, MergePage};
use crate::web::shell::Section;

pub(super) async fn show(visit: Visit, Path(name): Path<String>) -> Page {
    let loser = visit.text("loser").to_owned();
    draw(&visit, &name, &loser, String::new(), None).await
}

async fn draw(visit: &Visit, name: &str, loser: &str, reason: String, fault: Option<String>) -> Page {
    let account = visit.engine.account(&visit.caller, name).await??;
    let mut page = MergePage { account, loser: loser.to_owned(), preview: None, reason, fault };
    if !loser.is_empty() {
        let pair = (page.account.id.as_str(), loser);
        match visit.engine.merge_preview(&visit.caller, pair, Picks::new()).await? {
            Ok(preview) => {
                page.loser.clone_from(&preview.loser.account_number);
                page.preview = Some(preview);
            }
            Err(refusal) => page.fault = page.fault.or_else(|| Some(sentence(&refusal))),
        }
    }
    let shell = visit.shell(&page.account.name, Section::Accounts).await?;
    Ok(Html(page::merge(&shell, &page).into_string()).into_response())
}

pub(super) async fn send(Path(name): Path<String>, sent: Sent) -> Page {
    let Sent { mut visit, form } = sent;
    let account = visit.engine.account(&visit.caller, &name).await??;
    let typed = form.text("loser").to_owned();
    let other = visit.engine.account(&visit.caller, &typed).await??;
    let preview = visit.engine.merge_preview(&visit.caller, (&account.id, &other.id), Picks::new()).await??;
    // Only what differs from the rules is a pick.
    let picks: Picks = preview
        .fields
        .iter()
        .filter_map(|field| {
            let picked = form.text(&format!("pick.{}", field.field));
            let pick = match picked {
                "survivor" => Pick::Survivor,
                "loser" => Pick::Loser,
                _ => return None,
            };
            (picked != field.winner).then(|| (field.field.clone(), pick))
        })
        .collect();
    let text = form.text("reason").to_owned();
    let user = visit.caller.principal.user().map_or_else(String::new, |user| user.to_string());
    let reason = Personal::new(user, text.clone());
    visit.caller.reason = Some(text.clone());
    let command = AccountCommand::Merge { loser: id_of(&other)?, picks, reason };
    match ask(&visit, id_of(&account)?, command).await? {
        Ok(to) => Ok(Redirect::to(&to).into_response()),
        Err(fault) => draw(&visit, &name, &typed, text, Some(fault)).await,
    }
}

/// Asks for another parent, or for none.
pub(super) async fn parent(Path(name): Path<String>, sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let account = visit.engine.account(&visit.caller, &name).await??;
    let typed = form.text("parent");
    let parent = match typed {
        "" => None,
        _ => match visit.engine.account(&visit.caller, typed).await? {
            Ok(parent) => Some(id_of(&parent)?),
            Err(refusal) => {
                return super::account::group_with_fault(visit, &name, sentence(&refusal)).await;
            }
        },
    };
    let valid_from = form.text("valid_from").parse().unwrap_or_else(|_| visit.engine.day());
    let command = AccountCommand::SetParent { parent, valid_from, reason: None };
    match ask(&visit, id_of(&account)?, command).await? {
        Ok(to) => Ok(Redirect::to(&to).into_response()),
        Err(fault) => super::account::group_with_fault(visit, &name, fault).await,
    }
}
