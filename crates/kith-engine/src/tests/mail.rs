//! Mail in the engine: a link leaves once and is nowhere afterwards, and what was sent stands in a record that proves itself.

use kith_domain::contract::{Command as ContractCommand, ContractDraft};
use kith_domain::mail::MailState;
use kith_domain::value::ContractId;
use serde_json::json;

use super::{House, on_each};
use crate::{MailRequest, Mailer};

async fn sent(house: &House) {
    let more = json!({
        "contacts": [{"name": "Cleo Park", "role": "decision_maker", "emails": ["cleo@acme.example"], "is_primary": true}],
    });
    let account = house.account("Acme", "1", more).await;
    let id = ContractId(house.engine.new_uuid().unwrap());
    let draft = Box::new(ContractDraft::default());
    let command = ContractCommand::Create { id, account, origin: None, draft };
    house.engine.contract_act(&house.seller, id, command, None).await.unwrap().unwrap();
    house.engine.contract_send(&house.seller, &id.to_string(), 24).await.unwrap().unwrap();
}

#[test]
fn a_link_leaves_once_and_the_record_still_proves_itself() {
    on_each(|house| async move {
        sent(&house).await;
        assert_eq!(house.engine.send_mails().await.unwrap(), 0, "no way is named: it waits");
        let folder = tempfile::tempdir().unwrap();
        let way =
            r#"{"from": "Us <us@house.example>", "public_url": "https://kith.example", "folder": "out"}"#;
        house.engine.send_mail_by(Mailer::read(way, folder.path(), &|_| None).unwrap());
        assert_eq!(house.engine.send_mails().await.unwrap(), 1);
        assert_eq!(house.engine.send_mails().await.unwrap(), 0, "once");
        let request = MailRequest { state: Some(MailState::Sent), limit: 10, ..MailRequest::default() };
        let page = house.engine.mails(&house.seller, request).await.unwrap().unwrap();
        let id = page.items[0].id.clone();
        let text = std::fs::read_to_string(folder.path().join(format!("out/{id}.eml"))).unwrap();
        assert!(text.contains("https://kith.example/sign/ctr_"), "{text}");
        let shown = house.engine.mail(&house.seller, &id).await.unwrap().unwrap();
        assert!(shown.has_link && !shown.text.unwrap().contains("/sign/"), "nobody reads the link here");
        assert!(!house.engine.store().vault().destroy(&id).unwrap(), "its key is gone already");
        let engine = house.engine.clone();
        let verified = tokio::task::spawn_blocking(move || engine.verify()).await.unwrap().unwrap();
        assert_eq!(verified.faults, Vec::<String>::new());
    });
}
