//! Fields of the master record: values, countries, cities, presence.

use super::{Clauses, What};
use crate::ask::draft::Topic;
use crate::ask::preset::PRESETS;
use crate::ask::token::Sort;
use crate::ask::vocabulary::{CITY, COUNTRY, MANAGER, MANAGER_NAME, Meaning, Rank, first_field, is_entity};
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

    fn is_me(&self, at: usize) -> bool {
        let token = self.draft.items.get(at).and_then(|item| self.draft.tokens.get(item.tokens.start));
        token.is_some_and(|token| matches!(token.stem.as_str(), "me" | "myself"))
    }

    /// "managed by Ann Am", "account manager is me": a condition on who manages; says whether it was one.
    fn managed_by(&mut self, here: usize) -> bool {
        let mut ahead = self.at;
        let mut denied = self.pending.negated;
        while !self.is_me(ahead)
            && matches!(self.word(ahead), Some(Meaning::Is | Meaning::Filler | Meaning::Not))
            && !self.stem_is(ahead, &["of", "for"])
        {
            denied |= self.word(ahead) == Some(Meaning::Not);
            ahead += 1;
        }
        let op = if denied { "!=" } else { "==" };
        let (id, value, end) = if self.is_me(ahead) {
            let Some(id) = first_field(MANAGER, self.draft.catalogue) else { return false };
            (id.to_owned(), "me".to_owned(), ahead + 1)
        } else {
            let Some((name, end)) =
                self.person(ahead).filter(|_| !self.stem_is(here, &["manage", "managing"]))
            else {
                return false;
            };
            (MANAGER_NAME.to_owned(), Literal::Text(name).print(), end)
        };
        let mut items = vec![here];
        if self.pending.negated {
            items.extend(self.take().items);
        }
        items.extend(self.at..end);
        self.at = end;
        self.draft.set |= !self.draft.about_one();
        self.draft.condition(&items, &id, format!("{id} {op} {value}"), None, false);
        true
    }

    /// A person's name from an item on, and the item after it: words without a meaning, or capitalised ones.
    fn person(&self, from: usize) -> Option<(String, usize)> {
        let mut words: Vec<&str> = Vec::new();
        let mut at = from;
        while let Some(item) = self.draft.items.get(at) {
            let tokens = self.draft.tokens.get(item.tokens.clone())?;
            let unknown = item.what == What::Unknown;
            let proper = tokens.iter().all(|token| token.sort == Sort::Word && token.capital);
            if !(unknown || proper && !matches!(item.what, What::Account(_) | What::Accounts(_))) {
                break;
            }
            words.extend(tokens.iter().map(|token| token.text.as_str()));
            at += 1;
        }
        (!words.is_empty()).then(|| (words.join(" "), at))
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
        self.one_of(&items, &field.id.clone(), &words);
    }

    /// "class D or worse", "premium or higher": the values beyond the last one, where they have an order.
    fn or_beyond(&self, index: FieldIndex, chosen: &[usize]) -> Option<Vec<usize>> {
        let field = self.draft.catalogue.field(index)?;
        let Kind::Enum(values) = &field.kind else { return None };
        let Some(Meaning::Suffix(_)) = self.word(self.at) else { return None };
        let worse = self.draft.words_at(self.at).to_lowercase();
        let down = ["worse", "lower", "below", "less", "under"].iter().any(|word| worse.contains(word));
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
    fn one_of(&mut self, items: &[usize], id: &str, words: &[String]) {
        let negated = std::mem::take(&mut self.pending.negated);
        let text = match (words, negated) {
            ([only], false) => format!("{id} == {only}"),
            ([only], true) => format!("{id} != {only}"),
            (several, false) => format!("{id} in [{}]", several.join(", ")),
            (several, true) => format!("!({id} in [{}])", several.join(", ")),
        };
        self.draft.condition(items, id, text, None, false);
    }

    pub(super) fn country(&mut self, code: &'static str, here: usize) {
        let mut items =
            if self.pending.negated { std::mem::take(&mut self.pending.items) } else { Vec::new() };
        items.push(here);
        let mut words = vec![format!("\"{code}\"")];
        loop {
            let joined = self.what(self.at) == Some(&What::Comma)
                || matches!(self.word(self.at), Some(Meaning::And | Meaning::Or));
            let step = usize::from(joined)
                + usize::from(joined && matches!(self.word(self.at + 1), Some(Meaning::Or | Meaning::And)));
            let Some(Meaning::Country(more)) = self.word(self.at + step).filter(|_| joined) else { break };
            words.push(format!("\"{more}\""));
            items.extend(self.at..=self.at + step);
            self.at += step + 1;
        }
        let entity = matches!(self.word(self.at), Some(Meaning::Field(index)) if self.draft.catalogue.field(index).is_some_and(|field| is_entity(&field.id)));
        let id = match self.word(self.at) {
            Some(Meaning::Field(index)) if entity => {
                self.draft.catalogue.field(index).map(|field| field.id.clone())
            }
            _ => first_field(COUNTRY, self.draft.catalogue).map(str::to_owned),
        };
        if entity {
            items.push(self.at);
            self.at += 1;
        }
        match id {
            Some(id) => self.one_of(&items, &id, &words),
            None => self.draft.miss(&items, "not available yet: country"),
        }
    }

    /// A word without a meaning: a city after "in", else not understood.
    pub(super) fn unknown(&mut self, here: usize) {
        let token = self.draft.items.get(here).and_then(|item| self.draft.tokens.get(item.tokens.start));
        let before = here.checked_sub(1).and_then(|before| self.draft.items.get(before));
        let before = before.and_then(|item| self.draft.tokens.get(item.tokens.end.saturating_sub(1)));
        let placed = before.is_some_and(|token| matches!(token.stem.as_str(), "in" | "from" | "near"));
        let city = first_field(CITY, self.draft.catalogue).map(str::to_owned);
        if let (Some(token), Some(id), true) = (token, city, placed)
            && token.capital
        {
            let literal = Literal::Text(token.text.clone());
            let denied = self.pending.negated;
            let mut items = if denied { std::mem::take(&mut self.pending.items) } else { Vec::new() };
            items.push(here);
            return self.one_of(&items, &id, &[literal.print()]);
        }
        let of = here.checked_sub(1).filter(|of| self.stem_is(*of, &["of"]));
        let set = of.and_then(|of| of.checked_sub(1)).is_some_and(|at| self.word(at) == Some(Meaning::Noun));
        let named = set && self.draft.catalogue.get(MANAGER_NAME).is_some();
        let person = token.filter(|token| named && token.capital).and_then(|_| self.person(here));
        if let Some((name, end)) = person {
            let mut items =
                if self.pending.negated { std::mem::take(&mut self.pending.items) } else { Vec::new() };
            items.extend(here..end);
            self.at = end;
            return self.one_of(&items, MANAGER_NAME, &[Literal::Text(name).print()]);
        }
        self.draft.miss(&[here], "not understood");
    }
}
