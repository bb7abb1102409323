//! Databases are empty, separate and gone afterwards.

use postgres::{Client, NoTls};

use super::{SERVER, fresh_database, with_database};

#[test]
fn database_replaces_the_path_and_keeps_the_query() {
    let cases = [
        ("postgres://postgres@%2Frun%2Fkith/postgres", "postgres://postgres@%2Frun%2Fkith/x"),
        (
            "postgres://u:p@localhost:5433/postgres?sslmode=disable",
            "postgres://u:p@localhost:5433/x?sslmode=disable",
        ),
        ("postgres://localhost", "postgres://localhost/x"),
    ];
    for (server, expected) in cases {
        assert_eq!(with_database(server, "x"), expected);
    }
}

#[test]
fn databases_are_separate_and_vanish() {
    let (Some(one), Some(other)) = (fresh_database(), fresh_database()) else {
        return;
    };
    let server = std::env::var(SERVER).unwrap();
    let mut client = Client::connect(&one.url, NoTls).unwrap();
    client.batch_execute("CREATE TABLE only_here (x BIGINT)").unwrap();
    let mut elsewhere = Client::connect(&other.url, NoTls).unwrap();
    assert!(elsewhere.batch_execute("SELECT x FROM only_here").is_err());
    let durable: String = elsewhere.query_one("SHOW fsync", &[]).unwrap().get(0);
    assert_eq!(durable, "on", "durability is tested on a server that syncs");

    let name = one.name.clone();
    drop(one); // With a connection still open.
    let mut admin = Client::connect(&server, NoTls).unwrap();
    let left = admin.query("SELECT 1 FROM pg_database WHERE datname = $1", &[&name]).unwrap();
    assert!(left.is_empty());
}
