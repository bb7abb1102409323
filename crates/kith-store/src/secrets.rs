//! Secrets of the installation: made at the first start, kept in one file that only its owner may read.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::hash::Hasher as _;
use std::io::Write as _;
use std::path::Path;

use data_encoding::HEXLOWER;
use ring::hmac;
use ring::rand::{SecureRandom as _, SystemRandom};
use serde::{Deserialize, Serialize};
use siphasher::sip::{SipHasher13, SipHasher24};

use crate::fault::Fault;
use crate::touchpoint::NewTouchpoint;

/// Name of the file in the data directory.
pub const FILE: &str = "secrets.json";

/// A 256-bit key.
pub type Key = [u8; 32];

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    version: u32,
    master: String,
    dedupe: String,
    cursor: String,
    session: String,
    signing: String,
}

/// The keys of this installation. Whoever loses them loses every personal value; back them up.
pub struct Secrets {
    master: Key,
    dedupe: Key,
    cursor: Key,
    session: Key,
    signing: Key,
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(…)")
    }
}

/// Fills a new key from the system's randomness.
pub(crate) fn random_key() -> Result<Key, Fault> {
    let mut key = Key::default();
    SystemRandom::new().fill(&mut key).map_err(Fault::ring)?;
    Ok(key)
}

fn unusable(what: &str) -> Fault {
    Fault::Secrets { what: what.to_owned() }
}

fn key(text: &str) -> Result<Key, Fault> {
    let bytes = HEXLOWER.decode(text.as_bytes()).map_err(|_| unusable("a key is not hexadecimal"))?;
    Key::try_from(bytes).map_err(|_| unusable("a key has the wrong length"))
}

impl Secrets {
    /// Makes new secrets and writes them durably into the directory, readable by the owner only.
    ///
    /// # Errors
    /// [`Fault::Exists`] when there is a file already; [`Fault::Unavailable`] when it cannot be written.
    pub fn create(dir: &Path) -> Result<Self, Fault> {
        let made = Self {
            master: random_key()?,
            dedupe: random_key()?,
            cursor: random_key()?,
            session: random_key()?,
            signing: random_key()?,
        };
        let wire = Wire {
            version: 1,
            master: HEXLOWER.encode(&made.master),
            dedupe: HEXLOWER.encode(&made.dedupe),
            cursor: HEXLOWER.encode(&made.cursor),
            session: HEXLOWER.encode(&made.session),
            signing: HEXLOWER.encode(&made.signing),
        };
        let path = dir.join(FILE);
        if path.exists() {
            return Err(Fault::Exists);
        }
        let text = serde_json::to_vec_pretty(&wire).map_err(Fault::unavailable)?;
        write_private(&path, &text)?;
        Ok(made)
    }

    /// Reads the secrets of a directory.
    ///
    /// # Errors
    /// [`Fault::Secrets`] when the file is missing, malformed or readable by others.
    pub fn open(dir: &Path) -> Result<Self, Fault> {
        let path = dir.join(FILE);
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(unusable("secrets.json is missing"));
            }
            Err(error) => return Err(Fault::unavailable(error)),
        };
        check_private(&path)?;
        let wire: Wire = serde_json::from_slice(&text).map_err(|_| unusable("it is malformed"))?;
        if wire.version != 1 {
            return Err(unusable("it was written by a newer Kith"));
        }
        Ok(Self {
            master: key(&wire.master)?,
            dedupe: key(&wire.dedupe)?,
            cursor: key(&wire.cursor)?,
            session: key(&wire.session)?,
            signing: key(&wire.signing)?,
        })
    }

    /// Whether the directory has a secrets file.
    #[must_use]
    pub fn exist(dir: &Path) -> bool {
        dir.join(FILE).exists()
    }

    /// What the database remembers of its secrets: tells a wrong file without telling the keys.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let keys = [self.master, self.dedupe, self.cursor, self.session, self.signing].concat();
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &self.master), &keys);
        HEXLOWER.encode(tag.as_ref().get(..16).unwrap_or_default())
    }

    /// The key that wraps the keys of the data subjects.
    pub(crate) fn master(&self) -> &Key {
        &self.master
    }

    /// Keyed 64-bit hash of (source, id): what a touchpoint is deduplicated by.
    #[must_use]
    pub fn dedupe_hash(&self, source: &str, id: &str) -> i64 {
        self.sip(1, &[source.as_bytes(), id.as_bytes()])
    }

    /// Keyed 64-bit digest of a touchpoint's content.
    #[must_use]
    pub fn content_digest(&self, content: &[u8]) -> i64 {
        self.sip(2, &[content])
    }

    /// Keyed 64-bit digest of everything that the log keeps of a touchpoint but its position.
    #[must_use]
    pub fn checksum(&self, new: &NewTouchpoint<'_>) -> i64 {
        let mut hasher = SipHasher13::new_with_key(&self.sip_key());
        hasher.write_u8(3);
        for number in [i64::from(new.account_row), new.at_ms, new.dedupe, new.digest, new.flags] {
            hasher.write_i64(number);
        }
        let target = new.target.unwrap_or_default();
        for text in [new.source, new.id, new.kind, target, new.clear].map(str::as_bytes) {
            hasher.write_usize(text.len());
            hasher.write(text);
        }
        hasher.write(new.sealed);
        hasher.finish().cast_signed()
    }

    fn sip_key(&self) -> [u8; 16] {
        let (mut key, mut state) = ([0; 16], [0; 16]);
        key.copy_from_slice(self.dedupe.get(..16).unwrap_or(&state));
        state.copy_from_slice(self.dedupe.get(16..).unwrap_or(&key));
        for (place, byte) in state.iter().enumerate() {
            if let Some(own) = key.get_mut(place) {
                *own ^= byte;
            }
        }
        key
    }

    fn sip(&self, purpose: u8, parts: &[&[u8]]) -> i64 {
        let mut hasher = SipHasher24::new_with_key(&self.sip_key());
        hasher.write_u8(purpose);
        for part in parts {
            hasher.write(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
            hasher.write(part);
        }
        hasher.finish().cast_signed()
    }

    /// Keyed digest by which a personal value (address, login, tax id) can be found but not guessed.
    #[must_use]
    pub fn lookup_digest(&self, kind: &str, value: &str) -> [u8; 32] {
        let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, &self.dedupe));
        context.update(kind.as_bytes());
        context.update(&[0]);
        context.update(value.as_bytes());
        let mut digest = [0; 32];
        digest.copy_from_slice(context.sign().as_ref());
        digest
    }

    /// The key that signs page cursors.
    #[must_use]
    pub fn cursor(&self) -> &Key {
        &self.cursor
    }

    /// The key that signs session cookies and form tokens.
    #[must_use]
    pub fn session(&self) -> &Key {
        &self.session
    }

    /// The Ed25519 seed that signs tree heads.
    #[must_use]
    pub fn signing_seed(&self) -> &Key {
        &self.signing
    }
}

/// Writes a file that only its owner may read: beside, synced, renamed, and the folder synced.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let beside = path.with_extension("new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside).map_err(Fault::unavailable)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(Fault::unavailable)?;
    fs::rename(&beside, path).map_err(Fault::unavailable)?;
    sync_folder(path)
}

/// Makes the entry of a file in its folder durable.
pub(crate) fn sync_folder(path: &Path) -> Result<(), Fault> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(Fault::unavailable)
}

#[cfg(unix)]
fn check_private(path: &Path) -> Result<(), Fault> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = fs::metadata(path).map_err(Fault::unavailable)?.permissions().mode();
    if mode & 0o077 == 0 { Ok(()) } else { Err(unusable("others may read it: set its mode to 0600")) }
}

#[cfg(not(unix))]
fn check_private(_path: &Path) -> Result<(), Fault> {
    Ok(())
}
