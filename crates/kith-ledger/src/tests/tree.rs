//! The tree: the known roots of D§5.4, proofs of another implementation, and proofs of every small tree.

use data_encoding::{BASE64, HEXLOWER};
use proptest::prelude::{any, prop, proptest};
use serde::Deserialize;

use crate::record::{Hash, sha256};
use crate::tree::{
    Range, consistency_proof, empty_root, inclusion_proof, root, verify_consistency, verify_inclusion,
};

fn leaves(texts: &[&[u8]]) -> Vec<Hash> {
    texts.iter().map(|text| sha256(&[&[0], text])).collect()
}

fn numbered(count: usize) -> Vec<Hash> {
    (0..count).map(|number| sha256(&[&[0], &number.to_le_bytes()])).collect()
}

#[test]
fn known_roots() {
    let hex = |leaves: &[Hash]| HEXLOWER.encode(&root(leaves));
    assert_eq!(hex(&[]), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (texts, expected) in [
        (&[b"a".as_slice()][..], "022a6979e6dab7aa5ae4c3e5e45f7e977112a7e63593820dbec1ec738a24f93c"),
        (&[b"a", b"b"], "b137985ff484fb600db93107c77b0365c80d78f5b429ded0fd97361d077999eb"),
        (&[b"a", b"b", b"c"], "36642e73c2540ab121e3a6bf9545b0a24982cd830eb13d3cd19de3ce6c021ec1"),
        (&[b"a", b"b", b"c", b"d", b"e"], "fe14a5426fbd70c0fa73f52342afed0da0bd23c4838662ccf6b88a3070ead97b"),
    ] {
        assert_eq!(hex(&leaves(texts)), expected);
    }
    // The eight leaves that certificate transparency tests with.
    let eight =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    let eight: Vec<Vec<u8>> = eight.iter().map(|text| HEXLOWER.decode(text.as_bytes()).unwrap()).collect();
    let eight = leaves(&eight.iter().map(Vec::as_slice).collect::<Vec<_>>());
    assert_eq!(hex(&eight), "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Case {
    kind: String,
    desc: String,
    want_err: bool,
    proof: Option<Vec<String>>,
    leaf_idx: Option<u64>,
    tree_size: Option<u64>,
    root: Option<String>,
    leaf_hash: Option<String>,
    size1: Option<u64>,
    size2: Option<u64>,
    root1: Option<String>,
    root2: Option<String>,
}

/// `None` where it is not 32 bytes: such a hash cannot even be handed over.
fn hash(text: Option<&String>) -> Option<Hash> {
    Hash::try_from(BASE64.decode(text?.as_bytes()).ok()?).ok()
}

/// Some roots are short texts; zeros make them hashes that differ where the texts do.
fn root_hash(text: Option<&String>) -> Option<Hash> {
    let mut bytes = BASE64.decode(text?.as_bytes()).ok()?;
    bytes.resize(bytes.len().max(32), 0);
    Hash::try_from(bytes).ok()
}

#[test]
fn proofs_of_another_implementation_are_judged_alike() {
    let (mut good, mut bad) = (0, 0);
    for line in include_str!("../../tests-data/merkle_proofs.jsonl").lines() {
        let case: Case = serde_json::from_str(line).unwrap();
        let path: Option<Vec<Hash>> = case.proof.iter().flatten().map(|step| hash(Some(step))).collect();
        let accepted = path.is_some_and(|path| {
            if case.kind == "inclusion" {
                let (index, size) = (case.leaf_idx.unwrap_or(0), case.tree_size.unwrap_or(0));
                let (leaf, root) = (hash(case.leaf_hash.as_ref()), root_hash(case.root.as_ref()));
                leaf.zip(root).is_some_and(|(leaf, root)| verify_inclusion(&leaf, index, size, &path, &root))
            } else {
                let (first, second) = (case.size1.unwrap_or(0), case.size2.unwrap_or(0));
                let roots = root_hash(case.root1.as_ref()).zip(root_hash(case.root2.as_ref()));
                roots.is_some_and(|roots| verify_consistency(first, second, (&roots.0, &roots.1), &path))
            }
        });
        assert_eq!(accepted, !case.want_err, "{} {}", case.kind, case.desc);
        if accepted { good += 1 } else { bad += 1 }
    }
    assert_eq!((good, bad), (6, 53));
}

#[test]
fn every_proof_of_every_small_tree_holds_and_holds_nowhere_else() {
    let all = numbered(20);
    for size in 1..=all.len() {
        let tree = &all[..size];
        let whole = root(tree);
        for index in 0..size {
            let path = inclusion_proof(tree, index).unwrap();
            for claimed in 0..size {
                let held = verify_inclusion(&tree[index], claimed as u64, size as u64, &path, &whole);
                assert_eq!(held, claimed == index, "leaf {index} of {size} claimed at {claimed}");
            }
        }
        for first in 1..=size {
            let path = consistency_proof(tree, first).unwrap();
            let old = root(&tree[..first]);
            let sizes = (first as u64, size as u64);
            assert!(verify_consistency(sizes.0, sizes.1, (&old, &whole), &path), "{first} of {size}");
            let other = sha256(&[b"other"]);
            assert!(!verify_consistency(sizes.0, sizes.1, (&other, &whole), &path));
            assert!(!verify_consistency(sizes.0, sizes.1, (&old, &other), &path));
        }
        assert!(inclusion_proof(tree, size).is_none());
        assert!(consistency_proof(tree, 0).is_none() && consistency_proof(tree, size + 1).is_none());
    }
}

#[test]
fn a_range_is_taken_up_only_where_it_fits() {
    assert_eq!(Range::default().root(), empty_root());
    assert!(Range::resume(3, numbered(2)).is_some());
    assert!(Range::resume(4, numbered(2)).is_none());
}

proptest! {
    #[test]
    fn a_range_that_grew_in_two_parts_has_the_root_of_all(first in 0..40_usize, more in 0..40_usize) {
        let all = numbered(first + more);
        let mut range = Range::default();
        all[..first].iter().for_each(|leaf| range.push(*leaf));
        let mut range = Range::resume(range.size(), range.peaks().to_vec()).unwrap();
        all[first..].iter().for_each(|leaf| range.push(*leaf));
        assert_eq!(range.root(), root(&all));
        assert_eq!(range.size(), (first + more) as u64);
    }

    #[test]
    fn no_path_makes_the_verifiers_break_off(
        index: u64, size: u64, path in prop::collection::vec(any::<[u8; 32]>(), 0..70),
    ) {
        let any = [7; 32];
        assert!(!verify_inclusion(&any, index, size, &path, &[8; 32]));
        assert!(index == size || !verify_consistency(index, size, (&any, &[8; 32]), &path));
    }
}
