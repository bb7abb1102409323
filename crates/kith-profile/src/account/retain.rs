//! Which facts are let go: older than 400 days, of no open document, and not the first or last of their kind.
//!
//! What stays is a function of the facts and the day, and what was let go once stays droppable: so folding
//! on, and folding all again on a later day, keep the same facts.

use std::collections::BTreeSet;

use super::{Account, KEPT_DAYS, fingerprint, is_document, link};
use crate::fact::{Fact, FactKind};
use crate::metric::engagement::is_contact;
use crate::metric::orders::orders;
use crate::metric::payments::settle;
use crate::metric::sheet::{ByKind, View, of_doc};
use crate::metric::support::inquiries;

impl Account {
    /// Lets old facts go.
    pub(crate) fn retain(&mut self, view: View<'_>) {
        self.aged = false;
        let horizon = view.today.saturating_sub(KEPT_DAYS);
        let tomorrow = view.today.saturating_add(1);
        // What the future holds may turn first and last over: nothing goes while there is any. One day ahead
        // is common, since zones differ, and both days are asked then.
        let ahead = self.facts.last().is_none_or(|last| last.day > tomorrow);
        if ahead || self.facts.first().is_none_or(|first| first.day > horizon) {
            return;
        }
        let before = self.facts.len();
        let mut groups = Groups::of(&self.facts);
        let mut kept = Keepers::default();
        keepers(view.over(&ByKind::of(&self.facts, view.today)), &mut kept);
        if self.facts.last().is_some_and(|last| last.day == tomorrow) {
            let sorted = ByKind::of(&self.facts, tomorrow);
            keepers(View { today: tomorrow, ..view }.over(&sorted), &mut kept);
        }
        for fact in &self.facts {
            if is_document(fact) && (fact.day > horizon || kept.documents.contains(&fact.doc)) {
                groups.keep(fact.doc);
            }
        }
        let (kept_ones, dropped) = (&kept.facts, &mut self.dropped);
        let mut gone = BTreeSet::new();
        self.facts.retain(|fact| {
            let stays = if is_document(fact) {
                groups.is_kept(fact.doc)
            } else {
                fact.day > horizon || kept_ones.contains(fact)
            };
            if !stays && is_document(fact) {
                // Also what it names, come or not: whoever names that belongs to the same group.
                gone.extend(std::iter::once(fact.doc).chain(link(fact)).map(fingerprint));
            }
            stays
        });
        self.let_go |= self.facts.len() < before;
        if !gone.is_empty() {
            gone.extend(dropped.iter().copied());
            *dropped = gone.into_iter().collect();
        }
        self.facts.shrink_to(self.facts.len() + self.facts.len() / 8);
    }
}

/// What stays, whatever its age.
#[derive(Debug, Default)]
struct Keepers {
    documents: BTreeSet<u64>,
    facts: Vec<Fact>,
}

fn keepers(view: View<'_>, kept: &mut Keepers) {
    let mut live = orders(&view);
    live.retain(|order| !order.cancelled);
    live.sort_unstable_by_key(|order| (order.day, order.doc));
    kept.documents.extend(live.first().into_iter().chain(live.last()).map(|order| order.doc));
    let delivered = view.latest(FactKind::Delivered);
    let waits = live.iter().filter(|order| order.requested > 0 && of_doc(&delivered, order.doc).is_none());
    kept.documents.extend(waits.map(|order| order.doc));
    // Orders that are not billed whole count against credit, whatever their age.
    kept.documents.extend(crate::credit::unbilled(&view, &live));
    let settled = settle(&view);
    let open = settled.items.iter().filter(|item| item.open > 0);
    kept.documents.extend(open.map(|item| item.invoice.doc));
    kept.documents.extend(settled.left.iter().map(|left| left.0));
    let unresolved = inquiries(&view).into_iter().filter(|inquiry| inquiry.resolved.is_none());
    kept.documents.extend(unresolved.map(|inquiry| inquiry.received.doc));
    let decided = view.latest(FactKind::QuoteDecided);
    let asked =
        view.facts.iter().filter(|fact| fact.is(FactKind::QuoteRequested) || fact.is(FactKind::QuoteSent));
    let undecided = asked.filter(|fact| of_doc(&decided, fact.doc).is_none());
    kept.documents.extend(undecided.map(|fact| fact.doc));
    let last = |wanted: fn(&Fact) -> bool| view.facts.iter().rev().find(|fact| wanted(fact));
    let lasts = [last(|fact| fact.is(FactKind::PortalLogin)), last(is_contact)];
    for fact in lasts.into_iter().flatten() {
        if is_document(fact) {
            kept.documents.insert(fact.doc);
        } else {
            kept.facts.push(*fact);
        }
    }
}

/// Documents that name each other, joined: an invoice with its payments, their other invoices, its order.
#[derive(Debug)]
struct Groups {
    documents: Vec<u64>,
    parents: Vec<usize>,
    kept: Vec<bool>,
}

impl Groups {
    fn of(facts: &[Fact]) -> Self {
        let documented = || facts.iter().filter(|fact| is_document(fact));
        let mut documents: Vec<u64> =
            documented().flat_map(|fact| std::iter::once(fact.doc).chain(link(fact))).collect();
        documents.sort_unstable();
        documents.dedup();
        let mut groups =
            Self { parents: (0..documents.len()).collect(), kept: vec![false; documents.len()], documents };
        for fact in documented() {
            if let Some(other) = link(fact) {
                let (one, other) = (groups.root(fact.doc), groups.root(other));
                if let Some(parent) = groups.parents.get_mut(one) {
                    *parent = other;
                }
            }
        }
        groups
    }

    fn root(&mut self, document: u64) -> usize {
        let mut place = self.documents.binary_search(&document).unwrap_or(0);
        loop {
            let parent = self.parents.get(place).copied().unwrap_or(place);
            if parent == place {
                return place;
            }
            // Halve the path on the way.
            let above = self.parents.get(parent).copied().unwrap_or(parent);
            if let Some(slot) = self.parents.get_mut(place) {
                *slot = above;
            }
            place = above;
        }
    }

    fn keep(&mut self, document: u64) {
        let root = self.root(document);
        if let Some(kept) = self.kept.get_mut(root) {
            *kept = true;
        }
    }

    fn is_kept(&mut self, document: u64) -> bool {
        let root = self.root(document);
        self.kept.get(root).copied().unwrap_or(true)
    }
}
