//! Saved views: one's own, those of one's teams, and those for everybody.

use std::collections::BTreeSet;

use kith_api::view::{Page, SavedView};
use kith_domain::value::{UserId, ViewId};
use kith_domain::view::View;
use kith_store::{Fault, Noun, Param, Reader};

use crate::caller::Caller;
use crate::engine::Engine;
use crate::facts::all_teams;
use crate::noun::{load, read};

/// Views of one kind that are read at most.
const MOST: u32 = 500;

/// Columns that pages draw and that are no fields of a list.
pub const DRAWN_COLUMNS: [&str; 3] = ["what_is_wrong", "orders_weekly", "signals"];

fn saved_view(view: &View, user: Option<UserId>) -> SavedView {
    SavedView {
        id: view.id.to_string(),
        name: view.layout.name.clone(),
        owner: view.owner.map(|owner| owner.to_string()).unwrap_or_default(),
        own: view.owner == user,
        shared: view.layout.shared,
        team: view.layout.team.clone(),
        pinned: view.layout.pinned,
        question: view.layout.question.clone(),
        filter: view.layout.filter.clone(),
        sort: view.layout.sort.clone(),
        columns: view.layout.columns.clone(),
        widths: view.layout.widths.clone(),
    }
}

/// The codes of the teams that a user is in.
pub(crate) fn teams_of(reader: &mut Reader<'_>, user: Option<UserId>) -> Result<BTreeSet<String>, Fault> {
    let Some(user) = user else { return Ok(BTreeSet::new()) };
    let teams = all_teams(reader)?.into_iter().filter(|team| team.state.members.contains(&user));
    Ok(teams.map(|team| team.id).collect())
}

/// The id of the view that keeps how a person's list looks: theirs for ever.
#[must_use]
pub fn usual_view(user: UserId) -> ViewId {
    ViewId(user.0)
}

impl Engine {
    /// The saved views that the caller sees, those that are pinned first, then by name.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn views(&self, caller: &Caller) -> Result<Page<SavedView>, Fault> {
        let user = caller.principal.user();
        let mut items = self
            .store()
            .read(move |reader| {
                let mut found = listed(reader, ("scope", "everybody".into()))?;
                let of_teams = listed(reader, ("scope", "team".into()))?;
                let teams = if of_teams.is_empty() { BTreeSet::new() } else { teams_of(reader, user)? };
                found.extend(of_teams.into_iter().filter(|view| view.is_of(&teams)));
                if let Some(user) = user.map(|user| user.to_string()) {
                    found.extend(listed(reader, ("owner", (&user).into()))?);
                }
                found.retain(|view| view.exists() && !view.layout.usual);
                let shown = found.iter().map(|view| saved_view(view, user));
                Ok(shown.collect::<Vec<_>>())
            })
            .await?;
        items.sort_by(|one, other| {
            let key = |view: &SavedView| (!view.pinned, view.name.to_lowercase(), view.id.clone());
            key(one).cmp(&key(other))
        });
        items.dedup_by(|one, other| one.id == other.id);
        Ok(Page { items, next_cursor: None, has_more: false })
    }

    /// One saved view that the caller sees.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn view(&self, caller: &Caller, id: &str) -> Result<Option<SavedView>, Fault> {
        let (name, user) = (id.to_owned(), caller.principal.user());
        let found = self.store().read(move |reader| {
            let view = load::<View>(reader, &name)?.state;
            let teams = if view.layout.team.is_some() { teams_of(reader, user)? } else { BTreeSet::new() };
            Ok(view.is_seen_by(user, &teams).then(|| saved_view(&view, user)))
        });
        found.await
    }

    /// How the caller's list looks while no view is open, where they chose.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn usual_view(&self, caller: &Caller) -> Result<Option<SavedView>, Fault> {
        let Some(user) = caller.principal.user() else { return Ok(None) };
        self.view(caller, &usual_view(user).to_string()).await
    }
}

fn listed(reader: &mut Reader<'_>, by: (&'static str, Param<'_>)) -> Result<Vec<View>, Fault> {
    let found = reader.list(Noun::View, &[by], None, MOST)?;
    found.into_iter().map(|document| Ok(read::<View>(document)?.state)).collect()
}
