//! Request to look at identifiers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `POST /api/v1/identifiers/validate`: one value, or a list in `items`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(deny_unknown_fields)]
pub struct IdentifierValidate {
    /// `vat`, `tax_id`, `company_reg`, `lei`, `iban`, `bic`, `gln`, `gtin`, `duns`, `ein`, `scac`, `vin`, `eori`, `phone`,
    /// `email`, `website`, or a country's number such as `br.cnpj`.
    pub kind: Option<String>,
    /// Whose number it is, ISO 3166-1 alpha-2; for a telephone number the country where it is dialled.
    pub country: Option<String>,
    /// As somebody wrote it.
    pub value: Option<String>,
    /// Up to 1000 values, instead of one.
    pub items: Option<Vec<IdentifierItem>>,
}

/// One value of a list.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct IdentifierItem {
    /// As above.
    pub kind: String,
    /// As above.
    pub country: Option<String>,
    /// As above.
    pub value: String,
}
