//! Accounts that changed are screened while a list is in force, however they changed: the ledger is followed by a durable
//! cursor, so that neither an import nor a sudden end leaves anybody out.

use std::collections::BTreeSet;

use kith_domain::account::Account;
use kith_store::Fault;

use crate::engine::Engine;
use crate::noun::load;

/// The name of the cursor, and of the lease.
pub(super) const CURSOR: &str = "screening";
/// Records that are looked at in one go.
const PAGE: u32 = 1_000;
/// How long a node holds the work: longer than a page may take.
const HELD_MS: i64 = 120_000;

impl Engine {
    /// Screens the accounts that changed since the last look; says how many there were. While no list is in force nothing is
    /// done: whoever loads the first one screens everybody.
    ///
    /// # Errors
    /// [`Fault`] when the store or the lists cannot be read; it goes on from there.
    pub async fn screen_what_changed(&self) -> Result<usize, Fault> {
        let (head, at) =
            self.store().read(|reader| Ok((reader.heads()?.ledger, reader.cursor(CURSOR)?))).await?;
        if head <= at || self.shelf().await?.lists.is_empty() {
            return Ok(0);
        }
        let (node, now_ms) = (self.node().to_owned(), self.now().as_millisecond());
        if self.store().write(move |unit| unit.claim(CURSOR, &node, now_ms, HELD_MS)).await?.is_none() {
            return Ok(0);
        }
        let records = self.store().read(move |reader| reader.records_after(at, PAGE)).await?;
        let Some(last) = records.last().map(|record| record.header.position) else { return Ok(0) };
        let changed: BTreeSet<String> = records
            .iter()
            .filter_map(|record| record.header.stream.strip_prefix("account/").map(str::to_owned))
            .collect();
        let count = changed.len();
        for id in changed {
            let account = self.store().read(move |reader| load::<Account>(reader, &id)).await?.state;
            self.screen_if_changed(&account).await?;
        }
        self.store().write(move |unit| unit.set_cursor(CURSOR, last)).await?;
        Ok(count)
    }
}
