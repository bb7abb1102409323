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
mod tests {
    use serde_json::json;

    use super::TurnedOut;
    use crate::testing::{Feeder, TODAY, date, days_ago, event, usd};

    fn invoice(no: &str, amount: &str, due: i64) -> serde_json::Value {
        let data = json!({"invoice_no": no, "entity": "US", "amount": usd(amount), "issued_on": date(due + 30), "due_on": date(due)});
        event(no, "invoice.posted", &days_ago(due + 30), &data)
    }

    fn payment(no: &str, of: &str, amount: &str, on: i64) -> serde_json::Value {
        let data = json!({"payment_no": no, "entity": "US", "amount": usd(amount), "received_on": date(on),
            "allocations": [{"invoice_no": of, "amount": usd(amount)}]});
        event(no, "payment.received", &days_ago(on), &data)
    }

    /// How somebody turned out in the last 180 days who had one invoice of some amount, due and paid so many days ago.
    fn turned(amount: &str, due: i64, paid: Option<i64>) -> Option<TurnedOut> {
        let mut feeder = Feeder::new(TODAY);
        feeder.feed(0, &invoice("I", amount, due));
        if let Some(paid) = paid {
            feeder.feed(0, &payment("P", "I", amount, paid));
        }
        feeder.living.turned_out(0, TODAY - 180, TODAY)
    }

    #[test]
    fn sixty_days_past_due_are_bad_thirty_doubtful_and_trifles_nothing() {
        let cases = [
            ("1000.00", 150, Some(140), Some(TurnedOut::Good)),
            ("1000.00", 150, Some(121), Some(TurnedOut::Good)),
            ("1000.00", 150, Some(119), Some(TurnedOut::Doubtful)),
            ("1000.00", 150, Some(91), Some(TurnedOut::Doubtful)),
            ("1000.00", 150, Some(89), Some(TurnedOut::Bad)),
            ("1000.00", 150, None, Some(TurnedOut::Bad)),
            ("499.00", 150, None, Some(TurnedOut::Good)),
            // Due for 20 days only: it may still be paid.
            ("1000.00", 20, None, Some(TurnedOut::Good)),
            // Bad before the days that are looked at.
            ("1000.00", 250, None, None),
            // Paid before them: nothing to pay.
            ("1000.00", 250, Some(240), None),
        ];
        for (amount, due, paid, expected) in cases {
            assert_eq!(turned(amount, due, paid), expected, "{amount} due {due} paid {paid:?}");
        }
    }

    #[test]
    fn what_was_credited_was_never_overdue() {
        let mut feeder = Feeder::new(TODAY);
        feeder.feed(0, &invoice("I", "1000.00", 150));
        let note =
            json!({"credit_note_no": "K", "entity": "US", "invoice_no": "I", "amount": usd("1000.00")});
        feeder.feed(0, &event("K", "credit_note.posted", &days_ago(5), &note));
        feeder.feed(0, &invoice("J", "1000.00", 20));
        assert_eq!(feeder.living.turned_out(0, TODAY - 180, TODAY), Some(TurnedOut::Good));
    }

    #[test]
    fn who_has_nothing_to_pay_did_not_turn_out() {
        let feeder = Feeder::new(TODAY);
        assert_eq!(feeder.living.turned_out(0, TODAY - 180, TODAY), None);
    }
}
