//! How an account is related to others, in both directions.

use jiff::civil::Date;
use kith_api::view::{Page, RelationshipView};
use kith_domain::account::{Account, Relationship, RelationshipKind};
use kith_domain::refusal::Refusal;
use kith_domain::value::RelationshipId;
use kith_store::Fault;

use super::family::{may_see, reference};
use crate::caller::Caller;
use crate::directory::Inner;
use crate::engine::Engine;
use crate::noun::load;

impl Engine {
    /// The relationships of an account on a day (all, with what holds today marked, where none is named), from it and to it.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn relationships(
        &self,
        caller: &Caller,
        name: &str,
        as_of: Option<Date>,
    ) -> Result<Result<Page<RelationshipView>, Refusal>, Fault> {
        let loaded = match self.load_account(caller, name).await? {
            Ok(loaded) => loaded,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let day = as_of.unwrap_or_else(|| self.day());
        let row = loaded.row.unwrap_or(u32::MAX);
        let sources: Vec<(u32, String)> = {
            let inner = self.directory().read();
            let mut rows = inner.members(row);
            rows.extend(inner.related_to(row));
            rows.sort_unstable();
            rows.dedup();
            rows.into_iter().filter_map(|row| Some((row, inner.entry(row)?.id.to_string()))).collect()
        };
        let accounts = self
            .store()
            .read(move |reader| {
                let read = |(row, id): &(u32, String)| Ok((*row, load::<Account>(reader, id)?.state));
                sources.iter().map(read).collect::<Result<Vec<_>, Fault>>()
            })
            .await?;
        let inner = self.directory().read();
        let mut items = Vec::new();
        for (source, account) in &accounts {
            let from = inner.canonical(*source);
            for held in &account.relationships {
                let Some(to) = inner.row(held.to).map(|to| inner.canonical(to)) else { continue };
                let ours = from == row || to == row;
                if ours && from != to && [from, to].iter().all(|row| may_see(&inner, caller, *row)) {
                    items.push(view(&inner, (from, to), held, from == row, day));
                }
            }
        }
        items.extend(parents(&inner, caller, row, &loaded.state, day));
        if as_of.is_some() {
            items.retain(|item| item.current);
        }
        items.sort_by(|one, other| {
            (&other.current, &one.kind, &one.to.name).cmp(&(&one.current, &other.kind, &other.to.name))
        });
        Ok(Ok(Page { items, next_cursor: None, has_more: false }))
    }

    /// A relationship as it stands, and the account that says it.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn relationship(
        &self,
        caller: &Caller,
        name: &str,
        id: RelationshipId,
    ) -> Result<Result<Option<Relationship>, Refusal>, Fault> {
        Ok(self
            .load_account(caller, name)
            .await?
            .map(|loaded| loaded.state.relationships.iter().find(|held| held.id == id).cloned()))
    }
}

fn view(
    inner: &Inner,
    (from, to): (u32, u32),
    held: &Relationship,
    is_subject: bool,
    day: Date,
) -> RelationshipView {
    RelationshipView {
        id: Some(held.id.to_string()),
        kind: held.kind.as_str().to_owned(),
        direction: if is_subject { "from" } else { "to" }.to_owned(),
        from: reference(inner, from),
        to: reference(inner, to),
        percent: held.share_bp.map(|share| f64::from(share) / 100.0),
        valid_from: held.valid_from.to_string(),
        valid_to: held.valid_to.map(|last| last.to_string()),
        source: held.source.clone(),
        current: held.holds_on(day),
    }
}

/// The hierarchy as relationships: the account's own parents over time, and its children of the day.
fn parents(inner: &Inner, caller: &Caller, row: u32, account: &Account, day: Date) -> Vec<RelationshipView> {
    let kind = RelationshipKind::ParentOf.as_str();
    let line = |from: u32, to: u32, direction: &str| RelationshipView {
        kind: kind.to_owned(),
        direction: direction.to_owned(),
        from: reference(inner, from),
        to: reference(inner, to),
        ..RelationshipView::default()
    };
    let above = account.parents.iter().filter_map(|parent| {
        let from = inner.canonical(inner.row(parent.account)?);
        (from != row && may_see(inner, caller, from)).then(|| RelationshipView {
            valid_from: parent.valid_from.to_string(),
            valid_to: parent.valid_to.map(|last| last.to_string()),
            current: parent.holds_on(day),
            ..line(from, row, "to")
        })
    });
    let below = inner.children_of(row, day).into_iter().filter(|child| may_see(inner, caller, *child));
    let below = below.map(|child| {
        let since = inner.parent_since(child, day);
        RelationshipView {
            valid_from: since.map(|since| since.0.to_string()).unwrap_or_default(),
            valid_to: since.and_then(|since| since.1).map(|last| last.to_string()),
            current: true,
            ..line(row, child, "from")
        }
    });
    above.chain(below).collect()
}
