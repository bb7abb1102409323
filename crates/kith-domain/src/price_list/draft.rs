//! A price list as it was given.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::account::{RowDraft, read_tiers};
use crate::members::Members;
use crate::pricing::TierDraft;
use crate::refusal::FieldFault;
use crate::value::PriceTierId;
use crate::value::patch::{self, Patched};

/// Members as given; absent is unchanged, null is the default.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PriceListDraft {
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
    pub name: Patched<String>,
    /// The currency of rows that name none.
    #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
    pub currency: Patched<String>,
    /// Whether it is the standard.
    #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
    pub is_standard: Patched<bool>,
    /// What happens to rows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<RowDraft<PriceTierId, TierDraft>>,
}

impl PriceListDraft {
    /// Reads the body of a request, and the code that a new list is given. `ids` makes the ids of its rows.
    #[must_use]
    pub fn read(body: &Value, ids: &mut dyn FnMut() -> Uuid, new: bool) -> (Self, String, Vec<FieldFault>) {
        let (mut draft, mut code, mut list) = (Self::default(), String::new(), Vec::new());
        let faults = &mut list;
        let Some(mut members) = Members::open(body, "", faults) else { return (draft, code, list) };
        if new {
            code = members.text("code", faults).flatten().unwrap_or_default();
        }
        draft.name = members.text("name", faults);
        draft.currency = members.text("currency", faults);
        draft.is_standard = members.flag("is_standard", faults);
        draft.rows = read_tiers(&mut members, "rows", (ids, new), faults);
        members.close(faults);
        (draft, code, list)
    }
}
