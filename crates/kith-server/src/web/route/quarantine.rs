//! The desk of the quarantine: what waits by its causes, and what is done about one item or several.

use std::collections::HashMap;

use axum::extract::Path;
use axum::response::{Html, IntoResponse};
use kith_api::request::{QuarantineAct, QuarantineDecide, QuarantineRepair};
use kith_api::view::{QuarantineBatch, QuarantineCause};
use kith_domain::refusal::Refusal;
use kith_domain::value::QuarantineId;
use kith_engine::Answer;
use kith_template::say;

use super::form::{Form, Sent};
use super::miss::{Miss, Page, sentence};
use super::visit::Visit;
use crate::web::number::capital;
use crate::web::page::{self, QuarantinePage, QuarantineTyped};
use crate::web::shell::Section;
use crate::web::words::{t, told};

/// Items of a page.
const LIMIT: usize = 50;

/// The cause that an address or a form names.
#[derive(Debug, Default)]
struct Named {
    code: String,
    source: String,
    kind: String,
    at: String,
}

impl Named {
    fn of_visit(visit: &Visit) -> Self {
        let text = |name: &str| visit.text(name).to_owned();
        Self { code: text("code"), source: text("source"), kind: text("type"), at: text("at") }
    }

    fn of_form(form: &Form) -> Self {
        let text = |name: &str| form.text(name).to_owned();
        Self { code: text("code"), source: text("source"), kind: text("type"), at: text("at") }
    }

    fn is(&self, cause: &QuarantineCause) -> bool {
        (&cause.code, &cause.source, &cause.kind, &cause.pointer)
            == (&self.code, &self.source, &self.kind, &self.at)
    }
}

/// What is said above the list.
#[derive(Debug, Default)]
struct Said {
    told: Option<String>,
    fault: Option<String>,
    typed: QuarantineTyped,
}

pub(super) async fn list(visit: Visit) -> Page {
    let state = visit.param("state").unwrap_or_else(|| "waiting".to_owned());
    let named = Named::of_visit(&visit);
    draw(&visit, state, &named, Said::default()).await
}

async fn draw(visit: &Visit, state: String, named: &Named, said: Said) -> Page {
    if !["waiting", "replayed", "accepted", "discarded"].contains(&state.as_str()) {
        return Err(Miss::not_found());
    }
    let (engine, caller) = (&visit.engine, &visit.caller);
    let mut page = QuarantinePage {
        state,
        told: said.told,
        fault: said.fault,
        typed: said.typed,
        ..QuarantinePage::default()
    };
    if page.state == "waiting" {
        page.desk = engine.quarantine_desk(caller).await??;
        // Without a word the cause that holds up most is open.
        let found = page.desk.causes.iter().position(|cause| named.is(cause));
        page.open = found.or(if page.desk.causes.is_empty() { None } else { Some(0) });
        let ids = page.open.and_then(|open| page.desk.causes.get(open)).map(|cause| cause.ids.clone());
        let ids: Vec<String> = ids.unwrap_or_default().into_iter().take(LIMIT).collect();
        page.items = engine.quarantine_items(caller, ids).await??;
        let people = engine.users(caller).await?.items;
        page.people = people.into_iter().filter(|person| person.status == "active").collect();
    } else {
        let cursor = visit.param("cursor");
        let found = engine.quarantined(caller, page.state.clone(), cursor, LIMIT).await??;
        (page.items, page.next) = (found.items, found.next_cursor);
    }
    let shell = visit.shell(t("Quarantine"), Section::Quarantine).await?;
    Ok(Html(page::quarantine(&shell, &page).into_string()).into_response())
}

fn id_of(name: &str) -> Result<QuarantineId, Miss> {
    name.parse().map_err(|_| Miss::not_found())
}

/// What was typed, to be shown again.
fn typed(form: &Form) -> QuarantineTyped {
    QuarantineTyped {
        item: form.text("item").to_owned(),
        event: form.exact("event").to_owned(),
        reason: form.text("reason").to_owned(),
        subject: form.text("subject").to_owned(),
        chosen: form.picked("item."),
        faults: HashMap::new(),
    }
}

/// What an act on several items still needs, by field.
fn unsaid(sent: &Sent, act: QuarantineAct) -> HashMap<String, String> {
    let text = |name: &str| sent.form.text(name).trim();
    let reason = match act {
        QuarantineAct::Repair => Some(t("Giving items to a customer needs a reason: say why.")),
        QuarantineAct::Discard => Some(t("Discarding needs a reason: say why.")),
        QuarantineAct::Replay | QuarantineAct::Assign => None,
    };
    let reason = reason.filter(|_| text("reason").is_empty()).map(str::to_owned);
    let number = text("subject");
    let is_number = number.starts_with("C-") || number.starts_with("acc_");
    let subject = match act {
        QuarantineAct::Repair if number.is_empty() => {
            Some(t("Say which customer they belong to.").to_owned())
        }
        QuarantineAct::Repair if is_number => {
            let known = sent.visit.engine.account_known(&sent.visit.caller, number);
            known.is_none().then(|| say!("There is no customer {number}."))
        }
        _ => None,
    };
    let faults = [("reason", reason), ("subject", subject)];
    faults.into_iter().filter_map(|(field, fault)| Some((field.to_owned(), fault?))).collect()
}

/// What is wrong with an event that was put right.
fn of_event(refusal: &Refusal) -> HashMap<String, String> {
    let found = refusal.fields.iter().find(|fault| fault.pointer.starts_with("/event"));
    found.map(|fault| ("event".to_owned(), capital(&told(&fault.message)))).into_iter().collect()
}

/// Why items could not be given to the customer that was named.
fn of_subject(batch: &QuarantineBatch, act: QuarantineAct) -> HashMap<String, String> {
    let is_subject = |code: &String| act == QuarantineAct::Repair && code.starts_with("subject_");
    let found = batch.items.iter().find(|item| item.code.as_ref().is_some_and(is_subject));
    let why = found.and_then(|item| item.refusal.as_deref());
    why.map(|why| ("subject".to_owned(), told(why).into_owned())).into_iter().collect()
}

/// Back to the cause, with what came of it.
async fn settled(sent: &Sent, answer: Answer, done: &str) -> Page {
    let said = match answer {
        Answer::Refused(refusal) => {
            let typed = QuarantineTyped { faults: of_event(&refusal), ..typed(&sent.form) };
            Said { fault: Some(sentence(&refusal)), typed, told: None }
        }
        Answer::Done(_) | Answer::Waiting(_) => Said { told: Some(done.to_owned()), ..Said::default() },
    };
    draw(&sent.visit, "waiting".to_owned(), &Named::of_form(&sent.form), said).await
}

pub(super) async fn replay(Path(name): Path<String>, sent: Sent) -> Page {
    let answer = sent.visit.engine.release(&sent.visit.caller, id_of(&name)?, false).await?.answer;
    settled(&sent, answer, t("It is replayed and counts now.")).await
}

pub(super) async fn accept(Path(name): Path<String>, sent: Sent) -> Page {
    let answer = sent.visit.engine.release(&sent.visit.caller, id_of(&name)?, true).await?.answer;
    settled(&sent, answer, t("It counts now, as a correction of the other one.")).await
}

pub(super) async fn repair(Path(name): Path<String>, sent: Sent) -> Page {
    let id = id_of(&name)?;
    let Ok(event) = serde_json::from_str(sent.form.text("event")) else {
        let fault = t("The event is not JSON any more. Nothing was changed.");
        let faults = [("event".to_owned(), fault.to_owned())].into();
        let typed = QuarantineTyped { faults, ..typed(&sent.form) };
        let said = Said { fault: Some(fault.to_owned()), typed, told: None };
        return draw(&sent.visit, "waiting".to_owned(), &Named::of_form(&sent.form), said).await;
    };
    let reason = sent.form.text("reason").to_owned();
    let request = QuarantineRepair { event: Some(event), subject: None, reason };
    let answer = sent.visit.engine.repair(&sent.visit.caller, id, &request).await?.answer;
    settled(&sent, answer, t("It is repaired and counts now; what it said before stays on record.")).await
}

pub(super) async fn decide(sent: Sent) -> Page {
    let form = &sent.form;
    let act = match form.text("act") {
        "repair" => QuarantineAct::Repair,
        "assign" => QuarantineAct::Assign,
        "discard" => QuarantineAct::Discard,
        _ => QuarantineAct::Replay,
    };
    let faults = unsaid(&sent, act);
    if !faults.is_empty() {
        let typed = QuarantineTyped { faults, ..typed(form) };
        let said = Said { typed, ..Said::default() };
        return draw(&sent.visit, "waiting".to_owned(), &Named::of_form(form), said).await;
    }
    let text = |name: &str| Some(form.text(name).to_owned()).filter(|text| !text.is_empty());
    let request = QuarantineDecide {
        items: form.picked("item."),
        act,
        subject: text("subject"),
        to: text("to"),
        reason: text("reason"),
    };
    let said = match sent.visit.engine.decide_quarantined(&sent.visit.caller, &request).await? {
        Err(refusal) => Said { fault: Some(sentence(&refusal)), typed: typed(form), told: None },
        Ok(batch) => {
            let why = batch.items.iter().find_map(|item| item.refusal.clone());
            Said {
                typed: match why {
                    Some(_) => QuarantineTyped { faults: of_subject(&batch, act), ..typed(form) },
                    None => QuarantineTyped::default(),
                },
                told: (batch.done > 0)
                    .then(|| say!("Done with {done} of {all}.", done = batch.done, all = batch.items.len())),
                fault: why.map(|why| say!("Not done with {n}: {why}", n = batch.refused, why = told(&why))),
            }
        }
    };
    draw(&sent.visit, "waiting".to_owned(), &Named::of_form(form), said).await
}
