//! The credit desk: the accounts closest to their limits, what is held, what was decided against lately.

use std::collections::BTreeSet;

use kith_api::view::{CreditDeskView, CreditRow};
use kith_domain::access::Grant;
use kith_domain::refusal::Refusal;
use kith_domain::reservation::Reservation;
use kith_domain::value::{AccountId, EntityCode, Money};
use kith_profile::{Value, metric_index};
use kith_query::table::Column;
use kith_store::{Fault, Noun};

use super::act::Act;
use super::desk::Sitting;
use super::{Reserved, Told};
use crate::caller::Caller;
use crate::directory::{CHUNK_ROWS, Inner, usize_of};
use crate::engine::Engine;
use crate::noun::read;
use crate::permit;
use crate::table::Accounts;

/// Accounts that are shown.
const ROWS: usize = 50;
/// Accounts that are looked at: more than are shown, so that what is counted is not only what is seen.
const LOOKED_AT: usize = 500;
/// Reservations that may bring their accounts to the desk.
const PENDING: u32 = 1_000;
/// Share of the limit that is owed from which an account is looked at though others owe more.
const NEAR: f64 = 0.7;
/// Decisions against a request that are shown.
const AGAINST: u32 = 20;
/// Share of the limit from which an account is close to it.
const CLOSE: f64 = 0.9;

impl Engine {
    /// The credit desk, of all entities that the caller may read credit of, or of one.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub async fn credit_desk(
        &self,
        caller: &Caller,
        entity: Option<EntityCode>,
    ) -> Result<Result<CreditDeskView, Refusal>, Fault> {
        if !caller.principal.may(Grant::CreditRead, None) {
            return Ok(Err(permit::denied(Grant::CreditRead)));
        }
        let at = self.now();
        let (against_all, pending_all) = self
            .store()
            .read(|reader| {
                let mut of = |state: &str, most| {
                    reader.list_newest(Noun::Reservation, &[("state", state.into())], None, most)
                };
                Ok((of("refused", AGAINST)?, of("pending", PENDING)?))
            })
            .await?;
        let concerns = |reservation: &Reservation| {
            reservation.draft.as_ref().is_some_and(|draft| {
                caller.principal.may(Grant::CreditRead, Some(&draft.entity))
                    && entity.as_ref().is_none_or(|entity| *entity == draft.entity)
            })
        };
        let mut accounts: BTreeSet<(AccountId, EntityCode)> =
            self.riskiest(caller, entity.as_ref()).into_iter().collect();
        let mut pending = 0_u64;
        for document in pending_all {
            let reservation = read::<Reservation>(document)?.state;
            if concerns(&reservation) {
                pending = pending.saturating_add(1);
                accounts.extend(reservation.draft.map(|draft| (draft.account, draft.entity)));
            }
        }
        let mut rows = match self.standings(caller, accounts.into_iter().collect()).await? {
            Ok(rows) => rows,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let mut against = Vec::new();
        for document in against_all {
            let reservation = read::<Reservation>(document)?.state;
            if concerns(&reservation) {
                let mut view = Reserved { reservation, at, fresh: false }.view();
                view.account_name = self.account_name(&view.account);
                against.push(view);
            }
        }
        let share = |row: &CreditRow| row.standing.utilisation.unwrap_or(0.0);
        let count = |test: &dyn Fn(&CreditRow) -> bool| {
            u64::try_from(rows.iter().filter(|row| test(row)).count()).unwrap_or_default()
        };
        let over = count(&|row| share(row) > 1.0);
        let close = count(&|row| (CLOSE..=1.0).contains(&share(row)));
        let held = count(&|row| !row.standing.holds.is_empty());
        rows.truncate(ROWS);
        Ok(Ok(CreditDeskView { over, close, held, pending, rows, against }))
    }

    /// Where accounts stand, each with an entity; the caller may see their credit.
    pub(crate) async fn standings(
        &self,
        caller: &Caller,
        accounts: Vec<(AccountId, EntityCode)>,
    ) -> Result<Result<Vec<CreditRow>, Refusal>, Fault> {
        if accounts.is_empty() {
            return Ok(Ok(Vec::new()));
        }
        match self.teller().ask(self, caller, Act::LookAt(accounts)).await? {
            Ok(Told::Rows(rows)) => Ok(Ok(rows)),
            Ok(_) => Err(Fault::corrupt("another answer where standings were asked for")),
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    /// The accounts that owe most of what they may, by what the profile knows; those without a limit that owe something
    /// come first.
    fn riskiest(&self, caller: &Caller, entity: Option<&EntityCode>) -> Vec<(AccountId, EntityCode)> {
        let visible = Accounts::new(self, caller, None);
        let inner = visible.inner();
        let field = |id: &str| self.catalogue().index(id).map(|field| usize::from(field.0));
        let (limit_field, hold_field) = (field("credit_limit"), field("credit_hold"));
        let mut found: Vec<(f64, AccountId, EntityCode)> = Vec::new();
        for (row, entry) in inner.rows() {
            let of = entity.unwrap_or(&entry.entity);
            if !caller.principal.may(Grant::CreditRead, Some(of)) || inner.is_merged(row) {
                continue;
            }
            let owes = self.owed(row);
            let limit = limit_field.and_then(|field| cell(inner, row, field));
            if owes <= 0.0 && limit.is_none() {
                continue;
            }
            let share = limit.filter(|limit| *limit > 0.0).map_or(f64::MAX, |limit| owes / limit);
            let is_held = hold_field.and_then(|field| cell(inner, row, field)).is_some_and(|held| held > 0.0);
            let share = if is_held { f64::MAX } else { share };
            found.push((if owes > 0.0 || is_held { share } else { 0.0 }, entry.id, of.clone()));
        }
        found.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
        let near = found.iter().take_while(|(share, ..)| *share >= NEAR).count();
        found.truncate(near.clamp(ROWS, LOOKED_AT));
        found.into_iter().map(|(_, id, entity)| (id, entity)).collect()
    }
}

impl Engine {
    /// Where accounts stand with every legal entity of their limits; those without a limit are left out.
    pub(crate) async fn limited(&self, accounts: Vec<AccountId>) -> Result<Vec<CreditRow>, Fault> {
        if accounts.is_empty() {
            return Ok(Vec::new());
        }
        match self.teller().ask(self, &Caller::system(), Act::Limited(accounts)).await? {
            Ok(Told::Rows(rows)) => Ok(rows),
            Ok(_) => Err(Fault::corrupt("another answer where standings were asked for")),
            Err(_) => Ok(Vec::new()),
        }
    }

    /// Accounts that owe something or stand under a credit hold: those that rules of credit may concern.
    pub(super) fn owing(&self) -> Vec<AccountId> {
        let held = self.catalogue().index("credit_hold").map(|field| usize::from(field.0));
        let inner = self.directory().read();
        let is_held = |row| held.and_then(|field| cell(&inner, row, field)).is_some_and(|held| held > 0.0);
        let metric = metric_index("open_balance");
        // What cannot be said for want of a rate may be owed.
        let is_unknown = |row| {
            metric.is_none_or(|metric| self.living().value(row, metric).is_none())
                && self.living().changes(row) > 0
                && self.living().open_business(row).invoices > 0
        };
        let concerned =
            |row| !inner.is_merged(row) && (self.owed(row) > 0.0 || is_held(row) || is_unknown(row));
        inner.rows().filter(|(row, _)| concerned(*row)).map(|(_, entry)| entry.id).collect()
    }

    /// The limit of an account in the organisation's currency, as lists show it.
    pub(crate) fn limit_cell(&self, row: u32) -> Option<Money> {
        let field = self.catalogue().index("credit_limit").map(|field| usize::from(field.0))?;
        let minor = cell(&self.directory().read(), row, field)?;
        #[expect(clippy::cast_possible_truncation, reason = "minor units, far below 2^53")]
        self.organisation().currency.map(|currency| Money::new(minor as i64, currency))
    }

    /// What an account has open, in minor units of the organisation's currency; a measure to sort by.
    fn owed(&self, row: u32) -> f64 {
        let metric = metric_index("open_balance");
        match metric.and_then(|metric| self.living().value(row, metric)) {
            Some(Value::Money(minor)) => minor as f64,
            _ => 0.0,
        }
    }
}

/// What a master column holds of a row: minor units, or 0 and 1.
fn cell(inner: &Inner, row: u32, field: usize) -> Option<f64> {
    let (chunk, at) = (usize_of(row) / CHUNK_ROWS, usize_of(row) % CHUNK_ROWS);
    match inner.chunk(chunk)?.column(field) {
        Column::I64(values, known) => {
            let is_known = known.get(at / 64)? >> (at % 64) & 1 == 1;
            values.get(at).filter(|_| is_known).map(|minor| *minor as f64)
        }
        Column::Code(values, known) => {
            let is_known = known.get(at / 64)? >> (at % 64) & 1 == 1;
            values.get(at).filter(|_| is_known).map(|code| f64::from(*code))
        }
        _ => None,
    }
}

impl Sitting<'_, '_> {
    /// Where accounts stand, each with an entity, the most used limit first.
    pub(super) fn look_at(&mut self, accounts: &[(AccountId, EntityCode)]) -> Result<Vec<CreditRow>, Fault> {
        let mut rows = Vec::with_capacity(accounts.len());
        for (id, code) in accounts {
            let (Some(entity), Some(customer)) = (self.entity(code), self.customer(*id)?) else { continue };
            let standing = self.standing(&customer, &entity, None)?;
            rows.push(CreditRow {
                account: id.to_string(),
                account_number: customer.account.account_number.clone(),
                name: customer.account.name.clone(),
                standing: self.credit_view(&customer, &entity, &standing)?,
            });
        }
        let share = |row: &CreditRow| row.standing.utilisation.unwrap_or(f64::MAX);
        rows.sort_by(|one, other| {
            share(other).total_cmp(&share(one)).then_with(|| one.account.cmp(&other.account))
        });
        Ok(rows)
    }

    /// Where accounts that have a limit stand with every entity that has a word in it, each the most used limit first; what
    /// cannot be said for want of a rate is among them.
    pub(super) fn limited(&mut self, accounts: &[AccountId]) -> Result<Vec<CreditRow>, Fault> {
        let mut found = Vec::new();
        for id in accounts {
            let Some(customer) = self.customer(*id)? else { continue };
            let account = &customer.account;
            let of_its_own = account.overrides.values().any(|own| own.credit_limit.is_some());
            if account.credit_limit.is_none() && !of_its_own {
                continue;
            }
            let own = account.overrides.keys().filter(|code| **code != account.owning_entity);
            let codes = std::iter::once(&account.owning_entity).chain(own);
            let pairs: Vec<_> = codes.map(|code| (account.id, code.clone())).collect();
            let rows = self.look_at(&pairs)?;
            let counts = |row: &CreditRow| row.standing.limit.is_some() || row.standing.exposure.is_none();
            found.extend(rows.into_iter().filter(counts));
        }
        Ok(found)
    }
}
