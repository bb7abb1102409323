//! The demo tells its stories, the same ones every time.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};
use serde_json::Value;

use super::customer::{Customer, customers};
use super::happening::{
    Day, Happening, InquiryStep, OrderStep, Trouble, What, date_of, day_of, month_and_day,
};
use super::prng::Prng;
use super::story::Story;
use super::{ACCOUNTS, company, live, people, simulate};

const TODAY: Date = date(2026, 11, 22);
const SEED: u64 = 42;

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
    let customers = customers(&mut prng, 400, TODAY);
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

/// The Mann–Kendall Z of the orders in the 13 weeks before the demo.
fn weekly_z(days: &[Day]) -> f64 {
    // Weeks from Monday; the demo's own week is not complete.
    let monday = day_of(TODAY) - (day_of(TODAY) + 3).rem_euclid(7);
    let weeks: Vec<i64> = (1..=13)
        .rev()
        .map(|back| {
            days.iter().filter(|day| (monday - 7 * back..monday - 7 * back + 7).contains(*day)).count() as i64
        })
        .collect();
    let mut s = 0;
    for (i, first) in weeks.iter().enumerate() {
        s += weeks[i + 1..].iter().map(|later| (later - first).signum()).sum::<i64>();
    }
    let n = weeks.len() as f64;
    let mut ties: BTreeMap<i64, f64> = BTreeMap::new();
    weeks.iter().for_each(|week| *ties.entry(*week).or_default() += 1.0);
    let tied: f64 = ties.values().map(|t| t * (t - 1.0) * (2.0 * t + 5.0)).sum();
    let variance = (n * (n - 1.0) * (2.0 * n + 5.0) - tied) / 18.0;
    if variance == 0.0 { 0.0 } else { (s - s.signum()) as f64 / variance.sqrt() }
}

#[test]
fn the_same_seed_tells_the_same() {
    let render = |seed| {
        let company = company(seed, TODAY);
        let touchpoints: Vec<String> =
            company.touchpoints.take(5_000).map(|event| event.to_string()).collect();
        (company.accounts, touchpoints)
    };
    let first = render(SEED);
    assert_eq!(first, render(SEED));
    assert_ne!(first.0, render(SEED + 1).0);
}

#[test]
fn every_account_is_complete_and_its_own() {
    let company = company(SEED, TODAY);
    assert_eq!(company.accounts.len(), 400);
    let emails: BTreeSet<String> = company.users.iter().map(|user| user.email.clone()).collect();
    let entities: BTreeSet<&str> = company.organisation.entities.iter().map(|entity| entity.code).collect();
    let mut seen = BTreeSet::new();
    for account in &company.accounts {
        for pointer in ["/name", "/email", "/identifiers/0/value"] {
            let value = text(account, pointer);
            assert!(seen.insert((pointer, value.to_lowercase())), "{pointer} {value} occurs twice");
        }
        if let Some(tax) = account.pointer("/tax_id/value") {
            assert!(seen.insert(("/tax_id", tax.to_string())), "{tax} occurs twice");
        }
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
    assert!((60_000..=120_000).contains(&count), "{count} touchpoints");
    assert_eq!(kinds.len(), 21, "{kinds:?}");
}

/// Service issues of each customer in the 30 days before the demo: exceptions of medium severity or more, claims,
/// complaints and urgent inquiries.
fn recent_issues(happened: &[Happening]) -> BTreeMap<u32, u32> {
    let mut issues = BTreeMap::new();
    for happening in happened.iter().filter(|happening| happening.at >= (day_of(TODAY) - 30) * 86_400) {
        let counts = match &happening.what {
            What::Trouble(Trouble::Exception { severity, .. }) => *severity != "low",
            What::Trouble(Trouble::Claim { .. }) => true,
            What::Inquiry(_, InquiryStep::Received { intent, priority, .. }) => {
                *intent == "complaint" || ["P1", "P2"].contains(priority)
            }
            _ => false,
        };
        *issues.entry(happening.customer).or_default() += u32::from(counts);
    }
    issues
}

#[test]
fn premium_customers_that_slip_really_slip() {
    for seed in [SEED, 1, 2] {
        let (customers, happened) = told(seed);
        let (days, issues) = (order_days(&happened), recent_issues(&happened));
        let (mut slipping, mut conjunction) = (0, 0);
        for (place, customer) in (0..).zip(&customers) {
            let z = days.get(&place).map_or(0.0, |days| weekly_z(days));
            let troubled = issues.get(&place).is_some_and(|count| *count > 0);
            conjunction += u32::from(customer.tier == 2 && z < -1.645 && troubled);
            match customer.story {
                Story::Slipping => {
                    assert!(z < -1.645, "{seed}: {} has z {z}", customer.number);
                    assert!(troubled, "{seed}: {} has no recent issue", customer.number);
                    slipping += 1;
                }
                Story::Growing => assert!(z > -1.0, "{seed}: {} grows with z {z}", customer.number),
                _ => {}
            }
        }
        assert_eq!(slipping, 8);
        assert!((8..=18).contains(&conjunction), "{seed}: {conjunction} premium customers slip");
    }
}

#[test]
fn the_silent_have_not_ordered_for_sixty_days() {
    let (customers, happened) = told(SEED);
    let days = order_days(&happened);
    for (place, customer) in customers.iter().enumerate() {
        let last = days.get(&(place as u32)).and_then(|days| days.last().copied());
        match customer.story {
            Story::Silent | Story::Churned => {
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
    let share = |name: &str| f64::from(by_story[name].0) / f64::from(by_story[name].1);
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
fn live_goes_on_in_time_and_repeats_nothing() {
    let now: jiff::Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
    let (mut ids, mut last) = (BTreeSet::new(), now.to_string());
    let mut kinds = BTreeSet::new();
    for event in live(SEED, now, ACCOUNTS).take(4_000) {
        let time: jiff::Timestamp = text(&event, "/time").parse().unwrap();
        assert!(time > last.parse().unwrap());
        last = time.to_string();
        assert!(ids.insert(text(&event, "/id").to_owned()));
        kinds.insert(text(&event, "/type").to_owned());
    }
    assert!(kinds.len() >= 10, "{kinds:?}");
    let again: Vec<Value> = live(SEED, now, ACCOUNTS).take(50).collect();
    assert_eq!(again, live(SEED, now, ACCOUNTS).take(50).collect::<Vec<_>>());
}

#[test]
fn days_and_dates_agree() {
    for day in (day_of(date(1999, 1, 1))..day_of(date(2105, 1, 1))).step_by(13) {
        let date = date_of(day);
        assert_eq!(month_and_day(day), (i64::from(date.month()), i64::from(date.day())), "{date}");
        assert_eq!(day_of(date), day);
    }
}
