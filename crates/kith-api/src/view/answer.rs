//! The answer to a question in words: what was understood, what it became, and the evidence.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::ProfileView;

/// What kind of answer it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKind {
    /// A ranked list of accounts.
    #[default]
    List,
    /// A structured answer about one account or one figure.
    Answer,
    /// A change that the words ask for.
    Change,
    /// A question back.
    Clarify,
    /// It cannot be answered, and why.
    Refusal,
}

/// A piece of the question and what it became.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UnderstoodView {
    /// The words.
    pub text: String,
    /// What they became.
    #[serde(rename = "as")]
    pub meaning: String,
    /// The condition that they became.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    /// The order that they became, for example `-revenue_365d`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<String>,
    /// The field whose value they ask for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What was assumed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// One condition as an editable chip.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChipView {
    /// The field's title: `Tier`.
    pub label: String,
    /// The condition in words: `is premium`.
    pub text: String,
    /// The condition as a filter.
    pub expression: String,
    /// The whole filter without this condition.
    pub without: String,
}

/// A structured answer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AnswerView {
    /// One sentence.
    pub sentence: String,
    /// The account it is about, if it is about one.
    pub account: Option<String>,
    /// Name of that account.
    pub account_name: Option<String>,
    /// Values by field or metric id.
    pub values: Map<String, Value>,
    /// The metrics and scores asked for, with their provenance.
    pub profile: Option<ProfileView>,
}

/// Reply of `POST /api/v1/ask`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AskReply {
    /// What kind of answer.
    pub kind: AnswerKind,
    /// The question as it was asked.
    pub asked: String,
    /// Each piece that was understood and what it became.
    pub understood: Vec<UnderstoodView>,
    /// Each word that was not.
    pub not_understood: Vec<String>,
    /// The filter it became.
    pub filter: Option<String>,
    /// The same filter as chips.
    #[serde(default)]
    pub chips: Vec<ChipView>,
    /// The order it became, for example `-revenue_365d`.
    pub sort: Option<String>,
    /// The ranked accounts.
    pub items: Option<Vec<Map<String, Value>>>,
    /// Give it back as `cursor` to go on.
    pub next_cursor: Option<String>,
    /// How many match in all, and no more than were asked for.
    pub count: Option<u64>,
    /// The answer about one account or figure.
    pub answer: Option<AnswerView>,
    /// What to answer so that it can go on.
    pub question: Option<String>,
    /// Choices for that question.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// Why it cannot be answered: `{code, sentence, clears}`.
    pub refusal: Option<Value>,
    /// The business day of the values.
    pub day: String,
    /// Touchpoint position of the values.
    pub position: u64,
    /// Time it took, in milliseconds.
    pub took_ms: f64,
}
