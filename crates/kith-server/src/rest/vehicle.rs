//! Lanes and vehicles over REST.

use kith_api::problem::Problem;
use kith_api::request::LaneAsk;
use kith_domain::command::Command;
use kith_domain::refusal::FieldFault;
use kith_domain::value::VehicleId;
use kith_domain::vehicle::{Command as VehicleCommand, VehicleDraft};
use kith_engine::{Answer, Request, VehicleRequest};

use super::{Call, refused};
use crate::reply::{Reply, json};

pub(super) async fn lanes(call: Call) -> Reply {
    let ask: LaneAsk = call.read()?;
    json(200, &call.engine.lanes_for(&call.caller, call.id(), &ask).await??)
}

pub(super) async fn carry_out(id: &str, call: Call) -> Reply {
    match id {
        "vehicle_add" => add(call).await,
        "vehicle_list" => list(call).await,
        "vehicle_get" => get(call).await,
        _ => update(call).await,
    }
}

async fn list(call: Call) -> Reply {
    let request = VehicleRequest {
        account: call.param("account"),
        vin: call.param("vin"),
        cursor: call.param("cursor"),
        limit: call.limit()?,
    };
    json(200, &call.engine.vehicles(&call.caller, request).await??)
}

async fn get(call: Call) -> Reply {
    json(200, &call.engine.vehicle(&call.caller, call.id()).await??)
}

async fn add(call: Call) -> Reply {
    let id = VehicleId(call.engine.new_uuid()?);
    let (draft, shape) = VehicleDraft::read(&call.value()?);
    settle(call, id, VehicleCommand::Add { id, draft: Box::new(draft) }, shape, 201).await
}

async fn update(call: Call) -> Reply {
    let view = call.engine.vehicle(&call.caller, call.id()).await??;
    let id: VehicleId = view.id.parse().unwrap_or_default();
    let (draft, shape) = VehicleDraft::read(&call.value()?);
    settle(call, id, VehicleCommand::Update { draft: Box::new(draft) }, shape, 200).await
}

async fn settle(
    call: Call,
    id: VehicleId,
    command: VehicleCommand,
    shape: Vec<FieldFault>,
    done: u16,
) -> Reply {
    let command = Command::Vehicle { id, command };
    if !shape.is_empty() {
        return Err(match call.engine.dry_run(&call.caller, Request::from(command)).await? {
            Some(refusal) => refused(refusal, shape),
            None => Problem::invalid(shape).into(),
        });
    }
    let request = Request { command, key: call.key()?, expected_version: None };
    match call.engine.execute(&call.caller, request).await?.answer {
        Answer::Refused(refusal) => Err(refusal.into()),
        Answer::Waiting(change) => json(202, &call.engine.change_view(&call.caller, &change)),
        Answer::Done(receipt) => json(done, &call.engine.vehicle(&call.caller, &receipt.id).await??),
    }
}
