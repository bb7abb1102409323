//! Who owns an account: owners on record and accounts that own it, with what the rules say.

use std::collections::{BTreeMap, BTreeSet};

use kith_api::request::OwnersSet;
use kith_api::view::{OwnerView, OwnershipView};
use kith_domain::account::{Account, RelationshipKind};
use kith_domain::command::Command;
use kith_domain::refusal::{FieldFault, Refusal};
use kith_domain::screening::hit::STRONG_FROM;
use kith_domain::screening::owners::Command as OwnersCommand;
use kith_domain::screening::{Hit, HitState, Owner, OwnerKind, Owners, PartyRole, refusal};
use kith_domain::value::{AccountId, Personal};
use kith_screen::ownership::{BENEFICIAL, Graph, Share, Verdict, verdict};
use kith_store::Fault;

use super::account::hits_of;
use crate::answer::Answer;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Request;
use crate::noun::load;

/// Accounts that are followed upwards.
const ACCOUNTS_MAX: usize = 500;
/// Hundredths of a percent in a percent.
const BP: f64 = 100.0;

/// Owners and shares around an account.
#[derive(Default)]
struct Around {
    shares: Vec<Share>,
    owners: BTreeMap<String, Owner>,
    accounts: BTreeMap<String, Account>,
    blocked: BTreeSet<String>,
}

impl Engine {
    /// Who owns an account.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn ownership(
        &self,
        caller: &Caller,
        account: &str,
    ) -> Result<Result<OwnershipView, Refusal>, Fault> {
        let account = match self.load_account(caller, account).await? {
            Ok(loaded) => loaded.state,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let owners = self.owners_of(account.id).await?;
        self.ownership_of(&account, &owners).await.map(Ok)
    }

    /// Sets the owners of an account and screens it again.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write.
    pub async fn set_owners(
        &self,
        caller: &Caller,
        account: &str,
        asked: OwnersSet,
    ) -> Result<Result<OwnershipView, Refusal>, Fault> {
        let account = match self.load_account(caller, account).await? {
            Ok(loaded) => loaded.state,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let owners = match owners_asked(account.id, asked) {
            Ok(owners) => owners,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let command = OwnersCommand::Set { account: account.id, owners };
        let request = Request::from(Command::Owners { id: account.id, command });
        if let Answer::Refused(refusal) = self.execute(caller, request).await?.answer {
            return Ok(Err(refusal));
        }
        self.screen_if_changed(&account).await?;
        let owners = self.owners_of(account.id).await?;
        self.ownership_of(&account, &owners).await.map(Ok)
    }

    /// Who owns an account, and what the rules say.
    pub(super) async fn ownership_of(
        &self,
        account: &Account,
        owners: &Owners,
    ) -> Result<OwnershipView, Fault> {
        let around = self.around(account, owners).await?;
        let graph = Graph::new(&around.shares);
        let id = account.id.to_string();
        let (indirect, beneficial) = (graph.indirect(&id), graph.beneficial(&id, BENEFICIAL));
        let blocked = graph.blocked(&id, &around.blocked);
        let direct = |owner: &str| -> f64 {
            around
                .shares
                .iter()
                .filter(|share| share.owner == owner && share.owned == id)
                .map(|share| share.percent)
                .sum()
        };
        let named = around.owners.keys().chain(around.accounts.keys().filter(|other| **other != id));
        let mut views: Vec<OwnerView> = named
            .map(|owner| {
                let row = around.owners.get(owner);
                let other = around.accounts.get(owner);
                OwnerView {
                    id: row.map_or(owner, |row| &row.id).clone(),
                    name: row
                        .and_then(|row| row.name.get().cloned())
                        .or_else(|| other.map(|other| other.name.clone()))
                        .unwrap_or_default(),
                    kind: match (row.map(|row| row.kind), other) {
                        (Some(OwnerKind::Person), _) => "person",
                        (Some(OwnerKind::Company), _) => "company",
                        _ => "account",
                    }
                    .to_owned(),
                    country: row.and_then(|row| row.country.clone()),
                    direct: percent(direct(owner)),
                    indirect: percent(indirect.get(owner).copied().unwrap_or_default()),
                    beneficial: beneficial.contains_key(owner)
                        && row.is_none_or(|row| row.kind == OwnerKind::Person),
                    controls: row.is_some_and(|row| row.controls),
                    blocked: around.blocked.contains(owner),
                }
            })
            .collect();
        views.sort_by(|one, other| other.indirect.total_cmp(&one.indirect).then(one.id.cmp(&other.id)));
        Ok(OwnershipView {
            account: id.clone(),
            control_named: owners.owners.iter().any(|owner| owner.controls),
            owners: views,
            threshold: BENEFICIAL,
            known: percent(graph.known(&id)),
            blocked: percent(blocked),
            verdict: word(verdict(blocked)).to_owned(),
        })
    }

    /// Everybody above an account: owners on record, and accounts that own it with their own owners.
    async fn around(&self, account: &Account, owners: &Owners) -> Result<Around, Fault> {
        let mut around = Around::default();
        let mut waiting = vec![(account.clone(), owners.clone())];
        while let Some((account, owners)) = waiting.pop() {
            let (id, target) = (account.id, account.id.to_string());
            if around.accounts.len() >= ACCOUNTS_MAX || around.accounts.contains_key(&target) {
                continue;
            }
            for owner in &owners.owners {
                around.shares.push(Share {
                    owner: named(id, &owner.id),
                    owned: owner.owned.as_ref().map_or_else(|| target.clone(), |owned| named(id, owned)),
                    percent: f64::from(owner.share_bp) / BP,
                });
                around.owners.insert(named(id, &owner.id), owner.clone());
            }
            let hits = self.store().read(move |reader| hits_of(reader, id)).await?;
            around.blocked.extend(
                hits.iter().filter(|hit| blocks(&hit.state)).filter_map(|hit| blocked_party(&hit.state)),
            );
            for (parent, share) in self.owning_accounts(id).await? {
                around.shares.push(Share {
                    owner: parent.id.to_string(),
                    owned: target.clone(),
                    percent: share,
                });
                let owners = self.owners_of(parent.id).await?;
                waiting.push((parent, owners));
            }
            around.accounts.insert(target, account);
        }
        Ok(around)
    }

    /// Accounts that own an account today, with their shares.
    async fn owning_accounts(&self, owned: AccountId) -> Result<Vec<(Account, f64)>, Fault> {
        let day = self.day();
        let ids: Vec<String> = {
            let inner = self.directory().read();
            let Some(row) = inner.row(owned) else { return Ok(Vec::new()) };
            let mut rows = inner.related_to(row);
            rows.sort_unstable();
            rows.dedup();
            rows.into_iter().filter_map(|row| Some(inner.entry(row)?.id.to_string())).collect()
        };
        let accounts = self
            .store()
            .read(move |reader| {
                ids.iter().map(|id| Ok(load::<Account>(reader, id)?.state)).collect::<Result<Vec<_>, Fault>>()
            })
            .await?;
        let share = |account: &Account| -> f64 {
            let held = account
                .relationships
                .iter()
                .filter(|held| held.to == owned && held.kind == RelationshipKind::Owns && held.holds_on(day));
            held.map(|held| f64::from(held.share_bp.unwrap_or_default()) / BP).sum()
        };
        Ok(accounts
            .into_iter()
            .map(|account| (share(&account), account))
            .filter(|(share, _)| *share > 0.0)
            .map(|(share, account)| (account, share))
            .collect())
    }
}

/// A true match, or a strong hit that nobody has cleared.
fn blocks(hit: &Hit) -> bool {
    hit.state == HitState::TrueMatch || (hit.state.is_pending() && hit.finding.score >= STRONG_FROM)
}

/// The party of a hit as the graph names it; contacts own nothing.
fn blocked_party(hit: &Hit) -> Option<String> {
    match hit.finding.party.role {
        PartyRole::Account => Some(hit.finding.account.to_string()),
        PartyRole::Owner => Some(named(hit.finding.account, &hit.finding.party.id)),
        PartyRole::Contact => None,
    }
}

fn named(account: AccountId, owner: &str) -> String {
    format!("{account}/{owner}")
}

/// Two decimals.
fn percent(value: f64) -> f64 {
    // Zero has no sign.
    (value * BP).round() / BP + 0.0
}

/// A verdict in a word.
pub(super) fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Clear => "clear",
        Verdict::Escalate => "escalate",
        Verdict::Blocked => "blocked",
    }
}

/// The owners as they were asked for, with every fault of their words.
fn owners_asked(account: AccountId, asked: OwnersSet) -> Result<Vec<Owner>, Refusal> {
    let mut faults = Vec::new();
    let mut owners = Vec::new();
    for (at, owner) in asked.owners.into_iter().enumerate() {
        let mut fault = |member: &str, code: &str, message: &str| {
            faults.push(FieldFault::new(format!("/owners/{at}/{member}"), code, message));
        };
        let kind = match owner.kind.as_deref().unwrap_or("person") {
            "person" => OwnerKind::Person,
            "company" => OwnerKind::Company,
            _ => {
                fault("kind", "not_in_list", "expected person or company");
                OwnerKind::Person
            }
        };
        if owner.name.trim().is_empty() {
            fault("name", "required", "a name is needed");
        }
        if !(0.0..=100.0).contains(&owner.percent) {
            fault("percent", "out_of_range", "a share is 0 to 100 percent");
        }
        if owner.birth_date.as_deref().is_some_and(|text| kith_screen::entry::Years::asked(text).is_none()) {
            fault("birth_date", "date_invalid", "expected a day such as 1970-05-01, or a year");
        }
        owners.push(Owner {
            id: owner.id.unwrap_or_else(|| format!("o{}", at + 1)),
            name: Personal::new(account, owner.name),
            kind,
            country: owner.country.map(|code| code.trim().to_ascii_uppercase()),
            birth_date: owner.birth_date.map(|text| Personal::new(account, text)),
            share_bp: (owner.percent * BP).round().clamp(0.0, f64::from(u16::MAX)) as u16,
            owned: owner.owned,
            controls: owner.controls,
        });
    }
    if faults.is_empty() { Ok(owners) } else { Err(refusal::owners_invalid().with_fields(faults)) }
}
