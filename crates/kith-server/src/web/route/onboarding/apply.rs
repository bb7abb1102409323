//! The application: its form, and what becomes of it.

use std::collections::{BTreeMap, HashMap};

use axum::response::{Html, IntoResponse, Redirect};
use kith_domain::account::Draft;
use kith_domain::onboarding::{Application, EdiId, Owner};
use kith_domain::price_list::PriceListKind;
use kith_domain::refusal::{FieldFault, Refusal};
use kith_domain::value::{AccountId, Currency, Money, Personal};
use kith_engine::{Answer, ApplicationRequest, Applied, Request};
use serde_json::{Map, Value, json};

use crate::rest::onboarding::share;
use crate::web::number::typed::{money_with, percentage};
use crate::web::page::{self, ApplyPage, OWNERS};
use crate::web::route::form::{Form, Sent};
use crate::web::route::miss::{Miss, Page};
use crate::web::route::visit::Visit;
use crate::web::shell::Section;
use crate::web::words::t;

/// Fields that name something of the account: the place of a fault, and the field that it is shown at.
const PLACES: [(&str, &str); 23] = [
    ("/account/name", "name"),
    ("/account/legal_name", "legal_name"),
    ("/account/email", "email"),
    ("/account/phone", "phone"),
    ("/account/owning_entity", "entity"),
    ("/account/customer_type", "customer_type"),
    ("/account/tax_id", "tax_number"),
    ("/account/payment_terms", "payment_terms"),
    ("/account/credit_limit", "credit_limit"),
    ("/account/addresses/0/country", "country"),
    ("/account/addresses/0/postal_code", "postal_code"),
    ("/account/addresses/0/city", "city"),
    ("/account/addresses/0/state_province", "state_province"),
    ("/account/addresses/0", "street"),
    ("/account/contacts/0/emails", "contact_email"),
    ("/account/contacts/0/phones", "contact_phone"),
    ("/account/contacts/0/title", "contact_title"),
    ("/account/contacts/0", "contact_name"),
    ("/owners_explained", "owners_explained"),
    ("/price_list", "price_list"),
    ("/edi_ids", "edi_id"),
    ("/account/contacts", "contact_name"),
    ("/account/addresses", "street"),
];

pub(in super::super) async fn show(visit: Visit) -> Page {
    let known = known(&visit, visit.text("account")).await?;
    let typed = HashMap::from([("customer_type".to_owned(), "wholesale".to_owned())]);
    draw(&visit, ApplyPage { typed, known, ..ApplyPage::default() }).await
}

/// The prospect who applies.
async fn known(visit: &Visit, name: &str) -> Result<Option<(String, String)>, Miss> {
    if name.is_empty() {
        return Ok(None);
    }
    let account = visit.engine.account(&visit.caller, name).await??;
    Ok(Some((account.id, account.name)))
}

async fn draw(visit: &Visit, page: ApplyPage) -> Page {
    let organisation = visit.engine.organisation();
    let entities = organisation.entities.iter();
    let lists = visit.engine.price_lists(PriceListKind::List).await?.items;
    let page = ApplyPage {
        entities: entities.map(|entity| (entity.code.to_string(), entity.name.clone())).collect(),
        terms: organisation.open_payment_terms(),
        price_lists: lists.into_iter().map(|list| (list.code, list.name)).collect(),
        ..page
    };
    let shell = visit.shell(t("New application"), Section::Onboarding).await?;
    Ok(Html(page::apply(&shell, &page).into_string()).into_response())
}

pub(in super::super) async fn send(sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let known = known(&visit, form.text("account")).await?;
    let mut faults = if known.is_none() { needed(&form) } else { BTreeMap::new() };
    let (said, wrong) = said(&form);
    faults.extend(wrong);
    let currency = currency_of(&visit, form.text("entity"));
    let limit = match form.text("credit_limit") {
        "" => None,
        text => {
            money_with(text, currency).map_err(|fault| faults.insert("credit_limit".to_owned(), fault)).ok()
        }
    };
    let mut shape = Vec::new();
    let who = match &known {
        Some((id, _)) => Applied::Known(id.clone()),
        None => {
            let (engine, id) = (visit.engine.clone(), AccountId(visit.engine.new_uuid()?));
            let mut ids = move || engine.new_uuid().unwrap_or_default();
            let (draft, found) = Draft::read_new(&fields(&form, limit), id, &mut ids);
            shape = found;
            Applied::New(id, Box::new(draft))
        }
    };
    let application = ApplicationRequest { who, said };
    let (id, command) = visit.engine.application(&visit.caller, application).await??;
    let request = Request::from(command);
    let mut others = Vec::new();
    if !faults.is_empty() || !shape.is_empty() {
        let within =
            |fault: FieldFault| FieldFault { pointer: format!("/account{}", fault.pointer), ..fault };
        sort(shape.into_iter().map(within), &mut faults, &mut others);
        if let Some(refusal) = visit.engine.dry_run(&visit.caller, request).await? {
            told(refusal, &mut faults, &mut others);
        }
    } else {
        match visit.engine.onboard(&visit.caller, request).await?.answer {
            Answer::Done(receipt) => {
                let id = if receipt.id.is_empty() { id.to_string() } else { receipt.id };
                return Ok(Redirect::to(&format!("/onboarding/{id}")).into_response());
            }
            Answer::Waiting(change) => {
                return Ok(Redirect::to(&format!("/changes/{}", change.id)).into_response());
            }
            Answer::Refused(refusal) => told(refusal, &mut faults, &mut others),
        }
    }
    draw(&visit, ApplyPage { typed: form.members(), faults, others, known, ..ApplyPage::default() }).await
}

/// What a customer of this kind must bring and did not.
fn needed(form: &Form) -> BTreeMap<String, String> {
    let person = form.text("customer_type") == "retail";
    let mut fields = vec!["name", "email", "street", "city", "country", "contact_name", "contact_email"];
    if !person {
        fields.extend(["legal_name", "tax_number", "payment_terms"]);
    }
    let missing = fields.into_iter().filter(|name| form.text(name).is_empty());
    missing.map(|name| (name.to_owned(), t("It is needed.").to_owned())).collect()
}

/// The members that were filled in.
fn members(form: &Form, names: &[(&str, &str)]) -> Map<String, Value> {
    let given = names.iter().filter(|(name, _)| !form.text(name).is_empty());
    given.map(|(name, member)| ((*member).to_owned(), json!(form.text(name)))).collect()
}

/// The fields of the account, as `POST /api/v1/accounts` takes them.
fn fields(form: &Form, limit: Option<Money>) -> Value {
    let plain = [
        ("name", "name"),
        ("legal_name", "legal_name"),
        ("email", "email"),
        ("phone", "phone"),
        ("entity", "owning_entity"),
        ("customer_type", "customer_type"),
        ("payment_terms", "payment_terms"),
    ];
    let mut body = members(form, &plain);
    if let Some(limit) = limit {
        let limit = json!({"amount": limit.amount(), "currency": limit.currency.code()});
        body.insert("credit_limit".to_owned(), limit);
    }
    let country = form.text("country").to_uppercase();
    if !form.text("tax_number").is_empty() {
        let kind = if form.text("tax_kind") == "ein" { "ein" } else { "vat" };
        let tax = json!({"kind": kind, "value": form.text("tax_number"), "country": country});
        body.insert("tax_id".to_owned(), tax);
    }
    let numbers = [("registration", "company_reg"), ("lei", "lei")].into_iter();
    let numbers = numbers.filter(|(name, _)| !form.text(name).is_empty());
    let numbers: Vec<Value> =
        numbers.map(|(name, kind)| json!({"kind": kind, "value": form.text(name)})).collect();
    body.insert("identifiers".to_owned(), json!(numbers));
    let places = [("postal_code", "postal_code"), ("city", "city"), ("state_province", "state_province")];
    let mut address = members(form, &places);
    if !form.text("street").is_empty() || !address.is_empty() {
        address.insert("kinds".to_owned(), json!(["billing", "registered"]));
        address.insert("lines".to_owned(), json!([form.text("street")]));
        address.insert("country".to_owned(), json!(country));
        body.insert("addresses".to_owned(), json!([address]));
    }
    let mut contact = members(form, &[("contact_name", "name"), ("contact_title", "title")]);
    for (name, member) in [("contact_email", "emails"), ("contact_phone", "phones")] {
        if !form.text(name).is_empty() {
            contact.insert(member.to_owned(), json!([form.text(name)]));
        }
    }
    if !contact.is_empty() {
        contact.insert("is_primary".to_owned(), json!(true));
        contact.insert("role".to_owned(), json!("decision_maker"));
        body.insert("contacts".to_owned(), json!([contact]));
    }
    Value::Object(body)
}

/// What the application says besides the account, and what of it cannot be read.
pub(super) fn said(form: &Form) -> (Application, BTreeMap<String, String>) {
    let mut faults = BTreeMap::new();
    let mut owners = Vec::new();
    for place in 1..=OWNERS {
        let text = |member: &str| form.text(&format!("owner_{member}_{place}"));
        let given = ["name", "percent", "country", "born_on"].iter().any(|member| !text(member).is_empty());
        if !given {
            continue;
        }
        let share_bp = hundredths(text("percent"));
        if share_bp.is_none() && !text("percent").is_empty() {
            let message = t("A share is 0 to 100 per cent, with two decimals at most.").to_owned();
            faults.insert(format!("owner_percent_{place}"), message);
        }
        owners.push(Owner {
            name: Personal::new("", text("name").to_owned()),
            share_bp,
            is_person: text("company") != "true",
            controls: text("controls") == "true",
            country: Some(text("country").to_owned()).filter(|text| !text.is_empty()),
            born_on: Some(text("born_on").to_owned())
                .filter(|text| !text.is_empty())
                .map(|day| Personal::new("", day)),
        });
    }
    let given = |name: &str| Some(form.text(name).to_owned()).filter(|text| !text.is_empty());
    let said = Application {
        owners,
        owners_explained: given("owners_explained").map(|text| Personal::new("", text)),
        prepay: form.text("prepay") == "true",
        price_list: given("price_list"),
        edi_ids: given("edi_id").iter().map(|text| EdiId::read(text)).collect(),
        portal_users: Vec::new(),
    };
    (said, faults)
}

/// The currency of a legal entity, which an amount without one is meant in.
pub(super) fn currency_of(visit: &Visit, entity: &str) -> Option<Currency> {
    let organisation = visit.engine.organisation();
    organisation.entities.iter().find(|known| known.code.as_str() == entity).map(|known| known.currency)
}

/// Hundredths of a per cent.
fn hundredths(text: &str) -> Option<u16> {
    share(percentage(text).ok()?.parse().ok()?)
}

/// What the rules said, by field.
fn told(refusal: Refusal, faults: &mut BTreeMap<String, String>, others: &mut Vec<String>) {
    if refusal.fields.is_empty() {
        others.push(format!("{} {}", refusal.sentence, refusal.clears).trim().to_owned());
    }
    sort(refusal.fields.into_iter(), faults, others);
}

/// Each fault at its field; what has none is said at the top.
fn sort(
    found: impl Iterator<Item = FieldFault>,
    faults: &mut BTreeMap<String, String>,
    others: &mut Vec<String>,
) {
    for fault in found {
        match field_of(&fault.pointer) {
            Some(name) => drop(faults.entry(name).or_insert(fault.message)),
            None if !others.contains(&fault.message) => others.push(fault.message),
            None => {}
        }
    }
}

fn field_of(pointer: &str) -> Option<String> {
    if let Some(rest) = pointer.strip_prefix("/owners/") {
        let (place, member) = rest.split_once('/')?;
        let place: usize = place.parse().ok()?;
        return Some(format!("owner_{member}_{}", place.saturating_add(1)));
    }
    PLACES
        .iter()
        .find(|(place, _)| {
            pointer.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
        .map(|(_, name)| (*name).to_owned())
}
