//! What a legal entity has otherwise than the master record says (D§1.3). STORED FORMAT: add optional members,
//! never change one.
//!
//! A field without an entry is inherited; [`Override::Value`] stands in its place; [`Override::Blank`] hides it. Rows that
//! belong to an entity (an address, a dimension) say so themselves.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Account, Changes, Tier};
use crate::value::{AddressId, Currency, Money, Personal, Phone, UserId};

/// What an entity says about one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "mode", content = "value", rename_all = "snake_case")]
pub enum Override<T> {
    /// This, in place of the master's value.
    Value(T),
    /// Nothing, although the master has a value.
    Blank,
}

impl<T> Override<T> {
    /// The value, unless the field is blank.
    #[must_use]
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Blank => None,
        }
    }
}

/// Tags that an entity has besides the master's, and those of the master's that it does not have.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TagSet {
    /// Its own, sorted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub add: Vec<String>,
    /// The master's that it does not have, sorted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suppress: Vec<String>,
}

/// Addresses of the master record that an entity does not use.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AddressSet {
    /// Which, sorted.
    pub suppress: Vec<AddressId>,
}

macro_rules! overrides {
    (
        always { $($always:ident: $always_type:ty,)* }
        optional { $($optional:ident: $optional_type:ty,)* }
        merged { $($merged:ident: $merged_type:ty,)* }
        sets { $($set:ident: $set_type:ty,)* }
    ) => {
        /// What one entity says about the fields that it may say something about.
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct Overrides {
            $(#[doc = concat!("`", stringify!($always), "` of the entity.")]
              #[serde(skip_serializing_if = "Option::is_none")] pub $always: Option<Override<$always_type>>,)*
            $(#[doc = concat!("`", stringify!($optional), "` of the entity.")]
              #[serde(skip_serializing_if = "Option::is_none")] pub $optional: Option<Override<$optional_type>>,)*
            $(#[doc = concat!("`", stringify!($merged), "` of the entity, put together with the master's.")]
              #[serde(skip_serializing_if = "Option::is_none")] pub $merged: Option<Override<$merged_type>>,)*
            $(#[doc = concat!("How `", stringify!($set), "` of the entity differ from the master's.")]
              #[serde(skip_serializing_if = "Option::is_none")] pub $set: Option<Override<$set_type>>,)*
        }

        /// The fields that an entity may override.
        pub const OVERRIDABLE: &[&str] = &[
            $(stringify!($always),)* $(stringify!($optional),)* $(stringify!($merged),)* $(stringify!($set),)*
        ];

        impl Overrides {
            /// The fields that the entity says something about.
            #[must_use]
            pub fn fields(&self) -> Vec<&'static str> {
                let said = [
                    $((self.$always.is_some(), stringify!($always)),)*
                    $((self.$optional.is_some(), stringify!($optional)),)*
                    $((self.$merged.is_some(), stringify!($merged)),)*
                    $((self.$set.is_some(), stringify!($set)),)*
                ];
                said.into_iter().filter_map(|(said, field)| said.then_some(field)).collect()
            }

            /// Whether a field is blank for the entity.
            #[must_use]
            pub fn is_blank(&self, field: &str) -> bool {
                match field {
                    $(stringify!($always) => matches!(self.$always, Some(Override::Blank)),)*
                    $(stringify!($optional) => matches!(self.$optional, Some(Override::Blank)),)*
                    $(stringify!($merged) => matches!(self.$merged, Some(Override::Blank)),)*
                    $(stringify!($set) => matches!(self.$set, Some(Override::Blank)),)*
                    _ => false,
                }
            }

            /// Says nothing about a field any more.
            pub(super) fn inherit(&mut self, field: &str) {
                match field {
                    $(stringify!($always) => self.$always = None,)*
                    $(stringify!($optional) => self.$optional = None,)*
                    $(stringify!($merged) => self.$merged = None,)*
                    $(stringify!($set) => self.$set = None,)*
                    _ => {}
                }
            }

            /// Hides a field.
            pub(super) fn blank(&mut self, field: &str) {
                match field {
                    $(stringify!($always) => self.$always = Some(Override::Blank),)*
                    $(stringify!($optional) => self.$optional = Some(Override::Blank),)*
                    $(stringify!($merged) => self.$merged = Some(Override::Blank),)*
                    $(stringify!($set) => self.$set = Some(Override::Blank),)*
                    _ => {}
                }
            }

            /// Takes over the checked values of a draft. A text of nothing but spaces is blank; an object
            /// without members says nothing.
            pub(super) fn take(&mut self, values: Changes) {
                $(if let Some(value) = values.$always { self.$always = Some(Override::Value(value)); })*
                $(if let Some(value) = values.$optional {
                    self.$optional = Some(value.map_or(Override::Blank, Override::Value));
                })*
                $(if let Some(value) = values.$merged { self.$merged = value.map(Override::Value); })*
            }

            /// Puts the single fields in place of the master's.
            pub(super) fn stand_in(&self, account: &mut Account) {
                $(match &self.$always {
                    Some(Override::Value(value)) => account.$always.clone_from(value),
                    Some(Override::Blank) => account.$always = Default::default(),
                    None => {}
                })*
                $(if let Some(said) = &self.$optional { account.$optional = said.value().cloned(); })*
            }
        }
    };
}

overrides! {
    always {
        email: Personal<String>,
        tier: Tier,
    }
    optional {
        phone: Personal<Phone>,
        billing_email: Personal<String>,
        currency: Currency,
        credit_limit: Money,
        payment_terms: String,
        tax_code: String,
        default_revenue_account: String,
        price_list: String,
        sales_rep: UserId,
        account_manager: UserId,
        team: String,
        language: String,
        timezone: String,
        notes: Personal<String>,
    }
    merged {
        communication_prefs: Personal<Value>,
        metadata: Personal<Value>,
    }
    sets {
        tags: TagSet,
        addresses: AddressSet,
    }
}

impl Overrides {
    /// Whether the entity inherits everything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
