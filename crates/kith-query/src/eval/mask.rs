//! Comparisons of a whole column with a constant: tight loops that give one bit a row.

use crate::table::CHUNK_ROWS;

/// Words of 64 rows in a chunk.
pub(crate) const WORDS: usize = CHUNK_ROWS / 64;

/// Which rows of a chunk are still alive.
pub(crate) type Mask = [u64; WORDS];

/// Up to this many live rows in a word are cheaper to test one by one.
const SPARSE: u32 = 6;

/// The rows of a chunk that exist and may be seen.
pub(crate) fn alive(len: usize, visible: Option<&[u64]>) -> Mask {
    let mut mask = [0; WORDS];
    for (place, word) in mask.iter_mut().enumerate() {
        let rows = len.saturating_sub(place * 64);
        let exist = if rows >= 64 { u64::MAX } else { (1u64 << rows) - 1 };
        let seen = visible.map_or(u64::MAX, |bits| bits.get(place).copied().unwrap_or(0));
        *word = exist & seen;
    }
    mask
}

/// Keeps the live rows that are known.
pub(crate) fn keep_known(known: &[u64], mask: &mut Mask) {
    for (place, word) in mask.iter_mut().enumerate() {
        *word &= known.get(place).copied().unwrap_or(0);
    }
}

/// Keeps the live rows that are known and whose value passes (or, with `negate`, does not).
pub(crate) fn keep<T: Copy>(
    values: &[T],
    known: &[u64],
    negate: bool,
    mask: &mut Mask,
    passes: impl Fn(T) -> bool + Copy,
) {
    for (place, word) in mask.iter_mut().enumerate() {
        let live = *word & known.get(place).copied().unwrap_or(0);
        if live == 0 {
            *word = 0;
            continue;
        }
        let lane = values.get(place * 64..).unwrap_or_default();
        let hits = match lane.first_chunk::<64>() {
            Some(lane) if live.count_ones() > SPARSE => packed(lane, passes),
            _ => sparse(lane, live, passes),
        };
        *word = if negate { live & !hits } else { live & hits };
    }
}

/// Tests 64 values: first to bytes, which the compiler turns into vector code, then eight bytes to eight bits at a
/// time by one multiplication.
fn packed<T: Copy>(lane: &[T; 64], passes: impl Fn(T) -> bool) -> u64 {
    let mut bytes = [0u8; 64];
    for (byte, value) in bytes.iter_mut().zip(lane) {
        *byte = u8::from(passes(*value));
    }
    let (eights, _) = bytes.as_chunks::<8>();
    eights.iter().enumerate().fold(0, |bits, (place, eight)| {
        let gathered = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        bits | gathered << (place * 8)
    })
}

/// Tests only the live values.
fn sparse<T: Copy>(lane: &[T], live: u64, passes: impl Fn(T) -> bool) -> u64 {
    let mut hits = 0;
    for row in Ones(live) {
        if lane.get(row).is_some_and(|value| passes(*value)) {
            hits |= 1 << row;
        }
    }
    hits
}

/// The places of the bits that are set.
pub(crate) struct Ones(pub(crate) u64);

impl Iterator for Ones {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        if self.0 == 0 {
            return None;
        }
        let place = self.0.trailing_zeros();
        self.0 &= self.0 - 1;
        usize::try_from(place).ok()
    }
}
