//! Cursors: where a page ended, signed, and only good for the list it was made for.

use data_encoding::BASE64URL_NOPAD;
use kith_query::sort::CursorKey;
use ring::hmac;

const TAG: usize = 32;

fn signed(body: &[u8], list: &str) -> Vec<u8> {
    [body, &[0], list.as_bytes()].concat()
}

/// The cursor after a hit of a list.
pub(crate) fn seal(key: &[u8; 32], at: &CursorKey, list: &str) -> String {
    let mut body = serde_json::to_vec(at).unwrap_or_default();
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), &signed(&body, list));
    body.extend(tag.as_ref());
    BASE64URL_NOPAD.encode(&body)
}

/// What [`seal`] gave; `None` for anything else.
pub(crate) fn open(key: &[u8; 32], cursor: &str, list: &str) -> Option<CursorKey> {
    if cursor.len() > 4_096 {
        return None;
    }
    let bytes = BASE64URL_NOPAD.decode(cursor.as_bytes()).ok()?;
    let (body, found) = bytes.split_at_checked(bytes.len().checked_sub(TAG)?)?;
    hmac::verify(&hmac::Key::new(hmac::HMAC_SHA256, key), &signed(body, list), found).ok()?;
    serde_json::from_slice(body).ok()
}
