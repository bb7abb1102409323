//! A database of its own for each test, on the PostgreSQL server that `cargo xtask test` starts.

use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

use postgres::{Client, NoTls};

#[cfg(test)]
mod tests;

/// The variable that names a server in which databases may be created, as a URL.
pub const SERVER: &str = "KITH_TEST_POSTGRES";

/// An empty database that vanishes, with every connection to it, when this value is dropped.
#[derive(Debug)]
pub struct TempDatabase {
    /// Where it is, as `KITH_DATABASE_URL` wants it.
    pub url: String,
    name: String,
    server: String,
}

/// Makes an empty database; `None` when no server is named, so that the test can leave PostgreSQL out.
///
/// # Panics
/// If a server is named but does not give us a database: a test left out by mistake would look green.
#[must_use]
#[track_caller]
pub fn fresh_database() -> Option<TempDatabase> {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let server = std::env::var(SERVER).ok()?;
    let nth = MADE.fetch_add(1, Ordering::Relaxed);
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |passed| passed.as_nanos());
    let name = format!("kith_{}_{since}_{nth}", std::process::id());
    if let Err(reason) = administer(&server, format!("CREATE DATABASE {name}")) {
        panic!("{SERVER} names {server}, but it gave no database: {reason}");
    }
    let url = with_database(&server, &name);
    Some(TempDatabase { url, name, server })
}

impl Drop for TempDatabase {
    fn drop(&mut self) {
        // The whole server is thrown away at the end; a database that stays until then harms nobody.
        let _left = administer(&self.server, format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }
}

/// The same server, another database: the path of the URL is replaced, its query kept.
fn with_database(server: &str, name: &str) -> String {
    let (address, query) = server.split_once('?').map_or((server, None), |(left, right)| (left, Some(right)));
    let authority = address.find("://").map_or(0, |at| at + 3);
    let end = address[authority..].find('/').map_or(address.len(), |at| authority + at);
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    format!("{}/{name}{query}", &address[..end])
}

/// One statement outside a transaction. On a thread of its own: the synchronous client starts a runtime, which a test
/// that already runs in one forbids.
fn administer(server: &str, statement: String) -> Result<(), String> {
    let server = server.to_owned();
    let work = thread::spawn(move || {
        let mut client = Client::connect(&server, NoTls).map_err(|error| error.to_string())?;
        client.batch_execute(&statement).map_err(|error| error.to_string())
    });
    work.join().unwrap_or_else(|_| Err("the connection panicked".to_owned()))
}
