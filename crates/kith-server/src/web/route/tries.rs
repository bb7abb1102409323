//! Wrong passwords are slowed down: so many a minute for each address, in memory.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Tries a minute.
const MOST: usize = 10;
/// A minute, in milliseconds.
const MINUTE_MS: i64 = 60_000;
/// Addresses remembered before those that are over are forgotten.
const KEPT: usize = 10_000;

/// When each address tried last.
#[derive(Debug, Default)]
pub(super) struct Tries(Mutex<HashMap<String, Vec<i64>>>);

impl Tries {
    /// Counts a try by these addresses; false when one of them has tried too often in the last minute.
    pub(super) fn count(&self, addresses: &[String], now_ms: i64) -> bool {
        self.count_to(addresses, now_ms, MOST)
    }

    /// The same with a number of tries a minute of one's own.
    pub(super) fn count_to(&self, addresses: &[String], now_ms: i64, most: usize) -> bool {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let recent = |at: &i64| now_ms.saturating_sub(*at) < MINUTE_MS;
        if held.len() > KEPT {
            held.retain(|_, tries| tries.iter().any(recent));
        }
        let tired = addresses.iter().any(|address| {
            held.get(address).is_some_and(|tries| tries.iter().filter(|at| recent(at)).count() >= most)
        });
        if !tired {
            for address in addresses {
                let tries = held.entry(address.clone()).or_default();
                tries.retain(recent);
                tries.push(now_ms);
            }
        }
        !tired
    }

    /// Who came in did not guess.
    pub(super) fn forgive(&self, addresses: &[String]) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for address in addresses {
            held.get_mut(address).and_then(Vec::pop);
        }
    }
}

#[cfg(test)]
mod tests;
