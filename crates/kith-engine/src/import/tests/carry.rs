//! Execution: accounts made and changed, stopped and taken up again.

use kith_domain::account::Stage;
use kith_domain::approval::ChangeState;
use kith_domain::import::OnDuplicate;
use serde_json::json;

use super::company::{Company, id, on_duplicate};
use crate::caller::Caller;
use crate::import::ImportOptions;
use crate::import::run::Run;

const SALESFORCE: &str = "\"Account ID\",\"Account Name\",\"Email\",\"Account Type\",\"Billing Street\",\"Billing City\",\
\"Billing State/Province\",\"Billing Zip/Postal Code\",\"Billing Country\",\"Account Owner\"\n\
\"0015g00000A1\",\"Acme Corporation\",\"ap@acme.example\",\"Customer - Direct\",\"1 Main St\",\"Chicago\",\"IL\",\"60601\",\"United States\",\"Mia Manager\"\n\
\"0015g00000A2\",\"Bolt, Ltd\",\"ap@bolt.example\",\"Prospect\",\"2 Side St\",\"London\",\"\",\"N1\",\"United Kingdom\",\"\"\n";

fn options() -> ImportOptions {
    ImportOptions { entity: Some("US".to_owned()), ..ImportOptions::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_salesforce_export_becomes_accounts_once_a_manager_approves() {
    let company = Company::new().await;
    let staged = company.stage(SALESFORCE, ImportOptions { execute: true, ..options() }).await;
    assert_eq!((staged.state.as_str(), staged.source_system.as_deref()), ("waiting", Some("salesforce")));
    let again = company.engine.import_execute(&company.ops, &staged.id).await.unwrap().unwrap();
    assert_eq!(again.change, staged.change, "one review at a time");
    assert_eq!(company.accounts(), 0);
    let change = staged.change.unwrap();
    let shown = company.engine.change(&company.manager, &change).await.unwrap().unwrap();
    assert!(shown.diff.iter().any(|diff| diff.path == "/created" && diff.after == json!(2)));
    company.approve(&change).await;
    let view = company.ended(&staged.id).await;
    assert_eq!((view.state.as_str(), view.counts.done, view.counts.created), ("finished", 2, 2));
    let change = company.engine.change(&company.manager, &change).await.unwrap().unwrap();
    assert_eq!(change.state, ChangeState::Applied.as_str());
    assert_eq!(change.result.unwrap()["counts"]["created"], 2);
    let acme = company.account("external:salesforce:0015g00000A1").await;
    assert_eq!((acme.name.as_str(), acme.stage), ("Acme Corporation", Stage::Active));
    assert_eq!(acme.account_manager, company.manager.principal.user());
    assert_eq!(acme.addresses.first().unwrap().city.as_deref(), Some("Chicago"));
    let bolt = company.account("email:ap@bolt.example").await;
    assert_eq!((bolt.stage, bolt.account_number.as_str()), (Stage::Prospect, "C-000002"));
    let verified = company.engine.verify().unwrap();
    assert_eq!(verified.faults, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn contacts_in_the_row_become_contacts() {
    let company = Company::new().await;
    let text = "name,email,contact name,contact email,parent account,tags\n\
                Acme,ap@acme.example,Ann Lee,ann@acme.example,Acme Group,vip; west\n";
    company.import(text, options()).await;
    let acme = company.account("email:ann@acme.example").await;
    let ann = acme.contacts.first().unwrap();
    assert_eq!((ann.name.get().unwrap().as_str(), ann.is_primary), ("Ann Lee", true));
    assert_eq!(acme.metadata.unwrap().get().unwrap()["source_parent"], "Acme Group");
    assert_eq!(acme.tags, ["vip", "west"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_external_id_is_always_an_update() {
    let company = Company::new().await;
    let first = "external_id,name,email,contact name,contact email,tags,billing street,billing city,billing country\n\
                 A1,Acme,ap@acme.example,Ann Lee,ann@acme.example,vip,1 Main St,Chicago,US\n";
    let options = || on_duplicate(OnDuplicate::Skip);
    company.import(first, options()).await;
    let before = company.account("external:erp:A1").await;
    let second = "external_id,name,email,contact name,contact email,contact phone,tags,billing street,billing city,billing country\n\
                  A1,Acme Corporation,ap@acme.example,Ann Lee,ann@acme.example,+1 312 555 0100,west,2 New St,Boston,US\n\
                  A1,Acme Corporation,ap@acme.example,Bob Ray,bob@acme.example,,vip,2 New St,Boston,US\n";
    let view = company.import(second, options()).await;
    assert_eq!((view.counts.updated, view.counts.created, view.counts.failed), (2, 0, 0));
    let after = company.account("external:erp:A1").await;
    assert_eq!((after.id, after.name.as_str()), (before.id, "Acme Corporation"));
    assert_eq!(after.stage, before.stage);
    assert_eq!(after.identifiers, before.identifiers);
    assert_eq!(after.tags, ["vip", "west"]);
    let names: Vec<_> = after.contacts.iter().map(|contact| contact.name.get().unwrap().as_str()).collect();
    assert_eq!(names, ["Ann Lee", "Bob Ray"]);
    assert_eq!(after.contacts.first().unwrap().phones.len(), 1);
    assert!(after.contacts.first().unwrap().is_primary && !after.contacts.last().unwrap().is_primary);
    let place = after.addresses.first().unwrap();
    assert_eq!((after.addresses.len(), place.city.as_deref()), (1, Some("Boston")));
    let unchanged = company.import(&second.replace("\n", "\r\n"), options()).await;
    assert_eq!(
        (unchanged.counts.updated, unchanged.counts.skipped),
        (0, 2),
        "what is so already is left alone"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_that_is_there_is_skipped_updated_or_an_error() {
    let company = Company::new().await;
    company.import("name,email\nAcme,ap@acme.example\n", options()).await;
    let text = "name,email,industry\nAcme Corp,AP@ACME.example,steel\nBolt,ap@bolt.example,glass\n";
    let view = company.import(text, on_duplicate(OnDuplicate::Error)).await;
    assert_eq!((view.counts.failed, view.counts.created), (1, 1));
    let fault = view.errors.first().unwrap();
    assert_eq!((view.errors.len(), fault.row, fault.code.as_str()), (1, 2, "duplicate"));
    let view = company.import(text, on_duplicate(OnDuplicate::Skip)).await;
    assert_eq!((view.counts.skipped, view.counts.created), (2, 0));
    assert_eq!(company.account("email:ap@acme.example").await.name, "Acme");
    let view = company.import(text, on_duplicate(OnDuplicate::Update)).await;
    assert_eq!((view.counts.updated, view.counts.skipped), (1, 1));
    let acme = company.account("email:ap@acme.example").await;
    assert_eq!((acme.name.as_str(), acme.industry.as_deref()), ("Acme Corp", Some("steel")));
    assert_eq!(company.accounts(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_goes_on_where_it_stopped() {
    let mut company = Company::new().await;
    let mut text = "external_id,name,email\n".to_owned();
    for row in 0..95 {
        let email = if row % 10 == 3 { "broken".to_owned() } else { format!("ap@c{row}.example") };
        text.push_str(&format!("X{row},Customer {row},{email}\n"));
    }
    let options = ImportOptions { batch_size: 10, execute: true, ..on_duplicate(OnDuplicate::Skip) };
    let staged = company.stage(&text, options.clone()).await;
    // No background work: the batches are carried here, as far as the machine lives.
    company.engine.core().imports.lock().unwrap().insert(id(&staged));
    company.approve(&staged.change.clone().unwrap()).await;
    for steps in [3, 1, 4] {
        let mut run = Run::ready(&company.engine, id(&staged)).await;
        for _ in 0..steps {
            assert!(run.step().await.unwrap());
        }
        drop(run);
        company.restart();
        company.engine.core().imports.lock().unwrap().insert(id(&staged));
    }
    let view = company.view(&staged.id).await;
    assert_eq!((view.state.as_str(), view.counts.done, view.counts.created), ("running", 80, 72));
    company.restart();
    company.engine.resume_imports().await.unwrap();
    let view = company.ended(&staged.id).await;
    assert_eq!((view.counts.done, view.counts.created, view.counts.failed), (95, 85, 10));
    assert_eq!((view.errors.len(), company.accounts()), (10, 85));
    for row in (0..95).filter(|row| row % 10 != 3) {
        assert_eq!(company.account(&format!("external:erp:X{row}")).await.name, format!("Customer {row}"));
    }
    let change = company.engine.change(&Caller::system(), &staged.change.unwrap()).await.unwrap().unwrap();
    assert_eq!(change.state, "applied");
    assert_eq!(company.engine.verify().unwrap().faults, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_error_stops_where_that_is_asked() {
    let company = Company::new().await;
    let stopping = || ImportOptions { stop_on_error: true, ..on_duplicate(OnDuplicate::Error) };
    let text = "name,email\nAcme,ap@acme.example\nBolt,ap@bolt.example\nCole,ap@cole.example\n";
    let staged = company.stage(text, ImportOptions { execute: true, ..stopping() }).await;
    company.import("name,email\nBolt,ap@bolt.example\n", options()).await;
    company.approve(&staged.change.clone().unwrap()).await;
    let view = company.ended(&staged.id).await;
    assert_eq!((view.state.as_str(), view.counts.done, view.counts.created), ("failed", 2, 1));
    assert_eq!((view.errors.first().unwrap().row, company.accounts()), (3, 2));
    let change = company.engine.change(&company.manager, &staged.change.unwrap()).await.unwrap().unwrap();
    assert_eq!(
        (change.state.as_str(), change.refusal.unwrap()["code"].clone()),
        ("failed", json!("import.failed"))
    );
    let faulty = company.stage("name,email\nDune,nonsense\n", stopping()).await;
    let refusal = company.engine.import_execute(&company.ops, &faulty.id).await.unwrap().unwrap_err();
    assert_eq!(refusal.code, "import.has_errors");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_only_validated_is_not_executed() {
    let company = Company::new().await;
    let only = ImportOptions { validate_only: true, execute: true, ..options() };
    let staged = company.stage(SALESFORCE, only).await;
    assert_eq!((staged.state.as_str(), staged.change), ("validated", None));
    let refusal = company.engine.import_execute(&company.ops, &staged.id).await.unwrap().unwrap_err();
    assert_eq!(refusal.code, "import.validate_only");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_file_fails_the_import_and_its_change() {
    let company = Company::new().await;
    let staged = company.stage(SALESFORCE, ImportOptions { execute: true, ..options() }).await;
    std::fs::remove_dir_all(company.data().join("imports").join(&staged.id)).unwrap();
    company.approve(&staged.change.clone().unwrap()).await;
    assert_eq!(company.ended(&staged.id).await.state, "failed");
    let change = company.engine.change(&company.manager, &staged.change.unwrap()).await.unwrap().unwrap();
    assert_eq!(change.state, "failed");
    let again = company.import(SALESFORCE, options()).await;
    assert_ne!(again.id, staged.id);
    assert_eq!((again.state.as_str(), again.counts.created), ("finished", 2));
}
