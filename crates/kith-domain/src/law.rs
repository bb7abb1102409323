//! Laws that hold for every noun, whatever is asked in whatever order.
//!
//! Asking twice writes once; a refusal changes nothing; no command panics on any reachable state; the fold of a
//! prefix and then of the rest is the fold of all; what is stored comes back, sealed or not.

mod words;

use std::fmt::Debug;

use proptest::prelude::*;

use crate::context::Context;
use crate::decider::Decider;
use crate::story::round_trips;
use crate::{
    account, alert, approval, contract, contract_template, delegation, delivery, document, duplicate, feed,
    import, mail, mapping, notification, onboarding, order, organisation, policy, price_list, quarantine,
    reservation, risk, scorecard, screening, task, team, token, user, vehicle, view, webhook,
};
use words::Words;

/// Asks the commands one after the other and holds every law to them.
fn hold<D>(asked: &[(Context, D::Facts, D::Command)], cut: usize)
where
    D: Decider + PartialEq + Debug,
    D::Event: PartialEq + Debug,
    D::Command: PartialEq + Debug,
{
    let mut state = D::default();
    let mut history = Vec::new();
    for (context, facts, command) in asked {
        let before = state.clone();
        match state.decide(context, facts, command) {
            Err(refusal) => {
                assert_eq!(state, before);
                assert!(!refusal.code.is_empty() && !refusal.sentence.is_empty());
            }
            Ok(events) => {
                for event in &events {
                    round_trips(event);
                    state.evolve(event);
                }
                if let Ok(again) = state.decide(context, facts, command) {
                    assert_eq!(again, vec![], "{command:?} written twice");
                }
                history.extend(events);
            }
        }
    }
    let (prefix, rest) = history.split_at(cut.min(history.len()));
    let mut folded = D::default();
    prefix.iter().for_each(|event| folded.evolve(event));
    round_trips(&folded);
    let stored = serde_json::to_string(&folded).unwrap();
    let mut folded: D = serde_json::from_str(&stored).unwrap();
    rest.iter().for_each(|event| folded.evolve(event));
    assert_eq!(folded, state);
}

macro_rules! laws {
    ($($name:ident: $noun:ty, $asked:ident;)*) => {
        proptest! {
            #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]
            $(#[test]
            fn $name(bytes in prop::collection::vec(any::<u8>(), 0..1200), cut in 0_usize..12) {
                let mut words = Words::new(bytes);
                let mut asked = Vec::new();
                while words.more() && asked.len() < 40 {
                    asked.push(words.$asked());
                }
                hold::<$noun>(&asked, cut);
            })*
        }
    };
}

laws! {
    organisation_keeps_the_laws: organisation::Organisation, organisation;
    users_keep_the_laws: user::User, user;
    tokens_keep_the_laws: token::Token, token;
    accounts_keep_the_laws: account::Account, account;
    changes_keep_the_laws: approval::Change, change;
    policies_keep_the_laws: policy::Policy, policy;
    delegations_keep_the_laws: delegation::Delegation, delegation;
    mails_keep_the_laws: mail::Mail, mail;
    webhooks_keep_the_laws: webhook::Webhook, webhook;
    deliveries_keep_the_laws: delivery::Delivery, delivery;
    notifications_keep_the_laws: notification::Notification, notification;
    views_keep_the_laws: view::View, view;
    alerts_keep_the_laws: alert::Alert, alert;
    risks_keep_the_laws: risk::Risk, risk;
    scorecards_keep_the_laws: scorecard::Scorecard, scorecard;
    duplicates_keep_the_laws: duplicate::Duplicate, duplicate;
    quarantine_keeps_the_laws: quarantine::Quarantine, quarantine;
    imports_keep_the_laws: import::Import, import;
    mappings_keep_the_laws: mapping::Mapping, mapping;
    feeds_keep_the_laws: feed::Feed, feed;
    price_lists_keep_the_laws: price_list::PriceList, price_list;
    teams_keep_the_laws: team::Team, team;
    documents_keep_the_laws: document::Document, document;
    vehicles_keep_the_laws: vehicle::Vehicle, vehicle;
    contract_templates_keep_the_laws: contract_template::ContractTemplate, contract_template;
    contracts_keep_the_laws: contract::Contract, contract;
    tasks_keep_the_laws: task::Task, task;
    reservations_keep_the_laws: reservation::Reservation, reservation;
    orders_keep_the_laws: order::Order, order;
}

/// Every refusal of every noun is met by a test of its own.
#[test]
fn every_refusal_is_met() {
    let account = concat!(
        include_str!("account/tests.rs"),
        include_str!("account/tests/commerce.rs"),
        include_str!("account/tests/edit.rs"),
        include_str!("account/tests/fields.rs"),
        include_str!("account/tests/hold.rs"),
        include_str!("account/tests/keys.rs"),
        include_str!("account/tests/hold.rs"),
        include_str!("account/tests/life.rs"),
        include_str!("account/tests/limit.rs"),
        include_str!("account/tests/merge.rs"),
        include_str!("account/tests/transition.rs"),
    );
    let organisation =
        concat!(include_str!("organisation/tests.rs"), include_str!("organisation/tests/catalogue.rs"));
    let approval = concat!(
        include_str!("approval/tests.rs"),
        include_str!("approval/tests/course.rs"),
        include_str!("approval/tests/duties.rs"),
        include_str!("approval/tests/revision.rs"),
    );
    let contract = concat!(
        include_str!("contract/tests.rs"),
        include_str!("contract/tests/clock.rs"),
        include_str!("contract/tests/signing.rs"),
    );
    let nouns = [
        (organisation::refusal::CODES, organisation),
        (user::refusal::CODES, include_str!("user/tests.rs")),
        (token::refusal::CODES, include_str!("token/tests.rs")),
        (account::refusal::CODES, account),
        (approval::refusal::CODES, approval),
        (policy::refusal::CODES, include_str!("policy/tests.rs")),
        (delegation::refusal::CODES, include_str!("delegation/tests.rs")),
        (notification::refusal::CODES, include_str!("notification/tests.rs")),
        (mail::refusal::CODES, include_str!("mail/tests.rs")),
        (webhook::refusal::CODES, include_str!("webhook/tests.rs")),
        (delivery::refusal::CODES, include_str!("delivery/tests.rs")),
        (view::refusal::CODES, include_str!("view/tests.rs")),
        (alert::refusal::CODES, include_str!("alert/tests.rs")),
        (risk::refusal::CODES, include_str!("risk/tests.rs")),
        (scorecard::refusal::CODES, include_str!("scorecard/tests.rs")),
        (duplicate::refusal::CODES, include_str!("duplicate/tests.rs")),
        (screening::refusal::CODES, include_str!("screening/tests.rs")),
        (quarantine::refusal::CODES, include_str!("quarantine/tests.rs")),
        (onboarding::refusal::CODES, include_str!("onboarding/tests.rs")),
        (import::refusal::CODES, include_str!("import/tests.rs")),
        (mapping::refusal::CODES, include_str!("mapping/tests.rs")),
        (feed::refusal::CODES, include_str!("feed/tests.rs")),
        (price_list::refusal::CODES, include_str!("price_list/tests.rs")),
        (team::refusal::CODES, include_str!("team/tests.rs")),
        (document::refusal::CODES, include_str!("document/tests.rs")),
        (vehicle::refusal::CODES, include_str!("vehicle/tests.rs")),
        (contract_template::refusal::CODES, include_str!("contract_template/tests.rs")),
        (contract::refusal::CODES, contract),
        (task::refusal::CODES, include_str!("task/tests.rs")),
        (reservation::refusal::CODES, include_str!("reservation/tests.rs")),
        (order::refusal::CODES, include_str!("order/tests.rs")),
    ];
    for (codes, tests) in nouns {
        for code in codes {
            assert!(tests.contains(&format!("\"{code}\"")), "{code} is met by no test");
        }
    }
}
