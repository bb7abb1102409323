//! The fields of an account as they were given, before any rule has looked at them.
//!
//! A draft is what `Create` and `Update` carry, also while they wait for approval. Texts are as entered; personal
//! ones are sealed from the first stored byte on. Absent is unchanged, null is cleared.

mod overrides;
mod read;
mod rows;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Account;
use crate::pricing::TierDraft;
use crate::tax::TaxProfileDraft;
use crate::value::patch::{self, Patched};
use crate::value::{
    AddressId, AgreementId, ContactId, EntityCode, LaneId, Personal, PriceTierId, TaxProfileId,
};

pub use overrides::OverridesDraft;
pub(super) use overrides::under_value;
pub(crate) use read::read_tiers;
pub use rows::{
    AddressDraft, AgreementDraft, ContactDraft, DimensionDraft, IdentifierDraft, LaneDraft, MoneyDraft,
    PartyRoleDraft, RowAction, RowDraft, TaxIdDraft,
};

macro_rules! draft {
    (
        text { $($text:ident,)* }
        personal { $($personal:ident,)* }
        object { $($object:ident,)* }
        money { $($money:ident,)* }
        list { $($list:ident,)* }
        rows { $($rows:ident: $row:ty,)* }
    ) => {
        /// Fields as given. The members have the names and meanings of [`super::Account`].
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct Draft {
            $(#[doc = concat!("`", stringify!($text), "` as given.")]
              #[serde(skip_serializing_if = "Option::is_none", with = "patch")] pub $text: Patched<String>,)*
            $(#[doc = concat!("`", stringify!($personal), "` as given, sealed under the account.")]
              #[serde(skip_serializing_if = "Option::is_none", with = "patch")] pub $personal: Patched<Personal<String>>,)*
            $(#[doc = concat!("`", stringify!($object), "`: a JSON merge patch, sealed under the account.")]
              #[serde(skip_serializing_if = "Option::is_none", with = "patch")] pub $object: Patched<Personal<Value>>,)*
            $(#[doc = concat!("`", stringify!($money), "` as given.")]
              #[serde(skip_serializing_if = "Option::is_none", with = "patch")] pub $money: Patched<MoneyDraft>,)*
            $(#[doc = concat!("`", stringify!($list), "`: the whole list.")]
              #[serde(skip_serializing_if = "Option::is_none", with = "patch")] pub $list: Patched<Vec<String>>,)*
            $(#[doc = concat!("What happens to rows of `", stringify!($rows), "`.")]
              #[serde(skip_serializing_if = "Vec::is_empty")] pub $rows: Vec<$row>,)*
            /// Tax number.
            #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
            pub tax_id: Patched<TaxIdDraft>,
            /// What else the company is to us: the whole list.
            #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
            pub party_roles: Patched<Vec<PartyRoleDraft>>,
            /// How many people work there.
            #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
            pub employees: Patched<i64>,
            /// `review.cadence_days`.
            #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
            pub review_cadence_days: Patched<i64>,
            /// What legal entities shall have otherwise, an entry for each entity.
            #[serde(skip_serializing_if = "Vec::is_empty")]
            pub overrides: Vec<OverridesDraft>,
        }

        impl Draft {
            /// The names of the fields that the draft names, whether or not they would differ.
            #[must_use]
            pub fn fields(&self) -> BTreeSet<&'static str> {
                let mut fields = BTreeSet::new();
                $(if self.$text.is_some() { fields.insert(stringify!($text)); })*
                $(if self.$personal.is_some() { fields.insert(stringify!($personal)); })*
                $(if self.$object.is_some() { fields.insert(stringify!($object)); })*
                $(if self.$money.is_some() { fields.insert(stringify!($money)); })*
                $(if self.$list.is_some() { fields.insert(stringify!($list)); })*
                $(if !self.$rows.is_empty() { fields.insert(stringify!($rows)); })*
                if self.tax_id.is_some() { fields.insert("tax_id"); }
                if self.party_roles.is_some() { fields.insert("party_roles"); }
                if self.employees.is_some() { fields.insert("employees"); }
                if self.review_cadence_days.is_some() { fields.insert("review"); }
                if !self.overrides.is_empty() { fields.insert("overrides"); }
                fields.extend(self.overrides.iter().flat_map(OverridesDraft::fields));
                fields
            }

            /// Reads the members that are plain: text, objects, money, lists.
            fn read_plain(&mut self, subject: &str, members: &mut crate::members::Members<'_>, faults: &mut Vec<crate::refusal::FieldFault>) {
                $(self.$text = members.text(stringify!($text), faults);)*
                $(self.$personal = members.text(stringify!($personal), faults).map(|text| text.map(|text| Personal::new(subject, text)));)*
                $(self.$object = members.object(stringify!($object), faults).map(|value| value.map(|value| Personal::new(subject, value)));)*
                $(self.$money = MoneyDraft::read(stringify!($money), members, faults);)*
                $(self.$list = members.texts(stringify!($list), faults);)*
            }
        }
    };
}

draft! {
    text {
        name, legal_name, legal_form, website, domain, owning_entity, customer_type, tier, stage, currency,
        payment_terms, tax_code, default_revenue_account, industry, language, timezone, account_manager,
        sales_rep, team, price_list, price_group,
    }
    personal { email, phone, billing_email, notes, }
    object { metadata, communication_prefs, service_preferences, custom, }
    money { credit_limit, group_credit_limit, annual_revenue, }
    list { equipment, tags, }
    rows {
        identifiers: RowDraft<(), IdentifierDraft>,
        dimensions: RowDraft<(), DimensionDraft>,
        contacts: RowDraft<ContactId, ContactDraft>,
        addresses: RowDraft<AddressId, AddressDraft>,
        lanes: RowDraft<LaneId, LaneDraft>,
        agreements: RowDraft<AgreementId, AgreementDraft>,
        pricing: RowDraft<PriceTierId, TierDraft>,
        tax_profiles: RowDraft<TaxProfileId, TaxProfileDraft>,
    }
}

impl Draft {
    /// What it reaches of an account: whether the master record, and which legal entities. Rows count for the entity that has
    /// them, now or afterwards.
    #[must_use]
    pub fn reach(&self, account: &Account) -> (bool, BTreeSet<EntityCode>) {
        let mut plain = Self { overrides: Vec::new(), ..self.clone() };
        let addresses = std::mem::take(&mut plain.addresses);
        let dimensions = std::mem::take(&mut plain.dimensions);
        let code = |text: &Option<String>| text.as_ref().and_then(|text| text.trim().parse().ok());
        let mut owners: Vec<Option<EntityCode>> =
            self.overrides.iter().map(|said| said.entity.parse().ok()).collect();
        for row in &addresses {
            let now = account.addresses.iter().find(|old| old.id == row.id).map(|old| old.entity.clone());
            let given = row.row.entity.as_ref().map(&code);
            owners.extend(owner_of(now, given));
        }
        owners.extend(dimensions.iter().map(|row| code(&row.row.entity)));
        for row in std::mem::take(&mut plain.pricing) {
            let now = account.pricing.iter().find(|old| old.id == row.id).map(|old| old.entity.clone());
            owners.extend(owner_of(now, row.row.entity.as_ref().map(&code)));
        }
        for row in std::mem::take(&mut plain.tax_profiles) {
            let now = account.tax_profiles.iter().find(|old| old.id == row.id).map(|old| old.entity.clone());
            owners.extend(owner_of(now, row.row.entity.as_ref().map(&code)));
        }
        let master = !plain.fields().is_empty() || owners.contains(&None);
        (master, owners.into_iter().flatten().collect())
    }
}

/// Whom a row belongs to, before and after; the master record where nobody says.
fn owner_of(now: Option<Option<EntityCode>>, given: Option<Option<EntityCode>>) -> Vec<Option<EntityCode>> {
    let owners: Vec<Option<EntityCode>> = now.into_iter().chain(given).collect();
    if owners.is_empty() { vec![None] } else { owners }
}
