//! Sessions of people in a browser; the cookie's digest is stored, never the cookie.

use crate::fault::Fault;
use crate::sql::one;
use crate::unit::{Reader, Unit};

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Digest of the cookie.
    pub hash: Vec<u8>,
    /// Whose session.
    pub user_id: String,
    /// Unix milliseconds.
    pub created_ms: i64,
    /// Unix milliseconds; from then on it is without effect.
    pub expires_ms: i64,
}

impl Reader<'_> {
    /// The session with this digest, unless it has expired at `now_ms`.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn session(&mut self, hash: &[u8], now_ms: i64) -> Result<Option<Session>, Fault> {
        let text = "SELECT user_id, created_ms, expires_ms FROM session WHERE hash = $1 AND expires_ms > $2";
        one(self.sql, text, &[hash.into(), now_ms.into()], |row| {
            let user_id = row.text(0)?.to_owned();
            Ok(Session { hash: hash.to_vec(), user_id, created_ms: row.int(1)?, expires_ms: row.int(2)? })
        })
    }
}

impl Unit<'_> {
    /// Opens a session, or moves its end.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot write.
    pub fn put_session(&mut self, session: &Session) -> Result<(), Fault> {
        let text = "INSERT INTO session (hash, user_id, created_ms, expires_ms) VALUES ($1, $2, $3, $4) \
                    ON CONFLICT (hash) DO UPDATE SET expires_ms = excluded.expires_ms";
        let Session { hash, user_id, created_ms, expires_ms } = session;
        let hash = hash.as_slice();
        let params = [hash.into(), user_id.into(), (*created_ms).into(), (*expires_ms).into()];
        self.execute(text, &params).map(drop)
    }

    /// Ends a session.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot write.
    pub fn end_session(&mut self, hash: &[u8]) -> Result<(), Fault> {
        self.execute("DELETE FROM session WHERE hash = $1", &[hash.into()]).map(drop)
    }

    /// Ends all sessions of a user, as a changed password or a lost role does.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot write.
    pub fn end_sessions_of(&mut self, user_id: &str) -> Result<u64, Fault> {
        self.execute("DELETE FROM session WHERE user_id = $1", &[user_id.into()])
    }

    /// Removes expired sessions; says how many.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot write.
    pub fn purge_sessions(&mut self, now_ms: i64) -> Result<u64, Fault> {
        self.execute("DELETE FROM session WHERE expires_ms <= $1", &[now_ms.into()])
    }
}
