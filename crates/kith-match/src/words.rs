//! The words of a column of names, and how much each says: a word that many names hold says little.

use crate::dictionary::{Dictionary, Full};
use crate::similarity::edits_within;

/// From this length on one edit makes no other word of a word, and from the next on two.
const ONE_EDIT_FROM: usize = 4;
const TWO_EDITS_FROM: usize = 8;
/// Words of a name that are looked at.
const WORDS_MAX: usize = 16;

/// The different words of each text of a dictionary, by the text's number.
#[derive(Debug, Clone)]
pub struct Words {
    dictionary: Dictionary,
    ends: Vec<u32>,
    /// Words by number, text after text; within a text in order.
    words: Vec<u32>,
}

impl Default for Words {
    fn default() -> Self {
        Self { dictionary: Dictionary::default(), ends: vec![0], words: Vec::new() }
    }
}

impl Words {
    /// Adds the next text, unless its words are known.
    ///
    /// # Errors
    /// If the column holds more text than four gigabytes.
    pub fn learn(&mut self, number: u32, text: &str) -> Result<(), Full> {
        if (number as usize) < self.ends.len() {
            return Ok(());
        }
        let from = self.words.len();
        for word in text.split_ascii_whitespace().take(WORDS_MAX) {
            let word = self.dictionary.intern(word)?;
            if self.words[from..].contains(&word) {
                self.dictionary.release(word);
            } else {
                self.words.push(word);
            }
        }
        self.words[from..].sort_unstable();
        self.ends.push(u32::try_from(self.words.len()).map_err(|_| Full)?);
        Ok(())
    }

    /// Forgets the newest text, if it is this one.
    pub(crate) fn forget(&mut self, number: u32) {
        let at = number as usize;
        if at == 0 || at + 1 != self.ends.len() {
            return;
        }
        // In order, so that the newest words go first.
        for word in self.words.split_off(self.ends[at - 1] as usize).into_iter().rev() {
            self.dictionary.release(word);
            self.dictionary.forget(word);
        }
        self.ends.pop();
    }

    /// How much of what the words of both texts say is said by words that both hold, 0 to 1. A word with a slip
    /// counts as the word.
    #[must_use]
    pub fn likeness(&self, left: u32, right: u32) -> f64 {
        let (left, right) = (self.of(left), self.of(right));
        let all: f64 = left.iter().chain(right).map(|word| self.says(*word)).sum();
        let mut common = 0.0;
        let mut taken = 0_u32;
        let mut open: [u32; WORDS_MAX] = [0; WORDS_MAX];
        let mut rest = 0;
        for word in left {
            match right.binary_search(word) {
                Ok(place) => {
                    taken |= 1 << place;
                    common += 2.0 * self.says(*word);
                }
                Err(_) => {
                    open[rest] = *word;
                    rest += 1;
                }
            }
        }
        for word in &open[..rest] {
            let free = |place: &usize| taken >> place & 1 == 0 && self.alike(*word, right[*place]);
            if let Some(place) = (0..right.len()).find(free) {
                taken |= 1 << place;
                common += self.says(*word) + self.says(right[place]);
            }
        }
        if all > 0.0 { common / all } else { 0.0 }
    }

    fn of(&self, number: u32) -> &[u32] {
        let Some(before) = (number as usize).checked_sub(1) else { return &[] };
        &self.words[self.ends[before] as usize..self.ends[before + 1] as usize]
    }

    /// The word's surprise: 1 bit for a word that every name holds, more for rarer ones.
    fn says(&self, word: u32) -> f64 {
        let texts = self.ends.len() as f64;
        1.0 + (texts / f64::from(self.dictionary.count(word).max(1))).log2()
    }

    fn alike(&self, one: u32, other: u32) -> bool {
        let (one, other) = (self.dictionary.text(one), self.dictionary.text(other));
        let shorter = one.len().min(other.len());
        let max = if shorter >= TWO_EDITS_FROM { 2 } else { usize::from(shorter >= ONE_EDIT_FROM) };
        max > 0 && edits_within(one, other, max).is_some()
    }

    /// Gives back what only building needed.
    pub(crate) fn settle(&mut self) {
        self.dictionary.settle();
        self.ends.shrink_to_fit();
        self.words.shrink_to_fit();
    }
}
