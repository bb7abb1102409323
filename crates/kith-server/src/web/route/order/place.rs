//! A new order: its form, and what was decided.

use std::collections::HashMap;

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use kith_api::request::{OrderLine, OrderParties, OrderParty, OrderPlace, OrderSource, OrderedBy};
use kith_api::view::{AccountView, MoneyView};
use kith_domain::refusal::Refusal;
use kith_domain::value::Currency;
use kith_engine::Placed;
use kith_template::say;
use serde_json::json;

use crate::web::number;
use crate::web::number::typed::{Misread, of_money};
use crate::web::page::{self, LINES, PlacePage};
use crate::web::route::form::{Form, Sent};
use crate::web::route::miss::{Miss, Page, sentence};
use crate::web::route::visit::Visit;
use crate::web::shell::Section;
use crate::web::words::{self, t};

pub(in super::super) async fn show(visit: Visit) -> Page {
    let asked = visit.text("account").to_owned();
    if asked.is_empty() {
        return draw(&visit, PlacePage::default()).await;
    }
    let Some(account) = found(&visit, &asked).await? else {
        let fault = say!("There is no account {asked}, or it is not yours to see.");
        let typed = HashMap::from([("account".to_owned(), asked)]);
        return draw(&visit, PlacePage { typed, faults: vec![fault], ..PlacePage::default() }).await;
    };
    let typed = prefilled(&account);
    draw(&visit, PlacePage { account: Some(Box::new(account)), typed, ..PlacePage::default() }).await
}

/// The account that is named by its id, its number, its tax number or its address.
async fn found(visit: &Visit, name: &str) -> Result<Option<AccountView>, Miss> {
    let tried = [name.to_owned(), format!("email:{name}"), format!("tax:{name}")];
    let id = tried.iter().find_map(|name| visit.engine.account_referred(&visit.caller, name));
    match id {
        Some(id) => Ok(visit.engine.account(&visit.caller, &id.to_string()).await?.ok()),
        None => Ok(None),
    }
}

/// The address that goods went to so far.
fn prefilled(account: &AccountView) -> HashMap<String, String> {
    let serves =
        |kind: &str| account.addresses.iter().find(|address| address.kinds.iter().any(|one| one == kind));
    let mut typed = HashMap::from([("entity".to_owned(), account.owning_entity.clone())]);
    if let Some(address) = serves("shipping").or_else(|| account.addresses.first()) {
        let parts = [
            ("ship_name", Some(account.name.clone())),
            ("street", address.lines.first().cloned()),
            ("postal_code", address.postal_code.clone()),
            ("city", address.city.clone()),
            ("country", Some(address.country.clone())),
        ];
        typed.extend(parts.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text?))));
    }
    typed
}

async fn draw(visit: &Visit, page: PlacePage) -> Page {
    let organisation = visit.engine.organisation();
    let entities = organisation.entities.iter();
    let key = match page.key.is_empty() {
        true => visit.engine.new_uuid()?.simple().to_string(),
        false => page.key.clone(),
    };
    let entities =
        entities.map(|entity| (entity.code.to_string(), format!("{} ({})", entity.name, entity.code)));
    let page = PlacePage { entities: entities.collect(), key, ..page };
    let shell = visit.shell(t("New order"), Section::Orders).await?;
    Ok(Html(page::place(&shell, &page).into_string()).into_response())
}

pub(in super::super) async fn send(sent: Sent) -> Page {
    let Sent { visit, form } = sent;
    let account = visit.engine.account(&visit.caller, form.text("account")).await??;
    let key = format!("page-{}", form.text("key"));
    let order = order(&visit, &form, &account);
    let currency = order.currency.as_deref().and_then(|code| code.parse().ok());
    let twofold = misread(&form, currency);
    if !twofold.is_empty() {
        let page = PlacePage {
            account: Some(Box::new(account)),
            typed: form.members(),
            faults: twofold,
            ..PlacePage::default()
        };
        let mut response = draw(&visit, page).await?;
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(response);
    }
    let placed = visit.engine.place_order(&visit.caller, &order, key).await?;
    let (faults, reasons, status) = match placed {
        Ok(Placed { view, .. }) if view.outcome.as_deref() != Some("reject") => {
            return Ok(Redirect::to(&format!("/orders/{}", view.id)).into_response());
        }
        Ok(Placed { view, .. }) => (Vec::new(), view.reasons, StatusCode::UNPROCESSABLE_ENTITY),
        Err(refusal) => (told(&refusal), Vec::new(), status_of(&refusal)),
    };
    // What was rejected counted; mended, it is another order.
    let page = PlacePage {
        account: Some(Box::new(account)),
        typed: form.members(),
        faults,
        reasons,
        ..PlacePage::default()
    };
    let mut response = draw(&visit, page).await?;
    *response.status_mut() = status;
    Ok(response)
}

fn status_of(refusal: &Refusal) -> StatusCode {
    StatusCode::from_u16(kith_api::problem::status(refusal.kind)).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY)
}

fn told(refusal: &Refusal) -> Vec<String> {
    if refusal.fields.is_empty() {
        return vec![sentence(refusal)];
    }
    refusal
        .fields
        .iter()
        .map(|fault| format!("{}: {}", fault.pointer.trim_start_matches('/'), words::told(&fault.message)))
        .collect()
}

/// A figure as the reader writes it, in plain decimals; what is none goes on as it is, and is refused at its place.
fn figure(text: String) -> String {
    number::typed(&text).unwrap_or(text)
}

/// The amounts that can mean two: each with the name of its field.
fn misread(form: &Form, currency: Option<Currency>) -> Vec<String> {
    let prices = (1..=LINES).map(|place| (format!("price_{place}"), say!("Price of line {place}")));
    let fields = prices.chain([("total".to_owned(), t("Amount").to_owned())]);
    fields
        .filter_map(|(name, title)| match of_money(form.text(&name), currency) {
            Err(misread @ Misread::TwoWays(..)) => Some(format!("{title}: {}", misread.sentence())),
            _ => None,
        })
        .collect()
}

/// The canonical order that the form is.
fn order(visit: &Visit, form: &Form, account: &AccountView) -> OrderPlace {
    let given = |name: &str| Some(form.text(name).to_owned()).filter(|text| !text.is_empty());
    let service = form.text("type") == "service";
    let lines: Vec<OrderLine> = (1..=LINES)
        .filter_map(|place| {
            let text = |member: &str| given(&format!("{member}_{place}"));
            let (item, qty, price) = (text("item"), text("qty"), text("price"));
            (item.is_some() || qty.is_some() || price.is_some()).then(|| OrderLine {
                item: item.unwrap_or_default(),
                qty: json!(figure(qty.unwrap_or_default())),
                price: price.map(figure),
                ..OrderLine::default()
            })
        })
        .collect();
    let ship_to = OrderParty {
        name: given("ship_name"),
        lines: given("street").map(|street| vec![street]),
        city: given("city"),
        postal_code: given("postal_code"),
        country: given("country").map(|code| code.to_uppercase()),
        ..OrderParty::default()
    };
    let organisation = visit.engine.organisation();
    let seller = organisation.entities.iter().find(|entity| entity.code.as_str() == form.text("entity"));
    let currency =
        account.currency.clone().or_else(|| seller.map(|entity| entity.currency.code().to_owned()));
    let total = given("total").filter(|_| lines.is_empty());
    let total = total.zip(currency.clone());
    OrderPlace {
        account: Some(account.id.clone()),
        kind: given("type"),
        entity: given("entity"),
        currency,
        customer_order_no: given("customer_order_no"),
        requested_delivery: given("requested_delivery"),
        total: total.map(|(amount, currency)| MoneyView { amount: figure(amount), currency }),
        parties: (!service).then(|| OrderParties { ship_to: Some(ship_to), ..OrderParties::default() }),
        ordered_by: given("ordered_by").map(|email| OrderedBy { email: Some(email), name: None }),
        source: Some(OrderSource { channel: Some("phone".to_owned()), ..OrderSource::default() }),
        lines,
        ..OrderPlace::default()
    }
}
