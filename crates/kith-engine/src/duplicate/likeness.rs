//! The index of all accounts, and who is like a given one.

use std::sync::{PoisonError, RwLock};

use data_encoding::HEXLOWER;
use kith_domain::account::{Account, AddressKind, Stage};
use kith_domain::duplicate::{Finding, Step};
use kith_domain::refusal::{FieldFault, Refusal, RefusalKind};
use kith_domain::value::{AccountId, DuplicateId, Phone};
use kith_match::explain::Waterfall;
use kith_match::index::{FIELDS, Index};
use kith_match::score::{probability, weight};
use ring::digest::{SHA256, digest};
use uuid::Uuid;

use crate::caller::Caller;
use crate::directory::usize_of;
use crate::engine::Engine;

/// From here on a new account is asked about (D§6.4).
pub(crate) const PROBABLE: f64 = 0.99;
/// From here on a pair waits for review.
pub(crate) const SIMILAR: f64 = 0.70;

/// The index behind its lock.
#[derive(Debug, Default)]
pub(crate) struct Likeness(RwLock<Index>);

/// An account on record that is like the one asked about.
#[derive(Debug, Clone)]
pub(crate) struct Similar {
    /// Its row.
    pub(crate) row: u32,
    /// Why.
    pub(crate) waterfall: Waterfall,
}

impl Likeness {
    /// Shows a version of an account; what is closed, merged or deleted is watched no more.
    pub(crate) fn show(&self, row: u32, account: &Account) {
        let mut index = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let gone = account.merged_into.is_some() || account.deleted_at.is_some();
        if gone || !account.exists() || account.stage == Stage::Closed {
            index.clear(row);
            return;
        }
        let values = values(account);
        if index.set(row, &std::array::from_fn(|at| values[at].as_str())).is_err() {
            tracing::warn!("the index of duplicates is full; this account is not watched");
        }
    }

    /// Accounts that are like these values, likest first.
    pub(crate) fn alike(
        &self,
        values: &[String; FIELDS.len()],
        own: Option<u32>,
        least: f64,
    ) -> Vec<Similar> {
        let values = std::array::from_fn(|at| values[at].as_str());
        let mut index = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let found = index.alike(&values, own, weight(least)).unwrap_or_default();
        found.into_iter().map(|alike| Similar { row: alike.row, waterfall: alike.waterfall }).collect()
    }

    /// The same, with bounded work: only blocks of at most so many accounts are looked through.
    pub(crate) fn alike_within(
        &self,
        values: &[String; FIELDS.len()],
        (least, most): (f64, usize),
    ) -> Vec<Similar> {
        let values = std::array::from_fn(|at| values[at].as_str());
        let mut index = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let found = index.alike_within(&values, None, (weight(least), most)).unwrap_or_default();
        found.into_iter().map(|alike| Similar { row: alike.row, waterfall: alike.waterfall }).collect()
    }

    /// Rows that are like a row.
    pub(crate) fn alike_row(&self, row: u32, least: f64) -> Vec<u32> {
        self.read(|index| index.alike_row(row, weight(least)))
    }

    /// Lets somebody look at the index.
    pub(crate) fn read<T>(&self, look: impl FnOnce(&Index) -> T) -> T {
        look(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes over what a scan has learned.
    pub(crate) fn adopt(&self, model: kith_match::model::Model) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).adopt(model);
    }
}

/// What is compared of an account, in the order of [`FIELDS`].
pub(crate) fn values(account: &Account) -> [String; FIELDS.len()] {
    let address = account.address(AddressKind::Billing).or_else(|| account.addresses.first());
    let part = |part: Option<&String>| part.cloned().unwrap_or_default();
    let street = address.and_then(|address| address.lines.get()).and_then(|lines| lines.first());
    let number = |phone: &Phone| phone.e164.clone().unwrap_or_else(|| phone.raw.clone());
    let phone = account.phone.as_ref().and_then(|phone| phone.get()).map(number);
    let tax_country = account.tax_id.as_ref().and_then(|tax| tax.country.clone());
    [
        account.name.clone(),
        account.tax_id.as_ref().map(|tax| tax.value.clone()).unwrap_or_default(),
        account.email.get().cloned().unwrap_or_default(),
        account.domain.clone().or_else(|| account.website.clone()).unwrap_or_default(),
        phone.unwrap_or_default(),
        part(street),
        part(address.and_then(|address| address.city.as_ref())),
        part(address.and_then(|address| address.postal_code.as_ref())),
        address.map(|address| address.country.clone()).or(tax_country).unwrap_or_default(),
    ]
}

/// Thousandths of a bit: what is kept of a weight.
pub(crate) fn millibits(weight: f64) -> i64 {
    (weight * 1_000.0).round() as i64
}

/// The identifier of a pair: the same two accounts always have the same.
pub(crate) fn pair_id((left, right): (AccountId, AccountId)) -> DuplicateId {
    let named = format!("{left}/{right}");
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(digest(&SHA256, named.as_bytes()).as_ref()).for_each(|(slot, byte)| *slot = *byte);
    DuplicateId(Uuid::from_bytes(bytes))
}

/// What a pair of accounts is kept as.
pub(crate) fn finding(
    (left, right): (AccountId, AccountId),
    waterfall: &Waterfall,
    fingerprints: [u64; 2],
) -> (DuplicateId, Finding) {
    let step = |step: &kith_match::explain::Step| Step {
        field: step.label.clone(),
        level: step.level.to_owned(),
        weight_millibits: millibits(step.weight),
    };
    let told = Finding {
        left,
        right,
        weight_millibits: millibits(waterfall.weight),
        prior_millibits: millibits(waterfall.prior),
        steps: waterfall.steps.iter().map(step).collect(),
        fingerprint: HEXLOWER
            .encode(&[fingerprints[0].to_be_bytes(), fingerprints[1].to_be_bytes()].concat()),
    };
    (pair_id((left, right)), told)
}

/// Accounts on record that a new one is like.
pub(crate) fn similar(engine: &Engine, account: &Account, own: Option<u32>) -> Vec<Similar> {
    engine.core().likeness.alike(&values(account), own, SIMILAR)
}

/// The refusal of a new account that is probably there already.
pub(crate) fn probable(engine: &Engine, caller: &Caller, found: &[Similar]) -> Option<Refusal> {
    let count = found.iter().filter(|similar| probability(similar.waterfall.weight) >= PROBABLE).count();
    let first = found.first().filter(|_| count > 0)?;
    let named = engine.seen_name(caller, first.row);
    let who = named.unwrap_or_else(|| "an account of another entity".to_owned());
    let more = if count > 1 { format!(" and {} more", count - 1) } else { String::new() };
    Some(Refusal::new(
        RefusalKind::Conflict,
        "probable_duplicate",
        format!("This is probably {who}{more}, which is on record already."),
        "Edit the account that is there, or send accept_duplicates: true if this is another customer.",
    ))
}

impl Engine {
    /// Name and number of an account, if the caller may see it.
    pub(crate) fn seen_name(&self, caller: &Caller, row: u32) -> Option<String> {
        let inner = self.directory().read();
        let entry = inner.entry(row)?;
        let seen = caller.principal.may(kith_domain::access::Grant::AccountsRead, Some(&entry.entity));
        seen.then(|| format!("{} ({})", entry.name, entry.number))
    }

    /// The warnings that the approvers of a new account see about those it is like.
    pub(crate) fn similar_warnings(&self, caller: &Caller, found: &[Similar]) -> Vec<FieldFault> {
        let warning = |similar: &Similar| {
            let chance = probability(similar.waterfall.weight);
            let code = if chance >= PROBABLE { "probable_duplicate" } else { "similar_account" };
            let who = self.seen_name(caller, similar.row);
            let who = who.unwrap_or_else(|| "an account of another entity".to_owned());
            FieldFault::new(
                "/name",
                code,
                format!("the same as {who} with a probability of {:.1} %", chance * 100.0),
            )
        };
        found.iter().take(5).map(warning).collect()
    }

    /// The accounts of two rows, in the order in which a pair names them.
    pub(crate) fn pair_of(&self, one: u32, other: u32) -> Option<((AccountId, u32), (AccountId, u32))> {
        let inner = self.directory().read();
        let (left, right) = (one.min(other), one.max(other));
        debug_assert!(usize_of(right) < inner.len());
        Some(((inner.entry(left)?.id, left), (inner.entry(right)?.id, right)))
    }
}
