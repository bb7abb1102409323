//! What is done on the page of a case besides its steps: documents, owners, payment, what the screening found.

use axum::extract::{Path, Request};
use axum::response::{IntoResponse, Redirect};
use kith_domain::account::{Command as AccountCommand, Draft};
use kith_domain::command::Command as Whole;
use kith_domain::document::Command as DocumentCommand;
use kith_domain::onboarding::Command;
use kith_domain::refusal::Refusal;
use kith_domain::screening::Verdict;
use kith_domain::value::AccountId;
use kith_engine::{Answer, Request as Asked};
use serde_json::json;

use super::apply::{currency_of, said};
use super::{carry, draw, id_of};
use crate::rest::document::read_form;
use crate::web::number::typed::money_with;
use crate::web::route::form::Sent;
use crate::web::route::miss::{Miss, Page, sentence};
use crate::web::route::visit::Visit;
use crate::web::words::t;

/// Back to the case, which is looked at again; with the reason where nothing was done.
async fn back(visit: &Visit, id: &str, refusal: Option<Refusal>, place: &str) -> Page {
    if let Some(refusal) = refusal {
        return draw(visit, id, Some(sentence(&refusal))).await;
    }
    visit.engine.look_again(id_of(id)?).await?;
    Ok(Redirect::to(&format!("/onboarding/{id}#{place}")).into_response())
}

pub(in super::super) async fn upload(visit: Visit, Path(id): Path<String>, request: Request) -> Page {
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
    let case = visit.engine.case(&visit.caller, &id).await??;
    let added = visit.engine.document_add(&visit.caller, &case.account, upload).await?;
    back(&visit, &id, added.err(), "papers").await
}

pub(in super::super) async fn verify(Path((id, document)): Path<(String, String)>, sent: Sent) -> Page {
    let visit = &sent.visit;
    let case = visit.engine.case(&visit.caller, &id).await??;
    let name = (case.account.as_str(), document.as_str());
    let done = visit.engine.document_act(&visit.caller, name, DocumentCommand::Verify).await?;
    back(visit, &id, done.err(), "papers").await
}

pub(in super::super) async fn owners(Path(id): Path<String>, sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let mut application = visit.engine.application_of(&visit.caller, id_of(&id)?).await??;
    let (given, faults) = said(&form);
    if let Some(fault) = faults.into_values().next() {
        return draw(&visit, &id, Some(fault)).await;
    }
    let mut owners = given.owners;
    for owner in owners.iter_mut().filter(|owner| owner.born_on.is_none()) {
        // A day of birth is not shown in the form: whoever keeps their name keeps it.
        let known = application.owners.iter().find(|known| known.name.get() == owner.name.get());
        owner.born_on = known.and_then(|known| known.born_on.clone());
    }
    application.owners = owners;
    application.owners_explained = given.owners_explained.or(application.owners_explained);
    carry(&visit, &id, Command::Amend { application: Box::new(application) }).await
}

pub(in super::super) async fn payment(Path(id): Path<String>, sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    if form.text("act") == "limit" {
        return limit(&visit, &id, form.text("limit")).await;
    }
    let mut application = visit.engine.application_of(&visit.caller, id_of(&id)?).await??;
    application.prepay = form.text("prepay") == "true";
    carry(&visit, &id, Command::Amend { application: Box::new(application) }).await
}

/// A limit is a field of the account: whoever must agree does so with a change.
async fn limit(visit: &Visit, id: &str, amount: &str) -> Page {
    let case = visit.engine.case(&visit.caller, id).await??;
    let limit = match money_with(amount, currency_of(visit, &case.entity)) {
        Ok(limit) => json!({"amount": limit.amount(), "currency": limit.currency.code()}),
        Err(fault) => return draw(visit, id, Some(fault)).await,
    };
    let account: AccountId = case.account.parse().map_err(|_| Miss::not_found())?;
    let engine = visit.engine.clone();
    let mut ids = move || engine.new_uuid().unwrap_or_default();
    let (draft, _) = Draft::read_patch(&json!({"credit_limit": limit}), account, &mut ids);
    let command = AccountCommand::Update { draft: Box::new(draft) };
    let command = Whole::Account { id: account, command };
    match visit.engine.execute(&visit.caller, Asked::from(command)).await?.answer {
        Answer::Waiting(change) => Ok(Redirect::to(&format!("/changes/{}", change.id)).into_response()),
        Answer::Refused(refusal) => draw(visit, id, Some(sentence(&refusal))).await,
        Answer::Done(_) => back(visit, id, None, "step-credit").await,
    }
}

pub(in super::super) async fn dispose(Path((id, hit)): Path<(String, String)>, sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let Some(verdict) = Verdict::parse(form.text("disposition")) else { return Err(Miss::not_found()) };
    let texts = [form.text("reason").to_owned(), form.text("evidence").to_owned()];
    let done = visit.engine.dispose_hit(&visit.caller, &hit, verdict, texts).await?;
    back(&visit, &id, done.err(), "hits").await
}
