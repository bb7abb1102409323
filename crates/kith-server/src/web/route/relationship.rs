//! Relationships of an account to others: asked for and ended on the tab of its group.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use jiff::civil::Date;
use kith_domain::account::{Command as AccountCommand, Relationship, RelationshipKind};
use kith_domain::value::RelationshipId;

use super::account::{draw, read};
use super::form::{Form, Sent};
use super::life::{ask, id_of};
use super::miss::{Miss, Page, sentence};
use super::visit::Visit;
use crate::rest::onboarding::share as share_of;
use crate::web::number::typed::percentage;
use crate::web::page::{AccountPage, AccountTab, NoteDraft};
use crate::web::words::t;

/// Asks for a relationship.
pub(super) async fn add(Path(name): Path<String>, sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let account = visit.engine.account(&visit.caller, &name).await??;
    let other = match visit.engine.account(&visit.caller, form.text("to")).await? {
        Ok(other) => id_of(&other)?,
        Err(refusal) => return again(visit, &name, &form, sentence(&refusal)).await,
    };
    let kind = RelationshipKind::get(form.text("type")).ok_or_else(Miss::not_found)?;
    let share_bp = match share(form.text("percent")) {
        Ok(share) => share,
        Err(fault) => return again(visit, &name, &form, fault).await,
    };
    let day = |member: &str| form.text(member).parse::<Date>().ok();
    let relationship = Relationship {
        id: RelationshipId(visit.engine.new_uuid()?),
        to: other,
        kind,
        share_bp,
        valid_from: day("valid_from").unwrap_or_else(|| visit.engine.day()),
        valid_to: day("valid_to"),
        source: Some(form.text("source").to_owned()).filter(|source| !source.is_empty()),
    };
    match ask(&visit, id_of(&account)?, AccountCommand::Relate { relationship }).await? {
        Ok(to) => Ok(Redirect::to(&to).into_response()),
        Err(fault) => again(visit, &name, &form, fault).await,
    }
}

/// Hundredths of a percent of a share in percent.
fn share(text: &str) -> Result<Option<u16>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let percent = percentage(text).map_err(|misread| misread.sentence())?;
    let share = percent.parse().ok().and_then(share_of);
    let share =
        share.ok_or_else(|| t("A share is 0 to 100 per cent, with two decimals at most.").to_owned())?;
    Ok(Some(share))
}

/// Asks that a relationship ends today.
pub(super) async fn end(Path((name, relationship)): Path<(String, String)>, sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let account = visit.engine.account(&visit.caller, &name).await??;
    let id: RelationshipId = relationship.parse().map_err(|_| Miss::not_found())?;
    let found = visit.engine.relationship(&visit.caller, &name, id).await??;
    let mut held = found.ok_or_else(Miss::not_found)?;
    held.valid_to = Some(visit.engine.day().max(held.valid_from));
    match ask(&visit, id_of(&account)?, AccountCommand::Relate { relationship: held }).await? {
        Ok(to) => Ok(Redirect::to(&to).into_response()),
        Err(fault) => again(visit, &name, &form, fault).await,
    }
}

/// The tab with what was typed and what stands in the way.
async fn again(mut visit: Visit, name: &str, form: &Form, fault: String) -> Page {
    visit.query.insert("tab".to_owned(), AccountTab::Group.name().to_owned());
    let typed = form.members();
    let page = AccountPage { fault: Some(fault), typed, ..read(&visit, name, NoteDraft::default()).await? };
    draw(&visit, &page).await
}
