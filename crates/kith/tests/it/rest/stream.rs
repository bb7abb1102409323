//! The live stream: what happens is heard at once, by those who may, and nothing is missed.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use kith_testkit::process::Server;
use serde_json::{Value, json};

use crate::house::{House, on_each, order, person, problem};

/// A reader of the stream.
struct Ear {
    lines: BufReader<TcpStream>,
}

/// One event as heard.
#[derive(Debug)]
struct Heard {
    id: u64,
    topic: String,
    data: Value,
}

impl Ear {
    fn open(server: &Server, token: &str, query: &str, after: Option<u64>) -> Self {
        let mut socket = TcpStream::connect(server.url().trim_start_matches("http://")).unwrap();
        socket.set_read_timeout(Some(Duration::from_millis(100))).unwrap();
        let after = after.map(|id| format!("Last-Event-ID: {id}\r\n")).unwrap_or_default();
        write!(
            socket,
            "GET /api/v1/stream{query} HTTP/1.1\r\nHost: kith\r\nAuthorization: Bearer {token}\r\n{after}\r\n"
        )
        .unwrap();
        let mut ear = Self { lines: BufReader::new(socket) };
        let status = ear.line(Instant::now() + Duration::from_secs(10)).unwrap();
        assert!(status.contains("200"), "{status}");
        while ear.line(Instant::now() + Duration::from_secs(10)).is_some_and(|line| !line.is_empty()) {}
        ear
    }

    fn line(&mut self, until: Instant) -> Option<String> {
        let mut line = Vec::new();
        while !line.ends_with(b"\n") {
            let ended = self.lines.read_until(b'\n', &mut line);
            if matches!(ended, Ok(0)) || Instant::now() > until {
                return None;
            }
        }
        Some(String::from_utf8_lossy(&line).trim_end().to_owned())
    }

    /// The next event within a time.
    fn hear(&mut self, within: Duration) -> Option<Heard> {
        let until = Instant::now() + within;
        let mut heard = Heard { id: 0, topic: String::new(), data: Value::Null };
        while let Some(line) = self.line(until) {
            if let Some(id) = line.strip_prefix("id: ") {
                heard.id = id.parse().unwrap();
            } else if let Some(topic) = line.strip_prefix("event: ") {
                topic.clone_into(&mut heard.topic);
            } else if let Some(data) = line.strip_prefix("data: ") {
                heard.data = serde_json::from_str(data).unwrap();
            }
            if line.is_empty() && !heard.topic.is_empty() {
                return Some(heard);
            }
        }
        None
    }

    fn hear_topic(&mut self, topic: &str) -> Heard {
        let until = Instant::now() + Duration::from_secs(2);
        loop {
            let left = until.saturating_duration_since(Instant::now());
            let heard = self.hear(left);
            let Some(heard) = heard else { panic!("no {topic} was heard within two seconds") };
            if heard.topic == topic {
                return heard;
            }
        }
    }
}

fn send(house: &House, id: &str) {
    let reply = house.ops.post("/api/v1/touchpoints", &order(id, "1", "10.00")).expect(200);
    assert_eq!(reply["accepted"], 1);
}

#[test]
fn a_touchpoint_is_heard_by_those_who_may_and_again_after_a_break() {
    on_each(|house| {
        let account = house.account("Acme", "US", "1");
        let american = person(&house.admin, "american", &["viewer@US"]);
        let german = person(&house.admin, "other", &["viewer@DE"]);
        let mut here = Ear::open(&house.server, &american, "?topics=profile", None);
        let mut there = Ear::open(&house.server, &german, "", None);
        send(house, "so-1");
        let first = here.hear_topic("profile");
        assert_eq!(first.data["account"], account["id"], "{first:?}");
        drop(here);
        send(house, "so-2");
        send(house, "so-3");
        let reached = house.heads().1;
        house.seller.get(&format!("/api/v1/accounts?min_position={reached}")).expect(200);
        let mut here = Ear::open(&house.server, &american, "?topics=profile", Some(first.id));
        let missed = here.hear_topic("profile");
        assert!(missed.id > first.id, "{missed:?} after {first:?}");
        assert_eq!(missed.data["account"], account["id"]);
        let unheard = there.hear(Duration::from_millis(500));
        assert!(unheard.is_none(), "another entity's event was heard: {unheard:?}");
        problem(&house.seller.get("/api/v1/stream?topics=gossip"), 422);
        let waiting = crate::house::create(&house.seller, "Next", "US", "2").expect(202);
        let token = person(&house.admin, "approver", &["ar_manager"]);
        let mut desk = Ear::open(&house.server, &token, "?topics=change", None);
        let path = format!("/api/v1/changes/{}/reject", waiting["id"].as_str().unwrap());
        house.ar.post(&path, &json!({"comment": "No."})).expect(200);
        desk.hear_topic("change");
    });
}
