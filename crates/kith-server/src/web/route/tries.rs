//! Who knocks at a door for customers too often is slowed down: so many a minute for each address, in memory.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// A minute, in milliseconds.
const MINUTE_MS: i64 = 60_000;
/// Addresses remembered before those that are over are forgotten.
const KEPT: usize = 10_000;

/// When each address tried last.
#[derive(Debug, Default)]
pub(super) struct Tries(Mutex<HashMap<String, Vec<i64>>>);

impl Tries {
    /// Counts a try by these addresses; false when one of them has tried so often in the last minute.
    pub(super) fn count(&self, addresses: &[String], now_ms: i64, most: usize) -> bool {
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
}

#[cfg(test)]
mod tests;
