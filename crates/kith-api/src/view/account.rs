//! The account as the faces show it.

use kith_domain::value::Money;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{AccountRef, HoldView, MergedView, PriceTierView, TaxProfileView, WatchView};

/// An amount and its currency, the amount as exact decimal text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(example = serde_json::json!({"amount": "1250.00", "currency": "USD"}))]
pub struct MoneyView {
    /// Decimal text, for example `100000.00`.
    pub amount: String,
    /// ISO 4217 code.
    pub currency: String,
}

impl MoneyView {
    /// The money that is meant.
    ///
    /// # Errors
    /// What is wrong with it, and what was expected: a phrase for people.
    pub fn read(&self) -> Result<Money, String> {
        let wanted = r#"expected for example {"amount": "1250.00", "currency": "USD"}"#;
        let currency = self.currency.trim().to_ascii_uppercase();
        let currency = currency
            .parse()
            .map_err(|_| format!("{:?} is no currency code of ISO 4217; {wanted}", self.currency))?;
        Money::parse(self.amount.trim(), currency)
            .map_err(|error| format!("{:?} is no amount of {currency}: {error}; {wanted}", self.amount))
    }
}

impl From<Money> for MoneyView {
    fn from(money: Money) -> Self {
        Self { amount: money.amount(), currency: money.currency.code().to_owned() }
    }
}

/// A tax identifier.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TaxIdView {
    /// Kind, for example `vat` or `ein`.
    pub kind: Option<String>,
    /// Normalised value.
    pub value: String,
    /// ISO 3166-1 alpha-2 country.
    pub country: Option<String>,
}

/// An identifier that someone else gave the account, for example `external:erp`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IdentifierView {
    /// `vat`, `ein`, `lei`, `duns`, `gln`, `company_reg`, `scac` … or `external:<system>`.
    pub kind: String,
    /// Normalised value.
    pub value: String,
    /// Who gave it.
    pub issuer: Option<String>,
    /// First day on which it is valid.
    pub valid_from: Option<String>,
    /// Last day on which it is valid.
    pub valid_to: Option<String>,
    /// Somebody checked it with its issuer.
    pub verified: bool,
}

/// Where the account belongs in the organisation's own order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DimensionView {
    /// Kind, for example `department`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Code of the value, for example `SALES`.
    pub value: String,
    /// The legal entity that alone has it; null for the master record.
    pub entity: Option<String>,
}

/// A contact person. Members are null where the person's data was erased or may not be seen.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ContactView {
    /// `con_…`.
    pub id: String,
    /// Full name.
    pub name: Option<String>,
    /// Title, for example `Head of logistics`.
    pub title: Option<String>,
    /// Role at the customer, for example `decision_maker`.
    pub role: String,
    /// E-mail addresses.
    pub emails: Vec<String>,
    /// Phone numbers.
    pub phones: Vec<String>,
    /// The one to call first.
    pub is_primary: bool,
    /// `active`, `left` or `bounced`.
    pub status: String,
    /// BCP 47 language.
    pub language: Option<String>,
    /// Asked not to be written to.
    pub opted_out: bool,
    /// The legal entities that see the person; empty for all.
    pub entity_visibility: Vec<String>,
}

/// An address.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AddressView {
    /// `adr_…`.
    pub id: String,
    /// What it serves: `billing`, `shipping`, `registered` …
    pub kinds: Vec<String>,
    /// Street lines.
    pub lines: Vec<String>,
    /// City.
    pub city: Option<String>,
    /// ISO 3166-2 subdivision.
    pub state_province: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// ISO 3166-1 alpha-2 country.
    pub country: String,
    /// Default for its kinds.
    pub is_default: bool,
    /// The legal entity that alone has it; null for all.
    pub entity: Option<String>,
    /// UN/LOCODE of the place.
    pub un_locode: Option<String>,
    /// Global location number.
    pub gln: Option<String>,
    /// When goods are taken in.
    pub dock_hours: Option<String>,
    /// A delivery needs an appointment.
    pub appointment_required: bool,
    /// First day on which it is valid.
    pub valid_from: Option<String>,
    /// Last day on which it is valid.
    pub valid_to: Option<String>,
    /// `unverified`, `verified`, `corrected` or `undeliverable`.
    pub verification: String,
}

/// A preferred lane.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LaneView {
    /// `lan_…`.
    pub id: String,
    /// Where it starts.
    pub origin: String,
    /// Where it ends.
    pub destination: String,
    /// Mode, for example `TL`.
    pub mode: Option<String>,
    /// Equipment, for example `R`.
    pub equipment: Option<String>,
    /// `facility`, `postal5`, `postal3`, `city`, `region`, `country`, `any`.
    #[serde(default)]
    pub origin_level: String,
    /// The same of the other end.
    #[serde(default)]
    pub destination_level: String,
    /// `<origin>-<destination>-<mode>-<equipment>`.
    #[serde(default)]
    pub lane_key: String,
    /// The lane that figures are gathered under.
    #[serde(default)]
    pub analytics_lane: String,
    /// Level of service.
    #[serde(default)]
    pub service_level: Option<String>,
    /// Carriers that the customer wants, by SCAC.
    #[serde(default)]
    pub carriers_preferred: Vec<String>,
    /// Carriers that it does not want, by SCAC.
    #[serde(default)]
    pub carriers_blocked: Vec<String>,
    /// Days on the way that it expects.
    #[serde(default)]
    pub transit_days_target: Option<u32>,
    /// Shipments in a week.
    #[serde(default)]
    pub volume_per_week: Option<u32>,
    /// Least temperature, °C.
    #[serde(default)]
    pub temp_min: Option<i32>,
    /// Greatest temperature, °C.
    #[serde(default)]
    pub temp_max: Option<i32>,
    /// Dangerous goods.
    #[serde(default)]
    pub hazmat: bool,
    /// Services besides.
    #[serde(default)]
    pub accessorials: Vec<String>,
    /// The rate that was agreed.
    #[serde(default)]
    pub rate_ref: Option<String>,
    /// Greater ones go first.
    #[serde(default)]
    pub priority: i32,
    /// First day.
    #[serde(default)]
    pub valid_from: Option<String>,
    /// Last day.
    #[serde(default)]
    pub valid_to: Option<String>,
}

/// An agreement in short.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AgreementView {
    /// `agr_…`.
    pub id: String,
    /// Its number.
    pub number: String,
    /// `msa`, `rate_agreement`, `sla` …
    pub kind: String,
    /// Title.
    pub title: Option<String>,
    /// First day.
    pub starts_on: Option<String>,
    /// Last day.
    pub ends_on: Option<String>,
}

/// The review that the account manager owes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReviewView {
    /// Days between reviews.
    pub cadence_days: u32,
    /// Day of the last one.
    pub last_review_on: Option<String>,
    /// Day the next one is due.
    pub next_review_on: Option<String>,
    /// The due day has passed.
    pub overdue: bool,
}

/// A note.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NoteView {
    /// `not_…`.
    pub id: String,
    /// What it says; null after erasure.
    pub text: Option<String>,
    /// Who wrote it.
    pub by: Option<String>,
    /// Their name.
    #[serde(default)]
    pub by_name: Option<String>,
    /// When.
    pub at: String,
}

/// The account on record.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AccountView {
    /// `acc_…`.
    pub id: String,
    /// Number for people, for example `C-000123`.
    pub account_number: String,
    /// Grows by one with each applied change; also the `ETag` (`"v12"`).
    pub version: u64,
    /// Display name.
    pub name: String,
    /// Registered name.
    pub legal_name: Option<String>,
    /// Legal form.
    pub legal_form: Option<String>,
    /// E-mail; null when erased or masked.
    pub email: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// Web address.
    pub website: Option<String>,
    /// Domain.
    pub domain: Option<String>,
    /// Where invoices go.
    pub billing_email: Option<String>,
    /// Code of the legal entity that owns the account.
    pub owning_entity: String,
    /// `retail`, `wholesale`, `distributor`, `enterprise`, `government`, `nonprofit`, `other`.
    pub customer_type: String,
    /// `standard`, `preferred`, `premium`, `strategic`.
    pub tier: String,
    /// Stage of its life.
    pub stage: String,
    /// Stage, holds and watch in one word, the gravest first: `erased`, `closed`, `rejected`, `inactive`, `suspended`,
    /// `credit_hold`, `watch`, `probation`, `active`, `onboarding`, `prospect`.
    pub status: String,
    /// What stands in its way, and what would change that.
    #[serde(default)]
    pub holds: Vec<HoldView>,
    /// Why an eye is kept on it.
    #[serde(default)]
    pub watch: Option<WatchView>,
    /// ISO 4217 code.
    pub currency: Option<String>,
    /// The most that may be outstanding.
    pub credit_limit: Option<MoneyView>,
    /// The most that may be outstanding with all legal entities together.
    pub group_credit_limit: Option<MoneyView>,
    /// Code of the payment terms, for example `NET30`.
    pub payment_terms: Option<String>,
    /// Tax code.
    pub tax_code: Option<String>,
    /// Default revenue account.
    pub default_revenue_account: Option<String>,
    /// Tax identifier.
    pub tax_id: Option<TaxIdView>,
    /// Identifiers that others gave it.
    pub identifiers: Vec<IdentifierView>,
    /// Roles of the party: `customer`, `vendor`, `partner` …
    pub party_roles: Vec<String>,
    /// Industry.
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
    /// Name of the account manager.
    pub account_manager_name: Option<String>,
    /// `usr_…` of the sales representative.
    pub sales_rep: Option<String>,
    /// Team.
    pub team: Option<String>,
    /// Contact persons.
    pub contacts: Vec<ContactView>,
    /// Addresses.
    pub addresses: Vec<AddressView>,
    /// Preferred lanes.
    pub lanes: Vec<LaneView>,
    /// Equipment the customer needs.
    pub equipment: Vec<String>,
    /// How the customer wants to be spoken to.
    pub communication_prefs: Map<String, Value>,
    /// What the customer prefers in service.
    pub service_preferences: Map<String, Value>,
    /// Agreements.
    pub agreements: Vec<AgreementView>,
    /// Its own prices.
    pub pricing: Vec<PriceTierView>,
    /// How it is taxed where.
    pub tax_profiles: Vec<TaxProfileView>,
    /// Code of the price list that it buys from.
    pub price_list: Option<String>,
    /// Code of the price group that it is in.
    pub price_group: Option<String>,
    /// The review owed.
    pub review: ReviewView,
    /// Fields that an active customer must have and this one has not.
    pub missing_fields: Vec<String>,
    /// Free text.
    pub notes: Option<String>,
    /// Notes in order of time, newest first.
    pub note_log: Vec<NoteView>,
    /// Any JSON.
    pub metadata: Map<String, Value>,
    /// Tags.
    pub tags: Vec<String>,
    /// Where it belongs in the organisation's own order.
    pub dimensions: Vec<DimensionView>,
    /// Values of the custom fields.
    pub custom: Map<String, Value>,
    /// What legal entities have otherwise: by entity, then field, `{mode, value}`.
    pub overrides: Map<String, Value>,
    /// Since when it stands in its stage; since its creation when absent.
    #[serde(default)]
    pub stage_since: Option<String>,
    /// `acc_…` of the account into which it was merged.
    #[serde(default)]
    pub merged_into: Option<String>,
    /// The accounts that were merged into it.
    #[serde(default)]
    pub merged: Vec<MergedView>,
    /// The account that it belongs to today.
    #[serde(default)]
    pub parent: Option<AccountRef>,
    /// When the account was opened here.
    pub created_at: String,
    /// When it last changed.
    pub updated_at: String,
}
