//! `kith ask`: a question in words.

use clap::Args;
use kith_api::request::AskRequest;
use serde_json::Value;

use super::account;
use crate::door::{Call, Door};
use crate::failure::Failure;
use crate::render::{Column, cell, table};
use crate::screen::Screen;

/// Ask in words, for example "premium customers with declining orders and recent service issues"
#[derive(Debug, Args)]
pub struct Ask {
    /// The question
    question: String,
    /// How many, 1 to 200, where the question does not say [default: 50]
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Only accounts that this entity owns
    #[arg(long)]
    entity: Option<String>,
    /// Where to go on: the cursor that the answer before printed
    #[arg(long)]
    cursor: Option<String>,
}

impl Ask {
    pub(crate) async fn run(&self, door: &Door, screen: Screen) -> Result<(), Failure> {
        let request = AskRequest {
            question: self.question.clone(),
            entity: self.entity.clone(),
            limit: self.limit,
            cursor: self.cursor.clone(),
        };
        let reply = door.call(Call::to("ask").json(&request)?).await?;
        screen.show(&reply, answer)
    }
}

/// What was understood, then the answer.
pub(super) fn answer(reply: &Value) -> String {
    let mut out = String::new();
    let understood = reply.get("understood").and_then(Value::as_array).cloned().unwrap_or_default();
    if !understood.is_empty() {
        out.push_str(&table(
            &[Column::at("words", "/text"), Column::at("understood as", "/as")],
            &understood,
        ));
    }
    for (title, member) in [("not understood", "not_understood"), ("filter", "filter"), ("sort", "sort")] {
        let value = reply.get(member).map(cell).unwrap_or_default();
        if value != "-" && !value.is_empty() {
            out.push_str(&format!("{title}: {value}\n"));
        }
    }
    if !out.is_empty() {
        out.push('\n');
    }
    if let Some(structured) = reply.get("answer").filter(|answer| answer.is_object()) {
        out.push_str(&format!("{}\n", cell(structured.get("sentence").unwrap_or(&Value::Null))));
        if let Some(profile) = structured.get("profile").filter(|profile| profile.is_object()) {
            out.push_str(&format!("\n{}", account::profile(profile)));
        }
    }
    if reply.get("items").is_some_and(Value::is_array) {
        out.push_str(&account::accounts(reply));
    }
    if let Some(question) = reply.get("question").and_then(Value::as_str) {
        out.push_str(&format!("{}\n", cell(&Value::from(question))));
        for choice in reply.get("choices").and_then(Value::as_array).into_iter().flatten() {
            out.push_str(&format!("  {}\n", cell(choice)));
        }
    }
    if let Some(refusal) = reply.get("refusal").filter(|refusal| refusal.is_object()) {
        for member in ["sentence", "clears"] {
            let text = refusal.get(member).map(cell).unwrap_or_default();
            if text != "-" && !text.is_empty() {
                out.push_str(&format!("{text}\n"));
            }
        }
    }
    if reply.get("answer").is_none_or(|answer| answer.get("profile").is_none_or(Value::is_null)) {
        out.push_str(&format!("as of {}\n", cell(reply.get("day").unwrap_or(&Value::Null))));
    }
    out
}
