//! Every different text of a column once: texts become numbers, and equal numbers are equal texts.

use crate::mix::{hash_text, mix};

/// The number of the empty text: nothing is known.
pub const MISSING: u32 = 0;
/// Slots at the beginning; a power of two.
const SLOTS: usize = 64;
const FREE: u64 = 0;

/// More text than four gigabytes in one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full;

/// Texts by number, with how often each stands in the column.
#[derive(Debug, Clone)]
pub struct Dictionary {
    text: String,
    ends: Vec<u32>,
    counts: Vec<u32>,
    /// Open addressing: half a hash and the number of a text, or 0 where the slot is free.
    slots: Vec<u64>,
}

impl Default for Dictionary {
    fn default() -> Self {
        Self { text: String::new(), ends: vec![0], counts: vec![0], slots: vec![FREE; SLOTS] }
    }
}

impl Dictionary {
    /// How many numbers there are, [`MISSING`] among them.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether it holds no text but the empty one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 1
    }

    /// The text of a number.
    #[must_use]
    pub fn text(&self, number: u32) -> &str {
        let Some(before) = (number as usize).checked_sub(1) else { return "" };
        &self.text[self.ends[before] as usize..self.ends[before + 1] as usize]
    }

    /// How often the text stands in the column.
    #[must_use]
    pub fn count(&self, number: u32) -> u32 {
        self.counts[number as usize]
    }

    /// The number of a text, new or known; counts it once more.
    ///
    /// # Errors
    /// If the column holds more text than its offsets can say.
    pub fn intern(&mut self, text: &str) -> Result<u32, Full> {
        if text.is_empty() {
            self.counts[0] += 1;
            return Ok(MISSING);
        }
        let tag = hash_text(text) >> 32;
        let mut slot = tag as usize & (self.slots.len() - 1);
        while self.slots[slot] != FREE {
            let known = self.slots[slot] as u32;
            if self.slots[slot] >> 32 == tag && self.text(known) == text {
                self.counts[known as usize] += 1;
                return Ok(known);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        let end = u32::try_from(self.text.len() + text.len()).map_err(|_| Full)?;
        let number = u32::try_from(self.ends.len()).map_err(|_| Full)?;
        self.text.push_str(text);
        self.ends.push(end);
        self.counts.push(1);
        self.slots[slot] = tag << 32 | u64::from(number);
        if self.ends.len() * 4 > self.slots.len() * 3 {
            self.grow();
        }
        Ok(number)
    }

    /// One occurrence less: a row was taken away.
    pub fn release(&mut self, number: u32) {
        let count = &mut self.counts[number as usize];
        *count = count.saturating_sub(1);
    }

    /// Forgets the newest text, if it is this one and stands nowhere any more.
    pub(crate) fn forget(&mut self, number: u32) {
        let at = number as usize;
        if number == MISSING || at + 1 != self.len() || self.counts[at] > 0 {
            return;
        }
        let (mask, tag) = (self.slots.len() - 1, hash_text(self.text(number)) >> 32);
        let mut free = tag as usize & mask;
        while self.slots[free] != tag << 32 | u64::from(number) {
            free = (free + 1) & mask;
        }
        // Those behind it move up, unless that would put them before their own place.
        let mut next = (free + 1) & mask;
        while self.slots[next] != FREE {
            let home = (self.slots[next] >> 32) as usize & mask;
            if (next.wrapping_sub(home) & mask) >= (next.wrapping_sub(free) & mask) {
                self.slots[free] = self.slots[next];
                free = next;
            }
            next = (next + 1) & mask;
        }
        self.slots[free] = FREE;
        self.text.truncate(self.ends[at - 1] as usize);
        self.ends.pop();
        self.counts.pop();
    }

    fn grow(&mut self) {
        let size = self.slots.len() * 2;
        let before = std::mem::replace(&mut self.slots, vec![FREE; size]);
        for taken in before.into_iter().filter(|taken| *taken != FREE) {
            let mut slot = (taken >> 32) as usize & (size - 1);
            while self.slots[slot] != FREE {
                slot = (slot + 1) & (size - 1);
            }
            self.slots[slot] = taken;
        }
    }

    /// A hash of each text after `shape` has cut it to what a block compares; 0 where that is nothing.
    pub fn keys(&self, shape: impl Fn(&str) -> u64) -> Vec<u64> {
        (0..self.len() as u32).map(|number| shape(self.text(number))).collect()
    }

    /// The share of pairs of different occurrences that are equal, and of those that are both known, among all
    /// pairs of `rows`.
    #[must_use]
    pub fn coincidence(&self) -> (f64, f64) {
        let known: f64 = self.counts.iter().skip(1).map(|count| f64::from(*count)).sum();
        let equal: f64 = self.counts.iter().skip(1).map(|count| pairs_of(f64::from(*count))).sum();
        (equal, pairs_of(known))
    }

    /// Gives back what only building needed.
    pub fn settle(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.counts.shrink_to_fit();
        self.slots = Vec::new();
    }
}

/// How many pairs `count` things make.
pub(crate) fn pairs_of(count: f64) -> f64 {
    count * (count - 1.0) / 2.0
}

/// Joins two hashes so that neither can be read out of the other.
pub(crate) fn join(left: u64, right: u64) -> u64 {
    mix(left.rotate_left(23) ^ right)
}
