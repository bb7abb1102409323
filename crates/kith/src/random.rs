//! Chance: keys of requests and passwords of demos.

use data_encoding::BASE32_NOPAD;
use ring::rand::{SecureRandom, SystemRandom};

use crate::failure::Failure;

/// Lower-case letters and digits that nobody can guess: 8 for every 5 bytes.
pub(crate) fn word<const BYTES: usize>() -> Result<String, Failure> {
    let mut bytes = [0_u8; BYTES];
    let filled = SystemRandom::new().fill(&mut bytes);
    filled.map_err(|_| Failure::Here("the machine's source of randomness does not answer".to_owned()))?;
    Ok(BASE32_NOPAD.encode(&bytes).to_lowercase())
}
