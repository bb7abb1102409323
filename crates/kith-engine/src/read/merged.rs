//! Merges as they are read: where a merged account went, what a merge would come to, one trail of both.

use kith_api::view::{AccountRef, FieldMergeView, MergePreview};
use kith_domain::account::{Account, Command as AccountCommand, FieldMerge, Picks, refusal, survivorship};
use kith_domain::command::Command;
use kith_domain::refusal::Refusal;
use kith_domain::value::Personal;
use kith_store::{Fault, Reader, StoredRecord};
use serde_json::Value;

use super::account::flatten;
use super::family::{may_see, reference};
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Walk;
use crate::noun::{Loaded, load};
use crate::{facts, life, permit};

/// Fields that a merge decides by itself.
const NOT_PICKABLE: [&str; 8] =
    ["contacts", "addresses", "identifiers", "lanes", "agreements", "pricing", "tax_profiles", "stage"];

impl Engine {
    /// The account into which another one was merged, if it was and the caller may know.
    #[must_use]
    pub fn merged_into(&self, caller: &Caller, name: &str) -> Option<String> {
        let (row, _) = self.find_account(name)?;
        let inner = self.directory().read();
        let survivor = inner.canonical(row);
        (survivor != row && may_see(&inner, caller, survivor)).then(|| reference(&inner, survivor).id)
    }

    /// What a merge would come to, field by field, and who would approve it. Nothing is written.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn merge_preview(
        &self,
        caller: &Caller,
        (survivor, loser): (&str, &str),
        picks: Picks,
    ) -> Result<Result<MergePreview, Refusal>, Fault> {
        let loaded = match self.load_account(caller, survivor).await? {
            Ok(loaded) => loaded,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let Some((row, loser)) = self.find_account(loser) else { return Ok(Err(refusal::loser_not_found())) };
        if !may_see(&self.directory().read(), caller, row) {
            return Ok(Err(refusal::loser_not_found()));
        }
        let survivor = loaded.state.id;
        let reason = Personal::new(survivor, "preview".to_owned());
        let command = AccountCommand::Merge { loser, picks: picks.clone(), reason };
        let outlook =
            self.outlook(caller, &Command::Account { id: survivor, command: command.clone() }).await?;
        let (engine, asking) = (self.clone(), caller.clone());
        let context = caller.context(self.now());
        let found = self
            .store()
            .write(move |unit| {
                let organisation = engine.organisation_in(unit)?;
                let loaded = load::<Account>(unit, &survivor.to_string())?;
                let (caller, context) = (&asking, &context);
                let mut walk =
                    Walk { engine: &engine, unit, caller, context, organisation, effects: Vec::new() };
                let mut facts = facts::account(&mut walk, &command)?;
                life::complete(&mut walk, &loaded, &command, &mut facts, false)?;
                Ok(facts.other.map(|other| survivorship(&loaded.state, &other, &picks)))
            })
            .await?;
        let Some(found) = found else { return Ok(Err(permit::no_account())) };
        let personal = caller.reads_personal();
        let fields = found.fields.into_iter().map(|field| shown(field, personal)).collect();
        let inner = self.directory().read();
        let named = |row: Option<u32>| row.map_or_else(AccountRef::default, |row| reference(&inner, row));
        Ok(Ok(MergePreview {
            survivor: named(loaded.row),
            loser: named(Some(row)),
            fields,
            rows: found.rows.into_iter().collect(),
            outlook,
        }))
    }

    /// The streams of an account and of all that was merged into it.
    pub(super) fn streams_of(&self, loaded: &Loaded<Account>) -> Vec<String> {
        let inner = self.directory().read();
        let members = inner.members(loaded.row.unwrap_or(u32::MAX)).into_iter();
        members.filter_map(|row| inner.entry(row)).map(|entry| format!("account/{}", entry.id)).collect()
    }
}

/// The records of several streams before a position, newest first.
pub(super) fn records_of(
    reader: &mut Reader<'_>,
    streams: &[String],
    before: u64,
    limit: u32,
) -> Result<Vec<StoredRecord>, Fault> {
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut all: Vec<StoredRecord> = Vec::new();
    for stream in streams {
        let (mut version, mut taken) = (u64::MAX >> 1, 0_usize);
        // A page of each stream is enough for a page of all.
        while taken < wanted {
            let page = reader.stream_back(stream, version, limit)?;
            let Some(last) = page.last().map(|record| record.header.version) else { break };
            version = last;
            let held = all.len();
            all.extend(page.into_iter().filter(|record| record.header.position < before));
            taken = taken.saturating_add(all.len().saturating_sub(held));
        }
    }
    all.sort_by_key(|record| std::cmp::Reverse(record.header.position));
    all.truncate(wanted);
    Ok(all)
}

fn shown(field: FieldMerge, personal: bool) -> FieldMergeView {
    let plain = |mut value: Value| {
        flatten(&mut value, personal);
        value
    };
    FieldMergeView {
        field: field.field.to_owned(),
        survivor: plain(field.survivor),
        loser: plain(field.loser),
        result: plain(field.result),
        winner: field.winner.to_owned(),
        rule: field.rule.to_owned(),
        pickable: !NOT_PICKABLE.contains(&field.field),
    }
}
