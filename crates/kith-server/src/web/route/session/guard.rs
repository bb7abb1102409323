//! Wrong passwords are slowed down where they are typed, in memory: for an account from one place, and for a place
//! whatever the account. Nobody is held because somebody elsewhere guesses, and a browser in which its person signed in
//! before counts for itself.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// A minute, in milliseconds.
const MINUTE_MS: i64 = 60_000;
/// The longest wait.
const WAIT_MS: i64 = 15 * MINUTE_MS;
/// After so long without a wrong password all is forgotten.
const FORGET_MS: i64 = 60 * MINUTE_MS;
/// Keys remembered before those that are over are forgotten.
const KEPT: usize = 20_000;

/// What is counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// An account from an address.
    Pair(String, String),
    /// An account in a browser that knows it.
    Browser(String, String),
    /// An address, whatever the account.
    Address(String),
}

impl Key {
    /// Wrong passwords before there is a wait.
    const fn free(&self) -> u32 {
        match self {
            Self::Pair(..) | Self::Browser(..) => 10,
            // An office is behind one address.
            Self::Address(_) => 50,
        }
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Held {
    wrong: u32,
    last_ms: i64,
    until_ms: i64,
}

/// The wrong passwords of each key.
#[derive(Debug, Default)]
pub(crate) struct Guard(Mutex<HashMap<Key, Held>>);

impl Guard {
    /// Counts a try as wrong until it proves right; else the moment from which one is taken again.
    pub(super) fn knock(&self, keys: &[Key], now_ms: i64) -> Result<(), i64> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.len() > KEPT {
            held.retain(|_, tries| now_ms.saturating_sub(tries.last_ms) < FORGET_MS);
        }
        let until = keys.iter().filter_map(|key| held.get(key)).map(|tries| tries.until_ms).max();
        if let Some(until) = until.filter(|until| *until > now_ms) {
            return Err(until);
        }
        for key in keys {
            let tries = held.entry(key.clone()).or_default();
            if now_ms.saturating_sub(tries.last_ms) >= FORGET_MS {
                *tries = Held::default();
            }
            tries.wrong = tries.wrong.saturating_add(1);
            tries.last_ms = now_ms;
            if let Some(over) = tries.wrong.checked_sub(key.free()) {
                let wait = MINUTE_MS.saturating_mul(1_i64 << over.min(10)).min(WAIT_MS);
                tries.until_ms = now_ms.saturating_add(wait);
            }
        }
        Ok(())
    }

    /// The password was right: the account is no longer counted there, and the address has one wrong less.
    pub(super) fn forgive(&self, keys: &[Key]) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for key in keys {
            match (key, held.get_mut(key)) {
                (Key::Address(_), Some(tries)) => {
                    tries.wrong = tries.wrong.saturating_sub(1);
                    tries.until_ms = 0;
                }
                _ => drop(held.remove(key)),
            }
        }
    }
}

#[cfg(test)]
mod tests;
