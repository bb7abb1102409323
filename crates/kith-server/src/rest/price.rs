//! Prices, price lists and price groups over REST.

use kith_api::request::PriceAsk;
use kith_domain::command::Command;
use kith_domain::price_list::{
    Command as PriceListCommand, PriceListDraft, PriceListKind, normal_code, price_list_id,
};
use kith_engine::{Answer, PriceAnswer, Request};

use super::account::ids;
use super::{Call, expected, refused};
use crate::reply::{Reply, json, with_header};

pub(super) async fn resolve(call: Call) -> Reply {
    let ask: PriceAsk = call.read()?;
    match call.engine.price(&call.caller, &ask).await?? {
        PriceAnswer::One(view) => json(200, &view),
        PriceAnswer::Many(view) => json(200, &view),
    }
}

pub(super) async fn list(kind: PriceListKind, call: Call) -> Reply {
    json(200, &call.engine.price_lists(kind).await?)
}

pub(super) async fn get(kind: PriceListKind, call: Call) -> Reply {
    show(&call, (kind, call.id()), 200).await
}

async fn show(call: &Call, (kind, code): (PriceListKind, &str), status: u16) -> Reply {
    let view = call.engine.price_list(kind, code).await??;
    let tag = format!("\"v{}\"", view.version);
    with_header(json(status, &view), "etag", &tag)
}

pub(super) async fn create(kind: PriceListKind, call: Call) -> Reply {
    let (draft, code, shape) = PriceListDraft::read(&call.value()?, &mut ids(&call.engine), true);
    let code = normal_code(&code);
    let command = PriceListCommand::Create { kind, code: code.clone(), draft: Box::new(draft) };
    settle(call, (kind, &code), command, shape, 201).await
}

pub(super) async fn update(kind: PriceListKind, call: Call) -> Reply {
    let code = normal_code(call.id());
    call.engine.price_list(kind, &code).await??;
    let (draft, _, shape) = PriceListDraft::read(&call.value()?, &mut ids(&call.engine), false);
    let command = PriceListCommand::Update { draft: Box::new(draft) };
    settle(call, (kind, &code), command, shape, 200).await
}

async fn settle(
    call: Call,
    (kind, code): (PriceListKind, &str),
    command: PriceListCommand,
    shape: Vec<kith_domain::refusal::FieldFault>,
    done: u16,
) -> Reply {
    let expected_version = match call.headers.contains_key("if-match") {
        true => Some(expected(&call)?),
        false => None,
    };
    let command = Command::PriceList { id: price_list_id(kind, code), command };
    if !shape.is_empty() {
        return Err(match call.engine.dry_run(&call.caller, Request::from(command)).await? {
            Some(refusal) => refused(refusal, shape),
            None => kith_api::problem::Problem::invalid(shape).into(),
        });
    }
    let request = Request { command, key: call.key()?, expected_version };
    match call.engine.execute(&call.caller, request).await?.answer {
        Answer::Refused(refusal) => Err(refusal.into()),
        Answer::Waiting(change) => json(202, &call.engine.change_view(&call.caller, &change)),
        Answer::Done(_) => show(&call, (kind, code), done).await,
    }
}
