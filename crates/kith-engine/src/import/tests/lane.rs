//! The lane of a file: what a single row would have to go through, the file has to.

use kith_domain::access::Role;
use kith_domain::approval::Change;
use kith_domain::import::OnDuplicate;
use kith_domain::policy::Lane;

use super::company::{Company, on_duplicate};
use crate::import::ImportOptions;
use crate::noun::load;

/// The lane, the steps and the reasons of the change that carries a file.
async fn judged(company: &Company, text: &str) -> (Lane, Vec<Role>, Vec<String>) {
    let options = ImportOptions { execute: true, ..on_duplicate(OnDuplicate::Skip) };
    let id = company.stage(text, options).await.change.unwrap();
    let change = company.engine.store().read(move |reader| load::<Change>(reader, &id)).await.unwrap().state;
    let reasons = change.reasons.iter().map(|reason| reason.code.clone()).collect();
    (change.lane, change.steps.iter().map(|step| step.role).collect(), reasons)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_above_a_million_raises_the_lane_of_its_file() {
    let company = Company::new().await;
    let header = "name,email,credit_limit,currency\n";
    let below = format!("{header}Acme,a@acme.example,1000000,USD\nBolt,b@bolt.example,20,USD\n");
    let (_, _, reasons) = judged(&company, &below).await;
    assert!(!reasons.contains(&"over_million".to_owned()), "{reasons:?}");
    assert!(reasons.contains(&"sensitive_field".to_owned()), "{reasons:?}");
    let above = format!("{header}Cask,c@cask.example,20,USD\nDale,d@dale.example,1000000.01,USD\n");
    let (lane, steps, reasons) = judged(&company, &above).await;
    assert!(reasons.contains(&"over_million".to_owned()), "{reasons:?}");
    assert_eq!((lane, steps), (Lane::Red, vec![Role::Manager, Role::Controller, Role::Cfo]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_touches_nothing_sensitive_says_so() {
    let company = Company::new().await;
    let (_, _, reasons) = judged(&company, "name,email\nAcme,a@acme.example\n").await;
    assert!(!reasons.contains(&"sensitive_field".to_owned()), "{reasons:?}");
}
