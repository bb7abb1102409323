//! Load: batches of touchpoints sent to a server by several clients at once.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::company::Company;
use crate::happening::BATCH;
use crate::http::Client;
use crate::measure::seconds;
use crate::process::Server;

/// Sends batches from several clients at once and waits until the last of them shows; gives the seconds that it took
/// and the position of the log.
///
/// # Panics
/// If anything is not accepted, or the profile does not come after.
#[must_use]
pub fn send(company: &Company, server: &Server, bodies: &[String], clients: usize) -> (f64, u64) {
    let next = AtomicUsize::new(0);
    let last = Mutex::new(0_u64);
    let start = Instant::now();
    thread::scope(|scope| {
        for _ in 0..clients {
            scope.spawn(|| {
                // A connection of its own.
                let client = company.client(server);
                while let Some(body) = bodies.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let position = send_one(&client, body);
                    if let Ok(mut last) = last.lock() {
                        *last = (*last).max(position);
                    }
                }
            });
        }
    });
    let position = last.into_inner().unwrap_or_default();
    let client = company.client(server);
    let path = format!("/api/v1/accounts?limit=1&min_position={position}");
    while client.get(&path).status != 200 {
        assert!(
            start.elapsed().as_secs() < 600,
            "the profile does not come after; the log:\n{}",
            server.log()
        );
    }
    (seconds(start.elapsed()), position)
}

fn send_one(client: &Client, body: &str) -> u64 {
    let media = [("Content-Type", "application/cloudevents-batch+json")];
    loop {
        let reply = client.send("POST", "/api/v1/touchpoints", &media, body.as_bytes());
        if reply.status == 503 {
            // Told to come again: the profile is behind.
            thread::sleep(Duration::from_millis(20));
            continue;
        }
        let reply = reply.expect(200);
        let accepted = reply["accepted"].as_u64().unwrap_or_default();
        assert!(accepted == BATCH as u64, "not everything was accepted: {reply}");
        return reply["position"].as_u64().unwrap_or_default();
    }
}
