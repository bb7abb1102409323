//! The reservations of one account that hold something.

use jiff::Timestamp;
use kith_domain::credit::Held;
use kith_domain::organisation::Organisation;
use kith_domain::reservation::{Reservation, ReservationState};
use kith_domain::value::AccountId;
use kith_profile::order_number;
use kith_store::{Fault, Reader};

use crate::noun::read;

/// A reservation that holds something until a moment.
#[derive(Debug, Clone)]
pub(super) struct Hold {
    /// The document.
    pub(super) id: String,
    pub(super) held: Held,
    pub(super) until: Option<Timestamp>,
}

/// The reservations of one account, as of a version of its line.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pub(super) version: u64,
    pub(super) holds: Vec<Hold>,
}

/// The number of an entity as facts carry it.
pub(super) fn entity_number(
    organisation: &Organisation,
    code: &kith_domain::value::EntityCode,
) -> Option<u8> {
    let place = organisation.entities.iter().position(|entity| entity.code == *code)?;
    u8::try_from(place.saturating_add(1)).ok()
}

/// What a reservation holds at a moment.
pub(super) fn hold_of(
    id: &str,
    reservation: &Reservation,
    organisation: &Organisation,
    hash_key: &[u8; 16],
    now: Timestamp,
) -> Option<Hold> {
    let held = reservation.held_at(now)?;
    let entity = entity_number(organisation, &reservation.draft.as_ref()?.entity)?;
    let committed = reservation.state == Some(ReservationState::Committed);
    let order = reservation.order_no.as_deref().map(|order_no| order_number(hash_key, order_no));
    let held = Held { order, entity, currency: held.currency, amount: held.minor, committed };
    Some(Hold { id: id.to_owned(), held, until: reservation.expires_at.filter(|_| !committed) })
}

impl Line {
    /// Reads the reservations of an account.
    pub(super) fn load(
        reader: &mut Reader<'_>,
        account: AccountId,
        version: u64,
        organisation: &Organisation,
        hash_key: &[u8; 16],
        now: Timestamp,
    ) -> Result<Self, Fault> {
        let mut line = Self { version, holds: Vec::new() };
        for document in reader.held_reservations(&account.to_string())? {
            let loaded = read::<Reservation>(document)?;
            line.holds.extend(hold_of(&loaded.id, &loaded.state, organisation, hash_key, now));
        }
        Ok(line)
    }

    /// Puts what a reservation holds now in the place of what it held.
    pub(super) fn put(&mut self, id: &str, hold: Option<Hold>) {
        self.holds.retain(|known| known.id != id);
        self.holds.extend(hold);
    }

    /// What holds at a moment.
    pub(super) fn holding(&self, now: Timestamp) -> impl Iterator<Item = &Held> {
        self.holds
            .iter()
            .filter(move |hold| hold.until.is_none_or(|until| until > now))
            .map(|hold| &hold.held)
    }
}
