//! The state of an account, and the questions it answers.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::overrides::Overrides;
use super::{
    Address, AddressKind, Agreement, Contact, CustomValue, CustomerType, Dimension, Hold, Identifier, Lane,
    Merge, MergedInto, Parent, PartyRole, Relationship, Stage, TaxId, Tier, Watch,
};
use crate::pricing::PriceTier;
use crate::tax::TaxProfile;
use crate::value::{AccountId, Currency, EntityCode, Money, NoteId, Personal, Phone, UserId};

/// Whether the customer was looked into (know your business).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KybState {
    /// Not yet.
    #[default]
    None,
    /// Taken over as an existing customer; a review is due.
    Grandfathered,
}

/// Know your business.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kyb {
    /// Whether the customer was looked into.
    pub state: KybState,
    /// When that is due again.
    pub review_due_on: Option<Date>,
}

/// How often the account is reviewed with the customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Review {
    /// Days between reviews.
    pub cadence_days: u16,
    /// The last one.
    pub last_review_on: Option<Date>,
    /// The day that was agreed for the next one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_on: Option<Date>,
}

impl Default for Review {
    fn default() -> Self {
        Self { cadence_days: 90, last_review_on: None, next_on: None }
    }
}

/// A customer account. Absent values are `None`; an erased personal value is present without its value.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Account {
    /// Which account, and the subject of its own personal values.
    pub id: AccountId,
    /// The number people use, `C-000123`; never changes.
    pub account_number: String,
    /// Where it stands in its life.
    pub stage: Stage,
    /// When it was created; `None` before that.
    pub created_at: Option<Timestamp>,
    /// When it was changed last.
    pub updated_at: Option<Timestamp>,
    /// The name people use, 1 to 255 characters.
    pub name: String,
    /// The name in the register.
    pub legal_name: Option<String>,
    /// Legal form.
    pub legal_form: Option<String>,
    /// E-mail address as entered; matched by [`crate::value::email_key`].
    pub email: Personal<String>,
    /// Telephone number.
    pub phone: Option<Personal<Phone>>,
    /// Web address.
    pub website: Option<String>,
    /// Domain name, in lower case.
    pub domain: Option<String>,
    /// Where bills go by e-mail.
    pub billing_email: Option<Personal<String>>,
    /// The legal entity that owns the customer.
    pub owning_entity: EntityCode,
    /// What kind of customer.
    pub customer_type: CustomerType,
    /// How well it is served.
    pub tier: Tier,
    /// The currency it trades in; the entity's by default.
    pub currency: Option<Currency>,
    /// How much it may owe; `None` is not set, zero is prepaid.
    pub credit_limit: Option<Money>,
    /// How much it may owe all legal entities together.
    pub group_credit_limit: Option<Money>,
    /// Code of its payment terms.
    pub payment_terms: Option<String>,
    /// Code of its taxation.
    pub tax_code: Option<String>,
    /// Revenue account in the books.
    pub default_revenue_account: Option<String>,
    /// Tax number; unique among accounts.
    pub tax_id: Option<TaxId>,
    /// Other identifiers; those of other systems are unique among accounts.
    pub identifiers: Vec<Identifier>,
    /// What else the company is to us.
    pub party_roles: Vec<PartyRole>,
    /// NAICS code or words.
    pub industry: Option<String>,
    /// How many people work there.
    pub employees: Option<u32>,
    /// What it turns over in a year.
    pub annual_revenue: Option<Money>,
    /// Language, BCP 47.
    pub language: Option<String>,
    /// Zone, an IANA name.
    pub timezone: Option<String>,
    /// Who answers for it.
    pub account_manager: Option<UserId>,
    /// Who sells to it.
    pub sales_rep: Option<UserId>,
    /// Which team looks after it.
    pub team: Option<String>,
    /// Contact persons.
    pub contacts: Vec<Contact>,
    /// Addresses.
    pub addresses: Vec<Address>,
    /// Preferred lanes.
    pub lanes: Vec<Lane>,
    /// Equipment it needs, for example `reefer`.
    pub equipment: Vec<String>,
    /// How it wants to be written to: a JSON object, sealed under the account.
    pub communication_prefs: Option<Personal<Value>>,
    /// How it wants to be served: a JSON object, sealed under the account.
    pub service_preferences: Option<Personal<Value>>,
    /// Agreements.
    pub agreements: Vec<Agreement>,
    /// Its own prices.
    pub pricing: Vec<PriceTier>,
    /// How it is taxed where.
    pub tax_profiles: Vec<TaxProfile>,
    /// Code of the price list that it buys from.
    pub price_list: Option<String>,
    /// Code of the price group that it is in.
    pub price_group: Option<String>,
    /// How often it is reviewed.
    pub review: Review,
    /// Standing remarks.
    pub notes: Option<Personal<String>>,
    /// The note that was added last; notes are documents of their own.
    pub last_note: Option<NoteId>,
    /// The organisation's own fields: a JSON object, sealed under the account.
    pub metadata: Option<Personal<Value>>,
    /// Tags, sorted.
    pub tags: Vec<String>,
    /// Where it belongs in the organisation's own order.
    pub dimensions: Vec<Dimension>,
    /// Values of the custom fields.
    pub custom: BTreeMap<String, CustomValue>,
    /// What legal entities have otherwise; only those that have something.
    pub overrides: BTreeMap<EntityCode, Overrides>,
    /// Know your business.
    pub kyb: Kyb,
    /// Since when it stands there; since its creation when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage_since: Option<Timestamp>,
    /// What stands in its way.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub holds: Vec<Hold>,
    /// Why an eye is kept on it, if one is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub watch: Option<Watch>,
    /// Accounts that were merged into it and not taken out again.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub merged: Vec<Merge>,
    /// The account into which it was merged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<MergedInto>,
    /// Its parents over time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parents: Vec<Parent>,
    /// How it is related to others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub relationships: Vec<Relationship>,
    /// When it was deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Timestamp>,
    /// Of a deleted account: whose keys are to be destroyed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub erased_subjects: Vec<String>,
}

/// The account number that people use: `C-` and at least six digits.
#[must_use]
pub fn account_number(number: u64) -> String {
    format!("C-{number:06}")
}

impl Account {
    /// Whether it was created.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.created_at.is_some()
    }

    /// The contact to turn to.
    #[must_use]
    pub fn primary_contact(&self) -> Option<&Contact> {
        self.contacts.iter().find(|contact| contact.is_primary)
    }

    /// The master record's address of a kind: the default, else the only one; several without a default are none.
    #[must_use]
    pub fn address(&self, kind: AddressKind) -> Option<&Address> {
        self.address_for(kind, None)
    }

    /// The address of a kind, of the master record or as a legal entity has it: the entity's default, else the master's, else
    /// the only one; never guessed among several (D§1.3).
    #[must_use]
    pub fn address_for(&self, kind: AddressKind, entity: Option<&EntityCode>) -> Option<&Address> {
        let hidden = entity.and_then(|entity| self.overrides.get(entity)?.addresses.as_ref());
        let seen = |row: &&Address| match &row.entity {
            Some(owner) => entity == Some(owner),
            None => {
                hidden.is_none_or(|hidden| hidden.value().is_some_and(|set| !set.suppress.contains(&row.id)))
            }
        };
        let of_kind = || self.addresses.iter().filter(seen).filter(|row| row.kinds.contains(&kind));
        let default = |own: bool| of_kind().find(|row| row.is_default && row.entity.is_some() == own);
        default(true).or_else(|| default(false)).or_else(|| {
            let mut rows = of_kind();
            rows.next().filter(|_| rows.next().is_none())
        })
    }

    /// The day on which the next review is due: the one agreed, or counted from the last one or from the creation (UTC).
    #[must_use]
    pub fn review_due_on(&self) -> Option<Date> {
        if self.review.next_on.is_some() {
            return self.review.next_on;
        }
        let created = self.created_at.map(|at| at.to_zoned(jiff::tz::TimeZone::UTC).date());
        let from = self.review.last_review_on.or(created)?;
        from.checked_add(Span::new().days(i64::from(self.review.cadence_days))).ok()
    }

    /// The fields that an active customer must have and this one lacks (S0.05): company details, a primary
    /// contact, a billing address, payment terms, somebody who answers for it.
    #[must_use]
    pub fn missing_fields(&self) -> Vec<&'static str> {
        let checks = [
            (self.name.is_empty(), "name"),
            (self.email.get().is_none(), "email"),
            (self.legal_name.is_none(), "legal_name"),
            (self.primary_contact().is_none(), "primary_contact"),
            (self.address(AddressKind::Billing).is_none(), "addresses"),
            (self.payment_terms.is_none(), "payment_terms"),
            (self.account_manager.is_none() && self.sales_rep.is_none(), "account_manager"),
        ];
        checks.into_iter().filter_map(|(missing, field)| missing.then_some(field)).collect()
    }

    /// Whether a user answers for the account or sells to it: they may not approve its credit (D§5.2).
    #[must_use]
    pub fn is_served_by(&self, user: UserId) -> bool {
        self.account_manager == Some(user) || self.sales_rep == Some(user)
    }
}
