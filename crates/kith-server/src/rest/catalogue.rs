//! Catalogues and custom fields over REST.

use kith_api::problem::Problem;
use kith_api::request::{CatalogueAdd, CataloguePatch, CodeAdd, CodePatch, CustomFieldAdd, CustomFieldPatch};
use kith_api::view::TermsView;
use kith_domain::command::Command;
use kith_domain::organisation::{
    Baseline, CatalogueDraft, CodeDraft, Command as OrganisationCommand, CustomFieldDraft, CustomKind,
    HolidayShift, Installment, Terms,
};
use kith_domain::refusal::FieldFault;
use kith_engine::{Answer, Request};
use serde::Serialize;

use super::Call;
use crate::reply::{Reply, Stop, json};

/// Executes, and answers with what `view` finds then.
async fn change<T: Serialize>(
    call: &Call,
    command: OrganisationCommand,
    status: u16,
    view: impl Fn() -> Option<T>,
) -> Reply {
    match call.engine.execute(&call.caller, Request::from(Command::Organisation(command))).await?.answer {
        Answer::Refused(refusal) => Err(refusal.into()),
        Answer::Waiting(change) => json(202, &call.engine.change_view(&call.caller, &change)),
        Answer::Done(_) => json(status, &view().ok_or_else(missing)?),
    }
}

fn missing() -> Stop {
    Stop::new(404, "not_found", "There is no such thing.")
}

pub(super) fn list(call: &Call) -> Reply {
    json(200, &call.engine.catalogues())
}

pub(super) fn get(call: &Call) -> Reply {
    let found = call.engine.catalogue_view(call.place("kind"));
    json(
        200,
        &found
            .ok_or_else(|| Stop::new(404, "organisation.catalogue_unknown", "There is no such catalogue."))?,
    )
}

pub(super) async fn add(call: Call) -> Reply {
    let CatalogueAdd { kind, label, mandatory } = call.read()?;
    let draft = CatalogueDraft { label, mandatory, default_code: None };
    let command = OrganisationCommand::AddCatalogue { kind: kind.clone(), draft };
    change(&call, command, 201, || call.engine.catalogue_view(&kind)).await
}

pub(super) async fn alter(call: Call) -> Reply {
    let CataloguePatch { label, mandatory, default_code } = call.read()?;
    let kind = call.place("kind").to_owned();
    let draft = CatalogueDraft { label, mandatory, default_code };
    let command = OrganisationCommand::ChangeCatalogue { kind: kind.clone(), draft };
    change(&call, command, 200, || call.engine.catalogue_view(&kind)).await
}

pub(super) async fn code_add(call: Call) -> Reply {
    let CodeAdd { code, label, parent, terms } = call.read()?;
    let kind = call.place("kind").to_owned();
    let draft = CodeDraft {
        label: label.map(Some),
        parent: parent.map(Some),
        retired: None,
        terms: terms.map(|given| read_terms(&given)).transpose()?,
    };
    let command = OrganisationCommand::AddCode { kind: kind.clone(), code, draft };
    change(&call, command, 201, || call.engine.catalogue_view(&kind)).await
}

pub(super) async fn code_change(call: Call) -> Reply {
    let CodePatch { label, parent, retired, terms } = call.read()?;
    let (kind, code) = (call.place("kind").to_owned(), call.place("code").to_owned());
    let terms = terms.map(|given| read_terms(&given)).transpose()?;
    let draft = CodeDraft { label, parent, retired, terms };
    let command = OrganisationCommand::ChangeCode { kind: kind.clone(), code, draft };
    change(&call, command, 200, || call.engine.catalogue_view(&kind)).await
}

pub(super) async fn code_delete(call: Call) -> Reply {
    let (kind, code) = (call.place("kind").to_owned(), call.place("code").to_owned());
    let command = OrganisationCommand::DeleteCode { kind: kind.clone(), code };
    change(&call, command, 200, || call.engine.catalogue_view(&kind)).await
}

/// Payment terms as given, every fault at its place.
fn read_terms(given: &TermsView) -> Result<Terms, Stop> {
    let mut faults = Vec::new();
    let mut fault = |member: &str, message: &str| {
        faults.push(FieldFault::new(format!("/terms/{member}"), "terms_invalid", message));
    };
    let baseline = match given.baseline.as_deref() {
        None | Some("invoice_date") => Baseline::InvoiceDate,
        Some("receipt_date") => Baseline::ReceiptDate,
        Some("delivery_date") => Baseline::DeliveryDate,
        Some("eom") => Baseline::Eom,
        Some(_) => {
            fault("baseline", "expected invoice_date, receipt_date, delivery_date or eom");
            Baseline::default()
        }
    };
    let holiday_shift = match given.holiday_shift.as_deref() {
        None | Some("none") => HolidayShift::None,
        Some("next") => HolidayShift::Next,
        Some("previous") => HolidayShift::Previous,
        Some(_) => {
            fault("holiday_shift", "expected none, next or previous");
            HolidayShift::default()
        }
    };
    let discount_pct = given.discount_pct.as_deref().and_then(|text| {
        let percent = text.trim().parse().ok();
        if percent.is_none() {
            fault("discount_pct", "expected a decimal number such as 2");
        }
        percent
    });
    let mut installments = Vec::new();
    for (index, part) in given.installments.iter().enumerate() {
        match (part.percent.trim().parse(), u16::try_from(part.days)) {
            (Ok(percent), Ok(days)) => installments.push(Installment { percent, days }),
            _ => fault(&format!("installments/{index}"), "expected a percentage and days"),
        }
    }
    let terms = Terms {
        baseline,
        net_days: u16::try_from(given.net_days.unwrap_or(0)).unwrap_or(u16::MAX),
        discount_pct,
        discount_days: given.discount_days.map(|days| u16::try_from(days).unwrap_or(u16::MAX)),
        day_of_month: given.day_of_month.map(|day| i8::try_from(day).unwrap_or(i8::MAX)),
        months_ahead: given.months_ahead.map(|months| u8::try_from(months).unwrap_or(u8::MAX)),
        installments,
        holiday_shift,
    };
    if faults.is_empty() { Ok(terms) } else { Err(Problem::invalid(faults).into()) }
}

pub(super) fn custom_fields(call: &Call) -> Reply {
    json(200, &call.engine.custom_fields())
}

pub(super) async fn custom_field_add(call: Call) -> Reply {
    let CustomFieldAdd {
        name,
        label,
        kind,
        options,
        required,
        personal,
        entity,
        help,
        min,
        max,
        mask,
        position,
    } = call.read()?;
    let Some(kind) = CustomKind::get(kind.trim()) else {
        let codes: Vec<&str> = CustomKind::ALL.iter().map(|kind| kind.as_str()).collect();
        let fault = FieldFault::new("/type", "not_in_list", format!("expected one of {}", codes.join(", ")));
        return Err(Problem::invalid(vec![fault]).into());
    };
    let draft = CustomFieldDraft {
        label,
        kind: Some(kind),
        options,
        required,
        personal: personal.unwrap_or_default(),
        entity: entity.map(Some),
        retired: None,
        help: help.map(Some),
        min: min.map(Some),
        max: max.map(Some),
        mask: mask.map(Some),
        position,
    };
    let command = OrganisationCommand::DefineField { name: name.clone(), draft };
    change(&call, command, 201, || call.engine.custom_field(&name)).await
}

pub(super) async fn custom_field_change(call: Call) -> Reply {
    let CustomFieldPatch { label, options, required, entity, help, min, max, mask, position, retired } =
        call.read()?;
    let name = call.place("name").to_owned();
    let draft = CustomFieldDraft {
        label,
        options,
        required,
        entity,
        retired,
        help,
        min,
        max,
        mask,
        position,
        ..CustomFieldDraft::default()
    };
    let command = OrganisationCommand::ChangeField { name: name.clone(), draft };
    change(&call, command, 200, || call.engine.custom_field(&name)).await
}
