//! The draft of a question → the reply: a list, a count, an answer, a question back.

use super::draft::{Draft, Join};
use super::scan::What;
use super::{Denial, Form, NameHit, Part, Understanding};
use crate::error::Span;
use crate::filter::check;
use crate::sort::SortKey;

/// What an account is described by when nothing particular was asked.
const OVERVIEW: &[&str] = &[
    "health",
    "churn_risk",
    "revenue_365d",
    "orders_90d",
    "order_trend_label_90d",
    "on_time_90d",
    "service_issues_30d",
    "days_beyond_terms_365d",
    "overdue_balance",
    "nps_365d",
];

/// What can be asked, for when nothing was understood.
const EXAMPLES: [&str; 4] = [
    "premium customers with declining orders and recent service issues",
    "top 10 customers by revenue this year",
    "which customers have not ordered for 60 days",
    "customers with overdue balance over 10000",
];

fn empty(kind: Form) -> Understanding {
    Understanding {
        kind,
        understood: Vec::new(),
        not_understood: Vec::new(),
        filter: None,
        sort: Vec::new(),
        limit: None,
        subject: None,
        metrics: Vec::new(),
        question: None,
        choices: Vec::new(),
        refusal: None,
    }
}

/// A question back, with examples of what can be asked.
pub(super) fn clarify(question: String) -> Understanding {
    let choices = EXAMPLES.map(str::to_owned).to_vec();
    Understanding { question: Some(question), choices, ..empty(Form::Clarify) }
}

/// A refusal.
pub(super) fn refused(denial: Denial) -> Understanding {
    Understanding { refusal: Some(denial), ..empty(Form::Refusal) }
}

/// The reply to a question read to its end.
pub(super) fn reply(mut draft: Draft<'_>) -> Understanding {
    draft.understood.sort_by_key(|part| (part.span.at, part.span.len));
    draft.not_understood.sort_by_key(|part| (part.span.at, part.span.len));
    let asked = which_account(&draft).or_else(|| {
        let (question, windows) = draft.clarify.take()?;
        let choices = with_window(&draft, &windows);
        Some(Understanding { question: Some(question), choices, ..empty(Form::Clarify) })
    });
    let reply = match (asked, draft.subjects.as_slice()) {
        (Some(asked), _) => asked,
        (None, [subject]) => answer(subject, &draft),
        (None, _) => nothing_to_list(&draft).unwrap_or_else(|| list(&draft)),
    };
    let metrics = if reply.metrics.is_empty() { draft.shown } else { reply.metrics };
    Understanding { understood: draft.understood, not_understood: draft.not_understood, metrics, ..reply }
}

/// A question back when a name fits several accounts, or several accounts are named.
fn which_account(draft: &Draft<'_>) -> Option<Understanding> {
    let several = draft.items.iter().enumerate().find_map(|(place, item)| match &item.what {
        What::Accounts(hits) => Some((place, hits)),
        _ => None,
    });
    let ask = |question: &str, choices: Vec<String>| Understanding {
        question: Some(question.to_owned()),
        choices,
        ..empty(Form::Clarify)
    };
    if let Some((place, hits)) = several {
        let span = draft.span(&[place]);
        let asked = hits.iter().take(8).map(|hit| with(draft.question, span, &hit.name));
        return Some(ask("Several accounts may be meant. Which one?", asked.collect()));
    }
    if let Some((span, people)) = &draft.which {
        let asked = people.iter().take(8).map(|name| with_person(draft.question, *span, name));
        return Some(ask("Several account managers have this name. Who is meant?", asked.collect()));
    }
    if draft.subjects.len() > 1 {
        let asked = draft.subjects.iter().take(8).map(|subject| format!("how is {} doing", subject.name));
        return Some(ask("I can answer about one account at a time. Which one?", asked.collect()));
    }
    None
}

/// The question with other words in one place, so that a choice is a whole question again.
fn with(question: &str, span: Span, words: &str) -> String {
    let before = question.get(..span.at).unwrap_or_default();
    format!("{before}{words}{}", question.get(span.end()..).unwrap_or_default())
}

/// The question with a person's whole name in place of a part of it: "Priya's" stays a genitive.
fn with_person(question: &str, span: Span, name: &str) -> String {
    let said = question.get(span.at..span.end()).unwrap_or_default();
    let genitive = ["'s", "’s"].iter().find(|ending| said.ends_with(**ending)).copied().unwrap_or_default();
    with(question, span, &format!("{name}{genitive}"))
}

/// The question with each of some windows in place of the one that is not kept.
fn with_window(draft: &Draft<'_>, windows: &[String]) -> Vec<String> {
    let place = draft.items.iter().position(|item| matches!(item.what, What::Window(_)));
    let Some(span) = place.map(|place| draft.span(&[place])) else { return windows.to_vec() };
    let before = draft.question.get(..span.at).unwrap_or_default().trim_end();
    let cut = [" in", " during", " for", " of"].iter().find_map(|word| before.strip_suffix(word));
    let start = cut.unwrap_or(before).len();
    let asked = windows.iter().map(|window| {
        let text = with(draft.question, Span::between(start, span.end()), &format!(" {window}"));
        text.trim().to_owned()
    });
    asked.collect()
}

fn answer(subject: &NameHit, draft: &Draft<'_>) -> Understanding {
    // Something was asked that is not there, and nothing else: the overview would be no answer to it.
    let only_missing = draft.shown.is_empty() && draft.not_understood.iter().any(unavailable);
    let overview = OVERVIEW.iter().filter(|id| draft.catalogue.get(id).is_some()).map(|id| (*id).to_owned());
    let reply = Understanding { subject: Some(subject.account.clone()), ..empty(Form::Answer) };
    if only_missing {
        let question = Some("That is not available yet. Shall I show the account's overview?".to_owned());
        return Understanding {
            kind: Form::Clarify,
            question,
            choices: vec![format!("how is {} doing", subject.name)],
            ..reply
        };
    }
    Understanding { metrics: if draft.shown.is_empty() { overview.collect() } else { Vec::new() }, ..reply }
}

fn unavailable(part: &Part) -> bool {
    part.as_.starts_with("not available yet")
}

/// A question back when there is no set to list: nothing was understood, or a value of no particular account.
fn nothing_to_list(draft: &Draft<'_>) -> Option<Understanding> {
    if !draft.conditions.is_empty() || !draft.sort.is_empty() {
        return None;
    }
    let unknown = draft.not_understood.iter().find(|part| part.as_ == "not understood");
    if !draft.shown.is_empty() && !draft.set {
        let id = draft.shown.first().cloned().unwrap_or_default();
        let question = match unknown {
            Some(part) => {
                let name = part.text.trim_end_matches("'s").trim_end_matches("’s");
                format!("I know no account called {name}. Which account do you mean?")
            }
            None => "For which account? Or shall I rank the accounts by it?".to_owned(),
        };
        let choices = vec![format!("customers by {id}"), format!("top 10 customers by {id}")];
        return Some(Understanding { question: Some(question), choices, ..empty(Form::Clarify) });
    }
    let missing = draft.not_understood.iter().find(|part| unavailable(part));
    if let Some(part) = missing {
        return Some(clarify(format!("{:?} is {}. What else would you like to know?", part.text, part.as_)));
    }
    if let Some(part) = unknown {
        return Some(clarify(format!("I did not understand {:?}. You can ask like this:", part.text)));
    }
    if let Some(part) = draft.not_understood.iter().find(|part| !part.as_.starts_with("not understood")) {
        return Some(clarify(format!("{:?}: {}. What else would you like to know?", part.text, part.as_)));
    }
    let bare = draft.understood.is_empty() && !draft.set;
    (bare || !draft.not_understood.is_empty())
        .then(|| clarify("I did not understand that. You can ask like this:".to_owned()))
}

fn list(draft: &Draft<'_>) -> Understanding {
    let filter = (!draft.conditions.is_empty()).then(|| joined(draft)).flatten();
    let key = |(id, descending): &(String, bool)| SortKey::new(draft.catalogue, id, *descending);
    let mut sort: Vec<SortKey> = draft.sort.iter().filter_map(key).collect();
    if sort.is_empty() && !draft.count {
        sort.extend(draft.usual.as_ref().and_then(key));
    }
    if sort.is_empty() && !draft.count {
        let trouble = draft.conditions.iter().any(|condition| condition.trouble);
        let usual = [("health", false), ("revenue_365d", true)];
        let usual = if trouble { usual } else { [usual[1], usual[0]] };
        sort.extend(usual.iter().find_map(|(id, descending)| SortKey::new(draft.catalogue, id, *descending)));
    }
    Understanding {
        filter,
        sort,
        limit: draft.limit,
        ..empty(if draft.count { Form::Count } else { Form::List })
    }
}

/// All conditions as one canonical filter: "or" joins neighbours (and the list before them), all else is "and".
fn joined(draft: &Draft<'_>) -> Option<String> {
    let mut groups: Vec<(Join, Vec<String>)> = Vec::new();
    for condition in &draft.conditions {
        if condition.join == Join::Or {
            let mut any = Vec::new();
            while let Some((join, group)) = groups.pop() {
                any.splice(0..0, group);
                if join != Join::Comma {
                    break;
                }
            }
            any.push(condition.text.clone());
            groups.push((Join::And, any));
        } else {
            groups.push((condition.join, vec![condition.text.clone()]));
        }
    }
    let all = groups.into_iter().map(|(_, any)| {
        let any: Vec<String> = any.into_iter().map(|text| format!("({text})")).collect();
        format!("({})", any.join(" || "))
    });
    let text = all.collect::<Vec<_>>().join(" && ");
    check(&text, draft.catalogue).ok().map(|filter| filter.print())
}
