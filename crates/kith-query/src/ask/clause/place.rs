//! Where customers are: countries, states and provinces, cities.

use kith_domain::value::subdivision::{SUBDIVISIONS, Subdivision};

use super::{Clauses, What};
use crate::ask::country::COUNTRIES;
use crate::ask::token::Sort;
use crate::ask::vocabulary::{CITY, COUNTRY, Meaning, SUBDIVISION, first_field, is_entity};
use crate::ast::Literal;

/// States that are named like a city that people mean as often.
const LIKE_CITIES: &[&str] =
    &["new york", "washington", "são paulo", "sao paulo", "rio de janeiro", "quebec", "québec"];

impl Clauses<'_, '_> {
    /// The items of one kind that are joined to the one before: "France or Spain", "Texas, Florida".
    fn more<T>(&mut self, items: &mut Vec<usize>, next: impl Fn(&What) -> Option<T>) -> Vec<T> {
        let mut found = Vec::new();
        loop {
            let joined = self.what(self.at) == Some(&What::Comma)
                || matches!(self.word(self.at), Some(Meaning::And | Meaning::Or));
            let mut step = usize::from(joined);
            step +=
                usize::from(joined && matches!(self.word(self.at + step), Some(Meaning::Or | Meaning::And)));
            step += usize::from(joined && !self.pending.negated && self.is_in(self.at + step));
            let Some(more) = self.what(self.at + step).and_then(&next).filter(|_| joined) else {
                return found;
            };
            found.push(more);
            items.extend(self.at..=self.at + step);
            self.at += step + 1;
        }
    }

    fn is_in(&self, at: usize) -> bool {
        self.stem_is(at, &["in", "from", "near"])
    }

    /// The items of a "not" before, which stays in force.
    pub(super) fn denied(&mut self) -> Vec<usize> {
        if self.pending.negated { std::mem::take(&mut self.pending.items) } else { Vec::new() }
    }

    pub(super) fn country(&mut self, code: &'static str, here: usize) {
        let mut items = self.denied();
        items.push(here);
        let mut codes = vec![code];
        codes.extend(self.more(&mut items, |what| match what {
            What::Word(Meaning::Country(code)) => Some(*code),
            _ => None,
        }));
        let words: Vec<String> = codes.iter().map(|code| format!("\"{code}\"")).collect();
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
            Some(id) => self.one_of(&items, &id, &words, None),
            None => self.draft.miss(&items, "not available yet: country"),
        }
    }

    /// A state or province, with further ones.
    pub(super) fn region(&mut self, place: usize, here: usize) {
        let Some(id) = first_field(SUBDIVISION, self.draft.catalogue).map(str::to_owned) else { return };
        let mut items = self.denied();
        items.push(here);
        let mut places = vec![place];
        places.extend(self.more(&mut items, |what| match what {
            What::Word(Meaning::Region(place)) => Some(*place),
            _ => None,
        }));
        let regions: Vec<Subdivision> =
            places.iter().filter_map(|place| SUBDIVISIONS.get(*place).copied()).collect();
        let said: Vec<String> = items.iter().map(|item| self.draft.words_at(*item).to_owned()).collect();
        let notes: Vec<String> = regions.iter().filter_map(|region| taken(*region, &said)).collect();
        let note = (!notes.is_empty()).then(|| notes.join("; "));
        let words: Vec<String> = regions.iter().map(|region| format!("\"{}\"", region.iso())).collect();
        self.one_of(&items, &id, &words, note);
    }

    /// A word without a meaning: a city after "in", a person after "customers of", else not understood.
    pub(super) fn unknown(&mut self, here: usize) {
        let before = here.checked_sub(1).and_then(|before| self.draft.items.get(before));
        let before = before.and_then(|item| self.draft.tokens.get(item.tokens.end.saturating_sub(1)));
        let placed = before.is_some_and(|token| matches!(token.stem.as_str(), "in" | "from" | "near"));
        let city = first_field(CITY, self.draft.catalogue).map(str::to_owned);
        if let (Some(id), true, Some((name, end))) = (city, placed, self.named(here)) {
            let mut items = self.denied();
            items.extend(here..end);
            self.at = end;
            let mut words = vec![Literal::Text(name).print()];
            while matches!(self.what(self.at), Some(What::Comma | What::Word(Meaning::And | Meaning::Or))) {
                let next = self.at + 1 + usize::from(self.is_in(self.at + 1));
                let Some((name, end)) = self.named(next) else { break };
                words.push(Literal::Text(name).print());
                items.extend(self.at..end);
                self.at = end;
            }
            return self.one_of(&items, &id, &words, None);
        }
        if self.persons(here) {
            return;
        }
        self.draft.miss(&[here], "not understood");
    }

    /// A name of one or several words without a meaning, the first of them in a capital or in quotes, and the item after.
    fn named(&self, from: usize) -> Option<(String, usize)> {
        let token = |at: usize| {
            let item = self.draft.items.get(at).filter(|item| item.what == What::Unknown)?;
            self.draft
                .tokens
                .get(item.tokens.start)
                .filter(|token| token.capital || token.sort == Sort::Quoted)
        };
        let words: Vec<&str> = (from..).map_while(token).map(|token| token.text.as_str()).collect();
        (!words.is_empty()).then(|| (words.join(" "), from + words.len()))
    }
}

/// What else a state's name or code might have meant, so that the reader sees how it was taken.
fn taken(region: Subdivision, said: &[String]) -> Option<String> {
    let coded = said.iter().any(|word| word == region.code);
    let usual = region.names().next().unwrap_or_default();
    let others = SUBDIVISIONS.iter().filter(|held| held.country != region.country);
    let mut other: Vec<String> = others
        .filter(|held| if coded { held.code == region.code } else { held.names().any(|name| name == usual) })
        .map(|held| held.iso())
        .collect();
    let country = COUNTRIES.iter().find(|(code, names)| {
        if coded {
            *code == region.code
        } else {
            names.split(',').any(|name| name == format!("country {usual}"))
        }
    });
    other.extend(country.map(|(code, _)| format!("the country {code}")));
    if !coded && LIKE_CITIES.contains(&usual) {
        other.push("only the city".to_owned());
    }
    (!other.is_empty())
        .then(|| format!("taken as the state or province {}, not {}", region.iso(), other.join(", ")))
}
