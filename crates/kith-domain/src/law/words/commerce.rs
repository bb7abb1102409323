//! Prices, tax profiles, documents and vehicles out of bytes.

use serde_json::{Value, json};

use super::{Asked, Words};
use crate::story::uuid;
use crate::value::{AccountId, DocumentId, Personal, TaxProfileId, UserId, VehicleId};
use crate::{account, document, price_list, team, vehicle};

impl Words {
    pub(super) fn tier(&mut self) -> Value {
        json!({
            "item": self.one_of(&["A", "B"]), "price": self.one_of(&["10.005", "0", "-1", "999999999.99", "x"]),
            "min_qty": self.one_of(&["1", "5", "0"]), "max_qty": self.one_of(&[Value::Null, json!(7), json!("1e3")]),
            "priority": self.byte() % 2, "supersede": self.flag(),
            "effective_from": self.one_of(&["2026-01-01", "2026-06-01", "-009999-01-01"]),
            "price_type": self.one_of(&["fixed", "discount_pct"]),
        })
    }

    pub(super) fn tax_profile(&mut self) -> Value {
        json!({
            "country": self.one_of(&["US", "DE", "ZZ"]), "region": self.one_of(&[Value::Null, json!("US-CA"), json!("")]),
            "tax_category": self.one_of(&["E", "AE", "x"]),
            "effective_to": self.one_of(&[Value::Null, json!("2026-06-30"), json!("9999-12-31")]),
        })
    }

    pub(super) fn tax_act(&mut self) -> account::Command {
        let id = TaxProfileId(uuid(self.number() + 1));
        match self.flag() {
            true => account::Command::VerifyTaxProfile { id },
            false => account::Command::RevokeTaxProfile { id, reason: self.text() },
        }
    }

    pub(in crate::law) fn price_list(&mut self) -> Asked<price_list::Facts, price_list::Command> {
        use price_list::{Command as Asks, PriceListDraft, PriceListKind};
        let new = self.byte().is_multiple_of(4);
        let rows: Vec<Value> = (0..self.byte() % 3)
            .map(|_| {
                let mut row = self.tier();
                if !new {
                    row["action"] = json!(self.one_of(&["add", "delete"]));
                    if row["action"] == "delete" {
                        row["id"] = json!(crate::value::PriceTierId(uuid(self.number() + 1)));
                    }
                }
                row
            })
            .collect();
        let mut body = json!({ "name": self.text(), "currency": "USD", "rows": rows });
        if self.flag() {
            body["is_standard"] = json!(self.flag());
        }
        let mut next = u128::from(self.byte() % 8);
        let mut ids = || {
            next += 1;
            uuid(next)
        };
        let (draft, _, _) = PriceListDraft::read(&body, &mut ids, false);
        let draft = Box::new(draft);
        let kind = *self.one_of(&[PriceListKind::List, PriceListKind::Group]);
        let command =
            if new { Asks::Create { kind, code: self.text(), draft } } else { Asks::Update { draft } };
        let facts = price_list::Facts {
            entities: [("US".parse().unwrap(), "USD".parse().unwrap())].into(),
            today: self.flag().then(|| self.day()),
            standard: self.flag().then(|| self.text()),
        };
        (self.context(), facts, command)
    }

    pub(in crate::law) fn document(&mut self) -> Asked<document::Facts, document::Command> {
        use document::{Command as Asks, Received};
        let account = AccountId(uuid(77));
        let command = match self.byte() % 6 {
            0 | 1 => Asks::Receive(Box::new(Received {
                id: DocumentId(uuid(self.number())),
                account,
                kind: (*self.one_of(&["contract", "photo", "poem"])).to_owned(),
                name: Personal::new(account, self.text()),
                mime: (*self.one_of(&["application/pdf", "x"])).to_owned(),
                size: u64::from(self.byte()),
                digest: "d".into(),
                sha256: Personal::new(account, "s".to_owned()),
                fits: *self.one_of(&[Some(true), Some(false), None]),
                issued_on: None,
                expires_on: self.flag().then(|| self.text()),
                retention: None,
            })),
            2 => Asks::Verify,
            3 => Asks::Reject { reason: self.text() },
            4 => Asks::SetLegalHold { on: self.flag(), reason: self.text() },
            _ => Asks::Delete,
        };
        (
            self.context(),
            document::Facts { today: self.flag().then(|| self.day()), same_content: None },
            command,
        )
    }

    pub(in crate::law) fn team(&mut self) -> Asked<team::Facts, team::Command> {
        use team::{Command as Asks, TeamDraft};
        let user = UserId(uuid(self.number()));
        let mut body = json!({ "name": self.text() });
        if self.flag() {
            body["members"] = json!([UserId(uuid(self.number())), user]);
        }
        if self.flag() {
            body["lead"] = json!(user);
        }
        if self.flag() {
            body["entity"] = json!(self.one_of(&["US", "EU", "MARS"]));
        }
        let (draft, _, _) = TeamDraft::read(&body, false);
        let draft = Box::new(draft);
        let command = match self.byte() % 4 {
            0 => Asks::Create { code: self.text(), draft },
            1 => Asks::Update { draft },
            2 => Asks::AddMember { user },
            _ => Asks::RemoveMember { user },
        };
        let roles = self.roles();
        let facts = team::Facts {
            entities: ["US", "EU"].map(|code| code.parse().unwrap()).into(),
            users: [(UserId(uuid(1)), roles.clone()), (UserId(uuid(2)), roles)].into(),
        };
        (self.context(), facts, command)
    }

    pub(in crate::law) fn vehicle(&mut self) -> Asked<vehicle::Facts, vehicle::Command> {
        use vehicle::{Command as Asks, VehicleDraft};
        let account = AccountId(uuid(self.number()));
        let mut body = json!({ "make": self.text(), "odometer_km": self.byte(), "customer_id": account });
        if self.flag() {
            body["vin"] = json!(self.one_of(&["1M8GDM9AXKP042788", "11111111111111111", "x"]));
        }
        let (draft, _) = VehicleDraft::read(&body);
        let draft = Box::new(draft);
        let command = if self.flag() {
            Asks::Add { id: VehicleId(uuid(self.number())), draft }
        } else {
            Asks::Update { draft }
        };
        let facts = vehicle::Facts {
            vin_holder: self.byte().is_multiple_of(8).then(|| VehicleId(uuid(3))),
            accounts: [AccountId(uuid(1)), AccountId(uuid(2))].into(),
        };
        (self.context(), facts, command)
    }
}
