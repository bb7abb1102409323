//! The demo tells its stories, the same ones every time.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use jiff::civil::{Date, date};
use serde_json::Value;

use super::customer::{Customer, customers};
use super::happening::{Billing, Day, Happening, OrderStep, What, date_of, day_of, month_and_day};
use super::prng::Prng;
use super::story::Story;
use super::trade::trades;
use super::trend::{Trend, trend};
use super::{ACCOUNTS, company, company_of, live, people, simulate};

const TODAY: Date = date(2026, 11, 22);
const SEED: u64 = 42;
/// Accounts where the whole company is not needed.
const SMALL: usize = 200;
/// The place of premium among the segments.
const PREMIUM: usize = 2;

fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("{pointer} is missing in {value}"))
}

/// The customers and their history, as [`company`] makes them.
fn told(seed: u64) -> (Vec<Customer>, Vec<Happening>) {
    let mut prng = Prng::new(seed);
    people::organisation(&mut prng, TODAY);
    let customers = customers(&mut prng, ACCOUNTS, TODAY);
    let happened = simulate::history(&mut prng, &customers, TODAY).happened;
    (customers, happened)
}

/// Days of the orders of each customer.
fn order_days(happened: &[Happening]) -> BTreeMap<u32, Vec<Day>> {
    let mut days: BTreeMap<u32, Vec<Day>> = BTreeMap::new();
    for happening in happened {
        if matches!(happening.what, What::Order(OrderStep::Placed { .. })) {
            days.entry(happening.customer).or_default().push(happening.at.div_euclid(86_400));
        }
    }
    days
}

/// A company's accounts and touchpoints as one number.
fn hash(seed: u64, today: Date) -> u64 {
    let company = company_of(seed, today, SMALL);
    let mut hasher = DefaultHasher::new();
    company.accounts.iter().for_each(|account| account.to_string().hash(&mut hasher));
    company.touchpoints.for_each(|event| event.to_string().hash(&mut hasher));
    hasher.finish()
}

#[test]
fn the_same_seed_and_day_tell_the_same() {
    let first = hash(SEED, TODAY);
    assert_eq!(first, hash(SEED, TODAY));
    assert_ne!(first, hash(SEED + 1, TODAY));
    assert_ne!(first, hash(SEED, TODAY.tomorrow().unwrap()));
}

#[test]
fn every_account_is_complete_and_its_own() {
    let company = company(SEED, TODAY);
    assert_eq!(company.accounts.len(), ACCOUNTS);
    let emails: BTreeSet<String> = company.users.iter().map(|user| user.email.clone()).collect();
    let entities: BTreeSet<&str> = company.organisation.entities.iter().map(|entity| entity.code).collect();
    let mut seen = BTreeSet::new();
    for account in &company.accounts {
        for pointer in ["/name", "/email", "/identifiers/0/value"] {
            let value = text(account, pointer);
            assert!(seen.insert((pointer, value.to_lowercase())), "{pointer} {value} occurs twice");
        }
        let tax = text(account, "/tax_id/value");
        assert!(seen.insert(("/tax_id", tax.to_owned())), "{tax} occurs twice");
        let day = kith_identifier::Day::new(2026, 11, 22).unwrap();
        let (kind, country) = (text(account, "/tax_id/kind"), text(account, "/tax_id/country"));
        let read = kith_identifier::validate(kind, Some(country), tax, day);
        assert!(read.is_ok_and(|valid| valid.warning.is_none()), "{tax}");
        assert!(emails.contains(text(account, "/account_manager")));
        assert!(entities.contains(text(account, "/owning_entity")));
        assert!(text(account, "/email").ends_with(".example"));
        assert!(["standard", "preferred", "premium", "strategic"].contains(&text(account, "/tier")));
        assert_eq!(text(account, "/addresses/0/country").len(), 2);
    }
    assert_eq!(text(&company.accounts[0], "/name"), "ACME Corporation");
}

#[test]
fn touchpoints_are_in_order_unique_and_of_known_accounts() {
    let company = company(SEED, TODAY);
    let numbers: BTreeSet<String> =
        company.accounts.iter().map(|account| text(account, "/identifiers/0/value").to_owned()).collect();
    let (mut ids, mut last, mut kinds) = (BTreeSet::new(), String::new(), BTreeMap::<String, usize>::new());
    let count = company.touchpoints.len();
    for event in company.touchpoints {
        let time = text(&event, "/time").to_owned();
        assert!(time >= last, "{time} after {last}");
        assert!(time.as_str() < "2026-11-22" && time.as_str() > "2025-05-01", "{time}");
        last = time;
        assert!(ids.insert(format!("{} {}", text(&event, "/source"), text(&event, "/id"))), "{event}");
        let number = text(&event, "/subject").strip_prefix("external:erp:").unwrap_or_default();
        assert!(numbers.contains(number));
        *kinds.entry(text(&event, "/type").to_owned()).or_default() += 1;
    }
    assert!((180_000..=400_000).contains(&count), "{count} touchpoints");
    assert_eq!(kinds.len(), 21, "{kinds:?}");
}

#[test]
fn premium_customers_that_slip_really_slip_and_nobody_else() {
    for seed in [SEED, 1, 2] {
        let (customers, happened) = told(seed);
        let days = order_days(&happened);
        let since = (day_of(TODAY) - 30) * 86_400;
        let issues: BTreeSet<u32> = happened
            .iter()
            .filter(|happening| happening.at >= since && happening.is_issue())
            .map(|happening| happening.customer)
            .collect();
        let mut slipping = 0;
        for (place, customer) in (0..).zip(&customers) {
            let trend = days.get(&place).map_or(Trend::Flat, |days| trend(days, day_of(TODAY)));
            let slips = customer.tier == PREMIUM && trend == Trend::Declining && issues.contains(&place);
            assert_eq!(slips, customer.story == Story::Slipping, "{seed}: {}", customer.number);
            slipping += u32::from(slips);
            if customer.story == Story::Growing {
                assert_eq!(trend, Trend::Growing, "{seed}: {}", customer.number);
            }
        }
        assert_eq!(slipping, 8);
    }
}

#[test]
fn the_silent_have_not_ordered_for_sixty_days() {
    let (customers, happened) = told(SEED);
    let days = order_days(&happened);
    for (place, customer) in customers.iter().enumerate() {
        let last = days.get(&(place as u32)).and_then(|days| days.last().copied());
        match customer.story {
            Story::Silent | Story::Churned | Story::Defaulting => {
                assert!(last.is_none_or(|last| day_of(TODAY) - last > 60), "{} ordered", customer.number);
            }
            Story::Prospect => assert_eq!(last, None),
            _ => {}
        }
    }
}

#[test]
fn late_routes_are_late_and_others_are_not() {
    let (customers, happened) = told(SEED);
    let mut by_story: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for happening in &happened {
        if let What::Order(OrderStep::Delivered { promised, .. }) = happening.what {
            let name = match customers[happening.customer as usize].story {
                Story::Late => "late",
                Story::Steady => "steady",
                _ => continue,
            };
            let (late, all) = by_story.entry(name).or_default();
            *late += u32::from(happening.at.div_euclid(86_400) > promised);
            *all += 1;
        }
    }
    let share = |name: &str| -> f64 { f64::from(by_story[name].0) / f64::from(by_story[name].1) };
    assert!(share("late") > 0.35, "{by_story:?}");
    assert!(share("steady") < 0.10, "{by_story:?}");
}

#[test]
fn payments_never_exceed_their_invoices() {
    let company = company(SEED, TODAY);
    let cents =
        |event: &Value, pointer: &str| -> i64 { text(event, pointer).replace('.', "").parse().unwrap() };
    let (mut owed, mut returned) =
        (BTreeMap::<String, i64>::new(), BTreeMap::<String, Vec<(String, i64)>>::new());
    for event in company.touchpoints {
        match text(&event, "/type") {
            "io.kith.invoice.posted" => {
                *owed.entry(text(&event, "/data/invoice_no").to_owned()).or_default() +=
                    cents(&event, "/data/amount/amount");
            }
            "io.kith.credit_note.posted" => {
                *owed.entry(text(&event, "/data/invoice_no").to_owned()).or_default() -=
                    cents(&event, "/data/amount/amount");
            }
            "io.kith.payment.received" => {
                let parts = event["data"]["allocations"].as_array().unwrap();
                let parts: Vec<_> = parts
                    .iter()
                    .map(|part| (text(part, "/invoice_no").to_owned(), cents(part, "/amount/amount")))
                    .collect();
                assert_eq!(
                    parts.iter().map(|part| part.1).sum::<i64>(),
                    cents(&event, "/data/amount/amount")
                );
                for (invoice, amount) in &parts {
                    *owed.entry(invoice.clone()).or_default() -= amount;
                }
                returned.insert(text(&event, "/data/payment_no").to_owned(), parts);
            }
            "io.kith.payment.returned" => {
                for (invoice, amount) in &returned[text(&event, "/data/payment_no")] {
                    *owed.entry(invoice.clone()).or_default() += amount;
                }
            }
            _ => {}
        }
    }
    // A credit note may come after the payment that already counts on it, never below zero by more than that.
    let over: Vec<_> = owed.iter().filter(|(_, owed)| **owed < 0).collect();
    assert!(over.is_empty(), "{over:?}");
}

#[test]
fn documents_follow_each_other_in_the_currency_of_their_entity() {
    let company = company(SEED, TODAY);
    let (mut orders, mut delivered, mut invoices) = (BTreeSet::new(), BTreeSet::new(), BTreeMap::new());
    for event in company.touchpoints {
        let order = || text(&event, "/data/order_no").to_owned();
        let invoice = || text(&event, "/data/invoice_no").to_owned();
        let currency = |pointer: &str| {
            let of = match text(&event, "/data/entity") {
                "EU" => "EUR",
                "UK" => "GBP",
                _ => "USD",
            };
            assert_eq!(text(&event, pointer), of, "{event}");
        };
        match text(&event, "/type") {
            "io.kith.order.placed" => {
                currency("/data/value/currency");
                assert!(orders.insert(order()), "{event}");
            }
            "io.kith.order.delivered" => {
                assert!(orders.contains(&order()), "{event}");
                assert!(delivered.insert(order()), "delivered twice: {event}");
            }
            "io.kith.invoice.posted" => {
                currency("/data/amount/currency");
                assert!(delivered.contains(&order()), "{event}");
                let issued = text(&event, "/data/issued_on").to_owned();
                assert!(issued.as_str() < text(&event, "/data/due_on"), "{event}");
                invoices.insert(invoice(), issued);
            }
            "io.kith.credit_note.posted" => assert!(invoices.contains_key(&invoice()), "{event}"),
            "io.kith.payment.received" => {
                currency("/data/amount/currency");
                for part in event["data"]["allocations"].as_array().unwrap() {
                    let issued = &invoices[text(part, "/invoice_no")];
                    assert!(issued.as_str() <= text(&event, "/data/received_on"), "{event}");
                }
            }
            _ => {}
        }
    }
}

/// Day on which each invoice is due, and on which it was paid, in the order of customers.
fn invoices(happened: &[Happening]) -> BTreeMap<(u32, u32), (Day, Option<Day>)> {
    let mut invoices = BTreeMap::new();
    for happening in happened {
        let day = happening.at.div_euclid(86_400);
        match &happening.what {
            What::Billing(Billing::Invoice { order, due, .. }) => {
                invoices.insert((happening.customer, *order), (*due, None));
            }
            What::Billing(Billing::Payment { allocations, .. }) => {
                for (order, _) in allocations {
                    invoices.get_mut(&(happening.customer, *order)).unwrap().1 = Some(day);
                }
            }
            What::Billing(Billing::CreditNote { order, amount }) if *amount > 0 => {
                // What is written off is not owed any more.
                let invoice = invoices.get_mut(&(happening.customer, *order)).unwrap();
                invoice.1 = invoice.1.or((day > invoice.0 + 60).then_some(day));
            }
            _ => {}
        }
    }
    invoices
}

#[test]
fn most_invoices_are_paid_on_time_and_few_are_very_late() {
    let (customers, happened) = told(SEED);
    let today = day_of(TODAY);
    let (mut settled, mut on_time) = (0, 0);
    let mut oldest: BTreeMap<u32, Day> = BTreeMap::new();
    for ((customer, _), (due, paid)) in invoices(&happened) {
        if paid.is_some() || due < today {
            settled += 1;
            on_time += u32::from(paid.is_some_and(|paid| paid <= due + 3));
        }
        if paid.is_none() && due < today {
            let days = oldest.entry(customer).or_default();
            *days = (*days).max(today - due);
        }
    }
    let share = f64::from(on_time) / f64::from(settled);
    assert!((0.85..=0.92).contains(&share), "{share}");
    let bad: Vec<_> = oldest.iter().filter(|(_, days)| **days > 45).collect();
    assert!((3..=12).contains(&bad.len()), "{bad:?}");
    assert!(bad.iter().all(|(_, days)| **days < 130), "{bad:?}");
    for (place, _) in bad {
        assert_eq!(customers[*place as usize].story, Story::Defaulting);
    }
}

#[test]
fn limits_fit_the_trade() {
    let (customers, happened) = told(SEED);
    let company = company(SEED, TODAY);
    let trades = trades(&happened, customers.len(), day_of(TODAY));
    let (mut over, mut close) = (0, 0);
    for ((customer, account), trade) in customers.iter().zip(&company.accounts).zip(trades) {
        let Some(limit) = account.pointer("/credit_limit/amount").and_then(Value::as_str) else { continue };
        let limit: i64 = limit.replace('.', "").parse().unwrap();
        let is_over = trade.now > limit;
        assert!(!is_over || customer.story == Story::Stretched, "{} is over its limit", customer.number);
        over += usize::from(is_over);
        close += usize::from(!is_over && trade.now * 100 > limit * 80);
    }
    assert!((5..=12).contains(&over), "{over} over their limit");
    assert!((5..=80).contains(&close), "{close} close to it");
}

#[test]
fn live_goes_on_in_time_and_repeats_nothing() {
    let now: jiff::Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
    let (mut ids, mut last) = (BTreeSet::new(), now.to_string());
    let mut kinds = BTreeSet::new();
    for event in live(SEED, TODAY, now, ACCOUNTS).take(4_000) {
        let time: jiff::Timestamp = text(&event, "/time").parse().unwrap();
        assert!(time > last.parse().unwrap());
        last = time.to_string();
        assert!(ids.insert(text(&event, "/id").to_owned()));
        kinds.insert(text(&event, "/type").to_owned());
    }
    assert!(kinds.len() >= 10, "{kinds:?}");
    let again: Vec<Value> = live(SEED, TODAY, now, ACCOUNTS).take(50).collect();
    assert_eq!(again, live(SEED, TODAY, now, ACCOUNTS).take(50).collect::<Vec<_>>());
}

#[test]
fn days_and_dates_agree() {
    for day in (day_of(date(1999, 1, 1))..day_of(date(2105, 1, 1))).step_by(13) {
        let date = date_of(day);
        assert_eq!(month_and_day(day), (i64::from(date.month()), i64::from(date.day())), "{date}");
        assert_eq!(day_of(date), day);
    }
}
