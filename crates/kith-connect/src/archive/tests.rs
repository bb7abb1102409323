//! Tests of the places where files are kept.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use super::sign::{Credentials, Signed, authorization, sha256};
use super::{Archive, Bucket};

/// The example that the documentation of the signature gives.
#[test]
fn a_signature_is_that_of_the_published_example() {
    let credentials = Credentials {
        access_key: "AKIAIOSFODNN7EXAMPLE".into(),
        secret_key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".into(),
        region: "us-east-1".into(),
    };
    let empty = sha256(b"");
    let headers = [
        ("host", "examplebucket.s3.amazonaws.com".to_owned()),
        ("range", "bytes=0-9".to_owned()),
        ("x-amz-content-sha256", empty.clone()),
        ("x-amz-date", "20130524T000000Z".to_owned()),
    ];
    let request = Signed {
        method: "GET",
        path: "/test.txt",
        headers: &headers,
        payload_hash: &empty,
        at: "2013-05-24T00:00:00Z".parse().unwrap(),
    };
    let signed = authorization(&credentials, &request);
    assert!(
        signed.ends_with("Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
        "{signed}"
    );
}

/// A store that keeps what it is sent, and refuses whatever is not signed with its key.
struct Storage {
    url: String,
}

type Kept = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

impl Storage {
    fn start(secret: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let kept = Kept::default();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                answer(stream, &kept, secret);
            }
        });
        Self { url }
    }
}

fn answer(stream: TcpStream, kept: &Kept, secret: &str) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
    let [method, path, _] = words.as_slice() else { return };
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let Some((name, value)) = line.trim().split_once(':') else { break };
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length").map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let (status, reply) = if is_signed(method, path, &headers, &body, secret) {
        act(method, path, body, kept)
    } else {
        (403, Vec::new())
    };
    let head = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", reply.len());
    let mut stream = stream;
    stream.write_all(head.as_bytes()).unwrap();
    if method != "HEAD" {
        stream.write_all(&reply).unwrap();
    }
}

fn is_signed(
    method: &str,
    path: &str,
    headers: &BTreeMap<String, String>,
    body: &[u8],
    secret: &str,
) -> bool {
    let credentials =
        Credentials { access_key: "key".into(), secret_key: secret.into(), region: "eu-west-9".into() };
    let date = &headers["x-amz-date"];
    let day = format!(
        "{}-{}-{}T{}:{}:{}Z",
        &date[..4],
        &date[4..6],
        &date[6..8],
        &date[9..11],
        &date[11..13],
        &date[13..15]
    );
    let signed: Vec<(&str, String)> = ["host", "x-amz-content-sha256", "x-amz-date"]
        .into_iter()
        .map(|name| (name, headers[name].clone()))
        .collect();
    let payload_hash = sha256(body);
    let request =
        Signed { method, path, headers: &signed, payload_hash: &payload_hash, at: day.parse().unwrap() };
    headers["authorization"] == authorization(&credentials, &request)
        && headers["x-amz-content-sha256"] == payload_hash
}

fn act(method: &str, path: &str, body: Vec<u8>, kept: &Kept) -> (u16, Vec<u8>) {
    let mut kept = kept.lock().unwrap();
    match (method, kept.get(path).cloned()) {
        ("PUT", _) => {
            kept.insert(path.to_owned(), body);
            (200, Vec::new())
        }
        ("DELETE", _) => {
            kept.remove(path);
            (204, Vec::new())
        }
        (_, Some(bytes)) => (200, bytes),
        (_, None) => (404, Vec::new()),
    }
}

fn lives(archive: &Archive) {
    assert!(!archive.holds("ab/cd").unwrap());
    assert_eq!(archive.get("ab/cd").unwrap(), None);
    archive.put("ab/cd", b"sealed").unwrap();
    archive.put("ab/cd", b"sealed").unwrap();
    assert!(archive.holds("ab/cd").unwrap());
    assert_eq!(archive.get("ab/cd").unwrap().as_deref(), Some(b"sealed".as_slice()));
    archive.remove("ab/cd").unwrap();
    archive.remove("ab/cd").unwrap();
    assert!(!archive.holds("ab/cd").unwrap());
}

#[test]
fn a_file_lives_in_a_folder() {
    let folder = std::env::temp_dir().join(format!("kith-archive-{}", std::process::id()));
    lives(&Archive::Folder(folder.clone()));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_file_lives_in_a_bucket_that_checks_every_signature() {
    let storage = Storage::start("secret");
    let url = format!("s3://papers/kith?endpoint={}&region=eu-west-9", storage.url);
    lives(&Archive::Bucket(Box::new(Bucket::new(&url, "key", "secret").unwrap())));
    let stranger = Archive::Bucket(Box::new(Bucket::new(&url, "key", "guess").unwrap()));
    assert!(stranger.put("ab/cd", b"x").unwrap_err().to_string().contains("403"));
}

#[test]
fn an_address_that_is_none_is_refused() {
    for url in ["http://x", "s3://", "s3://a/../b", "s3://b?endpoint=nowhere", "s3://b?color=red", "s3://b c"]
    {
        assert!(Bucket::new(url, "key", "secret").is_err(), "{url}");
    }
    assert!(Bucket::new("s3://bucket", "", "").is_err());
    assert!(Bucket::new("s3://bucket/prefix", "key", "secret").is_ok());
}
