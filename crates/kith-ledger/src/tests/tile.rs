//! Tiles: their proofs are those of the whole tree, and only leaves that a path needs are read.

use std::convert::Infallible;

use proptest::prelude::{ProptestConfig, proptest};

use crate::record::{Hash, sha256};
use crate::tile::{TILE, Tiles};
use crate::tree;

fn leaves(count: u64) -> Vec<Hash> {
    (0..count).map(|number| sha256(&[&[0], &number.to_le_bytes()])).collect()
}

fn tiled(leaves: &[Hash]) -> Tiles {
    let mut tiles = Tiles::default();
    let full = leaves.chunks_exact(usize::try_from(TILE).unwrap());
    full.for_each(|tile| assert!(tiles.push(tile)));
    tiles
}

fn place(at: u64) -> usize {
    usize::try_from(at).unwrap()
}

#[test]
fn only_full_tiles_are_taken() {
    let mut tiles = Tiles::default();
    assert!(!tiles.push(&leaves(TILE - 1)));
    assert_eq!(tiles.covered(), 0);
    assert!(tiles.push(&leaves(TILE)));
    assert_eq!(tiles.covered(), TILE);
}

#[test]
fn a_proof_in_a_long_log_reads_few_leaves() {
    let all = leaves(20 * TILE + 17);
    let (tiles, mut read) = (tiled(&all), 0);
    let path = tiles.inclusion(5, 20 * TILE + 17, &mut |from, to| {
        read += to - from;
        Ok::<_, Infallible>(all[place(from)..place(to)].to_vec())
    });
    assert_eq!(path, Ok(tree::inclusion_proof(&all, 5)));
    assert!(read < 2 * TILE, "{read} leaves were read");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn tiled_proofs_are_those_of_the_tree(size in 1..5 * TILE, pick in 0_u64..10_000, behind in 0..3 * TILE) {
        let (size, all) = (size, leaves(size));
        // Tiles that lag behind the log, as they do between two looks, change nothing.
        let tiles = tiled(&all[..place(size.saturating_sub(behind))]);
        let (index, first) = (pick % size, pick % size + 1);
        let mut read = |from: u64, to: u64| {
            assert!(to - from <= TILE);
            Ok::<_, Infallible>(all[place(from)..place(to)].to_vec())
        };
        assert_eq!(tiles.root(0, size, &mut read), Ok(tree::root(&all)));
        assert_eq!(tiles.inclusion(index, size, &mut read), Ok(tree::inclusion_proof(&all, place(index))));
        assert_eq!(tiles.consistency(first, size, &mut read), Ok(tree::consistency_proof(&all, place(first))));
        assert_eq!(tiles.inclusion(size, size, &mut read), Ok(None));
        assert_eq!(tiles.consistency(0, size, &mut read), Ok(None));
    }
}
