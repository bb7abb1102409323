//! Drafts of accounts out of bytes: mostly sound, so that accounts come to be, with faults of all sorts.

use serde_json::{Map, Value, json};

use super::Words;
use crate::account::Draft;
use crate::story::uuid;
use crate::value::{AccountId, AddressId, ContactId, LaneId};

const MEMBERS: &[&str] = &[
    "name",
    "legal_name",
    "legal_form",
    "website",
    "domain",
    "owning_entity",
    "customer_type",
    "tier",
    "stage",
    "currency",
    "payment_terms",
    "tax_code",
    "default_revenue_account",
    "industry",
    "language",
    "timezone",
    "account_manager",
    "sales_rep",
    "team",
    "email",
    "phone",
    "billing_email",
    "notes",
    "metadata",
    "communication_prefs",
    "service_preferences",
    "credit_limit",
    "annual_revenue",
    "equipment",
    "tags",
    "identifiers",
    "contacts",
    "addresses",
    "lanes",
    "agreements",
    "pricing",
    "tax_profiles",
    "price_list",
    "tax_id",
    "party_roles",
    "employees",
    "review",
    "price_list",
    "group_credit_limit",
    "dimensions",
    "custom",
    "overrides",
    "unknown",
];

impl Words {
    pub(super) fn draft(&mut self, id: AccountId, new: bool) -> Draft {
        let mut body = Map::new();
        if new && self.byte() % 8 != 7 {
            body.insert("name".into(), json!("Acme"));
            body.insert("email".into(), json!("ap@acme.example"));
            body.insert("owning_entity".into(), json!("US"));
        }
        for _ in 0..self.byte() % 4 {
            let name = *self.one_of(MEMBERS);
            let value = self.member(name, new);
            body.insert(name.to_owned(), value);
        }
        let mut next = u128::from(self.byte() % 8);
        let mut ids = || {
            next += 1;
            uuid(next)
        };
        let body = Value::Object(body);
        // Faults of shape leave members out; what is left must still be decided without a panic.
        if new { Draft::read_new(&body, id, &mut ids).0 } else { Draft::read_patch(&body, id, &mut ids).0 }
    }

    fn member(&mut self, name: &str, new: bool) -> Value {
        match self.byte() % 16 {
            0 => return Value::Null,
            1 => return self.json(0),
            _ => {}
        }
        match name {
            "website" => json!("https://acme.example/x"),
            "domain" => json!("acme.example"),
            "owning_entity" => json!(self.one_of(&["US", "EU"])),
            "tier" => json!(self.one_of(&["premium", "standard"])),
            "customer_type" => json!(self.one_of(&["retail", "other"])),
            "currency" => json!("EUR"),
            "payment_terms" => json!("NET30"),
            "account_manager" | "sales_rep" => json!(crate::value::UserId(uuid(1))),
            "email" | "billing_email" => json!(self.one_of(&["a@b.example", "B@b.example"])),
            "phone" => json!("+1 312 555 0100"),
            "metadata" | "communication_prefs" | "service_preferences" => {
                json!({ *self.one_of(&["a", "b", "$subject"]): self.json(0) })
            }
            "credit_limit" | "group_credit_limit" | "annual_revenue" => {
                json!({ "amount": self.one_of(&["0", "100.00", "92233720368547758.07"]), "currency": "USD" })
            }
            "custom" => json!({ "colour": self.json(0) }),
            "overrides" => json!({ *self.one_of(&["US", "EU", "XX"]): self.override_of() }),
            "equipment" | "tags" => json!([self.text(), self.one_of(&["a", "b"])]),
            "tax_id" => json!({ "value": self.one_of(&["DE136695976", "X1"]) }),
            "party_roles" => json!(["customer"]),
            "employees" => json!(self.byte()),
            "review" => json!({ "cadence_days": self.byte() }),
            "identifiers" | "contacts" | "addresses" | "lanes" | "agreements" | "dimensions" | "pricing"
            | "tax_profiles" => {
                let rows: Vec<Value> = (0..self.byte() % 3).map(|_| self.row(name, new)).collect();
                Value::Array(rows)
            }
            _ => json!(self.text()),
        }
    }

    /// What an entity says about one field.
    fn override_of(&mut self) -> Value {
        let field = *self.one_of(crate::account::OVERRIDABLE);
        match self.byte() % 4 {
            0 => Value::Null,
            1 => json!({ field: null }),
            2 => json!({ field: { "mode": "blank" } }),
            _ => json!({ field: { "mode": "value", "value": self.member(field, false) } }),
        }
    }

    fn row(&mut self, name: &str, new: bool) -> Value {
        let mut row = match name {
            "identifiers" => json!({ "kind": "external:erp", "value": self.one_of(&["1", "2"]) }),
            "dimensions" => {
                json!({ "type": "department", "value": self.text(), "entity": self.one_of(&[None, Some("EU")]) })
            }
            "contacts" => json!({ "name": self.text(), "email": self.one_of(&["a@b.example", "c@b.example"]),
                "is_primary": self.flag(), "role": "ap" }),
            "addresses" => json!({ "kinds": ["billing"], "country": "US", "lines": [self.text()],
                "is_default": self.flag() }),
            "lanes" => {
                json!({ "origin": "US.60607", "destination": self.one_of(&["US.752", "EU"]), "mode": self.one_of(&["TL", "x"]) })
            }
            "pricing" => self.tier(),
            "tax_profiles" => self.tax_profile(),
            _ => json!({ "number": "A-1", "ends_on": self.one_of(&["2026-12-31", "soon"]) }),
        };
        let Some(members) = row.as_object_mut() else { return row };
        if !new {
            let action = *self.one_of(&["add", "update", "delete"]);
            members.insert("action".into(), json!(action));
            if action != "add" && !matches!(name, "identifiers" | "dimensions") {
                let id = uuid(self.number() + 1);
                let id = match name {
                    "contacts" => ContactId(id).to_string(),
                    "addresses" => AddressId(id).to_string(),
                    "lanes" => LaneId(id).to_string(),
                    "pricing" => crate::value::PriceTierId(id).to_string(),
                    "tax_profiles" => crate::value::TaxProfileId(id).to_string(),
                    _ => crate::value::AgreementId(id).to_string(),
                };
                members.insert("id".into(), json!(id));
            }
        }
        row
    }

    fn json(&mut self, depth: u8) -> Value {
        match self.byte() % 8 {
            0 => Value::Null,
            1 => json!(self.flag()),
            2 => json!(self.byte()),
            3 => json!(0.1),
            4 if depth < 10 => json!([self.json(depth + 1)]),
            5 | 6 if depth < 10 => json!({ *self.one_of(&["a", "$value", "$sealed"]): self.json(depth + 1) }),
            _ => json!(self.text()),
        }
    }
}
