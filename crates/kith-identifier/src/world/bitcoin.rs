//! Bitcoin addresses: `Base58Check` and Bech32.

use super::digest::sha256;
use crate::fault::Fault;
use crate::number::{Checked, Raw, checksum, component, format, index, is_of, length};
use crate::rule::Rule;

pub(crate) const RULES: &[Rule] = &[("bitcoin", bitcoin)];

const BASE_58: &str = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const BECH_32: &str = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/// An address of any form.
fn bitcoin(raw: Raw) -> Checked {
    let number = raw.without(" ");
    if number.begins(&["1", "3"]) {
        base58(number.as_str())?;
        return number.done();
    }
    let lower = number.map(|text| {
        let segwit = text.get(..3).is_some_and(|head| head.eq_ignore_ascii_case("bc1"));
        if segwit { text.to_ascii_lowercase() } else { text.to_owned() }
    });
    let data = lower.as_str().strip_prefix("bc1").ok_or(Fault::Component)?;
    bech32(data)?;
    lower.done()
}

/// Twenty-five bytes, the last four the start of the double digest of the others.
fn base58(text: &str) -> Result<(), Fault> {
    format(is_of(text, BASE_58))?;
    let mut bytes: Vec<u8> = Vec::new();
    for letter in text.chars() {
        let mut carry = u32::try_from(index(BASE_58, letter).unwrap_or(0)).unwrap_or(0);
        for byte in bytes.iter_mut().rev() {
            carry += u32::from(*byte) * 58;
            *byte = carry.to_le_bytes()[0];
            carry >>= 8;
        }
        if carry > 0 {
            bytes.insert(0, carry.to_le_bytes()[0]);
        }
    }
    let zeros = text.bytes().take_while(|byte| *byte == b'1').count();
    // The number zero is a byte of its own where no other stands.
    let zeros = zeros + usize::from(bytes.is_empty());
    let address: Vec<u8> = std::iter::repeat_n(0, zeros).chain(bytes).collect();
    let (body, check) = address.split_last_chunk::<4>().ok_or(Fault::Length)?;
    length(body.len() == 21)?;
    checksum(sha256(&sha256(body)).starts_with(check))
}

/// Version and program of a witness, and six places of check.
fn bech32(data: &str) -> Result<(), Fault> {
    format(is_of(data, BECH_32))?;
    length((8..=87).contains(&data.len()))?;
    let values: Vec<u32> =
        data.chars().filter_map(|letter| u32::try_from(index(BECH_32, letter)?).ok()).collect();
    // The prefix `bc`, spread over five values.
    checksum(polymod([3, 3, 0, 2, 3].into_iter().chain(values.iter().copied())) == 1)?;
    let (version, rest) = values.split_first().ok_or(Fault::Length)?;
    let program = bytes_of(rest.get(..rest.len().saturating_sub(6)).unwrap_or_default())?;
    component(*version <= 16)?;
    length((2..=40).contains(&program) && (*version != 0 || matches!(program, 20 | 32)))
}

fn polymod(values: impl Iterator<Item = u32>) -> u32 {
    const STEPS: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
    values.fold(1, |check, value| {
        let top = check >> 25;
        let next = (check & 0x01ff_ffff) << 5 ^ value;
        STEPS
            .iter()
            .enumerate()
            .fold(next, |next, (bit, step)| if top >> bit & 1 == 1 { next ^ step } else { next })
    })
}

/// How many bytes values of five bits make; what is left over must be short and zero.
fn bytes_of(values: &[u32]) -> Result<usize, Fault> {
    let bits = values.len() * 5;
    let rest = bits % 8;
    let last = values.last().copied().unwrap_or(0);
    component(rest < 5 && last & ((1 << rest) - 1) == 0)?;
    Ok(bits / 8)
}
