//! Delegations over REST.

use std::collections::BTreeSet;

use jiff::Timestamp;
use kith_api::problem::Problem;
use kith_api::request::DelegationMake;
use kith_domain::approval::Operation;
use kith_domain::command::Command;
use kith_domain::delegation::{Command as DelegationCommand, Terms};
use kith_domain::refusal::FieldFault;
use kith_domain::value::{DelegationId, Money, UserId};
use kith_engine::{Answer, Request};

use super::Call;
use crate::reply::{Reply, json};

pub(super) async fn list(call: Call) -> Reply {
    json(200, &call.engine.delegations(&call.caller).await?)
}

pub(super) async fn make(call: Call) -> Reply {
    let request: DelegationMake = call.read()?;
    let mut faults = Vec::new();
    let to = match request.to.trim() {
        name if name.contains('@') => {
            call.engine.user_by_email(name).await?.and_then(|user| user.id.parse::<UserId>().ok())
        }
        id => id.parse().ok(),
    };
    if to.is_none() {
        faults.push(FieldFault::new("/to", "user_unknown", "expected usr_… or the address of a user"));
    }
    let operations = operations(&request.operations, &mut faults);
    let amount_cap = request.amount_cap.and_then(|cap| {
        let money = cap.currency.parse().ok().and_then(|currency| Money::parse(&cap.amount, currency).ok());
        if money.is_none() {
            faults.push(FieldFault::new(
                "/amount_cap",
                "money_invalid",
                "expected an amount and its currency",
            ));
        }
        money
    });
    let mut time = |member: &str, text: &str| {
        let parsed = text.parse::<Timestamp>().ok();
        if parsed.is_none() {
            let message = "expected a time such as 2026-12-01T18:00:00Z";
            faults.push(FieldFault::new(format!("/{member}"), "time_invalid", message));
        }
        parsed
    };
    let starts = request.starts.as_deref().map_or(Some(call.engine.now()), |text| time("starts", text));
    let ends = time("ends", &request.ends);
    let (Some(to), Some(starts), Some(ends), true) = (to, starts, ends, faults.is_empty()) else {
        return Err(Problem::invalid(faults).into());
    };
    let id = DelegationId(call.engine.new_uuid()?);
    let terms = Terms { to, operations, amount_cap, starts, ends };
    carry_out(call, id, DelegationCommand::Make { id, terms }, 201).await
}

fn operations(texts: &[String], faults: &mut Vec<FieldFault>) -> BTreeSet<Operation> {
    let mut found = BTreeSet::new();
    for (place, text) in texts.iter().enumerate() {
        match Operation::ALL.iter().find(|operation| operation.as_str() == text) {
            Some(operation) => {
                found.insert(*operation);
            }
            None => {
                let message = format!("there is no operation {text:?}");
                faults.push(FieldFault::new(format!("/operations/{place}"), "operation_unknown", message));
            }
        }
    }
    found
}

pub(super) async fn end(call: Call) -> Reply {
    let id: DelegationId = call.typed_id()?;
    carry_out(call, id, DelegationCommand::End, 200).await
}

async fn carry_out(call: Call, id: DelegationId, command: DelegationCommand, done: u16) -> Reply {
    let request =
        Request { command: Command::Delegation { id, command }, key: call.key()?, expected_version: None };
    match call.engine.execute(&call.caller, request).await?.answer {
        Answer::Refused(refusal) => Err(refusal.into()),
        Answer::Done(receipt) => json(done, &call.engine.delegation(&receipt.id).await?),
        Answer::Waiting(change) => json(202, &call.engine.change_view(&call.caller, &change)),
    }
}
