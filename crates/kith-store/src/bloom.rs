//! A blocked Bloom filter: one cache line a key, 12 bits a key, about one false answer in 200.

use ring::digest::{SHA256, digest};

#[cfg(test)]
mod tests;

/// Bits of one block: a cache line.
const BLOCK_BITS: u64 = 512;
const BLOCK_WORDS: usize = 8;
/// Bits set by one key.
const PROBES: u32 = 7;
const BITS_PER_KEY: u64 = 12;

/// Says "surely not" or "perhaps" for keys that are well-mixed 64-bit hashes.
#[derive(Debug, Clone)]
pub(crate) struct Bloom {
    blocks: Vec<[u64; BLOCK_WORDS]>,
    keys: u64,
}

impl Bloom {
    /// A filter for about so many keys.
    pub(crate) fn for_keys(keys: u64) -> Self {
        let blocks = keys.max(1024).saturating_mul(BITS_PER_KEY).div_ceil(BLOCK_BITS);
        Self { blocks: vec![[0; BLOCK_WORDS]; usize::try_from(blocks).unwrap_or(usize::MAX)], keys: 0 }
    }

    /// How many keys it holds at 12 bits a key.
    pub(crate) fn capacity(&self) -> u64 {
        let blocks = u64::try_from(self.blocks.len()).unwrap_or(u64::MAX);
        blocks.saturating_mul(BLOCK_BITS) / BITS_PER_KEY
    }

    /// How many keys were put in.
    pub(crate) fn keys(&self) -> u64 {
        self.keys
    }

    /// The block of a key, by its upper half.
    fn block(&self, key: u64) -> usize {
        let blocks = u128::try_from(self.blocks.len()).unwrap_or(1);
        usize::try_from(u128::from(key).wrapping_mul(blocks) >> 64).unwrap_or(0)
    }

    /// The bits of a key inside its block, by a remix so that they do not follow from the block.
    fn masks(key: u64) -> [u64; BLOCK_WORDS] {
        let mut masks = [0; BLOCK_WORDS];
        let mut mix = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        mix = (mix ^ (mix >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        mix ^= mix >> 32;
        for _ in 0..PROBES {
            let bit = mix & (BLOCK_BITS - 1);
            if let Some(word) = usize::try_from(bit >> 6).ok().and_then(|word| masks.get_mut(word)) {
                *word |= 1 << (bit & 63);
            }
            mix >>= 9;
        }
        masks
    }

    /// Puts a key in.
    pub(crate) fn insert(&mut self, key: u64) {
        let block = self.block(key);
        if let Some(block) = self.blocks.get_mut(block) {
            for (word, mask) in block.iter_mut().zip(Self::masks(key)) {
                *word |= mask;
            }
        }
        self.keys = self.keys.saturating_add(1);
    }

    /// Whether the key was perhaps put in; `false` is certain.
    pub(crate) fn may_contain(&self, key: u64) -> bool {
        let masks = Self::masks(key);
        let block = self.blocks.get(self.block(key));
        block.is_none_or(|block| block.iter().zip(masks).all(|(word, mask)| word & mask == mask))
    }

    /// The filter as bytes: SHA-256 of the rest, label, the position up to which it holds the log, number of
    /// keys, blocks.
    pub(crate) fn encode(&self, label: &str, position: u64) -> Vec<u8> {
        let mut bytes = u64::try_from(label.len()).unwrap_or(0).to_le_bytes().to_vec();
        bytes.extend_from_slice(label.as_bytes());
        bytes.extend_from_slice(&position.to_le_bytes());
        bytes.extend_from_slice(&self.keys.to_le_bytes());
        bytes.extend(self.blocks.iter().flatten().flat_map(|word| word.to_le_bytes()));
        [digest(&SHA256, &bytes).as_ref(), &bytes].concat()
    }

    /// Reads a filter back with its position; `None` when the bytes were changed or bear another label.
    pub(crate) fn decode(bytes: &[u8], label: &str) -> Option<(Self, u64)> {
        let (expected, rest) = bytes.split_at_checked(32)?;
        if digest(&SHA256, rest).as_ref() != expected {
            return None;
        }
        let (length, rest) = rest.split_first_chunk::<8>()?;
        let (found, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        let (position, rest) = rest.split_first_chunk::<8>()?;
        let (keys, rest) = rest.split_first_chunk::<8>()?;
        let (words, odd) = rest.as_chunks::<8>();
        let words: Vec<u64> = words.iter().map(|word| u64::from_le_bytes(*word)).collect();
        let (blocks, rest) = words.as_chunks::<BLOCK_WORDS>();
        let fits = found == label.as_bytes() && odd.is_empty() && rest.is_empty() && !blocks.is_empty();
        let bloom = Self { blocks: blocks.to_vec(), keys: u64::from_le_bytes(*keys) };
        fits.then_some((bloom, u64::from_le_bytes(*position)))
    }
}
