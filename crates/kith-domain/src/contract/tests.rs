//! Tests of contracts: drafting and editing; signing, the clock and an exhaustive look are in the files beside.

mod clock;
mod explore;
mod signing;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::*;
use crate::account::{Account, Contact, ContactRole, Stage};
use crate::context::{ActorKind, Context};
use crate::contract_template::{ContractTemplate, FieldKind, FieldSpec, Renewal};
use crate::decider::Decider;
use crate::story::{Story, at, context, uuid};
use crate::value::{AccountId, ContactId, ContractId, DocumentId, Personal, UserId};

pub(super) const SHA: &str = "aa11";

pub(super) fn id(number: u128) -> ContractId {
    ContractId(uuid(number))
}

fn contact(number: u128, name: &str, role: ContactRole) -> Contact {
    let id = ContactId(uuid(number));
    serde_json::from_value(json!({
        "id": id, "name": Personal::new(id, name.to_owned()), "role": role,
        "emails": [Personal::new(id, format!("{}@acme.example", name.to_lowercase()))], "is_primary": number == 21,
    }))
    .unwrap()
}

pub(super) fn facts() -> Facts {
    let account = Account {
        id: AccountId(uuid(7)),
        name: "Acme".into(),
        legal_name: Some("Acme GmbH".into()),
        account_number: "C-000007".into(),
        stage: Stage::Active,
        created_at: Some(at(0)),
        owning_entity: "EU".parse().unwrap(),
        contacts: vec![
            contact(20, "Ann", ContactRole::Ap),
            contact(21, "Ben", ContactRole::Other),
            contact(22, "Cleo", ContactRole::DecisionMaker),
        ],
        ..Account::default()
    };
    let ours = facts_user("Max");
    Facts {
        today: Some("2026-01-01".parse().unwrap()),
        account: Some(Box::new(account)),
        template: Some(Box::new(ContractTemplate::standard())),
        entities: [
            ("EU".parse().unwrap(), "Kith Europe".to_owned()),
            ("US".parse().unwrap(), "Kith US".to_owned()),
        ]
        .into(),
        documents: BTreeSet::from([DocumentId(uuid(50))]),
        price_refs: BTreeSet::from(["EU-2026".to_owned()]),
        users: BTreeMap::from([(UserId(uuid(30)), ours)]),
        number: "CT-000001".into(),
        origin: None,
        open_amendment: None,
    }
}

fn facts_user(name: &str) -> OurSigner {
    let id = UserId(uuid(30));
    let email = format!("{}@kith.example", name.to_lowercase());
    OurSigner { name: Personal::new(id, name.into()), email: Personal::new(id, email), approves: true }
}

pub(super) fn draft(body: &Value) -> Box<ContractDraft> {
    let (draft, faults) = ContractDraft::read(body, "acc_7");
    assert_eq!(faults, vec![]);
    Box::new(draft)
}

pub(super) fn create(body: &Value) -> Command {
    Command::Create { id: id(5), account: AccountId(uuid(7)), origin: None, draft: draft(body) }
}

pub(super) fn drafted(body: &Value) -> Story<Contract> {
    let mut story = Story::new(facts());
    story.accepts(&create(body));
    story
}

pub(super) fn sending(signers: u8) -> Command {
    let link = |place: u8| Link { digest: format!("link{place}"), expires_at: at(14 * 86_400) };
    Command::Send(Box::new(Sending {
        document: DocumentId(uuid(60)),
        sha256: SHA.into(),
        envelope: "env_1".into(),
        links: (0..signers).map(|place| (place, link(place))).collect(),
    }))
}

#[test]
fn a_contract_begins_with_what_the_template_and_the_account_say() {
    let story = drafted(&json!({}));
    let contract = &story.state;
    assert_eq!(
        (contract.number.as_str(), contract.revision, contract.state),
        ("CT-000001", 1, ContractState::Draft)
    );
    let terms = &contract.terms;
    assert_eq!(terms.parties[0].name, "Kith Europe");
    assert_eq!(terms.parties[1].name, "Acme GmbH");
    assert_eq!(terms.starts_on.unwrap().to_string(), "2026-01-01");
    assert_eq!(terms.ends_on.unwrap().to_string(), "2026-12-31", "a term of twelve months");
    assert_eq!((terms.renewal, terms.notice_days), (Renewal::Auto, 60));
    assert_eq!(terms.signers[0].name.get().unwrap(), "Cleo", "who decides signs");
    story.refuses(&create(&json!({})), "contract.exists");
    Story::<Contract>::new(facts()).refuses(&Command::Submit, "contract.not_found");
}

#[test]
fn whom_to_turn_to_signs_where_nobody_is_known_to_decide() {
    let mut facts = facts();
    facts.account.as_mut().unwrap().contacts.pop();
    let mut story = Story::<Contract>::new(facts);
    story.accepts(&create(&json!({})));
    assert_eq!(story.state.terms.signers[0].name.get().unwrap(), "Ben");
}

#[test]
fn drafts_are_edited_by_patches() {
    let mut story =
        drafted(&json!({"committed_volume": {"amount": {"amount": "100000", "currency": "EUR"}}}));
    let body = json!({
        "title": "Rates", "type": "rate_agreement", "entity": "US", "starts_on": "2026-02-01", "renewal": "evergreen",
        "notice_days": 30, "tier": "premium", "governing_law": "Delaware", "price_refs": ["EU-2026"],
        "sla": {"otif_pct": 97.5, "response_hours": 8, "claim_days": 14}, "documents": [DocumentId(uuid(50))],
        "fields": {"scope": "Everything."}, "in_order": true, "portal_contacts": [ContactId(uuid(20))],
        "signers": [{"contact": ContactId(uuid(22))}, {"user": UserId(uuid(30)), "order": 2}],
    });
    story.accepts(&Command::Update { draft: draft(&body) });
    let terms = &story.state.terms;
    assert_eq!((terms.ends_on, terms.sla.otif_permille), (None, Some(975)));
    assert_eq!(terms.parties[0].name, "Kith US", "our name follows the entity");
    assert_eq!((terms.signers[1].side, terms.signers[1].order), (SignerSide::Supplier, 2));
    assert!(terms.committed_volume.is_some(), "what is absent stays");
    story.nothing(&Command::Update { draft: draft(&body) });
    story.accepts(&Command::Update { draft: draft(&json!({"committed_volume": null, "tier": null, "governing_law": null, "sla": null, "fields": {"scope": null}})) });
    assert!(
        story.state.terms.committed_volume.is_none() && story.state.terms.fields.get().unwrap().is_empty()
    );
}

#[test]
fn every_fault_of_a_draft_is_named() {
    let body = json!({
        "title": "", "type": "x", "renewal": "x", "entity": "MARS", "notice_days": 999, "tier": "x", "starts_on": "soon",
        "parties": [{"side": "supplier", "name": "We"}], "committed_volume": {"period": "year"}, "sla": {"otif_pct": "101"},
        "price_refs": ["x"], "documents": ["doc_1"], "portal_contacts": ["con_1"], "fields": {"poem": 1, "scope": 2},
        "signers": [{"name": "Dee", "email": "dee"}, {"side": "supplier"}, {"contact": "con_9"}, {"user": "usr_9", "side": "customer"}],
    });
    Story::<Contract>::new(facts()).faults(
        &create(&body),
        "contract.invalid",
        &[
            ("/title", "required"),
            ("/type", "not_in_list"),
            ("/renewal", "not_in_list"),
            ("/entity", "entity_unknown"),
            ("/notice_days", "out_of_range"),
            ("/tier", "not_in_list"),
            ("/starts_on", "date_invalid"),
            ("/parties", "side_missing"),
            ("/committed_volume", "required"),
            ("/sla/otif_pct", "out_of_range"),
            ("/price_refs/0", "price_list_unknown"),
            ("/documents/0", "document_unknown"),
            ("/portal_contacts/0", "contact_unknown"),
            ("/fields/poem", "member_unknown"),
            ("/fields/scope", "type_string"),
            ("/signers/0/email", "email_invalid"),
            ("/signers/0/email", "required"),
            ("/signers/1/user", "required"),
            ("/signers/1/name", "required"),
            ("/signers/1/email", "required"),
            ("/signers/2/contact", "contact_unknown"),
            ("/signers/3/user", "user_unknown"),
            ("/signers/3/user", "side_mismatch"),
        ],
    );
    let backwards = json!({"starts_on": "2026-02-01", "ends_on": "2026-01-01"});
    Story::<Contract>::new(facts()).faults(
        &create(&backwards),
        "contract.invalid",
        &[("/ends_on", "ends_before_start")],
    );
    let mut story = Story::<Contract>::new(facts());
    story.facts.template = None;
    story.faults(
        &create(&json!({"starts_on": "2026-01-01"})),
        "contract.invalid",
        &[("/template", "template_unknown")],
    );
    story.facts.account.as_mut().unwrap().stage = Stage::Closed;
    story.refuses(&create(&json!({})), "contract.account_closed");
}

#[test]
fn a_template_may_want_a_review_by_somebody_else() {
    let mut facts = facts();
    facts.template.as_mut().unwrap().reviewed = true;
    let mut story = Story::<Contract>::new(facts);
    story.accepts(&create(&json!({})));
    story.refuses(&sending(1), "contract.review_required");
    story.refuses(&Command::Return { reason: "x".into() }, "contract.not_in_review");
    story.accepts(&Command::Submit);
    story.nothing(&Command::Submit);
    story.refuses(&Command::Update { draft: draft(&json!({"title": "Other"})) }, "contract.not_draft");
    story.refuses(&sending(1), "contract.own_review");
    story.context = context(ActorKind::User, 2, at(1));
    story.accepts(&Command::Return { reason: "Name the region.".into() });
    story.accepts(&Command::Submit);
    story.accepts(&sending(1));
    story.refuses(&Command::Submit, "contract.not_draft");
}

#[test]
fn what_is_missing_is_named_before_it_is_sent() {
    let mut story = drafted(&json!({"signers": []}));
    story.faults(&sending(0), "contract.incomplete", &[("/signers", "required")]);
    story.facts.account.as_mut().unwrap().stage = Stage::Closed;
    story.refuses(&sending(0), "contract.account_closed");
}

#[test]
fn a_gap_in_the_text_is_named_before_it_is_sent() {
    let mut story = drafted(&json!({}));
    let field = |name: &str, required, default: Option<&str>| FieldSpec {
        name: name.to_owned(),
        label: name.to_owned(),
        kind: FieldKind::Text,
        required,
        choices: Vec::new(),
        default: default.map(str::to_owned),
    };
    story.state.template.fields = vec![
        field("port", false, None),
        field("insurer", true, None),
        field("aside", false, None),
        field("depot", false, Some("Rotterdam")),
    ];
    story.state.template.text.push_str(" From {{depot}} to {{ port }}.");
    let gaps = [("/fields/port", "required"), ("/fields/insurer", "required")];
    story.faults(&sending(0), "contract.incomplete", &gaps);
    let filled =
        [("port", "Oslo"), ("insurer", "Nordlys")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    story.state.terms.fields = Personal::new(story.state.account, filled.into());
    story.accepts(&sending(0));
}

#[test]
fn the_text_holds_the_values_and_a_value_makes_no_heading() {
    let story = drafted(&json!({"fields": {"scope": "# Not a heading"}}));
    let account = story.facts.account.as_deref().unwrap();
    let values = values(&story.state, account, &story.facts.entities);
    let lines = lines(&story.state.template.text, &values);
    assert_eq!(lines[0], Line::Title("Framework agreement".into()));
    let all = format!("{lines:?}");
    assert!(all.contains("CT-000001") && all.contains("Acme GmbH") && all.contains("2026-12-31"));
    assert!(all.contains("# Not a heading") && !all.contains("Heading(\"Not a heading"));
    assert!(all.contains("Committed volume: –"), "what was not given is a dash");
}

#[test]
fn a_draft_is_discarded_once_and_what_is_out_is_recalled_first() {
    let signers = json!([{"contact": ContactId(uuid(20))}, {"user": UserId(uuid(30))}]);
    let discard = |reason: &str| Command::Discard { reason: reason.into() };
    let mut story = drafted(&json!({"signers": signers}));
    story.refuses(&discard(" "), "contract.invalid");
    story.accepts(&sending(2));
    story.refuses(&discard("Not needed."), "contract.no_draft");
    story.accepts(&Command::Recall { reason: "Too early.".into() });
    story.accepts(&discard("Not needed."));
    assert_eq!((story.state.state, story.state.has_ended()), (ContractState::Discarded, true));
    story.nothing(&discard("Not needed."));
    story.refuses(&sending(2), "contract.ended");
}
