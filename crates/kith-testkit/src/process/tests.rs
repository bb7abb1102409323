//! A process that serves is found, asked, stopped and killed. The process is this test program itself, told to serve.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::Command;

use super::{Server, listening_address};

/// Set for the process that plays the server.
const PLAY: &str = "TESTKIT_PLAYS_SERVER";

fn player(mood: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "process::tests::play_server", "--nocapture"]).env(PLAY, mood);
    command
}

/// Does nothing as a test; started by the others it serves until it is ended.
#[test]
fn play_server() {
    let Ok(mood) = std::env::var(PLAY) else { return };
    assert!(mood != "broken", "told to break");
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    println!("\n{{\"message\":\"listening\",\"address\":\"{}\"}}", listener.local_addr().unwrap());
    for connection in listener.incoming() {
        let mut connection = connection.unwrap();
        let mut lines = BufReader::new(connection.try_clone().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        let authorization = lines.map_while(Result::ok).take_while(|line| !line.is_empty());
        let token = authorization.filter(|line| line.to_lowercase().starts_with("authorization")).count();
        let body = serde_json::json!({"asked": first, "tokens": token}).to_string();
        eprintln!("asked: {first}");
        write!(connection, "HTTP/1.1 200 OK\r\nX-Kind: play\r\nContent-Length: {}\r\n", body.len()).unwrap();
        write!(connection, "Connection: close\r\n\r\n{body}").unwrap();
    }
}

#[test]
fn server_is_found_asked_and_stopped() {
    let server = Server::spawn(&mut player("well"));
    let reply = server.client().with_token("kth_x").get("/api/v1/fields?limit=1");
    assert_eq!(reply.header("x-kind"), Some("play"));
    let body = reply.expect(200);
    assert_eq!(body["asked"], "GET /api/v1/fields?limit=1 HTTP/1.1");
    assert_eq!(body["tokens"], 1);
    let (status, log) = server.stop();
    assert!(!status.success(), "a process without a handler dies of SIGTERM");
    assert!(log.contains("asked: GET /healthz HTTP/1.1"), "{log}");
}

#[test]
fn killed_server_answers_no_more() {
    let server = Server::spawn(&mut player("well"));
    let client = server.client();
    let _log = server.kill();
    assert!(client.try_send("GET", "/healthz", &[], &[]).is_err());
}

#[test]
#[should_panic(expected = "told to break")]
fn server_that_ends_shows_its_log() {
    let _server = Server::spawn(&mut player("broken"));
}

#[test]
fn address_is_read_from_any_dress() {
    let address = Some("127.0.0.1:8080".to_owned());
    assert_eq!(listening_address("Listening on http://127.0.0.1:8080/"), address);
    assert_eq!(listening_address(r#"{"message":"listening","address":"127.0.0.1:8080"}"#), address);
    assert_eq!(listening_address("connected to 127.0.0.1:8080"), None);
    assert_eq!(listening_address("listening on 127.0.0.1:0"), None);
}
