//! Tests of webhooks: the signature, which addresses are called, and a server of the test's own.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;

use super::address::is_public;
use super::{Call, Courier, secret_of, signature};

#[test]
fn the_signature_is_that_of_the_standard() {
    let call = Call {
        url: String::new(),
        id: "msg_p5jXN8AQM9LWM0D4loKWxJek".into(),
        at_s: 1_614_265_330,
        body: r#"{"test": 2432232314}"#.into(),
    };
    let expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    let secret = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    assert_eq!(signature(secret, &call).as_deref(), Some(expected));
    assert_eq!(signature(&format!("whsec_{secret}"), &call).as_deref(), Some(expected));
    assert_eq!(signature("whsec_short", &call), None);
    assert!(signature(&secret_of(&[7; 32]), &call).is_some());
}

#[test]
fn only_public_addresses_are_public() {
    let private = [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "192.0.0.8",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "240.0.0.1",
        "192.0.2.1",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "2001:db8::1",
        "2001::1",
    ];
    for text in private {
        assert!(!is_public(text.parse().unwrap()), "{text}");
    }
    for text in ["1.1.1.1", "93.184.216.34", "100.128.0.1", "2606:4700::1111", "64:ff9b::101:101"] {
        assert!(is_public(text.parse().unwrap()), "{text}");
    }
}

/// A server that answers one call with a status, and gives what it was told.
fn server(status: u16) -> (String, std::thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let serving = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut told = Vec::new();
        let mut part = [0; 4096];
        while !String::from_utf8_lossy(&told).contains("\"over\"") {
            let read = stream.read(&mut part).unwrap();
            told.extend_from_slice(&part[..read]);
        }
        let head =
            format!("HTTP/1.1 {status} Told\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        String::from_utf8(told).unwrap()
    });
    (url, serving)
}

fn call(url: String) -> Call {
    Call { url, id: "msg_1".into(), at_s: 1_700_000_000, body: r#"{"is":"over"}"#.into() }
}

#[test]
fn a_call_is_signed_and_only_2xx_has_arrived() {
    let secret = secret_of(&[1; 32]);
    let (url, serving) = server(204);
    let call_made = call(url);
    assert_eq!(Courier::new(true).deliver(&call_made, &secret), Ok(204));
    let told = serving.join().unwrap();
    assert!(told.starts_with("POST /hook") && told.contains("webhook-id: msg_1"), "{told}");
    assert!(
        told.contains(&format!("webhook-signature: {}", signature(&secret, &call_made).unwrap())),
        "{told}"
    );
    for (status, permanent, gone) in
        [(500, false, false), (429, false, false), (404, true, false), (302, true, false), (410, true, true)]
    {
        let (url, serving) = server(status);
        let failed = Courier::new(true).deliver(&call(url), &secret).unwrap_err();
        assert_eq!((failed.permanent, failed.gone), (permanent, gone), "{failed:?}");
        assert_eq!(failed.code, format!("http_{status}"));
        serving.join().unwrap();
    }
}

#[test]
fn a_private_address_is_not_called_unless_that_is_allowed() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    for host in ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433"] {
        let failed =
            Courier::new(false).deliver(&call(format!("http://{host}:{port}/")), &secret_of(&[1; 32]));
        let failed = failed.unwrap_err();
        assert!(failed.code != "http_200" && !failed.gone, "{host}: {failed:?}");
    }
    let failed =
        Courier::new(false).deliver(&call(format!("http://127.0.0.1:{port}/")), &secret_of(&[1; 32]));
    assert_eq!(failed.unwrap_err().code, "private_address");
    listener.set_nonblocking(true).unwrap();
    assert!(listener.accept().is_err(), "nobody knocked");
}
