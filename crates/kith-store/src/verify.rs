//! Checks what is stored against its own hashes: the chain and tree of the ledger, the ends of both logs.

use std::collections::HashSet;

use kith_ledger::{Head, Verifier};

use crate::fault::Fault;
use crate::ledger::{raw_after, tree_head};
use crate::sql::{Sql, one, signed};
use crate::touchpoint::{COLUMNS, Touchpoint, touchpoint};
use crate::unit::Reader;

/// Records read at a time.
const PAGE: u32 = 1_000;

/// Feeds the whole ledger to the verifier and compares its end with the stored head.
pub(crate) fn ledger(sql: &mut dyn Sql, progress: &mut dyn FnMut(u64)) -> Result<Head, Fault> {
    let mut verifier = Verifier::new();
    loop {
        let page = raw_after(sql, verifier.head().position, PAGE)?;
        if page.is_empty() {
            break;
        }
        for (record, leaf) in &page {
            verifier.feed(record, Some(leaf)).map_err(|fault| Fault::corrupt(fault.to_string()))?;
        }
        progress(verifier.head().position);
    }
    let head = verifier.head();
    let text = "SELECT hash FROM head WHERE log = 'ledger'";
    let hash = one(sql, text, &[], |row| Ok(row.blob(0)? == head.hash))?;
    if tree_head(sql)? != (head.position, head.root) || hash != Some(true) {
        return Err(Fault::corrupt("the head of the ledger is not that of its records"));
    }
    Ok(head)
}

/// Checks that the touchpoint log has no gap up to its head; gives its length.
pub(crate) fn touchpoints(sql: &mut dyn Sql) -> Result<u64, Fault> {
    let text = "SELECT COUNT(*), COALESCE(MIN(position), 1), COALESCE(MAX(position), 0) FROM touchpoint";
    let found = one(sql, text, &[], |row| Ok((row.count(0)?, row.count(1)?, row.count(2)?)))?;
    let text = "SELECT position FROM head WHERE log = 'touchpoint'";
    let head = one(sql, text, &[], |row| row.count(0))?.unwrap_or(0);
    if found == Some((head, 1, head)) {
        Ok(head)
    } else {
        Err(Fault::corrupt("the touchpoint log has gaps, or does not end at its head"))
    }
}

/// Damaged touchpoints that are named; there may be more.
const NAMED: usize = 100;

/// Positions of touchpoints whose rows are not what was written, or that their key does not find.
fn damaged(reader: &mut Reader<'_>, progress: &mut dyn FnMut(u64)) -> Result<Vec<u64>, Fault> {
    let (secrets, mut at) = (&reader.shared.secrets, 0);
    let text = format!("SELECT {COLUMNS} FROM touchpoint WHERE position > $1 ORDER BY position LIMIT $2");
    let mut found = Vec::new();
    loop {
        let mut keys = Vec::new();
        reader.sql.query(&text, &[signed(at).into(), PAGE.into()], &mut |row| {
            let Touchpoint { position, stored } = touchpoint(row)?;
            at = position;
            keys.push((position, stored.dedupe));
            if secrets.checksum(&stored.as_new()) != stored.checksum {
                found.push(position);
            }
            Ok(())
        })?;
        if keys.is_empty() || found.len() > NAMED {
            found.truncate(NAMED);
            return Ok(found);
        }
        if let Some(seen) = &reader.shared.seen {
            let hits: HashSet<_> = seen.positions(keys.iter().map(|key| key.1))?.into_iter().collect();
            let lost = keys.iter().enumerate().filter(|(place, key)| !hits.contains(&(*place, key.0)));
            found.extend(lost.map(|(_, key)| key.0));
            found.dedup();
        }
        progress(at);
    }
}

impl Reader<'_> {
    /// The positions of touchpoints that were changed since they were stored, in any member, the sealed ones
    /// included; and of those that the dedupe index has lost. At most a hundred.
    ///
    /// # Errors
    /// [`Fault`] when the database cannot answer.
    pub fn damaged_touchpoints(&mut self, progress: &mut dyn FnMut(u64)) -> Result<Vec<u64>, Fault> {
        damaged(self, progress)
    }

    /// Checks every record, the chain, the tree and the ends of both logs. `progress` is told the position
    /// in the ledger now and then.
    ///
    /// # Errors
    /// [`Fault::Corrupt`] naming the first record that does not fit.
    pub fn verify(&mut self, progress: &mut dyn FnMut(u64)) -> Result<Head, Fault> {
        let head = ledger(self.sql, progress)?;
        touchpoints(self.sql)?;
        Ok(head)
    }
}
