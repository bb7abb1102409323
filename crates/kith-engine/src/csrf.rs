//! Tokens of forms: a form acts only from a page that was drawn for the same cookie.

use data_encoding::HEXLOWER;
use ring::hmac;

use crate::engine::Engine;

impl Engine {
    fn form_key(&self) -> hmac::Key {
        hmac::Key::new(hmac::HMAC_SHA256, self.store().secrets().session())
    }

    /// The token that a form drawn for this cookie sends back.
    #[must_use]
    pub fn csrf(&self, cookie: &str) -> String {
        HEXLOWER.encode(hmac::sign(&self.form_key(), &message(cookie)).as_ref())
    }

    /// Whether a token was made for this cookie; compared in constant time.
    #[must_use]
    pub fn csrf_fits(&self, cookie: &str, token: &str) -> bool {
        let Ok(tag) = HEXLOWER.decode(token.as_bytes()) else { return false };
        !cookie.is_empty() && hmac::verify(&self.form_key(), &message(cookie), &tag).is_ok()
    }
}

/// The purpose stands in front, so that the key's other uses never give a token.
fn message(cookie: &str) -> Vec<u8> {
    [b"form\0", cookie.as_bytes()].concat()
}
