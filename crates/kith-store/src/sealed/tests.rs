//! Tests of the sealed block: golden bytes, and no input that breaks the reader.

use proptest::prelude::{any, prop, proptest};

use super::{Part, decode, encode};

#[test]
fn the_stored_bytes_are_these_for_ever() {
    let part = Part { subject: "con_1".to_owned(), text: vec![0xaa, 0xbb] };
    let bytes = b"\x01\x05\x00\x00\x00con_1\x02\x00\x00\x00\xaa\xbb";
    assert_eq!(encode(std::slice::from_ref(&part)), bytes);
    assert_eq!(decode(bytes).unwrap(), [part]);
    assert_eq!(encode(&[]), b"");
    assert_eq!(decode(b"").unwrap(), []);
    assert!(decode(b"\x02").is_err(), "a format to come");
    assert!(decode(&bytes[..bytes.len() - 1]).is_err());
}

proptest! {
    #[test]
    fn parts_come_back(parts in prop::collection::vec(("[a-z_0-9]{0,8}", any::<Vec<u8>>()), 0..4)) {
        let parts: Vec<_> = parts.into_iter().map(|(subject, text)| Part { subject, text }).collect();
        assert_eq!(decode(&encode(&parts)).unwrap(), parts);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
        if let Ok(parts) = decode(&bytes) {
            assert_eq!(encode(&parts), if parts.is_empty() { Vec::new() } else { bytes });
        }
    }
}
