//! The scan of all accounts, and the pairs that a new version of one makes.

use std::collections::BTreeSet;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use kith_api::view::DuplicateScanView;
use kith_domain::access::Grant;
use kith_domain::command::Command as AnyCommand;
use kith_domain::duplicate::{Command, Finding};
use kith_domain::refusal::{Refusal, RefusalKind};
use kith_domain::value::{AccountId, DuplicateId};
use kith_match::find::find;
use kith_match::index::is_named_alike;
use kith_store::{Fault, Noun};

use super::likeness::{SIMILAR, finding, pair_id};
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Request;
use crate::permit;
use crate::threads::Threads;

/// From so many accounts on a model is learned from them; fewer show too little.
const LEARN_FROM: usize = 500;
/// Pairs that are written side by side: they share a commit.
const TOGETHER: usize = 64;
/// Open pairs that are looked at when a scan ends.
const OPEN_MAX: u32 = 100_000;

/// The last scan, or the one that runs.
#[derive(Debug, Default)]
pub(crate) struct Scan(Mutex<DuplicateScanView>);

impl Scan {
    fn change<T>(&self, act: impl FnOnce(&mut DuplicateScanView) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Engine {
    /// How the scan of all accounts stands.
    #[must_use]
    pub fn duplicate_scan(&self) -> DuplicateScanView {
        self.core().scan.change(|scan| scan.clone())
    }

    /// Begins to scan all accounts, unless a scan runs.
    ///
    /// # Errors
    /// A [`Refusal`] for who may not.
    pub fn start_duplicate_scan(&self, caller: &Caller) -> Result<DuplicateScanView, Refusal> {
        if !caller.principal.may(Grant::AccountsWrite, None) {
            return Err(permit::denied(Grant::AccountsWrite));
        }
        let now = self.now();
        let began = self.core().scan.change(|scan| {
            if scan.state == "running" {
                return None;
            }
            *scan = DuplicateScanView {
                state: "running".into(),
                started_at: Some(now.to_string()),
                ..Default::default()
            };
            Some(scan.clone())
        });
        let Some(view) = began else {
            return Err(Refusal::new(
                RefusalKind::Conflict,
                "duplicate.scan_running",
                "The accounts are being scanned already.",
                "Wait until that scan ends.",
            ));
        };
        let core = self.downgrade();
        tokio::spawn(async move {
            let Some(engine) = core.upgrade().map(Engine::from_core) else { return };
            let done = engine.scan_accounts().await;
            let ended = Timestamp::now().to_string();
            engine.core().scan.change(|scan| {
                scan.finished_at = Some(ended);
                scan.progress = 1.0;
                scan.state = if done.is_ok() { "finished" } else { "failed" }.into();
            });
            if let Err(fault) = done {
                tracing::warn!(%fault, "the scan for duplicates failed");
            }
        });
        Ok(view)
    }

    async fn scan_accounts(&self) -> Result<(), Fault> {
        let engine = self.clone();
        let found =
            tokio::task::spawn_blocking(move || engine.find_all()).await.map_err(|_| Fault::Panicked)?;
        let ids: BTreeSet<String> = found.iter().map(|(id, _)| id.to_string()).collect();
        let total = found.len();
        for (done, part) in found.chunks(TOGETHER).enumerate() {
            self.raise(part).await?;
            let share = (done * TOGETHER) as f64 / total.max(1) as f64;
            self.core().scan.change(|scan| scan.progress = 0.8 + 0.2 * share);
        }
        self.withdraw_all_but(&ids).await
    }

    /// Every pair of accounts from the review threshold on.
    fn find_all(&self) -> Vec<(DuplicateId, Finding)> {
        let accounts = self.core().likeness.read(kith_match::index::Index::len);
        self.core().scan.change(|scan| scan.accounts = accounts as u64);
        let alike = if accounts >= LEARN_FROM { self.learn_and_find() } else { self.ask_each() };
        let mut pairs = Vec::new();
        for (one, another) in alike {
            let Some(((left, row), (right, other))) = self.pair_of(one, another) else { continue };
            // Looked at once more with what is in force now: the same that is asked when an account is created.
            let told = self.core().likeness.read(|index| {
                let fingerprints = [index.fingerprint(row), index.fingerprint(other)];
                Some((index.explain(row, other)?, fingerprints))
            });
            let Some((waterfall, fingerprints)) = told else { continue };
            if kith_match::score::probability(waterfall.weight) >= SIMILAR && is_named_alike(&waterfall) {
                pairs.push(finding((left, right), &waterfall, fingerprints));
            }
        }
        self.core().scan.change(|scan| scan.pairs = pairs.len() as u64);
        pairs
    }

    fn learn_and_find(&self) -> Vec<(u32, u32)> {
        let table = self.core().likeness.read(kith_match::index::Index::table);
        let progress = |share: f64| self.core().scan.change(|scan| scan.progress = 0.8 * share);
        let found = find(&table, SIMILAR, &Threads::default(), &progress);
        self.core().likeness.adopt(found.model);
        found.pairs.iter().map(|pair| (pair.left, pair.right)).collect()
    }

    fn ask_each(&self) -> Vec<(u32, u32)> {
        let rows = self.core().likeness.read(kith_match::index::Index::rows);
        let rows = 0..u32::try_from(rows).unwrap_or(u32::MAX);
        let later = |row: u32| {
            self.core().likeness.alike_row(row, SIMILAR).into_iter().filter(move |other| *other > row)
        };
        rows.flat_map(|row| later(row).map(move |other| (row, other)).collect::<Vec<_>>()).collect()
    }

    /// Puts pairs before a person; those that are known already stay as they are.
    ///
    /// Boxed, because a command raises pairs and raising one is a command.
    pub(crate) fn raise<'a>(
        &'a self,
        pairs: &'a [(DuplicateId, Finding)],
    ) -> Pin<Box<dyn Future<Output = Result<(), Fault>> + Send + 'a>> {
        Box::pin(async move {
            let mut writes = tokio::task::JoinSet::new();
            for (id, finding) in pairs {
                let command = Command::Raise(Box::new(finding.clone()));
                let (engine, request) =
                    (self.clone(), Request::from(AnyCommand::Duplicate { id: *id, command }));
                writes.spawn(async move { engine.execute(&Caller::system(), request).await });
            }
            while let Some(written) = writes.join_next().await {
                written.map_err(|_| Fault::Panicked)??;
            }
            Ok(())
        })
    }

    async fn withdraw_all_but(&self, found: &BTreeSet<String>) -> Result<(), Fault> {
        let open = self
            .store()
            .read(|reader| {
                let documents = reader.list(Noun::Duplicate, &[("state", "open".into())], None, OPEN_MAX)?;
                Ok(documents.into_iter().map(|document| document.id).collect::<Vec<_>>())
            })
            .await?;
        for id in open.into_iter().filter(|id| !found.contains(id)) {
            let Ok(id) = id.parse::<DuplicateId>() else { continue };
            let request = Request::from(AnyCommand::Duplicate { id, command: Command::Withdraw });
            self.execute(&Caller::system(), request).await?;
        }
        Ok(())
    }

    /// Closes the pair of two accounts that were merged, if there is one.
    ///
    /// Boxed, because a merge is a command and so is this.
    pub(crate) fn note_merged(
        &self,
        loser: u32,
        survivor: AccountId,
    ) -> Pin<Box<dyn Future<Output = Result<(), Fault>> + Send + '_>> {
        Box::pin(async move {
            let pair = self.directory().row(survivor).and_then(|row| self.pair_of(loser, row));
            let Some(((left, _), (right, _))) = pair else { return Ok(()) };
            let request = Request::from(AnyCommand::Duplicate {
                id: pair_id((left, right)),
                command: Command::Merge { survivor },
            });
            // Two that nobody had found alike have no pair to close.
            self.execute(&Caller::system(), request).await.map(drop)
        })
    }

    /// Puts the pairs that an account makes with others before a person.
    pub(crate) async fn raise_for(
        &self,
        row: u32,
        account: &kith_domain::account::Account,
    ) -> Result<(), Fault> {
        let mut pairs = Vec::new();
        for similar in super::similar(self, account, Some(row)) {
            let Some(((left, first), (right, second))) = self.pair_of(row, similar.row) else { continue };
            let fingerprints =
                self.core().likeness.read(|index| [index.fingerprint(first), index.fingerprint(second)]);
            pairs.push(finding((left, right), &similar.waterfall, fingerprints));
        }
        self.raise(&pairs).await
    }
}
