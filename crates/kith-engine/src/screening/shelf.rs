//! The lists in force, read from their files when they are first needed.

use std::collections::HashMap;
use std::io::Cursor;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use kith_domain::screening::{ScreeningList, Snapshot};
use kith_domain::value::AccountId;
use kith_screen::entry::Entry;
use kith_screen::list::List;
use kith_screen::screen::Screener;
use kith_store::{Fault, Noun, Reader};

use crate::engine::Engine;
use crate::noun::{Loaded, read};

/// Lists that there may be.
pub(super) const LISTS_MAX: u32 = 200;

/// What memory holds of screening.
#[derive(Debug, Default)]
pub(crate) struct Screening {
    shelf: RwLock<Option<Arc<Shelf>>>,
    /// One reads the files, the others wait for it.
    pub(super) reading: tokio::sync::Mutex<()>,
    /// What was screened of each account last, by digest.
    screened: Mutex<HashMap<AccountId, String>>,
}

/// A list in force.
#[derive(Debug, Clone)]
pub(super) struct InForce {
    pub(super) name: String,
    pub(super) snapshot: Snapshot,
}

/// All lists in force, ready to be searched.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    pub(super) lists: Vec<InForce>,
    pub(super) screener: Screener,
    /// The list of each entry.
    owners: Vec<u32>,
}

impl Shelf {
    /// The list that an entry stands in.
    pub(super) fn list_of(&self, entry: usize) -> Option<&InForce> {
        self.owners.get(entry).and_then(|at| self.lists.get(*at as usize))
    }

    fn new(lists: Vec<(InForce, Vec<Entry>)>) -> Self {
        let (mut shelf, mut all) = (Self::default(), Vec::new());
        for (at, (list, entries)) in (0_u32..).zip(lists) {
            shelf.owners.extend(std::iter::repeat_n(at, entries.len()));
            all.extend(entries);
            shelf.lists.push(list);
        }
        shelf.screener = Screener::new(all);
        shelf
    }
}

impl Screening {
    /// The lists are read anew when they are needed next.
    pub(super) fn forget(&self) {
        *self.shelf.write().unwrap_or_else(PoisonError::into_inner) = None;
        self.screened.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn shown(&self) -> Option<Arc<Shelf>> {
        self.shelf.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether something else is screened of an account than last time; what is told is kept.
    pub(super) fn is_new(&self, account: AccountId, digest: &str) -> bool {
        let mut screened = self.screened.lock().unwrap_or_else(PoisonError::into_inner);
        screened.insert(account, digest.to_owned()).as_deref() != Some(digest)
    }

    /// What was begun did not come to its end: the next look begins anew.
    pub(super) fn is_unknown(&self, account: AccountId) {
        self.screened.lock().unwrap_or_else(PoisonError::into_inner).remove(&account);
    }
}

/// Where the file of a list lies.
pub(super) fn file_name(sha256: &str) -> String {
    format!("screening/{sha256}")
}

/// Every list on record.
pub(super) fn all(reader: &mut Reader<'_>) -> Result<Vec<Loaded<ScreeningList>>, Fault> {
    let documents = reader.list(Noun::ScreeningList, &[], None, LISTS_MAX)?;
    documents.into_iter().map(read::<ScreeningList>).collect()
}

impl Engine {
    /// The lists in force.
    pub(super) async fn shelf(&self) -> Result<Arc<Shelf>, Fault> {
        let screening = &self.core().screening;
        if let Some(shelf) = screening.shown() {
            return Ok(shelf);
        }
        let _guard = screening.reading.lock().await;
        if let Some(shelf) = screening.shown() {
            return Ok(shelf);
        }
        let lists = self.store().read(all).await?;
        let engine = self.clone();
        let work = move || {
            let mut read = Vec::new();
            for list in lists {
                let Some(snapshot) = list.state.in_force().cloned() else { continue };
                let entries = engine.entries_of(&snapshot)?;
                read.push((InForce { name: list.state.name, snapshot }, entries));
            }
            Ok::<_, Fault>(Shelf::new(read))
        };
        let shelf = Arc::new(tokio::task::spawn_blocking(work).await.map_err(|_| Fault::Panicked)??);
        *screening.shelf.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&shelf));
        Ok(shelf)
    }

    /// The entries of a snapshot, from its files.
    fn entries_of(&self, snapshot: &Snapshot) -> Result<Vec<Entry>, Fault> {
        let broken =
            |what: &str| Fault::corrupt(format!("the screening list of snapshot {}: {what}", snapshot.id));
        let mut list = List::default();
        for file in &snapshot.files {
            let bytes = self.archive().get(&file_name(&file.sha256)).map_err(Fault::unavailable)?;
            let bytes = bytes.ok_or_else(|| broken("its file is missing"))?;
            list.add(&mut Cursor::new(bytes)).map_err(|fault| broken(&fault.to_string()))?;
        }
        list.finish().map_err(|fault| broken(&fault))
    }
}
