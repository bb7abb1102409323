//! Commands about the risk of accounts and their alerts, out of bytes.

use super::{Asked, Words};
use crate::story::uuid;
use crate::value::{AccountId, Personal};
use crate::{alert, risk, scorecard};

impl Words {
    pub(in crate::law) fn scorecard(&mut self) -> Asked<(), scorecard::Command> {
        use scorecard::{Origin, Trained};
        let origin = match self.byte() % 3 {
            0 => Origin::File { name: self.flag().then(|| self.text()) },
            1 => Origin::File { name: None },
            _ => Origin::History {
                observed_on: jiff::civil::date(2026, 1, 10),
                outcome_days: u16::from(self.byte()) * 2,
            },
        };
        let card = match self.byte() % 4 {
            0 => self.text(),
            _ => serde_json::to_string(&scorecard::tests::card()).unwrap(),
        };
        let trained = Trained {
            version: u64::from(self.byte() % 4),
            card,
            origin,
            data_sha256: (*self.one_of(&["ab", "0"])).repeat(32),
        };
        (self.context(), (), scorecard::Command::Keep(Box::new(trained)))
    }

    pub(in crate::law) fn risk(&mut self) -> Asked<risk::Facts, risk::Command> {
        use kith_risk::score::BureauScale;
        use risk::Command as Asks;
        let today = jiff::civil::date(2026, 1, 10);
        let facts = risk::Facts { account_known: self.flag(), today };
        let money = |minor: u8| crate::value::Money::new(minor.into(), "USD".parse().unwrap());
        let command = match self.byte() % 4 {
            0 => Asks::RecordBureau {
                report: Box::new(risk::BureauReport {
                    bureau: self.text(),
                    scale: *self.one_of(&BureauScale::ALL),
                    value_millionths: i64::from(self.byte()) * 1_000_000,
                    reported_on: today,
                    recommended_limit: self.flag().then(|| money(7)),
                    insured_limit: None,
                    is_insolvent: self.flag(),
                }),
            },
            1 => Asks::RecordBooks {
                books: Box::new(risk::Books {
                    statement_on: today,
                    working_capital: money(self.byte()),
                    retained_earnings: money(self.byte()),
                    ebit: money(self.byte()),
                    equity: money(self.byte()),
                    total_assets: money(self.byte()),
                    total_liabilities: money(self.byte()),
                    tangible_net_worth: self.flag().then(|| money(9)),
                }),
            },
            _ => Asks::OverrideClass {
                notches: i8::from_ne_bytes([self.byte() % 4]) - 1,
                reason: Personal::new("acc_1", self.text()),
            },
        };
        (self.context(), facts, command)
    }

    pub(in crate::law) fn alert(&mut self) -> Asked<(), alert::Command> {
        use alert::{AlertKind, AlertOutcome, Command as Asks, Finding};
        let command = match self.byte() % 6 {
            0 | 1 => Asks::Raise(Box::new(Finding {
                id: crate::value::AlertId(uuid(9)),
                account: AccountId(uuid(1)),
                kind: *self.one_of(&AlertKind::ALL),
                severity: *self.one_of(&kith_risk::anomaly::Severity::ALL),
                score_milli: i64::from(self.byte()),
                signs: Vec::new(),
                evidence: vec![u64::from(self.byte())],
            })),
            2 => Asks::Clear,
            3 => Asks::Acknowledge,
            _ => Asks::Close { outcome: *self.one_of(&AlertOutcome::ALL), comment: self.comment() },
        };
        (self.context(), (), command)
    }
}
