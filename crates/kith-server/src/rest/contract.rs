//! Contracts and their templates over REST.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use kith_api::problem::Problem;
use kith_api::request::{
    ContractAuthority, ContractRelink, ContractSend, ContractSign, ContractTerminate, ReasonGiven,
};
use kith_api::view::{ContractView, SignerLink};
use kith_domain::command::Command;
use kith_domain::contract::{Command as ContractCommand, ContractDraft, NoticeKind, Origin};
use kith_domain::contract_template::{Command as TemplateCommand, TemplateDraft};
use kith_domain::refusal::{FieldFault, Refusal};
use kith_domain::value::{AccountId, ContractId};
use kith_engine::{Answer, ContractRequest, Request, SentLink, Upload};
use serde_json::Value;

use super::document::attached;
use super::{Call, invalid, refused};
use crate::reply::{Reply, Stop, json, with_header};

/// Hours for which a link works, when nobody says.
const LINK_HOURS: u16 = 14 * 24;

pub(super) async fn carry_out(id: &str, call: Call) -> Reply {
    match id {
        "contract_create" => create(call).await,
        "contract_list" | "contract_of_account" => list(call).await,
        "contract_calendar" => calendar(call).await,
        "contract_get" => shown(&call, 200, call.id()).await,
        "contract_update" => update(call).await,
        "contract_pdf" => pdf(call).await,
        "contract_send" => send(call).await,
        "contract_relink" => relink(call).await,
        "contract_sign" => sign(call).await,
        "contract_upload_signed" => upload(call).await,
        "contract_amend" | "contract_renew" => follow(id == "contract_renew", call).await,
        "contract_provision" => provision(call).await,
        "contract_template_list" => templates(call).await,
        "contract_template_save" => template_save(call).await,
        "contract_template_get" => template(call).await,
        "contract_template_retire" => template_retire(call).await,
        _ => act(id, call).await,
    }
}

async fn shown(call: &Call, status: u16, id: &str) -> Reply {
    let view = call.engine.contract_get(&call.caller, id).await??;
    with_header(json(status, &view), "etag", &format!("\"v{}\"", view.version))
}

async fn list(call: Call) -> Reply {
    let of = if call.id().is_empty() { call.param("account") } else { Some(call.id().to_owned()) };
    let request = ContractRequest {
        account: of,
        state: call.param("state"),
        cursor: call.param("cursor"),
        limit: call.limit()?,
    };
    json(200, &call.engine.contracts(&call.caller, request).await??)
}

/// Takes the account out of a body: it names whose contract it is.
fn take_account(body: &mut Value, faults: &mut Vec<FieldFault>) -> Option<String> {
    match body.as_object_mut().and_then(|members| members.remove("account")) {
        Some(Value::String(account)) => Some(account),
        Some(_) => {
            faults.push(FieldFault::new("/account", "type_string", "expected a text"));
            None
        }
        None => {
            faults.push(FieldFault::new("/account", "required", "a contract is with an account"));
            None
        }
    }
}

async fn create(call: Call) -> Reply {
    let (mut body, mut shape) = (call.value()?, Vec::new());
    let account = take_account(&mut body, &mut shape);
    let named = match &account {
        Some(name) => {
            let found = call.engine.account_known(&call.caller, name);
            if found.is_none() {
                shape.push(FieldFault::new("/account", "account_unknown", "there is no such account"));
            }
            found
        }
        None => None,
    };
    draft(call, named.unwrap_or_default(), None, (body, shape)).await
}

async fn follow(renews: bool, call: Call) -> Reply {
    let (origin, account) = call.engine.contract_follow(&call.caller, call.id(), renews).await??;
    let body = call.value()?;
    draft(call, account.parse().unwrap_or_default(), Some(origin), (body, Vec::new())).await
}

async fn draft(
    call: Call,
    account: AccountId,
    origin: Option<Origin>,
    (body, mut shape): (Value, Vec<FieldFault>),
) -> Reply {
    let (draft, faults) = ContractDraft::read(&body, &account.to_string());
    shape.extend(faults);
    let id = ContractId(call.engine.new_uuid()?);
    let command = ContractCommand::Create { id, account, origin, draft: Box::new(draft) };
    settle(call, id, command, shape, (201, None)).await
}

async fn update(call: Call) -> Reply {
    let view = call.engine.contract_get(&call.caller, call.id()).await??;
    let (draft, shape) = ContractDraft::read(&call.value()?, &view.account);
    let expected = call.headers.contains_key("if-match").then(|| super::expected(&call)).transpose()?;
    let command = ContractCommand::Update { draft: Box::new(draft) };
    settle(call, view.id.parse().unwrap_or_default(), command, shape, (200, expected)).await
}

async fn settle(
    call: Call,
    id: ContractId,
    command: ContractCommand,
    shape: Vec<FieldFault>,
    (done, expected_version): (u16, Option<u64>),
) -> Reply {
    let command = Command::Contract { id, command };
    if !shape.is_empty() {
        let known = !shape.iter().any(|fault| fault.pointer == "/account");
        let refusal =
            if known { call.engine.dry_run(&call.caller, Request::from(command)).await? } else { None };
        return Err(match refusal {
            Some(refusal) => refused(refusal, shape),
            None => Problem::invalid(shape).into(),
        });
    }
    let request = Request { command, key: call.key()?, expected_version };
    match call.engine.execute(&call.caller, request).await?.answer {
        Answer::Refused(refusal) => Err(refusal.into()),
        Answer::Waiting(change) => json(202, &call.engine.change_view(&call.caller, &change)),
        Answer::Done(receipt) => {
            let place = format!("/api/v1/contracts/{}", receipt.id);
            let reply = shown(&call, done, &receipt.id).await;
            if done == 201 { with_header(reply, "location", &place) } else { reply }
        }
    }
}

fn link(sent: &SentLink) -> SignerLink {
    SignerLink { signer: sent.signer, path: sent.path.clone(), expires_at: sent.expires_at.to_string() }
}

fn hours(given: Option<u16>) -> Result<u16, Stop> {
    let hours = given.unwrap_or(LINK_HOURS);
    let fits = (1..=720).contains(&hours);
    if fits {
        Ok(hours)
    } else {
        Err(invalid("link_hours", "out_of_range", "A link works for 1 to 720 hours."))
    }
}

async fn send(call: Call) -> Reply {
    let hours = hours(call.read::<ContractSend>()?.link_hours)?;
    let sent = call.engine.contract_send(&call.caller, call.id(), hours).await??;
    let view = call.engine.contract_get(&call.caller, call.id()).await??;
    json(200, &ContractView { links: sent.iter().map(link).collect(), ..view })
}

async fn relink(call: Call) -> Reply {
    let request: ContractRelink = call.read()?;
    let hours = hours(request.link_hours)?;
    let sent = call.engine.contract_relink(&call.caller, call.id(), request.signer, hours).await??;
    json(200, &link(&sent))
}

async fn sign(call: Call) -> Reply {
    let request: ContractSign = call.read()?;
    let signed = (request.name, request.consent, None);
    call.engine.contract_sign(&call.caller, call.id(), signed).await??;
    shown(&call, 200, call.id()).await
}

async fn upload(call: Call) -> Reply {
    let said = call.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let mime = said.unwrap_or("application/octet-stream").split(';').next().unwrap_or_default();
    let upload = Upload {
        name: call.param("name").unwrap_or_else(|| "signed".to_owned()),
        mime: mime.trim().to_owned(),
        bytes: call.body.clone(),
        ..Upload::default()
    };
    call.engine.contract_upload(&call.caller, call.id(), upload).await??;
    shown(&call, 200, call.id()).await
}

async fn provision(call: Call) -> Reply {
    call.engine.contract_provision(&call.caller, call.id()).await??;
    shown(&call, 200, call.id()).await
}

/// What needs no more than a reason.
async fn act(id: &str, call: Call) -> Reply {
    let reason = || call.read::<ReasonGiven>().map(|given| given.reason);
    let command = match id {
        "contract_discard" => ContractCommand::Discard { reason: reason()? },
        "contract_submit" => ContractCommand::Submit,
        "contract_return" => ContractCommand::Return { reason: reason()? },
        "contract_recall" => ContractCommand::Recall { reason: reason()? },
        "contract_confirm_scan" => ContractCommand::ConfirmScan,
        "contract_reject_scan" => ContractCommand::RejectScan { reason: reason()? },
        "contract_confirm_authority" => {
            let request: ContractAuthority = call.read()?;
            ContractCommand::ConfirmAuthority { signer: request.signer, basis: request.basis }
        }
        _ => terminate(&call)?,
    };
    let found = call.engine.contract_get(&call.caller, call.id()).await??;
    let contract = found.id.parse().unwrap_or_default();
    call.engine.contract_act(&call.caller, contract, command, None).await??;
    shown(&call, 200, call.id()).await
}

fn terminate(call: &Call) -> Result<ContractCommand, Stop> {
    let request: ContractTerminate = call.read()?;
    let mut faults = Vec::new();
    let kind = request.kind.as_deref().map_or(Some(NoticeKind::Notice), NoticeKind::get);
    if kind.is_none() {
        let expected = format!("expected one of {}", NoticeKind::CODES.join(", "));
        faults.push(FieldFault::new("/kind", "not_in_list", expected));
    }
    let on = request.on.trim().parse().ok();
    if on.is_none() {
        faults.push(FieldFault::new("/on", "date_invalid", "expected a date such as 2026-01-31"));
    }
    match (kind, on) {
        (Some(kind), Some(on)) => Ok(ContractCommand::Terminate { kind, on, reason: request.reason }),
        _ => Err(Problem::invalid(faults).into()),
    }
}

async fn pdf(call: Call) -> Reply {
    Ok(attached(call.engine.contract_pdf(&call.caller, call.id()).await??))
}

async fn calendar(call: Call) -> Reply {
    let text = call.engine.contract_calendar(&call.caller).await?;
    let media = HeaderValue::from_static("text/calendar; charset=utf-8");
    Ok((StatusCode::OK, [(header::CONTENT_TYPE, media)], text).into_response())
}

async fn templates(call: Call) -> Reply {
    json(200, &call.engine.contract_templates().await?)
}

async fn template(call: Call) -> Reply {
    json(200, &call.engine.contract_template(call.id()).await??)
}

async fn template_save(call: Call) -> Reply {
    let (code, draft, shape) = TemplateDraft::read(&call.value()?);
    let id = code.trim().to_owned();
    let command = TemplateCommand::Save { code, draft: Box::new(draft) };
    template_act(call, id, command, shape).await
}

async fn template_retire(call: Call) -> Reply {
    let found = call.engine.contract_template(call.id()).await??;
    template_act(call, found.code, TemplateCommand::Retire, Vec::new()).await
}

async fn template_act(call: Call, id: String, command: TemplateCommand, shape: Vec<FieldFault>) -> Reply {
    let command = Command::ContractTemplate { id: id.clone(), command };
    let request = Request::from(command.clone());
    if !shape.is_empty() {
        let refusal: Option<Refusal> = call.engine.dry_run(&call.caller, request).await?;
        return Err(match refusal {
            Some(refusal) => refused(refusal, shape),
            None => Problem::invalid(shape).into(),
        });
    }
    match call.engine.execute(&call.caller, Request { key: call.key()?, ..request }).await?.answer {
        Answer::Refused(refusal) => Err(refusal.into()),
        Answer::Waiting(change) => json(202, &call.engine.change_view(&call.caller, &change)),
        Answer::Done(_) => json(200, &call.engine.contract_template(&id).await??),
    }
}
