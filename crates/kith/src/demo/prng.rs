//! Chance from a seed: `SplitMix64` (Steele, Lea, Flood 2014), the same on every machine.

/// A source of chance.
#[derive(Debug, Clone)]
pub(super) struct Prng(u64);

impl Prng {
    /// Chance that a seed determines.
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A source of its own, so that what one customer does changes nothing for another.
    pub(super) fn fork(&self, name: u64) -> Self {
        let mut fork = Self(self.0 ^ name.wrapping_mul(0xD6E8_FEB8_6659_FD93));
        fork.next();
        fork
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from `least` to `most`, both included.
    pub(super) fn range(&mut self, least: i64, most: i64) -> i64 {
        assert!(least <= most, "an empty range was asked for");
        let width = (most - least) as u64 + 1;
        least + (self.next() % width) as i64
    }

    /// True in `permille` of a thousand cases.
    pub(super) fn chance(&mut self, permille: i64) -> bool {
        self.range(0, 999) < permille
    }

    /// One of several.
    pub(super) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[(self.next() % of.len() as u64) as usize]
    }

    /// The place of a weight, chosen by weight.
    pub(super) fn weighted(&mut self, weights: &[i64]) -> usize {
        let mut left = self.range(0, weights.iter().sum::<i64>() - 1);
        for (place, weight) in weights.iter().enumerate() {
            if left < *weight {
                return place;
            }
            left -= weight;
        }
        weights.len() - 1
    }
}
