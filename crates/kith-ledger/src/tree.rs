//! The Merkle tree of RFC 9162 over the leaves of the record: roots, proofs and their verification (D§5.4).

use std::convert::Infallible;

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
pub(crate) fn split(length: u64) -> u64 {
    length.next_power_of_two() >> 1
}

/// The path that proves the leaf at `index` in a tree of `size` leaves; `None` beyond the end. `root_of` gives the
/// root over the leaves from the first number up to, not including, the second.
///
/// # Errors
/// Whatever `root_of` fails with.
pub fn inclusion_path<E>(
    index: u64,
    size: u64,
    root_of: &mut impl FnMut(u64, u64) -> Result<Hash, E>,
) -> Result<Option<Vec<Hash>>, E> {
    if index >= size {
        return Ok(None);
    }
    let (mut from, mut to, mut path) = (0_u64, size, Vec::new());
    while to.saturating_sub(from) > 1 {
        let middle = from.saturating_add(split(to.saturating_sub(from)));
        if index < middle {
            path.push(root_of(middle, to)?);
            to = middle;
        } else {
            path.push(root_of(from, middle)?);
            from = middle;
        }
    }
    path.reverse();
    Ok(Some(path))
}

/// The path that proves the tree of `first` leaves to be a beginning of the tree of `size` leaves; `None` when `first`
/// is 0 or beyond the end: such proofs are empty by definition and need no tree. `root_of` as in [`inclusion_path`].
///
/// # Errors
/// Whatever `root_of` fails with.
pub fn consistency_path<E>(
    first: u64,
    size: u64,
    root_of: &mut impl FnMut(u64, u64) -> Result<Hash, E>,
) -> Result<Option<Vec<Hash>>, E> {
    if first == 0 || first > size {
        return Ok(None);
    }
    let (mut from, mut to, mut path) = (0_u64, size, Vec::new());
    while first < to {
        let middle = from.saturating_add(split(to.saturating_sub(from)));
        if first <= middle {
            path.push(root_of(middle, to)?);
            to = middle;
        } else {
            path.push(root_of(from, middle)?);
            from = middle;
        }
    }
    if from > 0 {
        path.push(root_of(from, to)?);
    }
    path.reverse();
    Ok(Some(path))
}

/// Roots over leaves that are all at hand.
fn root_of(leaves: &[Hash]) -> impl FnMut(u64, u64) -> Result<Hash, Infallible> {
    move |from, to| {
        let span = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
        Ok(root(leaves.get(span(from)..span(to)).unwrap_or_default()))
    }
}

/// [`inclusion_path`] over leaves that are all at hand.
#[must_use]
pub fn inclusion_proof(leaves: &[Hash], index: usize) -> Option<Vec<Hash>> {
    let Ok(path) = inclusion_path(number(index), number(leaves.len()), &mut root_of(leaves));
    path
}

/// [`consistency_path`] over leaves that are all at hand.
#[must_use]
pub fn consistency_proof(leaves: &[Hash], first: usize) -> Option<Vec<Hash>> {
    let Ok(path) = consistency_path(number(first), number(leaves.len()), &mut root_of(leaves));
    path
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
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
