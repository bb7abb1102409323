//! Reservations and orders out of bytes.

use super::{Asked, Words};
use crate::credit::{Decision, Outcome};
use crate::order::{self, Amendment, Assessment, Content, Finding, Match, Received, RuleSeverity};
use crate::reservation::{Command, Draft};
use crate::story::{at, uuid};
use crate::value::{AccountId, Money, Personal, UserId};

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

    fn order_content(&mut self) -> Content {
        let customer_order_no = self.flag().then(|| "1".to_owned());
        Content { customer_order_no, revision: u32::from(self.byte() % 3), ..Content::default() }
    }

    fn assessment(&mut self) -> Assessment {
        let severities = [RuleSeverity::Warning, RuleSeverity::Hold, RuleSeverity::Reject];
        let severity = *self.one_of(&severities);
        let finding = Finding::new("x", severity, "/lines", "A doubt.");
        Assessment {
            matched: Match { account: self.flag().then(|| AccountId(uuid(1))), ..Match::default() },
            entity: self.flag().then(|| "US".parse().unwrap()),
            findings: if self.flag() { vec![finding] } else { vec![] },
            total: self.flag().then(|| self.small()),
            decision: self.decision().map(Box::new),
            ..Assessment::default()
        }
    }

    pub(in crate::law) fn order(&mut self) -> Asked<order::Facts, order::Command> {
        let reason = self.flag().then(|| Personal::new("usr_1", "Because.".to_owned()));
        let command = match self.byte() % 9 {
            0 | 1 => order::Command::Receive(Box::new(Received {
                order_no: "SO-1".into(),
                sender_key: None,
                number_key: None,
                content: self.order_content(),
                placed_by: self.flag().then(|| UserId(uuid(self.number()))),
            })),
            2 | 3 => order::Command::Assess(Box::new(self.assessment())),
            4 => order::Command::Release {
                account: self.flag().then(|| AccountId(uuid(2))),
                required: None,
                reason,
            },
            5 => order::Command::Amend(Box::new(Amendment {
                content: self.order_content(),
                assessment: self.assessment(),
            })),
            6 => order::Command::Cancel { reason },
            7 => order::Command::Recheck(Box::new(self.assessment())),
            _ => order::Command::Record { change: u32::from(self.byte() % 4) },
        };
        let facts = order::Facts {
            progress: order::Progress { delivered: self.flag(), ..order::Progress::default() },
            has_authority: self.flag(),
            would_reject: self.flag(),
            ..order::Facts::default()
        };
        (self.context(), facts, command)
    }
}
