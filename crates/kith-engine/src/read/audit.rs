//! The audit trail: who did what, what it was before and after, who agreed, who looked (D§5.3).
//!
//! The ledger is the trail. A search walks it backwards and passes over records that cannot match by their bytes, before
//! anything is decoded; it stops after a while and says where to go on.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use data_encoding::HEXLOWER;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use kith_api::view::{AccessView, AuditChange, AuditView, Page};
use kith_domain::access::{ACCESS_KIND, Accesses, Grant};
use kith_domain::approval::{Change, Diff, diff};
use kith_domain::refusal::{FieldFault, Refusal};
use kith_ledger::{Hash, Header, Record};
use kith_store::{Fault, Reader, StoredRecord};
use serde_json::Value;

use super::account::flatten;
use super::merged::records_of;
use super::veil::{secret, veil, veil_line};
use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::load;
use crate::past::{Step, steps};
use crate::permit;

/// Records read in one go.
const PAGE: u32 = 1_000;
/// Most records that one search walks past.
const WALKED_MAX: u64 = 100_000;

/// What a search of the audit trail is asked for. Absent is any.
#[derive(Debug, Clone, Default)]
pub struct AuditRequest {
    /// `usr_…` who did it.
    pub actor: Option<String>,
    /// What it is about: `acc_…`, `chg_…`; also as it stands in the record, `account/acc_…`.
    pub object: Option<String>,
    /// The beginning of the kind, for example `account.` or `change.step_approved`.
    pub kind: Option<String>,
    /// Through which door.
    pub channel: Option<String>,
    /// All that one request caused.
    pub correlation: Option<String>,
    /// Recorded at this time or later.
    pub from: Option<Timestamp>,
    /// Recorded before this time.
    pub to: Option<Timestamp>,
    /// The position at which the page before ended.
    pub before: Option<u64>,
    /// Rows of the page.
    pub limit: usize,
}

impl AuditRequest {
    /// Reads what was typed: `actor`, `object` (an account's number is looked up), `kind`, `channel`, `correlation`, and
    /// `from` and `to` as times, or as days in UTC of which `to` is the last.
    ///
    /// # Errors
    /// [`FieldFault`] when a time is none.
    pub fn read(engine: &Engine, typed: impl Fn(&str) -> Option<String>) -> Result<Self, FieldFault> {
        let object = typed("object").map(|object| engine.account_id(&object).unwrap_or(object));
        let time = |name: &str, after: bool| match typed(name) {
            Some(text) => time_typed(&text, after).map(Some).ok_or_else(|| {
                let sentence = "Expected a time such as 2026-11-22T10:00:00Z, or a day.";
                FieldFault::new(format!("/{name}"), "time_invalid", sentence)
            }),
            None => Ok(None),
        };
        Ok(Self {
            actor: typed("actor"),
            object,
            kind: typed("kind"),
            channel: typed("channel"),
            correlation: typed("correlation"),
            from: time("from", false)?,
            to: time("to", true)?,
            before: None,
            limit: 50,
        })
    }

    /// Whether the stored bytes of a header can belong to a match: false only where they cannot.
    fn may_match(&self, header: &[u8]) -> bool {
        let wanted = [&self.actor, &self.object, &self.kind, &self.channel, &self.correlation];
        wanted.into_iter().flatten().all(|text| contains(header, text.as_bytes()))
    }

    fn matches(&self, header: &Header) -> bool {
        let at = time_of(header);
        let is =
            |wanted: &Option<String>, found: &str| wanted.as_deref().is_none_or(|wanted| wanted == found);
        let actor = header.actor.get("user").and_then(Value::as_str).unwrap_or_default();
        let object = self.object.as_deref().is_none_or(|wanted| concerns(header, wanted));
        let kind = self.kind.as_deref().is_none_or(|wanted| header.kind.starts_with(wanted));
        let timely = self.from.is_none_or(|from| at >= from) && self.to.is_none_or(|to| at < to);
        is(&self.actor, actor)
            && is(&self.channel, &header.channel)
            && is(&self.correlation, &header.correlation)
            && object
            && kind
            && timely
    }
}

/// A time, or a day: its beginning, or the beginning of the next one.
fn time_typed(text: &str, after: bool) -> Option<Timestamp> {
    let day = text.parse::<Date>().ok().filter(|_| text.len() == 10);
    let Some(day) = day else { return text.parse().ok() };
    let day = if after { day.tomorrow().ok()? } else { day };
    Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    wanted.is_empty() || bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// Whether a record is about a thing: its own stream, a change that targets it, or an access to it.
fn concerns(header: &Header, wanted: &str) -> bool {
    let own = header.stream == wanted || header.stream.split_once('/').is_some_and(|(_, id)| id == wanted);
    own || names(&header.body, wanted) || header.cause.as_ref().is_some_and(|cause| names(cause, wanted))
}

fn names(value: &Value, wanted: &str) -> bool {
    match value {
        Value::String(text) => text == wanted,
        Value::Array(items) => items.iter().any(|item| names(item, wanted)),
        Value::Object(members) => members.values().any(|member| names(member, wanted)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// What a walk found, and where it stopped.
struct Found {
    records: Vec<StoredRecord>,
    /// Where to go on; `None` at the beginning of the ledger.
    next: Option<u64>,
}

/// Clocks of nodes and the order of the writer may differ by this much from the order of the records.
const CLOCKS_MAX: SignedDuration = SignedDuration::from_secs(60);

/// The first position whose record is not older than a time; one past the end when all are.
fn position_at(reader: &mut Reader<'_>, time: Timestamp) -> Result<u64, Fault> {
    let (mut low, mut high) = (1, reader.heads()?.ledger.saturating_add(1));
    while low < high {
        let middle = low.midpoint(high);
        let record = reader.record(middle)?.ok_or_else(|| Fault::corrupt("the ledger has a gap"))?;
        if time_of(&record.header) < time {
            low = middle.saturating_add(1);
        } else {
            high = middle;
        }
    }
    Ok(low)
}

fn time_of(header: &Header) -> Timestamp {
    header.at.parse().unwrap_or_default()
}

/// The positions between which a search must look: from the first, before the second.
fn bounds(reader: &mut Reader<'_>, request: &AuditRequest) -> Result<(u64, u64), Fault> {
    let first = match request.from {
        Some(from) => position_at(reader, from.checked_sub(CLOCKS_MAX).unwrap_or(from))?,
        None => 1,
    };
    let end = match request.to {
        Some(to) => position_at(reader, to.checked_add(CLOCKS_MAX).unwrap_or(to))?,
        None => reader.heads()?.ledger.saturating_add(1),
    };
    Ok((first, request.before.map_or(end, |before| before.min(end))))
}

fn search(reader: &mut Reader<'_>, request: &AuditRequest) -> Result<Found, Fault> {
    let (first, mut at) = bounds(reader, request)?;
    let last_walked = at.saturating_sub(WALKED_MAX);
    let mut kept: Vec<(Record, Hash)> = Vec::new();
    while at > first {
        if at <= last_walked || kept.len() >= request.limit {
            return Ok(Found { records: reader.all_opened(&kept)?, next: Some(at) });
        }
        for (record, hash) in reader.raw_records_before(at, PAGE)? {
            if at <= first || kept.len() >= request.limit {
                break;
            }
            at = at.saturating_sub(1);
            if request.may_match(&record.header) {
                let header = Header::decode(&record.header);
                let header = header.map_err(|error| Fault::corrupt(error.to_string()))?;
                if request.matches(&header) {
                    kept.push((record, hash));
                }
            }
        }
    }
    Ok(Found { records: reader.all_opened(&kept)?, next: None })
}

/// What stands around the records of a page.
#[derive(Default)]
struct Around {
    steps: BTreeMap<(String, u64), Step>,
    changes: BTreeMap<String, Change>,
}

/// The change that a record names as its cause, or is about.
fn change_of(header: &Header) -> Option<String> {
    let cause = header.cause.as_ref().and_then(|cause| cause.get("change")).and_then(Value::as_str);
    cause.or_else(|| header.stream.strip_prefix("change/")).map(str::to_owned)
}

fn around(reader: &mut Reader<'_>, records: &[StoredRecord]) -> Result<Around, Fault> {
    let mut around = Around::default();
    let mut versions: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
    for record in records {
        versions.entry(&record.header.stream).or_default().insert(record.header.version);
    }
    for (stream, versions) in versions {
        let found = steps(reader, stream, &versions)?;
        around.steps.extend(found.into_iter().map(|(version, step)| ((stream.to_owned(), version), step)));
    }
    for id in records.iter().filter_map(|record| change_of(&record.header)) {
        if let Entry::Vacant(place) = around.changes.entry(id) {
            let change = load::<Change>(reader, place.key())?.state;
            place.insert(change);
        }
    }
    Ok(around)
}

impl Engine {
    /// Records of the audit trail, newest first. A page may hold fewer than asked for and still say where to go on: a
    /// search gives up after 100,000 records.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn audit_search(
        &self,
        caller: &Caller,
        request: AuditRequest,
    ) -> Result<Result<Page<AuditView>, Refusal>, Fault> {
        if !caller.principal.may(Grant::AuditRead, None) {
            return Ok(Err(permit::denied(Grant::AuditRead)));
        }
        let (found, around) = self
            .store()
            .read(move |reader| {
                let found = search(reader, &request)?;
                let around = around(reader, &found.records)?;
                Ok((found, around))
            })
            .await?;
        let items = found.records.into_iter().map(|record| self.audit_view(caller, record, &around));
        let next = found.next.map(|at| at.to_string());
        Ok(Ok(Page { items: items.collect(), has_more: next.is_some(), next_cursor: next }))
    }

    /// The records of one account, newest first. `before` is the version at which the page before ended.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn audit(
        &self,
        caller: &Caller,
        name: &str,
        before: Option<u64>,
        limit: u32,
    ) -> Result<Result<Page<AuditView>, Refusal>, Fault> {
        if !caller.principal.may(Grant::AuditRead, None) {
            return Ok(Err(permit::denied(Grant::AuditRead)));
        }
        let loaded = match self.load_account(caller, name).await? {
            Ok(loaded) => loaded,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let (stream, from) = (loaded.stream(), before.unwrap_or(u64::MAX >> 1));
        let streams = self.streams_of(&loaded);
        let is_merged = streams.len() > 1;
        let (records, around) = self
            .store()
            .read(move |reader| {
                let records = match is_merged {
                    true => records_of(reader, &streams, from, limit)?,
                    false => reader.stream_back(&stream, from, limit)?,
                };
                let around = around(reader, &records)?;
                Ok((records, around))
            })
            .await?;
        // With what was merged into it there are several streams, and the page goes on at a position.
        let place = |record: &StoredRecord| match is_merged {
            true => record.header.position,
            false => record.header.version,
        };
        let next = records.last().map(place).filter(|place| *place > 1);
        let more = next.is_some() && records.len() == usize::try_from(limit).unwrap_or(usize::MAX);
        let items = records.into_iter().map(|record| self.audit_view(caller, record, &around)).collect();
        Ok(Ok(Page {
            items,
            next_cursor: next.filter(|_| more).map(|next| next.to_string()),
            has_more: more,
        }))
    }

    fn audit_view(&self, caller: &Caller, record: StoredRecord, around: &Around) -> AuditView {
        let (header, hash) = (record.header, record.hash);
        let personal = caller.reads_personal();
        let step = around.steps.get(&(header.stream.clone(), header.version));
        let change = change_of(&header).and_then(|id| around.changes.get(&id));
        let changes = match (header.stream.starts_with("change/"), change) {
            // What a change asks for is told once, by its submission; its own members are told by its steps.
            (true, Some(change)) if header.kind.starts_with("change.submitted") => change.diff.clone(),
            (true, _) => Vec::new(),
            (false, _) => step.map(|(before, after)| diff(before, after)).unwrap_or_default(),
        };
        let secret = secret(&header.stream);
        // Before its first record there was nothing, though the empty state has members.
        let began = header.version == 1 && !header.stream.starts_with("change/");
        let told = |diff: &Diff| {
            let before = if began { Value::Null } else { diff.before.clone() };
            let mut line = Diff { before, ..diff.clone() };
            veil_line(&mut line, secret);
            self.diff_line(&line, personal)
        };
        let user = header.actor.get("user").and_then(Value::as_str);
        let plain = |mut value: Value| {
            veil(&mut value, secret);
            flatten(&mut value, personal);
            value
        };
        let accesses = if header.kind == ACCESS_KIND { accesses(&header.body) } else { Vec::new() };
        AuditView {
            position: header.position,
            at: header.at,
            kind: header.kind,
            object: header.stream,
            version: header.version,
            actor_name: user.and_then(|user| self.user_name(user)),
            actor: header.actor,
            on_behalf_of: header.on_behalf_of,
            channel: header.channel,
            correlation: header.correlation,
            cause: header.cause.map(&plain),
            reason: header.reason.map(&plain).and_then(|reason| reason.as_str().map(str::to_owned)),
            changes: changes.iter().filter(|diff| diff.path != "/updated_at").map(told).collect(),
            change: change.map(|change| self.audit_change(caller, change)),
            accesses,
            body: plain(header.body),
            hash: HEXLOWER.encode(&hash),
            previous: HEXLOWER.encode(&header.prev),
        }
    }

    fn audit_change(&self, caller: &Caller, change: &Change) -> AuditChange {
        let view = self.change_view(caller, change);
        AuditChange {
            id: view.id,
            operation: view.operation,
            lane: view.lane,
            state: view.state,
            submitted_by: view.submitted_by,
            submitted_by_name: view.submitted_by_name,
            submitted_at: view.submitted_at,
            steps: view.steps,
        }
    }
}

fn accesses(body: &Value) -> Vec<AccessView> {
    let read = serde_json::from_value::<Accesses>(body.clone()).unwrap_or_default();
    let view = |access: kith_domain::access::Access| AccessView {
        act: access.act.as_str().to_owned(),
        what: access.what,
        object: access.object,
        code: access.code,
        at: access.at.to_string(),
        times: access.times,
        records: access.records,
    };
    read.accesses.into_iter().map(view).collect()
}
