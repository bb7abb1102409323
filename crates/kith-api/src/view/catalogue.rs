//! The codes that the organisation works with, and the fields that it added to accounts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One part of what is owed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct InstallmentView {
    /// Percent of the whole, decimal text.
    pub percent: String,
    /// Days after the baseline.
    pub days: u32,
}

/// When what is owed is due.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct TermsView {
    /// The day from which days are counted: `invoice_date`, `receipt_date`, `delivery_date` or `eom`.
    pub baseline: Option<String>,
    /// Days until it is due.
    pub net_days: Option<u32>,
    /// Percent off for paying early, decimal text.
    pub discount_pct: Option<String>,
    /// Days in which that holds.
    pub discount_days: Option<u32>,
    /// The day of a month on which it is due.
    pub day_of_month: Option<u32>,
    /// Which month, counted from the baseline's.
    pub months_ahead: Option<u32>,
    /// Parts, each due on its own day.
    pub installments: Vec<InstallmentView>,
    /// Where a due day goes that is no business day: `none`, `next` or `previous`.
    pub holiday_shift: Option<String>,
}

/// One code of a catalogue.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CodeView {
    /// The code.
    pub code: String,
    /// What it is called.
    pub label: Option<String>,
    /// The code above it.
    pub parent: Option<String>,
    /// Accounts that have it keep it; nobody new gets it.
    pub retired: bool,
    /// Of payment terms: when what is owed is due.
    pub terms: Option<TermsView>,
}

/// One catalogue.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CatalogueView {
    /// `payment_terms`, `tax_code`, `revenue_account`, or a kind of dimension such as `department`.
    pub kind: String,
    /// What it is called.
    pub label: String,
    /// A kind of dimension.
    pub dimension: bool,
    /// Every new account must have a value.
    pub mandatory: bool,
    /// The code of accounts that have none of their own.
    pub default_code: Option<String>,
    /// The codes.
    pub codes: Vec<CodeView>,
}

/// One custom field.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CustomFieldView {
    /// Its name, as `custom` of an account has it.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// `text`, `number`, `date`, `bool`, `enum`, `money` or `reference`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Of an enum: what may be chosen.
    pub options: Vec<String>,
    /// Every new account must have a value.
    pub required: bool,
    /// Values are personal data.
    pub personal: bool,
    /// The legal entity whose accounts have it; null for all.
    pub entity: Option<String>,
    /// A sentence for whoever fills it in.
    pub help: Option<String>,
    /// The least value: a number, a day, or how many characters a text has.
    pub min: Option<String>,
    /// The greatest, likewise.
    pub max: Option<String>,
    /// What a text looks like: `A` a letter, `9` a digit, `*` either, anything else itself.
    pub mask: Option<String>,
    /// Where it stands among the others, lowest first.
    pub position: u32,
    /// Nobody new gets a value.
    pub retired: bool,
    /// Its name in the filter language; null for personal ones.
    pub field: Option<String>,
}
