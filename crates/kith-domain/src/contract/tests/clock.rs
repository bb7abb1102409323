//! Tests of the clock: reminders, the end of a term, notice, audits, successors.

use jiff::civil::Date;

use super::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A contract of the year 2026 that holds.
pub(super) fn active(body: &Value) -> Story<Contract> {
    let mut story = drafted(body);
    story.accepts(&sending(1));
    story.context = context(ActorKind::System, 0, at(0));
    story.accepts(&Command::Sign(Box::new(Signing {
        signer: 0,
        link: Some("link0".into()),
        name: Personal::new("acc_7", "Cleo".into()),
        address: None,
        sha256: SHA.into(),
        consent: true,
    })));
    story
}

fn tend(story: &mut Story<Contract>, today: &str) -> Vec<String> {
    let events = story.accepts(&Command::Tend { today: day(today) });
    events.iter().map(|event| Contract::kind(event).replace("contract.", "").replace(".v1", "")).collect()
}

#[test]
fn people_are_reminded_before_the_last_day_of_notice() {
    // The end is 2026-12-31, so notice is given until 2026-11-01.
    let mut story = active(&json!({}));
    assert_eq!(deadline(&story.state.terms).unwrap(), day("2026-11-01"));
    assert_eq!(tend(&mut story, "2026-07-03"), [""; 0]);
    // Looked at when the day begins in the first zone of the world.
    assert_eq!(story.state.next_look(), Some(at(184 * 86_400 - 14 * 3_600)));
    assert_eq!(tend(&mut story, "2026-07-04"), ["expiring", "reminded"]);
    assert_eq!(tend(&mut story, "2026-07-04"), [""; 0]);
    let told: Vec<u16> = ["2026-08-03", "2026-09-02", "2026-10-02", "2026-10-18", "2026-10-25"]
        .into_iter()
        .map(|today| {
            assert_eq!(tend(&mut story, today), ["reminded"], "{today}");
            story.state.reminded_days.unwrap()
        })
        .collect();
    assert_eq!(told, [90, 60, 30, 14, 7]);
    assert_eq!(tend(&mut story, "2026-11-20"), [""; 0]);
}

#[test]
fn a_term_ends_as_its_renewal_says() {
    let mut auto = active(&json!({}));
    tend(&mut auto, "2026-12-31");
    assert_eq!(tend(&mut auto, "2027-01-01"), ["renewed", "audit_due"]);
    assert_eq!(auto.state.terms.ends_on, Some(day("2027-12-31")));
    assert_eq!((auto.state.state, auto.state.reminded_days), (ContractState::Active, None));
    for renewal in ["none", "manual"] {
        let mut story = active(&json!({"renewal": renewal}));
        tend(&mut story, "2026-12-31");
        assert_eq!(tend(&mut story, "2027-01-01"), ["expired"]);
        assert_eq!(story.state.ended_on, Some(day("2026-12-31")));
        story.refuses(&Command::Recall { reason: "x".into() }, "contract.not_sent");
        story.refuses(&sending(1), "contract.ended");
        assert_eq!(story.state.next_look(), None);
    }
    let mut evergreen = active(&json!({"renewal": "evergreen"}));
    assert_eq!(tend(&mut evergreen, "2029-06-01"), ["audit_due"; 3]);
    assert_eq!(evergreen.state.state, ContractState::Active);
}

#[test]
fn a_contract_begins_on_its_first_day() {
    let mut story = active(&json!({"starts_on": "2026-03-01"}));
    assert_eq!(story.state.state, ContractState::Signed);
    assert!(story.state.validated_at.is_some());
    assert_eq!(tend(&mut story, "2026-02-28"), [""; 0]);
    assert_eq!(tend(&mut story, "2026-03-01"), ["activated"]);
}

#[test]
fn notice_is_given_in_time_or_with_a_ground() {
    let mut story = active(&json!({}));
    story.context = context(ActorKind::User, 1, at(0));
    let end = |kind, on: &str| Command::Terminate { kind, on: day(on), reason: "They move on.".into() };
    story.faults(&end(NoticeKind::Notice, "2025-12-31"), "contract.invalid", &[("/on", "in_the_past")]);
    story.refuses(&end(NoticeKind::Notice, "2026-03-01"), "contract.notice_too_late");
    story.accepts(&end(NoticeKind::Notice, "2026-06-30"));
    story.nothing(&end(NoticeKind::Notice, "2026-06-30"));
    story.context = context(ActorKind::System, 0, at(0));
    assert_eq!(tend(&mut story, "2026-06-30"), [""; 0]);
    assert_eq!(tend(&mut story, "2026-07-01"), ["terminated"]);
    story.refuses(&end(NoticeKind::Mutual, "2026-07-01"), "contract.ended");
    let mut now = active(&json!({"renewal": "manual"}));
    now.context = context(ActorKind::User, 1, at(0));
    now.faults(&end(NoticeKind::Mutual, "2027-02-01"), "contract.invalid", &[("/on", "after_end")]);
    let kinds: Vec<&str> =
        now.accepts(&end(NoticeKind::Breach, "2026-01-01")).iter().map(Contract::kind).collect();
    assert_eq!(kinds, ["contract.notice_given.v1", "contract.terminated.v1"]);
    drafted(&json!({})).refuses(&end(NoticeKind::Mutual, "2026-03-01"), "contract.not_in_force");
}

#[test]
fn notice_keeps_a_contract_from_renewing() {
    let mut story = active(&json!({}));
    story.accepts(&Command::Terminate {
        kind: NoticeKind::Notice,
        on: day("2026-12-31"),
        reason: "Over.".into(),
    });
    assert_eq!(tend(&mut story, "2027-01-01"), ["terminated"]);
}

#[test]
fn amendments_and_renewals_follow_what_stands() {
    let mut former = active(&json!({"title": "Rates"}));
    let follow = |origin| Command::Create {
        id: id(6),
        account: AccountId(uuid(7)),
        origin: Some(origin),
        draft: draft(&json!({})),
    };
    let mut story = Story::<Contract>::new(facts());
    story.refuses(&follow(Origin::Amends(id(5))), "contract.not_in_force");
    story.facts.origin = Some(Box::new(former.state.clone()));
    story.facts.number = "CT-000002".into();
    story.accepts(&follow(Origin::Amends(id(5))));
    assert_eq!((story.state.number.as_str(), story.state.revision), ("CT-000001", 2));
    assert_eq!(story.state.terms.title, "Rates");
    assert!(story.state.terms.signers[0].signature.is_none());
    let mut next = Story::<Contract>::new(facts());
    next.facts.origin = Some(Box::new(former.state.clone()));
    next.facts.number = "CT-000002".into();
    next.accepts(&follow(Origin::Renews(id(5))));
    assert_eq!((next.state.number.as_str(), next.state.revision), ("CT-000002", 1));
    assert_eq!(next.state.terms.starts_on, Some(day("2027-01-01")));
    former.accepts(&Command::Supersede { by: id(6) });
    former.nothing(&Command::Supersede { by: id(6) });
    assert_eq!(former.state.state, ContractState::Renewed);
    former.context = context(ActorKind::User, 1, at(0));
    former.refuses(&Command::Tend { today: day("2026-01-02") }, "contract.system_only");
}

#[test]
fn one_amendment_at_a_time_and_none_of_what_has_ended() {
    let mut former = active(&json!({}));
    let amend = Command::Create {
        id: id(6),
        account: AccountId(uuid(7)),
        origin: Some(Origin::Amends(id(5))),
        draft: draft(&json!({})),
    };
    let mut story = Story::<Contract>::new(facts());
    story.facts.origin = Some(Box::new(former.state.clone()));
    story.facts.open_amendment = Some("ctr_9 (CT-000001, revision 2)".into());
    let refused = story.state.decide(&story.context, &story.facts, &amend).unwrap_err();
    assert_eq!(refused.code, "contract.amendment_open");
    assert!(refused.sentence.contains("ctr_9"), "it names the open one: {}", refused.sentence);
    story.facts.open_amendment = None;
    story.accepts(&amend);
    former.context = context(ActorKind::User, 1, at(0));
    former.accepts(&Command::Terminate {
        kind: NoticeKind::Breach,
        on: day("2026-01-01"),
        reason: "Nothing was paid.".into(),
    });
    story.facts.origin = Some(Box::new(former.state.clone()));
    story.refuses(&sending(1), "contract.origin_ended");
    let mut late = Story::<Contract>::new(facts());
    late.facts.origin = Some(Box::new(former.state));
    late.refuses(&amend, "contract.not_in_force");
}

#[test]
fn a_missing_signature_is_reminded_of_after_4_24_and_72_hours() {
    let mut story = drafted(&json!({}));
    story.accepts(&sending(1));
    story.context = context(ActorKind::System, 0, at(0));
    let hour = 3_600;
    assert_eq!(story.state.signing_reminder(at(4 * hour - 1)), None);
    for hours in [4_u16, 24, 72] {
        let now = at(i64::from(hours) * hour);
        assert_eq!(story.state.next_look(), Some(now));
        assert_eq!(story.state.signing_reminder(now), Some(hours));
        story.accepts(&Command::RemindSigner { hours, at: now });
        story.nothing(&Command::RemindSigner { hours, at: now });
    }
    assert_eq!(story.state.next_look(), None);
    // Nobody looked for a week: only the last one is sent.
    let mut late = drafted(&json!({}));
    late.accepts(&sending(1));
    assert_eq!(late.state.signing_reminder(at(7 * 86_400)), Some(72));
}
