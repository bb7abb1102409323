//! Signed tree heads as C2SP checkpoints, so that a witness outside can hold us to what we said (D§5.4).

use std::fmt;

use data_encoding::BASE64;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};

use crate::record::{Hash, sha256};

/// What a log says about itself: its name, its size and the root of its tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The name of the log, without line breaks or `+`.
    pub origin: String,
    /// How many records.
    pub size: u64,
    /// Root of the tree over them.
    pub root: Hash,
}

/// A signed note is not what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckpointError {
    /// Not a signed note with three lines.
    Malformed,
    /// The signature is missing, of another key, or wrong.
    Signature,
    /// The signing seed is unusable.
    Seed,
}

impl fmt::Display for CheckpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "the text is not a signed checkpoint",
            Self::Signature => "the checkpoint is not signed by the expected key",
            Self::Seed => "the signing seed cannot be used",
        })
    }
}

impl std::error::Error for CheckpointError {}

/// The Ed25519 public key that belongs to a seed.
///
/// # Errors
/// [`CheckpointError::Seed`] when the seed is unusable.
pub fn public_key(seed: &[u8; 32]) -> Result<[u8; 32], CheckpointError> {
    let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| CheckpointError::Seed)?;
    <[u8; 32]>::try_from(pair.public_key().as_ref()).map_err(|_| CheckpointError::Seed)
}

/// First four bytes of `SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key)`: the key's id in a signed note.
fn key_id(origin: &str, public: &[u8]) -> [u8; 4] {
    let hash = sha256(&[origin.as_bytes(), b"\n", &[1], public]);
    let [a, b, c, d, ..] = hash;
    [a, b, c, d]
}

impl Checkpoint {
    fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, BASE64.encode(&self.root))
    }

    /// The checkpoint as a signed note.
    ///
    /// # Errors
    /// [`CheckpointError::Seed`] when the seed is unusable.
    pub fn sign(&self, seed: &[u8; 32]) -> Result<String, CheckpointError> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| CheckpointError::Seed)?;
        let text = self.text();
        let mut signature = key_id(&self.origin, pair.public_key().as_ref()).to_vec();
        signature.extend_from_slice(pair.sign(text.as_bytes()).as_ref());
        Ok(format!("{text}\n\u{2014} {} {}\n", self.origin, BASE64.encode(&signature)))
    }

    /// Reads a signed note and checks that `public` signed it.
    ///
    /// # Errors
    /// [`CheckpointError`] when the note is malformed or not signed by that key.
    pub fn verify(note: &str, public: &[u8; 32]) -> Result<Self, CheckpointError> {
        let (text, signatures) = note.split_once("\n\n").ok_or(CheckpointError::Malformed)?;
        let mut lines = text.split('\n');
        let mut next = || lines.next().ok_or(CheckpointError::Malformed);
        let (origin, size, root) = (next()?.to_owned(), next()?, next()?);
        let size = size.parse().map_err(|_| CheckpointError::Malformed)?;
        let root = BASE64.decode(root.as_bytes()).map_err(|_| CheckpointError::Malformed)?;
        let root = Hash::try_from(root).map_err(|_| CheckpointError::Malformed)?;
        let signed = format!("{text}\n");
        let prefix = format!("\u{2014} {origin} ");
        let id = key_id(&origin, public);
        let valid = signatures.lines().filter_map(|line| line.strip_prefix(&prefix)).any(|encoded| {
            let Ok(bytes) = BASE64.decode(encoded.as_bytes()) else { return false };
            let Some((name, signature)) = bytes.split_at_checked(4) else { return false };
            let key = UnparsedPublicKey::new(&ED25519, public);
            name == id && key.verify(signed.as_bytes(), signature).is_ok()
        });
        if valid { Ok(Self { origin, size, root }) } else { Err(CheckpointError::Signature) }
    }
}
