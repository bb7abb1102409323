//! The account as one legal entity sees it, now or at a moment of the past, each field with where it comes from.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kith_api::view::{AccountView, EffectiveField, EffectiveView, ProvenanceView, WarningView};
use kith_domain::access::Grant;
use kith_domain::account::{Account, AddressKind, Limit, Origin, Seen};
use kith_domain::decider::Decider;
use kith_domain::organisation::LegalEntity;
use kith_domain::refusal::Refusal;
use kith_store::{Fault, Reader, StoredRecord};
use serde_json::{Map, Value, json};

use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::{Loaded, json_of};
use crate::permit;

/// Records read in one go.
const PAGE: u32 = 1_000;

/// Members of an account that are no fields of the master record.
const NO_FIELDS: &[&str] = &[
    "id",
    "account_number",
    "version",
    "overrides",
    "note_log",
    "missing_fields",
    "created_at",
    "updated_at",
];

/// A moment of the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsOf {
    /// This one.
    Moment(Timestamp),
    /// The end of this day, in the organisation's zone.
    Day(Date),
}

impl std::str::FromStr for AsOf {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let moment = text.parse().map(Self::Moment);
        moment.or_else(|_| text.parse().map(Self::Day)).map_err(|_| ())
    }
}

/// From where, and when, an account is looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Viewpoint {
    /// The legal entity that looks; `None` for the master record.
    pub entity: Option<String>,
    /// The moment; `None` for now.
    pub as_of: Option<AsOf>,
}

/// The record that put a value where it is.
#[derive(Debug, Clone)]
struct Stamp {
    version: u64,
    at: String,
    actor: Value,
    channel: String,
    change: Option<String>,
}

/// Where each field of an account comes from: by its name, or by `entity/name` for what an entity has otherwise.
type Stamps = BTreeMap<String, Stamp>;

impl Engine {
    /// The account as it is looked at.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn account_seen(
        &self,
        caller: &Caller,
        name: &str,
        from: &Viewpoint,
    ) -> Result<Result<AccountView, Refusal>, Fault> {
        let (mut loaded, mut notes) = match self.load_with(caller, name, crate::note::SHOWN).await? {
            Ok(found) => found,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if let Some(moment) = from.as_of {
            let Some(past) = self.past_account(&loaded, moment).await? else {
                return Ok(Err(not_yet()));
            };
            (loaded, notes) = (past.0, Vec::new());
        }
        let Some(code) = &from.entity else {
            let mut view = self.account_view(caller, &loaded, &notes);
            self.add_family(caller, &loaded, &mut view);
            return Ok(Ok(view));
        };
        let entity = match self.looking(caller, &loaded.state, code) {
            Ok(entity) => entity,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let seen = loaded.state.seen_by(&entity, &self.organisation(), self.rate_day(from.as_of));
        let loaded = Loaded { state: seen.account, ..loaded };
        let mut view = self.account_view_as(caller, &loaded, &notes, Some(&entity.code));
        self.add_family(caller, &loaded, &mut view);
        Ok(Ok(view))
    }

    /// Every field as a legal entity sees it.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn effective(
        &self,
        caller: &Caller,
        name: &str,
        from: &Viewpoint,
    ) -> Result<Result<EffectiveView, Refusal>, Fault> {
        let now = match self.load_account(caller, name).await? {
            Ok(loaded) => loaded,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let code = from.entity.clone().unwrap_or_else(|| now.state.owning_entity.to_string());
        let entity = match self.looking(caller, &now.state, &code) {
            Ok(entity) => entity,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let moment = from.as_of.unwrap_or(AsOf::Moment(Timestamp::MAX));
        let Some((loaded, stamps)) = self.past_account(&now, moment).await? else {
            return Ok(Err(not_yet()));
        };
        let seen = loaded.state.seen_by(&entity, &self.organisation(), self.rate_day(from.as_of));
        let shown = self.fields(caller, &loaded, seen, &entity, &stamps)?;
        let as_of = from.as_of.map(|moment| self.until(moment).to_string());
        Ok(Ok(EffectiveView { as_of, ..shown }))
    }

    /// The entity that a caller may look as: with rights there, or where the account belongs.
    fn looking(&self, caller: &Caller, account: &Account, code: &str) -> Result<LegalEntity, Refusal> {
        let entity = self.organisation().entities.iter().find(|entity| entity.code.as_str() == code).cloned();
        let entity =
            entity.ok_or_else(|| permit::missing("entity.not_found", "There is no such legal entity."))?;
        let may = |code| caller.principal.may(Grant::AccountsRead, Some(code));
        if may(&entity.code) || may(&account.owning_entity) {
            Ok(entity)
        } else {
            Err(permit::denied_for(Grant::AccountsRead, &entity.code))
        }
    }

    /// The last moment that counts.
    fn until(&self, moment: AsOf) -> Timestamp {
        match moment {
            AsOf::Moment(at) => at,
            AsOf::Day(day) => {
                let zone = TimeZone::get(&self.organisation().timezone).unwrap_or(TimeZone::UTC);
                let next = day.tomorrow().and_then(|day| day.to_zoned(zone)).map(|start| start.timestamp());
                let last = next.and_then(|start| start.checked_sub(jiff::SignedDuration::from_nanos(1)));
                last.unwrap_or(Timestamp::MAX)
            }
        }
    }

    /// The day whose rates count.
    fn rate_day(&self, moment: Option<AsOf>) -> Date {
        match moment {
            Some(AsOf::Day(day)) => day,
            Some(AsOf::Moment(at)) => {
                let zone = TimeZone::get(&self.organisation().timezone).unwrap_or(TimeZone::UTC);
                at.to_zoned(zone).date()
            }
            None => self.day(),
        }
    }

    /// The account after the last record up to a moment, and what put its fields there. `None` before there was an account.
    async fn past_account(
        &self,
        now: &Loaded<Account>,
        moment: AsOf,
    ) -> Result<Option<(Loaded<Account>, Stamps)>, Fault> {
        let (id, stream, row) = (now.id.clone(), now.stream(), now.row);
        let until = self.until(moment);
        let (state, version, stamps) =
            self.store().read(move |reader| replay_stamped(reader, &stream, until)).await?;
        Ok(state.exists().then_some((Loaded { id, state, version, row }, stamps)))
    }

    fn fields(
        &self,
        caller: &Caller,
        loaded: &Loaded<Account>,
        seen: Seen,
        entity: &LegalEntity,
        stamps: &Stamps,
    ) -> Result<EffectiveView, Fault> {
        let master = members(&self.account_view_as(caller, loaded, &[], Some(&entity.code)))?;
        let defaults = default_addresses(&loaded.state, entity);
        let known = json_of(&seen.account)?;
        let shown =
            Loaded { id: loaded.id.clone(), state: seen.account.clone(), version: loaded.version, row: None };
        let mut view = members(&self.account_view_as(caller, &shown, &[], Some(&entity.code)))?;
        for field in &seen.blank {
            if view.get(*field).is_some_and(|value| !value.is_array() && !value.is_object()) {
                view.insert((*field).to_owned(), Value::Null);
            }
        }
        let mut fields = BTreeMap::new();
        for (name, value) in view {
            if NO_FIELDS.contains(&name.as_str()) || name == "account_manager_name" {
                continue;
            }
            let there = known.get(&name).is_none_or(|value| !is_empty(value));
            let origin = seen.origin(&name).unwrap_or(if there { Origin::Master } else { Origin::Default });
            let own = format!("{}/{name}", entity.code);
            let stamp = stamps.get(&own).filter(|_| origin == Origin::Entity).or_else(|| stamps.get(&name));
            let stamp = stamp.filter(|_| there || origin == Origin::Entity);
            let limit = (name == "credit_limit").then_some(&seen.limit);
            let before =
                master.get(&name).filter(|before| origin != Origin::Master && **before != value).cloned();
            fields.insert(name, self.field(value, origin, stamp, before, limit));
        }
        fields
            .insert("default_addresses".to_owned(), self.field(defaults, Origin::Derived, None, None, None));
        let warning =
            |fault: kith_domain::refusal::FieldFault| WarningView { code: fault.code, text: fault.message };
        Ok(EffectiveView {
            id: loaded.id.clone(),
            account_number: loaded.state.account_number.clone(),
            entity: entity.code.to_string(),
            version: loaded.version,
            as_of: None,
            warnings: seen.warnings.into_iter().map(warning).collect(),
            fields,
        })
    }

    fn field(
        &self,
        value: Value,
        origin: Origin,
        stamp: Option<&Stamp>,
        master: Option<Value>,
        limit: Option<&Limit>,
    ) -> EffectiveField {
        let imported = stamp.is_some_and(|stamp| stamp.channel == "import");
        let method = match origin {
            Origin::Default => "default",
            Origin::Derived => "computed",
            Origin::Entity | Origin::Master if imported => "imported",
            Origin::Entity | Origin::Master => "asserted",
        };
        let user = stamp.and_then(|stamp| stamp.actor.get("user")).and_then(Value::as_str);
        let rate_on = limit.and_then(|limit| limit.rate_on);
        EffectiveField {
            value,
            origin: origin.as_str().to_owned(),
            master,
            version: stamp.map(|stamp| stamp.version),
            provenance: ProvenanceView {
                method: method.to_owned(),
                recorded_at: stamp.map(|stamp| stamp.at.clone()),
                by: stamp.map(|stamp| stamp.actor.clone()),
                by_name: user.and_then(|user| self.user_name(user)),
                channel: stamp.map(|stamp| stamp.channel.clone()),
                change: stamp.and_then(|stamp| stamp.change.clone()),
            },
            derived: rate_on.map(|_| "fx".to_owned()),
            rate_on: rate_on.map(|day| day.to_string()),
            shared_by: limit
                .map(|limit| limit.shared_by.iter().map(ToString::to_string).collect())
                .unwrap_or_default(),
        }
    }
}

fn not_yet() -> Refusal {
    permit::missing("account.not_found", "The account was not on record then.")
}

fn members(view: &AccountView) -> Result<Map<String, Value>, Fault> {
    json_of(view)?.as_object().cloned().ok_or_else(|| Fault::corrupt("an account"))
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

/// The address to take for each kind, as the entity has it; none where that would be guessing.
fn default_addresses(account: &Account, entity: &LegalEntity) -> Value {
    let of_kind = |kind: &AddressKind| {
        let address = account.address_for(*kind, Some(&entity.code))?;
        Some((kind.as_str().to_owned(), json!(address.id)))
    };
    Value::Object(AddressKind::ALL.iter().filter_map(of_kind).collect())
}

/// Replays a stream up to a moment and notes which record put each field where it is.
fn replay_stamped(
    reader: &mut Reader<'_>,
    stream: &str,
    until: Timestamp,
) -> Result<(Account, u64, Stamps), Fault> {
    let (mut state, mut version, mut stamps) = (Account::default(), 0, Stamps::new());
    let mut before = Value::Null;
    loop {
        let records = reader.stream(stream, version, PAGE)?;
        let Some(last) = records.last().map(|record| record.header.version) else { break };
        for record in &records {
            let at: Timestamp =
                record.header.at.parse().map_err(|_| Fault::corrupt("the time of a record"))?;
            if at > until {
                return Ok((state, version, stamps));
            }
            let event = serde_json::from_value(record.header.body.clone())
                .map_err(|_| Fault::corrupt("the event of an account"))?;
            state.evolve(&event);
            version = record.header.version;
            let after = json_of(&state)?;
            note(&before, &after, record, &mut stamps);
            before = after;
        }
        version = last;
    }
    Ok((state, version, stamps))
}

/// Notes the fields that a record changed.
fn note(before: &Value, after: &Value, record: &StoredRecord, stamps: &mut Stamps) {
    let header = &record.header;
    let stamp = Stamp {
        version: header.version,
        at: header.at.clone(),
        actor: header.actor.clone(),
        channel: header.channel.clone(),
        change: header.cause.as_ref().and_then(|cause| cause.get("change")?.as_str().map(str::to_owned)),
    };
    let mut put = |name: String| stamps.insert(name, stamp.clone());
    for (name, value) in after.as_object().into_iter().flatten() {
        if before.get(name) != Some(value) && !(before.is_null() && is_empty(value)) {
            put(name.clone());
        }
    }
    for (entity, said) in after.get("overrides").and_then(Value::as_object).into_iter().flatten() {
        for (name, value) in said.as_object().into_iter().flatten() {
            if before.pointer(&format!("/overrides/{entity}/{name}")) != Some(value) {
                put(format!("{entity}/{name}"));
            }
        }
    }
}
