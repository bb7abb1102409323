//! Staging a kept file again, read or carried in another way: what the page's mapping table and choices do.

use std::collections::BTreeMap;

use kith_api::request::ImportRestage;
use kith_api::view::ImportView;
use kith_connect::map::Field;
use kith_domain::import::{Decision, ImportState, OnDuplicate};
use kith_domain::organisation::in_order;
use kith_domain::refusal::{FieldFault, Refusal};
use kith_store::Fault;
use serde_json::json;

use super::review::Report;
use super::sealed::{Drawer, create};
use super::stage::{blocking, contacts_name};
use super::{FILE, ImportFile, ImportOptions, REPORT, missing};
use crate::caller::Caller;
use crate::engine::Engine;

/// What is to be different.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Restage {
    /// Header to field, to `metadata.<name>`, or to `ignore`; as before where nothing is named.
    pub columns: BTreeMap<String, String>,
    /// Field to values of the file and what they mean.
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// What happens to a row whose account exists.
    pub on_duplicate: Option<OnDuplicate>,
    /// The legal entity that owns rows without one; empty for none.
    pub entity: Option<String>,
    /// What is decided of single rows; what was decided before still holds.
    pub decisions: BTreeMap<u64, Decision>,
}

impl Restage {
    /// Reads what a request asks for.
    ///
    /// # Errors
    /// Every member at fault.
    pub fn read(request: ImportRestage) -> Result<Self, Vec<FieldFault>> {
        let mut faults = Vec::new();
        let on_duplicate = request.on_duplicate.as_deref().and_then(|word| {
            let known = OnDuplicate::parse(word);
            if known.is_none() {
                let expected = "expected skip, update or error";
                faults.push(FieldFault::new("/on_duplicate", "not_allowed", expected));
            }
            known
        });
        let mut decisions = BTreeMap::new();
        for (row, word) in request.decisions {
            let place = format!("/decisions/{}", row.replace('~', "~0").replace('/', "~1"));
            match (row.parse::<u64>().ok().filter(|row| *row > 1), Decision::parse(&word)) {
                (None, _) => {
                    let expected = "expected the number of a row; the header is row 1";
                    faults.push(FieldFault::new(place, "row_invalid", expected));
                }
                (_, None) => {
                    let expected = "expected skip, create, or the id of the account to update";
                    faults.push(FieldFault::new(place, "not_allowed", expected));
                }
                (Some(row), Some(decision)) => drop(decisions.insert(row, decision)),
            }
        }
        let entity = request.entity.map(|code| code.trim().to_owned());
        let read = Self { columns: request.columns, values: request.values, on_duplicate, entity, decisions };
        if faults.is_empty() { Ok(read) } else { Err(faults) }
    }
}

impl Engine {
    /// The fields that a column can give, by name: the record's, then those of the organisation's own.
    #[must_use]
    pub fn import_fields(&self) -> Vec<String> {
        let organisation = self.organisation();
        let own = in_order(&organisation.custom_fields).into_iter().filter(|(_, field)| !field.retired);
        let own: Vec<String> = own.map(|(name, _)| format!("custom.{name}")).collect();
        Field::all().map(|field| field.name().to_owned()).chain(own).collect()
    }

    /// Stages the file of a validated import again; another way of reading it makes another import.
    ///
    /// # Errors
    /// [`Fault`] when the kept file cannot be read.
    pub async fn import_restage(
        &self,
        caller: &Caller,
        id: &str,
        change: Restage,
    ) -> Result<Result<ImportView, Refusal>, Fault> {
        let import = match self.seen_import(caller, id).await? {
            Ok((import, _)) => import,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if import.state != ImportState::Validated {
            return Ok(Err(kith_domain::import::refusal::already_executed()));
        }
        let drawer = Drawer::new(self.store(), import.staged.id);
        if !drawer.holds(FILE) {
            return Ok(Err(missing()));
        }
        let folder = self.store().location().dir().join("imports");
        let base = folder.join(format!(".again-{}", self.new_uuid()?));
        let name = import.staged.file_name.as_ref().and_then(|name| name.get().cloned()).unwrap_or_default();
        let opened = blocking(move || {
            let report: Report = serde_json::from_slice(&drawer.get(REPORT)?)
                .map_err(|_| Fault::corrupt("the kept report of an import"))?;
            let unsealed = |kept: &str, to: &std::path::Path| {
                let mut out = create(to).map_err(Fault::unavailable)?;
                std::io::copy(&mut drawer.open(kept)?, &mut out).map(drop).map_err(Fault::unavailable)
            };
            unsealed(FILE, &base)?;
            let mut contacts = Vec::new();
            for place in 0..report.contact_files {
                let path = base.with_extension(format!("c{place}"));
                unsealed(&contacts_name(place), &path)?;
                contacts.push(path);
            }
            Ok((report, ImportFile { path: base, name, contacts }))
        });
        let (report, file) = opened.await?;
        let place = if change.columns.is_empty() { "/values" } else { "/columns" };
        let options = &import.staged.options;
        let asked = report.asked;
        let options = ImportOptions {
            source_system: import.staged.source_system.clone(),
            external_id_column: asked.external_id_column,
            on_duplicate: change.on_duplicate.unwrap_or(options.on_duplicate),
            update_policy: options.update_policy,
            empty_means: options.empty_means,
            batch_size: options.batch_size,
            stop_on_error: options.stop_on_error,
            map: mapped(asked.map, import.staged.source_system.as_deref(), &report.mapping, &change),
            decisions: options
                .decisions
                .iter()
                .map(|(row, decision)| (*row, *decision))
                .chain(change.decisions)
                .collect(),
            entity: change.entity.map_or(asked.entity, |code| Some(code).filter(|code| !code.is_empty())),
            feed: import.staged.feed.clone(),
            ..ImportOptions::default()
        };
        let staged = self.import_stage(caller, file, options).await?;
        Ok(staged.map_err(|mut refusal| {
            // A request to stage again names columns and values where the first one named a map.
            refusal.fields.iter_mut().filter(|fault| fault.pointer == "/map").for_each(|fault| {
                fault.pointer = place.to_owned();
            });
            refusal
        }))
    }
}

/// The map file of the columns as they were and as they shall be; none where nothing shall be different.
fn mapped(
    before: Option<String>,
    system: Option<&str>,
    mapping: &[(String, String)],
    change: &Restage,
) -> Option<String> {
    if change.columns.is_empty() && change.values.is_empty() {
        return before;
    }
    let mut all: BTreeMap<String, String> = mapping.iter().cloned().collect();
    all.extend(change.columns.clone());
    let given = before.as_deref().and_then(|map| serde_json::from_str::<serde_json::Value>(map).ok());
    let mut file = given.filter(serde_json::Value::is_object).unwrap_or_else(|| json!({"system": system}));
    file["columns"] = json!(all);
    for (field, words) in &change.values {
        for (word, meaning) in words {
            file["values"][field][word] = json!(meaning);
        }
    }
    Some(file.to_string())
}
