//! Sealing for a whole batch: its keys are looked up at once, its nonces drawn at once.

use ring::aead::{Aad, LessSafeKey, NONCE_LEN, Nonce};
use ring::rand::{SecureRandom as _, SystemRandom};

use super::{Vault, aead};
use crate::fault::Fault;
use crate::vault::cache::Known;

/// Nonces drawn from the operating system in one call.
const DRAWN: usize = 1_024;

/// The keys of some subjects, ready to seal with. Short-lived: a key that is destroyed meanwhile still seals here.
pub struct Sealer {
    keys: Vec<Option<LessSafeKey>>,
    random: SystemRandom,
    nonces: Vec<[u8; NONCE_LEN]>,
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealer(…)")
    }
}

impl Vault {
    /// Keys of these subjects, made if need be; asks the vault's store once.
    ///
    /// # Errors
    /// [`Fault`] when the vault's store cannot be read or written.
    pub fn sealer(&self, subjects: &[&str]) -> Result<Sealer, Fault> {
        let known = self.known_or_made(subjects)?;
        let keys = known.iter().map(|known| match known {
            Known::Key(key) => aead(key).map(Some),
            Known::Destroyed => Ok(None),
        });
        Ok(Sealer { keys: keys.collect::<Result<_, _>>()?, random: self.random.clone(), nonces: Vec::new() })
    }
}

impl Sealer {
    /// Every nonce is of its own, random and used once; only the calls for them are fewer.
    fn nonce(&mut self) -> Result<[u8; NONCE_LEN], Fault> {
        if self.nonces.is_empty() {
            let mut bytes = vec![0; DRAWN * NONCE_LEN];
            self.random.fill(&mut bytes).map_err(Fault::ring)?;
            self.nonces.extend_from_slice(bytes.as_chunks().0);
        }
        self.nonces.pop().ok_or_else(|| Fault::corrupt("no nonce was drawn"))
    }

    /// Adds to `out` what [`Vault::seal`] would give under the key of the subject at a place; nothing where the
    /// subject was erased.
    ///
    /// # Errors
    /// [`Fault`] when no randomness can be had.
    pub fn seal(&mut self, place: usize, bound: &[u8], plain: &[u8], out: &mut Vec<u8>) -> Result<(), Fault> {
        if self.keys.get(place).is_none_or(Option::is_none) {
            return Ok(());
        }
        let nonce = self.nonce()?;
        let Some(Some(key)) = self.keys.get(place) else { return Ok(()) };
        out.extend_from_slice(&nonce);
        let start = out.len();
        out.extend_from_slice(plain);
        let text = out.get_mut(start..).unwrap_or_default();
        let tag = key.seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(bound), text);
        out.extend_from_slice(tag.map_err(Fault::ring)?.as_ref());
        Ok(())
    }
}
