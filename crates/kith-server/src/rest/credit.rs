//! Credit over REST.

use kith_api::problem::Problem;
use kith_api::request::{
    CreditCheck, CreditSourcesSave, ReservationAmend, ReservationCommit, ReservationMake,
};
use kith_api::view::{MoneyView, ReservationView};
use kith_domain::refusal::FieldFault;
use kith_domain::value::{EntityCode, Money};
use kith_engine::{Answer, CreditAsk, Request, ReserveAsk, Reserved, Resolve, decision_view};

use super::{Call, invalid, required_key};
use crate::reply::{Reply, Stop, json, with_header};

pub(super) async fn answer(id: &str, call: Call) -> Reply {
    match id {
        "credit_desk" => desk(call).await,
        "credit_accuracy" => json(200, &call.engine.credit_accuracy(&call.caller).await??),
        "credit_source_list" => json(200, &call.engine.credit_sources(&call.caller).await??),
        "credit_source_save" => save_sources(call).await,
        "credit_reconciliation_list" => reconciliations(call).await,
        "credit_reconcile" => reconcile(call).await,
        "credit_get" => get(call).await,
        "credit_decision_list" => decisions(call).await,
        "credit_behaviour" => behaviour(call).await,
        "credit_behaviour_portfolio" => portfolio(call).await,
        "credit_check" => check(call).await,
        "reservation_make" => reserve(call).await,
        "reservation_get" => reservation(call).await,
        "reservation_commit" => commit(call).await,
        "reservation_void" => resolve(call, Resolve::Void).await,
        "reservation_amend" => amend(call).await,
        _ => Err(Stop::new(500, "unhandled", "This operation is in the table, but nobody carries it out.")),
    }
}

async fn desk(call: Call) -> Reply {
    let entity = entity(&call)?;
    json(200, &call.engine.credit_desk(&call.caller, entity).await??)
}

/// How an account pays.
async fn behaviour(call: Call) -> Reply {
    let entity = entity(&call)?;
    json(200, &call.engine.payment_behaviour(&call.caller, call.id(), entity).await??)
}

/// How all customers pay.
async fn portfolio(call: Call) -> Reply {
    let entity = entity(&call)?;
    json(200, &call.engine.portfolio_behaviour(&call.caller, entity).await??)
}

async fn reconcile(call: Call) -> Reply {
    let whole = match call.param("whole").as_deref() {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return Err(invalid("whole", "not_allowed", "expected true or false")),
    };
    json(200, &call.engine.reconcile_credit(&call.caller, call.body, whole).await??)
}

async fn reconciliations(call: Call) -> Reply {
    let (limit, cursor) = (call.limit()?, call.param("cursor"));
    json(200, &call.engine.reconciliations(&call.caller, limit, cursor).await??)
}

/// Registers who feeds the exposure of an entity: a change of the policy.
async fn save_sources(mut call: Call) -> Reply {
    let request: CreditSourcesSave = call.read()?;
    call.caller.reason.clone_from(&request.reason);
    let command = call.engine.credit_sources_command(&call.caller, call.id(), request).await??;
    let asked = Request { command, key: call.key()?, expected_version: None };
    match call.engine.execute(&call.caller, asked).await?.answer {
        Answer::Refused(refusal) => Err(refusal.into()),
        Answer::Done(_) => json(200, &call.engine.credit_sources(&call.caller).await??),
        Answer::Waiting(change) => {
            let view = call.engine.change_view(&call.caller, &change);
            let location = format!("/api/v1/changes/{}", view.id);
            with_header(json(202, &view), "location", &location)
        }
    }
}

fn entity(call: &Call) -> Result<Option<EntityCode>, Stop> {
    let mut faults = Vec::new();
    let entity = call.query.get("entity").and_then(|text| code(text, &mut faults));
    if faults.is_empty() { Ok(entity) } else { Err(Problem::invalid(faults).into()) }
}

async fn get(call: Call) -> Reply {
    let entity = entity(&call)?;
    json(200, &call.engine.account_credit(&call.caller, call.id(), entity).await??)
}

async fn decisions(call: Call) -> Reply {
    let (limit, cursor) = (call.limit()?, call.param("cursor"));
    json(200, &call.engine.reservations_of(&call.caller, call.id(), limit, cursor).await??)
}

async fn check(call: Call) -> Reply {
    let request: CreditCheck = call.read()?;
    let ask = ask(&call, &request.account, request.entity.as_deref(), &request.amount)?;
    let ask = CreditAsk { prepaid: request.prepaid, ..ask };
    json(200, &decision_view(&call.engine.credit_check(&call.caller, ask).await??))
}

async fn reserve(call: Call) -> Reply {
    let request: ReservationMake = call.read()?;
    let ask = ask(&call, &request.account, request.entity.as_deref(), &request.amount)?;
    let ask = CreditAsk { prepaid: request.prepaid, order_no: request.order_no, ..ask };
    let key = Some(required_key(&call.headers)?);
    let ask = ReserveAsk { ask, id: request.id, timeout_s: request.timeout_s, key };
    let reserved = call.engine.reserve(&call.caller, ask).await??;
    if !reserved.goes() {
        return Err(against(reserved.view()));
    }
    match reserved.fresh {
        true => json(201, &reserved.view()),
        false => with_header(json(200, &reserved.view()), "idempotent-replayed", "true"),
    }
}

async fn reservation(call: Call) -> Reply {
    json(200, &call.engine.reservation(&call.caller, call.id()).await??)
}

async fn commit(call: Call) -> Reply {
    let request: ReservationCommit = call.read()?;
    let amount = request.amount.as_ref().map(money).transpose()?;
    resolve(call, Resolve::Commit { amount, order_no: request.order_no }).await
}

async fn amend(call: Call) -> Reply {
    let request: ReservationAmend = call.read()?;
    let amount = money(&request.amount)?;
    resolve(call, Resolve::Amend { amount }).await
}

async fn resolve(call: Call, resolve: Resolve) -> Reply {
    let amends = matches!(resolve, Resolve::Amend { .. });
    let reserved: Reserved =
        call.engine.resolve_reservation(&call.caller, call.id(), resolve, call.key()?).await??;
    if amends && reserved.amendment_refused() {
        return Err(against(reserved.view()));
    }
    json(200, &reserved.view())
}

/// What is held or rejected: 409 with the decision.
fn against(view: ReservationView) -> Stop {
    let decision = view.amend_decision.as_ref().or(view.decision.as_ref());
    let rejected = decision.is_some_and(|decision| decision.outcome == "reject");
    let code = if rejected { "credit_rejected" } else { "credit_held" };
    let texts: Vec<&str> =
        decision.iter().flat_map(|decision| &decision.reasons).map(|reason| reason.text.as_str()).collect();
    let mut problem = Problem::new(409, code, texts.join(" "));
    problem.clears = "See the reasons; what was decided stays, and a new request is decided anew.".to_owned();
    problem.reservation = Some(Box::new(view));
    problem.into()
}

fn code(text: &str, faults: &mut Vec<FieldFault>) -> Option<EntityCode> {
    let code = text.parse().ok();
    if code.is_none() {
        faults.push(FieldFault::new("/entity", "entity_unknown", "There is no such legal entity."));
    }
    code
}

fn money(view: &MoneyView) -> Result<Money, Stop> {
    amount(view).map_err(|fault| Problem::invalid(vec![fault]).into())
}

fn amount(view: &MoneyView) -> Result<Money, FieldFault> {
    view.read().map_err(|told| FieldFault::new("/amount", "money_invalid", told))
}

/// The request, with the owning entity where none is named.
fn ask(call: &Call, account: &str, entity: Option<&str>, amount: &MoneyView) -> Result<CreditAsk, Stop> {
    let mut faults = Vec::new();
    let named = entity.and_then(|text| code(text, &mut faults));
    let amount = self::amount(amount).map_err(|fault| faults.push(fault)).ok();
    let entity = named.or_else(|| if entity.is_none() { call.engine.owning_entity(account) } else { None });
    match (entity, amount) {
        (Some(entity), Some(amount)) => Ok(CreditAsk::new(account, entity, amount)),
        // Of an account that is not there, the rest does not matter.
        (None, Some(_)) if faults.is_empty() => {
            Err(Stop::new(404, "account.not_found", "There is no such account."))
        }
        _ => Err(Problem::invalid(faults).into()),
    }
}
