//! Contracts, their templates and tasks out of bytes.

use serde_json::json;

use super::{Asked, Words};
use crate::story::{at, uuid};
use crate::value::{AccountId, ContractId, DocumentId, Personal, TaskId, UserId};
use crate::{account, contract, contract_template, task};

impl Words {
    pub(in crate::law) fn contract_template(&mut self) -> Asked<(), contract_template::Command> {
        use contract_template::{Command as Asks, TemplateDraft};
        if self.byte().is_multiple_of(4) {
            return (self.context(), (), Asks::Retire);
        }
        let body = json!({
            "name": self.text(), "text": self.one_of(&["# A {{f}}", "{{x}}", ""]), "notice_days": self.byte(),
            "fields": [{"name": "f", "type": self.one_of(&["text", "money", "choice"]), "default": self.text()}],
        });
        let (_, draft, _) = TemplateDraft::read(&body);
        (self.context(), (), Asks::Save { code: "t".into(), draft: Box::new(draft) })
    }

    pub(in crate::law) fn task(&mut self) -> Asked<task::Facts, task::Command> {
        use task::{Command as Asks, Work};
        let id = TaskId(uuid(self.number()));
        let command = match self.byte() % 3 {
            0 => Asks::Open {
                id,
                work: Box::new(Work {
                    kind: (*self.one_of(&["call", "No"])).to_owned(),
                    title: Personal::new(id, self.text()),
                    due: self.flag().then(|| self.text()),
                    assignee: self.flag().then(|| UserId(uuid(2))),
                    ..Work::default()
                }),
            },
            1 => Asks::Finish,
            _ => Asks::Cancel,
        };
        (self.context(), task::Facts { assignee_known: self.flag() }, command)
    }

    pub(in crate::law) fn contract(&mut self) -> Asked<contract::Facts, contract::Command> {
        use contract::{Command as Asks, Link, NoticeKind, Scan, Sending, Signing};
        let account = AccountId(uuid(7));
        let personal = |text: String| Personal::new(account, text);
        let signer = self.byte() % 3;
        let link =
            Link { digest: format!("{}", self.byte() % 2), expires_at: at(i64::from(self.byte()) * 1_000) };
        let reason = self.text();
        let command = match self.byte() % 16 {
            0 | 1 => {
                let draft = Box::new(self.contract_draft());
                Asks::Create { id: ContractId(uuid(5)), account, origin: None, draft }
            }
            2 => Asks::Update { draft: Box::new(self.contract_draft()) },
            3 if self.flag() => Asks::Discard { reason },
            3 => Asks::Submit,
            4 => Asks::Return { reason },
            5 | 6 => Asks::Send(Box::new(Sending {
                document: DocumentId(uuid(60)),
                sha256: "s".into(),
                envelope: "e".into(),
                links: [(0, link.clone()), (1, link)].into(),
            })),
            7 => Asks::Relink { signer, link },
            8 => Asks::Recall { reason },
            9 | 10 => Asks::Sign(Box::new(Signing {
                signer,
                link: self.flag().then_some(link.digest),
                name: personal(reason),
                address: None,
                sha256: (*self.one_of(&["s", "t"])).to_owned(),
                consent: self.flag(),
            })),
            11 => Asks::Decline { signer, link: Some(link.digest), reason: personal(reason) },
            12 => match self.byte() % 3 {
                0 => Asks::UploadSigned(Scan { document: DocumentId(uuid(61)), sha256: "c".into() }),
                1 => Asks::ConfirmScan,
                _ => Asks::RejectScan { reason },
            },
            13 => Asks::ConfirmAuthority { signer, basis: reason },
            14 => Asks::Terminate { kind: *self.one_of(NoticeKind::ALL), on: self.day(), reason },
            _ => Asks::Tend { today: self.day() },
        };
        let stage = *self.one_of(&[account::Stage::Active, account::Stage::Closed]);
        let state =
            account::Account { id: account, stage, created_at: Some(at(0)), ..account::Account::default() };
        let facts = contract::Facts {
            today: self.flag().then(|| self.day()),
            account: Some(Box::new(state)),
            template: self.flag().then(|| Box::new(contract_template::ContractTemplate::standard())),
            number: "CT-1".into(),
            ..contract::Facts::default()
        };
        (self.context(), facts, command)
    }

    fn contract_draft(&mut self) -> contract::ContractDraft {
        let body = json!({
            "title": self.text(), "notice_days": self.byte(), "starts_on": self.day(),
            "renewal": self.one_of(&["auto", "manual", "none", "evergreen", "x"]),
            "signers": [{"name": self.text(), "email": self.one_of(&["a@b.example", "x"])}],
            "fields": {"scope": self.text()},
        });
        contract::ContractDraft::read(&body, "acc_7").0
    }
}
