//! What may be chosen in the fields of a form.

use std::collections::BTreeMap;

use kith_domain::account::{AddressKind, ContactRole, ContactStatus, CustomerType, Tier};

use super::super::miss::Miss;
use super::super::visit::Visit;
use crate::web::number::words;
use crate::web::page::edit::{EditPage, Subject};

/// Value and title of each choice, by field.
type Choices = BTreeMap<String, Vec<(String, String)>>;

fn coded(codes: &[&str]) -> Vec<(String, String)> {
    codes.iter().map(|code| ((*code).to_owned(), words(code))).collect()
}

/// The choices of the fields that the form shows.
pub(super) async fn choices(visit: &Visit, page: &EditPage) -> Result<Choices, Miss> {
    let mut choices = Choices::new();
    for field in &page.fields {
        let found = match field.id {
            "customer_type" => coded(CustomerType::CODES),
            "tier" => coded(Tier::CODES),
            "role" => coded(ContactRole::CODES),
            "status" if matches!(page.subject, Subject::Contact(_)) => coded(ContactStatus::CODES),
            "kinds" => coded(AddressKind::CODES),
            "owning_entity" | "entity" => entities(visit),
            "account_manager" | "sales_rep" => people(visit).await?,
            "team" => teams(visit).await?,
            "payment_terms" | "tax_code" => codes(visit, field.id),
            "default_revenue_account" => codes(visit, "revenue_account"),
            "currency" => currencies(visit),
            _ => continue,
        };
        choices.insert(field.id.to_owned(), found);
    }
    Ok(choices)
}

fn entities(visit: &Visit) -> Vec<(String, String)> {
    let entities = visit.engine.organisation_view().entities;
    entities.into_iter().map(|entity| (entity.code, entity.name)).collect()
}

fn currencies(visit: &Visit) -> Vec<(String, String)> {
    let organisation = visit.engine.organisation_view();
    let mut all: Vec<String> = organisation.entities.into_iter().map(|entity| entity.currency).collect();
    all.push(organisation.currency);
    all.sort_unstable();
    all.dedup();
    all.into_iter().map(|code| (code.clone(), code)).collect()
}

fn codes(visit: &Visit, kind: &str) -> Vec<(String, String)> {
    let codes = visit.engine.catalogue_view(kind).map(|found| found.codes).unwrap_or_default();
    let open = codes.into_iter().filter(|code| !code.retired);
    open.map(|code| (code.code.clone(), code.label.unwrap_or(code.code))).collect()
}

/// The users that can answer for accounts, by name.
pub(in crate::web::route) async fn people(visit: &Visit) -> Result<Vec<(String, String)>, Miss> {
    let users = visit.engine.users(&visit.caller).await?.items;
    let active = users.into_iter().filter(|user| user.status == "active");
    let mut people: Vec<(String, String)> =
        active.filter_map(|user| Some((user.id, user.name.filter(|name| !name.is_empty())?))).collect();
    people.sort_by(|one, other| one.1.cmp(&other.1));
    Ok(people)
}

async fn teams(visit: &Visit) -> Result<Vec<(String, String)>, Miss> {
    let teams = visit.engine.teams(&visit.caller, false).await?.items;
    Ok(teams.into_iter().map(|team| (team.id, team.name)).collect())
}
