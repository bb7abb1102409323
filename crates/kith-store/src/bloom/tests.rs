//! Tests of the filter.

use super::Bloom;

/// Well-mixed keys, the same in every run.
fn key(number: u64) -> u64 {
    let mixed = (number ^ 0x5bd1_e995).wrapping_mul(0xff51_afd7_ed55_8ccd);
    (mixed ^ (mixed >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53) ^ (mixed >> 29)
}

#[test]
fn it_never_denies_a_key_and_seldom_claims_another() {
    let keys = 200_000;
    let mut bloom = Bloom::for_keys(keys);
    (0..keys).for_each(|number| bloom.insert(key(number)));
    assert!((0..keys).all(|number| bloom.may_contain(key(number))));
    let false_answers = (keys..2 * keys).filter(|number| bloom.may_contain(key(*number))).count();
    // 12 bits a key in blocks of one cache line give about 0.5 %.
    assert!(false_answers < 2_000, "{false_answers} of {keys}");
    assert!(false_answers > 100, "a filter without false answers is not a filter: {false_answers}");
    assert_eq!(bloom.keys(), keys);
    assert!(bloom.capacity() >= keys);
}

#[test]
fn it_is_read_back_under_its_own_label_and_unchanged_only() {
    let mut bloom = Bloom::for_keys(2_000);
    (0..2_000).for_each(|number| bloom.insert(key(number)));
    let bytes = bloom.encode("epoch", 7);
    let (back, position) = Bloom::decode(&bytes, "epoch").unwrap();
    assert_eq!(position, 7);
    assert!((0..2_000).all(|number| back.may_contain(key(number))));
    assert_eq!((back.keys(), back.capacity()), (bloom.keys(), bloom.capacity()));
    assert!(Bloom::decode(&bytes, "other").is_none());
    for place in [0, 40, bytes.len() - 1] {
        let mut changed = bytes.clone();
        changed[place] ^= 1;
        assert!(Bloom::decode(&changed, "epoch").is_none(), "byte {place}");
    }
    assert!(Bloom::decode(&bytes[..bytes.len() - 8], "epoch").is_none());
    assert!(Bloom::decode(&[], "epoch").is_none());
}
