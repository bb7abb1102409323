//! Reservations as they are kept.

use kith_domain::reservation::{Reservation, ReservationState};
use kith_store::{Index, Noun, Secrets};

use super::{Stored, text};

impl Stored for Reservation {
    const NOUN: Noun = Noun::Reservation;
    const WORD: &'static str = "reservation";
    fn index(&self, _: &Secrets) -> Vec<(&'static str, Index)> {
        let state = self.state.map(ReservationState::as_str).unwrap_or_default();
        let mut index = vec![("state", text(state))];
        if let Some(draft) = &self.draft {
            index.extend([("account_id", text(&draft.account)), ("client_id", text(&draft.id))]);
            index.extend(draft.request_key.iter().map(|key| ("request_key", text(key))));
        }
        index.extend(self.expires_at.map(|at| ("expires_ms", Index::Int(at.as_millisecond()))));
        index
    }
}
