//! Adding and changing codes and custom fields.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::account::member;
use crate::view::TermsView;

/// `POST /api/v1/catalogues`: a kind of dimension.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct CatalogueAdd {
    /// Its name: small letters, digits, `_`.
    pub kind: String,
    /// What it is called.
    pub label: Option<String>,
    /// Every new account must have a value.
    pub mandatory: Option<bool>,
}

/// `PATCH /api/v1/catalogues/{kind}`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct CataloguePatch {
    /// What it is called.
    pub label: Option<String>,
    /// Every new account must have a value.
    pub mandatory: Option<bool>,
    /// The code of accounts that have none of their own; null for none.
    #[serde(default, deserialize_with = "member", skip_serializing_if = "Option::is_none")]
    pub default_code: Option<Option<String>>,
}

/// `POST /api/v1/catalogues/{kind}`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct CodeAdd {
    /// The code, for example `NET45`.
    pub code: String,
    /// What it is called.
    pub label: Option<String>,
    /// The code above it.
    pub parent: Option<String>,
    /// Of payment terms: when what is owed is due; told from the code where it says so.
    pub terms: Option<TermsView>,
}

/// `PATCH /api/v1/catalogues/{kind}/{code}`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct CodePatch {
    /// What it is called.
    #[serde(default, deserialize_with = "member", skip_serializing_if = "Option::is_none")]
    pub label: Option<Option<String>>,
    /// The code above it.
    #[serde(default, deserialize_with = "member", skip_serializing_if = "Option::is_none")]
    pub parent: Option<Option<String>>,
    /// Accounts that have it keep it; nobody new gets it.
    pub retired: Option<bool>,
    /// Of payment terms: when what is owed is due.
    pub terms: Option<TermsView>,
}

/// `POST /api/v1/custom-fields`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct CustomFieldAdd {
    /// Its name: small letters, digits, `_`.
    pub name: String,
    /// What it is called.
    pub label: Option<String>,
    /// `text`, `number`, `date`, `bool`, `enum`, `money` or `reference`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Of an enum: what may be chosen.
    pub options: Option<Vec<String>>,
    /// Every new account must have a value.
    pub required: Option<bool>,
    /// Values are personal data, sealed under the account.
    pub personal: Option<bool>,
    /// The legal entity whose accounts have it.
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
    pub position: Option<u32>,
}

/// `PATCH /api/v1/custom-fields/{name}`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct CustomFieldPatch {
    /// What it is called.
    pub label: Option<String>,
    /// All options; none may go.
    pub options: Option<Vec<String>>,
    /// Every new account must have a value.
    pub required: Option<bool>,
    /// The legal entity whose accounts have it; null for all.
    #[serde(default, deserialize_with = "member", skip_serializing_if = "Option::is_none")]
    pub entity: Option<Option<String>>,
    /// A sentence for whoever fills it in; null for none.
    #[serde(default, deserialize_with = "member", skip_serializing_if = "Option::is_none")]
    pub help: Option<Option<String>>,
    /// The least value: a number, a day, or how many characters a text has; null for none.
    #[serde(default, deserialize_with = "member", skip_serializing_if = "Option::is_none")]
    pub min: Option<Option<String>>,
    /// The greatest, likewise.
    #[serde(default, deserialize_with = "member", skip_serializing_if = "Option::is_none")]
    pub max: Option<Option<String>>,
    /// What a text looks like: `A` a letter, `9` a digit, `*` either, anything else itself; null for none.
    #[serde(default, deserialize_with = "member", skip_serializing_if = "Option::is_none")]
    pub mask: Option<Option<String>>,
    /// Where it stands among the others, lowest first.
    pub position: Option<u32>,
    /// Nobody new gets a value.
    pub retired: Option<bool>,
}
