//! Orders at the door over REST.

use kith_api::problem::Problem;
use kith_api::request::{OrderCancel, OrderPlace, OrderRelease, QueueRelease};
use kith_api::view::OrderView;
use kith_domain::order::OrderState;
use kith_engine::{OrderRequest, Placed, QueueRequest};

use super::{Call, invalid, required_key};
use crate::reply::{Reply, Stop, json};

pub(super) async fn act(id: &str, call: Call) -> Reply {
    match id {
        "order_place" => place(call).await,
        "order_list" => list(call).await,
        "order_get" => json(200, &call.engine.order(&call.caller, call.id()).await??),
        "order_release_queue" => {
            let QueueRelease { orders, account, override_held, reason } = call.read()?;
            let request = QueueRequest { orders, account, override_held, reason };
            json(200, &call.engine.release_queue(&call.caller, request).await??)
        }
        "order_cancel" => {
            let request: OrderCancel = call.read()?;
            json(200, &call.engine.cancel_order(&call.caller, call.id(), request.reason).await??)
        }
        "order_amend" => {
            let patch = call.value()?;
            if !patch.is_object() {
                return Err(invalid("", "type", "expected an object"));
            }
            json(200, &call.engine.amend_order(&call.caller, call.id(), &patch).await??)
        }
        _ => {
            let OrderRelease { account, reason } = call.read()?;
            json(200, &call.engine.release_order(&call.caller, call.id(), account, reason).await??)
        }
    }
}

async fn place(call: Call) -> Reply {
    let key = required_key(&call.headers)?;
    let order: OrderPlace = call.read()?;
    let Placed { view, is_invalid } = call.engine.place_order(&call.caller, &order, key).await??;
    match view.outcome.as_deref() {
        Some("accept") => json(201, &view),
        Some("reject") => Err(rejected(view, is_invalid)),
        None if view.state == "cancelled" => json(200, &view),
        _ => json(202, &view),
    }
}

/// What does not go: 409 where credit says so, 422 where the order does; every reason either way.
fn rejected(view: OrderView, is_invalid: bool) -> Stop {
    let decides = view.reasons.iter().filter(|reason| reason.severity == "reject");
    let texts: Vec<&str> = decides.map(|reason| reason.text.as_str()).collect();
    let status = if is_invalid { 422 } else { 409 };
    let mut problem = Problem::new(status, "order_rejected", texts.join(" "));
    problem.clears = "See the reasons; mend what they name and place the order again.".to_owned();
    let at = view.reasons.iter().filter(|reason| is_invalid && reason.severity == "reject");
    problem.errors = at
        .map(|reason| kith_api::problem::ProblemField {
            pointer: reason.pointer.clone(),
            code: reason.code.clone(),
            message: reason.text.clone(),
        })
        .collect();
    problem.order = Some(Box::new(view));
    problem.into()
}

async fn list(call: Call) -> Reply {
    let state = match call.param("state") {
        Some(text) => {
            let found = OrderState::ALL.into_iter().find(|state| state.as_str() == text);
            let words: Vec<&str> = OrderState::ALL.iter().map(|state| state.as_str()).collect();
            let message = format!("expected one of {}", words.join(", "));
            Some(found.ok_or_else(|| invalid("state", "state_unknown", &message))?)
        }
        None => None,
    };
    let (limit, cursor, account) = (call.limit()?, call.param("cursor"), call.param("account"));
    let request = OrderRequest { state, account, cursor, limit };
    json(200, &call.engine.orders(&call.caller, request).await??)
}
