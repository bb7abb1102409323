//! Accounts by their names.

use kith_domain::value::AccountId;

use super::Directory;

impl Directory {
    /// The first account whose normalised name begins with these letters and passes a test; so many names are tried.
    pub(crate) fn named_like(
        &self,
        beginning: &str,
        most: usize,
        test: impl Fn(&str) -> bool,
    ) -> Option<AccountId> {
        let inner = self.read();
        let mut tried = inner.names.from(beginning).take(most);
        let (_, row) = tried.find(|(name, _)| test(name))?;
        inner.entry(row).map(|entry| entry.id)
    }

    /// The accounts of exactly this name.
    pub(crate) fn named(&self, name: &str) -> Vec<AccountId> {
        let inner = self.read();
        let rows = inner.names.exact(name);
        rows.iter().filter_map(|row| inner.entry(*row)).map(|entry| entry.id).collect()
    }
}
