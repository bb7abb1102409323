//! How accounts turned out after a day: what a scorecard learns from (D§3.7).

use super::Living;
use super::spending::exposure;
use crate::fact::Fact;
use crate::metric::payments::{Item, settle};
use crate::metric::sheet::{ByKind, View};

/// Days past due from which an account is bad, and from which nobody can say.
const BAD_DAYS: u16 = 60;
const DOUBTFUL_DAYS: u16 = 30;
/// Overdue below this is a trifle, in whole units of the currency.
const TRIFLE: i64 = 500;
/// Or below this part of the highest exposure of a year.
const TRIFLE_PART: i64 = 20;
/// Days between two looks at the exposure, and how many there are: a year.
const LOOK_DAYS: u16 = 28;
const LOOKS: u16 = 13;

/// How an account turned out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TurnedOut {
    /// Nothing of weight was 30 days past due.
    Good,
    /// Something was 30 days past due, but not 60: nobody learns from it.
    Doubtful,
    /// Something of weight was 60 days past due.
    Bad,
}

impl Living {
    /// How a row turned out in the days after one and up to another. Nothing where it had no invoice to pay in that time,
    /// or was bad already.
    #[must_use]
    pub fn turned_out(&self, row: u32, after: u16, until: u16) -> Option<TurnedOut> {
        self.with_account(row, |account, view| {
            let until = until.min(view.today);
            let sorted = ByKind::of(&account.facts, until);
            let view = View { today: until, ..view };
            let items = settle(&view.over(&sorted)).items;
            let trifle = trifle(&account.facts, view)?;
            let weighty = |days: u16, day: u16| overdue(&view, &items, days, day) >= trifle;
            let to_pay = |item: &Item| {
                let last = item.paid.iter().map(|paid| paid.day).max();
                item.open > 0 || last.is_some_and(|last| last > after)
            };
            if !items.iter().any(to_pay) || weighty(BAD_DAYS, after) {
                return None;
            }
            let within = |days: u16| {
                let mut reached = items.iter().map(|item| item.due.saturating_add(days));
                reached.any(|day| after < day && day <= until && weighty(days, day))
            };
            Some(match (within(BAD_DAYS), within(DOUBTFUL_DAYS)) {
                (true, _) => TurnedOut::Bad,
                (false, true) => TurnedOut::Doubtful,
                (false, false) => TurnedOut::Good,
            })
        })
    }
}

/// What is so many days past due or more at the end of a day, in minor units; nothing counts whose rate is not known.
fn overdue(view: &View<'_>, items: &[Item], days: u16, day: u16) -> i64 {
    let late = items.iter().filter(|item| item.due.saturating_add(days) <= day);
    let open = late.filter_map(|item| {
        // Credit notes count as if they had always been there: nobody is bad for what was forgiven.
        let later: i64 = item.paid.iter().filter(|paid| paid.day > day).map(|paid| paid.minor).sum();
        view.convert(item.open.saturating_add(later), item.invoice.currency, item.invoice.day)
    });
    open.fold(0, i64::saturating_add)
}

/// What is too little to be bad.
fn trifle(facts: &[Fact], view: View<'_>) -> Option<i64> {
    let look = |back: u16| {
        let today = view.today.checked_sub(back * LOOK_DAYS)?;
        let sorted = ByKind::of(facts, today);
        exposure(&View { today, ..view }.over(&sorted))
    };
    let highest = (0..LOOKS).filter_map(look).max()?;
    let unit = 10_i64.checked_pow(view.currency.exponent().into())?;
    Some(TRIFLE.saturating_mul(unit).max(highest / TRIFLE_PART))
}

#[cfg(test)]
mod tests;
