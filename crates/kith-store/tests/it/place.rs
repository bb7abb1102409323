//! Temporary places for a store on either database, and the little that most tests need.

use std::sync::atomic::{AtomicU32, Ordering};

use jiff::Timestamp;
use kith_domain::context::{Actor, Channel, Context};
use kith_store::{Fault, Location, NewRecord, Store, StoredTouchpoint, Unit};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A place for one store, gone when dropped.
pub(crate) struct Place {
    pub(crate) location: Location,
    pub(crate) dir: TempDir,
    database: Option<(String, String)>,
}

static NEXT: AtomicU32 = AtomicU32::new(0);

impl Place {
    pub(crate) fn sqlite() -> Self {
        let dir = TempDir::new().unwrap();
        Self { location: Location::Sqlite(dir.path().to_owned()), dir, database: None }
    }

    /// A database of its own on the server that the environment names.
    pub(crate) fn postgres() -> Option<Self> {
        let server = std::env::var("KITH_TEST_POSTGRES").ok()?;
        let number = NEXT.fetch_add(1, Ordering::SeqCst);
        let name = format!("kith_store_{}_{number}", std::process::id());
        let mut client = postgres::Client::connect(&server, postgres::NoTls).unwrap();
        client.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
        let (base, options) = server.split_once('?').map_or((server.as_str(), None), |(a, b)| (a, Some(b)));
        let base = base.trim_end_matches('/');
        let after_host = base.find("://").map_or(0, |at| at + 3);
        let host_end = base[after_host..].find('/').map_or(base.len(), |at| after_host + at);
        let options = options.map_or(String::new(), |options| format!("?{options}"));
        let url = format!("{}/{name}{options}", &base[..host_end]);
        let dir = TempDir::new().unwrap();
        let location = Location::Postgres { url, dir: dir.path().to_owned() };
        Some(Self { location, dir, database: Some((server, name)) })
    }

    pub(crate) fn create(&self) -> Store {
        Store::create(&self.location).unwrap()
    }

    pub(crate) fn open(&self) -> Store {
        Store::open(&self.location).unwrap()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some((server, name)) = &self.database
            && let Ok(mut client) = postgres::Client::connect(server, postgres::NoTls)
        {
            let _ = client.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

/// Runs a body on SQLite, then on PostgreSQL where there is a server.
#[track_caller]
pub(crate) fn everywhere(body: impl Fn(&Place)) {
    body(&Place::sqlite());
    if let Some(place) = Place::postgres() {
        body(&place);
    }
}

pub(crate) fn context() -> Context {
    Context {
        now: Timestamp::from_second(1_750_000_000).unwrap(),
        actor: Actor::system(),
        channel: Channel::Rest,
        correlation: "test".to_owned(),
        reason: None,
    }
}

pub(crate) fn record(stream: &str, version: u64, body: Value) -> NewRecord {
    NewRecord::new(&context(), stream, version, "test.noted.v1", body)
}

pub(crate) fn touchpoint(store: &Store, row: u32, id: &str) -> StoredTouchpoint {
    let clear = json!({"order_no": id, "value": {"amount": "10.00", "currency": "USD"}}).to_string();
    let mut made = StoredTouchpoint {
        account_row: row,
        source: "erp".to_owned(),
        id: id.to_owned(),
        kind: "io.kith.order.placed".to_owned(),
        at_ms: 1_750_000_000_000,
        dedupe: store.secrets().dedupe_hash("erp", id),
        digest: store.secrets().content_digest(clear.as_bytes()),
        target: None,
        flags: 0,
        clear,
        sealed: Vec::new(),
        checksum: 0,
    };
    made.checksum = store.secrets().checksum(&made.as_new());
    made
}

/// Appends what was made for a test.
pub(crate) fn append(unit: &mut Unit<'_>, batch: &[StoredTouchpoint]) -> Result<Vec<u64>, Fault> {
    let batch: Vec<_> = batch.iter().map(StoredTouchpoint::as_new).collect();
    unit.append_touchpoints(&batch)
}

/// Every row of the ledger feeds the verifier, and the head is where the verifier ends.
#[track_caller]
pub(crate) fn verify(store: &Store) -> u64 {
    let (head, tree) = store
        .read_blocking(|reader| {
            let mut verifier = kith_ledger::Verifier::new();
            let mut position = 0;
            loop {
                let page = reader.raw_records_after(position, 500)?;
                let Some(count) = (!page.is_empty()).then_some(page.len()) else { break };
                for (record, leaf) in &page {
                    verifier.feed(record, Some(leaf)).unwrap();
                }
                position += count as u64;
            }
            Ok((verifier.head(), reader.tree_head()?))
        })
        .unwrap();
    assert_eq!((head.position, head.root), tree, "the stored tree is that of the records");
    head.position
}
