//! Every contract that a few people can reach in a few steps, looked at one by one.

use std::collections::{BTreeSet, VecDeque};

use super::*;

fn ask(actor: ActorKind, user: u128, seconds: i64, command: Command) -> (Context, Command) {
    (context(actor, user, at(seconds)), command)
}

fn signs(place: u8, link: Option<&str>, sha256: &str) -> Command {
    Command::Sign(Box::new(Signing {
        signer: place,
        link: link.map(str::to_owned),
        name: Personal::new("acc_7", if place == 0 { "Cleo" } else { "Max" }.into()),
        address: None,
        sha256: sha256.into(),
        consent: true,
    }))
}

/// What two of ours, two signers and Kith itself may try.
fn tries() -> Vec<(Context, Command)> {
    use ActorKind::{System, User};
    let day = |text: &str| text.parse().unwrap();
    let scan = Scan { document: DocumentId(uuid(61)), sha256: "scan".into() };
    let end = |kind, on| Command::Terminate { kind, on: day(on), reason: "r".into() };
    vec![
        ask(User, 1, 0, Command::Submit),
        ask(User, 1, 0, Command::Discard { reason: "r".into() }),
        ask(User, 2, 0, Command::Return { reason: "r".into() }),
        ask(User, 1, 0, sending(2)),
        ask(User, 2, 0, sending(2)),
        ask(User, 1, 0, Command::Recall { reason: "r".into() }),
        ask(System, 0, 1, signs(0, Some("link0"), SHA)),
        ask(System, 0, 1, signs(0, Some("link1"), SHA)),
        ask(System, 0, 1, signs(0, Some("link0"), "other")),
        ask(User, 30, 1, signs(1, None, SHA)),
        ask(
            System,
            0,
            1,
            Command::Decline {
                signer: 0,
                link: Some("link0".into()),
                reason: Personal::new("acc_7", "r".into()),
            },
        ),
        ask(User, 1, 1, Command::UploadSigned(scan)),
        ask(User, 1, 1, Command::ConfirmScan),
        ask(User, 2, 1, Command::ConfirmScan),
        ask(User, 2, 1, Command::RejectScan { reason: "r".into() }),
        ask(User, 2, 1, Command::ConfirmAuthority { signer: 0, basis: "b".into() }),
        ask(User, 1, 1, end(NoticeKind::Notice, "2026-06-30")),
        ask(User, 1, 1, end(NoticeKind::Breach, "2026-01-01")),
        ask(System, 0, 1, Command::Tend { today: day("2026-07-04") }),
        ask(System, 0, 1, Command::Tend { today: day("2027-01-01") }),
        ask(System, 0, 1, Command::Supersede { by: id(9) }),
    ]
}

fn holds(contract: &Contract) {
    let valid = contract.validated_at.is_some();
    if valid {
        assert!(contract.is_valid(), "validated without every signature, the digest and authority");
    }
    if matches!(contract.state, ContractState::Active | ContractState::Expiring) {
        assert!(valid && contract.active_since.is_some());
    }
    if matches!(contract.state, ContractState::Draft | ContractState::InReview) {
        let bare = contract.terms.signers.iter().all(|one| one.signature.is_none() && one.link.is_none());
        assert!(bare && contract.sending.is_none() && contract.scan.is_none());
    }
    if contract.is_out() {
        assert!(!contract.is_signed_by_all());
    }
    if let Some(scan) = &contract.scan {
        assert!(contract.is_out() && scan.by.is_some());
    }
    assert_eq!(
        contract.has_ended()
            && contract.superseded_by.is_none()
            && contract.state != ContractState::Discarded,
        contract.ended_on.is_some() && contract.superseded_by.is_none()
    );
}

/// Which state may follow which (D§1.8).
fn may_follow(from: ContractState, to: ContractState) -> bool {
    use ContractState::{
        Active, Discarded, Draft, Expired, Expiring, InReview, PartiallySigned, Renewed, Sent, Signed,
        Terminated,
    };
    match from {
        Draft => matches!(to, InReview | Sent | Discarded),
        InReview => matches!(to, Draft | Sent | Discarded),
        Sent => matches!(to, Draft | PartiallySigned | Signed | Active | Expiring),
        PartiallySigned => matches!(to, Draft | Signed | Active | Expiring),
        Signed => matches!(to, Active | Expiring | Expired | Terminated | Renewed),
        Active | Expiring => matches!(to, Active | Expiring | Expired | Terminated | Renewed),
        Expired | Renewed | Terminated | Discarded => false,
    }
}

#[test]
fn no_sequence_of_steps_breaks_a_rule() {
    let signers = json!([{"contact": ContactId(uuid(20))}, {"user": UserId(uuid(30))}]);
    let (facts, tries) = (facts(), tries());
    let starts =
        ["auto", "none"].map(|renewal| drafted(&json!({"signers": signers, "renewal": renewal})).state);
    let (mut seen, mut open) = (BTreeSet::new(), VecDeque::from(starts));
    let mut reached = BTreeSet::new();
    while let Some(contract) = open.pop_front() {
        if !seen.insert(serde_json::to_string(&contract).unwrap()) {
            continue;
        }
        reached.insert(contract.state);
        holds(&contract);
        for (context, command) in &tries {
            let Ok(events) = contract.decide(context, &facts, command) else { continue };
            let mut after = contract.clone();
            events.iter().for_each(|event| after.evolve(event));
            if after.state != contract.state {
                assert!(
                    may_follow(contract.state, after.state),
                    "{:?} → {:?} by {command:?}",
                    contract.state,
                    after.state
                );
            }
            open.push_back(after);
        }
    }
    assert!(seen.len() > 200, "{}", seen.len());
    let left: Vec<_> = ContractState::ALL.iter().filter(|state| !reached.contains(state)).collect();
    assert_eq!(left, Vec::<&ContractState>::new(), "every state is reached");
}
