//! What was worked out over all accounts, kept until something that it is made of changes.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;
use kith_domain::access::Grant;

use crate::caller::Caller;
use crate::engine::Engine;

/// Most answers of a kind that are kept.
const KEPT_MAX: usize = 256;

/// Where everything stands: any change of an account, a profile, the organisation or the day makes another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stand {
    accounts: u64,
    profiles: u64,
    organisation: u64,
    day: Date,
}

/// Answers by what was asked, each of the stand at which it was worked out.
#[derive(Debug)]
pub(crate) struct Kept<T>(Mutex<HashMap<String, (Stand, T)>>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Kept<T> {
    /// The answer, worked out where it is not of this stand. The stand is taken before: what changes meanwhile makes the
    /// answer an old one.
    pub(crate) fn or_else(&self, asked: String, stand: Stand, work: impl FnOnce() -> T) -> T {
        let held = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, answer)) = held().get(&asked)
            && *of == stand
        {
            return answer.clone();
        }
        let answer = work();
        let mut kept = held();
        if kept.len() >= KEPT_MAX {
            kept.retain(|_, (of, _)| *of == stand);
        }
        if kept.len() < KEPT_MAX {
            kept.insert(asked, (stand, answer.clone()));
        }
        answer
    }
}

impl Engine {
    /// Where everything stands now.
    pub(crate) fn stand(&self) -> Stand {
        let organisation = *self.core().organisation_version.lock().unwrap_or_else(PoisonError::into_inner);
        Stand {
            accounts: self.directory().changes(),
            profiles: self.core().tallies.changes(),
            organisation,
            day: self.day(),
        }
    }
}

/// What of a caller decides what they see of the accounts.
pub(crate) fn sight(caller: &Caller) -> String {
    let who = caller.principal.user().map(|user| user.to_string()).unwrap_or_default();
    let reach = [Grant::AccountsRead, Grant::CreditRead].map(|grant| caller.principal.reach(grant));
    format!("{who} {reach:?} {}", caller.principal.may(Grant::NotesWrite, None))
}

#[cfg(test)]
mod tests;
