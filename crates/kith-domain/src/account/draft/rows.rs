//! Rows and compound values as they were given.

use serde::{Deserialize, Serialize};

use crate::members::Members;
use crate::refusal::FieldFault;
use crate::value::Personal;
use crate::value::patch::{self, Patched};

/// What happens to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowAction {
    /// It is new.
    Add,
    /// It changes.
    Update,
    /// It goes.
    Delete,
}

/// A row as given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RowDraft<I, T> {
    /// What happens to it.
    pub action: RowAction,
    /// Which row; for a new one the id made for it.
    pub id: I,
    /// Its place in the list of the request, for the faults.
    pub at: usize,
    /// Its members; nothing for a row that goes.
    pub row: T,
}

/// Money as given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoneyDraft {
    /// Decimal text.
    pub amount: String,
    /// Currency code; `None` for the account's currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
}

impl MoneyDraft {
    /// Reads `{"amount":"100.00","currency":"USD"}`, or a decimal text in the account's currency.
    pub(super) fn read(
        name: &'static str,
        members: &mut Members<'_>,
        faults: &mut Vec<FieldFault>,
    ) -> Patched<Self> {
        let place = members.place(name);
        let Some(value) = members.get(name)? else { return Some(None) };
        if let Some(amount) = value.as_str() {
            return Some(Some(Self { amount: amount.to_owned(), currency: None }));
        }
        let before = faults.len();
        let mut money = Members::open(value, &place, faults)?;
        let amount = money.text("amount", faults).flatten();
        let currency = money.text("currency", faults).flatten();
        money.close(faults);
        if amount.is_none() && faults.len() == before {
            faults.push(FieldFault::new(format!("{place}/amount"), "required", "the amount is missing"));
        }
        (faults.len() == before).then(|| Some(Self { amount: amount.unwrap_or_default(), currency }))
    }
}

/// Tax number as given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TaxIdDraft {
    /// Kind of identifier.
    pub kind: Option<String>,
    /// The number.
    pub value: String,
    /// Country code.
    pub country: Option<String>,
}

/// Identifier as given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct IdentifierDraft {
    /// Kind of identifier.
    pub kind: String,
    /// The value.
    pub value: String,
    /// Who issued it.
    pub issuer: Option<String>,
    /// First day.
    pub valid_from: Option<String>,
    /// Last day.
    pub valid_to: Option<String>,
    /// Whether somebody checked it with its issuer.
    pub verified: bool,
}

/// Dimension as given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DimensionDraft {
    /// Kind of dimension.
    pub kind: String,
    /// Code of the value.
    pub value: String,
    /// The legal entity that alone has it.
    pub entity: Option<String>,
}

/// Role of the company as given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PartyRoleDraft {
    /// Which role.
    pub role: String,
    /// First day.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
    /// A word of the organisation's own.
    pub status: Option<String>,
}

macro_rules! row {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct $name {
            $(#[doc = concat!("`", stringify!($field), "` as given.")]
              #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
              pub $field: Patched<$type>,)*
        }
    };
}

row! {
    /// Contact person as given; personal values are sealed under the contact.
    ContactDraft {
        name: Personal<String>,
        title: Personal<String>,
        role: String,
        emails: Vec<Personal<String>>,
        phones: Vec<Personal<String>>,
        language: String,
        is_primary: bool,
        status: String,
        opted_out: bool,
        entity_visibility: Vec<String>,
    }
}

row! {
    /// Address as given; the lines are sealed under the account.
    AddressDraft {
        kinds: Vec<String>,
        lines: Personal<Vec<String>>,
        city: String,
        state_province: String,
        postal_code: String,
        country: String,
        is_default: bool,
        entity: String,
        un_locode: String,
        gln: String,
        dock_hours: String,
        appointment_required: bool,
        valid_from: String,
        valid_to: String,
        verification: String,
    }
}

row! {
    /// Lane as given.
    LaneDraft {
        origin: String,
        origin_level: String,
        destination: String,
        destination_level: String,
        mode: String,
        equipment: String,
        service_level: String,
        carriers_preferred: Vec<String>,
        carriers_blocked: Vec<String>,
        transit_days_target: i64,
        volume_per_week: i64,
        temp_min: i64,
        temp_max: i64,
        hazmat: bool,
        accessorials: Vec<String>,
        rate_ref: String,
        priority: i64,
        valid_from: String,
        valid_to: String,
    }
}

row! {
    /// Agreement as given.
    AgreementDraft {
        number: String,
        kind: String,
        title: String,
        starts_on: String,
        ends_on: String,
    }
}
