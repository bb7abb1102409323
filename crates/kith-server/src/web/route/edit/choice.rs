//! What may be chosen in the fields of a form.

use std::collections::BTreeMap;

use kith_api::view::CustomFieldView;
use kith_domain::access::{Grant, Role, RoleGrant, grants};
use kith_domain::account::{AddressKind, ContactRole, ContactStatus, CustomerType, Tier};
use kith_domain::value::Currency;

use super::super::miss::Miss;
use super::super::visit::Visit;
use crate::web::number::words;
use crate::web::page::edit::{EditPage, Subject};
use crate::web::words::t;

mod code;

/// Value and title of each choice, by field.
type Choices = BTreeMap<String, Vec<(String, String)>>;

fn coded(codes: &[&str]) -> Vec<(String, String)> {
    codes.iter().map(|code| ((*code).to_owned(), words(code))).collect()
}

/// The choices of the fields that the form shows.
pub(super) async fn choices(visit: &Visit, page: &EditPage) -> Result<Choices, Miss> {
    let mut choices = Choices::new();
    let own = visit.engine.custom_fields().items;
    for field in &page.fields {
        if let Some(found) = field.custom().and_then(|name| own.iter().find(|known| known.name == name)) {
            choices.insert(field.id.to_string(), of_custom(visit, found));
            continue;
        }
        let found = match &*field.id {
            "customer_type" => coded(CustomerType::CODES),
            "tier" => coded(Tier::CODES),
            "role" => coded(ContactRole::CODES),
            "status" if matches!(page.subject, Subject::Contact(_)) => coded(ContactStatus::CODES),
            "kinds" => coded(AddressKind::CODES),
            "owning_entity" | "entity" => entities(visit),
            "account_manager" | "sales_rep" => {
                held_too(visit, page, &field.id, people_of(visit, &page.account.owning_entity).await?)
            }
            "team" => teams(visit).await?,
            "payment_terms" | "tax_code" => codes(visit, &field.id),
            "default_revenue_account" => codes(visit, "revenue_account"),
            "currency" | "credit_limit" | "group_credit_limit" | "annual_revenue" => currencies(visit),
            "country" => same(code::COUNTRIES),
            "language" => same(code::LANGUAGES),
            "timezone" => {
                super::super::settings::zones().into_iter().map(|zone| (zone.clone(), zone)).collect()
            }
            "industry" => {
                let used = visit.engine.values_in_use(&visit.caller, "industry").into_iter();
                used.map(|value| (value.clone(), value)).collect()
            }
            _ => continue,
        };
        choices.insert(field.id.to_string(), found);
    }
    Ok(choices)
}

pub(in crate::web::route) fn entities(visit: &Visit) -> Vec<(String, String)> {
    let entities = visit.engine.organisation_view().entities;
    entities.into_iter().map(|entity| (entity.code, entity.name)).collect()
}

fn same(codes: &str) -> Vec<(String, String)> {
    codes.split_whitespace().map(|code| (code.to_owned(), code.to_owned())).collect()
}

/// What may be chosen in a field of the organisation's own.
fn of_custom(visit: &Visit, field: &CustomFieldView) -> Vec<(String, String)> {
    match field.kind.as_str() {
        "bool" => vec![("true".to_owned(), t("Yes").to_owned()), ("false".to_owned(), t("No").to_owned())],
        "enum" => field.options.iter().map(|option| (option.clone(), option.clone())).collect(),
        "money" => currencies(visit),
        _ => Vec::new(),
    }
}

/// All currencies, the organisation's own first.
fn currencies(visit: &Visit) -> Vec<(String, String)> {
    let organisation = visit.engine.organisation_view();
    let mut own = vec![organisation.currency];
    own.extend(organisation.entities.into_iter().map(|entity| entity.currency));
    let all = (0..=u8::MAX).map_while(Currency::from_index).map(|currency| currency.code().to_owned());
    let mut codes: Vec<String> = Vec::new();
    for code in own.into_iter().chain(all).filter(|code| !code.is_empty()) {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes.into_iter().map(|code| (code.clone(), code)).collect()
}

fn codes(visit: &Visit, kind: &str) -> Vec<(String, String)> {
    let codes = visit.engine.catalogue_view(kind).map(|found| found.codes).unwrap_or_default();
    let open = codes.into_iter().filter(|code| !code.retired);
    open.map(|code| (code.code.clone(), code.label.unwrap_or(code.code))).collect()
}

/// Codes of payment terms with their titles.
pub(in crate::web::route) fn terms(visit: &Visit, codes: &[String]) -> Vec<(String, String)> {
    let known = visit.engine.catalogue_view("payment_terms").map(|found| found.codes).unwrap_or_default();
    let label =
        |code: &String| known.iter().find(|each| each.code == *code).and_then(|each| each.label.clone());
    codes.iter().map(|code| (code.clone(), label(code).unwrap_or_else(|| words(code)))).collect()
}

/// The users that can answer for accounts, by name.
pub(in crate::web::route) async fn people(visit: &Visit) -> Result<Vec<(String, String)>, Miss> {
    people_of(visit, "").await
}

/// The same with whoever stands on record, by name, also when they could not be chosen any more.
fn held_too(
    visit: &Visit,
    page: &EditPage,
    field: &str,
    mut people: Vec<(String, String)>,
) -> Vec<(String, String)> {
    let held = page.base.get(field).filter(|held| !held.is_empty());
    if let Some(held) = held.filter(|held| !people.iter().any(|(id, _)| id == *held)) {
        let name = visit.engine.called(held).unwrap_or_else(|| held.clone());
        people.push((held.clone(), name));
    }
    people
}

/// The users that can answer for accounts of an entity, by name: who only reads cannot. Empty for any entity.
async fn people_of(visit: &Visit, entity: &str) -> Result<Vec<(String, String)>, Miss> {
    let users = visit.engine.users(&visit.caller).await?.items;
    let can = |role: &String| {
        let held: Result<RoleGrant, _> = role.parse();
        held.is_ok_and(|held| {
            let here = entity.is_empty() || held.entity.as_ref().is_none_or(|of| of.to_string() == entity);
            here && held.role != Role::Integration && grants(held.role).contains(&Grant::AccountsWrite)
        })
    };
    let fit = users.into_iter().filter(|user| user.status == "active" && user.roles.iter().any(can));
    let mut people: Vec<(String, String)> =
        fit.filter_map(|user| Some((user.id, user.name.filter(|name| !name.is_empty())?))).collect();
    people.sort_by(|one, other| one.1.cmp(&other.1));
    Ok(people)
}

pub(in crate::web::route) async fn teams(visit: &Visit) -> Result<Vec<(String, String)>, Miss> {
    let teams = visit.engine.teams(&visit.caller, false).await?.items;
    Ok(teams.into_iter().map(|team| (team.id, team.name)).collect())
}
