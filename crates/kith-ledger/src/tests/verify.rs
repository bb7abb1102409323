//! The verifier: it accepts what was written, and names the first place of every kind of tampering.

use proptest::prelude::proptest;
use serde_json::json;

use crate::record::{GENESIS, Hash, Header, Record};
use crate::tree;
use crate::verify::{ChainFault, ChainFaultKind, Head, Verifier};

fn log(length: u64) -> Vec<(Record, Hash)> {
    let mut prev = GENESIS;
    (1..=length)
        .map(|position| {
            let header = Header {
                position,
                prev,
                stream: "s".to_owned(),
                version: position,
                kind: "test.noted.v1".to_owned(),
                at: "2026-01-01T00:00:00Z".to_owned(),
                actor: json!({"kind": "system"}),
                on_behalf_of: None,
                channel: "system".to_owned(),
                correlation: "c".to_owned(),
                cause: None,
                reason: None,
                body: json!({"n": position}),
            };
            let record = Record { header: header.encode(), sealed: vec![1, 2, 3] };
            prev = record.leaf();
            (record, prev)
        })
        .collect()
}

fn verify(log: &[(Record, Hash)]) -> Result<Head, ChainFault> {
    let mut verifier = Verifier::new();
    for (record, leaf) in log {
        verifier.feed(record, Some(leaf))?;
    }
    Ok(verifier.head())
}

#[test]
fn a_log_as_written_is_accepted_with_its_root() {
    let log = log(9);
    let leaves: Vec<Hash> = log.iter().map(|(_, leaf)| *leaf).collect();
    let head = Head { position: 9, hash: leaves[8], root: tree::root(&leaves) };
    assert_eq!(verify(&log), Ok(head));
    assert_eq!(verify(&[]).unwrap().hash, GENESIS);
}

#[test]
fn every_kind_of_tampering_is_named() {
    let good = log(9);
    let fault = |log: &[(Record, Hash)]| {
        let fault = verify(log).unwrap_err();
        (fault.position, fault.kind)
    };

    let mut removed = good.clone();
    removed.remove(3);
    assert_eq!(fault(&removed), (4, ChainFaultKind::Position { found: 5 }));

    let mut doubled = good.clone();
    doubled.insert(3, good[2].clone());
    assert_eq!(fault(&doubled), (4, ChainFaultKind::Position { found: 3 }));

    let mut sealed = good.clone();
    sealed[4].0.sealed[0] ^= 1;
    assert_eq!(fault(&sealed), (5, ChainFaultKind::Leaf));

    // Whoever also changes the stored leaf breaks the link of the record after it.
    sealed[4].1 = sealed[4].0.leaf();
    assert_eq!(fault(&sealed), (6, ChainFaultKind::Link));

    let mut cut = good;
    cut[2].0.header.truncate(20);
    cut[2].1 = cut[2].0.leaf();
    assert!(matches!(fault(&cut), (3, ChainFaultKind::Header(_))));
}

proptest! {
    #[test]
    fn any_changed_bit_is_noticed(record in 0..6_usize, byte: usize, bit in 0..8_u32, sealed: bool) {
        let mut log = log(6);
        let bytes = if sealed { &mut log[record].0.sealed } else { &mut log[record].0.header };
        let place = byte % bytes.len();
        bytes[place] ^= 1 << bit;
        assert_eq!(verify(&log).unwrap_err().position, record as u64 + 1);
    }
}
