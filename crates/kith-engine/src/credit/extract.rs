//! Extracts that another system puts into a folder, night by night: compared by themselves, healed where the missing events
//! are here, filed with what is left.
//!
//! What heals: events of the account that wait in quarantine although it can be told now whose they are, and events that
//! are in the log and were not folded yet. An event that never came cannot be made up: its break stays for a person.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use bytes::Bytes;
use kith_api::view::{BreakView, Page, ReconciliationFiled, ReconciliationView};
use kith_domain::access::{Grant, Role};
use kith_domain::account::Account;
use kith_domain::notification::NotificationKind;
use kith_domain::policy::Policy;
use kith_domain::refusal::Refusal;
use kith_domain::value::{AccountId, EntityCode};
use kith_store::Fault;
use kith_store::reconciliation::Reconciliation;
use serde_json::json;

use super::reconcile::Claim;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Walk;
use crate::facts::all_users;
use crate::gate::{News, holders, tell};
use crate::import::{files_of, put_away};
use crate::noun::{POLICY, json_of, load, subject_key_digest};
use crate::permit;

/// Reasons to wait that may be over.
const CODES: [&str; 2] = ["subject_unknown", "entity_unknown"];

/// What was seen of the files at the last look.
pub(super) type Seen = tokio::sync::Mutex<HashMap<PathBuf, (u64, SystemTime)>>;

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> std::io::Result<T> + Send + 'static,
) -> Result<T, Fault> {
    let done = tokio::task::spawn_blocking(work).await.map_err(|_| Fault::Panicked)?;
    done.map_err(Fault::unavailable)
}

impl Engine {
    /// The folder that extracts of an entity are put into.
    pub(super) fn extract_folder(&self, entity: &EntityCode) -> PathBuf {
        self.store().location().dir().join("extracts").join(entity.as_str())
    }

    /// Looks into the folder of every entity whose exposure is compared, and takes what is whole: a file that stood still
    /// between two looks.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer; a file that could not be taken is tried again.
    pub async fn look_into_extracts(&self) -> Result<(), Fault> {
        let rules = self.store().read(|reader| load::<Policy>(reader, POLICY)).await?.state.rules.credit;
        let mut seen = self.core().credit.extracts.lock().await;
        let mut present = Vec::new();
        for entity in rules.extracts {
            let folder = self.extract_folder(&entity);
            for (path, state) in blocking(move || files_of(&folder)).await? {
                present.push(path.clone());
                if seen.insert(path.clone(), state) == Some(state) {
                    self.take_extract(&entity, &path).await?;
                }
            }
        }
        seen.retain(|path, _| present.contains(path));
        Ok(())
    }

    async fn take_extract(&self, entity: &EntityCode, path: &Path) -> Result<(), Fault> {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let from = path.to_owned();
        let bytes = Bytes::from(blocking(move || fs::read(from)).await?);
        let (target, report) = match self.file_extract(entity, &name, bytes).await? {
            Ok(filed) => ("done", json_of(&filed)?),
            Err(refusal) => {
                tracing::warn!(code = refusal.code, file = name, "an extract cannot be compared");
                (
                    "failed",
                    json!({"code": refusal.code, "sentence": refusal.sentence, "clears": refusal.clears}),
                )
            }
        };
        let (path, at) = (path.to_owned(), self.now().strftime("%Y%m%dT%H%M%SZ").to_string());
        blocking(move || put_away(&path, target, (&name, &at), &report)).await
    }

    /// Compares an extract, heals what can be healed, and files the rest.
    async fn file_extract(
        &self,
        entity: &EntityCode,
        file: &str,
        bytes: Bytes,
    ) -> Result<Result<ReconciliationFiled, Refusal>, Fault> {
        let system = Caller::system();
        let claim = Claim { whole: false, only: Some(entity) };
        let (first, entities) = match self.compare_extract(&system, bytes.clone(), claim).await? {
            Ok(compared) => compared,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let mut view = first;
        if !view.breaks.is_empty() {
            self.replay_missing(&view.breaks).await?;
            let (again, _) = match self.compare_extract(&system, bytes, claim).await? {
                Ok(compared) => compared,
                Err(refusal) => return Ok(Err(refusal)),
            };
            view = merged(view, again);
        }
        if entities.contains_key(entity.as_str()) {
            self.note_extracts(BTreeSet::from([entity.to_string()])).await?;
        }
        let healed = view.breaks.iter().filter(|found| found.healed).count();
        let open = view.breaks.len().saturating_sub(healed);
        let count = |many: usize| u64::try_from(many).unwrap_or(u64::MAX);
        let filed = ReconciliationFiled {
            id: format!("rec_{}", self.new_uuid()?.simple()),
            at: view.at,
            entity: entity.to_string(),
            file: file.to_owned(),
            rows: view.rows,
            compared: view.compared,
            agree: view.agree,
            open: count(open),
            healed: count(healed),
            whole: !view.whole.is_empty(),
            breaks: view.breaks,
            faults: view.faults,
        };
        self.file(&system, filed.clone()).await?;
        Ok(Ok(filed))
    }

    /// Files what came of an extract that was sent, for each legal entity in it.
    pub(super) async fn file_sent(
        &self,
        view: &ReconciliationView,
        entities: &BTreeMap<String, u64>,
    ) -> Result<(), Fault> {
        let file = format!("sent-{}.csv", self.now().strftime("%Y%m%dT%H%M%SZ"));
        for (entity, compared) in entities {
            let id = format!("rec_{}", self.new_uuid()?.simple());
            self.file(&Caller::system(), sent(view, (entity, *compared), &file, id)).await?;
        }
        Ok(())
    }

    /// Files what came of an extract, and tells whoever answers for credit and receivables of the entity what is left.
    async fn file(&self, system: &Caller, filed: ReconciliationFiled) -> Result<(), Fault> {
        let body = serde_json::to_string(&filed).map_err(|_| Fault::corrupt("a reconciliation"))?;
        let kept = Reconciliation { id: filed.id.clone(), entity: filed.entity.clone(), body };
        let (open, healed) = (filed.open, filed.healed);
        if open > 0 {
            tracing::warn!(entity = filed.entity, open, healed, "an extract and the credit book differ");
        }
        let (engine, caller, context) = (self.clone(), system.clone(), system.context(self.now()));
        let effects = self
            .store()
            .write(move |unit| {
                unit.put_reconciliation(&kept)?;
                let organisation = engine.organisation_in(unit)?;
                let effects = Vec::new();
                let mut walk =
                    Walk { engine: &engine, unit, caller: &caller, context: &context, organisation, effects };
                if filed.open > 0 {
                    tell_of_breaks(&mut walk, &filed)?;
                }
                Ok(walk.effects)
            })
            .await?;
        self.apply_effects(effects).await;
        Ok(())
    }

    /// Brings in what is missing and can be found: what waits in quarantine for the accounts, and what was not folded yet.
    async fn replay_missing(&self, breaks: &[BreakView]) -> Result<(), Fault> {
        let accounts: BTreeSet<AccountId> =
            breaks.iter().filter_map(|found| found.account.parse().ok()).collect();
        let engine = self.clone();
        let subjects = self
            .store()
            .read(move |reader| {
                let mut subjects = Vec::new();
                for id in &accounts {
                    let account = load::<Account>(reader, &id.to_string())?.state;
                    let secrets = engine.store().secrets();
                    let keys = account.keys();
                    subjects.extend(keys.iter().map(|key| subject_key_digest(secrets, &key.to_string())));
                }
                Ok(subjects)
            })
            .await?;
        self.replay_waiting(subjects, &CODES).await?;
        let head = self.store().read(|reader| reader.heads()).await?.touchpoint;
        let feed = self.clone();
        tokio::task::spawn_blocking(move || feed.core().feed.reach(head))
            .await
            .map_err(|_| Fault::Panicked)?;
        Ok(())
    }

    /// What came of extracts, the latest first.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn reconciliations(
        &self,
        caller: &Caller,
        limit: usize,
        cursor: Option<String>,
    ) -> Result<Result<Page<ReconciliationFiled>, Refusal>, Fault> {
        if !caller.principal.may(Grant::CreditRead, None) {
            return Ok(Err(permit::denied(Grant::CreditRead)));
        }
        let asked = u32::try_from(limit.saturating_add(1)).unwrap_or(u32::MAX);
        let found = self.store().read(move |reader| reader.reconciliations(cursor.as_deref(), asked)).await?;
        let page = Page::cut(found, limit, |row| row.id.clone());
        let may = |row: &Reconciliation| {
            let code = row.entity.parse::<EntityCode>().ok();
            code.is_some_and(|code| caller.principal.may(Grant::CreditRead, Some(&code)))
        };
        let seen = page.items.into_iter().filter(may);
        let items = seen.map(|row| {
            let mut filed: ReconciliationFiled =
                serde_json::from_str(&row.body).map_err(|_| Fault::corrupt("a reconciliation"))?;
            // Rows of accounts that the caller may not see are counted, not shown.
            filed.breaks.retain(|found| self.account_shown(caller, &found.account));
            Ok(filed)
        });
        let items = items.collect::<Result<Vec<_>, Fault>>()?;
        Ok(Ok(Page { items, next_cursor: page.next_cursor, has_more: page.has_more }))
    }

    fn account_shown(&self, caller: &Caller, account: &str) -> bool {
        let id = account.parse::<AccountId>().ok();
        id.and_then(|id| self.owner_of(id))
            .is_some_and(|owner| caller.principal.may(Grant::CreditRead, Some(&owner)))
    }
}

/// The roles that answer for credit and receivables.
const ANSWERING: [Role; 2] = [Role::CreditAnalyst, Role::ArManager];

fn tell_of_breaks(walk: &mut Walk<'_, '_>, filed: &ReconciliationFiled) -> Result<(), Fault> {
    let entity = filed.entity.parse::<EntityCode>().ok();
    let to = holders(&all_users(walk.unit)?, &BTreeSet::from(ANSWERING), entity.as_ref());
    let (file, of, open) = (&filed.file, &filed.entity, filed.open);
    let text = match open {
        1 => format!("The extract {file} of {of} and the credit book differ in one figure."),
        _ => format!("The extract {file} of {of} and the credit book differ in {open} figures."),
    };
    tell(walk, &to, &News { kind: NotificationKind::ReconciliationBreaks, text, about: &filed.id })
}

/// What came of one legal entity of an extract that was sent. A row that could not be read is told where it is of this one
/// alone.
fn sent(
    view: &ReconciliationView,
    (entity, compared): (&str, u64),
    file: &str,
    id: String,
) -> ReconciliationFiled {
    let count = |many: usize| u64::try_from(many).unwrap_or(u64::MAX);
    let breaks: Vec<BreakView> = view.breaks.iter().filter(|found| found.entity == entity).cloned().collect();
    let present = breaks.iter().filter(|found| !found.absent);
    let differ: BTreeSet<&str> = present.map(|found| found.account.as_str()).collect();
    let alone = view.breaks.iter().all(|found| found.entity == entity);
    ReconciliationFiled {
        id,
        at: view.at.clone(),
        entity: entity.to_owned(),
        file: file.to_owned(),
        rows: compared,
        compared,
        agree: compared.saturating_sub(count(differ.len())),
        open: count(breaks.len()),
        healed: 0,
        whole: view.whole.iter().any(|code| code == entity),
        breaks,
        faults: if alone { view.faults.clone() } else { Vec::new() },
    }
}

/// What differed first, each healed or not by what came after it.
fn merged(first: ReconciliationView, again: ReconciliationView) -> ReconciliationView {
    let key = |found: &BreakView| (found.account.clone(), found.entity.clone(), found.bucket.clone());
    let mut left: BTreeMap<_, BreakView> =
        again.breaks.into_iter().map(|found| (key(&found), found)).collect();
    let mut breaks: Vec<BreakView> = first
        .breaks
        .into_iter()
        .map(|found| left.remove(&key(&found)).unwrap_or(BreakView { healed: true, ..found }))
        .collect();
    breaks.extend(left.into_values());
    ReconciliationView { breaks, agree: again.agree, ..first }
}

#[cfg(test)]
mod tests;
