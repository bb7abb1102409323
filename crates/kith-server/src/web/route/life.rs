//! Steps in an account's life: the page before, and the asking.

use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect};
use kith_api::view::AccountView;
use kith_domain::account::Command as AccountCommand;
use kith_domain::command::Command;
use kith_domain::value::{AccountId, Personal};
use kith_engine::{Answer, Request};

use super::form::Sent;
use super::miss::{Miss, Page, sentence};
use super::visit::Visit;
use crate::web::page::{self, Act, ActPage};
use crate::web::shell::Section;

pub(super) async fn show(visit: Visit, Path((name, act)): Path<(String, String)>) -> Page {
    let act = Act::read(&act).ok_or_else(Miss::not_found)?;
    let asked = Asked { act, loser: visit.text("loser").to_owned(), ..Asked::of(act) };
    draw(&visit, &name, asked, None).await
}

/// What was typed.
struct Asked {
    act: Act,
    loser: String,
    reason: String,
    allow_open_ar: bool,
}

impl Asked {
    fn of(act: Act) -> Self {
        Self { act, loser: String::new(), reason: String::new(), allow_open_ar: false }
    }

    fn command(&self, visit: &Visit) -> Result<AccountCommand, Miss> {
        let user = visit.caller.principal.user().map_or_else(String::new, |user| user.to_string());
        let reason = Personal::new(user, self.reason.clone());
        Ok(match self.act {
            Act::Deactivate => AccountCommand::Deactivate { reason, allow_open_ar: self.allow_open_ar },
            Act::Reactivate => AccountCommand::Reactivate { reason },
            Act::Close => AccountCommand::Close { reason },
            Act::Reopen => AccountCommand::Reopen { reason },
            Act::Delete => AccountCommand::Delete { reason },
            Act::Unmerge => {
                let loser = self.loser.parse().map_err(|_| Miss::not_found())?;
                AccountCommand::Unmerge { loser, reason }
            }
        })
    }
}

async fn draw(visit: &Visit, name: &str, asked: Asked, fault: Option<String>) -> Page {
    let account = visit.engine.account(&visit.caller, name).await??;
    let id = id_of(&account)?;
    // Before anything is typed the reason is not what stands in the way.
    let foreseen = match asked.reason.is_empty() {
        true => Asked { reason: "?".to_owned(), loser: asked.loser.clone(), ..asked },
        false => Asked { reason: asked.reason.clone(), loser: asked.loser.clone(), ..asked },
    };
    let command = Command::Account { id, command: foreseen.command(visit)? };
    let outlook = visit.engine.outlook(&visit.caller, &command).await?;
    let Asked { act, loser, allow_open_ar, .. } = foreseen;
    let page = ActPage { account, act, loser, outlook, reason: asked.reason, allow_open_ar, fault };
    let shell = visit.shell(&page.account.name, Section::Accounts).await?;
    Ok(Html(page::act(&shell, &page).into_string()).into_response())
}

pub(super) fn id_of(account: &AccountView) -> Result<AccountId, Miss> {
    account.id.parse().map_err(|_| Miss::not_found())
}

pub(super) async fn send(Path((name, act)): Path<(String, String)>, sent: Sent) -> Page {
    let Sent { mut visit, form } = sent;
    let act = Act::read(&act).ok_or_else(Miss::not_found)?;
    let asked = Asked {
        act,
        loser: form.text("loser").to_owned(),
        reason: form.text("reason").to_owned(),
        allow_open_ar: form.text("allow_open_ar") == "true",
    };
    let account = visit.engine.account(&visit.caller, &name).await??;
    let command = asked.command(&visit)?;
    visit.caller.reason = Some(asked.reason.clone());
    match ask(&visit, id_of(&account)?, command).await? {
        Ok(to) => Ok(Redirect::to(&to).into_response()),
        Err(fault) => draw(&visit, &name, asked, Some(fault)).await,
    }
}

/// Puts a command before its approvers; where to go then, or why it was refused.
pub(super) async fn ask(
    visit: &Visit,
    id: AccountId,
    command: AccountCommand,
) -> Result<Result<String, String>, Miss> {
    let command = Command::Account { id, command };
    Ok(match visit.engine.execute(&visit.caller, Request::from(command)).await?.answer {
        Answer::Refused(refusal) => Err(sentence(&refusal)),
        Answer::Waiting(change) => Ok(format!("/changes/{}", change.id)),
        Answer::Done(_) => Ok(format!("/accounts/{id}")),
    })
}
