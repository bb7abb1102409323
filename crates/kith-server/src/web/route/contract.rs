//! The pages of contracts: who asks, what the engine answers, what is done.

use std::collections::HashMap;

use axum::extract::{Path, Request};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect};
use kith_api::view::{ContractView, SignerLink};
use kith_domain::access::Grant;
use kith_domain::contract::{Command, ContractDraft, NoticeKind, SignerDraft};
use kith_domain::refusal::{FieldFault, Refusal};
use kith_domain::value::{AccountId, ContractId, Personal};
use kith_engine::{ContractRequest, SentLink};

use super::account::{draw as draw_account, read as read_account};
use super::form::{Form, Sent};
use super::miss::{Miss, Page, by_field, refused, sentence};
use super::visit::Visit;
use crate::rest::document::{attached, read_form};
use crate::web::page::{self, AccountPage, ContractPage, ContractsPage, NoteDraft, UnfitForm};
use crate::web::shell::Section;
use crate::web::words::t;

/// Contracts of a page.
const LIMIT: usize = 50;
/// Hours for which a link works.
const LINK_HOURS: u16 = 14 * 24;

pub(super) async fn list(visit: Visit) -> Page {
    let request = ContractRequest {
        account: None,
        state: visit.param("state"),
        cursor: visit.param("cursor"),
        limit: LIMIT,
    };
    let found = visit.engine.contracts(&visit.caller, request).await??;
    let page =
        ContractsPage { items: found.items, state: visit.text("state").to_owned(), next: found.next_cursor };
    let shell = visit.shell(t("Contracts"), Section::Contracts).await?;
    Ok(Html(page::contracts(&shell, &page).into_string()).into_response())
}

pub(super) async fn show(visit: Visit, Path(id): Path<String>) -> Page {
    draw(&visit, &id, Vec::new(), Unfit::default()).await
}

/// What was asked for and not done: which form, what was typed into it, and why not.
#[derive(Default)]
struct Unfit {
    act: String,
    typed: HashMap<String, String>,
    refusal: Option<Refusal>,
}

async fn draw(visit: &Visit, id: &str, links: Vec<SignerLink>, unfit: Unfit) -> Page {
    let contract: ContractView = visit.engine.contract_get(&visit.caller, id).await??;
    let owner = visit.engine.account(&visit.caller, &contract.account).await??.owning_entity.parse().ok();
    let may = |grant| visit.caller.principal.may(grant, owner.as_ref());
    let page = ContractPage {
        links,
        reader: visit.caller.principal.user().map(|user| user.to_string()).unwrap_or_default(),
        may_edit: may(Grant::AccountsWrite),
        may_confirm: may(Grant::VerificationsWrite),
        may_upload: may(Grant::DocumentsWrite),
        mails: visit.engine.outbox(&visit.caller).await?.is_ok_and(|outbox| outbox.sends),
        fault: unfit.refusal.as_ref().map(sentence),
        unfit: UnfitForm { act: unfit.act, typed: unfit.typed, faults: by_field(unfit.refusal.as_ref()) },
        contract,
    };
    let shell = visit.shell(&page.contract.number, Section::Contracts).await?;
    let drawn = Html(page::contract(&shell, &page).into_string()).into_response();
    Ok(refused(drawn, unfit.refusal.as_ref()))
}

pub(super) async fn pdf(visit: Visit, Path(id): Path<String>) -> Page {
    Ok(attached(visit.engine.contract_pdf(&visit.caller, &id).await??))
}

pub(super) async fn calendar(visit: Visit) -> Page {
    let text = visit.engine.contract_calendar(&visit.caller).await?;
    Ok((StatusCode::OK, [(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], text).into_response())
}

/// Drafts a contract from the account's page.
pub(super) async fn draft(Path(name): Path<String>, sent: Sent) -> Page {
    let Sent { mut visit, form } = sent;
    let account = visit.engine.account(&visit.caller, &name).await??;
    let id = ContractId(visit.engine.new_uuid()?);
    let account_id: AccountId = account.id.parse().map_err(|_| Miss::not_found())?;
    let template = Some(form.text("template").to_owned()).filter(|code| !code.is_empty());
    let draft = Box::new(ContractDraft { template, ..ContractDraft::default() });
    let command = Command::Create { id, account: account_id, origin: None, draft };
    match visit.engine.contract_act(&visit.caller, id, command, None).await? {
        Ok(_) => Ok(Redirect::to(&format!("/contracts/{id}")).into_response()),
        Err(refusal) => {
            visit.query.insert("tab".to_owned(), "contracts".to_owned());
            let page = read_account(&visit, &name, NoteDraft::default()).await?;
            draw_account(&visit, &AccountPage { fault: Some(sentence(&refusal)), ..page }).await
        }
    }
}

fn shown(sent: &SentLink) -> SignerLink {
    SignerLink { signer: sent.signer, path: sent.path.clone(), expires_at: sent.expires_at.to_string() }
}

pub(super) async fn act(Path((id, act)): Path<(String, String)>, sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let (engine, caller) = (&visit.engine, &visit.caller);
    let signer = form.text("signer").parse().unwrap_or_default();
    let links: Result<Vec<SignerLink>, Refusal> = match act.as_str() {
        "send" => {
            let sent = engine.contract_send(caller, &id, LINK_HOURS).await?;
            sent.map(|links| links.iter().map(shown).collect())
        }
        "relink" => {
            let sent = engine.contract_relink(caller, &id, signer, LINK_HOURS).await?;
            sent.map(|link| vec![shown(&link)])
        }
        "sign" => {
            let signing =
                (form.text("name").to_owned(), form.text("consent") == "true", Some(visit.origin.clone()));
            engine.contract_sign(caller, &id, signing).await?.map(|_| Vec::new())
        }
        "amend" | "renew" => return follow(&visit, &id, act == "renew").await,
        _ => match command(&visit, &id, &act, &form).await? {
            Ok(command) => {
                let contract = id.parse().map_err(|_| Miss::not_found())?;
                engine.contract_act(caller, contract, command, None).await?.map(|_| Vec::new())
            }
            Err(refusal) => Err(refusal),
        },
    };
    match links {
        // Shown in this answer only: the address of the page never holds a link.
        Ok(links) if !links.is_empty() => draw(&visit, &id, links, Unfit::default()).await,
        Ok(_) => Ok(Redirect::to(&format!("/contracts/{id}")).into_response()),
        Err(refusal) => {
            let unfit = Unfit { act, typed: form.members(), refusal: Some(refusal) };
            draw(&visit, &id, Vec::new(), unfit).await
        }
    }
}

/// What a form asks for.
async fn command(visit: &Visit, id: &str, act: &str, form: &Form) -> Result<Result<Command, Refusal>, Miss> {
    let reason = form.text("reason").to_owned();
    Ok(Ok(match act {
        "discard" => Command::Discard { reason },
        "submit" => Command::Submit,
        "return" => Command::Return { reason },
        "recall" => Command::Recall { reason },
        "confirm-scan" => Command::ConfirmScan,
        "reject-scan" => Command::RejectScan { reason },
        "confirm-authority" => Command::ConfirmAuthority {
            signer: form.text("signer").parse().unwrap_or_default(),
            basis: form.text("basis").to_owned(),
        },
        "terminate" => {
            let kind = NoticeKind::get(form.text("kind")).unwrap_or_default();
            let Ok(on) = form.text("on").parse() else { return Ok(Err(no_day())) };
            Command::Terminate { kind, on, reason }
        }
        "signer" => {
            let account = visit.engine.contract_get(&visit.caller, id).await??.account;
            let given = |name: &str| {
                let text = form.text(name).to_owned();
                (!text.is_empty()).then(|| Personal { subject: account.clone(), value: Some(text) })
            };
            let signer = SignerDraft {
                name: given("name"),
                email: given("email"),
                title: given("title"),
                ..SignerDraft::default()
            };
            let draft = ContractDraft { signers: Some(Some(vec![signer])), ..ContractDraft::default() };
            Command::Update { draft: Box::new(draft) }
        }
        _ => return Err(Miss::not_found()),
    }))
}

fn no_day() -> Refusal {
    let fault = FieldFault::new("/on", "date_invalid", "expected a date such as 2026-01-31");
    kith_domain::contract::refusal::invalid().with_fields(vec![fault])
}

async fn follow(visit: &Visit, id: &str, renews: bool) -> Page {
    let (origin, account) = visit.engine.contract_follow(&visit.caller, id, renews).await??;
    let new = ContractId(visit.engine.new_uuid()?);
    let account = account.parse().map_err(|_| Miss::not_found())?;
    let draft = Box::new(ContractDraft::default());
    let command = Command::Create { id: new, account, origin: Some(origin), draft };
    match visit.engine.contract_act(&visit.caller, new, command, None).await? {
        Ok(_) => Ok(Redirect::to(&format!("/contracts/{new}")).into_response()),
        Err(refusal) => {
            draw(visit, id, Vec::new(), Unfit { refusal: Some(refusal), ..Unfit::default() }).await
        }
    }
}

pub(super) async fn upload(visit: Visit, Path(id): Path<String>, request: Request) -> Page {
    let (parts, body) = request.into_parts();
    let unread = || {
        Miss::new(
            400,
            t("This form cannot be read"),
            t("Nothing was kept. The file may be larger than 50 MB."),
        )
    };
    let (upload, others) = read_form(&parts.headers, body).await.map_err(|_| unread())?;
    let token = others.iter().find(|(name, _)| name == "csrf").map_or("", |(_, token)| token.as_str());
    if !visit.engine.csrf_fits(&visit.session, token) {
        return Err(Miss::stale_form());
    }
    match visit.engine.contract_upload(&visit.caller, &id, upload).await? {
        Ok(_) => Ok(Redirect::to(&format!("/contracts/{id}")).into_response()),
        Err(refusal) => {
            let unfit = Unfit { act: "upload".to_owned(), refusal: Some(refusal), ..Unfit::default() };
            draw(&visit, &id, Vec::new(), unfit).await
        }
    }
}
