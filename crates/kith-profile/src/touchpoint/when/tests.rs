//! Tests of moments: both ways of reading one agree.

use proptest::prelude::*;

use super::{any_instant, parse_instant};

proptest! {
    #[test]
    fn the_short_way_reads_what_the_long_way_reads(second in -9_999_999_i64..4_400_000_000, place in 0..20_usize, byte in prop::sample::select(&b"0123456789-:TZz t.+"[..])) {
        let mut text = jiff::Timestamp::from_second(second).expect("in range").to_string().into_bytes();
        prop_assert_eq!(parse_instant(std::str::from_utf8(&text).expect("ASCII")), any_instant(std::str::from_utf8(&text).expect("ASCII")));
        if let Some(slot) = text.get_mut(place) {
            *slot = byte;
        }
        let changed = std::str::from_utf8(&text).expect("ASCII");
        prop_assert_eq!(parse_instant(changed), any_instant(changed), "{}", changed);
    }
}
