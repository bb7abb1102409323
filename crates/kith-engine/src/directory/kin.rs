//! Who belongs to whom, over all accounts: parents, children, whole trees, as of a day.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;
use kith_domain::account::{Account, DEPTH_MAX, Parent};
use kith_domain::value::AccountId;

use super::{CHUNK_ROWS, Cell, FIELD_IDS, Inner, usize_of};

/// Accounts of one tree that are shown and summed at most.
const TREE_MAX: usize = 10_000;

/// Parents and relationships as the records tell them.
#[derive(Debug, Default)]
pub(super) struct Kin {
    parents: HashMap<u32, Box<[Parent]>>,
    children: HashMap<AccountId, BTreeSet<u32>>,
    ties: HashMap<u32, Box<[AccountId]>>,
    tied: HashMap<AccountId, BTreeSet<u32>>,
}

impl Kin {
    /// Takes over what an account says; tells whether its parents are others now.
    pub(super) fn set(&mut self, row: u32, account: &Account) -> bool {
        let ties: Box<[AccountId]> = account.relationships.iter().map(|held| held.to).collect();
        for to in self.ties.remove(&row).iter().flatten() {
            if let Some(rows) = self.tied.get_mut(to) {
                rows.remove(&row);
            }
        }
        for to in &ties {
            self.tied.entry(*to).or_default().insert(row);
        }
        if !ties.is_empty() {
            self.ties.insert(row, ties);
        }
        let before = self.parents.remove(&row).unwrap_or_default();
        if *before == *account.parents {
            if !before.is_empty() {
                self.parents.insert(row, before);
            }
            return false;
        }
        for parent in &before {
            if let Some(rows) = self.children.get_mut(&parent.account) {
                rows.remove(&row);
            }
        }
        for parent in &account.parents {
            self.children.entry(parent.account).or_default().insert(row);
        }
        if !account.parents.is_empty() {
            self.parents.insert(row, account.parents.as_slice().into());
        }
        true
    }
}

/// An account in a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Branch {
    pub(crate) row: u32,
    /// Levels below the one asked for.
    pub(crate) level: u32,
    /// The parent within the tree.
    pub(crate) parent: Option<u32>,
}

impl Inner {
    /// The parent of a row on a day; what was merged stands for the account it ended in.
    pub(crate) fn parent_of(&self, row: u32, day: Date) -> Option<u32> {
        let held = self.kin.parents.get(&row)?.iter().find(|parent| parent.holds_on(day))?;
        Some(self.canonical(self.row(held.account)?)).filter(|parent| *parent != row)
    }

    /// Since when, and until when, a row has the parent of a day.
    pub(crate) fn parent_since(&self, row: u32, day: Date) -> Option<(Date, Option<Date>)> {
        let held = self.kin.parents.get(&row)?.iter().find(|parent| parent.holds_on(day))?;
        Some((held.valid_from, held.valid_to))
    }

    /// The children of a row on a day, in the order of their making.
    pub(crate) fn children_of(&self, row: u32, day: Date) -> Vec<u32> {
        let mut children = BTreeSet::new();
        for member in self.members(row) {
            let id = self.entry(member).map(|entry| entry.id);
            let rows = id.and_then(|id| self.kin.children.get(&id)).into_iter().flatten();
            children.extend(
                rows.filter(|child| !self.is_merged(**child) && self.parent_of(**child, day) == Some(row)),
            );
        }
        children.into_iter().collect()
    }

    /// How many accounts name a row as their parent on any day that is not over.
    pub(crate) fn children_to_come(&self, row: u32, day: Date) -> usize {
        let id = self.entry(row).map(|entry| entry.id);
        let rows = id.and_then(|id| self.kin.children.get(&id)).into_iter().flatten();
        let names = |child: &&u32| {
            let parents = self.kin.parents.get(child).into_iter().flatten();
            let mut parents = parents.filter(|parent| Some(parent.account) == id);
            parents.any(|parent| parent.valid_to.is_none_or(|last| last >= day))
        };
        rows.filter(names).count()
    }

    /// The parents of a row up to the root, nearest first.
    pub(crate) fn ancestors_of(&self, row: u32, day: Date) -> Vec<u32> {
        let mut above = Vec::new();
        let mut at = row;
        while let Some(parent) = self.parent_of(at, day) {
            if parent == row || above.contains(&parent) || above.len() > usize_of(DEPTH_MAX) {
                break;
            }
            above.push(parent);
            at = parent;
        }
        above
    }

    /// A row and all below it, level by level; at most [`TREE_MAX`].
    pub(crate) fn tree_of(&self, row: u32, day: Date) -> Vec<Branch> {
        let mut tree = vec![Branch { row, level: 0, parent: None }];
        let mut seen = BTreeSet::from([row]);
        let mut next = 0;
        while let Some(branch) = tree.get(next).copied() {
            for child in self.children_of(branch.row, day) {
                if seen.insert(child) && tree.len() < TREE_MAX {
                    let level = branch.level.saturating_add(1);
                    tree.push(Branch { row: child, level, parent: Some(branch.row) });
                }
            }
            next = next.saturating_add(1);
        }
        tree
    }

    /// The rows of the accounts that have a relationship to a row.
    pub(crate) fn related_to(&self, row: u32) -> Vec<u32> {
        let mut rows = BTreeSet::new();
        for member in self.members(row) {
            let id = self.entry(member).map(|entry| entry.id);
            rows.extend(id.and_then(|id| self.kin.tied.get(&id)).into_iter().flatten());
        }
        rows.into_iter().collect()
    }

    /// The id in a field that is told from the family: the parent, or the root of the tree.
    pub(crate) fn kin_text(&self, field: usize, row: u32) -> Option<String> {
        let day = self.day?;
        let found = match FIELD_IDS.get(field) {
            Some(&"parent") => self.parent_of(row, day),
            _ => match self.ancestors_of(row, day).last() {
                Some(root) => Some(*root),
                None => Some(row).filter(|row| !self.children_of(*row, day).is_empty()),
            },
        };
        found.and_then(|row| self.entry(row)).map(|entry| entry.id.to_string())
    }

    /// Counts the children of every row that has or had some.
    pub(super) fn count_children(&mut self) {
        let ids: Vec<AccountId> = self.kin.children.keys().copied().collect();
        let rows: BTreeSet<u32> = ids
            .into_iter()
            .filter_map(|id| self.row(id))
            .flat_map(|row| [row, self.canonical(row)])
            .collect();
        rows.into_iter().for_each(|row| self.count_children_of(row));
    }

    pub(super) fn count_children_of(&mut self, row: u32) {
        let (Some(day), Some(field)) = (self.day, FIELD_IDS.iter().position(|id| *id == "children_count"))
        else {
            return;
        };
        let count = i64::try_from(self.children_of(row, day).len()).unwrap_or(i64::MAX);
        let at = usize_of(row);
        if let Some(chunk) = self.chunks.get_mut(at / CHUNK_ROWS) {
            chunk.set_one(at % CHUNK_ROWS, field, &Cell::Int(count));
        }
    }
}
