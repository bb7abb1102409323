//! Tests of orders.

use proptest::prelude::*;

use super::*;
use crate::access::Role;
use crate::account::Tier;
use crate::context::ActorKind;
use crate::credit::{Decision, Outcome};
use crate::story::{Story, at, context, uuid};
use crate::value::{AccountId, Money, Personal, UserId};

fn usd(minor: i64) -> Money {
    Money::new(minor, "USD".parse().unwrap())
}

fn line(item: &str, price: Option<&str>) -> Line {
    Line {
        line_no: "1".into(),
        item: item.into(),
        item_group: None,
        qty: "10".parse().unwrap(),
        uom: "EA".into(),
        price: price.map(|price| price.parse().unwrap()),
        per: "1".parse().unwrap(),
        hazmat_complete: None,
    }
}

fn content() -> Content {
    Content {
        customer_order_no: Some("PO-1".into()),
        lines: vec![line("BOLT", None)],
        has_ship_to: true,
        ..Content::default()
    }
}

fn decision(outcome: Outcome) -> Decision {
    Decision {
        outcome,
        limit: Some(usd(100_000)),
        exposure: Some(usd(0)),
        available_before: Some(usd(100_000)),
        available_after: Some(usd(90_000)),
        utilisation_after: Some(0.1),
        reasons: vec![],
        position: 1,
        policy_version: 1,
        data_as_of: at(0),
    }
}

fn assessment(outcome: Outcome) -> Assessment {
    Assessment {
        matched: Match {
            account: Some(AccountId(uuid(9))),
            method: "reference".into(),
            confidence_milli: 1_000,
            candidates: vec![],
        },
        entity: Some("US".parse().unwrap()),
        findings: vec![],
        lines: vec![],
        total: Some(usd(10_000)),
        decision: Some(Box::new(decision(outcome))),
        reservation: outcome.goes().then(|| "r-1".to_owned()),
        reserved_until: None,
        signals: vec![],
    }
}

fn received() -> Story<Order> {
    let mut story = Story::<Order>::new(Facts { has_authority: true, ..Facts::default() });
    let order = Received {
        order_no: "SO-1".into(),
        sender_key: None,
        number_key: None,

        content: content(),
        placed_by: Some(UserId(uuid(1))),
    };
    story.context = context(ActorKind::User, 1, at(0));
    story.accepts(&Command::Receive(Box::new(order)));
    story
}

fn assess(assessment: Assessment) -> Command {
    Command::Assess(Box::new(assessment))
}

fn release() -> Command {
    Command::Release { account: None, required: Some(Role::Controller), reason: None }
}

fn held() -> Story<Order> {
    let mut story = received();
    story.accepts(&assess(assessment(Outcome::Hold)));
    assert_eq!(story.state.state, OrderState::Held);
    story.context = context(ActorKind::User, 2, at(60));
    story
}

#[test]
fn what_credit_says_decides_unless_a_rule_is_graver() {
    for (outcome, state) in [
        (Outcome::Approve, OrderState::Confirmed),
        (Outcome::ApproveWithWarning, OrderState::Confirmed),
        (Outcome::Hold, OrderState::Held),
        (Outcome::Reject, OrderState::Rejected),
    ] {
        let mut story = received();
        let events = story.accepts(&assess(assessment(outcome)));
        assert_eq!(events.len(), 3, "validated, credit checked, decided");
        assert_eq!(story.state.state, state);
    }
    for (severity, state) in [
        (RuleSeverity::Warning, OrderState::Confirmed),
        (RuleSeverity::Hold, OrderState::Held),
        (RuleSeverity::Reject, OrderState::Rejected),
    ] {
        let mut story = received();
        let finding = Finding::new("price_differs", severity, "/lines/0/price", "It differs.");
        story.accepts(&assess(Assessment { findings: vec![finding], ..assessment(Outcome::Approve) }));
        assert_eq!(story.state.state, state);
    }
}

#[test]
fn what_is_not_known_holds() {
    let unknown = [
        Assessment { matched: Match::default(), ..assessment(Outcome::Approve) },
        Assessment { total: None, ..assessment(Outcome::Approve) },
        Assessment { decision: None, ..assessment(Outcome::Approve) },
    ];
    for assessment in unknown {
        let mut story = received();
        story.accepts(&assess(assessment));
        assert_eq!(story.state.state, OrderState::Held);
    }
}

#[test]
fn released_goes_although_credit_holds_and_says_so() {
    let mut story = held();
    story.accepts(&release());
    assert!(story.state.is_unfinished(), "it is looked at again");
    story.accepts(&assess(assessment(Outcome::Hold)));
    assert_eq!(story.state.state, OrderState::Confirmed);
    assert!(story.state.overridden && story.state.is_unfinished(), "and must still be placed");
    story.accepts(&Command::Record { change: 1 });
    assert!(!story.state.is_unfinished());
    let mut paid = held();
    paid.accepts(&release());
    paid.accepts(&assess(assessment(Outcome::Approve)));
    assert!(!paid.state.overridden, "nothing was left to override");
    let mut closed = held();
    closed.accepts(&release());
    closed.accepts(&assess(assessment(Outcome::Reject)));
    assert_eq!(closed.state.state, OrderState::Rejected, "no release overrides a rejection");
}

#[test]
fn a_held_order_is_looked_at_again_and_goes_once_nothing_speaks_against_it() {
    let recheck = |assessment| Command::Recheck(Box::new(assessment));
    let mut story = held();
    let since = story.state.held_at;
    story.nothing(&recheck(assessment(Outcome::Hold)));
    story.context = context(ActorKind::System, 0, at(60));
    story.accepts(&recheck(Assessment { total: Some(usd(9_999)), ..assessment(Outcome::Hold) }));
    assert_eq!(
        (story.state.state, story.state.held_at),
        (OrderState::Held, since),
        "it waits as long as before"
    );
    story.accepts(&recheck(Assessment { total: Some(usd(9_998)), ..assessment(Outcome::Reject) }));
    assert_eq!(story.state.state, OrderState::Held, "no look at the queue rejects");
    let events = story.accepts(&recheck(assessment(Outcome::Approve)));
    assert!(matches!(events.last(), Some(Event::Confirmed { overridden: false, .. })), "{events:?}");
    story.nothing(&recheck(assessment(Outcome::Hold)));
}

#[test]
fn a_release_ends_after_72_hours() {
    let mut story = held();
    story.accepts(&release());
    story.nothing(&release());
    story.context.now = at(60 + RELEASE_HOURS * 3_600);
    story.accepts(&assess(assessment(Outcome::Hold)));
    assert_eq!((story.state.state, &story.state.release), (OrderState::Held, &None));
}

#[test]
fn whoever_sells_or_lacks_authority_does_not_release() {
    let mut story = held();
    story.context = context(ActorKind::User, 1, at(60));
    story.refuses(&release(), "order.own_release");
    story.context = context(ActorKind::User, 2, at(60));
    story.facts.looking_after.insert(UserId(uuid(2)));
    story.refuses(&release(), "order.own_release");
    story.facts.looking_after.clear();
    story.facts.has_authority = false;
    let refusal = story.refuses(&release(), "order.authority");
    assert!(refusal.sentence.contains("Controller"));
    story.facts.has_authority = true;
    story.facts.would_reject = true;
    story.refuses(&release(), "order.would_reject");
    story.facts.would_reject = false;
    story.context = context(ActorKind::Agent, 2, at(60));
    story.refuses(&release(), "order.people_only");
    story.refuses(
        &Command::Receive(Box::new(Received { order_no: "SO-2".into(), ..Received::default() })),
        "order.exists",
    );
    Story::<Order>::new(Facts::default()).refuses(&release(), "order.not_found");
}

#[test]
fn a_release_needs_an_account_and_an_amount() {
    let mut story = received();
    let nobody =
        Assessment { matched: Match::default(), total: None, decision: None, ..assessment(Outcome::Hold) };
    story.accepts(&assess(nobody));
    story.context = context(ActorKind::User, 2, at(60));
    story.refuses(&release(), "order.account_unknown");
    let named = Command::Release { account: Some(AccountId(uuid(5))), required: None, reason: None };
    story.accepts(&named);
    assert_eq!(story.state.matched.account, Some(AccountId(uuid(5))));
    let mut story = received();
    story.accepts(&assess(Assessment { total: None, ..assessment(Outcome::Hold) }));
    story.context = context(ActorKind::User, 2, at(60));
    story.refuses(&release(), "order.amount_unknown");
    let mut story = received();
    story.accepts(&assess(assessment(Outcome::Approve)));
    story.context = context(ActorKind::User, 2, at(60));
    story.refuses(&release(), "order.not_held");
}

fn amended(minor: i64, outcome: Outcome) -> Command {
    let content = Content { lines: vec![line("NUT", None)], ..content() };
    let assessment = Assessment { total: Some(usd(minor)), ..assessment(outcome) };
    Command::Amend(Box::new(Amendment { content, assessment }))
}

#[test]
fn an_amendment_goes_whole_or_not_at_all() {
    let mut story = received();
    story.accepts(&assess(assessment(Outcome::Approve)));
    story.refuses(&amended(20_000, Outcome::Hold), "order.amend_refused");
    assert_eq!(story.state.total, Some(usd(10_000)));
    story.accepts(&amended(20_000, Outcome::Approve));
    assert_eq!((story.state.total, story.state.change), (Some(usd(20_000)), 2));
    story.nothing(&amended(20_000, Outcome::Approve));
    let elsewhere = Assessment { entity: None, ..assessment(Outcome::Approve) };
    let moved = Command::Amend(Box::new(Amendment { content: content(), assessment: elsewhere }));
    story.refuses(&moved, "order.amend_moves");
    let mut story = held();
    story.accepts(&amended(5_000, Outcome::Hold));
    assert_eq!(story.state.state, OrderState::Received, "it is decided anew");
}

#[test]
fn what_was_delivered_is_not_changed_and_what_is_over_stays() {
    let mut story = received();
    story.accepts(&assess(assessment(Outcome::Approve)));
    story.facts.progress.delivered = true;
    story.refuses(&Command::Cancel { reason: None }, "order.under_way");
    story.refuses(&amended(5, Outcome::Approve), "order.under_way");
    story.facts.progress = Progress::default();
    let why = Some(Personal::new("usr", "A mistake.".to_owned()));
    story.accepts(&Command::Cancel { reason: why });
    story.nothing(&Command::Cancel { reason: None });
    assert_eq!((story.state.state, story.state.change), (OrderState::Cancelled, 2));
    story.refuses(&amended(5, Outcome::Approve), "order.not_open");
}

fn codes(content: &Content, rules: &OrderRules, facts: &CheckFacts) -> Vec<(String, String, RuleSeverity)> {
    let found = check(content, rules, facts).into_iter();
    found.map(|finding| (finding.code, finding.pointer, finding.severity)).collect()
}

#[test]
fn every_fault_is_found_at_its_place_and_weighed_by_channel() {
    let bad = Line { hazmat_complete: Some(false), ..line("BOLT", Some("3")) };
    let mut content = Content {
        customer_order_no: None,
        lines: vec![bad, line("NUT", None)],
        has_ship_to: false,
        requested_delivery: Some("2020-01-01".parse().unwrap()),
        total: Some(usd(1)),
        ..content()
    };
    let facts = CheckFacts {
        ordered_by_known: Some(false),
        prices: vec![
            PriceFound { ours: Some(usd(2_000)), given: Some(usd(3_000)) },
            PriceFound { ours: None, given: None },
        ],
        total: Some(usd(2_000)),
        today: Some("2026-01-01".parse().unwrap()),
        ..CheckFacts::default()
    };
    let rules = OrderRules::default();
    let mut found: Vec<String> = codes(&content, &rules, &facts).into_iter().map(|found| found.1).collect();
    found.sort();
    let places = [
        "/customer_order_no",
        "/lines/0/hazmat/un",
        "/lines/0/price",
        "/lines/1/item",
        "/ordered_by",
        "/parties/ship_to",
        "/requested_delivery",
        "/total",
    ];
    assert_eq!(found, places);
    let severity = |content: &Content, code: &str| {
        codes(content, &rules, &facts).into_iter().find(|found| found.0 == code).map(|found| found.2)
    };
    assert_eq!(severity(&content, "customer_order_no_missing"), Some(RuleSeverity::Warning));
    content.source.channel = OrderChannel::Edi;
    assert_eq!(severity(&content, "customer_order_no_missing"), Some(RuleSeverity::Reject));
    content.source.channel = OrderChannel::Email;
    assert_eq!(severity(&content, "customer_order_no_missing"), None);
    assert_eq!(severity(&content, "ordered_by_unknown"), Some(RuleSeverity::Hold));
}

#[test]
fn freight_needs_a_route_and_goods_need_lines() {
    let rules = OrderRules::default();
    let freight = Content { kind: OrderKind::Freight, lines: vec![], total: Some(usd(1)), ..content() };
    assert_eq!(codes(&freight, &rules, &CheckFacts::default())[0].0, "route_missing");
    let routed = Content { has_route: true, ..freight };
    assert_eq!(codes(&routed, &rules, &CheckFacts::default()), vec![]);
    assert_eq!(order_total(&routed, &[], "USD".parse().unwrap()), Some(usd(1)));
    let goods = Content { lines: vec![], ..content() };
    assert_eq!(codes(&goods, &rules, &CheckFacts::default())[0].0, "lines_missing");
}

#[test]
fn an_order_is_closed_by_its_payments_and_by_word() {
    let invoiced = Progress { delivered: true, invoiced: true, ..Progress::default() };
    assert_eq!(invoiced.state(), "invoiced");
    assert_eq!(Progress { settled: true, ..invoiced }.state(), "closed");
    assert_eq!(Progress { stage: 4, ..Progress::default() }.state(), "closed");
    assert_eq!(Progress { cancelled: true, settled: true, ..invoiced }.state(), "cancelled");
}

#[test]
fn a_number_that_is_used_again_says_what_differs() {
    let differ = || vec![crate::refusal::FieldFault::new("/lines", "differs", "")];
    let refused = refusal::content_differs_of("PO-1", "SO-7", differ());
    assert_eq!((refused.code.as_str(), refused.fields.len()), ("order.content_differs", 1));
    assert!(refused.sentence.contains("PO-1") && refused.sentence.contains("/lines"), "{refused:?}");
    assert!(refused.clears.contains("revision") && refused.clears.contains("SO-7"), "{refused:?}");
    let refused = refusal::number_taken_by("SO-7", Vec::new());
    assert_eq!(
        (refused.code.as_str(), refused.sentence.as_str()),
        ("order.number_taken", "There is another order SO-7.")
    );
    assert!(refusal::number_taken_by("SO-7", differ()).sentence.contains("/lines differ"));
}

#[test]
fn the_most_exact_rule_counts() {
    let (account, other) = (AccountId(uuid(1)), AccountId(uuid(2)));
    let mut rules = OrderRules::default();
    let row = |channel, tier, account, severity| OrderRule {
        check: Check::ShipTo,
        channel,
        tier,
        account,
        severity,
    };
    rules.rows.insert(0, row(None, Some(Tier::Strategic), None, RuleSeverity::Off));
    rules.rows.insert(0, row(None, None, Some(account), RuleSeverity::Reject));
    let of = |customer| rules.severity(Check::ShipTo, OrderChannel::Api, customer);
    assert_eq!(of(None), RuleSeverity::Warning);
    assert_eq!(of(Some((other, Tier::Strategic))), RuleSeverity::Off);
    assert_eq!(of(Some((account, Tier::Strategic))), RuleSeverity::Reject);
    let none = OrderRules { rows: vec![], ..OrderRules::default() };
    assert_eq!(none.severity(Check::ShipTo, OrderChannel::Api, None), RuleSeverity::Off);
    let releasers = [25_000, 25_001, 500_000, 500_001].map(|amount| rules.releaser(amount));
    let expected = [Role::CreditAnalyst, Role::ArManager, Role::Controller, Role::Cfo];
    assert_eq!(releasers, expected.map(Some));
}

#[test]
fn the_queue_weighs_tier_value_and_days() {
    assert_eq!(priority(Tier::Standard, 1_000, None), 1_000);
    assert_eq!(priority(Tier::Strategic, 1_000, Some(0)), 12_000);
    assert_eq!(priority(Tier::Premium, 1_000, Some(1)), 6_000);
    assert!(clears("over_limit").contains("payment") && clears("x").is_empty());
    for check in Check::ALL {
        assert!(!check.as_str().is_empty());
    }
}

proptest! {
    #[test]
    fn nothing_goes_that_credit_or_a_rule_stops(
        outcome in 0_usize..5, severity in 0_usize..4, known: bool, priced: bool, released: bool,
    ) {
        let outcomes = [Outcome::Approve, Outcome::ApproveWithWarning, Outcome::Hold, Outcome::Reject];
        let severities = [RuleSeverity::Off, RuleSeverity::Warning, RuleSeverity::Hold, RuleSeverity::Reject];
        let mut asked = assessment(*outcomes.get(outcome).unwrap_or(&Outcome::Hold));
        if outcome == 4 {
            asked.decision = None;
        }
        asked.findings = vec![Finding::new("x", severities[severity], "", "")];
        if !known {
            asked.matched.account = None;
        }
        if !priced {
            asked.total = None;
        }
        let mut story = if released { held() } else { received() };
        if released {
            story.accepts(&release());
        }
        story.accepts(&assess(asked));
        let goes = outcome < 2 && severity < 2;
        let rejected = outcome == 3 || severity == 3;
        let confirmed = known && priced && !rejected && (goes || (released && outcome != 4));
        prop_assert_eq!(story.state.state == OrderState::Confirmed, confirmed);
        prop_assert_eq!(story.state.state == OrderState::Rejected, rejected);
        prop_assert_eq!(story.state.overridden, confirmed && !goes);
    }

    #[test]
    fn a_greater_value_is_never_later(value in 0_i64..1_000_000_000, more in 0_i64..1_000_000, days in -9_i64..30) {
        let at = |value| priority(Tier::Preferred, value, Some(days));
        prop_assert!(at(value + more) >= at(value));
        prop_assert!(priority(Tier::Preferred, value, Some(days - 1)) >= at(value));
    }

    #[test]
    fn the_sum_is_the_sum_of_its_parts(amounts in prop::collection::vec(1_i64..1_000_000, 1..20), charge in 0_i64..10_000) {
        let lines: Vec<PricedLine> = amounts.iter().map(|minor| PricedLine {
            line_no: String::new(), total: Some(usd(*minor)), as_given: false, price: serde_json::Value::Null,
        }).collect();
        let content = Content {
            lines: amounts.iter().map(|_| line("BOLT", None)).collect(),
            charges: vec![Charge { code: "freight".into(), amount: usd(charge) }],
            ..content()
        };
        let sum = amounts.iter().sum::<i64>() + charge;
        prop_assert_eq!(order_total(&content, &lines, "USD".parse().unwrap()), Some(usd(sum)));
        prop_assert_eq!(order_total(&content, &lines, "EUR".parse().unwrap()), None);
        prop_assert_eq!(order_total(&content, &lines[1..], "USD".parse().unwrap()), None);
    }
}

#[test]
fn every_word_for_where_an_order_stands_is_known_once() {
    let own = OrderState::ALL.iter().map(|state| state.as_str());
    let words: std::collections::BTreeSet<&str> = own.chain(COURSE).collect();
    assert_eq!(words, STANDS.into_iter().collect());
    assert_eq!(stored_state("closed"), Some(OrderState::Confirmed));
    assert_eq!(stored_state("held"), Some(OrderState::Held));
    assert_eq!(stored_state("cancelled"), None, "called off at the door, or by a touchpoint");
}
