//! The law of resuming: whatever the rows, the size of a batch and the moments of death, the end is the same.

use std::collections::BTreeMap;

use kith_domain::import::OnDuplicate;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::company::{Company, id, on_duplicate};
use crate::import::ImportOptions;
use crate::import::run::Run;

/// Rows that make, repeat, change and break: each from a small choice of ids and addresses.
fn file(rows: &[(u8, u8)]) -> String {
    let mut text = "external_id,name,email,industry\n".to_owned();
    for (at, (who, how)) in rows.iter().enumerate() {
        let email = if how % 5 == 4 { "broken".to_owned() } else { format!("ap@c{who}.example") };
        let external = if how % 3 == 2 { String::new() } else { format!("X{who}") };
        text.push_str(&format!("{external},Customer number {who},{email},industry {at}\n"));
    }
    text
}

/// What is on record in the end: accounts by name with their industry, and the counts.
async fn end(
    company: &Company,
    id: &str,
) -> (BTreeMap<String, Option<String>>, [u64; 5], Vec<(u64, String)>) {
    let view = company.ended(id).await;
    let counts = view.counts;
    let mut accounts = BTreeMap::new();
    for who in 0..6 {
        let key = format!("email:ap@c{who}.example");
        let held = kith_domain::account::Key::from_subject(&key).unwrap();
        if company.engine.directory().row_of_key(&held).is_some() {
            let account = company.account(&key).await;
            accounts.insert(account.name, account.industry);
        }
    }
    let faults = view.errors.iter().map(|fault| (fault.row, fault.code.clone())).collect();
    assert_eq!(accounts.len(), company.accounts(), "nothing is there twice");
    (accounts, [counts.done, counts.created, counts.updated, counts.skipped, counts.failed], faults)
}

#[test]
fn whenever_it_dies_an_import_ends_the_same() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let mut runner = TestRunner::new(Config { cases: 6, failure_persistence: None, ..Config::default() });
    let rows = prop::collection::vec((0..6_u8, any::<u8>()), 1..14);
    let cuts = prop::collection::vec(0..4_usize, 1..5);
    let law = runner.run(&(rows, 1..6_u32, cuts), |(rows, batch_size, cuts)| {
        runtime.block_on(async {
            let text = file(&rows);
            let options = ImportOptions { batch_size, execute: true, ..on_duplicate(OnDuplicate::Update) };
            let whole = Company::new().await;
            let view = whole.import(&text, options.clone()).await;
            let expected = end(&whole, &view.id).await;

            let mut company = Company::new().await;
            let staged = company.stage(&text, options).await;
            company.engine.core().imports.lock().unwrap().insert(id(&staged));
            company.approve(&staged.change.clone().unwrap()).await;
            for steps in cuts {
                if company.view(&staged.id).await.state != "running" {
                    break;
                }
                let mut run = Run::ready(&company.engine, id(&staged)).await;
                let mut left = steps;
                while left > 0 && run.step().await.unwrap() {
                    left -= 1;
                }
                drop(run);
                company.restart();
                company.engine.core().imports.lock().unwrap().insert(id(&staged));
            }
            company.restart();
            company.engine.resume_imports().await.unwrap();
            assert_eq!(end(&company, &staged.id).await, expected);
            assert_eq!(company.engine.verify().unwrap().faults, Vec::<String>::new());
        });
        Ok(())
    });
    law.unwrap();
}
