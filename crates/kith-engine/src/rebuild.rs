//! Proving the record: the chain, the tree, the documents against the ledger, the profile against its log.

mod key;
mod note;

use std::collections::BTreeMap;
use std::sync::Arc;

use kith_domain::decider::Decider;
use kith_domain::{
    account, alert, approval, contract, contract_template, delegation, delivery, document, duplicate, feed,
    import, mail, mapping, notification, onboarding, order, organisation, policy, price_list, quarantine,
    reservation, risk, scorecard, screening, task, team, token, user, vehicle, view, webhook,
};
use kith_profile::{Corrections, Folded, Inputs, Living};
use kith_store::{Fault, Reader, Secrets};
use serde::Serialize;
use serde_json::Value;

use crate::engine::Engine;
use crate::feed::of_row;
use crate::noun::{Stored, json_of};
use crate::replay::unfolded;

/// What was verified.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Verified {
    /// Records of the ledger.
    pub records: u64,
    /// Touchpoints of the log.
    pub touchpoints: u64,
    /// Documents compared with their streams.
    pub documents: u64,
    /// Files of documents opened and compared.
    pub files: u64,
    /// Root of the ledger's Merkle tree, hexadecimal.
    pub root: String,
    /// Digest of the profile, hexadecimal.
    pub profile: String,
    /// Every fault found; empty when all is well.
    pub faults: Vec<String>,
}

/// Records read in one go.
const PAGE: u32 = 5_000;

impl Engine {
    /// Verifies everything that is stored: needs time in proportion to the logs.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot be read.
    pub fn verify(&self) -> Result<Verified, Fault> {
        let mut verified = Verified::default();
        self.verify_ledger(&mut verified)?;
        let checked = self.verify_documents(&mut verified);
        told(checked, &mut verified)?;
        self.verify_touchpoints(&mut verified)?;
        let (files, faults) = self.verify_files()?;
        verified.files = files;
        verified.faults.extend(faults);
        // New accounts and other inputs may wait to be computed.
        self.living().recompute_dirty();
        let live = self.living().digest();
        let head = self.position();
        let rebuilt = self.rebuilt(head, &mut verified);
        if let Some(rebuilt) = told(rebuilt, &mut verified)?
            && rebuilt.digest() != live
        {
            verified.faults.push("the profile is not what its log gives: run `kith rebuild`".to_owned());
        }
        verified.profile = hex(&live);
        Ok(verified)
    }

    fn verify_ledger(&self, verified: &mut Verified) -> Result<(), Fault> {
        let checked = self.store().read_blocking(|reader| reader.verify(&mut |_| {}));
        if let Some(found) = told(checked, verified)? {
            verified.records = found.position;
            verified.root = hex(&found.root);
        }
        Ok(())
    }

    /// The rows of the log themselves: the profile does not see what became of sealed members.
    fn verify_touchpoints(&self, verified: &mut Verified) -> Result<(), Fault> {
        let damaged = self.store().read_blocking(|reader| reader.damaged_touchpoints(&mut |_| {}))?;
        let told = |position: &u64| format!("touchpoint {position} is not what was stored");
        verified.faults.extend(damaged.iter().map(told));
        Ok(())
    }

    fn verify_documents(&self, verified: &mut Verified) -> Result<(), Fault> {
        let secrets = self.store().clone();
        let states = self.store().read_blocking(move |reader| {
            let mut states = States::default();
            let mut at = 0;
            loop {
                let records = reader.records_after(at, PAGE)?;
                let Some(last) = records.last() else { break };
                at = last.header.position;
                for record in &records {
                    states.evolve(&record.header.stream, record.header.version, &record.header.body)?;
                }
            }
            states.compare(reader, secrets.secrets())
        })?;
        verified.documents = states.0;
        verified.faults.extend(states.1);
        Ok(())
    }

    /// A profile made from nothing but the log.
    pub(crate) fn rebuilt(&self, head: u64, verified: &mut Verified) -> Result<Living, Fault> {
        let organisation = self.organisation();
        let inputs: Inputs = self.inputs();
        let lookup = self.store().clone();
        let names = move |seq: u32| crate::engine::source_id(&lookup, seq);
        let living = Living::new(inputs, Arc::new(names));
        self.each_master(&living);
        let context = self.fact_context();
        let corrections = {
            let context = context.clone();
            self.store().read_blocking(move |reader| {
                let mut corrections = Corrections::default();
                reader.replay_corrections(&mut |view| {
                    if let Some(correction) = unfolded(&view, &context)?.correction {
                        corrections.register(correction);
                    }
                    Ok(())
                })?;
                Ok(corrections)
            })?
        };
        let mut at = 0;
        while at < head {
            let context = context.clone();
            let limit = u32::try_from(head.saturating_sub(at)).unwrap_or(PAGE).min(PAGE);
            let folds = self.store().read_blocking(move |reader| {
                let mut folds = Vec::new();
                reader.replay(at, limit, &mut |view| {
                    folds.push(unfolded(&view, &context)?);
                    Ok(())
                })?;
                Ok(folds)
            })?;
            let Some(last) = folds.last().map(|fold| fold.position) else { break };
            for fold in folds {
                verified.touchpoints = verified.touchpoints.saturating_add(1);
                if let Some((pseudonym, name)) = &fold.lane {
                    living.name_lane(*pseudonym, name);
                }
                if !corrections.is_dead(&fold.source, &fold.id) {
                    let row = self.directory().read().canonical(fold.row);
                    let folded = match row == fold.row {
                        true => living.insert(row, &fold.facts),
                        false => living.insert(row, &of_row(&fold.facts, fold.row)),
                    };
                    assert!(folded == Folded::Done, "nothing was let go before the first recompute");
                }
            }
            at = last;
        }
        living.tick(organisation.day.map_or(0, crate::engine::profile_day));
        living.recompute_dirty();
        Ok(living)
    }

    /// Drops the checkpoints, folds the whole log again and says whether the profile was what it gives.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot be read or the checkpoint not written.
    pub fn rebuild(&self) -> Result<Verified, Fault> {
        let mut verified = Verified::default();
        let rebuilt = self.rebuilt(self.position(), &mut verified)?;
        if rebuilt.digest() != self.living().digest() {
            verified
                .faults
                .push("the profile was not what its log gives; the next start folds it anew".to_owned());
        }
        verified.profile = hex(&rebuilt.digest());
        self.drop_checkpoints()?;
        if verified.faults.is_empty() {
            self.checkpoint()?;
        }
        Ok(verified)
    }
}

/// Damage is a fault to tell, and no reason to look no further.
fn told<T>(outcome: Result<T, Fault>, verified: &mut Verified) -> Result<Option<T>, Fault> {
    match outcome {
        Ok(found) => Ok(Some(found)),
        Err(Fault::Corrupt { what }) => {
            verified.faults.push(what);
            Ok(None)
        }
        Err(fault) => Err(fault),
    }
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

/// States folded from the ledger, by stream.
#[derive(Default)]
struct States {
    notes: BTreeMap<String, note::Written>,
    accounts: BTreeMap<String, (u64, account::Account)>,
    alerts: BTreeMap<String, (u64, alert::Alert)>,
    changes: BTreeMap<String, (u64, approval::Change)>,
    delegations: BTreeMap<String, (u64, delegation::Delegation)>,
    documents: BTreeMap<String, (u64, document::Document)>,
    duplicates: BTreeMap<String, (u64, duplicate::Duplicate)>,
    imports: BTreeMap<String, (u64, import::Import)>,
    notifications: BTreeMap<String, (u64, notification::Notification)>,
    mails: BTreeMap<String, (u64, mail::Mail)>,
    webhooks: BTreeMap<String, (u64, webhook::Webhook)>,
    deliveries: BTreeMap<String, (u64, delivery::Delivery)>,
    onboardings: BTreeMap<String, (u64, onboarding::Onboarding)>,
    feeds: BTreeMap<String, (u64, feed::Feed)>,
    mappings: BTreeMap<String, (u64, mapping::Mapping)>,
    organisations: BTreeMap<String, (u64, organisation::Organisation)>,
    policies: BTreeMap<String, (u64, policy::Policy)>,
    price_lists: BTreeMap<String, (u64, price_list::PriceList)>,
    risks: BTreeMap<String, (u64, risk::Risk)>,
    scorecards: BTreeMap<String, (u64, scorecard::Scorecard)>,
    quarantines: BTreeMap<String, (u64, quarantine::Quarantine)>,
    orders: BTreeMap<String, (u64, order::Order)>,
    hits: BTreeMap<String, (u64, screening::Hit)>,
    owners: BTreeMap<String, (u64, screening::Owners)>,
    screening_lists: BTreeMap<String, (u64, screening::ScreeningList)>,
    reservations: BTreeMap<String, (u64, reservation::Reservation)>,
    teams: BTreeMap<String, (u64, team::Team)>,
    tokens: BTreeMap<String, (u64, token::Token)>,
    users: BTreeMap<String, (u64, user::User)>,
    contract_templates: BTreeMap<String, (u64, contract_template::ContractTemplate)>,
    contracts: BTreeMap<String, (u64, contract::Contract)>,
    tasks: BTreeMap<String, (u64, task::Task)>,
    vehicles: BTreeMap<String, (u64, vehicle::Vehicle)>,
    views: BTreeMap<String, (u64, view::View)>,
}

fn step<D: Decider>(
    states: &mut BTreeMap<String, (u64, D)>,
    id: &str,
    version: u64,
    body: &Value,
) -> Result<(), Fault> {
    let event = serde_json::from_value::<D::Event>(body.clone());
    let event = event.map_err(|_| Fault::corrupt(format!("event {version} of {id} cannot be read")))?;
    let (at, state) = states.entry(id.to_owned()).or_default();
    state.evolve(&event);
    *at = version;
    Ok(())
}

impl States {
    fn evolve(&mut self, stream: &str, version: u64, body: &Value) -> Result<(), Fault> {
        let Some((word, id)) = stream.split_once('/') else { return Ok(()) };
        match word {
            "account" => {
                note::collect(&mut self.notes, id, body)?;
                step(&mut self.accounts, id, version, body)
            }
            "alert" => step(&mut self.alerts, id, version, body),
            "change" => step(&mut self.changes, id, version, body),
            "feed" => step(&mut self.feeds, id, version, body),
            "delegation" => step(&mut self.delegations, id, version, body),
            "document" => step(&mut self.documents, id, version, body),
            "duplicate" => step(&mut self.duplicates, id, version, body),
            "onboarding" => step(&mut self.onboardings, id, version, body),
            "price_list" => step(&mut self.price_lists, id, version, body),
            "contract_template" => step(&mut self.contract_templates, id, version, body),
            "contract" => step(&mut self.contracts, id, version, body),
            "task" => step(&mut self.tasks, id, version, body),
            "team" => step(&mut self.teams, id, version, body),
            "vehicle" => step(&mut self.vehicles, id, version, body),
            "import" => step(&mut self.imports, id, version, body),
            "mapping" => step(&mut self.mappings, id, version, body),
            "notification" => step(&mut self.notifications, id, version, body),
            "mail" => step(&mut self.mails, id, version, body),
            "webhook" => step(&mut self.webhooks, id, version, body),
            "delivery" => step(&mut self.deliveries, id, version, body),
            "organisation" => step(&mut self.organisations, id, version, body),
            "policy" => step(&mut self.policies, id, version, body),
            "risk" => step(&mut self.risks, id, version, body),
            "scorecard" => step(&mut self.scorecards, id, version, body),
            "hit" => step(&mut self.hits, id, version, body),
            "owners" => step(&mut self.owners, id, version, body),
            "screening_list" => step(&mut self.screening_lists, id, version, body),
            "quarantine" => step(&mut self.quarantines, id, version, body),
            "order" => step(&mut self.orders, id, version, body),
            "reservation" => step(&mut self.reservations, id, version, body),
            "token" => step(&mut self.tokens, id, version, body),
            "user" => step(&mut self.users, id, version, body),
            "view" => step(&mut self.views, id, version, body),
            // What was read has no state.
            "access" => Ok(()),
            _ => Err(Fault::corrupt(format!("a stream of no known noun: {word}"))),
        }
    }

    fn compare(self, reader: &mut Reader<'_>, secrets: &Secrets) -> Result<(u64, Vec<String>), Fault> {
        let mut found = (0, Vec::new());
        key::compare(reader, secrets, &self.accounts, &mut found.1)?;
        note::compare(reader, &self.notes, &mut found)?;
        against(reader, &self.accounts, &mut found)?;
        against(reader, &self.alerts, &mut found)?;
        against(reader, &self.changes, &mut found)?;
        against(reader, &self.feeds, &mut found)?;
        against(reader, &self.delegations, &mut found)?;
        against(reader, &self.documents, &mut found)?;
        against(reader, &self.duplicates, &mut found)?;
        against(reader, &self.onboardings, &mut found)?;
        against(reader, &self.price_lists, &mut found)?;
        against(reader, &self.contract_templates, &mut found)?;
        against(reader, &self.contracts, &mut found)?;
        against(reader, &self.tasks, &mut found)?;
        against(reader, &self.teams, &mut found)?;
        against(reader, &self.vehicles, &mut found)?;
        against(reader, &self.imports, &mut found)?;
        against(reader, &self.mappings, &mut found)?;
        against(reader, &self.notifications, &mut found)?;
        against(reader, &self.mails, &mut found)?;
        against(reader, &self.webhooks, &mut found)?;
        against(reader, &self.deliveries, &mut found)?;
        against(reader, &self.organisations, &mut found)?;
        against(reader, &self.policies, &mut found)?;
        against(reader, &self.risks, &mut found)?;
        against(reader, &self.scorecards, &mut found)?;
        against(reader, &self.quarantines, &mut found)?;
        against(reader, &self.orders, &mut found)?;
        against(reader, &self.hits, &mut found)?;
        against(reader, &self.owners, &mut found)?;
        against(reader, &self.screening_lists, &mut found)?;
        against(reader, &self.reservations, &mut found)?;
        against(reader, &self.tokens, &mut found)?;
        against(reader, &self.users, &mut found)?;
        against(reader, &self.views, &mut found)?;
        Ok(found)
    }
}

/// The documents of a noun must be what their streams give, each, and no others.
fn against<D: Stored>(
    reader: &mut Reader<'_>,
    states: &BTreeMap<String, (u64, D)>,
    found: &mut (u64, Vec<String>),
) -> Result<(), Fault> {
    for (id, (version, state)) in states {
        found.0 = found.0.saturating_add(1);
        match reader.document(D::NOUN, id)? {
            Some(held) if held.version == *version && held.body == json_of(state)? => {}
            Some(_) => found.1.push(format!("{} {id} is not what its records give", D::WORD)),
            None => found.1.push(format!("{} {id} is missing", D::WORD)),
        }
    }
    let count = reader.count(D::NOUN, &[])?;
    let known = u64::try_from(states.len()).unwrap_or(u64::MAX);
    if count != known {
        found.1.push(format!("there are {count} documents of {} and {known} streams", D::WORD));
    }
    Ok(())
}
