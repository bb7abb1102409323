//! The stored header: golden bytes that must never change, and what is refused.

use data_encoding::HEXLOWER;
use serde_json::json;

use crate::record::{GENESIS, Header, HeaderError, Record, leaf};

fn header() -> Header {
    Header {
        position: 7,
        prev: [0xab; 32],
        stream: "account/acc_018f".to_owned(),
        version: 2,
        kind: "account.created.v1".to_owned(),
        at: "2026-01-02T03:04:05Z".to_owned(),
        actor: json!({"kind": "user", "user": "usr_1"}),
        on_behalf_of: None,
        channel: "rest".to_owned(),
        correlation: "req-1".to_owned(),
        cause: Some(json!({"change": "chg_1"})),
        reason: Some(json!({"$subject": "usr_1", "$sealed": 0})),
        body: json!({"name": {"$subject": "acc_018f", "$sealed": 0}, "limit": 5}),
    }
}

const GOLDEN: &str = concat!(
    r#"{"actor":{"kind":"user","user":"usr_1"},"at":"2026-01-02T03:04:05Z","#,
    r#""body":{"limit":5,"name":{"$sealed":0,"$subject":"acc_018f"}},"cause":{"change":"chg_1"},"channel":"rest","#,
    r#""correlation":"req-1","kind":"account.created.v1","position":7,"#,
    r#""prev":"abababababababababababababababababababababababababababababababab","#,
    r#""reason":{"$sealed":0,"$subject":"usr_1"},"stream":"account/acc_018f","v":1,"version":2}"#,
);

#[test]
fn the_stored_bytes_are_these_for_ever() {
    assert_eq!(String::from_utf8(header().encode()).unwrap(), GOLDEN);
    assert_eq!(Header::decode(GOLDEN.as_bytes()).unwrap(), header());
    let sealed = b"\x01sealed";
    let expected = "20a477f9baf28ced13d91cebed8bd86dd7960597f1204eb97f2d4f3f4e74ac2c";
    let record = Record { header: GOLDEN.as_bytes().to_vec(), sealed: sealed.to_vec() };
    assert_eq!(HEXLOWER.encode(&record.leaf()), expected);
    assert_eq!(record.leaf(), leaf(GOLDEN.as_bytes(), sealed));
}

#[test]
fn members_that_are_absent_are_left_out_and_unknown_ones_are_read_over() {
    let bare = Header { prev: GENESIS, cause: None, reason: None, ..header() };
    let bytes = bare.encode();
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(!text.contains("cause") && !text.contains("reason") && !text.contains("on_behalf_of"));
    assert_eq!(Header::decode(&bytes).unwrap(), bare);
    let more = text.replacen('{', "{\"added_later\":1,", 1);
    assert_eq!(Header::decode(more.as_bytes()).unwrap(), bare);
}

#[test]
fn a_newer_format_and_malformed_bytes_are_told_apart() {
    let newer = GOLDEN.replace("\"v\":1", "\"v\":2");
    assert_eq!(Header::decode(newer.as_bytes()), Err(HeaderError::Newer { found: 2 }));
    assert_eq!(Header::decode(br#"{"v":3,"shape":"other"}"#), Err(HeaderError::Newer { found: 3 }));
    for wrong in ["", "[]", "{\"v\":1}", &GOLDEN.replace("abab", "ABAB"), &GOLDEN.replace("abab", "ab")] {
        assert_eq!(Header::decode(wrong.as_bytes()), Err(HeaderError::Malformed), "{wrong}");
    }
}
