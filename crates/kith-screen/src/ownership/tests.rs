//! Chains, circles and the rules of 25 and 50 percent.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::{ProptestConfig, prop_assert, proptest};

use super::{BENEFICIAL, Graph, Share, Verdict, verdict};

fn graph(shares: &[(&str, &str, f64)]) -> Graph {
    let share = |(owner, owned, percent): &(&str, &str, f64)| Share {
        owner: (*owner).to_owned(),
        owned: (*owned).to_owned(),
        percent: *percent,
    };
    Graph::new(&shares.iter().map(share).collect::<Vec<_>>())
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn blocked(shares: &[(&str, &str, f64)], of: &str, names: &[&str]) -> f64 {
    graph(shares).blocked(of, &set(names))
}

#[test]
fn shares_multiply_along_a_chain_and_add_up_over_chains() {
    let owners =
        graph(&[("ann", "h1", 60.0), ("ann", "h2", 50.0), ("h1", "acme", 50.0), ("h2", "acme", 20.0)]);
    assert!((owners.indirect("acme")["ann"] - 40.0).abs() < 1e-9);
    assert_eq!(owners.beneficial("acme", BENEFICIAL).keys().collect::<Vec<_>>(), ["ann"]);
    assert!((owners.known("acme") - 70.0).abs() < 1e-9);
}

#[test]
fn exactly_a_quarter_counts_and_less_does_not() {
    let owners = graph(&[("ann", "acme", 25.0), ("ben", "acme", 24.99)]);
    assert_eq!(owners.beneficial("acme", BENEFICIAL).keys().collect::<Vec<_>>(), ["ann"]);
}

#[test]
fn circles_end() {
    let circle = graph(&[("a", "b", 50.0), ("b", "a", 50.0), ("ann", "b", 50.0), ("a", "acme", 100.0)]);
    // b holds 50, a again 25, and so on: ann has 25 · (1 + 1/4 + 1/16 …) = 33.3.
    assert!((circle.indirect("acme")["ann"] - 100.0 / 3.0).abs() < 1e-6);
    let own = graph(&[("acme", "sub", 100.0), ("sub", "acme", 10.0), ("ann", "acme", 90.0)]);
    assert!((own.indirect("acme")["ann"] - 90.0).abs() < 1e-9);
}

#[test]
fn blocked_owners_are_taken_together() {
    let two = [("x", "acme", 25.0), ("y", "acme", 25.0), ("z", "acme", 50.0)];
    assert_eq!(verdict(blocked(&two, "acme", &["x", "y"])), Verdict::Blocked);
    assert_eq!(verdict(blocked(&two, "acme", &["x"])), Verdict::Escalate);
    assert_eq!(verdict(blocked(&two, "acme", &[])), Verdict::Clear);
}

#[test]
fn a_party_that_blocked_ones_own_by_half_is_blocked_as_a_whole() {
    let chain = [("x", "holding", 50.0), ("holding", "acme", 60.0)];
    assert!((blocked(&chain, "acme", &["x"]) - 60.0).abs() < 1e-9);
    let less = [("x", "holding", 49.0), ("holding", "acme", 60.0)];
    assert!((blocked(&less, "acme", &["x"]) - 29.4).abs() < 1e-9);
}

#[test]
fn a_blocked_owners_own_owners_add_nothing() {
    let both = [("x", "y", 100.0), ("y", "acme", 30.0)];
    assert!((blocked(&both, "acme", &["x", "y"]) - 30.0).abs() < 1e-9);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn nobody_owns_more_than_all_and_more_blocked_owners_never_block_less(
        rows in proptest::collection::vec((0..8_u8, 0..8_u8, 0.0..100.0_f64), 0..24),
        names in proptest::collection::btree_set(0..8_u8, 0..4),
    ) {
        // Shares that can be true: nobody is owned by more than all.
        let of = |party: u8| rows.iter().filter(|row| row.1 == party).map(|row| row.2).sum::<f64>().max(100.0);
        let shares: Vec<Share> = rows
            .iter()
            .map(|(owner, owned, percent)| Share {
                owner: owner.to_string(),
                owned: owned.to_string(),
                percent: percent * 100.0 / of(*owned),
            })
            .collect();
        let graph = Graph::new(&shares);
        let owners: BTreeMap<String, f64> = graph.indirect("0");
        prop_assert!(owners.values().all(|percent| (0.0..=100.0).contains(percent)));
        let names: BTreeSet<String> = names.iter().filter(|name| **name > 0).map(u8::to_string).collect();
        let some = graph.blocked("0", &names);
        prop_assert!((0.0..=100.0).contains(&some));
        let mut more = names;
        more.insert("7".to_owned());
        prop_assert!(verdict_rank(graph.blocked("0", &more)) >= verdict_rank(some) || graph.blocked("0", &more) + 1e-6 >= some);
    }
}

fn verdict_rank(percent: f64) -> u8 {
    match verdict(percent) {
        Verdict::Clear => 0,
        Verdict::Escalate => 1,
        Verdict::Blocked => 2,
    }
}
