//! Asking in words: understood by the grammar, answered from the same columns as every list.

use std::collections::BTreeSet;
use std::time::Instant;

use kith_api::view::{AnswerKind, AnswerView, AskReply, ChipView, UnderstoodView};
use kith_domain::access::Grant;
use kith_domain::refusal::Refusal;
use kith_domain::value::EntityCode;
use kith_query::ask::{Form, NameHit, Names, Part, Understanding, called};
use kith_query::catalogue::Catalogue;
use kith_query::sort::SortKey;
use kith_query::{chip, filter, top};
use kith_store::Fault;
use serde_json::{Map, Value, json};

use crate::caller::Caller;
use crate::directory::{FIELD_IDS, place_of};
use crate::engine::Engine;
use crate::list::{ListRequest, asks_for_stage, chosen, field_value, invalid, run};
use crate::permit;
use crate::table::{Accounts, text_place};

/// The place of the account managers' names.
const MANAGER_NAME: usize = place_of(FIELD_IDS, "account_manager_name");

/// Longest question, in characters.
pub const QUESTION_MAX: usize = 1_000;

/// A question.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// The words.
    pub question: String,
    /// Only accounts of this entity.
    pub entity: Option<EntityCode>,
    /// Rows, when the words do not say.
    pub limit: Option<usize>,
    /// Where the answer before ended.
    pub cursor: Option<String>,
}

struct Known<'a, 'e>(&'a Accounts<'e>);

impl Names for Known<'_, '_> {
    fn find(&self, text: &str) -> Vec<NameHit> {
        let found = self.0.inner().find(text).into_iter().filter(|(row, _)| self.0.sees(*row));
        found
            .filter_map(|(row, score)| {
                let entry = self.0.inner().entry(row)?;
                Some(NameHit { account: entry.id.to_string(), name: entry.name.to_string(), score })
            })
            .collect()
    }

    fn people(&self, text: &str) -> Vec<String> {
        let seen = self.0.inner().rows().filter(|(row, _)| self.0.sees(*row));
        let names: BTreeSet<&str> =
            seen.filter_map(|(_, entry)| entry.text(text_place(MANAGER_NAME))).collect();
        called(text, names.into_iter())
    }
}

impl Engine {
    /// Answers a question, with the touchpoints behind the answer.
    ///
    /// A [`Refusal`] when the caller may not ask, or the request itself is at fault. A question that is not
    /// understood is answered, not refused.
    ///
    /// # Errors
    /// [`Fault`] when the store cannot answer.
    pub async fn answer(
        &self,
        caller: &Caller,
        question: &Question,
    ) -> Result<Result<AskReply, Refusal>, Fault> {
        let mut reply = match self.ask(caller, question) {
            Ok(reply) => reply,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if let Some(AnswerView { account: Some(id), profile: Some(profile), .. }) = &mut reply.answer
            && let Some((row, _)) = self.find_account(id)
        {
            self.fill_evidence(profile, row).await?;
        }
        Ok(Ok(reply))
    }

    /// The answer from memory alone, its evidence still to be read.
    pub(crate) fn ask(&self, caller: &Caller, question: &Question) -> Result<AskReply, Refusal> {
        let start = Instant::now();
        if !caller.principal.may(Grant::Ask, None) {
            return Err(permit::denied(Grant::Ask));
        }
        let length = question.question.chars().count();
        if question.question.trim().is_empty() || length > QUESTION_MAX {
            let message = format!("Ask something in 1 to {QUESTION_MAX} characters.");
            return Err(invalid("question", "question_length", message));
        }
        let catalogue = self.catalogue();
        let accounts = Accounts::new(self, caller, question.entity.clone());
        let understood =
            self.grammar().understand(&question.question, &catalogue, &Known(&accounts), self.day());
        let filter = understood.filter.as_deref().and_then(|text| filter::check(text, &catalogue).ok());
        let accounts =
            accounts.with_dormant(filter.is_some_and(|filter| asks_for_stage(&filter, &catalogue)));
        let mut reply = self.reply_of(&question.question, &understood, &catalogue);
        match understood.kind {
            Form::List | Form::Count => {
                self.answer_list(caller, question, &understood, &accounts, &mut reply)?;
            }
            Form::Answer => self.answer_account(caller, &understood, &accounts, &mut reply)?,
            Form::Clarify | Form::Refusal => {}
        }
        reply.took_ms = start.elapsed().as_secs_f64() * 1_000.0;
        Ok(reply)
    }

    fn reply_of(&self, asked: &str, understood: &Understanding, catalogue: &Catalogue) -> AskReply {
        let part = |part: &Part| UnderstoodView {
            text: part.text.clone(),
            meaning: part.as_.clone(),
            filter: part.said.filter.clone(),
            sort: part.said.sort.as_ref().map(|(id, last)| format!("{}{id}", if *last { "-" } else { "" })),
            field: part.said.field.clone(),
            notes: part.said.notes.clone(),
        };
        let kind = match understood.kind {
            Form::List => AnswerKind::List,
            Form::Count | Form::Answer => AnswerKind::Answer,
            Form::Clarify => AnswerKind::Clarify,
            Form::Refusal => AnswerKind::Refusal,
        };
        AskReply {
            kind,
            asked: asked.to_owned(),
            understood: understood.understood.iter().map(part).collect(),
            not_understood: understood.not_understood.iter().map(|part| part.text.clone()).collect(),
            filter: understood.filter.clone(),
            chips: understood.filter.as_deref().map(|text| chips(text, catalogue)).unwrap_or_default(),
            sort: (!understood.sort.is_empty()).then(|| SortKey::print(&understood.sort, catalogue)),
            question: understood.question.clone(),
            choices: understood.choices.clone(),
            refusal: understood.refusal.as_ref().map(
                |denial| json!({"code": denial.code, "sentence": denial.sentence, "clears": denial.clears}),
            ),
            day: self.day().to_string(),
            position: self.position(),
            ..AskReply::default()
        }
    }

    fn answer_list(
        &self,
        caller: &Caller,
        question: &Question,
        understood: &Understanding,
        accounts: &Accounts<'_>,
        reply: &mut AskReply,
    ) -> Result<(), Refusal> {
        let catalogue = self.catalogue();
        let request = ListRequest {
            filter: understood.filter.clone().unwrap_or_default(),
            sort: reply.sort.clone().unwrap_or_default(),
            limit: understood.limit.map(|limit| limit.clamp(1, crate::list::LIMIT_MAX)).or(question.limit),
            cursor: question.cursor.clone(),
            entity: question.entity.clone(),
            ..ListRequest::default()
        };
        let checked = self.check(caller, &catalogue, &request)?;
        // "Top 10" counts ten at most: the number is of the answer, not of all that would pass.
        let most = understood.limit.map_or(u64::MAX, |limit| limit.clamp(1, crate::list::LIMIT_MAX) as u64);
        let count = top::count(&checked.filter, accounts).min(most);
        reply.count = Some(count);
        if understood.kind == Form::Count {
            reply.answer = Some(AnswerView {
                sentence: format!("{count} {} match.", if count == 1 { "account does" } else { "accounts" })
                    .replace("account does match", "account matches"),
                values: Map::from_iter([("count".to_owned(), json!(count))]),
                ..AnswerView::default()
            });
            return Ok(());
        }
        let mut fields = chosen(&catalogue, &[])?;
        let asked = understood.metrics.iter().map(String::as_str);
        let in_filter = checked.filter.fields().iter().filter_map(|index| catalogue.field(*index));
        let in_sort = checked.sort.iter().filter_map(|key| catalogue.field(key.field));
        for field in asked.filter_map(|id| catalogue.get(id)).chain(in_filter).chain(in_sort) {
            if !fields.iter().any(|held| held.id == field.id) {
                fields.push(field);
            }
        }
        let page = run(&checked, accounts);
        let items = page.hits.iter().map(|hit| self.item(caller, &catalogue, accounts, hit.row, &fields));
        reply.items = Some(items.collect());
        // "Top 10" is ten: there is no next page to a number that was asked for.
        reply.next_cursor = if understood.limit.is_some() { None } else { self.next_cursor(&checked, &page) };
        Ok(())
    }

    fn answer_account(
        &self,
        caller: &Caller,
        understood: &Understanding,
        accounts: &Accounts<'_>,
        reply: &mut AskReply,
    ) -> Result<(), Refusal> {
        let catalogue = self.catalogue();
        let row = understood
            .subject
            .as_ref()
            .and_then(|id| id.parse().ok())
            .and_then(|id| accounts.inner().row(id));
        let Some((row, entry)) = row.and_then(|row| Some((row, accounts.inner().entry(row)?))) else {
            return Ok(());
        };
        let mut values = Map::new();
        let mut said = Vec::new();
        for field in understood.metrics.iter().filter_map(|id| catalogue.get(id)) {
            if field.id == "email" && !caller.reads_personal() {
                continue;
            }
            if accounts.hides(row, &field.id) {
                return Err(permit::denied_for(Grant::CreditRead, &entry.entity));
            }
            let value = field_value(self, &catalogue, accounts.inner(), row, field);
            said.push(format!("{} is {}", lower_first(&field.title), spoken(&value, &field.unit)));
            values.insert(field.id.clone(), value);
        }
        let profile = self.profile_of(row, &understood.metrics, None);
        let sentence = match said.split_last() {
            None => format!("{} ({}).", entry.name, entry.number),
            Some((only, [])) => format!("{}: {only}.", entry.name),
            Some((last, before)) => format!("{}: {} and {last}.", entry.name, before.join(", ")),
        };
        reply.answer = Some(AnswerView {
            sentence,
            account: Some(entry.id.to_string()),
            account_name: Some(entry.name.to_string()),
            values,
            profile: Some(profile),
        });
        Ok(())
    }
}

/// A filter as chips, each with the filter that remains without it.
pub(crate) fn chips(text: &str, catalogue: &Catalogue) -> Vec<ChipView> {
    let Ok(filter) = filter::check(text, catalogue) else { return Vec::new() };
    chip::chips(&filter, catalogue)
        .into_iter()
        .enumerate()
        .map(|(index, chip)| {
            let rest = chip::without(&filter, index, catalogue).print();
            ChipView {
                label: chip.label,
                text: chip.text,
                expression: chip.expression,
                without: if rest == "true" { String::new() } else { rest },
            }
        })
        .collect()
}

fn lower_first(title: &str) -> String {
    let mut letters = title.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if first.is_uppercase() && !second.is_uppercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => title.to_owned(),
    }
}

/// A value as it is said.
fn spoken(value: &Value, unit: &str) -> String {
    match value {
        Value::Null => "not known".to_owned(),
        Value::String(text) => text.replace('_', " "),
        Value::Object(money) if money.contains_key("amount") => {
            let part = |name: &str| money.get(name).and_then(Value::as_str).unwrap_or_default();
            format!("{} {}", part("currency"), part("amount"))
        }
        Value::Number(number) if unit == "fraction" => {
            format!("{:.1} %", number.as_f64().unwrap_or_default() * 100.0)
        }
        Value::Number(number) => {
            let number = number.as_f64().unwrap_or_default();
            let number = if number.fract() == 0.0 { format!("{number:.0}") } else { format!("{number:.1}") };
            // A scale such as `score 0–100` is no unit that one says after the number.
            if unit.is_empty() || unit.contains(char::is_numeric) {
                number
            } else {
                format!("{number} {unit}")
            }
        }
        other => other.to_string(),
    }
}
