//! Delegations: made for days, ended at any time.

use axum::extract::Path;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kith_domain::access::Grant;
use kith_domain::approval::Operation;
use kith_domain::command::Command;
use kith_domain::delegation::{Command as DelegationCommand, Terms};
use kith_domain::refusal::FieldFault;
use kith_domain::value::{DelegationId, UserId};

use super::super::form::{Form, Sent};
use super::super::miss::{Miss, Page};
use super::super::policy::operations;
use super::super::visit::Visit;
use super::{Came, carry_out, html, may, to, to_change};
use crate::web::number::typed::money_with;
use crate::web::page::{self, DelegationsPage};
use crate::web::part::field::Typed;
use crate::web::shell::Section;
use crate::web::words::t;

pub(in crate::web::route) async fn show(visit: Visit) -> Page {
    draw(&visit, None).await
}

async fn draw(visit: &Visit, typed: Option<Typed>) -> Page {
    let rules = visit.engine.policy(&visit.caller, None).await??.rules;
    let page = DelegationsPage {
        delegations: visit.engine.delegations(&visit.caller).await?.items,
        operations: operations(&rules),
        may_delegate: may(visit, Grant::ChangesApprove),
        typed,
    };
    let shell = visit.shell(t("Delegations"), Section::Settings).await?;
    html(&page::delegations(&shell, &page))
}

async fn settle(visit: &Visit, form: &Form, id: DelegationId, command: DelegationCommand) -> Page {
    match carry_out(visit, form, Command::Delegation { id, command }).await? {
        Came::Done => to("/settings/delegations"),
        Came::Waits(change) => to_change(&change),
        Came::Refused(typed) => draw(visit, Some(typed)).await,
    }
}

/// What a form asks for, every fault at its place. The last day counts to its end.
async fn terms(visit: &Visit, form: &Form) -> Result<Result<Terms, Vec<FieldFault>>, Miss> {
    let mut faults = Vec::new();
    let zone = visit.clock().zone;
    let moment = |day: Date, last: bool| -> Option<Timestamp> {
        let at = if last { day.at(23, 59, 59, 0) } else { day.at(0, 0, 0, 0) };
        TimeZone::to_ambiguous_timestamp(&zone, at).compatible().ok()
    };
    let user = visit.engine.user_by_email(form.text("to")).await?;
    let to = user.and_then(|user| user.id.parse::<UserId>().ok());
    if to.is_none() {
        faults.push(FieldFault::new("/to", "user_unknown", t("There is no user with this address.")));
    }
    let ends = form.text("ends").parse::<Date>().ok().and_then(|day| moment(day, true));
    if ends.is_none() {
        faults.push(FieldFault::new("/ends", "date_invalid", t("Until which day?")));
    }
    let now = visit.engine.now();
    let starts = match form.text("starts") {
        "" => Some(now),
        text => text.parse::<Date>().ok().and_then(|day| moment(day, false)).map(|at| at.max(now)),
    };
    if starts.is_none() {
        faults.push(FieldFault::new("/starts", "date_invalid", t("From which day?")));
    }
    let cap = form.text("amount_cap");
    let amount_cap = match cap {
        "" => None,
        text => match money_with(text, None) {
            Ok(cap) => Some(cap),
            Err(fault) => {
                faults.push(FieldFault::new("/amount_cap", "money_invalid", fault));
                None
            }
        },
    };
    let wanted = form.picked("operation.");
    let operations = Operation::ALL.iter().filter(|one| wanted.iter().any(|name| name == one.as_str()));
    Ok(match (to, starts, ends, faults.is_empty()) {
        (Some(to), Some(starts), Some(ends), true) => {
            Ok(Terms { to, operations: operations.copied().collect(), amount_cap, starts, ends })
        }
        _ => Err(faults),
    })
}

pub(in crate::web::route) async fn make(sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    match terms(&visit, &form).await? {
        Ok(terms) => {
            let id = DelegationId(visit.engine.new_uuid()?);
            settle(&visit, &form, id, DelegationCommand::Make { id, terms }).await
        }
        Err(faults) => {
            let typed = Typed::at_fault(form.members(), t("Some fields are at fault."), &faults);
            draw(&visit, Some(typed)).await
        }
    }
}

pub(in crate::web::route) async fn end(Path(id): Path<String>, sent: Sent) -> Page {
    let id: DelegationId = id.parse().map_err(|_| Miss::not_found())?;
    settle(&sent.visit, &sent.form, id, DelegationCommand::End).await
}
