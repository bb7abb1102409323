//! Child rows of an account: given whole when it is created, by `action` when it is edited.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::account::{member, patch};

/// A tax identifier.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct TaxIdInput {
    /// Kind, for example `vat` or `ein`.
    pub kind: Option<String>,
    /// Value as printed.
    pub value: String,
    /// ISO 3166-1 alpha-2 country.
    pub country: Option<String>,
}

/// An identifier that someone else gave the account.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct IdentifierInput {
    /// `vat`, `lei`, `duns` … or `external:<system>`.
    pub kind: String,
    /// Value.
    pub value: String,
    /// Who gave it.
    pub issuer: Option<String>,
    /// First day on which it is valid, ISO date.
    pub valid_from: Option<String>,
    /// Last day on which it is valid, ISO date.
    pub valid_to: Option<String>,
    /// Somebody checked it with its issuer.
    pub verified: Option<bool>,
}

/// An identifier to add or to delete.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct IdentifierPatch {
    /// `add` or `delete`.
    pub action: ChildAction,
    /// `vat`, `lei`, `duns` … or `external:<system>`.
    pub kind: String,
    /// Value.
    pub value: String,
    /// Who gave it.
    pub issuer: Option<String>,
    /// First day on which it is valid, ISO date.
    pub valid_from: Option<String>,
    /// Last day on which it is valid, ISO date.
    pub valid_to: Option<String>,
    /// Somebody checked it with its issuer.
    pub verified: Option<bool>,
}

/// Where the account belongs in the organisation's own order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct DimensionInput {
    /// Kind, for example `department`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Code of the value, for example `SALES`.
    pub value: String,
    /// The legal entity that alone has it; absent for the master record.
    pub entity: Option<String>,
}

/// A dimension to set (`add`) or to take away (`delete`), named by type and entity.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct DimensionPatch {
    /// `add` or `delete`.
    pub action: ChildAction,
    /// Kind, for example `department`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Code of the value; a new one takes the place of the old one.
    pub value: Option<String>,
    /// The legal entity that alone has it; absent for the master record.
    pub entity: Option<String>,
}

macro_rules! child {
    ($input:ident, $patch:ident, $about:literal, required { $($(#[$rdoc:meta])* $rname:ident: $rtype:ty,)* }
     optional { $($(#[$doc:meta])* $name:ident: $type:ty,)* }) => {
        #[doc = $about]
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        #[schemars(deny_unknown_fields)]
        pub struct $input {
            $($(#[$rdoc])* pub $rname: $rtype,)*
            $($(#[$doc])* pub $name: Option<$type>,)*
        }

        patch! {
            #[doc = $about]
            ///
            /// By `action`; absent members stay as they are.
            $patch head {
                /// What to do with the row.
                action: ChildAction,
                /// Which row, to update or delete it.
                id: Option<String>,
            } { $($(#[$rdoc])* $rname: $rtype,)* $($(#[$doc])* $name: $type,)* } rows {}
        }
    };
}

pub(crate) use child;

child! { ContactInput, ContactPatch, "A contact person.", required {
    /// Full name.
    name: String,
} optional {
    /// Title.
    title: String,
    /// Role at the customer, for example `decision_maker`.
    role: String,
    /// E-mail addresses.
    emails: Vec<String>,
    /// Phone numbers.
    phones: Vec<String>,
    /// The one to call first.
    is_primary: bool,
    /// `active`, `left` or `bounced`.
    status: String,
    /// BCP 47 language.
    language: String,
    /// Asked not to be written to.
    opted_out: bool,
    /// The legal entities that see the person; empty for all.
    entity_visibility: Vec<String>,
} }

child! { AddressInput, AddressPatch, "An address.", required {
    /// ISO 3166-1 alpha-2 country.
    country: String,
} optional {
    /// What it serves: `billing`, `shipping`, `registered`, `remit_to`, `pickup`, `delivery`.
    kinds: Vec<String>,
    /// Street lines, four at most.
    lines: Vec<String>,
    /// City.
    city: String,
    /// ISO 3166-2 subdivision.
    state_province: String,
    /// Postal code.
    postal_code: String,
    /// Default for its kinds.
    is_default: bool,
    /// The legal entity that alone has it; absent for all.
    entity: String,
    /// UN/LOCODE of the place, for example `USCHI`.
    un_locode: String,
    /// Global location number, with its check digit.
    gln: String,
    /// When goods are taken in.
    dock_hours: String,
    /// A delivery needs an appointment.
    appointment_required: bool,
    /// First day on which it is valid, ISO date.
    valid_from: String,
    /// Last day on which it is valid, ISO date.
    valid_to: String,
    /// `unverified`, `verified`, `corrected` or `undeliverable`.
    verification: String,
} }

child! { LaneInput, LanePatch, "A preferred lane.", required {
    /// Where it starts: `US.60607`, `US.752`, `US-IL`, `USCHI`, `US`, `facility:DC 7`, `*`; or `{level, value}`.
    origin: String,
    /// Where it ends, in the same forms.
    destination: String,
} optional {
    /// Mode, for example `TL`.
    mode: String,
    /// Equipment, for example `R`.
    equipment: String,
    /// Level of service.
    service_level: String,
    /// Carriers that the customer wants, by SCAC.
    carriers_preferred: Vec<String>,
    /// Carriers that it does not want, by SCAC.
    carriers_blocked: Vec<String>,
    /// Days on the way that it expects.
    transit_days_target: u32,
    /// Shipments in a week.
    volume_per_week: u32,
    /// Least temperature, °C.
    temp_min: i32,
    /// Greatest temperature, °C.
    temp_max: i32,
    /// Dangerous goods.
    hazmat: bool,
    /// Services besides, for example `liftgate`.
    accessorials: Vec<String>,
    /// The rate that was agreed.
    rate_ref: String,
    /// Greater ones go first.
    priority: i32,
    /// First day, ISO date.
    valid_from: String,
    /// Last day, ISO date.
    valid_to: String,
} }

child! { AgreementInput, AgreementPatch, "An agreement in short.", required {
    /// Its number.
    number: String,
    /// `msa`, `rate_agreement`, `sla`, `nda`, `dpa`, `credit_application`, `guarantee`.
    kind: String,
} optional {
    /// Title.
    title: String,
    /// First day, ISO date.
    starts_on: String,
    /// Last day, ISO date.
    ends_on: String,
} }

/// What to do with one child row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChildAction {
    /// A new row; its id is made here.
    #[default]
    Add,
    /// Some members of a row.
    Update,
    /// The row goes.
    Delete,
}
