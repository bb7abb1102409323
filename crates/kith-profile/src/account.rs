//! One account: its facts in canonical order, and what of it must be computed again.

mod retain;

use crate::fact::{Fact, FactKind};
use crate::input::{Lookup, MasterInputs};
use crate::living::Folded;
use crate::metric::engagement::is_contact;
use crate::metric::health::Scores;
use crate::metric::orders::orders;
use crate::metric::sheet::{ByKind, View, reference};
use crate::metric::{Keys, Part, parts_of};

#[cfg(test)]
mod tests;

/// Days for which facts are kept, open documents apart.
pub(crate) const KEPT_DAYS: u16 = 400;

/// One account.
#[derive(Debug, Default)]
pub(crate) struct Account {
    /// In canonical order.
    pub(crate) facts: Vec<Fact>,
    /// Fingerprints of documents that were let go, sorted: a fact that names one needs a refold.
    pub(crate) dropped: Vec<u32>,
    pub(crate) keys: Keys,
    pub(crate) scores: Scores,
    pub(crate) master: MasterInputs,
    /// Bits of [`Part`].
    pub(crate) dirty: u16,
    /// Whether facts of any kind were let go.
    pub(crate) let_go: bool,
    /// Whether old facts may be let go at the next recompute.
    pub(crate) aged: bool,
    /// Counts what was put in and taken out: the same number means the same facts.
    pub(crate) changes: u32,
}

/// What a fact says the latest of, if anything: bits for orders, portal visits and contacts.
fn class(fact: &Fact) -> u8 {
    let order = fact.is(FactKind::Order) && fact.flags & Fact::AMENDED == 0;
    u8::from(order) | u8::from(fact.is(FactKind::PortalLogin)) << 1 | u8::from(is_contact(fact)) << 2
}

/// Whether [`Fact::aux`] names another document.
fn link(fact: &Fact) -> Option<u64> {
    let links = fact.is(FactKind::Exception)
        || fact.is(FactKind::Claim)
        || fact.is(FactKind::InvoiceOrder)
        || fact.is(FactKind::CreditNote)
        || fact.is(FactKind::Allocation);
    (links && fact.aux != 0).then(|| reference(fact))
}

/// Whether [`Fact::doc`] is a document with a life of its own, not a person or the touchpoint itself.
fn is_document(fact: &Fact) -> bool {
    fact.kind < FactKind::Survey as u8
}

fn fingerprint(doc: u64) -> u32 {
    (doc >> 32) as u32
}

impl Account {
    /// Puts the facts of touchpoints in.
    pub(crate) fn insert(&mut self, facts: &[Fact], view: View<'_>) -> Folded {
        let horizon = view.today.saturating_sub(KEPT_DAYS);
        if self.let_go && facts.iter().any(|fact| self.reaches_back(fact, horizon, view)) {
            return Folded::Refold;
        }
        let old = self.facts.first().is_some_and(|first| first.day <= horizon);
        for fact in facts {
            let Err(place) = self.find(fact, view.lookup) else { continue };
            self.aged |= fact.day <= horizon
                || (old && (fact.is(FactKind::OrderCancelled) || !self.has_recent(class(fact), horizon)));
            // Grow by an eighth: doubling would waste half of the memory of a million accounts.
            if self.facts.len() == self.facts.capacity() {
                self.facts.reserve_exact(self.facts.len() / 8 + 4);
            }
            self.facts.insert(place, *fact);
            self.changes = self.changes.wrapping_add(1);
            self.dirty |= parts_of(fact);
        }
        Folded::Done
    }

    /// Takes the facts of a touchpoint out.
    pub(crate) fn remove(&mut self, seq: u32, view: View<'_>) -> Folded {
        let horizon = view.today.saturating_sub(KEPT_DAYS);
        let mut lost = 0;
        let mut back = false;
        let mut found = false;
        let dirty = &mut self.dirty;
        self.facts.retain(|fact| {
            if fact.seq != seq {
                return true;
            }
            found = true;
            back |= fact.day <= horizon;
            lost |= class(fact);
            *dirty |= parts_of(fact);
            false
        });
        self.aged |= self.facts.first().is_some_and(|first| first.day <= horizon);
        self.changes = self.changes.wrapping_add(1);
        if !self.let_go {
            return Folded::Done;
        }
        // What was let go may be the latest order, visit or contact again.
        let bare =
            (0..3).map(|bit| lost & (1 << bit)).any(|class| class != 0 && !self.has_recent(class, horizon));
        let orphaned = lost & 1 != 0 && !self.has_live_order(horizon, None, view);
        if !found || back || bare || orphaned { Folded::Refold } else { Folded::Done }
    }

    /// Replaces all facts.
    pub(crate) fn refold(&mut self, facts: Vec<Fact>, lookup: &dyn Lookup) {
        self.facts = facts;
        self.changes = self.changes.wrapping_add(1);
        self.facts.sort_unstable_by(|one, other| one.order(other, lookup));
        self.facts.dedup();
        self.facts.shrink_to_fit();
        self.dropped = Vec::new();
        self.let_go = false;
        self.aged = true;
        self.dirty = Part::ALL;
    }

    fn find(&self, fact: &Fact, lookup: &dyn Lookup) -> Result<usize, usize> {
        // Most facts are the newest: look at the end first.
        match self.facts.last().map(|last| last.order(fact, lookup)) {
            None | Some(std::cmp::Ordering::Less) => Err(self.facts.len()),
            Some(_) => self.facts.binary_search_by(|probe| probe.order(fact, lookup)),
        }
    }

    fn has_recent(&self, classes: u8, horizon: u16) -> bool {
        let recent = self.facts.iter().rev().take_while(|fact| fact.day > horizon);
        recent.fold(0, |seen, fact| seen | class(fact)) & classes == classes
    }

    fn has_live_order(&self, horizon: u16, without: Option<u64>, view: View<'_>) -> bool {
        // Now, and once all that lies ahead has come.
        [view.today, u16::MAX].into_iter().all(|today| {
            let sorted = ByKind::of(&self.facts, today);
            let live = orders(&View { today, ..view }.over(&sorted));
            live.iter().any(|order| !order.cancelled && order.day > horizon && Some(order.doc) != without)
        })
    }

    /// Whether a fact touches what was let go, so that memory alone cannot tell the result.
    fn reaches_back(&self, fact: &Fact, horizon: u16, view: View<'_>) -> bool {
        if fact.day > view.today.saturating_add(1) {
            return true;
        }
        let gone = |doc: u64| self.dropped.binary_search(&fingerprint(doc)).is_ok();
        if (is_document(fact) && gone(fact.doc)) || link(fact).is_some_and(gone) {
            return true;
        }
        let mut same = self.facts.iter().filter(|known| known.doc == fact.doc && known.is(FactKind::Order));
        if fact.is(FactKind::Order) && fact.flags & Fact::AMENDED == 0 {
            return same.any(|known| known.day <= horizon);
        }
        if fact.is(FactKind::OrderCancelled) {
            let mut known = false;
            let old = same.any(|order| {
                known = true;
                order.day <= horizon
            });
            return known && (old || !self.has_live_order(horizon, Some(fact.doc), view));
        }
        false
    }

    /// Bytes on the heap.
    pub(crate) fn heap_bytes(&self) -> usize {
        self.facts.capacity() * size_of::<Fact>() + self.dropped.capacity() * size_of::<u32>()
    }
}
