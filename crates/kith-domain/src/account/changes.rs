//! What an accepted draft comes to: normalised, typed values, only where they differ.
//! STORED FORMAT: add optional members, never change one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::overrides::Overrides;
use super::{
    Account, Address, Agreement, Contact, CustomValue, CustomerType, Dimension, Identifier, Lane, PartyRole,
    TaxId, Tier,
};
use crate::pricing::PriceTier;
use crate::tax::TaxProfile;
use crate::value::patch::{self, Patched};
use crate::value::{Currency, EntityCode, Money, Personal, Phone, UserId};

/// One row that is new, different, or gone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowChange<T> {
    /// A new row.
    Added(T),
    /// The whole row as it is now.
    Updated(T),
    /// The row as it was.
    Removed(T),
}

macro_rules! changes {
    (
        always { $($(#[$always_doc:meta])* $always:ident: $always_type:ty,)* }
        optional { $($(#[$optional_doc:meta])* $optional:ident: $optional_type:ty,)* }
    ) => {
        /// What differs after a command. An absent member is unchanged, null is cleared.
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct Changes {
            $($(#[$always_doc])* #[serde(skip_serializing_if = "Option::is_none")] pub $always: Option<$always_type>,)*
            $($(#[$optional_doc])* #[serde(skip_serializing_if = "Option::is_none", with = "patch")] pub $optional: Patched<$optional_type>,)*
            /// Days between reviews.
            #[serde(skip_serializing_if = "Option::is_none")]
            pub review_cadence_days: Option<u16>,
            /// Identifiers, by kind and value.
            #[serde(skip_serializing_if = "Vec::is_empty")]
            pub identifiers: Vec<RowChange<Identifier>>,
            /// Contact persons.
            #[serde(skip_serializing_if = "Vec::is_empty")]
            pub contacts: Vec<RowChange<Contact>>,
            /// Addresses.
            #[serde(skip_serializing_if = "Vec::is_empty")]
            pub addresses: Vec<RowChange<Address>>,
            /// Lanes.
            #[serde(skip_serializing_if = "Vec::is_empty")]
            pub lanes: Vec<RowChange<Lane>>,
            /// Agreements.
            #[serde(skip_serializing_if = "Vec::is_empty")]
            pub agreements: Vec<RowChange<Agreement>>,
            /// Dimensions, by kind and entity.
            #[serde(skip_serializing_if = "Vec::is_empty")]
            pub dimensions: Vec<RowChange<Dimension>>,
            /// Everything that an entity says, for the entities that say something else than before; nothing in it: it inherits
            /// everything.
            #[serde(skip_serializing_if = "BTreeMap::is_empty")]
            pub overrides: BTreeMap<EntityCode, Overrides>,
            /// Custom fields by name; null is cleared.
            #[serde(skip_serializing_if = "BTreeMap::is_empty")]
            pub custom: BTreeMap<String, Option<CustomValue>>,
            /// Prices.
            #[serde(skip_serializing_if = "Vec::is_empty")]
            pub pricing: Vec<RowChange<PriceTier>>,
            /// Tax profiles.
            #[serde(skip_serializing_if = "Vec::is_empty")]
            pub tax_profiles: Vec<RowChange<TaxProfile>>,
        }

        impl Changes {
            /// Leaves only what differs from an account.
            pub(super) fn keep_different(&mut self, account: &Account) {
                $(if self.$always.as_ref() == Some(&account.$always) { self.$always = None; })*
                $(if self.$optional.as_ref() == Some(&account.$optional) { self.$optional = None; })*
                if self.review_cadence_days == Some(account.review.cadence_days) {
                    self.review_cadence_days = None;
                }
                self.custom.retain(|name, value| account.custom.get(name) != value.as_ref());
            }

            /// Whether nothing differs.
            #[must_use]
            pub fn is_empty(&self) -> bool {
                $(self.$always.is_none() &&)*
                $(self.$optional.is_none() &&)*
                self.review_cadence_days.is_none()
                    && self.identifiers.is_empty()
                    && self.contacts.is_empty()
                    && self.addresses.is_empty()
                    && self.lanes.is_empty()
                    && self.agreements.is_empty()
                    && self.dimensions.is_empty()
                    && self.overrides.is_empty()
                    && self.custom.is_empty()
                    && self.pricing.is_empty()
                    && self.tax_profiles.is_empty()
            }

            /// What differs in another account, row by row.
            pub(super) fn between(old: &Account, new: &Account) -> Self {
                let mut changes = Self {
                    $($always: Some(new.$always.clone()),)*
                    $($optional: Some(new.$optional.clone()),)*
                    review_cadence_days: Some(new.review.cadence_days),
                    identifiers: rows_between(&old.identifiers, &new.identifiers, Identifier::name),
                    contacts: rows_between(&old.contacts, &new.contacts, |row| row.id.to_string()),
                    addresses: rows_between(&old.addresses, &new.addresses, |row| row.id.to_string()),
                    lanes: rows_between(&old.lanes, &new.lanes, |row| row.id.to_string()),
                    agreements: rows_between(&old.agreements, &new.agreements, |row| row.id.to_string()),
                    pricing: rows_between(&old.pricing, &new.pricing, |row| row.id.to_string()),
                    tax_profiles: rows_between(&old.tax_profiles, &new.tax_profiles, |row| row.id.to_string()),
                    dimensions: rows_between(&old.dimensions, &new.dimensions, Dimension::place),
                    overrides: map_between(&old.overrides, &new.overrides, |said| said.cloned().unwrap_or_default()),
                    custom: map_between(&old.custom, &new.custom, |value| value.cloned()),
                };
                changes.keep_different(old);
                changes
            }

            /// Leaves out what a later change touches.
            pub(super) fn drop_touched(&mut self, later: &Self) {
                $(if later.$always.is_some() { self.$always = None; })*
                $(if later.$optional.is_some() { self.$optional = None; })*
                if later.review_cadence_days.is_some() {
                    self.review_cadence_days = None;
                }
                drop_rows(&mut self.identifiers, &later.identifiers, Identifier::name);
                drop_rows(&mut self.contacts, &later.contacts, |row| row.id.to_string());
                drop_rows(&mut self.addresses, &later.addresses, |row| row.id.to_string());
                drop_rows(&mut self.lanes, &later.lanes, |row| row.id.to_string());
                drop_rows(&mut self.agreements, &later.agreements, |row| row.id.to_string());
                drop_rows(&mut self.pricing, &later.pricing, |row| row.id.to_string());
                drop_rows(&mut self.tax_profiles, &later.tax_profiles, |row| row.id.to_string());
                drop_rows(&mut self.dimensions, &later.dimensions, Dimension::place);
                self.overrides.retain(|entity, _| !later.overrides.contains_key(entity));
                self.custom.retain(|name, _| !later.custom.contains_key(name));
            }

            /// Gives what a later merge replaced as well to that one: what it found there is gone.
            pub(super) fn yield_to(&mut self, later: &mut Self) {
                $(if later.$always.is_some() && self.$always.is_some() { later.$always = self.$always.take(); })*
                $(if later.$optional.is_some() && self.$optional.is_some() { later.$optional = self.$optional.take(); })*
                if later.review_cadence_days.is_some() && self.review_cadence_days.is_some() {
                    later.review_cadence_days = self.review_cadence_days.take();
                }
                yield_rows(&mut self.identifiers, &mut later.identifiers, Identifier::name);
                yield_rows(&mut self.contacts, &mut later.contacts, |row| row.id.to_string());
                yield_rows(&mut self.addresses, &mut later.addresses, |row| row.id.to_string());
                yield_rows(&mut self.lanes, &mut later.lanes, |row| row.id.to_string());
                yield_rows(&mut self.agreements, &mut later.agreements, |row| row.id.to_string());
                yield_rows(&mut self.pricing, &mut later.pricing, |row| row.id.to_string());
                yield_rows(&mut self.tax_profiles, &mut later.tax_profiles, |row| row.id.to_string());
                yield_rows(&mut self.dimensions, &mut later.dimensions, Dimension::place);
                yield_map(&mut self.overrides, &mut later.overrides);
                yield_map(&mut self.custom, &mut later.custom);
            }

            /// Writes the changes into an account.
            pub(super) fn apply(&self, account: &mut Account) {
                $(if let Some(value) = &self.$always { account.$always.clone_from(value); })*
                $(if let Some(value) = &self.$optional { account.$optional.clone_from(value); })*
                if let Some(days) = self.review_cadence_days {
                    account.review.cadence_days = days;
                }
                apply_rows(&mut account.identifiers, &self.identifiers, |old, new| {
                    old.kind == new.kind && old.value == new.value
                });
                apply_rows(&mut account.contacts, &self.contacts, |old, new| old.id == new.id);
                apply_rows(&mut account.addresses, &self.addresses, |old, new| old.id == new.id);
                apply_rows(&mut account.lanes, &self.lanes, |old, new| old.id == new.id);
                apply_rows(&mut account.agreements, &self.agreements, |old, new| old.id == new.id);
                apply_rows(&mut account.dimensions, &self.dimensions, Dimension::same_place);
                apply_map(&mut account.overrides, &self.overrides, |said| Some(said.clone()).filter(|said| !said.is_empty()));
                apply_map(&mut account.custom, &self.custom, Clone::clone);
                apply_rows(&mut account.pricing, &self.pricing, |old, new| old.id == new.id);
                apply_rows(&mut account.tax_profiles, &self.tax_profiles, |old, new| old.id == new.id);
            }
        }
    };
}

changes! {
    always {
        /// The name people use.
        name: String,
        /// E-mail address.
        email: Personal<String>,
        /// The owning legal entity.
        owning_entity: EntityCode,
        /// What kind of customer.
        customer_type: CustomerType,
        /// How well it is served.
        tier: Tier,
        /// What else the company is to us.
        party_roles: Vec<PartyRole>,
        /// Equipment.
        equipment: Vec<String>,
        /// Tags.
        tags: Vec<String>,
    }
    optional {
        /// The name in the register.
        legal_name: String,
        /// Legal form.
        legal_form: String,
        /// Telephone number.
        phone: Personal<Phone>,
        /// Web address.
        website: String,
        /// Domain name.
        domain: String,
        /// Where bills go.
        billing_email: Personal<String>,
        /// The currency it trades in.
        currency: Currency,
        /// How much it may owe.
        credit_limit: Money,
        /// How much it may owe all entities together.
        group_credit_limit: Money,
        /// Payment terms.
        payment_terms: String,
        /// Taxation.
        tax_code: String,
        /// Revenue account.
        default_revenue_account: String,
        /// Tax number.
        tax_id: TaxId,
        /// NAICS code or words.
        industry: String,
        /// How many people work there.
        employees: u32,
        /// What it turns over in a year.
        annual_revenue: Money,
        /// Language.
        language: String,
        /// Zone.
        timezone: String,
        /// Who answers for it.
        account_manager: UserId,
        /// Who sells to it.
        sales_rep: UserId,
        /// Which team.
        team: String,
        /// The price list that it buys from.
        price_list: String,
        /// The price group that it is in.
        price_group: String,
        /// How it wants to be written to.
        communication_prefs: Personal<Value>,
        /// How it wants to be served.
        service_preferences: Personal<Value>,
        /// Standing remarks.
        notes: Personal<String>,
        /// The organisation's own fields.
        metadata: Personal<Value>,
    }
}

/// What differs between two maps; `as_change` says what a key comes to.
fn map_between<K: Clone + Ord, T: PartialEq, C>(
    old: &BTreeMap<K, T>,
    new: &BTreeMap<K, T>,
    as_change: impl Fn(Option<&T>) -> C,
) -> BTreeMap<K, C> {
    let keys = old.keys().chain(new.keys()).filter(|key| old.get(key) != new.get(key));
    keys.map(|key| (key.clone(), as_change(new.get(key)))).collect()
}

fn yield_map<K: Clone + Ord, C>(own: &mut BTreeMap<K, C>, later: &mut BTreeMap<K, C>) {
    for (key, place) in later.iter_mut() {
        if let Some(found) = own.remove(key) {
            *place = found;
        }
    }
}

fn apply_map<K: Clone + Ord, T: Clone, C>(
    map: &mut BTreeMap<K, T>,
    changes: &BTreeMap<K, C>,
    kept: impl Fn(&C) -> Option<T>,
) {
    for (key, change) in changes {
        match kept(change) {
            Some(value) => {
                map.insert(key.clone(), value);
            }
            None => {
                map.remove(key);
            }
        }
    }
}

pub(crate) fn apply_rows<T: Clone>(
    rows: &mut Vec<T>,
    changes: &[RowChange<T>],
    same: impl Fn(&T, &T) -> bool,
) {
    for change in changes {
        match change {
            RowChange::Added(row) | RowChange::Updated(row) => {
                match rows.iter_mut().find(|old| same(old, row)) {
                    Some(old) => old.clone_from(row),
                    None => rows.push(row.clone()),
                }
            }
            RowChange::Removed(row) => rows.retain(|old| !same(old, row)),
        }
    }
}

impl<T> RowChange<T> {
    fn row(&self) -> &T {
        match self {
            Self::Added(row) | Self::Updated(row) | Self::Removed(row) => row,
        }
    }
}

impl Changes {
    /// Without rows that are gone: what remains of a difference for whoever keeps those rows elsewhere.
    pub(super) fn without_removed(mut self) -> Self {
        fn keep<T>(rows: &mut Vec<RowChange<T>>) {
            rows.retain(|row| !matches!(row, RowChange::Removed(_)));
        }
        keep(&mut self.identifiers);
        keep(&mut self.contacts);
        keep(&mut self.addresses);
        keep(&mut self.lanes);
        keep(&mut self.agreements);
        keep(&mut self.pricing);
        keep(&mut self.tax_profiles);
        self
    }

    /// The names of the rows that are new: ids, and `kind:value` of identifiers.
    pub(super) fn added_rows(&self) -> Vec<String> {
        fn added<T>(rows: &[RowChange<T>], name: impl Fn(&T) -> String, names: &mut Vec<String>) {
            let new = rows.iter().filter(|row| matches!(row, RowChange::Added(_)));
            names.extend(new.map(|row| name(row.row())));
        }
        let mut names = Vec::new();
        added(&self.identifiers, Identifier::name, &mut names);
        added(&self.contacts, |row| row.id.to_string(), &mut names);
        added(&self.addresses, |row| row.id.to_string(), &mut names);
        added(&self.lanes, |row| row.id.to_string(), &mut names);
        added(&self.agreements, |row| row.id.to_string(), &mut names);
        added(&self.pricing, |row| row.id.to_string(), &mut names);
        added(&self.tax_profiles, |row| row.id.to_string(), &mut names);
        names
    }
}

fn rows_between<T: Clone + PartialEq>(
    old: &[T],
    new: &[T],
    name: impl Fn(&T) -> String,
) -> Vec<RowChange<T>> {
    let find = |rows: &[T], wanted: &T| rows.iter().find(|row| name(row) == name(wanted)).cloned();
    let gone = old.iter().filter(|row| find(new, row).is_none()).cloned().map(RowChange::Removed);
    let now = new.iter().filter_map(|row| match find(old, row) {
        None => Some(RowChange::Added(row.clone())),
        Some(held) if held == *row => None,
        Some(_) => Some(RowChange::Updated(row.clone())),
    });
    gone.chain(now).collect()
}

fn drop_rows<T>(rows: &mut Vec<RowChange<T>>, later: &[RowChange<T>], name: impl Fn(&T) -> String) {
    rows.retain(|row| !later.iter().any(|touched| name(touched.row()) == name(row.row())));
}

fn yield_rows<T: Clone>(
    rows: &mut Vec<RowChange<T>>,
    later: &mut [RowChange<T>],
    name: impl Fn(&T) -> String,
) {
    rows.retain(|row| match later.iter_mut().find(|held| name(held.row()) == name(row.row())) {
        Some(held) => {
            held.clone_from(row);
            false
        }
        None => true,
    });
}
