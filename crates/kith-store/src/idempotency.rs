//! Idempotency keys: the answer to a request is stored with its effect, and given again when asked again.

use crate::fault::Fault;
use crate::sql::{Param, one};
use crate::unit::{Reader, Unit};

/// How long an answer is kept.
pub const KEPT_MS: i64 = 72 * 3_600_000;

/// An answer that was given before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// Fingerprint of the request; another one under the same key is a conflict.
    pub fingerprint: Vec<u8>,
    /// Status of the answer.
    pub status: u16,
    /// The answer; `None` when its subject was erased since.
    pub reply: Option<Vec<u8>>,
}

fn bound_to(scope: &str, key: &str) -> Vec<u8> {
    format!("idempotency/{scope}/{key}").into_bytes()
}

impl Reader<'_> {
    /// The answer given under a key of a scope (the asking user and the operation).
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn recall(&mut self, scope: &str, key: &str) -> Result<Option<Remembered>, Fault> {
        let text = "SELECT fingerprint, status, subject, reply FROM idempotency WHERE scope = $1 AND key = $2";
        let found = one(self.sql, text, &[scope.into(), key.into()], |row| {
            let subject = row.text(2)?.to_owned();
            Ok((row.blob(0)?.to_vec(), row.int(1)?, subject, row.blob(3)?.to_vec()))
        })?;
        let Some((fingerprint, status, subject, sealed)) = found else { return Ok(None) };
        let reply = self.shared.vault.open(&subject, &bound_to(scope, key), &sealed)?;
        let status = u16::try_from(status).map_err(|_| Fault::corrupt("the status of a kept answer"))?;
        Ok(Some(Remembered { fingerprint, status, reply }))
    }
}

/// An answer to keep.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// Who asks, and what operation.
    pub scope: &'a str,
    /// The key that the asker chose.
    pub key: &'a str,
    /// Fingerprint of the request.
    pub fingerprint: &'a [u8],
    /// Status of the answer.
    pub status: u16,
    /// The answer; stored sealed.
    pub reply: &'a [u8],
    /// Whose key seals it, for example the account's.
    pub subject: &'a str,
    /// Unix milliseconds.
    pub at_ms: i64,
}

impl Unit<'_> {
    /// Keeps an answer together with what the request did.
    ///
    /// # Errors
    /// [`Fault::Conflict`] when there is an answer under the key already.
    pub fn remember(&mut self, answer: &Answer<'_>) -> Result<(), Fault> {
        let bound = bound_to(answer.scope, answer.key);
        let sealed = self.shared.vault.seal(answer.subject, &bound, answer.reply)?;
        let text = "INSERT INTO idempotency (scope, key, fingerprint, status, subject, reply, at_ms) \
                    VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let params = [
            answer.scope.into(),
            answer.key.into(),
            answer.fingerprint.into(),
            Param::Int(answer.status.into()),
            answer.subject.into(),
            Param::Blob(&sealed),
            answer.at_ms.into(),
        ];
        self.execute(text, &params).map(drop)
    }

    /// Forgets the answers older than [`KEPT_MS`]; says how many.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot write.
    pub fn purge_idempotency(&mut self, now_ms: i64) -> Result<u64, Fault> {
        let limit = now_ms.saturating_sub(KEPT_MS);
        self.execute("DELETE FROM idempotency WHERE at_ms < $1", &[limit.into()])
    }
}
