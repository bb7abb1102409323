//! What came with the wider import: contacts, policies of updating, saved mappings, pages of faults, the error file.

use kith_api::view::ImportView;
use kith_domain::account::Account;
use kith_domain::import::{EmptyMeans, OnDuplicate, UpdatePolicy};
use kith_domain::mapping::Rules;

use super::company::{Company, on_duplicate};
use crate::import::similar::{Names, alike, bare};
use crate::import::{FaultPage, ImportFile, ImportOptions};

fn update() -> ImportOptions {
    on_duplicate(OnDuplicate::Update)
}

const FIRST: &str =
    "external_id,name,email,phone,industry,notes\nA1,Acme,ap@acme.example,+1 312 555 0100,,first\n";

#[tokio::test(flavor = "multi_thread")]
async fn only_blanks_are_filled_where_that_is_the_policy() {
    let company = Company::new().await;
    company.import(FIRST, update()).await;
    let second = "external_id,name,email,phone,industry,notes\nA1,Other,ap@acme.example,+1 312 555 0199,steel,second\n";
    let view = company
        .import(second, ImportOptions { update_policy: UpdatePolicy::FillBlankOnly, ..update() })
        .await;
    assert_eq!((view.counts.updated, view.options.update_policy.as_str()), (1, "fill_blank_only"));
    let acme = company.account("external:erp:A1").await;
    assert_eq!((acme.name.as_str(), acme.industry.as_deref()), ("Acme", Some("steel")));
    assert_eq!(acme.notes.unwrap().get().unwrap(), "first");
}

#[tokio::test(flavor = "multi_thread")]
async fn empty_cells_clear_where_that_is_their_meaning() {
    let company = Company::new().await;
    company.import(FIRST, update()).await;
    let second = "external_id,name,email,phone,notes\nA1,Acme,ap@acme.example,,\n";
    company.import(second, update()).await;
    assert!(company.account("external:erp:A1").await.phone.is_some());
    company.import(second, ImportOptions { empty_means: EmptyMeans::Clear, ..update() }).await;
    let acme = company.account("external:erp:A1").await;
    assert_eq!((acme.phone.is_none(), acme.notes.is_none(), acme.name.as_str()), (true, true, "Acme"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_column_of_the_ids_can_be_named() {
    let company = Company::new().await;
    let text = "No,id,name,email\n77,x,Acme,ap@acme.example\n";
    let named = ImportOptions { external_id_column: Some("no".to_owned()), ..update() };
    company.import(text, named.clone()).await;
    assert_eq!(company.account("external:erp:77").await.name, "Acme");
    let missing = ImportOptions { external_id_column: Some("Nr".to_owned()), ..named };
    let refusal = company.try_stage(&company.ops, text, missing).await.unwrap_err();
    assert_eq!(
        (refusal.code.as_str(), refusal.fields[0].pointer.as_str()),
        ("import.column_unknown", "/external_id_column")
    );
}

const PEOPLE: &str = "Id,AccountId,FirstName,LastName,Email,Title\nC1,A1,Ann,Lee,ann@acme.example,Buyer\n\
                      C2,A1,Bob,Ray,bob@acme.example,\nC3,A9,Eve,Fox,eve@fox.example,\n";

#[tokio::test(flavor = "multi_thread")]
async fn people_come_to_the_accounts_on_record() {
    let company = Company::new().await;
    company.import(FIRST, update()).await;
    let options = || ImportOptions { map: Some("salesforce".to_owned()), ..on_duplicate(OnDuplicate::Skip) };
    let view = company.import(PEOPLE, options()).await;
    assert_eq!((view.counts.updated, view.counts.failed, view.counts.invalid), (2, 1, 1));
    assert_eq!(
        (view.errors[0].code.as_str(), view.errors[0].level.as_str()),
        ("account_unknown", "reference")
    );
    let names = |account: &Account| {
        account.contacts.iter().map(|contact| contact.name.get().unwrap().clone()).collect::<Vec<_>>()
    };
    let acme = company.account("external:erp:A1").await;
    assert_eq!(names(&acme), ["Ann Lee", "Bob Ray"]);
    let again = PEOPLE.replace("Buyer", "Head buyer");
    assert_eq!(company.import(&again, options()).await.counts.skipped, 2);
    let options = ImportOptions { on_duplicate: OnDuplicate::Update, ..options() };
    assert_eq!(company.import(&again, options).await.counts.updated, 1, "Bob is as he was");
    let acme = company.account("external:erp:A1").await;
    assert_eq!(acme.contacts[0].title.as_ref().unwrap().get().unwrap(), "Head buyer");
    assert_eq!(acme.contacts.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn people_of_an_export_come_with_its_accounts() {
    let company = Company::new().await;
    let accounts = company.spooled("Id,Name,BillingCity,OwnerId\nA1,Acme,,\n");
    let people = accounts.path.with_file_name("people.csv");
    std::fs::write(&people, PEOPLE).unwrap();
    let file = ImportFile { contacts: vec![people.clone()], ..accounts };
    let options = ImportOptions { execute: true, ..on_duplicate(OnDuplicate::Skip) };
    let view = company.engine.import_stage(&company.ops, file, options).await.unwrap().unwrap();
    assert_eq!((view.counts.invalid, people.exists()), (0, false));
    company.approve(&view.change.unwrap()).await;
    company.ended(&view.id).await;
    let acme = company.account("external:erp:A1").await;
    assert_eq!((acme.email.get().unwrap().as_str(), acme.contacts.len()), ("ann@acme.example", 2));
}

async fn page(
    company: &Company,
    view: &ImportView,
    level: Option<&str>,
    limit: usize,
    cursor: Option<String>,
) -> ImportView {
    let page = FaultPage { level: level.map(str::to_owned), limit, cursor };
    company.engine.import_view(&company.ops, &view.id, Some(page)).await.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_are_read_in_pages_and_by_level() {
    let company = Company::new().await;
    let mut text = "name,email,payment terms\n".to_owned();
    for row in 0..25 {
        text.push_str(&format!(
            "Customer {row},{},NET31\n",
            if row % 5 == 0 { "broken" } else { "a@b.example" }
        ));
    }
    let view = company.stage(&text, update()).await;
    assert_eq!((view.levels["reference"], view.levels["field"], view.codes["email_invalid"]), (25, 5, 5));
    let first = page(&company, &view, Some("reference"), 10, None).await;
    assert_eq!((first.errors.len(), first.has_more, first.errors[0].row), (10, true, 2));
    let last = page(&company, &view, Some("reference"), 20, first.next_cursor).await;
    assert_eq!((last.errors.len(), last.has_more, last.errors[14].row), (15, false, 26));
    let asked = FaultPage { level: Some("grave".to_owned()), limit: 1, cursor: None };
    let refusal = company.engine.import_view(&company.ops, &view.id, Some(asked)).await.unwrap().unwrap_err();
    assert_eq!(refusal.fields[0].pointer, "/level");
}

async fn error_file(company: &Company, id: &str) -> String {
    let mut pieces = company.engine.import_errors(&company.ops, id).await.unwrap().unwrap();
    let mut text = Vec::new();
    while let Some(piece) = pieces.recv().await {
        text.extend(piece.unwrap());
    }
    String::from_utf8(text).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_error_file_has_the_rows_to_mend() {
    let company = Company::new().await;
    let text = "name,email,note\nAcme,ap@acme.example,fine\n\n=cmd(),broken,\"a \"\"b\"\", c\"\nBolt,ap@bolt.example,\n,,\n";
    let staged = company.stage(text, update()).await;
    let expected = "name,email,note,kith_row,kith_code,kith_message\r\n\
                    '=cmd(),broken,\"a \"\"b\"\", c\",4,email_invalid,email: This is no e-mail address.\r\n\
                    ,,,6,name_missing; email_missing,name: Every account needs a name. | email: Every account needs an e-mail address.\r\n";
    assert_eq!(error_file(&company, &staged.id).await, expected);
    let view = company.import(text, update()).await;
    assert_eq!((view.counts.created, view.counts.failed), (2, 2));
    assert_eq!(error_file(&company, &view.id).await, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn cells_without_a_header_stand_after_what_the_error_file_says_of_the_row() {
    let company = Company::new().await;
    let staged = company.stage("name,email\nAcme,ap@acme.example,more,still more\n", update()).await;
    let lines = error_file(&company, &staged.id).await;
    let (header, row) = lines.split_once("\r\n").unwrap();
    assert_eq!(header, "name,email,kith_row,kith_code,kith_message");
    assert!(row.starts_with("Acme,ap@acme.example,2,too_many_cells,"), "{row}");
    assert!(row.ends_with(",more,still more\r\n"), "{row}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_saved_mapping_reads_the_files_of_its_system() {
    let company = Company::new().await;
    let pairs =
        |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    let rules = Rules {
        name: "Ours".to_owned(),
        system: Some("ours".to_owned()),
        columns: pairs(&[("A", "external_id"), ("B", "name"), ("C", "email"), ("D", "payment_terms")]),
        constants: pairs(&[("owning_entity", "US")]),
        values: [("payment_terms".to_owned(), pairs(&[("Z030", "NET30")]))].into(),
        ..Rules::default()
    };
    let saved = company.engine.mapping_save(&company.ops, (None, rules.clone())).await.unwrap().unwrap();
    let options = ImportOptions { mapping_id: Some(saved.id.parse().unwrap()), ..ImportOptions::default() };
    let view = company.import("A,B,C,D\n7,Acme,ap@acme.example,z030\n", options.clone()).await;
    assert_eq!((view.counts.created, view.options.mapping_id.as_deref()), (1, Some(saved.id.as_str())));
    assert_eq!(company.account("external:ours:7").await.payment_terms.as_deref(), Some("NET30"));
    let wrong = Rules { constants: pairs(&[("colour", "red")]), ..rules };
    let refusal = company.engine.mapping_save(&company.ops, (None, wrong)).await.unwrap().unwrap_err();
    assert_eq!(refusal.fields[0].pointer, "/constants");
    company.engine.mapping_delete(&company.ops, &saved.id).await.unwrap().unwrap();
    assert_eq!(company.engine.mappings(&company.ops).await.unwrap().unwrap().items.len(), 0);
    let refusal = company.try_stage(&company.ops, "A\n1\n", options).await.unwrap_err();
    assert_eq!(refusal.code, "mapping.not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn names_alike_are_remarked_on() {
    let company = Company::new().await;
    company.import("name,email\nHalden Dairy Ltd,ap@halden.example\n", update()).await;
    let text = "name,email\nHalden Dairies Limited,hi@other.example\nNorvane Iberia,a@norvane.example\nNorvane Iberica SA,b@norvane.example\n";
    let view = company.stage(text, update()).await;
    let found: Vec<_> = view.duplicates.iter().map(|pair| (pair.row, pair.by.as_str(), pair.exact)).collect();
    assert_eq!(
        found,
        [(2, "name", false), (4, "likeness", false)],
        "the mail's domain says more than the name"
    );
    assert_eq!((view.counts.valid, view.counts.duplicates, view.codes["name_similar"]), (3, 0, 1));
    assert_eq!(view.duplicates[1].of, "row 3");
}

#[tokio::test(flavor = "multi_thread")]
async fn imports_are_listed_newest_first() {
    let company = Company::new().await;
    company.stage("name,email\nAcme,a@acme.example\n", update()).await;
    let last = company.import("name,email\nBolt,b@bolt.example\n", update()).await;
    let page = company.engine.imports(&company.ops, (None, None), 1).await.unwrap().unwrap();
    assert_eq!(
        (page.items[0].id.as_str(), page.items[0].counts.created, page.has_more),
        (last.id.as_str(), 1, true)
    );
    let rest = company.engine.imports(&company.ops, (None, page.next_cursor), 9).await.unwrap().unwrap();
    assert_eq!((rest.items.len(), rest.items[0].state.as_str()), (1, "validated"));
    assert_eq!(rest.items[0].file_name.as_deref(), Some("customers.csv"));
}

#[test]
fn names_alike_are_met_once_they_were_read() {
    let mut names = Names::default();
    assert_eq!(names.meet(2, &bare("Halden Dairy Ltd")), None);
    assert_eq!(names.meet(3, &bare("Halden Dairies Limited")), Some(2));
    assert_eq!(names.meet(4, &bare("Norvane Iberia")), None);
}

#[test]
fn numbers_tell_names_apart() {
    assert!(!alike("customer 12", "customer 13") && alike("bolt works", "bolt work"));
    assert_eq!(bare("The Acme Company, Inc."), "acme");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entity_has_its_own_values_from_columns_of_their_own() {
    let company = Company::new().await;
    let file = |limit: &str| {
        format!(
            "external_id,name,email,credit_limit,override.EU.credit_limit\n1,Acme,a@acme.example,100000,{limit}\n"
        )
    };
    let own = |account: &Account| {
        let own = account.overrides.get(&"EU".parse().unwrap()).and_then(|own| own.credit_limit.clone());
        own.and_then(|own| own.value().map(|money| (money.minor, money.currency.code().to_owned())))
    };
    let view = company.import(&file("80000"), update()).await;
    assert_eq!(view.counts.created, 1, "{view:?}");
    let account = company.account("external:erp:1").await;
    assert_eq!(own(&account), Some((8_000_000, "EUR".to_owned())));
    assert_eq!(account.credit_limit.map(|money| money.minor), Some(10_000_000));
    let view = company.import(&file("90000"), update()).await;
    assert_eq!(view.counts.updated, 1, "{view:?}");
    assert_eq!(own(&company.account("external:erp:1").await), Some((9_000_000, "EUR".to_owned())));
    let blank = ImportOptions { update_policy: UpdatePolicy::FillBlankOnly, ..update() };
    company.import(&file("95000"), blank).await;
    assert_eq!(own(&company.account("external:erp:1").await), Some((9_000_000, "EUR".to_owned())));
    let wrong =
        "name,email,override.XX.credit_limit,dimension.colour,custom.rank\nBolt,b@bolt.example,5 USD,red,1\n";
    let view = company.stage(wrong, update()).await;
    let columns: Vec<&str> = view.errors.iter().map(|fault| fault.column.as_str()).collect();
    assert!(columns.contains(&"dimension.colour") && columns.contains(&"custom.rank"), "{:?}", view.errors);
    assert_eq!(view.counts.invalid, 1);
}
