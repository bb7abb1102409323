//! Digests of the subjects of touchpoints.

use data_encoding::HEXLOWER;
use kith_domain::account;
use kith_store::Secrets;

/// The digest under which touchpoints of an unknown subject wait for their account.
pub(crate) fn subject_digest(secrets: &Secrets, subject: &str) -> String {
    let key = account::Key::from_subject(subject).map_or_else(|| subject.to_owned(), |key| key.to_string());
    subject_key_digest(secrets, &key)
}

/// The same for a key that an account has.
pub(crate) fn subject_key_digest(secrets: &Secrets, key: &str) -> String {
    HEXLOWER.encode(&secrets.lookup_digest("subject", key))
}
