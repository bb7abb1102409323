//! Numbers: how many are asked for, thresholds, and from one number to another.

use super::{Clauses, Modifiers, What};
use crate::ask::concept::Measure;
use crate::ask::draft::{Chosen, fraction};
use crate::ask::quantity::{Quantity, Unit, days_of, written};
use crate::ask::vocabulary::Meaning;

impl Clauses<'_, '_> {
    /// A number: how many are asked for, or a threshold.
    pub(super) fn number(&mut self, quantity: Quantity, here: usize) {
        let next = self.word(self.at);
        let ranked = self.pending.rank.is_some() && self.pending.op.is_none();
        let ranks = matches!(next, Some(Meaning::Rank(_)));
        let whole = quantity.unit == Unit::None && quantity.value >= 1.0 && quantity.value.fract() == 0.0;
        let counted =
            matches!(next, Some(Meaning::Noun)) && self.draft.limit.is_none() && self.pending.op.is_none();
        if whole && (ranked || ranks || counted) && self.draft.limit.is_none() {
            self.draft.limit = Some(limit(quantity.value));
            self.draft.understand(&[here], format!("the first {}", limit(quantity.value)));
            return;
        }
        self.pending.quantity = Some(quantity);
        self.pending.items.push(here);
        if let Some((low, high, until)) = self.range(here, self.at) {
            (self.pending.quantity, self.pending.until) = (Some(low), Some(high));
            self.pending.items.extend(self.at..until);
            self.at = until;
        }
        if let Some(Meaning::Suffix(op)) = next {
            self.pending.op = Some(op);
            self.pending.items.push(self.at);
            self.at += 1;
        }
    }

    pub(super) fn between(&mut self, here: usize) {
        let (Some(What::Quantity(low)), Some(Meaning::And), Some(What::Quantity(high))) =
            (self.what(self.at), self.word(self.at + 1), self.what(self.at + 2))
        else {
            return self.draft.miss(&[here], "two numbers are needed, as in between 5 and 10");
        };
        let (low, high) = (self.alike(*low, *high, self.at + 2), *high);
        self.pending.quantity = Some(low);
        self.pending.until = Some(high);
        self.pending.items.extend([here, self.at, self.at + 1, self.at + 2]);
        self.at += 3;
    }

    /// Two numbers that stand ahead, "between 5 and 10" or "5 to 10", taken into modifiers; where to go on.
    pub(super) fn two_ahead(&mut self, ahead: usize, modifiers: &mut Modifiers) -> Option<usize> {
        match self.what(ahead)? {
            What::Word(Meaning::Between) => {
                self.at = ahead + 1;
                std::mem::swap(&mut self.pending, modifiers);
                self.between(ahead);
                std::mem::swap(&mut self.pending, modifiers);
            }
            What::Quantity(_) if modifiers.quantity.is_none() => {
                let (low, high, until) = self.range(ahead, ahead + 1)?;
                (modifiers.quantity, modifiers.until) = (Some(low), Some(high));
                modifiers.items.extend(ahead..until);
                self.at = until;
            }
            _ => return None,
        }
        Some(self.at)
    }

    /// "5 to 10", "5-10": both numbers, and the item after them.
    fn range(&self, low: usize, next: usize) -> Option<(Quantity, Quantity, usize)> {
        let Some(What::Quantity(first)) = self.what(low) else { return None };
        let to = self.stem_is(next, &["to"]);
        let at = next + usize::from(to);
        let Some(What::Quantity(second)) = self.what(at) else { return None };
        let dash = || {
            let gap = self.draft.span(&[low]).end()..self.draft.span(&[at]).at;
            matches!(self.draft.question.get(gap).map(str::trim), Some("-" | "–"))
        };
        (to || dash()).then(|| (self.alike(*first, *second, at), *second, at + 1))
    }

    /// The first number of two, counting what the second one counts: "between 1 and 2 weeks".
    fn alike(&self, first: Quantity, second: Quantity, at: usize) -> Quantity {
        if first.unit != Unit::None {
            return first;
        }
        let last =
            self.draft.items.get(at).and_then(|item| self.draft.tokens.get(item.tokens.end.checked_sub(1)?));
        let scale = last.and_then(|token| days_of(&token.stem)).filter(|_| second.unit == Unit::Days);
        Quantity { value: first.value * scale.unwrap_or(1.0), unit: second.unit }
    }

    /// A quantity as a literal of a field, and what was assumed; `None` when its unit does not suit.
    pub(super) fn amount(&self, chosen: &Chosen, quantity: Quantity) -> Option<(String, Option<String>)> {
        let value = quantity.value;
        match (chosen.measure, quantity.unit) {
            (Measure::Money, Unit::Money(code)) => {
                if code == self.draft.catalogue.currency().code() {
                    return Some((written(value), None));
                }
                let currency = code.parse::<kith_domain::value::Currency>().ok()?;
                let places = usize::from(currency.exponent());
                Some((format!("money(\"{value:.places$}\", \"{code}\")"), None))
            }
            (Measure::Money, Unit::None) => Some((written(value), None)),
            (Measure::Ratio, Unit::Percent | Unit::None) => {
                let percent = quantity.unit == Unit::Percent || value > 1.0;
                let share = if percent { value / 100.0 } else { value };
                let share = if chosen.inverse { 1.0 - share } else { share };
                let read = quantity.unit == Unit::None && percent;
                Some((fraction(share), read.then(|| "read as percent".to_owned())))
            }
            (Measure::Hours, Unit::Days) => Some((written(value * 24.0), None)),
            (Measure::Days, Unit::Hours) => Some((written(value / 24.0), None)),
            (Measure::Days, Unit::Days | Unit::None) | (Measure::Hours, Unit::Hours | Unit::None) => {
                Some((written(value), None))
            }
            (Measure::Score, Unit::None | Unit::Percent) | (Measure::Count, Unit::None) => {
                Some((written(value), None))
            }
            _ => None,
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped first")]
fn limit(value: f64) -> usize {
    value.clamp(1.0, 10_000.0) as usize
}
