//! Creating and editing an account.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::child::{
    AddressInput, AddressPatch, AgreementInput, AgreementPatch, ContactInput, ContactPatch, DimensionInput,
    DimensionPatch, IdentifierInput, IdentifierPatch, LaneInput, LanePatch, TaxIdInput,
};
use super::price::{PriceTierInput, PriceTierPatch};
use super::tax::{TaxProfileInput, TaxProfilePatch};
use crate::view::MoneyView;

/// How often an account is reviewed with the customer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct ReviewInput {
    /// Days between reviews; 90 when absent.
    pub cadence_days: Option<u32>,
}

/// `POST /api/v1/accounts`. Required: name, email, `owning_entity`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct AccountCreate {
    /// Display name, 1 to 255 characters.
    pub name: String,
    /// E-mail (RFC 5322), at most 254 characters.
    pub email: String,
    /// Code of the legal entity that owns the account.
    pub owning_entity: String,
    /// It is another customer, though it looks like one on record.
    #[serde(default)]
    pub accept_duplicates: bool,
    /// Registered name.
    pub legal_name: Option<String>,
    /// Legal form.
    pub legal_form: Option<String>,
    /// Phone, E.164 or with a country to read it by.
    pub phone: Option<String>,
    /// Web address.
    pub website: Option<String>,
    /// Domain.
    pub domain: Option<String>,
    /// Where invoices go.
    pub billing_email: Option<String>,
    /// `retail`, `wholesale`, `distributor`, `enterprise`, `government`, `nonprofit`, `other`.
    pub customer_type: Option<String>,
    /// `standard`, `preferred`, `premium`, `strategic`.
    pub tier: Option<String>,
    /// `prospect` when absent; `active` takes over an existing customer.
    pub stage: Option<String>,
    /// ISO 4217 code.
    pub currency: Option<String>,
    /// The most that may be outstanding; 0 or more.
    pub credit_limit: Option<MoneyView>,
    /// The most that may be outstanding with all legal entities together; 0 or more.
    pub group_credit_limit: Option<MoneyView>,
    /// Code of the payment terms, for example `NET30`.
    pub payment_terms: Option<String>,
    /// Tax code.
    pub tax_code: Option<String>,
    /// Default revenue account.
    pub default_revenue_account: Option<String>,
    /// Tax identifier, unique among accounts.
    pub tax_id: Option<TaxIdInput>,
    /// Identifiers that others gave it, for example `external:erp`.
    #[serde(default)]
    pub identifiers: Vec<IdentifierInput>,
    /// `customer`, `vendor`, `partner`, `dealer`, `end_customer`, `competitor`, `carrier`.
    #[serde(default)]
    pub party_roles: Vec<String>,
    /// Industry: NAICS code or words.
    pub industry: Option<String>,
    /// Number of employees.
    pub employees: Option<u64>,
    /// Yearly revenue of the customer's own business.
    pub annual_revenue: Option<MoneyView>,
    /// BCP 47 language.
    pub language: Option<String>,
    /// IANA time zone.
    pub timezone: Option<String>,
    /// `usr_…` of the account manager.
    pub account_manager: Option<String>,
    /// `usr_…` of the sales representative.
    pub sales_rep: Option<String>,
    /// Team.
    pub team: Option<String>,
    /// Contact persons.
    #[serde(default)]
    pub contacts: Vec<ContactInput>,
    /// Addresses.
    #[serde(default)]
    pub addresses: Vec<AddressInput>,
    /// Preferred lanes.
    #[serde(default)]
    pub lanes: Vec<LaneInput>,
    /// Equipment the customer needs.
    #[serde(default)]
    pub equipment: Vec<String>,
    /// How the customer wants to be spoken to: any JSON object.
    #[serde(default)]
    pub communication_prefs: Map<String, Value>,
    /// What the customer prefers in service: any JSON object.
    #[serde(default)]
    pub service_preferences: Map<String, Value>,
    /// Agreements in short.
    #[serde(default)]
    pub agreements: Vec<AgreementInput>,
    /// Its own prices.
    #[serde(default)]
    pub pricing: Vec<PriceTierInput>,
    /// How it is taxed where.
    #[serde(default)]
    pub tax_profiles: Vec<TaxProfileInput>,
    /// Code of the price list that it buys from.
    pub price_list: Option<String>,
    /// Code of the price group that it is in.
    pub price_group: Option<String>,
    /// How often the account is reviewed.
    pub review: Option<ReviewInput>,
    /// Free text, at most 64 KiB.
    pub notes: Option<String>,
    /// Any JSON object, at most 64 KiB and 8 levels.
    #[serde(default)]
    pub metadata: Map<String, Value>,
    /// Tags.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Where it belongs in the organisation's own order: one value of each kind.
    #[serde(default)]
    pub dimensions: Vec<DimensionInput>,
    /// Values of the custom fields, by name.
    #[serde(default)]
    pub custom: Map<String, Value>,
    /// What legal entities have otherwise: by entity, then field, `{"mode":"value","value":…}` or `{"mode":"blank"}`.
    #[serde(default)]
    pub overrides: Map<String, Value>,
    /// Why it is asked.
    pub reason: Option<String>,
}

/// Tells an absent member (unchanged) from null (clear).
pub(crate) fn member<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(deserializer).map(Some)
}

macro_rules! patch {
    ($(#[$top:meta])* $name:ident $(head { $($(#[$hdoc:meta])* $head:ident: $htype:ty,)* })? {
        $($(#[$doc:meta])* $field:ident: $type:ty,)*
    } rows { $($(#[$row_doc:meta])* $row:ident: $row_type:ty,)* }) => {
        $(#[$top])*
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        #[schemars(deny_unknown_fields)]
        pub struct $name {
            $($($(#[$hdoc])* pub $head: $htype,)*)?
            $($(#[$doc])*
            #[serde(default, deserialize_with = "member", skip_serializing_if = "Option::is_none")]
            pub $field: Option<Option<$type>>,)*
            $($(#[$row_doc])*
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            pub $row: Vec<$row_type>,)*
        }
    };
}
pub(crate) use patch;

patch! {
    /// `PATCH /api/v1/accounts/{id}`: a merge patch (RFC 7396). Absent means unchanged, null clears; child rows
    /// carry `action`.
    AccountPatch {
        /// Display name.
        name: String,
        /// E-mail.
        email: String,
        /// Registered name.
        legal_name: String,
        /// Legal form.
        legal_form: String,
        /// Phone.
        phone: String,
        /// Web address.
        website: String,
        /// Domain.
        domain: String,
        /// Where invoices go.
        billing_email: String,
        /// Customer type.
        customer_type: String,
        /// Tier.
        tier: String,
        /// ISO 4217 code.
        currency: String,
        /// Credit limit.
        credit_limit: MoneyView,
        /// Credit limit of all legal entities together.
        group_credit_limit: MoneyView,
        /// Payment terms.
        payment_terms: String,
        /// Tax code.
        tax_code: String,
        /// Default revenue account.
        default_revenue_account: String,
        /// Tax identifier.
        tax_id: TaxIdInput,
        /// Roles of the party, the whole list.
        party_roles: Vec<String>,
        /// Industry.
        industry: String,
        /// Employees.
        employees: u64,
        /// Yearly revenue.
        annual_revenue: MoneyView,
        /// Language.
        language: String,
        /// Time zone.
        timezone: String,
        /// Account manager.
        account_manager: String,
        /// Sales representative.
        sales_rep: String,
        /// Team.
        team: String,
        /// Price list.
        price_list: String,
        /// Price group.
        price_group: String,
        /// Equipment, the whole list.
        equipment: Vec<String>,
        /// How the customer wants to be spoken to: members are merged, null takes one away.
        communication_prefs: Map<String, Value>,
        /// Service preferences: members are merged, null takes one away.
        service_preferences: Map<String, Value>,
        /// How often the account is reviewed.
        review: ReviewInput,
        /// Free text.
        notes: String,
        /// Metadata: members are merged, null takes one away.
        metadata: Map<String, Value>,
        /// Tags, the whole list.
        tags: Vec<String>,
        /// Custom fields: null takes one away.
        custom: Map<String, Value>,
        /// What legal entities have otherwise: null inherits again, a field or a whole entity.
        overrides: Map<String, Value>,
        /// Why it is asked.
        reason: String,
    } rows {
        /// Identifiers to add or delete, named by kind and value.
        identifiers: IdentifierPatch,
        /// Dimensions to set or take away, named by type and entity.
        dimensions: DimensionPatch,
        /// Contacts to add, update or delete.
        contacts: ContactPatch,
        /// Addresses to add, update or delete.
        addresses: AddressPatch,
        /// Lanes to add, update or delete.
        lanes: LanePatch,
        /// Agreements to add, update or delete.
        agreements: AgreementPatch,
        /// Prices to add, update or delete.
        pricing: PriceTierPatch,
        /// Tax profiles to add, update or delete.
        tax_profiles: TaxProfilePatch,
    }
}
