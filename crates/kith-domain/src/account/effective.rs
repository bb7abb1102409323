//! The account as one legal entity sees it: the master record, and what the entity has otherwise (D§1.3).

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde_json::Value;

use super::overrides::{Override, Overrides};
use super::{Account, ContactRole, ContactStatus, Tier};
use crate::organisation::{LegalEntity, Organisation, PAYMENT_TERMS_KIND};
use crate::refusal::FieldFault;
use crate::value::{EntityCode, Money, Personal};

/// Where the value of a field comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The entity says so.
    Entity,
    /// The master record says so.
    Master,
    /// Nobody says anything: the organisation's or the entity's default, or nothing.
    Default,
    /// Made of other values.
    Derived,
}

impl Origin {
    /// The code on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Entity => "entity",
            Self::Master => "master",
            Self::Default => "default",
            Self::Derived => "derived",
        }
    }
}

/// How the credit limit came to be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Limit {
    /// The entities that share the master's limit as one pool, this one among them; empty for a limit of its own.
    pub shared_by: Vec<EntityCode>,
    /// The day of the rate at which the master's limit was converted; `None` where it was not.
    pub rate_on: Option<Date>,
}

/// The account as an entity sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// The account, with the entity's values in place; of the overrides only the entity's.
    pub account: Account,
    /// Where the values come from, of the fields that do not simply come from the master record.
    pub origins: BTreeMap<&'static str, Origin>,
    /// Fields that are empty because the entity says so.
    pub blank: BTreeSet<&'static str>,
    /// How the credit limit came to be.
    pub limit: Limit,
    /// What to look at.
    pub warnings: Vec<FieldFault>,
}

impl Account {
    /// The account as an entity sees it, at the rates of a day.
    #[must_use]
    pub fn seen_by(&self, entity: &LegalEntity, organisation: &Organisation, day: Date) -> Seen {
        let own = self.overrides.get(&entity.code).cloned().unwrap_or_default();
        let fields = own.fields();
        let mut seen = Seen {
            account: self.clone(),
            origins: fields.iter().map(|field| (*field, Origin::Entity)).collect(),
            blank: fields.into_iter().filter(|field| own.is_blank(field)).collect(),
            limit: Limit::default(),
            warnings: Vec::new(),
        };
        own.stand_in(&mut seen.account);
        seen.account.overrides.retain(|code, _| *code == entity.code);
        seen.limit(self, &own, entity, organisation, day);
        seen.merged(self, &own);
        seen.rows(self, &own, &entity.code);
        seen.defaults(&own, entity, organisation);
        seen
    }

    /// What the limits of all entities come to in a currency: those of entities that have one of their own, and the master's
    /// once, as long as an entity is left that shares it. `None` where a rate is missing.
    #[must_use]
    pub fn limits_total(
        &self,
        organisation: &Organisation,
        day: Date,
        home: crate::value::Currency,
    ) -> Option<Money> {
        let said = |code: &EntityCode| self.overrides.get(code).and_then(|own| own.credit_limit.as_ref());
        let own =
            organisation.entities.iter().filter_map(|entity| said(&entity.code)).filter_map(Override::value);
        let shared = organisation.entities.iter().any(|entity| said(&entity.code).is_none());
        let all = own.copied().chain(self.credit_limit.filter(|_| shared));
        let mut total = 0_i64;
        for limit in all {
            total = total.checked_add(organisation.convert(limit, home, day)?.minor)?;
        }
        Some(Money::new(total, home))
    }
}

impl Seen {
    /// Where the value of a field comes from.
    #[must_use]
    pub fn origin(&self, field: &str) -> Option<Origin> {
        self.origins.get(field).copied()
    }

    /// The master's limit is one pool that the entities share which have none of their own; it is shown in the entity's
    /// currency and never stored so.
    fn limit(
        &mut self,
        master: &Account,
        own: &Overrides,
        entity: &LegalEntity,
        organisation: &Organisation,
        day: Date,
    ) {
        if own.credit_limit.is_none()
            && let Some(limit) = master.credit_limit
        {
            let shares =
                |code: &EntityCode| master.overrides.get(code).is_none_or(|said| said.credit_limit.is_none());
            let codes = organisation.entities.iter().map(|entity| entity.code.clone());
            self.limit.shared_by = codes.filter(shares).collect();
            if limit.currency != entity.currency {
                self.account.credit_limit = organisation.convert(limit, entity.currency, day);
                self.limit.rate_on = Some(day);
                self.origins.insert("credit_limit", Origin::Derived);
            }
        }
        if let Some(cap) = master.group_credit_limit
            && master
                .limits_total(organisation, day, cap.currency)
                .is_some_and(|total| total.minor > cap.minor)
        {
            let message =
                "the limits of the legal entities together are above the limit of the group, which holds";
            self.warnings.push(FieldFault::new("/group_credit_limit", "limits_exceed_group_cap", message));
        }
    }

    /// Objects are merged with the master's, the entity's members first; remarks stand below the master's.
    fn merged(&mut self, master: &Account, own: &Overrides) {
        self.account.metadata = merged(master.metadata.as_ref(), own.metadata.as_ref());
        self.account.communication_prefs =
            merged(master.communication_prefs.as_ref(), own.communication_prefs.as_ref());
        if let (Some(master), Some(Override::Value(added))) = (&master.notes, &own.notes) {
            let text = match (master.get(), added.get()) {
                (Some(master), Some(added)) => Some(format!("{master}\n{added}")),
                (one, other) => other.or(one).cloned(),
            };
            self.account.notes = Some(Personal { subject: master.subject.clone(), value: text });
        }
        match &own.tags {
            None => {}
            Some(Override::Blank) => self.account.tags = Vec::new(),
            Some(Override::Value(set)) => {
                let kept = master.tags.iter().filter(|tag| !set.suppress.contains(tag));
                let tags: BTreeSet<&String> = kept.chain(&set.add).collect();
                self.account.tags = tags.into_iter().cloned().collect();
            }
        }
    }

    fn rows(&mut self, master: &Account, own: &Overrides, entity: &EntityCode) {
        let suppressed = |row: &super::Address| match &own.addresses {
            None => false,
            Some(Override::Blank) => true,
            Some(Override::Value(set)) => set.suppress.contains(&row.id),
        };
        self.account.addresses.retain(|row| match &row.entity {
            Some(owner) => owner == entity,
            None => !suppressed(row),
        });
        if self.account.addresses.iter().any(|row| row.entity.is_some()) {
            self.origins.insert("addresses", Origin::Entity);
        }
        self.account
            .contacts
            .retain(|row| row.entity_visibility.is_empty() || row.entity_visibility.contains(entity));
        if self.account.contacts.len() != master.contacts.len() {
            self.origins.insert("contacts", Origin::Entity);
        }
        let own_kinds: BTreeSet<String> = master
            .dimensions
            .iter()
            .filter(|row| row.entity.as_ref() == Some(entity))
            .map(|row| row.kind.clone())
            .collect();
        self.account.dimensions.retain(|row| match &row.entity {
            Some(owner) => owner == entity,
            None => !own_kinds.contains(&row.kind),
        });
        self.account.dimensions.sort_by(|one, other| one.kind.cmp(&other.kind));
        if !own_kinds.is_empty() {
            self.origins.insert("dimensions", Origin::Entity);
        }
    }

    /// What stands where neither the entity nor the master says anything.
    fn defaults(&mut self, own: &Overrides, entity: &LegalEntity, organisation: &Organisation) {
        let account = &mut self.account;
        if account.currency.is_none() && !own.is_blank("currency") {
            account.currency = Some(entity.currency);
            self.origins.insert("currency", Origin::Default);
        }
        if account.timezone.is_none() && !own.is_blank("timezone") {
            account.timezone = Some(entity.timezone.clone());
            self.origins.insert("timezone", Origin::Default);
        }
        for (field, kind, value) in [
            ("payment_terms", PAYMENT_TERMS_KIND, &mut account.payment_terms),
            ("tax_code", "tax_code", &mut account.tax_code),
            ("default_revenue_account", "revenue_account", &mut account.default_revenue_account),
        ] {
            let default =
                organisation.catalogues.get(kind).and_then(|catalogue| catalogue.default_code.clone());
            if value.is_none() && !own.is_blank(field) && default.is_some() {
                *value = default;
                self.origins.insert(field, Origin::Default);
            }
        }
        if account.billing_email.is_none() && !own.is_blank("billing_email") {
            account.billing_email = Some(billing_email(account));
            self.origins.insert("billing_email", Origin::Derived);
        }
        if own.is_blank("tier") {
            account.tier = Tier::default();
        }
    }
}

/// Where bills go when nobody says: to accounts payable of the customer, else to the customer's own address.
fn billing_email(account: &Account) -> Personal<String> {
    let payable = account
        .contacts
        .iter()
        .find(|contact| contact.role == ContactRole::Ap && contact.status == ContactStatus::Active);
    payable.and_then(|contact| contact.emails.first()).unwrap_or(&account.email).clone()
}

fn merged(
    master: Option<&Personal<Value>>,
    own: Option<&Override<Personal<Value>>>,
) -> Option<Personal<Value>> {
    let own = match own {
        None => return master.cloned(),
        Some(Override::Blank) => return None,
        Some(Override::Value(own)) => own,
    };
    let Some(master) = master else { return Some(own.clone()) };
    let value = match (master.get(), own.get()) {
        (Some(master), Some(own)) => {
            let mut all = master.clone();
            deepen(&mut all, own);
            Some(all)
        }
        (one, other) => other.or(one).cloned(),
    };
    Some(Personal { subject: master.subject.clone(), value })
}

/// Objects member by member; everything else is replaced whole, arrays among it.
fn deepen(target: &mut Value, own: &Value) {
    match (target, own) {
        (Value::Object(target), Value::Object(own)) => {
            for (name, value) in own {
                match target.get_mut(name) {
                    Some(known) => deepen(known, value),
                    None => {
                        target.insert(name.clone(), value.clone());
                    }
                }
            }
        }
        (target, own) => target.clone_from(own),
    }
}
