//! What happened to an account, newest first.

use std::collections::BTreeSet;

use kith_api::view::{Page, TimelineItem};
use kith_domain::access::Grant;
use kith_domain::refusal::Refusal;
use kith_store::{Fault, Touchpoint};
use serde_json::{Map, Value};

use super::profile::instant;
use super::title::tell;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::list::invalid;

/// What is asked of a timeline.
#[derive(Debug, Clone, Default)]
pub struct TimelineRequest {
    /// Only one group.
    pub group: Option<String>,
    /// Where the page before ended: `time_ms.position`.
    pub cursor: Option<String>,
    /// Rows of the page.
    pub limit: usize,
}

/// The groups a timeline can be asked for.
pub const GROUPS: [&str; 8] =
    ["orders", "shipments", "money", "messages", "quotes", "surveys", "portal", "other"];

impl Engine {
    /// Touchpoints of an account, newest first by the time they happened.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn timeline(
        &self,
        caller: &Caller,
        name: &str,
        request: TimelineRequest,
    ) -> Result<Result<Page<TimelineItem>, Refusal>, Fault> {
        let loaded = match self.load_account(caller, name).await? {
            Ok(loaded) => loaded,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if let Some(group) = &request.group
            && !GROUPS.contains(&group.as_str())
        {
            let message = format!("The groups are {}.", GROUPS.join(", "));
            return Ok(Err(invalid("group", "unknown_group", message)));
        }
        let before = match request.cursor.as_deref().map(place) {
            Some(None) => {
                return Ok(Err(invalid("cursor", "cursor_invalid", "The cursor is not one of this list.")));
            }
            Some(place) => place,
            None => None,
        };
        let Some((row, _)) = self.find_account(name) else { return Ok(Ok(empty())) };
        let personal = caller.principal.may(Grant::PersonalRead, Some(&loaded.state.owning_entity));
        let engine = self.clone();
        let members = self.subjects_of(row);
        let page = self
            .store()
            .read(move |reader| {
                let mut all = Vec::new();
                for (row, _) in &members {
                    all.extend(crate::replay::all_of(reader, *row)?);
                }
                all.sort_unstable_by_key(|found| std::cmp::Reverse((found.stored.at_ms, found.position)));
                let mut items = Vec::new();
                let mut last = None;
                for found in &all {
                    let place = (found.stored.at_ms, found.position);
                    if before.is_some_and(|before| place >= before) {
                        continue;
                    }
                    let of = members.iter().find(|(row, _)| *row == found.stored.account_row);
                    let subject = of.map_or("", |(_, subject)| subject);
                    let item = engine.timeline_item(subject, found, personal)?;
                    let wanted = request.group.as_ref().is_none_or(|group| *group == item.group);
                    if wanted && items.len() == request.limit {
                        let next_cursor = last.map(|(at, position): (i64, u64)| format!("{at}.{position}"));
                        return Ok(Page { items, next_cursor, has_more: true });
                    }
                    if wanted {
                        items.push(item);
                        last = Some(place);
                    }
                }
                Ok(Page { items, next_cursor: None, has_more: false })
            })
            .await?;
        Ok(Ok(page))
    }

    /// The touchpoints behind a metric of an account, latest first, from a place on; and how many there are.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn touchpoints_behind(
        &self,
        caller: &Caller,
        name: &str,
        metric: &str,
        (from, limit): (usize, usize),
    ) -> Result<Result<(Vec<TimelineItem>, usize), Refusal>, Fault> {
        let loaded = match self.load_account(caller, name).await? {
            Ok(loaded) => loaded,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let Some((row, _)) = self.find_account(name) else { return Ok(Ok((Vec::new(), 0))) };
        let Some((places, count)) = self.living().touchpoints_behind(row, metric, from, limit) else {
            return Ok(Err(invalid("metric", "unknown_metric", format!("There is no metric {metric:?}."))));
        };
        let personal = caller.principal.may(Grant::PersonalRead, Some(&loaded.state.owning_entity));
        let (engine, members) = (self.clone(), self.subjects_of(row));
        let items = self.store().read(move |reader| {
            let mut found: Vec<Touchpoint> = reader.touchpoints_at(&places)?;
            found.sort_unstable_by_key(|found| std::cmp::Reverse((found.stored.at_ms, found.position)));
            let items = found.iter().filter_map(|found| {
                let (_, subject) = members.iter().find(|(row, _)| *row == found.stored.account_row)?;
                Some(engine.timeline_item(subject, found, personal))
            });
            items.collect::<Result<Vec<_>, Fault>>()
        });
        Ok(Ok((items.await?, count)))
    }

    /// The rows whose touchpoints count for a row, each with the name under which its personal data is sealed: its own,
    /// and those of what was merged into it.
    fn subjects_of(&self, row: u32) -> Vec<(u32, String)> {
        let inner = self.directory().read();
        let rows = inner.members(row).into_iter();
        rows.filter_map(|row| Some((row, inner.entry(row)?.id.to_string()))).collect()
    }

    fn timeline_item(
        &self,
        subject: &str,
        found: &Touchpoint,
        personal: bool,
    ) -> Result<TimelineItem, Fault> {
        let stored = &found.stored;
        let mut data: Value = serde_json::from_str(&stored.clear).unwrap_or_default();
        let mut told = tell(&stored.kind, &data);
        let mut detail = std::mem::take(&mut told.detail);
        if personal && !stored.sealed.is_empty() {
            let bound = kith_store::touchpoint::bound_to(&stored.source, &stored.id);
            match self.store().vault().open(subject, bound.as_bytes(), &stored.sealed)? {
                Some(plain) => {
                    let opened: Value = serde_json::from_slice(&plain).unwrap_or_default();
                    let members = opened.get("data").and_then(Value::as_object).cloned().unwrap_or_default();
                    if stored.kind.ends_with("meeting.held") && members.get("channel") == Some(&"call".into())
                    {
                        told.title = "Call".to_owned();
                    }
                    if let Some(text) = members.get("text").and_then(Value::as_str) {
                        detail = format!("“{}”", text.chars().take(240).collect::<String>());
                    } else if let Some(who) =
                        members.get("user").or(members.get("competitor")).and_then(Value::as_str)
                    {
                        detail =
                            if detail.is_empty() { who.to_owned() } else { format!("{detail} · {who}") };
                    }
                    merge(&mut data, members);
                }
                None => detail = "[erased]".to_owned(),
            }
        }
        drop_pseudonyms(&mut data);
        Ok(TimelineItem {
            position: found.position,
            log: "touchpoint".to_owned(),
            source: stored.source.clone(),
            id: stored.id.clone(),
            kind: stored.kind.clone(),
            group: told.group.to_owned(),
            time: instant(stored.at_ms),
            title: told.title,
            detail,
            state: self.state_of(found),
            alert: told.alert,
            data,
        })
    }

    fn state_of(&self, found: &Touchpoint) -> String {
        let corrections = self.corrections();
        if !corrections.is_dead(&found.stored.source, &found.stored.id) {
            return "active".to_owned();
        }
        let own = found.stored.flags & crate::replay::RETRACTS != 0;
        let withdrawn = corrections.iter().any(|correction| {
            correction.retracts
                && correction.source == found.stored.source
                && correction.target == found.stored.id
        });
        if own || withdrawn { "retracted" } else { "superseded" }.to_owned()
    }
}

fn empty() -> Page<TimelineItem> {
    Page { items: Vec::new(), next_cursor: None, has_more: false }
}

fn place(cursor: &str) -> Option<(i64, u64)> {
    let (at, position) = cursor.split_once('.')?;
    Some((at.parse().ok()?, position.parse().ok()?))
}

fn merge(data: &mut Value, members: Map<String, Value>) {
    if let Value::Object(held) = data {
        held.extend(members);
    }
}

/// Pseudonyms mean nothing to people.
fn drop_pseudonyms(data: &mut Value) {
    if let Value::Object(held) = data {
        let names: BTreeSet<String> = held
            .iter()
            .filter(|(_, value)| value.as_str().is_some_and(|text| text.starts_with('~') && text.len() == 17))
            .map(|(name, _)| name.clone())
            .collect();
        held.retain(|name, _| !names.contains(name));
    }
}
