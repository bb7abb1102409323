//! Validation and staging.

use kith_domain::access::Role;
use kith_domain::import::OnDuplicate;
use kith_domain::refusal::RefusalKind;

use super::company::{Company, on_duplicate};
use crate::import::sealed::Drawer;
use crate::import::{FILE, ImportOptions};

const GOOD: &str = "external_id,name,email\nA1,Acme,ap@acme.example\nB2,Bolt,ap@bolt.example\n";

fn skip() -> ImportOptions {
    on_duplicate(OnDuplicate::Skip)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fault_is_named_with_its_row_and_column() {
    let company = Company::new().await;
    let text = "external_id,name,email,payment terms,vat number\n\
                A1,\"Acme\nCorporation\",ap@acme.example,NET30,\n\
                \n\
                B2,Bolt,not an address,NET30,\n\
                C3,,ap@cole.example,NET31,\n\
                D4,Dune,ap@dune.example,NET30,DE136695977\n";
    let view = company.stage(text, skip()).await;
    assert_eq!((view.counts.rows, view.counts.valid, view.counts.invalid), (4, 0, 4));
    let found: Vec<(u64, &str, &str)> =
        view.errors.iter().map(|fault| (fault.row, fault.column.as_str(), fault.code.as_str())).collect();
    assert_eq!(
        found,
        [
            (2, "name", "name_invalid"),
            (4, "email", "email_invalid"),
            (5, "name", "name_missing"),
            (5, "payment terms", "payment_terms_unknown"),
            (6, "vat number", "identifier_check_digit"),
        ]
    );
    assert_eq!(view.state, "validated");
    assert_eq!(view.change, None);
    let terms = view.mapping.iter().find(|column| column.column == "payment terms").unwrap();
    assert_eq!(
        (terms.field.as_deref(), terms.samples.as_slice()),
        (Some("payment_terms"), &["NET30".to_owned(), "NET31".to_owned()][..])
    );
    let levels: Vec<&str> = view.errors.iter().map(|fault| fault.level.as_str()).collect();
    assert_eq!(levels, ["field", "field", "field", "reference", "field"]);
    assert_eq!(view.errors[3].suggestion.as_deref(), Some("NET30"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_file_is_the_same_import() {
    let company = Company::new().await;
    let first = company.stage(GOOD, skip()).await;
    let again = company.stage(GOOD, skip()).await;
    assert_eq!(first, again);
    let other = company.stage(GOOD, on_duplicate(OnDuplicate::Update)).await;
    assert_ne!(first.id, other.id);
    let finished = company.import(GOOD, skip()).await;
    assert_eq!((finished.id.as_str(), finished.counts.created), (first.id.as_str(), 2));
    let after = company.stage(GOOD, ImportOptions { execute: true, ..skip() }).await;
    assert_eq!((after.id, after.state.as_str()), (first.id, "finished"));
    assert_eq!(company.accounts(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_no_longer_holds_is_made_anew() {
    let company = Company::new().await;
    let text = "name,email,account manager\nAcme,ap@acme.example,Nora New\n";
    let before = company.stage(text, skip()).await;
    assert_eq!(before.counts.invalid, 1);
    company.person("Nora New", Role::AccountManager, None).await;
    let after = company.stage(text, skip()).await;
    assert_eq!(after.counts.invalid, 0);
    assert_ne!(before.id, after.id);
    assert_eq!(company.stage(text, skip()).await.id, after.id);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_brings_the_same_import_and_no_other_file() {
    let company = Company::new().await;
    let keyed = || ImportOptions { key: Some("k1".to_owned()), ..skip() };
    let first = company.stage(GOOD, keyed()).await;
    assert_eq!(company.stage(GOOD, keyed()).await.id, first.id);
    let refusal = company.try_stage(&company.ops, "name,email\nX,x@x.example\n", keyed()).await.unwrap_err();
    assert_eq!(refusal.code, "idempotency_key_reused");
    assert_eq!(std::fs::read_dir(company.data().join("imports")).unwrap().count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_refused_and_leaves_nothing() {
    let company = Company::new().await;
    let refused = [
        ("", "import.csv.empty"),
        ("name,email\nAcme,\"ap@acme.example\n", "import.csv.unclosed_quote"),
        ("PK\u{3}\u{4}\u{14}\u{0}\u{6}\u{0}", "import.xlsx.damaged"),
        ("%PDF-1.7", "import.csv.not_text"),
    ];
    for (text, code) in refused {
        let file = company.spooled(text);
        let refusal =
            company.engine.import_stage(&company.ops, file.clone(), skip()).await.unwrap().unwrap_err();
        assert_eq!((refusal.kind, refusal.code.as_str()), (RefusalKind::Unprocessable, code));
        assert!(!file.path.exists(), "the spooled file is removed");
    }
    assert!(!company.data().join("imports").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn parameters_that_do_not_fit_are_refused() {
    let company = Company::new().await;
    let cases = [
        (ImportOptions { entity: Some("XX".to_owned()), ..skip() }, "import.entity_unknown"),
        (ImportOptions { source_system: Some("My ERP".to_owned()), ..skip() }, "import.system_invalid"),
        (ImportOptions { map: Some("sapient".to_owned()), ..skip() }, "import.map_unknown"),
        (
            ImportOptions { map: Some("{\"columns\":{\"Nope\":\"name\"}}".to_owned()), ..skip() },
            "import.map_invalid",
        ),
        (ImportOptions { batch_size: 0, ..skip() }, "import.invalid"),
    ];
    for (options, code) in cases {
        assert_eq!(company.try_stage(&company.ops, GOOD, options).await.unwrap_err().code, code);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_not_is_refused() {
    let company = Company::new().await;
    let viewer = company.person("Vera Viewer", Role::Viewer, None).await;
    assert_eq!(company.try_stage(&viewer, GOOD, skip()).await.unwrap_err().code, "access.denied");
    let staged = company.stage(GOOD, skip()).await;
    let view = company.engine.import_view(&viewer, &staged.id, None).await.unwrap().unwrap_err();
    assert_eq!(view.code, "access.denied");
    for unknown in ["imp_0198b2c4d5e67f8091a2b3c4d5e6f708", "acc_1", ""] {
        let view = company.engine.import_view(&company.ops, unknown, None).await.unwrap().unwrap_err();
        assert_eq!((view.kind, view.code.as_str()), (RefusalKind::NotFound, "import.not_found"));
        let execute = company.engine.import_execute(&company.ops, unknown).await.unwrap().unwrap_err();
        assert_eq!(execute.code, "import.not_found");
    }
    let european = company.person("Eva Europe", Role::Ops, Some("EU")).await;
    let view = company.engine.import_view(&european, &staged.id, None).await.unwrap().unwrap_err();
    assert_eq!(view.code, "import.not_found");
    let foreign = company.try_stage(&european, GOOD, skip()).await.unwrap();
    assert!(foreign.id != staged.id && foreign.counts.valid == 0, "another's file, and another's rights");
    let text = "name,email,owning entity\nAcme,ap@acme.example,US\nBolt,ap@bolt.example,EU\n";
    let own = company.try_stage(&european, text, skip()).await.unwrap();
    assert_eq!((own.counts.valid, own.errors.first().unwrap().code.as_str()), (1, "entity_forbidden"));
}

#[tokio::test(flavor = "multi_thread")]
async fn repeated_records_are_found_in_the_file_and_on_record() {
    let company = Company::new().await;
    company.import(GOOD, skip()).await;
    let text = "external_id,name,email,vat number\n\
                A1,Acme again,other@acme.example,\n\
                Z9,Bolt in other words,AP@bolt.example,\n\
                N1,New,hi@new.example,DE136695976\n\
                N2,New as well,hi@newer.example,DE136695976\n";
    let view = company.stage(text, skip()).await;
    assert_eq!((view.counts.valid, view.counts.duplicates), (4, 3));
    let pairs: Vec<(u64, &str)> = view.duplicates.iter().map(|pair| (pair.row, pair.by.as_str())).collect();
    assert_eq!(pairs, [(2, "external_id"), (3, "email"), (5, "tax_id")]);
    assert_eq!(view.duplicates.last().unwrap().of, "row 4");
    assert!(view.duplicates.first().unwrap().of.starts_with("acc_"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_lies_in_the_clear() {
    let company = Company::new().await;
    let text = "name,email\nAcme,secret-person@acme.example\nBolt,broken secret-person\n";
    let staged = company.stage(text, skip()).await;
    assert_eq!(staged.errors.first().unwrap().value, "broken secret-person");
    for entry in std::fs::read_dir(company.data().join("imports").join(&staged.id)).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains("secret-person"));
    }
    let integration = company.person("Ina Integration", Role::Integration, None).await;
    let view = company.engine.import_view(&integration, &staged.id, None).await.unwrap().unwrap();
    assert_eq!(view.errors.first().unwrap().value, "", "another program reads no cells");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_file_comes_back_whole_or_not_at_all() {
    let company = Company::new().await;
    let drawer = Drawer::new(company.engine.store(), super::company::id(&company.stage(GOOD, skip()).await));
    for length in [0_usize, 1, (1 << 20) - 1024, (1 << 20) - 1023, 5_000_000] {
        let bytes: Vec<u8> = (0..length).map(|at| u8::try_from(at % 251).unwrap()).collect();
        drawer.put(FILE, bytes.as_slice()).unwrap();
        assert_eq!(drawer.get(FILE).unwrap(), bytes);
    }
    let path = drawer.path(FILE);
    let whole = std::fs::read(&path).unwrap();
    for cut in [4, 5_000, (1 << 20) - 1024 + 28 + 8, whole.len() - 1] {
        std::fs::write(&path, &whole[..cut]).unwrap();
        assert!(drawer.get(FILE).is_err(), "cut at {cut}");
    }
}
