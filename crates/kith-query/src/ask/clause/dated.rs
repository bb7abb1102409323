//! Days of the record: "contracts ending in 60 days", "not reviewed for a year", "created before 2025".

use jiff::ToSpan as _;

use super::{Clauses, Modifiers, What};
use crate::ask::concept::CONCEPTS;
use crate::ask::draft::{Draft, Topic};
use crate::ask::ending::{ENDINGS, Ends, looks_ahead};
use crate::ask::quantity::{Unit, Window, written};
use crate::ask::vocabulary::{Meaning, first_field};
use crate::ast::BinaryOp;
use crate::catalogue::FieldIndex;

/// Days ahead that "soon" and "expiring" are taken for.
const SOON_DAYS: u16 = 60;
/// Days back that "recently" is taken for.
const RECENT_DAYS: u16 = 90;

impl Clauses<'_, '_> {
    /// Something with a last day: that day where a word or a time says that its end is meant, else how many there are.
    pub(super) fn ending(&mut self, place: usize, here: usize) {
        let Some(ending) = ENDINGS.get(place) else { return };
        let index = |ids: &[&str]| {
            first_field(ids, self.draft.catalogue).and_then(|id| self.draft.catalogue.index(id))
        };
        let timed = ending.always
            || self.pending.ends.is_some()
            || self.pending.soon
            || self.pending.window.is_some()
            || self.time_follows();
        match (index(ending.day), index(ending.count)) {
            (Some(day), _) if timed => self.dated(day, here),
            (_, Some(count)) => self.topic(Topic::Field(count), false, here),
            (Some(day), None) => self.presence(day, here),
            (None, None) => {
                let name = ending.words.split(',').next().unwrap_or_default();
                self.draft.miss(&[here], format!("not available yet: when a {name} ends"));
            }
        }
    }

    /// "ordered last week but not this week": the last of them is in the period before the running one; says whether it
    /// was that.
    pub(super) fn but_not_since(&mut self, place: usize, here: usize, modifiers: &Modifiers) -> bool {
        let last = CONCEPTS.get(place).and_then(|concept| concept.last).map(|(_, day)| day);
        let Some(id) = last.filter(|id| self.draft.catalogue.get(id).is_some()) else { return false };
        let Some(Window::Last(length)) = modifiers.window.filter(|_| !modifiers.negated) else {
            return false;
        };
        let mut ahead = self.at;
        while self.what(ahead) == Some(&What::Comma)
            || matches!(self.word(ahead), Some(Meaning::And | Meaning::Is | Meaning::Filler | Meaning::With))
        {
            ahead += 1;
        }
        if self.word(ahead) != Some(Meaning::Not) || self.draft.about_one() {
            return false;
        }
        let end = (ahead + 1..).find(|at| self.word(*at) != Some(Meaning::Activity(place)));
        let Some((end, What::Window(Window::Running(days, from)))) =
            end.and_then(|end| Some((end, self.what(end)?)))
        else {
            return false;
        };
        let step = match days {
            7 => 7.days(),
            30 => 1.month(),
            90 => 3.months(),
            _ => 1.year(),
        };
        let Some(before) = from.checked_sub(step).ok().filter(|_| length == *days) else { return false };
        let mut items = modifiers.items.clone();
        items.push(here);
        items.extend(self.at..=end);
        self.at = end + 1;
        let text = format!("{id} >= date(\"{before}\") && {id} < date(\"{from}\")");
        self.draft.condition(&items, id, text, None, true);
        true
    }

    /// Whether a time or a word for ending comes before the next joint or topic.
    fn time_follows(&self) -> bool {
        let rest = self.draft.items.iter().skip(self.at).map(|item| &item.what);
        let mut rest = rest.skip_while(|what| {
            matches!(
                what,
                What::Word(
                    Meaning::Is
                        | Meaning::Filler
                        | Meaning::Pronoun
                        | Meaning::With
                        | Meaning::Not
                        | Meaning::Compare(_)
                ) | What::Account(_)
            )
        });
        match rest.next() {
            Some(What::Window(_) | What::Word(Meaning::Ends(_) | Meaning::Soon)) => true,
            Some(What::Quantity(quantity)) => quantity.unit == Unit::Days,
            _ => false,
        }
    }

    /// A day of the record, with what is said of when it is.
    pub(super) fn dated(&mut self, index: FieldIndex, here: usize) {
        let Some(id) = self.draft.catalogue.field(index).map(|field| field.id.clone()) else { return };
        let mut modifiers = self.take();
        let ranked = self.by || modifiers.rank.is_some();
        if !ranked {
            self.times_ahead(&mut modifiers);
        }
        let Some((text, note)) = self.when(&id, &modifiers).filter(|_| !ranked) else {
            self.pending = modifiers;
            return self.presence(index, here);
        };
        let mut items = modifiers.items;
        items.push(here);
        let ahead = looks_ahead(&id);
        if ahead && !self.draft.about_one() {
            self.draft.usual.get_or_insert((id.clone(), false));
        }
        self.draft.condition(&items, &id, text, note, false);
    }

    /// Takes what is said of a day after it, up to the next joint or topic.
    fn times_ahead(&mut self, modifiers: &mut Modifiers) {
        let mut ahead = self.at;
        loop {
            if let Some(next) = self.two_ahead(ahead, modifiers) {
                ahead = next;
                continue;
            }
            let Some(what) = self.what(ahead) else { break };
            let taken = match what {
                What::Window(window) if modifiers.window.is_none() => {
                    modifiers.window = Some(*window);
                    true
                }
                What::Quantity(quantity) if modifiers.quantity.is_none() && quantity.unit == Unit::Days => {
                    modifiers.quantity = Some(*quantity);
                    true
                }
                What::Word(Meaning::Compare(op)) if modifiers.op.is_none() => {
                    modifiers.op = Some(*op);
                    true
                }
                What::Word(Meaning::Ends(ends)) => {
                    modifiers.ends.get_or_insert(*ends);
                    true
                }
                What::Word(Meaning::Soon) => {
                    modifiers.soon = true;
                    true
                }
                What::Word(Meaning::Recent) => {
                    modifiers.recent = true;
                    true
                }
                What::Word(Meaning::Not | Meaning::Never) if self.ends_at(ahead + 1) => {
                    modifiers.negated = true;
                    true
                }
                What::Word(Meaning::With) if self.ends_at(ahead + 1) || self.counts_at(ahead + 1) => false,
                What::Word(Meaning::Is | Meaning::Filler | Meaning::Pronoun) | What::Account(_) => false,
                _ => break,
            };
            if taken {
                modifiers.items.push(ahead);
                self.at = ahead + 1;
            }
            ahead += 1;
        }
    }

    /// Whether a word for ending stands at a place, with nothing but small words before it.
    fn ends_at(&self, from: usize) -> bool {
        let mut at = from;
        while matches!(self.word(at), Some(Meaning::Is | Meaning::Filler | Meaning::Not)) {
            at += 1;
        }
        matches!(self.word(at), Some(Meaning::Ends(_)))
    }

    /// The condition that a day is as the modifiers say, and what was assumed; `None` when they say nothing of it.
    fn when(&self, id: &str, modifiers: &Modifiers) -> Option<(String, Option<String>)> {
        let ahead = looks_ahead(id);
        let (text, note) = match (modifiers.window, modifiers.quantity) {
            (Some(window), _) if ahead => {
                let window = match (window, modifiers.ends) {
                    (Window::Days(days), Some(Ends::Past)) => Window::Last(days),
                    (window, _) => window,
                };
                (self.draft.coming(id, window), None)
            }
            (Some(window), _) => {
                let text = match window {
                    Window::Ago(days)
                        if matches!(modifiers.op, Some(BinaryOp::Less | BinaryOp::LessEqual)) =>
                    {
                        format!("{id} > today() - days({days})")
                    }
                    Window::Ago(days) => format!("{id} <= today() - days({days})"),
                    Window::Days(days) | Window::Last(days) if modifiers.negated => {
                        return Some((format!("!has({id}) || {id} < today() - days({days})"), None));
                    }
                    Window::Since(day) | Window::Running(_, day) if modifiers.negated => {
                        return Some((format!("!has({id}) || {id} < date(\"{day}\")"), None));
                    }
                    window => Draft::within(id, window),
                };
                (text, None)
            }
            (None, Some(quantity)) => {
                let until = modifiers.until.map(|until| written(until.value));
                (counted(id, ahead, (written(quantity.value), until), modifiers.op), None)
            }
            (None, None) if modifiers.ends == Some(Ends::Past) => (format!("{id} < today()"), None),
            (None, None) if ahead && (modifiers.soon || modifiers.ends.is_some()) => {
                let note = format!("soon: the next {SOON_DAYS} days");
                (self.draft.coming(id, Window::Coming(SOON_DAYS)), Some(note))
            }
            (None, None) if !ahead && modifiers.recent => {
                let note = format!("recent: the last {RECENT_DAYS} days");
                (Draft::within(id, Window::Last(RECENT_DAYS)), Some(note))
            }
            (None, None) => return None,
        };
        let text = if modifiers.negated { format!("!({text})") } else { text };
        Some((text, note))
    }
}

/// So many days from today, or back: "in less than 30 days", "older than 180 days", "in 30 to 60 days".
fn counted(id: &str, ahead: bool, (days, until): (String, Option<String>), op: Option<BinaryOp>) -> String {
    let less = matches!(op, Some(BinaryOp::Less | BinaryOp::LessEqual));
    match (ahead, until, op) {
        (true, Some(until), _) => {
            format!("{id} >= today() + days({days}) && {id} <= today() + days({until})")
        }
        (false, Some(until), _) => {
            format!("{id} >= today() - days({until}) && {id} <= today() - days({days})")
        }
        (true, None, Some(BinaryOp::Less)) => format!("{id} >= today() && {id} < today() + days({days})"),
        (true, None, Some(BinaryOp::Greater)) => format!("{id} > today() + days({days})"),
        (true, None, Some(BinaryOp::GreaterEqual)) => format!("{id} >= today() + days({days})"),
        (true, None, _) => format!("{id} >= today() && {id} <= today() + days({days})"),
        (false, None, _) if less => format!("{id} >= today() - days({days})"),
        (false, None, _) => format!("{id} < today() - days({days})"),
    }
}
