//! Undoing imports.

use kith_domain::account::{Command as AccountCommand, Draft};
use kith_domain::command::Command;
use kith_domain::import::OnDuplicate;
use serde_json::json;

use super::company::{Company, on_duplicate};
use crate::caller::Caller;

const BEFORE: &str = "external_id,name,email,industry,contact name,contact email,tags\n\
                      A1,Acme,ap@acme.example,steel,Ann Lee,ann@acme.example,vip\nB2,Bolt,ap@bolt.example,,,,\n";
const AFTER: &str = "external_id,name,email,industry,contact name,contact email,tags\n\
                     A1,Acme Corporation,ap@acme.example,glass,Bob Ray,bob@acme.example,west\n\
                     A1,Acme Corporation,ap@acme.example,paper,,,\n\
                     B2,Bolt Ltd,ap@bolt.example,oil,,,\nN3,New,hi@new.example,,,,\n";

async fn reverted(company: &Company, id: &str) -> kith_api::view::ImportView {
    let asked = company.engine.import_revert(&company.ops, id).await.unwrap().unwrap();
    company.approve(&asked.change.unwrap()).await;
    for _ in 0..2_000 {
        let view = company.view(id).await;
        if view.state == "reverted" {
            return view;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    panic!("the import was not reverted");
}

async fn rename(company: &Company, key: &str, name: &str) {
    let account = company.account(key).await.id;
    let (draft, _) =
        Draft::read_patch(&json!({"name": name}), account, &mut || company.engine.new_uuid().unwrap());
    let command =
        Command::Account { id: account, command: AccountCommand::Update { draft: Box::new(draft) } };
    let caller = Caller::system();
    let answer = company.engine.execute(&caller, command).await.unwrap().answer;
    if let crate::answer::Answer::Waiting(change) = answer {
        for role in [kith_domain::access::Role::ArManager, kith_domain::access::Role::Controller] {
            let approver = company.person(role.title(), role, None).await;
            let approve = kith_domain::approval::Command::Approve(kith_domain::approval::Word::default());
            company
                .engine
                .execute(&approver, Command::Change { id: change.id, command: approve })
                .await
                .unwrap();
        }
    }
    assert_eq!(company.account(key).await.name, name);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_touched_is_as_it_was() {
    let company = Company::new().await;
    let options = || on_duplicate(OnDuplicate::Update);
    company.import(BEFORE, options()).await;
    let before = company.account("external:erp:A1").await;
    let view = company.import(AFTER, options()).await;
    assert_eq!((view.counts.updated, view.counts.created), (3, 1));
    rename(&company, "external:erp:B2", "Bolt and Sons").await;
    let view = reverted(&company, &view.id).await;
    let undone = view.revert.unwrap();
    assert_eq!((undone.removed, undone.restored, undone.kept), (1, 2, 1));
    assert_eq!((undone.reasons[0].code.as_str(), undone.reasons[0].row), ("changed_since", 4));
    let after = company.account("external:erp:A1").await;
    assert_eq!((after.name.as_str(), after.industry.as_deref()), ("Acme", Some("steel")));
    assert_eq!((&after.tags, after.contacts.len()), (&before.tags, 1));
    assert_eq!(company.account("external:erp:B2").await.name, "Bolt and Sons");
    let gone = kith_domain::account::Key::email("hi@new.example");
    assert!(company.engine.directory().row_of_key(&gone).is_none());
    let verified = company.engine.verify().unwrap();
    assert_eq!(verified.faults, Vec::<String>::new());
    let again = company.import(AFTER, options()).await;
    assert_eq!(again.counts.updated, 3, "what was undone may be done again");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_ended_is_undone() {
    let company = Company::new().await;
    let staged = company.stage(BEFORE, on_duplicate(OnDuplicate::Skip)).await;
    let refusal = company.engine.import_revert(&company.ops, &staged.id).await.unwrap().unwrap_err();
    assert_eq!(refusal.code, "import.not_finished");
}
