//! One account: the page, its live parts, its metrics, its notes.

use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect};
use kith_api::view::{
    AccountView, AlertView, AuditView, ChangeView, CreditView, DocumentView, EffectiveView, EntityView,
    MetricView, ProfileView, TimelineItem, VehicleView,
};
use kith_domain::access::Grant;
use kith_domain::account::Command as AccountCommand;
use kith_domain::command::Command;
use kith_domain::onboarding::CaseState;
use kith_domain::value::{AccountId, NoteId, Personal};
use kith_engine::{
    AlertRequest, Answer, CaseRequest, ChangeRequest, ContractRequest, LimitAsked, OrderRequest,
    ProfileRequest, Request, RollupRequest, TaskRequest, TimelineRequest, VehicleRequest, Viewpoint,
};

use super::form::Sent;
use super::miss::{Miss, Page, sentence};
use super::visit::Visit;
use crate::rest::editable_fields;
use crate::web::page::{
    self, AccountPage, AccountTab, Credit, Group, MetricPage, NoteDraft, TalkDraft, Work,
};
use crate::web::part::tile;
use crate::web::shell::Section;
use crate::web::words::t;

/// Lines of the timeline on the overview, and on a tab of its own.
const LINES_BRIEF: usize = 12;
const LINES: usize = 50;
/// Changes that are shown with an account.
const CHANGES: usize = 50;
/// Touchpoints behind a value, on a page.
const BEHIND: usize = 50;
/// Records of a page of the history.
const RECORDS: u32 = 20;

pub(super) async fn show(visit: Visit, Path(name): Path<String>) -> Page {
    if let Some(survivor) = visit.engine.merged_into(&visit.caller, &name) {
        return Ok(Redirect::permanent(&format!("/accounts/{survivor}")).into_response());
    }
    let page = read(&visit, &name, NoteDraft::default()).await?;
    draw(&visit, &page).await
}

pub(super) async fn draw(visit: &Visit, page: &AccountPage) -> Page {
    let shell = visit.shell(&page.account.name, Section::Accounts).await?;
    Ok(Html(page::account(&shell, page).into_string()).into_response())
}

/// The parts that change by themselves.
pub(super) async fn live(visit: Visit, Path(name): Path<String>) -> Page {
    let page = read(&visit, &name, NoteDraft::default()).await?;
    Ok(Html(page::account_live(&visit.bare_shell(), &page).into_string()).into_response())
}

pub(super) async fn read(visit: &Visit, name: &str, note: NoteDraft) -> Result<AccountPage, Miss> {
    let account = visit.engine.account(&visit.caller, name).await??;
    let tab = AccountTab::read(visit.text("tab"));
    let entities = entities(visit);
    let entity = visit.param("entity").filter(|code| entities.iter().any(|entity| entity.code == *code));
    let said = |fields: &serde_json::Value| fields.as_object().map_or(0, serde_json::Map::len);
    let overridden =
        account.overrides.iter().map(|(entity, fields)| (entity.clone(), said(fields))).collect();
    let (account, effective) = seen(visit, account, entity.as_deref()).await?;
    let (timeline, next) = timeline(visit, &account.id, tab).await?;
    let alerts = alerts(visit, &account.id, tab).await?;
    let open_changes = changes(visit, &account.id, Some("waiting")).await?;
    let past_changes = match tab {
        AccountTab::Changes => changes(visit, &account.id, None).await?,
        _ => Vec::new(),
    };
    let owner = account.owning_entity.parse().ok();
    let (documents, vehicles) = papers(visit, &account.id, tab).await?;
    let agreed = agreed(visit, &account.id, tab).await?;
    let (history, earlier) = history(visit, &account.id, tab).await?;
    let credit = credit(visit, &account.id, entity.as_deref(), tab).await?;
    let standing = match &credit {
        Some(credit) => Some(credit.standing.clone()),
        None => standing(visit, &account.id, entity.as_deref()).await?,
    };
    let work = work(visit, &account.id, tab).await?;
    let asked = asked(visit, &account.id).await?;
    let custom_fields = visit.engine.custom_fields().items;
    let referred = custom_fields.iter().filter(|field| field.kind == "reference");
    let referred = referred.filter_map(|field| account.custom.get(&field.name)?.as_str());
    let names = referred.filter_map(|id| Some((id.to_owned(), visit.engine.called(id)?))).collect();
    Ok(AccountPage {
        custom_fields,
        names,
        quality: visit.engine.data_quality(&visit.caller, &account.id).await??,
        profile: profile(visit, &account.id, entity.as_deref(), shown(visit, tab)).await?,
        tab,
        timeline,
        timeline_filter: visit.text("group").to_owned(),
        next,
        entities,
        entity,
        effective,
        overridden,
        alerts,
        open_changes,
        past_changes: past_changes.into_iter().filter(|change| change.state != "waiting").collect(),
        history,
        earlier,
        credit,
        group: group(visit, &account.id, tab).await?,
        may_edit: visit.caller.principal.may(Grant::AccountsWrite, owner.as_ref()),
        may_create: visit.may_somewhere(Grant::AccountsWrite),
        documents,
        agreed,
        vehicles,
        may_upload: visit.caller.principal.may(Grant::DocumentsWrite, owner.as_ref()),
        may_verify: visit.caller.principal.may(Grant::VerificationsWrite, owner.as_ref()),
        typed: std::collections::HashMap::new(),
        fault: None,
        may_note: visit.caller.principal.may(Grant::NotesWrite, owner.as_ref()),
        note,
        standing,
        work: Work { may_task: visit.caller.principal.may(Grant::NotesWrite, owner.as_ref()), ..work },
        asked,
        talk: TalkDraft::default(),
        talk_key: visit.engine.new_uuid()?.to_string(),
        account,
    })
}

/// Tasks, cases and held orders that are shown with an account.
const WORK: usize = 20;

/// What is open besides changes and alerts, on the overview.
async fn work(visit: &Visit, id: &str, tab: AccountTab) -> Result<Work, Miss> {
    if tab != AccountTab::Overview {
        return Ok(Work::default());
    }
    let (engine, caller) = (&visit.engine, &visit.caller);
    let account = Some(id.to_owned());
    let tasks = TaskRequest {
        account: account.clone(),
        state: Some("open".to_owned()),
        limit: WORK,
        ..TaskRequest::default()
    };
    let cases =
        CaseRequest { account: account.clone(), state: Some(CaseState::Open), limit: WORK, cursor: None };
    let held = OrderRequest { state: Some("held"), account, cursor: None, limit: WORK };
    Ok(Work {
        tasks: engine.tasks(caller, tasks).await?.map(|page| page.items).unwrap_or_default(),
        cases: engine.cases(caller, cases).await?.map(|page| page.items).unwrap_or_default(),
        held: engine.orders(caller, held).await?.map(|page| page.items).unwrap_or_default(),
        ..Work::default()
    })
}

/// The change that the reader has just asked for, if it is one of this account.
async fn asked(visit: &Visit, id: &str) -> Result<Option<ChangeView>, Miss> {
    let Some(change) = visit.param("asked") else { return Ok(None) };
    let found = visit.engine.change(&visit.caller, &change).await?;
    Ok(found.ok().filter(|change| change.target.as_deref() == Some(id)))
}

/// Where the account stands; nothing for who may not read credit.
async fn standing(visit: &Visit, id: &str, entity: Option<&str>) -> Result<Option<CreditView>, Miss> {
    let code = entity.and_then(|code| code.parse().ok());
    Ok(visit.engine.account_credit(&visit.caller, id, code).await?.ok())
}

/// The account as an entity sees it, and where its fields come from.
async fn seen(
    visit: &Visit,
    account: AccountView,
    entity: Option<&str>,
) -> Result<(AccountView, Option<EffectiveView>), Miss> {
    let Some(entity) = entity else { return Ok((account, None)) };
    let from = Viewpoint { entity: Some(entity.to_owned()), as_of: None };
    let effective = visit.engine.effective(&visit.caller, &account.id, &from).await??;
    let account = visit.engine.account_seen(&visit.caller, &account.id, &from).await??;
    Ok((account, Some(effective)))
}

/// Alerts that are shown with an account.
const ALERTS: usize = 5;

/// Alerts that are not closed, on the overview of who may read them.
async fn alerts(visit: &Visit, id: &str, tab: AccountTab) -> Result<Vec<AlertView>, Miss> {
    if tab != AccountTab::Overview || !visit.caller.principal.may(Grant::CreditRead, None) {
        return Ok(Vec::new());
    }
    let request = AlertRequest { account: Some(id.to_owned()), limit: ALERTS, ..AlertRequest::default() };
    Ok(visit.engine.alerts(&visit.caller, request).await??.items)
}

/// Most contracts that are shown with an account.
const CONTRACTS: usize = 200;
/// Most vehicles that are shown with an account.
const VEHICLES: usize = 200;

/// The documents and the vehicles, each on its own tab.
async fn papers(
    visit: &Visit,
    id: &str,
    tab: AccountTab,
) -> Result<(Vec<DocumentView>, Vec<VehicleView>), Miss> {
    match tab {
        AccountTab::Documents => {
            Ok((visit.engine.document_list(&visit.caller, id).await??.items, Vec::new()))
        }
        AccountTab::Vehicles => {
            let request =
                VehicleRequest { account: Some(id.to_owned()), limit: VEHICLES, ..VehicleRequest::default() };
            Ok((Vec::new(), visit.engine.vehicles(&visit.caller, request).await??.items))
        }
        _ => Ok((Vec::new(), Vec::new())),
    }
}

/// The contracts, the templates to draft from, and who uses the portal.
async fn agreed(visit: &Visit, id: &str, tab: AccountTab) -> Result<Option<page::Agreed>, Miss> {
    if tab != AccountTab::Contracts {
        return Ok(None);
    }
    let (engine, caller) = (&visit.engine, &visit.caller);
    let request =
        ContractRequest { account: Some(id.to_owned()), limit: CONTRACTS, ..ContractRequest::default() };
    Ok(Some(page::Agreed {
        contracts: engine.contracts(caller, request).await??.items,
        templates: engine.contract_templates().await?.items,
        people: engine.portal_users(caller, id).await??.items,
    }))
}

/// The legal entities whose accounts the reader may see.
fn entities(visit: &Visit) -> Vec<EntityView> {
    let reach = visit.caller.principal.reach(Grant::AccountsRead);
    let mut entities = visit.engine.organisation_view().entities;
    entities.retain(|entity| entity.code.parse().is_ok_and(|code| reach.covers(&code)));
    entities
}

/// What the open tab shows of the profile: all of it is much to work out for a ring at its head.
fn shown(visit: &Visit, tab: AccountTab) -> ProfileRequest {
    let ids: Vec<&str> = match tab {
        AccountTab::Metrics => return ProfileRequest::default(),
        AccountTab::Overview => tile::ids()
            .chain(["health", "churn_risk", "open_balance", "oldest_overdue_days", "unapplied_cash"])
            .collect(),
        _ => vec!["health", "churn_risk"],
    };
    let known = visit.engine.field_list(&visit.caller);
    let metrics = known.into_iter().map(|field| field.id).filter(|id| ids.contains(&id.as_str())).collect();
    ProfileRequest { metrics, lanes: tab == AccountTab::Overview, ..ProfileRequest::default() }
}

/// The profile; seen as an entity, what is kept by entity is that entity's, in its currency.
async fn profile(
    visit: &Visit,
    id: &str,
    entity: Option<&str>,
    request: ProfileRequest,
) -> Result<ProfileView, Miss> {
    let mut whole = visit.engine.profile(&visit.caller, id, &request).await??;
    if let Some(entity) = entity {
        let request = ProfileRequest { entity: Some(entity.to_owned()), ..request };
        let own = visit.engine.profile(&visit.caller, id, &request).await??;
        whole.metrics.extend(own.metrics);
        whole.lanes.clear();
        whole.entity = own.entity;
    }
    Ok(whole)
}

async fn timeline(
    visit: &Visit,
    id: &str,
    tab: AccountTab,
) -> Result<(Vec<TimelineItem>, Option<String>), Miss> {
    let limit = match tab {
        AccountTab::Overview => LINES_BRIEF,
        AccountTab::Timeline => LINES,
        _ => return Ok((Vec::new(), None)),
    };
    let request = TimelineRequest { group: visit.param("group"), cursor: visit.param("cursor"), limit };
    let page = visit.engine.timeline(&visit.caller, id, request).await??;
    Ok((page.items, page.next_cursor))
}

/// Changes of an account; none for who may not see changes.
async fn changes(visit: &Visit, id: &str, state: Option<&str>) -> Result<Vec<ChangeView>, Miss> {
    let request = ChangeRequest {
        state: state.map(str::to_owned),
        account: Some(id.to_owned()),
        limit: CHANGES,
        ..ChangeRequest::default()
    };
    let found = visit.engine.changes(&visit.caller, request).await?;
    Ok(found.map(|page| page.items).unwrap_or_default())
}

/// Records of an account, for who may read the audit trail.
async fn history(visit: &Visit, id: &str, tab: AccountTab) -> Result<(Vec<AuditView>, Option<String>), Miss> {
    if tab != AccountTab::Changes {
        return Ok((Vec::new(), None));
    }
    let before = visit.text("before").parse().ok();
    let found = visit.engine.audit(&visit.caller, id, before, RECORDS).await?;
    Ok(found.map(|page| (page.items, page.next_cursor)).unwrap_or_default())
}

/// Decisions that are shown with an account.
const DECISIONS: usize = 20;

/// The credit of an account, read on its tab only; nothing for who may not read credit.
async fn credit(
    visit: &Visit,
    id: &str,
    entity: Option<&str>,
    tab: AccountTab,
) -> Result<Option<Credit>, Miss> {
    if tab != AccountTab::Credit {
        return Ok(None);
    }
    let code = entity.and_then(|code| code.parse().ok());
    let Ok(standing) = visit.engine.account_credit(&visit.caller, id, code).await? else { return Ok(None) };
    let decisions = visit.engine.reservations_of(&visit.caller, id, DECISIONS, None).await??;
    let of = standing.entity.parse().ok();
    let behaviour = visit.engine.payment_behaviour(&visit.caller, id, of).await?.ok();
    let risk = visit.engine.account_risk(&visit.caller, id).await?.ok();
    let proposal = visit.engine.limit_proposal(&visit.caller, id, entity).await?.ok();
    Ok(Some(Credit { standing, decisions: decisions.items, behaviour, risk, proposal }))
}

/// Puts the limit that behaviour is worth before its approvers.
pub(super) async fn limit(Path(name): Path<String>, sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let entity = Some(form.text("entity").to_owned()).filter(|code| !code.is_empty());
    let asked = LimitAsked { entity, key: None };
    match visit.engine.propose_limit(&visit.caller, &name, asked).await??.answer {
        Answer::Refused(refusal) => Err(refusal.into()),
        Answer::Waiting(change) => Ok(Redirect::to(&format!("/changes/{}", change.id)).into_response()),
        Answer::Done(_) => Ok(Redirect::to(&format!("/accounts/{name}?tab=credit")).into_response()),
    }
}

/// The group of an account, read on its tab only.
async fn group(visit: &Visit, id: &str, tab: AccountTab) -> Result<Option<Group>, Miss> {
    if tab != AccountTab::Group {
        return Ok(None);
    }
    let (engine, caller) = (&visit.engine, &visit.caller);
    Ok(Some(Group {
        hierarchy: engine.hierarchy(caller, id, None).await??,
        rollup: engine.rollup(caller, id, &RollupRequest::default()).await??,
        relationships: engine.relationships(caller, id, None).await??.items,
    }))
}

/// The tab of the group with a sentence that says what was refused.
pub(super) async fn group_with_fault(mut visit: Visit, name: &str, fault: String) -> Page {
    visit.query.insert("tab".to_owned(), AccountTab::Group.name().to_owned());
    let page = AccountPage { fault: Some(fault), ..read(&visit, name, NoteDraft::default()).await? };
    draw(&visit, &page).await
}

/// Asks for the values that fields had at a version.
pub(super) async fn restore(Path(name): Path<String>, sent: Sent) -> Page {
    let Sent { mut visit, form } = sent;
    let version = form.text("version").parse().map_err(|_| Miss::not_found())?;
    let fields: Vec<String> = form.text("fields").split(',').map(str::to_owned).collect();
    let editable = editable_fields();
    let fields: Vec<String> = fields.into_iter().filter(|field| editable.contains(field)).collect();
    let restoring = visit.engine.restoring(&visit.caller, &name, version, &fields, &editable).await??;
    let id = visit.engine.account_id(&name).and_then(|id| id.parse().ok());
    let id: AccountId = id.ok_or_else(Miss::not_found)?;
    visit.caller.reason = Some(format!("Brought back from version {version}."));
    let answer = visit.engine.restore(&visit.caller, id, restoring, None).await?.answer;
    let fault = match answer {
        Answer::Waiting(change) => {
            return Ok(Redirect::to(&format!("/changes/{}", change.id)).into_response());
        }
        Answer::Done(receipt) if receipt.changed => {
            return Ok(Redirect::to(&format!("/accounts/{id}?tab=changes")).into_response());
        }
        Answer::Done(_) => t("These values are what is on record now.").to_owned(),
        Answer::Refused(refusal) => sentence(&refusal),
    };
    visit.query.insert("tab".to_owned(), "changes".to_owned());
    let page = AccountPage { fault: Some(fault), ..read(&visit, &name, NoteDraft::default()).await? };
    draw(&visit, &page).await
}

pub(super) async fn metric(visit: Visit, Path((name, id)): Path<(String, String)>) -> Page {
    let account = visit.engine.account(&visit.caller, &name).await??;
    let mut metrics = profile(&visit, &account.id, None, ProfileRequest::default()).await?.metrics;
    let metric = metrics.remove(&id).ok_or_else(Miss::not_found)?;
    let field = visit.engine.field_list(&visit.caller).into_iter().find(|field| field.id == id);
    let from = visit.text("from").parse().unwrap_or(0);
    let behind = visit.engine.touchpoints_behind(&visit.caller, &account.id, &id, (from, BEHIND)).await??;
    let stem = stem(&id, metric.window);
    let mut windows: Vec<(String, MetricView)> =
        metrics.into_iter().filter(|(other, view)| self::stem(other, view.window) == stem).collect();
    windows.sort_by_key(|(_, view)| view.window);
    let page = MetricPage {
        account,
        description: field.map(|field| field.description).unwrap_or_default(),
        windows,
        id: id.clone(),
        metric,
        behind: behind.0,
        behind_count: behind.1,
        from,
    };
    let title = format!("{}, {}", page.metric.title, page.account.name);
    let shell = visit.shell(&title, Section::Accounts).await?;
    Ok(Html(page::metric(&shell, &page).into_string()).into_response())
}

/// `otif_90d` → `otif`: metrics with the same stem are the same one on other windows.
fn stem(id: &str, window: Option<u32>) -> &str {
    window.and_then(|days| id.strip_suffix(&format!("_{days}d"))).unwrap_or(id)
}

pub(super) async fn note(Path(name): Path<String>, sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let account = visit.engine.account(&visit.caller, &name).await??;
    let id: AccountId = account.id.parse().map_err(|_| Miss::not_found())?;
    let text = form.text("text").to_owned();
    let fault = take_note(&visit, &account, id, &text).await?;
    if fault.is_some() {
        let page = read(&visit, &name, NoteDraft { text, fault }).await?;
        return draw(&visit, &page).await;
    }
    Ok(Redirect::to(&format!("/accounts/{}#notes", account.id)).into_response())
}

/// Puts the note on record, or says why not.
async fn take_note(
    visit: &Visit,
    account: &AccountView,
    id: AccountId,
    text: &str,
) -> Result<Option<String>, Miss> {
    if text.is_empty() {
        return Ok(Some(t("Write something first.").to_owned()));
    }
    let note = NoteId(visit.engine.new_uuid()?);
    let text = Personal::new(account.id.clone(), text.to_owned());
    let command = Command::Account { id, command: AccountCommand::AddNote { id: note, text } };
    Ok(match visit.engine.execute(&visit.caller, Request::from(command)).await?.answer {
        Answer::Refused(refusal) => Some(sentence(&refusal)),
        Answer::Done(_) | Answer::Waiting(_) => None,
    })
}
