//! The record as it was: states replayed from the ledger.

use std::collections::{BTreeMap, BTreeSet};

use kith_domain::{
    account, alert, approval, contract, contract_template, delegation, delivery, document, duplicate, feed,
    import, mail, mapping, notification, onboarding, order, organisation, policy, price_list, quarantine,
    reservation, risk, scorecard, screening, task, team, token, user, vehicle, view, webhook,
};
use kith_ledger::Header;
use kith_store::{Fault, Reader, StoredRecord};
use serde_json::Value;

use crate::noun::{Stored, json_of};

/// Records read in one go.
const PAGE: u32 = 1_000;

/// A state and the version at which it was so.
#[derive(Debug, Clone)]
pub(crate) struct Past<D> {
    pub(crate) state: D,
    pub(crate) version: u64,
}

/// The state of a thing after the last record that `includes` says yes to; records are asked in order until the first no.
pub(crate) fn replay<D: Stored>(
    reader: &mut Reader<'_>,
    id: &str,
    mut includes: impl FnMut(&StoredRecord) -> bool,
) -> Result<Past<D>, Fault> {
    let stream = format!("{}/{id}", D::WORD);
    let mut past = Past { state: D::default(), version: 0 };
    loop {
        let records = reader.stream(&stream, past.version, PAGE)?;
        if records.is_empty() {
            return Ok(past);
        }
        for record in &records {
            if !includes(record) {
                return Ok(past);
            }
            past.state.evolve(&event::<D>(record)?);
            past.version = record.header.version;
        }
    }
}

/// Goes through a stream from its beginning: every record with its event and the state after it.
pub(crate) fn each_state<D: Stored>(
    reader: &mut Reader<'_>,
    id: &str,
    mut each: impl FnMut(&Header, &D::Event, &D),
) -> Result<(), Fault> {
    let stream = format!("{}/{id}", D::WORD);
    let (mut state, mut version) = (D::default(), 0);
    loop {
        let records = reader.stream(&stream, version, PAGE)?;
        if records.is_empty() {
            return Ok(());
        }
        for record in &records {
            let happened = event::<D>(record)?;
            state.evolve(&happened);
            version = record.header.version;
            each(&record.header, &happened, &state);
        }
    }
}

fn event<D: Stored>(record: &StoredRecord) -> Result<D::Event, Fault> {
    let place = record.header.position;
    serde_json::from_value(record.header.body.clone())
        .map_err(|_| Fault::corrupt(format!("the event of record {place} cannot be read")))
}

/// State before and after a version.
pub(crate) type Step = (Value, Value);

/// The state of a stream before and after some of its versions. Streams without a state give nothing.
pub(crate) fn steps(
    reader: &mut Reader<'_>,
    stream: &str,
    versions: &BTreeSet<u64>,
) -> Result<BTreeMap<u64, Step>, Fault> {
    let Some((word, id)) = stream.split_once('/') else { return Ok(BTreeMap::new()) };
    match word {
        "account" => steps_of::<account::Account>(reader, id, versions),
        "alert" => steps_of::<alert::Alert>(reader, id, versions),
        "change" => steps_of::<approval::Change>(reader, id, versions),
        "contract" => steps_of::<contract::Contract>(reader, id, versions),
        "contract_template" => steps_of::<contract_template::ContractTemplate>(reader, id, versions),
        "delegation" => steps_of::<delegation::Delegation>(reader, id, versions),
        "document" => steps_of::<document::Document>(reader, id, versions),
        "duplicate" => steps_of::<duplicate::Duplicate>(reader, id, versions),
        "feed" => steps_of::<feed::Feed>(reader, id, versions),
        "hit" => steps_of::<screening::Hit>(reader, id, versions),
        "import" => steps_of::<import::Import>(reader, id, versions),
        "mapping" => steps_of::<mapping::Mapping>(reader, id, versions),
        "notification" => steps_of::<notification::Notification>(reader, id, versions),
        "mail" => steps_of::<mail::Mail>(reader, id, versions),
        "webhook" => steps_of::<webhook::Webhook>(reader, id, versions),
        "delivery" => steps_of::<delivery::Delivery>(reader, id, versions),
        "onboarding" => steps_of::<onboarding::Onboarding>(reader, id, versions),
        "order" => steps_of::<order::Order>(reader, id, versions),
        "organisation" => steps_of::<organisation::Organisation>(reader, id, versions),
        "owners" => steps_of::<screening::Owners>(reader, id, versions),
        "policy" => steps_of::<policy::Policy>(reader, id, versions),
        "price_list" => steps_of::<price_list::PriceList>(reader, id, versions),
        "quarantine" => steps_of::<quarantine::Quarantine>(reader, id, versions),
        "reservation" => steps_of::<reservation::Reservation>(reader, id, versions),
        "risk" => steps_of::<risk::Risk>(reader, id, versions),
        "scorecard" => steps_of::<scorecard::Scorecard>(reader, id, versions),
        "screening_list" => steps_of::<screening::ScreeningList>(reader, id, versions),
        "task" => steps_of::<task::Task>(reader, id, versions),
        "team" => steps_of::<team::Team>(reader, id, versions),
        "token" => steps_of::<token::Token>(reader, id, versions),
        "user" => steps_of::<user::User>(reader, id, versions),
        "vehicle" => steps_of::<vehicle::Vehicle>(reader, id, versions),
        "view" => steps_of::<view::View>(reader, id, versions),
        _ => Ok(BTreeMap::new()),
    }
}

fn steps_of<D: Stored>(
    reader: &mut Reader<'_>,
    id: &str,
    versions: &BTreeSet<u64>,
) -> Result<BTreeMap<u64, Step>, Fault> {
    let (Some(first), Some(last)) = (versions.first(), versions.last()) else { return Ok(BTreeMap::new()) };
    let mut past = replay::<D>(reader, id, |record| record.header.version < *first)?;
    let mut found = BTreeMap::new();
    while past.version < *last {
        let records = reader.stream(&format!("{}/{id}", D::WORD), past.version, PAGE)?;
        if records.is_empty() {
            break;
        }
        for record in records.iter().filter(|record| record.header.version <= *last) {
            let wanted = versions.contains(&record.header.version);
            let before = if wanted { json_of(&past.state)? } else { Value::Null };
            past.state.evolve(&event::<D>(record)?);
            if wanted {
                found.insert(record.header.version, (before, json_of(&past.state)?));
            }
        }
        past.version = records.last().map_or(*last, |record| record.header.version);
    }
    Ok(found)
}
