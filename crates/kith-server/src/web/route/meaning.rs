//! What a question was understood as, in the reader's language: titles of fields, relations in words, values as they are
//! written here.

use kith_api::view::{AskReply, FieldView, UnderstoodView};
use kith_template::say;

use super::accounts::clauses;
use super::miss::Miss;
use super::visit::Visit;
use crate::web::page::accounts::clause_words;
use crate::web::part::meaning::Meaning;
use crate::web::words::{t, told};

/// The pieces of a question as they were understood.
pub(super) async fn meanings(visit: &Visit, reply: &AskReply) -> Result<Vec<Meaning>, Miss> {
    let fields = visit.engine.field_list(&visit.caller);
    let mut meanings = Vec::with_capacity(reply.understood.len());
    for piece in &reply.understood {
        let said = match (&piece.filter, &piece.sort, &piece.field) {
            (Some(filter), ..) => conditions(visit, filter).await?,
            (None, Some(sort), _) => order(&fields, sort),
            (None, None, Some(field)) => title(&fields, field),
            (None, None, None) => told(&piece.meaning).into_owned(),
        };
        let code = piece.filter.clone().or_else(|| piece.sort.clone()).unwrap_or_default();
        meanings.push(Meaning { text: piece.text.clone(), said: noted(piece, said), code });
    }
    Ok(meanings)
}

fn title(fields: &[FieldView], id: &str) -> String {
    fields
        .iter()
        .find(|field| field.id == id)
        .map_or_else(|| id.replace('_', " "), |field| told(&field.title).into_owned())
}

fn order(fields: &[FieldView], sort: &str) -> String {
    match sort.strip_prefix('-') {
        Some(id) => say!("sorted by {field}, greatest first", field = title(fields, id)),
        None => say!("sorted by {field}, least first", field = title(fields, sort)),
    }
}

/// What was assumed besides.
fn noted(piece: &UnderstoodView, said: String) -> String {
    let notes: Vec<_> = piece.notes.iter().map(|note| told(note)).collect();
    if notes.is_empty() { said } else { format!("{said} ({})", notes.join(", ")) }
}

/// A filter in words: its conditions, each with the title of its field once.
pub(super) async fn conditions(visit: &Visit, filter: &str) -> Result<String, Miss> {
    let mut said: Vec<(String, Vec<String>)> = Vec::new();
    for chip in visit.engine.chips(filter) {
        let (label, text) = one(visit, &chip.expression, (&chip.label, &chip.text)).await?;
        match said.iter_mut().find(|(known, _)| *known == label) {
            Some((_, texts)) => texts.push(text),
            None => said.push((label, vec![text])),
        }
    }
    // What is to come begins today: that goes without saying.
    let today = told("today or later");
    for (_, texts) in &mut said {
        if texts.len() > 1 {
            texts.retain(|text| *text != today);
        }
    }
    let lines: Vec<String> =
        said.iter().map(|(label, texts)| format!("{label}: {}", texts.join(", "))).collect();
    Ok(lines.join("; "))
}

/// One condition: what it is about, and what it says.
pub(super) async fn one(
    visit: &Visit,
    expression: &str,
    (label, text): (&str, &str),
) -> Result<(String, String), Miss> {
    let mut parts: Vec<(String, String)> = Vec::new();
    let alternatives = visit.engine.alternatives(expression);
    for alternative in &alternatives {
        let chips = visit.engine.chips(alternative);
        let known = clauses(visit, &chips).await?;
        let currency = visit.engine.organisation_view().currency;
        let (Some(chip), Some(clause)) = (chips.first(), known.first()) else { continue };
        parts.push(match clause {
            Some(clause) => (told(&clause.field.title).into_owned(), clause_words(clause, &currency)),
            None => (told(&chip.label).into_owned(), told(&chip.text).into_owned()),
        });
    }
    let Some((first, _)) = parts.first() else {
        return Ok((told(label).into_owned(), told(text).into_owned()));
    };
    let first = first.clone();
    let same = parts.iter().all(|(label, _)| *label == first);
    let word = |(label, text): &(String, String)| if same { text.clone() } else { format!("{label} {text}") };
    let words: Vec<String> = parts.iter().map(word).collect();
    Ok((if same { first } else { t("Either").to_owned() }, words.join(t(" or "))))
}
