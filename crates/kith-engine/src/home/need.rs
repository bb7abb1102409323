//! What needs the caller now, ranked: first what is over or grave, then what is due today, then the rest by day and money.

mod source;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use kith_api::view::{MoneyView, NeedView};
use kith_domain::access::Grant;
use kith_domain::value::{AccountId, Money, counted};
use kith_query::filter::Filter;
use kith_query::top;
use kith_store::Fault;

use super::both;
use super::scope::Scope;
use crate::caller::Caller;
use crate::credit::hold::held_days;
use crate::engine::{Engine, date_of};
use crate::table::Accounts;

/// Needs that are given.
const SHOWN: usize = 50;
/// Needs of one kind that are looked at.
const OF_A_KIND: usize = 50;
/// Customers with overdue invoices that are named.
const DEBTORS: usize = 10;
/// Days past due from which somebody should act.
const LATE_DAYS: f64 = 10.0;

/// How soon somebody must act. The order is that of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Urgency {
    Now,
    Today,
    Soon,
    Later,
}

impl Urgency {
    fn as_str(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Today => "today",
            Self::Soon => "soon",
            Self::Later => "later",
        }
    }

    /// By when it is due; what has no time is said otherwise.
    fn of_due(due: Option<Timestamp>, now: Timestamp, otherwise: Self) -> Self {
        let within = |hours: i64| {
            let until = now.checked_add(hours.hours()).ok();
            due.zip(until).is_some_and(|(due, until)| due <= until)
        };
        match due {
            None => otherwise,
            Some(due) if due < now => Self::Now,
            Some(_) if within(24) => Self::Today,
            Some(_) if within(24 * 7) => Self::Soon,
            Some(_) => Self::Later,
        }
    }
}

/// What needs somebody: the most urgent, and how many there are in all and pressing.
#[derive(Debug, Default)]
pub(super) struct Needs {
    pub(super) shown: Vec<NeedView>,
    pub(super) total: u64,
    pub(super) pressing: u64,
}

/// A need on its way into the list.
#[derive(Debug)]
struct Need {
    urgency: Urgency,
    due: Option<Timestamp>,
    minor: i64,
    view: NeedView,
}

impl Need {
    fn new(kind: &str, about: &str, title: &str, reason: String, urgency: Urgency) -> Self {
        let view = NeedView {
            kind: kind.to_owned(),
            about: about.to_owned(),
            title: title.to_owned(),
            reason,
            ..NeedView::default()
        };
        Self { urgency, due: None, minor: 0, view }
    }

    fn of(mut self, account: Option<String>) -> Self {
        self.view.account = account;
        self
    }

    fn due(mut self, due: Option<Timestamp>, now: Timestamp) -> Self {
        self.due = due;
        self.view.due_at = due.map(|at| at.to_string());
        self.view.overdue = due.is_some_and(|due| due < now);
        self
    }

    fn worth(mut self, amount: Option<MoneyView>, minor: i64) -> Self {
        self.view.amount = amount;
        self.minor = minor;
        self
    }

    fn shown(self) -> NeedView {
        NeedView { urgency: self.urgency.as_str().to_owned(), ..self.view }
    }
}

/// A customer with overdue invoices.
#[derive(Debug, Clone)]
pub(super) struct Debtor {
    id: AccountId,
    name: String,
    overdue: Money,
    days: f64,
    /// The day that was promised for payment, else the one after which the account is held.
    due_on: Date,
}

impl Engine {
    /// What needs the caller, the most urgent first, and how much there is in all.
    pub(super) async fn needs(
        &self,
        caller: &Caller,
        (scope, within): (Scope, &str),
        debtors: Vec<Debtor>,
    ) -> Result<Needs, Fault> {
        if caller.principal.user().is_none() {
            return Ok(Needs::default());
        }
        let now = self.now();
        let mut all = self.own_needs(caller, now).await?;
        let mut of_accounts = self.account_needs(caller, now).await?;
        if let Some(filter) = self.own_filter(within).filter(|_| scope != Scope::All) {
            of_accounts.retain(|need| self.need_is_within(caller, &filter, need));
        }
        all.append(&mut of_accounts);
        all.extend(debtors.into_iter().map(|debtor| {
            let due = self.end_of(debtor.due_on);
            debtor.need(due, now)
        }));
        all.sort_by(|one, other| {
            let due = |need: &Need| need.due.unwrap_or(Timestamp::MAX);
            let rank = |need: &Need| (need.urgency, due(need), std::cmp::Reverse(need.minor));
            rank(one).cmp(&rank(other)).then_with(|| one.view.about.cmp(&other.view.about))
        });
        let count = |needs: usize| u64::try_from(needs).unwrap_or(u64::MAX);
        let pressing =
            all.iter().filter(|need| matches!(need.urgency, Urgency::Now | Urgency::Today)).count();
        let (total, pressing) = (count(all.len()), count(pressing));
        let mut shown: Vec<NeedView> = all.into_iter().take(SHOWN).map(Need::shown).collect();
        for need in &mut shown {
            let account = need.account.as_ref().and_then(|account| account.parse().ok());
            let name = account.map(|account| self.account_title(account));
            need.account_name = name.filter(|name| !name.is_empty());
        }
        Ok(Needs { shown, total, pressing })
    }

    /// What is about no account of the scope is not left out for it.
    fn need_is_within(&self, caller: &Caller, scope: &Filter, need: &Need) -> bool {
        let account = need.view.account.as_ref().and_then(|account| account.parse().ok());
        account.is_none_or(|account| self.is_within(caller, scope, account))
    }

    /// Whether the caller is the account manager or the sales representative of an account.
    pub(crate) fn looks_after(&self, caller: &Caller, account: AccountId) -> bool {
        let Some(user) = caller.principal.user() else { return false };
        let condition = format!("account_manager == \"{user}\" || sales_rep == \"{user}\"");
        self.own_filter(&condition).is_some_and(|own| self.is_within(caller, &own, account))
    }

    /// Whether an account that the caller sees is in a scope.
    pub(super) fn is_within(&self, caller: &Caller, scope: &Filter, account: AccountId) -> bool {
        let accounts = Accounts::new(self, caller, None).with_dormant(true);
        accounts.inner().row(account).is_some_and(|row| top::passes(scope, &accounts, row))
    }

    /// The customers of a scope that owe most past its due day; for whoever sees credit and looks after customers.
    pub(super) fn debtors(&self, caller: &Caller, within: &str, accounts: &Accounts<'_>) -> Vec<Debtor> {
        let concerned = caller.principal.may(Grant::CreditRead, None)
            && caller.principal.may(Grant::NotesWrite, None)
            && caller.principal.user().is_some();
        let condition = format!("overdue_balance > 0 && oldest_overdue_days >= {LATE_DAYS:?}");
        let late = self.own_filter(&both(within, &condition)).filter(|_| concerned);
        let catalogue = self.catalogue();
        let sort = kith_query::sort::SortKey::parse("-overdue_balance,name", &catalogue).ok();
        let (Some(late), Some(sort), Some(currency)) = (late, sort, self.currency()) else {
            return Vec::new();
        };
        let page = top::run(&late, &sort, DEBTORS, None, accounts);
        let debtor = |row: u32| {
            let entry = accounts.inner().entry(row)?;
            let overdue = kith_profile::metric_index("overdue_balance")?;
            let kith_profile::Value::Money(minor) = self.living().value(row, overdue)? else { return None };
            let days = self.number(row, "oldest_overdue_days").unwrap_or_default();
            let class =
                accounts.inner().risk_class(entry.id).and_then(|class| class.to_string().chars().next());
            let promised = self.living().promises(row).next_due.map(|day| date_of(day.into()));
            Some(Debtor {
                id: entry.id,
                name: entry.name.to_string(),
                overdue: Money::new(minor, currency),
                days,
                due_on: promised.unwrap_or_else(|| self.day().saturating_add(left(days, class).days())),
            })
        };
        page.hits.iter().filter_map(|hit| debtor(hit.row)).collect()
    }
}

/// Days until the rule holds an account whose oldest invoice is so many days past due; none left once it is time.
fn left(days: f64, class: Option<char>) -> i64 {
    let past = format!("{:.0}", days.max(0.0)).parse::<i64>().unwrap_or_default();
    i64::from(held_days(class)).saturating_add(1).saturating_sub(past).max(0)
}

impl Debtor {
    fn need(self, due: Option<Timestamp>, now: Timestamp) -> Need {
        let urgency = if self.days >= 60.0 { Urgency::Today } else { Urgency::Soon };
        let oldest = counted(format!("{:.0}", self.days), "1 day", "{n} days");
        let reason = format!("Invoices are overdue, the oldest for {oldest}");
        let id = self.id.to_string();
        Need::new("overdue", &id, &self.name, reason, urgency)
            .of(Some(id.clone()))
            .due(due, now)
            .worth(Some(self.overdue.into()), self.overdue.minor)
    }
}

#[cfg(test)]
mod tests;
