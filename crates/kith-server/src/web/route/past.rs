//! The record as it was at a moment.

use std::collections::BTreeSet;

use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect};
use kith_api::view::{AccountView, DiffView};
use kith_domain::approval::diff;
use kith_engine::{AsOf, Viewpoint};
use serde_json::Value;

use super::miss::{Miss, Page, sentence};
use super::visit::Visit;
use crate::web::link::Link;
use crate::web::page::{self, AccountPage, AccountTab, PastPage};
use crate::web::shell::Section;
use crate::web::words::t;

/// Records that are looked through for days on which something changed.
const RECORDS: u32 = 100;
/// Days that are shown.
const DAYS: usize = 12;

/// Members that say nothing about the customer, or are shown on pages of their own.
const APART: [&str; 6] = ["version", "updated_at", "note_log", "missing_fields", "review", "merged"];

/// From the form to the address of the day.
pub(super) async fn choose(visit: Visit, Path(name): Path<String>) -> Page {
    let day = visit.text("day");
    let day = if day.is_empty() { visit.engine.day().to_string() } else { day.to_owned() };
    let to = Link::to(&format!("/accounts/{name}/as-of/{}", crate::web::link::escaped(&day)));
    Ok(Redirect::to(&to.with("entity", visit.text("entity")).done()).into_response())
}

pub(super) async fn show(visit: Visit, Path((name, moment)): Path<(String, String)>) -> Page {
    let as_of: AsOf = moment.parse().map_err(|()| {
        let sentence = t("A moment is a day such as 2026-11-20, or a time such as 2026-11-20T10:00:00Z.");
        Miss::new(422, t("This moment cannot be read"), sentence)
    })?;
    let entity = visit.param("entity");
    let today = Viewpoint { entity: entity.clone(), as_of: None };
    let now = visit.engine.account_seen(&visit.caller, &name, &today).await??;
    let from = Viewpoint { entity: entity.clone(), as_of: Some(as_of) };
    let clock = visit.clock();
    let day = match as_of {
        AsOf::Day(day) => day.to_string(),
        AsOf::Moment(at) => at.to_zoned(clock.zone.clone()).date().to_string(),
    };
    let mut page = PastPage { entity: entity.clone(), moment, day, now, ..PastPage::default() };
    page.days = days(&visit, &page.now.id).await?;
    match visit.engine.account_seen(&visit.caller, &name, &from).await? {
        Ok(then) => {
            page.since = since(&visit, &then, &page.now);
            let effective = match &entity {
                Some(_) => Some(visit.engine.effective(&visit.caller, &name, &from).await??),
                None => None,
            };
            page.then = Some(AccountPage {
                account: then,
                tab: AccountTab::Master,
                entity,
                effective,
                ..AccountPage::default()
            });
        }
        Err(refusal) => page.fault = Some(sentence(&refusal)),
    }
    let shell = visit.shell(&page.now.name, Section::Accounts).await?;
    Ok(Html(page::past(&shell, &page).into_string()).into_response())
}

/// What differs between then and now, as the reader may see both.
fn since(visit: &Visit, then: &AccountView, now: &AccountView) -> Vec<DiffView> {
    let plain = |account: &AccountView| {
        let mut whole = serde_json::to_value(account).unwrap_or_default();
        if let Value::Object(members) = &mut whole {
            members.retain(|name, _| !APART.contains(&name.as_str()));
        }
        whole
    };
    let lines = diff(&plain(then), &plain(now)).into_iter();
    lines.map(|line| visit.engine.diff_view(&line.path, line.before, line.after)).collect()
}

/// The latest days on which the record changed, for who may read the audit trail.
async fn days(visit: &Visit, id: &str) -> Result<Vec<String>, Miss> {
    let clock = visit.clock();
    let found = visit.engine.audit(&visit.caller, id, None, RECORDS).await?;
    let records = found.map(|page| page.items).unwrap_or_default();
    let days: BTreeSet<String> =
        records.iter().filter_map(|record| clock.day(&record.at)).map(|day| day.to_string()).collect();
    Ok(days.into_iter().rev().take(DAYS).collect())
}
