//! Holds and the watch: the pages before, and the asking.

use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kith_api::view::HoldView;
use kith_domain::account::{Command as AccountCommand, HoldDraft, HoldType};
use kith_domain::command::Command;
use kith_domain::value::{HoldId, Personal};

use super::form::{Form, Sent};
use super::life::{ask, id_of};
use super::miss::{Miss, Page};
use super::visit::Visit;
use crate::web::page::{self, HoldAct, HoldPage, HoldTyped};
use crate::web::shell::Section;

pub(super) async fn place_page(visit: Visit, Path(name): Path<String>) -> Page {
    draw(&visit, (&name, HoldAct::Place, None), HoldTyped::default(), None).await
}

pub(super) async fn watch_page(visit: Visit, Path(name): Path<String>) -> Page {
    draw(&visit, (&name, HoldAct::Watch, None), HoldTyped::default(), None).await
}

pub(super) async fn release_page(visit: Visit, Path((name, hold)): Path<(String, String)>) -> Page {
    draw(&visit, (&name, HoldAct::Release, Some(hold)), HoldTyped::default(), None).await
}

fn typed(form: &Form) -> HoldTyped {
    let text = |name: &str| form.text(name).to_owned();
    HoldTyped { kind: text("kind"), entity: text("entity"), reason: text("reason"), until: text("until") }
}

/// The end of a day that was typed; nothing for none.
fn moment(text: &str) -> Option<Timestamp> {
    let day: Date = text.parse().ok()?;
    day.at(23, 59, 59, 0).to_zoned(TimeZone::UTC).ok().map(|end| end.timestamp())
}

fn reason(visit: &Visit, text: &str) -> Personal<String> {
    let user = visit.caller.principal.user().map_or_else(String::new, |user| user.to_string());
    Personal::new(user, text.to_owned())
}

fn kind_of(hold: &HoldView) -> HoldType {
    HoldType::get(&hold.kind).unwrap_or_default()
}

async fn draw(
    visit: &Visit,
    (name, act, hold): (&str, HoldAct, Option<String>),
    typed: HoldTyped,
    fault: Option<String>,
) -> Page {
    let account = visit.engine.account(&visit.caller, name).await??;
    let hold = match hold {
        Some(id) => {
            let found = account.holds.iter().find(|held| held.id == id).cloned();
            Some(found.ok_or_else(Miss::not_found)?)
        }
        None => None,
    };
    let outlook = match &hold {
        Some(held) => {
            let id: HoldId = held.id.parse().map_err(|_| Miss::not_found())?;
            let command = AccountCommand::ReleaseHold { id, kind: kind_of(held), reason: reason(visit, "?") };
            let command = Command::Account { id: id_of(&account)?, command };
            Some(visit.engine.outlook(&visit.caller, &command).await?)
        }
        None => None,
    };
    let organisation = visit.engine.organisation();
    let entities = organisation.entities.iter().map(|entity| entity.code.to_string()).collect();
    let page = HoldPage { account, act, hold, entities, typed, outlook, fault };
    let shell = visit.shell(&page.account.name, Section::Accounts).await?;
    Ok(Html(page::hold(&shell, &page).into_string()).into_response())
}

pub(super) async fn place(Path(name): Path<String>, sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let typed = typed(&form);
    let kind = HoldType::get(&typed.kind).unwrap_or_default();
    let draft = HoldDraft {
        entity: typed.entity.parse().ok(),
        review_at: moment(&typed.until),
        ..HoldDraft::new(HoldId(visit.engine.new_uuid()?), kind, reason(&visit, &typed.reason))
    };
    let command = AccountCommand::PlaceHold { hold: Box::new(draft) };
    carry(visit, (&name, HoldAct::Place, None), typed, command).await
}

pub(super) async fn release(Path((name, hold)): Path<(String, String)>, sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let typed = typed(&form);
    let account = visit.engine.account(&visit.caller, &name).await??;
    let held = account.holds.iter().find(|held| held.id == hold).ok_or_else(Miss::not_found)?;
    let id: HoldId = held.id.parse().map_err(|_| Miss::not_found())?;
    let reason = reason(&visit, &typed.reason);
    let command = AccountCommand::ReleaseHold { id, kind: kind_of(held), reason };
    carry(visit, (&name, HoldAct::Release, Some(hold)), typed, command).await
}

pub(super) async fn watch(Path(name): Path<String>, sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let typed = typed(&form);
    let given = reason(&visit, &typed.reason);
    let command = match form.text("clear") {
        "true" => AccountCommand::ClearWatch { reason: (!typed.reason.is_empty()).then_some(given) },
        _ => AccountCommand::SetWatch { reason: given, cause: None, expires_at: moment(&typed.until) },
    };
    carry(visit, (&name, HoldAct::Watch, None), typed, command).await
}

async fn carry(
    mut visit: Visit,
    (name, act, hold): (&str, HoldAct, Option<String>),
    typed: HoldTyped,
    command: AccountCommand,
) -> Page {
    let account = visit.engine.account(&visit.caller, name).await??;
    visit.caller.reason = Some(typed.reason.clone());
    match ask(&visit, id_of(&account)?, command).await? {
        Ok(to) => Ok(Redirect::to(&to).into_response()),
        Err(fault) => draw(&visit, (name, act, hold), typed, Some(fault)).await,
    }
}
