//! Accounts against the lists in force: when somebody asks, when what is compared changes, when a list changes.

use std::collections::BTreeSet;
use std::pin::Pin;
use std::sync::Arc;

use data_encoding::HEXLOWER;
use kith_api::view::ScreeningView;
use kith_domain::access::Grant;
use kith_domain::account::{Account, Command as AccountCommand, HoldDraft, HoldType};
use kith_domain::command::Command;
use kith_domain::context::{Actor, ActorKind};
use kith_domain::onboarding::Onboarding;
use kith_domain::refusal::Refusal;
use kith_domain::screening::hit::{Command as HitCommand, STRONG_FROM};
use kith_domain::screening::{Features, Finding, Hit, HitState, Listed, Owners, Party};
use kith_domain::value::{AccountId, HitId, HoldId, Personal};
use kith_screen::index::Memory;
use kith_screen::ownership::Verdict;
use kith_screen::score::{self, KEPT};
use kith_screen::screen::Hit as Found;
use kith_store::{Fault, Noun, Reader};
use ring::digest::{SHA256, digest};
use uuid::Uuid;

use super::follow::CURSOR;
use super::names::{in_force, years};
use super::party::{Asked, parties};
use super::shelf::Shelf;
use crate::answer::Answer;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Request;
use crate::noun::{Loaded, load, read};
use crate::permit;

/// Hits of one account.
pub(super) const HITS_MAX: u32 = 10_000;

/// A thing of the future that is its own cause: an account's hold is a change of the account.
type Later<'a, T> = Pin<Box<dyn Future<Output = Result<T, Fault>> + Send + 'a>>;

impl Engine {
    /// Screens an account: the company, its contacts and owners. Hits wait for people, strong ones place a hold at once.
    ///
    /// # Errors
    /// [`Fault`] when the store or the lists cannot be read.
    pub async fn screen_account(
        &self,
        caller: &Caller,
        account: &str,
    ) -> Result<Result<ScreeningView, Refusal>, Fault> {
        if !caller.principal.may(Grant::HoldsWrite, None) {
            return Ok(Err(permit::denied(Grant::HoldsWrite)));
        }
        let account = match self.load_account(caller, account).await? {
            Ok(loaded) => loaded.state,
            Err(refusal) => return Ok(Err(refusal)),
        };
        self.screen_one(caller, &account).await?;
        self.screening_of(&account).await.map(Ok)
    }

    /// What the screening of an account came to, as it stands.
    async fn screening_of(&self, account: &Account) -> Result<ScreeningView, Fault> {
        let (id, owners) = (account.id, self.owners_of(account.id).await?);
        let hits = self.store().read(move |reader| hits_of(reader, id)).await?;
        let ownership = self.ownership_of(account, &owners).await?;
        let blocked =
            ownership.verdict == "blocked" || hits.iter().any(|hit| hit.state.state == HitState::TrueMatch);
        let pending = ownership.verdict == "escalate" || hits.iter().any(|hit| hit.state.state.is_pending());
        let outcome = if blocked {
            "blocked"
        } else if pending {
            "pending"
        } else {
            "clear"
        };
        let recorded = hits.iter().filter(|hit| hit.state.state == HitState::Recorded).count() as u64;
        let shown = |hit: &Loaded<Hit>| !matches!(hit.state.state, HitState::Recorded | HitState::Withdrawn);
        Ok(ScreeningView {
            account: id.to_string(),
            outcome: outcome.to_owned(),
            parties: parties(account, &owners).len() as u64,
            lists: in_force(&self.shelf().await?),
            hits: hits.iter().filter(|hit| shown(hit)).map(|hit| self.hit_view(hit)).collect(),
            recorded,
            ownership: ownership.verdict,
        })
    }

    /// Screens one account and keeps what is found.
    pub(super) fn screen_one<'a>(&'a self, caller: &'a Caller, account: &'a Account) -> Later<'a, ()> {
        Box::pin(async move {
            let shelf = self.shelf().await?;
            let owners = self.owners_of(account.id).await?;
            let asked = parties(account, &owners);
            self.core().screening.is_new(account.id, &digest_of(&asked, &shelf));
            let by = match caller.principal.actor.kind {
                ActorKind::System => self.applied_by(account.id).await?,
                _ => Some(caller.principal.actor.clone()),
            };
            let (id, lists) = (account.id, Arc::clone(&shelf));
            let work = move || found(&lists, id, &asked);
            let found = tokio::task::spawn_blocking(work).await.map_err(|_| Fault::Panicked)?;
            let mut strong = false;
            let mut kept = BTreeSet::new();
            for mut finding in found {
                finding.submitted_by.clone_from(&by);
                let hit = hit_id(&finding);
                kept.insert(hit.to_string());
                let is_strong = finding.score >= STRONG_FROM;
                self.act_on_hit(hit, HitCommand::Raise(Box::new(finding))).await?;
                let name = hit.to_string();
                let state = self.store().read(move |reader| load::<Hit>(reader, &name)).await?.state.state;
                strong |= is_strong && state != HitState::FalsePositive;
            }
            let before = self.store().read(move |reader| hits_of(reader, id)).await?;
            for gone in before.iter().filter(|hit| !kept.contains(&hit.id)) {
                if let Ok(hit) = gone.id.parse::<HitId>() {
                    self.act_on_hit(hit, HitCommand::Withdraw).await?;
                }
            }
            let ownership = self.ownership_of(account, &owners).await?;
            if strong {
                self.hold_for_compliance(
                    account,
                    "screening_strong",
                    "It is nearly the same as an entry of a sanctions list.",
                )
                .await?;
            } else if ownership.verdict == super::owners::word(Verdict::Blocked) {
                self.hold_for_compliance(
                    account,
                    "screening_ownership",
                    "Blocked parties own half of it or more.",
                )
                .await?;
            }
            Ok(())
        })
    }

    async fn act_on_hit(&self, id: HitId, command: HitCommand) -> Result<(), Fault> {
        let request = Request::from(Command::Hit { id, command });
        match self.execute(&Caller::system(), request).await?.answer {
            Answer::Refused(refusal) => tracing::warn!(code = refusal.code, "a hit could not be kept"),
            Answer::Done(_) | Answer::Waiting(_) => {}
        }
        Ok(())
    }

    /// Places a compliance hold, unless there is one.
    pub(super) async fn hold_for_compliance(
        &self,
        account: &Account,
        cause: &str,
        why: &str,
    ) -> Result<(), Fault> {
        let id = account.id.to_string();
        let now = self.store().read(move |reader| load::<Account>(reader, &id)).await?.state;
        if now.holds.iter().any(|hold| hold.kind == HoldType::Compliance) {
            return Ok(());
        }
        let reason = Personal::new(account.id, why.to_owned());
        let mut hold = HoldDraft::new(HoldId(self.new_uuid()?), HoldType::Compliance, reason);
        hold.cause = Some(cause.to_owned());
        let command = AccountCommand::PlaceHold { hold: Box::new(hold) };
        let request = Request::from(Command::Account { id: account.id, command });
        match self.execute(&Caller::system(), request).await?.answer {
            Answer::Refused(refusal) => {
                tracing::warn!(code = refusal.code, account = %account.id, "a hold could not be placed")
            }
            Answer::Done(_) | Answer::Waiting(_) => {}
        }
        Ok(())
    }

    /// Screens an account whose names, numbers or countries are others than those that were screened last.
    pub(crate) async fn screen_if_changed(&self, account: &Account) -> Result<(), Fault> {
        let shelf = self.shelf().await?;
        if shelf.lists.is_empty()
            || !account.exists()
            || account.deleted_at.is_some()
            || account.merged_into.is_some()
        {
            return Ok(());
        }
        let asked = parties(account, &self.owners_of(account.id).await?);
        if self.core().screening.is_new(account.id, &digest_of(&asked, &shelf))
            && let Err(fault) = self.screen_one(&Caller::system(), account).await
        {
            self.core().screening.is_unknown(account.id);
            return Err(fault);
        }
        Ok(())
    }

    /// Screens every account in the background: a list has changed.
    pub(super) fn screen_all_again(&self) {
        let core = self.downgrade();
        tokio::spawn(async move {
            let Some(engine) = core.upgrade().map(Engine::from_core) else { return };
            // Everybody who is there now is screened here: the ledger is followed from here on.
            let moved = match engine.store().read(|reader| Ok(reader.heads()?.ledger)).await {
                Ok(head) => engine.store().write(move |unit| unit.set_cursor(CURSOR, head)).await,
                Err(fault) => Err(fault),
            };
            if let Err(fault) = moved {
                tracing::warn!(%fault, "accounts may be screened twice");
            }
            let ids: Vec<String> =
                engine.directory().read().rows().map(|(_, entry)| entry.id.to_string()).collect();
            for id in ids {
                let loaded = engine.store().read(move |reader| load::<Account>(reader, &id)).await;
                let done = match loaded {
                    Ok(loaded) => engine.screen_if_changed(&loaded.state).await,
                    Err(fault) => Err(fault),
                };
                if let Err(fault) = done {
                    tracing::warn!(%fault, "an account could not be screened again");
                }
            }
        });
    }

    /// Who brought the application of an account: they are no reviewer of what Kith finds at it.
    async fn applied_by(&self, account: AccountId) -> Result<Option<Actor>, Fault> {
        let id = account.to_string();
        let cases = move |reader: &mut Reader<'_>| {
            reader.list_newest(Noun::Onboarding, &[("account_id", id.as_str().into())], None, 1)
        };
        let latest = self.store().read(cases).await?.into_iter().next();
        let case = latest.map(read::<Onboarding>).transpose()?;
        let user = case.and_then(|case| case.state.started_by);
        Ok(user.map(|user| Actor { kind: ActorKind::User, user: Some(user) }))
    }

    pub(super) async fn owners_of(&self, account: AccountId) -> Result<Owners, Fault> {
        let id = account.to_string();
        Ok(self.store().read(move |reader| load::<Owners>(reader, &id)).await?.state)
    }
}

/// The hits of an account.
pub(super) fn hits_of(reader: &mut Reader<'_>, account: AccountId) -> Result<Vec<Loaded<Hit>>, Fault> {
    let id = account.to_string();
    let documents = reader.list(Noun::Hit, &[("account_id", id.as_str().into())], None, HITS_MAX)?;
    documents.into_iter().map(read::<Hit>).collect()
}

/// Whether a person has still to decide on a hit of an account.
pub(crate) fn is_undecided(reader: &mut Reader<'_>, account: AccountId) -> Result<bool, Fault> {
    let waits = |hit: &Loaded<Hit>| {
        matches!(
            hit.state.state,
            HitState::Open | HitState::InReview | HitState::Inconclusive | HitState::Escalated
        )
    };
    Ok(hits_of(reader, account)?.iter().any(waits))
}

fn hit_id(finding: &Finding) -> HitId {
    let named =
        format!("{}/{}/{}/{}", finding.account, finding.party.id, finding.entry.list, finding.entry.id);
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(digest(&SHA256, named.as_bytes()).as_ref()).for_each(|(slot, byte)| *slot = *byte);
    HitId(Uuid::from_bytes(bytes))
}

fn digest_of(asked: &[Asked], shelf: &Arc<Shelf>) -> String {
    let mut text = in_force(shelf).join(",");
    asked.iter().for_each(|asked| text.push_str(&asked.fingerprint()));
    HEXLOWER.encode(digest(&SHA256, text.as_bytes()).as_ref())
}

/// What the lists hold of the parties of an account.
fn found(shelf: &Shelf, account: AccountId, asked: &[Asked]) -> Vec<Finding> {
    let mut memory = Memory::default();
    let mut findings = Vec::new();
    for asked in asked {
        for hit in shelf.screener.find(&asked.query, KEPT, &mut memory) {
            let Some(entry) = listed(shelf, &hit) else { continue };
            let party = Party { name: asked.party.name.clone(), ..asked.party.clone() };
            findings.push(Finding {
                account,
                party,
                fingerprint: asked.fingerprint(),
                entry,
                score: parts(score::rounded(hit.score)).clamp(0, 10_000) as u16,
                features: Features {
                    name: parts(hit.features.name),
                    country: parts(hit.features.country),
                    birth_date: parts(hit.features.birth_date),
                    kind: parts(hit.features.kind),
                    identifier: parts(hit.features.identifier),
                },
                submitted_by: None,
            });
        }
    }
    findings
}

/// A share of 1 in ten-thousandths.
fn parts(value: f64) -> i32 {
    (value * 10_000.0).round() as i32
}

fn listed(shelf: &Shelf, hit: &Found) -> Option<Listed> {
    let (entry, list) = (shelf.screener.entries().get(hit.entry)?, shelf.list_of(hit.entry)?);
    Some(Listed {
        list: list.name.clone(),
        snapshot: list.snapshot.id.clone(),
        loaded_at: list.snapshot.loaded_at,
        id: entry.id.clone(),
        version: entry.version(),
        schema: entry.kind.schema().to_owned(),
        name: entry.names.get(hit.name).map_or(entry.caption(), |alias| alias.text.as_str()).to_owned(),
        names: entry.names.iter().map(|alias| alias.text.clone()).collect(),
        countries: entry.countries.clone(),
        births: years(entry),
        programmes: entry.programmes.clone(),
    })
}
