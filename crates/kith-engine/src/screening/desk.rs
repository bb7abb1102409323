//! The screening desk: hits as they are shown, and what people decide about them.

use std::collections::BTreeMap;

use kith_api::view::{HitView, MatchView, OpinionView, Page, PartyView};
use kith_domain::access::Grant;
use kith_domain::account::Account;
use kith_domain::command::Command;
use kith_domain::refusal::Refusal;
use kith_domain::screening::hit::{Command as HitCommand, OPEN_FROM, Opinion};
use kith_domain::screening::{Hit, HitState, PartyRole, Verdict};
use kith_domain::value::{HitId, Personal};
use kith_store::{Fault, Noun, Reader};

use super::account::HITS_MAX;
use crate::answer::Answer;
use crate::caller::Caller;
use crate::engine::Engine;
use crate::execute::Request;
use crate::noun::{Loaded, load, read};
use crate::permit;

/// Which hits.
#[derive(Debug, Clone, Default)]
pub struct HitRequest {
    /// The states; none is every state.
    pub states: Vec<HitState>,
    /// Only of this account.
    pub account: Option<String>,
    /// The hit after which to go on.
    pub cursor: Option<String>,
    /// How many.
    pub limit: usize,
}

impl Engine {
    /// Hits, the highest score first.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn hits(
        &self,
        caller: &Caller,
        request: HitRequest,
    ) -> Result<Result<Page<HitView>, Refusal>, Fault> {
        if !caller.principal.may(Grant::AccountsRead, None) {
            return Ok(Err(permit::denied(Grant::AccountsRead)));
        }
        let account = match &request.account {
            None => None,
            Some(name) => match self.load_account(caller, name).await? {
                Ok(loaded) => Some(loaded.state.id),
                Err(refusal) => return Ok(Err(refusal)),
            },
        };
        let states = request.states.clone();
        let mut all = self
            .store()
            .read(move |reader| match account {
                Some(account) => super::account::hits_of(reader, account),
                None => in_states(reader, &states),
            })
            .await?;
        all.retain(|hit| {
            (request.states.is_empty() || request.states.contains(&hit.state.state))
                && self.sees_hit(caller, &hit.state)
        });
        all.sort_by(|one, other| {
            other.state.finding.score.cmp(&one.state.finding.score).then(one.id.cmp(&other.id))
        });
        let page = Page::behind(all, request.cursor.as_deref(), request.limit, |hit| hit.id.clone());
        Ok(Ok(page.shown(|hits| hits.iter().map(|hit| self.hit_view(hit)).collect())))
    }

    /// How many hits wait for a person; none for who may not decide them.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn hits_pending(&self, caller: &Caller) -> Result<Option<u64>, Fault> {
        if !caller.principal.may(Grant::VerificationsWrite, None) {
            return Ok(None);
        }
        let count = |reader: &mut Reader<'_>| {
            let pending = HitState::ALL.into_iter().filter(|state| state.is_pending());
            pending
                .map(|state| reader.count(Noun::Hit, &[("state", state.as_str().into())]))
                .sum::<Result<u64, Fault>>()
        };
        self.store().read(count).await.map(Some)
    }

    /// One hit; none that the caller may not see.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn hit(&self, caller: &Caller, id: &str) -> Result<Result<HitView, Refusal>, Fault> {
        let name = id.to_owned();
        let hit = self.store().read(move |reader| load::<Hit>(reader, &name)).await?;
        if !hit.state.exists() || !self.sees_hit(caller, &hit.state) {
            return Ok(Err(permit::missing("screening.hit_not_found", "There is no such hit.")));
        }
        Ok(Ok(self.hit_view(&hit)))
    }

    /// Takes up a hit.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write.
    pub async fn review_hit(&self, caller: &Caller, id: &str) -> Result<Result<HitView, Refusal>, Fault> {
        self.settle_hit(caller, id, HitCommand::Review).await
    }

    /// Says what a hit is; what ends it needs a second person who agrees. A true match places a compliance hold, if none is there.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot write.
    pub async fn dispose_hit(
        &self,
        caller: &Caller,
        id: &str,
        verdict: Verdict,
        [reason, evidence]: [String; 2],
    ) -> Result<Result<HitView, Refusal>, Fault> {
        let user = caller.principal.user().map_or_else(String::new, |user| user.to_string());
        let text = |text: String| Some(Personal::new(&user, text));
        let command = HitCommand::Dispose { verdict, reason: text(reason), evidence: text(evidence) };
        let view = match self.settle_hit(caller, id, command).await? {
            Ok(view) => view,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if view.state == HitState::TrueMatch.as_str() {
            let account = view.account.clone();
            let account = self.store().read(move |reader| load::<Account>(reader, &account)).await?.state;
            self.hold_for_compliance(&account, "screening_true_match", "It is on a sanctions list.").await?;
        }
        Ok(Ok(view))
    }

    async fn settle_hit(
        &self,
        caller: &Caller,
        id: &str,
        command: HitCommand,
    ) -> Result<Result<HitView, Refusal>, Fault> {
        // Who may not see the hit learns nothing of it.
        if let Err(refusal) = self.hit(caller, id).await? {
            return Ok(Err(refusal));
        }
        let Ok(hit) = id.parse::<HitId>() else {
            return Ok(Err(permit::missing("screening.hit_not_found", "There is no such hit.")));
        };
        match self.execute(caller, Request::from(Command::Hit { id: hit, command })).await?.answer {
            Answer::Refused(refusal) => Ok(Err(refusal)),
            Answer::Done(_) | Answer::Waiting(_) => self.hit(caller, id).await,
        }
    }

    fn sees_hit(&self, caller: &Caller, hit: &Hit) -> bool {
        self.sees_account(caller, hit.finding.account)
    }

    pub(super) fn hit_view(&self, hit: &Loaded<Hit>) -> HitView {
        let Loaded { id, state, .. } = hit;
        let finding = &state.finding;
        let (account_number, account_name) = {
            let inner = self.directory().read();
            let entry = inner.row(finding.account).and_then(|row| inner.entry(row));
            entry.map(|entry| (entry.number.to_string(), entry.name.to_string())).unwrap_or_default()
        };
        let role = match finding.party.role {
            PartyRole::Account => "account",
            PartyRole::Contact => "contact",
            PartyRole::Owner => "owner",
        };
        HitView {
            id: id.clone(),
            state: state.state.as_str().to_owned(),
            account: finding.account.to_string(),
            account_number,
            account_name,
            party: PartyView {
                role: role.to_owned(),
                id: finding.party.id.clone(),
                name: finding.party.name.get().cloned().unwrap_or_default(),
            },
            entry: entry_view(state),
            matched_name: finding.entry.name.clone(),
            raised_at: state.raised_at.map(|at| at.to_string()).unwrap_or_default(),
            reviewer: state.reviewer.as_ref().and_then(|actor| actor.user).map(|user| user.to_string()),
            opinions: state.opinions.iter().map(|opinion| self.opinion_view(opinion)).collect(),
            proposed: state.proposal().map(|said| said.verdict.as_str().to_owned()),
            decided_at: state.decided_at.map(|at| at.to_string()),
            report_due_on: state.report_due_on().map(|day| day.to_string()),
        }
    }

    fn opinion_view(&self, opinion: &Opinion) -> OpinionView {
        let by = opinion.by.user.map(|user| user.to_string());
        OpinionView {
            disposition: opinion.verdict.as_str().to_owned(),
            by_name: by.as_deref().and_then(|by| self.user_name(by)),
            by,
            at: opinion.at.to_string(),
            reason: opinion.reason.get().cloned(),
            evidence: opinion.evidence.get().cloned(),
        }
    }
}

fn in_states(reader: &mut Reader<'_>, states: &[HitState]) -> Result<Vec<Loaded<Hit>>, Fault> {
    let states = if states.is_empty() { &HitState::ALL } else { states };
    let mut all = Vec::new();
    for state in states {
        let documents = reader.list(Noun::Hit, &[("state", state.as_str().into())], None, HITS_MAX)?;
        for document in documents {
            all.push(read::<Hit>(document)?);
        }
    }
    Ok(all)
}

/// Ten-thousandths as a share of 1.
fn share(parts: i32) -> f64 {
    f64::from(parts) / 10_000.0
}

fn entry_view(hit: &Hit) -> MatchView {
    let (entry, features) = (&hit.finding.entry, &hit.finding.features);
    let steps = [
        ("name", features.name),
        ("country", features.country),
        ("birth_date", features.birth_date),
        ("kind", features.kind),
        ("identifier", features.identifier),
    ];
    let properties = [
        ("name", &entry.names),
        ("country", &entry.countries),
        ("birthDate", &entry.births),
        ("topics", &entry.programmes),
    ];
    MatchView {
        id: entry.id.clone(),
        caption: entry.names.first().cloned().unwrap_or_default(),
        schema: entry.schema.clone(),
        score: share(hit.finding.score.into()),
        is_match: hit.finding.score >= OPEN_FROM,
        features: steps
            .into_iter()
            .filter(|(_, step)| *step != 0)
            .map(|(name, step)| (name.to_owned(), share(step)))
            .collect(),
        datasets: vec![entry.list.clone()],
        snapshot: entry.snapshot.clone(),
        loaded_at: entry.loaded_at.to_string(),
        properties: properties
            .into_iter()
            .filter(|(_, values)| !values.is_empty())
            .map(|(name, values)| (name.to_owned(), values.clone()))
            .collect::<BTreeMap<_, _>>(),
    }
}
