//! Settings of approvals: the policy, and delegations.

use axum::response::{Html, IntoResponse, Redirect};
use kith_api::view::PolicyView;
use kith_domain::access::{Grant, Role};
use kith_domain::approval::Operation;
use kith_domain::command::Command;
use kith_domain::policy::{Command as PolicyCommand, Row, Rules, StepRule};
use kith_engine::{Answer, Request};
use kith_template::say;
use serde_json::{Value, json};

use super::form::{Form, Sent};
use super::miss::{Miss, Page, sentence_by_place};
use super::visit::Visit;
use crate::web::number::typed::whole;
use crate::web::page::{self, ApprovalsPage};
use crate::web::shell::Section;
use crate::web::words::t;

/// Most steps that are read of a form.
const STEPS_MAX: usize = 10;

pub(super) async fn show(visit: Visit) -> Page {
    draw(&visit, None, None).await
}

async fn draw(visit: &Visit, typed: Option<String>, fault: Option<String>) -> Page {
    let version = visit.param("version").and_then(|version| version.parse().ok());
    let policy = visit.engine.policy(&visit.caller, version).await??;
    let written = serde_json::to_value(&policy.rules).unwrap_or_default();
    let mut body = written.clone();
    if let Some(members) = body.as_object_mut() {
        members.insert("version".to_owned(), json!(policy.version));
    }
    let view: PolicyView = serde_json::from_value(body).unwrap_or_default();
    let page = ApprovalsPage {
        policy: view,
        typed: typed.is_some(),
        operations: operations(&policy.rules),
        roles: Role::ALL.iter().filter(|role| role.approves()).map(|role| role.as_str().to_owned()).collect(),
        rules: typed.unwrap_or_else(|| serde_json::to_string_pretty(&written).unwrap_or_default()),
        may_propose: visit.caller.principal.may(Grant::OrganisationManage, None),
        fault,
    };
    let shell = visit.shell(t("Approvals"), Section::Settings).await?;
    Ok(Html(page::approvals(&shell, &page).into_string()).into_response())
}

/// What a row can be for: what changes the record, in alphabetical order; and whatever has a row already.
pub(super) fn operations(rules: &Rules) -> Vec<String> {
    let needs = [Grant::AccountsWrite, Grant::ImportsWrite, Grant::UsersManage, Grant::VerificationsWrite];
    let held = |operation: &Operation| rules.rows.iter().any(|row| row.operation == *operation);
    let of = |operation: &&Operation| needs.contains(&operation.grant()) || held(operation);
    let mut found: Vec<String> =
        Operation::ALL.iter().filter(of).map(|operation| operation.as_str().to_owned()).collect();
    found.sort_unstable();
    found
}

/// The row that a form describes. Times stay as they were where the row was there already.
fn row_of(form: &Form, before: Option<&Row>) -> Result<Row, String> {
    let named = |member: &str| Value::from(form.text(member));
    let operation =
        serde_json::from_value(named("operation")).map_err(|_| t("Choose an operation.").to_owned())?;
    let lane = serde_json::from_value(named("lane")).map_err(|_| t("Choose a lane.").to_owned())?;
    let mut steps = Vec::new();
    for place in 0..STEPS_MAX {
        let role = form.text(&format!("role.{place}"));
        if role.is_empty() {
            continue;
        }
        let role: Role = role.parse().map_err(|()| say!("There is no role {role}."))?;
        let many = form.text(&format!("many.{place}"));
        let many = if many.is_empty() { Ok(1) } else { whole(many) };
        let approvals = many.map_err(|misread| misread.sentence())?;
        let approvals = approvals.try_into().map_err(|_| t("A step takes 1 to 5 approvals.").to_owned())?;
        let proof = Some(form.text(&format!("proof.{place}")).to_owned()).filter(|proof| !proof.is_empty());
        steps.push(StepRule { role, approvals, proof });
    }
    let when = Some(form.text("when").to_owned()).filter(|when| !when.is_empty());
    Ok(Row { operation, when, lane, steps, times: before.and_then(|row| row.times.clone()) })
}

/// Proposes a row: another one in its place, one more, or one less.
pub(super) async fn row(sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let mut rules = visit.engine.policy(&visit.caller, None).await??.rules;
    let place = form.text("place").parse::<usize>().ok().filter(|place| *place < rules.rows.len());
    match (form.text("move"), place) {
        ("remove", Some(place)) => drop(rules.rows.remove(place)),
        ("up", Some(place)) if place > 0 => rules.rows.swap(place, place - 1),
        ("up", _) => return draw(&visit, None, Some(t("It is the first row already.").to_owned())).await,
        _ => {
            let row = match row_of(&form, place.and_then(|place| rules.rows.get(place))) {
                Ok(row) => row,
                Err(fault) => return draw(&visit, None, Some(fault)).await,
            };
            match place.and_then(|place| rules.rows.get_mut(place)) {
                Some(held) => *held = row,
                None => insert(&mut rules.rows, row),
            }
        }
    }
    set(&visit, rules, None).await
}

/// A new row stands before the one of its operation that holds always: after it, it would never count.
fn insert(rows: &mut Vec<Row>, row: Row) {
    let always = |held: &Row| held.operation == row.operation && held.when.is_none();
    match rows.iter().position(always) {
        Some(place) => rows.insert(place, row),
        None => rows.push(row),
    }
}

pub(super) async fn propose(sent: Sent) -> Page {
    let typed = sent.form.exact("rules").to_owned();
    match serde_json::from_str::<Rules>(&typed) {
        Ok(rules) => set(&sent.visit, rules, Some(typed)).await,
        Err(error) => draw(&sent.visit, Some(typed), Some(say!("This is no policy: {error}."))).await,
    }
}

/// Proposes that a pack is switched.
pub(super) async fn pack(sent: Sent) -> Page {
    let pack = serde_json::from_value(Value::from(sent.form.text("pack"))).map_err(|_| Miss::not_found())?;
    let mut rules = sent.visit.engine.policy(&sent.visit.caller, None).await??.rules;
    if !rules.packs.remove(&pack) {
        rules.packs.insert(pack);
    }
    set(&sent.visit, rules, None).await
}

async fn set(visit: &Visit, rules: Rules, typed: Option<String>) -> Page {
    let command = Command::Policy(PolicyCommand::Set { rules: Box::new(rules) });
    match visit.engine.execute(&visit.caller, Request::from(command)).await?.answer {
        Answer::Refused(refusal) => draw(visit, typed, Some(sentence_by_place(&refusal))).await,
        Answer::Waiting(change) => Ok(Redirect::to(&format!("/changes/{}", change.id)).into_response()),
        Answer::Done(_) => {
            draw(visit, typed, Some(t("This is the policy that holds: nothing would change.").to_owned()))
                .await
        }
    }
}
