//! The ledger: append with expected versions, read a stream, read the log.

use jiff::Timestamp;
use kith_domain::context::Context;
use kith_domain::value::Personal;
use kith_ledger::{GENESIS, Hash, Header, Range, Record, leaf};
use serde_json::{Value, json};

use crate::dialect::Dialect;
use crate::fault::Fault;
use crate::sql::{Param, Row, Sql, all, one, signed};
use crate::unit::{Reader, Unit};

/// An event to append. Personal values may stand anywhere in it: they are sealed before a byte is stored.
#[derive(Debug, Clone)]
pub struct NewRecord {
    /// What it is about, for example `account/acc_…`.
    pub stream: String,
    /// Its place in the stream: the stream's last version + 1.
    pub version: u64,
    /// Stored kind, `noun.verb_past.vN`.
    pub kind: String,
    /// When it was decided.
    pub at: Timestamp,
    /// Who did it.
    pub actor: Value,
    /// For whom, where that is someone else.
    pub on_behalf_of: Option<Value>,
    /// Through which door.
    pub channel: String,
    /// Binds together what one request caused.
    pub correlation: String,
    /// What made it happen.
    pub cause: Option<Value>,
    /// Why; free text should be a `Personal`.
    pub reason: Option<Value>,
    /// The event.
    pub body: Value,
}

impl NewRecord {
    /// A record of what was decided in a context.
    ///
    /// The context's reason is free text, so it is sealed: under the acting user, or the stream where Kith
    /// itself acts.
    #[must_use]
    pub fn new(context: &Context, stream: impl Into<String>, version: u64, kind: &str, body: Value) -> Self {
        let stream = stream.into();
        let subject = context.actor.user.map_or_else(|| stream.clone(), |user| user.to_string());
        let reason = context.reason.as_ref().map(|reason| json!(Personal::new(subject, reason)));
        Self {
            stream,
            version,
            kind: kind.to_owned(),
            at: context.now,
            actor: json!(context.actor),
            on_behalf_of: None,
            channel: json!(context.channel).as_str().unwrap_or_default().to_owned(),
            correlation: context.correlation.clone(),
            cause: None,
            reason,
            body,
        }
    }
}

/// A record that waits in the unit, sealed already.
#[derive(Debug)]
pub(crate) struct Pending {
    header: Header,
    sealed: Vec<u8>,
}

/// Where a record came to stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// Place in the ledger.
    pub position: u64,
    /// Its leaf hash.
    pub hash: Hash,
    /// Its stream.
    pub stream: String,
    /// Its place in the stream.
    pub version: u64,
}

/// A record read back, with what the keys still open put in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredRecord {
    /// The header; erased values are `$value: null`.
    pub header: Header,
    /// Its leaf hash.
    pub hash: Hash,
}

/// What binds a sealed block to its record.
fn bound_to(stream: &str, version: u64) -> String {
    format!("record/{stream}/{version}")
}

/// The members of a header that may hold personal values, as one value and back.
fn gather(header: &mut Header) -> Value {
    Value::Array(vec![
        header.actor.take(),
        header.on_behalf_of.take().unwrap_or_default(),
        header.cause.take().unwrap_or_default(),
        header.reason.take().unwrap_or_default(),
        header.body.take(),
    ])
}

fn scatter(header: &mut Header, parts: Value) {
    let Value::Array(parts) = parts else { return };
    let mut parts = parts.into_iter();
    let mut next = || parts.next().unwrap_or_default();
    header.actor = next();
    header.on_behalf_of = Some(next()).filter(|value| !value.is_null());
    header.cause = Some(next()).filter(|value| !value.is_null());
    header.reason = Some(next()).filter(|value| !value.is_null());
    header.body = next();
}

impl Unit<'_> {
    /// Puts an event into the unit; it is written by [`Unit::flush`].
    ///
    /// # Errors
    /// [`Fault`] when the vault cannot seal its personal values.
    pub fn append(&mut self, record: NewRecord) -> Result<(), Fault> {
        let mut header = Header {
            position: 0,
            prev: GENESIS,
            stream: record.stream,
            version: record.version,
            kind: record.kind,
            at: record.at.to_string(),
            actor: record.actor,
            on_behalf_of: record.on_behalf_of,
            channel: record.channel,
            correlation: record.correlation,
            cause: record.cause,
            reason: record.reason,
            body: record.body,
        };
        let mut parts = gather(&mut header);
        let bound = bound_to(&header.stream, header.version);
        let sealed = self.shared.vault.split_and_seal(&bound, &mut parts)?;
        scatter(&mut header, parts);
        self.pending.push(Pending { header, sealed });
        Ok(())
    }

    /// Locks the head, chains and writes what was appended, and says where it came to stand.
    ///
    /// Call it once, last, where the positions matter; else it runs by itself when the job returns.
    ///
    /// # Errors
    /// [`Fault::Conflict`] when a stream has that version already.
    pub fn flush(&mut self) -> Result<Vec<Appended>, Fault> {
        let pending = std::mem::take(&mut self.pending);
        if pending.is_empty() {
            return Ok(Vec::new());
        }
        self.written = true;
        let count = signed(u64::try_from(pending.len()).unwrap_or(u64::MAX));
        let sql = &mut *self.reader.sql;
        let head = one(
            sql,
            "UPDATE head SET position = position + $1 WHERE log = 'ledger' RETURNING position, hash, peaks",
            &[count.into()],
            |row| Ok((row.count(0)?, hash_of(row.blob(1)?)?, row.blob(2)?.to_vec())),
        )?;
        let (last, mut prev, peaks) = head.ok_or_else(|| Fault::corrupt("the ledger has no head"))?;
        let mut position = last.saturating_sub(count.unsigned_abs());
        let peaks = peaks.chunks(32).map(hash_of).collect::<Result<Vec<_>, _>>()?;
        let range = Range::resume(position, peaks);
        let mut range =
            range.ok_or_else(|| Fault::corrupt("the head of the ledger does not fit its tree"))?;
        let mut rows = Vec::with_capacity(pending.len());
        for Pending { mut header, sealed } in pending {
            position = position.saturating_add(1);
            header.position = position;
            header.prev = prev;
            let bytes = header.encode();
            let hash = leaf(&bytes, &sealed);
            range.push(hash);
            prev = hash;
            rows.push(Chained { header, bytes, sealed, hash });
        }
        match sql.dialect() {
            Dialect::Sqlite => insert_each(sql, &rows)?,
            Dialect::Postgres => insert_all(sql, &rows)?,
        }
        let appended = rows.into_iter().map(|Chained { header, hash, .. }| {
            let Header { position, stream, version, .. } = header;
            Appended { position, hash, stream, version }
        });
        let appended = appended.collect();
        let peaks = range.peaks().concat();
        sql.execute(
            "UPDATE head SET hash = $1, peaks = $2 WHERE log = 'ledger'",
            &[Param::Blob(&prev), Param::Blob(&peaks)],
        )?;
        self.heads.ledger = position;
        Ok(appended)
    }
}

/// A record that is chained to the one before it.
struct Chained {
    header: Header,
    bytes: Vec<u8>,
    sealed: Vec<u8>,
    hash: Hash,
}

fn insert_each(sql: &mut dyn Sql, rows: &[Chained]) -> Result<(), Fault> {
    let text = "INSERT INTO ledger (position, stream, version, kind, header, sealed, leaf) \
                VALUES ($1, $2, $3, $4, $5, $6, $7)";
    sql.execute_each(text, &mut |insert| {
        rows.iter().try_for_each(|Chained { header, bytes, sealed, hash }| {
            insert(&[
                signed(header.position).into(),
                (&header.stream).into(),
                signed(header.version).into(),
                (&header.kind).into(),
                Param::Blob(bytes),
                Param::Blob(sealed),
                Param::Blob(hash),
            ])
        })
    })
}

fn insert_all(sql: &mut dyn Sql, rows: &[Chained]) -> Result<(), Fault> {
    let text = "INSERT INTO ledger (position, stream, version, kind, header, sealed, leaf) SELECT * FROM \
                UNNEST($1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::bytea[], $6::bytea[], $7::bytea[])";
    let positions: Vec<i64> = rows.iter().map(|row| signed(row.header.position)).collect();
    let streams: Vec<&str> = rows.iter().map(|row| row.header.stream.as_str()).collect();
    let versions: Vec<i64> = rows.iter().map(|row| signed(row.header.version)).collect();
    let kinds: Vec<&str> = rows.iter().map(|row| row.header.kind.as_str()).collect();
    let headers: Vec<&[u8]> = rows.iter().map(|row| row.bytes.as_slice()).collect();
    let sealed: Vec<&[u8]> = rows.iter().map(|row| row.sealed.as_slice()).collect();
    let leaves: Vec<&[u8]> = rows.iter().map(|row| row.hash.as_slice()).collect();
    let params = [
        Param::Ints(&positions),
        Param::Texts(&streams),
        Param::Ints(&versions),
        Param::Texts(&kinds),
        Param::Blobs(&headers),
        Param::Blobs(&sealed),
        Param::Blobs(&leaves),
    ];
    sql.execute(text, &params).map(drop)
}

/// Thirty-two stored bytes.
pub(crate) fn hash_of(bytes: &[u8]) -> Result<Hash, Fault> {
    Hash::try_from(bytes).map_err(|_| Fault::corrupt("a stored hash has the wrong length"))
}

pub(crate) fn raw(row: &dyn Row) -> Result<(Record, Hash), Fault> {
    let record = Record { header: row.blob(0)?.to_vec(), sealed: row.blob(1)?.to_vec() };
    Ok((record, hash_of(row.blob(2)?)?))
}

/// Stored bytes and leaf hashes after a position.
pub(crate) fn raw_after(sql: &mut dyn Sql, position: u64, limit: u32) -> Result<Vec<(Record, Hash)>, Fault> {
    let text = "SELECT header, sealed, leaf FROM ledger WHERE position > $1 ORDER BY position LIMIT $2";
    all(sql, text, &[signed(position).into(), limit.into()], raw)
}

/// Size and root of the tree, from its peaks in the head row.
pub(crate) fn tree_head(sql: &mut dyn Sql) -> Result<(u64, Hash), Fault> {
    let text = "SELECT position, peaks FROM head WHERE log = 'ledger'";
    let head = one(sql, text, &[], |row| Ok((row.count(0)?, row.blob(1)?.to_vec())))?;
    let (size, peaks) = head.ok_or_else(|| Fault::corrupt("the ledger has no head"))?;
    let peaks = peaks.chunks(32).map(hash_of).collect::<Result<Vec<_>, _>>()?;
    let range = Range::resume(size, peaks).ok_or_else(|| Fault::corrupt("the tree does not fit"))?;
    Ok((size, range.root()))
}

impl Reader<'_> {
    /// The last version of a stream, 0 when it has none.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn stream_version(&mut self, stream: &str) -> Result<u64, Fault> {
        let text = "SELECT COALESCE(MAX(version), 0) FROM ledger WHERE stream = $1";
        Ok(one(self.sql, text, &[stream.into()], |row| row.count(0))?.unwrap_or(0))
    }

    /// Records of a stream after a version, oldest first.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer or a record is damaged.
    pub fn stream(&mut self, stream: &str, after: u64, limit: u32) -> Result<Vec<StoredRecord>, Fault> {
        let text = "SELECT header, sealed, leaf FROM ledger WHERE stream = $1 AND version > $2 \
                    ORDER BY version LIMIT $3";
        let rows = all(self.sql, text, &[stream.into(), signed(after).into(), limit.into()], raw)?;
        self.all_opened(&rows)
    }

    /// Records of a stream before a version, newest first; `before` of `u64::MAX` starts at the end.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer or a record is damaged.
    pub fn stream_back(&mut self, stream: &str, before: u64, limit: u32) -> Result<Vec<StoredRecord>, Fault> {
        let text = "SELECT header, sealed, leaf FROM ledger WHERE stream = $1 AND version < $2 \
                    ORDER BY version DESC LIMIT $3";
        let rows = all(self.sql, text, &[stream.into(), signed(before).into(), limit.into()], raw)?;
        self.all_opened(&rows)
    }

    /// Records of the ledger after a position, in order.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer or a record is damaged.
    pub fn records_after(&mut self, position: u64, limit: u32) -> Result<Vec<StoredRecord>, Fault> {
        let rows = self.raw_records_after(position, limit)?;
        self.all_opened(&rows)
    }

    /// Stored bytes and stored leaf hash of the records after a position: what a verifier is fed with.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn raw_records_after(&mut self, position: u64, limit: u32) -> Result<Vec<(Record, Hash)>, Fault> {
        raw_after(self.sql, position, limit)
    }

    /// The root of the Merkle tree over the whole ledger, with its size.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn tree_head(&mut self) -> Result<(u64, Hash), Fault> {
        tree_head(self.sql)
    }

    /// Opens a page; asks the vault once for all its keys.
    ///
    /// # Errors
    /// [`Fault`] when a record is damaged.
    pub fn all_opened(&self, rows: &[(Record, Hash)]) -> Result<Vec<StoredRecord>, Fault> {
        self.shared.vault.load(rows.iter().map(|(record, _)| record.sealed.as_slice()))?;
        rows.iter().map(|(record, hash)| self.opened(record, *hash)).collect()
    }

    fn opened(&self, record: &Record, hash: Hash) -> Result<StoredRecord, Fault> {
        let header = Header::decode(&record.header);
        let mut header = header.map_err(|error| Fault::corrupt(error.to_string()))?;
        if record.leaf() != hash {
            return Err(Fault::corrupt(format!("record {} was changed", header.position)));
        }
        let bound = bound_to(&header.stream, header.version);
        let mut parts = gather(&mut header);
        self.shared.vault.open_and_join(&bound, &mut parts, &record.sealed)?;
        scatter(&mut header, parts);
        Ok(StoredRecord { header, hash })
    }
}
