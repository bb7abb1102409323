//! Checkpoints of chunks: facts and columns with a header and a digest; and the digest of the meaning.

use std::sync::{Arc, RwLock};

use kith_domain::value::Currency;
use ring::digest;

use super::chunk::{Cells, Chunk, Store};
use super::{CHUNK_ROWS, Living, read, write};
use crate::account::Account;
use crate::fact::Fact;
use crate::input::{Inputs, MasterInputs};
use crate::metric::catalogue_hash;

/// STORED FORMAT: what every checkpoint begins with; the last digit is the version.
const MAGIC: &[u8; 8] = b"KITHPRF1";
const DIGEST_BYTES: usize = 32;

/// What a checkpoint of a chunk says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Which chunk.
    pub chunk: u32,
    /// Epoch of the log; a restored backup has a new one.
    pub epoch: u64,
    /// All touchpoints up to this log position are in.
    pub position: u64,
    /// The day on which it stands.
    pub day: u16,
    /// Whether catalogue, day, rates or entities are others now: every row is dirty and computed again.
    pub recompute: bool,
}

/// Why a checkpoint cannot be used: take the older one, or replay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoadError {
    /// Not a checkpoint, or of another format.
    Format,
    /// The digest does not fit: damaged.
    Digest,
}

impl std::fmt::Display for LoadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Format => "not a checkpoint of this format",
            Self::Digest => "the checkpoint is damaged",
        })
    }
}

impl std::error::Error for LoadError {}

/// Digest of what columns are made from besides facts: catalogue, day, rates, entities.
fn basis(inputs: &Inputs) -> [u8; DIGEST_BYTES] {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(&catalogue_hash());
    let context_text = &inputs.context;
    let mut text = format!("{} {} {:?}", inputs.day, context_text.currency, inputs.rates);
    for entity in &context_text.entities {
        text.push_str(&format!("\u{0}{} {}", entity.code, entity.currency));
    }
    context.update(text.as_bytes());
    let mut hash = [0; DIGEST_BYTES];
    hash.copy_from_slice(context.finish().as_ref());
    hash
}

/// Feeds the facts without log positions, the master inputs and the columns of a chunk.
pub(super) fn digest_meaning(chunk: &Chunk, context: &mut digest::Context) {
    let mut bytes = Vec::new();
    for account in &chunk.accounts {
        write_master(account.master, &mut bytes);
        bytes.extend_from_slice(&(account.facts.len() as u64).to_le_bytes());
        for fact in &account.facts {
            write_fact(&Fact { seq: 0, ..*fact }, &mut bytes);
            let code = Currency::from_index(fact.currency).map_or("", Currency::code);
            bytes.extend_from_slice(code.as_bytes());
        }
        context.update(&bytes);
        bytes.clear();
    }
    for store in &chunk.stores {
        write_store(store, &mut bytes);
        context.update(&bytes);
        bytes.clear();
    }
}

fn write_master(master: MasterInputs, out: &mut Vec<u8>) {
    out.push(u8::from(master.credit_hold));
    out.push(u8::from(master.contract_ends.is_some()));
    out.extend_from_slice(&master.contract_ends.unwrap_or(0).to_le_bytes());
}

fn write_fact(fact: &Fact, out: &mut Vec<u8>) {
    out.extend_from_slice(&fact.doc.to_le_bytes());
    out.extend_from_slice(&fact.amount.to_le_bytes());
    out.extend_from_slice(&fact.aux.to_le_bytes());
    out.extend_from_slice(&fact.at_s.to_le_bytes());
    out.extend_from_slice(&fact.seq.to_le_bytes());
    out.extend_from_slice(&fact.day.to_le_bytes());
    out.extend_from_slice(&fact.at_ms.to_le_bytes());
    out.extend_from_slice(&[fact.kind, fact.entity, fact.currency, fact.flags]);
}

fn write_store(store: &Store, out: &mut Vec<u8>) {
    for word in store.known {
        out.extend_from_slice(&word.to_le_bytes());
    }
    if store.cells.is_empty() {
        // The same bytes as of values that were known once.
        out.resize(out.len() + CHUNK_ROWS * store.cells.width(), 0);
    }
    match &store.cells {
        Cells::I64(cells) => cells.iter().for_each(|cell| out.extend_from_slice(&cell.to_le_bytes())),
        Cells::F32(cells) => cells.iter().for_each(|cell| out.extend_from_slice(&cell.to_le_bytes())),
        Cells::Code(cells) => cells.iter().for_each(|cell| out.extend_from_slice(&cell.to_le_bytes())),
    }
}

fn write_len(len: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(&(len as u32).to_le_bytes());
}

/// Currencies have places only within one build: their codes go along.
fn write_currencies(out: &mut Vec<u8>) {
    let codes: Vec<&str> = (0..=u8::MAX).map_while(Currency::from_index).map(Currency::code).collect();
    write_len(codes.len(), out);
    codes.iter().for_each(|code| out.extend_from_slice(code.as_bytes()));
}

impl Living {
    /// A checkpoint of a chunk as it is; `None` when there is no such chunk or rows of it are dirty
    /// (recompute first). The caller vouches for `position`: every touchpoint up to it is folded in.
    #[must_use]
    pub fn save_chunk(&self, index: usize, epoch: u64, position: u64) -> Option<Vec<u8>> {
        let chunk = self.chunk(index)?;
        let chunk = read(&chunk);
        let inputs = self.inputs();
        if chunk.next_dirty(0).is_some() {
            return None;
        }
        let mut out = Vec::with_capacity(1 << 20);
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&u32::try_from(index).ok()?.to_le_bytes());
        out.extend_from_slice(&epoch.to_le_bytes());
        out.extend_from_slice(&position.to_le_bytes());
        out.extend_from_slice(&inputs.day.to_le_bytes());
        out.extend_from_slice(&basis(&inputs));
        write_currencies(&mut out);
        self.write_lanes(index, &mut out);
        write_len(chunk.accounts.len(), &mut out);
        for account in &chunk.accounts {
            write_master(account.master, &mut out);
            out.push(u8::from(account.let_go));
            write_len(account.dropped.len(), &mut out);
            account.dropped.iter().for_each(|print| out.extend_from_slice(&print.to_le_bytes()));
            write_len(account.facts.len(), &mut out);
            account.facts.iter().for_each(|fact| write_fact(fact, &mut out));
        }
        chunk.stores.iter().for_each(|store| write_store(store, &mut out));
        let hash = digest::digest(&digest::SHA256, &out);
        out.extend_from_slice(hash.as_ref());
        Some(out)
    }

    /// The dictionary of lanes goes with the first chunk.
    fn write_lanes(&self, index: usize, out: &mut Vec<u8>) {
        let lanes = read(&self.lanes);
        let rows = lanes.iter().filter(|_| index == 0);
        write_len(rows.clone().count(), out);
        for (pseudonym, name) in rows {
            out.extend_from_slice(&pseudonym.to_le_bytes());
            write_len(name.len(), out);
            out.extend_from_slice(name.as_bytes());
        }
    }

    /// Puts a checkpoint in place of a chunk. Load chunks in ascending order, before anything is folded; then
    /// fold every touchpoint after the position of the chunk it belongs to.
    ///
    /// # Errors
    /// [`LoadError`] when the bytes are not a sound checkpoint; the profile is as before then.
    pub fn load_chunk(&self, bytes: &[u8]) -> Result<Header, LoadError> {
        let split = bytes.len().checked_sub(DIGEST_BYTES).ok_or(LoadError::Format)?;
        let (body, hash) = bytes.split_at(split);
        let mut reader = Reader { bytes: body };
        if reader.take::<8>()? != *MAGIC {
            return Err(LoadError::Format);
        }
        if digest::digest(&digest::SHA256, body).as_ref() != hash {
            return Err(LoadError::Digest);
        }
        let inputs = self.inputs();
        let mut header = Header {
            chunk: u32::from_le_bytes(reader.take()?),
            epoch: u64::from_le_bytes(reader.take()?),
            position: u64::from_le_bytes(reader.take()?),
            day: u16::from_le_bytes(reader.take()?),
            recompute: false,
        };
        header.recompute = reader.take::<DIGEST_BYTES>()? != basis(&inputs);
        let places = reader.currencies()?;
        let lanes = reader.lanes()?;
        let mut chunk = Chunk::new();
        for _ in 0..reader.len(CHUNK_ROWS)? {
            chunk.accounts.push(reader.account(&places)?);
        }
        if header.recompute {
            chunk.mark_all();
        } else {
            for store in &mut chunk.stores {
                reader.store(store)?;
            }
            if !reader.bytes.is_empty() {
                return Err(LoadError::Format);
            }
        }
        self.place(header.chunk as usize, chunk);
        write(&self.lanes).extend(lanes);
        Ok(header)
    }

    fn place(&self, index: usize, chunk: Chunk) {
        let mut chunks = write(&self.chunks);
        while chunks.len() <= index {
            chunks.push(Arc::new(RwLock::new(Chunk::new())));
        }
        if let Some(slot) = chunks.get_mut(index) {
            *slot = Arc::new(RwLock::new(chunk));
        }
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl Reader<'_> {
    fn slice(&mut self, len: usize) -> Result<&[u8], LoadError> {
        let (head, tail) = self.bytes.split_at_checked(len).ok_or(LoadError::Format)?;
        self.bytes = tail;
        Ok(head)
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], LoadError> {
        let (head, tail) = self.bytes.split_first_chunk::<N>().ok_or(LoadError::Format)?;
        self.bytes = tail;
        Ok(*head)
    }

    fn skip(&mut self, bytes: usize) -> Result<(), LoadError> {
        self.bytes = self.bytes.split_at_checked(bytes).ok_or(LoadError::Format)?.1;
        Ok(())
    }

    fn len(&mut self, most: usize) -> Result<usize, LoadError> {
        let len = u32::from_le_bytes(self.take()?) as usize;
        if len <= most { Ok(len) } else { Err(LoadError::Format) }
    }

    /// Place in this build of each place in the build that wrote; 255 for a currency that is gone.
    fn currencies(&mut self) -> Result<Vec<u8>, LoadError> {
        let mut places = Vec::new();
        for _ in 0..self.len(256)? {
            let code = self.take::<3>()?;
            let currency = std::str::from_utf8(&code).ok().and_then(|code| code.parse().ok());
            places.push(currency.map_or(u8::MAX, Currency::index));
        }
        Ok(places)
    }

    fn lanes(&mut self) -> Result<Vec<(u64, String)>, LoadError> {
        let mut lanes = Vec::new();
        for _ in 0..self.len(usize::MAX)? {
            let pseudonym = u64::from_le_bytes(self.take()?);
            let len = self.len(usize::MAX)?;
            let name = std::str::from_utf8(self.slice(len)?).map_err(|_| LoadError::Format)?;
            lanes.push((pseudonym, name.to_owned()));
        }
        Ok(lanes)
    }

    fn account(&mut self, places: &[u8]) -> Result<Account, LoadError> {
        let [hold, ends] = self.take()?;
        let day = u16::from_le_bytes(self.take()?);
        let master = MasterInputs { credit_hold: hold == 1, contract_ends: (ends == 1).then_some(day) };
        let [let_go] = self.take()?;
        let mut account = Account { master, let_go: let_go == 1, ..Account::default() };
        for _ in 0..self.len(usize::MAX)? {
            account.dropped.push(u32::from_le_bytes(self.take()?));
        }
        let count = self.len(self.bytes.len() / size_of::<Fact>())?;
        account.facts.reserve_exact(count);
        for _ in 0..count {
            account.facts.push(self.fact(places)?);
        }
        Ok(account)
    }

    fn fact(&mut self, places: &[u8]) -> Result<Fact, LoadError> {
        let doc = u64::from_le_bytes(self.take()?);
        let amount = i64::from_le_bytes(self.take()?);
        let aux = i64::from_le_bytes(self.take()?);
        let at_s = u32::from_le_bytes(self.take()?);
        let seq = u32::from_le_bytes(self.take()?);
        let day = u16::from_le_bytes(self.take()?);
        let at_ms = u16::from_le_bytes(self.take()?);
        let [kind, entity, currency, flags] = self.take()?;
        let currency = places.get(usize::from(currency)).copied().ok_or(LoadError::Format)?;
        Ok(Fact { doc, amount, aux, at_s, seq, day, at_ms, kind, entity, currency, flags })
    }

    fn store(&mut self, store: &mut Store) -> Result<(), LoadError> {
        for word in &mut store.known {
            *word = u64::from_le_bytes(self.take()?);
        }
        if store.known.iter().all(|word| *word == 0) {
            return self.skip(CHUNK_ROWS * store.cells.width());
        }
        store.cells.reach();
        match &mut store.cells {
            Cells::I64(cells) => {
                for cell in cells.iter_mut() {
                    *cell = i64::from_le_bytes(self.take()?);
                }
            }
            Cells::F32(cells) => {
                for cell in cells.iter_mut() {
                    *cell = f32::from_le_bytes(self.take()?);
                }
            }
            Cells::Code(cells) => {
                for cell in cells.iter_mut() {
                    *cell = u16::from_le_bytes(self.take()?);
                }
            }
        }
        Ok(())
    }
}
