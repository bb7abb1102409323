//! Tests of verifying: damage is planted in the stored bytes, and found where it is.

use kith_domain::account::Command as AccountCommand;
use kith_domain::command::Command;
use kith_domain::value::{NoteId, Personal};
use kith_store::Location;
use serde_json::json;

use super::{House, on_each};
use crate::Engine;

/// Changes the stored bytes while nobody has them open.
fn plant(house: &House, sql: &str) {
    match &house.location {
        Location::Sqlite(dir) => {
            let connection = rusqlite::Connection::open(dir.join("kith.db")).unwrap();
            assert!(connection.execute(sql, []).unwrap() > 0, "{sql}");
        }
        // Its client has a runtime of its own, which none may stand around.
        Location::Postgres { url, .. } => std::thread::scope(|scope| {
            let planting = scope.spawn(|| {
                let mut client = postgres::Client::connect(url, postgres::NoTls).unwrap();
                assert!(client.execute(sql, &[]).unwrap() > 0, "{sql}");
            });
            planting.join().unwrap();
        }),
    }
}

async fn faults(engine: &Engine) -> Vec<String> {
    let engine = engine.clone();
    tokio::task::spawn_blocking(move || engine.verify()).await.unwrap().unwrap().faults
}

/// An account, a touchpoint with personal members about it, and a note.
async fn furnish(house: &House) {
    let id = house.account("Acme", "1", json!({})).await;
    let event = json!({"specversion": "1.0", "id": "v-1", "source": "/erp", "type": "io.kith.portal.login",
        "time": "2026-11-20T00:00:00Z", "subject": "external:erp:1", "data": {"user": "zoe"}});
    assert_eq!(house.ingest(&[event]).await.accepted, 1);
    let command = AccountCommand::AddNote {
        id: NoteId(house.engine.new_uuid().unwrap()),
        text: Personal::new(id, "Called.".to_owned()),
    };
    house.done(&house.admin, Command::Account { id, command }).await;
}

#[test]
fn damage_is_found_where_it_was_planted() {
    for (sql, found) in [
        ("UPDATE touchpoint SET sealed = NULL", "touchpoint 1 is not what was stored"),
        ("UPDATE touchpoint SET clear = '{}'", "touchpoint 1 is not what was stored"),
        ("UPDATE touchpoint SET at_ms = at_ms + 1", "touchpoint 1 is not what was stored"),
        ("DELETE FROM account_key WHERE kind = 'external'", "is not found by its key of kind external"),
        ("UPDATE account_key SET kind = 'tax' WHERE kind = 'email'", "is found by a strange key of kind tax"),
        (
            "UPDATE account_key SET sole = 0 WHERE kind = 'external'",
            "is not found by its key of kind external",
        ),
        ("UPDATE note SET body = '{}'", "is not what its record says"),
        ("DELETE FROM note", "is missing"),
    ] {
        on_each(|house| async move {
            furnish(&house).await;
            assert_eq!(faults(&house.engine).await, Vec::<String>::new());
            house.engine.close();
            plant(&house, sql);
            let house = house.reopen().await;
            let told = faults(&house.engine).await;
            assert!(told.iter().any(|fault| fault.contains(found)), "{sql}: {told:?}");
        });
    }
}
