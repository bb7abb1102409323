//! Tests of signing.

use super::*;

const DAY: i64 = 86_400;

/// The holder of a link at the public door.
fn door(seconds: i64) -> Context {
    context(ActorKind::System, 0, at(seconds))
}

fn sign(place: u8) -> Command {
    Command::Sign(Box::new(signing(place)))
}

fn signing(place: u8) -> Signing {
    Signing {
        signer: place,
        link: Some(format!("link{place}")),
        name: Personal::new("acc_7", if place == 0 { " CLÉO " } else { "max" }.into()),
        address: Some(Personal::new("acc_7", "192.0.2.1".into())),
        sha256: SHA.into(),
        consent: true,
    }
}

fn two() -> Value {
    json!({
        "in_order": true,
        "signers": [{"contact": ContactId(uuid(22))}, {"user": UserId(uuid(30)), "order": 2}],
    })
}

fn sent(body: &Value, signers: u8) -> Story<Contract> {
    let mut story = drafted(body);
    story.context = context(ActorKind::User, 1, at(0));
    story.accepts(&sending(signers));
    story
}

#[test]
fn the_last_signature_validates_and_begins_the_contract() {
    let mut story = sent(&json!({}), 1);
    assert_eq!(story.state.terms.signers[0].authority.as_ref().unwrap().basis, "contact is decision_maker");
    story.context = door(60);
    let kinds: Vec<&str> = story.accepts(&sign(0)).iter().map(Contract::kind).collect();
    assert_eq!(
        kinds,
        [
            "contract.signature_made.v1",
            "contract.signed.v1",
            "contract.validated.v1",
            "contract.activated.v1"
        ]
    );
    let evidence = story.state.terms.signers[0].signature.as_ref().unwrap();
    assert_eq!((evidence.name.get().unwrap().as_str(), evidence.sha256.as_str()), ("CLÉO", SHA));
    assert_eq!(
        (evidence.method, evidence.at, evidence.envelope.as_str()),
        (SignatureMethod::Ses, at(60), "env_1")
    );
    story.nothing(&sign(0));
    assert_eq!(story.state.state, ContractState::Active);
    story.refuses(&sending(1), "contract.already_signed");
    story.refuses(&Command::Recall { reason: "x".into() }, "contract.already_signed");
}

#[test]
fn a_link_is_one_persons_and_for_one_sending() {
    let mut story = sent(&two(), 2);
    story.context = door(1);
    let with =
        |link: Option<&str>| Command::Sign(Box::new(Signing { link: link.map(str::to_owned), ..signing(0) }));
    story.refuses(&with(Some("link1")), "contract.link_invalid");
    story.refuses(&with(None), "contract.not_signer");
    story.refuses(&Command::Sign(Box::new(Signing { signer: 9, ..signing(0) })), "contract.no_signer");
    story.context = door(14 * DAY);
    story.refuses(&sign(0), "contract.link_invalid");
    story.context = door(2);
    let link = Link { digest: "new".into(), expires_at: at(DAY) };
    story.accepts(&Command::Relink { signer: 0, link: link.clone() });
    story.nothing(&Command::Relink { signer: 0, link: link.clone() });
    story.refuses(&sign(0), "contract.link_invalid");
    story.accepts(&with(Some("new")));
    story.refuses(&Command::Relink { signer: 0, link }, "contract.already_signed");
    story.context = context(ActorKind::User, 1, at(3));
    story.accepts(&Command::Recall { reason: "A mistake.".into() });
    assert!(
        story.state.terms.signers.iter().all(|signer| signer.signature.is_none() && signer.link.is_none())
    );
    story.context = door(4);
    story.refuses(&with(Some("new")), "contract.link_invalid");
}

#[test]
fn people_sign_in_their_turn_the_very_document_and_agree_to_it() {
    let mut story = sent(&two(), 2);
    story.context = context(ActorKind::User, 30, at(5));
    let ours = Command::Sign(Box::new(Signing { link: None, ..signing(1) }));
    story.refuses(&ours, "contract.not_your_turn");
    story.context = door(6);
    story.refuses(
        &Command::Sign(Box::new(Signing { sha256: "bb".into(), ..signing(0) })),
        "contract.hash_mismatch",
    );
    let silent = Command::Sign(Box::new(Signing { consent: false, ..signing(0) }));
    story.faults(&silent, "contract.consent_missing", &[("/consent", "required")]);
    let nameless =
        Command::Sign(Box::new(Signing { name: Personal::new("acc_7", " ".into()), ..signing(0) }));
    story.faults(&nameless, "contract.invalid", &[("/name", "required")]);
    let named = |name: &str| Signing { name: Personal::new("acc_7", name.into()), ..signing(0) };
    for other in ["Max", "Cleopatra", "Cl"] {
        let command = Command::Sign(Box::new(named(other)));
        story.faults(&command, "contract.name_differs", &[("/name", "name_differs")]);
    }
    let both = Command::Sign(Box::new(Signing { consent: false, ..named("Max") }));
    story.faults(&both, "contract.consent_missing", &[("/name", "name_differs"), ("/consent", "required")]);
    story.accepts(&sign(0));
    assert_eq!(story.state.state, ContractState::PartiallySigned);
    story.context = context(ActorKind::User, 31, at(7));
    story.refuses(&ours, "contract.not_signer");
    story.context = context(ActorKind::ApiClient, 30, at(7));
    story.refuses(&ours, "contract.not_signer");
    story.context = context(ActorKind::User, 30, at(7));
    story.accepts(&ours);
    assert!(story.state.validated_at.is_some());
}

#[test]
fn whoever_declines_makes_it_a_draft_again() {
    let mut story = sent(&two(), 2);
    story.context = door(1);
    story.accepts(&sign(0));
    story.context = context(ActorKind::User, 30, at(2));
    let decline = |reason: &str| Command::Decline {
        signer: 1,
        link: None,
        reason: Personal::new("acc_7", reason.into()),
    };
    story.faults(&decline(""), "contract.invalid", &[("/reason", "required")]);
    story.accepts(&decline("The prices are wrong."));
    assert_eq!(story.state.state, ContractState::Draft);
    assert!(story.state.refused.is_some() && story.state.terms.signers[0].signature.is_none());
    story.refuses(&decline("again"), "contract.not_sent");
    story.accepts(&sending(2));
    assert!(story.state.refused.is_none());
}

#[test]
fn ink_counts_once_a_second_person_has_looked() {
    let mut story = drafted(&json!({}));
    let scan = |number| Scan { document: DocumentId(uuid(number)), sha256: format!("scan{number}") };
    story.refuses(&Command::UploadSigned(scan(61)), "contract.not_sent");
    story.accepts(&sending(1));
    story.refuses(&sending(1), "contract.already_sent");
    story.refuses(&Command::ConfirmScan, "contract.no_scan");
    story.accepts(&Command::UploadSigned(scan(61)));
    story.nothing(&Command::UploadSigned(scan(61)));
    story.refuses(&Command::UploadSigned(scan(62)), "contract.scan_waits");
    story.refuses(&Command::ConfirmScan, "contract.own_scan");
    story.context = context(ActorKind::User, 2, at(9));
    story.accepts(&Command::RejectScan { reason: "Page 2 is missing.".into() });
    story.accepts(&Command::UploadSigned(scan(62)));
    story.context = context(ActorKind::User, 3, at(10));
    story.accepts(&Command::ConfirmScan);
    let evidence = story.state.terms.signers[0].signature.as_ref().unwrap();
    assert_eq!((evidence.method, evidence.scan_sha256.as_deref()), (SignatureMethod::Wet, Some("scan62")));
    assert_eq!(story.state.state, ContractState::Active);
}

#[test]
fn nothing_is_valid_before_the_signers_authority_is_confirmed_by_somebody_else() {
    let mut story = drafted(&json!({"signers": [{"contact": ContactId(uuid(20))}]}));
    let confirm = Command::ConfirmAuthority { signer: 0, basis: "Power of attorney of 2 May.".into() };
    story.refuses(&confirm, "contract.not_sent");
    story.accepts(&sending(1));
    story.context = door(1);
    let ann = Personal::new("acc_7", "Ann".into());
    story.accepts(&Command::Sign(Box::new(Signing { name: ann, ..signing(0) })));
    assert_eq!((story.state.state, story.state.validated_at), (ContractState::Signed, None));
    story.context = context(ActorKind::User, 1, at(2));
    story.refuses(&confirm, "contract.own_authority");
    story.context = context(ActorKind::User, 2, at(2));
    let kinds: Vec<&str> = story.accepts(&confirm).iter().map(Contract::kind).collect();
    assert_eq!(kinds, ["contract.authority_confirmed.v1", "contract.validated.v1", "contract.activated.v1"]);
    story.nothing(&confirm);
}

#[test]
fn a_name_is_the_same_with_other_accents_case_and_blanks() {
    let mut story =
        drafted(&json!({"signers": [{"name": "Łukasz  Ørsted-Müller", "email": "l@acme.example"}]}));
    story.accepts(&sending(1));
    story.context = door(1);
    let named = |name: &str| {
        Command::Sign(Box::new(Signing { name: Personal::new("acc_7", name.into()), ..signing(0) }))
    };
    story.refuses(&named("Lukasz Orsted"), "contract.name_differs");
    story.accepts(&named("lukasz orsted muller"));
}
