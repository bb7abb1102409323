//! A contract template as it was given.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::members::Members;
use crate::refusal::FieldFault;

/// A field as given.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FieldDraft {
    /// Its name.
    pub name: Option<String>,
    /// What people call it; its name when absent.
    pub label: Option<String>,
    /// Its type, a code; `text` when absent.
    pub kind: Option<String>,
    /// Whether it must be filled in also where the text does not name it: a field that the text names always must.
    pub required: bool,
    /// Of a choice: the words.
    pub choices: Vec<String>,
    /// The value when nobody gives one.
    pub default: Option<Value>,
}

/// Members as given; what is absent has its default.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TemplateDraft {
    /// What people call it.
    pub name: Option<String>,
    /// What kind of contract it makes, a code.
    pub kind: Option<String>,
    /// Language of the text.
    pub language: Option<String>,
    /// The text.
    pub text: Option<String>,
    /// Its fields.
    pub fields: Vec<FieldDraft>,
    /// What happens at the end, a code.
    pub renewal: Option<String>,
    /// Days of notice.
    pub notice_days: Option<i64>,
    /// Months of a term.
    pub auto_renew_term_months: Option<i64>,
    /// Which law governs it.
    pub governing_law: Option<String>,
    /// Whether we sign as well.
    pub countersigned: bool,
    /// Whether somebody reviews.
    pub reviewed: bool,
    /// Whether onboarding drafts from it.
    pub is_default: bool,
}

impl TemplateDraft {
    /// Reads the body of a request; gives the code beside the content.
    #[must_use]
    pub fn read(body: &Value) -> (String, Self, Vec<FieldFault>) {
        let (mut draft, mut list) = (Self::default(), Vec::new());
        let faults = &mut list;
        let Some(mut members) = Members::open(body, "", faults) else { return (String::new(), draft, list) };
        let code = members.text("code", faults).flatten().unwrap_or_default();
        draft.name = members.text("name", faults).flatten();
        draft.kind = members.text("type", faults).flatten();
        draft.language = members.text("language", faults).flatten();
        draft.text = members.text("text", faults).flatten();
        draft.renewal = members.text("renewal", faults).flatten();
        draft.notice_days = members.number("notice_days", faults).flatten();
        draft.auto_renew_term_months = members.number("auto_renew_term_months", faults).flatten();
        draft.governing_law = members.text("governing_law", faults).flatten();
        draft.countersigned = members.flag("countersigned", faults).flatten().unwrap_or_default();
        draft.reviewed = members.flag("reviewed", faults).flatten().unwrap_or_default();
        draft.is_default = members.flag("is_default", faults).flatten().unwrap_or_default();
        for (index, row) in members.list("fields", faults).flatten().into_iter().flatten().enumerate() {
            draft.fields.push(FieldDraft::read(row, &format!("/fields/{index}"), faults));
        }
        members.close(faults);
        (code, draft, list)
    }
}

impl FieldDraft {
    fn read(row: &Value, at: &str, faults: &mut Vec<FieldFault>) -> Self {
        let mut draft = Self::default();
        let Some(mut members) = Members::open(row, at, faults) else { return draft };
        draft.name = members.text("name", faults).flatten();
        draft.label = members.text("label", faults).flatten();
        draft.kind = members.text("type", faults).flatten();
        draft.required = members.flag("required", faults).flatten().unwrap_or_default();
        draft.choices = members.texts("choices", faults).flatten().unwrap_or_default();
        draft.default = members.get("default").flatten().cloned();
        members.close(faults);
        draft
    }
}
