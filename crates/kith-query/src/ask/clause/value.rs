//! Fields of the master record: values and presence.

use super::{Clauses, What};
use crate::ask::concept::of_base;
use crate::ask::draft::Topic;
use crate::ask::preset::PRESETS;
use crate::ask::token::Sort;
use crate::ask::vocabulary::{MANAGER, MANAGER_NAME, Meaning, Rank, first_field};
use crate::ast::{BinaryOp, Literal};
use crate::catalogue::{Field, FieldIndex, Kind};

impl Clauses<'_, '_> {
    /// A field that is no concept: a value follows, or it is there or not, or it is shown.
    pub(super) fn field(&mut self, index: FieldIndex, here: usize) {
        let Some(field) = self.draft.catalogue.field(index) else { return };
        if field.base.is_some() || matches!(field.kind, Kind::Int | Kind::Double | Kind::Money) {
            return self.topic(Topic::Field(index), false, here);
        }
        if matches!(field.kind, Kind::Date | Kind::Time) {
            return self.dated(index, here);
        }
        if field.kind == Kind::Bool {
            let modifiers = self.take();
            let mut items = modifiers.items;
            items.push(here);
            let text = format!("{} == {}", field.id, !modifiers.negated);
            return self.draft.condition(&items, &field.id, text, None, !modifiers.negated);
        }
        if field.id == MANAGER_NAME && self.managed_by(here) {
            return;
        }
        let mut ahead = self.at;
        let mut between = vec![here];
        while !self.is_me(ahead)
            && matches!(
                self.word(ahead),
                Some(
                    Meaning::Is
                        | Meaning::Filler
                        | Meaning::Not
                        | Meaning::Neither
                        | Meaning::Compare(BinaryOp::Equal | BinaryOp::NotEqual)
                )
            )
        {
            if matches!(
                self.word(ahead),
                Some(Meaning::Not | Meaning::Neither | Meaning::Compare(BinaryOp::NotEqual))
            ) {
                self.pending.negated = true;
                self.pending.items.push(ahead);
            }
            ahead += 1;
        }
        match self.what(ahead) {
            Some(What::Word(Meaning::Value(_, _))) if matches!(field.kind, Kind::Enum(_)) => {
                if let Some(value) = self.value_of(index, ahead) {
                    self.at = ahead + 1;
                    return self.value(index, value, ahead, &between);
                }
            }
            Some(What::Word(Meaning::Me | Meaning::Filler))
                if self.is_me(ahead) && MANAGER.contains(&field.id.as_str()) =>
            {
                self.at = ahead + 1;
                between.push(ahead);
                let op = if self.pending.negated { "!=" } else { "==" };
                between.extend(self.take().items);
                let text = format!("{} {op} me", field.id);
                return self.draft.condition(&between, &field.id, text, None, false);
            }
            Some(What::Unknown)
                if matches!(field.kind, Kind::Text | Kind::TextList)
                    && (ahead > self.at || field.kind == Kind::TextList || self.is_proper(ahead))
                    && self.may_be(field, ahead) =>
            {
                let text =
                    self.draft.items.get(ahead).and_then(|item| self.draft.tokens.get(item.tokens.start));
                let literal = Literal::Text(text.map_or_else(String::new, |token| token.text.clone()));
                let (denied, id, value) = (self.pending.negated, &field.id, literal.print());
                let text = match (&field.kind, denied) {
                    (Kind::TextList, false) => format!("{value} in {id}"),
                    (Kind::TextList, true) => format!("!({value} in {id})"),
                    (_, false) => format!("{id} == {value}"),
                    (_, true) => format!("{id} != {value}"),
                };
                self.at = ahead + 1;
                between.push(ahead);
                between.extend(self.take().items);
                return self.draft.condition(&between, id, text, None, false);
            }
            _ => {}
        }
        self.presence(index, here);
    }

    /// Whether a word without a meaning may be a value of a field: a manager is no word in small letters.
    fn may_be(&self, field: &Field, at: usize) -> bool {
        !MANAGER.contains(&field.id.as_str()) || self.is_proper(at)
    }

    /// Whether a word is written as a name is, or in quotes.
    fn is_proper(&self, at: usize) -> bool {
        let token = self.draft.items.get(at).and_then(|item| self.draft.tokens.get(item.tokens.start));
        token.is_some_and(|token| token.capital || token.sort == Sort::Quoted)
    }

    pub(super) fn is_me(&self, at: usize) -> bool {
        let token = self.draft.items.get(at).and_then(|item| self.draft.tokens.get(item.tokens.start));
        token.is_some_and(|token| matches!(token.stem.as_str(), "me" | "myself"))
    }

    /// Whether an item's first word is one of these.
    pub(super) fn stem_is(&self, at: usize, stems: &[&str]) -> bool {
        let token = self.draft.items.get(at).and_then(|item| self.draft.tokens.get(item.tokens.start));
        let single = self.draft.items.get(at).is_some_and(|item| item.tokens.len() == 1);
        single && token.is_some_and(|token| stems.contains(&token.stem.as_str()))
    }

    /// "without an e-mail", "with a tax id".
    pub(super) fn presence(&mut self, index: FieldIndex, here: usize) {
        // Whether there is a manager is known of who it is, not of the name.
        let key = first_field(MANAGER, self.draft.catalogue).and_then(|id| self.draft.catalogue.index(id));
        let name = self.draft.catalogue.field(index).is_some_and(|field| field.id == MANAGER_NAME);
        let index = key.filter(|_| name && (self.pending.negated || self.with)).unwrap_or(index);
        let Some(field) = self.draft.catalogue.field(index) else { return };
        if self.pending.negated {
            let mut items = self.take().items;
            items.push(here);
            self.draft.condition(&items, &field.id, format!("!has({})", field.id), None, false);
        } else if self.by || self.pending.rank.is_some() {
            let modifiers = self.take();
            self.ranked(Topic::Field(index), modifiers.rank.unwrap_or(Rank::Least), None, false, &[here]);
        } else if self.with {
            self.draft.condition(&[here], &field.id, format!("has({})", field.id), None, false);
        } else {
            self.draft.shows(&[here], "shown: ", &field.id, None);
        }
    }

    /// Which value of this field an item names.
    fn value_of(&self, index: FieldIndex, at: usize) -> Option<usize> {
        let Some(Meaning::Value(of, place)) = self.word(at) else { return None };
        if of == index {
            return Some(place);
        }
        let values = |index: FieldIndex| match &self.draft.catalogue.field(index)?.kind {
            Kind::Enum(values) => Some(values),
            _ => None,
        };
        let word = values(of)?.get(place)?;
        values(index)?.iter().position(|value| value == word)
    }

    /// A value of an enum, with further values of the same field: "premium or strategic".
    pub(super) fn value(&mut self, index: FieldIndex, value: usize, here: usize, around: &[usize]) {
        let Some(field) = self.draft.catalogue.field(index) else { return };
        let Kind::Enum(values) = &field.kind else { return };
        // "inactive for 60 days" is no status but silence.
        let word = values.get(value).map_or("", String::as_str);
        if word == "active"
            && matches!(self.pending.rank, Some(Rank::Most | Rank::Least))
            && let Some(place) = of_base("engagement")
        {
            let modifiers = self.take();
            let mut items = modifiers.items;
            items.push(here);
            return self.ranked(
                Topic::Concept(place),
                modifiers.rank.unwrap_or(Rank::Most),
                None,
                false,
                &items,
            );
        }
        let silent = PRESETS.iter().position(|preset| preset.words.split(',').any(|held| held == word));
        let ranked = silent.is_some_and(|preset| Self::ranked_by(preset, &self.pending).is_some());
        if let Some(preset) = silent.filter(|_| ranked || matches!(self.what(self.at), Some(What::Window(_))))
        {
            return self.preset(preset, here);
        }
        let mut items = around.to_vec();
        if self.pending.negated {
            items.append(&mut self.pending.items);
        }
        items.push(here);
        let mut chosen = vec![value];
        loop {
            let joined = self.what(self.at) == Some(&What::Comma)
                || matches!(self.word(self.at), Some(Meaning::And | Meaning::Or));
            let step = usize::from(joined)
                + usize::from(joined && matches!(self.word(self.at + 1), Some(Meaning::Or | Meaning::And)));
            match self.value_of(index, self.at + step) {
                Some(more) if joined => {
                    chosen.push(more);
                    items.extend(self.at..=self.at + step);
                    self.at += step + 1;
                }
                _ => break,
            }
        }
        if let Some(more) = self.or_beyond(index, &chosen) {
            items.push(self.at);
            chosen.extend(more);
            self.at += 1;
        }
        // The field's own noun after the value: "premium tier".
        let own = matches!(self.word(self.at), Some(Meaning::Field(after)) if after == index);
        if own {
            items.push(self.at);
            self.at += 1;
        }
        let words: Vec<String> = chosen
            .iter()
            .filter_map(|place| values.get(*place))
            .map(|value| format!("\"{value}\""))
            .collect();
        self.one_of(&items, &field.id.clone(), &words, None);
    }

    /// "class D or worse", "premium or higher": the values beyond the last one, where they have an order.
    fn or_beyond(&self, index: FieldIndex, chosen: &[usize]) -> Option<Vec<usize>> {
        let field = self.draft.catalogue.field(index)?;
        let Kind::Enum(values) = &field.kind else { return None };
        let Some(Meaning::Suffix(_)) = self.word(self.at) else { return None };
        let tokens =
            self.draft.items.get(self.at).and_then(|item| self.draft.tokens.get(item.tokens.clone()))?;
        let worse = ["worse", "lower", "below", "less", "under"];
        let down = tokens.iter().any(|token| worse.contains(&token.stem.as_str()));
        let last = *chosen.last()?;
        // The classes of risk begin with the best, tiers and bands of health with the least.
        let from_the_best = match field.id.as_str() {
            "risk_class" => true,
            "tier" | "health_label" => false,
            _ => return None,
        };
        Some(if down == from_the_best { (last + 1..values.len()).collect() } else { (0..last).collect() })
    }

    /// The condition that a field is one of these literals, or with "not" none of them.
    pub(super) fn one_of(&mut self, items: &[usize], id: &str, words: &[String], note: Option<String>) {
        let negated = std::mem::take(&mut self.pending.negated);
        let text = match (words, negated) {
            ([only], false) => format!("{id} == {only}"),
            ([only], true) => format!("{id} != {only}"),
            (several, false) => format!("{id} in [{}]", several.join(", ")),
            (several, true) => format!("!({id} in [{}])", several.join(", ")),
        };
        self.draft.condition(items, id, text, note, false);
    }
}
