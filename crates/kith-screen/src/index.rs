//! Which entries can reach a score at all: their words are looked up by skeletons with letters left out.
//!
//! Two words within [`crate::distance::limit`] of one another share a skeleton once as many consonants as the shorter
//! word allows are left out of both. So nothing is lost against comparing everything; what is found is scored as a whole.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::align::likeness;
use crate::distance::limit;
use crate::name::{Name, Role, Token, is_found};
use crate::normalise::words::{nickname, nicknames};
use crate::score::{BODY, PERSON, ratio};

#[cfg(test)]
mod tests;

/// A word of the list and where it stands.
#[derive(Debug)]
struct Listed {
    token: Token,
    /// Names it stands in, each with what it weighs there.
    names: Vec<(u32, f32)>,
}

/// A name as a list of candidates needs it.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// What words weigh that can be looked up.
    found: f32,
    /// What its other words weigh.
    other: f32,
    /// What single letters may stand for on the other side.
    initials: f32,
    body: bool,
}

/// The words of a list.
#[derive(Debug, Default)]
pub struct Index {
    words: Vec<Listed>,
    by_text: HashMap<Box<str>, u32>,
    by_part: HashMap<u64, Vec<u32>, BuildHasherDefault<Numbered>>,
    names: Vec<Known>,
}

impl Index {
    /// Indexes names; their places are their numbers.
    #[must_use]
    pub fn new(names: &[Name]) -> Self {
        let mut index = Self::default();
        for (at, name) in (0_u32..).zip(names) {
            let found = name.weight_found();
            let (other, initials) = (name.weight() - found, initials(name));
            index.names.push(Known { found, other, initials, body: name.body });
            for token in name.tokens.iter().filter(|token| is_found(token)) {
                index.add(token, at, token.weight);
            }
            for join in &name.joins {
                let part = &name.tokens[join.at..join.at + join.count];
                let weight = part.iter().filter(|token| is_found(token)).map(|token| token.weight).sum();
                index.add(&join.token, at, weight);
            }
        }
        let mut parts = Vec::new();
        for (at, word) in (0_u32..).zip(&index.words) {
            parts_of(&word.token, &mut parts);
            for part in &parts {
                index.by_part.entry(*part).or_default().push(at);
            }
        }
        index
    }

    fn add(&mut self, token: &Token, name: u32, weight: f32) {
        let next = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        let at = *self.by_text.entry(token.text.clone()).or_insert(next);
        if at == next {
            self.words.push(Listed { token: token.clone(), names: Vec::new() });
        }
        if let Some(word) = self.words.get_mut(at as usize) {
            word.names.push((name, weight));
        }
    }

    /// Words of the list that may be spellings of a word.
    fn look_up(&self, token: &Token, seen: &mut [bool]) -> Vec<u32> {
        let mut parts = Vec::new();
        parts_of(token, &mut parts);
        let mut met: Vec<u32> = Vec::new();
        let short = nickname(&token.text).map(nicknames).unwrap_or_default();
        let short = short.iter().filter_map(|name| self.by_text.get(*name));
        for at in parts.iter().filter_map(|part| self.by_part.get(part)).flatten().chain(short) {
            if let Some(seen) = seen.get_mut(*at as usize).filter(|seen| !**seen) {
                *seen = true;
                met.push(*at);
            }
        }
        for at in &met {
            seen[*at as usize] = false;
        }
        met.retain(|at| self.words.get(*at as usize).is_some_and(|word| likeness(token, &word.token) > 0.0));
        met
    }
}

/// Longest skeleton that letters are left out of.
const SKELETON_MAX: usize = 14;

/// The skeleton of a word, with as many letters left out as its length allows, as numbers.
fn parts_of(token: &Token, parts: &mut Vec<u64>) {
    parts.clear();
    let skeleton = &token.skeleton[..token.skeleton.len().min(SKELETON_MAX)];
    parts.push(number_of(skeleton.iter().copied()));
    let left_out = limit(token.text.len(), token.skeleton.len()) as usize;
    if left_out == 0 {
        return;
    }
    let without = |skip: [usize; 2]| {
        let kept = skeleton.iter().enumerate().filter(move |(at, _)| !skip.contains(at));
        number_of(kept.map(|(_, letter)| *letter))
    };
    for one in 0..skeleton.len() {
        parts.push(without([one, one]));
        if left_out > 1 {
            parts.extend((one + 1..skeleton.len()).map(|two| without([one, two])));
        }
    }
    parts.sort_unstable();
    parts.dedup();
}

/// FNV-1a: short, and the same everywhere.
fn number_of(letters: impl Iterator<Item = u8>) -> u64 {
    const START: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    letters.fold(START, |number, letter| (number ^ u64::from(letter)).wrapping_mul(PRIME))
}

fn initials(name: &Name) -> f32 {
    name.tokens.iter().filter(|token| token.role == Role::Initial).count() as f32
}

/// Keys that are numbers of letters already need no second hashing.
#[derive(Debug, Default, Clone, Copy)]
struct Numbered(u64);

impl Hasher for Numbered {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = number_of(bytes.iter().copied());
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

/// What searches in one list need again and again: words that were looked up, and marks for every name. A memory belongs
/// to one list.
#[derive(Debug, Default)]
pub struct Memory {
    words: HashMap<Box<str>, Vec<u32>>,
    left: Vec<f32>,
    right: Vec<f32>,
    touched: Vec<u32>,
    seen: Vec<bool>,
}

/// Words that a memory keeps.
const WORDS_MAX: usize = 50_000;

impl Index {
    /// Names whose score can reach `least`, by their numbers.
    #[must_use]
    pub fn candidates(&self, query: &Name, least: f64, memory: &mut Memory) -> Vec<u32> {
        if (memory.left.len(), memory.seen.len()) != (self.names.len(), self.words.len()) {
            let marks = || vec![0.0; self.names.len()];
            *memory = Memory {
                left: marks(),
                right: marks(),
                seen: vec![false; self.words.len()],
                ..Memory::default()
            };
        }
        if memory.words.len() > WORDS_MAX {
            memory.words.clear();
        }
        for token in query.tokens.iter().filter(|token| is_found(token)) {
            self.mark(token, token.weight, memory);
        }
        for join in &query.joins {
            let part = &query.tokens[join.at..join.at + join.count];
            let weight = part.iter().filter(|token| is_found(token)).map(|token| token.weight).sum();
            self.mark(&join.token, weight, memory);
        }
        let found = query.weight_found();
        let (other, initials) = (query.weight() - found, initials(query));
        let mut reached = Vec::new();
        let Memory { left, right, touched, .. } = memory;
        for at in touched.drain(..) {
            let place = at as usize;
            let (on_left, on_right) = (std::mem::take(&mut left[place]), std::mem::take(&mut right[place]));
            let Some(known) = self.names.get(place) else { continue };
            let (on_left, on_right) = (on_left + known.initials, on_right + initials);
            let alone = ((found - on_left).max(0.0), (known.found - on_right).max(0.0));
            let most = f32::midpoint(on_left.min(found) + other, on_right.min(known.found) + known.other);
            let alone_counts = if query.body || known.body { BODY } else { PERSON };
            let bound = ratio(most, most, alone, alone_counts.conflict, alone_counts.more);
            if f64::from(bound) >= least {
                reached.push(at);
            }
        }
        reached.sort_unstable();
        reached
    }

    fn mark(&self, token: &Token, weight: f32, memory: &mut Memory) {
        if token.role == Role::Light {
            return;
        }
        if !memory.words.contains_key(&token.text) {
            let found = self.look_up(token, &mut memory.seen);
            memory.words.insert(token.text.clone(), found);
        }
        let Memory { words, left, right, touched, .. } = memory;
        for word in words.get(&token.text).into_iter().flatten() {
            let Some(word) = self.words.get(*word as usize) else { continue };
            for (name, there) in &word.names {
                let place = *name as usize;
                if left[place] == 0.0 && right[place] == 0.0 {
                    touched.push(*name);
                }
                left[place] += weight;
                right[place] += there;
            }
        }
    }
}
