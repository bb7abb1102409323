//! Who looks after customers: account managers by the whole name, or by a part of it that only one of them has.

use super::{Clauses, What};
use crate::ask::token::Sort;
use crate::ask::vocabulary::{MANAGER, MANAGER_NAME, Meaning, first_field};
use crate::ast::Literal;

impl Clauses<'_, '_> {
    /// "managed by Ann Am", "account manager is me": a condition on who manages; says whether it was one.
    pub(super) fn managed_by(&mut self, here: usize) -> bool {
        let mut ahead = self.at;
        let mut denied = self.pending.negated;
        while !self.is_me(ahead)
            && matches!(self.word(ahead), Some(Meaning::Is | Meaning::Filler | Meaning::Not))
            && !self.stem_is(ahead, &["of", "for"])
        {
            denied |= self.word(ahead) == Some(Meaning::Not);
            ahead += 1;
        }
        let mut items = vec![here];
        if self.is_me(ahead) {
            let Some(id) = first_field(MANAGER, self.draft.catalogue).map(str::to_owned) else {
                return false;
            };
            items.extend(self.denied_items());
            items.extend(self.at..=ahead);
            self.at = ahead + 1;
            let op = if denied { "!=" } else { "==" };
            self.draft.set |= !self.draft.about_one();
            self.draft.condition(&items, &id, format!("{id} {op} me"), None, false);
            return true;
        }
        let verb = self.stem_is(here, &["manage", "managing"]);
        let Some((name, end)) = self.person(ahead).filter(|_| !verb) else { return false };
        items.extend(self.denied_items());
        items.extend(self.at..end);
        let span = (ahead..end).collect::<Vec<_>>();
        self.at = end;
        self.draft.set |= !self.draft.about_one();
        self.pending.negated = denied;
        self.manager(&name, &span, &items);
        true
    }

    fn denied_items(&mut self) -> Vec<usize> {
        if self.pending.negated { self.take().items } else { Vec::new() }
    }

    /// "accounts of Ann Am", "Priya's customers"; says whether it was one.
    pub(super) fn persons(&mut self, here: usize) -> bool {
        let of = here.checked_sub(1).filter(|of| self.stem_is(*of, &["of"]));
        let set = of.and_then(|of| of.checked_sub(1)).is_some_and(|at| self.word(at) == Some(Meaning::Noun));
        let owned = self.draft.words_at(here).ends_with(['s', '\'', '’']) && self.noun_ahead(here + 1);
        if !(set || owned) || self.draft.catalogue.get(MANAGER_NAME).is_none() {
            return false;
        }
        let Some((name, end)) = self.person(here) else { return false };
        if owned && self.draft.names.people(&name).is_empty() {
            return false;
        }
        let mut items = self.denied();
        items.extend(here..end);
        self.at = end;
        self.draft.set = true;
        self.manager(&name, &(here..end).collect::<Vec<_>>(), &items);
        true
    }

    /// Whether a noun for customers follows, words about them before it: "Priya's premium customers".
    fn noun_ahead(&self, from: usize) -> bool {
        let word = (from..).map_while(|at| self.word(at)).find(|word| {
            !matches!(word, Meaning::Value(..) | Meaning::Preset(_) | Meaning::New | Meaning::Trend(_))
        });
        word == Some(Meaning::Noun)
    }

    /// The condition that the one manager of this name answers for an account; several are asked back.
    fn manager(&mut self, name: &str, named: &[usize], items: &[usize]) {
        match self.draft.names.people(name).as_slice() {
            [] => {
                self.pending.negated = false;
                self.draft.miss(items, "no account manager of this name");
            }
            [only] => {
                let literal = Literal::Text(only.clone()).print();
                self.one_of(items, MANAGER_NAME, &[literal], None);
            }
            several => {
                self.pending.negated = false;
                self.draft.which = Some((self.draft.span(named), several.to_vec()));
                self.draft.understand(items, "an account manager");
            }
        }
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
            // "Priya's" ends a name.
            if self.draft.words_at(at - 1).ends_with("'s") || self.draft.words_at(at - 1).ends_with("’s") {
                break;
            }
        }
        (!words.is_empty()).then(|| (words.join(" "), at))
    }
}
