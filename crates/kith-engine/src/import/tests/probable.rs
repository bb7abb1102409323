//! Rows that are probably there already: found, explained, decided one by one.

use std::collections::BTreeMap;

use kith_domain::import::{Decision, OnDuplicate};

use super::company::{Company, on_duplicate};
use crate::import::{ImportOptions, Restage};

const HEADER: &str = "external_id,name,email,phone,street,city,postal_code,country\n";
const NORDWIND: &str =
    "1,Nordwind Logistik GmbH,info@nordwind.example,+49 40 1234567,Am Kai 3,Hamburg,20457,DE\n";

fn options() -> ImportOptions {
    on_duplicate(OnDuplicate::Skip)
}

fn file(rows: &[&str]) -> String {
    format!("{HEADER}{}", rows.concat())
}

/// A company with Nordwind on record, and a file with two that are probably Nordwind, one of each kind.
async fn staged() -> (Company, kith_api::view::ImportView) {
    let company = Company::new().await;
    company.import(&file(&[NORDWIND]), options()).await;
    let view = company
        .stage(
            &file(&[
                "7,NORDWIND Logistik Gesellschaft mbH,sales@nordwind.example,040 1234567,Am Kai 3,Hamburg,20457,DE\n",
                "8,Zebra Timber Ltd,office@zebra.example,+44 20 7946 0018,High St 1,London,N1 1AA,GB\n",
                "9,Zebra Timber Limited,hello@zebra.example,+44 20 7946 0018,High Street 1,London,N1 1AA,GB\n",
                "10,Bolt Works,hi@bolt.example,,,,,US\n",
            ]),
            options(),
        )
        .await;
    (company, view)
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_that_are_probably_there_are_told_with_the_reason() {
    let (company, view) = staged().await;
    let nordwind = company.account("external:erp:1").await;
    let found: Vec<(u64, &str, &str)> =
        view.duplicates.iter().map(|pair| (pair.row, pair.of.as_str(), pair.by.as_str())).collect();
    assert_eq!(found, [(2, nordwind.id.to_string().as_str(), "likeness"), (4, "row 3", "likeness")]);
    for pair in &view.duplicates {
        assert!(pair.probability.unwrap() >= 0.99, "{pair:?}");
        let sum: f64 = pair.waterfall.iter().map(|step| step.weight).sum();
        assert!((pair.prior_weight.unwrap() + sum - pair.weight.unwrap()).abs() < 0.01, "{pair:?}");
    }
    let closed = view.duplicates[0].waterfall.iter().find(|step| step.field == "phone").unwrap();
    assert_eq!(closed.right, "", "what is on record of a person is not told");
    assert_eq!(view.codes["probable_duplicate"], 2);
    assert_eq!((view.counts.valid, view.counts.invalid), (4, 0), "a remark keeps no row out");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_decides_about_single_rows() {
    let (company, view) = staged().await;
    let nordwind = company.account("external:erp:1").await;
    let decisions = BTreeMap::from([(2, Decision::Update(nordwind.id)), (4, Decision::Skip)]);
    let restage = Restage { decisions, ..Restage::default() };
    let again = company.engine.import_restage(&company.ops, &view.id, restage).await.unwrap().unwrap();
    assert_ne!(again.id, view.id);
    assert_eq!(again.options.decisions[&2], nordwind.id.to_string());
    let decided: Vec<Option<&str>> = again.duplicates.iter().map(|pair| pair.decision.as_deref()).collect();
    assert_eq!(decided, [Some(nordwind.id.to_string().as_str()), Some("skip")]);
    let restage = Restage { decisions: [(5, Decision::Create)].into(), ..Restage::default() };
    let last = company.engine.import_restage(&company.ops, &again.id, restage).await.unwrap().unwrap();
    assert_eq!(last.options.decisions.len(), 3, "what was decided before still holds");
    let waiting = company.engine.import_execute(&company.ops, &last.id).await.unwrap().unwrap();
    company.approve(&waiting.change.unwrap()).await;
    let done = company.ended(&last.id).await;
    let counts = done.counts;
    assert_eq!((counts.created, counts.updated, counts.skipped, counts.failed), (2, 1, 1, 0), "{done:?}");
    assert_eq!(company.accounts(), 3);
    let after = company.account("external:erp:1").await;
    assert_eq!(after.email.get().map(String::as_str), Some("sales@nordwind.example"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suggestion_is_taken_for_every_row_with_the_value() {
    let company = Company::new().await;
    let text = "name,email,payment_terms\nAcme,a@acme.example,thirty\nBolt,b@bolt.example,Thirty\n";
    let view = company.stage(text, options()).await;
    assert_eq!(view.counts.invalid, 2, "{view:?}");
    let words = BTreeMap::from([("thirty".to_owned(), "NET30".to_owned())]);
    let restage = Restage { values: [("payment_terms".to_owned(), words)].into(), ..Restage::default() };
    let again = company.engine.import_restage(&company.ops, &view.id, restage).await.unwrap().unwrap();
    assert_eq!((again.counts.valid, again.counts.invalid), (2, 0), "{again:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_is_not_there_cannot_be_updated() {
    let (company, view) = staged().await;
    let nobody = "acc_0198b2c4d5e67f8091a2b3c4d5e6f7ff".parse().unwrap();
    let restage = Restage { decisions: [(3, Decision::Update(nobody))].into(), ..Restage::default() };
    let again = company.engine.import_restage(&company.ops, &view.id, restage).await.unwrap().unwrap();
    assert_eq!((again.errors[0].row, again.errors[0].code.as_str()), (3, "account_unknown"));
}
