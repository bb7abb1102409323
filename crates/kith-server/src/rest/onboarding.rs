//! Onboarding over REST.

use kith_api::problem::Problem;
use kith_api::request::{
    AccountGiven, OnboardingPatch, OnboardingReject, OnboardingStart, OwnerGiven, PortalUserGiven,
    StepJudged, StepReason,
};
use kith_domain::account::Draft;
use kith_domain::command::Command as Whole;
use kith_domain::onboarding::{
    Application, CaseState, Command, EdiId, Evidence, Owner, PortalPerson, RejectCode, StepName,
};
use kith_domain::refusal::FieldFault;
use kith_domain::value::{AccountId, DocumentId, OnboardingId, Personal};
use kith_engine::{Answer, ApplicationRequest, Applied, CaseRequest, Outcome, Request};
use serde_json::Value;

use super::account::ids;
use super::life::reason;
use super::{Call, invalid, refused, required_key};
use crate::reply::{Reply, Stop, json, with_header};

/// Carries out an operation of onboarding.
pub(super) async fn act(id: &str, call: Call) -> Reply {
    match id {
        "onboarding_start" => start(call).await,
        "onboarding_list" => list(call).await,
        "onboarding_kpi" => kpi(call).await,
        "onboarding_bulk" => bulk(call).await,
        "onboarding_get" => get(call).await,
        "onboarding_amend" => amend(call).await,
        "onboarding_step_run" => run(call).await,
        "onboarding_step_complete" | "onboarding_step_fail" => {
            judge(id == "onboarding_step_complete", call).await
        }
        "onboarding_reject" => reject(call).await,
        "account_lifecycle" => lifecycle(call).await,
        _ => reasoned(id, call).await,
    }
}

/// Hundredths of a percent, if it is a share with two decimals at most.
pub(crate) fn share(percent: f64) -> Option<u16> {
    let hundredths = percent * 100.0;
    let whole = (hundredths - hundredths.round()).abs() < 1e-6;
    ((0.0..=10_000.0).contains(&hundredths) && whole).then(|| format!("{hundredths:.0}").parse().ok())?
}

fn owners(given: Vec<OwnerGiven>, faults: &mut Vec<FieldFault>) -> Vec<Owner> {
    let mut owners = Vec::new();
    for (place, owner) in given.into_iter().enumerate() {
        let share_bp = owner.percent.map(share);
        if share_bp == Some(None) {
            let message = "a share is 0 to 100 percent, with two decimals at most";
            faults.push(FieldFault::new(format!("/owners/{place}/percent"), "out_of_range", message));
        }
        owners.push(Owner {
            name: Personal::new("", owner.name),
            share_bp: share_bp.flatten(),
            is_person: owner.is_person.unwrap_or(true),
            controls: owner.controls,
            country: owner.country,
            born_on: owner.born_on.map(|day| Personal::new("", day)),
        });
    }
    owners
}

fn people(given: Vec<PortalUserGiven>, faults: &mut Vec<FieldFault>) -> Vec<PortalPerson> {
    let mut people = Vec::new();
    for (place, person) in given.into_iter().enumerate() {
        let admin = match person.role.as_deref().map(str::trim) {
            None | Some("" | "portal_user") => false,
            Some("portal_admin") => true,
            Some(_) => {
                let pointer = format!("/portal_users/{place}/role");
                faults.push(FieldFault::new(
                    pointer,
                    "role_not_portal",
                    "expected portal_admin or portal_user",
                ));
                false
            }
        };
        let (name, email) = (Personal::new("", person.name), Personal::new("", person.email));
        people.push(PortalPerson { name, email, admin });
    }
    people
}

async fn start(call: Call) -> Reply {
    let key = required_key(&call.headers)?;
    let request: OnboardingStart = call.read()?;
    let mut faults = Vec::new();
    let said = Application {
        owners: owners(request.owners, &mut faults),
        owners_explained: request.owners_explained.map(|text| Personal::new("", text)),
        prepay: request.prepay,
        price_list: request.price_list,
        edi_ids: request.edi_ids.iter().map(|text| EdiId::read(text)).collect(),
        portal_users: people(request.portal_users, &mut faults),
    };
    let who = match request.account {
        AccountGiven::Known(name) => Applied::Known(name.trim().to_owned()),
        AccountGiven::New(fields) => {
            let id = AccountId(call.engine.new_uuid()?);
            let (draft, shape) = Draft::read_new(&Value::Object(fields), id, &mut ids(&call.engine));
            let within =
                |fault: FieldFault| FieldFault { pointer: format!("/account{}", fault.pointer), ..fault };
            faults.extend(shape.into_iter().map(within));
            Applied::New(id, Box::new(draft))
        }
    };
    let application = ApplicationRequest { who, said };
    let (id, command) = call.engine.application(&call.caller, application).await??;
    let request = Request { command, key: Some(key), expected_version: None };
    if !faults.is_empty() {
        return Err(match call.engine.dry_run(&call.caller, request).await? {
            Some(refusal) => refused(refusal, faults),
            None => Problem::invalid(faults).into(),
        });
    }
    let outcome = call.engine.onboard(&call.caller, request).await?;
    answered(&call, &id.to_string(), outcome, 201).await
}

/// What came of a command to a case.
async fn answered(call: &Call, id: &str, outcome: Outcome, done: u16) -> Reply {
    let reply = match outcome.answer {
        Answer::Refused(refusal) => return Err(refusal.into()),
        Answer::Waiting(change) => {
            let view = call.engine.change_view(&call.caller, &change);
            let location = format!("/api/v1/changes/{}", view.id);
            with_header(json(202, &view), "location", &location)
        }
        Answer::Done(receipt) => {
            // The same key again answers with the case that was started then.
            let id = if receipt.id.is_empty() { id } else { &receipt.id };
            let case = call.engine.case(&call.caller, id).await??;
            with_header(json(done, &case), "location", &format!("/api/v1/onboarding/{id}"))
        }
    };
    if outcome.replayed { with_header(reply, "idempotent-replayed", "true") } else { reply }
}

async fn list(call: Call) -> Reply {
    let state = call.param("state").map(|text| {
        let expected = format!("Expected one of {}.", CaseState::CODES.join(", "));
        CaseState::get(text.trim()).ok_or_else(|| invalid("state", "not_in_list", &expected))
    });
    let request = CaseRequest {
        state: state.transpose()?,
        account: call.param("account"),
        limit: call.limit()?,
        cursor: call.param("cursor"),
    };
    json(200, &call.engine.cases(&call.caller, request).await??)
}

async fn kpi(call: Call) -> Reply {
    json(200, &call.engine.onboarding_kpi(&call.caller).await?)
}

async fn bulk(call: Call) -> Reply {
    let execute = match call.param("execute").as_deref() {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return Err(invalid("execute", "not_in_list", "Expected true or false.")),
    };
    json(200, &call.engine.onboard_many(&call.caller, &call.body, execute).await??)
}

async fn get(call: Call) -> Reply {
    json(200, &call.engine.case(&call.caller, call.id()).await??)
}

async fn lifecycle(call: Call) -> Reply {
    json(200, &call.engine.lifecycle(&call.caller, call.id()).await??)
}

fn missing() -> Stop {
    kith_domain::onboarding::refusal::not_found().into()
}

fn id_of(call: &Call) -> Result<OnboardingId, Stop> {
    call.id().parse().map_err(|_| missing())
}

fn step_of(call: &Call) -> Result<StepName, Stop> {
    let expected = format!("There is no such step; there are {}.", StepName::CODES.join(", "));
    StepName::get(call.place("step")).ok_or_else(|| Stop::new(404, "onboarding.step_not_found", expected))
}

/// Carries a command out, and shows the case, or the change that waits.
async fn carry(call: Call, command: Command, key: Option<String>) -> Reply {
    let id = id_of(&call)?;
    let request = Request { command: Whole::Onboarding { id, command }, key, expected_version: None };
    let outcome = call.engine.onboard(&call.caller, request).await?;
    answered(&call, &id.to_string(), outcome, 200).await
}

async fn amend(call: Call) -> Reply {
    let held = call.engine.application_of(&call.caller, id_of(&call)?).await??;
    let request: OnboardingPatch = call.read()?;
    let mut faults = Vec::new();
    let mut application = held;
    if let Some(given) = request.owners {
        application.owners = owners(given, &mut faults);
    }
    if let Some(text) = request.owners_explained {
        application.owners_explained = Some(Personal::new("", text));
    }
    application.prepay = request.prepay.unwrap_or(application.prepay);
    if let Some(code) = request.price_list {
        application.price_list = Some(code);
    }
    if let Some(ids) = request.edi_ids {
        application.edi_ids = ids.iter().map(|text| EdiId::read(text)).collect();
    }
    if let Some(given) = request.portal_users {
        application.portal_users = people(given, &mut faults);
    }
    if !faults.is_empty() {
        return Err(Problem::invalid(faults).into());
    }
    let key = call.key()?;
    carry(call, Command::Amend { application: Box::new(application) }, key).await
}

async fn run(call: Call) -> Reply {
    required_key(&call.headers)?;
    let step = step_of(&call)?;
    // Whoever may not know of the case learns nothing by running it.
    let case = call.engine.case(&call.caller, call.id()).await??;
    call.engine.may_work_on(&call.caller, &case)??;
    call.engine.run_step(id_of(&call)?, step).await??;
    json(200, &call.engine.case(&call.caller, call.id()).await??)
}

async fn judge(passed: bool, mut call: Call) -> Reply {
    let key = required_key(&call.headers)?;
    let step = step_of(&call)?;
    let case = call.engine.case(&call.caller, call.id()).await??;
    let request: StepJudged = call.read()?;
    let mut evidence = Vec::new();
    for (place, text) in request.documents.iter().enumerate() {
        let known = call.engine.document_get(&call.caller, &case.account, text.trim()).await?;
        let id = text.trim().parse::<DocumentId>().ok().filter(|_| known.is_ok());
        let wrong = || {
            let fault = FieldFault::new(
                format!("/documents/{place}"),
                "document_unknown",
                "the account has no such document",
            );
            Stop::from(Problem::invalid(vec![fault]))
        };
        let id = id.ok_or_else(wrong)?;
        evidence.push(Evidence {
            source: "document".to_owned(),
            text: Personal::new(&case.account, known.map(|document| document.kind).unwrap_or_default()),
            document: Some(id),
            as_of: None,
        });
    }
    let reason = reason(&mut call, request.reason);
    carry(call, Command::Judge { step, passed, reason, evidence }, Some(key)).await
}

async fn reasoned(id: &str, mut call: Call) -> Reply {
    let key = required_key(&call.headers)?;
    let step = if id == "onboarding_withdraw" { StepName::Intake } else { step_of(&call)? };
    let request: StepReason = call.read()?;
    let reason = reason(&mut call, request.reason);
    let command = match id {
        "onboarding_withdraw" => Command::Reject { code: RejectCode::Withdrawn, reason },
        "onboarding_step_waive" => Command::Waive { step, reason },
        _ => Command::Await { step, reason },
    };
    carry(call, command, Some(key)).await
}

async fn reject(mut call: Call) -> Reply {
    let key = required_key(&call.headers)?;
    let request: OnboardingReject = call.read()?;
    let code = RejectCode::get(request.code.trim()).filter(|code| *code != RejectCode::Withdrawn);
    let codes: Vec<&str> = RejectCode::CODES.iter().copied().filter(|code| *code != "withdrawn").collect();
    let expected = format!("Expected one of {}.", codes.join(", "));
    let code = code.ok_or_else(|| invalid("code", "not_in_list", &expected))?;
    let reason = reason(&mut call, request.reason);
    carry(call, Command::Reject { code, reason }, Some(key)).await
}
