//! The text of a contract: the template's text with the values put in, line by line.

use std::collections::BTreeMap;

use super::{CommittedVolume, Contract};
use crate::account::Account;
use crate::contract_template::{Part, Renewal, parts};
use crate::value::EntityCode;

/// A line of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// What it is.
    Title(String),
    /// What follows.
    Heading(String),
    /// Running text.
    Paragraph(String),
    /// One of several points.
    Item(String),
}

/// What is written where nothing was given.
const NOTHING: &str = "–";

/// The values that are put into the text, by name.
#[must_use]
pub fn values(
    contract: &Contract,
    account: &Account,
    entities: &BTreeMap<EntityCode, String>,
) -> BTreeMap<String, String> {
    let terms = &contract.terms;
    let mut values = BTreeMap::new();
    let mut put = |name: &str, value: Option<String>| {
        values.insert(
            name.to_owned(),
            value.filter(|text| !text.is_empty()).unwrap_or_else(|| NOTHING.to_owned()),
        );
    };
    let party = |side| terms.parties.iter().find(|party| party.side == side).map(|party| party.name.clone());
    put("contract.number", Some(contract.number.clone()));
    put("contract.title", Some(terms.title.clone()));
    put("contract.version", Some(contract.revision.to_string()));
    put("account.name", party(super::PartySide::Customer));
    put("account.number", Some(account.account_number.clone()));
    put("account.payment_terms", account.payment_terms.clone());
    let ours = party(super::PartySide::Supplier).or_else(|| entities.get(&terms.entity).cloned());
    put("entity.name", ours);
    put("entity.code", Some(terms.entity.to_string()));
    put("starts_on", terms.starts_on.map(|day| day.to_string()));
    put("ends_on", Some(terms.ends_on.map_or_else(|| "no fixed day".to_owned(), |day| day.to_string())));
    let months = terms.auto_renew_term_months;
    put(
        "renewal",
        Some(match terms.renewal {
            Renewal::None => "none".to_owned(),
            Renewal::Manual => "by agreement".to_owned(),
            Renewal::Auto => format!("by itself, for {months} months each time"),
            Renewal::Evergreen => "runs until notice is given".to_owned(),
        }),
    );
    put("notice_days", Some(terms.notice_days.to_string()));
    put("auto_renew_term_months", Some(months.to_string()));
    put("committed_volume", terms.committed_volume.as_ref().map(volume));
    put("price_refs", Some(terms.price_refs.join(", ")));
    let tenths = |tenths: u16| format!("{}.{} %", tenths / 10, tenths % 10);
    put("sla.otif_pct", terms.sla.otif_permille.map(tenths));
    put("sla.response_hours", terms.sla.response_hours.map(|hours| format!("{hours} hours")));
    put("sla.claim_days", terms.sla.claim_days.map(|days| format!("{days} days")));
    put("tier", terms.tier.map(|tier| tier.as_str().to_owned()));
    put("governing_law", terms.governing_law.clone());
    let given = terms.fields.get();
    for spec in &contract.template.fields {
        let value = given.and_then(|given| given.get(&spec.name)).or(spec.default.as_ref());
        put(&spec.name, value.cloned());
    }
    values
}

fn volume(volume: &CommittedVolume) -> String {
    let counted = volume.quantity.map(|quantity| match &volume.unit {
        Some(unit) => format!("{quantity} {unit}"),
        None => quantity.to_string(),
    });
    let parts: Vec<String> =
        volume.amount.map(|amount| amount.to_string()).into_iter().chain(counted).collect();
    format!("{} a {}", parts.join(", "), volume.period.as_str())
}

/// The text, line by line, with the values put in. A value never begins a heading or an item.
#[must_use]
pub fn lines(text: &str, values: &BTreeMap<String, String>) -> Vec<Line> {
    let (mut found, mut open) = (Vec::new(), String::new());
    let close = |open: &mut String, found: &mut Vec<Line>| {
        if !open.is_empty() {
            found.push(Line::Paragraph(filled(open, values)));
            open.clear();
        }
    };
    for line in text.lines().map(str::trim_end) {
        let marked = [("## ", 0_u8), ("# ", 1), ("- ", 2)];
        let mark = marked.iter().find_map(|(mark, kind)| Some((line.strip_prefix(mark)?, *kind)));
        match mark {
            Some((rest, kind)) => {
                close(&mut open, &mut found);
                let text = filled(rest, values);
                found.push(match kind {
                    0 => Line::Heading(text),
                    1 => Line::Title(text),
                    _ => Line::Item(text),
                });
            }
            None if line.is_empty() => close(&mut open, &mut found),
            None => {
                if !open.is_empty() {
                    open.push('\n');
                }
                open.push_str(line);
            }
        }
    }
    close(&mut open, &mut found);
    found
}

fn filled(text: &str, values: &BTreeMap<String, String>) -> String {
    let put = |part: Part<'_>| match part {
        Part::Text(text) => text.to_owned(),
        Part::Field(name) => values.get(name).cloned().unwrap_or_else(|| NOTHING.to_owned()),
    };
    parts(text).into_iter().map(put).collect()
}
