//! A team as it was given.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::members::Members;
use crate::refusal::FieldFault;
use crate::value::patch::{self, Patched};

/// What is given; absent is unchanged, null clears.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TeamDraft {
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
    pub name: Patched<String>,
    /// `usr_…` of who leads it: one of its members.
    #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
    pub lead: Patched<String>,
    /// Code of the legal entity that it works for.
    #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
    pub entity: Patched<String>,
    /// Whether it takes no more accounts.
    #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
    pub retired: Patched<bool>,
    /// `usr_…` of all of its members.
    #[serde(skip_serializing_if = "Option::is_none", with = "patch")]
    pub members: Patched<Vec<String>>,
}

impl TeamDraft {
    /// Reads the body of a request, and the code that a new team is given.
    #[must_use]
    pub fn read(body: &Value, new: bool) -> (Self, String, Vec<FieldFault>) {
        let (mut draft, mut code, mut list) = (Self::default(), String::new(), Vec::new());
        let faults = &mut list;
        let Some(mut members) = Members::open(body, "", faults) else { return (draft, code, list) };
        if new {
            code = members.text("code", faults).flatten().unwrap_or_default();
        }
        draft.name = members.text("name", faults);
        draft.lead = members.text("lead", faults);
        draft.entity = members.text("entity", faults);
        draft.retired = members.flag("retired", faults);
        draft.members = members.texts("members", faults);
        members.close(faults);
        (draft, code, list)
    }
}
