//! Feeds: files that are posted, and files that are put into folders.

use kith_api::request::FeedSave;

use super::company::Company;
use crate::import::Watched;

const FILE: &str = "id,name,email\nA1,Acme,ap@acme.example\nB2,Bolt,broken\n";

fn feed() -> FeedSave {
    FeedSave {
        name: "acme-erp".to_owned(),
        source_system: Some("acme".to_owned()),
        entity: Some("US".to_owned()),
        on_duplicate: Some("update".to_owned()),
        watched: true,
        ..FeedSave::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_sent_to_a_feed_is_imported_as_the_feed_says() {
    let company = Company::new().await;
    let saved = company.engine.feed_save(&company.ops, feed()).await.unwrap().unwrap();
    assert_eq!(
        (saved.endpoint.as_str(), saved.options.on_duplicate.as_str()),
        ("/api/v1/feeds/acme-erp", "update")
    );
    let send = async || {
        let file = company.spooled(FILE);
        company.engine.feed_send(&company.ops, "acme-erp", (file, None)).await.unwrap().unwrap()
    };
    let view = send().await;
    assert_eq!(
        (view.state.as_str(), view.feed.as_deref(), view.source_system.as_deref()),
        ("waiting", Some("acme-erp"), Some("acme"))
    );
    assert_eq!(send().await.id, view.id, "the same file is the same import");
    let wrong = FeedSave {
        name: "No".to_owned(),
        entity: Some("XX".to_owned()),
        on_duplicate: Some("x".to_owned()),
        ..feed()
    };
    let refusal = company.engine.feed_save(&company.ops, wrong).await.unwrap().unwrap_err();
    let places: Vec<&str> = refusal.fields.iter().map(|fault| fault.pointer.as_str()).collect();
    assert_eq!(places.len(), 3, "{places:?}");
    company.engine.feed_delete(&company.ops, "acme-erp").await.unwrap().unwrap();
    let gone = company.engine.feed(&company.ops, "acme-erp").await.unwrap().unwrap_err();
    assert_eq!(gone.code, "feed.not_found");
    let again = company.engine.feed_save(&company.ops, feed()).await.unwrap().unwrap();
    assert_ne!(again.id, saved.id, "the name is free again");
}

fn names(folder: &std::path::Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_in_a_folder_is_taken_once_it_stands_still() {
    let company = Company::new().await;
    let folder = company.data().join("incoming");
    company.engine.watch(Watched { folder: folder.clone(), name: "acme".to_owned() }).await.unwrap();
    std::fs::write(
        folder.join("a.csv"),
        FILE.replace("name", "name,owning entity").replace("A1,Acme", "A1,Acme,US"),
    )
    .unwrap();
    std::fs::write(folder.join("b.csv.part"), FILE).unwrap();
    std::fs::write(folder.join("c.csv"), "no,customers\n1,2\n").unwrap();
    let look = async || company.engine.look_into_folders().await.unwrap();
    look().await;
    assert!(folder.join("a.csv").exists(), "it may still grow");
    std::fs::write(folder.join("c.csv"), "no,customers at all\n1,2\n3,4\n").unwrap();
    look().await;
    assert_eq!((folder.join("a.csv").exists(), folder.join("c.csv").exists()), (false, true));
    look().await;
    assert_eq!(names(&folder), ["b.csv.part", "done", "failed"]);
    let (done, failed) = (names(&folder.join("done")), names(&folder.join("failed")));
    assert!(done[0].ends_with("-a.csv") && done[1].ends_with("-a.csv.report.json"), "{done:?}");
    assert!(failed[0].ends_with("-c.csv") && failed.len() == 2, "{failed:?}");
    let report: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder.join("done").join(&done[1])).unwrap()).unwrap();
    assert_eq!((&report["state"], &report["counts"]["invalid"]), (&"waiting".into(), &1.into()));
    let imports = company.engine.imports(&company.ops, (None, None), 9).await.unwrap().unwrap();
    assert_eq!(imports.items.len(), 2);
}
