//! Quotes: asked, won, lost, and how long each side takes.

use super::Name;
use super::sheet::{Sheet, View, WINDOWS, median};
use crate::fact::{Fact, FactKind};

const MS_AN_HOUR: f64 = 3_600_000.0;

/// A quote and what became of it.
#[derive(Debug, Clone, Copy, Default)]
struct Quote {
    requested: Option<Fact>,
    /// The first sending: when, and on which day.
    sent: Option<(u64, u16)>,
    decided: Option<Fact>,
}

fn quotes(view: &View<'_>) -> Vec<Quote> {
    let mut found: Vec<&Fact> = view.kinds(FactKind::QuoteRequested, FactKind::QuoteDecided).to_vec();
    found.sort_unstable_by_key(|fact| (fact.doc, fact.at()));
    let quote = |group: &[&Fact]| {
        let mut quote = Quote::default();
        for fact in group {
            let later = |kept: &Option<Fact>| kept.is_none_or(|kept| fact.later_than(&kept, view.lookup));
            if fact.is(FactKind::QuoteRequested) {
                if later(&quote.requested) {
                    quote.requested = Some(**fact);
                }
            } else if fact.is(FactKind::QuoteSent) {
                quote.sent = quote.sent.or(Some((fact.at(), fact.day)));
            } else if later(&quote.decided) {
                quote.decided = Some(**fact);
            }
        }
        quote
    };
    found.chunk_by(|one, other| one.doc == other.doc).map(quote).collect()
}

/// Writes all metrics of quotes.
pub(crate) fn compute(view: &View<'_>, sheet: &mut Sheet) {
    let quotes = quotes(view);
    for (place, window) in WINDOWS.into_iter().enumerate() {
        let mut decided = [0_usize; 4];
        let mut requested = 0;
        let mut responses: Vec<i64> = Vec::new();
        let mut decisions: Vec<i64> = Vec::new();
        for quote in &quotes {
            requested += usize::from(quote.requested.is_some_and(|fact| view.within(fact.day, window)));
            let sent = quote.sent.filter(|sent| view.within(sent.1, window));
            if let (Some(asked), Some((sent, _))) = (quote.requested, sent) {
                responses.extend(elapsed(asked.at(), sent));
            }
            let Some(fact) = quote.decided.filter(|fact| view.within(fact.day, window)) else { continue };
            if let Some(count) = decided.get_mut(usize::from(fact.flags)) {
                *count += 1;
            }
            if let Some((sent, _)) = quote.sent {
                decisions.extend(elapsed(sent, fact.at()));
            }
        }
        let [_, won, lost, expired] = decided;
        sheet.count(Name::QuotesRequested, place, requested);
        sheet.count(Name::QuotesWon, place, won);
        sheet.count(Name::QuotesLost, place, lost);
        sheet.ratio(Name::WinRate, place, won, won + lost + expired);
        let hours = |values: &mut [i64]| median(values).map(|ms| ms / MS_AN_HOUR);
        sheet.number(Name::QuoteResponse, place, responses.len(), hours(&mut responses));
        sheet.number(Name::QuoteDecision, place, decisions.len(), hours(&mut decisions));
    }
}

/// Milliseconds from one moment to a later one.
fn elapsed(from: u64, to: u64) -> Option<i64> {
    to.checked_sub(from).and_then(|ms| i64::try_from(ms).ok())
}
