//! Who an account belongs to and who belongs to it.

use jiff::civil::Date;
use kith_api::view::{AccountRef, AccountView, BranchView, HierarchyView, MergedView, ParentView};
use kith_domain::access::Grant;
use kith_domain::account::{Account, UNMERGE_DAYS};
use kith_domain::refusal::Refusal;
use kith_store::Fault;

use crate::caller::Caller;
use crate::directory::{Branch, Inner};
use crate::engine::Engine;
use crate::noun::Loaded;

/// An account in short.
pub(crate) fn reference(inner: &Inner, row: u32) -> AccountRef {
    inner.entry(row).map_or_else(AccountRef::default, |entry| AccountRef {
        id: entry.id.to_string(),
        account_number: entry.number.to_string(),
        name: entry.name.to_string(),
    })
}

/// Whether the caller may know of the account in a row.
pub(crate) fn may_see(inner: &Inner, caller: &Caller, row: u32) -> bool {
    let entry = inner.entry(row);
    entry.is_some_and(|entry| caller.principal.may(Grant::AccountsRead, Some(&entry.entity)))
}

/// The branches of a tree that the caller may see, and how many are left out.
pub(crate) fn branches(inner: &Inner, caller: &Caller, tree: &[Branch]) -> (Vec<BranchView>, u64) {
    let seen = tree.iter().filter(|branch| may_see(inner, caller, branch.row));
    let views: Vec<BranchView> = seen
        .map(|branch| BranchView {
            account: reference(inner, branch.row),
            level: branch.level,
            parent: branch.parent.map(|row| reference(inner, row).id),
        })
        .collect();
    let left_out = tree.len().saturating_sub(views.len());
    (views, u64::try_from(left_out).unwrap_or(u64::MAX))
}

impl Engine {
    /// The group of an account as of a day, today where none is named.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn hierarchy(
        &self,
        caller: &Caller,
        name: &str,
        as_of: Option<Date>,
    ) -> Result<Result<HierarchyView, Refusal>, Fault> {
        let loaded = match self.load_account(caller, name).await? {
            Ok(loaded) => loaded,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let day = as_of.unwrap_or_else(|| self.day());
        let row = loaded.row.unwrap_or(u32::MAX);
        let inner = self.directory().read();
        let seen = |row: u32| Some(row).filter(|row| may_see(&inner, caller, *row));
        let above = inner.ancestors_of(row, day);
        let root = above.last().copied().unwrap_or(row);
        let (tree, left_out) = branches(&inner, caller, &inner.tree_of(root, day));
        let parents = loaded.state.parents.iter().filter_map(|parent| {
            let row = seen(inner.canonical(inner.row(parent.account)?))?;
            Some(ParentView {
                account: reference(&inner, row),
                valid_from: parent.valid_from.to_string(),
                valid_to: parent.valid_to.map(|last| last.to_string()),
            })
        });
        let children = inner.children_of(row, day).into_iter().filter_map(seen);
        Ok(Ok(HierarchyView {
            as_of: day.to_string(),
            account: reference(&inner, row),
            parent: above.first().copied().and_then(seen).map(|row| reference(&inner, row)),
            ultimate_parent: reference(&inner, seen(root).unwrap_or(row)),
            ancestors: above.iter().copied().filter_map(seen).map(|row| reference(&inner, row)).collect(),
            children: children.map(|row| reference(&inner, row)).collect(),
            tree,
            parents: parents.collect(),
            left_out,
        }))
    }

    /// Adds to an account what belongs to it by merges and hierarchy.
    pub(super) fn add_family(&self, caller: &Caller, loaded: &Loaded<Account>, view: &mut AccountView) {
        let inner = self.directory().read();
        let parent = loaded.row.and_then(|row| inner.parent_of(row, self.day()));
        let parent = parent.filter(|row| may_see(&inner, caller, *row));
        view.parent = parent.map(|row| reference(&inner, row));
        let merged = loaded.state.merged.iter().filter_map(|merge| {
            let hours = UNMERGE_DAYS.saturating_mul(24);
            let until = merge.at.checked_add(jiff::Span::new().hours(hours)).ok()?;
            Some(MergedView {
                account: reference(&inner, inner.row(merge.account)?),
                merged_at: merge.at.to_string(),
                unmerge_until: until.to_string(),
            })
        });
        view.merged = merged.collect();
    }
}
