//! E-mail addresses: RFC 5322 addr-spec with a domain, kept as entered, matched in lower case (D§1.2).

use std::fmt;

use kith_identifier::Mailbox;

/// The text is not an e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EmailError;

impl fmt::Display for EmailError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected an e-mail address such as ap@acme.example, at most 254 characters")
    }
}

impl std::error::Error for EmailError {}

/// Reads an address: trimmed, at most 254 octets (RFC 5321), no display name, a domain with a dot.
///
/// # Errors
/// [`EmailError`] when it is no such address.
pub fn parse_email(text: &str) -> Result<String, EmailError> {
    let text = text.trim();
    let mailbox = Mailbox::parse(text).map_err(|_| EmailError)?;
    if mailbox.is_public() { Ok(text.to_owned()) } else { Err(EmailError) }
}

/// The form under which addresses are matched: trimmed and in lower case.
#[must_use]
pub fn email_key(address: &str) -> String {
    address.trim().to_lowercase()
}
