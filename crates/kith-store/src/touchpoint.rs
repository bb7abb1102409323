//! The touchpoint log: what happened, in the order of its commits, each once.

use std::collections::HashSet;

use crate::dialect::Dialect;
use crate::fault::Fault;
use crate::seen::Seen;
use crate::sql::{Param, Row, Sql, all, one, signed};
use crate::unit::{Log, Reader, Unit};

/// A touchpoint to append. Parse, seal and hash on worker threads; the writer only stores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTouchpoint {
    /// Row of the account.
    pub account_row: u32,
    /// Source of the event; with `id` the dedupe key.
    pub source: String,
    /// Identifier within the source.
    pub id: String,
    /// Type, `io.kith.<object>.<verb_past>`.
    pub kind: String,
    /// When it happened, Unix milliseconds.
    pub at_ms: i64,
    /// [`crate::Secrets::dedupe_hash`] of source and id.
    pub dedupe: i64,
    /// [`crate::Secrets::content_digest`] of the content: tells a duplicate from a conflict.
    pub digest: i64,
    /// The id that a correction or withdrawal names.
    pub target: Option<String>,
    /// Bits of the caller's choice.
    pub flags: i64,
    /// Business members, JSON.
    pub clear: String,
    /// Personal members, sealed with [`crate::Vault::split_and_seal`] bound to [`bound_to`]; empty if none.
    pub sealed: Vec<u8>,
}

/// What binds a sealed block to its touchpoint.
#[must_use]
pub fn bound_to(source: &str, id: &str) -> String {
    format!("touchpoint/{source}/{id}")
}

/// A touchpoint read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touchpoint {
    /// Place in the log, from 1.
    pub position: u64,
    /// What was appended.
    pub stored: NewTouchpoint,
}

/// A touchpoint while the log is read through, without a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the members are those of NewTouchpoint")]
pub struct TouchpointView<'a> {
    pub position: u64,
    pub account_row: u32,
    pub source: &'a str,
    pub id: &'a str,
    pub kind: &'a str,
    pub at_ms: i64,
    pub target: Option<&'a str>,
    pub flags: i64,
    pub clear: &'a str,
    pub sealed: &'a [u8],
}

/// A touchpoint with the same (source, id) that is stored already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Where it stands.
    pub position: u64,
    /// Its content digest: the same means a duplicate, another a conflict.
    pub digest: i64,
}

/// What [`Reader::seen`] asks for: source, id and their dedupe hash.
#[derive(Debug, Clone, Copy)]
pub struct Key<'a> {
    /// Source of the event.
    pub source: &'a str,
    /// Identifier within the source.
    pub id: &'a str,
    /// [`crate::Secrets::dedupe_hash`] of both.
    pub dedupe: i64,
}

const COLUMNS: &str =
    "position, account_row, source, id, type, at_ms, dedupe, digest, target, flags, clear, sealed";

fn account_row(row: &dyn Row) -> Result<u32, Fault> {
    u32::try_from(row.int(1)?).map_err(|_| Fault::corrupt("the account row of a touchpoint"))
}

fn touchpoint(row: &dyn Row) -> Result<Touchpoint, Fault> {
    let stored = NewTouchpoint {
        account_row: account_row(row)?,
        source: row.text(2)?.to_owned(),
        id: row.text(3)?.to_owned(),
        kind: row.text(4)?.to_owned(),
        at_ms: row.int(5)?,
        dedupe: row.int(6)?,
        digest: row.int(7)?,
        target: row.maybe_text(8)?.map(str::to_owned),
        flags: row.int(9)?,
        clear: row.text(10)?.to_owned(),
        sealed: row.maybe_blob(11)?.unwrap_or_default().to_vec(),
    };
    Ok(Touchpoint { position: row.count(0)?, stored })
}

fn view(row: &dyn Row) -> Result<TouchpointView<'_>, Fault> {
    Ok(TouchpointView {
        position: row.count(0)?,
        account_row: account_row(row)?,
        source: row.text(2)?,
        id: row.text(3)?,
        kind: row.text(4)?,
        at_ms: row.int(5)?,
        target: row.maybe_text(8)?,
        flags: row.int(9)?,
        clear: row.text(10)?,
        sealed: row.maybe_blob(11)?.unwrap_or_default(),
    })
}

impl Touchpoint {
    /// The same without a copy, as the log is read through.
    #[must_use]
    pub fn view(&self) -> TouchpointView<'_> {
        let stored = &self.stored;
        TouchpointView {
            position: self.position,
            account_row: stored.account_row,
            source: &stored.source,
            id: &stored.id,
            kind: &stored.kind,
            at_ms: stored.at_ms,
            target: stored.target.as_deref(),
            flags: stored.flags,
            clear: &stored.clear,
            sealed: &stored.sealed,
        }
    }
}

impl Reader<'_> {
    /// The touchpoint at a position.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn touchpoint(&mut self, position: u64) -> Result<Option<Touchpoint>, Fault> {
        let text = format!("SELECT {COLUMNS} FROM touchpoint WHERE position = $1");
        one(self.sql, &text, &[signed(position).into()], touchpoint)
    }

    /// The touchpoints at these positions, in the order asked; positions without one are left out.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn touchpoints_at(&mut self, positions: &[u64]) -> Result<Vec<Touchpoint>, Fault> {
        let found = positions.iter().map(|position| self.touchpoint(*position));
        found.filter_map(Result::transpose).collect()
    }

    /// Touchpoints after a position, in order.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn touchpoints_after(&mut self, position: u64, limit: u32) -> Result<Vec<Touchpoint>, Fault> {
        let text = format!("SELECT {COLUMNS} FROM touchpoint WHERE position > $1 ORDER BY position LIMIT $2");
        all(self.sql, &text, &[signed(position).into(), limit.into()], touchpoint)
    }

    /// Reads the log through after a position, at most `limit` touchpoints; gives the last position met.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer, or `each` fails.
    pub fn replay(
        &mut self,
        position: u64,
        limit: u32,
        each: &mut dyn FnMut(TouchpointView<'_>) -> Result<(), Fault>,
    ) -> Result<u64, Fault> {
        let text = format!("SELECT {COLUMNS} FROM touchpoint WHERE position > $1 ORDER BY position LIMIT $2");
        let mut last = position;
        self.sql.query(&text, &[signed(position).into(), limit.into()], &mut |row| {
            let view = view(row)?;
            last = view.position;
            each(view)
        })?;
        Ok(last)
    }

    /// Reads through all corrections and withdrawals, in the order of their positions.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer, or `each` fails.
    pub fn replay_corrections(
        &mut self,
        each: &mut dyn FnMut(TouchpointView<'_>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let text = format!("SELECT {COLUMNS} FROM touchpoint WHERE target IS NOT NULL ORDER BY position");
        self.sql.query(&text, &[], &mut |row| each(view(row)?))
    }
}

impl Reader<'_> {
    /// Which of these are stored already; one answer for each, in the order asked. Two equal keys in one
    /// batch do not know of each other: that is the caller's part.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn seen(&mut self, keys: &[Key<'_>]) -> Result<Vec<Option<Hit>>, Fault> {
        match self.shared.seen.as_ref() {
            Some(seen) => self.seen_by_hash(seen, keys),
            None => self.seen_by_key(keys),
        }
    }

    /// A hit of the hash is believed only when the stored row bears the key.
    fn seen_by_hash(&mut self, seen: &Seen, keys: &[Key<'_>]) -> Result<Vec<Option<Hit>>, Fault> {
        let text = "SELECT position, digest, source, id FROM touchpoint WHERE position = $1";
        let (mut hits, mut found) = (Vec::with_capacity(keys.len()), Vec::new());
        for key in keys {
            seen.positions(key.dedupe, &mut found)?;
            let mut hit = None;
            for position in &found {
                let stored = one(self.sql, text, &[signed(*position).into()], |row| {
                    let same = row.text(2)? == key.source && row.text(3)? == key.id;
                    Ok(if same { Some(Hit { position: row.count(0)?, digest: row.int(1)? }) } else { None })
                })?;
                hit = hit.or(stored.flatten());
            }
            hits.push(hit);
        }
        Ok(hits)
    }

    fn seen_by_key(&mut self, keys: &[Key<'_>]) -> Result<Vec<Option<Hit>>, Fault> {
        let sources: Vec<&str> = keys.iter().map(|key| key.source).collect();
        let ids: Vec<&str> = keys.iter().map(|key| key.id).collect();
        let mut hits = vec![None; keys.len()];
        let text = "SELECT asked.place, stored.position, stored.digest \
                    FROM UNNEST($1::text[], $2::text[]) WITH ORDINALITY AS asked (source, id, place) \
                    JOIN touchpoint stored ON stored.source = asked.source AND stored.id = asked.id";
        self.sql.query(text, &[Param::Texts(&sources), Param::Texts(&ids)], &mut |row| {
            let place = usize::try_from(row.int(0)?.saturating_sub(1)).unwrap_or(usize::MAX);
            if let Some(hit) = hits.get_mut(place) {
                *hit = Some(Hit { position: row.count(1)?, digest: row.int(2)? });
            }
            Ok(())
        })?;
        Ok(hits)
    }

    /// Touchpoints of an account before a position, newest first; `before` of `u64::MAX` starts at the end.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn timeline(&mut self, account_row: u32, before: u64, limit: u32) -> Result<Vec<Touchpoint>, Fault> {
        let Some(seen) = &self.shared.seen else {
            let text = format!(
                "SELECT {COLUMNS} FROM touchpoint WHERE account_row = $1 AND position < $2 \
                 ORDER BY position DESC LIMIT $3"
            );
            let params = [account_row.into(), signed(before).into(), limit.into()];
            return all(self.sql, &text, &params, touchpoint);
        };
        let positions = seen.timeline(account_row, before, usize::try_from(limit).unwrap_or(usize::MAX))?;
        self.touchpoints_at(&positions)
    }
}

impl Unit<'_> {
    /// Locks the head of the log and appends; gives the positions in order. Ask [`Reader::seen`] first, in
    /// the same unit.
    ///
    /// # Errors
    /// [`Fault::Conflict`] when another node stored one of them meanwhile, or two in the batch have the same
    /// source and id.
    pub fn append_touchpoints(&mut self, batch: &[NewTouchpoint]) -> Result<Vec<u64>, Fault> {
        if batch.is_empty() {
            return Ok(Vec::new());
        }
        let distinct: HashSet<(&str, &str)> = batch.iter().map(|new| (&*new.source, &*new.id)).collect();
        if distinct.len() != batch.len() {
            return Err(Fault::Conflict);
        }
        self.written = true;
        let count = u64::try_from(batch.len()).unwrap_or(u64::MAX);
        let name = Log::Touchpoint.name();
        let text = "UPDATE head SET position = position + $1 WHERE log = $2 RETURNING position";
        let last = one(self.reader.sql, text, &[signed(count).into(), name.into()], |row| row.count(0))?;
        let last = last.ok_or_else(|| Fault::corrupt("the touchpoint log has no head"))?;
        let first = last.saturating_sub(count).saturating_add(1);
        match self.reader.sql.dialect() {
            Dialect::Sqlite => insert_each(self.reader.sql, first, batch)?,
            Dialect::Postgres => insert_all(self.reader.sql, first, batch)?,
        }
        if let Some(seen) = &self.reader.shared.seen {
            for (position, new) in (first..).zip(batch) {
                seen.push(position, new.dedupe, new.account_row)?;
            }
        }
        self.heads.touchpoint = last;
        Ok((first..=last).collect())
    }
}

fn insert_each(sql: &mut dyn Sql, first: u64, batch: &[NewTouchpoint]) -> Result<(), Fault> {
    let text = "INSERT INTO touchpoint (position, account_row, source, id, type, at_ms, dedupe, digest, target, \
                flags, clear, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    for (position, new) in (first..).zip(batch) {
        let params = [
            signed(position).into(),
            new.account_row.into(),
            (&new.source).into(),
            (&new.id).into(),
            (&new.kind).into(),
            new.at_ms.into(),
            new.dedupe.into(),
            new.digest.into(),
            new.target.as_ref().into(),
            new.flags.into(),
            (&new.clear).into(),
            if new.sealed.is_empty() { Param::Null } else { Param::Blob(&new.sealed) },
        ];
        sql.execute(text, &params)?;
    }
    Ok(())
}

fn insert_all(sql: &mut dyn Sql, first: u64, batch: &[NewTouchpoint]) -> Result<(), Fault> {
    let ints = |of: fn(&NewTouchpoint) -> i64| batch.iter().map(of).collect::<Vec<i64>>();
    fn texts(batch: &[NewTouchpoint], of: fn(&NewTouchpoint) -> &str) -> Vec<&str> {
        batch.iter().map(of).collect()
    }
    let positions: Vec<i64> = (first..).zip(batch).map(|(position, _)| signed(position)).collect();
    let targets: Vec<Option<&str>> = batch.iter().map(|new| new.target.as_deref()).collect();
    let sealed: Vec<&[u8]> = batch.iter().map(|new| &*new.sealed).collect();
    let (rows, times) = (ints(|new| new.account_row.into()), ints(|new| new.at_ms));
    let (dedupes, digests, flags) = (ints(|new| new.dedupe), ints(|new| new.digest), ints(|new| new.flags));
    let (sources, ids) = (texts(batch, |new| &new.source), texts(batch, |new| &new.id));
    let (kinds, clears) = (texts(batch, |new| &new.kind), texts(batch, |new| &new.clear));
    let text = "INSERT INTO touchpoint (position, account_row, source, id, type, at_ms, dedupe, digest, target, \
                flags, clear, sealed) SELECT * FROM UNNEST($1::bigint[], $2::bigint[], $3::text[], $4::text[], \
                $5::text[], $6::bigint[], $7::bigint[], $8::bigint[], $9::text[], $10::bigint[], $11::text[], \
                $12::bytea[])";
    let params = [
        Param::Ints(&positions),
        Param::Ints(&rows),
        Param::Texts(&sources),
        Param::Texts(&ids),
        Param::Texts(&kinds),
        Param::Ints(&times),
        Param::Ints(&dedupes),
        Param::Ints(&digests),
        Param::MaybeTexts(&targets),
        Param::Ints(&flags),
        Param::Texts(&clears),
        Param::Blobs(&sealed),
    ];
    sql.execute(text, &params).map(drop)
}
