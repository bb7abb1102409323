//! Alerts where business is done in several currencies: what has no rate is said, never guessed, and hides nothing.

use kith_domain::command::Command;
use kith_domain::organisation::{Command as OrganisationCommand, RateQuote};
use kith_domain::value::Money;
use kith_store::Location;
use serde_json::{Value, json};

use super::{House, on_each};
use crate::{AlertRequest, CreditAsk, Engine};

fn money(amount: &str, currency: &str) -> Value {
    json!({"amount": amount, "currency": currency})
}

fn invoice(number: &str, entity: &str, amount: &str, currency: &str) -> Value {
    let data = json!({"invoice_no": number, "entity": entity, "amount": money(amount, currency),
        "issued_on": "2026-11-20", "due_on": "2027-01-01"});
    json!({"specversion": "1.0", "id": number, "source": "erp", "type": "io.kith.invoice.posted",
        "time": "2026-11-22T09:00:00Z", "subject": "external:erp:1", "data": data})
}

async fn rates(house: &House, quotes: &[(&str, &str)]) {
    let quote = |(base, rate): &(&str, &str)| RateQuote {
        base: base.parse().unwrap(),
        quote: "USD".parse().unwrap(),
        day: "2026-11-22".parse().unwrap(),
        rate: (*rate).to_owned(),
        source: "ecb".to_owned(),
    };
    let rates = quotes.iter().map(quote).collect();
    house.done(&house.admin, Command::Organisation(OrganisationCommand::LoadRates { rates })).await;
}

/// The alerts that stand: kind and sentence, sorted.
async fn alerts(house: &House) -> Vec<(String, String)> {
    while house.engine.watch_accounts().await.unwrap() > 0 {}
    let request = AlertRequest { limit: 50, ..AlertRequest::default() };
    let page = house.engine.alerts(&house.admin, request).await.unwrap().unwrap();
    let told = |alert: kith_api::view::AlertView| (alert.kind, alert.explanation[0].text.clone());
    let mut found: Vec<(String, String)> = page.items.into_iter().map(told).collect();
    found.sort_unstable();
    found
}

fn kinds(found: &[(String, String)]) -> Vec<&str> {
    found.iter().map(|(kind, _)| kind.as_str()).collect()
}

#[test]
fn a_currency_without_a_rate_hides_no_overdrawn_limit() {
    on_each(|house| async move {
        rates(&house, &[("EUR", "2"), ("GBP", "3")]).await;
        let id = house.account("Acme", "1", json!({"credit_limit": money("1000", "USD")})).await.to_string();
        house.ingest(&[invoice("I-1", "US", "300", "USD"), invoice("I-2", "US", "100", "EUR")]).await;
        assert_eq!(kinds(&alerts(&house).await), [""; 0], "500 of 1000");
        // One franc without a rate: what is known is within the limit, and nobody says that all of it is.
        house.ingest(&[invoice("I-3", "US", "1", "CHF")]).await;
        let ask =
            CreditAsk::new("external:erp:1", "US".parse().unwrap(), Money::new(1, "USD".parse().unwrap()));
        let decision = house.engine.credit_check(&house.admin, ask).await.unwrap().unwrap();
        assert_eq!((decision.outcome.as_str(), decision.reasons[0].code.as_str()), ("hold", "rate_missing"));
        let standing = house.engine.account_credit(&house.admin, &id, None).await.unwrap().unwrap();
        assert_eq!((standing.exposure, standing.unrated), (None, vec!["CHF".to_owned()]));
        assert_eq!(standing.exposure_at_least.unwrap().amount, "500.00");
        let found = alerts(&house).await;
        assert_eq!(kinds(&found), ["exposure_unknown"]);
        assert!(found[0].1.contains("CHF") && found[0].1.contains("Orders are held"), "{found:?}");
        // What is known goes over: it is told as what it is at least.
        house.ingest(&[invoice("I-4", "US", "200", "GBP")]).await;
        let found = alerts(&house).await;
        assert_eq!(kinds(&found), ["exposure_unknown", "over_limit"]);
        assert!(found[1].1.starts_with("At least USD 1100.00"), "{found:?}");
        // A payment in francs may be of any worth: neither is the limit overdrawn nor is it not, and the alert stays.
        let paid = json!({"payment_no": "P-1", "entity": "US", "amount": money("900", "CHF"), "received_on": "2026-11-21", "allocations": []});
        let paid = json!({"specversion": "1.0", "id": "P-1", "source": "erp", "type": "io.kith.payment.received",
            "time": "2026-11-22T10:00:00Z", "subject": "external:erp:1", "data": paid});
        house.ingest(&[paid]).await;
        assert_eq!(kinds(&alerts(&house).await), ["exposure_unknown", "over_limit"]);
        // A rate that comes decides it without another event.
        rates(&house, &[("CHF", "1")]).await;
        assert_eq!(kinds(&alerts(&house).await), [""; 0]);
        rates(&house, &[("CHF", "0.01")]).await;
        let found = alerts(&house).await;
        assert_eq!(kinds(&found), ["over_limit"]);
        assert!(found[0].1.starts_with("USD 1091.01"), "{found:?}");
    });
}

#[test]
fn an_entity_that_cannot_be_said_hides_none_that_can() {
    on_each(|house| async move {
        rates(&house, &[("GBP", "3")]).await;
        // A limit of its own for EU, whose currency has no rate to the francs in which it trades.
        let more = json!({"credit_limit": money("1000", "USD"),
            "overrides": {"EU": {"credit_limit": {"mode": "value", "value": money("500", "EUR")}}}});
        house.account("Acme", "1", more).await;
        house.ingest(&[invoice("I-1", "US", "400", "GBP"), invoice("I-2", "EU", "1", "CHF")]).await;
        let found = alerts(&house).await;
        assert_eq!(kinds(&found), ["exposure_unknown", "over_limit"], "{found:?}");
        assert!(found[0].1.contains("EU") && found[1].1.starts_with("USD 1200.00"), "{found:?}");
    });
}

/// A limit in a currency without a rate is in no list, and is not forgotten for that.
#[test]
fn a_limit_without_a_rate_is_told() {
    on_each(|house| async move {
        house.account("Acme", "1", json!({"credit_limit": money("1000", "CHF")})).await;
        house.ingest(&[invoice("I-1", "US", "300", "USD")]).await;
        let found = alerts(&house).await;
        assert_eq!(kinds(&found), ["exposure_unknown"]);
        rates(&house, &[("CHF", "2")]).await;
        assert_eq!(kinds(&alerts(&house).await), [""; 0], "300 of 2000");
    });
}

#[test]
fn what_another_node_took_in_is_looked_at_as_well() {
    on_each(|house| async move {
        let Location::Postgres { .. } = &house.location else { return };
        let id = house.account("Acme", "1", json!({"credit_limit": money("1000", "USD")})).await.to_string();
        assert_eq!(kinds(&alerts(&house).await), [""; 0]);
        let (location, settings) = (house.location.clone(), house.settings);
        let other =
            tokio::task::spawn_blocking(move || Engine::open(&location, settings)).await.unwrap().unwrap();
        let body = bytes::Bytes::from(invoice("I-1", "US", "1500", "USD").to_string());
        assert_eq!(other.ingest(&house.admin, body).await.unwrap().unwrap().accepted, 1);
        other.close();
        // A look at its credit reads what the other one wrote, before any message of it came.
        let standing = house.engine.account_credit(&house.admin, &id, None).await.unwrap().unwrap();
        assert_eq!(standing.exposure.unwrap().amount, "1500.00");
        assert_eq!(kinds(&alerts(&house).await), ["over_limit"]);
    });
}
