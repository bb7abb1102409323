//! Reservations out of bytes.

use super::{Asked, Words};
use crate::credit::{Decision, Outcome};
use crate::reservation::{Command, Draft};
use crate::story::{at, uuid};
use crate::value::{AccountId, Money};

impl Words {
    fn decision(&mut self) -> Option<Decision> {
        let outcomes = [Outcome::Approve, Outcome::ApproveWithWarning, Outcome::Hold, Outcome::Reject];
        let outcome = *self.one_of(&outcomes);
        (!self.flag()).then(|| Decision {
            outcome,
            limit: None,
            exposure: None,
            available_before: None,
            available_after: None,
            utilisation_after: None,
            reasons: vec![],
            position: 1,
            policy_version: 1,
            data_as_of: at(0),
        })
    }

    fn small(&mut self) -> Money {
        let minor = i64::try_from(self.number()).unwrap_or(0);
        let currency = if self.flag() { "USD" } else { "EUR" };
        Money::new(minor, currency.parse().unwrap())
    }

    pub(in crate::law) fn reservation(&mut self) -> Asked<Option<Decision>, Command> {
        let command = match self.number() {
            0 => Command::Reserve(Draft {
                id: "r".into(),
                account: AccountId(uuid(self.number())),
                entity: "US".parse().unwrap(),
                amount: self.small(),
                order_no: self.flag().then(|| "1".to_owned()),
                timeout_s: u32::from(self.byte()),
                request_key: None,
                prepaid: self.flag(),
            }),
            1 => Command::Commit {
                amount: self.flag().then(|| self.small()),
                order_no: self.flag().then(|| "2".to_owned()),
            },
            2 => Command::Amend { amount: self.small() },
            _ if self.flag() => Command::Void,
            _ => Command::Expire,
        };
        (self.context(), self.decision(), command)
    }
}
