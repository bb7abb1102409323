//! Where a group would stand if its limit were changed: all members together, before and after.

use kith_api::view::{CreditView, GroupEffectView};
use kith_domain::access::Grant;
use kith_domain::account::Account;
use kith_domain::approval::{Change, Diff};
use kith_domain::credit::{Exposure, utilisation};
use kith_domain::refusal::Refusal;
use kith_domain::value::{AccountId, Currency, Money};
use kith_store::Fault;

use super::put;
use crate::caller::Caller;
use crate::credit::Told;
use crate::credit::act::Act;
use crate::credit::desk::Sitting;
use crate::credit::standing::exchange;
use crate::engine::{Engine, profile_day};
use crate::noun::json_of;
use crate::permit;

/// The field of the record.
const FIELD: &str = "/group_credit_limit";

impl Engine {
    /// What a change would do to the limit of the group below its account; nothing for other changes, and for whoever may
    /// not see credit.
    ///
    /// # Errors
    /// [`Fault`] when it could not be found out.
    pub(crate) async fn group_effect(
        &self,
        caller: &Caller,
        change: &Change,
    ) -> Result<Option<GroupEffectView>, Fault> {
        let account = change.targets.first().and_then(|id| id.parse::<AccountId>().ok());
        let Some(account) = account.filter(|_| change.base_version.is_some()) else { return Ok(None) };
        let touched: Vec<Diff> = change.diff.iter().filter(|diff| is_of_group(&diff.path)).cloned().collect();
        let may =
            self.owner_of(account).is_some_and(|owner| caller.principal.may(Grant::CreditRead, Some(&owner)));
        if touched.is_empty() || !may {
            return Ok(None);
        }
        match self.teller().ask(self, caller, Act::ForeseeGroup(account, touched)).await? {
            Ok(Told::ForeseenGroup(effect)) => Ok(Some(*effect)),
            Ok(_) => Err(Fault::corrupt("another answer where an effect was asked for")),
            // An account that is gone by now: nothing can be said.
            Err(_) => Ok(None),
        }
    }
}

/// Whether a place of the record is the limit of the group, or a part of it.
fn is_of_group(path: &str) -> bool {
    path.strip_prefix(FIELD).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn with(account: &Account, diffs: &[Diff]) -> Result<Option<Money>, Fault> {
    let mut record = json_of(account)?;
    diffs.iter().for_each(|diff| put(&mut record, &diff.path, &diff.after));
    let account: Account = serde_json::from_value(record)
        .map_err(|_| Fault::corrupt("a change that does not fit its account"))?;
    Ok(account.group_credit_limit)
}

impl Sitting<'_, '_> {
    /// Where the group below an account stands, and where it would stand.
    pub(in crate::credit) fn foresee_group(
        &mut self,
        account: AccountId,
        diffs: &[Diff],
    ) -> Result<Result<Told, Refusal>, Fault> {
        let Some(customer) = self.customer(account)? else { return Ok(Err(permit::no_account())) };
        let (now, then) = (customer.account.group_credit_limit, with(&customer.account, diffs)?);
        let members: Vec<AccountId> = {
            let inner = self.engine.directory().read();
            let tree = inner.tree_of(customer.row, self.engine.day());
            tree.iter().filter_map(|branch| inner.entry(branch.row).map(|entry| entry.id)).collect()
        };
        // Where there is no limit, the other one says in which currency the group is looked at.
        let home = now.or(then).map(|limit| limit.currency).or(self.organisation.currency);
        let home = home.ok_or_else(|| Fault::corrupt("an organisation without a currency"))?;
        let before = self.of_group(&members, now, home)?;
        let after = self.of_group(&members, then, home)?;
        let owner = customer.account.owning_entity.to_string();
        let named = |view: CreditView| CreditView { entity: owner.clone(), ..view };
        Ok(Ok(Told::ForeseenGroup(Box::new(GroupEffectView {
            members: u64::try_from(members.len()).unwrap_or(u64::MAX),
            before: named(before),
            after: named(after),
        }))))
    }

    /// The members against a limit, in its currency.
    fn of_group(
        &mut self,
        members: &[AccountId],
        limit: Option<Money>,
        home: Currency,
    ) -> Result<CreditView, Fault> {
        let (day, currency) = (self.engine.day(), limit.map_or(home, |limit| limit.currency));
        let mut sum = Some((0_i64, 0_i64, 0_u16));
        for member in members {
            let Some(member) = self.customer(*member)? else { continue };
            let book = self.whole_book(&member, day)?;
            let convert = exchange(&self.organisation, day);
            let own = Exposure::of(&book, &|_| true, currency, profile_day(day), &convert);
            sum = sum.zip(own).map(|((exposure, overdue, days), own)| {
                let exposure = exposure.saturating_add(own.buckets.exposure());
                (exposure, overdue.saturating_add(own.overdue.minor), days.max(own.overdue.oldest_days))
            });
        }
        let money = |minor: i64| Money::new(minor, currency).into();
        let most = limit.map_or(0, |limit| limit.minor);
        Ok(CreditView {
            currency: currency.code().to_owned(),
            limit: limit.map(Into::into),
            exposure: sum.map(|(exposure, _, _)| money(exposure)),
            available: limit.and(sum).map(|(exposure, _, _)| money(most.saturating_sub(exposure))),
            utilisation: limit.and(sum).map(|(exposure, _, _)| utilisation(exposure, most)),
            overdue: sum.map(|(_, overdue, _)| money(overdue)),
            overdue_days: sum.map_or(0, |(_, _, days)| days),
            position: self.position,
            as_of: self.now.to_string(),
            ..CreditView::default()
        })
    }
}

#[cfg(test)]
mod tests;
