//! The Merkle tree of RFC 9162 over the leaves of the record: roots, proofs and their verification (D§5.4).

use crate::record::{Hash, sha256};

/// The hash of two subtrees: `SHA-256(0x01 ‖ left ‖ right)`.
#[must_use]
pub fn node(left: &Hash, right: &Hash) -> Hash {
    sha256(&[&[1], left, right])
}

/// The root of the tree without leaves: `SHA-256("")`.
#[must_use]
pub fn empty_root() -> Hash {
    sha256(&[])
}

/// A tree that only grows, kept as the roots of its perfect subtrees: one for each set bit of its size.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Range {
    size: u64,
    peaks: Vec<Hash>,
}

impl Range {
    /// Takes up a tree from what [`Range::size`] and [`Range::peaks`] gave; `None` when they do not fit.
    #[must_use]
    pub fn resume(size: u64, peaks: Vec<Hash>) -> Option<Self> {
        let fits = u32::try_from(peaks.len()).is_ok_and(|count| count == size.count_ones());
        fits.then_some(Self { size, peaks })
    }

    /// How many leaves.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The roots of the perfect subtrees, the largest first.
    #[must_use]
    pub fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    /// Adds a leaf at the right.
    pub fn push(&mut self, leaf: Hash) {
        let mut merged = leaf;
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.peaks.pop() {
                merged = node(&left, &merged);
            }
        }
        self.peaks.push(merged);
        self.size = self.size.saturating_add(1);
    }

    /// The root over all leaves.
    #[must_use]
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        let Some(last) = peaks.next() else { return empty_root() };
        peaks.fold(*last, |right, left| node(left, &right))
    }
}

/// The root over leaves that are all at hand.
#[must_use]
pub fn root(leaves: &[Hash]) -> Hash {
    let mut range = Range::default();
    leaves.iter().for_each(|leaf| range.push(*leaf));
    range.root()
}

/// The largest power of two below `length`; `length` is at least 2.
fn split(length: usize) -> usize {
    length.next_power_of_two() >> 1
}

/// The path that proves the leaf at `index` to be in the tree over `leaves`; `None` beyond the end.
#[must_use]
pub fn inclusion_proof(leaves: &[Hash], index: usize) -> Option<Vec<Hash>> {
    if index >= leaves.len() {
        return None;
    }
    let (mut span, mut index, mut path) = (leaves, index, Vec::new());
    while span.len() > 1 {
        let (left, right) = span.split_at(split(span.len()));
        if index < left.len() {
            path.push(root(right));
            span = left;
        } else {
            index = index.saturating_sub(left.len());
            path.push(root(left));
            span = right;
        }
    }
    path.reverse();
    Some(path)
}

/// The path that proves the tree over the first `first` leaves to be a beginning of the tree over all.
///
/// `None` when `first` is 0 or beyond the end: such proofs are empty by definition and need no tree.
#[must_use]
pub fn consistency_proof(leaves: &[Hash], first: usize) -> Option<Vec<Hash>> {
    if first == 0 || first > leaves.len() {
        return None;
    }
    let (mut span, mut first, mut whole, mut path) = (leaves, first, true, Vec::new());
    while first < span.len() {
        let (left, right) = span.split_at(split(span.len()));
        if first <= left.len() {
            path.push(root(right));
            span = left;
        } else {
            first = first.saturating_sub(left.len());
            path.push(root(left));
            span = right;
            whole = false;
        }
    }
    if !whole {
        path.push(root(span));
    }
    path.reverse();
    Some(path)
}

/// Whether `path` proves `leaf` at `index` in the tree of `size` leaves with this root.
#[must_use]
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, path: &[Hash], expected: &Hash) -> bool {
    if index >= size {
        return false;
    }
    let (mut place, mut last, mut hash) = (index, size.saturating_sub(1), *leaf);
    for sibling in path {
        if last == 0 {
            return false;
        }
        if place & 1 == 1 || place == last {
            hash = node(sibling, &hash);
            while place & 1 == 0 && place != 0 {
                place >>= 1;
                last >>= 1;
            }
        } else {
            hash = node(&hash, sibling);
        }
        place >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *expected
}

/// Whether `path` proves that the tree of `first` leaves is a beginning of the tree of `second` leaves.
///
/// The empty tree is a beginning of every tree and proves nothing, so `first` of 0 is refused.
#[must_use]
pub fn verify_consistency(first: u64, second: u64, roots: (&Hash, &Hash), path: &[Hash]) -> bool {
    let (first_root, second_root) = roots;
    if first != 0 && first == second {
        return path.is_empty() && first_root == second_root;
    }
    if first == 0 || first > second || path.is_empty() {
        return false;
    }
    let seed = first.is_power_of_two().then_some(first_root);
    let mut steps = seed.into_iter().chain(path);
    let Some(start) = steps.next() else { return false };
    let (mut place, mut last) = (first.saturating_sub(1), second.saturating_sub(1));
    while place & 1 == 1 {
        place >>= 1;
        last >>= 1;
    }
    let (mut old, mut new) = (*start, *start);
    for step in steps {
        if last == 0 {
            return false;
        }
        if place & 1 == 1 || place == last {
            old = node(step, &old);
            new = node(step, &new);
            while place & 1 == 0 && place != 0 {
                place >>= 1;
                last >>= 1;
            }
        } else {
            new = node(&new, step);
        }
        place >>= 1;
        last >>= 1;
    }
    last == 0 && old == *first_root && new == *second_root
}
