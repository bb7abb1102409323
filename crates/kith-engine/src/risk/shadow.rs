//! The limit that behaviour was worth on an earlier day, with all that is known today of the time until then.

use jiff::Timestamp;
use jiff::civil::Date;
use kith_domain::account::Account;
use kith_domain::risk::Risk;
use kith_domain::value::Money;
use kith_risk::limit::Proposal;

use super::class::risk_on;
use super::inputs::Known;
use crate::engine::{Engine, profile_day};

impl Engine {
    /// The proposal for the whole company's limit as it would have been at the end of a day. `account` is as it was then,
    /// `limits` those that were in force until then, the oldest first.
    pub(crate) fn shadow_limit(
        &self,
        row: u32,
        account: &Account,
        risk: &Risk,
        (day, end): (Date, Timestamp),
        limits: Vec<(Timestamp, Option<Money>)>,
    ) -> Option<Proposal> {
        let organisation = self.organisation();
        let currency = organisation.currency?;
        let limit = account.credit_limit.and_then(|limit| organisation.convert(limit, currency, day));
        let known = Known {
            account: account.clone(),
            risk: risk_on(risk.clone(), day),
            history: self.living().credit_history_on(row, None, profile_day(day)).unwrap_or_default(),
            limit,
            currency,
            day,
            now: end,
            limits,
            card: self.card_at(end),
        };
        Some(self.proposed(&known).1)
    }
}
