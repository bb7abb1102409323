use super::Clusters;
use crate::score::Pair;

fn pair(left: u32, right: u32, weight: f32) -> Pair {
    Pair { left, right, weight }
}

#[test]
fn pairs_that_hang_together_are_one_cluster_named_by_its_first_row() {
    let clusters = Clusters::of(5, &[pair(1, 3, 9.0), pair(3, 4, 5.0)], |_, _| true);
    let groups: Vec<&[u32]> = clusters.groups().collect();
    assert_eq!(groups, [[1, 3, 4].as_slice()]);
    assert_eq!((0..5).map(|row| clusters.cluster(row)).collect::<Vec<_>>(), [0, 1, 2, 1, 1]);
}

#[test]
fn a_row_between_two_that_contradict_goes_to_the_stronger() {
    let apart = |one: &[u32], other: &[u32]| {
        let has = |row: u32| one.contains(&row) || other.contains(&row);
        !(has(0) && has(2))
    };
    let clusters = Clusters::of(3, &[pair(0, 1, 4.0), pair(1, 2, 9.0)], apart);
    assert_eq!(clusters.groups().collect::<Vec<_>>(), [[1, 2].as_slice()]);
}

#[test]
fn every_pair_within_a_cluster_is_brought_with_the_weight_that_joined_it() {
    let clusters = Clusters::of(3, &[pair(0, 1, 9.0), pair(1, 2, 4.0)], |_, _| true);
    let mut brought = clusters.brought().to_vec();
    brought.sort_by_key(|pair| (pair.left, pair.right));
    assert_eq!(brought, [pair(0, 1, 9.0), pair(0, 2, 4.0), pair(1, 2, 4.0)]);
}
