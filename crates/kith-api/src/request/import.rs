//! Bringing files, saving mappings and feeds.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Query parameters of `POST /api/v1/imports`, or fields of its form.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(deny_unknown_fields)]
pub struct ImportRequest {
    /// `csv`, `xlsx` or `iif`; told by the content when absent.
    pub format: Option<String>,
    /// Sheet of a workbook; the first that is shown when absent.
    pub sheet: Option<String>,
    /// System that the external ids are of.
    pub source_system: Option<String>,
    /// Column that gives the external ids; found by its header when absent.
    pub external_id_column: Option<String>,
    /// Submit the reviewed import as a change.
    pub execute: Option<bool>,
    /// `skip`, `update` or `error`.
    pub on_duplicate: Option<String>,
    /// `overwrite` or `fill_blank_only`.
    pub update_policy: Option<String>,
    /// `ignore` or `clear`.
    pub empty_means: Option<String>,
    /// 1 to 1,000; 100 when absent.
    pub batch_size: Option<u32>,
    /// Stop at the first row that fails.
    pub stop_on_error: Option<bool>,
    /// Report only.
    pub validate_only: Option<bool>,
    /// `salesforce`, `hubspot`, `erpnext`, `tryton`, `quickbooks`, `sap`, or the JSON of a map file.
    pub map: Option<String>,
    /// `map_…`: a saved mapping, instead of a map.
    pub mapping_id: Option<String>,
    /// Entity that owns rows without one.
    pub entity: Option<String>,
}

/// `POST /api/v1/imports/{id}/restage`: what is to be different.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(deny_unknown_fields)]
pub struct ImportRestage {
    /// Header to field, to `metadata.<name>`, or to `ignore`; as before where nothing is named.
    pub columns: BTreeMap<String, String>,
    /// Field to values of the file and what they mean: how a suggestion is taken.
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// `skip`, `update` or `error`.
    pub on_duplicate: Option<String>,
    /// The legal entity that owns rows without one; empty for none, as before when absent.
    pub entity: Option<String>,
    /// Row of the file to `skip`, `create`, or `acc_…`, the account that it updates.
    pub decisions: BTreeMap<String, String>,
}

/// `POST /api/v1/mappings`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct MappingSave {
    /// `map_…` to save over; a new one when absent.
    pub id: Option<String>,
    /// The name people give it.
    pub name: String,
    /// The system that the external ids are of.
    pub system: Option<String>,
    /// Header to field, to `metadata.<name>`, or to `ignore`.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// Field to a value that every row gets.
    #[serde(default)]
    pub constants: BTreeMap<String, String>,
    /// Field to a text with `{Header}` places.
    #[serde(default)]
    pub templates: BTreeMap<String, String>,
    /// Field to words of the other system and what they mean.
    #[serde(default)]
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// Leaves out every column that is not named.
    #[serde(default)]
    pub only: bool,
}

/// `POST /api/v1/feeds`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(deny_unknown_fields)]
pub struct FeedSave {
    /// Its name, which is its address: 1 to 64 of a–z, 0–9, `-` and `_`. A feed of this name is saved over.
    pub name: String,
    /// `csv`, `xlsx` or `iif`; told by the content when absent.
    pub format: Option<String>,
    /// The system that the external ids are of; the feed's name when absent.
    pub source_system: Option<String>,
    /// Entity that owns rows without one.
    pub entity: Option<String>,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// Column that gives the external ids.
    pub external_id_column: Option<String>,
    /// `skip`, `update` or `error`.
    pub on_duplicate: Option<String>,
    /// `overwrite` or `fill_blank_only`.
    pub update_policy: Option<String>,
    /// `ignore` or `clear`.
    pub empty_means: Option<String>,
    /// 1 to 1,000; 100 when absent.
    pub batch_size: Option<u32>,
    /// Stop at the first row that fails.
    #[serde(default)]
    pub stop_on_error: bool,
    /// `salesforce`, `hubspot` … where the headers do not tell.
    pub map: Option<String>,
    /// `map_…`: a saved mapping.
    pub mapping_id: Option<String>,
    /// Watch the folder `feeds/<name>` of the data directory.
    #[serde(default)]
    pub watched: bool,
}
