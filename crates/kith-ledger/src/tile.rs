//! Proofs over a long log without hashing all of it: the roots of full tiles are kept, leaves are read only where a
//! path needs them.

use crate::record::Hash;
use crate::tree::{consistency_path, inclusion_path, node, root, split};

/// How many leaves a tile covers: a power of two, so that a tile is a subtree of every tree that holds it.
pub const TILE: u64 = 1_024;

/// The roots of the full tiles at the beginning of a log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tiles {
    roots: Vec<Hash>,
}

impl Tiles {
    /// How many leaves the tiles cover.
    #[must_use]
    pub fn covered(&self) -> u64 {
        u64::try_from(self.roots.len()).unwrap_or(u64::MAX).saturating_mul(TILE)
    }

    /// Adds the tile of the next [`TILE`] leaves; says no to any other number of leaves.
    pub fn push(&mut self, leaves: &[Hash]) -> bool {
        let full = u64::try_from(leaves.len()) == Ok(TILE);
        if full {
            self.roots.push(root(leaves));
        }
        full
    }

    /// The path that proves the leaf at `index` in the tree of `size` leaves; `None` beyond the end. `read` gives the
    /// leaves from the first number up to, not including, the second; never more than a tile of them.
    ///
    /// # Errors
    /// Whatever `read` fails with.
    pub fn inclusion<E>(
        &self,
        index: u64,
        size: u64,
        read: &mut impl FnMut(u64, u64) -> Result<Vec<Hash>, E>,
    ) -> Result<Option<Vec<Hash>>, E> {
        inclusion_path(index, size, &mut |from, to| self.root(from, to, read))
    }

    /// The path that proves the tree of `first` leaves to be a beginning of the tree of `size` leaves; `None` when
    /// `first` is 0 or beyond the end. `read` as in [`Tiles::inclusion`].
    ///
    /// # Errors
    /// Whatever `read` fails with.
    pub fn consistency<E>(
        &self,
        first: u64,
        size: u64,
        read: &mut impl FnMut(u64, u64) -> Result<Vec<Hash>, E>,
    ) -> Result<Option<Vec<Hash>>, E> {
        consistency_path(first, size, &mut |from, to| self.root(from, to, read))
    }

    /// The root over a span of the log that is a subtree, or a beginning, of a tree over it.
    ///
    /// # Errors
    /// Whatever `read` fails with.
    pub fn root<E>(
        &self,
        from: u64,
        to: u64,
        read: &mut impl FnMut(u64, u64) -> Result<Vec<Hash>, E>,
    ) -> Result<Hash, E> {
        let length = to.saturating_sub(from);
        if let Some(tiles) = self.tiles(from, to) {
            return Ok(root(tiles));
        }
        if length <= TILE {
            return Ok(root(&read(from, to)?));
        }
        let middle = from.saturating_add(split(length));
        Ok(node(&self.root(from, middle, read)?, &self.root(middle, to, read)?))
    }

    /// The kept roots of a span, where it is made of whole tiles.
    fn tiles(&self, from: u64, to: u64) -> Option<&[Hash]> {
        let whole = from < to && from.is_multiple_of(TILE) && to.is_multiple_of(TILE);
        let place = |at: u64| usize::try_from(at / TILE).ok();
        self.roots.get(place(from)?..place(to)?).filter(|_| whole)
    }
}
