//! The review desk: pairs as they are shown, and what a person decides about them.

use kith_api::view::{CandidateView, DuplicateAccount, DuplicateView, Page, WaterfallStep};
use kith_domain::access::Grant;
use kith_domain::account::Account;
use kith_domain::duplicate::{Duplicate, Finding};
use kith_domain::refusal::Refusal;
use kith_match::explain::Waterfall;
use kith_match::index::FIELDS;
use kith_match::score::probability;
use kith_store::{Fault, Noun, Reader};

use super::likeness::{SIMILAR, values};
use crate::caller::Caller;
use crate::engine::Engine;
use crate::noun::{load, read};
use crate::permit;

/// Pairs of one state that are sorted for a page; the likest come first.
pub(super) const SORTED_MAX: u32 = 20_000;

/// Which pairs.
#[derive(Debug, Clone)]
pub struct DuplicateRequest {
    /// `open`, `dismissed`, `merged`, `withdrawn`.
    pub state: String,
    /// Only pairs at least this probable.
    pub min_probability: f64,
    /// The pair after which to go on.
    pub cursor: Option<String>,
    /// How many.
    pub limit: usize,
}

impl Engine {
    /// Pairs of accounts that may be one, likest first.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn duplicates(
        &self,
        caller: &Caller,
        request: DuplicateRequest,
    ) -> Result<Result<Page<DuplicateView>, Refusal>, Fault> {
        if !caller.principal.may(Grant::AccountsRead, None) {
            return Ok(Err(permit::denied(Grant::AccountsRead)));
        }
        let state = request.state.clone();
        let mut all = self
            .store()
            .read(move |reader| {
                let documents =
                    reader.list(Noun::Duplicate, &[("state", state.as_str().into())], None, SORTED_MAX)?;
                documents.into_iter().map(read::<Duplicate>).collect::<Result<Vec<_>, Fault>>()
            })
            .await?;
        all.retain(|pair| {
            self.sees_both(caller, &pair.state.finding)
                && chance(&pair.state.finding) >= request.min_probability
        });
        all.sort_by(|one, other| {
            let weight = |pair: &crate::noun::Loaded<Duplicate>| pair.state.finding.weight_millibits;
            weight(other).cmp(&weight(one)).then(one.id.cmp(&other.id))
        });
        let Page { items, next_cursor, has_more } =
            Page::behind(all, request.cursor.as_deref(), request.limit, |pair| pair.id.clone());
        let items = self.pair_views(items.into_iter().map(|pair| (pair.id, pair.state)).collect()).await?;
        Ok(Ok(Page { items, next_cursor, has_more }))
    }

    /// One pair; none that the caller may not see.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn duplicate(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<Result<DuplicateView, Refusal>, Fault> {
        let name = id.to_owned();
        let pair = self.store().read(move |reader| load::<Duplicate>(reader, &name)).await?;
        if !pair.state.exists() || !self.sees_both(caller, &pair.state.finding) {
            return Ok(Err(permit::missing("duplicate.not_found", "There is no such pair.")));
        }
        let shown = self.pair_views(vec![(pair.id, pair.state)]).await?.into_iter().next();
        Ok(shown.ok_or_else(|| permit::missing("duplicate.not_found", "There is no such pair.")))
    }

    /// How many pairs are open; none for who may not decide them.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn duplicates_open(&self, caller: &Caller) -> Result<Option<u64>, Fault> {
        if !caller.principal.may(Grant::AccountsWrite, None) {
            return Ok(None);
        }
        let open = |reader: &mut Reader<'_>| reader.count(Noun::Duplicate, &[("state", "open".into())]);
        self.store().read(open).await.map(Some)
    }

    /// The accounts that are like this one, as far as the caller may see them.
    pub(super) async fn alike(
        &self,
        caller: &Caller,
        account: &Account,
    ) -> Result<Vec<CandidateView>, Fault> {
        let mut candidates = Vec::new();
        for similar in self.core().likeness.alike(&values(account), None, SIMILAR) {
            if self.seen_name(caller, similar.row).is_none() {
                continue;
            }
            let id = self.directory().read().entry(similar.row).map(|entry| entry.id.to_string());
            let Some(id) = id else { continue };
            let other = self.store().read(move |reader| load::<Account>(reader, &id)).await?.state;
            candidates.push(CandidateView {
                account: told(&other),
                probability: rounded(probability(similar.waterfall.weight)),
                weight: rounded(similar.waterfall.weight),
                prior_weight: rounded(similar.waterfall.prior),
                waterfall: live_steps(&similar.waterfall, account, &other),
            });
        }
        Ok(candidates)
    }

    pub(super) fn sees_both(&self, caller: &Caller, finding: &Finding) -> bool {
        [finding.left, finding.right].into_iter().all(|id| self.sees_account(caller, id))
    }

    async fn pair_views(&self, pairs: Vec<(String, Duplicate)>) -> Result<Vec<DuplicateView>, Fault> {
        let loaded = self
            .store()
            .read(move |reader| {
                let mut loaded = Vec::new();
                for (id, pair) in &pairs {
                    let left = load::<Account>(reader, &pair.finding.left.to_string())?.state;
                    let right = load::<Account>(reader, &pair.finding.right.to_string())?.state;
                    loaded.push((id.clone(), pair.clone(), left, right));
                }
                Ok(loaded)
            })
            .await?;
        Ok(loaded
            .into_iter()
            .map(|(id, pair, left, right)| self.pair_view(id, &pair, &left, &right))
            .collect())
    }

    fn pair_view(&self, id: String, pair: &Duplicate, left: &Account, right: &Account) -> DuplicateView {
        let decided_by = pair.decided_by.as_ref().and_then(|actor| actor.user).map(|user| user.to_string());
        DuplicateView {
            id,
            state: pair.state.as_str().to_owned(),
            probability: rounded(chance(&pair.finding)),
            weight: bits(pair.finding.weight_millibits),
            prior_weight: bits(pair.finding.prior_millibits),
            left: told(left),
            right: told(right),
            waterfall: kept_steps(&pair.finding, left, right),
            raised_at: pair.raised_at.map(|at| at.to_string()).unwrap_or_default(),
            decided_by_name: decided_by.as_deref().and_then(|by| self.user_name(by)),
            decided_by,
            decided_at: pair.decided_at.map(|at| at.to_string()),
            reason: pair.reason.as_ref().and_then(|reason| reason.get().cloned()),
            survivor: pair.survivor.map(|survivor| survivor.to_string()),
        }
    }
}

pub(super) fn chance(finding: &Finding) -> f64 {
    probability(bits(finding.weight_millibits))
}

pub(super) fn bits(millibits: i64) -> f64 {
    millibits as f64 / 1_000.0
}

/// Six decimals: more would be noise.
pub(crate) fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

pub(super) fn told(account: &Account) -> DuplicateAccount {
    let [name, tax_id, email, website, phone, street, city, postal_code, country] = values(account);
    let stage = serde_json::to_value(account.stage).ok();
    DuplicateAccount {
        id: account.id.to_string(),
        account_number: account.account_number.clone(),
        name,
        tax_id,
        email,
        website,
        phone,
        street,
        city,
        postal_code,
        country,
        owning_entity: account.owning_entity.to_string(),
        stage: stage.and_then(|stage| Some(stage.as_str()?.to_owned())).unwrap_or_default(),
        created_at: account.created_at.map(|at| at.to_string()).unwrap_or_default(),
    }
}

fn value_of(account: &Account, field: &str) -> String {
    if field == "legal_form" {
        return account.legal_form.clone().unwrap_or_default();
    }
    let place = FIELDS.iter().position(|(known, _)| *known == field);
    place.and_then(|place| values(account).get(place).cloned()).unwrap_or_default()
}

fn kept_steps(finding: &Finding, left: &Account, right: &Account) -> Vec<WaterfallStep> {
    let step = |step: &kith_domain::duplicate::Step| WaterfallStep {
        field: step.field.clone(),
        level: step.level.clone(),
        left: value_of(left, &step.field),
        right: value_of(right, &step.field),
        weight: bits(step.weight_millibits),
    };
    finding.steps.iter().map(step).collect()
}

fn live_steps(waterfall: &Waterfall, asked: &Account, other: &Account) -> Vec<WaterfallStep> {
    let step = |step: &kith_match::explain::Step| WaterfallStep {
        field: step.label.clone(),
        level: step.level.to_owned(),
        left: value_of(asked, &step.label),
        right: value_of(other, &step.label),
        weight: rounded(step.weight),
    };
    waterfall.steps.iter().map(step).collect()
}
