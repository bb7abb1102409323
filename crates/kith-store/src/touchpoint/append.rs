//! Appending to the touchpoint log: what was seen already, the next positions, the rows.

use std::collections::HashSet;

use super::{COLUMNS, Hit, Key, NewTouchpoint, Touchpoint, touchpoint};
use crate::dialect::Dialect;
use crate::fault::Fault;
use crate::seen::{AsItIs, Seen};
use crate::sql::{Param, Sql, all, one, signed};
use crate::unit::{Log, Reader, Unit};

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
        let mut hits = vec![None; keys.len()];
        for (place, position) in seen.positions(keys.iter().map(|key| key.dedupe))? {
            let (Some(key), Some(hit)) = (keys.get(place), hits.get_mut(place)) else { continue };
            let stored = one(self.sql, text, &[signed(position).into()], |row| {
                let same = row.text(2)? == key.source && row.text(3)? == key.id;
                Ok(if same { Some(Hit { position: row.count(0)?, digest: row.int(1)? }) } else { None })
            })?;
            *hit = hit.or(stored.flatten());
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
    pub fn append_touchpoints(&mut self, batch: &[NewTouchpoint<'_>]) -> Result<Vec<u64>, Fault> {
        if batch.is_empty() {
            return Ok(Vec::new());
        }
        if has_twins(batch) {
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
            seen.push(first, batch.iter().map(|new| (new.dedupe, new.account_row)))?;
        }
        self.heads.touchpoint = last;
        Ok((first..=last).collect())
    }
}

/// Whether two have the same source and id. Nearly always their hashes differ already.
fn has_twins(batch: &[NewTouchpoint<'_>]) -> bool {
    let mut hashes: HashSet<i64, AsItIs> = HashSet::with_capacity_and_hasher(batch.len(), AsItIs::default());
    if batch.iter().all(|new| hashes.insert(new.dedupe)) {
        return false;
    }
    let keys: HashSet<(&str, &str)> = batch.iter().map(|new| (new.source, new.id)).collect();
    keys.len() != batch.len()
}

fn insert_each(sql: &mut dyn Sql, first: u64, batch: &[NewTouchpoint<'_>]) -> Result<(), Fault> {
    let text = "INSERT INTO touchpoint (position, account_row, source, id, type, at_ms, dedupe, digest, target, \
                flags, clear, sealed, checksum) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    sql.execute_each(text, &mut |insert| {
        (first..).zip(batch).try_for_each(|(position, new)| {
            insert(&[
                signed(position).into(),
                new.account_row.into(),
                new.source.into(),
                new.id.into(),
                new.kind.into(),
                new.at_ms.into(),
                new.dedupe.into(),
                new.digest.into(),
                new.target.into(),
                new.flags.into(),
                new.clear.into(),
                if new.sealed.is_empty() { Param::Null } else { Param::Blob(new.sealed) },
                new.checksum_at(position).into(),
            ])
        })
    })
}

fn insert_all(sql: &mut dyn Sql, first: u64, batch: &[NewTouchpoint<'_>]) -> Result<(), Fault> {
    let ints = |of: fn(&NewTouchpoint<'_>) -> i64| batch.iter().map(of).collect::<Vec<i64>>();
    let positions: Vec<i64> = (first..).zip(batch).map(|(position, _)| signed(position)).collect();
    let checksums: Vec<i64> = (first..).zip(batch).map(|(position, new)| new.checksum_at(position)).collect();
    let targets: Vec<Option<&str>> = batch.iter().map(|new| new.target).collect();
    let sealed: Vec<&[u8]> = batch.iter().map(|new| new.sealed).collect();
    let (rows, times) = (ints(|new| new.account_row.into()), ints(|new| new.at_ms));
    let (dedupes, digests, flags) = (ints(|new| new.dedupe), ints(|new| new.digest), ints(|new| new.flags));
    let sources: Vec<&str> = batch.iter().map(|new| new.source).collect();
    let ids: Vec<&str> = batch.iter().map(|new| new.id).collect();
    let kinds: Vec<&str> = batch.iter().map(|new| new.kind).collect();
    let clears: Vec<&str> = batch.iter().map(|new| new.clear).collect();
    let text = "INSERT INTO touchpoint (position, account_row, source, id, type, at_ms, dedupe, digest, target, \
                flags, clear, sealed, checksum) SELECT * FROM UNNEST($1::bigint[], $2::bigint[], $3::text[], \
                $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::bigint[], $9::text[], $10::bigint[], \
                $11::text[], $12::bytea[], $13::bigint[])";
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
        Param::Ints(&checksums),
    ];
    sql.execute(text, &params).map(drop)
}
