//! The reservations of one account that hold something.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use kith_domain::credit::{Book, Held};
use kith_domain::organisation::Organisation;
use kith_domain::reservation::{Reservation, ReservationState};
use kith_domain::value::AccountId;
use kith_profile::order_number;
use kith_store::{Fault, Reader};

use crate::noun::read;

/// A reservation that holds something until a moment.
#[derive(Debug)]
pub(super) struct Hold {
    held: Held,
    until: Option<Timestamp>,
}

/// The reservations of one account, as of a version of its line.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) version: u64,
    /// By the document.
    holds: HashMap<String, Hold>,
    whole: Option<Whole>,
}

/// The book of the documents with all reservations that hold something, kept as they come and go.
#[derive(Debug)]
struct Whole {
    /// The book without them that it was made from.
    documents: Arc<Book>,
    book: Book,
    /// When it was made; what had expired by then is not in it.
    at: Timestamp,
    /// When the first of them expires.
    until: Option<Timestamp>,
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
    Some(Hold { held, until: reservation.expires_at.filter(|_| !committed) })
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
        let mut line = Self { version, ..Self::default() };
        for document in reader.held_reservations(&account.to_string())? {
            let loaded = read::<Reservation>(document)?;
            line.put(&loaded.id, hold_of(&loaded.state, organisation, hash_key, now));
        }
        Ok(line)
    }

    /// Puts what a reservation holds now in the place of what it held.
    pub(super) fn put(&mut self, id: &str, hold: Option<Hold>) {
        let before = self.holds.remove(id);
        if let Some(whole) = &mut self.whole {
            let counted = before.filter(|before| before.holds_at(whole.at));
            counted.iter().for_each(|before| whole.book.let_go(&before.held));
            hold.iter().for_each(|hold| whole.add(hold));
        }
        self.holds.extend(hold.map(|hold| (id.to_owned(), hold)));
    }

    /// What holds at a moment.
    pub(super) fn holding(&self, now: Timestamp) -> impl Iterator<Item = &Held> {
        self.holds.values().filter(move |hold| hold.holds_at(now)).map(|hold| &hold.held)
    }

    /// The book of the account's documents with what holds at a moment.
    pub(super) fn whole(&mut self, documents: &Arc<Book>, now: Timestamp) -> Book {
        let still = |whole: &&Whole| {
            Arc::ptr_eq(&whole.documents, documents)
                && whole.at <= now
                && whole.until.is_none_or(|until| until > now)
        };
        if let Some(whole) = self.whole.as_ref().filter(still) {
            return whole.book.clone();
        }
        let book = (**documents).clone();
        let mut whole = Whole { documents: Arc::clone(documents), book, at: now, until: None };
        self.holds.values().filter(|hold| hold.holds_at(now)).for_each(|hold| whole.add(hold));
        self.whole.insert(whole).book.clone()
    }
}

impl Hold {
    fn holds_at(&self, now: Timestamp) -> bool {
        self.until.is_none_or(|until| until > now)
    }
}

impl Whole {
    fn add(&mut self, hold: &Hold) {
        self.book.hold(&hold.held);
        self.until = [self.until, hold.until].into_iter().flatten().min();
    }
}

#[cfg(test)]
mod tests;
